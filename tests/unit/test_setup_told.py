"""Small truths of setting up: two homes, two addresses, days apart, beginnings of answers, what is said anew at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from portfolio.moments.room import Brought
from portfolio.moments.roster import look_at_sheet
from portfolio.moments.teacher.before_room import BeforeRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_room import SetupRoom
from portfolio.moments.teacher.setup_steps import steps_of
from portfolio.moments.teacher.template_room import TemplateRoom
from portfolio.rules.roster_addresses import may_be_two_homes
from portfolio.store.roster_file import parse_sheet
from tests.teachers import form, sample_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of the sample class's teacher."""
    opened = sample_desk(tmp_path)
    with closing(opened.store):
        yield opened


@pytest.mark.parametrize(
    ("headings", "row", "two"),
    [
        ("Parent 1,Parent 2,Address", "Rana,Sami,12 Oak St / 9 Elm Rd", True),
        ("Parent 1,Parent 2,Address", "Rana,Sami,12 Oak St / Apt 9", False),
        ("Parent 1,Parent 2,Address", "Rana,Sami,12 Oak and Pine St", False),
        ("Parent 1,Parent 2,Address,City,Zip", "Rana,Sami,12 Oak St,Elmtown,12345", False),
        ("Mother,Father,City,City 2", "Rana,Sami,Oakham,Elmtown", True),
        ("Mother,Father,Residence,Residence 2", "Rana,Sami,12 Oak St,9 Elm Rd", True),
        ("Mother,Father,Residence,Residence 2", "Rana,Sami,12 Oak St,12 Oak St", False),
        ("Parent,Address", "Rana,12 Oak St / 9 Elm Rd", False),
    ],
)
def test_addresses_that_stay_out_still_say_that_there_may_be_two_homes(
    headings: str, row: str, two: bool
) -> None:
    """Nothing of an address is taken in, but two that differ are a reason to ask; parts of one are none."""
    table = look_at_sheet(parse_sheet(f"Name,{headings}\nAmal Hill,{row}\n".encode(), "x.csv"))
    assert may_be_two_homes(table) is two
    assert all(
        not c.role for c in table.columns if c.heading.split()[0] in ("Address", "City", "Zip", "Residence")
    )


def test_a_plain_father_is_the_second_grown_up_of_the_same_home(desk: TeacherDesk) -> None:
    """Beside “Father” it says what is guessed of him, and does not blame the heading."""
    room = SetupRoom(desk)
    text = b"Name,Mother,Father\nAna,Rosa Diaz,Juan Diaz\n"
    room.do(("list",), form("bring", Brought("list", "list.csv", text)))
    body = room.show(("list",)).body
    assert "grown-up 2 of the same home: please look" in body
    assert "the heading nearly says so" not in body


def test_a_second_home_is_found_in_the_row(desk: TeacherDesk) -> None:
    """Who has one home can be given a second right there; who has two is not offered it."""
    room = SetupRoom(desk)
    body = room.show(("homes",)).body
    ones = [one.student_id for one in desk.store.students() if len(one.households) == 1]
    assert re.findall(r'data-do="two-homes" data-key="two-(\w+)"', body) == ones
    done = room.do(("homes",), form("two-homes", child="amal"))
    assert (done.go, done.focus) == ("setup/homes/amal", "one-more")
    assert 'id="one-more"' in room.show(("homes", "amal")).body
    assert "needs an interpreter" in body


def test_the_name_of_a_home_is_said_anew_at_once(desk: TeacherDesk) -> None:
    """Who takes a grown-up out of a home sees its new name in the same answer."""
    room, home = SetupRoom(desk), desk.store.student("amal").households[0]
    body = room.show(("homes", "amal")).body
    found = re.search(rf'data-key="{home.household_id}" data-version="(\d+)"', body)
    assert found
    done = room.do(
        ("homes", "amal"), form("home", home=home.household_id, label="Teta & Co", version=int(found[1]))
    )
    assert "<bdi>Teta &amp; Co</bdi>" in done.asides[f"home-{home.household_id}"]
    assert f'id="home-{home.household_id}"' in body


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (2, "from Tuesday, December 1, 2026 to Wednesday, December 2"),
        (8, "between Tuesday, December 1, 2026 and Tuesday, December 8"),
    ],
)
def test_days_far_apart_are_not_called_one_stretch(desk: TeacherDesk, last: int, said: str) -> None:
    """Two days with a week between them are not “from … to”; the steps and the screen before the meeting agree."""
    school = desk.school_class.but(conference_on=date(2026, 12, 1), conference_until=date(2026, 12, last))
    desk.store.keep_class(school)
    assert said in steps_of(desk)[0].state
    assert said in BeforeRoom(desk).show(()).body


def test_the_beginning_of_an_answer_stands_beside_its_question(desk: TeacherDesk) -> None:
    """It is there to be changed or taken away without opening anything, and both previews follow in the answer."""
    room, at = TemplateRoom(desk), ("page", "strengths")
    body = room.show(at).body
    lead = body.index('value="One thing I do well is"')
    assert body.index('id="q-what"') < lead < body.index("<details", body.index('id="ask-what"'))
    found = re.search(r'data-key="what" data-version="(\d+)"', body)
    assert found
    prompt = next(
        p
        for s in desk.folder.template().sections
        if s.section_id == "strengths"
        for p in s.prompts
        if p.field == "what"
    )
    rest = {"hint": prompt.hint, "starters": "\n".join(prompt.starters), "words": str(prompt.words or "")}
    done = room.do(
        at,
        form("question", field="what", ask="What are you proud of?", lead="", version=int(found[1]), **rest),
    )
    child = done.asides["seen-child"]
    assert "What are you proud of?" in child and "One thing I do well is" not in child
    assert 'id="seen-child"' in body and 'id="seen-family"' in body
    assert "<iframe" in done.asides["seen-family"]
