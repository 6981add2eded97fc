"""A page of the book as the screens it makes while a child presents: one idea each, as much as is read without scrolling.

How much fits is reckoned in letters and rows of big type on a laptop's screen; what is a little too long is drawn a
little smaller there, and what is much too long says that it goes on (``static/room_deck.js``).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Final, TypeVar

from portfolio.model import Choice
from portfolio.rules import family_view as v

T = TypeVar("T")

ROOM: Final = 460
"""Letters that stand on one screen in big type, about; a picture or a recording takes as much room as half of them."""
BESIDE: Final = 300
"""Letters that stand beside a picture."""
PICKED: Final = 40
LINES: Final = 3
"""Promises of last time on one screen: each has a row of words for how far it is."""
QUESTIONS: Final = 5
"""Questions with a word or a face on one screen."""
WIDE: Final = 66
"""Letters in a row of a goal."""
PICTURE: Final = 5
"""Rows beside a picture of a goal."""
ROWS: Final = 9.5
"""Rows of a goal on one screen, below the goal itself."""
SMALL: Final = 0.7
"""What a row of smaller type takes of a row: a question, a day, who is asked by when."""


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
            return _cut(part, [{"growing": (cut,)} for one in c.growing[:at_most] for cut in _growing(one)])
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
    """Return a piece of work as one screen, or as several where much is said or shown: its first picture leads."""
    seen = piece.pictures or piece.media or piece.title_beside
    first, *more = by_room(piece.said, BESIDE if seen else ROOM) or [()]
    sounds = tuple(one for one in piece.media if one.kind == "sound")
    large = [v.Shown(pictures=(one,)) for one in piece.pictures]
    large += [v.Shown(media=(one,)) for one in piece.media if one.kind != "sound"]
    if not more and len(large) < 2:
        return [piece]
    bare = piece.but(pictures=(), media=(), look=None, title_beside=v.Shown())
    unsaid = {
        "teacher_note": piece.teacher_note.but(text="", translations=()),
        "teacher_note_beside": v.Shown(),
    }
    there = large[0] if large else v.Shown()
    pages = [piece.but(said=first, pictures=there.pictures, media=(*there.media, *sounds), **unsaid)]
    pages += [bare.but(said=(), pictures=one.pictures, media=one.media, **unsaid) for one in large[1:]]
    pages += [bare.but(said=said, **unsaid) for said in more]
    noted = {"teacher_note": piece.teacher_note, "teacher_note_beside": piece.teacher_note_beside}
    return [*pages[:-1], pages[-1].but(**noted)]


def _growing(one: v.GrowingSeen) -> list[v.GrowingSeen]:
    """Return what is still being learned as one screen, or as several where much is said; the day is on the last."""
    groups = by_room(one.said) or [()]
    pages = [one.but(said=said, look_again=None) for said in groups]
    return [*pages[:-1], pages[-1].but(look_again=one.look_again)]


_GOAL: Final = (
    ("why", "now"),
    ("steps", "obstacle", "obstacle_around", "if_thens"),
    ("helpers", "helper_picks"),
    ("know_by", "evidence", "how_far", "by_when", "look_again"),
)
"""What belongs together in a goal: what and why · how · with whom · when it is reached."""


def _goal(goal: v.GoalSeen) -> list[v.GoalSeen]:
    """Return a goal as one screen, or as several where its plan is long; what belongs together stays together.

    How far it was each time stands in the drawing behind all goals.
    """
    goal = goal.but(over_time=())
    pages: list[list[str]] = [[]]
    left = ROWS
    for fields in _GOAL:
        rows = sum(_rows(getattr(goal, name)) for name in fields)
        if rows > left and pages[-1]:
            pages.append([])
            left = ROWS
        pages[-1] += fields
        left -= rows
    return [_only(goal, page) for page in pages]


def _only(goal: v.GoalSeen, named: Sequence[str]) -> v.GoalSeen:
    """Return a goal with these parts of its plan."""
    away = [name for fields in _GOAL for name in fields if name not in named]
    return goal.but(**{name: () if isinstance(getattr(goal, name), tuple) else None for name in away})


def _rows(one: object) -> float:
    """Return about how many rows a part of a goal takes on its screen."""
    match one:
        case None | ():
            return 0
        case (Choice(), *_):
            return 1 + SMALL
        case tuple():
            return sum(map(_rows, one))
        case v.Said():
            words = _long(one.lead, one.words.text) if one.words else 0
            return (
                SMALL * bool(one.ask)
                + words
                + bool(one.picks)
                + PICTURE * (len(one.pictures) + len(one.media))
            )
        case v.StepSeen():
            return _long(one.what.text) + SMALL * bool(one.when or one.where)
        case v.HelperSeen():
            return _long(one.who, one.what.text) + SMALL * (bool(one.ask_by) or one.agreed is not None)
        case v.IfThenSeen():
            beside = len(one.beside.pictures) + len(one.beside.media)
            return _long(one.if_this.text, one.then_that.text) + PICTURE * beside
        case _:
            return SMALL  # a day, or how far


def _long(*texts: str) -> int:
    return ceil(sum(map(len, texts)) / WIDE)


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
