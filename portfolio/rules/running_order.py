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
from portfolio.rules.over_time import worth_drawing

T = TypeVar("T")

SceneKind = Literal["today", "statement", "shown", "chart", "turn", "goal", "together", "promised", "last"]
"""What a screen is for: what will happen today · something to show in place of speaking · a page (or a part of one) ·
a drawing of how it was each time · the family's turn · a goal all set now · promises made now · reading aloud what
was promised · the last word, which is the child's. Each of the last four is on one screen at most."""

ROOM: Final = 460
"""Letters that stand on one screen in big type, about; a picture or a recording takes as much room as half of them."""
BESIDE: Final = 300
"""Letters that stand beside a picture."""
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
            return _cut(part, [{"pieces": (cut,)} for one in c.pieces[:at_most] for cut in _piece(one)])
        case v.PairsPart():
            return _cut(part, [{"pairs": (one,)} for one in c.pairs[:at_most]])
        case v.GrowingPart():
            return _cut(part, [{"growing": (one,)} for one in c.growing[:at_most]])
        case v.RatingsPart():
            return tuple(_asked(part, c, group) for group in _groups(c.ratings, QUESTIONS)) or (part,)
        case v.LookBacksPart():
            promises = [{"promises": group, "goals": ()} for group in _groups(c.promises, LINES)]
            goals_then = [{"promises": (), "goals": (one.but(over_time=()),)} for one in c.goals]
            return _cut(part, [*promises, *goals_then])
        case v.GoalsPart():
            goals = [{"goals": (cut,), "open_slots": 0} for one in c.goals[:at_most] for cut in _goal(one)]
            return _cut(
                part, [*goals, *([{"goals": (), "open_slots": c.open_slots}] if c.open_slots else [])]
            )
        case v.TeacherPart():
            return _cut(part, [{"notes": (one,)} for one in c.notes])
        case _:
            return (part,)


def _asked(part: v.Part, content: v.RatingsPart, group: tuple[v.RatingSeen, ...]) -> v.Part:
    """Return some questions with this time's answers; how it was before stands in the drawing behind them."""
    now = tuple(one.but(answers=one.answers[-1:]) for one in group)
    return part.but(content=content.but(ratings=now, rounds=content.rounds[-1:]))


def _piece(piece: v.WorkSeen) -> list[v.WorkSeen]:
    """Return a piece of work as one screen, or as several where much is said: pictures and marks on the first."""
    seen = piece.pictures or piece.media or piece.title_beside
    first, *more = by_room(piece.said, BESIDE if seen else ROOM) or [()]
    if not more:
        return [piece]
    bare = piece.but(pictures=(), media=(), look=None, title_beside=v.Shown())
    unsaid = {
        "teacher_note": piece.teacher_note.but(text="", translations=()),
        "teacher_note_beside": v.Shown(),
    }
    pages = [piece.but(said=first, **unsaid), *(bare.but(said=said, **unsaid) for said in more)]
    noted = {"teacher_note": piece.teacher_note, "teacher_note_beside": piece.teacher_note_beside}
    return [*pages[:-1], pages[-1].but(**noted)]


def _goal(goal: v.GoalSeen) -> list[v.GoalSeen]:
    """Return a goal as one screen, or as three where its plan is long: what and why, how, with whom and when.

    How far it was each time stands in the drawing behind all goals.
    """
    goal = goal.but(over_time=())
    plans = [*(step.what for step in goal.steps), *(helper.what for helper in goal.helpers)]
    plans += [half for plan in goal.if_thens for half in (plan.if_this, plan.then_that)]
    said = [one for one in (goal.obstacle, goal.obstacle_around, goal.know_by, goal.evidence) if one]
    size = sum(map(_size, [*goal.why, *goal.now, *said])) + sum(len(passage.text) for passage in plans)
    if size <= ROOM:
        return [goal]
    how: dict[str, object] = {"steps": (), "obstacle": None, "obstacle_around": None, "if_thens": ()}
    who: dict[str, object] = {"helpers": (), "helper_picks": (), "know_by": None, "evidence": None}
    later = {"by_when": None, "look_again": (), "how_far": None}
    pages = [goal.but(**how, **who, **later), goal.but(why=(), now=(), **who, **later)]
    return [pages[0], *(page for page in pages[1:] if _plans(page)), goal.but(why=(), now=(), **how)]


def _plans(goal: v.GoalSeen) -> bool:
    """Return whether a screen of a goal says more than the goal itself."""
    one = (goal.obstacle, goal.obstacle_around, goal.know_by, goal.evidence)
    return bool(goal.steps or goal.if_thens or goal.helpers or goal.helper_picks or any(one))


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


def by_room(answers: Iterable[v.Said], room: int = ROOM) -> list[tuple[v.Said, ...]]:
    """Return answers in groups that fit on a screen; what shows something has a screen of its own.

    ``room`` (letters) is what the first screen has; those behind it are whole ones.
    """
    groups: list[list[v.Said]] = []
    left = 0
    for one in answers:
        size = _size(one)
        alone = bool(one.pictures or one.media)
        if alone or not groups or size > left:
            left = ROOM if groups else room
            groups.append([])
        groups[-1].append(one)
        left = 0 if alone else left - size
    return [tuple(group) for group in groups]


def _size(one: v.Said) -> int:
    shows = (len(one.pictures) + len(one.media)) * (ROOM // 2)
    return len(one.ask) // 2 + len(one.lead) + len(one.words.text) + PICKED * len(one.picks) + shows
