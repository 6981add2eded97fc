"""The family's turn on the deck: one laptop passed round, and what was said stands there, big, one beside another.

The form is the same for everybody: nobody's earlier words are in it, new ones are added below them. Words for the
teacher alone are not taken here, since a child's own page must not carry them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import Book, Household
from portfolio.moments.conference.answering import Home
from portfolio.moments.conference.family_place import languages_of
from portfolio.moments.conference.family_reading import shown, things_of
from portfolio.moments.conference.shows import media_of
from portfolio.moments.conference.table import Table
from portfolio.moments.room import Asked, Outcome
from portfolio.rules import answering as rules
from portfolio.rules.answering import WAYS, Way
from portfolio.rules.at_table import answers_at_table, homes_now
from portfolio.views.answering import SaidPart, TurnPart, render
from portfolio.views.answers_seen import AnswerShown
from portfolio.views.safe import SafePage
from portfolio.words import LANGUAGES, Speech, language, speak
from portfolio.words.language_names import named

ON_DECK: Final[tuple[Way, ...]] = ("notice", "glow", "letter", "faces")
"""The ways that need no file: a voice or a drawing comes from a phone."""


class Turn:
    """A piece of the deck: ``live-turn`` is the form, ``live-said`` what was said."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return both parts for the book as it is now."""
        return {"live-turn": turn_part(table, book), "live-said": said_part(table, book)}

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Keep what a family wrote on the deck; ``None`` for a form of somebody else."""
        return turn_do(table, asked) if asked.what == "turn-give" else None


def turn_part(table: Table, book: Book) -> SafePage:
    """Return the form of the family's turn."""
    homes, say = homes_now(book.student, book.portfolio), table.say
    tags = tuple(dict.fromkeys(tag for home in homes for tag in languages_of(home)))
    page = TurnPart(
        say=say,
        student=book.student.name,
        homes=homes,
        others=_others(homes, say),
        ways=tuple(WAYS[way] for way in ON_DECK),
        faces=tuple(rules.FACES.items()),
        languages=tuple((tag, named(tag, say.lang)) for tag in dict.fromkeys((*tags, say.lang, *LANGUAGES))),
        lang=tags[0] if tags else say.lang,
        on_screen=len(homes) == 1,
    )
    return render(page)


def _others(homes: tuple[Household, ...], say: Speech) -> tuple[Speech, ...]:
    """Return the voices of the languages homes read best, where we have texts and the deck speaks another one."""
    first = dict.fromkeys(languages_of(home)[0] for home in homes)
    voices = (speak(tag) for tag in first if language(tag).catalog)
    return tuple({voice.lang: voice for voice in voices if voice.lang != say.lang}.values())


def said_part(table: Table, book: Book) -> SafePage:
    """Return what everybody at the table may read, big."""
    say = table.say
    address = media_of(table)
    things = things_of(table.store, table.student_id, say, lambda one: address(one.sha256, one.suffix))
    here, others = answers_at_table(book)
    reads = (book.portfolio.meta.language, say.lang)
    people: dict[str, list[AnswerShown]] = {}
    for one, turn in rules.newest_first(here):
        seen = shown(one, 0, things.of(one), say, reads, closed=True)
        if turn == "earlier":
            seen = replace(seen, title=say("{title}: an earlier answer", title=seen.title))
        people.setdefault(one.who, []).append(seen)
    return render(SaidPart(say, tuple((who, tuple(said)) for who, said in people.items()), others))


def turn_do(table: Table, asked: Asked) -> Outcome:
    """Add what somebody wrote on the deck to what they said before. Raises ``PortfolioError``: nothing was kept.

    The home is one this meeting is for, the name one of its grown-ups or one that was written.
    """
    book, say = table.book, table.say
    home_id, _, number = asked.one("from").partition("/")
    homes = {home.household_id: home for home in homes_now(book.student, book.portfolio)}
    if home_id not in homes:
        raise InputRefused("Choose who is answering.", field="from")
    who = _who(homes[home_id], number, asked.one("name"))
    way = asked.one("way")
    if way not in ON_DECK:
        raise InputRefused("Choose how you want to answer.", field="way")
    asks = WAYS[way].asks
    told = {one.key: asked.one(one.key) for one in asks}
    told |= {"face": asked.one("face")} if way == "faces" and asked.one("face") in rules.FACES else {}
    told |= {"lang": _lang(homes[home_id], asked, say), "share": "1" if asked.ticked("share") else ""}
    home = Home(table, homes[home_id], book.portfolio.meta.portfolio_id)
    home.add(who, way, told)
    thanks = say("{name} has it now. Thank you.", name=book.student.name)
    quiet = say("It is kept. {name} does not see it.", name=book.student.name)
    asides = {"live-said": said_part(table, table.book)}
    return Outcome(say=thanks if told["share"] else quiet, stay=True, asides=asides)


def _who(home: Household, number: str, name: str) -> str:
    """Return who answers: an adult of the home by number, or a name somebody wrote."""
    if number.isascii() and number.isdecimal() and int(number[:4]) < len(home.adults):
        return rules.name_of(home.adults[int(number[:4])][: rules.LONGEST_NAME])
    return rules.name_of(name)


def _lang(home: Household, asked: Asked, say: Speech) -> str:
    lang = asked.one("lang") or languages_of(home)[0]
    if lang not in (*languages_of(home), say.lang, *LANGUAGES):
        raise InputRefused("Choose the language you write in.", field="lang")
    return lang
