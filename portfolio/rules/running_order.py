"""The order of the screens while a child presents: step by step of the agenda, one idea a screen.

A screen is a page of the book with less on it: one strength, one piece of work, one promise of last time. So every
screen is drawn like the page it comes from, at the table as at home.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from portfolio.rules import family_view as v

T = TypeVar("T")

SceneKind = Literal["today", "statement", "shown", "turn", "together", "last"]
"""What a screen is for: what will happen today · something to show in place of speaking · a page (or a part of one) ·
the family's turn · a goal and promises made now · the last word, which is the child's."""

ROOM: Final = 300
"""Letters that stand on one screen in big type, about; a picture or a recording takes as much room as half of them."""
PICKED: Final = 40
LINES: Final = 4
"""Promises of last time on one screen."""
QUESTIONS: Final = 5
"""Questions with a word or a face on one screen."""


@dataclass(frozen=True)
class Scene:
    """One screen. ``step`` counts the agenda's steps from 1; ``n`` of ``of`` screens of this step.

    ``part`` is what is shown (``None``: nothing of the book), ``statement`` what the child prepared for the step.
    """

    name: str
    kind: SceneKind
    step: int
    line: v.AgendaLine
    part: v.Part | None = None
    statement: v.StatementSeen | None = None
    n: int = 1
    of: int = 1


def running_order(view: v.FamilyView) -> tuple[Scene, ...]:
    """Return the screens of a conference, in order; an agenda without steps has none.

    What a teacher put into the notebook stands behind the page it follows there. Names are unique, and stay the
    same while nothing before them in the same step is added.
    """
    own = _own_cells(view.parts)
    parts = {part.section: part for part in view.parts if part.section}
    found: list[Scene] = []
    for number, line in enumerate(view.agenda, start=1):
        scenes = list(_of_step(view, number, line, parts, own))
        found += [_with(scene, n, len(scenes)) for n, scene in enumerate(scenes, start=1)]
    return tuple(found)


def _with(scene: Scene, n: int, of: int) -> Scene:
    name = scene.line.step if n == 1 else f"{scene.line.step}-{n}"
    return Scene(name, scene.kind, scene.step, scene.line, scene.part, scene.statement, n, of)


def _own_cells(parts: Sequence[v.Part]) -> dict[str, list[v.Part]]:
    """Return the teacher's own cells by the section they follow; those before all sections under ""."""
    found: dict[str, list[v.Part]] = {}
    before = ""
    for part in parts:
        if part.section:
            before = part.section
        else:
            found.setdefault(before, []).append(part)
    return found


def _of_step(
    view: v.FamilyView,
    number: int,
    line: v.AgendaLine,
    parts: dict[str, v.Part],
    own: dict[str, list[v.Part]],
) -> Iterator[Scene]:
    """Yield the screens of one step of the agenda."""
    first, last = number == 1, number == len(view.agenda)
    shown = [
        cut
        for section in line.sections
        if section in parts
        for cut in (*slices(parts[section], line.at_most), *own.get(section, ()))
    ]
    if first:
        greeting = shown[0] if shown and shown[0].section == "welcome" else None
        yield Scene("", "today", number, line, greeting)
        shown = [*own.get("", ()), *shown[1 if greeting else 0 :]]
    if line.statement is not None:
        yield Scene("", "statement", number, line, statement=line.statement)
    for n, part in enumerate(shown, start=1):
        ends = last and n == len(shown)
        yield Scene("", "last" if ends else _kind(part), number, line, part)
    if line.speaker == "family":
        yield Scene("", "turn", number, line)
    if last and not shown:
        yield Scene("", "last", number, line)
    if line.speaker == "all" and not any(_kind(part) == "together" for part in shown):
        yield Scene("", "together", number, line)


def _kind(part: v.Part) -> SceneKind:
    together = isinstance(part.content, v.AgreementsPart) or (
        isinstance(part.content, v.GoalsPart) and bool(part.content.open_slots) and not part.content.goals
    )
    return "together" if together else "shown"


# ------------------------------------------------------------------------------------------------ cutting


def slices(part: v.Part, at_most: int | None = None) -> tuple[v.Part, ...]:  # noqa: C901 - one line for each kind
    """Return a page as the screens it makes, one idea each; ``at_most`` entries where the agenda has no more time."""
    c = part.content
    if not part.filled:
        return (part,)
    match c:
        case v.AnswersPart():
            return _cut(part, [{"answers": group} for group in by_room(c.answers)])
        case v.StrengthsPart():
            return _cut(part, [{"strengths": (one,)} for one in c.strengths[:at_most]])
        case v.WorkPart():
            return _cut(part, [{"pieces": (one,)} for one in c.pieces[:at_most]])
        case v.PairsPart():
            return _cut(part, [{"pairs": (one,)} for one in c.pairs[:at_most]])
        case v.GrowingPart():
            return _cut(part, [{"growing": (one,)} for one in c.growing[:at_most]])
        case v.RatingsPart():
            return _cut(part, [{"ratings": group} for group in _groups(c.ratings, QUESTIONS)])
        case v.LookBacksPart():
            promises = [{"promises": group, "goals": ()} for group in _groups(c.promises, LINES)]
            goals_then = [{"promises": (), "goals": (one,)} for one in c.goals]
            return _cut(part, [*promises, *goals_then])
        case v.GoalsPart():
            goals = [{"goals": (one,), "open_slots": 0} for one in c.goals[:at_most]]
            return _cut(
                part, [*goals, *([{"goals": (), "open_slots": c.open_slots}] if c.open_slots else [])]
            )
        case v.TeacherPart():
            return _cut(part, [{"notes": (one,)} for one in c.notes])
        case _:
            return (part,)


def _cut(part: v.Part, contents: Sequence[Mapping[str, object]]) -> tuple[v.Part, ...]:
    return tuple(part.but(content=part.content.but(**content)) for content in contents) or (part,)


def _groups(things: Sequence[T], most: int) -> list[tuple[T, ...]]:
    """Return things in groups of about the same size, none larger than ``most``."""
    if not things:
        return []
    groups = -(-len(things) // most)
    size, more = divmod(len(things), groups)
    ends = [0]
    for n in range(groups):
        ends.append(ends[-1] + size + (n < more))
    return [tuple(things[a:b]) for a, b in itertools.pairwise(ends)]


def by_room(answers: Iterable[v.Said]) -> list[tuple[v.Said, ...]]:
    """Return answers in groups that fit on a screen; what shows something has a screen of its own."""
    groups: list[list[v.Said]] = []
    left = 0
    for one in answers:
        size = _size(one)
        alone = bool(one.pictures or one.media)
        if alone or not groups or size > left:
            groups.append([])
            left = ROOM
        groups[-1].append(one)
        left = 0 if alone else left - size
    return [tuple(group) for group in groups]


def _size(one: v.Said) -> int:
    shows = (len(one.pictures) + len(one.media)) * (ROOM // 2)
    return len(one.ask) // 2 + len(one.lead) + len(one.words.text) + PICKED * len(one.picks) + shows
