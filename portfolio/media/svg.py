"""Drawings (SVG) on their way in: only shapes, texts and colours of the drawing itself stay.

A browser runs no script and loads nothing in a picture; one who opens the picture by itself gets neither
either: scripts, pages inside, animations, links, data about the program and addresses of other places are
gone. Pictures inside a drawing are cleaned like any other.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from portfolio.errors import PictureRefused
from portfolio.media import refusals

LARGEST: Final = 3_000_000
"""Characters a drawing may have before it is read."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc style image "
    "linearGradient radialGradient stop clipPath mask pattern marker switch "
    "filter feBlend feColorMatrix feComposite feDropShadow feFlood feGaussianBlur feMerge feMergeNode feOffset".split()
)
_DEEPEST = 200
_HERE = re.compile(r"#[\w.:-]+")
_INSIDE = re.compile(r"data:image/(?:png|jpeg|jpg|webp|gif);base64,", re.IGNORECASE)
_REACHING = re.compile(
    r"@|\\|//|\b(?:expression|image|image-set|src)\s*\(|url\s*\((?!\s*[\"']?#)", re.IGNORECASE
)
"""What may lead out of a drawing in a style or a colour: anything but ``url(#…)``; no letters in disguise."""

Recode = Callable[[bytes], tuple[str, bytes]]
"""Cleans a picture inside a drawing: its bytes become a media type and bytes."""


def clean_svg(text: str, recode: Recode) -> str:
    """Return a drawing with nothing in it but what is seen.

    Raises ``PictureRefused`` for what is no drawing, is larger than ``LARGEST``, or defines names of its own (entities).
    """
    if len(text) > LARGEST or "<!ENTITY" in text:
        raise refusals.damaged()
    try:
        root = ET.fromstring(text.encode("utf-8", "replace"), ET.XMLParser(encoding="utf-8"))  # noqa: S314 - no entities
        if root.tag != f"{_SVG}svg":
            raise refusals.damaged()
        _clean(root, recode, 0)
        root.set("xmlns", _SVG.strip("{}"))
        return ET.tostring(root, encoding="unicode")
    except (ET.ParseError, ValueError, LookupError, RecursionError, TypeError) as cause:
        raise refusals.damaged() from cause


def _clean(element: ET.Element, recode: Recode, depth: int) -> None:
    """Clean an element and what is in it, in place."""
    element.tag = element.tag.removeprefix(_SVG)
    _clean_attributes(element, recode)
    if element.tag == "style" and _REACHING.search(element.text or ""):
        element.text = ""
    for child in list(element):
        name = child.tag.removeprefix(_SVG)
        if f"{_SVG}{name}" == child.tag and name in _KEPT and depth < _DEEPEST and element.tag != "style":
            _clean(child, recode, depth + 1)
        else:
            element.remove(child)


def _clean_attributes(element: ET.Element, recode: Recode) -> None:
    found = dict(element.attrib)
    element.attrib.clear()
    for name, value in found.items():
        if name in ("href", _HREF):
            if address := _address(element.tag, value.strip(), recode):
                element.set("href", address)
        elif not name.startswith(("{", "on", "xmlns")) and not _REACHING.search(value):
            element.set(name, value)


def _address(tag: str, value: str, recode: Recode) -> str:
    """Return where an element points: into the drawing, or to a clean picture; "" for anywhere else."""
    if tag == "image" and (sign := _INSIDE.match(value)):
        try:
            kind, data = recode(base64.b64decode("".join(value[sign.end() :].split()), validate=True))
        except (binascii.Error, PictureRefused):
            return ""
        return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return value if tag != "image" and _HERE.fullmatch(value) else ""
