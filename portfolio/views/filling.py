# long: how one page is filled is read in one place
"""How a finished page is filled with its pictures and recordings, while there is room.

The marks of :mod:`portfolio.views.room` say what may stand where. First come pictures, then sounds, then further pages
of documents, then films, each in the order of the book. Where pictures are more than a file should have (its *budget*),
all of them become smaller, step by step and all alike. What is damaged or gone never stops a page: in its place stands
what is said then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from portfolio.errors import NotFound, StorageTrouble
from portfolio.views.room import FILM, KINDS, Sizes, What, Why

_CHOICE = re.compile("<\ue001>(.*?)<\ue003>", re.DOTALL)
_WORDING = re.compile("<\ue002([0-9]?!?)>")
_ADDRESS = re.compile("<\ue000([0-9a-z.]+)>")


class Files(Protocol):
    """What gives the pictures and recordings of a page. ``name`` is a digest, for recordings with its suffix.

    All raise ``StorageTrouble`` or ``NotFound`` for what is damaged or gone.
    """

    def address(self, name: str, step: int) -> str:
        """Return an address, escaped; pictures become smaller from step 0 on."""

    def at_least(self, name: str, step: int) -> int:
        """Return how many bytes the address of a picture will take at the very least: nothing is made for that."""

    def expected(self, name: str, step: int) -> int:
        """Return how many bytes an address takes, as far as one knows without reading a recording: 0 if one does not."""


@dataclass(frozen=True)
class Steps:
    """How far pictures may become smaller: ``enough`` times for a budget, ``most`` times before one is left out."""

    enough: int = 0
    most: int = 0


@dataclass(frozen=True)
class Left:
    """What is not in a page: the name of its file, why, and what it is."""

    name: str
    why: Why
    kind: What


@dataclass(frozen=True)
class Filled:
    """A finished page, what is not in it, what takes its bytes, and how many steps smaller its pictures became."""

    text: str
    left: tuple[Left, ...]
    sizes: Sizes
    step: int = 0


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a thing may stand in the page: words, name, words, name, …, words; ``plain`` bytes of words."""

    turn: int | None
    gone: bool
    parts: list[str]
    plain: int

    @property
    def names(self) -> list[str]:
        return self.parts[1::2]


@dataclass(slots=True)
class _Choice:
    """A thing in the page: its wordings, best first; which one is taken now."""

    wordings: list[_Wording]
    taken: int

    @property
    def now(self) -> _Wording:
        return self.wordings[self.taken]

    @property
    def thing(self) -> str:
        """The name of the thing itself."""
        return next(iter(self.wordings[0].names), "")


def filled(
    text: str,
    files: Files,
    *,
    limit: int | None = None,
    budget: int | None = None,
    steps: Steps = Steps(),
    ours: Mapping[str, str] | None = None,
) -> Filled:
    """Return the page with its pictures and recordings in, no larger than ``limit`` bytes of UTF-8.

    ``budget`` is what words and pictures should have together; pictures become smaller for it, at most ``steps.enough``
    steps, and up to ``steps.most`` before any is left out. ``ours`` are texts of ours by the name of their mark: styles.
    Words, styles and drawings are never left out: where they alone are larger, the page is larger too.
    """
    page = _Page(text, files, ours or {})
    if limit is not None and steps.most:
        page.shrink(min(budget or limit, limit), limit, steps)
    page.choose(limit)
    return page.whole()


class _Page:
    """A page that is being filled."""

    def __init__(self, text: str, files: Files, ours: Mapping[str, str]) -> None:
        pieces = _CHOICE.split(text)
        self._files, self._ours = files, ours
        self._known: dict[str, str | None] = {}
        self._between = [_wording_of(piece) for piece in pieces[::2]]
        self._choices = [_choice_of(piece) for piece in pieces[1::2]]
        named = (name for one in self._between for name in one.names if name in ours)
        self._fixed = sum(one.plain for one in self._between) + sum(_bytes(ours[n]) for n in named)
        self._step = 0

    def shrink(self, budget: int, limit: int, steps: Steps) -> None:
        """Make all pictures smaller, until words and pictures are within the budget, or else within the limit."""
        best = [choice.wordings[0] for choice in self._choices]
        words = self._fixed + sum(max(one.plain for one in choice.wordings) for choice in self._choices)
        pictures = [name for one in best for name in one.names if _is_picture(name)]
        for step in range(steps.most + 1):
            self._step = step
            wanted = budget if step < steps.enough else limit
            if words + sum(map(self._at_least, pictures)) > wanted:
                continue  # making them would be for nothing
            if words + sum(map(self._expected, pictures)) <= wanted:
                return

    def choose(self, limit: int | None) -> None:
        """Take the best wordings if all of them fit, else one after the other while there is room."""
        if limit is None or self._whole_expected() <= limit:
            for choice in self._choices:
                choice.taken = self._best(choice)
            if limit is None or self._fixed + sum(self._size(c.now) for c in self._choices) <= limit:
                return
        self._choose_in_turn(limit)

    def _whole_expected(self) -> int:
        best = [choice.wordings[0] for choice in self._choices]
        return self._fixed + sum(one.plain + sum(map(self._expected, one.names)) for one in best)

    def _best(self, choice: _Choice, room: int | None = None) -> int:
        """Return the first wording whose files are there, and that fits."""
        found = [at for at, _ in enumerate(choice.wordings) if self._possible(choice, at)]
        fits = (at for at in found if room is None or self._size(choice.wordings[at]) <= room)
        return next(fits, found[-1])

    def _possible(self, choice: _Choice, at: int) -> bool:
        """Return whether a wording may stand: its files are there, and it is for a damaged thing or not, as the thing is."""
        one = choice.wordings[at]
        if any(self._address(name) is None for name in one.names):
            return False
        gone = self._known.get(choice.thing, "") is None  # what was not asked for is not known to be damaged
        return one.gone == gone or (gone and not any(other.gone for other in choice.wordings))

    def _choose_in_turn(self, limit: int) -> None:
        """Begin with what always fits, then take better wordings turn by turn, in the order of the page."""
        always = [[at for at, one in enumerate(c.wordings) if one.turn is None] for c in self._choices]
        kept = [max(c.wordings[at].plain for at in ats) for c, ats in zip(self._choices, always, strict=True)]
        for choice, ats in zip(self._choices, always, strict=True):
            choice.taken = ats[0]
        room = limit - self._fixed - sum(kept)
        for _, n, at in sorted(_better(self._choices)):
            choice = self._choices[n]
            one = choice.wordings[at]
            if at >= choice.taken or one.plain + sum(map(self._expected, one.names)) > room + kept[n]:
                continue
            if self._possible(choice, at) and (size := self._size(one)) <= room + kept[n]:
                choice.taken, room, kept[n] = at, room + kept[n] - size, size
        for n, choice in enumerate(self._choices):  # now it is known what is damaged
            if not self._possible(choice, choice.taken):
                choice.taken = self._best(choice, kept[n])

    def whole(self) -> Filled:
        """Return the page as it is chosen."""
        text: list[str] = []
        pictures = sound = film = 0
        for one in _in_turn(self._between, [choice.now for choice in self._choices]):
            for words, name in zip_longest(one.parts[::2], one.names, fillvalue=""):
                put = self._put(name) if name else ""
                text += (words, put)
                size = _bytes(put) if name not in self._ours else 0
                pictures += size if _is_picture(name) else 0
                film += size if not _is_picture(name) and one.turn == FILM else 0
                sound += size if not _is_picture(name) and one.turn != FILM else 0
        words_only = self._fixed + sum(choice.now.plain for choice in self._choices)
        return Filled(
            "".join(text), tuple(self._left()), Sizes(words_only, pictures, sound, film), self._step
        )

    def _left(self) -> Iterable[Left]:
        """Yield what is not in the page, each thing once."""
        told: set[str] = set()
        for choice in self._choices:
            first = choice.wordings[0]
            for name in dict.fromkeys(first.names):
                damaged = name in self._known and self._known[name] is None
                if name in told or (not damaged and (name != choice.thing or name in choice.now.names)):
                    continue
                told.add(name)
                kind = "picture" if first.turn is None or name != choice.thing else KINDS[first.turn]
                yield Left(name, "damaged" if damaged else "no_room", kind)

    def _put(self, name: str) -> str:
        if name in self._ours:
            return self._ours[name]
        known = self._address(name)
        return (
            self._files.address(name, self._step) if known is None else known
        )  # asked again, it says what is wrong

    def _address(self, name: str) -> str | None:
        if name not in self._known:
            try:
                self._known[name] = self._files.address(name, self._step)
            except (StorageTrouble, NotFound):
                self._known[name] = None
        return self._known[name]

    def _expected(self, name: str) -> int:
        try:
            return self._files.expected(name, self._step)
        except (StorageTrouble, NotFound):
            return 0

    def _at_least(self, name: str) -> int:
        try:
            return self._files.at_least(name, self._step)
        except (StorageTrouble, NotFound):
            return 0

    def _size(self, one: _Wording) -> int:
        return one.plain + sum(_bytes(self._address(name) or "") for name in one.names)


def _in_turn(between: list[_Wording], chosen: list[_Wording]) -> Iterable[_Wording]:
    for one, thing in zip_longest(between, chosen):
        yield one
        if thing is not None:
            yield thing


def _better(choices: list[_Choice]) -> Iterable[tuple[int, int, int]]:
    """Yield the turn, the number of the choice, and that of the wording, of what may not always fit."""
    for n, choice in enumerate(choices):
        for at, one in enumerate(choice.wordings):
            if one.turn is not None:
                yield one.turn, n, at


def _is_picture(name: str) -> bool:
    return "." not in name


def _wording_of(words: str, mark: str = "") -> _Wording:
    parts = _ADDRESS.split(words)
    turn = mark.removesuffix("!")
    plain = sum(map(_bytes, parts[::2]))
    return _Wording(int(turn) if turn else None, mark.endswith("!"), parts, plain)


def _choice_of(piece: str) -> _Choice:
    parts = _WORDING.split(piece)[1:]
    return _Choice([_wording_of(words, mark) for mark, words in zip(parts[::2], parts[1::2], strict=True)], 0)


def _bytes(text: str) -> int:
    """Return how many bytes a text takes; for plain letters nothing is copied."""
    return len(text) if text.isascii() else len(text.encode())
