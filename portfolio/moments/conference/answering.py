# long: one home's hand in the book, whoever writes with it
"""Writing down what a home says: one answer of each way for each adult; never a twin, never another home's.

An entry's id follows from who says what in which way, so no page is ever believed about it. The family's own page
writes over what it was shown (:meth:`Home.keep`); the deck, which shows nobody what was said before, adds below it
(:meth:`Home.add`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import AnyEntry, Household, Portfolio, Reply
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import gone, history, too_many
from portfolio.moments.desk import TRIES
from portfolio.rules import answering as rules
from portfolio.rules.answering import Told, Way
from portfolio.rules.at_table import over_for
from portfolio.store.port import Kept

MOST_ANSWERS: Final = 60
"""Answers of one home in one book: ten people, six ways."""


@dataclass(frozen=True)
class Home:
    """One home of the child, and what it says in the book of this round."""

    table: Table
    household: Household
    portfolio_id: str

    @property
    def by(self) -> str:
        """Who writes, as the history of the book says it."""
        return f"family:{self.household.household_id}"

    def answer(self, who: str, way: Way, lang: str, beside: str = "") -> tuple[Reply, int]:
        """Return an adult's answer as it is kept (an empty one before) and its version, that of its removal if taken back."""
        mine = self.household.household_id
        reply_id = rules.answer_id(self.portfolio_id, mine, who, way, beside)
        past = history(self.table, self.portfolio_id, reply_id)
        version = past[-1].version if past else 0
        now = past[-1].entry if past else None
        if isinstance(now, Reply) and now.household_id == mine:
            return now, version
        return rules.begun(reply_id, mine, who, way, lang), version

    def answers(self) -> tuple[tuple[Reply, int], ...]:
        """Return what this home has said so far that says anything, in the order it began, with versions."""
        kept = (self._own(one) for one in self.table.store.entries(self.portfolio_id))
        return tuple((one, version) for one, version in filter(None, kept) if rules.says_anything(one))

    def _own(self, kept: Kept) -> tuple[Reply, int] | None:
        one = kept.entry
        mine = isinstance(one, Reply) and one.household_id == self.household.household_id
        return (cast("Reply", one), kept.version) if mine else None

    # ----------------------------------------------------------------------------------------- words

    def keep(self, who: str, way: Way, told: Told, version: int | None) -> tuple[Reply, int]:
        """Keep what stands in a form that was drawn from ``version``; return the answer and its version now.

        Raises ``ChangedMeanwhile`` (with ``theirs`` and ``version``) where another phone of this home changed the same
        words, ``InputRefused`` and ``TextRefused`` for what cannot be kept.
        """

        def change(there: Reply, at: int) -> Reply:
            base = there if version == at else self._as_it_was(there, version or 0)
            made, clash = rules.laid_over(base, rules.written(base, way, told), there, way)
            if clash:
                raise ChangedMeanwhile(
                    "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                    theirs=clash,
                    version=at,
                )
            return made

        return self.change(who, way, told["lang"], change)

    def give(self, who: str, way: Way, told: Told, version: int | None) -> Reply:
        """Keep it, and note that it was given today. Raises as :meth:`keep`, and ``InputRefused`` where nothing is said."""
        with self.table.store.together():
            kept, _ = self.keep(who, way, told, version)
            if not rules.says_anything(kept):
                raise InputRefused("There is nothing in it yet. One line is enough.")
            return self.change(who, way, told["lang"], lambda there, _: given(there, self.table.today()))[0]

    def add(self, who: str, way: Way, told: Told) -> Reply:
        """Add words to what an adult said before, and give them. Raises as :meth:`give`.

        Words that must not stand below those (:func:`portfolio.rules.answering.takes_more`) become an answer beside.
        """
        said = any(told.get(one.key, "").strip() for one in rules.WAYS[way].asks)
        if not said and told.get("face", "") not in rules.FACES:
            raise InputRefused("There is nothing in it yet. One line is enough.")

        def change(there: Reply, at: int) -> Reply:
            del at
            return given(rules.added(there, way, told), self.table.today())

        with self.table.store.together():
            shared = bool(told.get("share"))
            joins = rules.takes_more(self.answer(who, way, told["lang"])[0], shared=shared)
            beside = "" if joins else "aloud" if shared else "quiet"
            return self.change(who, way, told["lang"], change, beside)[0]

    def take_back(self, reply_id: str, version: int | None) -> None:
        """Take an answer of this home back; its history stays. Raises ``NotFound`` for any other entry."""
        kept = next((one for one, _ in self.answers() if one.entry_id == reply_id), None)
        if kept is None:
            raise gone()
        self._refuse_if_over(kept)
        self.table.store.remove(
            self.portfolio_id, reply_id, expected=version or 0, by=self.by, at=self.table.now()
        )

    # ---------------------------------------------------------------------------------------- ground

    def change(
        self, who: str, way: Way, lang: str, change: Callable[[Reply, int], Reply], beside: str = ""
    ) -> tuple[Reply, int]:
        """Keep what ``change`` makes of an answer and its version; asked again if somebody was quicker."""
        store = self.table.store
        for _ in range(TRIES):
            there, at = self.answer(who, way, lang, beside)
            made = change(there, at)
            if made == there:
                return there, at
            self._refuse_if_over(there)
            self._refuse_if_many(at)
            try:
                done = store.keep(self.portfolio_id, made, expected=at, by=self.by, at=self.table.now())
            except ChangedMeanwhile:
                continue
            return made, done.version
        raise too_many()

    def change_kept(self, reply_id: str, change: Callable[[Reply], Reply]) -> None:
        """Change an answer of this home that is there, also one that did not come from these pages. Raises as :meth:`keep`."""
        for _ in range(TRIES):
            found = next(((one, at) for one, at in self.answers() if one.entry_id == reply_id), None)
            if found is None:
                raise gone()
            there, version = found
            self._refuse_if_over(there)
            made = change(there)
            try:
                self.table.store.keep(
                    self.portfolio_id, made, expected=version, by=self.by, at=self.table.now()
                )
            except ChangedMeanwhile:
                continue
            return
        raise too_many()

    def _refuse_if_over(self, there: Reply) -> None:
        """Raise once the meeting is over for what was given: it is said. What was not may still come."""
        if there.on and over_for(self._portfolio(), self.household.household_id):
            raise InputRefused("The meeting is over. What you gave stays as it is.")

    def _refuse_if_many(self, version: int) -> None:
        if not version and len(self.answers()) >= MOST_ANSWERS:
            raise InputRefused("There are many answers from your home already. Please change one of them.")

    def _portfolio(self) -> Portfolio:
        return self.table.store.portfolio(self.portfolio_id)

    def _as_it_was(self, there: Reply, version: int) -> Reply:
        past = (
            one.entry
            for one in history(self.table, self.portfolio_id, there.entry_id)
            if one.version == version
        )
        found: AnyEntry | None = next(past, None)
        return found if isinstance(found, Reply) else _nothing(there)


def _nothing(there: Reply) -> Reply:
    return Reply(
        entry_id=there.entry_id,
        household_id=there.household_id,
        who=there.who,
        form=there.form,
        lang=there.lang,
    )


def given(there: Reply, today: date) -> Reply:
    """Return an answer as given; the day it was given first stays."""
    return there if there.on else there.but(on=today)


def home_of(table: Table, household_id: str) -> Home:
    """Return a home of the child. Raises ``NotFound`` if it is not there any more."""
    book = table.book
    household = book.student.household(household_id)
    if household is None:
        raise NotFound("This page has ended. Ask the teacher for a new one.")
    return Home(table, household, book.portfolio.meta.portfolio_id)
