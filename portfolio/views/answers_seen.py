"""What somebody said, ready for a page of the meeting: words with a translation, things, answers, promises, goals."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.model import Passage
from portfolio.rules.family_view import translation_for


@dataclass(frozen=True)
class WordsSeen:
    """Words somebody wrote, with a translation before them where one helps these readers."""

    words: Passage
    other: str
    other_lang: str
    draft: bool


def words_seen(words: Passage, reads: tuple[str, ...]) -> WordsSeen:
    """Return words as somebody sees them who reads these languages, the best one first."""
    found = translation_for(words, reads)
    if found is None:
        return WordsSeen(words, "", "", draft=False)
    return WordsSeen(words, found.text, found.lang, found.made_by != "human")


@dataclass(frozen=True)
class LanguageOffered:
    """A language of the home: tag, its own name, the place of the page in it, whether our texts are in it, if it is open now."""

    tag: str
    name: str
    place: str
    ours: bool
    here: bool


@dataclass(frozen=True)
class ThingSeen:
    """A recording or picture: its digest, where its bytes are ("" if too large here), a word for it, what was said of it."""

    sha256: str
    kind: str
    address: str
    title: str
    words: Passage


@dataclass(frozen=True)
class AnswerShown:
    """An answer: entry id, version, way, who said it, lines (beginning, words), face and its word, things, who may read it.

    ``place`` is where it is changed, "" where it cannot be any more (or was not written on these pages).
    """

    reply_id: str
    version: int
    title: str
    icon: str
    who: str
    lines: tuple[tuple[str, WordsSeen], ...]
    face: tuple[str, str] | None
    things: tuple[ThingSeen, ...]
    given: bool
    shared: bool
    place: str
    may_go: bool


@dataclass(frozen=True)
class PromiseSeen:
    """A promise: the seat of who made it, the name, the words, until when in words."""

    who: str
    name: str
    words: WordsSeen
    by_when: str


@dataclass(frozen=True)
class GoalSet:
    """A goal that was set together: which one, in which version, its words, who said yes, if the home did.

    ``steps`` are words and when, ``helpers`` who and with what, ``days`` when all look again, in words.
    """

    goal_id: str
    version: int
    words: WordsSeen
    steps: tuple[tuple[WordsSeen, str], ...]
    helpers: tuple[tuple[str, WordsSeen], ...]
    days: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...]
    yes: bool
