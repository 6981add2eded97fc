"""Adding a word to a class's glossary file: text put at its end, so that what a teacher wrote stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

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
    return text, after


def write_glossary(path: Path, text: str) -> None:
    """Write the file, whole or not at all. Raises ``StorageTrouble``."""
    write_atomically(path, text.encode("utf-8"))


def _indent(text: str) -> str:
    """Return how far the entries of a file stand from the left."""
    found = re.search(r"(?ms)^entries:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*?([ ]*)- ", text)
    return found[1] if found else ""


def _as_lines(entry: Mapping[str, object], indent: str) -> str:
    """Return an entry as YAML; every text in quotation marks, so that nothing in it means more than it says."""
    lines: list[str] = []
    for name, value in entry.items():
        shown = "true" if value is True else str(value) if name == "id" else _quoted(str(value))
        lines.append(f"{indent}{'  ' if lines else '- '}{name}: {shown}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    said: str = yaml.dump(text, default_style='"', allow_unicode=True, width=10**6)
    return said.strip()
