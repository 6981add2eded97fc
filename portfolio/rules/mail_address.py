"""What is clearly a mail address, and nothing else: only then may a message be addressed."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 4
"""Addresses of one home at most; a longer list is something else."""

_ADDRESS = re.compile(
    r"(?=.{6,254}\Z)(?=[^@]{1,64}@)[A-Za-z0-9_+'-]+(?:\.[A-Za-z0-9_+'-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+")


def mail_addresses(text: str) -> tuple[str, ...]:
    """Return the mail addresses a text holds, if it holds nothing else; else none.

    Several stand with commas, semicolons or spaces between them. “call me, or ana@example.org” is no address:
    whoever wrote it wishes to be called.
    """
    parts = tuple(dict.fromkeys(part for part in _BETWEEN.split(text.strip()) if part))
    if len(parts) > MOST or not all(_ADDRESS.fullmatch(part) for part in parts):
        return ()
    return parts
