"""Where an answer stands in its record: in a field of its own, or beside the words of one.

Every question for words may also be said, drawn or photographed. What is given that way has a place with a
name of its own, ``<field>.pictures`` and ``<field>.media``; :func:`kept` and :func:`with_kept` know both kinds
of place, so that everybody who reads or changes an answer treats them alike.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from portfolio.model import (
    Answer,
    Choice,
    ClassTemplate,
    Control,
    Cue,
    Entry,
    Goal,
    Medium,
    Passage,
    Picture,
    Portfolio,
    Prompt,
    Rating,
    Sound,
    Statement,
    Video,
)

MOST_BESIDE: Final[dict[str, int]] = {"pictures": 4, "media": 3}
"""How many pictures, and how many recordings, may stand beside the words of one question."""

_CONTROL: Final[dict[str, Control]] = {"pictures": "photos", "media": "media"}

_WORDS_ALONE: Final = ((Cue, "short"), (Statement, "words"))
"""Words beside which the same page asks for a recording and pictures already."""

MOST_EARLIER: Final = 3
"""Earlier rounds that are told beside a question; more would crowd a phone."""


def kept(entry: Entry, field: str) -> Any:
    """Return what a record keeps in a place. Raises ``AttributeError`` for a place it does not have."""
    name, _, part = field.partition(".")
    return getattr(entry.beside(name) if part else entry, part or name)


def with_kept(entry: Entry, field: str, value: object) -> Entry:
    """Return the record with another value in a place; nothing beside some words leaves no trace.

    Raises ``pydantic.ValidationError`` for a place it does not have, or a value that does not fit there.
    """
    name, _, part = field.partition(".")
    if not part:
        return entry.but(**{field: value})
    changed = entry.beside(name).but(**{part: value})
    others = [changed if one.field == name else one for one in entry.besides]
    found = others if changed in others else [*others, changed]
    return entry.but(besides=tuple(one for one in found if one))


def beside_asks(entry: Entry, field: str, prompt: Prompt) -> tuple[tuple[str, Prompt], ...]:
    """Return the other ways to answer a question for words, each a place and a prompt; none for others.

    A short line that is no text with a language (a subject, a name) has none: nothing shows them there. Nor have
    words whose page asks for a recording and pictures already.
    """
    if prompt.control not in ("line", "long") or not isinstance(getattr(entry, field, None), Passage):
        return ()
    if (type(entry), field) in _WORDS_ALONE:
        return ()
    return tuple(
        (
            f"{field}.{part}",
            Prompt(field=f"{field}.{part}", ask=prompt.ask, control=control, at_most=MOST_BESIDE[part]),
        )
        for part, control in _CONTROL.items()
    )


class _Beside(Protocol):
    """Pictures and media that stand beside words."""

    @property
    def pictures(self) -> tuple[Picture, ...]: ...
    @property
    def media(self) -> tuple[Medium, ...]: ...


def in_a_line(words: Passage, beside: _Beside) -> Passage:
    """Return what can stand in a line for an answer: its words, else what was written down of it.

    That is what is heard in a recording, else what is written in a picture, else what one shows; empty if nobody wrote any.
    """
    if words:
        return words
    heard = (medium.transcript for medium in beside.media if isinstance(medium, Sound | Video))
    written = (picture.written for picture in beside.pictures)
    shown = (picture.alt for picture in beside.pictures)
    return next((found for found in (*heard, *written, *shown) if found), words)


def picked_goal(template: ClassTemplate, goal: Goal) -> tuple[Choice, ...]:
    """Return the pictures a child picked for its goal, as far as this template still has them."""
    asks = (s.prompt("picks") for s in template.sections if s.holds == "goals")
    return tuple(c for ask in asks if ask for c in ask.choices if c.id in goal.picks)


def earlier_answers(
    rounds: tuple[Portfolio, ...], entry: Entry, field: str, prompt: Prompt
) -> tuple[tuple[str, Choice], ...]:
    """Return what was said in earlier rounds to the same question with one answer, oldest first.

    Each is the name of the round and the choice, as this round's template words it. Rounds that did not ask,
    and answers this template does not offer any more, are left out.
    """
    if prompt.control not in ("one", "scale") or (isinstance(entry, Rating) and field != "answer"):
        return ()
    found = []
    for portfolio in rounds:
        said = _one(portfolio, entry)
        choice = next((c for c in prompt.choices if c.id == said), None)
        if choice is not None:
            found.append((portfolio.meta.round, choice))
    return tuple(found[-MOST_EARLIER:])


def _one(portfolio: Portfolio, entry: Entry) -> str | None:
    """Return the one choice a round keeps for the question this entry answers."""
    if isinstance(entry, Rating):
        asked = (entry.section, entry.question)
        return next((r.answer for r in portfolio.ratings if (r.section, r.question) == asked), None)
    answer = portfolio.answer(entry.section, entry.prompt) if isinstance(entry, Answer) else None
    return next(iter(answer.picks), None) if answer else None
