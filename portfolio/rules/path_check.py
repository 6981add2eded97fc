"""The path check: what would help a book to end on a way forward. It nudges; it never blocks."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.model import Book
from portfolio.rules.balance import balance_nudges
from portfolio.rules.nudge import KINDS, Nudge
from portfolio.rules.path_plans import plan_nudges
from portfolio.rules.progress import SectionState


def path_check(
    book: Book,
    *,
    test_words: Callable[[str], int] | None = None,
    states: tuple[SectionState, ...] | None = None,
) -> tuple[Nudge, ...]:
    """Return what a book could still say, at most one nudge of each kind, the first to think of first.

    Only pages the notebook shows and questions the class template asks are looked at; an empty page is no
    matter here (:mod:`portfolio.rules.progress` tells it). ``test_words`` counts the words in a text that
    name tests or scores; without it nothing is said about tests. ``states`` is what ``book_state`` says of the book,
    if that is known already.
    """
    found: dict[str, Nudge] = {}
    for nudge in (*plan_nudges(book), *balance_nudges(book, test_words, states)):
        found.setdefault(nudge.kind, nudge)
    return tuple(found[kind] for kind in KINDS if kind in found)
