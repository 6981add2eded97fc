"""What was promised in a class, and what worries its homes: a calm list in parts, and one worry on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.model import Concern
from portfolio.model.people import Voice
from portfolio.words import Speech


@dataclass(frozen=True)
class PromiseLine:
    """A promise: whose book, who promised (``by``, "" where that goes without saying) what, by when and how far in words.

    ``told``: the child has said itself what became of it, so there is nothing to note. ``marks`` are what may be noted
    (value, words), ``mark`` the one that stands. ``other`` are the words in the teacher's language, if they are not and
    somebody has put them into it. ``note`` is what became of it; ``note_open``: it is a teacher's to write.
    """

    key: str
    portfolio_id: str
    entry_id: str
    version: int
    student_id: str
    name: str
    who: Voice
    by: str
    words: str
    lang: str
    other: str
    due: str
    was: bool
    round: str
    how_far: str
    told: str
    marks: tuple[tuple[str, str], ...]
    mark: str
    note: str
    note_lang: str
    note_open: bool


@dataclass(frozen=True)
class WorryLine:
    """A worry of a home: whose, in its own words (``other``: in the teacher's language), where it stands, by when.

    ``place`` is where it is worked on.
    """

    place: str
    student_id: str
    name: str
    home: str
    words: str
    lang: str
    other: str
    stands: str
    owner: str
    due: str
    was: bool
    round: str


@dataclass(frozen=True)
class PromisePart:
    """A part of the list: its heading, what is said below it, its promises."""

    slug: str
    title: str
    hint: str
    lines: tuple[PromiseLine, ...]


@dataclass(frozen=True)
class WorryForm:
    """What the form for a worry begins with: languages to choose from (tag, own name), the one chosen, the day."""

    languages: tuple[tuple[str, str], ...]
    lang: str
    today: str


@dataclass(frozen=True)
class WriteForms:
    """What the forms for a promise and a worry offer.

    ``children`` are ids and names; ``student_id`` says that the page is of one child. ``homes`` are their homes, as
    "child/home" and in words.
    """

    children: tuple[tuple[str, str], ...]
    student_id: str
    homes: tuple[tuple[str, str], ...]
    worry: WorryForm


@dataclass(frozen=True)
class PromisedPage:
    """Everything ``promised.html.j2`` may use.

    ``one`` is the name of the child it is about ("" is the class). ``over`` is what is kept, or promised no more, of
    this round and the one before; ``settled`` the worries a family has closed. ``unread`` names children whose books
    cannot be read; ``sheet`` stands over the list on paper. ``write`` is what one more promise or worry is made of.
    """

    template: ClassVar[str] = "promised.html.j2"

    say: Speech
    one: str
    sheet: str
    parts: tuple[PromisePart, ...]
    worries: tuple[WorryLine, ...]
    over: tuple[PromiseLine, ...]
    settled: tuple[WorryLine, ...]
    unread: tuple[str, ...]
    write: WriteForms


@dataclass(frozen=True)
class Turn:
    """A turn of a worry: the day, where it stood then, who noted it; the family's words where they closed it."""

    day: str
    stands: str
    by: str
    words: str
    lang: str


@dataclass(frozen=True)
class WorryPage:
    """Everything ``promised_worry.html.j2`` may use.

    ``asides`` are the parts that say something of the answer while it is written, by id. ``languages`` are those an
    answer and the family's words may be in (tag, own name), ``answer_lang`` and ``home_lang`` the ones to begin with.
    """

    template: ClassVar[str] = "promised_worry.html.j2"

    say: Speech
    student_id: str
    name: str
    home: str
    household_id: str
    concern: Concern
    version: int
    stands: str
    round: str
    languages: tuple[tuple[str, str], ...]
    answer_lang: str
    home_lang: str
    asides: Mapping[str, Markup]
    turns: tuple[Turn, ...]
    today: str


@dataclass(frozen=True)
class AnswerRemarks:
    """What is said of an answer while it is written: remarks, and school words with what they mean."""

    template: ClassVar[str] = "promised_remarks.html.j2"

    say: Speech
    remarks: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
