"""How plans look to others: ratings over rounds, last time's goals, goals, agreements, replies."""

from __future__ import annotations

from typing import Any, Final

from portfolio.errors import N_
from portfolio.model import (
    Agreement,
    Choice,
    Goal,
    LookBack,
    Portfolio,
    Progress,
    Prompt,
    Rating,
    Reply,
    Section,
    Voice,
)
from portfolio.rules import family_view as v
from portfolio.rules.answering import Turn, is_given, newest_first
from portfolio.rules.answering import says_anything as answers
from portfolio.rules.answers import picked_goal
from portfolio.rules.at_table import face_of
from portfolio.rules.over_time import looks_of
from portfolio.rules.promised import gone_on
from portfolio.rules.seen import Lens, chosen, said, told
from portfolio.rules.worries import told_to_home

VOICES: Final[tuple[Voice, ...]] = ("student", "family", "teacher")
"""Everybody at the table, the child first."""

MOST_ROUNDS = 3
"""Rounds shown side by side; more would crowd a phone."""


def _rating(portfolio: Portfolio, section: str, question: str) -> Rating | None:
    return next((r for r in portfolio.ratings if (r.section, r.question) == (section, question)), None)


def ratings(lens: Lens, section: Section) -> v.RatingsPart:
    """Return each question with its answer in this round and the ones before, oldest first.

    Where the child looks at a few questions of its choice, those it never answered are left out. So are rounds
    in which it kept the page back.
    """
    earlier = (portfolio for portfolio in lens.book.earlier if lens.sees(portfolio, section))
    rounds = (*earlier, lens.portfolio)[-MOST_ROUNDS:]
    questions = [p for p in section.prompts if p.control == "scale"]
    found = [_rating_seen(lens, section, prompt, rounds) for prompt in questions]
    if 0 < section.at_least < len(questions):
        found = [seen for seen in found if says_anything(seen)]
    scale: tuple[Choice, ...] = questions[0].choices if questions else ()
    return v.RatingsPart(rounds=tuple(p.meta.round for p in rounds), scale=scale, ratings=tuple(found))


def says_anything(rating: v.RatingSeen) -> bool:
    """Return whether somebody answered a question, with one of its words or in words of their own."""
    return any((*rating.answers, rating.example, rating.against, rating.teacher_says, rating.better))


def _rating_seen(lens: Lens, section: Section, prompt: Prompt, rounds: tuple[Portfolio, ...]) -> v.RatingSeen:
    now = _rating(lens.portfolio, section.section_id, prompt.field)
    given = tuple(_rating(p, section.section_id, prompt.field) for p in rounds)

    def tell(field: str) -> v.Said | None:
        return told(lens, section, now, field) if now else None

    return v.RatingSeen(
        question=prompt.ask,
        answers=tuple(next(iter(chosen(prompt, (r.answer or "",))), None) if r else None for r in given),
        example=tell("example"),
        against=tell("against"),
        teacher_says=tell("teacher_says"),
        better=tell("better"),
    )


def look_backs(lens: Lens, section: Section) -> v.LookBacksPart:
    """Return last round's goals and promises, and what became of them; goals it kept back then stay back.

    What a teacher promised in a round before and has not kept yet is among the promises.
    """
    if not lens.book.earlier:
        return v.LookBacksPart(round="", goals=(), promises=())
    last = lens.book.earlier[-1]
    shown = last.goals if lens.sees_any(last, "goals") else ()
    goals_seen = (_goal_back(lens, section, goal) for goal in shown)
    ours = (one for one in gone_on(lens.book.earlier) if not lens.is_others(one.who, one.name))
    promises = (_promise_back(lens, section, promise) for promise in ours)
    return v.LookBacksPart(
        round=last.meta.round,
        goals=tuple(seen for seen in goals_seen if seen.promised or seen.picks or seen.promised_beside),
        promises=tuple(seen for seen in promises if seen.promised or seen.promised_beside),
    )


def _goal_back(lens: Lens, section: Section, goal: Goal) -> v.LookBackSeen:
    back = next((one for one in lens.portfolio.look_backs if one.goal_id == goal.entry_id), None)
    return v.LookBackSeen(
        who="student",
        name=lens.book.student.name,
        promised=goal.goal,
        promised_beside=lens.shown(goal.beside("goal")),
        picks=picked_goal(lens.book.template, goal),
        how_far=(back.result if back else None) or how_far(goal),
        over_time=looks_of(goal, back.result if back else None),
        **_told_back(lens, section, back),
    )


def _promise_back(lens: Lens, section: Section, promise: Agreement) -> v.LookBackSeen:
    """Return a promise of anybody's; what the child says of its own comes before what was noted for it."""
    mine = (one for one in lens.portfolio.look_backs if one.promise_id == promise.entry_id)
    back = next(mine, None) if promise.who == "student" else None
    told_back = _told_back(lens, section, back)
    noted = said(lens, None, promise.note, "note", promise.beside("note"))
    return v.LookBackSeen(
        who=promise.who,
        name=promise.name or lens.book.student.name,
        promised=promise.what,
        promised_beside=lens.shown(promise.beside("what")),
        how_far=(back.result if back else None) or promise.how_far,
        **{
            **told_back,
            "because": told_back["because"] or (noted.but(ask=N_("What happened?")) if noted else None),
        },
    )


def _told_back(lens: Lens, section: Section, back: LookBack | None) -> dict[str, Any]:
    fields = ("because", "keep_change", "tells")
    return {field: told(lens, section, back, field) if back else None for field in fields}


def how_far(goal: Goal) -> Progress | None:
    """Return the latest of the five words noted for a goal, or ``None``."""
    return max(goal.progress, key=lambda note: note.on).word if goal.progress else None


def goals(lens: Lens, section: Section) -> v.GoalsPart:
    """Return the goals that say what is wanted, and how many places wait for the table."""
    found = tuple(g for g in (_goal(lens, section, goal) for goal in lens.portfolio.goals) if g is not None)
    kept = section.kept_for_the_table if not any(g.set_together for g in found) else 0
    return v.GoalsPart(goals=found, open_slots=kept)


def _goal(lens: Lens, section: Section, goal: Goal) -> v.GoalSeen | None:
    def tell(*fields: str) -> tuple[v.Said, ...]:
        found = (told(lens, section, goal, f) for f in fields)
        return tuple(s for s in found if s is not None)

    what = told(lens, section, goal, "goal") or told(lens, section, goal, "picks")
    if what is None:
        return None
    return v.GoalSeen(
        goal=what.but(picks=chosen(section.prompt("picks"), goal.picks)),
        area=next(iter(chosen(section.prompt("area"), (goal.area or "",))), None),
        by_when=goal.by_when,
        why=tell("why_is", "why"),
        now=tell("now_is", "now"),
        steps=tuple(v.StepSeen(what=s.what, when=s.when, where=s.where) for s in goal.steps if s.what),
        obstacle=told(lens, section, goal, "obstacle"),
        obstacle_around=told(lens, section, goal, "obstacle_around"),
        if_thens=_if_thens(lens, goal),
        helpers=tuple(
            v.HelperSeen(who=h.who, what=h.what, ask_by=h.ask_by, agreed=h.agreed)
            for h in goal.helpers
            if h.what
        ),
        helper_picks=chosen(section.prompt("helper_picks"), goal.helper_picks),
        know_by=told(lens, section, goal, "know_by"),
        evidence=told(lens, section, goal, "evidence"),
        look_again=goal.look_again,
        set_together=goal.set_by == "together",
        how_far=how_far(goal),
        over_time=looks_of(goal),
        agreed=tuple(voice for voice in VOICES if voice in goal.agreed),
    )


def _if_thens(lens: Lens, goal: Goal) -> tuple[v.IfThenSeen, ...]:
    """Return the first plan and the further ones, those that say both what happens and what to do then.

    The first may be told in words, or beside them.
    """
    beside = lens.shown(goal.beside("if_this"), goal.beside("then_that"))
    first = v.IfThenSeen(if_this=goal.if_this, then_that=goal.then_that, beside=beside)
    more = (v.IfThenSeen(if_this=p.if_this, then_that=p.then_that) for p in goal.if_thens)
    return tuple(p for p in (first, *more) if p.beside or (p.if_this and p.then_that))


def agreements(lens: Lens, section: Section) -> v.AgreementsPart:  # noqa: ARG001 - one signature for all
    """Return the promises made at the table; at home none of another home."""
    student = lens.book.student.name
    return v.AgreementsPart(
        agreements=tuple(
            v.AgreementSeen(
                who=a.who,
                name=a.name or (student if a.who == "student" else ""),
                what=a.what,
                by_when=a.by_when,
                how_far=a.how_far,
                beside=lens.shown(a.beside("what")),
            )
            for a in lens.portfolio.agreements
            if (a.what or lens.shown(a.beside("what"))) and not lens.is_others(a.who, a.name)
        )
    )


def replies(lens: Lens, section: Section | None = None) -> v.RepliesPart:  # noqa: ARG001 - one signature for all
    """Return what this household gave and lets the child read. At the table nobody's letter is shown."""
    if lens.household_id is None:
        return v.RepliesPart(replies=())
    given = (
        r
        for r in lens.portfolio.replies
        if r.household_id == lens.household_id and r.share_with_child and is_given(r)
    )
    found = (_reply(lens, r, turn) for r, turn in newest_first(r for r in given if answers(r)))
    return v.RepliesPart(replies=tuple(r for r in found if r.lines or r.pictures or r.media or r.face))


def _reply(lens: Lens, reply: Reply, turn: Turn) -> v.ReplySeen:
    return v.ReplySeen(
        turn=turn,
        who=reply.who,
        on=reply.on,
        lines=tuple((line.starter, line.words) for line in reply.lines if line.words),
        pictures=lens.pictures(reply.pictures),
        media=lens.media(reply.media),
        face=face_of(reply),
    )


def concerns(lens: Lens) -> v.ConcernsPart:
    """Return what this household worried about and what came of it. At the table nobody's worry is shown.

    Worries of earlier rounds are there until the household has closed them, and once more in the round in which it did.
    """
    if lens.audience != "home" or lens.household_id is None:
        return v.ConcernsPart(concerns=())
    return v.ConcernsPart(
        concerns=tuple(
            v.ConcernSeen(
                words=c.words,
                on=c.on,
                answer=c.answer,
                owner=c.owner,
                due=c.due,
                stands=c.status,
                closed_with=c.closed_with,
                closed_on=c.closed_on,
            )
            for c in told_to_home(lens.portfolio, lens.book.earlier, lens.household_id)
        )
    )
