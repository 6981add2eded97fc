"""Drawings for paper: a link as a square to scan, and the picture a child finds itself by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from portfolio import files
from portfolio.rules.door_pictures import WORDS

QUIET: Final = 4
"""Modules of white around a QR code: what its standard (ISO/IEC 18004) asks for."""


def qr(link: str) -> Markup:
    """Return a link as an inline QR code: black on white, error level M or better, white around it.

    It is hidden from readers: the link stands beside it in letters.
    """
    import segno  # only where cards are made

    made = segno.make(link, error="m", micro=False)
    svg = made.svg_inline(
        border=QUIET, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - drawn by segno: numbers only


@lru_cache(maxsize=64)
def roster_picture(name: str) -> Markup:
    """Return a picture of the roster as inline SVG, hidden from readers; empty for one we do not have."""
    if name not in WORDS:
        return Markup("")
    text = (files.page_templates() / "roster" / f"{name}.svg").read_text(encoding="utf-8")
    head = f'<svg class="roster-picture" data-picture="{escape(name)}" aria-hidden="true" focusable="false" '
    return Markup(re.sub(r'<svg xmlns="[^"]+" ', head, text.strip(), count=1))  # noqa: S704 - a file we ship
