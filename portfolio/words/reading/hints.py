"""Hints for whoever writes: a sentence that is long and where it could be cut, a word that is hard to read.

Hints change nothing. A word is hard when it is off the familiar list and has three or more syllables (four from
grade 6); it is named once, where it stands first. Only English has a list; elsewhere hints are about length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from portfolio.words.reading.level import judged
from portfolio.words.reading.sentences import Sentence, sentences
from portfolio.words.reading.syllables import syllables
from portfolio.words.reading.tokens import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

HintKind = Literal["long", "hard_word"]

_YOUNG: Final = frozenset({"k-2", "3-5"})
_MOST_WORDS: Final = {True: 15, False: 20}  # in a sentence, for young writers and for older ones
_HARD_SYLLABLES: Final = {True: 3, False: 4}

_JOINS: Final = {
    "en": frozenset(
        "and but so because when while although though if or since until unless before after then".split()
    ),
    "es": frozenset("y e pero porque cuando mientras aunque si o entonces luego así pues sino como".split()),
}
_BEGINNERS: Final = {  # after "and", these usually begin a sentence of their own; "my mom and my dad" does not
    "en": frozenset("i i'm i'll i've we you he she it it's they there this that then when now".split()),
    "es": frozenset("yo él ella nosotros ellos ellas me nos se le lo cuando después luego entonces".split()),
}
_BEFORE_CUT: Final = ",;:–—،؛、，；"


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark on ``text[start:end]`` (code points): a ``long`` sentence or a ``hard_word``.

    ``at``: where a long sentence could begin anew, or ``None`` where no place is good · ``words``: how many words
    the sentence has · ``word``: the hard word as written, else empty.
    """

    start: int
    end: int
    kind: HintKind
    at: int | None = None
    words: int = 0
    word: str = ""


def hints(text: str, *, lang: str = "en", band: str = "3-5") -> tuple[Hint, ...]:
    """Return the hints for a text in the order of the text; takes linear time.

    ``lang``: a BCP 47 tag, its main language counts. ``band``: ``k-2`` or ``3-5`` (more than 15 words are long),
    ``6-8`` or ``9-12`` (more than 20).
    """
    main = lang.replace("_", "-").partition("-")[0].lower()
    young = band.lower() in _YOUNG
    parts = sentences(text)
    found = [_long(text, part, main) for part in parts if part.count > _MOST_WORDS[young]]
    if main == "en":
        found += _hard_words(parts, _HARD_SYLLABLES[young])
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.kind == "hard_word")))


def _long(text: str, part: Sentence, main: str) -> Hint:
    return Hint(part.start, part.end, "long", _cut(text, part, main), part.count)


def _hard_words(parts: tuple[Sentence, ...], least: int) -> Iterator[Hint]:
    sizes = {word.start: count for part in parts for count in (part.count,) for word in part.words}
    told: set[str] = set()
    for word, known, _ in judged(parts):
        small = plain(word.text)
        if known or small in told or word.text.isupper() or syllables(word.text) < least:
            continue  # unknown capitals ("IEP") are the finder's business
        told.add(small)
        yield Hint(word.start, word.end, "hard_word", None, sizes[word.start], word.text)


def _cut(text: str, part: Sentence, main: str) -> int | None:
    """Return the start of the word that best begins a new sentence: a joining word or after a mark, near the middle."""
    total = len(part.words)
    best: tuple[float, int] | None = None
    for place in range(max(3, total // 4), min(total - 2, total - total // 4 + 1)):
        cost = _cost(text, part, place, main)
        if cost is not None and (best is None or cost + abs(total / 2 - place) < best[0]):
            best = cost + abs(total / 2 - place), part.words[place].start
    return None if best is None else best[1]


def _cost(text: str, part: Sentence, place: int, main: str) -> float | None:
    """Return how bad a cut before this word is, in words away from the middle; ``None`` where none can be."""
    between = text[part.words[place - 1].end : part.words[place].start].strip()
    marked = any(mark in _BEFORE_CUT for mark in between)
    if any(mark in "([{" for mark in between):
        return None
    joins = plain(part.words[place].text) in _JOINS.get(main, frozenset())
    if not (marked or joins):
        return None
    follower = plain(part.words[place + joins].text) if place + joins < len(part.words) else ""
    begins = follower in _BEGINNERS.get(main, frozenset())
    strong = any(mark in ";:–—；" for mark in between)
    if strong or (joins and begins):
        return 0
    if joins and marked:
        return 1
    return 2 if begins else 4  # a bare "and" or a bare comma may only part the things of a list
