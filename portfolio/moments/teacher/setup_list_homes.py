"""What only a person can say of the homes in a list: what a word for a language means, whether two homes are one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import Household
from portfolio.model.own_language import nobody_looked, own_tag, own_word
from portfolio.moments.room import Asked
from portfolio.moments.teacher.setup_words import names_in_line
from portfolio.rules.roster import Homes, Table
from portfolio.rules.roster_addresses import may_be_two_homes
from portfolio.rules.roster_languages import MOST_UNKNOWN, OWN, unknown_languages
from portfolio.views.teacher.setup_homes_page import UnsureLanguage
from portfolio.views.teacher.setup_list_page import LanguageQuestion
from portfolio.words import Speech
from portfolio.words.language_names import named, tags_in
from portfolio.words.languages import LANGUAGES

_FIELD: Final = "language-"


def language_choices(word: str, say: Speech) -> list[tuple[str, str]]:
    """Return what a word for a language may mean: not said yet, a language we know by name, or one of its own."""
    known = sorted((named(tag, say.lang), tag) for tag in LANGUAGES)
    return [
        ("", say("not said yet: remind me")),
        *((tag, name) for name, tag in known),
        (OWN, say("another language: keep “{word}” as its name", word=word)),
    ]


def language_questions(
    table: Table, chosen: Mapping[str, str], say: Speech, *, first_names: bool
) -> list[LanguageQuestion]:
    """Return a question for each word under the languages of a list that nobody here knows."""
    return [
        LanguageQuestion(
            field=f"{_FIELD}{one.word_id}",
            ask=say("Which language is “{word}”?", word=one.word),
            whose=say("It stands there for {names}.", names=names_in_line(one.names, say)),
            options=language_choices(one.word, say),
            chosen=chosen.get(one.word_id, ""),
        )
        for one in unknown_languages(table, tags_in, first_names=first_names)
    ]


def languages_told(asked: Asked) -> dict[str, str]:
    """Return what a form says of words for languages: id of the word → a tag we know, or ``OWN``."""
    told = {name.removeprefix(_FIELD): asked.one(name) for name in asked.values if name.startswith(_FIELD)}
    said = {word: value for word, value in told.items() if value == OWN or value in LANGUAGES}
    return dict(list(said.items())[:MOST_UNKNOWN])


def homes_told(asked: Asked, shown: Table) -> Homes:
    """Return what a form says of the homes of grown-ups; what was said before where it says nothing new."""
    told: Mapping[str, Homes] = {"one": "one", "two": "two"}
    wanted = told.get(asked.one("homes"), "")
    return wanted if wanted and wanted != homes_now(shown) else shown.homes


def homes_now(table: Table) -> Homes:
    """Return whether the grown-ups of two columns are taken for one home; "" where a list gives no reason to ask."""
    if not may_be_two_homes(table):
        return ""
    return "one" if table.joins(2) else "two"


def unsure_languages(home: Household, say: Speech) -> list[UnsureLanguage]:
    """Return the words for languages of a home that nobody has looked at yet, with what they may mean."""
    tags = (tag for tag in dict.fromkeys((*home.reads, *home.speaks)) if nobody_looked(tag))
    return [
        UnsureLanguage(
            tag, own_word(tag), [("", say("Choose a language")), *language_choices(own_word(tag), say)[1:]]
        )
        for tag in tags
    ]


def language_told(asked: Asked, listed: str) -> str:
    """Return what a form says a word for a language is (a tag). Raises ``InputRefused`` if it says nothing."""
    told = asked.one("is")
    if told == OWN:
        return own_tag(own_word(listed), looked_at=True)
    if told not in LANGUAGES:
        raise InputRefused(
            "Choose what the word means. Or keep it as the name of another language.", field="is"
        )
    return told


def as_looked_at(home: Household, listed: str, told: str) -> Household:
    """Return a home in which the tag ``listed`` gave way to what somebody says it is (a tag)."""

    def now(tags: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(told if tag == listed else tag for tag in tags))

    return home.but(reads=now(home.reads), speaks=now(home.speaks))
