"""Who sits at the table: whose meeting is held now, whether it is over for a home, what may be read there."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.model import Book, Choice, Household, Meeting, Portfolio, Reply, Student
from portfolio.rules.answering import FACES, says_anything


def meeting_now(meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting that is held, the newest that has begun and not ended; ``None`` before and after."""
    return next((one for one in reversed(meetings) if one.began and one.ended is None), None)


def homes_now(student: Student, portfolio: Portfolio) -> tuple[Household, ...]:
    """Return the homes this meeting is for: the one it is held with, else all of the child's."""
    held = meeting_now(portfolio.meetings)
    only = student.household(held.household_id) if held and held.household_id else None
    return (only,) if only else student.households


def over_for(portfolio: Portfolio, household_id: str) -> bool:
    """Return whether a home's meeting has been and is over: none of its meetings is held any more."""
    homes = (None, household_id)
    theirs = [one for one in portfolio.meetings if one.household_id in homes and (one.began or one.ended)]
    return bool(theirs) and all(one.ended is not None for one in theirs)


def follows(portfolio: Portfolio, household_id: str) -> bool:
    """Return whether a home may follow what is on the screen: not while the meeting is another home's."""
    held = meeting_now(portfolio.meetings)
    return held is None or held.household_id in (None, household_id)


def answers_at_table(book: Book) -> tuple[tuple[Reply, ...], bool]:
    """Return the answers everybody at the table may read, and whether there are others that stay between homes.

    An answer is shown once it was given, if the child may read it and its home is the only one there: the child's
    only home, or the one this meeting is held with. Pictures with other people in them stay out until somebody agreed.
    """
    homes = homes_now(book.student, book.portfolio)
    alone = homes[0].household_id if len(homes) == 1 else ""
    given = [one for one in book.portfolio.replies if one.on and one.share_with_child]
    shown = (_without_others(one) for one in given if one.household_id == alone)
    return tuple(one for one in shown if says_anything(one)), not alone and any(map(says_anything, given))


def _without_others(reply: Reply) -> Reply:
    return reply.but(pictures=tuple(one for one in reply.pictures if not one.others or one.others_agreed))


def face_of(reply: Reply) -> Choice | None:
    """Return the face of an answer with its word, if it has one of ours."""
    word = FACES.get(reply.face or "")
    return Choice(id=str(reply.face), label=word, icon=reply.face) if word else None
