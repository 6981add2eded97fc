"""In which language a line stands that is in another writing than the words around it.

A child writes a letter in English and greets in Chinese. What reads pages aloud takes the language we name: with the
voice for English it says nothing there. So a line wholly in another writing is said to be in the language of its
readers that is written so. Where none is, or one cannot know, it stays what its passage is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

_WRITES: Final[Mapping[str, frozenset[str]]] = {
    "ARABIC": frozenset("ar az bal ckb dv fa ha kk ks ku ky ms pa prs ps sd tg tk ug ur uz".split()),
    "HEBREW": frozenset("arc he jrb lad yi".split()),
    "CJK": frozenset("cdo cmn gan hak hsn ja ko lzh nan vi wuu yue za zh".split()),
    "HIRAGANA": frozenset(("ja",)),
    "KATAKANA": frozenset(("ain", "ja")),
    "HANGUL": frozenset(("ko",)),
    "CYRILLIC": frozenset("az be bg bs ce kk ky mk mn os ro ru sh sr tg tk tt uk uz".split()),
    "GREEK": frozenset(("el", "grc")),
    "DEVANAGARI": frozenset("bho doi hi kok ks mai mr ne new sa sat sd".split()),
    "BENGALI": frozenset("as bn mni sa sat".split()),
    "GURMUKHI": frozenset(("pa",)),
    "GUJARATI": frozenset(("gu", "sa")),
    "TAMIL": frozenset(("sa", "ta")),
    "TELUGU": frozenset(("sa", "te")),
    "THAI": frozenset(("pi", "th")),
    "ETHIOPIC": frozenset("am gez ti tig".split()),
    "ARMENIAN": frozenset(("hy", "xcl")),
    "GEORGIAN": frozenset(("ka", "xmf")),
}  # fmt: skip
"""Writings, as Unicode calls them, and the languages we know to be written so now or not long ago (CLDR)."""


def written_in(line: str, lang: str, readers: Iterable[str]) -> str:
    """Return the tag of the language a line is in: ``lang``, that of its passage, unless its writing says otherwise.

    ``readers`` are the tags of the languages its readers read, the best one first: nobody else is guessed at.
    """
    letters = {unicodedata.name(sign, "").partition(" ")[0] for sign in line if sign.isalpha()}
    fits = [_WRITES.get(writing, frozenset()) for writing in letters]
    if not fits or all(_main(lang) in one for one in fits):
        return lang
    return next((tag for tag in readers if all(_main(tag) in one for one in fits)), lang)


def _main(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()
