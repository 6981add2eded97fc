"""Before a book goes home: what is in the copy of each home, what is left out and why, how large it is.

Everything is read off the file itself (:func:`portfolio.moments.home.home_file`) and the view it is made of, so it
cannot say anything else than the file does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import NotFound, PortfolioError
from portfolio.model import Book, Household, Student, Voice
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.check_words import words_of_book
from portfolio.moments.home import Kit, home_file, kit_of
from portfolio.moments.school_words import starter
from portfolio.moments.send_home import chosen_students
from portfolio.rules import for_audience
from portfolio.rules.activities import for_home
from portfolio.rules.family_view import FamilyView, Part
from portfolio.rules.leaving import (
    NameHere,
    PageIn,
    PageOut,
    TextLanguages,
    ThingOut,
    languages_of,
    names_here,
    pages_in,
    pages_out,
    things_out,
)
from portfolio.rules.leaving_voices import quoted_in, voices_in
from portfolio.rules.unnamed import texts_in
from portfolio.rules.whose_word import told_of_others
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.views.room import Missing
from portfolio.words import speak

PHOTO: Final = 250_000
"""Bytes of a photo as a phone sends it in a message: what families know as "one photo"."""


@dataclass(frozen=True)
class Leaving:
    """What leaves for one home.

    ``missing`` belongs in the file, but there is no room for it or it is damaged; ``things`` wait for a tick because
    others can be seen or heard; ``quoted`` says whose sentences the child shows ("" for somebody without a name); ``names`` are those of classmates (``out``: "a classmate" stands there). ``open_words``
    are school words nobody has explained or called fine; ``others`` are people of another home, with the sentences of
    this copy that name them. What other homes wrote, and words for the teacher alone, are
    never counted here: not even how many there are is anybody's business at a screen one turns round.
    """

    student_id: str
    student: str
    household_id: str
    home: str
    reads: tuple[str, ...]
    size: int
    pages: tuple[PageIn, ...]
    left: tuple[PageOut, ...]
    voices: tuple[Voice, ...]
    quoted: tuple[str, ...]
    missing: tuple[Missing, ...]
    things: tuple[ThingOut, ...]
    names: tuple[NameHere, ...]
    languages: TextLanguages
    our_words_checked: bool
    open_words: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    looked: LookState

    @property
    def photos(self) -> int:
        """How many photos, as phones send them, the file is as large as; 0 for less than half a one."""
        return round(self.size / PHOTO)

    @property
    def waits(self) -> int:
        """How many things a teacher could decide: pictures and recordings to tick, names that stand as "a classmate"."""
        return len(self.things) + len({one.name for one in self.names if one.out})


@dataclass(frozen=True)
class LeavingTold:
    """What leaves for a home, or why nobody can say (``trouble``); a child without any home has no ``household``."""

    student: Student
    household: Household | None
    leaving: Leaving | None = None
    trouble: PortfolioError | None = None


def leaving_of(book: Book, household_id: str, kit: Kit) -> Leaving:
    """Return what leaves for one home. Raises ``NotFound`` for an unknown home, ``StorageTrouble`` as its file would."""
    file = home_file(book, household_id, kit)
    view = for_audience(book, "home", household_id)
    language = speak(view.reads[0]).language
    cards = for_home(view, kit.activities)
    open_words = (one for one in words_of_book(book, kit.glossary or starter()) if one.open)
    return Leaving(
        student_id=book.student.student_id,
        student=book.student.name,
        household_id=household_id,
        home=view.household or household_id,
        reads=view.reads,
        size=len(file.page.encode("utf-8")),
        pages=pages_in(view, cards=bool(cards), places=bool(kit.help_places)),
        left=pages_out(book, view, cards=bool(cards) or not kit.activities.activities),
        voices=voices_in(view),
        quoted=quoted_in(view),
        missing=file.missing,
        things=things_out(book, household_id, view),
        names=names_here(book, household_id),
        languages=languages_of(view, language.tag),
        our_words_checked=bool(language.reviewed_by),
        open_words=tuple(dict.fromkeys(one.word for one in open_words)),
        others=told_of_others(
            (text for text, _ in texts_in(_not_of_a_home(view), book.portfolio.meta.language)),
            household_id,
            book.student.households,
        ),
        looked=looked_at(kit.store, book.portfolio.meta).state,
    )


def _not_of_a_home(view: FamilyView) -> tuple[Part, ...]:
    """Return the pages of a copy but those a home wrote: these are nobody's to look through."""
    return tuple(part for part in view.parts if part.content.holds not in ("replies", "concerns"))


def waits_in(book: Book) -> tuple[int, tuple[str, ...]]:
    """Return what a teacher could decide in a book, without making its files: how many things, and which names."""
    things: set[str] = set()
    names: dict[str, None] = {}
    for home in book.student.households:
        view = for_audience(book, "home", home.household_id)
        things |= {one.name for one in things_out(book, home.household_id, view)}
        names |= dict.fromkeys(one.name for one in names_here(book, home.household_id) if one.out)
    return len(things), tuple(names)


def leavings(
    folder: ClassFolder, *, students: Sequence[str] = (), homes: Sequence[str] = ()
) -> Iterator[LeavingTold]:
    """Yield what leaves for each home of a class, child by child; ``students`` and ``homes`` are ids, none is all.

    Trouble with one home is told in its place and stops nobody. Raises ``NotFound`` for an id nobody has.
    """
    store = folder.store()
    try:
        chosen = chosen_students(store, students)
        known = {home.household_id for student in chosen for home in student.households}
        for unknown in (one for one in homes if one not in known):
            raise NotFound(
                "None of these children has a home “{household}”. Known are: {known}.",
                household=unknown[:64],
                known=", ".join(sorted(known)[:60]) or "–",
            )
        kit, names = kit_of(folder, store), store.student_names()
        for student in chosen:
            if not student.households and not homes:
                yield LeavingTold(
                    student,
                    None,
                    trouble=NotFound(
                        "{student} has no household yet. Add one, then send again.", student=student.name
                    ),
                )
            book: Book | None = None
            for home in student.households:
                if homes and home.household_id not in homes:
                    continue
                try:
                    if book is None:
                        book = book_of(
                            store, folder.template(), folder.outline(), student.student_id, class_names=names
                        )
                    yield LeavingTold(student, home, leaving_of(book, home.household_id, kit))
                except PortfolioError as trouble:
                    yield LeavingTold(student, home, trouble=trouble)
    finally:
        store.close()
