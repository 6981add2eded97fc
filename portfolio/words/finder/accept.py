"""Whether words that read like a school word are one here: their signs, their capitals, and what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from portfolio.words.finder.index import Form
from portfolio.words.finder.page import Page, small_words
from portfolio.words.finder.tokens import HYPHEN, NEAR, SLASH, STOP, Word
from portfolio.words.terms import Near

_SMALL: Final = frozenset("a an and at by for from in of on or the to with".split())
"""Words that stay small in a title."""
_DETERMINERS: Final = frozenset(
    "the a an my our your his her their its this that these those each every no one two three some any another "
    "todays yesterdays tomorrows first second third next last daily".split()
)
_TITLES: Final = frozenset("mr mrs ms mx miss dr señor señora".split())
_PLACES: Final = frozenset(
    "street st road rd avenue ave lane drive blvd boulevard court inn hotel motel suites llc inc ltd corp brewery bar "
    "pub cafe records restaurant mountain creek river".split()
)


class Verdict(IntEnum):
    """``NO``: not a school word here. ``LONELY``: perhaps, nothing near tells. ``DOUBT``: perhaps, and nothing can tell."""

    NO = 0
    DOUBT = 1
    LONELY = 2
    SURE = 3


@dataclass(slots=True)
class Hit:
    """Words ``first`` to ``last`` (included) that read like a form of a term, up to ``end`` in the plain text.

    ``by_ear``: misspelled, and only the sound speaks for it.
    """

    first: int
    last: int
    end: int
    form: Form
    verdict: Verdict = Verdict.NO
    by_ear: bool = False


@dataclass(frozen=True, slots=True)
class _Round:
    """Cues or skips of a term as they read in a text."""

    near: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]


@lru_cache(maxsize=4096)
def _round(near: Near) -> _Round:
    return _Round(*(frozenset(map(small_words, side)) for side in (near.near, near.before, near.after)))


def weigh(page: Page, hit: Hit, known: frozenset[int] = frozenset()) -> Verdict:
    """Say what words that read like a term are here, before other findings are looked at.

    ``known``: places of words that are known to be capitals of other terms, so that they do not count as shouted.
    """
    match = hit.form.term.match
    if not _joined(page, hit) or not _cased(page, hit) or _is_name(page, hit):
        return Verdict.NO
    if match.det and hit.form.code != "p" and not hit.form.long and not _determined(page, hit):
        return Verdict.NO
    if match.skip and not hit.form.long and _beside(page, hit, match.skip):
        return Verdict.NO
    one_word = hit.first == hit.last
    if match.case in {"upper", "upper_first_word"} and one_word and _is_shout(page, hit, known):
        return Verdict.DOUBT
    if one_word and match.cue and _is_surname(page, hit):
        return Verdict.DOUBT
    titled = match.case == "title_or_cue" and _titled(page, hit) and not shouted(page, hit)
    if titled or not _needs_cue(hit) or _beside(page, hit, match.cue):
        return Verdict.SURE
    return Verdict.LONELY


def _needs_cue(hit: Hit) -> bool:
    """Return whether this form of the term is everyday English too. What an acronym stands for in full is not."""
    match = hit.form.term.match
    return (bool(match.cue) or match.case == "title_or_cue") and not (hit.form.long and hit.last > hit.first)


# ------------------------------------------------------------------------------------------- signs between


def _joined(page: Page, hit: Hit) -> bool:
    """Return whether what stands between the words lets them be one phrase."""
    if hit.first == hit.last:
        return True
    words = page.words[hit.first + 1 : hit.last + 1]
    if hit.form.code == "a":
        spelled = all(word.text.isupper() for word in page.words[hit.first : hit.last + 1])
        return spelled and len({word.gap for word in words}) == 1 and words[0].gap in {NEAR, HYPHEN}
    if hit.form.term.match.hyphen and not hit.form.long:
        return all(word.gap == HYPHEN for word in words)
    return all(_bridged(word, hit) for word in words)


def _bridged(word: Word, hit: Hit) -> bool:
    if word.gap <= HYPHEN:
        return not (word.text.isdigit() and hit.form.printed.replace(":", "").isdigit())
    if word.gap == SLASH and hit.last - hit.first > 1:
        return True
    sign = word.between.strip()
    return bool(sign) and sign in hit.form.printed


# ------------------------------------------------------------------------------------------------ capitals


def _cased(page: Page, hit: Hit) -> bool:
    """Return whether the capitals are what the term asks for; what an acronym stands for may be small."""
    case, words = hit.form.term.match.case, page.words[hit.first : hit.last + 1]
    if not _numeral_ok(words):
        return False
    if case in {"fold", "title_or_cue"} or (hit.form.long and (len(words) > 1 or case == "upper")):
        return True
    if case == "title":
        return _titled(page, hit)
    if case == "upper_first_word":
        return _is_upper(words[0].text) or (hit.form.printed[:1].islower() and hit.form.spelling > 0)
    return _upper_as_printed(words, hit)


def _upper_as_printed(words: list[Word], hit: Hit) -> bool:
    """Return whether what the glossary prints in capitals is in capitals here; other words may be small."""
    if hit.form.code == "a":
        return True
    parts = [part for part in re.split(r"[\s\-/]+", hit.form.printed) if part]
    if len(parts) != len(words):
        return all(_is_upper(word.text) for word in words)
    return all(
        not _is_upper(part) or _is_upper(word.text) or part == word.text[: word.base_end - word.start]
        for part, word in zip(parts, words, strict=True)
    )


def _is_upper(text: str) -> bool:
    """Return whether a word is in capitals: IEP, IEPs, I.E.P.s, 504s, IEP's."""
    bare = re.sub(r"(?:['`][sS]|(?<=[A-Z0-9.])s)$", "", text)
    return bare == bare.upper() and bare != ""


def _titled(page: Page, hit: Hit) -> bool:
    """Return whether each word begins with a capital, but for "of" and the like and what hangs on a hyphen."""
    words = page.words[hit.first : hit.last + 1]
    if len(words) == 1 or not words[0].text[:1].isupper():
        return not words[0].text[:1].islower() and not words[-1].text[:1].islower()
    rest = [word for word in words[1:] if word.full not in _SMALL and word.gap != HYPHEN]
    return all(not word.text[:1].islower() for word in rest)


def _numeral_ok(words: list[Word]) -> bool:
    """Return whether a Roman one stands in capitals: "tier i" is a slip, "Tier I" is a number."""
    return len(words) == 1 or words[-1].full not in {"i", "v"} or words[-1].text.isupper()


def shouted(page: Page, hit: Hit, known: frozenset[int] = frozenset()) -> bool:
    """Return whether the rest of the sentence is in capitals, so that capitals say nothing."""
    sentence = page.sentence(hit.first)
    others = [
        word.text
        for place in range(sentence.first, sentence.last)
        if not hit.first <= place <= hit.last
        and place not in known
        and len((word := page.words[place]).text) > 1
        and word.text[:1].isalpha()
    ]
    loud = sum(word.isupper() for word in others)
    return loud * 5 >= len(others) * 4 and (
        loud > 1 or any(len(word) > 3 or word.lower() in _SMALL for word in others)
    )


def _is_shout(page: Page, hit: Hit, known: frozenset[int]) -> bool:
    return page.words[hit.first].text.isupper() and shouted(page, hit, known)


# ----------------------------------------------------------------------------------------- what stands round


def _is_name(page: Page, hit: Hit) -> bool:
    """Return whether it is part of a name: Mr. Stem, Tier Street, Rubric LLC."""
    words = page.words
    if words[hit.first].text[:1].islower():
        return False
    before = words[hit.first - 1] if hit.first and words[hit.first].gap < STOP else None
    if before and before.full in _TITLES and before.text[:1].isupper():
        return True
    after = words[hit.last + 1] if hit.last + 1 < len(words) and words[hit.last + 1].gap == NEAR else None
    return bool(after and after.text[:1].isupper() and after.full in _PLACES and not after.text.isupper())


def _is_surname(page: Page, hit: Hit) -> bool:
    """Return whether an everyday word with a capital follows another name in a sentence without other capitals."""
    words, place = page.words, hit.first
    if (
        place < 2
        or words[place].between != " "
        or words[place - 1].gap >= STOP
        or not _is_titled(words[place])
    ):
        return False
    before = words[place - 1]
    if not _is_titled(before) or before.base != before.full:
        return False
    look = _round(hit.form.term.match.cue)
    if before.full in look.near | look.before or (
        place + 1 < len(words) and words[place + 1].text[:1].isupper()
    ):
        return False
    sentence = page.sentence(place)
    capitals = sum(word.text[:1].isupper() for word in words[sentence.first : sentence.last])
    return capitals * 2 < sentence.last - sentence.first


def _is_titled(word: Word) -> bool:
    return word.text[:1].isupper() and word.text[1:].islower()


def _determined(page: Page, hit: Hit) -> bool:
    """Return whether "the", "my" or the like stands before, at most one cue between."""
    before = page.before(hit.first, 2)
    if before and before[0] in _DETERMINERS:
        return True
    if before and page.words[hit.first - 1].base != page.words[hit.first - 1].full:
        return True  # "Maya's"
    cue = _round(hit.form.term.match.cue)
    return len(before) > 1 and before[-1].split(" ")[0] in _DETERMINERS and before[0] in cue.before | cue.near


def _beside(page: Page, hit: Hit, near: Near) -> bool:
    """Return whether one of the words looked for stands before, after, or anywhere in the sentence."""
    look = _round(near)
    if look.before and not look.before.isdisjoint(page.before(hit.first)):
        return True
    if look.after and not look.after.isdisjoint(page.after(hit.last)):
        return True
    return bool(look.near) and _in_sentence(page, hit, look.near)


def _in_sentence(page: Page, hit: Hit, wanted: frozenset[str]) -> bool:
    sentence = page.sentence(hit.first)
    counts = sentence.counts
    there = (
        wanted & counts.keys() if len(wanted) < len(counts) else {word for word in counts if word in wanted}
    )
    if not there:
        return False
    own = [sentence.said(place) for place in range(hit.first, hit.last + 1)]
    # A word the variant adds to the term is a cue of its own: "reading benchmark" needs no other.
    free = set(hit.form.term.term.lower().replace("-", " ").split())
    added = hit.last > hit.first and hit.form.spelling > 0 and " " not in hit.form.term.term
    for word in there:
        if counts[word] > sum(word in said for said in own):
            return True
        if added and word not in free and not any(word in said and said & free for said in own):
            return True
    return False
