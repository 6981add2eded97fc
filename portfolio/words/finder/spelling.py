"""Misspelled school words: "rubrick", "flooency", "exit tickit", "inter vention".

A word is looked at only if it is neither familiar nor a word of the glossary, stands in English, and is no name. It
may then stand for a word of the glossary one or two slips away, or for one that sounds the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from portfolio.words.finder.ordinary import is_ordinary
from portfolio.words.finder.speller import Doubtful, Speller
from portfolio.words.finder.targets import may_be_misspelled

if TYPE_CHECKING:
    from portfolio.words.finder.index import Form, Index
    from portfolio.words.finder.page import Page, Sentence
    from portfolio.words.finder.tokens import Word

_LONGEST: Final = 30
_SMALL: Final = frozenset("a an and at by for from in of on or the to with".split())
_LITTLE: Final = frozenset("i a an the my we is it in to of and for on at me he she am do".split())


# ------------------------------------------------------------------------------------------- words of a page


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
