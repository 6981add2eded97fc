"""School words at a child's desk: which stand in an answer, how they are told to the child, what it chose.

Nothing here changes a word the child wrote, and nothing is found for the youngest: only their teacher sees it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from portfolio.errors import ChangedMeanwhile
from portfolio.model import Entry, Passage, Prompt
from portfolio.model.people import AgeBand
from portfolio.rules.answers import kept
from portfolio.rules.school_words import with_word
from portfolio.store.port import ClassStore

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary
    from portfolio.words.terms import Finding, Term

LONGEST: Final = 10_000
"""So many letters of an answer are looked at, far more than a desk asks for; a save must not wait for the rest."""

ROUND: Final = 300
"""Letters round a word that can matter for how it is said plainly: its sentence, and a bit."""

_Place = Callable[[int], int]

TRIES: Final = 5
"""How often a choice is laid over what somebody else keeps in the same moment."""


GlossaryNow = Callable[[], "Glossary"]
"""Gives the school words of a class as they are now."""


def starter() -> Glossary:
    """Return the glossary we ship."""
    from portfolio.words.glossary import starter as shipped  # a thousand terms: read when first needed

    return shipped()


@dataclass(frozen=True)
class SchoolWords:
    """Finds school words for one desk and tells them in the child's language.

    ``glossary`` gives the class's glossary as it is now; for the youngest it is never asked.
    """

    glossary: GlossaryNow
    band: AgeBand
    lang: str

    def found(self, entry: Entry, field: str, prompt: Prompt, text: object) -> list[dict[str, Any]] | None:
        """Return the school words of an answer, in order, as ``SchoolWord`` of the wire describes them.

        Only those that are one for sure, and that the text does not explain by itself. ``text`` is what stands in
        the control. ``None``: school words are not looked for here.
        """
        words = kept(entry, field) if prompt.control in ("line", "long") else None
        if self.band == "k-2" or not isinstance(words, Passage) or not isinstance(text, str):
            return None
        return list(self._told(entry, text[:LONGEST], plainly=words.lang.split("-")[0] == "en"))

    def _told(self, entry: Entry, text: str, *, plainly: bool) -> Iterator[dict[str, Any]]:
        if not text.strip():
            return
        from portfolio.words import find  # read when the first word is written

        glossary = self.glossary()
        seen: set[str] = set()
        place = browser_places(text)
        for one in find(text, glossary):
            if one.confidence != "sure" or one.explained:
                continue
            new = (
                one.term not in seen
            )  # only the first of a kind is offered to be said plainly; then the next
            seen.add(one.term)
            yield {
                "term": one.term,
                "word": text[one.start : one.end],
                "start": place(one.start),
                "end": place(one.end),
                **self._explained(glossary.term(one.term)),
                "swap": _swap(text, one, glossary, place) if plainly and new else None,
                "chosen": entry.chose(one.term),
            }

    def _explained(self, term: Term) -> dict[str, Any]:
        """Return what a term means: in the child's language if somebody has put it so, else as a child says it."""
        translated = None if self.lang.split("-")[0] == "en" else term.translated(self.lang)
        if translated and translated.plain:
            return {"kid": translated.plain, "lang": translated.lang, "draft": translated.status != "human"}
        return {"kid": term.kid or term.plain, "lang": "en", "draft": False}


def _swap(text: str, one: Finding, glossary: Glossary, place: _Place) -> dict[str, Any] | None:
    """Return the plain words for a finding and the range they take the place of; ``None`` if none fit there."""
    from portfolio.words import swapped

    first = max(0, one.start - ROUND)
    near = text[first : one.end + ROUND]
    done = swapped(near, replace(one, start=one.start - first, end=one.end - first), glossary)
    if done is None:
        return None
    return {"start": place(first + done.start), "end": place(first + done.end), "text": done.words}


def browser_places(text: str) -> Callable[[int], int]:
    """Return what turns a place in a text (code points) into a browser's (UTF-16 code units; an emoji is two).

    The text is gone through once, however many places are asked for.
    """
    wide = () if text.isascii() else tuple(at for at, letter in enumerate(text) if letter > "\uffff")
    return lambda at: at + bisect_left(wide, at)


class Chosen(NamedTuple):
    """A choice is kept: the entry's version now, and whether somebody else had changed the entry before."""

    version: int
    merged: bool


@dataclass(frozen=True)
class WordChoices:
    """Keeps what is chosen for the school words of one portfolio, by one hand."""

    store: ClassStore
    portfolio_id: str
    by: str

    def choose(self, entry_id: str, term: str, how: str, base: int, at: datetime) -> Chosen:
        """Keep what was chosen for a school word of an entry; ``base`` is the version the hands saw.

        ``how`` is ``explain``, ``fine``, or "" to take a choice back. Nobody's words are touched, so a choice is laid
        over whatever stands there now. Raises ``NotFound`` for an entry that is gone, ``InputRefused`` for a
        choice there is not, ``StorageTrouble``.
        """
        for _ in range(TRIES):
            there = self.store.entry(self.portfolio_id, entry_id)
            changed = with_word(there.entry, term, how)
            merged = there.version != base
            if changed == there.entry:
                return Chosen(there.version, merged)
            try:
                done = self.store.keep(self.portfolio_id, changed, expected=there.version, by=self.by, at=at)
            except ChangedMeanwhile:
                continue
            return Chosen(done.version, merged)
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")
