"""What may still tell of an erased child: its markers, looked for in every byte of every file of the class."""

from __future__ import annotations

import html
import json
import mmap
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portfolio.errors import PortfolioError
from portfolio.model import Portfolio, Student
from portfolio.rules.family_view import passages_in
from portfolio.store.archive import shown_media
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore

SHORTEST_NAME = 4
"""Bytes (UTF-8). Shorter names stand in pictures and recordings by chance, so only texts are searched for them."""
SHORTEST_TEXT = 12
MOST_TEXTS = 60
"""Texts looked for; of more than that the longest, which surely nobody else wrote."""

_ANYBODY = re.compile(r"student(-\d+)?")  # ids of names without Latin letters: an everyday word
_HEAD = 4096  # bytes in which every file that is no text has a NUL
_BEGINNING = 60  # characters of a text: what follows is there when this is
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") | frozenset(
    range(128, 256)
)

Where = Literal["copy", "packed", "database", "log", "file"]


@dataclass(frozen=True)
class Markers:
    """What tells of a child: words that must stand alone (names, ids), and texts and digests that need not.

    ``short`` are names of few letters, looked for in names of files and in texts alone.
    """

    words: tuple[str, ...]
    texts: tuple[str, ...]
    short: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trace:
    """A file that still tells of the child, or may: its name in the class folder, and what kind it is.

    ``whose`` names children whose own portfolios mention it (those stay theirs).
    """

    file: str
    where: Where
    whose: tuple[str, ...] = ()


def markers_of(store: ClassStore, student: Student, portfolios: Iterable[Portfolio]) -> Markers:
    """Return what tells of a child: ids, names, digests, and what is in its entries now and was earlier."""
    books = tuple(portfolios)
    words = {student.student_id, *(book.meta.portfolio_id for book in books)}
    words -= {i for i in words if _ANYBODY.fullmatch(i)}
    # a family name that others share tells of them as well: it is no mark of this child
    others = {
        w for s in store.students() if s.student_id != student.student_id for w in (s.name, *s.name.split())
    }
    names = {student.name, *student.name.split()} - others
    words |= names
    texts = {p.text for p in passages_in((student, books))}
    texts |= {t.text for p in passages_in((student, books)) for t in p.translations}
    for book in books:
        for entry in book.entries():
            changes = store.history(book.meta.portfolio_id, entry.entry_id)
            texts |= {p.text for change in changes for p in passages_in(change)}
    for home in student.households:
        texts |= {home.reach_by, home.reach_when, home.other_children, home.access_needs}
    long = sorted((t.strip()[:_BEGINNING] for t in texts if len(t.strip()) >= SHORTEST_TEXT), key=len)
    digests = frozenset[str]().union(*(shown_media(book) for book in books))
    return Markers(
        tuple(sorted(w for w in words if not _is_short(w))),
        (*dict.fromkeys(reversed(long[-MOST_TEXTS:])), *sorted(digests)),
        tuple(sorted(w for w in names if _is_short(w) and len(w) > 1)),
    )


def _is_short(word: str) -> bool:
    return len(word.encode("utf-8", "replace")) < SHORTEST_NAME


def traces(folder: ClassFolder, markers: Markers, copies: Iterable[Path]) -> tuple[Trace, ...]:
    """Return which files of a class tell of a child. ``copies`` are told of whatever can be seen in them."""
    known, found = set(copies), []
    own_words = _quietly(folder.template_file)  # a phrase of the class is no trace of a child
    texts = tuple(t for t in markers.texts if not any(form in own_words for form in _forms(t)))
    short = tuple(w for w in markers.short if not _alone(own_words, w.encode("utf-8", "replace")))
    wanted = Markers(markers.words, texts, short)
    for path in _files(folder.path):
        name = path.relative_to(folder.path).as_posix()
        if path in known:
            found.append(Trace(name, "copy"))
        elif path.suffix in (".zip", ".gz", ".7z"):
            found.append(Trace(name, "packed"))
        elif _named_after(name, markers) or holds(path, wanted):
            found.append(Trace(name, _where(folder, path), _mentions(folder, path, wanted)))
    return tuple(found)


def holds(path: Path, markers: Markers) -> bool:
    """Return whether a file has one of the markers in it, in any of the ways a text may be written down."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _has(data, markers)
    except (ValueError, OSError):  # an empty file cannot be mapped; one that is gone holds nothing
        return False


def _has(data: mmap.mmap | bytes, markers: Markers) -> bool:
    is_text = b"\0" not in data[:_HEAD]
    words = (*markers.words, *(markers.short if is_text else ()))
    return any(_alone(data, form) for word in words for form in _forms(word)) or any(
        data.find(form) >= 0 for text in markers.texts for form in _forms(text)
    )


def _alone(data: mmap.mmap | bytes, word: bytes) -> bool:
    """Return whether a word stands somewhere with nothing beside it that would make it another word."""
    at = data.find(word)
    while at >= 0:
        before, after = data[max(0, at - 1) : at], data[at + len(word) : at + len(word) + 1]
        if not ({*before, *after} & _WORD):
            return True
        at = data.find(word, at + 1)
    return False


def _forms(text: str) -> tuple[bytes, ...]:
    """Return the ways a text may be written: plain, in JSON, in HTML, in UTF-16, with accents apart as on a Mac."""
    apart = unicodedata.normalize("NFD", text)
    return tuple(dict.fromkeys(form for t in (text, apart) for form in _forms_of(t)))


def _forms_of(text: str) -> tuple[bytes, ...]:
    plain = text.encode("utf-8", "replace")
    as_json = [json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)]
    as_html = html.escape(text)  # Python's way; Jinja's has other numbers
    as_page = as_html.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    forms = [plain, *(t.encode("utf-8", "replace") for t in (*as_json, as_html, as_page))]
    return (*forms, text.encode("utf-16-le", "replace"))


def _named_after(name: str, markers: Markers) -> bool:
    return _has(f"/{name}/".encode(), markers)


def _where(folder: ClassFolder, path: Path) -> Where:
    if path.name.startswith(folder.database.name):
        return "database"
    return "log" if path.suffix == ".log" else "file"


def _mentions(folder: ClassFolder, path: Path, markers: Markers) -> tuple[str, ...]:
    """Return the names of other children whose portfolios mention the erased one."""
    if path != folder.database:
        return ()
    store = folder.store()
    try:
        names = []
        for student in store.students():
            ids = [meta.portfolio_id for meta in store.rounds(student.student_id)]
            bodies = [student.model_dump_json(), *(_body(store, pid) for pid in ids)]
            if any(_has(body.encode("utf-8"), markers) for body in bodies):
                names.append(student.name)
        return tuple(names)
    finally:
        store.close()


def _body(store: ClassStore, portfolio_id: str) -> str:
    try:
        return store.portfolio(portfolio_id).model_dump_json()
    except PortfolioError:
        return ""


def _files(root: Path) -> Iterator[Path]:
    """Yield every plain file below a folder, sorted; links are not followed."""
    for path in sorted(root.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def _quietly(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
