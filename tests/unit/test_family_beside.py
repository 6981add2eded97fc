"""What a family sees of answers that were said or drawn, of promises looked back on, and of what the child shows."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.model import (
    Agreement,
    Answer,
    Beside,
    Book,
    Goal,
    Growing,
    GrowthPair,
    LookBack,
    Passage,
    Picture,
    Rating,
    Sound,
    Strength,
    Work,
)
from portfolio.rules import for_audience
from portfolio.rules.shown import shown_to
from portfolio.testing import small_book, small_portfolio
from tests.unit.test_for_audience import SHA, part

HEARD = Sound(sha256="b" * 64, suffix="mp3", seconds=2, size=9, transcript=Passage(text="HEARD-MARK"))
DRAWN = Picture(sha256=SHA, width=9, height=9, alt=Passage(text="DRAWN-MARK"))


def beside(field: str, **things: Any) -> tuple[Beside, ...]:
    """Return something said and drawn beside the words of a field."""
    return (Beside(field=field, **({"pictures": (DRAWN,), "media": (HEARD,)} | things)),)


SPOKEN_ONLY = (
    ("answers", "welcome", Answer(entry_id="a", section="welcome", prompt="today", besides=beside("words"))),
    ("strengths", "strengths", Strength(entry_id="s", besides=beside("what"))),
    ("work", "work", Work(entry_id="w", besides=beside("title"))),
    ("work", "work", Work(entry_id="w", besides=beside("why"))),
    ("work", "work", Work(entry_id="w", besides=beside("look"))),
    ("growth_pairs", "then_now", GrowthPair(entry_id="p", besides=beside("changed"))),
    ("growing", "growing", Growing(entry_id="g", besides=beside("what"))),
    ("ratings", "habits", Rating(entry_id="r", section="habits", question="keep_trying", besides=beside("example"))),
    ("goals", "goals", Goal(entry_id="g", besides=beside("goal"))),
    ("agreements", "together", Agreement(entry_id="t", besides=beside("what"))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("shelf", "section", "entry"), SPOKEN_ONLY, ids=lambda x: x if isinstance(x, str) else ""
)
def test_what_was_only_said_or_drawn_does_not_vanish(shelf: str, section: str, entry: Any) -> None:
    """An entry that holds nothing but a drawing and a recording is shown, and its page is filled."""
    book = small_book(**{shelf: (entry,)})
    for view in (for_audience(book, "conference"), for_audience(book, "home", "papa")):
        shown = next(p for p in view.parts if p.section == section)
        text = shown.content.model_dump_json()
        assert shown.filled
        assert SHA in text and "HEARD-MARK" in text


def test_what_stands_beside_words_waits_for_a_tick_like_everything_else() -> None:
    """A drawing or recording with others in it stays out of a home file until somebody agreed, wherever it stands."""
    things = {"pictures": (DRAWN.but(others=True),), "media": (HEARD.but(others=True),)}
    for shelf, _, entry in SPOKEN_ONLY:
        field = entry.besides[0].field
        book = small_book(**{shelf: (entry.but(besides=beside(field, **things)),)})
        home = for_audience(book, "home", "papa").model_dump_json()
        assert SHA not in home and "b" * 64 not in home and "MARK" not in home, field
        assert SHA in for_audience(book, "conference").model_dump_json()
        agreed = {name: tuple(x.but(others_agreed=True) for x in them) for name, them in things.items()}
        book = small_book(**{shelf: (entry.but(besides=beside(field, **agreed)),)})
        assert SHA in for_audience(book, "home", "papa").model_dump_json()


def test_every_part_of_a_goal_and_a_strength_can_be_said() -> None:
    """Beside a quotation, a proof, a plan for a bad day, a reason: each is told with what it belongs to."""
    fields = ("why", "now", "obstacle", "obstacle_around", "if_this", "know_by", "evidence")
    goal = Goal(entry_id="g", goal=Passage(text="read"), besides=tuple(beside(f)[0] for f in fields))
    strength = Strength(entry_id="s", what=Passage(text="maps"), besides=(*beside("proof"), *beside("quote")))
    view = for_audience(small_book(goals=(goal,), strengths=(strength,)), "home", "papa")
    seen, strong = part(view, "goals").goals[0], part(view, "strengths").strengths[0]
    told = (
        *seen.why,
        *seen.now,
        seen.obstacle,
        seen.obstacle_around,
        seen.know_by,
        seen.evidence,
        strong.proof,
    )
    assert [s.field for s in told] == [
        "why",
        "now",
        "obstacle",
        "obstacle_around",
        "know_by",
        "evidence",
        "proof",
    ]
    assert all(s.pictures and s.media for s in (*told, seen.if_thens[0].beside, strong.quote_beside))


def test_the_short_version_says_what_stands_in_a_line() -> None:
    """What was only said is told by its transcript, a drawing by its description; one nobody described is left out."""
    strengths = (
        Strength(entry_id="s1", besides=beside("what", media=())),
        Strength(entry_id="s2", besides=beside("what", media=(), pictures=(DRAWN.but(alt=Passage()),))),
        Strength(entry_id="s3", what=Passage(text="maps"), besides=beside("what")),
    )
    goals = (Goal(entry_id="g", besides=beside("goal")),)
    growing = (Growing(entry_id="x", besides=beside("what", pictures=())),)
    short = for_audience(small_book(strengths=strengths, goals=goals, growing=growing), "home", "papa").short
    assert [s.words.text for s in short.strengths] == ["DRAWN-MARK", "maps"]
    assert short.goal is not None and short.goal.words.text == "HEARD-MARK"
    assert short.growing is not None and short.growing.words.text == "HEARD-MARK"
    assert SHA not in short.model_dump_json()
    silent = small_book(strengths=(), goals=(Goal(entry_id="g", besides=beside("goal", media=(), pictures=(
        DRAWN.but(alt=Passage()),))),))  # fmt: skip
    assert for_audience(silent, "home", "papa").short.goal is None


def last_round(**shelves: Any) -> Book:
    """Return the small book with a round before this one."""
    last = small_portfolio(**shelves)
    return small_book().but(
        earlier=(last.but(meta=last.meta.but(portfolio_id="ines.spring", round="Spring 2026")),)
    )


def test_a_child_says_itself_what_became_of_its_promise() -> None:
    """How far, why, and what to change come from its look back; a promise of an adult keeps its own note."""
    promises = (
        Agreement(entry_id="a1", what=Passage(text="read to Papa"), how_far="just_starting",
                  note=Passage(text="noted"), besides=beside("what")),
        Agreement(entry_id="a2", who="teacher", name="Ms. Rivera", what=Passage(text="a desk"), how_far="done",
                  note=Passage(text="it is here")),
    )  # fmt: skip
    backs = tuple(
        LookBack(entry_id=f"l-{a}", promise_id=a, result="nearly", because=Passage(text="I read"),
                 tells=Passage(text="plan less"), besides=beside("keep_change"))
        for a in ("a1", "a2")
    )  # fmt: skip
    book = last_round(agreements=promises)
    book = book.but(portfolio=book.portfolio.but(look_backs=backs))
    mine, theirs = part(for_audience(book, "home", "papa"), "last_time").promises
    assert (mine.how_far, mine.because.words.text, mine.tells.words.text) == ("nearly", "I read", "plan less")
    assert mine.keep_change.pictures and mine.promised_beside.media
    assert (theirs.how_far, theirs.because.words.text, theirs.tells) == ("done", "it is here", None)


def test_a_goal_that_was_picked_or_drawn_is_looked_back_on() -> None:
    """Last time's goal is shown by the pictures the child picked, or by what it drew."""
    pick = {
        "field": "picks",
        "ask": "?",
        "control": "picks",
        "choices": [{"id": "bike", "label": "Ride a bike"}],
    }
    book = last_round(
        goals=(Goal(entry_id="g1", picks=("bike",)), Goal(entry_id="g2", besides=beside("goal")))
    )
    sections = tuple(
        s.but(prompts=(*s.prompts, pick)) if s.section_id == "goals" else s for s in book.template.sections
    )
    view = for_audience(book.but(template=book.template.but(sections=sections)), "conference")
    picked, drawn = part(view, "last_time").goals
    assert [c.label for c in picked.picks] == ["Ride a bike"]
    assert drawn.promised_beside.pictures == (DRAWN,)


def test_what_the_child_chose_at_its_desk_is_what_is_shown() -> None:
    """A section shown at the table only is not in a file; one for the teacher only is nowhere."""
    book = small_book(work=(Work(entry_id="w", title=Passage(text="WORK-MARK")),))
    section = book.template.section("work")
    assert section is not None
    for who, seen in (("home", (True, True)), ("table", (True, False)), ("teacher", (False, False))):
        meta = shown_to(book.portfolio.meta, section, who)  # type: ignore[arg-type]  # one of the three
        changed = book.but(portfolio=book.portfolio.but(meta=meta))
        views = (for_audience(changed, "conference"), for_audience(changed, "home", "papa"))
        assert tuple("WORK-MARK" in view.model_dump_json() for view in views) == seen
