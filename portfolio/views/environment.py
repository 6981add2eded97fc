"""The one Jinja environment: autoescape on, every variable must exist, templates found by plain names."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import jinja2

from portfolio import files
from portfolio.views import icons, room
from portfolio.views.compiled import BesideTheirSource

_TRIM: Final = True
"""Whether lines that hold nothing but a tag leave no line behind."""


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment all pages are made in (made once for a process)."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(files.page_templates()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=_TRIM,
        lstrip_blocks=_TRIM,
        bytecode_cache=BesideTheirSource(f"autoescape, trim {_TRIM}"),
    )
    made.globals["icons"] = icons
    made.globals["choice"] = room.CHOICE
    return made
