"""The one Jinja environment: autoescape on, every variable must exist, templates found by plain names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import jinja2
from jinja2.runtime import Context, Macro

from portfolio import files
from portfolio.views import icons, room, school_lines
from portfolio.views.compiled import BesideTheirSource

_TRIM: Final = True
"""Whether lines that hold nothing but a tag leave no line behind."""


class _Context(Context):
    """What a template knows. Nothing of ours asks for the context: so a call, of which a page has a thousand, is just one."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or function with what the template gives; what Jinja adds for who asks for it is left out."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        return called(*args, **kwargs)


class _Environment(jinja2.Environment):
    context_class = _Context


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment all pages are made in (made once for a process)."""
    made = _Environment(
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
    made.filters |= {
        "of_school": school_lines.of_school,
        "languages": school_lines.languages,
        "person": school_lines.person,
    }
    return made
