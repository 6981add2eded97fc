"""Homes, languages and pictures in words, as several screens of setting up say them."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.errors import InputRefused
from portfolio.model import Household, Student
from portfolio.model.own_language import own_tag, own_word
from portfolio.rules.door_pictures import WORDS
from portfolio.words import Speech
from portfolio.words.language_names import all_named, name_of, names_of, tags_in

MOST_LANGUAGES = 12


def picture_word(picture: str, say: Speech) -> str:
    """Return the word for a roster picture; an unknown one is called by its own name."""
    return say(WORDS[picture]) if picture in WORDS else picture


def called(home: Household, say: Speech) -> str:
    """Return what a home is called: its label, else who lives there, else that nobody has said."""
    return home.label or ", ".join(home.adults) or say("A home without a name")


def names_in_line(names: tuple[str, ...], say: Speech) -> str:
    """Return some names in a line; who comes after the third is counted. Empty without any."""
    shown = ", ".join(names[:3])
    more = len(names) - 3
    return shown if more <= 0 else say.many("{names} and {n} more", "{names} and {n} more", more, names=shown)


def homes_line(student: Student, say: Speech) -> list[str]:
    """Return each home of a child in a line: who, which languages they read, whether they want an interpreter."""
    made = []
    for home in student.households:
        told = [all_named(home.reads, say.lang) or say("language not known yet")]
        if home.interpreter:
            told.append(say("needs an interpreter"))
        made.append(f"{called(home, say)}: {', '.join(told)}")
    return made


def languages_in(text: str, field: str, say: Speech, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the languages (BCP 47) a teacher writes by name, with commas between them.

    ``known`` are tags a home has already: they may be written as they are, also words nobody here knows. Raises ``InputRefused`` for a
    word that is no language we know.
    """
    found: dict[str, None] = {}
    named = {name_of(tag, say.lang).casefold(): tag for tag in known}
    for part in text.replace("،", ",").split(","):
        word = " ".join(part.split())
        own = next((tag for tag in known if word and own_word(tag) == word), "")
        tags, unknown = (
            ((own_tag(word, looked_at=True),), ())
            if own
            else ((word,), ())
            if word in known
            else ((named[word.casefold()],), ())
            if word.casefold() in named
            else tags_in(word)
        )
        if unknown:
            raise InputRefused(
                "We do not know the language “{language}”. Write it like: {example}. Put commas between several.",
                language=unknown[0][:40],
                example=names_of(("es",), say.lang),
                field=field,
            )
        found.update(dict.fromkeys(tags))
    if len(found) > MOST_LANGUAGES:
        raise InputRefused(
            "These are too many languages for one home. Write those that count most.", field=field
        )
    return tuple(found)
