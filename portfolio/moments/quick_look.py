"""A quick look at a child's book: for the teacher's desk, the child's own door, or as a file that prints on one side."""

from __future__ import annotations

from pathlib import Path

from portfolio.errors import StorageTrouble
from portfolio.model import Book
from portfolio.model.record import LanguageTag
from portfolio.moments.home import kept_charts
from portfolio.moments.paper_files import FOLDER
from portfolio.rules import FamilyView, for_audience
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.pages import DrawChart, media_bytes, render
from portfolio.views.quick_look import quick_look_page
from portfolio.views.safe import SafePage


def view_for(book: Book, household_id: str = "", lang: LanguageTag = "") -> FamilyView:
    """Return what one home may see, or without one the people at the table; ``lang`` is read first if it is given.

    Raises ``NotFound`` for a home the child does not have.
    """
    view = for_audience(book, "home", household_id) if household_id else for_audience(book, "conference")
    return view.but(reads=(lang, *view.reads)) if lang else view


def quick_look_html(
    book: Book, store: ClassStore, draw: DrawChart, household_id: str = "", lang: LanguageTag = ""
) -> SafePage:
    """Return the page for a quick look at a book, as a whole file.

    ``household_id`` is the home it is for, in the language that home reads; "" the people at the table. ``lang`` is
    another language for the page. Raises ``NotFound`` for an unknown home, ``StorageTrouble`` for a damaged picture.
    """
    student = book.student.student_id
    media = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    view = view_for(book, household_id, lang)
    return render(quick_look_page(view, lambda sha: store.picture(student, sha), draw, media))


def quick_look_of(
    folder: ClassFolder, student_id: str, household_id: str = "", lang: LanguageTag = ""
) -> SafePage:
    """Return the page for a quick look at a child's book of this round, as :func:`quick_look_html` does.

    Raises ``NotFound`` for an unknown child or home, or a child without a book in this round.
    """
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student_id)
        return quick_look_html(book, store, kept_charts(folder.charts), household_id, lang)
    finally:
        store.close()


def write_quick_look(
    folder: ClassFolder,
    student_id: str,
    household_id: str = "",
    lang: LanguageTag = "",
    out: Path | None = None,
) -> Path:
    """Write that page as a file and return where it is: ``out``, else in the papers of the class.

    An earlier one is written anew. Raises ``StorageTrouble`` if there is no place for it.
    """
    page = quick_look_of(folder, student_id, household_id, lang)
    return written(out or folder.path / FOLDER / sheet_name(student_id, household_id, "quick-look"), page)


def sheet_name(student_id: str, household_id: str, what: str) -> str:
    """Return what a file about a child, or for one of its homes, is called.

    A plus stands before the home, which no id has: nobody's file is taken for another child's.
    """
    whose = f"{student_id}+{household_id}" if household_id else student_id
    return f"{whose}-{what}.html"


def written(path: Path, page: SafePage) -> Path:
    """Write a page as a file, whole or not at all, and return where. Raises ``StorageTrouble`` if it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            "The folder {path} cannot be made ({why}). Choose another place for the papers.",
            path=path.parent,
            why=error.strerror or type(error).__name__,
        ) from error
    write_atomically(path, page.encode("utf-8"))
    return path
