"""The two pages about what goes home: the frame around the file, and what stands in the frame when there is none."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from markupsafe import Markup

from portfolio.model import Reading

_STYLE: Final = (
    "body{margin:2rem;max-inline-size:34rem;font:1.25rem/1.5 Verdana,system-ui,sans-serif;"
    "color:#25211c;background:#fffcf6}h1{font-size:1.6rem;line-height:1.25}"
    "@media (prefers-color-scheme:dark){body{color:#f4ede1;background:#211e1a}}"
)
_MARKED: Final = Markup(_STYLE)  # noqa: S704 - our own


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """One home the book goes to."""

    label: str
    """What the child calls it; may be empty."""
    href: str
    """The page with this home's file."""
    chosen: bool
    """Whether it is the one shown."""


@dataclass(frozen=True, slots=True)
class HomeFramePage:
    """The page around the file that goes home."""

    template: ClassVar = "home_frame.html.j2"
    name: str
    """What the child is called."""
    homes: Sequence[HomeChoice]
    """The homes of this child, in the order of the roster."""
    file: str
    """The address of the file shown; empty if there is no home."""
    band: str
    """Age band for the styles: k2, 35, 68 or 912."""
    cloth: str
    """The cloth of the book."""
    reading: Reading
    """How the child likes to read."""


@dataclass(frozen=True, slots=True)
class HomeTroublePage:
    """In place of the file: it did not work. Stands alone: locked in, it can load nothing."""

    template: ClassVar = "home_trouble.html.j2"
    status: int
    """The HTTP status."""
    style: Markup = _MARKED
    """The few styles of the page."""

    @staticmethod
    def policy() -> str:
        """Return the page's policy: its own styles and nothing else."""
        digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
        return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
