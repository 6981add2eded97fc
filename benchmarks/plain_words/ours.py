"""The one place where the evaluation touches the product: the starter glossary and the finder.

Both are looked up by name when they are needed, so that reading and scoring can be tested without them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.plain_words.labels import Span
    from benchmarks.plain_words.score import Finder
    from portfolio.words.terms import Finding, Term


class NotThere(LookupError):
    """The product has no finder or no glossary (yet)."""


class Ours:
    """The product's finder with its starter glossary. Raises ``NotThere`` if one of them is missing."""

    def __init__(self) -> None:
        self._find: Any = _named("portfolio.words", "find")
        starter = _named("portfolio.words.glossary", "starter")
        try:
            self._glossary: Any = starter()
        except FileNotFoundError as why:
            raise NotThere(f"the starter glossary has no {Path(why.filename).name}") from why

    @property
    def terms(self) -> Sequence[Term]:
        """All terms of the starter glossary."""
        return tuple(self._glossary.terms)

    def findings(self, text: str) -> Sequence[Finding]:
        """Return what the product finds in a text, explained or not."""
        return tuple(self._find(text, self._glossary))

    def finder(self, *, maybe: bool) -> Finder:
        """Return the finder as spans: what it is sure of (all that a student sees), or everything."""

        def find(text: str) -> Sequence[Span]:
            return [(f.start, f.end) for f in self.findings(text) if maybe or f.confidence == "sure"]

        return find


def time_build() -> dict[str, float]:
    """Return milliseconds in this (new) process: import, loading the glossary, the first text. Call it once."""
    begun = time.perf_counter()
    for module in ("portfolio.words", "portfolio.words.glossary"):
        import_module(module)
    imported = time.perf_counter()
    ours = Ours()
    loaded = time.perf_counter()
    ours.findings("My goal is to read more.")
    ready = time.perf_counter()
    return {
        "import": 1000 * (imported - begun),
        "glossary": 1000 * (loaded - imported),
        "first text": 1000 * (ready - loaded),
    }


def _named(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as why:
        raise NotThere(f"{module} has no {name} ({why})") from why
