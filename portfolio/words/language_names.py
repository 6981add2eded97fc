"""Languages as people write them in a list: “Spanish”, “español”, “العربية”, “Chinese (Simplified)”, “SPA”.

Their own names stand in our table; what they are called in English, Spanish, Arabic and a few more comes
from CLDR (through Babel); what schools say besides is listed here. The answer is a BCP 47 tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from portfolio.words.languages import LANGUAGES, word_in
from portfolio.words.own_names import OTHERWISE, cldr_name, own_name_in, with_parts

_ASKED_IN = ("en", "es", "ar", "fr", "pt", "de")
"""CLDR locales whose names for languages we understand."""

_BESIDES = {
    "mandarin": "zh", "mandarin chinese": "zh", "putonghua": "zh", "cantonese": "yue", "simplified chinese": "zh-Hans",
    "chinese simplified": "zh-Hans", "traditional chinese": "zh-Hant", "chinese traditional": "zh-Hant",
    "chino simplificado": "zh-Hans", "chino tradicional": "zh-Hant", "简体中文": "zh-Hans", "繁體中文": "zh-Hant",
    "castellano": "es", "farsi": "fa", "dari": "prs", "pashtu": "ps", "pushto": "ps", "tagalog": "fil", "pilipino": "fil",
    "haitian": "ht", "creole": "ht", "haitian creole": "ht", "kreyol": "ht", "brazilian portuguese": "pt-BR",
    "portuguese brazil": "pt-BR", "karen": "ksw", "chuukese": "chk", "marshallese": "mh", "mixteco": "mix", "mam": "mam",
    "q anjob al": "kjb", "kanjobal": "kjb", "k iche": "quc", "quiche": "quc", "kurdish": "ku", "sorani": "ckb",
    "kurmanji": "kmr", "rohingya": "rhg", "tigrigna": "ti", "kinyarwanda": "rw", "burmese": "my", "swahili": "sw",
    "asl": "ase", "american sign language": "ase", "عربي": "ar", "انجليزي": "en", "الانجليزية": "en", "اسباني": "es",
}  # fmt: skip

_CODES = {
    "eng": "en", "spa": "es", "ara": "ar", "chi": "zh", "zho": "zh", "cmn": "zh", "vie": "vi", "por": "pt", "rus": "ru",
    "hat": "ht", "urd": "ur", "som": "so", "kor": "ko", "tgl": "fil", "tl": "fil", "fre": "fr", "fra": "fr", "pol": "pl",
    "ukr": "uk", "heb": "he", "per": "fa", "fas": "fa", "pus": "ps", "swa": "sw", "tur": "tr", "ger": "de", "deu": "de",
    "jpn": "ja", "ja": "ja", "hin": "hi", "hi": "hi", "ben": "bn", "bn": "bn", "nep": "ne", "ne": "ne", "pan": "pa",
    "guj": "gu", "amh": "am", "am": "am", "tir": "ti", "bur": "my", "mya": "my", "ita": "it", "it": "it", "kur": "ku",
}  # fmt: skip
"""ISO 639-2 codes of school programs, and two-letter ones that are not in our table."""

_BETWEEN = re.compile(r"\s*[,;/&+|\n،؛]\s*|\s+(?:and|y|e|et|und|or|o)\s+|\s+و\s*(?=ال)")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?")


def tags_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the BCP 47 tags of the languages a text names, each once, and the words nobody knows."""
    whole = tag_for(text)
    if whole:
        return (whole,), ()
    tags: dict[str, None] = {}
    unknown: list[str] = []
    for part in _BETWEEN.split(text[:500]):
        found = [tag_for(part)]
        if not found[0] and re.search(r"\s", part):
            found = [tag_for(word) for word in part.split()]
        if not all(found):
            unknown += [part.strip()] if part.strip() else []
            continue
        tags.update(dict.fromkeys(tag for tag in found if tag))
    return tuple(tags), tuple(unknown)


def tag_for(name: str) -> str:
    """Return the tag of one language, given by a name or a tag; empty if nobody knows it."""
    said = _plain(name)
    short = name.strip().replace("_", "-").lower()
    if not said or len(said) > 60:
        return ""
    if short in _CODES:
        return _CODES[short]
    main, *more = short.split("-")
    if _TAG.fullmatch(short) and (main in LANGUAGES or main in _CODES):
        return "-".join([_CODES.get(main, main), *(p.title() if len(p) == 4 else p.upper() for p in more)])
    base = _plain(re.sub(r"\(.*?\)", " ", name))
    names = _names()
    return names.get(said) or names.get(base, "")


def _plain(name: str) -> str:
    """Return a name for looking up: small, without accents, signs and the Arabic article's doubt."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return names by what :func:`_plain` makes of them. Ours count most, then English, then the rest."""
    from babel import Locale  # reads its tables only when somebody asks by name

    found = {_plain(name): tag for name, tag in _BESIDES.items()}
    found |= {_plain(known.own_name): known.tag for known in LANGUAGES.values()}
    for locale in _ASKED_IN:
        for code, name in Locale(locale).languages.items():
            tag = OTHERWISE.get(str(code), str(code).replace("_", "-"))
            if re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3}|-[A-Z]{2})?", tag) and tag not in {
                "mul",
                "und",
                "zxx",
            }:
                found.setdefault(_plain(str(name)), tag)
    for code in ("bn", "hi", "ja", "ne", "pa", "gu", "am", "ti", "my", "it", "ro", "th", "km", "lo"):
        found.setdefault(_plain(str(Locale(code).languages.get(code, code))), code)
    return found


def name_of(tag: str, reader: str) -> str:
    """Return what a language (BCP 47) is called in the reader's language.

    Where the reader's language has no name for it, it is the English one, else its own. If one of these names is
    found again by :func:`tag_for`, that one is told. A word somebody wrote for a language nobody knows stays that
    word; only a tag nobody has a name for stays as it is.
    """
    if word_in(tag):
        return word_in(tag)
    besides = next((name for name, other in _BESIDES.items() if other == tag), "")
    own = LANGUAGES[tag].own_name if tag in LANGUAGES else ""
    found = [
        cldr_name(tag, reader),
        besides,
        own,
        cldr_name(tag, "en"),
        with_parts(tag, reader),
        _own_name(tag),
    ]
    tries = [name for name in found if name]
    said = next((name for name in tries if tag_for(name) == tag), tries[0] if tries else "")
    return said[:1].upper() + said[1:] if said else tag


def named(tag: str, reader: str) -> str:
    """Return a language for somebody who need not read it: its name, and its own name behind it: “Arabic (العربية)”."""
    name, own = name_of(tag, reader), own_name_of(tag)
    return name if _plain(own) == _plain(name) else f"{name} ({own})"


def all_named(tags: Iterable[str], reader: str) -> str:
    """Return languages as :func:`named` does, with commas between them."""
    return ", ".join(named(tag, reader) for tag in tags)


def own_name_of(tag: str) -> str:
    """Return what a language (BCP 47) is called by those who speak it; its English name where that is not known.

    Only a tag nobody has a name for stays as it is.
    """
    return word_in(tag) or _own_name(tag) or name_of(tag, "en")


def _own_name(tag: str) -> str:
    """Return the own name of a language: from our tables, else from CLDR; empty if nobody knows it."""
    if tag in LANGUAGES:
        return LANGUAGES[tag].own_name
    main = LANGUAGES.get(tag.split("-", maxsplit=1)[0])
    return own_name_in(tag) or (main.own_name if main else "")


def names_of(tags: Iterable[str], reader: str) -> str:
    """Return languages by name with commas between them, as :func:`tags_in` reads them."""
    return ", ".join(name_of(tag, reader) for tag in tags)
