"""Names for machines, made of what people write: of a page, a question, a choice, an agenda."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_LONGEST_NAME: Final = 40


def free_name(text: str, taken: Iterable[str], otherwise: str) -> str:
    """Return a name for machines made of a text, unlike all that are ``taken``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-") or otherwise
    used = set(taken)
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(used) + 2))
    return next(name for name in numbered if name not in used)
