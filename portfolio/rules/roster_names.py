"""Names as spreadsheets have them: cleaned, turned round, compared, and told apart when they look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from portfolio.model.record import clean_text

LONGEST_NAME = 100
"""Characters. Longer ones are rows that slipped together."""

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens, zero-width spaces, direction marks: they come along when one copies from a page."""

_JOINERS = re.compile(r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])")
"""Joiners at the edge of a word say nothing; between letters Persian and Hindi need them."""

_EXCEL_TEXT = re.compile(r'="([^"]*)"')
"""How school programs keep a spreadsheet from dropping zeros: ``="004"``."""

# Letters of Cyrillic and Greek that look like Latin ones: a part of the table of Unicode's UTS #39.
_LOOKS = "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw кk мm тt вb нh αa οo τt υu νv ρp ιi κk χx ıi"
_TWINS = str.maketrans({pair[0]: pair[1] for pair in _LOOKS.split()})


def clean_cell(text: str) -> str:
    """Return a cell on one line: NFC, white space gathered, nothing unseen. ``= + - @`` are just letters here."""
    cleaned = " ".join(_UNSEEN.sub("", str(clean_text(text))).split())
    seen = " ".join(_JOINERS.sub("", cleaned).split())
    wrapped = _EXCEL_TEXT.fullmatch(seen)
    return clean_cell(wrapped[1]) if wrapped else unicodedata.normalize("NFC", seen)


def turned(name: str) -> str:
    """Return “Last, First” as “First Last” and “Last, First, Jr.” as “First Last Jr.”; others as they are."""
    parts = [part.strip() for part in re.split("[,،]", name)]
    if len(parts) == 1:
        return name
    last, first, *more = parts
    return " ".join(part for part in (first, last, *more) if part)


def first_of(name: str) -> str:
    """Return the first names of “Last, First”, else the first word."""
    after = re.split("[,،]", name)[1:2]
    return after[0].strip() if after and after[0].strip() else name.split(" ")[0].strip(",،")


def key(name: str) -> str:
    """Return what two spellings of one name share: case, width and white space set aside (NFKC, casefold)."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@lru_cache(maxsize=2048)  # every name is compared with every other
def bare(name: str) -> str:
    """Return the key without accents, hyphens and apostrophes."""
    apart = unicodedata.normalize("NFKD", key(name))
    letters = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’ʻʼ`´]", "", letters)).split())


@lru_cache(maxsize=2048)
def skeleton(name: str) -> str:
    """Return the name as an eye reads it: letters of other alphabets by the Latin ones they look like."""
    return bare(name).translate(_TWINS)


def has_letters(text: str) -> bool:
    """Return whether there is a letter of any alphabet."""
    return any(c.isalpha() for c in text)


def mixes_alphabets(name: str) -> bool:
    """Return whether one word has Latin letters and others that look like Latin ones."""
    for word in name.casefold().split():
        letters = [unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()]
        if "LATIN" in letters and {"CYRILLIC", "GREEK", "ARMENIAN"} & set(letters):
            return True
    return False


def is_shouted(name: str) -> bool:
    """Return whether a name is all in capitals (two letters are initials)."""
    return name.isupper() and sum(c.isalpha() for c in name) > 3


def look_alike(one: str, other: str) -> bool:
    """Return whether a hurried eye may take one name for the other.

    So it is if they are the same but for accents or twin letters, or one letter is more, less, another or
    changed places (“Jon Smith”, “John Smith”). A digit in it (“Ana 1”, “Ana 2”) tells them apart.
    """
    a, b = skeleton(one), skeleton(other)
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    return _one_slip(*sorted((a, b), key=len))


def _one_slip(short: str, long: str) -> bool:
    """Return whether texts of nearly one length differ by one slip of the pen (Damerau-Levenshtein 1)."""
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if any(part[at : at + 1].isdigit() for part in (short, long)):
        return False
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or (swapped and short[at + 2 :] == long[at + 2 :])


def same_family(one: str, other: str) -> bool:
    """Return whether two names share their first or last word: one of them may be the other, renamed."""
    a, b = bare(one).split(), bare(other).split()
    return bool(a and b) and (a[0] == b[0] or (len(a) > 1 and len(b) > 1 and a[-1] == b[-1]))


def free(wanted: str, taken: Iterable[str]) -> str:
    """Return the id, with a number behind it if it is taken."""
    others = set(taken)
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(others) + 2))
    return next(name for name in numbered if name not in others)
