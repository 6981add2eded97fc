"""Joins our small front-end modules into the one text a page gets, and our styles likewise.

The files in ``widgets/static/`` are ordinary ES modules: named exports at the start of a line, imports on one
line from a neighbour. Joining takes both away, so that all stand in one scope; what the last file
exports, the joined module exports. Names must differ between files. Comments on lines of their own and
indentation stay behind, for the sake of thirty children on one wireless network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from portfolio.errors import SetupTrouble
from portfolio.files import page_templates, widget_scripts
from portfolio.views.styles import meeting_sheets, sheet, teacher_sheets

STATIC: Final = widget_scripts()

MODULES: Final = tuple(
    "dom drafts outbox bring order text choices rows looks photos medium media speak beside field seen past notes sheet path status around ready cloths reading dress kit".split()
)
"""Our modules, each after those it imports."""

TOOLS: Final = tuple("dom bitmap pad trim camera mic recorder school tools".split())
"""What is only needed once somebody records, draws, trims or writes a school word; a page asks for it then."""

ROOMS: Final = tuple(
    "dom drafts status around dress room_forms room_keep room_began room_files room_under_way room_watch rooms room_screen room_draw room_try room_desk".split()
)
"""The teacher's desk: a script of its own, so that no child's page carries it."""

TALK: Final = tuple(
    "dom drafts status around dress room_forms room_keep room_began room_files room_under_way room_watch rooms room_screen deck room_deck room_talk".split()
)
"""The deck of a meeting."""

GUEST: Final = tuple(
    "dom drafts status around dress room_forms room_keep room_began room_files room_under_way room_watch rooms room_screen room_draw bitmap room_guest doorway".split()
)
"""A page without a kernel: a family's own, and the child's cues."""

STYLES: Final = ("tokens.css", "book.css", "desk.css", "present.css", "media.css", "tools.css", "reading.css")
"""The book's style sheets, in their order."""

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$')
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)")
_NAME = re.compile(r"^(?:export )?(?:(?:async )?function|const|let|class) (\w+)", re.MULTILINE)


def join(names: Sequence[str], folder: Path = STATIC) -> str:
    """Return the modules ``names`` (without ``.js``) of ``folder`` as the text of one module.

    Raises :class:`~portfolio.errors.SetupTrouble` if a module imports what does not stand before it, uses
    a name that one before it has, or exports in a way this joiner does not know.
    """
    given: dict[str, set[str]] = {}
    taken: set[str] = set()
    pieces: list[str] = []
    for name in names:
        text = (folder / f"{name}.js").read_text(encoding="utf-8")
        own = set(_NAME.findall(text))
        if own & taken:
            raise SetupTrouble(
                "static/{name}.js uses a name again: {twice}.",
                name=name,
                twice=", ".join(sorted(own & taken)),
            )
        taken |= own
        exported: set[str] = set()
        pieces.extend(_plain(line, name, given, exported) for line in text.splitlines())
        given[name] = exported
    pieces.append(f"export {{ {', '.join(sorted(given[names[-1]]))} }};")
    return "\n".join(piece for piece in pieces if piece) + "\n"


def _plain(line: str, name: str, given: dict[str, set[str]], exported: set[str]) -> str:
    """Return a line as it may stand in the joined module; notes what it exports, checks what it imports."""
    if line.startswith("import "):
        found = _IMPORT.match(line)
        wanted = set(found[1].split(", ")) if found else {line}
        missing = wanted - given.get(found[2] if found else "", set())
        if missing:
            raise SetupTrouble(
                "static/{name}.js imports {missing}, which no module before it exports.",
                name=name,
                missing=", ".join(sorted(missing)),
            )
        return ""
    if line.startswith("export "):
        export = _EXPORT.match(line)
        if not export:
            raise SetupTrouble(
                "static/{name}.js exports in a way our joiner does not know: {line}", name=name, line=line
            )
        exported.add(export[2])
        line = line.removeprefix("export ")
    line = line.strip()
    return "" if line.startswith(("//", "/**", "* ", "*/")) else line


@lru_cache(maxsize=1)
def script() -> str:
    """Return the joined module all widgets share."""
    return join(MODULES)


@lru_cache(maxsize=1)
def tools() -> str:
    """Return the joined module of the tools: its one export is ``TOOLS``."""
    return join(TOOLS)


@lru_cache(maxsize=1)
def rooms() -> str:
    """Return the joined module of the teacher's desk."""
    return join(ROOMS)


@lru_cache(maxsize=1)
def talk() -> str:
    """Return the joined module of a meeting's deck."""
    return join(TALK)


@lru_cache(maxsize=1)
def guest() -> str:
    """Return the joined module of a page without a kernel; it begins by itself."""
    return join(GUEST)


@lru_cache(maxsize=1)
def loader() -> str:
    """Return the small module every widget starts with."""
    return (STATIC / "loader.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def styles() -> str:
    """Return the book's styles, for pages that link no style sheet (JupyterLab).

    Fonts stay out: without our server the page uses the fonts of the computer.
    """
    return "\n".join((page_templates() / "css" / name).read_text(encoding="utf-8") for name in STYLES)


@lru_cache(maxsize=1)
def rooms_styles() -> str:
    """Return the styles of the teacher's desk and the book's, for pages that link no style sheet."""
    return "\n".join((styles(), own_styles(), sheet(*teacher_sheets())))


@lru_cache(maxsize=1)
def talk_styles() -> str:
    """Return the book's styles and those of what is written at the table, for pages that link no style sheet."""
    return "\n".join((styles(), own_styles(), sheet(*meeting_sheets())))


@lru_cache(maxsize=1)
def own_styles() -> str:
    """Return the styles that only our controls need; every page gets them with the script."""
    return (STATIC / "sheet.css").read_text(encoding="utf-8")
