"""The class screen as one reads it, and a class one can write into and damage."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime
from html.parser import HTMLParser

from portfolio.model import Passage
from portfolio.moments.room import Screen
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import ClassFolder
from tests.teachers import NOW

RUBRIC = "My rubric says it, with text evidence."


class Page(HTMLParser):
    """A screen as one reads it: the lines of the list, the links, all its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and where it leads."""
        self.tags[tag] += 1
        known = dict(attrs)
        if tag == "a":
            self.links.append(known.get("href") or "")
        self._in.append(f"{tag}#{known.get('id') or ''}")

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        while self._in and not self._in.pop().startswith(tag + "#"):
            pass

    def handle_data(self, data: str) -> None:
        """Note words, and the names of the lines."""
        if data.strip():
            self.words.append(" ".join(data.split()))
            if any(one.startswith("a#c-") for one in self._in):
                self.names.append(data.strip())


def page(screen: Screen) -> Page:
    """Return a screen as one reads it."""
    return Page(screen.body)


def portfolio_id(desk: TeacherDesk, student_id: str) -> str:
    """Return the id of a child's book of this round."""
    return desk.store.rounds(student_id)[-1].portfolio_id


def write(
    desk: TeacherDesk, student_id: str, words: str = RUBRIC, *, by: str = "student", at: datetime = NOW
) -> str:
    """Write something into a child's welcome page, and return the id of the book."""
    book = portfolio_id(desk, student_id)
    kept = next(k for k in desk.store.entries(book) if k.entry.entry_id == "welcome.today")
    entry = kept.entry.but(words=Passage(text=words))
    desk.store.keep(book, entry, expected=kept.version, by=by, at=at)
    return book


def tamper(folder: ClassFolder, statement: str, *values: object) -> None:
    """Damage the file behind the store's back."""
    with closing(sqlite3.connect(folder.database)) as base:
        base.execute(statement, values)
        base.commit()
