"""The book in two minutes: strengths, one thing still growing, the goal, how to help, the next date."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.rules import family_view as v

MOST_STRENGTHS = 3


def short_version(parts: Sequence[v.Part]) -> v.ShortVersion:
    """Return the first things to know, taken only from what the audience may see anyway."""
    contents = [part.content for part in parts]
    strengths = next((c.strengths for c in contents if isinstance(c, v.StrengthsPart)), ())
    growing = next((c.growing for c in contents if isinstance(c, v.GrowingPart)), ())
    goals = next((c.goals for c in contents if isinstance(c, v.GoalsPart)), ())
    help_me = next((p.content for p in parts if p.section == "help"), None)
    dates = sorted(day for goal in goals for day in goal.look_again)
    return v.ShortVersion(
        strengths=tuple(s.what for s in strengths[:MOST_STRENGTHS]),
        growing=_in_words(growing[0].said) if growing else None,
        goal=goals[0].goal if goals else None,
        help=_said_aloud(help_me.answers)[:1] if isinstance(help_me, v.AnswersPart) else (),
        look_again=dates[0] if dates else None,
    )


def _in_words(said: Sequence[v.Said]) -> v.Said:
    """Return the first thing that says it in words, else the first at all."""
    return next((s for s in said if s.words), said[0])


def _said_aloud(answers: Sequence[v.Said]) -> tuple[v.Said, ...]:
    """Return the answers that fit in a line: not those that are only a picture or a recording."""
    return tuple(a for a in answers if a.words or a.picks)
