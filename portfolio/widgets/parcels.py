"""Pictures arrive in parts, each answered before the next one comes; here the parts wait for the rest."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from portfolio.errors import PictureRefused

LARGEST_PART: Final = 1_048_576
LARGEST_PICTURE: Final = 25 * LARGEST_PART
"""Bytes of one part, and of a whole picture. Browsers shrink pictures; this is for those they cannot open."""

_AT_ONCE: Final = 4  # half-arrived pictures we hold; an older one is forgotten, its page sends it again


class Parcels:
    """Half-arrived pictures, by the number the page gave them."""

    def __init__(self) -> None:
        self._parts: OrderedDict[int, list[bytes]] = OrderedDict()

    def take(self, rev: int, part: int, of: int, raw: bytes) -> bytes | None:
        """Take part ``part`` (from 0) of ``of``; return the whole once all are here, else None.

        A part that comes twice replaces the first. Raises :class:`~portfolio.errors.PictureRefused` for
        too much, and for a part whose forerunners are missing.
        """
        if not 0 <= part < of or len(raw) > LARGEST_PART or of * LARGEST_PART > LARGEST_PICTURE:
            self._parts.pop(rev, None)
            raise PictureRefused(
                "This picture is too large to take in. Please choose another one, or take a new photo."
            )
        parts = self._parts.setdefault(rev, [])
        if part > len(parts):
            del self._parts[rev]
            raise PictureRefused("This picture did not arrive whole. Please try once more.")
        parts[part:] = [raw]
        while len(self._parts) > _AT_ONCE:
            self._parts.popitem(last=False)
        return b"".join(self._parts.pop(rev)) if len(parts) == of else None
