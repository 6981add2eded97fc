# long: every sentence of the list of a class stands in one place
"""The class in words: what stands beside a child's name. Short enough that thirty-five of them fit one screen.

Words that weigh are not here: nobody is behind, late or weak, nothing is missing, nothing is counted out of
something. A test reads every sentence of this module for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from portfolio.errors import N_
from portfolio.rules.next_action import Kind, NextAction, Place
from portfolio.rules.nudge import Kind as NudgeKind
from portfolio.words import Speech

NUMBERS: Final = (
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)
"""Small numbers are told in words; a language in which they bend with their noun writes digits here."""

PLACE: Final[Mapping[Place, str]] = {
    "not_begun": N_("Not begun yet"),
    "beginning": N_("Beginning"),
    "writing": N_("Writing"),
    "practising": N_("Practising"),
    "ready": N_("Says “ready”"),
    "looked_at": N_("Looked at"),
    "presented": N_("Presented"),
    "home": N_("Gone home"),
}

PLACE_ICON: Final[Mapping[Place, str]] = {
    "not_begun": "book",
    "beginning": "hello",
    "writing": "edit",
    "practising": "speak",
    "ready": "your-turn",
    "looked_at": "eye",
    "presented": "together",
    "home": "home",
}

PLAINLY: Final[Mapping[Kind, str]] = {
    "unreadable": N_("The book cannot be opened: see what helps"),
    "part_unreadable": N_("A part cannot be opened: see what helps"),
    "says_ready": N_("Says the book is ready: look at it"),
    "changed_since": N_("Has changed since it was looked at"),
    "not_read_back": N_("Has not read yet what you gave back"),
    "given_back": N_("At work on what you gave back"),
    "not_begun": N_("Has not begun the book yet"),
    "first_piece": N_("Could choose a first piece of work"),
    "note_left": N_("Your plain note is the last page to write"),
    "interpreter": N_("An interpreter to tell about the meeting"),
    "not_read": N_("Has not read your words in the book yet"),
    "talk_alone": N_("A family would like to talk with you alone"),
    "could_practise": N_("All is there: could practise now"),
    "practises": N_("Practises: nothing needed"),
    "may_go_home": N_("The meeting is over: the book may go home"),
    "nothing": N_("Nothing needed"),
}
"""Next things that are said without any number or name."""

NUDGED: Final[Mapping[NudgeKind, str]] = {
    "strength_without_proof": N_("A strength needs something that shows it"),
    "growing_without_step": N_("What is growing has no first step yet"),
    "goal_without_step": N_("The goal has no step yet"),
    "growing_without_help": N_("Not told yet: how home can help"),
    "goal_without_helper": N_("Not told yet: who helps with the goal"),
    "goal_without_when": N_("The goal has no day yet"),
    "growing_without_look_again": N_("No day yet to look at what is growing"),
    "goal_without_look_again": N_("No day yet to look at the goal again"),
    "more_growing": N_("Could name one strength more"),
    "tests_take_over": N_("Tells much about tests: what else is there?"),
    "no_good_end": N_("Could end with a goal or a first step"),
    "note_without_strength": N_("The note could begin with a strength"),
    "nothing_growing": N_("Nothing told yet that is still growing"),
    "no_feelings": N_("Nothing told yet on how school feels"),
    "no_question": N_("No question for the family yet"),
}
"""A nudge as it stands in a list; the whole sentence for the teacher is in :mod:`portfolio.moments.nudges`."""

LONGEST_TITLE: Final = 26
LONGEST_PROMISE: Final = 22
"""Letters of a page's title, or of a promise, that a line of the list has room for."""


def number(n: int, say: Speech) -> str:
    """Return a number as a word, from thirteen on in digits."""
    return say(NUMBERS[n - 2]) if 2 <= n < len(NUMBERS) + 2 else str(n)


def listed(names: Sequence[str], say: Speech, *, most: int = 3) -> str:
    """Return names in a row: "Amal, Linh and Noa"; of more than ``most`` the last ones as a number."""
    if len(names) > most:
        rest = len(names) - most + 1
        first = ", ".join(names[: most - 1])
        return say("{names} and {number} more", names=first, number=number(rest, say))
    if len(names) < 2:
        return "".join(names)
    return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def short(text: str, longest: int) -> str:
    """Return a text as far as it fits, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut[: cut.rfind(" ")] if cut.rfind(" ") > longest // 2 else cut).rstrip(" ,.;:") + "…"


def sentence(action: NextAction, say: Speech) -> str:
    """Return a next thing as it stands behind a child's name."""
    if action.kind in PLAINLY:
        return say(PLAINLY[action.kind])
    if action.nudge:
        return say(NUDGED[action.nudge])
    return _capital(_COUNTED[action.kind](action, say))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _promise(action: NextAction, say: Speech) -> str:
    if action.n > 1:
        return say.many(
            "A promise of yours is due", "{number} promises of yours are due", action.n, **_n(action.n, say)
        )
    words = short(action.values[0], LONGEST_PROMISE) if action.values else ""
    return say("Your promise is due: “{words}”", words=words) if words else say("Your promise is due")


def _call(action: NextAction, say: Speech) -> str:
    return say.many(
        "A family asks you to call first",
        "{number} homes ask you to call first",
        action.n,
        **_n(action.n, say),
    )


def _next_page(action: NextAction, say: Speech) -> str:
    return say("Next page to begin: {page}", page=_page(action.values[0], say))


def _another_piece(action: NextAction, say: Speech) -> str:
    return say.many(
        "One piece of work, could choose another",
        "{number} pieces of work, could choose another",
        action.n,
        **_n(action.n, say),
    )


def _strength(action: NextAction, say: Speech) -> str:
    pictured = "picture" in action.values
    if action.n == action.more == 1:
        if pictured:
            return say("One strength; it needs a photo or a proof")
        return say("One strength; it needs a proof")
    has = say.many("One strength", "{number} strengths", action.n, **_n(action.n, say))
    values = _n(action.more, say)
    if action.n == action.more:
        need = say("each needs a photo or proof") if pictured else say("each needs a proof")
    elif pictured:
        need = say.many(
            "one needs a photo or a proof", "{number} need a photo or a proof", action.more, **values
        )
    else:
        need = say.many("one needs a proof", "{number} need a proof", action.more, **values)
    return say("{has}; {need}", has=has, need=need)


def _words(action: NextAction, say: Speech) -> str:
    return say.many(
        "One school word to look at together",
        "{number} school words to look at together",
        action.n,
        **_n(action.n, say),
    )


def _words_in_note(action: NextAction, say: Speech) -> str:
    return say.many(
        "One school word in your note", "{number} school words in your note", action.n, **_n(action.n, say)
    )


def _pages_left(action: NextAction, say: Speech) -> str:
    pages = [_page(title, say) for title in action.values]
    if action.n > 1:
        more = say.many(
            "{page} and one more", "{page} and {number} more", action.n - 1,
            page=pages[0], **_n(action.n - 1, say),
        )  # fmt: skip
        return say("To begin: {pages}", pages=more)
    return say("Last page to begin: {page}", page=pages[0])


def _page(title: str, say: Speech) -> str:
    return short(say(title), LONGEST_TITLE)


def _n(n: int, say: Speech) -> dict[str, str]:
    return {"number": number(n, say)}


_COUNTED: Final[Mapping[Kind, Callable[[NextAction, Speech], str]]] = {
    "promise_due": _promise,
    "call_home": _call,
    "next_page": _next_page,
    "another_piece": _another_piece,
    "strength_unshown": _strength,
    "words": _words,
    "words_in_note": _words_in_note,
    "pages_left": _pages_left,
}


def books_title(books: int, first: date | None, last: date | None, today: date, say: Speech) -> str:
    """Return the heading of the class: how many books, and how far off the meetings are (first and last day)."""
    many = say.many("{n} book", "{n} books", books)
    if first is None or (last or first) < today:
        return many
    left = (first - today).days
    if left <= 0:
        return say("{books}: the meetings are on", books=many)
    days = say.many("one day to go", "{number} days to go", left, **_n(left, say))
    return say("{books}, {days}", books=many, days=days)
