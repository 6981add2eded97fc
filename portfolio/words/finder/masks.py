"""What is no prose is covered up before words are looked for: code, addresses, file names, tags, mathematics.

The text of a markdown link stays, its address goes. Covering keeps the length, so that places stay the same.
Every pattern reads a text once: none can run back and forth.
"""

from __future__ import annotations

import re
from typing import Final

COVER: Final = "\ufffc"
"""What stands for a covered sign: no letter, no space; no phrase reaches over it."""

_ENDINGS: Final = frozenset(
    "pdf doc docx ppt pptx xls xlsx csv tsv txt rtf odt ods odp png jpg jpeg gif svg webp heic bmp mp3 mp4 m4a "
    "wav ogg webm mov avi zip html htm css js py ipynb md json yaml yml xml epub exe gdoc gsheet gslides "
    "com org net edu gov mil info uk ca au k12 io app".split()
)
"""Last parts of file names and of addresses without ``www``."""

_FENCE: Final = re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE)
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w`])`[^`\n]{1,300}`(?!\w)",  # code in a line
        r"\]\([^()\s]*(?:[ ]\"[^\"\n]*\")?\)",  # the address of a link
        r"(?i:\b(?:https?|ftp|file)://|\bwww\.|\bmailto:)[!-~]+",
        r"</?[A-Za-z!][^<>\n]{0,300}>",  # tags
        r"\$\$[^$]{1,1000}\$\$",
        r"\$(?![\s$])[^$\n]{0,200}[^\s$]\$(?!\d)",
        r"\\\([^\\\n]{1,300}\\\)|\\[A-Za-z]++",
        r"\{\{[^{}\n]{0,200}\}\}|\$\{[^{}\n]{0,200}\}",
        r"(?<!\S)@[A-Za-z0-9_]++",  # handles
        r"(?<![\w.])[A-Za-z0-9]++(?:_[A-Za-z0-9]++)+",  # names_in_code
        r"(?<![\w\\])[A-Za-z]:\\[!-~]*",
        r"(?<![^\s(\"'])(?:~|\.{1,2})?/[\w.-]++/[\w./-]*",  # paths
    )
)
_DOTTED: Final = re.compile(r"(?<![\w.@-])[\w-]++(?:\.[\w-]++)+(?:/[!-~]*)?")
_PART: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-")
_TAIL: Final = ".,;:!?)]}>\"'*_"
"""Signs at the end of an address that belong to the sentence round it."""

_MARKER: Final = re.compile(
    r"^[ ]*(?:>[ ]*)*(?:[-*+•‣▪◦·–]|#{1,6}|\(?(\d{1,2})[.)])?(?:[ ]\[[ xX]?\])?(?=[ ])[ ]+|^[ ]*>+",
    re.MULTILINE,
)


def masked(text: str) -> str:
    """Return a text of the same length in which everything that is no prose is covered."""
    if "\n" in text or text[:1] in " >-*+•‣▪◦·#(0123456789":
        text = _without_markers(_without_fences(text))
    for pattern in _PATTERNS:
        text = pattern.sub(_cover, text)
    if "." in text:
        text = _DOTTED.sub(_names, text)
    return _without_mails(text) if "@" in text else text


def _cover(found: re.Match[str]) -> str:
    whole = found[0]
    if whole.startswith("]("):
        return "]" + COVER * (len(whole) - 1)
    kept = whole.rstrip(_TAIL) if "/" in whole or "." in whole else whole
    return (
        COVER * len(kept) + whole[len(kept) :]
        if not whole.startswith(("`", "<", "$", "{", "\\"))
        else COVER * len(whole)
    )


def _names(found: re.Match[str]) -> str:
    """Cover ``rubric.pdf`` and ``school.org/iep``, leave ``end.Next`` and ``I.E.P``."""
    whole = found[0]
    last = whole.split("/")[0].rpartition(".")[2]
    if last.lower() in _ENDINGS and (last.islower() or last.isupper() or last.isdigit()):
        kept = whole.rstrip(_TAIL)
        return COVER * len(kept) + whole[len(kept) :]
    return whole


def _without_fences(text: str) -> str:
    """Cover blocks of code between two fences; an opening one without an end covers nothing."""
    parts: list[str] = []
    done = 0
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1] == opened[1]:
            parts += [
                text[done : opened.start()],
                re.sub(r"[^\n]", COVER, text[opened.start() : fence.end()]),
            ]
            done = fence.end()
            opened = None
    return "".join([*parts, text[done:]])


def _without_markers(text: str) -> str:
    """Blank out what only marks a line (bullets, quote signs, numbers of a list): a phrase may run on behind it."""
    last = 0

    def blank(found: re.Match[str]) -> str:
        nonlocal last
        if found[1]:
            number = int(found[1])
            if number not in {1, last + 1}:
                return found[0]
            last = number
        return " " * len(found[0])

    return _MARKER.sub(blank, text)


def _without_mails(text: str) -> str:
    """Cover mail addresses: what leans on an ``@`` at both sides, 100 signs at most each way."""
    signs: list[str] | None = None
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > max(0, at - 100) and text[start - 1] in _PART:
            start -= 1
        while end < min(len(text), at + 100) and text[end] in _PART:
            end += 1
        if start < at < end - 1:
            signs = signs or list(text)
            signs[start:end] = COVER * (end - start)
        at = text.find("@", end)
    return text if signs is None else "".join(signs)
