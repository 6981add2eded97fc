"""What a page without a kernel and the server send each other: JSON, and files behind it.

Four bytes say how long the JSON is, the JSON says how long each file is::

    4 bytes │ {"content": {…}, "sizes": [n, …]} │ n bytes │ …     a question
    4 bytes │ {"answer":  {…}, "sizes": [n, …]} │ n bytes │ …     an answer
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from portfolio.carry.checks import LARGEST_FILE, LONGEST_ALL, MOST_FILES

_LONGEST_HEAD: Final = 4 * LONGEST_ALL


class Unreadable(Exception):
    """A body that none of our pages sends; never shown to anybody."""


def packed(name: str, told: Mapping[str, Any], files: Sequence[bytes]) -> bytes:
    """Return a body: ``told`` under ``name``, the files behind it."""
    head = json.dumps({name: told, "sizes": [len(one) for one in files]}, ensure_ascii=False)
    text = head.encode("utf-8", "replace")
    return b"".join((len(text).to_bytes(4, "big"), text, *files))


def unpacked(name: str, body: bytes) -> tuple[object, list[bytes]]:
    """Return what a body says under ``name``, and its files. Raises ``Unreadable``."""
    length = int.from_bytes(body[:4], "big")
    if len(body) < 4 + length or length > _LONGEST_HEAD:
        raise Unreadable
    try:
        said = json.loads(body[4 : 4 + length])
        sizes, told = said["sizes"], said[name]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable from None
    proper = isinstance(sizes, list) and len(sizes) <= MOST_FILES
    if not proper or not all(type(n) is int and 0 <= n <= LARGEST_FILE + 1 for n in sizes):
        raise Unreadable
    at, files = 4 + length, []
    for n in sizes:
        files.append(body[at : at + n])
        at += n
    if at != len(body):
        raise Unreadable
    return told, files
