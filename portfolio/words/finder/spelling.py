"""Misspelled school words: "rubrick", "flooency", "exit tickit", "inter vention".

A word is looked at only if it is neither familiar nor a word of the glossary, stands in English, and is no name. It
may then stand for a word of the glossary one or two slips away, or for one that sounds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from portfolio.words.finder.ordinary import is_ordinary
from portfolio.words.finder.slips import alike, near, slips
from portfolio.words.finder.sounds import consonants, letters, sound
from portfolio.words.finder.targets import may_be_misspelled

if TYPE_CHECKING:
    from portfolio.words.finder.index import Form, Index
    from portfolio.words.finder.page import Page, Sentence
    from portfolio.words.finder.tokens import Word

_MOST: Final = 6
"""So many readings of one misspelled word are tried, nearest first."""
_LONGEST: Final = 30
_SMALL: Final = frozenset("a an and at by for from in of on or the to with".split())
_LITTLE: Final = frozenset("i a an the my we is it in to of and for on at me he she am do".split())


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


# ------------------------------------------------------------------------------------------- words of a page


class Doubtful(NamedTuple):
    """A word of a page that is not spelled right: what it may mean, and whether it has a capital as names have."""

    meant: tuple[Meant, ...]
    titled: bool


def doubtful(page: Page, index: Index) -> dict[int, Doubtful]:
    """Return the misspelled words of a page, by place, that may stand for a word of the glossary."""
    if page.doubtful is None:
        page.doubtful = dict(_doubtful(page, index.speller))
    return page.doubtful


def _doubtful(page: Page, speller: Speller) -> Iterator[tuple[int, Doubtful]]:
    english: dict[int, bool] = {}
    for place, word in enumerate(page.words):
        if not _may_be_wrong(word) or is_ordinary(word.base):
            continue
        sentence = page.sentence(place)
        if sentence.first not in english:
            english[sentence.first] = _is_english(sentence, speller)
        if english[sentence.first] and (meant := speller.meant(word.base)):
            yield place, Doubtful(meant, word.text[0].isupper() and not page.opens(place))


def _may_be_wrong(word: Word) -> bool:
    base = word.base
    return (
        4 <= len(base) <= _LONGEST
        and base.isascii()
        and base.isalpha()
        and word.text[1 : len(base)].islower()
    )


def _is_english(sentence: Sentence, speller: Speller) -> bool:
    """Return whether enough of a sentence is spelled right to tell that it is English."""
    if sentence.spanish:
        return False
    words = [word.base for word in sentence.words[sentence.first : sentence.last]]
    known = sum(word in _LITTLE or speller.knows(word) for word in words)
    return known * 5 >= (len(words) - 1) * 2


# --------------------------------------------------------------------------------------------- forms of terms


class Reading(NamedTuple):
    """A form that misspelled words may stand for. ``by_ear``: only its sound speaks for it."""

    form: Form
    by_ear: bool


def readings(page: Page, index: Index, first: int, last: int) -> Iterator[Reading]:
    """Yield the forms that the words ``first`` to ``last`` may stand for, if one or two of them are misspelled."""
    wrong = doubtful(page, index)
    places = [place for place in range(first, last + 1) if place in wrong] if wrong else []
    if 0 < len(places) < 3:
        yield from _corrected(page, index, (first, last), places)
    if last == first + 1:
        yield from _joined(page, index, first)


def _corrected(page: Page, index: Index, span: tuple[int, int], places: list[int]) -> Iterator[Reading]:
    wrong = doubtful(page, index)
    words = page.words[span[0] : span[1] + 1]
    right = [word for place, word in enumerate(words, span[0]) if place not in places]
    alone = not any(len(word.full) > 2 and word.full not in _SMALL for word in right)
    if any(wrong[place].titled for place in places) and not (
        right and all(word.text[0].isupper() or word.full in _SMALL for word in words)
    ):
        return
    for chosen in product(*(wrong[place].meant for place in places)):
        near_all = len(places) > 1 and all(one.slips < 2 for one in chosen)
        if (alone or len(places) > 1) and not near_all and not all(one.alone for one in chosen):
            continue
        key = [word.full for word in words]
        for place, one in zip(places, chosen, strict=True):
            key[place - span[0]] = one.word
        for form in index.beginning(key[0]).forms.get(" ".join(key), ()):
            if may_be_misspelled(form.term, form.spelling):
                yield Reading(form, alone and len(words) == 1 and chosen[0].by_ear)


def longest_misspelled(page: Page, index: Index, place: int) -> int:
    """Return how many words the longest form has that the misspelled word at a place, or it and the next, may begin."""
    wrong = doubtful(page, index).get(place)
    most = max((index.beginning(one.word).longest for one in wrong.meant), default=0) if wrong else 0
    return max(most, 2) if any(_joined(page, index, place)) else most


def _joined(page: Page, index: Index, place: int) -> Iterator[Reading]:
    """Yield the one-word forms that two words make when joined: "inter vention", "port folio"."""
    if place + 1 >= len(page.words):
        return
    one, other = page.words[place], page.words[place + 1]
    whole = one.full + other.base
    if other.between not in {" ", "-"} or len(whole) < 7 or min(len(one.full), len(other.base)) < 2:
        return
    if not (other.text.islower() and one.text[1:].islower()):
        return
    both = None
    for form in index.beginning(whole).forms.get(whole, ()):
        if " " in form.printed or "-" in form.printed or not may_be_misspelled(form.term, form.spelling):
            continue
        both = is_ordinary(one.full) and is_ordinary(other.base) if both is None else both
        if not both or form.term.match.cue:
            yield Reading(form, False)
