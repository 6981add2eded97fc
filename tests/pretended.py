"""A pretended language that marks what our catalogues know, books whose words are marked, and what a page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import yaml

from portfolio import files
from portfolio.model import Book, Portfolio, Record, SchoolClass, SectionCell, Student
from portfolio.store.template_file import load_template
from portfolio.testing import small_book
from portfolio.words import LANGUAGES, Speech
from portfolio.words.interpreter import LINES

OWN_NAMES = {language.own_name for language in LANGUAGES.values()}
"""What languages call themselves: on a page in any language."""
MARKED = re.compile("⟦[^⟧]*⟧|‹[^›]*›")
SPOKEN = {
    "alt",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "title",
}
"""Attributes a browser shows or reads aloud."""
PICTURE = {"sha256": "a" * 64, "width": 4, "height": 3}


class Marks:
    """A catalogue that marks the texts it knows and leaves others as they are."""

    def __init__(self, known: set[str]) -> None:
        """Take the known message ids."""
        self._known = known

    def gettext(self, message: str) -> str:
        """Return the message, marked if it is known."""
        return f"⟦{message}⟧" if message in self._known else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form, marked if it is known."""
        return self.gettext(msgid1 if n == 1 else msgid2)


class PretendedSpeech(Speech):
    """The pretended voice; days are marked too."""

    def day(self, day: date | None) -> str:
        """Return a marked day."""
        return f"⟦{super().day(day)}⟧" if day else ""

    def short_day(self, day: date) -> str:
        """Return a marked day."""
        return f"⟦{super().short_day(day)}⟧"


# ------------------------------------------------------------------------------- books with marked words


def marked(record: Record) -> Any:
    """Return a record in which everything people wrote stands between ‹ and ›, line by line."""
    changes = {}
    for name, info in type(record).model_fields.items():
        free = "clean_text" in f"{info.annotation}{info.metadata}"
        changes[name] = _marked(getattr(record, name), free=free)
    return record.but(**changes)


def _marked(value: Any, *, free: bool) -> Any:
    if isinstance(value, Record):
        return marked(value)
    if isinstance(value, tuple):
        return tuple(_marked(one, free=free) for one in value)
    if isinstance(value, str) and free and not value.startswith("https://"):
        return "\n".join(f"‹{line}›" if line.strip() else line for line in value.split("\n"))
    return value


def written(book: Book) -> Book:
    """Return a book with marked words; its class template, which is ours, stays."""
    mine = {"school_class": book.school_class, "student": book.student, "portfolio": book.portfolio}
    earlier = tuple(marked(one) for one in book.earlier)
    return book.but(earlier=earlier, **{name: marked(one) for name, one in mine.items()})


def _with_pictures(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_pictures(one) for one in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _with_pictures(one) for key, one in value.items() if key != "file"}
    return {**PICTURE, **whole} if "file" in value else whole


@lru_cache
def sample(class_name: str, student_id: str) -> Book:
    """Return the book of a sample child with all rounds; every picture is the same pretended one."""
    folder = files.sample_class() / class_name
    listed = yaml.safe_load((folder / "class.yaml").read_text(encoding="utf-8"))
    template = load_template(files.class_templates() / listed["template"])
    told = [
        yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(folder.glob(f"{student_id}.*.yaml"))
    ]
    rounds = [Portfolio.model_validate(_with_pictures(one), context={"lang": "en"}) for one in told]
    rounds.sort(key=lambda one: one.meta.started_on)
    return Book(
        school_class=SchoolClass.model_validate(listed["class"]),
        template=template,
        outline=tuple(SectionCell(section=s.section_id) for s in template.sections),
        student=Student.model_validate(next(s for s in listed["students"] if s["student_id"] == student_id)),
        earlier=tuple(rounds[:-1]),
        portfolio=rounds[-1],
    )


def books() -> dict[str, Book]:
    """Return a full book of each age band, a small one, and one that was just begun."""
    bare = small_book(answers=(), strengths=(), work=(), goals=(), cues=(), replies=(), concerns=())
    return {
        "amal": sample("class-4b", "amal"),
        "tariq": sample("ladybirds", "tariq"),
        "small": small_book(),
        "bare": bare,
    }


# ------------------------------------------------------------------------------------------- what is seen


@dataclass
class Seen(HTMLParser):
    """What a page shows or reads aloud: texts, and the attributes that are spoken, each with its place.

    A name set apart for its direction (``bdi``) belongs to the sentence around it.
    """

    page: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _going_on: bool = False

    def __post_init__(self) -> None:
        """Read the page."""
        super().__init__()
        self.feed(self.page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag says itself."""
        self._going_on &= tag == "bdi"
        if tag != "bdi":
            self._inside.append(tag)
        self.texts += [(f"{tag} {name}", value) for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._going_on &= tag == "bdi"
        if tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep a text, unless it is a style, a script or an address."""
        if {"style", "script"} & set(self._inside[-1:]) or data.startswith("https://"):
            return
        where = self._inside[-1] if self._inside else "page"
        drawn = where == "text" and self.texts and self.texts[-1][0] == "text"  # lines of one drawing
        before = self.texts.pop()[1] + " " if drawn or self._going_on else ""
        self.texts.append((where, before + data))
        self._going_on = True


def unsaid(text: str) -> str:
    """Return what stands in a text without a mark, if there is any word in it; numbers and signs are none."""
    left = " ".join(MARKED.sub(" ", text).split())
    return left if any(sign.isalpha() for sign in left) and left not in OWN_NAMES else ""


OFFERS = frozenset(LINES.values())


def unsaid_in(page: str) -> list[str]:
    """Return every text of a page that carries no mark, with the tag it stands in.

    The offer of an interpreter comes from a table of its own, in more languages than we have catalogues.
    """
    texts = (one for one in Seen(page).texts if one[1] not in OFFERS)
    return [f"<{where}> {left}" for where, text in texts if (left := unsaid(text))]
