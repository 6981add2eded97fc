"""What homes tell the teacher alone: on two screens of the desk, and nowhere else."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from portfolio.model import Passage, Sound, ToTeacher
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from tests.teacher_meetings import begin, book, put, told, unpacked
from tests.teacher_places import PLACES
from tests.teachers import form, sample_desk

SECRET = "quagga-told-alone"


@pytest.fixture
def desk(tmp_path: Path) -> TeacherDesk:
    """The desk of class 4B."""
    return sample_desk(tmp_path)


def told_everywhere(desk: TeacherDesk) -> dict[str, str]:
    """Return every screen of the desk by its place."""
    rooms = Rooms(desk)
    found: dict[str, str] = {}
    for place in (one.at for one in PLACES):
        found[place] = rooms.show(place).body
    return found


def test_words_told_alone_stand_on_their_own_screens_and_nowhere_else(desk: TeacherDesk) -> None:
    """Of all screens of the desk two show the words; no paper, no file for home, no sheet, no table holds them."""
    put(
        desk,
        "mateo",
        ToTeacher(entry_id="t", household_id="dad", words=Passage(text=SECRET), private_talk=True),
        ToTeacher(entry_id="u", household_id="dad", words=Passage(text=SECRET), who=SECRET),
        ToTeacher(
            entry_id="v", household_id="dad", about="meeting", words=Passage(text=SECRET), face="face-1"
        ),
    )
    begin(desk, "mateo/dad")
    shown = {at for at, body in told_everywhere(desk).items() if SECRET in body}
    assert shown == {"meetings/told", "meetings/felt"}
    rooms = Rooms(desk)
    for how in ("pack", "call", "paper", "quick", "listener"):
        made = rooms.do("meetings/reach", form("try", child="mateo", home="dad", how=how)).downloads[0].data
        assert made
        assert all(SECRET.encode() not in text for text in unpacked(made))
    for path in desk.folder.path.rglob("*.html"):
        assert SECRET not in path.read_text("utf-8")


def test_nothing_told_alone_is_printed(desk: TeacherDesk) -> None:
    """On paper the screen is one sentence: every word of a home stands in a part that is not printed."""
    put(desk, "mateo", ToTeacher(entry_id="t", household_id="dad", words=Passage(text=SECRET)))
    body = Rooms(desk).show("meetings/told").body
    before, inside = body.split('<div class="noprint stack">', 1)
    assert SECRET not in before
    assert SECRET in inside
    assert "data-print" not in body


def test_new_words_come_first_and_read_ones_go_below(desk: TeacherDesk) -> None:
    """A tick puts them with what was read, in every teacher's list; it is taken back the same way."""
    put(desk, "mateo", ToTeacher(entry_id="t", household_id="dad", words=Passage(text=SECRET)))
    rooms, one = Rooms(desk), {"book": book(desk, "mateo"), "entry": "t"}
    assert "1 new" in rooms.show("meetings/told").body
    rooms.do("meetings/told", told("seen", one, 1))
    body = rooms.show("meetings/told").body
    assert "1 new" not in body
    assert body.index("What you have read") < body.index(SECRET)
    rooms.do("meetings/told", told("seen", one, 1))  # pressed twice: nothing more
    rooms.do("meetings/told", told("seen", {**one, "seen": "no"}, 2))
    assert "1 new" in rooms.show("meetings/told").body


def test_words_in_another_language_say_which(desk: TeacherDesk) -> None:
    """A line in Arabic stands in Arabic, right to left, and its language is named in the teacher's."""
    words = Passage(text="جدها مريض", lang="ar")
    put(desk, "amal", ToTeacher(entry_id="t", household_id="teta-mama-baba", lang="ar", words=words))
    body = Rooms(desk).show("meetings/told").body
    assert '<blockquote lang="ar" dir="auto">جدها مريض</blockquote>' in body
    assert "in Arabic" in body


def test_a_voice_can_be_heard_and_what_it_says_is_read(desk: TeacherDesk) -> None:
    """A recording for the teacher has a player with a name, and the words that were written down of it."""
    sound = Sound(sha256="a" * 64, suffix="mp3", seconds=7, size=9, transcript=Passage(text="bread at six"))
    put(desk, "mateo", ToTeacher(entry_id="t", household_id="dad", media=(sound,)))
    served = dataclasses.replace(desk, way_in="links")
    body = Rooms(served).show("meetings/told").body
    assert "<audio" in body
    assert "aaaa.mp3" in body
    assert "bread at six" in body


def test_how_it_was_is_told_one_by_one(desk: TeacherDesk) -> None:
    """Faces stand with their word and their home; nothing is added up."""
    for n, face in enumerate(("face-5", "face-1")):
        put(desk, "mateo", ToTeacher(entry_id=f"t{n}", household_id="dad", about="meeting", face=face))
    body = Rooms(desk).show("meetings/felt").body
    assert body.count("meet-told") == 2
    assert "good" in body
    assert "hard" in body
    assert not re.search(r"%|average|score|of 2\b", body)
