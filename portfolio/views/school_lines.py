"""Short lines a school writes, in the words of the page: terms, grades, subjects, who somebody is, languages, family names.

"Fall 2026", "grade 4" and "science" are the school's own lines and nobody translates them. Most are words every school
uses, and those we know: they are said in the language of the page. A line that is anything else stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.words import LANGUAGES, Speech, speak
from portfolio.words.kin import kin_in

TERMS: Final = (
    N_("Fall {year}"), N_("Autumn {year}"), N_("Winter {year}"), N_("Spring {year}"), N_("Summer {year}"),
)  # fmt: skip
GRADE: Final = N_("grade {grade}")
WORDS: Final = (
    N_("math"), N_("science"), N_("reading"), N_("writing"), N_("spelling"), N_("geography"), N_("history"),
    N_("social studies"), N_("music"), N_("art"), N_("drama"), N_("sports"), N_("health"), N_("computers"), N_("physics"),
    N_("chemistry"), N_("biology"), N_("language arts"), N_("library"), N_("robotics"), N_("debate"), N_("English"),
    N_("Spanish"), N_("Arabic"), N_("kindergarten"), N_("class teacher"), N_("homeroom teacher"), N_("reading teacher"),
    N_("music teacher"), N_("art teacher"), N_("math teacher"), N_("science teacher"), N_("English teacher"),
    N_("sports teacher"), N_("teacher"), N_("principal"), N_("school nurse"), N_("school counselor"), N_("librarian"),
)  # fmt: skip
"""Words every school uses, for subjects and for who somebody is."""
OTHERWISE: Final[Mapping[str, str]] = {
    "maths": "math", "mathematics": "math", "p.e.": "sports", "pe": "sports", "physical education": "sports", "ela": "language arts",
    "homeroom": "class teacher", "head teacher": "principal", "school counsellor": "school counselor",
}  # fmt: skip

_YEAR: Final = r"(?P<year>\d{4})"
_NTH: Final = re.compile(r"(?P<n>\d{1,2})(?:st|nd|rd|th) grade|(?:grade|year) (?P<m>\d{1,2})", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_MOST: Final = 60


def school_line(line: str, say: Speech) -> str:
    """Return a short line of a school in the language of a page, or "" where we do not know its words there."""
    text = " ".join(line.split())
    if not text or len(text) > _MOST:
        return ""
    for tag, one in LANGUAGES.items():
        if one.catalog and (found := _known(text, tag, say)):
            return text if tag == _main(say.lang) else found
    return ""


def _known(text: str, tag: str, say: Speech) -> str:
    """Return a line written in the language ``tag`` in the words of the page, or ""."""
    words, terms = _written(tag)
    if nth := _NTH.fullmatch(text):
        return _said(GRADE, say, grade=nth["n"] or nth["m"])
    for msgid, way in terms:
        if found := way.fullmatch(text):
            return _said(msgid, say, year=found["year"])
    folded = text.casefold()
    msgid = words.get(folded) or words.get(OTHERWISE.get(folded, ""), "")
    told = _said(msgid, say) if msgid else ""
    return told[:1].upper() + told[1:] if text[:1].isupper() else told


def _said(msgid: str, say: Speech, **values: object) -> str:
    """Return a text of ours in the language of the page; "" where that has none."""
    return say(msgid, **values) if say.knows(msgid) else ""


@lru_cache(maxsize=8)
def _written(tag: str) -> tuple[dict[str, str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return how the words and the terms are written in a language of ours: message ids by word, and by pattern."""
    say = speak(tag)
    words = {say(msgid).casefold(): msgid for msgid in reversed(WORDS) if say.knows(msgid)}
    terms = []
    for msgid in TERMS:
        before, _, after = say(msgid, year="\ue000").partition("\ue000")
        terms.append((msgid, re.compile(re.escape(before) + _YEAR + re.escape(after), re.IGNORECASE)))
    return words, tuple(terms)


def of_school(line: str, say: Speech, lang: str) -> Markup:
    """Return a short line of a school as markup: in the words of the page, else as it was written, in ``lang``."""
    return _marked(line, school_line(line, say), say, lang)


def languages(line: str, say: Speech) -> Markup:
    """Return the languages of a line ("English, Spanish and Arabic") as the page calls them, if all of them are known."""
    from portfolio.words.own_names import cldr_name  # Babel comes with it: only where languages are named

    if _main(say.lang) == "en":
        return _marked(line, "", say, "en")
    tags = _tags()
    parts = [tags.get(part.casefold(), "") for part in _BETWEEN.split(" ".join(line.split())) if part]
    names = [cldr_name(tag, say.lang) if tag else "" for tag in parts]
    return _marked(line, say.comma.join(names) if all(names) else "", say, "")


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    """Return the tags of languages by what they are called in English."""
    from babel import Locale

    return {str(name).casefold(): tag.replace("_", "-") for tag, name in Locale("en").languages.items()}


def person(name: str, say: Speech) -> Markup:
    """Return the name of a grown-up; a word of a family ("Mama", "Teta") also in the letters of the page, if these are others."""
    there = kin_in(name, say.lang)
    if not there:
        return Markup("<bdi>{}</bdi>").format(name)
    return Markup('<bdi lang="{}">{}</bdi> (<bdi>{}</bdi>)').format(say.lang, there, name)


def _marked(line: str, told: str, say: Speech, lang: str) -> Markup:
    if told or not lang or _main(lang) == _main(say.lang):
        return Markup("<bdi>{}</bdi>").format(told or line) if line else Markup("")
    return Markup('<bdi lang="{}">{}</bdi>').format(lang, line) if line else Markup("")


def _main(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()
