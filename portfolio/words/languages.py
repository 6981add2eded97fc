"""The languages we know by name: one table of our own.

CLDR (through Babel) has holes for the home languages of our families: no Hmong, French dates for
Haitian Creole. So each language says here how it is written, in which direction, and whose dates it
borrows. A language that is not in the table still works: CLDR says what it is called, its text runs by itself.

Source of the list: home languages of English learners in US schools, fall 2021 (see plain-words notes).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class Language:
    """A language: BCP 47 tag, its own name, direction, whose dates it uses (a CLDR locale)."""

    tag: str
    own_name: str
    direction: Direction = "ltr"
    dates: str = "en"
    catalog: bool = False
    """Whether our own texts exist in it."""
    reviewed_by: str = ""
    """Who read our texts in it; empty means nobody yet: pages say it is a draft."""


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", dates="en", catalog=True, reviewed_by="the makers"),
        Language("es", "Español", dates="es", catalog=True),
        Language("ar", "العربية", "rtl", dates="ar", catalog=True),
        Language("zh", "中文", dates="zh"),
        Language("vi", "Tiếng Việt", dates="vi"),
        Language("pt", "Português", dates="pt"),
        Language("ru", "Русский", dates="ru"),
        Language("ht", "Kreyòl ayisyen", dates="fr"),
        Language("hmn", "Hmoob", dates="en"),
        Language("ur", "اردو", "rtl", dates="ur"),
        Language("so", "Soomaali", dates="so"),
        Language("ko", "한국어", dates="ko"),
        Language("fil", "Filipino", dates="fil"),
        Language("fr", "Français", dates="fr"),
        Language("pl", "Polski", dates="pl"),
        Language("uk", "Українська", dates="uk"),
        Language("he", "עברית", "rtl", dates="he"),
        Language("fa", "فارسی", "rtl", dates="fa"),
        Language("prs", "دری", "rtl", dates="fa"),
        Language("ps", "پښتو", "rtl", dates="ps"),
        Language("sw", "Kiswahili", dates="sw"),
        Language("tr", "Türkçe", dates="tr"),
        Language("de", "Deutsch", dates="de"),
    )
}

_RTL_SCRIPTS = {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
_RTL_MAIN = {"arc", "ckb", "dv", "ks", "nqo", "sd", "syr", "ug", "yi"}
"""Languages without a line in the table that are written from right to left unless their tag says otherwise."""


def language(tag: str) -> Language:
    """Return what we know of a BCP 47 tag; its main language counts; CLDR names one that is not in our table.

    A tag that keeps somebody's word for a language is called that word.

    A script in the tag decides the direction: ``ur-Latn`` runs from left to right, ``ku-Arab`` does not.
    """
    word = word_in(tag)
    if word:
        return Language(tag, word, "rtl" if _runs_left(word) else "ltr")
    main, *more = tag.split("-")
    script = next((part.title() for part in more if len(part) == 4 and part.isalpha()), "")
    known = LANGUAGES.get(tag) or LANGUAGES.get(main.lower())
    if known is None:
        from portfolio.words.own_names import some_name  # Babel comes with it: only for what we do not list

        known = Language(tag, some_name(tag), "rtl" if main.lower() in _RTL_MAIN else "ltr")
    if not script:
        return known
    return replace(known, direction="rtl" if script in _RTL_SCRIPTS else "ltr")


def word_in(tag: str) -> str:
    """Return the word for a language that a tag of ours keeps (:mod:`portfolio.model.own_language`), else ""."""
    if not tag.startswith("q"):
        return ""
    from portfolio.model.own_language import own_word  # pydantic comes with it, and help needs none

    return own_word(tag)


def _runs_left(word: str) -> bool:
    """Return whether the first letter that has a direction runs to the left."""
    ways = (unicodedata.bidirectional(sign) for sign in word)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"
