"""What a teacher's list of the class needs to know of one child's book: gathered once, told in small facts.

Nothing here says what to do with it: :mod:`portfolio.rules.next_action` does, and it needs no book any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Any, Final

from portfolio.model import Book, Entry, Portfolio, Section, SectionCell, Student
from portfolio.model.portfolio import Status
from portfolio.rules.balance import balance_nudges
from portfolio.rules.home_words import asks_of_homes
from portfolio.rules.nudge import Nudge, beginning, is_named
from portfolio.rules.path_check import path_check
from portfolio.rules.progress import SectionState, book_state
from portfolio.rules.promised import OVER

MAKING: Final[tuple[Status, ...]] = ("draft", "practising")
"""The child is at work on its book."""
AFTER: Final[tuple[Status, ...]] = ("presented", "home")
"""The meeting was."""

_PICTURED: Final = ("pictures", "media")


@dataclass(frozen=True)
class OpenWords:
    """School words of a book that nobody has explained or called fine, by their ids in the glossary, each once.

    ``child``: in what the child wrote · ``note``: in what its teachers wrote · ``tests``: some school word of the
    book is one for tests and scores.
    """

    child: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    tests: bool = False


@dataclass(frozen=True)
class Promise:
    """A promise its teacher made at the table and has not kept yet: by when, and how its words begin."""

    by_when: date | None
    said: str


@dataclass(frozen=True)
class Facts:
    """What is known of a child and its book in this round.

    ``open_pages``: titles of the pages nobody has begun, in the order of the book, without those one may leave out ·
    ``pages``: how many pages there are to begin · ``pieces``: pieces of work that say something, ``wanted``: how many
    the page asks for (0: the class has no such page) · ``strengths``: those named, ``unshown``: those of them that
    nobody can see yet, ``pictured``: the page takes a picture · ``note_asked``: the books have a page for the
    teacher's note, ``noted_by``: who wrote one · ``promises``: of the teacher · ``calls``, ``talks``: homes that ask
    to be called first, or to talk alone · ``given_back``: the book went back for one thing more, ``unread``: words of
    a teacher that the child has not read · ``interpreter``: one is wished for and nobody has told one ·
    ``helped_on``: the last day a teacher wrote in the book · ``changed_since``: it changed since it was looked at.
    """

    status: Status = "draft"
    begun: bool = False
    open_pages: tuple[str, ...] = ()
    pages: int = 0
    pieces: int = 0
    wanted: int = 0
    strengths: int = 0
    unshown: int = 0
    pictured: bool = True
    nudges: tuple[Nudge, ...] = ()
    note_asked: bool = False
    noted_by: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    calls: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    given_back: bool = False
    unread: bool = False
    interpreter: bool = False
    helped_on: date | None = None
    looked_at: bool = False
    changed_since: bool = False
    words: OpenWords = OpenWords()
    damaged: int = 0
    readable: bool = True


def facts_without_book(student: Student) -> Facts:
    """Return what is known of a child whose book of this round was not opened yet."""
    return Facts(interpreter=_wants_interpreter(student))


def facts_unreadable(student: Student) -> Facts:
    """Return what is known of a child whose book is there and cannot be read."""
    return replace(facts_without_book(student), readable=False)


def facts_of(
    book: Book, words: OpenWords = OpenWords(), *, test_words: Callable[[str], int] | None = None
) -> Facts:
    """Return what is known of a book by itself.

    ``test_words`` counts the words in a text that name tests; without it nothing is said about tests. Who changed
    what when is not in a book: the caller adds ``helped_on``, ``changed_since`` and ``damaged``.
    """
    portfolio, meta = book.portfolio, book.portfolio.meta
    states, title = book_state(book), titles(book)
    to_begin = [one for one in states if not one.section.optional]
    works = _section(book, "work")
    asks = asks_of_homes(portfolio)
    return Facts(
        status=meta.status,
        begun=any(one.state != "empty" for one in states),
        open_pages=tuple(title[s.section.section_id] for s in to_begin if s.state == "empty"),
        pages=len(to_begin),
        pieces=sum(says_anything(piece) for piece in portfolio.work),
        wanted=works.at_least if works else 0,
        **_strengths(book, states),
        nudges=path_check(book, test_words=test_words, states=states),
        note_asked=_section(book, "teacher_page") is not None,
        noted_by=_noted_by(portfolio),
        promises=tuple(_promises((*book.earlier, portfolio))),
        calls=tuple(one.household_id for one in asks if one.call_before),
        talks=tuple(one.household_id for one in asks if one.private_talk),
        given_back=meta.status in MAKING and any(c.words and c.sends_back for c in portfolio.comments),
        unread=any(one.words and not one.seen for one in portfolio.comments),
        interpreter=_wants_interpreter(book.student, portfolio),
        helped_on=max((one.on for one in (*portfolio.comments, meta.approved) if one and one.on), default=None),
        looked_at=meta.approved is not None,
        words=words,
    )  # fmt: skip


def titles(book: Book) -> dict[str, str]:
    """Return how each page of the book is called, by section id: as the notebook heads it, else as the template says."""
    known = {section.section_id: section.title for section in book.sections()}
    headed = (cell for cell in book.outline if isinstance(cell, SectionCell) and cell.section in known)
    own: dict[str, str] = {}
    for cell in headed:
        own.setdefault(cell.section, cell.heading)
    return {name: own.get(name) or title for name, title in known.items()}


def says_anything(entry: Entry) -> bool:
    """Return whether somebody has put anything into an entry."""
    return entry.but(school_words=()) != type(entry)(entry_id=entry.entry_id)


def _section(book: Book, holds: str) -> Section | None:
    return next((section for section in book.sections() if section.holds == holds), None)


def _strengths(book: Book, states: tuple[SectionState, ...]) -> dict[str, Any]:
    page = _section(book, "strengths")
    if page is None:
        return {}
    without = takewhile(lambda one: one.kind == "strength_without_proof", balance_nudges(book, None, states))
    return {
        "strengths": sum(is_named(page, one) for one in book.portfolio.strengths),
        "unshown": sum(1 for _ in without),
        "pictured": any(page.prompt(field) for field in _PICTURED),
    }


def _noted_by(portfolio: Portfolio) -> tuple[str, ...]:
    notes = (one for one in portfolio.teacher_page if one.strength or one.next_step or one.home_help)
    return tuple(dict.fromkeys(one.teacher_id for one in notes))


def _promises(rounds: Iterable[Portfolio]) -> Iterator[Promise]:
    for one in (promise for portfolio in rounds for promise in portfolio.agreements):
        if one.who == "teacher" and one.what and one.how_far not in OVER:
            yield Promise(one.by_when, dict(beginning(one, "what")).get("said", ""))


def _wants_interpreter(student: Student, portfolio: Portfolio | None = None) -> bool:
    done = portfolio and ("interpreter" in portfolio.meta.prepared or portfolio.meta.status in AFTER)
    return not done and any(home.interpreter for home in student.households)
