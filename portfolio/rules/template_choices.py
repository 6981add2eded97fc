"""What there is to choose from, as lines of text: a choice that somebody picked never comes to mean something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import Choice
from portfolio.rules.template_names import free_name

MOST_CHOICES: Final = 24

_ENOUGH: Final = 0.5
"""Two lines say the same if so many of their words, or of their letters, are the same."""


@dataclass(frozen=True)
class Had:
    """What one could choose before: ``asked`` as books offer it now, ``used`` the ids that have stood for something."""

    asked: tuple[Choice, ...] = ()
    used: frozenset[str] = frozenset()


NOTHING: Final = Had()


def choices_from(
    lines: Sequence[str], before: Sequence[Choice], fixed: Iterable[str] = (), had: Had = NOTHING
) -> tuple[Choice, ...]:
    """Return choices for lines of text. A line that stood there keeps its id; one that was reworded keeps that of its place.

    What books offer now (``had.asked``) is reworded only by a line that is like it: anything else gets an id that
    nothing had before, so that what a child picked stays what it picked. ``fixed``: if given, only these ids can be
    kept by a record, so lines can be reworded and left out, not added. Raises ``InputRefused``.
    """
    if not lines:
        raise InputRefused("Write at least one choice, one on each line.", field="choices")
    if len(lines) > MOST_CHOICES:
        raise InputRefused("There is room for {n} choices.", n=MOST_CHOICES, field="choices")
    allowed = tuple(fixed)
    naming = _Naming(lines, before, NOTHING if allowed else had)
    made: list[Choice] = []
    for n, line in enumerate(lines):
        choice = naming.known(n, line, {one.id for one in made})
        made.append(choice or naming.fresh(n, line, [one.id for one in made], allowed))
    return tuple(made)


class _Naming:
    """Finds the ids of lines."""

    def __init__(self, lines: Sequence[str], before: Sequence[Choice], had: Had) -> None:
        self._before = before
        self._asked = {choice.id: choice for choice in had.asked}
        # as it stands in the form first, then as books offer it: words may be written back
        self._by_label = {choice.label: choice for choice in (*reversed(had.asked), *reversed(before))}
        self._kept = {line for line in lines if line in self._by_label}
        self._taken = {*(self._by_label[line].id for line in self._kept)}
        self._used = {*had.used, *self._asked, *(choice.id for choice in before)}

    def known(self, n: int, line: str, taken: set[str]) -> Choice | None:
        """Return the choice a line is, if it was there: by its words, or put in other words in its place."""
        same = self._by_label.get(line)
        if same is not None:
            return same if same.id not in taken else None
        here = self._here(n)
        if here is None or here.id in taken | self._taken:
            return None
        offered = self._asked.get(here.id)
        return here.but(label=line) if offered is None or alike(offered.label, line) else None

    def fresh(self, n: int, line: str, taken: Sequence[str], allowed: Sequence[str]) -> Choice:
        """Return a choice of its own for a line. It keeps the drawing of its place: words may be in another language."""
        name = next((i for i in allowed if i not in taken and i not in self._used), "")
        if allowed and not name:
            raise InputRefused(
                "This question has its own set of choices: none can be added.", field="choices"
            )
        here = self._here(n)
        icon = here.icon if here is not None and here.id not in self._taken else None
        return Choice(id=name or free_name(line, [*taken, *self._used], "choice"), label=line, icon=icon)

    def _here(self, n: int) -> Choice | None:
        return self._before[n] if n < len(self._before) else None


def alike(one: str, other: str) -> bool:
    """Return whether a line may be another one in other words: half of their words, or of their letters, are the same."""
    first, second = one.casefold(), other.casefold()
    words, others = first.split(), second.split()
    shared = sum(min(words.count(word), others.count(word)) for word in set(words))
    if 2 * shared >= _ENOUGH * (len(words) + len(others)):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ENOUGH


def named_anew(choices: Sequence[Choice], had: Had) -> tuple[Choice, ...]:
    """Return choices under ids that nothing else had; one that books offer with these words keeps its own."""
    made: list[Choice] = []
    for choice in choices:
        taken = [*(one.id for one in made), *had.used]
        known = choice in had.asked or choice.id not in taken
        made.append(choice if known else choice.but(id=free_name(choice.label, taken, "choice")))
    return tuple(made)
