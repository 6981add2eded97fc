"""What a teacher is told before something goes home: which of our own texts nobody has checked yet."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.moments.teacher.class_words import listed
from portfolio.words import Speech, speak
from portfolio.words.interpreter import OfferLine
from portfolio.words.language_names import name_of


def unchecked(tags: Iterable[str], say: Speech) -> str:
    """Return that our words in these languages (BCP 47) are a draft, by name; empty if somebody checked them all."""
    spoken = {one.tag: one for one in (speak(tag).language for tag in tags)}
    names = sorted(name_of(tag, say.lang) for tag, one in spoken.items() if not one.reviewed_by)
    if not names:
        return ""
    return say(
        "{languages}: our words are a draft, nobody has checked them.",
        languages=listed(names, say, most=len(names)),
    )


def about_offers(offers: Iterable[OfferLine], say: Speech) -> tuple[str, ...]:
    """Return what a teacher should know of the line that offers an interpreter: a draft, or one to write by hand."""
    known = {one.lang: bool(one.words) for one in offers if one.lang != "en"}
    ours = sorted(name_of(tag, say.lang) for tag, there in known.items() if there)
    none = sorted(name_of(tag, say.lang) for tag, there in known.items() if not there)
    said = []
    if ours:
        said.append(
            say(
                "The first line of these sheets offers an interpreter, in {languages}. It is a draft, nobody has checked it.",
                languages=listed(ours, say, most=len(ours)),
            )
        )
    if none:
        said.append(
            say(
                "We have no line that offers an interpreter in {languages}. The sheets have a blank line for it: "
                "ask somebody who writes the language.",
                languages=listed(none, say, most=len(none)),
            )
        )
    return tuple(said)
