"""What was promised and is not done yet, over all rounds of a child: found where it was written, never copied.

A promise lives in the book of the round it was made in, and goes on from round to round because it is looked for in
all of them: it cannot be carried twice, and nothing is carried that was kept. The latest word on a promise of a child
is the child's own look back; what a teacher noted for it comes after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from portfolio.errors import InputRefused
from portfolio.model import Agreement, LookBack, Passage, Portfolio, Progress
from portfolio.model.people import Voice
from portfolio.model.record import LONGEST_TEXT, clean_text
from portfolio.rules.answers import in_a_line
from portfolio.rules.worries import LONGEST_LINE, day_of, fits

OVER: Final[frozenset[Progress]] = frozenset({"done", "changed_my_mind"})
"""Words after which nobody waits for a promise any more."""

Mark = Literal["kept", "partly", "not_yet", "not_any_more"]
"""What a teacher notes of a promise."""

MEANS: Final[Mapping[Mark, tuple[Progress | None, ...]]] = {
    "kept": ("done",),
    "partly": ("getting_there", "just_starting", "nearly"),
    "not_yet": (None,),
    "not_any_more": ("changed_my_mind",),
}
"""The words for how far something is that a mark stands for, the one it writes first."""

MAY: Final[Mapping[Voice, tuple[Mark, ...]]] = {
    "teacher": ("kept", "partly", "not_yet", "not_any_more"),
    "student": ("kept", "partly", "not_yet"),
    "family": ("kept", "partly", "not_yet"),
}
"""What a teacher may note. Changing one's mind about a promise is for who made it: a child says so in its book."""

LOOKED_AT: Final = 2
"""Promises of children and homes are listed for so many rounds: the one they were made in and the one that looks back."""


@dataclass(frozen=True)
class Promise:
    """A promise of anybody's: in which book, of which round, how far it is by the latest word.

    ``told``: the child has said itself what became of it, in the book of the round after.
    """

    portfolio_id: str
    round: str
    promise: Agreement
    how_far: Progress | None
    told: bool

    @property
    def words(self) -> Passage:
        """What was promised, as far as it can stand in a line."""
        return in_a_line(self.promise.what, self.promise.beside("what"))

    @property
    def open(self) -> bool:
        """Return whether somebody still waits for it."""
        return self.how_far not in OVER


def promises(rounds: Sequence[Portfolio]) -> tuple[Promise, ...]:
    """Return what was promised in a child's rounds (oldest first), as long as it belongs on a list of promises.

    A teacher's open promises of any round; all others of the last two. A promise that says nothing is none.
    """
    found = []
    for n, portfolio in enumerate(rounds):
        later = rounds[n + 1] if n + 1 < len(rounds) else None
        for one in portfolio.agreements:
            back = _look_back(one, later)
            said = back.result if back else None
            promise = Promise(
                portfolio.meta.portfolio_id, portfolio.meta.round, one, said or one.how_far, said is not None
            )
            lately = n >= len(rounds) - LOOKED_AT
            if (one.what or one.beside("what")) and (lately or (one.who == "teacher" and promise.open)):
                found.append(promise)
    return tuple(found)


def as_said(entry_id: str, told: Mapping[str, str], teacher: str, lang: str) -> Agreement:
    """Return a promise that was made at the table and is written down later.

    ``told`` holds ``who`` promises (a :data:`Voice`), the ``name`` of somebody at home, the ``words`` (in ``lang``) and
    ``by_when``; ``teacher`` is the name of who writes, for a promise of its own. Raises ``InputRefused`` or
    ``TextRefused`` with the field for what cannot be kept.
    """
    who = next((voice for voice in MAY if voice == told.get("who")), None)
    if who is None:
        raise InputRefused("Choose who promises it.", field="who")
    name = " ".join(str(clean_text(told.get("name", ""))).split()) if who == "family" else ""
    if who == "family" and not name:
        raise InputRefused("Write who at home promises it.", field="name")
    fits("name", name, LONGEST_LINE)
    words = str(clean_text(told.get("words", ""))).strip()
    if not words:
        raise InputRefused("Write what is promised.", field="words")
    fits("words", words, LONGEST_TEXT)
    return Agreement(
        entry_id=entry_id,
        who=who,
        name=teacher if who == "teacher" else name,
        what=Passage(text=words, lang=lang),
        by_when=day_of(told.get("by_when", ""), "by_when"),
    )


def gone_on(earlier: Sequence[Portfolio]) -> tuple[Agreement, ...]:
    """Return the promises a book looks back on: all of the round before, and a teacher's open ones from before that."""
    return tuple(one for _, one in looked_back_on(earlier))


def looked_back_on(earlier: Sequence[Portfolio]) -> tuple[tuple[Portfolio, Agreement], ...]:
    """Return what :func:`gone_on` returns, each promise with the book it stands in."""
    older = ((portfolio, one) for portfolio in earlier[:-1] for one in portfolio.agreements)
    owed = tuple((p, one) for p, one in older if one.who == "teacher" and one.how_far not in OVER)
    return (*owed, *((earlier[-1], one) for one in (earlier[-1].agreements if earlier else ())))


def _look_back(promise: Agreement, later: Portfolio | None) -> LookBack | None:
    if promise.who != "student" or later is None:
        return None
    return next((one for one in later.look_backs if one.promise_id == promise.entry_id), None)


def mark_of(how_far: Progress | None) -> Mark:
    """Return the mark that stands for how far a promise is."""
    return next(mark for mark, words in MEANS.items() if how_far in words)


def marked(promise: Agreement, mark: Mark) -> Agreement:
    """Return a promise with this mark; one that says so already, in a finer word, stays as it is."""
    return promise if promise.how_far in MEANS[mark] else promise.but(how_far=MEANS[mark][0])


Due = Literal["no_day", "past", "today", "to_come"]
"""Where a day is, seen from today."""


def due(day: date | None, today: date) -> Due:
    """Return whether a day was, is, or will be; ``no_day`` if none was said."""
    if day is None:
        return "no_day"
    return "past" if day < today else "today" if day == today else "to_come"


def first_what_was(day: date | None, today: date) -> tuple[int, date]:
    """Return what to sort by: days that were, the longest ago first; then those to come; then what has no day."""
    return ({"past": 0, "today": 1, "to_come": 1, "no_day": 2}[due(day, today)], day or date.max)
