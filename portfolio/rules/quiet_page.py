"""A quiet page for brothers, sisters and friends who wait: puzzles made of what is in the child's own book.

Everything here is numbers and names of drawings; :mod:`portfolio.views.quiet_page` draws it. The same book gives the
same page each time. Only what the table may see is asked: a page for a sibling tells nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.model import Record
from portfolio.rules.family_view import AnswersPart, FamilyView, Said, StrengthsPart, WorkPart
from portfolio.rules.quiet_motifs import DRAWN, FILLERS, motif_of
from portfolio.rules.quiet_shapes import SHAPE_FOR, SHAPES, Shape

Point = tuple[float, float]
Wall = tuple[Point, Point]

MOST_COLOURED: Final = 4
PAIRS: Final = 5
MAZE: Final = (8, 6)
"""Fields of a maze, across and down: a child of four finds the way, a child of eight still looks for it."""
MOST_COUNTED: Final = 6
_LONGEST_WORD: Final = 24


class QuietFacts(Record):
    """What a quiet page is made of: drawings that stand for what is in the book, with the child's word for each.

    ``seed`` makes each book's page its own. ``words`` has one word for each of ``motifs``, empty where there is none.
    """

    seed: str
    motifs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pieces: int = 0


@dataclass(frozen=True)
class ColourIn:
    """Pictures to colour, each with a word of the child's (or none)."""

    motifs: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class JoinDots:
    """A shape whose corners are joined from 1 to the last; ``lines`` are drawn already."""

    shape: Shape


@dataclass(frozen=True)
class FindWay:
    """A maze of ``across`` by ``down`` fields: walls between them, one way from the first field to the last."""

    across: int
    down: int
    walls: tuple[Wall, ...]
    start: str
    end: str


@dataclass(frozen=True)
class SpotPairs:
    """The same drawings twice, in another order: a line joins two that are alike."""

    one_side: tuple[str, ...]
    other_side: tuple[str, ...]


@dataclass(frozen=True)
class CountDraw:
    """Rows of one drawing each, so many times: count them, draw as many dots in the box."""

    rows: tuple[tuple[str, int], ...]


Activity = ColourIn | JoinDots | FindWay | SpotPairs | CountDraw


def quiet_facts(seen: FamilyView | None, seed: str) -> QuietFacts:
    """Return what a quiet page may be made of: subjects, titles and picks of a book as the table sees it."""
    parts = [part.content for part in seen.parts] if seen else []
    pieces = [piece for part in parts if isinstance(part, WorkPart) for piece in part.pieces]
    found: dict[str, str] = {}
    for piece in pieces:
        for words in (piece.subject, piece.title.text):
            motif = motif_of(words)
            if motif:
                found.setdefault(motif, piece.subject if _fits(piece.subject) else "")
                break
    for said in _said(parts):
        motifs = [choice.icon or choice.id for choice in said.picks]
        for motif in [one for one in motifs if one in DRAWN] or filter(None, [motif_of(said.words.text)]):
            found.setdefault(motif, "")
    return QuietFacts(
        seed=seed, motifs=tuple(found), words=tuple(found.values()), pieces=min(len(pieces), MOST_COUNTED)
    )


def _fits(word: str) -> bool:
    return 0 < len(word.strip()) <= _LONGEST_WORD


def _said(parts: Iterable[object]) -> Iterable[Said]:
    """Yield what the child said it is good at, and then what it picked or wrote elsewhere."""
    for part in parts:
        if isinstance(part, StrengthsPart):
            yield from (one.what for one in part.strengths)
    for part in parts:
        if isinstance(part, AnswersPart):
            yield from part.answers


def activities(facts: QuietFacts) -> tuple[Activity, ...]:
    """Return three or four puzzles: pairs where the book has enough to show, counting where it has pieces of work."""
    chance = random.Random(facts.seed)  # noqa: S311 - a puzzle that is the same each time, no secret
    fillers = [one for one in FILLERS if one not in facts.motifs]
    chance.shuffle(fillers)
    motifs = (*facts.motifs, *fillers)
    words = (*facts.words, *("" for _ in fillers))
    coloured = ColourIn(motifs[:MOST_COLOURED], words[:MOST_COLOURED])
    more: list[Activity] = []
    if len(facts.motifs) >= 3:
        more.append(pairs(motifs[:PAIRS], chance))
    elif facts.pieces:
        more.append(counted(motifs, facts.pieces, chance))
    shape = next((SHAPES[SHAPE_FOR[m]] for m in facts.motifs if m in SHAPE_FOR), None)
    dots = JoinDots(shape or chance.choice(list(SHAPES.values())))
    return (coloured, *more, dots, maze(*MAZE, chance, start=motifs[0]))


def pairs(motifs: Sequence[str], chance: random.Random) -> SpotPairs:
    """Return drawings on two sides; none stands beside its like, where there are two or more."""
    turned = list(motifs)
    by = chance.randrange(1, len(turned)) if len(turned) > 1 else 0
    turned = turned[by:] + turned[:by]
    return SpotPairs(tuple(motifs), tuple(turned))


def counted(motifs: Sequence[str], pieces: int, chance: random.Random) -> CountDraw:
    """Return three rows to count; the first has as many as the child has pieces of work."""
    numbers = [one for one in range(1, MOST_COUNTED + 1) if one != pieces]
    return CountDraw(tuple(zip(motifs, (pieces, *chance.sample(numbers, 2)), strict=False)))


def maze(
    across: int, down: int, chance: random.Random, *, start: str = "friends", end: str = "home"
) -> FindWay:
    """Return a maze in which exactly one way leads from any field to any other."""
    open_between: set[frozenset[tuple[int, int]]] = set()
    seen, way = {(0, 0)}, [(0, 0)]
    while way:
        x, y = way[-1]
        beside = [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
        new = [(i, j) for i, j in beside if 0 <= i < across and 0 <= j < down and (i, j) not in seen]
        if not new:
            way.pop()
            continue
        field = chance.choice(new)
        open_between.add(frozenset({(x, y), field}))
        seen.add(field)
        way.append(field)
    return FindWay(
        across, down, tuple(_walls(across, down, open_between)), start, end if end != start else "book"
    )


def _walls(across: int, down: int, open_between: set[frozenset[tuple[int, int]]]) -> Iterable[Wall]:
    """Yield the walls inside, and those around without a door at the first and the last field."""
    for x in range(across):
        for y in range(down):
            if x + 1 < across and frozenset({(x, y), (x + 1, y)}) not in open_between:
                yield (x + 1, y), (x + 1, y + 1)
            if y + 1 < down and frozenset({(x, y), (x, y + 1)}) not in open_between:
                yield (x, y + 1), (x + 1, y + 1)
    yield (0, 0), (across, 0)
    yield (0, down), (across, down)
    yield (0, 1), (0, down)
    yield (across, 0), (across, down - 1)
