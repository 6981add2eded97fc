"""What the papers of a meeting without screens may say: the agenda, cards, answers, what is decided, a quiet page.

Papers for homes are made of a :class:`TableView`: what a home's papers say before a meeting anyway, and what the
table may see of the book. Cue cards are another matter: :mod:`portfolio.rules.cue_cards`.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Final, Literal

from portfolio.errors import N_
from portfolio.model import (
    ClassTemplate,
    Household,
    Passage,
    PortfolioMeta,
    Record,
    SchoolClass,
    Student,
)
from portfolio.rules.conversation import cards_for
from portfolio.rules.cue_cards import shortened
from portfolio.rules.family_view import AgendaLine, AnswersPart, FamilyView
from portfolio.rules.papers import PaperView, paper_view
from portfolio.rules.quiet_page import QuietFacts, quiet_facts

HomeSheet = Literal["agenda", "together", "questions", "reply", "to-teacher", "quiet-page"]
MeetingSheet = Literal["agenda", "together", "questions", "reply", "to-teacher", "quiet-page", "cue-cards"]

HOME_SHEETS: Final[dict[HomeSheet, str]] = {
    "agenda": N_("What happens today"),
    "together": N_("What we decide together"),
    "questions": N_("Question cards"),
    "reply": N_("Your answer"),
    "to-teacher": N_("For the teacher only"),
    "quiet-page": N_("A quiet page for small visitors"),
}
"""The sheets for each home, in the order they are printed."""

MEETING_SHEETS: Final[dict[MeetingSheet, str]] = {
    **HOME_SHEETS,  # type: ignore[dict-item]  # each of them is a sheet of the meeting; mypy wants the same keys
    "cue-cards": N_("Cards with my own words"),
}
"""Every sheet of the meeting. Cue cards belong to the child and never stand in a file with another sheet."""

OWN_PAPER: Final = frozenset({"questions", "reply", "to-teacher", "quiet-page"})
"""Sheets that somebody cuts, takes away or hands over: each begins on paper of its own, also printed on both sides."""

MOST_CARDS: Final = 10
_ROOM_FOR_STEPS: Final = 110
_SHORT_STEP, _LONG_STEP, _LONG_TITLE = 10, 15, 36
"""Room on a side of the agenda, what a step takes of it with a title on one line and on two, from how many letters."""
PROMISES: Final = 5
_MORE_WITH_INTERPRETER: Final = (3, 2)
"""Words said twice take half as long again (content model, section 4)."""
_LONGEST: Final = {"name": 40, "class": 40, "step": 64, "ask": 110, "adult": 30}
_MOST_ADULTS: Final = 4
_ASK_ME: Final = "ask_me"


class AskCard(Record):
    """A question for the child on a card: one of ours (``label``), or one it wrote (``words``).

    ``wished``: the child has chosen it.
    """

    label: str = ""
    words: Passage = Passage()
    wished: bool = False


class TableView(Record):
    """What the sheets of one home may say. Made by :func:`table_view`, never by hand.

    ``home`` is what all its papers say; names in it are cut to what fits. ``steps`` are those of the meeting as it
    is shown on screens, with the minutes they take for this home.
    """

    home: PaperView
    steps: tuple[AgendaLine, ...]
    minutes: int
    asks: tuple[AskCard, ...]
    quiet: QuietFacts


def table_view(
    school: SchoolClass,
    template: ClassTemplate,
    student: Student,
    household: Household,
    *,
    seen: FamilyView | None,
    meta: PortfolioMeta | None,
) -> TableView:
    """Return what one home's sheets may say. ``seen`` is the book as the table sees it, ``meta`` its frame."""
    home = paper_view(school, template, student, household, meta)
    steps = tuple(
        one.but(title=shortened(one.title, _LONGEST["step"]), statement=None)
        for one in (seen.agenda if seen and seen.agenda else home.agenda)
    )
    if household.interpreter or (meta is not None and meta.agenda.interpreter):
        steps = longer(steps)
    seed = meta.portfolio_id if meta else f"{student.student_id}.{school.round}"
    return TableView(
        home=_fitting(home),
        steps=steps,
        minutes=sum(step.minutes for step in steps),
        asks=asks(seen, template, home),
        quiet=quiet_facts(seen, seed),
    )


def _fitting(home: PaperView) -> PaperView:
    """Return a home's papers with names that fit; who has more grown-ups than a line holds is greeted by its label."""
    adults = tuple(shortened(one, _LONGEST["adult"]) for one in home.adults)
    label = (shortened(home.household, _LONGEST["name"]),) if home.household else ()
    return home.but(
        student_name=shortened(home.student_name, _LONGEST["name"]),
        class_name=shortened(home.class_name, _LONGEST["class"]),
        round=shortened(home.round, _LONGEST["class"]),
        adults=adults if len(adults) <= _MOST_ADULTS else label,
        teachers=tuple(t.but(name=shortened(t.name, _LONGEST["name"])) for t in home.teachers),
    )


def longer(steps: Iterable[AgendaLine]) -> tuple[AgendaLine, ...]:
    """Return steps with the minutes they take with an interpreter; together they are rounded up once, not each."""
    more, less = _MORE_WITH_INTERPRETER
    found, before, after = [], 0, 0
    for step in steps:
        before += step.minutes
        until = ceil(before * more / less)
        found.append(step.but(minutes=until - after))
        after = until
    return tuple(found)


def asks(seen: FamilyView | None, template: ClassTemplate, home: PaperView) -> tuple[AskCard, ...]:
    """Return the questions on cards: those the child wishes for first, then those of its class, else ours."""
    parts = [part.content for part in seen.parts if part.section == _ASK_ME] if seen else []
    said = [one for part in parts if isinstance(part, AnswersPart) for one in part.answers]
    wished = [AskCard(label=choice.label, wished=True) for one in said for choice in one.picks]
    written = (one.words for one in said if one.words and len(one.words.text) <= _LONGEST["ask"])
    wished += [AskCard(words=words, wished=True) for words in written]
    asked = template.section(_ASK_ME)
    offered = [choice.label for prompt in asked.prompts for choice in prompt.choices] if asked else []
    more = dict.fromkeys(offered or cards_for(home.age_band))
    taken = {one.label for one in wished}
    return (*wished, *(AskCard(label=card) for card in more if card not in taken))[:MOST_CARDS]


def step_sides(steps: Iterable[AgendaLine]) -> tuple[tuple[tuple[int, AgendaLine], ...], ...]:
    """Return the steps with their numbers, as many on each side of the agenda as there is room for."""
    found: list[list[tuple[int, AgendaLine]]] = []
    room = 0
    for number, step in enumerate(steps, start=1):
        room -= _LONG_STEP if len(step.title) > _LONG_TITLE else _SHORT_STEP
        if room < 0:
            found.append([])
            room = _ROOM_FOR_STEPS - (_LONG_STEP if len(step.title) > _LONG_TITLE else _SHORT_STEP)
        found[-1].append((number, step))
    return tuple(map(tuple, found))


def sides(view: TableView, sheet: HomeSheet) -> int:
    """Return how many sides of paper a sheet takes."""
    if sheet == "agenda":
        return max(1, len(step_sides(view.steps)))
    return 2 if sheet in {"reply", "to-teacher", "quiet-page"} else 1
