"""Pages that break their maker, for tests of a whole class: in a module of its own, so that new processes find them."""

from __future__ import annotations

import os
import time
from pathlib import Path

from portfolio.model import Book
from portfolio.moments.home import HomeFile, Kit, home_file
from portfolio.views.safe import SafePage


def plain(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """Return a small page that says whose it is and what was made with."""
    told = f"{book.student.model_dump_json()} {book.portfolio.model_dump_json()} {household_id} {kit.limit}"
    head = '<!doctype html><html class="pf" lang="en" data-band="35" data-cloth="sea">'
    return HomeFile(
        SafePage(f"{head}<!-- default-src 'none' --><p>{book.student.student_id} {household_id} {told}</p>")
    )


def breaking(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """Break as the child's id says: end the process, hang, eat all memory, raise; every other child gets its page."""
    how = book.student.student_id
    if how == "killer":
        os._exit(9)
    if how == "hang":
        time.sleep(600)
    if how == "hog":
        hoard = [
            bytearray(200_000_000) for _ in range(40)
        ]  # never filled: the limit counts what is asked for
        assert hoard
    if how == "odd":
        raise ZeroDivisionError
    return plain(book, household_id, kit)


def twin(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """End the process at the second home of a child."""
    if household_id == "two":
        os._exit(9)
    return plain(book, household_id, kit)


def once(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """End the process the first time a page of the child ``killer`` is made, and never again."""
    mark = Path(os.environ["PORTFOLIO_TESTS_MARK"])
    if book.student.student_id == "killer" and not mark.exists():
        mark.write_text("x", "utf-8")
        os._exit(9)
    return plain(book, household_id, kit)


def slow(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """Take a moment for each page, and note that it was made."""
    time.sleep(0.05)
    with Path(os.environ["PORTFOLIO_TESTS_MARK"]).open("a", encoding="utf-8") as log:
        log.write(f"{book.student.student_id}\n")
    return plain(book, household_id, kit)


def never_begins(*_: object) -> None:
    """Be a worker that ends before it has begun."""
    os._exit(1)


def seventh_kills(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """Make real pages, but end the process at those of the seventh invented child."""
    if book.student.student_id == "s000007":
        os._exit(9)
    return home_file(book, household_id, kit)
