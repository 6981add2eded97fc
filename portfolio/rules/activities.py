"""Short things to do at home, chosen by what a child's goal is about; nothing is guessed that the goal does not say.

A deck is data: ours (``templates/activities/home.yaml``), and what a class lays over it. A goal has a topic if the
child picked one of its pictures or chose its area, else if exactly one topic is named in its own words. A goal that
names none, or two, gets cards for any goal: better a general card than a wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from portfolio.model import AgeBand, Passage, Record
from portfolio.model.record import Identifier, Line
from portfolio.rules.family_view import FamilyView, GoalSeen, GoalsPart

MOST: Final = 3
"""Cards for one goal: who has ten minutes chooses between a few."""

_WORD: Final = re.compile(r"\w+")
_OVER: Final = ("done", "changed_my_mind")


class Topic(Record):
    """What a goal may be about, and by what one knows it; ``words`` are pairs of a language and a whole word."""

    topic_id: Identifier
    title: Passage
    areas: tuple[Identifier, ...] = ()
    picks: tuple[Identifier, ...] = ()
    words: tuple[tuple[str, Line], ...] = ()
    ours: bool = False


class Activity(Record):
    """One card: what to do, what it takes, one sentence to say to the child. ``topic`` "": for any goal.

    ``ours``: the texts are ours, so that a page says them in the home's language.
    """

    activity_id: Identifier
    topic: str = ""
    bands: tuple[AgeBand, ...]
    what: Passage
    needs: Passage = Passage()
    tell: Passage = Passage()
    ours: bool = False


class Deck(Record):
    """All cards a class has, those of its own first, and what goals may be about."""

    topics: tuple[Topic, ...] = ()
    activities: tuple[Activity, ...] = ()


class Suggested(Record):
    """The cards for one goal, at most :data:`MOST`; ``topic`` is ``None`` where they are for any goal."""

    topic: Topic | None
    cards: tuple[Activity, ...]

    def __bool__(self) -> bool:
        """Return whether there is a card."""
        return bool(self.cards)


NONE: Final = Suggested(topic=None, cards=())
"""No card: there is no goal."""


def for_home(view: FamilyView, deck: Deck) -> Suggested:
    """Return the cards for the goal a home sees: the child's own before one set together; none without a goal.

    A goal that is done, or that the child has given up, has none either.
    """
    found = (part.content for part in view.parts)
    goals = next((one.goals for one in found if isinstance(one, GoalsPart)), ())
    alive = [goal for goal in goals if goal.how_far not in _OVER]
    if not alive:
        return NONE
    goal = min(alive, key=lambda one: one.set_together)
    return suggested(topic_of(goal, deck), view.age_band, deck)


def suggested(topic: Topic | None, band: AgeBand, deck: Deck) -> Suggested:
    """Return the cards of a topic for a band; where there are none, those for any goal."""
    mine = [card for card in deck.activities if band in card.bands]
    about = [card for card in mine if topic is not None and card.topic == topic.topic_id]
    if about:
        return Suggested(topic=topic, cards=tuple(about[:MOST]))
    return Suggested(topic=None, cards=tuple([card for card in mine if not card.topic][:MOST]))


def topic_of(goal: GoalSeen, deck: Deck) -> Topic | None:
    """Return what a goal is about, or ``None`` where it does not say so plainly."""
    picked = {choice.id for choice in goal.goal.picks}
    by_pick = [topic for topic in deck.topics if picked & set(topic.picks)]
    if picked and by_pick:
        return by_pick[0] if len(by_pick) == 1 else None
    by_area = [topic for topic in deck.topics if goal.area is not None and goal.area.id in topic.areas]
    if by_area:
        return by_area[0] if len(by_area) == 1 else None
    said = words_in(goal.goal.words)
    if goal.area is not None:  # an area a class made itself, such as "reading aloud"
        said |= words_in(Passage(text=goal.area.label, lang="en"))
    named = [topic for topic in deck.topics if said & _signs(topic)]
    return named[0] if len(named) == 1 else None


def words_in(passage: Passage) -> set[tuple[str, str]]:
    """Return the words of a text, each with the main language it is in, small and in one form."""
    return set(_plain((passage.lang, word) for word in _WORD.findall(passage.text)))


def _signs(topic: Topic) -> set[tuple[str, str]]:
    return set(_plain(topic.words))


def _plain(words: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for lang, word in words:
        yield lang.split("-")[0], unicodedata.normalize("NFC", word).casefold()
