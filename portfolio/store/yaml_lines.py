"""YAML as teachers write it, read with the line of everything, so that a mistake can be pointed at.

Only the plain part of YAML is read: groups of ``name: value``, lists, and texts. What can blow up or
surprise is refused with a sentence: anchors and aliases (a small file can grow without end), tags,
names written twice, deep nesting, several documents. Every value stays a text ("yes" is not turned
into *true*, "3.10" not into 3.1): the records of :mod:`portfolio.model` know what they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portfolio.errors import NotFound, TemplateMistake
from portfolio.store.trouble import no_special
from portfolio.store.yaml_mistakes import Mistakes
from portfolio.store.yaml_unreadable import unreadable

LARGEST = 1_000_000
"""Bytes a template file may have. The largest of ours has 20,000."""
DEEPEST = 12
"""How many lists and groups may stand inside each other. A template needs eight."""

MOST_NAMES = 500
"""Names one group may have, counting those written twice. Ours have fifteen."""
MOST_ITEMS = 10_000
"""Entries one list may have before it is not even read to its end. A school's glossary has some hundred."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEFT_EMPTY = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the line it stands in; ``empty`` if nothing was written behind the name."""

    text: str
    line: int
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list: its items and the line it begins in."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Group:
    """Named values: each name with the line it stands in and what was written behind it."""

    entries: dict[str, tuple[int, Node]]
    line: int

    def get(self, name: str) -> Node | None:
        """Return what stands behind a name, or ``None``."""
        return self.entries[name][1] if name in self.entries else None


Node = Words | Rows | Group
"""Anything a template file can hold."""


def plain(node: Node) -> Any:
    """Return what a node holds as texts, lists and dictionaries; names left empty are left out.

    An empty line in a list stays as ``None``, so that places in the list stay what they were.
    """
    if isinstance(node, Words):
        return None if node.empty else node.text
    if isinstance(node, Rows):
        return [plain(item) for item in node.items]
    return {name: plain(value) for name, (_, value) in node.entries.items() if not _is_empty(value)}


def line_of(node: Node, *path: object) -> int:
    """Return the line of what ``path`` (names and places in lists) leads to, or of the last known step."""
    line = node.line
    for step in path:
        if isinstance(node, Group) and isinstance(step, str) and step in node.entries:
            line, node = node.entries[step]
        elif isinstance(node, Rows) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return line


def written(path: Path, missing: NotFound) -> str:
    """Return the text of a file a teacher wrote; of one that is too big only so much that it is told.

    Raises ``missing`` if there is no such file and ``TemplateMistake`` if it is a pipe, cannot be opened, or is not UTF-8.
    """
    no_special(path, TemplateMistake)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise missing from None
    except OSError:
        raise TemplateMistake("{file} cannot be opened. Is it a file you may read?", file=path.name) from None
    if len(data) > LARGEST:
        return " " * len(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise TemplateMistake(
            "{file}, line {line}: the letters here are not saved as UTF-8. Save the file again as UTF-8.",
            file=path.name,
            line=data.count(b"\n", 0, trouble.start) + 1,
        ) from None


def read_yaml(text: str, mistakes: Mistakes) -> Group:
    """Return the named values of a YAML text, each with its line.

    A name written twice is added to ``mistakes`` and the first one kept. Whatever else cannot be read
    raises ``TemplateMistake`` at once.
    """
    file = mistakes.file
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise TemplateMistake(
            mistakes.wording.too_big,
            file=file,
            most=LARGEST // 1_000_000,
        )
    if odd := _UNREADABLE.search(text):
        raise _cannot_be_shown(file, text.count("\n", 0, odd.start()) + 1)
    reader = _Reader(text, mistakes)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as trouble:
        raise unreadable(trouble, text, file, reader.long_quote) from None


def _cannot_be_shown(file: str, line: int) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: there is a character here that cannot be shown. Write the line anew.",
        file=file,
        line=line,
    )


def _is_empty(node: Node) -> bool:
    return isinstance(node, Words) and node.empty


class _Reader:
    """Builds nodes from the events of the YAML parser; one for each file."""

    def __init__(self, text: str, mistakes: Mistakes) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._mistakes = mistakes
        self.long_quote = (0, 0)
        """The lines the last text in quotation marks reaches from and to, if it is longer than one."""

    def document(self) -> Group:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                raise TemplateMistake(
                    self._mistakes.wording.second,
                    file=self._mistakes.file,
                    line=_line(event),
                )
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, 0)
        if not isinstance(node, Group):
            raise TemplateMistake(
                self._mistakes.wording.begins,
                file=self._mistakes.file,
                line=node.line if node else 1,
            )
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._refuse_the_odd(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_unreadable(event)
            if event.style in ("'", '"') and event.end_mark.line > event.start_mark.line:
                self.long_quote = (_line(event), event.end_mark.line + 1)
            return Words(event.value, _line(event), not event.style and event.value in _LEFT_EMPTY)
        if isinstance(event, yaml.SequenceStartEvent):
            return Rows(tuple(self._items(depth)), _line(event))
        return self._group(_line(event), depth)

    def _items(self, depth: int) -> Iterator[Node]:
        for number, event in enumerate(self._inside()):
            if number >= MOST_ITEMS:
                raise self._far_too_much(event)
            yield self._node(event, depth + 1)

    def _far_too_much(self, event: yaml.Event) -> TemplateMistake:
        return TemplateMistake(
            "{file}, line {line}: the list or group here goes on for far too long. Is it the right file?",
            file=self._mistakes.file,
            line=_line(event),
        )

    def _inside(self) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event

    def _group(self, line: int, depth: int) -> Group:
        entries: dict[str, tuple[int, Node]] = {}
        inside = self._inside()
        for number, event in enumerate(inside):
            if number >= MOST_NAMES:
                raise self._far_too_much(event)
            key, key_line = self._node(event, depth + 1), _line(event)
            value = self._node(next(inside), depth + 1)
            if not isinstance(key, Words):
                raise TemplateMistake(
                    "{file}, line {line}: there should be a name before the “:”, not a list.",
                    file=self._mistakes.file,
                    line=key_line,
                )
            if key.text == "<<":
                raise TemplateMistake(
                    "{file}, line {line}: “<<” has a special meaning in YAML that is not used here. Write the lines out.",
                    file=self._mistakes.file,
                    line=key_line,
                )
            if key.text in entries:
                self._mistakes.add(
                    TemplateMistake(
                        "{file}, line {line}: “{name}” stands here a second time (first in line {first}). Keep one.",
                        file=self._mistakes.file,
                        line=key_line,
                        name=key.text[:60],
                        first=entries[key.text][0],
                    )
                )
            entries.setdefault(key.text, (key_line, value))
        return Group(entries, line)

    def _refuse_unreadable(self, event: yaml.ScalarEvent) -> None:
        """Refuse what nobody can see and only an escape in quotation marks can still bring in."""
        if _UNREADABLE.search(event.value) or "\x85" in event.value:
            raise _cannot_be_shown(self._mistakes.file, _line(event))

    def _refuse_the_odd(self, event: yaml.Event, depth: int) -> None:
        file, line = self._mistakes.file, _line(event)
        if getattr(event, "anchor", None) is not None:
            raise TemplateMistake(
                self._mistakes.wording.anchor,
                file=file,
                line=line,
            )
        if getattr(event, "tag", None) is not None:
            raise TemplateMistake(
                self._mistakes.wording.tag,
                file=file,
                line=line,
            )
        if depth > DEEPEST:
            raise TemplateMistake(
                "{file}, line {line}: this stands too deep inside other lists and groups. Look at the spaces "
                "at the beginning of the lines above.",
                file=file,
                line=line,
            )


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1
