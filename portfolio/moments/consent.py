"""What a teacher ticks before a book goes home: who agreed to be seen or heard, and who may be named.

Each tick lays one word over the newest state of an entry: what a child wrote meanwhile stays. Who ticked, and when, is
in the history of the entry; every tick can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast, get_args

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import AnyEntry, NameTick, Naming, Picture, Portfolio, Reply
from portfolio.rules.classmates import key_of, naming_id
from portfolio.rules.leaving import Thing, agreed_to, marked_others, thing_name, things_in
from portfolio.store.port import Change, ClassStore

TRIES: Final = 5
"""How often a tick is laid over what somebody else keeps in the same moment."""

_NOT_ASKED: Final = frozenset(
    {"comment", "home_words", "concern", "cue", "practice", "to_teacher", "parked", "meeting"}
)
"""Kinds that stand in no copy, or are between a home and the teacher."""


@dataclass(frozen=True)
class ThingHere:
    """A picture or recording of a book: the newest of it, its name, which entries it stands in.

    ``agreed`` only where everybody in it agreed wherever it stands; ``by`` and ``at`` tell who ticked that last.
    """

    thing: Thing
    name: str
    entries: tuple[str, ...]
    others: bool
    agreed: bool
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Consent:
    """The ticks of one teacher in one book. Every method may raise ``NotFound`` and ``StorageTrouble``."""

    store: ClassStore
    portfolio_id: str
    teacher_id: str

    @property
    def by(self) -> str:
        """Who ticks, as the history says it."""
        return f"teacher:{self.teacher_id}"

    def things(self) -> tuple[ThingHere, ...]:
        """Return every picture, recording and document of the book, each once, in order; those with others first."""
        found: dict[str, list[tuple[str, Thing]]] = {}
        for entry in _asked(self.store.portfolio(self.portfolio_id)):
            for thing in things_in(entry):
                found.setdefault(thing_name(thing), []).append((entry.entry_id, thing))
        made = [self._here(name, places) for name, places in found.items()]
        return tuple(sorted(made, key=lambda one: not one.others))

    def _here(self, name: str, places: list[tuple[str, Thing]]) -> ThingHere:
        with_others = [thing for _, thing in places if thing.others]
        entries = tuple(dict.fromkeys(entry_id for entry_id, _ in places))
        agreed = bool(with_others) and all(thing.others_agreed for thing in with_others)
        last = self._last(name, entries) if with_others else None
        return ThingHere(
            thing=(with_others or [places[0][1]])[0],
            name=name,
            entries=entries,
            others=bool(with_others),
            agreed=agreed,
            by=last.changed_by if last else "",
            at=last.changed_at if last else None,
        )

    def _last(self, name: str, entries: tuple[str, ...]) -> Change | None:
        """Return the last change in which somebody ticked for a thing, or took the tick back."""
        found: Change | None = None
        for entry_id in entries:
            before = False
            for change in self.store.history(self.portfolio_id, entry_id):
                now = any(t.others_agreed for t in things_in(change.entry) if thing_name(t) == name)
                if now != before and (found is None or change.changed_at >= found.changed_at):
                    found = change
                before = now
        return found

    def agree(self, name: str, *, yes: bool, at: datetime) -> None:
        """Note that everybody in a picture or recording agreed that it goes home, or take that back, wherever it stands.

        Raises ``NotFound`` if it is not there any more, ``InputRefused`` if no others are in it now.
        """

        def says(thing: Thing) -> bool | None:
            return yes if thing_name(thing) == name else None

        if not self._lay(name, lambda entry: agreed_to(entry, says), at) and yes:
            raise InputRefused("Nobody else is in it, as the book says now. Look at it again.")

    def mark(self, name: str, *, others: bool, at: datetime) -> None:
        """Note that other people can be seen or heard in a thing (it waits for a tick then), or that nobody else can."""
        self._lay(name, lambda entry: marked_others(entry, name, others=others), at)

    def _lay(self, name: str, change: Callable[[AnyEntry], AnyEntry], at: datetime) -> bool:
        """Lay a change over every entry a thing stands in; return whether the thing has others in it somewhere."""
        for _ in range(TRIES):
            try:
                with self.store.together():
                    holding = [
                        kept
                        for kept in self.store.entries(self.portfolio_id)
                        if _is_asked(kept.entry) and any(thing_name(t) == name for t in things_in(kept.entry))
                    ]
                    if not holding:
                        raise NotFound("This is not in the book any more. Nothing was ticked.")
                    for kept in holding:
                        changed = change(kept.entry)
                        if changed != kept.entry:
                            self.store.keep(
                                self.portfolio_id, changed, expected=kept.version, by=self.by, at=at
                            )
            except ChangedMeanwhile:
                continue
            return any(t.others for k in holding for t in things_in(k.entry) if thing_name(t) == name)
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")

    # ------------------------------------------------------------------------------------------------ names

    def name(self, name: str, how: str, *, at: datetime) -> None:
        """Tick a name of this book: it may be named, it is no name, it is one; "" takes the tick back.

        Raises ``InputRefused`` for a name without a letter, or a tick there is not.
        """
        if not key_of(name) or len(name) > 200 or (how and how not in get_args(NameTick)):
            raise InputRefused("This page is older than the book. Load it again, then look once more.")
        entry_id = naming_id(name)
        for _ in range(TRIES):
            version = next(
                (k.version for k in self.store.entries(self.portfolio_id) if k.entry.entry_id == entry_id),
                None,
            )
            try:
                if how:
                    self._keep(entry_id, name, cast("NameTick", how), version, at)
                elif version is not None:
                    self.store.remove(self.portfolio_id, entry_id, expected=version, by=self.by, at=at)
            except ChangedMeanwhile:
                continue
            return
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")

    def _keep(self, entry_id: str, name: str, how: NameTick, version: int | None, at: datetime) -> None:
        """Keep a tick; one that was taken back before is made from the version of its removal."""
        if version is None:
            try:
                past = self.store.history(self.portfolio_id, entry_id)
            except NotFound:
                past = ()
            version = past[-1].version if past else 0
        tick = Naming(entry_id=entry_id, name=name, how=how, teacher_id=self.teacher_id, on=at.date())
        self.store.keep(self.portfolio_id, tick, expected=version, by=self.by, at=at)


def _asked(portfolio: Portfolio) -> tuple[AnyEntry, ...]:
    return tuple(cast("AnyEntry", one) for one in portfolio.entries() if _is_asked(cast("AnyEntry", one)))


def _is_asked(entry: AnyEntry) -> bool:
    """Return whether a copy for a home may show an entry; what a home keeps from the child is nobody's to look at here."""
    return entry.kind not in _NOT_ASKED and (not isinstance(entry, Reply) or entry.share_with_child)


def shown_as(thing: Thing) -> Picture | None:
    """Return the picture by which a thing is known: itself, the still of a film, the first page; none for a sound."""
    if isinstance(thing, Picture):
        return thing
    pages = getattr(thing, "pages", ())
    return pages[0] if pages else getattr(thing, "poster", None)
