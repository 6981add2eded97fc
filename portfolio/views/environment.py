"""The one Jinja environment: autoescape on, every variable must exist, templates found by plain names."""

from __future__ import annotations

from functools import lru_cache

import jinja2

from portfolio import files
from portfolio.views import icons, room


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment all pages are made in (made once for a process)."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(files.page_templates()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["icons"] = icons
    made.globals["choice"] = room.CHOICE
    return made
