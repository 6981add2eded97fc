"""The order of the screens while a child presents: step by step of the agenda, one idea a screen.

A screen is a page of the book with less on it: one strength, one piece of work, one promise of last time. So every
screen is drawn like the page it comes from, at the table as at home.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio.rules import family_view as v
from portfolio.rules.over_time import worth_drawing
from portfolio.rules.screenfuls import slices

SceneKind = Literal["today", "statement", "shown", "chart", "turn", "goal", "together", "promised", "last"]
"""What a screen is for: what will happen today · something to show in place of speaking · a page (or a part of one) ·
a drawing of how it was each time · the family's turn · a goal all set now · promises made now · reading aloud what
was promised · the last word, which is the child's. Each of the last four is on one screen at most."""


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
    once: set[SceneKind] = set()
    for number, line in enumerate(view.agenda, start=1):
        scenes = list(_of_step(view, number, line, parts, own))
        found += [_with(scene, n, len(scenes), once) for n, scene in enumerate(scenes, start=1)]
    return tuple(found)


def _with(scene: Scene, n: int, of: int, once: set[SceneKind]) -> Scene:
    """Return a screen with its name and place; where something is written stands once in a deck (``once``)."""
    name = scene.line.step if n == 1 else f"{scene.line.step}-{n}"
    kind = "shown" if scene.kind in once else scene.kind
    if kind in ("goal", "together", "promised"):
        once.add(kind)
    return Scene(name, kind, scene.step, scene.line, scene.part, scene.statement, n, of)


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
    table = any(one.speaker == "all" for one in view.agenda)
    shown = [
        cut
        for section in line.sections
        if section in parts
        for cut in (*slices(_own(parts[section], table=table), line.at_most), *own.get(section, ()))
    ]
    if line.speaker == "all":
        shown = [*_all_set(parts.values()), *shown]
    if first:
        greeting = shown[0] if shown and shown[0].section == "welcome" else None
        yield Scene("", "today", number, line, greeting)
        shown = [*own.get("", ()), *shown[1 if greeting else 0 :]]
    if line.statement is not None:
        yield Scene("", "statement", number, line, statement=line.statement)
    closes = last and bool(shown) and line.speaker != "all"  # a page that is written on is no last word
    told = Scene("", "promised", number, line)
    for part, behind in zip(shown, (*shown[1:], None), strict=False):
        ends = closes and behind is None
        if ends and table:
            yield told
        yield Scene("", "last" if ends else _kind(part), number, line, part)
        if not ends and _is_drawn(part, behind, parts):
            yield Scene("", "chart", number, line, parts[part.section])
    if line.speaker == "family":
        yield Scene("", "turn", number, line)
    if line.speaker == "all" and not any(_kind(part) == "together" for part in shown):
        yield Scene("", "together", number, line)
    if last and not closes:
        yield from (*([told] if table else []), Scene("", "last", number, line))


def _own(part: v.Part, *, table: bool) -> v.Part:
    """Return a page without the goal all set at the ``table``, where the agenda has a step for that."""
    c = part.content
    if not table or not isinstance(c, v.GoalsPart):
        return part
    own = tuple(goal for goal in c.goals if not goal.set_together)
    return part.but(filled=bool(own), content=c.but(goals=own, open_slots=0))


def _all_set(parts: Iterable[v.Part]) -> Iterator[v.Part]:
    """Yield the goals all set together, each as a screen of its own; the place for the first while there is none."""
    for part in parts:
        c = part.content
        if not isinstance(c, v.GoalsPart):
            continue
        for goal in (one for one in c.goals if one.set_together):
            yield part.but(filled=True, content=c.but(goals=(goal.but(over_time=()),), open_slots=0))
        if c.open_slots:
            yield part.but(filled=False, content=c.but(goals=()))


def _is_drawn(part: v.Part, behind: v.Part | None, parts: Mapping[str, v.Part]) -> bool:
    """Return whether how it was each time is drawn behind this page."""
    return bool(part.section) and _is_told(part, behind) and worth_drawing(parts[part.section].content)


def _is_told(part: v.Part, behind: v.Part | None) -> bool:
    """Return whether a page has been shown to its end, but for a place that stays empty until the table fills it."""
    if _kind(part) != "shown":
        return False
    return behind is None or behind.section != part.section or _kind(behind) != "shown"


def _kind(part: v.Part) -> SceneKind:
    c = part.content
    if isinstance(c, v.GoalsPart) and (
        any(goal.set_together for goal in c.goals) or (c.open_slots and not c.goals)
    ):
        return "goal"
    return "together" if isinstance(c, v.AgreementsPart) else "shown"
