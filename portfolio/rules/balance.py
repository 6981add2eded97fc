"""The balance lamp: strengths beside what is hard, proof beside words, more than tests, a good end.

What a book as a whole lacks (nothing growing, nothing about feelings, no question) is told to the teacher
only, and only once most of the book is begun: the child sees which pages are empty anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from portfolio.model import Book, Entry, Passage, Section, Strength, TeacherNote
from portfolio.rules.answers import in_a_line
from portfolio.rules.nudge import (
    Kind,
    Nudge,
    answered,
    beginning,
    entries_of,
    is_named,
)
from portfolio.rules.progress import SectionState, book_state

TestWords = Callable[[str], int]
"""Counts the words in a text that name tests or scores."""

FEELINGS: Final = ("feels", "friends")
QUESTIONS: Final = "ask_me"
"""Sections that every class template of ours calls so."""

TESTS_SHARE: Final = 1 / 3
"""More sentences than this share naming tests or scores is too much of a child's work and strengths."""
FEWEST_TESTS: Final = 2
"""One sentence about a test never counts: in a short book it would be a third."""
MANY_TIMES: Final = 2
"""So many times as many things growing as strengths is out of balance."""

_PROOF: Final = ("proof", "pictures", "media", "quote")
_MEASURED: Final = ("strengths", "growing", "work")
_GOOD_ENDS: Final = frozenset({"strengths", "goals", "agreements", "growth_pairs"})
_NO_END: Final = frozenset({*FEELINGS, QUESTIONS})
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|[。！？؟۔\n]+")


def balance_nudges(
    book: Book, test_words: TestWords | None, states: tuple[SectionState, ...] | None = None
) -> Iterator[Nudge]:
    """Yield what is out of balance in a book. Without ``test_words`` nothing is said about tests.

    ``states`` is what ``book_state`` says of it, if that is known already.
    """
    sections = tuple(dict.fromkeys(book.sections()))
    yield from _without_proof(book, sections)
    yield from _notes(book, sections)
    if test_words is not None:
        yield from _tests(book, sections, test_words)
    states = book_state(book) if states is None else states
    strong, growing = _named(book, sections, "strengths"), _named(book, sections, "growing")
    if strong and len(growing) >= MANY_TIMES * len(strong):
        yield Nudge(kind="more_growing", section_id=_of(sections, "strengths").section_id)
    begun = [state.section for state in states if state.state != "empty"]
    if strong and 2 * len(begun) >= len(states):
        yield from _missing_sides(states, growing=bool(growing))
        yield from _end(sections, begun, growing)


def _of(sections: tuple[Section, ...], holds: str) -> Section:
    return next(section for section in sections if section.holds == holds)


def _named(book: Book, sections: tuple[Section, ...], holds: str) -> list[Entry]:
    """Return the strengths, or what is growing, that are named on a page this class has."""
    section = next((section for section in sections if section.holds == holds), None)
    if section is None:
        return []
    return [entry for entry in entries_of(book.portfolio, holds) if is_named(section, entry)]


def _without_proof(book: Book, sections: tuple[Section, ...]) -> Iterator[Nudge]:
    for section in sections:
        if section.holds == "strengths" and any(section.prompt(f) for f in (*_PROOF, "piece")):
            for strength in book.portfolio.strengths:
                if is_named(section, strength) and not _is_shown(book, strength):
                    yield Nudge(
                        kind="strength_without_proof",
                        section_id=section.section_id,
                        entry_id=strength.entry_id,
                        values=beginning(strength, "what"),
                    )


def _is_shown(book: Book, strength: Strength) -> bool:
    """Return whether one can see a strength. A recording or a drawing of any kind is taken to show it."""
    piece = book.portfolio.piece(strength.piece)
    return bool(piece or strength.besides) or any(answered(strength, field) for field in _PROOF)


def _notes(book: Book, sections: tuple[Section, ...]) -> Iterator[Nudge]:
    for section in sections:
        if section.holds == "teacher_page" and section.prompt("strength"):
            for note in book.portfolio.teacher_page:
                if _only_problems(note):
                    yield Nudge(
                        kind="note_without_strength",
                        section_id=section.section_id,
                        entry_id=note.entry_id,
                        values=beginning(note, "next_step"),
                        for_whom="teacher",
                    )


def _only_problems(note: TeacherNote) -> bool:
    return answered(note, "next_step") and not answered(note, "strength")


def _tests(book: Book, sections: tuple[Section, ...], test_words: TestWords) -> Iterator[Nudge]:
    first: Section | None = None
    said = named = 0
    for section in sections:
        for entry in entries_of(book.portfolio, section.holds) if section.holds in _MEASURED else ():
            for sentence in _sentences(section, entry):
                said += 1
                if test_words(sentence):
                    named += 1
                    first = first or section
    if first is not None and named >= FEWEST_TESTS and named > TESTS_SHARE * said:
        youngest = book.portfolio.meta.age_band == "k-2"
        yield Nudge(
            kind="tests_take_over",
            section_id=first.section_id,
            for_whom="teacher" if youngest else "both",
        )


def _sentences(section: Section, entry: Entry) -> Iterator[str]:
    """Yield the sentences of an entry that its page asks for, also of what was written down of a recording."""
    for name, value in entry:
        if isinstance(value, Passage) and section.prompt(name):
            text = in_a_line(value, entry.beside(name)).text
            yield from (part for part in _SENTENCE_END.split(text) if part.strip())


def _missing_sides(states: tuple[SectionState, ...], *, growing: bool) -> Iterator[Nudge]:
    """Yield what a book that is well begun says nothing of."""
    empty = {s.section.section_id: s.section for s in states if s.state == "empty"}
    if not growing:
        for section in empty.values():
            if section.holds == "growing":
                yield _to_the_teacher("nothing_growing", section)
    there = [s.section.section_id for s in states if s.section.section_id in FEELINGS]
    if there and all(name in empty for name in there):
        yield _to_the_teacher("no_feelings", empty[min(there, key=FEELINGS.index)])
    if QUESTIONS in empty:
        yield _to_the_teacher("no_question", empty[QUESTIONS])


def _to_the_teacher(kind: Kind, section: Section) -> Nudge:
    return Nudge(kind=kind, section_id=section.section_id, for_whom="teacher")


def _end(sections: tuple[Section, ...], begun: list[Section], growing: list[Entry]) -> Iterator[Nudge]:
    """Yield a nudge if a book that tells what is hard has neither a plan nor anything good after it."""
    hard = max((i for i, section in enumerate(begun) if section.holds == "growing"), default=None)
    if hard is None or any(answered(entry, "first_step") for entry in growing):
        return
    if any(map(_ends_well, begun[hard + 1 :])):
        return
    later = sections[sections.index(begun[hard]) + 1 :]
    yield Nudge(
        kind="no_good_end",
        section_id=begun[hard].section_id,
        for_whom="both" if any(map(_ends_well, later)) else "teacher",
    )


def _ends_well(section: Section) -> bool:
    """Return whether what stands on a page is a strength, a plan, or something else good to end on."""
    return section.holds in _GOOD_ENDS or (section.holds == "answers" and section.section_id not in _NO_END)
