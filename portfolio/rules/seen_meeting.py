"""How what belongs to the meeting looks to others: statements in place of speaking, what is kept for later."""

from __future__ import annotations

from portfolio.rules import family_view as v
from portfolio.rules.seen import Lens, said


def statement(lens: Lens, step_id: str) -> v.StatementSeen | None:
    """Return what the child shows at a step in place of speaking, or ``None``.

    It is for the meeting, at the table or at a home that holds it in its own time, and in no other file.
    """
    if lens.audience == "home":
        return None
    found = next((s for s in lens.portfolio.statements if s.step == step_id and s.in_place), None)
    if found is None:
        return None
    beside = found.beside("words")
    seen = v.StatementSeen(
        words=said(lens, None, found.words, "words", beside),
        shown=v.Shown(pictures=lens.pictures(found.pictures), media=lens.media(found.media)),
    )
    return seen if seen.words or seen.shown else None


def parked(lens: Lens) -> tuple[v.ParkedSeen, ...]:
    """Return what the table keeps for later. A home's own matter is in that home's copy alone."""
    ours = (one for one in lens.portfolio.parked if one.household_id in (None, lens.household_id))
    return tuple(
        v.ParkedSeen(who=p.who, name=p.name, words=p.words, on=p.on, until=p.until, done=p.done)
        for p in ours
        if p.words and not lens.is_others(p.who, p.name)
    )
