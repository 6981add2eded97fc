"""Promises and worries are written down where they are read: on the list of a class and of one child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound, PortfolioError, TextRefused
from portfolio.model import Agreement, Concern
from portfolio.model.record import LONGEST_TEXT
from portfolio.moments.room import Asked, At, Outcome
from portfolio.moments.teacher.before_room import BeforeRoom
from portfolio.moments.teacher.child_room import ChildRoom
from portfolio.moments.teacher.promised_room import PromisedRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.promised import as_said
from portfolio.store.class_folder import book_of
from tests.quick_class import book_id, quick_desk
from tests.teachers import form

NAMES = ("Amal; Teta; ar", "Mateo; Mamá; es; Dad; en", "Linh")
WHO_READS = (
    "A worry is read by the teachers of this class and by that home, by nobody else. "
    "The child does not see it."
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a class in which nobody has promised anything."""
    desk = quick_desk(tmp_path, NAMES)
    yield desk
    desk.store.close()


def parse(text: str) -> BeautifulSoup:
    """Return a screen as a browser reads it."""
    return BeautifulSoup(text, "html.parser")


def do(desk: TeacherDesk, what: str, at: At = (), /, **told: str) -> Outcome:
    """Send a form of the list."""
    return PromisedRoom(desk).do(at, Asked(what, {name: (value,) for name, value in told.items()}))


def shown(desk: TeacherDesk, *at: str) -> Any:
    """Return a screen of the list, parsed."""
    return parse(str(PromisedRoom(desk).show(at).body))


def promises(desk: TeacherDesk, student_id: str) -> tuple[Agreement, ...]:
    """Return what is promised in a child's book."""
    folder = desk.folder
    book = book_of(desk.store, folder.template(), folder.outline(), student_id)
    return book.portfolio.agreements


def worries(desk: TeacherDesk, student_id: str) -> tuple[Concern, ...]:
    """Return the worries that stand in a child's book."""
    folder = desk.folder
    return book_of(desk.store, folder.template(), folder.outline(), student_id).portfolio.concerns


def test_a_promise_is_written_into_the_childs_newest_book_and_says_who_wrote_it(desk: TeacherDesk) -> None:
    """It is kept like one of the table, with the teacher in its history, and its words stand before the name."""
    told = {
        "child": "mateo",
        "who": "teacher",
        "name": "Dad",
        "words": " brings a map ",
        "by_when": "2026-12-01",
    }
    said = do(desk, "promise", **told).say
    assert said == "It is written down in Mateo’s book, on the page “What we agreed”."
    (one,) = promises(desk, "mateo")
    assert (one.who, one.name, one.what.text, one.what.lang) == (
        "teacher",
        "Ms. Rivera",
        "brings a map",
        "en",
    )
    assert one.by_when == date(2026, 12, 1)
    assert desk.store.history(book_id(desk, "mateo"), one.entry_id)[0].changed_by == desk.by
    row = shown(desk).select(".promised-words")[0].text
    assert row.index("brings a map") < row.index("Ms. Rivera") < row.index("December 1")


def test_a_promise_of_the_child_and_of_somebody_at_home_is_theirs(desk: TeacherDesk) -> None:
    """The child's has no other name, a home's has the name of who made it; both stand in their own part."""
    at = ("child", "amal")
    do(desk, "promise", at, who="student", name="x", words="reads aloud", child="mateo")
    do(desk, "promise", at, who="family", name="Teta", words="listens")
    assert [(one.who, one.name) for one in promises(desk, "amal")] == [("student", ""), ("family", "Teta")]
    assert promises(desk, "mateo") == ()
    headings = [one.text for one in shown(desk, *at).select("h2")]
    assert headings == ["For the children", "For homes"]


def test_an_earlier_book_is_written_in_while_the_new_one_is_not_begun(desk: TeacherDesk) -> None:
    """What was promised at the last table goes into the newest book there is; a new one is not begun for it."""
    book = book_id(desk, "linh")
    desk.store.keep_class(desk.school_class.but(round="Later"))
    do(desk, "promise", child="linh", who="student", words="asks sooner")
    assert [meta.portfolio_id for meta in desk.store.rounds("linh")] == [book]
    kept = [kept.entry for kept in desk.store.entries(book)]
    assert [one.what.text for one in kept if isinstance(one, Agreement)] == ["asks sooner"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"child": ""}, "child"),
        ({"child": "nobody"}, "child"),
        ({"who": ""}, "who"),
        ({"who": "office"}, "who"),
        ({"who": "family"}, "name"),
        ({"words": " \n"}, "words"),
        ({"words": "\x00"}, "words"),
        ({"words": "x" * (LONGEST_TEXT + 1)}, "words"),
        ({"who": "family", "name": "x" * 2001}, "name"),
        ({"by_when": "soon"}, "by_when"),
    ],
)
def test_a_promise_that_is_not_one_is_refused_at_its_field(
    desk: TeacherDesk, told: dict[str, str], field: str
) -> None:
    """Each is a sentence at the field it is about, and nothing is kept."""
    with pytest.raises((InputRefused, TextRefused)) as refused:
        do(desk, "promise", **{"child": "mateo", "who": "teacher", "words": "does it", **told})
    assert refused.value.values["field"] == field
    assert promises(desk, "mateo") == ()


def test_a_worry_is_written_down_on_the_list_in_the_homes_words(desk: TeacherDesk) -> None:
    """Of the home that is chosen, in the language that is chosen, on the day it was said; the list shows it at once."""
    do(desk, "worry", home="mateo/mama", worry="La mochila pesa.", worry_lang="es", worry_day="2026-11-02")
    (one,) = worries(desk, "mateo")
    assert (one.household_id, one.words.text, one.words.lang) == ("mama", "La mochila pesa.", "es")
    assert (one.on, one.status) == (date(2026, 11, 2), "heard")
    assert "La mochila pesa." in shown(desk, "child", "mateo").text


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"home": ""}, "home"),
        ({"home": "mateo"}, "home"),
        ({"home": "mateo/teta"}, "home"),
        ({"home": "amal/teta"}, "home"),
        ({"worry": ""}, "worry"),
        ({"worry": "x" * (LONGEST_TEXT + 1)}, "worry"),
        ({"worry_lang": "xx-nonsense"}, "worry_lang"),
        ({"worry_day": "yesterday"}, "worry_day"),
        ({"worry_day": "2027-01-01"}, "worry_day"),
    ],
)
def test_a_worry_that_is_not_one_is_refused_at_its_field(
    desk: TeacherDesk, told: dict[str, str], field: str
) -> None:
    """Another child's home on the page of one child is refused, too; nothing is kept anywhere."""
    with pytest.raises((InputRefused, TextRefused)) as refused:
        do(desk, "worry", ("child", "mateo"), **{"home": "mateo/mama", "worry": "Pesa.", **told})
    assert refused.value.values["field"] == field
    assert worries(desk, "mateo") == worries(desk, "amal") == ()


def test_the_form_for_a_worry_begins_with_the_language_one_writes_in_and_today(desk: TeacherDesk) -> None:
    """The class's, though the home reads another; the home's once its words are typed in theirs. The day is today."""
    home = BeforeRoom(desk).show(("home", "mateo", "mama")).body
    assert chosen(parse(str(home))) == chosen(shown(desk, "child", "mateo")) == ("en", "2026-11-20")
    BeforeRoom(desk).do(("home", "mateo", "mama"), form("home-words", version=0, enjoys="Mapas", lang="es"))
    assert chosen(parse(str(BeforeRoom(desk).show(("home", "mateo", "mama")).body))) == ("es", "2026-11-20")


def chosen(page: Any) -> tuple[str, str]:
    """Return the language and the day the form for a worry begins with."""
    lang = page.select("select[name=worry_lang] option[selected]")[0]["value"]
    return lang, page.select("input[name=worry_day]")[0]["value"]


def test_who_reads_a_worry_is_one_sentence_wherever_worries_are(desk: TeacherDesk) -> None:
    """The list, its form, one worry, and the home's page say the same of who reads it, and nothing else."""
    do(desk, "worry", home="mateo/mama", worry="Pesa.")
    (one,) = worries(desk, "mateo")
    places = [
        PromisedRoom(desk).show(()),
        PromisedRoom(desk).show(("worry", "mateo", one.entry_id)),
        BeforeRoom(desk).show(("home", "mateo", "mama")),
    ]
    for screen in places:
        page = parse(str(screen.body))
        assert WHO_READS in {node.text.strip() for node in page.select(".who-reads")}
        assert "Only this home" not in page.text and "Only the teachers" not in page.text


def test_the_folds_are_shut_and_offer_what_the_class_has(desk: TeacherDesk) -> None:
    """The class chooses the child and the home; one child's list only what is left to choose; nobody is preset."""
    page = shown(desk)
    assert not page.select("details[open]")
    children = [one["value"] for one in page.select("form[data-do=promise] select[name=child] option")]
    assert children == ["", "amal", "mateo", "linh"]
    homes = [one["value"] for one in page.select("form[data-do=worry] select[name=home] option")]
    assert homes == ["", "amal/teta", "mateo/mama", "mateo/dad", "linh/home"]
    alone = shown(desk, "child", "amal")
    assert not alone.select("select[name=child]") and not alone.select("select[name=home]")
    assert alone.select("input[name=home]")[0]["value"] == "amal/teta"
    desk.store.keep_student(desk.store.student("linh").but(households=()))
    assert "#setup/homes/linh" in str(PromisedRoom(desk).show(("child", "linh")).body)


def test_a_child_without_promises_has_the_way_there_too(desk: TeacherDesk) -> None:
    """The child's page leads to where a promise is written down, before there is any."""
    body = str(ChildRoom(desk).show(("linh",)).body)
    assert "#promised/child/linh" in body and "Write down a promise or a worry" in body


def test_forms_on_places_that_are_not_there_do_nothing(desk: TeacherDesk) -> None:
    """A place with more behind it, or with another name, is no place to write."""
    for at in (("child", "mateo", "x"), ("child",), ("homes",), ("child", "nobody")):
        with pytest.raises(NotFound):
            do(desk, "promise", at, child="mateo", who="student", words="x")
    assert promises(desk, "mateo") == ()


ANY = st.text(max_size=40)
TOLD = st.fixed_dictionaries(
    {"who": st.sampled_from(["teacher", "student", "family"]) | ANY, "words": ANY, "name": ANY},
    optional={"by_when": ANY | st.dates().map(str)},
)


@given(told=TOLD)
def test_whatever_a_form_tells_is_a_promise_with_words_or_a_sentence(told: dict[str, str]) -> None:
    """Nothing from a browser makes a promise without words, or anything but one of our own errors."""
    made, field = None, ""
    try:
        made = as_said("agreement-1", told, "Ms. Rivera", "en")
    except PortfolioError as error:
        field = str(error.values["field"])
    assert field in ("who", "name", "words", "by_when") if made is None else made.what
