"""What languages are called by those who speak them, and by CLDR (through Babel), which is read when first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

OTHERWISE: Final = {"tl": "fil", "fa_AF": "prs"}
"""CLDR's codes for what our table calls otherwise: Tagalog and Filipino are one here, Dari has its own tag."""

OWN_NAMES: Final = {
    "ase": "American Sign Language", "chk": "Chuuk", "mh": "Kajin M̧ajeļ", "ksw": "ကညီ", "sm": "Gagana Sāmoa", "ilo": "Ilokano",
    "kmr": "Kurmancî", "ku": "Kurdî", "ckb": "کوردی", "mam": "Mam", "kjb": "Q’anjob’al", "mix": "Tu’un Savi", "nah": "Nahuatl",
    "kg": "Kikongo", "ay": "Aymar aru", "fj": "Na Vosa Vakaviti", "ty": "Reo Tahiti", "tw": "Twi", "ny": "Chichewa",
    "rhg": "Ruáingga", "yue": "廣東話", "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "zh-CN": "简体中文", "zh-TW": "繁體中文",
    "pt-BR": "Português (Brasil)", "hnj": "Hmoob", "kea": "Kabuverdianu", "din": "Thuɔŋjäŋ", "cfm": "Lai", "tet": "Tetun",
    "jam": "Patwa", "nv": "Diné bizaad", "ach": "Acholi", "arc": "ܐܪܡܝܐ", "syr": "ܣܘܪܝܝܐ", "la": "Latina", "bal": "بلوچی",
}  # fmt: skip
"""Own names that CLDR does not have, or has in a way families do not write."""


@lru_cache(maxsize=1024)
def own_name_in(tag: str) -> str:
    """Return the own name of a language (BCP 47) that is not in our table of languages; empty if nobody knows it."""
    found = OWN_NAMES.get(tag, "") or cldr_name(tag, tag)
    if not found and "-" in tag:
        main = tag.split("-", maxsplit=1)[0]
        found = OWN_NAMES.get(main, "") or cldr_name(main, main)
    return found[:1].upper() + found[1:]


def some_name(tag: str) -> str:
    """Return the own name of a language, else its English one; only a tag nobody has a name for stays as it is."""
    return own_name_in(tag) or cldr_name(tag, "en") or with_parts(tag, "en") or tag


def cldr_name(tag: str, reader: str) -> str:
    """Return what CLDR calls a language in the reader's language; empty if it has no name for it there."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(reader.replace("-", "_")).languages
    except (UnknownLocaleError, ValueError, TypeError):
        return ""
    code = next((code for code, ours in OTHERWISE.items() if ours == tag), "")
    return str(known.get(tag.replace("-", "_"), "") or known.get(code, ""))


def with_parts(tag: str, reader: str) -> str:
    """Return a language by its main name, with what its tag says besides in brackets: “Arabic (Syria)”; else ""."""
    from babel import Locale, UnknownLocaleError

    main, *parts = tag.split("-")
    name = cldr_name(main.lower(), reader) or cldr_name(main.lower(), "en")
    if not parts or not name:
        return ""
    try:
        known = Locale.parse(reader.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        known = Locale("en")
    besides = (known.scripts.get(one.title()) or known.territories.get(one.upper()) or one for one in parts)
    return f"{name} ({' · '.join(str(one) for one in besides)})"
