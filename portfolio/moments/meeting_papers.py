"""The meeting on paper: every sheet of a table without screens, from the child's own book, for one child or a class.

Two kinds of files, never mixed: one for each home with its sheets, and one for each child with its own cards. They
lie in ``meeting/`` of the class folder, apart from the papers that go home.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from portfolio.errors import InputRefused, NotFound, PortfolioError, StorageTrouble
from portfolio.model import Book, Household, Student
from portfolio.moments.home_names import file_name, file_names, file_owners
from portfolio.moments.send_home import chosen_students
from portfolio.rules import for_audience
from portfolio.rules.cue_cards import CueView, cue_cards, cue_view
from portfolio.rules.meeting_papers import (
    HOME_SHEETS,
    MEETING_SHEETS,
    MeetingSheet,
    TableView,
    table_view,
)
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.meeting_papers import STYLES, cue_pages, cue_sheet, home_sheets
from portfolio.views.papers import language_for, render_page
from portfolio.views.safe import SafePage
from portfolio.words import speak

FOLDER: Final = "meeting"
"""The folder in a class where papers of the meeting are kept. All of them can be made again."""

HOMES_TOGETHER: Final = "all+meeting.html"
CARDS_TOGETHER: Final = "all+cue-cards.html"
"""The files with everybody's sheets, and with everybody's cards, for printing at once. No id of a child has a plus."""


@dataclass(frozen=True)
class Table:
    """One child's meeting: each home with what its sheets may say, and the child's cards."""

    student: Student
    homes: tuple[tuple[Household, TableView], ...]
    cards: CueView
    asked: tuple[str, ...]
    """Questions for the card the child shows when it wants to be asked: those it likes to get first."""


@dataclass(frozen=True)
class Printed:
    """A file that was made, or the reason why it is not (``trouble``).

    Without a ``household`` it holds the child's own cards (``private``), without a ``student`` everybody's.
    """

    student: Student | None
    household: Household | None
    private: bool
    path: Path | None
    size: int = 0
    trouble: PortfolioError | None = None


def known_sheets(names: Iterable[str]) -> tuple[MeetingSheet, ...]:
    """Return the sheets of these names, each once, in the order they are printed; none gives all of them.

    Raises ``InputRefused`` for a name that is none.
    """
    wanted = dict.fromkeys(names)
    for name in wanted:
        if name not in MEETING_SHEETS:
            raise InputRefused(
                "There is no sheet called “{sheet}”. There are: {known}.",
                sheet=name[:40],
                known=", ".join(MEETING_SHEETS),
            )
    return tuple(one for one in MEETING_SHEETS if one in wanted) or tuple(MEETING_SHEETS)


def table_of(folder: ClassFolder, store: ClassStore, student: Student) -> Table:
    """Return a child's meeting. A book that has not begun gives sheets all the same; so does a child without a home.

    Raises ``StorageTrouble`` for a book that cannot be read.
    """
    school, template, outline = store.school_class(), folder.template(), folder.outline()
    book: Book | None
    try:
        book = book_of(store, template, outline, student.student_id)
    except NotFound:
        book = None  # this round's book has not begun
    seen = for_audience(book, "conference") if book else None
    meta = book.portfolio.meta if book else None
    nobody = Household(household_id="table", label="", reads=(school.language,))
    homes = tuple(
        (home, table_view(school, template, student, home, seen=seen, meta=meta))
        for home in student.households or (nobody,)
    )
    longest = max((view for _, view in homes), key=lambda view: view.minutes)
    portfolio = book.portfolio if book else None
    cards = cue_view(student, school, cue_cards(longest.steps, template, portfolio), portfolio)
    return Table(student, homes, cards, tuple(a.label for a in longest.asks if a.label))


def home_page(
    found: Sequence[tuple[Student, TableView]], sheets: Sequence[MeetingSheet], *, lang: str = ""
) -> SafePage:
    """Return the sheets of homes as one file, each home's in its own language or all in ``lang``; no cue cards."""
    one = found[0][1].home if len(found) == 1 else None
    say = speak(lang or (language_for(one) if one else found[0][1].home.class_language))
    title = say("The meeting on paper")
    chosen = [sheet for sheet in HOME_SHEETS if sheet in sheets]
    pages = home_sheets([table for _, table in found], chosen, lang=lang)
    return render_page(pages, say, f"{one.student_name} · {title}" if one else title, STYLES)


def cards_page(found: Sequence[Table], *, lang: str = "") -> SafePage:
    """Return the cards of these children as one file. It is for them (and their teacher) alone."""
    made = [cue_sheet(one.cards, one.asked, lang=lang) for one in found]
    say = made[0].say
    title = say("Only for {name}", name=made[0].name) if len(made) == 1 else say("Cards with my own words")
    return render_page([cue_pages(one) for one in made], say, title, STYLES)


def meeting_papers(
    folder: ClassFolder,
    sheets: Sequence[MeetingSheet] = tuple(MEETING_SHEETS),
    *,
    students: Sequence[str] = (),
    lang: str = "",
    out: Path | None = None,
    together: bool = False,
    on_each: Callable[[Printed], None] = lambda _: None,
) -> tuple[Printed, ...]:
    """Write the sheets of these children's meetings as files and return what became of each.

    ``students`` are ids; none means the whole class. Files go to ``out`` (else ``meeting/`` in the class folder),
    each whole or not at all. ``together``: all homes in one file, and all cards in another. Trouble with one child
    stops no other: it is told in ``Printed.trouble``. Raises ``NotFound`` for an unknown id, ``StorageTrouble``
    if there is no place for files.
    """
    store = folder.store()
    try:
        roster, chosen = store.students(), chosen_students(store, students)
        target = _made(out or folder.path / FOLDER)
        tables, done = [], []
        for student in chosen:
            try:
                tables.append(table_of(folder, store, student))
            except PortfolioError as trouble:
                done.append(Printed(student, None, private=False, path=None, trouble=trouble))
    finally:
        store.close()
    for one in done:
        on_each(one)
    make = _all_in_one if together else _each
    for name, who, household, page in make(tables, sheets, lang, file_names(roster)):
        one = _written(target / name, who, household, page, private=name.endswith("cue-cards.html"))
        on_each(one)
        done.append(one)
    return tuple(done)


Made = tuple[str, Student | None, Household | None, Callable[[], SafePage]]
"""A file to write: its name, whose it is, and how it is made."""


def _each(
    tables: Sequence[Table], sheets: Sequence[MeetingSheet], lang: str, names: dict[tuple[str, str], str]
) -> Iterable[Made]:
    """Yield a file for each home, and one for each child."""
    for table in tables:
        who = table.student
        for home, view in table.homes if set(sheets) & set(HOME_SHEETS) else ():
            stem = names.get((who.student_id, home.household_id), file_name(who, home))
            name = f"{stem.removesuffix('.html')}-meeting.html"
            yield name, who, home, partial(home_page, [(who, view)], sheets, lang=lang)
        if "cue-cards" in sheets:
            yield (
                f"{who.student_id}-cue-cards.html",
                who,
                None,
                partial(cards_page, [table], lang=lang),
            )


def _all_in_one(
    tables: Sequence[Table],
    sheets: Sequence[MeetingSheet],
    lang: str,
    _: dict[tuple[str, str], str],
) -> Iterable[Made]:
    """Yield one file with everybody's sheets and one with everybody's cards."""
    found = [(table.student, view) for table in tables for _, view in table.homes]
    if found and set(sheets) & set(HOME_SHEETS):
        yield HOMES_TOGETHER, None, None, partial(home_page, found, sheets, lang=lang)
    if tables and "cue-cards" in sheets:
        yield CARDS_TOGETHER, None, None, partial(cards_page, tables, lang=lang)


def _written(
    path: Path,
    student: Student | None,
    household: Household | None,
    make: Callable[[], SafePage],
    *,
    private: bool,
) -> Printed:
    try:
        page = make().encode("utf-8")
        write_atomically(path, page, mode=0o600 if private else 0o666)
    except PortfolioError as trouble:
        return Printed(student, household, private, None, trouble=trouble)
    return Printed(student, household, private, path, len(page))


def _made(target: Path) -> Path:
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            "The folder {path} cannot be made ({why}). Choose another place for the papers.",
            path=target,
            why=error.strerror or type(error).__name__,
        ) from error
    return target


def meeting_files(folder: ClassFolder, student_id: str, roster: Sequence[Student]) -> list[Path]:
    """Return the files of the meeting's papers that tell of a child: its own, and those that tell of everybody."""
    here = folder.path / FOLDER
    if not here.is_dir() or here.is_symlink():
        return []
    owners = {
        f"{name.removesuffix('.html')}-meeting.html": who for name, who in file_owners(roster).items()
    } | {f"{s.student_id}-cue-cards.html": {s.student_id} for s in roster}
    everybody = {student_id, *(one.student_id for one in roster)}

    def tells_of(name: str) -> set[str]:
        begins = (i for i in everybody if name.startswith((f"{i}-", f"{i}+")))
        return owners.get(name) or {max(begins, key=len, default="")}

    shared = {HOMES_TOGETHER, CARDS_TOGETHER}
    return sorted(path for path in here.iterdir() if path.name in shared or student_id in tells_of(path.name))
