"""A text made plain for comparing, with the way back: every sign knows where it stood in the original.

Signs nobody sees are dropped (soft hyphens, zero-width spaces, marks of direction), all kinds of dashes,
apostrophes and spaces become one, accents join their letters (NFC), full-width and fancy letters become plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_ONE_TO_ONE: Final = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ´′＇ʹ‛"), "'"),
    **dict.fromkeys(map(ord, "\t\u00a0\u1680\u202f\u205f\u3000"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(map(ord, "\r\v\f\x85\u2028"), "\n"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "＇－"},
}
"""Signs that stand for one plain sign each."""

_DROPPED: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_COMPOSED: Final = "\u2160-\u217f\ufb00-\ufb06\U0001d400-\U0001d7ff"
"""Roman numerals, ligatures and mathematical letters: NFKC spells them out."""
_SPECIAL: Final = re.compile(f"[{_DROPPED}]+|\r\n|\u2029|[^{_MARKS}][{_MARKS}]+|[{_COMPOSED}]")


@dataclass(frozen=True, slots=True)
class Normal:
    """A plain text and where its signs stood; without the two lists every sign stands where it stood."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original text for a range (not empty) of the plain one."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normal(text: str) -> Normal:
    """Return a text made plain. Takes any string, lone surrogates and control signs too; never fails."""
    if text.isascii() and "\r" not in text:
        return Normal(text.translate(_ONE_TO_ONE) if "\t" in text or "\v" in text or "\f" in text else text)
    if not _SPECIAL.search(text):
        return Normal(text.translate(_ONE_TO_ONE))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in _SPECIAL.finditer(text):
        start, end = found.span()
        parts.append(text[done:start].translate(_ONE_TO_ONE))
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        plain = _plain(found[0])
        parts.append(plain)
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))
        done = end
    parts.append(text[done:].translate(_ONE_TO_ONE))
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Normal("".join(parts), starts, ends)


def _plain(special: str) -> str:
    """Return what stands for a sign (or a letter with its accents) that does not map one to one."""
    if special == "\r\n":
        return "\n"
    if special == "\u2029":
        return "\n\n"
    if re.match(f"[{_DROPPED}]", special):
        # A mark behind a dropped sign comes with it: nothing is left to carry it.
        return ""
    if re.match(f"[{_COMPOSED}]", special):
        return unicodedata.normalize("NFKC", special)
    return unicodedata.normalize("NFC", special).translate(_ONE_TO_ONE)
