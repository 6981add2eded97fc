"""Pictures saved in a notebook: drawn by a teacher's code cell, or pasted into a Markdown cell; each made anew."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, Literal

from portfolio.errors import PictureRefused
from portfolio.model import OwnPicture
from portfolio.rules.left_out import gap_note

MOST_DOTS_BYTES: Final = 300_000
MOST_DRAWN_BYTES: Final = 600_000
"""Bytes a picture of dots and a drawing (SVG) may have once they are clean; dots are shrunk until they fit."""

Unshown = Literal["damaged", "too_big"]
"""Why a saved picture cannot be shown."""

_SVG = "image/svg+xml"
_KINDS = (_SVG, "image/png", "image/jpeg", "image/webp", "image/gif")
"""What we take, best first: an SVG keeps its text sharp. What it is, its bytes decide."""
_PASTED = re.compile(r"!\[([^\]\n]*)\]\(\s*(attachment:)?([^)\s]+)[^)\n]*\)")


def best_picture(data: Any, alt: str) -> OwnPicture | Unshown | None:
    """Return the best of the ways a picture is saved in, made anew; the next one if that cannot be shown.

    ``None`` if there is no picture at all.
    """
    trouble: Unshown | None = None
    for kind in _KINDS if isinstance(data, dict) else ():
        if kind in data:
            made = _made_anew(kind, _text(data[kind]))
            if not isinstance(made, str):
                media_type, coded = made
                return OwnPicture.model_validate({"media_type": media_type, "base64": coded, "alt": alt})
            trouble = trouble or made
    return trouble


def descriptions(metadata: Any) -> Iterator[str]:
    """Yield what an output's metadata says it shows: for all of it, or for one kind of picture."""
    if isinstance(metadata, dict):
        for part in (metadata, *(metadata.get(kind) for kind in _KINDS)):
            alt = part.get("alt") if isinstance(part, dict) else None
            if isinstance(alt, str) and alt.strip():
                yield alt.strip()[:2_000]


def pasted_pictures(markdown: str, attachments: Any, where: str) -> tuple[str, list[OwnPicture]]:
    """Return a Markdown text without its pictures, and the pasted ones, each with its own description.

    A picture that does not open, or lies outside of the notebook, leaves a note where it stood; ``where`` names the cell.
    """
    known = attachments if isinstance(attachments, dict) else {}
    found: list[OwnPicture] = []

    def take(match: re.Match[str]) -> str:
        picture = best_picture(known.get(match[3]), match[1][:2_000]) if match[2] else None
        if isinstance(picture, OwnPicture):
            found.append(picture)
            return ""
        return f"\n\n{gap_note('damaged', where)}\n\n"

    return _PASTED.sub(take, markdown), found


@lru_cache(maxsize=64)
def _made_anew(kind: str, saved: str) -> tuple[str, str] | Unshown:
    """Return a picture as its media type and base64, with nothing in it but the picture; or why not."""
    try:
        if kind == _SVG:
            from portfolio.media.svg import clean_svg

            drawn = clean_svg(saved, _dots).encode("utf-8")
            return (_SVG, _coded(drawn)) if len(drawn) <= MOST_DRAWN_BYTES else "too_big"
        media_type, data = _dots(base64.b64decode("".join(saved.split()), validate=True))
    except (binascii.Error, ValueError, PictureRefused):
        return "damaged"
    return media_type, _coded(data)


def _dots(raw: bytes) -> tuple[str, bytes]:
    from portfolio.media import clean_drawing  # most notebooks hold no picture

    return clean_drawing(raw, most=MOST_DOTS_BYTES)


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _text(value: Any) -> str:
    """Return a saved picture as text; "" if it is none."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else ""
