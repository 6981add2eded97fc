"""The pictures of the door, under the name the server knows them by: see :mod:`portfolio.rules.door_pictures`."""

from __future__ import annotations

from portfolio.rules.door_pictures import SECRET_PICTURES, WORDS

__all__ = ["SECRET_PICTURES", "WORDS"]
