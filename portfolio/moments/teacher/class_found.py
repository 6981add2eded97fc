"""The school words of each book, kept from one opening of the desk to the next.

Looking for school words takes longer than all else a class screen does. What was found is kept in the class's
folder under a digest of everything it depends on: the whole book, what the class asks, the glossary, our finder.
So it can never be stale: a changed book has another digest, and is looked through anew. The file holds no word
anybody wrote and no name, only digests and ids of glossary terms; it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from portfolio.errors import PortfolioError
from portfolio.model import Book
from portfolio.moments.check_words import places
from portfolio.moments.nudges import TESTING
from portfolio.rules.class_facts import OpenWords
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.glossary_layers import FILES
from portfolio.words import find
from portfolio.words.glossary.load import Glossary

FILE: Final = "school-words-found.json"
LARGEST: Final = 4_000_000
"""Bytes of the file that are read; more was not written by us."""


def open_words(book: Book, glossary: Glossary) -> OpenWords:
    """Return the school words of a book that nobody has explained or called fine, each once, in order.

    The same as the open ones of :func:`portfolio.moments.check_words.words_of_book`, without looking for plain
    words to put in their place.
    """
    child: dict[str, None] = {}
    note: dict[str, None] = {}
    tests = False
    for place in places(book):
        for term, explained in _sure(place.passage.text, glossary):
            tests = tests or TESTING in glossary.term(term).tags
            if not explained and not place.entry.chose(term):
                (note if place.by_teacher else child)[term] = None
    return OpenWords(tuple(child), tuple(note), tests)


def _sure(text: str, glossary: Glossary) -> Iterator[tuple[str, bool]]:
    """Yield each school word that is one for sure, once, and whether the text explains it."""
    sure: dict[str, None] = {}
    explained: set[str] = set()
    for one in find(text, glossary):
        if one.confidence == "sure":
            sure[one.term] = None
        if one.explained:
            explained.add(one.term)
    yield from ((term, term in explained) for term in sure)


class FoundWords:
    """What was found in the books of a class: asked book by book, written down after a look at all of them."""

    def __init__(self, folder: ClassFolder) -> None:
        self._folder = folder
        self._path = folder.hidden / FILE
        self._kept: dict[str, OpenWords] | None = None
        self._now: dict[str, tuple[str, OpenWords]] = {}
        """By portfolio: the digest its words were found under, and the words."""
        self._about: tuple[tuple[object, ...], bytes] = ((), b"")

    def words(self, book: Book) -> OpenWords:
        """Return the open school words of a book: as they were found before, if nothing has changed."""
        if self._kept is None:
            self._kept = _read(self._path)
        glossary = self._folder.glossary()
        digest = self._digest(book, glossary)
        found = self._kept.get(digest)
        self._now[book.portfolio.meta.portfolio_id] = (digest, found or open_words(book, glossary))
        return self._now[book.portfolio.meta.portfolio_id][1]

    def keep(self, portfolio_ids: Iterable[str]) -> None:
        """Write down what was found in these books, and nothing of others. Not being able to is no trouble."""
        known = dict(self._now[name] for name in portfolio_ids if name in self._now)
        if known == self._kept:
            return
        self._kept = known
        told = {name: [one.child, one.note, one.tests] for name, one in sorted(known.items())}
        with contextlib.suppress(OSError, PortfolioError):
            write_atomically(self._path, json.dumps(told).encode(), mode=0o600)

    def _digest(self, book: Book, glossary: Glossary) -> str:
        depends = (glossary, book.template, book.outline)
        if [*map(id, depends)] != [*map(id, self._about[0])]:
            asks = f"{book.template.model_dump_json()}{[cell.model_dump_json() for cell in book.outline]}"
            self._about = (depends, _about(self._folder) + hashlib.sha256(asks.encode()).digest())
        parts = hashlib.sha256(self._about[1])
        parts.update(book.portfolio.model_dump_json().encode())
        return parts.hexdigest()


def _about(folder: ClassFolder) -> bytes:
    """Return a digest of the finder, and of the school words of a class."""
    parts = hashlib.sha256(_finder())
    for name in FILES:
        with contextlib.suppress(OSError):
            data = (folder.path / name).read_bytes() if (folder.path / name).is_file() else b""
            parts.update(name.encode() + hashlib.sha256(data).digest())
    return parts.digest()


@lru_cache(maxsize=1)
def _finder() -> bytes:
    """Return a digest of our program for finding words, and of the school words we ship."""
    from portfolio import words
    from portfolio.moments import check_words

    here = Path(str(words.__file__)).parent
    files = [
        Path(__file__),
        Path(str(check_words.__file__)),
        *sorted(here.rglob("*.py")),
        *sorted(here.rglob("*.txt")),
    ]
    parts = hashlib.sha256()
    for path in (*files, here / "glossary" / "en.json"):
        with contextlib.suppress(OSError):
            parts.update(hashlib.sha256(path.read_bytes()).digest())
    return parts.digest()


def _read(path: Path) -> dict[str, OpenWords]:
    """Return what was kept, nothing at all if the file is not as we write it."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        told = json.loads(path.read_bytes())
        return {str(name): _known(one) for name, one in told.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _known(one: Any) -> OpenWords:
    child, note, tests = one
    if not (isinstance(tests, bool) and all(isinstance(term, str) for term in (*child, *note))):
        raise ValueError("not written by us")
    return OpenWords(tuple(child), tuple(note), tests)
