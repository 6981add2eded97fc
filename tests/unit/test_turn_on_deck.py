# long: one slide, everybody who may write on it, everywhere their words could be seen
"""The family's turn on the deck: one laptop for all, and who at the table may read what a home has said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.carry.answers import Carrier
from portfolio.errors import InputRefused
from portfolio.model import Meeting, Passage, Picture, Reply, ReplyLine
from portfolio.moments.conference.family_room import FamilyRoom
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.conference.turn import Turn, said_part, turn_do, turn_part
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.room import Asked, Brought
from portfolio.rules.at_table import answers_at_table, over_for
from portfolio.serve.room_hosts import FAMILY, RoomHost
from portfolio.words import speak
from tests.meetings import DAD, MAMA, TETA, at, of_kind, photo, table, voice
from tests.teachers import NOW, form, sample_folder

SCREENS = (
    "",
    "notice",
    "glow",
    "letter",
    "faces",
    "voice",
    "drawing",
    "teacher",
    "sent",
    "promises",
    "said",
    "done",
)


@pytest.fixture
def deck(tmp_path: Path) -> Iterator[Table]:
    """Return the deck of Mateo, who has two homes."""
    folder = sample_folder(tmp_path)
    store = folder.store()
    yield table(folder, store, "mateo")
    store.close()


def give(deck: Table, **told: str) -> str:
    """Give an answer on the deck; return what is said to it."""
    told = {"from_": f"{MAMA}/0", "way": "notice", "lang": "es", "share": "1", **told}
    values = {name.rstrip("_").replace("_", "-"): text for name, text in told.items() if text != "off"}
    outcome = Turn().do(deck, form("turn-give", version=None, **values))
    assert outcome is not None and outcome.stay
    return outcome.say


def meet(deck: Table, home: str | None, *, over: bool = False, n: int = 1) -> None:
    """Hold a meeting with a home."""
    held = Meeting(entry_id=f"meeting-{n}", household_id=home, began=NOW, ended=NOW if over else None)
    known = {one.entry.entry_id: one.version for one in deck.store.entries(deck.portfolio_id)}
    version = known.get(held.entry_id, 0)
    deck.store.keep(deck.portfolio_id, held, expected=version, by="student", at=NOW)


def said(deck: Table, home: str = MAMA) -> list[Reply]:
    """Return what a home has said on these pages."""
    return [one for one in of_kind(deck, Reply) if one.household_id == home and one.on == NOW.date()]


def test_words_on_the_deck_are_added_and_never_doubled(deck: Table) -> None:
    """What is given on the deck stands below what that person said before; the same words sent again change nothing."""
    assert "Mateo" in give(deck, notice="uno")
    give(deck, notice="dos")
    give(deck, notice="dos")
    (reply,) = said(deck)
    assert (reply.who, reply.lines[0].words.text, reply.lines[0].words.lang) == ("Mamá", "uno\n\ndos", "es")
    history = deck.store.history(deck.portfolio_id, reply.entry_id)
    assert [one.changed_by for one in history] == [f"family:{MAMA}"] * 2


def test_the_form_shows_nobody_what_was_said_before(deck: Table) -> None:
    """The deck's form is the same before and after somebody wrote: no earlier words stand in it."""
    before = turn_part(deck, deck.book)
    give(deck, notice="MAMA-WORDS")
    assert turn_part(deck, deck.book) == before


@pytest.mark.parametrize(
    "told",
    [
        {"notice": ""}, {"notice": "x", "from_": ""}, {"notice": "x", "from_": "gone/0"}, {"notice": "x", "way": "voice"},
        {"notice": "x", "way": ""}, {"notice": "x", "from_": f"{MAMA}/"}, {"notice": "x", "from_": f"{MAMA}/99"},
        {"notice": "x", "lang": "<b>"}, {"notice": "x", "from_": f"{MAMA}/", "name": "n" * 41}, {"way": "faces", "face": "face-9"},
    ],
    ids=repr,
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(deck: Table, told: dict[str, str]) -> None:
    """Nobody chosen, no such home or way, no name or no words: a sentence, and no entry."""
    revision = deck.store.revision(deck.portfolio_id)
    with pytest.raises(InputRefused):
        give(deck, **told)
    assert deck.store.revision(deck.portfolio_id) == revision


def test_words_for_the_teacher_are_not_taken_on_the_deck(deck: Table) -> None:
    """The deck offers no form for the teacher alone, and says where there is one."""
    part = turn_part(deck, deck.book)
    assert "to-teacher" not in part and "on your own phone" in part
    assert Turn().do(deck, form("to-teacher", about="thanks", words="x")) is None


def test_the_deck_says_it_in_the_language_of_the_home_too(deck: Table) -> None:
    """Beside the words of the deck stand those of a home that reads another language we speak."""
    part = turn_part(deck, deck.book)
    letter = speak("es")("A letter back")
    assert (
        letter != "A letter back" and f'<span class="meet-also" lang="es" dir="ltr">{letter}</span>' in part
    )
    amal = table(deck.folder, deck.store, "amal")
    assert '<span class="meet-also" lang="ar" dir="rtl">' in turn_part(amal, amal.book)
    assert '<span class="meet-also" lang="en"' not in part


# ----------------------------------------------------------------------------------- who may read it


def test_with_two_homes_nothing_is_shown_until_the_meeting_is_one_homes(deck: Table) -> None:
    """Between two homes the deck only says that somebody wrote; in a meeting with one home that home's words are shown."""
    give(deck, notice="MAMA-WORDS")
    give(deck, notice="DAD-WORDS", from_=f"{DAD}/0", lang="en")
    part = said_part(deck, deck.book)
    assert "WORDS" not in part and "Somebody has written to you" in part
    for n, (home, shown, hidden) in enumerate([(MAMA, "MAMA", "DAD"), (DAD, "DAD", "MAMA")], start=1):
        meet(deck, home, n=n)
        part = said_part(deck, deck.book)
        assert f"{shown}-WORDS" in part and f"{hidden}-WORDS" not in part and "Somebody has" not in part
        with pytest.raises(InputRefused):
            give(deck, notice="x", from_=f"{DAD if home == MAMA else MAMA}/0")
        meet(deck, home, over=True, n=n)
    assert "WORDS" not in said_part(deck, deck.book)
    meet(deck, None, n=3)
    assert "WORDS" not in said_part(deck, deck.book)


def test_what_is_not_given_or_not_shared_is_on_no_screen(deck: Table) -> None:
    """Half-written words, and words the child may not read, do not stand on the deck; given ones of the only home do."""
    amal = table(deck.folder, deck.store, "amal", TETA)
    told = {"lang": "en", "share": "1", "notice": "HALF-WORDS"}
    FamilyRoom(amal).do(at("Teta", "notice"), form("answer", version=0, **told))
    FamilyRoom(amal).do(
        at("Teta", "letter"),
        form("answer", version=0, how="give", lang="en", **{"letter-own": "QUIET-WORDS"}),
    )
    amals = table(deck.folder, deck.store, "amal")
    assert "-WORDS" not in said_part(amals, amals.book)
    FamilyRoom(amal).do(at("Teta", "notice"), form("answer", version=1, how="give", **told))
    part = said_part(amals, amals.book)
    assert "HALF-WORDS" in part and "QUIET-WORDS" not in part


def test_a_picture_with_other_people_stays_off_the_screen_until_somebody_agreed(deck: Table) -> None:
    """The deck leaves out a photo in which others can be seen, as every page of a family does."""
    book = deck.book
    others = Picture(sha256="a" * 64, width=2, height=2, others=True)
    line = ReplyLine(words=Passage(text="Te quiero."))
    reply = Reply(entry_id="r", household_id=MAMA, on=NOW.date(), lines=(line,), pictures=(others,))
    held = Meeting(entry_id="m", household_id=MAMA, began=NOW)
    changed = book.but(portfolio=book.portfolio.but(replies=(reply,), meetings=(held,)))
    ((seen,), hidden) = answers_at_table(changed)
    assert seen.pictures == () and seen.lines == (line,) and not hidden


def test_a_meeting_is_over_for_the_home_it_was_held_with(deck: Table) -> None:
    """A meeting that ended closes its own home; one with everybody closes all; one that goes on closes none."""
    assert not over_for(deck.book.portfolio, MAMA)
    meet(deck, MAMA, over=True)
    portfolio = deck.book.portfolio
    assert over_for(portfolio, MAMA) and not over_for(portfolio, DAD)
    meet(deck, None, n=2)
    assert not over_for(deck.book.portfolio, MAMA)
    meet(deck, None, over=True, n=2)
    assert over_for(deck.book.portfolio, DAD)


# --------------------------------------------------------------------------------------------- markers


def say_everything(deck: Table, home: str, mark: str) -> None:
    """Let a home say something in every way, each marked, and something to the teacher alone."""
    room = FamilyRoom(table(deck.folder, deck.store, deck.student_id, home))
    for screen, field in (
        ("notice", "wonder"),
        ("glow", "grow"),
        ("letter", "letter-2"),
        ("faces", "face-line"),
    ):
        told = {
            "lang": "es",
            "share": "1",
            "how": "give",
            "face": "face-5",
            field: f"{mark}-{screen.upper()}",
        }
        room.do(at(mark, screen), form("answer", version=0, **told))
    for screen, raw in (("voice", voice()), ("drawing", photo(mark.lower()))):
        told = {"lang": "es", "share": "1", "words": f"{mark}-{screen.upper()}"}
        room.do(at(mark, screen), form("bring", Brought("file", "x", raw), version=None, **told))
    room.do(at(mark, "teacher"), form("to-teacher", about="tell", words="TEACHER-ALONE", lang="es"))
    room.do(at(mark, "teacher"), form("how-was-it", face="face-1", words="TEACHER-ALONE"))


def test_each_home_finds_its_own_words_in_its_file_and_nobody_the_teachers(deck: Table) -> None:
    """A home's file has all its own answers in their language, none of the other home's, and nothing for the teacher."""
    say_everything(deck, MAMA, "RED")
    say_everything(deck, DAD, "BLUE")
    draw, book = kept_charts(deck.folder.charts), deck.book
    for home, own, other in ((MAMA, "RED", "BLUE"), (DAD, "BLUE", "RED")):
        made = home_html(book, home, deck.store, draw)
        for what in ("NOTICE", "GLOW", "LETTER", "FACES", "VOICE", "DRAWING"):
            assert f"{own}-{what}" in made, what
        assert f'<p lang="es" dir="auto">{own}-LETTER</p>' in made
        assert "#i-face-5" in made.rpartition(f"{own}-FACES")[0].rpartition('class="said said-family"')[2]
        assert f"{other}-" not in made and "TEACHER-ALONE" not in made


def test_the_deck_and_the_other_home_never_carry_them(deck: Table) -> None:
    """Neither the deck, its asides, nor any screen of the other home holds a home's words or those for the teacher."""
    say_everything(deck, MAMA, "RED")
    room = TalkRoom(deck, [Turn()])
    made = [room.show(()).body, *room.look((), "old", "").asides.values()]
    other = FamilyRoom(table(deck.folder, deck.store, "mateo", DAD))
    for who in ("Dad", "RED"):
        made += [other.show(at(who, screen)).body for screen in SCREENS]
    for html in made:
        assert "RED-" not in html and "TEACHER-ALONE" not in html
    meet(deck, MAMA)
    shown = room.look((), "old", "").asides
    assert "RED-LETTER" in shown["live-said"] and "TEACHER-ALONE" not in "".join(shown.values())
    own = FamilyRoom(table(deck.folder, deck.store, "mateo", MAMA))
    assert not [screen for screen in SCREENS if "TEACHER-ALONE" in own.show(at("RED", screen)).body]


def test_the_page_of_a_home_speaks_through_its_carrier(deck: Table) -> None:
    """Over the carrier the first screen, a kept text, a given one, a look and the way back to who answers all arrive whole."""
    carrier = Carrier(RoomHost(FAMILY, table(deck.folder, deck.store, "mateo", MAMA), mark="m"))
    assert carrier.first["type"] == "screen" and "Abuelo" in carrier.first["html"]
    place = "family/" + "/".join(at("Mamá", "letter", "es"))
    values = [["letter-own", "Te quiero."], ["lang", "es"], ["share", "1"]]
    do = {"type": "do", "place": place, "what": "answer", "values": values, "version": 0}
    kept, _ = carrier.hear({**do, "keep": True, "rev": 1}, [])
    assert (kept["type"], kept["version"]) == ("kept", 1)
    done, _ = carrier.hear({**do, "keep": False, "rev": 2, "values": [*values, ["how", "give"]]}, [])
    assert done["type"] == "screen" and done["place"] == place.rpartition("/")[0] and done["seen"]
    looked, _ = carrier.hear(
        {"type": "look", "rev": 3, "place": done["place"], "seen": done["seen"], "here": ""}, []
    )
    assert looked["type"] == "looked" and not looked["asides"]
    assert done["look"]["lang"] == "es" and json.dumps(done)


def test_a_form_of_somebody_else_is_left_alone(deck: Table) -> None:
    """The turn of the family takes only its own form."""
    assert Turn().do(deck, Asked("park")) is None
    with pytest.raises(InputRefused):
        turn_do(deck, Asked("turn-give"))
