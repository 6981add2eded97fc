"""What a home's page shows of a book: its own answers, what all promise, what is open on the deck."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from portfolio.errors import N_, PortfolioError
from portfolio.model import Book, Goal, Passage, Reply, Sound, Voice
from portfolio.rules import answering as rules
from portfolio.rules import family_view as v
from portfolio.rules import for_audience
from portfolio.rules.at_table import face_of, over_for
from portfolio.store.port import ClassStore
from portfolio.views.answers_seen import AnswerShown, GoalSet, PromiseSeen, ThingSeen, WordsSeen, words_seen
from portfolio.views.phrases import length
from portfolio.words import Speech

_ALL: dict[Voice, str] = {"student": N_("{name}"), "family": N_("Family"), "teacher": N_("Teacher")}


@dataclass(frozen=True)
class Things:
    """Makes what an answer shows beside words. ``picture`` gives the bytes of a picture of this child, by digest."""

    say: Speech
    picture: Callable[[str], bytes]
    address: Callable[[Sound], str]

    def of(self, reply: Reply) -> tuple[ThingSeen, ...]:
        """Return the recordings and pictures of an answer; what cannot be read just now is told, not shown."""
        sounds = (self._sound(one) for one in reply.media if isinstance(one, Sound))
        pictures = (
            ThingSeen(one.sha256, "picture", self._data(one.sha256), self.say("A picture"), one.alt)
            for one in reply.pictures
        )
        return (*sounds, *pictures)

    def _sound(self, one: Sound) -> ThingSeen:
        title = self.say("A recording, {length}", length=length(one.seconds, self.say))
        try:
            address = self.address(one)
        except PortfolioError:
            address = ""
        return ThingSeen(one.sha256, "sound", address, title, one.transcript)

    def _data(self, sha256: str) -> str:
        try:
            data = self.picture(sha256)
        except PortfolioError:
            return ""
        return "data:image/webp;base64," + base64.b64encode(data).decode("ascii")


def things_of(
    store: ClassStore, student_id: str, say: Speech, address: Callable[[Sound], str], *, small: bool = False
) -> Things:
    """Return what makes the things of a child's answers; ``small``: pictures as their small copies."""
    read = store.thumb if small else store.picture
    return Things(say, lambda sha: read(student_id, sha), address)


@dataclass(frozen=True)
class HomesView:
    """A book as one home sees it on its page, in the languages it reads (``reads``, that of the page first)."""

    book: Book
    household_id: str
    reads: tuple[str, ...]
    say: Speech

    @cached_property
    def _view(self) -> v.FamilyView:
        return for_audience(self.book, "home", self.household_id)

    @property
    def over(self) -> bool:
        """Whether this home's meeting is over."""
        return over_for(self.book.portfolio, self.household_id)

    def answer(
        self, reply: Reply, version: int, things: tuple[ThingSeen, ...], place: str = ""
    ) -> AnswerShown:
        """Return an answer of this home. ``place`` is where it is changed; none once the meeting is over."""
        return shown(
            reply, version, things, self.say, self.reads, place=place, closed=bool(reply.on) and self.over
        )

    def promises(self) -> tuple[PromiseSeen, ...]:
        """Return what everybody has promised."""
        lists = (part.content for part in self._view.parts if isinstance(part.content, v.AgreementsPart))
        return tuple(
            PromiseSeen(
                one.who, one.name or self._name(one.who), self._words(one.what), self.say.day(one.by_when)
            )
            for part in lists
            for one in part.agreements
            if one.what
        )

    def goals(self) -> Iterator[tuple[Goal, v.GoalSeen]]:
        """Yield the goals set together that this home may see: as they are kept, and as they are seen."""
        kept = [one for one in self.book.portfolio.goals if one.set_by == "together"]
        parts = (part.content for part in self._view.parts if isinstance(part.content, v.GoalsPart))
        for seen in (one for part in parts for one in part.goals if one.set_together):
            same = (one for one in kept if one.goal == seen.goal.words and _picked(one, seen))
            found = next(same, None)
            if found is not None:
                kept.remove(found)
                yield found, seen

    def goal(self, goal: Goal, seen: v.GoalSeen, version: int) -> GoalSet:
        """Return a goal set together, with who said yes."""
        picks = ", ".join(self.say(one.label) for one in seen.goal.picks)
        words = seen.goal.words or Passage(text=picks, lang=self.say.lang)
        return GoalSet(
            goal.entry_id,
            version,
            self._words(words),
            tuple((self._words(step.what), step.when) for step in seen.steps if step.what or step.when),
            self._helpers(seen),
            tuple(map(self.say.day, seen.look_again)),
            tuple((voice, self._name(voice)) for voice in goal.agreed),
            "family" in goal.agreed,
        )

    def _helpers(self, seen: v.GoalSeen) -> tuple[tuple[str, WordsSeen], ...]:
        told = [(one.who, self._words(one.what)) for one in seen.helpers if one.who or one.what]
        nothing = self._words(Passage())
        return (*told, *((self.say(one.label), nothing) for one in seen.helper_picks))

    def _words(self, words: Passage) -> WordsSeen:
        return words_seen(words, self.reads)

    def _name(self, voice: Voice) -> str:
        return self.say(_ALL[voice], name=self.book.student.name)


def _picked(goal: Goal, seen: v.GoalSeen) -> bool:
    return {one.id for one in seen.goal.picks} <= set(goal.picks)


def shown(
    reply: Reply,
    version: int,
    things: tuple[ThingSeen, ...],
    say: Speech,
    reads: tuple[str, ...],
    *,
    place: str = "",
    closed: bool = False,
) -> AnswerShown:
    """Return an answer as a page shows it; ``closed``: nothing in it is changed any more."""
    asked, face = rules.WAYS[rules.way_of(reply)], face_of(reply)
    return AnswerShown(
        reply_id=reply.entry_id,
        version=version,
        title=say(asked.title),
        icon=asked.icon,
        who=reply.who,
        lines=tuple((line.starter, words_seen(line.words, reads)) for line in reply.lines if line.words),
        face=(str(face.icon), face.label) if face else None,
        things=things,
        given=bool(reply.on),
        shared=reply.share_with_child,
        place="" if closed else place,
        may_go=not closed,
    )
