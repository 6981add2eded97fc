"""The one page of the families' door that stands alone: there is nothing here (any more), in every language we speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from portfolio.errors import N_
from portfolio.words import LANGUAGES, Speech, speak

Why = Literal["link", "closed", "done"]
"""A link was opened that is over, or nobody's; the page was asked for without one; somebody said "I'm done"."""

HEADINGS: Final[dict[Why, str]] = {
    "link": N_("This link has ended"),
    "closed": N_("This page is closed"),
    "done": N_("Thank you"),
}

SENTENCES: Final[dict[Why, str]] = {
    "link": N_("Ask the teacher for a new one. What you wrote and sent is kept."),
    "closed": N_("To come back, scan the square at the meeting again. Or ask the teacher for a new link."),
    "done": N_("What you wrote and sent is kept. You can close this page."),
}


@dataclass(frozen=True, slots=True)
class InWords:
    """What the page says, in one language."""

    lang: str
    direction: str
    heading: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FamilyEndedPage:
    """“This link has ended”: the language of the class first, then every other one we speak."""

    template: ClassVar = "family_ended.html.j2"
    said: Sequence[InWords]
    """At least one."""


def ended_page(why: Why, class_language: str) -> FamilyEndedPage:
    """Return the page for whoever stands before a closed door; nobody's name is on it."""
    voices = [speak(class_language), *(speak(tag) for tag, known in LANGUAGES.items() if known.catalog)]
    said: dict[str, InWords] = {}
    for voice in voices:
        made = _in_words(why, voice)
        # a language in which this is not said yet would only say it in English once more
        if made.lang == "en" or made.sentence != SENTENCES[why]:
            said.setdefault(made.lang, made)
    return FamilyEndedPage(tuple(said.values()))


def _in_words(why: Why, voice: Speech) -> InWords:
    return InWords(voice.lang, voice.direction, voice(HEADINGS[why]), voice(SENTENCES[why]))
