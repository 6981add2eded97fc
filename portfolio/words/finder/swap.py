"""Plain words in place of a school word: in its number or verb form, with its capital, and with "a" or "an" to fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from portfolio.words.finder.accept import Hit, Verdict, shouted
from portfolio.words.finder.find import candidates
from portfolio.words.finder.fits import (
    DETERMINERS,
    ONE_FOR_MANY,
    counts_one,
    is_several,
    plain_words,
    reads_many,
)
from portfolio.words.finder.page import Page
from portfolio.words.finder.tokens import END
from portfolio.words.glossary.load import Glossary, starter
from portfolio.words.terms import Finding

_STARTERS: Final = re.compile(r"^(?:the|a|an)\s+")
_LIKE_A_CONSONANT: Final = re.compile(r"(?:u(?:ni(?!n|m)|s[aeiu]|t[ei])|eu|one(?!r)|once)", re.IGNORECASE)
_SILENT_H: Final = re.compile(r"(?:hour|hono|honest|heir)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text with one school word said plainly: ``text`` is the old one with ``words`` for its ``[start:end]``."""

    text: str
    start: int
    end: int
    words: str


def swapped(text: str, finding: Finding, glossary: Glossary | None = None) -> Swapped | None:
    """Say one finding of a text plainly; nothing else in the text changes, but for a word that must agree.

    Returns ``None`` where the glossary has no plain words for it, or none that fit this place: those words are
    for explaining, not for swapping. ``finding`` is one that :func:`find` gave for this very text.
    """
    words = glossary or starter()
    if finding.term not in words or words.term(finding.term).swap is None:
        return None
    page = Page(text)
    hit = _hit(page, finding, words)
    if hit is None:
        return None
    plain = plain_words(page, hit)
    if not plain:
        return None
    return _Change(page, hit, finding, plain).made()


def _hit(page: Page, finding: Finding, glossary: Glossary) -> Hit | None:
    """Return the words a finding stands for, and which form of the term they are."""
    starts = (page.normal.original(word.start, word.end)[0] for word in page.words)
    first = next((place for place, start in enumerate(starts) if start == finding.start), len(page.words))
    for last in range(first, min(first + 12, len(page.words))):
        for hit in candidates(page, glossary.index, first, last):
            end = page.normal.original(page.words[first].start, hit.end)[1]
            if hit.form.term.term_id == finding.term and end == finding.end:
                hit.verdict = Verdict.SURE
                return hit
    return None


# ------------------------------------------------------------------------------------------ which plain words


class _Change:
    """One swap in the making: the range it changes grows where a neighbour must agree."""

    def __init__(self, page: Page, hit: Hit, finding: Finding, plain: str) -> None:
        """Take the place and the plain words in their dictionary form."""
        self.page, self.hit, self.plain = page, hit, plain
        self.start, self.end = finding.start, finding.end
        self.first, self.behind = hit.first, ""

    def made(self) -> Swapped:
        """Return the text with the change in it."""
        loud = shouted(self.page, self.hit) and self.page.words[self.hit.last].text.isupper()
        plain = self._determined()
        opened = self._article(plain)
        plain = self._capital(plain) if not opened else plain
        words = opened + (plain.upper() if loud else plain)
        self._agreeing()
        text = self.page.original
        words += self.behind.upper() if loud else self.behind
        return Swapped(text[: self.start] + words + text[self.end :], self.start, self.end, words)

    def _before(self) -> str:
        """Return the word directly before, in small letters, if only a space stands between."""
        first = self.hit.first
        return self.page.words[first - 1].full if first and self.page.words[first].between == " " else ""

    def _determined(self) -> str:
        """Return the plain words without an article of their own where one stands before them."""
        before = self._before()
        owner = self.hit.first and self.page.words[self.hit.first - 1]
        if before in DETERMINERS or (before and owner and owner.base != owner.full):
            return _STARTERS.sub("", self.plain)
        return self.plain

    def _article(self, plain: str) -> str:
        """Return "a " or "an " as the plain words need it, taken into the range; nothing if it is right already."""
        if self._before() not in {"a", "an"}:
            return ""
        word = self.page.words[self.hit.first - 1]
        wanted = "an" if sounds_open(plain) else "a"
        counted = not counts_one(self.hit.form.term.swap)  # one cannot say "an extra help"
        if counted and wanted == word.full:
            return ""
        self.start = self.page.normal.original(word.start, word.end)[0]
        self.first -= 1
        if not counted:
            return ""
        if word.text.isupper() and len(wanted + word.text) > 2 and shouted(self.page, self.hit):
            wanted = wanted.upper()
        elif word.text[0].isupper():
            wanted = wanted.capitalize()
        return wanted + " "

    def _capital(self, plain: str) -> str:
        """Return the plain words with a capital where a sentence or a line begins with them."""
        word = self.page.words[self.first]
        opens = (self.first == 0 or word.gap == END) and not any(
            sign.isalpha() for sign in word.between[-40:]
        )
        line = "\n" in word.between or any(sign in word.between for sign in '"“”«„')
        if word.text[:1].isupper() and (opens or (line and not self.hit.form.printed[:1].isupper())):
            return plain[:1].upper() + plain[1:]
        return plain

    def _agreeing(self) -> None:
        """Take a verb right behind into the change where many become one: "interventions are" → "extra help is"."""
        swap, place = self.hit.form.term.swap, self.hit.last + 1
        if swap is None or not is_several(self.hit.form) or reads_many(swap.pl or swap.sg):
            return
        if swap.pl and swap.pl != swap.sg:
            return
        if place >= len(self.page.words) or self.page.words[place].between != " ":
            return
        word = self.page.words[place]
        one = ONE_FOR_MANY.get(word.text.lower())
        if one:
            self.behind = " " + one
            self.end = self.page.normal.original(word.start, word.end)[1]


def sounds_open(words: str) -> bool:
    """Return whether words begin with the sound of a vowel, so that "an" stands before them."""
    first = words.split(" ")[0].lower()
    if first[:1].isdigit():
        return bool(re.match(r"8|11(?!\d)|18(?!\d)", first))
    if first[:1] in "aeiou":
        return not _LIKE_A_CONSONANT.match(first)
    return bool(_SILENT_H.match(first))
