"""Where the pictures and recordings of a page come from, each by the name in its mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

from markupsafe import escape

from portfolio.model import MediaSuffix
from portfolio.views.filling import Steps
from portfolio.views.room import in_base64, picture_address


class Smaller(Protocol):
    """What gives pictures made smaller. All raise ``StorageTrouble`` or ``NotFound`` for a damaged picture."""

    steps: Steps

    def at_least(self, sha256: str, step: int) -> int:
        """Return how many bytes it will have at the very least; nothing is made for that."""

    def size(self, sha256: str, step: int) -> int:
        """Return how many bytes the picture has that is so many steps smaller."""

    def data(self, sha256: str, step: int) -> bytes:
        """Return its bytes (WebP)."""


@dataclass
class PageFiles:
    """The files of one page while it is filled. ``sizes`` are those of recordings, by name, as entries tell them."""

    pictures: Callable[[str], str]
    media: Callable[[str, MediaSuffix], str]
    sizes: Mapping[str, int] = field(default_factory=dict)
    smaller: Smaller | None = None
    _kept: dict[str, str] = field(default_factory=dict)

    def address(self, name: str, step: int) -> str:
        """Return an address, escaped."""
        sha256, _, suffix = name.partition(".")
        if suffix:
            return escape(self.media(sha256, cast("MediaSuffix", suffix)))
        if step and self.smaller is not None:
            return picture_address(self.smaller.data(sha256, step))
        if name not in self._kept:
            self._kept[name] = escape(self.pictures(sha256))
        return self._kept[name]

    def at_least(self, name: str, step: int) -> int:
        """Return how many bytes the address of a picture will take at the very least."""
        if self.smaller is not None:
            return in_base64(self.smaller.at_least(name, step))
        return self.expected(name, step)

    def expected(self, name: str, step: int) -> int:
        """Return how many bytes an address takes, as far as one knows without reading a recording."""
        if "." in name:
            return in_base64(self.sizes.get(name, 0))
        if self.smaller is not None:  # a picture's own bytes need not be put into letters to be counted
            return in_base64(self.smaller.size(name, step) if step else self.smaller.at_least(name, 0))
        return len(self.address(name, 0))
