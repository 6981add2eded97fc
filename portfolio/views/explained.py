"""School words on a family's page: which are explained where, once a section, each in the page's language.

A text comes in and leaves as pieces (:class:`Piece`) whose texts, joined, are the text as it was. What is marked is
decided while a page is put together, from its first word to its last: :class:`SchoolWords` keeps count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal
from weakref import WeakKeyDictionary

from portfolio.words.terms import Finding, Term
from portfolio.words.writing import written_in

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary

Way = Literal["link", "button"]
"""How an explanation opens: ``link`` leads to a note in the same file, ``button`` opens a card over the page."""

OnPaper = Literal["", "always", "short"]
"""Whether brackets follow a word on paper: no, yes, or only where the long sections are left out."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a page says of a school word.

    ``term`` as a school prints it, in English · ``here`` the same in the page's language, or empty · ``plain`` the
    explanation, in ``lang`` · ``draft`` whether nobody has checked this translation.
    """

    term: str
    here: str
    plain: str
    lang: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A word explained here: its number on the page, as it was written, what is said of it, whether paper says it too."""

    number: int
    written: str
    says: Explanation
    on_paper: OnPaper


@dataclass(frozen=True, slots=True)
class Listed:
    """A word in the list at the end: as it was written first, what is said of it, and where it stands.

    ``places`` are pairs of a mark's number and the number of the page it is on, in the order of the file.
    """

    written: str
    says: Explanation
    places: tuple[tuple[int, int], ...]

    @property
    def printed(self) -> str:
        """The word as a school prints it, or empty where the written one shows it already ("exit tickets")."""
        return "" if self.says.term.casefold() in self.written.casefold() else self.says.term


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, as it was written; ``mark`` is there where it is a word to explain."""

    text: str
    mark: Mark | None = None


Line = tuple[Piece, ...]
"""One line of a text. Where a word stands on two lines, its mark is on the first."""


def cut(text: str, findings: Iterable[Finding]) -> Iterator[tuple[str, Finding | None]]:
    """Yield a text in pieces, the findings apart from what stands between them; nothing is lost or empty."""
    at = 0
    for finding in findings:
        if finding.start > at:
            yield text[at : finding.start], None
        yield text[finding.start : finding.end], finding
        at = finding.end
    if at < len(text):
        yield text[at:], None


def lines_of(pieces: Iterable[Piece]) -> tuple[Line, ...]:
    """Return pieces line by line, empty lines too."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        mark = piece.mark
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Piece(part, mark))
                mark = None
    return tuple(map(tuple, lines))


_KEPT: WeakKeyDictionary[Glossary, dict[bytes, tuple[Finding, ...]]] = WeakKeyDictionary()
"""Findings by glossary and digest of the text: two homes of a child read the same words. No text is kept."""

_MOST_KEPT: Final = 8192


def findings_in(text: str, glossary: Glossary) -> tuple[Finding, ...]:
    """Return the school words of a text that are sure to be some."""
    kept = _KEPT.setdefault(glossary, {})
    key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if key not in kept:
        from portfolio.words import find  # only where there is a text

        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = tuple(one for one in find(text, glossary) if one.confidence == "sure")
    return kept[key]


class SchoolWords:
    """The school words of one page while it is put together. Templates call it in the order of the page.

    ``glossary`` none: the one we ship. ``languages`` are those the readers read, the best one first.
    """

    def __init__(self, glossary: Glossary | None, languages: Sequence[str], way: Way = "link") -> None:
        """Begin a page that has no words yet."""
        self._glossary, self._languages, self.way = glossary, tuple(languages), way
        self._page = 0
        self._done: set[str] = set()
        self._paper: set[str] = set()
        self._short: set[str] = set()
        self._long = False
        self._marks = 0
        self._listed: dict[str, Listed] = {}

    def fresh(self) -> SchoolWords:
        """Return the same for a page that is put together anew."""
        return SchoolWords(self._glossary, self._languages, self.way)

    def begin(self, page: int, fine: Sequence[str] = (), *, long: bool = False) -> str:
        """Begin a section: each word is explained once more. Returns an empty text, for templates.

        ``page`` is the number printed below it; ``fine`` are the ids of words that need no explaining here;
        ``long`` says that the short print leaves this section out.
        """
        self._page, self._done, self._long = page, set(fine), long
        return ""

    def pieces(self, text: str) -> Line:
        """Return a text in pieces, marked where a word is met for the first time in this section."""
        if not text.strip():
            return (Piece(text),) if text else ()
        if self._glossary is None:
            from portfolio.words.glossary import starter

            self._glossary = starter()
        found = findings_in(text, self._glossary)
        if not found:
            return (Piece(text),)
        return tuple(self._joined((part, self._marked(part, finding)) for part, finding in cut(text, found)))

    def lines(self, text: str) -> tuple[Line, ...]:
        """Return the lines of a text that are not empty."""
        return tuple(line for line in lines_of(self.pieces(text)) if _says_something(line))

    def tongue(self, line: Line, lang: str) -> str:
        """Return the language of a line of words in ``lang``: another one where it is in another writing of its readers."""
        return written_in("".join(piece.text for piece in line), lang, self._languages)

    def paragraphs(self, text: str) -> tuple[tuple[Line, ...], ...]:
        """Return a text as paragraphs of lines; an empty line stands between two paragraphs."""
        paragraphs: list[list[Line]] = [[]]
        for line in lines_of(self.pieces(text.replace("\r\n", "\n"))):
            if _says_something(line):
                paragraphs[-1].append(line)
            elif paragraphs[-1]:
                paragraphs.append([])
        return tuple(tuple(one) for one in paragraphs if one)

    @property
    def words(self) -> tuple[Listed, ...]:
        """Every word explained so far, once, by the alphabet of how it was written."""
        return tuple(sorted(self._listed.values(), key=lambda one: (one.written.casefold(), one.places)))

    def _marked(self, written: str, finding: Finding | None) -> Mark | None:
        if finding is None or finding.term in self._done:
            return None
        self._done.add(finding.term)
        if finding.explained or self._glossary is None:
            return None
        self._marks += 1
        written, place = " ".join(written.split()), (self._marks, self._page)
        known = self._listed.get(finding.term)
        says = known.says if known else explanation(self._glossary.term(finding.term), self._languages)
        self._listed[finding.term] = Listed(
            known.written if known else written, says, (*(known.places if known else ()), place)
        )
        return Mark(self._marks, written, says, self._on_paper(finding.term))

    def _on_paper(self, term: str) -> OnPaper:
        """Return whether brackets follow: at the first use in the file, and at the first in its short print."""
        first, first_in_short = term not in self._paper, term not in self._short and not self._long
        self._paper.add(term)
        if not self._long:
            self._short.add(term)
        return "always" if first else "short" if first_in_short else ""

    @staticmethod
    def _joined(parts: Iterable[tuple[str, Mark | None]]) -> Iterator[Piece]:
        """Yield the pieces; what is not marked stays one piece with its neighbours."""
        plain = ""
        for text, mark in parts:
            if mark is None:
                plain += text
                continue
            if plain:
                yield Piece(plain)
            yield Piece(text, mark)
            plain = ""
        if plain:
            yield Piece(plain)


def explanation(term: Term, languages: Iterable[str]) -> Explanation:
    """Return what readers of these languages are told of a term: in the first the glossary has, else in English."""
    for lang in languages:
        if lang.split("-")[0] == "en":
            break
        there = term.translated(lang)
        if there is not None and there.plain:
            here = there.term if there.term.casefold() != term.term.casefold() else ""
            return Explanation(term.term, here, there.plain, there.lang, draft=there.status != "human")
    return Explanation(term.term, "", term.plain, "en", draft=False)


def _says_something(line: Line) -> bool:
    return any(piece.text.strip() for piece in line)
