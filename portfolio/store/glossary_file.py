"""Glossary files of a school or a class: YAML in, entries out, mistakes told by line.

Read like a class template (:mod:`portfolio.store.yaml_lines`): nothing in the file can blow up or run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portfolio.errors import N_, NotFound, TemplateMistake
from portfolio.store.template_sentences import one_for_each, sentence_for
from portfolio.store.yaml_lines import LARGEST, Group, Node, Rows, line_of, plain, read_yaml, written
from portfolio.store.yaml_mistakes import Mistakes, Wording
from portfolio.words.glossary.load import Glossary
from portfolio.words.glossary.over import laid_over
from portfolio.words.glossary.shape import EntryShape, GlossaryShape

MOST_ENTRIES = 2_000
"""Entries one file may have; the starter glossary has about as many in all its files together."""
MOST_WORDS = 400
"""Words one list of an entry may have."""
MOST_SPELLINGS = 4_000
"""Ways to write its words one file may have: terms, variants and long forms. The largest of ours has 1,200."""

GLOSSARY = Wording(
    N_("{file} is far too big for a glossary. Is it the right file? At most {most} MB can be read."),
    N_("{file}, line {line}: a second glossary begins here. Keep one glossary in a file."),
    N_(
        "{file}, line {line}: a glossary begins with the line “entries:”, and a line “- id: …” for each word."
    ),
    N_(
        "{file}, line {line}: a word that begins with “&” or “*” has a special meaning in YAML that is not "
        "used in a glossary. Put it in quotation marks."
    ),
    N_(
        "{file}, line {line}: a word that begins with “!” has a special meaning in YAML that is not "
        "used in a glossary. Put it in quotation marks."
    ),
)


@dataclass(frozen=True, slots=True)
class FiledEntry:
    """One entry: what it says (only what was written) and the line it begins in."""

    line: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What a file says: its name, its entries in order, and what holds for all translations of a language."""

    name: str
    entries: tuple[FiledEntry, ...]
    tr: dict[str, dict[str, Any]]


def read_glossary(path: Path) -> GlossaryFile:
    """Return what a glossary file says.

    Raises ``NotFound`` if there is no such file and ``TemplateMistake`` for what cannot be used in it.
    """
    missing = NotFound("There is no glossary at {place}.", place=str(path))
    return parse_glossary(written(path, missing), path.name)


def parse_glossary(text: str, name: str) -> GlossaryFile:
    """Return what a glossary's text says; ``name`` is the file's name in sentences.

    A text with nothing but comments is a glossary without words. Raises ``TemplateMistake``: one mistake as it
    is, several as one error that lists them, the first line first.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise _too_big(name)
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return GlossaryFile(name, (), {})
    mistakes = Mistakes(name, GLOSSARY)
    page = read_yaml(text, mistakes)
    rows = page.get("entries")
    nodes = rows.items if isinstance(rows, Rows) else ()
    _refuse_long(page, mistakes)
    mistakes.tell()
    entries = [_entry(page, place, node, mistakes) for place, node in enumerate(nodes)]
    _refuse_twice(page, entries, mistakes)
    _refuse_many_spellings(entries, mistakes)
    whole = _whole(page, mistakes)
    mistakes.tell()
    kept = tuple(
        FiledEntry(_line(page, place), _said(entry))
        for place, entry in enumerate(entries)
        if entry is not None
    )
    return GlossaryFile(name, kept, {lang: _said(one) for lang, one in (whole.tr if whole else {}).items()})


def _too_big(name: str) -> TemplateMistake:
    return TemplateMistake(GLOSSARY.too_big, file=name, most=LARGEST // 1_000_000)


def put_over(below: Glossary, file: GlossaryFile) -> Glossary:
    """Return a glossary with the entries of a file over it.

    Raises ``TemplateMistake`` for an entry that is new and lacks its term or explanation, or takes away a
    word that is not there.
    """
    mistakes = Mistakes(file.name, GLOSSARY)
    for entry in file.entries:
        if entry.said["id"] not in below:
            _refuse_half(entry, below, mistakes)
    mistakes.tell()
    return laid_over(below, [entry.said for entry in file.entries], file.tr)


def alone(below: Glossary, file: GlossaryFile) -> tuple[GlossaryFile, tuple[str, ...]]:
    """Return a file with only the entries that can stand over ``below``, and the ids of the others.

    For a file whose school words lie over another file that cannot be used just now.
    """
    kept = tuple(
        one
        for one in file.entries
        if one.said["id"] in below
        or (not one.said.get("off") and all(one.said.get(name) for name in ("term", "plain")))
    )
    ids = {str(one.said["id"]) for one in kept}
    rest = tuple(str(one.said["id"]) for one in file.entries if one.said["id"] not in ids)
    return replace(file, entries=kept), rest


def _refuse_half(entry: FiledEntry, below: Glossary, mistakes: Mistakes) -> None:
    where = {"file": mistakes.file, "line": entry.line}
    term_id = str(entry.said["id"])
    if entry.said.get("off"):
        near = get_close_matches(term_id, [term.term_id for term in below.terms], n=1)
        known = f"{near[0]}" if near else ""
        mistakes.add(
            TemplateMistake(
                "{file}, line {line}: there is no school word “{id}” to take away. Did you mean “{near}”?",
                **where, id=term_id, near=known,
            )
            if known
            else TemplateMistake(
                "{file}, line {line}: there is no school word “{id}” to take away. "
                "Find its id with: portfolio glossary show WORD",
                **where, id=term_id,
            )
        )  # fmt: skip
        return
    for name in ("term", "plain"):
        if not entry.said.get(name):
            mistakes.add(
                TemplateMistake("{file}, line {line}: “{name}” is missing here.", **where, name=name)
            )


def _line(page: Group, *place: object) -> int:
    return line_of(page, "entries", *place)


def _refuse_long(node: Node, mistakes: Mistakes, name: str = "", line: int = 1) -> None:
    if isinstance(node, Group):
        for inner, (inner_line, value) in node.entries.items():
            _refuse_long(value, mistakes, inner, inner_line)
    if not isinstance(node, Rows):
        return
    most = MOST_ENTRIES if name == "entries" else MOST_WORDS
    if len(node.items) > most:
        mistakes.add(
            TemplateMistake(
                "{file}, line {line}: “{name}” has {count} entries. At most {most} can be used.",
                file=mistakes.file,
                line=line,
                name=name[:60],
                count=len(node.items),
                most=most,
            )
        )
    for item in node.items:
        _refuse_long(item, mistakes, name, line)


def _entry(page: Group, place: int, node: Node, mistakes: Mistakes) -> EntryShape | None:
    if not isinstance(node, Group):
        mistakes.add(
            TemplateMistake(
                "{file}, line {line}: an entry should be lines such as “id: exit-ticket”.",
                file=mistakes.file,
                line=node.line,
            )
        )
        return None
    try:
        return EntryShape.model_validate(plain(node))
    except ValidationError as trouble:
        for error in one_for_each(trouble.errors(include_url=False)):
            if error["type"] == "string_too_short":  # nothing but spaces is nothing
                error["type"] = "missing"
            mistakes.add(sentence_for(mistakes.file, page, ("entries", place), error, GlossaryShape))
    return None


def _refuse_many_spellings(entries: list[EntryShape | None], mistakes: Mistakes) -> None:
    """Refuse so many ways to write words that making all their forms would keep a page waiting."""
    count = sum(
        bool(entry.term) + len(entry.match.variants) + len(entry.expand) for entry in entries if entry
    )
    if count > MOST_SPELLINGS:
        mistakes.add(
            TemplateMistake(
                "{file} has {count} ways to write its words. At most {most} can be used. "
                "Leave out those that nobody writes here.",
                file=mistakes.file,
                count=count,
                most=MOST_SPELLINGS,
            )
        )


def _refuse_twice(page: Group, entries: list[EntryShape | None], mistakes: Mistakes) -> None:
    first: dict[str, int] = {}
    for place, entry in enumerate(entries):
        if entry is None:
            continue
        if entry.id in first:
            mistakes.add(
                TemplateMistake(
                    "{file}, line {line}: “{name}” stands here a second time (first in line {first}). Keep one.",
                    file=mistakes.file,
                    line=_line(page, place, "id"),
                    name=entry.id[:60],
                    first=first[entry.id],
                )
            )
        first.setdefault(entry.id, _line(page, place, "id"))


def _whole(page: Group, mistakes: Mistakes) -> GlossaryShape | None:
    values = plain(page)
    if isinstance(values.get("entries"), list):
        values["entries"] = ()
    try:
        return GlossaryShape.model_validate(values)
    except ValidationError as trouble:
        for error in one_for_each(trouble.errors(include_url=False)):
            mistakes.add(sentence_for(mistakes.file, page, (), error, GlossaryShape))
    return None


def _said(record: Any) -> dict[str, Any]:
    """Return what was written, as plain data: nothing that was left to its default."""
    said: dict[str, Any] = record.model_dump(mode="json", exclude_unset=True)
    return said
