"""Where the pictures lie that help with a question: ``pictures/`` in the folder of a class."""

from __future__ import annotations

import re
from typing import Final

PICTURES: Final = "pictures"
"""The folder of a class for pictures that help with a question; below ``.portfolio``, for their clean copies."""

LARGEST_HELP: Final = 20_000_000
"""Bytes of one such picture as a teacher puts it there: a photo of a phone as it is. The clean copy is small."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\.(?:webp|png|jpg|jpeg)")


def is_help_name(name: str) -> bool:
    """Return whether a class template can name a picture like this."""
    return _NAME.fullmatch(name) is not None
