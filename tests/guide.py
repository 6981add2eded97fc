"""Reading the guide (README and docs) as Markdown: its command lines, its addresses, its headings."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt

REPO = Path(__file__).resolve().parents[1]
PAGES = sorted([REPO / "README.md", REPO / "CHANGELOG.md", *(REPO / "docs").rglob("*.md")])
REFERENCE = REPO / "docs" / "administrator.md"
TEACHER = REPO / "docs" / "teacher.md"
NAMES = [page.relative_to(REPO).as_posix() for page in PAGES]


class Line(NamedTuple):
    """A command line in the guide: where it stands (file, line from 1), and its words."""

    page: str
    line: int
    words: list[str]


def tokens(page: Path) -> list[Any]:
    """Return a page as Markdown reads it, what stands inside paragraphs unfolded."""
    found: list[Any] = []
    line = 0
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
        line = token.map[0] + 1 if token.map else line
        for inner in [token, *(token.children or [])]:
            inner.meta = {**inner.meta, "line": line}
            found.append(inner)
    return found


def shell_lines(page: Path) -> Iterator[Line]:
    """Yield the commands in the shell blocks of a page; answers in a console block are none."""
    for token in tokens(page):
        if token.type != "fence" or token.info not in {"sh", "console"}:
            continue
        for offset, text in enumerate(token.content.splitlines(), start=1):
            command = text.removeprefix("$ ")
            if token.info == "sh" or command != text:
                words = shlex.split(command, comments=True)
                if words:
                    yield Line(page.name, token.meta["line"] + offset, words)


def spoken_lines(page: Path) -> Iterator[Line]:
    """Yield the commands named in the middle of a sentence."""
    for token in tokens(page):
        if token.type == "code_inline" and token.content.startswith("portfolio "):
            yield Line(page.name, token.meta["line"], shlex.split(token.content))


class Addresses(HTMLParser):
    """Gathers ``href`` and ``src`` of the HTML in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def addresses(page: Path) -> Iterator[str]:
    """Yield every address a page points to."""
    html = Addresses()
    for token in tokens(page):
        if token.type in {"html_block", "html_inline"}:
            html.feed(token.content)
        for name in ("href", "src"):
            if address := token.attrGet(name):
                yield str(address)
    yield from html.found


def anchors(page: Path) -> set[str]:
    """Return the names that headings of a page can be reached by."""
    content = [
        t.content
        for before, t in zip(tokens(page), tokens(page)[1:], strict=False)
        if before.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in content}
