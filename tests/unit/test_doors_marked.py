"""Every way words leave a class, searched for every field of every record: what may be there, and what must be.

The class is :mod:`tests.marked_class`; which field a family may see at all is decided in ``test_family_fields``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest

from tests.marked_class import CHILDREN, FRIEND, Left, Marked, all_left, marked_class
from tests.unit.test_family_fields import Path as Way
from tests.unit.test_family_fields import seen_by_decision

pytestmark = [pytest.mark.more, pytest.mark.timeout(900)]

TOLD_TO_TEACHERS = ("Student.name", "Household.label")
"""Whose file it is: on papers that stay with the teacher, of every child."""
TEMPLATE = ("ClassTemplate", "Section", "Prompt", "Choice", "Column", "AgendaPreset", "AgendaStep")
"""What the class asks: nobody's own words."""
OWN_WORRIES = re.compile(r"Concern\.(words|answer|owner|closed_with)(/|$)")
"""Worries of an earlier round stay in a home's file until the home has closed them."""
OWN_LETTERS = re.compile(r"(Reply\.|Concern\.(words|closed_with|owner)\b|Parked\.name$)")
"""What a home wrote itself it gets as it wrote it, and the name of the grown-up who looks after its worry."""

Rule = Callable[[Marked, str, Left], bool]


def decided(*audiences: str, but: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Rule:
    """Return the rule of a page for families: as decided for these audiences; records left out, fields added."""

    def may(made: Marked, mark: str, left: Left) -> bool:
        owner, way = made.whose(mark)
        child, *more = owner.split("+")
        if child not in ("class", left.child):
            return False
        if way[0].split(".")[0] in TEMPLATE:
            return True
        home = next((part for part in more if part != "earlier"), "")
        if home and left.home and home != left.home:
            return False
        if way[0].split(".")[0] in but:
            return False
        if way[0] in also:
            return True
        return any(_seen(way, one, whose=(left, home, "earlier" in more)) for one in audiences)

    return may


def _seen(way: Way, audience: str, *, whose: tuple[Left, str, bool]) -> bool:
    left, home, earlier = whose
    if home and not left.home:
        return seen_by_decision(("other", *way), "conference")
    if earlier and home and OWN_WORRIES.match("/".join(way)):
        return seen_by_decision(way, audience)
    return seen_by_decision(("earlier", *way) if earlier else way, audience)


def teachers(*fields: str) -> Rule:
    """Return the rule of a paper that stays with the teacher: these fields, of everybody, and what the class asks."""

    def may(made: Marked, mark: str, left: Left) -> bool:
        way = made.whose(mark)[1]
        return way[-1] in fields or way[0].split(".")[0] in TEMPLATE

    return may


DOORS: Final[dict[str, tuple[Rule, int, str]]] = {
    "home.html": (decided("home"), 1000, "Work.title Goal.goal Reply.lines Concern.answer Household.adults Student.name"),
    "home.txt": (decided("home"), 300, "Work.title Goal.goal Reply.lines Concern.answer Household.adults Student.name"),
    "home.eml": (decided("home", also=("Household.reach_by",)), 1000, "Work.title Reply.lines Student.name"),
    "list": (teachers(*TOLD_TO_TEACHERS, "Household.reach_by", "SchoolClass.name"), 9, "Student.name Household.label"),
    "report": (teachers(*TOLD_TO_TEACHERS, "SchoolClass.name"), 7, "Student.name Household.label SchoolClass.name"),
    "send-home says": (teachers(*TOLD_TO_TEACHERS), 6, "Student.name Household.label"),
    "own time": (decided("home", "conference"), 1000, "Work.title Goal.goal Household.adults"),
    "quick look": (decided("home"), 15, "Strength.what Goal.goal Student.name"),
    "quick look, table": (decided("conference", but=("Statement",)), 15, "Strength.what Goal.goal Student.name"),
    "decided": (decided("home", but=("Reply", "Concern", "Work", "Strength", "TeacherNote")), 8, "Agreement.what Student.name"),
    "child's eyes": (decided("home", but=("Reply", "Concern", "Parked")), 1000, "Work.title Goal.goal Household.adults"),
    "call sheet": (decided("home", but=("Reply", "Concern")), 4, "Student.name"),
    "listener": (decided("conference", but=("Reply", "Concern")), 2, "Student.name"),
    "next teacher": (decided("conference", but=("Statement", "Household"), also=("Student.pronouns",)), 500, "Work.title Student.pronouns"),
    "exporter": (decided("home"), 1000, "Work.title Goal.goal Reply.lines Concern.answer Household.adults Student.name"),
    "notebook": (teachers("SchoolClass.name"), 1, "SchoolClass.name"),
}  # fmt: skip
"""Each way out: what may be there, how many marks at least, and the fields that must be (an empty page has none)."""
FOR_TEACHERS: Final = ("list", "report", "send-home says", "notebook")
AT_SCHOOL: Final = ("quick look, table",)
"""At the table the child speaks its own words, of whom it likes."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """A class in which every field has a mark."""
    return marked_class(tmp_path_factory.mktemp("marked") / "class")


@pytest.fixture(scope="module")
def lefts(made: Marked, tmp_path_factory: pytest.TempPathFactory) -> tuple[Left, ...]:
    """Everything that leaves it."""
    return tuple(all_left(made, tmp_path_factory.mktemp("left")))


def through(lefts: tuple[Left, ...], door: str) -> list[Left]:
    """Return what leaves by one door."""
    return [one for one in lefts if one.door == door]


@pytest.mark.parametrize("door", list(DOORS))
def test_only_what_may_leave_by_a_door_does(made: Marked, lefts: tuple[Left, ...], door: str) -> None:
    """No mark of another child, another home, a cue line or a word for the teacher is anywhere it was not decided to be."""
    may, _, _ = DOORS[door]
    wrong = {
        (one.child, one.home, "/".join(made.ways[mark]))
        for one in through(lefts, door)
        for mark in made.found(one.text + one.name)
        if not may(made, mark, one)
    }
    assert sorted(wrong)[:20] == []


@pytest.mark.parametrize("door", list(DOORS))
def test_what_belongs_there_is_there(made: Marked, lefts: tuple[Left, ...], door: str) -> None:
    """An empty page holds no secret either: by every door its own words leave, for every child and home."""
    _, least, must = DOORS[door]
    found = through(lefts, door)
    for one in found:
        marks = made.found(one.text)
        fields = {step for mark in marks for step in made.whose(mark)[1]}
        small = one.child == "kid-1"  # nothing stands beside its words
        assert len(marks) >= (least // 6 if small else least), (one.child, one.home, one.name, len(marks))
        assert set(must.split()) <= fields, (one.child, one.home, one.name)
    homes = len(CHILDREN) * 2
    expected = {"list": 1, "report": 1, "send-home says": 1, "own time": 2 * homes, "notebook": 4}
    tables = dict.fromkeys(("quick look, table", "listener", "next teacher"), len(CHILDREN))
    assert len(found) == (expected | tables).get(door, homes)


def test_no_door_is_left_out(lefts: tuple[Left, ...]) -> None:
    """Every door something left by is in the table."""
    assert {one.door for one in lefts} == set(DOORS)


@pytest.mark.parametrize("door", [one for one in DOORS if one not in FOR_TEACHERS + AT_SCHOOL])
def test_no_name_of_a_classmate_leaves(made: Marked, lefts: tuple[Left, ...], door: str) -> None:
    """It stands in every text of a child's book, and in its copies nowhere but in what a home wrote itself."""
    for one in (one for one in through(lefts, door) if one.child == "kid-0"):
        close = re.sub(r"\s+", " ", one.text)
        beside = re.findall(rf"(mk\d{{5}}q) and {FRIEND}", close)
        ways = {"/".join(made.whose(mark)[1]) for mark in beside}
        assert [way for way in sorted(ways) if not OWN_LETTERS.match(way)] == [], (one.home, one.name)
        assert close.count(FRIEND) == len(beside), (one.home, one.name)


def test_the_names_are_looked_for_where_they_are(made: Marked, lefts: tuple[Left, ...]) -> None:
    """A home's own letter keeps the name it wrote; in the other child's files its own name stands: the search can find it."""
    letters = next(one for one in lefts if (one.door, one.child, one.home) == ("home.html", "kid-0", "b"))
    assert f"and {FRIEND}" in letters.text
    assert all(FRIEND in one.text for one in lefts if one.door == "home.txt" and one.child == "kid-1")
    assert sum("ToTeacher.words" in way for way in made.ways.values()) > 10


def test_no_mark_is_in_a_place_nobody_thinks_of(made: Marked, lefts: tuple[Left, ...]) -> None:
    """Ids, addresses and file names tell no more than a child's id and its home's label."""
    for one in lefts:
        marks = {made.whose(mark)[1][-1] for mark in made.found(one.name)}
        assert marks <= {"Household.label"}, one.name
