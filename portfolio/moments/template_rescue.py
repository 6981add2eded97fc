"""Bringing back what the books asked before when ``class.yaml`` or ``student.ipynb`` cannot be read any more.

What stands there is kept beside it, and read as far as it can be: where it closed a page to families, whoever has
begun that page keeps it closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from portfolio.model import ClassTemplate, Section
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.template_pair import Pair

_ID: Final = re.compile(r"(?m)^[ \t]*-?[ \t]*section_id:[ \t]*[\"']?([\w-]+)")
_SHOWN: Final = re.compile(r"(?m)^[ \t]*-?[ \t]*shown_to_family:[ \t]*([^\s#]*)")
_AT_FIRST: Final = bool(Section.model_fields["shown_to_family"].default)
_NEXT: Final = re.compile(r"(?m)^\w+:")
_OPEN: Final = frozenset({"true", "yes", "on"})
_VERSION: Final = re.compile(r"(?m)^version:[ \t]*(\d{1,9})[ \t]*(?=\r?$|#)")


def as_far_as_read(text: str, known: ClassTemplate) -> ClassTemplate:
    """Return a template we know, with the version and with what families see as a text without sense says it.

    A page the text does not name counts as closed: it is not known whether families saw it.
    """
    ids = {section.section_id for section in known.sections}
    found = [one for one in _ID.finditer(text) if one[1] in ids]
    parts: dict[str, str] = {}
    for number, one in enumerate(found, start=1):  # named twice, all of it counts
        end = found[number].start() if number < len(found) else len(text)
        parts[one[1]] = parts.get(one[1], "") + text[one.end() : end]
    if found and not _NEXT.search(text, found[-1].end()):
        parts.pop(found[-1][1])  # the text may have been cut off there
    version = _VERSION.search(text)
    return known.but(
        version=max(int(version[1]) if version else 0, known.version),
        sections=tuple(s.but(shown_to_family=_seen(parts.get(s.section_id))) for s in known.sections),
    )


def _seen(part: str | None) -> bool:
    if part is None:
        return False
    said = _SHOWN.findall(part)
    return all(one.lower() in _OPEN for one in said) if said else _AT_FIRST


def keep_unreadable(folder: ClassFolder, pair: Pair, names: Sequence[str], at: datetime) -> None:
    """Keep the files that cannot be read beside themselves, as ``class.yaml.unreadable-<time>``."""
    for _, path, data in pair.files(folder):
        if path.name in names:
            write_atomically(path.with_name(kept_as(path.name, at)), data, mode=0o600)


def kept_as(name: str, at: datetime) -> str:
    """Return what a file that cannot be read is called once it is kept beside itself. ``at`` has a zone."""
    return f"{name}.unreadable-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
