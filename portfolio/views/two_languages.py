"""Two languages in one file: the family's first and whole, then the same in the language the child writes in."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from portfolio.model import Passage
from portfolio.rules.family_view import FamilyView, ParkedSeen, Part
from portfolio.views.environment import environment
from portfolio.views.explained import SchoolWords
from portfolio.views.pages import DrawChart, MediaAddress, PictureBytes, Spoken, spoken
from portfolio.views.places import Places
from portfolio.words import Speech, language, speak

Telling = Callable[[SchoolWords, Places, int], Markup]
"""Makes the second telling once the first one stands: its school words, where its pictures are, the number of its page."""


@dataclass(frozen=True)
class OriginalPage(Spoken[FamilyView]):
    """Everything ``home_original.html.j2`` may use: the book once more, in words alone, as they were written."""

    template: ClassVar[str] = "home_original.html.j2"

    parts: tuple[Part, ...]
    """The pages of the book that the first telling shows, without what is the same for every child."""
    later: tuple[ParkedSeen, ...]
    """What the table keeps for later."""
    theirs: str
    """The tag of the home's language."""
    theirs_name: str
    """What it is called by those who speak it."""
    number: int
    """The number printed below this part of the file."""


@dataclass(frozen=True)
class TwoLanguages:
    """How a file stands in two languages, for its template.

    ``theirs`` and ``own`` are the tags of the languages; the names are each in its own language, ``own_here`` and
    ``theirs_there`` in the other one.
    """

    theirs: str
    own: str
    theirs_name: str
    own_name: str
    own_here: str
    say: Speech
    """Our texts in the language the child writes in."""
    telling: Telling
    """The second telling."""
    sections: frozenset[str]
    """The passages that stand in both tellings, by the names that their anchors are made of."""


def base(tag: str) -> str:
    """Return the language a tag names, without script and region."""
    return tag.split("-", maxsplit=1)[0].lower()


def other_than(say: Speech) -> Callable[[Passage], bool]:
    """Return what tells whether words stand in another language than a page."""
    return lambda words: base(words.lang) != base(say.lang)


def name_here(tag: str, say: Speech) -> str:
    """Return what a language is called in the language of the page; its own name where nobody has told us."""
    from portfolio.words.languages import word_in
    from portfolio.words.own_names import cldr_name  # Babel comes with it: only where a language is named

    return (
        word_in(tag) or cldr_name(tag, say.lang) or cldr_name(base(tag), say.lang) or language(tag).own_name
    )


def has_two(view: FamilyView, written: Collection[Passage], lang: str) -> bool:
    """Return whether a file on a page in ``lang`` tells the book twice, whose words are ``written``.

    It does where the home reads another language first and something has been translated: the words somebody wrote
    would otherwise be nowhere. Where nothing has been translated yet, they stand in the first telling already.
    """
    if base(view.reads[0]) == base(view.writing_language):
        return False
    return any(view.translation(passage, lang) is not None for passage in written)


def other_tongues(view: FamilyView, written: Iterable[Passage], lang: str) -> tuple[tuple[str, ...], bool]:
    """Return the languages, most words first, that stand untranslated before readers of others; and whether they are few."""
    reads = {base(tag) for tag in (*view.reads, lang)}
    met: Counter[str] = Counter()
    translated = 0
    for passage in dict.fromkeys(p for p in written if p.text.strip()):
        if view.translation(passage, lang) is not None:
            translated += 1
        elif base(passage.lang) not in reads:
            met[passage.lang] += 1
    return tuple(tag for tag, _ in met.most_common()), met.total() < translated


def two_languages(
    view: FamilyView,
    say: Speech,
    parts: tuple[Part, ...],
    *,
    pictures: PictureBytes,
    draw: DrawChart,
    media: MediaAddress,
) -> TwoLanguages:
    """Return how a file stands in two languages, and what makes its second part."""
    own, theirs = view.writing_language, view.reads[0]
    there = speak(own)
    shared = spoken(view, there, SchoolWords(None, ()), pictures=pictures, draw=draw, media=media)
    shared |= {"in_theirs": _as_written, "charts": _no_charts}
    later = tuple(one for one in view.parked if not one.done)
    again = tuple(part for part in parts if part.filled and part.content.holds != "own")

    def telling(school: SchoolWords, places: Places, number: int) -> Markup:
        values: dict[str, Any] = {**shared, "school": school, "places": places.back()}
        values |= {"theirs": theirs, "theirs_name": language(theirs).own_name, "later": later}
        return _filled(OriginalPage(**values, parts=again, number=number))

    return TwoLanguages(
        theirs=theirs,
        own=own,
        theirs_name=language(theirs).own_name,
        own_name=language(own).own_name,
        own_here=name_here(own, say),
        say=there,
        telling=telling,
        sections=frozenset(_both(view, again, later)),
    )


def _both(view: FamilyView, again: Iterable[Part], later: Collection[ParkedSeen]) -> Iterator[str]:
    """Yield the names of what stands in both tellings, of which the anchors are made."""
    yield from (part.section for part in again if part.section)
    standing = {"Shows": view.shows_learning, "Learning": view.learning, "Later": later}
    yield from (name for name, there in standing.items() if there)


def _as_written(passage: Passage) -> None:
    """Return no translation: in the second telling all words stand as they were written."""


def _no_charts(part: Part) -> None:
    """Return no drawing: the second telling leads to the first one's."""


def _filled(page: OriginalPage) -> Markup:
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    return Markup(environment().get_template(page.template).render(values))  # noqa: S704 - our template, escaped
