"""What a table decided, as a paper for each home: to look at, to print, as a file."""

from __future__ import annotations

from datetime import date

from portfolio.errors import NotFound
from portfolio.model import Household, Student
from portfolio.moments.home_names import file_names
from portfolio.rules import for_audience
from portfolio.rules.decided import Decided, decided
from portfolio.rules.papers import paper_view
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.decided import decided_sheet
from portfolio.views.papers import language_for, render_page
from portfolio.views.safe import SafePage
from portfolio.words import speak


def decided_for(folder: ClassFolder, store: ClassStore, student: Student, household: Household) -> Decided:
    """Return what one home may read of what its table decided. Raises ``NotFound`` before the book has begun."""
    book = book_of(store, folder.template(), folder.outline(), student.student_id)
    seen = for_audience(book, "home", household.household_id)
    paper = paper_view(store.school_class(), folder.template(), student, household, book.portfolio.meta)
    return decided(seen, paper)


def decided_file(
    folder: ClassFolder,
    store: ClassStore,
    student: Student,
    household: Household,
    *,
    on: date,
    lang: str = "",
) -> tuple[str, SafePage]:
    """Return the paper of one home as a file of its own: its name, the page. ``on`` is the day it is made.

    Raises ``NotFound`` where nothing was decided yet.
    """
    found = decided_for(folder, store, student, household)
    if not found.anything:
        raise NotFound("Nothing is written down yet that was decided with {student}.", student=student.name)
    say = speak(lang or language_for(found.home))
    sheet = decided_sheet(found, on=on, lang=lang, glossary=folder.glossary())
    names = file_names(store.students())
    stem = names[(student.student_id, household.household_id)].removesuffix(".html")
    title = f"{student.name} · {say('What we decided')}"
    return f"{stem}-decided.html", render_page([sheet], say, title)
