"""Pictures saved in a notebook: drawn by a teacher's code cell, or pasted into a Markdown cell."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from portfolio.model import OwnPicture

_KINDS: dict[str, bytes] = {
    "image/svg+xml": b"<svg",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
"""What we take, best first (an SVG keeps its text sharp), and how the bytes of each give themselves away."""
_PASTED = re.compile(r"!\[([^\]\n]*)\]\(attachment:([^)\s]+)[^)\n]*\)")


def drawn_pictures(outputs: Any, alt: str) -> list[OwnPicture]:
    """Return the pictures among the saved outputs of a code cell, one for each output that shows one.

    ``alt`` says what they show where the output itself does not. A figure's repr
    (``<Figure size 640x480 with 1 Axes>``) is no description and never used.
    """
    found = (_drawn(output, alt) for output in outputs) if isinstance(outputs, list) else ()
    return [picture for picture in found if picture is not None]


def pasted_pictures(markdown: str, attachments: Any) -> tuple[str, list[OwnPicture]]:
    """Return a Markdown text without its pasted pictures, and these, each with its own description."""
    if not isinstance(attachments, dict):
        return markdown, []
    found = []

    def take(match: re.Match[str]) -> str:
        picture = _best(attachments.get(match[2]), match[1])
        if picture is None:
            return match[0]
        found.append(picture)
        return ""

    return _PASTED.sub(take, markdown), found


def _drawn(output: Any, alt: str) -> OwnPicture | None:
    if not isinstance(output, dict) or output.get("output_type") not in ("display_data", "execute_result"):
        return None
    said = output.get("metadata")
    return _best(output.get("data"), next(_descriptions(said), alt))


def _descriptions(metadata: Any) -> Iterator[str]:
    """Yield what an output's metadata says it shows: for all of it, or for one kind of picture."""
    if isinstance(metadata, dict):
        for part in (metadata, *(metadata.get(kind) for kind in _KINDS)):
            alt = part.get("alt") if isinstance(part, dict) else None
            if isinstance(alt, str) and alt.strip():
                yield alt.strip()


def _best(data: Any, alt: str) -> OwnPicture | None:
    """Return the best of the ways a picture is saved in; the next one if that is too big.

    Raises ``pydantic.ValidationError`` if all are too big.
    """
    too_big: ValidationError | None = None
    for kind, content in _ways(data):
        text = base64.b64encode(content).decode("ascii")
        try:
            return OwnPicture.model_validate({"media_type": kind, "base64": text, "alt": alt})
        except ValidationError as trouble:
            too_big = trouble
    if too_big is not None:
        raise too_big
    return None


def _ways(data: Any) -> Iterator[tuple[str, bytes]]:
    for kind, sign in _KINDS.items() if isinstance(data, dict) else ():
        content = _bytes(kind, data.get(kind))
        if content.startswith(sign) or (kind == "image/svg+xml" and sign in content):
            yield kind, content


def _bytes(kind: str, value: Any) -> bytes:
    """Return the bytes of a saved picture; none if it is no text or no base64."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    if not isinstance(value, str):
        return b""
    if kind == "image/svg+xml":
        return value.encode("utf-8", "replace")
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
