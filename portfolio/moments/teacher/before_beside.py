"""What lies beside the books on the teacher's desk: places that help, and cards for ten minutes at home."""

from __future__ import annotations

from typing import Final, cast

from portfolio.errors import InputRefused, NotFound
from portfolio.moments.beside_home import FILES, Looked, Sort, look, take_in, to_begin
from portfolio.moments.room import Asked, At, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.activities import Activity
from portfolio.views.teacher import render
from portfolio.views.teacher.before_page import BesidePage
from portfolio.words import Speech
from portfolio.words import say as say_error

_MEDIA_TYPES: Final[dict[Sort, str]] = {"places": "text/csv", "activities": "application/yaml"}


def show_beside(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen. Raises ``NotFound`` for a place below it."""
    if at:
        raise NotFound("There is no such page here. Go back to the class.")
    say = desk.say
    looked = look(desk.folder, desk.school_class.language)
    page = BesidePage(
        say=say,
        places=looked.places,
        places_trouble=tuple(say_error(one, say) for one in looked.trouble["places"]),
        cards=_by_topic(looked, desk),
        own_cards=looked.own_cards,
        cards_trouble=tuple(say_error(one, say) for one in looked.trouble["activities"]),
    )
    title = say("Places that help, and things to do at home")
    return Screen(title, render(page), back=("before", say("Before the meeting")))


def _by_topic(looked: Looked, desk: TeacherDesk) -> tuple[tuple[str, tuple[Activity, ...]], ...]:
    """Return the cards for the grades of the class by what a goal is about, those for any goal last."""
    band, say = desk.school_class.age_band, desk.say
    mine = [card for card in looked.deck.activities if band in card.bands]
    named = [(_name(one.title.text, say, ours=one.ours), one.topic_id) for one in looked.deck.topics]
    named.append((say("Any goal"), ""))
    groups = ((name, tuple(card for card in mine if card.topic == topic)) for name, topic in named)
    return tuple((name, cards) for name, cards in groups if cards)


def _name(text: str, say: Speech, *, ours: bool) -> str:
    return say(text) if ours else text


def do_beside(desk: TeacherDesk, at: At, asked: Asked) -> Outcome:
    """Hand out a file to fill in, or take in one that was. Raises ``PortfolioError``: then nothing was changed."""
    if at or asked.what not in ("take-beside", "bring-beside") or asked.one("sort") not in FILES:
        raise unknown(asked)
    sort = cast("Sort", asked.one("sort"))
    return _take(desk, sort) if asked.what == "take-beside" else _bring(desk, sort, asked)


def _take(desk: TeacherDesk, sort: Sort) -> Outcome:
    path = desk.folder.path / FILES[sort]
    data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    data = data or to_begin(sort, desk.school_class, desk.store.students())
    return Outcome(downloads=(Download(FILES[sort], _MEDIA_TYPES[sort], data),))


def _bring(desk: TeacherDesk, sort: Sort, asked: Asked) -> Outcome:
    file = next((one for one in asked.files if one.data), None)
    if file is None:
        raise InputRefused("Choose a file first.", field=f"file-{sort}")
    name = file.name.replace("\\", "/").rpartition("/")[2][:80] or FILES[sort]
    try:
        count = take_in(desk.folder, sort, file.data, name, desk.school_class.language)
    except InputRefused as error:
        raise type(error)(error.msgid, **{**error.values, "field": f"file-{sort}"}) from None
    if sort == "places":
        done = desk.say.many("{n} place is in the list now.", "{n} places are in the list now.", count)
    else:
        done = desk.say.many(
            "{n} card of your own is there now.", "{n} cards of your own are there now.", count
        )
    return Outcome(say=done)
