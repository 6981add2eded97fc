"""Which files an entry needs: so that nothing is missed in a copy, and nothing is kept for nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from portfolio.model import Entry, Picture, Portfolio, Record, Sound, Video


def referenced_media(things: Portfolio | Iterable[Entry]) -> frozenset[str]:
    """Return the names of the files in a student's media folder that these entries need.

    ``<sha256>.webp`` and ``<sha256>.thumb.webp`` for every picture (also stills of films and pages of
    documents), ``<sha256>.<suffix>`` for recordings and films. Looks into every field there is, so that a
    field of a later version cannot be forgotten here.
    """
    entries = things.entries() if isinstance(things, Portfolio) else things
    return frozenset(name for entry in entries for name in _names(entry))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _names(item)
    elif isinstance(value, Record):
        if isinstance(value, Picture):
            yield from (f"{value.sha256}.webp", f"{value.sha256}.thumb.webp")
        elif isinstance(value, Sound | Video):
            yield f"{value.sha256}.{value.suffix}"
        for _, inner in value:
            yield from _names(inner)
