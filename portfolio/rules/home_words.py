"""What homes say before the meeting: whose words they are, what they ask for, two hands on the same page.

A teacher types in what came back on paper. That page has an id of its own for each home, so that two windows
meet on the same entry; what a family wrote by itself is another entry, and no teacher's form touches it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import ValidationError

from portfolio.errors import N_, TextRefused
from portfolio.model import HomeWords, Passage, Portfolio
from portfolio.model.record import LONGEST_TEXT, clean_text
from portfolio.rules import two_hands

ASKED: Final[Mapping[str, str]] = {
    "loves": N_("What do you love about {name}?"),
    "good_at": N_("What is {name} good at, at home?"),
    "enjoys": N_("What does {name} enjoy?"),
    "drives": N_("What gets {name} going? What makes {name} want to try?"),
    "hopes": N_("What do you hope for this year?"),
    "talk_about": N_("What would you like to talk about?"),
}
"""What a home is asked in words, in this order: the field of :class:`HomeWords` and the question."""

TICKS: Final = ("private_talk", "call_before", "share_with_child")
"""What a home says with a tick."""

_LONGEST_LINE: Final = 2_000
_LONGEST_ID: Final = 64
_OVER: Final = frozenset({"presented", "home"})
"""Once a meeting has been, nobody needs to be called before it."""


@dataclass(frozen=True)
class HomeAsks:
    """What a home asks of the teacher before the meeting: a talk alone, a call first. Only where it asks anything."""

    household_id: str
    private_talk: bool
    call_before: bool


def asks_of_homes(portfolio: Portfolio) -> tuple[HomeAsks, ...]:
    """Return what the homes of a child still ask of the teacher, each home once, in the order they answered.

    A call is no longer asked for once the teacher has ticked that it has called; nothing is asked for after the
    meeting. What a home asked in one of its pages counts, whatever it left out in another.
    """
    meta = portfolio.meta
    if meta.status in _OVER:
        return ()
    called = "called" in meta.prepared
    homes = dict.fromkeys(words.household_id for words in portfolio.home_words)
    asks = []
    for home in homes:
        pages = [words for words in portfolio.home_words if words.household_id == home]
        private = any(words.private_talk for words in pages)
        call = not called and any(words.call_before for words in pages)
        if private or call:
            asks.append(HomeAsks(home, private, call))
    return tuple(asks)


def says_anything(words: HomeWords) -> bool:
    """Return whether a page of a home says anything: words, or a tick that asks for something."""
    return words.private_talk or words.call_before or any(getattr(words, field) for field in ASKED)


def typed_id(household_id: str) -> str:
    """Return the id of the page a teacher types in for a home: always the same one, and no other home's."""
    whole = f"typed.{household_id}"
    if len(whole) <= _LONGEST_ID:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _LONGEST_ID - 9]}-{digest}"


def typed(before: HomeWords, told: Mapping[str, str], ticked: Mapping[str, bool]) -> HomeWords:
    """Return a page of a home as it stands in a form: each field of ``ASKED``, ``who``, ``on``, ``lang``; the ticks.

    Fields that are not told stay as they were ``before``. A translation stays with its words while they do.
    Raises ``TextRefused`` with the name of the field for a text that is too long, a day or a language that is none.
    """
    for name, text in told.items():
        if len(text) > (LONGEST_TEXT if name in ASKED else _LONGEST_LINE):
            raise TextRefused(
                "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
                field=name,
            )
    lang = told.get("lang", before.lang)
    try:
        page = before.but(
            lang=lang,
            who=told.get("who", before.who),
            on=_day(told["on"]) if "on" in told else before.on,
            **{tick: ticked.get(tick, getattr(before, tick)) for tick in TICKS},
        )
        words = {
            name: _words(getattr(before, name), told.get(name, getattr(before, name).text), page.lang)
            for name in ASKED
        }
        return page.but(**words)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else "lang"
        raise TextRefused("This does not fit here. Look at it once more.", field=field) from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise TextRefused("“{text}” is not a day. Choose one.", text=text[:40], field="on") from error


def _words(before: Passage, text: str, lang: str) -> Passage:
    cleaned = str(clean_text(text)).strip()
    if cleaned == before.text.strip() and lang == before.lang:
        return before
    return Passage(text=cleaned, lang=lang)


def laid_over(
    base: HomeWords | None, mine: HomeWords, theirs: HomeWords
) -> tuple[HomeWords, tuple[str, ...]]:
    """Return a page with what both hands changed since ``base``, and the fields both changed in different ways.

    In those fields it is as ``theirs``. Without a base every field that differs counts as changed by both, but
    where one of them is still empty.
    """
    empty = HomeWords(entry_id=mine.entry_id, household_id=mine.household_id, lang=mine.lang)
    since = base or empty
    made, clash = two_hands.laid_over(since, mine, theirs, ("who", "on", *ASKED, *TICKS))
    return (made.but(lang=mine.lang) if mine.lang not in (since.lang, theirs.lang) else made), clash
