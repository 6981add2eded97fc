"""Files that go home, for checks of the whole file: of every sample class, in any language, and the pages beside them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from portfolio.model import Book
from portfolio.moments.home import Kit, home_file, kit_of
from portfolio.moments.own_time import listen_html
from portfolio.rules import FamilyView, for_audience
from portfolio.rules.family_view import passages_in
from portfolio.store.class_folder import book_of
from tests.samples import make_sample

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BY = date(2026, 12, 4)
LANGUAGES = ("en", "es", "ar")
"""The languages that have texts of ours."""
FIRST = {
    "ladybirds": "casa-de-abuela",
    "class-4b": "teta-mama-baba",
    "grade-7": "dad",
    "grade-11": "mama-baba",
}
"""A home of each band that stands for the others: Spanish; Arabic; English with every medium; a language without texts of ours."""


@dataclass(frozen=True)
class Made:
    """A page of one home as a file: what it was made of, and where it lies."""

    name: str
    book: Book
    household: str
    view: FamilyView
    path: Path

    @property
    def text(self) -> str:
        """The page."""
        return self.path.read_text(encoding="utf-8")


def read_in(book: Book, *langs: str) -> Book:
    """Return a book whose homes read these languages."""
    homes = tuple(home.but(reads=langs) for home in book.student.households)
    return book.but(student=book.student.but(households=homes))


def make(book: Book, household: str, kit: Kit, path: Path) -> Made:
    """Write the file of a home."""
    path.write_text(home_file(book, household, kit).page, encoding="utf-8")
    return Made(path.stem, book, household, for_audience(book, "home", household), path)


def make_listening(book: Book, household: str, kit: Kit, path: Path) -> Made:
    """Write the page a home listens to in its own time."""
    page = listen_html(book, household, kit.store, kit.draw, by=BY)
    path.write_text(page, encoding="utf-8")
    return Made(path.stem, book, household, for_audience(book, "own_time", household), path)


def sample_homes(
    place: Path, names: Sequence[str] = tuple(FIRST), *, every: bool = False, langs: Sequence[str] = ()
) -> Iterator[Made]:
    """Yield the files of sample classes: of one home each, or of ``every`` home and of every child in all ``langs``."""
    for name in names:
        folder = make_sample(name, place / name, at=AT, randomness=lambda n: b"s" * n)
        out = place / f"{name}-files"
        out.mkdir()
        store = folder.store()
        try:
            kit = kit_of(folder, store)
            for student in store.students():
                book = book_of(store, folder.template(), folder.outline(), student.student_id)
                for home in student.households:
                    path = out / f"{name}.{student.student_id}.{home.household_id}.html"
                    if every or home.household_id == FIRST[name]:
                        yield make(book, home.household_id, kit, path)
                        if every or name == "class-4b":
                            listening = path.with_name(f"listen.{path.name}")
                            yield make_listening(book, home.household_id, kit, listening)
                    if not every and home.household_id == FIRST[name]:
                        break
                first = student.households[0].household_id
                for lang in langs:
                    path = out / f"{name}.{student.student_id}.in-{lang}.html"
                    yield make(read_in(book, lang), first, kit, path)
        finally:
            store.close()


def said(view: FamilyView, lang: str) -> Iterator[tuple[str, str]]:
    """Yield every line somebody wrote in a view, as a page in ``lang`` must show it: the line and its language."""
    unsaid = {"ask_me"}  # asked at the table
    if view.audience == "own_time":  # where one is about to answer, the answer of an earlier time is left out
        unsaid |= {part.section for part in view.parts if part.content.holds == "replies"}
    read = view.but(parts=tuple(part for part in view.parts if part.section not in unsaid))
    for passage in passages_in(read):
        other = view.translation(passage, lang)
        text, tongue = (other.text, other.lang) if other else (passage.text, passage.lang)
        for line in text.splitlines():
            if line.strip():
                yield " ".join(line.split()), tongue


_DATA = re.compile(r"data:([a-z]+/[a-z0-9.+-]+);base64,([A-Za-z0-9+/=]+)")


def embedded(page: str) -> list[tuple[str, bytes]]:
    """Return what is inside a page: media type and bytes of every ``data:`` address."""
    return [(kind, base64.b64decode(data, validate=True)) for kind, data in _DATA.findall(page)]
