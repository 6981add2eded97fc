"""Find school words in a text: longest first, from left to right, then what stands near one another."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.words.finder.accept import Hit, Verdict, weigh
from portfolio.words.finder.explained import explained, meant_here
from portfolio.words.finder.index import Form, Index
from portfolio.words.finder.page import Page
from portfolio.words.finder.spelling import longest_misspelled, readings
from portfolio.words.finder.tokens import STOP
from portfolio.words.glossary.load import Glossary, starter
from portfolio.words.terms import Confidence, Finding

_CLOSE = 3
"""Words between two findings of one list, at most."""


def find(text: str, glossary: Glossary | None = None) -> list[Finding]:
    """Return the school words of a text, in order, none over another; places are those of ``text`` as given.

    Any string will do. Without a glossary the starter glossary is used. Time grows with the length, no faster.
    """
    if not text:
        return []
    page = Page(text)
    hits = hits_of(page, (glossary or starter()).index)
    told = explained(page, hits)
    return [_finding(page, hit, explained=place in told) for place, hit in enumerate(hits)]


def _finding(page: Page, hit: Hit, *, explained: bool) -> Finding:
    start, end = page.normal.original(page.words[hit.first].start, hit.end)
    confidence: Confidence = "sure" if hit.verdict is Verdict.SURE else "maybe"
    return Finding(start, end, hit.form.term.term_id, confidence, explained)


def hits_of(page: Page, index: Index) -> list[Hit]:
    """Return the hits of a page, each at least a perhaps."""
    hits: list[Hit] = []
    place, many = 0, len(page.words)
    while place < many:
        hit = _longest(page, index, place)
        if hit and hit.verdict is not Verdict.SURE:
            hit = _better_behind(page, index, hit) or hit
        if hit:
            hits.append(hit)
            place = hit.last + 1
        else:
            place += 1
    _among_capitals(page, hits)
    for hit in hits:
        if hit.verdict is Verdict.LONELY and not hit.by_ear and meant_here(page, hit):
            hit.verdict = Verdict.SURE
    _side_by_side(page, hits)
    return hits


def _longest(page: Page, index: Index, place: int) -> Hit | None:
    """Return the longest phrase from a word on that is a term here: a sure one, else one that may be."""
    words = page.words
    longest = max(
        index.beginning(words[place].full).longest,
        index.beginning(words[place].base).longest,
        longest_misspelled(page, index, place),
    )
    if not longest:
        return None
    last = place
    while last + 1 < len(words) and last - place + 1 < longest and words[last + 1].gap <= STOP:
        last += 1
    perhaps: Hit | None = None
    for at in range(last, place - 1, -1):
        for hit in candidates(page, index, place, at):
            hit.verdict = weigh(page, hit)
            if hit.by_ear and hit.verdict is Verdict.SURE:
                hit.verdict = Verdict.LONELY
            if hit.verdict is Verdict.SURE:
                return hit
            if hit.verdict and (
                perhaps is None or (hit.last == perhaps.last and hit.verdict > perhaps.verdict)
            ):
                perhaps = hit
    return perhaps


def candidates(page: Page, index: Index, first: int, last: int) -> Iterator[Hit]:
    """Yield what words may be a form of. Before an 's the word alone is tried first: "IEP's" is no plural."""
    words = page.words[first : last + 1]
    inner = [word.full for word in words[:-1]]
    tail = words[-1]
    for form in _at(index, [*inner, tail.base]):
        yield Hit(first, last, tail.base_end, form)
    if tail.base != tail.full:
        for form in _at(index, [*inner, tail.full]):
            yield Hit(first, last, tail.end, form)
    if any(word.base != word.full for word in words[:-1]):
        for form in _at(index, [word.base for word in words]):
            yield Hit(first, last, tail.base_end, form)
    for form, by_ear in readings(page, index, first, last):
        yield Hit(first, last, tail.base_end, form, by_ear=by_ear)


def _at(index: Index, key: list[str]) -> tuple[Form, ...]:
    return index.beginning(key[0]).forms.get(" ".join(key), ())


def _better_behind(page: Page, index: Index, hit: Hit) -> Hit | None:
    """Return a sure hit that begins inside one that is only a perhaps and would be lost behind it."""
    for place in range(hit.first + 1, hit.last + 1):
        other = _longest(page, index, place)
        if other and other.verdict is Verdict.SURE:
            return other
    return None


def _among_capitals(page: Page, hits: list[Hit]) -> None:
    """Weigh again what looked shouted: in "IEP, SEL, MTSS" the capitals round it are other terms."""
    if any(hit.verdict is Verdict.DOUBT for hit in hits):
        terms = (at for hit in hits for at in range(hit.first, hit.last + 1) if hit.form.printed.isupper())
        known = frozenset(terms)
        for hit in hits:
            if hit.verdict is Verdict.DOUBT:
                hit.verdict = weigh(page, hit, known)


def _side_by_side(page: Page, hits: list[Hit]) -> None:
    """Make lonely hits sure that stand in a sentence with a sure one, or in a list with another lonely one."""
    sure = {page.sentence(hit.first).first for hit in hits if hit.verdict is Verdict.SURE}
    promoted: list[Hit] = []
    for place, hit in enumerate(hits):
        if hit.verdict is not Verdict.LONELY:
            continue
        sentence = page.sentence(hit.first)
        if sentence.spanish and page.words[hit.first].text.islower():
            continue
        neighbours = hits[max(place - 1, 0) : place] + hits[place + 1 : place + 2]
        if sentence.first in sure or any(_in_one_list(page, hit, other) for other in neighbours):
            promoted.append(hit)
    for hit in promoted:
        hit.verdict = Verdict.SURE


def _in_one_list(page: Page, one: Hit, other: Hit) -> bool:
    """Return whether two hits of different terms are parts of one list: a comma, a slash or "and" between."""
    first, second = (one, other) if one.first < other.first else (other, one)
    if other.verdict is Verdict.DOUBT or one.form.term.term_id == other.form.term.term_id:
        return False
    between = page.words[first.last + 1 : second.first]
    if len(between) > _CLOSE or page.words[first.first].sentence != page.words[second.first].sentence:
        return False
    signs = page.words[second.first].between + "".join(word.between for word in between)
    return any(sign in signs for sign in ",/;\n") or any(word.full == "and" for word in between)
