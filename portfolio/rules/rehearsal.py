# long: the pages of a rehearsal, and what stands on them, are told in one place
"""A child gets ready for its meeting: what it will say at each step, and what it shows in place of speaking.

These pages are no part of the book. No class template has them and no notebook of the book shows them, so nothing
that looks at a book (how far it is, what goes home, what is on the screen) ever comes to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from portfolio.errors import N_
from portfolio.model import Book, Choice, Cue, Entry, Practice, Prompt, Section, Statement, Work
from portfolio.rules.audience import for_audience
from portfolio.rules.family_view import AgendaLine, FamilyView
from portfolio.rules.rehearsal_words import starters
from portfolio.rules.running_order import Scene, running_order
from portfolio.rules.seen import Lens, pieces_shown

SAY: Final = "say"
INSTEAD: Final = "instead"
HOW_MUCH: Final = "how-much"
PRACTISE: Final = "practise"

PAGES: Final = (
    (SAY, N_("What I will say"), "seat-student"),
    (INSTEAD, N_("In place of speaking"), "mic"),
    (HOW_MUCH, N_("How much I want to see"), "eye"),
    (PRACTISE, N_("Practise"), "clock"),
)
"""The pages in their order: name, title, drawing."""

YES: Final = "yes"
"""The choice that is picked where something is shown in place of speaking."""

MINE: Final = ("student", "all")
"""Whose steps are the child's to speak at."""


class RehearsalPage(Section):
    """A page of a rehearsal. It is asked like a section of a book, and no template can hold what it holds."""

    holds: Literal["cues", "statements", "practices"]  # type: ignore[assignment] # what no template may say


RECORDS: Final[dict[str, type[Entry]]] = {"cues": Cue, "statements": Statement, "practices": Practice}
"""Which record a page's entries are."""


@dataclass(frozen=True)
class Turn:
    """A moment at which the child speaks: a step of the agenda, or one of several pieces of work in it.

    ``number`` counts the agenda's steps from 1. ``scenes`` are the screens one sees meanwhile.
    """

    line: AgendaLine
    number: int
    steps: int
    scenes: tuple[Scene, ...] = ()
    piece: Work | None = None

    @property
    def about(self) -> str | None:
        """The entry it is about, where a step shows several."""
        return self.piece.entry_id if self.piece else None


def say_page(words: int) -> RehearsalPage:
    """Return the page of the child's lines; ``words`` is about how many one answer has."""
    prompts = (
        Prompt(field="words", ask=N_("What I want to say"), control="long", words=words),
        Prompt(
            field="short",
            ask=N_("The same in two or three words"),
            control="line",
            hint=N_("The short form of your line above. You see it when you choose “My two or three words”."),
        ),
    )
    return _page(
        SAY, "cues", N_("These lines are for you. Write as you speak, or say it and we keep it."), prompts
    )


def instead_page(words: int) -> RehearsalPage:
    """Return the page of what is shown in place of speaking."""
    yes = Choice(id=YES, label=N_("Show this when I am at this step"), icon="tick")
    prompts = (
        Prompt(field="media", ask=N_("Say it now. We play it for you."), control="media", at_most=3),
        Prompt(field="pictures", ask=N_("Show pictures"), control="photos", at_most=4),
        Prompt(field="words", ask=N_("Let them read it"), control="long", words=words),
        Prompt(
            field="in_place",
            ask=N_("At the meeting"),
            control="picks",
            at_most=1,
            hint=N_("Until you choose it, only you and your teacher see it."),
            choices=(yes,),
        ),
    )
    told = N_("A recording, a picture or a text is as good as speaking. You choose, step by step.")
    return _page(INSTEAD, "statements", told, prompts)


def practise_page() -> RehearsalPage:
    """Return the page of the rehearsals so far."""
    return _page(PRACTISE, "practices", N_("Say it out loud: alone, or to somebody who listens."), ())


def _page(
    name: str, holds: Literal["cues", "statements", "practices"], intro: str, prompts: tuple[Prompt, ...]
) -> RehearsalPage:
    title, icon = next((title, icon) for known, title, icon in PAGES if known == name)
    return RehearsalPage(
        section_id=name, title=title, icon=icon, holds=holds, intro=intro, at_most=12, prompts=prompts
    )


# ------------------------------------------------------------------------------------------- when the child speaks


def turns(book: Book) -> tuple[Turn, ...]:
    """Return when the child speaks, in the order of its own agenda; after a step with several pieces, each of them."""
    view = for_audience(book, "conference")
    scenes = running_order(view)
    found: list[Turn] = []
    for number, line in enumerate(view.agenda, start=1):
        if line.speaker in MINE:
            step = Turn(line, number, len(view.agenda), tuple(s for s in scenes if s.step == number))
            found += [
                step,
                *(Turn(line, number, step.steps, piece=one) for one in _several(book, view, line)),
            ]
    return tuple(found)


def _several(book: Book, view: FamilyView, line: AgendaLine) -> tuple[Work, ...]:
    """Return the pieces of work of a step that shows several, and those the child has lines for already."""
    holds_work = (s for s in book.template.sections if s.section_id in line.sections and s.holds == "work")
    section = next(holds_work, None)
    if section is None:
        return ()
    lens = Lens(book=book, audience=view.audience, household_id=None)
    shown = [piece for piece, _ in pieces_shown(lens, section)][: line.at_most]
    told = {cue.about for cue in book.portfolio.cues if cue.step == line.step and says(cue)}
    return tuple(shown) if len(shown) > 1 else tuple(piece for piece in shown if piece.entry_id in told)


def cue_at(book: Book, turn: Turn) -> Cue:
    """Return the child's lines for a moment, empty ones if there are none yet."""
    ours = (cue for cue in book.portfolio.cues if (cue.step, cue.about) == (turn.line.step, turn.about))
    return next(ours, None) or Cue(
        entry_id=_free_id(book.portfolio.cues, "cue", turn.line.step, turn.about or ""),
        step=turn.line.step,
        about=turn.about,
    )


def statement_at(book: Book, turn: Turn) -> Statement:
    """Return what the child shows in place of speaking at a step, an empty one if there is nothing yet."""
    ours = (one for one in book.portfolio.statements if one.step == turn.line.step)
    return next(ours, None) or Statement(
        entry_id=_free_id(book.portfolio.statements, "statement", turn.line.step), step=turn.line.step
    )


def _free_id(entries: Iterable[Entry], *parts: str) -> str:
    """Return an id that is always the same for a moment, so that two windows fill the same card."""
    name = ".".join(filter(None, parts))
    if len(name) > 64:
        name = f"{parts[0]}.{hashlib.sha256(name.encode()).hexdigest()[:40]}"
    taken = {entry.entry_id for entry in entries}
    return (
        name if name not in taken else f"{parts[0]}.{hashlib.sha256(f'{name}|2'.encode()).hexdigest()[:40]}"
    )


def asks_at(book: Book, section: RehearsalPage, turn: Turn) -> tuple[tuple[str, Prompt], ...]:
    """Return what a page asks at a moment; the words may begin as children of this age begin there."""
    first, last = turn.number == 1, turn.number == turn.steps
    begin = starters(book.template, turn.line, first=first, last=last)
    long = (prompt.but(starters=begin) if prompt.control == "long" else prompt for prompt in section.prompts)
    return tuple((prompt.field, prompt) for prompt in long)


# --------------------------------------------------------------------------------------------- beside the agenda


def elsewhere(book: Book, holds: str) -> tuple[Cue | Statement, ...]:
    """Return what the child prepared (``cues`` or ``statements``) and its agenda does not come to now."""
    if holds == "cues":
        here = {cue_at(book, turn).entry_id for turn in turns(book)}
        return tuple(cue for cue in book.portfolio.cues if cue.entry_id not in here and says(cue))
    here = {statement_at(book, turn).entry_id for turn in turns(book) if turn.piece is None}
    return tuple(one for one in book.portfolio.statements if one.entry_id not in here and says(one))


def says(entry: Cue | Statement) -> bool:
    """Return whether anything is written, said or shown in an entry."""
    if any(entry.besides) or entry.words:
        return True
    return bool(entry.short) if isinstance(entry, Cue) else bool(entry.pictures or entry.media)


def newest_first(practices: Iterable[Practice]) -> tuple[Practice, ...]:
    """Return rehearsals, the newest first; those without a day stand at the end, the last made first."""
    made = reversed(tuple(practices))
    return tuple(sorted(made, key=lambda one: one.on or date.min, reverse=True))
