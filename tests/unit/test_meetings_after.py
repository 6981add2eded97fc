"""After the tables: what was kept for later, who is not reached, the paper, slips for phones."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from pathlib import Path

import pytest

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Agreement, Goal, Parked, Passage
from portfolio.model.plans import Helper, Step
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from tests.teacher_meetings import MUM, begin, book, held, put, told, unpacked
from tests.teachers import NOW, form, sample_desk


@pytest.fixture
def desk(tmp_path: Path) -> TeacherDesk:
    """The desk of class 4B."""
    return sample_desk(tmp_path)


def test_what_was_kept_for_later_is_said_kindly(desk: TeacherDesk) -> None:
    """A day that is over asks how about this week; talked about, it goes below; another entry's id is refused."""
    late = Parked(entry_id="p", words=Passage(text="bedtime"), until=NOW.date() - timedelta(days=2))
    put(desk, "amal", late)
    rooms = Rooms(desk)
    assert "How about this week?" in rooms.show("meetings/parked").body
    one = {"book": book(desk, "amal"), "entry": "p"}
    with pytest.raises(ChangedMeanwhile):
        rooms.do("meetings/parked", told("talked", one, 9))
    rooms.do("meetings/parked", told("talked", one, 1))
    assert "Nothing waits here." in rooms.show("meetings/parked").body
    goal = desk.store.portfolio(book(desk, "amal")).goals[0].entry_id
    with pytest.raises(NotFound):
        rooms.do("meetings/parked", form("talked", version=1, book=book(desk, "amal"), entry=goal))


def test_who_is_not_reached_is_offered_other_ways(desk: TeacherDesk) -> None:
    """Each home without a meeting has five ways to try; a home that has met is not in the list; nobody is blamed."""
    rooms = begin(desk, "amal/")
    rooms.do("meetings", form("end", child="amal", meeting=held(desk, "amal").entry_id))
    body = rooms.show("meetings/reach").body
    assert 'name="child" value="amal"' not in body
    assert body.count('data-do="try"') == 3
    assert not re.search(r"no.show|absent|missed|missing|score", body, re.IGNORECASE)
    pack = rooms.do("meetings/reach", form("try", child="mateo", home="dad", how="pack")).downloads[0]
    assert pack.name.endswith("-own-time.zip")
    assert len(unpacked(pack.data)) == 2


def test_what_was_decided_goes_on_paper_for_each_home(desk: TeacherDesk) -> None:
    """Goal, promises and days stand on the paper of a home, in its language; a promise of the teacher's is added."""
    day = NOW.date() + timedelta(days=28)
    put(
        desk,
        "mateo",
        Goal(entry_id="g", set_by="together", goal=Passage(text="I read aloud."), look_again=(day,)),
        Agreement(entry_id="a", who="family", name="Luis", what=Passage(text="We read on Tuesdays.")),
        Parked(entry_id="p", household_id=MUM, words=Passage(text="only for the other home")),
    )
    rooms = Rooms(desk)
    rooms.do("meetings/after/mateo", form("promise", words="I bring maps.", who="student", name="forged"))
    promise = desk.store.portfolio(book(desk, "mateo")).agreements[-1]
    assert (promise.who, promise.what.text) == ("teacher", "I bring maps.")
    sheet = rooms.show("meetings/decided/mateo/dad").body
    assert all(words in sheet for words in ("I read aloud.", "We read on Tuesdays.", "I bring maps."))
    assert "only for the other home" not in sheet
    assert 'lang="es"' in rooms.show(f"meetings/decided/mateo/{MUM}").body
    paper = rooms.do("meetings/decided/mateo/dad", form("take")).downloads[0]
    assert paper.name == "mateo-dad-decided.html"
    assert b"<script" not in paper.data
    days = rooms.do("meetings/decided/mateo/dad", form("calendar")).downloads[0]
    assert day.strftime("%Y%m%d").encode() in days.data


def test_the_teacher_sees_who_said_yes_and_says_it(desk: TeacherDesk) -> None:
    """The page names who said yes and who has not, with the first step and who helps; a yes to other words is refused."""
    step = Step(what=Passage(text="One page aloud."), when="every evening")
    goal = Goal(
        entry_id="g",
        set_by="together",
        goal=Passage(text="I read aloud."),
        steps=(step,),
        helpers=(Helper(who="Luis", what=Passage(text="listens")),),
        agreed=("student", "family"),
    )
    put(desk, "mateo", goal)
    rooms = Rooms(desk)

    def seats() -> list[str]:
        words = re.findall(r'<li class="seat">(.*?)</li>', rooms.show("meetings/after/mateo").body)
        return [re.sub(r"<[^>]*>", "", one) for one in words]

    body = rooms.show("meetings/after/mateo").body
    assert all(
        words in body for words in ("I read aloud.", "One page aloud.", "every evening", "Luis", "listens")
    )
    assert [one.split(": ")[1] for one in seats()] == ["said yes", "said yes", "has not said yes yet"]
    with pytest.raises(NotFound):
        rooms.do("meetings/after/mateo", told("agree", {"goal": "a", "yes": "1"}, 1))
    rooms.do("meetings/after/mateo", told("agree", {"goal": "g", "yes": "1"}, 1))
    assert [one.split(": ")[1] for one in seats()] == ["said yes"] * 3
    desk.store.keep(
        book(desk, "mateo"),
        goal.but(goal=Passage(text="Other words.")),
        expected=2,
        by="student",
        at=NOW,
    )
    with pytest.raises(ChangedMeanwhile):
        rooms.do("meetings/after/mateo", told("agree", {"goal": "g", "yes": "1"}, 2))


def test_a_slip_has_the_square_of_its_own_home(desk: TeacherDesk) -> None:
    """While phones reach the class each home's slip holds its own pass, in its language; else no square and a sentence."""
    assert "No phone can reach the class" in Rooms(desk).show("meetings/phone/mateo/dad").body
    open_ = dataclasses.replace(desk, family_pass=lambda child, home: f"http://school.test/f/{child}{home}")
    body = Rooms(open_).show(f"meetings/phone/mateo/{MUM}").body
    assert "<svg" in body
    assert 'class="meet-slip" lang="es"' in body
    typed = re.sub(r"<[^>]*>", "", body.split("meet-typed", 1)[1])
    assert f"http://school.test/f/mateo{MUM}".replace("-", "") in typed.replace(" ", "")
    assert "dad" not in typed
    here = dataclasses.replace(desk, family_pass=lambda child, home: f"http://127.0.0.1:1/f/{child}{home}")
    assert 'href="http://127.0.0.1:1/f/mateodad"' in Rooms(here).show("meetings/phone/mateo/dad").body
