"""The school words of a class: are they well written, what are they, one more of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.store.class_folder import ClassFolder
from portfolio.store.glossary_file import FiledEntry, GlossaryFile, put_over, read_glossary
from portfolio.store.glossary_layers import CLASS_FILE, FILES, SCHOOL_FILE, regular
from portfolio.store.glossary_write import added, write_glossary
from portfolio.words import find
from portfolio.words.glossary.check import Remark, level_remark, remarks, translation_counts, written_as
from portfolio.words.glossary.load import Glossary, starter
from portfolio.words.terms import Finding, Term


@dataclass(frozen=True)
class Looked:
    """One glossary file: how many words it explains and takes away, what is to be said, how it is translated."""

    name: str
    words: int = 0
    off: int = 0
    remarks: tuple[Remark, ...] = ()
    translated: tuple[tuple[str, dict[str, int]], ...] = ()
    trouble: PortfolioError | None = None

    @property
    def well(self) -> bool:
        """Return whether nothing must be mended."""
        return self.trouble is None and not any(remark.mistake for remark in self.remarks)


def check_file(path: Path) -> Looked:
    """Look at one glossary file, over the words we ship. Raises ``NotFound`` if it is not there."""
    return _looked_at(path, starter())[0]


def check_class_glossary(folder: ClassFolder) -> tuple[Looked, ...]:
    """Look at the glossary files of a class, each over those below it; none if the class has none."""
    below, found = starter(), []
    for name in FILES:
        try:
            looked, below = _looked_at(folder.path / name, below)
        except NotFound:
            continue
        found.append(looked)
    return tuple(found)


def _looked_at(path: Path, below: Glossary) -> tuple[Looked, Glossary]:
    try:
        file = read_glossary(regular(path))
        whole = put_over(below, file)
    except NotFound:
        raise
    except PortfolioError as trouble:
        return Looked(path.name, trouble=trouble), below
    own = [(entry, whole.term(str(entry.said["id"]))) for entry in file.entries if not entry.said.get("off")]
    terms = [term for _, term in own]
    found = [remark for entry, term in own for remark in _remarks(file, entry, term, whole)]
    counts = {lang: dict(count) for lang, count in translation_counts(terms).items()}
    looked = Looked(
        file.name,
        len(own),
        len(file.entries) - len(own),
        (*found, *level_remark(terms, file.name)),
        tuple(counts.items()),
    )
    return looked, whole


def _remarks(file: GlossaryFile, entry: FiledEntry, term: Term, whole: Glossary) -> tuple[Remark, ...]:
    return tuple(remarks(term, whole, file=file.name, line=entry.line))


@dataclass(frozen=True)
class NewWord:
    """What a teacher says of a school word; ``off`` takes it away instead."""

    term: str
    plain: str = ""
    kid: str = ""
    swap: str = ""
    off: bool = False


def add_word(folder: ClassFolder, word: NewWord, *, school: bool = False) -> str:
    """Write a word at the end of the class's glossary file (or its school's) and return its id.

    A word the glossary knows keeps its id. Raises ``InputRefused`` for a word that is in the file already or
    that ``check`` would not take, ``NotFound`` for a word to take away that is not there, ``StorageTrouble``.
    """
    path = regular(folder.path / (SCHOOL_FILE if school else CLASS_FILE))
    below = _below(folder, school=school)
    term_id = _known_id(word, below)
    text = _text_of(path)
    if text is not None and _line_of(path, term_id):
        raise InputRefused(
            "“{term}” stands in {file} already, in line {line}. Change it there.",
            term=word.term[:60],
            file=path.name,
            line=_line_of(path, term_id),
        )
    written, file = added(text or "", _entry(word, term_id, below), path.name)
    whole = put_over(below, file)
    if not word.off:
        found = [one for one in _remarks(file, file.entries[-1], whole.term(term_id), whole) if one.mistake]
        if found:
            raise found[0].sentence
    write_glossary(path, written)
    return term_id


def _below(folder: ClassFolder, *, school: bool) -> Glossary:
    """Return the glossary under the file that is written to."""
    if school:
        return starter()
    try:
        return put_over(starter(), read_glossary(regular(folder.path / SCHOOL_FILE)))
    except NotFound:
        return starter()


def _text_of(path: Path) -> str | None:
    try:
        read_glossary(path)
    except NotFound:
        return None
    return path.read_text(encoding="utf-8-sig")


def _line_of(path: Path, term_id: str) -> int:
    entries = read_glossary(path).entries
    return next((one.line for one in entries if one.said["id"] == term_id), 0)


def _known_id(word: NewWord, below: Glossary) -> str:
    """Return the id of a term: the one it has, else one made of its letters."""
    known = word.term if word.term in below else written_as(word.term, below, exact=False)
    if known:
        return known
    if word.off:
        raise NotFound(
            "There is no school word “{term}” in this glossary, so there is nothing to take away.",
            term=word.term[:60],
        )
    if not word.plain.strip():
        raise InputRefused(
            'Say what “{term}” means, in at most 25 words: --plain "…"', term=word.term[:60]
        )  # fmt: skip
    plain = unicodedata.normalize("NFKD", word.term).encode("ascii", "ignore").decode("ascii").lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return _free(made or "word", below)


def _free(made: str, below: Glossary) -> str:
    """Return an id nobody has."""
    found, number = made, 2
    while found in below:
        found, number = f"{made}-{number}", number + 1
    return found


def _entry(word: NewWord, term_id: str, below: Glossary) -> dict[str, object]:
    if word.off:
        return {"id": term_id, "off": True}
    said = {"plain": word.plain, "kid": word.kid, "swap": word.swap}
    entry: dict[str, object] = {"id": term_id}
    if term_id not in below:
        entry["term"] = " ".join(word.term.split())
    entry |= {name: " ".join(text.split()) for name, text in said.items() if text.strip()}
    if entry.keys() <= {"id"}:
        raise InputRefused(
            "Say what is to be different about “{term}”: --plain, --kid, --swap or --off.",
            term=word.term[:60],
        )
    return entry


@dataclass(frozen=True)
class Told:
    """A school word found in a text: the words of the text, what is known of them, how sure it is."""

    text: str
    term: Term
    finding: Finding


def told_of(text: str, glossary: Glossary) -> tuple[Told, ...]:
    """Return what the finder says of a text."""
    return tuple(
        Told(text[one.start : one.end], glossary.term(one.term), one) for one in find(text, glossary)
    )


def looked_up(word: str, glossary: Glossary) -> Term:
    """Return a term by its id or any way it is written. Raises ``NotFound``."""
    known = word if word in glossary else written_as(word, glossary, exact=False)
    return glossary.term(known or word)
