"""What lies on a child's desk beside its questions: a teacher's notes, words whose question is gone, what goes on.

All of it is plain data in the child's language: the shapes are those of :mod:`portfolio.widgets.wire`.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from portfolio.errors import N_, InputRefused, PortfolioError
from portfolio.model import Book, Comment, Picture, PortfolioMeta, SectionCell
from portfolio.moments.comments import change_meta, read_by_child
from portfolio.moments.desk import StudentDesk
from portfolio.rules.cards import cards
from portfolio.rules.comments import about, good_and_try, on_page
from portfolio.rules.progress import book_state
from portfolio.rules.unasked import Unasked, unasked

MOST_PICTURES: Final = 12
"""Pictures without a question that one page shows; of the others it says how many there are."""


def notes_on(desk: StudentDesk, book: Book | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the notes of teachers by the page they lie on, unread ones first; pages without any are left out.

    What is about the whole book, and what sent it back, lies on the first page. ``book`` is the book as it is kept
    now, if somebody has read it already.
    """
    book = book or desk.fresh()
    if not book.portfolio.comments:
        return {}
    pages = [section.section_id for section in book.sections()]
    found = {name: [_note(desk, book, one) for one in on_page(book, name)] for name in dict.fromkeys(pages)}
    whole = [_note(desk, book, one) for one in on_page(book, None)]
    if pages and whole:
        found[pages[0]] = [*reversed(whole), *found[pages[0]]]
    return {name: sorted(notes, key=lambda one: bool(one["seen"])) for name, notes in found.items() if notes}


def _note(desk: StudentDesk, book: Book, one: Comment) -> dict[str, Any]:
    """Return one note: ``NoteForChild`` of the wire."""
    parts = good_and_try(one) if one.sends_back else None
    names = {teacher.teacher_id: teacher.name for teacher in book.school_class.teachers}
    return {
        "entry": one.entry_id,
        "who": names.get(one.teacher_id) or desk.say(N_("Your teacher")),
        "words": parts.to_try if parts else one.words.text,
        "good": parts.good if parts else "",
        "lang": one.words.lang,
        "about": _about(desk, book, one),
        "page": one.section if one.sends_back and one.section in _titles(desk, book) else "",
        "seen": one.seen,
        "back": one.sends_back,
    }


def _about(desk: StudentDesk, book: Book, one: Comment) -> str:
    """Return what a note is about: the title of a card, of a page for what sent the book back, or ""."""
    if one.sends_back:
        return _titles(desk, book).get(one.section or "", "")
    there = about(book.portfolio, one)
    if there is None:
        return ""
    for section in book.sections():
        for n, card in enumerate(cards(book, section), 1):
            if card.entry.entry_id == there.entry_id:
                title = getattr(there, "title", None)
                return (title.text if title else "") or desk.say(section.each).replace("{n}", str(n))
    return ""


def _titles(desk: StudentDesk, book: Book) -> dict[str, str]:
    titles = {section.section_id: section.title for section in book.sections()}
    headed = {
        cell.section: cell.heading for cell in book.outline if isinstance(cell, SectionCell) and cell.heading
    }
    return {name: desk.say(headed.get(name, title)) for name, title in titles.items()}


def read_note(desk: StudentDesk, entry_id: str) -> None:
    """Note that the child has read a note. Raises as :func:`portfolio.moments.comments.read_by_child`."""
    read_by_child(desk.store, desk.portfolio_id, entry_id, by=desk.by, at=desk.now())


# ------------------------------------------------------------------------- words whose question is gone


def gone_from(desk: StudentDesk, book: Book | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return what stands in the book without a question (``GonePart`` of the wire), by the page it was written on.

    Under "" stands what was written on pages the book does not have any more.
    """
    book = book or desk.fresh()
    found: dict[str, list[dict[str, Any]]] = {}
    for one in unasked(book):
        found.setdefault(one.section_id if one.there else "", []).append(_gone(desk, book, one))
    return found


def _gone(desk: StudentDesk, book: Book, one: Unasked) -> dict[str, Any]:
    section = book.template.section(one.section_id)
    labels = {c.id: desk.say(c.label) for s in book.template.sections for p in s.prompts for c in p.choices}
    pieces = {piece.entry_id: piece.title.text for piece in book.portfolio.work}
    picks = [
        pieces.get(pick) or labels.get(pick) or pick.replace("_", " ").replace("-", " ") for pick in one.picks
    ]
    days = [desk.say.day(day) for day in one.days]
    media = [getattr(medium, "caption", None) for medium in one.media]
    told = [caption.text if caption else desk.say(N_("A recording, text or link")) for caption in media]
    return {
        "title": desk.say(section.title) if section else "",
        "lines": [*(passage.text for passage in one.words), *picks, *days, *told],
        "lang": one.words[0].lang if one.words else book.portfolio.meta.language,
        "pictures": small_pictures(desk, one.pictures),
    }


def small_pictures(desk: StudentDesk, pictures: Sequence[Picture]) -> list[dict[str, str]]:
    """Return small copies of some pictures with what they show; a damaged one is left out."""
    return [made for picture in pictures[:MOST_PICTURES] if (made := _picture(desk, picture))]


def _picture(desk: StudentDesk, picture: Picture) -> dict[str, str] | None:
    with contextlib.suppress(PortfolioError):  # a damaged picture must not hide the words beside it
        thumb = desk.store.thumb(desk.book.student.student_id, picture.sha256)
        data = base64.b64encode(thumb).decode("ascii")
        return {"thumb": f"data:image/webp;base64,{data}", "alt": picture.alt.text}
    return None


# -------------------------------------------------------------------------- what goes to the next teacher


def pages_to_pick(desk: StudentDesk, book: Book | None = None) -> list[dict[str, Any]]:
    """Return the pages a child may give to its next teacher: those it has begun, and those it has picked.

    ``PickPage`` of the wire, in the order of the book.
    """
    book = book or desk.fresh()
    picked, titles = set(book.portfolio.meta.next_teacher), _titles(desk, book)
    return [
        {
            "id": state.section.section_id,
            "title": titles[state.section.section_id],
            "icon": state.section.icon,
            "on": state.section.section_id in picked,
        }
        for state in book_state(book)
        if state.state != "empty" or state.section.section_id in picked
    ]


def pick_for_next(desk: StudentDesk, section_id: str, on: bool) -> None:
    """Keep that a page goes to the child's next teacher, or that it does not; other picks stay as they are.

    Raises ``InputRefused`` for a page that is not the child's to give, ``StorageTrouble``.
    """
    order = [state.section.section_id for state in book_state(desk.fresh())]
    if section_id not in order:
        raise InputRefused("This page cannot be given to your next teacher.")

    def change(meta: PortfolioMeta) -> PortfolioMeta:
        picked = {*meta.next_teacher, section_id} if on else {*meta.next_teacher} - {section_id}
        known = [name for name in order if name in picked]
        gone = [name for name in meta.next_teacher if name in picked and name not in order]
        return meta.but(next_teacher=(*known, *gone))

    change_meta(desk.store, desk.portfolio_id, change)


def beside_form(desk: StudentDesk, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form of a page with its notes, and with what was written there and is not asked any more."""
    book, name = desk.fresh(), str(form["section"])
    return {**form, "notes": notes_on(desk, book).get(name, []), "gone": gone_from(desk, book).get(name, [])}
