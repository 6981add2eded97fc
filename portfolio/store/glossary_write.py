"""Writing into a class's glossary file as little as can be, so that what a teacher wrote stays as it is.

A new word is put at the end. Of a word that is there, only the lines that say something else now are others.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from portfolio.errors import TemplateMistake
from portfolio.store.atomic import write_atomically
from portfolio.store.glossary_file import GlossaryFile, parse_glossary

HEADER: Final = """\
# The school words of this class. They stand over those the program knows already.
#   id     a name for the program: small letters, digits and "-"; it never changes
#   term   the word as you write it      plain  what it means, for a family: at most 25 words
#   kid    the same for a child          swap   plain words that can stand in its place
# A word the program knows: write its id and only what you want to say in another way, or "off: true".
# Look whether all is well with: portfolio glossary check --class .
schema: 1
entries:
"""


def added(text: str, entry: Mapping[str, object], name: str) -> tuple[str, GlossaryFile]:
    """Return a glossary's text with one more entry at its end, and what the new text says.

    An empty text gets a friendly header. Raises ``TemplateMistake`` for a text that cannot be used, before or
    after; also where ``entries`` does not stand last, for then its end is not the end of the file.
    """
    before = parse_glossary(text, name)
    windows = "\r\n" in text and text.count("\r\n") == text.count("\n")
    text = text.replace("\r\n", "\n") if windows else text
    if not text.strip():
        text = HEADER
    text = re.sub(r"(?m)^entries:[ \t]*(\[[ \t]*\]|~|null)?[ \t]*(#.*)?\n?\Z", "entries:\n", text)
    if not re.search(r"(?m)^entries:", text):
        text = text.rstrip("\n") + "\nentries:\n"
    if not text.endswith("\n"):
        text += "\n"
    text += _as_lines(entry, _indent(text))
    try:
        after = parse_glossary(text, name)
    except TemplateMistake:
        after = before
    if len(after.entries) != len(before.entries) + 1 or after.entries[-1].said["id"] != entry["id"]:
        raise TemplateMistake(
            "{file}: the new word cannot be put at the end of this file. Let “entries:” be the last part of it, "
            "with a line “- id: …” for each word, and try again.",
            file=name,
        )
    return text.replace("\n", "\r\n") if windows else text, after


def changed(
    text: str, term_id: str, sets: Mapping[str, object], drops: Sequence[str], name: str
) -> tuple[str, GlossaryFile]:
    """Return a glossary's text where one entry says something else, and what the new text says.

    ``sets`` is what the entry says anew, ``drops`` names what it no longer says. All else stays byte for byte.
    Raises ``TemplateMistake`` for a file where that cannot be done; what is returned was read again and compared.
    """
    before = parse_glossary(text, name)
    place = next((n for n, one in enumerate(before.entries) if one.said["id"] == term_id), None)
    wanted = [one.said for one in before.entries]
    if place is not None:
        try:
            new = text
            for key in drops:
                new = _without(new, place, key)
            for key, value in sets.items():
                new = _with(new, place, key, _shown(key, value))
            after = parse_glossary(new, name)
        except (TemplateMistake, yaml.YAMLError, LookupError):
            after = before
        kept = {key: said for key, said in wanted[place].items() if key not in {*drops, *sets}}
        found = [one.said for one in after.entries]
        same = [one for n, one in enumerate(found) if n != place] == wanted[:place] + wanted[place + 1 :]
        rest = {key: said for key, said in found[place].items() if key not in sets} if same else {}
        said = same and all(_one(found[place].get(key)) == one for key, one in sets.items())
        if after is not before and said and rest == kept and after.tr == before.tr:
            return new, after
    raise _by_hand(before, place, name)


def in_comments(text: str, term_id: str, name: str) -> tuple[str, GlossaryFile]:
    """Return a glossary's text with the lines of one entry made comments, and what the new text says.

    Raises ``TemplateMistake`` for a file where that cannot be done.
    """
    before = parse_glossary(text, name)
    place = next((n for n, one in enumerate(before.entries) if one.said["id"] == term_id), None)
    if place is not None:
        pairs = _entry_at(text, place).value
        first = text.rfind("\n", 0, pairs[0][0].start_mark.index) + 1
        last = _line_end(text, _end(text, _entry_at(text, place)))
        lines = text[first:last].splitlines(keepends=True)
        new = text[:first] + "".join("# " + line for line in lines) + text[last:]
        try:
            after = parse_glossary(new, name)
        except TemplateMistake:
            after = before
        wanted = [one.said for n, one in enumerate(before.entries) if n != place]
        if [one.said for one in after.entries] == wanted and after.tr == before.tr:
            return new, after
    raise _by_hand(before, place, name)


def _one(said: Any) -> Any:
    """Return what was said; plain words for a term's place (a group) by their first form."""
    return said.get("sg") if isinstance(said, dict) else said


def _by_hand(file: GlossaryFile, place: int | None, name: str) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: this word is written in a way that cannot be changed from here. "
        "Nothing was changed. Open the file and change it there.",
        file=name,
        line=file.entries[place].line if place is not None else 1,
    )


def _entry_at(text: str, place: int) -> Any:
    """Return an entry of a text that was read before, as YAML's node with its marks."""
    page = yaml.compose(text, Loader=yaml.SafeLoader)
    entries: Any = next(value for key, value in page.value if key.value == "entries")
    return entries.value[place]


def _end(text: str, node: Any) -> int:
    """Return where a node's own words end: YAML lets a group reach to the next word, over comments between."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        start, end = node.start_mark.index, node.end_mark.index
        return int(start + len(text[start:end].rstrip()))
    last = node.value[-1]
    return int(_end(text, last[1] if isinstance(last, tuple) else last))


def _line_end(text: str, place: int) -> int:
    """Return where the next line begins."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def _with(text: str, place: int, key: str, shown: str) -> str:
    """Return the text where an entry says ``key: shown``, in its old place or as its last line."""
    node: yaml.MappingNode = _entry_at(text, place)
    old = next((value for name, value in node.value if name.value == key), None)
    if old is not None:
        start = int(old.start_mark.index)
        gap = " " if text[start - 1] == ":" else ""
        return text[:start] + gap + shown + text[_end(text, old) :]
    last = int(_end(text, node.value[-1][1]))
    if node.flow_style:
        return text[:last] + f", {key}: {shown}" + text[last:]
    newline = "\r\n" if "\r\n" in text else "\n"
    end, column = _line_end(text, last), int(node.value[0][0].start_mark.column)
    line = " " * column + f"{key}: {shown}"
    ended = text[:end].endswith("\n")
    return text[:end] + ("" if ended else newline) + line + (newline if ended else "") + text[end:]


def _without(text: str, place: int, key: str) -> str:
    """Return the text where an entry says nothing for ``key``. An entry keeps its id, so something stays."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = _entry_at(text, place).value
    at = next((n for n, (name, _) in enumerate(pairs) if name.value == key), None)
    if at is None:
        return text
    start, end = int(pairs[at][0].start_mark.index), _end(text, pairs[at][1])
    if at == 0:
        return text[:start] + text[int(pairs[1][0].start_mark.index) :]
    if _entry_at(text, place).flow_style:
        return text[: _end(text, pairs[at - 1][1])] + text[end:]
    return text[: text.rfind("\n", 0, start) + 1] + text[_line_end(text, end) :]


def write_glossary(path: Path, text: str) -> None:
    """Write the file, whole or not at all; a sign some editors put first stays. Raises ``StorageTrouble``."""
    mark = codecs.BOM_UTF8 if path.is_file() and path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    write_atomically(path, mark + text.encode("utf-8"))


def _indent(text: str) -> str:
    """Return how far the entries of a file stand from the left."""
    found = re.search(r"(?ms)^entries:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*?([ ]*)- ", text)
    return found[1] if found else ""


def _as_lines(entry: Mapping[str, object], indent: str) -> str:
    """Return an entry as YAML; every text in quotation marks, so that nothing in it means more than it says."""
    lines: list[str] = []
    for name, value in entry.items():
        lines.append(f"{indent}{'  ' if lines else '- '}{name}: {_shown(name, value)}")
    return "\n".join(lines) + "\n"


def _shown(name: str, value: object) -> str:
    return "true" if value is True else str(value) if name == "id" else _quoted(str(value))


def _quoted(text: str) -> str:
    said: str = yaml.dump(text, default_style='"', allow_unicode=True, width=10**6)
    return said.strip()
