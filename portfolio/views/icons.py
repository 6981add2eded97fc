"""Our drawings: ink lines over one flat wash, kept in ``templates/pages/icons/icons.json``.

The file is the only source. Pages get each drawing they use once, as a hidden ``<symbol>``
(:func:`sprite`), and point to it from wherever it stands (:func:`use`). Colours come from the page's
styles: ``.w`` the wash, ``.l`` the ink line, ``.d`` filled ink.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from portfolio.errors import NotFound
from portfolio.files import page_templates

_USED = re.compile(r'href="#i-([a-z0-9-]+)"')


@dataclass(frozen=True, slots=True)
class Icon:
    """One drawing on a 48 by 48 grid.

    ``wash``, ``line`` and ``dot`` are SVG path data (``dot`` may be empty, ``wash`` too for arrows);
    ``word`` is what it stands for, in English; ``flip`` says that it points somewhere and turns round
    in right-to-left pages.
    """

    name: str
    word: str
    group: str
    wash: str
    line: str
    dot: str = ""
    flip: bool = False

    def paths(self) -> Markup:
        """Return the drawing's ``<path>`` elements, wash first."""
        parts = (("w", self.wash), ("l", self.line), ("d", self.dot))
        return Markup("").join(
            Markup('<path class="{}" d="{}"/>').format(kind, data) for kind, data in parts if data
        )


@lru_cache(maxsize=1)
def load_icons() -> dict[str, Icon]:
    """Return every drawing by name, in the order of the index."""
    text = (page_templates() / "icons" / "icons.json").read_text(encoding="utf-8")
    return {name: Icon(name=name, **fields) for name, fields in json.loads(text).items()}


def find(name: str) -> Icon:
    """Return the drawing called ``name``; raises :class:`~portfolio.errors.NotFound` if there is none."""
    try:
        return load_icons()[name]
    except KeyError:
        raise NotFound(
            "There is no drawing called “{name}”. The file templates/pages/icons/index.md lists all of them.",
            name=name,
        ) from None


@lru_cache(maxsize=512)
def symbol(name: str) -> str:
    """Return the ``<symbol id="i-name">`` of one drawing."""
    return Markup('<symbol id="i-{}" viewBox="0 0 48 48">{}</symbol>').format(name, find(name).paths())


def sprite(names: Iterable[str]) -> str:
    """Return one hidden SVG with the symbols of ``names``, each once, in order of first mention."""
    symbols = Markup("").join(symbol(name) for name in dict.fromkeys(names))
    return Markup(
        '<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>'
    ).format(symbols)


@lru_cache(maxsize=512)
def use(name: str, label: str | None = None, also: str = "") -> str:
    """Return the ``<svg>`` that shows one drawing of the page's sprite.

    ``label`` is read aloud in its place (already in the reader's language); without one the drawing is
    hidden from readers, because the word stands beside it. ``also`` adds classes: ``big``, ``plain``.
    """
    classes = " ".join(filter(None, ("i", "flip" if find(name).flip else "", also)))
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="{}" viewBox="0 0 48 48" {} focusable="false"><use href="#i-{}"/></svg>'
    ).format(classes, said, name)


def used_in(html: str) -> tuple[str, ...]:
    """Return the names of all drawings a page points to, each once, in order."""
    return tuple(dict.fromkeys(_USED.findall(html)))


Drawing = tuple[str, str, str, bool]
"""Wash, line and dot as SVG path data, and whether it turns round in right-to-left pages."""


def drawings(names: Iterable[str | None]) -> dict[str, Drawing]:
    """Return the drawings with these names; names nobody has drawn are left out."""
    icons = load_icons()
    wanted = (icons[name] for name in dict.fromkeys(names) if name in icons)
    return {i.name: (i.wash, i.line, i.dot, i.flip) for i in wanted}
