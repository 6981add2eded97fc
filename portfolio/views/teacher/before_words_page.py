"""The screens with what is written once for all families, and the same in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from markupsafe import Markup

from portfolio.model import Passage, Translation
from portfolio.rules.class_words import Block
from portfolio.views.safe import SafePage
from portfolio.words import Speech


def inside(page: SafePage) -> Markup:
    """Return a part our templates made as it may stand inside another page of ours."""
    return Markup(page)  # noqa: S704 - the type says that only our templates make it


@dataclass(frozen=True)
class Remark:
    """Something that may be said more plainly.

    ``word``: a school word ``text``, what it ``means``, and plain words that could stand ``instead`` ("" if none) ·
    ``long``: a long sentence · ``page``: more than a busy reader reads, or than fits on one sheet.
    """

    kind: Literal["word", "long", "page"]
    text: str
    means: str
    instead: str


@dataclass(frozen=True)
class RemarksPart:
    """The part below a text that says what may be plainer. Empty where there is nothing to say."""

    template: ClassVar[str] = "before_remarks.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    remarks: tuple[Remark, ...]
    """What was found, in the order of the text."""
    more: bool
    """Whether there is more than is shown."""


@dataclass(frozen=True)
class BlockSeen:
    """One form: its block, title, version, the values of its fields, how many rows, and the remarks on it."""

    block: Block
    title: str
    version: int
    values: Mapping[str, str]
    rows: int
    remarks: Markup


@dataclass(frozen=True)
class LanguageSeen:
    """A language homes read: tag, own name; how many texts there are, in it, and of those as drafts; if we speak it."""

    tag: str
    name: str
    texts: int
    there: int
    drafts: int
    ours: bool


@dataclass(frozen=True)
class WordsPage:
    """Everything ``before_words.html.j2`` may use."""

    template: ClassVar[str] = "before_words.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    lang: str
    """The language the teacher writes in."""
    blocks: tuple[BlockSeen, ...]
    """The forms, in order."""
    languages: tuple[LanguageSeen, ...]
    """Other languages of the homes."""
    teachers: tuple[tuple[str, str, str], ...]
    """The teachers of the class: name, role, how families reach them."""


@dataclass(frozen=True)
class TextSeen:
    """One of the teacher's texts, and what it is in another language, if there is anything."""

    name: str
    title: str
    passage: Passage
    there: Translation | None


@dataclass(frozen=True)
class OtherLanguagePage:
    """Everything ``before_language.html.j2`` may use."""

    template: ClassVar[str] = "before_language.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    other: LanguageSeen
    """The other language."""
    version: int
    """What the form was drawn from."""
    texts: tuple[TextSeen, ...]
    """The texts, one below the other."""
    read_by: str
    """Who has read what is there beside the original; "" for nobody."""
