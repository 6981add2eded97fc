# long: the rules stand below each other in the order in which they are asked
"""Where a child is with its book, in a word, and the one thing to do next.

Nothing here is a mark: no share, no rank, nothing counted out of something. Of all that could be done the rules
below are asked from the top, and the first that has something to say is the next thing. Their order:

1.  what cannot be read: nobody else will see to it;
2.  what waits for the teacher: a child that calls its book ready, a promise to keep, a family to call, a book that
    changed after it was looked at;
3.  a book that went back to its child, until the child calls it ready again;
4.  a book that is not begun; then pieces of work, which the rest of a book speaks of; then, while more than half of
    it is empty, its next page;
5.  what helps a book most: strengths one can see, school words, ways forward, the pages left;
6.  the teacher's own note, once the rest is there; then what the book as a whole could still say;
7.  what is only good to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from portfolio.rules.class_facts import AFTER, MAKING, Facts
from portfolio.rules.nudge import KINDS as NUDGES
from portfolio.rules.nudge import Kind as NudgeKind

Place = Literal["not_begun", "beginning", "writing", "practising", "ready", "looked_at", "presented", "home"]
"""Where a child is: it has not begun, begins, writes, practises, says it is ready; its book was looked
at; it has shown it; the book has gone home."""

PLACES: Final[tuple[Place, ...]] = get_args(Place)

Kind = Literal[
    "unreadable",
    "part_unreadable",
    "says_ready",
    "promise_due",
    "call_home",
    "changed_since",
    "not_read_back",
    "given_back",
    "not_begun",
    "first_piece",
    "another_piece",
    "next_page",
    "strength_unshown",
    "words",
    "way_forward",
    "pages_left",
    "note_left",
    "words_in_note",
    "whole_book",
    "interpreter",
    "not_read",
    "talk_alone",
    "could_practise",
    "practises",
    "may_go_home",
    "nothing",
]
"""The next things there are, in the order of their importance."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

FOR_THE_TEACHER: Final[frozenset[Kind]] = frozenset(
    {
        "unreadable",
        "part_unreadable",
        "says_ready",
        "promise_due",
        "call_home",
        "changed_since",
        "note_left",
        "words_in_note",
        "interpreter",
    }
)
"""What only a teacher can do: who is there "waits for you"."""

WAYS_FORWARD: Final = frozenset(NUDGES[: NUDGES.index("more_growing")]) - {"strength_without_proof"}
"""Nudges about a step, a helper, a day. Those about the book as a whole come later."""

Where = Literal["child", "changed", "words", "prepare", "note", "out", "damaged"]
"""Where the next thing is done: the child's book, what changed in it, its school words, getting ready for its meeting,
its note, what is taken along, what helps with damage."""


@dataclass(frozen=True)
class NextAction:
    """The next thing. ``n`` and ``more`` are counts for its sentence, ``values`` texts; ``nudge`` which nudge it is."""

    kind: Kind
    where: Where = "child"
    n: int = 0
    more: int = 0
    values: tuple[str, ...] = ()
    nudge: NudgeKind | None = None
    day: date | None = None

    @property
    def for_the_teacher(self) -> bool:
        """Return whether only a teacher can do it."""
        return self.kind in FOR_THE_TEACHER


def place_of(facts: Facts) -> Place:
    """Return where a child is.

    From what the book says of itself; a draft is told apart by what is in it: nothing; something, with
    more than half of its pages still to begin; the rest. Which page a child is at just now is not known.
    """
    if facts.status == "draft":
        if not facts.begun:
            return "not_begun"
        return "beginning" if _mostly_empty(facts) else "writing"
    if facts.status == "checked":
        return "looked_at"
    return facts.status


def next_action(facts: Facts, today: date) -> NextAction:
    """Return the one thing to do next; ``nothing`` if there is none. ``today`` decides which promises are due."""
    return next(all_actions(facts, today))


def all_actions(facts: Facts, today: date) -> Iterator[NextAction]:
    """Yield all that could be done, the most important first; ``nothing`` comes last and always."""
    rules = (_unreadable, _says_ready, lambda known: _promise_due(known, today), *_RULES)
    yield from (action for rule in rules if (action := rule(facts)) is not None)
    yield NextAction("nothing")


def due_promises(facts: Facts, today: date) -> int:
    """Return how many promises of the teacher are due."""
    return sum(one.by_when is not None and one.by_when <= today for one in facts.promises)


def _promise_due(facts: Facts, today: date) -> NextAction | None:
    dated = [(one.by_when, one.said) for one in facts.promises if one.by_when and one.by_when <= today]
    if not dated:
        return None
    day, said = min(dated)
    return NextAction("promise_due", n=len(dated), values=(said,), day=day)


def _unreadable(facts: Facts) -> NextAction | None:
    if not facts.readable:
        return NextAction("unreadable", where="damaged")
    return NextAction("part_unreadable", where="damaged", n=facts.damaged) if facts.damaged else None


def _says_ready(facts: Facts) -> NextAction | None:
    seen = facts.looked_at and not facts.changed_since
    return NextAction("says_ready") if facts.status == "ready" and not seen else None


def _call_home(facts: Facts) -> NextAction | None:
    return NextAction("call_home", where="prepare", n=len(facts.calls)) if facts.calls else None


def _changed_since(facts: Facts) -> NextAction | None:
    return (
        NextAction("changed_since", where="changed")
        if facts.changed_since and facts.status not in AFTER
        else None
    )


def _given_back(facts: Facts) -> NextAction | None:
    if not facts.given_back:
        return None
    return NextAction("not_read_back" if facts.unread else "given_back")


def _not_begun(facts: Facts) -> NextAction | None:
    making = facts.readable and facts.status in MAKING
    return NextAction("not_begun") if making and not facts.begun else None


def _next_page(facts: Facts) -> NextAction | None:
    if _at_work(facts) and _mostly_empty(facts):
        return NextAction("next_page", values=facts.open_pages[:1])
    return None


def _mostly_empty(facts: Facts) -> bool:
    return 2 * len(facts.open_pages) > facts.pages


def _pieces(facts: Facts) -> NextAction | None:
    if not _at_work(facts) or facts.pieces >= facts.wanted:
        return None
    return NextAction("another_piece", n=facts.pieces) if facts.pieces else NextAction("first_piece")


def _strengths(facts: Facts) -> NextAction | None:
    if not _at_work(facts) or not facts.unshown:
        return None
    how = "picture" if facts.pictured else "proof"
    return NextAction("strength_unshown", n=facts.strengths, more=facts.unshown, values=(how,))


def _words(facts: Facts) -> NextAction | None:
    if facts.words.child and facts.status not in AFTER:
        return NextAction("words", where="words", n=len(facts.words.child))
    return None


def _way_forward(facts: Facts) -> NextAction | None:
    found = (one.kind for one in facts.nudges if one.kind in WAYS_FORWARD)
    first = next(found, None) if _at_work(facts) else None
    return NextAction("way_forward", nudge=first) if first else None


def _pages_left(facts: Facts) -> NextAction | None:
    if _at_work(facts) and facts.open_pages:
        return NextAction("pages_left", n=len(facts.open_pages), values=facts.open_pages[:2])
    return None


def _note(facts: Facts) -> NextAction | None:
    if facts.note_asked and not facts.noted_by and facts.begun and facts.status not in AFTER:
        return NextAction("note_left", where="note")
    return None


def _words_in_note(facts: Facts) -> NextAction | None:
    if facts.words.note and facts.status not in AFTER:
        return NextAction("words_in_note", where="note", n=len(facts.words.note))
    return None


def _whole_book(facts: Facts) -> NextAction | None:
    known = WAYS_FORWARD | {"strength_without_proof"}
    found = (one.kind for one in facts.nudges if one.kind not in known)
    first = next(found, None) if _at_work(facts) else None
    if first is None:
        return None
    return NextAction(
        "whole_book", nudge=first, where="note" if first == "note_without_strength" else "child"
    )


def _good_to_know(facts: Facts) -> NextAction | None:
    if facts.interpreter:
        return NextAction("interpreter", where="prepare")
    if facts.unread and facts.status in MAKING:
        return NextAction("not_read")
    return NextAction("talk_alone", where="prepare") if facts.talks else None


def _at_the_end(facts: Facts) -> NextAction | None:
    if facts.status == "presented":
        return NextAction("may_go_home", where="out")
    if facts.status == "practising":
        return NextAction("practises")
    return NextAction("could_practise") if facts.status == "draft" and facts.begun else None


def _at_work(facts: Facts) -> bool:
    return facts.status in MAKING and facts.begun


_RULES: Final[tuple[Callable[[Facts], NextAction | None], ...]] = (
    _call_home,
    _changed_since,
    _given_back,
    _not_begun,
    _pieces,
    _next_page,
    _strengths,
    _words,
    _way_forward,
    _pages_left,
    _note,
    _words_in_note,
    _whole_book,
    _good_to_know,
    _at_the_end,
)
"""In the order of :data:`KINDS`, after what cannot be read, who says ready, and promises."""
