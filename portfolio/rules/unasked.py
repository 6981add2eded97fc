"""What somebody wrote in a book that no page of it asks for any more.

A teacher changes a template, takes a page out of the notebook, or asks another question: the words stay in the
store, and nobody would ever see them again. So they are found here, and shown to the child and to its teacher.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from portfolio.model import (
    Answer,
    Book,
    Cue,
    Document,
    Entry,
    Link,
    LookBack,
    Medium,
    Passage,
    Picture,
    Prompt,
    Rating,
    Record,
    Sound,
    Statement,
    Video,
    Writing,
)
from portfolio.model.fields import RECORD
from portfolio.rules.answers import kept
from portfolio.rules.cards import cards

_NOT_THE_CHILDS: Final = frozenset(
    {
        "teacher_note",
        "comment",
        "home_words",
        "reply",
        "concern",
        "to_teacher",
        "parked",
        "meeting",
        "practice",
        "naming",
    }
)
"""Kinds others write: they stand on pages of their own."""

_NO_ANSWER: Final = frozenset(
    {
        "kind",
        "entry_id",
        "besides",
        "school_words",
        "section",
        "prompt",
        "question",
        "goal_id",
        "promise_id",
        "step",
        "about",
    }
)
_OTHERS: Final = frozenset(
    {"teacher_note", "progress", "set_by", "evidence", "who", "name", "how_far", "note"}
)
"""Fields that are filled at the table or by a teacher: no question of a desk needs to ask for them."""

_PICKED: Final = frozenset({"picks", "one", "scale"})
"""Ways to answer by picking a choice."""

_SHOWN_ANYWAY: Final = frozenset({"made_on", "sort", "quote", "quote_by"})
"""Fields a page of the presentation shows without any question, as long as the book has that page."""


@dataclass(frozen=True)
class Unasked:
    """What stands in one field of an entry without a question: its words, its pictures, its recordings.

    ``section_id`` is the page it was written on, "" if nobody knows; ``there``: the book still has that page.
    ``picks`` are the ids of what was picked: only a template knew their words.
    """

    entry: Entry
    field: str
    section_id: str
    there: bool
    words: tuple[Passage, ...] = ()
    picks: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()

    def __bool__(self) -> bool:
        """Return whether it says anything."""
        return bool(self.words or self.picks or self.days or self.pictures or self.media)


def unasked(book: Book) -> tuple[Unasked, ...]:
    """Return everything a child put into its book that no card of its pages shows, in the order of its entries.

    So is what it picked that is not offered any more. Only what says something is told. What was prepared
    for the meeting is looked for by the steps of the agenda.
    """
    asked = _asked(book)
    found = []
    for entry in book.portfolio.entries():
        if _kind(entry) in _NOT_THE_CHILDS:
            continue
        for place in _places(entry):
            prompt = asked.get((entry.entry_id, place))
            if prompt is not None:
                told = _not_offered(book, entry, place, prompt)
            else:
                told = None if _step_is_there(book, entry) else _told(book, entry, place)
            if told is not None:
                found.append(told)
    return tuple(found)


def _asked(book: Book) -> Mapping[tuple[str, str], Prompt]:
    """Return every place a page of the book shows, entry id and field, also beside words; and the question there."""
    return {
        (card.entry.entry_id, place): prompt
        for section in book.sections()
        for card in cards(book, section)
        for field, prompt in card.asks
        for place in (field, *(beside for beside, _ in card.besides(field, prompt)))
    }


def _not_offered(book: Book, entry: Entry, place: str, prompt: Prompt) -> Unasked | None:
    """Return what was picked in a place and is not among its choices any more; ``None`` if there is no such pick."""
    if prompt.control not in _PICKED:
        return None
    told = _told(book, entry, place)
    offered = {choice.id for choice in prompt.choices}
    gone = tuple(pick for pick in told.picks if pick not in offered) if told else ()
    return replace(told, picks=gone) if told and gone else None


def _places(entry: Entry) -> Iterator[str]:
    """Yield the places of an entry that hold something a desk asks for."""
    names = [name for name in type(entry).model_fields if name not in _NO_ANSWER | _OTHERS]
    for name in names:
        if getattr(entry, name):
            yield name
    for one in entry.besides:
        if one.pictures:
            yield f"{one.field}.pictures"
        if one.media:
            yield f"{one.field}.media"


def _kind(entry: Entry) -> str:
    return str(getattr(entry, "kind", ""))


def _step_is_there(book: Book, entry: Entry) -> bool:
    return isinstance(entry, Cue | Statement) and any(
        step.step_id == entry.step for agenda in book.template.agendas for step in agenda.steps
    )


def _told(book: Book, entry: Entry, place: str) -> Unasked | None:
    """Return what stands in a place as it can be shown without its question; ``None`` if that says nothing."""
    value = kept(entry, place)
    section = _section_of(book, entry)
    there = section in {one.section_id for one in book.sections()}
    told = Unasked(entry, place, section, there, **_parts(value, book.portfolio.meta.language))
    return told if told and not (there and place in _SHOWN_ANYWAY) else None


def _section_of(book: Book, entry: Entry) -> str:
    """Return the page an entry was written on: it says so itself, else its kind has only one."""
    if isinstance(entry, Answer | Rating):
        return entry.section
    if isinstance(entry, Cue | LookBack | Statement):
        return ""
    homes = [one.section_id for one in book.template.sections if RECORD[one.holds] is type(entry)]
    return homes[0] if homes else ""


def _parts(value: object, lang: str) -> dict[str, Any]:
    """Return what there is in a value, wherever it stands: words, picks, days, pictures, recordings."""
    found: dict[str, list[Any]] = {"words": [], "picks": [], "days": [], "pictures": [], "media": []}
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Passage):
            found["words"] += [one] if one else []
        elif isinstance(one, str):
            found["picks"] += [one] if one else []
        elif isinstance(one, date):
            found["days"].append(one)
        elif isinstance(one, Picture):
            found["pictures"].append(one)
        elif isinstance(one, Sound | Video | Document | Writing | Link):
            found["media"].append(one)
        elif isinstance(one, Record):
            _add_row(found, one, lang)
    return {name: tuple(there) for name, there in found.items()}


def _add_row(found: dict[str, list[Any]], row: Record, lang: str) -> None:
    """Add what stands in a row of small lines (a step, a helper); a line of it is words."""
    for _, inner in row:
        value = Passage(text=inner, lang=lang) if isinstance(inner, str) else inner
        for name, more in _parts(value, lang).items():
            found[name].extend(more)
