"""Who wrote where since yesterday, in words: "Amal wrote in My strengths and Goals"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from portfolio.errors import N_
from portfolio.model import Answer, Book, Rating
from portfolio.model.fields import RECORD
from portfolio.moments.teacher.class_words import listed
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.cards import kind_of
from portfolio.rules.class_facts import titles
from portfolio.store.port import Touched
from portfolio.words import Speech

PAGE: Final[Mapping[str, str]] = {
    "teacher_note": N_("the teacher’s note"),
    "comment": N_("words to the child"),
    "home_words": N_("what home says"),
    "reply": N_("the letter back"),
    "concern": N_("what a home is worried about"),
    "cue": N_("lines for the meeting"),
    "agreement": N_("what was agreed"),
    "statement": N_("what is shown in place of speaking"),
    "practice": N_("practising"),
    "to_teacher": N_("words for you alone"),
    "parked": N_("what is kept for later"),
    "meeting": N_("the meeting"),
    "naming": N_("who may be named"),
}
"""What is called so in every class, or stands on no page of the book."""


def changes_in(desk: TeacherDesk, book: Book, since: datetime, say: Speech) -> tuple[str, ...]:
    """Return a sentence for each hand that changed something in a book since then, but for who sits here.

    Raises ``NotFound``, ``StorageTrouble``.
    """
    touched = desk.store.changes_since(book.portfolio.meta.portfolio_id, since)
    others = [one for one in touched if one.changed_by != desk.by]
    hands = dict.fromkeys(one.changed_by for one in others)
    return tuple(
        _sentence(book, hand, [one for one in others if one.changed_by == hand], say) for hand in hands
    ) or (say("Something changed and was changed back."),)


def _sentence(book: Book, hand: str, touched: Iterable[Touched], say: Speech) -> str:
    known = titles(book)
    wrote: dict[str, None] = {}
    took: dict[str, None] = {}
    for one in touched:
        page = _page(book, one, known, say)
        (took if one.now is None else wrote)[page] = None
    who = _who(book, hand, say)
    if not wrote:
        return say("{who} took something away from {pages}.", who=who, pages=listed(tuple(took), say))
    return say("{who} wrote in {pages}.", who=who, pages=listed(tuple(wrote), say))


def _page(book: Book, one: Touched, known: Mapping[str, str], say: Speech) -> str:
    """Return how the page is called on which an entry stands."""
    entry = one.now or one.before
    if isinstance(entry, Answer | Rating):
        return say(known[entry.section]) if entry.section in known else say("another page")
    if one.kind in PAGE:
        return say(PAGE[one.kind])
    for section in book.sections():
        if section.holds in RECORD and kind_of(section) == one.kind:
            return say(known[section.section_id])
    return say("another page")


def _who(book: Book, hand: str, say: Speech) -> str:
    what, _, which = hand.partition(":")
    if what == "teacher":
        names = (one.name for one in book.school_class.teachers if one.teacher_id == which)
        return next(names, "") or say("A teacher")
    if what == "family":
        home = book.student.household(which)
        return home.label if home else say("A home")
    return book.student.name
