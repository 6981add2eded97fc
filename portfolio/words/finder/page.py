"""A text laid out for looking round a word: its words, its sentences, and what each sentence says as a whole."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from portfolio.words.finder.masks import masked
from portfolio.words.finder.normal import Normal, normal
from portfolio.words.finder.tokens import END, MARK, STOP, Word, words_of

if TYPE_CHECKING:
    from portfolio.words.finder.speller import Doubtful

_WIDE: Final = 60
"""So many words of one sentence are looked at on either side: a child's endless sentence is not one thought."""
_SPANISH: Final = frozenset(
    "el la los las de del que una mi su sus es en con por y se lo al para como".split()
)


@lru_cache(maxsize=4096)
def small_words(phrase: str) -> str:
    """Return a cue of a glossary as it reads in a text: small words with single spaces ("small-group" → "small group")."""
    return " ".join(word.full for word in words_of(normal(phrase.lower()).text))


class Sentence:
    """A stretch of words, ``first`` to ``last`` (not included), and what they say together."""

    def __init__(self, words: list[Word], first: int, last: int) -> None:
        """Take all words of the text and where the sentence begins and ends among them."""
        self.words, self.first, self.last = words, first, last

    @cached_property
    def counts(self) -> Counter[str]:
        """Return how often a word, or two or three in a row, stand here; owners and plurals count for their word too."""
        found: Counter[str] = Counter()
        for place in range(self.first, self.last):
            found.update(self.said(place))
        return found

    def said(self, place: int) -> set[str]:
        """Return what the word at a place says for cues: itself, without 's, without a plural s, with its neighbours."""
        word = self.words[place]
        found = {word.full, word.base}
        if len(word.base) > 3 and word.base.endswith("s"):
            found.add(word.base[:-1])
        run = word.full
        for after in self.words[place + 1 : min(place + 3, self.last)]:
            if after.gap >= MARK:
                break
            run = f"{run} {after.full}"
            found.add(run)
            if after.base != after.full:
                found.add(run[: len(run) - len(after.full)] + after.base)
        return found

    @cached_property
    def spanish(self) -> bool:
        """Return whether the sentence is Spanish rather than English: two or more small words of Spanish."""
        here = {word.full for word in self.words[self.first : self.last]}
        return len(here & _SPANISH) > 1


class Page:
    """A text, its plain form, its words and its sentences."""

    def __init__(self, text: str) -> None:
        """Read a text. Any string will do."""
        self.original = text
        self.normal: Normal = normal(text)
        self.words = words_of(masked(self.normal.text))
        self.sentences = list(_sentences(self.words))
        self.doubtful: dict[int, Doubtful] | None = None
        """The misspelled words, once they were looked for (see :mod:`.spelling`)."""
        self._windows: dict[tuple[int, int], Sentence] = {}

    def sentence(self, place: int) -> Sentence:
        """Return the sentence round a word; of a very long one, the part round it."""
        whole = self.sentences[self.words[place].sentence]
        if whole.last - whole.first <= 2 * _WIDE:
            return whole
        # Windows overlap by half, so that near words are never parted and every word is read four times at most.
        block = (place - whole.first) // _WIDE
        key = (whole.first, block)
        if key not in self._windows:
            first = max(whole.first, whole.first + (block - 1) * _WIDE)
            self._windows[key] = Sentence(
                self.words, first, min(whole.last, whole.first + (block + 2) * _WIDE)
            )
        return self._windows[key]

    def before(self, place: int, many: int = 3) -> list[str]:
        """Return what stands directly before a word: the last word, the last two, the last three, as cues say them."""
        found: list[str] = []
        run = ""
        for at in range(place, max(place - many, 0), -1):
            if self.words[at].gap >= STOP:
                break
            word = self.words[at - 1]
            run = f"{word.full} {run}".strip()
            found.append(run)
            if at == place and word.base != word.full:
                found.append(word.base)
        return found

    def after(self, place: int, many: int = 3) -> list[str]:
        """Return what stands directly after a word."""
        found: list[str] = []
        run = ""
        for word in self.words[place + 1 : place + 1 + many]:
            if word.gap >= STOP:
                break
            found.append(f"{run} {word.base}".strip())
            run = f"{run} {word.full}".strip()
            found.append(run)
        return found

    def opens(self, place: int) -> bool:
        """Return whether a word is the first of its sentence, or of a quotation in it."""
        word = self.words[place]
        return (
            place == 0
            or word.gap == END
            or "\n" in word.between
            or any(sign in '"“”«„' for sign in word.between)
        )


def _sentences(words: list[Word]) -> list[Sentence]:
    found: list[Sentence] = []
    first = 0
    for place, word in enumerate(words):
        if place and word.gap == END:
            found.append(Sentence(words, first, place))
            first = place
    if words:
        found.append(Sentence(words, first, len(words)))
    return found
