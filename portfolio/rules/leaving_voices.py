"""Whose words are in the copy of a home, wherever they stand: on pages of their own, or on somebody else's."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.model import Voice
from portfolio.rules import family_view as v


def voices_in(view: v.FamilyView) -> tuple[Voice, ...]:
    """Return whose words are in a copy: the child's, its family's, its teachers', wherever they stand."""
    found = {voice for part in view.parts if part.filled for voice in _voices(part)}
    found |= {one.who for one in view.parked}
    found |= {"teacher"} if view.learning else set()
    return tuple(voice for voice in ("student", "family", "teacher") if voice in found)


def _voices(part: v.Part) -> Iterable[Voice]:
    """Yield who speaks on a page: whose page it is, and who wrote something on it beside."""
    content = part.content
    if part.speaker in ("student", "family", "teacher"):
        yield part.speaker
    if isinstance(content, v.WorkPart):
        if any(one.teacher_note or one.teacher_note_beside for one in content.pieces):
            yield "teacher"
    elif isinstance(content, v.LookBacksPart):
        yield from (one.who for one in (*content.goals, *content.promises))
    elif isinstance(content, v.AgreementsPart):
        yield from (one.who for one in content.agreements)
    elif isinstance(content, v.RepliesPart | v.ConcernsPart):
        yield "family"
        if isinstance(content, v.ConcernsPart) and any(one.answer for one in content.concerns):
            yield "teacher"
    elif isinstance(content, v.TeacherPart | v.OwnPart):
        yield "teacher"


def quoted_in(view: v.FamilyView) -> tuple[str, ...]:
    """Return who else is quoted in a copy, as the child names them, each once; "" for somebody without a name."""
    contents = (part.content for part in view.parts if part.filled)
    strengths = (one for c in contents if isinstance(c, v.StrengthsPart) for one in c.strengths)
    return tuple(dict.fromkeys(one.quote_by for one in strengths if one.quote or one.quote_beside))
