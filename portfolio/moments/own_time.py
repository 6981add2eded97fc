"""Families that are not in the room: a pack to listen to at home, a sheet for a call, a card for who listens for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.model import Book, Household, Student
from portfolio.model.record import LanguageTag
from portfolio.moments.home import HomeFile, Kit, answer_code, home_file, kit_of
from portfolio.moments.home_names import file_name, file_names
from portfolio.moments.home_pictures import missing_in
from portfolio.moments.paper_files import FOLDER
from portfolio.moments.quick_look import written
from portfolio.moments.send_home import chosen_students
from portfolio.rules import for_audience
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.calls import call_sheet, listener_sheet, render_alone, render_sheet
from portfolio.views.own_cell import own_missing
from portfolio.views.own_time import own_time_page
from portfolio.views.pages import DrawChart, made, media_bytes
from portfolio.views.room import HOME_LIMIT, Missing
from portfolio.views.safe import SafePage

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary

LISTEN: Final = "1-listen-and-answer.html"
BOOK: Final = "2-book.html"
"""The files of a pack: what one opens first, and the book to keep. Their names say the order on any phone."""


@dataclass(frozen=True)
class Pack:
    """The pack of one home: the folder with its files, their size, what is not in them; or why there is none (``trouble``)."""

    student: Student
    household: Household | None
    folder: Path | None
    size: int = 0
    trouble: PortfolioError | None = None
    missing: tuple[Missing, ...] = ()


def listen_html(
    book: Book,
    household_id: str,
    store: ClassStore,
    draw: DrawChart,
    *,
    by: date,
    limit: int = HOME_LIMIT,
    glossary: Glossary | None = None,
    secret: bytes = b"",
) -> SafePage:
    """Return the page of :func:`listen_file` alone."""
    kit = Kit(store, draw, glossary, limit, secret)
    return listen_file(book, household_id, kit, by=by).page


def listen_file(book: Book, household_id: str, kit: Kit, *, by: date) -> HomeFile:
    """Return what a home opens to hold the meeting by itself, of at most ``kit.limit`` bytes, and what is not in it.

    An answer is hoped for ``by`` a day. What is damaged or gone is told where it would stand. Raises ``NotFound`` for an
    unknown home.
    """
    store, view = kit.store, for_audience(book, "own_time", household_id)
    student = book.student.student_id
    media = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    code = answer_code(book, household_id, kit.secret)
    page = own_time_page(
        view, lambda sha: store.picture(student, sha), kit.draw, media, kit.glossary, by=by, code=code
    )
    done = made(page, kit.limit)
    return HomeFile(done.page, (*missing_in(view, done.left), *own_missing(view, done.page)), done.sizes)


def send_packs(
    folder: ClassFolder,
    *,
    by: date,
    students: Sequence[str] = (),
    homes: Sequence[str] = (),
    out: Path | None = None,
    on_each: Callable[[Pack], None] = lambda _: None,
) -> tuple[Pack, ...]:
    """Write a pack for each home, a folder with two files, and return what became of each.

    ``students`` and ``homes`` are ids; none means all of them. Folders go to ``out`` (else ``papers/`` in the class
    folder); files of an earlier time are written anew. Trouble with one home never stops the others: it is told in
    ``Pack.trouble``. Raises ``NotFound`` for an id that none of the chosen children has.
    """
    store = folder.store()
    try:
        chosen = chosen_students(store, students)
        _known_homes(chosen, homes)
        names = file_names(store.students())
        done = []
        for student, household in _homes(chosen, homes):
            pack = _packed(folder, store, (student, household), names, by=by, out=out)
            on_each(pack)
            done.append(pack)
        return tuple(done)
    finally:
        store.close()


def _known_homes(chosen: Sequence[Student], homes: Sequence[str]) -> None:
    known = {home.household_id for student in chosen for home in student.households}
    for one in homes:
        if one not in known:
            raise NotFound(
                "None of these children has a home “{household}”. Known are: {known}.",
                household=one[:64],
                known=", ".join(sorted(known)[:60]) or "–",
            )


def _homes(chosen: Sequence[Student], homes: Sequence[str]) -> Iterator[tuple[Student, Household | None]]:
    """Yield the homes that are asked for, each with its child; a child without any home has ``None``."""
    for student in chosen:
        yield from ((student, home) for home in student.households if not homes or home.household_id in homes)
        if not student.households and not homes:
            yield student, None


def _packed(
    folder: ClassFolder,
    store: ClassStore,
    whose: tuple[Student, Household | None],
    names: dict[tuple[str, str], str],
    *,
    by: date,
    out: Path | None,
) -> Pack:
    student, household = whose
    try:
        if household is None:
            raise NotFound("{student} has no household yet. Add one, then send again.", student=student.name)
        ids = (student.student_id, household.household_id)
        stem = names.get(ids, file_name(student, household)).removesuffix(".html")
        target = (out or folder.path / FOLDER) / f"{stem}-own-time"
        book = book_of(store, folder.template(), folder.outline(), student.student_id)
        kit = kit_of(folder, store)
        files = {LISTEN: listen_file(book, ids[1], kit, by=by), BOOK: home_file(book, ids[1], kit)}
        paths = [written(target / name, file.page) for name, file in files.items()]
    except PortfolioError as trouble:
        return Pack(student, household, None, trouble=trouble)
    missing = tuple(dict.fromkeys(one for file in files.values() for one in file.missing))
    return Pack(student, household, target, sum(path.stat().st_size for path in paths), missing=missing)


# ------------------------------------------------------------------------------------------ calls, listeners


@contextmanager
def _opened(folder: ClassFolder, student_id: str) -> Iterator[Book]:
    store = folder.store()
    try:
        yield book_of(store, folder.template(), folder.outline(), student_id)
    finally:
        store.close()


def call_of(
    folder: ClassFolder,
    student_id: str,
    household_id: str = "",
    lang: LanguageTag = "",
    *,
    alone: bool = True,
) -> SafePage:
    """Return the sheet for a call with one home: a whole file, or for a desk (not ``alone``) what stands in it.

    ``household_id`` may be left out where a child has one home. ``lang`` is the language of who calls, else that of
    the class; the home's stands beside it. Raises ``NotFound`` for an unknown child or home, ``InputRefused`` if it is
    not clear which home is meant.
    """
    with _opened(folder, student_id) as book:
        household = _meant(book.student, household_id)
        view = for_audience(book, "own_time", household.household_id)
        interpreter = household.interpreter or book.portfolio.meta.agenda.interpreter
        sheet = call_sheet(view, lang or book.school_class.language, interpreter=interpreter)
        return render_alone(sheet) if alone else render_sheet(sheet)


def listener_of(
    folder: ClassFolder,
    student_id: str,
    household_id: str = "",
    lang: LanguageTag = "",
    *,
    alone: bool = True,
) -> SafePage:
    """Return the card for who listens to a child in its family's place, as :func:`call_of` does.

    With a home the note that goes along with the book also speaks the language of that home.
    """
    with _opened(folder, student_id) as book:
        reads = _meant(book.student, household_id).reads if household_id else ()
        sheet = listener_sheet(for_audience(book, "conference"), lang or book.school_class.language, reads)
        return render_alone(sheet) if alone else render_sheet(sheet)


def write_sheet(folder: ClassFolder, page: SafePage, name: str, out: Path | None = None) -> Path:
    """Write a sheet as a file and return where it is: ``out``, else in the papers of the class under this name."""
    return written(out or folder.path / FOLDER / name, page)


def _meant(student: Student, household_id: str) -> Household:
    """Return the home that is meant: the one with this id, or the only one there is."""
    found = student.household(household_id) if household_id else None
    if found is None and not household_id and len(student.households) == 1:
        found = student.households[0]
    if found is not None:
        return found
    known = ", ".join(home.household_id for home in student.households) or "–"
    if household_id:
        raise NotFound(
            "{student} has no household “{household}”. Known are: {known}.",
            student=student.name,
            household=household_id[:64],
            known=known,
        )
    raise InputRefused(
        "Say which home of {student} it is for. There are: {known}.", student=student.name, known=known
    )


def day_to_come(text: str, today: Callable[[], date]) -> date:
    """Return a day that is written as year, month and day. Raises ``InputRefused`` for anything else, and for a past day."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InputRefused(
            "“{text}” is not a day. Write it like this: {example}.", text=text[:40], example=today()
        ) from error
    if day < today():
        raise InputRefused("{day} is over. Choose a day that is still to come.", day=day)
    return day
