"""What stands beside a book as lines of plain text: what is kept for later, what we learn, whom one can ask, cards, places.

The same as in the file that goes home, in its order; nothing where there is nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.model import Passage
from portfolio.rules.activities import Activity, Suggested, Topic
from portfolio.rules.help_places import HelpPlace
from portfolio.views.plain_parts import Told
from portfolio.views.school_lines import languages, school_line

Part = tuple[str, Iterable[str]]
"""A part of the text: its title, and its lines."""


def beside_lines(told: Told, activities: Suggested, help_places: tuple[HelpPlace, ...]) -> Iterator[Part]:
    """Yield what stands beside the pages of a book, those parts that there are."""
    view, say = told.view, told.say
    later = tuple(one for one in view.parked if not one.done)
    if later:
        until = (say("Until {day}", day=say.day(one.until)) if one.until else "" for one in later)
        said = (told.promised(one.name, one.words) if one.name else told.words(one.words) for one in later)
        yield (
            say("Kept for later"),
            [f"• {' · '.join(filter(None, line))}" for line in zip(said, until, strict=True)],
        )
    if activities:
        yield say("Short things to do together"), _cards(told, activities)
    if view.learning:
        subjects = ((school_line(one.subject, say) or one.subject, one.words) for one in view.learning)
        yield (
            say("What we are learning this term"),
            [f"• {': '.join(filter(None, (subject, told.words(words))))}" for subject, words in subjects],
        )
    if view.contacts:
        people = ((one.name, school_line(one.about, say) or one.about, one.reach) for one in view.contacts)
        yield say("Whom you can ask"), [f"• {' · '.join(filter(None, person))}" for person in people]
    if help_places:
        yield say("Places that help"), _places(told, help_places)


def _cards(told: Told, found: Suggested) -> Iterator[str]:
    say = told.say
    if found.topic:
        yield f"{say('They go with the goal:')} {_of_card(found.topic, found.topic.title, told)}."
    else:
        yield say("They help with any goal.")
    yield say("They cost nothing. Choose one, or none.")
    for card in found.cards:
        yield f"• {_of_card(card, card.what, told)}"
        if card.needs:
            yield f"{say('What it takes')}: {_of_card(card, card.needs, told)}"
        if card.tell:
            yield f"{say('What you could say')}: {_of_card(card, card.tell, told)}"


def _of_card(card: Activity | Topic, text: Passage, told: Told) -> str:
    """Return a text of a card: ours in the language of the home, the class's own as it was written or put."""
    return told.say(text.text) if card.ours else told.words(text)


def _places(told: Told, places: tuple[HelpPlace, ...]) -> Iterator[str]:
    say = told.say
    yield say("The school wrote this list. Hours and costs can change: call first.")
    for one in places:
        yield f"• {' · '.join(filter(None, (one.name, told.words(one.what))))}"
        if one.when:
            yield f"{say('When')}: {told.words(one.when)}"
        if one.phone:
            yield f"{say('Phone')}: {told.apart(one.phone, 'en')}"  # a number reads from left to right everywhere
        if one.address:
            yield f"{say('Where')}: {one.address}"
        if one.languages:
            yield f"{say('Languages there:')} {languages(one.languages, say).striptags()}"
        if one.cost:
            yield f"{say('What it costs:')} {told.words(one.cost)}"
