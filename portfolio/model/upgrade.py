"""Old documents, brought up to what they would be today: one small step for each version.

A step takes the parts of a portfolio as plain JSON values and returns new ones; nothing is validated here,
that happens when the records are made. Kept samples of every version stand in ``tests/cases/versions``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from portfolio.errors import StorageTrouble
from portfolio.model.portfolio import SCHEMA_VERSION

Document = dict[str, Any]
"""A portfolio as JSON: ``meta`` and its shelves."""


def upgraded(document: Mapping[str, Any]) -> Document:
    """Return a portfolio's JSON as this version writes it.

    Raises ``StorageTrouble`` for a newer version, or when the document does not say its version; nothing
    else is looked at.
    """
    found = dict(document)
    version = version_of(found)
    for step in _STEPS[version - 1 :]:
        found = step(found)
    return found


def version_of(document: Mapping[str, Any]) -> int:
    """Return the version a portfolio's JSON says it has. Raises ``StorageTrouble`` (see :func:`upgraded`)."""
    meta = document.get("meta")
    version = meta.get("schema_version") if isinstance(meta, Mapping) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise StorageTrouble(
            "This portfolio does not say which version it is. Take it from a backup or another copy."
        )
    if version > SCHEMA_VERSION:
        raise StorageTrouble(
            "This portfolio was made by a newer version of the program (document {found}, this one knows {known}). "
            "Update the program on this computer. Nothing was changed.",
            found=version,
            known=SCHEMA_VERSION,
        )
    return version


def _to_2(document: Document) -> Document:
    """Bring up from 1. Version 2 added fields and the concerns; all of them may be missing."""
    return {**document, "meta": {**document["meta"], "schema_version": 2}}


def _to_3(document: Document) -> Document:
    """Bring up from 2. Version 3 added what stands beside words, promises looked back on, and ways to read."""
    return {**document, "meta": {**document["meta"], "schema_version": 3}}


def _to_4(document: Document) -> Document:
    """Bring up from 3. Version 4 added what was chosen for school words."""
    return {**document, "meta": {**document["meta"], "schema_version": 4}}


def _to_5(document: Document) -> Document:
    """Bring up from 4. Version 5 added comments, words from home, approval, what a teacher has prepared."""
    return {**document, "meta": {**document["meta"], "schema_version": 5}}


def _to_6(document: Document) -> Document:
    """Bring up from 5. Version 6 added what the meeting itself brings: statements, practice, words for the teacher."""
    return {**document, "meta": {**document["meta"], "schema_version": 6}}


def _to_7(document: Document) -> Document:
    """Bring up from 6. Version 7 added what was ticked for names of other children; none is ticked."""
    return {**document, "meta": {**document["meta"], "schema_version": 7}}


def _to_8(document: Document) -> Document:
    """Bring up from 7. Version 8 added what is written in a picture, in words; of older ones nobody has said it."""
    return {**document, "meta": {**document["meta"], "schema_version": 8}}


_STEPS: Final[tuple[Callable[[Document], Document], ...]] = (_to_2, _to_3, _to_4, _to_5, _to_6, _to_7, _to_8)
"""The step at place ``n`` brings a document from version ``n + 1`` up by one."""
