"""What a misspelled word may have been meant to be: a word of the glossary one or two slips away, or of the same sound.

Looked at are only words that are neither familiar nor of the glossary; :mod:`.spelling` says where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from portfolio.words.finder.ordinary import is_ordinary
from portfolio.words.finder.slips import alike, near, slips
from portfolio.words.finder.sounds import consonants, letters, sound

_MOST: Final = 6
"""So many readings of one misspelled word are tried, nearest first."""


class Meant(NamedTuple):
    """What a misspelled word may have been meant to be.

    ``alone``: near enough without other words round it · ``by_ear``: a short word that only sounds like it.
    """

    word: str
    slips: int
    alone: bool
    by_ear: bool


class Speller:
    """What the misspelled words of texts may mean in one index; words met before are remembered."""

    def __init__(self, sources: list[Callable[[], Mapping[str, str]]]) -> None:
        """Take what gives each layer's words by sound; they are read when the first unknown word is met."""
        self._sources = sources
        self._met: dict[str, tuple[Meant, ...]] = {}
        self._shelves: dict[tuple[str, int], list[tuple[str, int]]] = {}

    @cached_property
    def _sounds(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for source in self._sources:
            for heard, words in source().items():
                found[heard] = f"{found[heard]} {words}" if heard in found else words
        return found

    @cached_property
    def _others(self) -> frozenset[str]:
        return frozenset(self._sounds.get("", "").split())

    @cached_property
    def _targets(self) -> frozenset[str]:
        return frozenset(word for heard, words in self._sounds.items() if heard for word in words.split())

    @cached_property
    def _by_start(self) -> dict[tuple[str, int], list[str]]:
        """Hold the words by first letter and length."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in self._targets:
            found.setdefault((word[0], len(word)), []).append(word)
        return found

    def _shelf(self, first: str, long: int) -> list[tuple[str, int]]:
        """Return the words that begin so and are so long, with the letters in them as bits."""
        shelf = self._shelves.get((first, long))
        if shelf is None:
            words = self._by_start.get((first, long), ())
            shelf = self._shelves[first, long] = [(word, _bits(word)) for word in words]
        return shelf

    def knows(self, word: str) -> bool:
        """Return whether a small word is spelled right: it is familiar, ordinary, or of the glossary."""
        return is_ordinary(word) or word in self._targets or word in self._others

    def meant(self, word: str) -> tuple[Meant, ...]:
        """Return what a small word may have been meant to be, nearest first; nothing for a word spelled right."""
        found = self._met.get(word)
        if found is None:
            found = () if self.knows(word) else tuple(sorted(self._near(word), key=_order)[:_MOST])
            if len(self._met) > 20_000:
                self._met.clear()
            self._met[word] = found
        return found

    def _near(self, word: str) -> Iterator[Meant]:
        heard = sound(word)
        same = set(self._sounds.get(heard, "").split())
        tried = same | {one for one in near(word) if one in self._targets}
        if len(word) > 6:
            tried.update(self._two_away(word))
        plain, strong = letters(word), consonants(heard.removesuffix("s"))
        for other in tried:
            far = slips(plain, letters(other), 4 if other in same else 2)
            meant = _judged(word, other, far, strong if other in same else 0)
            if meant:
                yield meant

    def _two_away(self, word: str) -> Iterator[str]:
        # Two slips leave one of three parts as it was.
        bits, part = _bits(word), len(word) // 3
        begins, middle, ends = word[:part], word[part:-part], word[-part:]
        for first in _starts(word[0]):
            for long in range(len(word) - 2, len(word) + 3):
                for other, its in self._shelf(first, long):
                    if (bits ^ its).bit_count() < 5 and (
                        other.startswith(begins) or other.endswith(ends) or middle in other
                    ):
                        yield other


def _order(meant: Meant) -> tuple[bool, int, str]:
    return not meant.alone, meant.slips, meant.word


def _starts(letter: str) -> str:
    """Return the first letters to look under: the same, or one of the same sound."""
    return next((group for group in ("aeiou", "ckqs", "fp", "gj", "sz", "uw") if letter in group), letter)


def _bits(word: str) -> int:
    bits = 0
    for one in word:
        bits |= 1 << (ord(one) - 97)
    return bits


def _judged(word: str, other: str, far: int, same: int) -> Meant | None:
    """Weigh one reading: ``far`` slips, ``same`` how many consonants it shares by sound (0: it sounds different)."""
    size = min(len(word), len(other))
    if abs(len(word) - len(other)) > 3 or not (same or word[0] == other[0] or alike(word[0], other[0])):
        return None
    by_slips = size > 4 and ((far <= 1 and size > 5) or (far <= 2 and size > 8))
    by_sound = size > 4 and ((same > 3 and far <= max(3, size // 3)) or (same == 3 and far <= 1))
    if by_slips or by_sound:
        return Meant(other, far, True, not by_slips and len(word) < 7)
    beside = far <= 1 and (len(word) > 4 or bool(same))
    if beside or (far <= 2 and (size > 6 or same > 1)):
        return Meant(other, far, False, False)
    return None


class Doubtful(NamedTuple):
    """A word of a page that is not spelled right: what it may mean, and whether it has a capital as names have."""

    meant: tuple[Meant, ...]
    titled: bool
