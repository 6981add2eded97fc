"""The teacher's room of the meetings: the tables, one child's agenda, forged forms."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, InputRefused, PortfolioError
from portfolio.model import Parked, Passage, ToTeacher
from portfolio.moments.room import Asked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.store.live import GO_ON, PAUSE, Live
from tests.teacher_meetings import MUM, begin, book, held, put, told
from tests.teachers import NOW, form, sample_desk, sample_folder, teacher_desk


@pytest.fixture
def desk(tmp_path: Path) -> TeacherDesk:
    """The desk of class 4B."""
    return sample_desk(tmp_path)


# ------------------------------------------------------------------------------------------- tables


def test_the_tables_stand_in_the_order_of_the_roster(desk: TeacherDesk) -> None:
    """However they were ticked, the cards stand as the children stand in the roster, with words and no numbers of progress."""
    body = begin(desk, "mateo/dad", "amal/").show("meetings").body
    names = re.findall(r'class="card meet-card"><h3><a href="#meetings/child/(\w+)"', body)
    assert names == ["amal", "mateo"]
    assert "An interpreter: Arabic" in body
    assert "%" not in body


def test_a_look_tells_which_step_is_open(desk: TeacherDesk) -> None:
    """The child turns to its work: within one look the card says so, and a look without news brings nothing."""
    rooms = begin(desk, "amal/")
    seen = rooms.show("meetings").seen
    quiet = rooms.watch("meetings", seen, "")
    assert quiet is not None
    assert (quiet.seen, dict(quiet.asides)) == (seen, {})
    Live(desk.folder.hidden / "live", book(desk, "amal")).turn("work", "work", NOW)
    news = rooms.watch("meetings", seen, "")
    assert news is not None
    part = news.asides[f"stands-{held(desk, 'amal').entry_id}"]
    assert "Part 4 of 10" in part
    assert "My work" in part
    assert news.seen == rooms.show("meetings").seen


def test_a_child_who_needs_a_moment_is_seen(desk: TeacherDesk) -> None:
    """The child presses it on its own page: the card says so, until the child goes on."""
    rooms = begin(desk, "amal/")
    live = Live(desk.folder.hidden / "live", book(desk, "amal"))
    part = f"stands-{held(desk, 'amal').entry_id}"
    live.want(PAUSE)
    resting = rooms.watch("meetings", "", "")
    assert resting is not None and "A moment, please" in resting.asides[part]
    live.want(GO_ON)
    on = rooms.watch("meetings", "", "")
    assert on is not None and "A moment, please" not in on.asides[part]


def test_a_child_who_shows_its_book_alone_is_seen(desk: TeacherDesk) -> None:
    """It leads without a meeting: the tables say so and begin it with the home one presses; an old deck is nobody's meeting."""
    rooms = Rooms(desk)
    seen = rooms.show("meetings").seen
    live = Live(desk.folder.hidden / "live", book(desk, "mateo"))
    live.turn("today", "welcome", NOW)
    assert "shows the book" not in rooms.show("meetings").body
    live.begin(NOW)
    news = rooms.watch("meetings", seen, "")
    assert news is not None and "tables-new" in news.asides
    body = rooms.show("meetings").body
    assert "Mateo shows the book just now" in body
    choices = re.findall(r'name="who" value="(mateo/[^"]*)"', body.split("meet-begin")[0])
    assert choices == [f"mateo/{MUM}", "mateo/dad", "mateo/"]
    rooms.do("meetings", form("begin", who=choices[1], way="table"))
    assert held(desk, "mateo").household_id == "dad"
    assert "shows the book" not in rooms.show("meetings").body
    Live(desk.folder.hidden / "live", book(desk, "amal")).begin(NOW - timedelta(hours=1))
    assert "shows the book" not in rooms.show("meetings").body


def test_a_look_tells_that_the_tables_are_others(desk: TeacherDesk) -> None:
    """Another teacher begins a meeting: this screen offers to show it, and is not drawn anew below a finger."""
    rooms = begin(desk, "amal/")
    seen = rooms.show("meetings").seen
    begin(teacher_desk(desk.folder), "mateo/dad")
    news = rooms.watch("meetings", seen, "")
    assert news is not None
    assert "Another meeting has begun" in news.asides["tables-new"]


def test_only_the_tables_are_watched(desk: TeacherDesk) -> None:
    """Words told alone do not come by themselves onto a tablet that somebody holds."""
    rooms = Rooms(desk)
    assert rooms.show("meetings/told").seen == ""
    looked = rooms.watch("meetings/told", "x", "")
    assert looked is not None
    assert not looked.asides


def test_who_wants_to_talk_alone_is_said_at_its_own_table_only(desk: TeacherDesk) -> None:
    """Dad meets: the lock is on his card for his wish, not for that of the other home."""
    put(desk, "mateo", ToTeacher(entry_id="t", household_id=MUM, private_talk=True))
    rooms = begin(desk, "mateo/dad")
    assert "would like to talk alone" not in rooms.show("meetings").body
    put(desk, "mateo", ToTeacher(entry_id="u", household_id="dad", private_talk=True))
    assert "would like to talk alone" in rooms.show("meetings").body


def test_i_was_here_is_kept_and_taken_back(desk: TeacherDesk) -> None:
    """The tick stands in the meeting, for every teacher of the class; a slip of the finger is taken back."""
    rooms = begin(desk, "amal/")
    one = {"child": "amal", "meeting": held(desk, "amal").entry_id}
    rooms.do("meetings", told("visit", one))
    assert held(desk, "amal").visited
    assert "A teacher has been here" in rooms.show("meetings").body
    rooms.do("meetings", told("visit", {**one, "been": "no"}))
    assert not held(desk, "amal").visited


def test_nothing_begins_if_one_of_them_cannot(desk: TeacherDesk) -> None:
    """Four are ticked and one of them is gone, or a child is ticked for two homes: none has begun, and the field is named."""
    for who in (["amal/", "ghost/"], ["amal/", "mateo/aunt"], ["mateo/dad", f"mateo/{MUM}"], []):
        with pytest.raises(InputRefused) as error:
            Rooms(desk).do("meetings", form("begin", who=who, way="station"))
        assert error.value.values["field"] == "who"
    assert not desk.store.portfolio(book(desk, "amal")).meetings
    assert not desk.store.portfolio(book(desk, "mateo")).meetings


def test_who_met_stands_below_and_leads_to_what_was_decided(desk: TeacherDesk) -> None:
    """Over: the screen goes to what was decided; the table stands under “Over today”, and may go on."""
    rooms = begin(desk, "amal/")
    one = {"child": "amal", "meeting": held(desk, "amal").entry_id}
    assert rooms.do("meetings", told("end", one)).go == "meetings/after/amal"
    body = rooms.show("meetings").body
    assert "meet-card" not in body
    assert "Over today" in body
    rooms.do("meetings", told("not-over", one))
    assert "meet-card" in rooms.show("meetings").body


# --------------------------------------------------------------------------------------- one child


def drawn(rooms: Rooms, student_id: str) -> str:
    """Return the agenda as the child's screen carries it along."""
    found = re.search(r'name="drawn" value="([^"]*)"', rooms.show(f"meetings/child/{student_id}").body)
    assert found
    return found[1]


def test_the_short_agenda_says_what_is_left_out(desk: TeacherDesk) -> None:
    """The preset is kept in the book; the screen says the sum, what is not shown then, and how many pieces are."""
    rooms = Rooms(desk)
    rooms.do("meetings/child/amal", form("preset", preset="short", drawn=drawn(rooms, "amal")))
    body = rooms.show("meetings/child/amal").body
    assert desk.store.meta(book(desk, "amal"))[0].agenda.preset == "short"
    assert "The child’s part takes 15 minutes." in body
    assert "about 23 minutes" in body
    assert "Then and now" in body
    assert "2 are shown" in body


def test_an_agenda_somebody_else_changed_is_not_overwritten(desk: TeacherDesk) -> None:
    """Two teachers change one agenda: the second one is told, and what the first wrote stands."""
    rooms = Rooms(desk)
    before = drawn(rooms, "amal")
    rooms.do("meetings/child/amal", told("minutes", {"drawn": before, "min-work": "9"}))
    with pytest.raises(ChangedMeanwhile):
        rooms.do("meetings/child/amal", told("minutes", {"drawn": before, "min-work": "3"}))
    assert [one.minutes for one in desk.store.meta(book(desk, "amal"))[0].agenda.minutes] == [9]


@pytest.mark.parametrize("minutes", ["0", "61", "-1", "9" * 50, "1.5", "٣", "six"])
def test_minutes_are_one_to_sixty(desk: TeacherDesk, minutes: str) -> None:
    """What is no such number is told at its field, and no step is changed."""
    rooms = Rooms(desk)
    with pytest.raises(InputRefused) as error:
        rooms.do("meetings/child/amal", told("minutes", {"drawn": drawn(rooms, "amal"), "min-work": minutes}))
    assert error.value.values["field"] == "min-work"
    assert not desk.store.meta(book(desk, "amal"))[0].agenda.minutes


def test_a_plan_keeps_itself_and_two_hands_lay_side_by_side(desk: TeacherDesk) -> None:
    """One teacher plans the way, another the minutes for grown-ups: both stand; on the same field both are shown."""
    rooms, at = Rooms(desk), "meetings/child/mateo"
    first = rooms.do(at, form("plan", home="dad", way="call", version=0))
    second = rooms.do(at, form("plan", home="dad", way="table", adults_only="1", version=0))
    plan = held(desk, "mateo")
    assert (plan.way, plan.adults_only, plan.began) == ("call", True, None)
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(ChangedMeanwhile) as error:
        rooms.do(at, form("plan", home="dad", way="listener", adults_only="1", version=0))
    assert error.value.values["theirs"] == {"way": "call"}


# ---------------------------------------------------------------------------------------- forgeries

SHELF = ("meetings", "meetings/child/mateo", "meetings/told", "meetings/felt", "meetings/parked", "meetings/reach",
         "meetings/after/mateo", "meetings/decided/mateo/dad", "meetings/phone/mateo/dad", "meetings/nothing",
         "meetings/child", "meetings/child/../x", "meetings/decided/mateo", "meetings/decided/mateo/dad/xx")  # fmt: skip
WORDS = st.sampled_from(
    ["", "mateo", "mateo/dad", "dad", "amal/", "station", "t", "p", "mateo.fall-2026", "short", "no"]
)
ANYTHING = WORDS | st.text(max_size=30) | st.just("ض" * 9000)
NAMES = (
    "who",
    "way",
    "child",
    "meeting",
    "home",
    "preset",
    "drawn",
    "min-work",
    "book",
    "entry",
    "how",
    "words",
    "listener",
)
WHAT = st.sampled_from(["begin", "visit", "end", "not-over", "not-begun", "again", "preset", "minutes", "plan", "seen",
                        "talked", "try", "promise", "take", "calendar", "nonsense"])  # fmt: skip


@pytest.mark.more
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.sampled_from(SHELF),
    what=WHAT,
    values=st.dictionaries(st.sampled_from(NAMES), st.lists(ANYTHING, max_size=3).map(tuple)),
    version=st.none() | st.integers(-3, 9),
)
def test_a_forged_form_is_a_sentence_or_a_change_of_the_teachers(
    forged: TeacherDesk, at: str, what: str, values: dict[str, tuple[str, ...]], version: int | None
) -> None:
    """Whatever a browser sends, it is refused with a sentence or done; words of homes and of the child stay as they are."""
    before = _of_others(forged)
    with suppress(PortfolioError):  # anything else is no sentence
        Rooms(forged).do(at, Asked(what, values, version=version))
    assert _of_others(forged) == before


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> TeacherDesk:
    """A desk that all forgeries share: what one leaves behind the next one meets."""
    desk = teacher_desk(sample_folder(tmp_path_factory.mktemp("forged")))
    put(
        desk,
        "mateo",
        ToTeacher(entry_id="t", household_id="dad", words=Passage(text="w")),
        Parked(entry_id="p", words=Passage(text="w")),
    )
    return desk


def _of_others(desk: TeacherDesk) -> str:
    """Return all that is nobody's to change here: the words of everybody, as one text."""
    found = []
    for student in desk.store.students():
        for meta in desk.store.rounds(student.student_id):
            for entry in desk.store.portfolio(meta.portfolio_id).entries():
                told = entry.model_dump(mode="json", exclude={"seen", "done"})
                mine = told["kind"] == "meeting" or (told["kind"] == "agreement" and told["who"] == "teacher")
                found.append("" if mine else json.dumps(told, sort_keys=True))
    return "\n".join(filter(None, found))
