"""The book in two minutes: strengths, one thing still growing, the goal, how to help, the next date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from portfolio.model import Passage, Translation
from portfolio.rules import family_view as v
from portfolio.rules.answers import in_a_line

MOST_STRENGTHS = 3

SHORT: Final = 140
"""Signs that words in the short version have at most: seven such lines and the cover are one and a half phone screens."""


def short_version(parts: Sequence[v.Part]) -> v.ShortVersion:
    """Return the first things to know, taken only from what the audience may see anyway.

    Everything stands in a line there. What was only said or drawn is told by what somebody wrote down of it. Where there
    is a choice, what is short comes first; nothing is cut: whoever shows it leads on to what is too long (:func:`is_short`).
    """
    contents = [part.content for part in parts]
    strengths = next((c.strengths for c in contents if isinstance(c, v.StrengthsPart)), ())
    growing = next((c.growing for c in contents if isinstance(c, v.GrowingPart)), ())
    goals = next((c.goals for c in contents if isinstance(c, v.GoalsPart)), ())
    help_me = next((p.content for p in parts if p.section == "help"), None)
    answers = help_me.answers if isinstance(help_me, v.AnswersPart) else ()
    notes = next((c.notes for c in contents if isinstance(c, v.TeacherPart)), ())
    dates = sorted(
        {
            *(day for goal in goals for day in goal.look_again),
            *(one.look_again for one in growing if one.look_again),
            *(one.look_again for one in notes if one.look_again),
        }
    )
    return v.ShortVersion(
        strengths=_short_first(_lines(s.what for s in strengths))[:MOST_STRENGTHS],
        growing=next(iter(_short_first(_lines(_words_first(growing[0].said)))), None) if growing else None,
        goal=next(iter(_short_first(_lines(goal.goal for goal in goals))), None),
        help=_short_first(_lines(_words_or_picks_first(answers)))[:1],
        look_again=dates[0] if dates else None,
    )


def is_short(said: v.Said, instead: Translation | Passage | None = None) -> bool:
    """Return whether what was said is short enough for the short version; ``instead`` is the translation shown for it."""
    words = (instead or said.words).text
    return len(said.lead) + len(words) <= SHORT


def _short_first(said: Sequence[v.Said]) -> tuple[v.Said, ...]:
    """Return what was said in the child's order, but what is too long for the short version last."""
    return tuple(sorted(said, key=lambda one: not is_short(one)))


def _words_first(said: Sequence[v.Said]) -> list[v.Said]:
    return sorted(said, key=lambda s: (not s.words, not s.picks))


def _words_or_picks_first(said: Sequence[v.Said]) -> list[v.Said]:
    return sorted(said, key=lambda s: not (s.words or s.picks))


def _lines(said: Iterable[v.Said]) -> tuple[v.Said, ...]:
    """Return what can stand in a line; what is only a picture or a recording nobody described is left out."""
    found = (_line(s) for s in said)
    return tuple(s for s in found if s is not None)


def _line(said: v.Said) -> v.Said | None:
    """Return the words or picks of an answer, else what was written down of it.

    That stands without a fixed beginning: nobody spoke or drew on from there.
    """
    words = in_a_line(said.words, said)
    if said.words or said.picks:
        return said.but(pictures=(), media=())
    return said.but(words=words, lead="", pictures=(), media=()) if words else None
