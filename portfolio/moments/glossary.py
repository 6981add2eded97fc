# long: all that is asked of a glossary, and what is answered, in one place
"""The school words of a class: are they well written, what are they, one more of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portfolio.errors import N_, InputRefused, NotFound, PortfolioError
from portfolio.store.class_folder import ClassFolder
from portfolio.store.glossary_file import FiledEntry, GlossaryFile, parse_glossary, put_over, read_glossary
from portfolio.store.glossary_layers import CLASS_FILE, FILES, SCHOOL_FILE
from portfolio.store.glossary_write import added, changed, in_comments, write_glossary
from portfolio.store.trouble import regular
from portfolio.words import find
from portfolio.words.glossary.check import Remark, level_remark, remarks, translation_counts, written_as
from portfolio.words.glossary.load import Glossary, starter
from portfolio.words.languages import language
from portfolio.words.terms import Finding, Term


@dataclass(frozen=True)
class Looked:
    """One glossary file: how many words it explains and takes away, what is to be said, how it is translated.

    ``lost``: each word the file says anew, with the languages (own names) it was explained in below and is no more.
    """

    name: str
    words: int = 0
    off: int = 0
    remarks: tuple[Remark, ...] = ()
    translated: tuple[tuple[str, dict[str, int]], ...] = ()
    trouble: PortfolioError | None = None
    lost: tuple[tuple[str, tuple[str, ...]], ...] = ()

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
    found = [
        remark for entry, term in own for remark in remarks(term, whole, file=file.name, line=entry.line)
    ]
    counts = {lang: dict(count) for lang, count in translation_counts(terms).items()}
    looked = Looked(
        file.name,
        len(own),
        len(file.entries) - len(own),
        (*found, *level_remark(terms, file.name)),
        tuple(counts.items()),
        lost=tuple((term.term, gone) for term in terms if (gone := _lost(below, term))),
    )
    return looked, whole


def _lost(below: Glossary, term: Term) -> tuple[str, ...]:
    """Return the languages a term was explained in below and is no more, by their own names."""
    before = below.term(term.term_id).translations if term.term_id in below else ()
    return tuple(language(one.lang).own_name for one in before if not term.translated(one.lang))


@dataclass(frozen=True)
class NewWord:
    """What a teacher says of a school word; ``off`` takes it away instead, ``on`` gives it back."""

    term: str
    plain: str = ""
    kid: str = ""
    swap: str = ""
    off: bool = False
    on: bool = False


@dataclass(frozen=True)
class Written:
    """What was done with a word.

    ``how``: it is "new" in the file, "changed", "off" or "on" · ``known`` what the glossary below said of it, if its
    explanation is another now · ``lost`` languages (own names) it was explained in and is no more · ``kid_gone``: the
    file's own words for a child were taken out · ``kid`` what a child is told now, if those are older words.
    """

    term_id: str
    term: str
    how: Literal["new", "changed", "off", "on"]
    known: Term | None = None
    lost: tuple[str, ...] = ()
    kid_gone: bool = False
    kid: str = ""


def add_word(folder: ClassFolder, word: NewWord, *, school: bool = False) -> Written:
    """Write a word into the class's glossary file (or its school's); a word that stands there is changed.

    A word the glossary knows keeps its id. Raises ``InputRefused`` for a word that ``check`` would not take,
    ``NotFound`` for a word to take away that is not there, ``StorageTrouble``.
    """
    if word.off and (word.on or word.plain or word.kid or word.swap):
        raise InputRefused("Say either --off or what the word means. Nothing was changed.")
    path = regular(folder.path / (SCHOOL_FILE if school else CLASS_FILE))
    below = _below(folder, school=school)
    text = _text_of(path)
    before = parse_glossary(text, path.name)
    whole = put_over(below, before)
    term_id = _known_id(word, whole, below, before)
    old = next((one for one in before.entries if one.said["id"] == term_id), None)
    if word.on and not (old and old.said.get("off")):
        raise _not_off(word, term_id, path.name, whole)
    new_text, after = _new_text(text, word, term_id, old, below=below, name=path.name)
    now = put_over(below, after)
    if not word.off:
        entry = next(one for one in after.entries if one.said["id"] == term_id)
        told = remarks(now.term(term_id), now, file=after.name, line=entry.line)
        found = [one for one in told if one.mistake]
        if found:
            raise found[0].sentence
    write_glossary(path, new_text)
    return _done(word, term_id, old, (below, whole, now))


def _new_text(
    text: str, word: NewWord, term_id: str, old: FiledEntry | None, *, below: Glossary, name: str
) -> tuple[str, GlossaryFile]:
    if old is None:
        return added(text, _entry(word, term_id, below), name)
    if word.off and term_id not in below:
        return in_comments(text, term_id, name)  # a file may only put words off that stand below it
    if word.off:
        return changed(text, term_id, {"off": True}, (), name)
    sets = {key: said for key, said in _said(word).items() if key != "plain" or said != old.said.get("plain")}
    if not (word.on or _said(word)):
        raise _nothing_said(word)
    drops = ["off"] if old.said.get("off") else []
    if "plain" in sets:
        drops += [key for key in ("tr", "kid") if key in old.said and key not in sets]
    return changed(text, term_id, sets, drops, name)


def _done(word: NewWord, term_id: str, old: FiledEntry | None, stages: tuple[Glossary, ...]) -> Written:
    """Return what is to be told of a word; ``stages``: the glossary below the file, with it, with it as it is now."""
    below, whole, now = stages
    ours = below.term(term_id) if term_id in below else None
    was = whole.term(term_id) if term_id in whole else ours
    if word.off:
        return Written(term_id, was.term if was else word.term, "off")
    term = now.term(term_id)
    how: Literal["new", "changed", "on"] = (
        "new" if old is None else "on" if old.said.get("off") else "changed"
    )
    if was is None or was.plain == term.plain:
        return Written(term_id, term.term, how)
    return Written(
        term_id, term.term, how,
        known=ours if ours and ours.plain != term.plain else None,
        lost=_lost(whole if term_id in whole else below, term),
        kid_gone=bool(old and old.said.get("kid")) and not word.kid.strip(),
        kid="" if word.kid.strip() else term.kid,
    )  # fmt: skip


def _not_off(word: NewWord, term_id: str, name: str, whole: Glossary) -> InputRefused:
    here = N_("“{term}” is not switched off in {file}.")
    there = N_("“{term}” is not switched off in {file}, but in {other}. Switch it on there: add --school.")
    text = here if term_id in whole else there
    return InputRefused(text, term=word.term[:60], file=name, other=SCHOOL_FILE)


def _nothing_said(word: NewWord) -> InputRefused:
    return InputRefused(
        "Say what is to be different about “{term}”: --plain, --kid, --swap or --off.", term=word.term[:60]
    )


def _below(folder: ClassFolder, *, school: bool) -> Glossary:
    """Return the glossary under the file that is written to."""
    if school:
        return starter()
    try:
        return put_over(starter(), read_glossary(regular(folder.path / SCHOOL_FILE)))
    except NotFound:
        return starter()


def _text_of(path: Path) -> str:
    """Return a file's text with its own line ends, "" if there is none."""
    try:
        read_glossary(path)
    except NotFound:
        return ""
    return path.read_bytes().decode("utf-8-sig")


def _known_id(word: NewWord, whole: Glossary, below: Glossary, file: GlossaryFile) -> str:
    """Return the id of a term: the one it has, here or below, else one made of its letters."""
    for glossary in (whole, below, *((starter(),) if word.on else ())):
        known = word.term if word.term in glossary else written_as(word.term, glossary, exact=False)
        if known:
            return known
    if word.off or word.on:
        raise NotFound(
            "There is no school word “{term}” in this glossary, so there is nothing to take away."
            if word.off
            else "There is no school word “{term}” that could be switched on. Say what it means: --plain “…”",
            term=word.term[:60],
        )
    if not word.plain.strip():
        raise InputRefused('Say what “{term}” means, in at most 25 words: --plain "…"', term=word.term[:60])
    plain = unicodedata.normalize("NFKD", word.term).encode("ascii", "ignore").decode("ascii").lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return _free(made or "word", whole, frozenset(str(one.said["id"]) for one in file.entries))


def _free(made: str, whole: Glossary, taken: frozenset[str]) -> str:
    """Return an id nobody has."""
    found, number = made, 2
    while found in whole or found in taken:
        found, number = f"{made}-{number}", number + 1
    return found


def _said(word: NewWord) -> dict[str, str]:
    said = {"plain": word.plain, "kid": word.kid, "swap": word.swap}
    return {name: " ".join(text.split()) for name, text in said.items() if text.strip()}


def _entry(word: NewWord, term_id: str, below: Glossary) -> dict[str, object]:
    if word.off:
        return {"id": term_id, "off": True}
    entry: dict[str, object] = {"id": term_id}
    if term_id not in below:
        entry["term"] = " ".join(word.term.split())
    entry |= _said(word)
    if entry.keys() <= {"id"}:
        raise _nothing_said(word)
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


def switched_off(word: str, folder: ClassFolder) -> tuple[Term, str] | None:
    """Return a term the class or its school has taken away and the file that did it, or ``None``."""
    glossary = folder.glossary()
    if word in glossary or written_as(word, glossary, exact=False):
        return None
    below = _below(folder, school=False)
    for known, name in ((below, CLASS_FILE), (starter(), SCHOOL_FILE)):
        term_id = word if word in known else written_as(word, known, exact=False)
        if term_id:
            return known.term(term_id), name
    return None
