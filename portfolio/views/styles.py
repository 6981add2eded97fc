"""Styles of a page that stands alone: one text, with just the fonts its words need inside."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portfolio import files

_HOME = ("tokens.css", "book.css", "home.css")
_SOMETIMES = (
    ('class="medium', "media.css"),
    ('class="written', "media.css"),
    ('class="sw"', "school-words.css"),
    ('class="overs"', "over-time.css"),
    ('class="quick', "quick-look.css"),
    ('own-time"', "own-time.css"),
    ('class="reply"', "home-answer.css"),
)
"""What a page has in it, and the style sheet it needs then. No words look so: their quotation marks are escaped."""
_PLAIN = re.compile("[ -~]+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Font:
    """A font file and the characters it is for (pairs of first and last code point)."""

    file: Path
    family: str
    weight: str
    style: str
    signs: tuple[tuple[int, int], ...]

    def serves(self, text: str) -> bool:
        """Return whether any character of the text is drawn with this file."""
        return any(first <= ord(sign) <= last for sign in text for first, last in self.signs)


@lru_cache(maxsize=1)
def fonts() -> tuple[Font, ...]:
    """Return the fonts we ship, as ``fonts/fonts.json`` lists them."""
    folder = files.page_templates() / "fonts"
    listed = json.loads((folder / "fonts.json").read_text(encoding="utf-8"))
    return tuple(
        Font(folder / f["file"], f["family"], f["weight"], f["style"], _signs(f["range"])) for f in listed
    )


def _signs(ranges: str) -> tuple[tuple[int, int], ...]:
    """Return ``"U+20-7E,U+131"`` as pairs of code points."""
    pairs = (part.strip().removeprefix("U+").split("-") for part in ranges.split(","))
    return tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in pairs)


@lru_cache(maxsize=32)
def _face(font: Font) -> str:
    data = base64.b64encode(font.file.read_bytes()).decode("ascii")
    ranges = ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in font.signs)
    return (
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};font-style:{font.style};'
        f'font-display:swap;src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{ranges}}}'
    )


@lru_cache(maxsize=8)
def sheet(*names: str) -> str:
    """Return style sheets of ours joined into one text, comments and line starts taken out."""
    folder = files.page_templates() / "css"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def teacher_sheets() -> tuple[str, ...]:
    """Return the style sheets of the teacher's desk, in their order: its own, papers, then one for each room."""
    rooms = sorted((files.page_templates() / "css").glob("teacher-*.css"))
    return ("teacher.css", "papers.css", *(path.name for path in rooms))


def meeting_sheets() -> tuple[str, ...]:
    """Return the style sheets of a meeting's pages, after the book's: forms, the deck, what a family says."""
    return ("teacher.css", "table.css", "meeting.css", "cues.css")


def home_styles(text: str) -> str:
    """Return all styles of a home file whose words are ``text``, the fonts for these words inside."""
    more = tuple(dict.fromkeys(name for sign, name in _SOMETIMES if sign in text))
    return _joined(_fonts_for(_signs_of(text)), more)


def page_styles(text: str, *names: str) -> str:
    """Return these style sheets of ours for a page whose words are ``text``, the fonts for them inside."""
    return "".join(map(_face, _fonts_for(_signs_of(text)))) + sheet(*names)


def _signs_of(text: str) -> str:
    """Return the characters of a page, each once; those of plain Latin, which no font of ours parts, as one of them."""
    others = _PLAIN.sub("", text)  # what is left is little: looking at each sign would take ten times as long
    return "".join(sorted(set(others))) + ("a" if len(others) < len(text) else "")


@lru_cache(maxsize=256)
def _fonts_for(signs: str) -> tuple[Font, ...]:
    """Return the fonts that draw any of these characters."""
    return tuple(font for font in fonts() if font.serves(signs))


@lru_cache(maxsize=8)
def _joined(chosen: tuple[Font, ...], more: tuple[str, ...]) -> str:
    """Return the styles with these fonts, the same text for every child who needs the same ones."""
    return "".join(map(_face, chosen)) + sheet(*_HOME, *more)
