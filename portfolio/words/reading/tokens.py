"""Words in a text, with their places: any script, apostrophes and hyphens inside, addresses left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_WITHOUT_SPACES: Final = (  # scripts that put no space between words: name, letters to a word on average
    ("CJK", 2),
    ("HIRAGANA", 2),
    ("KATAKANA", 2),
    ("THAI", 4),
    ("LAO", 4),
    ("KHMER", 4),
    ("MYANMAR", 4),
)
_DROPPED: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-", "–": "-", "−": "-"}
)
_CHUNK: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``text[start:end]`` (code points), and for how many it counts (Chinese runs hold several)."""

    start: int
    end: int
    text: str
    count: int = 1


def words(text: str) -> list[Word]:
    """Return the words of a text from first to last. Numbers are words; web and e-mail addresses are not."""
    spans = _pattern().finditer(without_addresses(text))
    return [Word(one.start(), one.end(), one[0], _count(one[0])) for one in spans]


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Return a word as lists have it: small letters, straight apostrophes, no marks that nobody sees."""
    return unicodedata.normalize("NFKC", word).translate(_DROPPED).translate(_PLAIN).lower()


def without_addresses(text: str) -> str:
    """Return the text, as long as before, with spaces where web and e-mail addresses stood."""
    if "@" not in text and "://" not in text and "www." not in text:
        return text
    return _CHUNK.sub(_blank_address, text)


def _blank_address(found: re.Match[str]) -> str:
    chunk = found[0]
    if not ("://" in chunk or chunk.startswith("www.") or 0 < chunk.find("@") < chunk.rfind(".")):
        return chunk
    bare = chunk.rstrip(".,;:!?…)]}\"'”’»")  # the sentence's own marks stay
    return " " * len(bare) + chunk[len(bare) :]


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    r"""Return what a word looks like. ``\w`` alone would break words at vowel signs and written accents."""
    codes = range(0x300, 0x10000)
    marks = "".join(chr(code) for code in codes if unicodedata.category(chr(code)) in {"Mn", "Mc"})
    letter = rf"(?:[^\W_]|[{marks}])"
    inside = "['’‘ʼ＇‐‑\\-\u00ad\u200b-\u200d\u2060\ufeff]"
    number = r"\d+(?:[.,:/]\d+)+"
    return re.compile(rf"{number}|(?:[^\W\d_]\.){{1,9}}[^\W\d_]\b\.?|{letter}+(?:{inside}{letter}+)*")


def _count(word: str) -> int:
    if word.isascii():
        return 1
    for letter in word:
        size = _letters_to_a_word(letter)
        if size:
            return max(1, -(-len(word) // size))
    return 1


@lru_cache(maxsize=4096)
def _letters_to_a_word(letter: str) -> int:
    if letter < "\u0e00":
        return 0
    name = unicodedata.name(letter, "")
    return next((size for script, size in _WITHOUT_SPACES if name.startswith(script)), 0)
