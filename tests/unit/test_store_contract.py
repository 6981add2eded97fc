"""What every store promises; each store must pass the whole suite."""

# long: one suite on purpose, so that a new store is held to all of it by adding one line
from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, StorageTrouble
from portfolio.model import (
    KIND,
    Answer,
    Cue,
    Goal,
    Helper,
    Passage,
    Picture,
    Portfolio,
    PortfolioMeta,
    ProgressNote,
    Rating,
    Reply,
    SchoolClass,
    Step,
    Strength,
    Student,
    TeacherNote,
    Translation,
    Work,
)
from portfolio.store import ClassStore, FakeStore, Forgotten, Kept, what_is_there
from portfolio.store.sql import SqlStore

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
CLASS = SchoolClass(class_id="4b", name="Class 4b", age_band="3-5", round="Fall 2026")
HOSTILE_IDS = ("", "nobody", "../maya", "Maya", "maya\n", "ma\0ya", "\ud800", "a" * 65, "maya'--", "{x}")


def webp(content: bytes) -> bytes:
    """Return a file with the wrapping of a WebP picture around any bytes."""
    return b"RIFF" + (len(content) + 4).to_bytes(4, "little") + b"WEBP" + content


def meta(portfolio_id: str = "p1", student_id: str = "maya", **more: Any) -> PortfolioMeta:
    """Return the meta of a portfolio."""
    more = {"round": "Fall 2026", "started_on": date(2026, 9, 1), **more}
    return PortfolioMeta(
        portfolio_id=portfolio_id, student_id=student_id, age_band="3-5", template_id="3-5", **more
    )


def goal(entry_id: str, text: str = "Read every day") -> Goal:
    """Return a goal."""
    return Goal(entry_id=entry_id, goal=Passage(text=text))


def a_book(portfolio_id: str = "p2", student_id: str = "ben") -> Portfolio:
    """Return a portfolio with one entry of almost every kind and two goals."""
    return Portfolio.of(meta(portfolio_id, student_id), (*ONE_OF_EACH, goal("g2")))


def ids(kept: tuple[Kept, ...]) -> list[str]:
    """Return the ids of entries, in order."""
    return [k.entry.entry_id for k in kept]


@pytest.fixture(params=["in memory", "sqlite", "sqlite with a write-ahead log", "by address"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ClassStore]:
    """Every kind of store there is, with nothing in it."""
    place = tmp_path / "class.sqlite"
    made: ClassStore
    if request.param == "in memory":
        made = FakeStore()
    elif request.param == "by address":
        made = SqlStore(f"sqlite:///{place}", tmp_path / "media", create=True)
    else:
        journal: Any = "wal" if "log" in request.param else "delete"
        made = SqlStore(place, tmp_path / "media", create=True, journal=journal)
    yield made
    made.close()


@pytest.fixture
def kept(store: ClassStore) -> ClassStore:
    """A store with a class, two students and a portfolio for the first."""
    store.keep_class(CLASS)
    store.keep_student(Student(student_id="maya", name="Maya"))
    store.keep_student(Student(student_id="ben", name="Ben"))
    store.keep_meta(meta(), expected=0)
    return store


def save(store: ClassStore, *entries: Any) -> None:
    """Keep new entries."""
    for entry in entries:
        store.keep("p1", entry, expected=0, by="student", at=NOON)


# ------------------------------------------------------------------------------------ class and students


def test_the_roster_stands_in_the_order_somebody_gave_it(store: ClassStore) -> None:
    """Those named come first, the others follow; a new child is last, a stranger changes nothing."""
    store.keep_class(CLASS)
    for student_id in ("ana", "ben", "chi"):
        store.keep_student(Student(student_id=student_id, name=student_id))
    store.arrange_students(["chi", "ana", "chi"])
    store.keep_student(Student(student_id="dao", name="dao"))
    assert [s.student_id for s in store.students()] == ["chi", "ana", "ben", "dao"]
    for stranger in HOSTILE_IDS:
        with pytest.raises(NotFound):
            store.arrange_students(["ben", stranger])
    assert [s.student_id for s in store.students()] == ["chi", "ana", "ben", "dao"]


def test_a_class_comes_back_as_it_was_kept_last(store: ClassStore) -> None:
    """The class is what was kept last; before that there is none."""
    with pytest.raises(NotFound, match="no name yet"):
        store.school_class()
    store.keep_class(CLASS)
    store.keep_class(CLASS.but(round="Spring 2027"))
    assert store.school_class() == CLASS.but(round="Spring 2027")


def test_students_stand_in_roster_order(store: ClassStore) -> None:
    """Students stand in the order they came, and a changed one stays in its place."""
    for name in ("zoe", "ali", "mo"):
        store.keep_student(Student(student_id=name, name=name.title()))
    store.keep_student(Student(student_id="zoe", name="Zoë 🦊"))
    assert [s.name for s in store.students()] == ["Zoë 🦊", "Ali", "Mo"]
    assert store.student("zoe").name == "Zoë 🦊"
    assert store.damaged_students() == ()


@pytest.mark.parametrize("bad", ["con", "nul.txt", "lpt1", "maya."])
def test_a_student_needs_an_id_that_can_be_a_folder_everywhere(store: ClassStore, bad: str) -> None:
    """Ids that Windows keeps for devices are refused before anything is kept."""
    with pytest.raises(InputRefused, match="cannot be a student's id"):
        store.keep_student(Student(student_id=bad, name="Maya"))
    assert store.students() == ()


@pytest.mark.parametrize("bad", HOSTILE_IDS)
def test_ids_from_anywhere_are_simply_not_found(kept: ClassStore, bad: str) -> None:
    """Whatever cannot be an id is not there, and no method falls over it."""
    save(kept, goal("g1"))
    asked: list[Any] = [
        lambda: kept.student(bad),
        lambda: kept.rounds(bad),
        lambda: kept.keep_picture(bad, "0" * 64, b"", b""),
        lambda: kept.keep_media(bad, "0" * 64, "mp3", b""),
        lambda: kept.media(bad, "0" * 64, "mp3"),
        lambda: kept.media("maya", bad, "mp3"),
        lambda: kept.media_names(bad),
        lambda: kept.drop_media(bad, "0" * 64 + ".webp"),
        lambda: kept.drop_media("maya", bad),
        lambda: kept.forget_student(bad),
        lambda: kept.drop_keys(bad),
        lambda: kept.add_key(bad, "0" * 64),
        lambda: kept.picture(bad, "0" * 64),
        lambda: kept.thumb("maya", bad),
        lambda: kept.meta(bad),
        lambda: kept.portfolio(bad),
        lambda: kept.entries(bad),
        lambda: kept.damaged(bad),
        lambda: kept.revision(bad),
        lambda: kept.last_change(bad),
        lambda: kept.entry(bad, "g1"),
        lambda: kept.entry("p1", bad),
        lambda: kept.history(bad, "g1"),
        lambda: kept.history("p1", bad),
        lambda: kept.keep(bad, goal("g1"), expected=1, by="student", at=NOON),
        lambda: kept.remove(bad, "g1", expected=1, by="student", at=NOON),
        lambda: kept.remove("p1", bad, expected=1, by="student", at=NOON),
        lambda: kept.arrange(bad, "goal", [], by="student", at=NOON),
        lambda: kept.arrange("p1", bad, [], by="student", at=NOON),
        lambda: kept.arrange("p1", "goal", [bad], by="student", at=NOON),
    ]
    for ask in asked:
        with pytest.raises(NotFound) as caught:
            ask()
        assert str(caught.value).encode("utf-8")
    assert kept.student_for_key(bad) is None
    assert kept.revision("p1") == 2


@pytest.mark.parametrize("bad", HOSTILE_IDS)
def test_what_was_is_not_found_either(kept: ClassStore, bad: str) -> None:
    """Asking for changes of what cannot be an id, or bringing it back, finds nothing."""
    save(kept, goal("g1"))
    with pytest.raises(NotFound):
        kept.changes_since(bad, 0)
    for portfolio_id, entry_id in ((bad, "g1"), ("p1", bad)):
        with pytest.raises(NotFound):
            kept.restore(portfolio_id, entry_id, 1, expected=1, by="student", at=NOON)


# --------------------------------------------------------------------------------------------- portfolios


def test_rounds_stand_oldest_first(kept: ClassStore) -> None:
    """A student's rounds stand by the day they began, whatever was kept first."""
    kept.keep_meta(meta("p0", round="Spring 2026", started_on=date(2026, 2, 1)), expected=0)
    kept.keep_meta(meta("p9", "ben"), expected=0)
    assert [m.portfolio_id for m in kept.rounds("maya")] == ["p0", "p1"]
    assert kept.rounds("ben") == (meta("p9", "ben"),)


def test_a_meta_is_kept_only_over_the_version_it_was_made_from(kept: ClassStore) -> None:
    """A stale change of the meta is refused and says what version is there."""
    assert kept.meta("p1") == (meta(), 1)
    assert kept.keep_meta(meta(status="practising"), expected=1) == 2
    for stale in (0, 1, 3):
        with pytest.raises(ChangedMeanwhile) as caught:
            kept.keep_meta(meta(status="ready"), expected=stale)
        assert what_is_there(caught.value) == (2, None)
    assert kept.keep_meta(meta(status="ready")) == 3
    assert kept.meta("p1") == (meta(status="ready"), 3)


def test_a_portfolio_needs_its_student_and_stays_with_it(kept: ClassStore) -> None:
    """A portfolio is made for a student of the class and never changes hands."""
    with pytest.raises(NotFound, match="no student"):
        kept.keep_meta(meta("p2", "zoe"), expected=0)
    with pytest.raises(InputRefused, match="belongs to the student “maya”"):
        kept.keep_meta(meta("p1", "ben"))
    with pytest.raises(NotFound, match="no portfolio"):
        kept.meta("p2")


def test_two_tabs_cannot_begin_the_same_round_twice(kept: ClassStore) -> None:
    """A second portfolio for the same student and round is refused and names the first."""
    with pytest.raises(ChangedMeanwhile) as caught:
        kept.keep_meta(meta("p2"), expected=0)
    assert caught.value.values["portfolio"] == "p1"
    assert [m.portfolio_id for m in kept.rounds("maya")] == ["p1"]


def test_everybodys_rounds_come_at_once(kept: ClassStore) -> None:
    """All rounds are those of each student, and who has none is not among them."""
    kept.keep_student(Student(student_id="zoe", name="Zoë"))
    kept.keep_meta(meta("p0", round="Spring 2026", started_on=date(2026, 2, 1)), expected=0)
    kept.keep_meta(meta("p9", "ben"), expected=0)
    assert kept.all_rounds() == {name: kept.rounds(name) for name in ("ben", "maya")}


def test_whole_portfolios_come_at_once(kept: ClassStore) -> None:
    """Several portfolios come at once, each as it comes alone, with who wrote when last; no id does harm."""
    kept.keep_portfolio(a_book(), by="teacher:ms-b", at=NOON)
    save(kept, goal("g1"), goal("g2"))
    later = NOON + timedelta(hours=1)
    kept.keep("p1", goal("g1", "Read at night"), expected=1, by="family:home", at=later)
    kept.remove("p1", "g2", expected=1, by="teacher:ms-b", at=later + timedelta(hours=1))
    found = kept.wholes(("p2", *HOSTILE_IDS, "p1", "p2"))
    assert list(found) == ["p2", "p1"]
    for name, one in found.items():
        assert one.portfolio == kept.portfolio(name)
        assert (one.revision, one.damaged) == (kept.revision(name), ())
    assert found["p1"].last_by == {"family:home": later, "teacher:ms-b": later + timedelta(hours=1)}
    assert found["p2"].last_by == {"teacher:ms-b": NOON}


def test_where_every_portfolio_is_now_comes_at_once(kept: ClassStore) -> None:
    """One question tells the revision, owner, round and newest change of all portfolios, in the order of ids."""
    kept.keep_portfolio(a_book("p0"), by="teacher:ms-b", at=NOON)
    before = kept.latest()
    assert [(one.portfolio_id, one.student_id, one.round) for one in before] == [
        ("p0", "ben", "Fall 2026"),
        ("p1", "maya", "Fall 2026"),
    ]
    assert before[1].last is None
    save(kept, goal("g1"))
    assert kept.latest()[0] == before[0]
    for one in kept.latest():
        assert (one.revision, one.last) == (
            kept.revision(one.portfolio_id),
            kept.last_change(one.portfolio_id),
        )


def test_a_whole_portfolio_can_be_kept_at_once(kept: ClassStore) -> None:
    """Kept in one go it is what it would be kept piece by piece: order, versions, history."""
    kept.keep_portfolio(a_book(), by="teacher:ms-b", at=NOON)
    assert kept.portfolio("p2") == a_book()
    assert kept.meta("p2") == (meta("p2", "ben"), 1)
    assert kept.revision("p2") == 1
    last = kept.last_change("p2")
    assert last is not None
    assert (last.revision, last.changed_by) == (1, "teacher:ms-b")
    (change,) = kept.history("p2", "g2")
    assert (change.version, change.entry, change.revision, change.restores) == (1, goal("g2"), 1, None)
    made = kept.keep("p2", goal("g3"), expected=0, by="student", at=NOON)
    kept.keep("p2", goal("g2", "more"), expected=1, by="student", at=NOON)
    assert made == kept.entry("p2", "g3")
    assert [g.entry_id for g in kept.portfolio("p2").goals] == ["g1", "g2", "g3"]


def test_a_whole_portfolio_is_kept_only_where_there_is_none(kept: ClassStore) -> None:
    """One that is there, another for the same round, an unknown student, an id used twice: all refused."""
    with pytest.raises(ChangedMeanwhile) as caught:
        kept.keep_portfolio(a_book("p1", "maya"), by="student", at=NOON)
    assert what_is_there(caught.value) == (1, None)
    with pytest.raises(ChangedMeanwhile, match="Open that one: p1"):
        kept.keep_portfolio(a_book("p2", "maya"), by="student", at=NOON)
    with pytest.raises(NotFound, match="no student"):
        kept.keep_portfolio(a_book("p2", "zoe"), by="student", at=NOON)
    twice = a_book().but(cues=(Cue(entry_id="g1", step="hello"),))
    with pytest.raises(InputRefused, match="already the name of something else"):
        kept.keep_portfolio(twice, by="student", at=NOON)
    assert kept.rounds("ben") == ()
    kept.keep_portfolio(Portfolio(meta=meta("p2", "ben")), by="student", at=NOON)
    assert kept.last_change("p2") is None


# ------------------------------------------------------------------------------------------------ entries

ONE_OF_EACH = (
    Answer(entry_id="welcome.hello", section="welcome", prompt="hello", words=Passage(text="Hi")),
    Strength(entry_id="s1", what=Passage(text="I listen"), quote_by="Mo"),
    Work(entry_id="w1", made_on=date(2026, 9, 30), pictures=(Picture(sha256="a" * 64, width=3, height=2),)),
    Rating(entry_id="faces.lunch", section="faces", question="lunch", answer="happy"),
    Goal(
        entry_id="g1",
        steps=(Step(what=Passage(text="Pick a book"), when="Monday"),),
        helpers=(Helper(who="Opa", what=Passage(text="listens", lang="de")),),
        look_again=(date(2026, 11, 1),),
        progress=(ProgressNote(on=date(2026, 10, 2), word="nearly"),),
    ),
    Cue(entry_id="c1", step="hello", words=Passage(text="breathe")),
    TeacherNote(entry_id="t1", teacher_id="ms-b", strength=Passage(text="kind")),
    Reply(entry_id="r1", household_id="h1", who="Nani", on=date(2026, 10, 3), form="faces", face="happy"),
)


def test_every_kind_comes_back_equal_and_in_its_place(kept: ClassStore) -> None:
    """Entries come back as the very records that were kept, shelf by shelf."""
    save(kept, *reversed(ONE_OF_EACH))
    assert tuple(k.entry for k in kept.entries("p1")) == ONE_OF_EACH
    assert kept.portfolio("p1").entries() == ONE_OF_EACH
    assert kept.portfolio("p1").meta == meta()
    assert kept.damaged("p1") == ()


def test_a_change_says_who_and_when_in_utc(kept: ClassStore) -> None:
    """What is handed back is what is kept: version, name, and the time in UTC."""
    at_home = NOON.astimezone(timezone(timedelta(hours=-7))) + timedelta(microseconds=7)
    made = kept.keep("p1", goal("g1"), expected=0, by="family:h1", at=at_home)
    assert made == kept.entry("p1", "g1")
    assert (made.version, made.changed_by) == (1, "family:h1")
    assert made.changed_at == at_home
    assert made.changed_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(kept: ClassStore) -> None:
    """A naive time is refused by every change, and nothing is written."""
    naive = NOON.replace(tzinfo=None)
    for ask in (
        lambda: kept.keep("p1", goal("g1"), expected=0, by="student", at=naive),
        lambda: kept.remove("p1", "g1", expected=1, by="student", at=naive),
        lambda: kept.arrange("p1", "goal", [], by="student", at=naive),
        lambda: kept.restore("p1", "g1", 1, expected=1, by="student", at=naive),
        lambda: kept.keep_portfolio(a_book("p5"), by="student", at=naive),
        lambda: kept.changes_since("p1", naive),
    ):
        with pytest.raises(ValidationError):
            ask()
    assert kept.revision("p1") == 1


def test_a_stale_change_is_refused_and_shows_what_is_there(kept: ClassStore) -> None:
    """Whoever comes second is told, gets the newer words, and nothing is overwritten."""
    save(kept, goal("g1", "mine"))
    kept.keep("p1", goal("g1", "theirs"), expected=1, by="teacher:ms-b", at=NOON)
    for stale in (0, 1, 3):
        with pytest.raises(ChangedMeanwhile, match="Somebody else saved “g1”") as caught:
            kept.keep("p1", goal("g1", "late"), expected=stale, by="student", at=NOON)
        version, change = what_is_there(caught.value)
        assert change is not None
        assert (version, change.entry, change.changed_by) == (2, goal("g1", "theirs"), "teacher:ms-b")
        with pytest.raises(ChangedMeanwhile):
            kept.remove("p1", "g1", expected=stale, by="student", at=NOON)
    assert kept.entry("p1", "g1").entry == goal("g1", "theirs")
    assert len(kept.history("p1", "g1")) == 2


def test_a_change_of_what_never_was_says_version_nought(kept: ClassStore) -> None:
    """A change made from a version that never was can be tried again as a new entry."""
    with pytest.raises(ChangedMeanwhile) as caught:
        kept.keep("p1", goal("g1"), expected=4, by="student", at=NOON)
    assert what_is_there(caught.value) == (0, None)
    with pytest.raises(NotFound):
        kept.history("p1", "g1")


def test_an_id_stays_with_its_kind(kept: ClassStore) -> None:
    """An entry never turns into something else under the same id."""
    save(kept, goal("x"))
    with pytest.raises(InputRefused, match="something else"):
        kept.keep("p1", Cue(entry_id="x", step="hello"), expected=1, by="student", at=NOON)
    assert kept.entry("p1", "x").version == 1


def test_a_removed_entry_is_gone_and_can_come_back_to_its_place(kept: ClassStore) -> None:
    """Removing keeps the history; bringing back puts the entry where it stood."""
    save(kept, goal("g1"), goal("g2"), goal("g3"))
    kept.remove("p1", "g2", expected=1, by="student", at=NOON)
    assert ids(kept.entries("p1")) == ["g1", "g3"]
    with pytest.raises(NotFound):
        kept.entry("p1", "g2")
    with pytest.raises(NotFound):
        kept.remove("p1", "g2", expected=2, by="student", at=NOON)
    with pytest.raises(ChangedMeanwhile) as caught:
        kept.keep("p1", goal("g2"), expected=0, by="student", at=NOON)
    version, change = what_is_there(caught.value)
    assert change is not None
    assert (version, change.entry) == (2, None)
    kept.keep("p1", goal("g2", "again"), expected=2, by="student", at=NOON)
    assert ids(kept.entries("p1")) == ["g1", "g2", "g3"]
    assert [c.entry for c in kept.history("p1", "g2")] == [goal("g2"), None, goal("g2", "again")]


def test_a_new_order_keeps_room_for_what_may_come_back(kept: ClassStore) -> None:
    """An entry that was removed before the others were put in order comes back after them."""
    save(kept, goal("gone"), goal("g1"), goal("g2"))
    kept.remove("p1", "gone", expected=1, by="student", at=NOON)
    kept.arrange("p1", "goal", ["g2", "g1"], by="student", at=NOON)
    kept.keep("p1", goal("gone"), expected=2, by="student", at=NOON)
    save(kept, goal("g3"))
    assert ids(kept.entries("p1")) == ["g2", "g1", "gone", "g3"]


def test_history_holds_every_state_with_who_and_when(kept: ClassStore) -> None:
    """History lists each version once, oldest first."""
    for n in range(4):
        at = NOON + timedelta(minutes=n)
        kept.keep("p1", goal("g1", f"{n}"), expected=n, by=f"teacher:t{n}", at=at)
    said = [(c.version, c.entry, c.changed_at, c.changed_by) for c in kept.history("p1", "g1")]
    assert said == [
        (n + 1, goal("g1", f"{n}"), NOON + timedelta(minutes=n), f"teacher:t{n}") for n in range(4)
    ]


def test_new_entries_go_to_the_end_of_their_kind(kept: ClassStore) -> None:
    """Saving again leaves an entry where it stands; a new one comes last, kind by kind."""
    save(kept, goal("z"), Cue(entry_id="c", step="hello"), goal("a"))
    kept.keep("p1", goal("z", "changed"), expected=1, by="student", at=NOON)
    assert ids(kept.entries("p1")) == ["z", "a", "c"]


@pytest.mark.parametrize(
    ("order", "after"),
    [
        (["g3", "g1", "g2"], ["g3", "g1", "g2"]),
        (["g3"], ["g3", "g1", "g2"]),
        (["g2", "g2", "g1"], ["g2", "g1", "g3"]),
        ([], ["g1", "g2", "g3"]),
    ],
)
def test_goals_can_be_put_in_another_order(kept: ClassStore, order: list[str], after: list[str]) -> None:
    """Those named come first, the others follow in the order they had; versions stay."""
    save(kept, goal("g1"), goal("g2"), goal("g3"), Cue(entry_id="c", step="hello"))
    before = kept.revision("p1")
    kept.arrange("p1", "goal", order, by="student", at=NOON)
    assert ids(kept.entries("p1")) == [*after, "c"]
    assert {k.version for k in kept.entries("p1")} == {1}
    assert kept.revision("p1") == before + 1


def test_an_order_with_something_unknown_changes_nothing(kept: ClassStore) -> None:
    """An id of another kind or a removed one is not there, and the order stays."""
    save(kept, goal("g1"), goal("g2"), goal("gone"), Cue(entry_id="c", step="hello"))
    kept.remove("p1", "gone", expected=1, by="student", at=NOON)
    for order in (["g2", "c"], ["g2", "gone"], ["g2", "g9"]):
        with pytest.raises(NotFound):
            kept.arrange("p1", "goal", order, by="student", at=NOON)
    assert ids(kept.entries("p1")) == ["g1", "g2", "c"]
    with pytest.raises(NotFound, match=", ".join(KIND)):
        kept.arrange("p1", "goals", [], by="student", at=NOON)


def test_the_revision_goes_up_with_every_change_and_only_then(kept: ClassStore) -> None:
    """Live windows see each save, removal, new order and meta; reading changes nothing."""
    seen = [kept.revision("p1")]
    assert kept.last_change("p1") is None
    save(kept, goal("g1"))
    seen.append(kept.revision("p1"))
    kept.arrange("p1", "goal", ["g1"], by="teacher:ms-b", at=NOON)
    seen.append(kept.revision("p1"))
    kept.remove("p1", "g1", expected=1, by="student", at=NOON + timedelta(hours=1))
    seen.append(kept.revision("p1"))
    kept.keep_meta(meta(status="ready"))
    with pytest.raises(ChangedMeanwhile):
        save(kept, goal("g1"))
    kept.portfolio("p1")
    assert [*seen, kept.revision("p1")] == [1, 2, 3, 4, 5]
    last = kept.last_change("p1")
    assert last is not None
    assert (last.revision, last.changed_by, last.changed_at) == (4, "student", NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    "text",
    [
        "nul \0 bell \x07 c1 \x9f",
        "half \ud83d a letter \udfff",
        "e\u0301 \u00e9 \ufb01 \u2126",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦",
        "שלום \u202eabc\u202c \u200fمرحبا بالعالم",
        "a\r\nb\rc\n\td\u2028e",
        "'; DROP TABLE entries; -- %s {x} \\ \" <script>alert(1)</script>",
        "𝒻" * 200_000,
        "",
    ],
    ids=["controls", "surrogates", "marks", "emoji", "rtl", "lines", "code", "800-kB", "empty"],
)
def test_every_text_comes_back_as_the_model_cleaned_it(kept: ClassStore, text: str) -> None:
    """Whatever a record accepts is kept and comes back equal, in entries and history."""
    name = text[:1900]
    words = Passage(text=text, translations=(Translation(lang="uk", text=text, translator=name),))
    entry = Work(entry_id="w1", title=words, why=words, subject=name)
    kept.keep_student(Student(student_id="maya", name=name or "Maya"))
    made = kept.keep("p1", entry, expected=0, by=name, at=NOON)
    assert kept.entry("p1", "w1") == made
    assert made.entry == entry
    assert kept.history("p1", "w1")[0].entry == entry
    assert kept.portfolio("p1").work == (entry,)
    assert kept.student("maya") == Student(student_id="maya", name=name or "Maya")


# ------------------------------------------------------------------------------------- what was, and undone


def test_an_earlier_state_comes_back_as_a_new_version(kept: ClassStore) -> None:
    """Bringing back adds to history and says which version it brought back."""
    save(kept, goal("g1", "one"))
    kept.keep("p1", goal("g1", "two"), expected=1, by="student", at=NOON)
    kept.remove("p1", "g1", expected=2, by="student", at=NOON)
    back = kept.restore("p1", "g1", 1, expected=3, by="teacher:ms-b", at=NOON)
    assert back == kept.entry("p1", "g1")
    assert back is not None
    assert (back.entry, back.version, back.changed_by) == (goal("g1", "one"), 4, "teacher:ms-b")
    assert kept.restore("p1", "g1", 3, expected=4, by="student", at=NOON) is None
    kept.restore("p1", "g1", 2, expected=5, by="student", at=NOON)
    assert kept.restore("p1", "g1", 0, expected=6, by="student", at=NOON) is None
    said = [
        (c.version, c.entry and c.entry.entry_id, c.revision, c.restores) for c in kept.history("p1", "g1")
    ]
    assert said == [
        (1, "g1", 2, None), (2, "g1", 3, None), (3, None, 4, None),
        (4, "g1", 5, 1), (5, None, 6, 3), (6, "g1", 7, 2), (7, None, 8, 0),
    ]  # fmt: skip


def test_only_what_was_comes_back_and_only_over_what_is_there(kept: ClassStore) -> None:
    """A version that never was, a stale version, and gone over gone are refused; nothing is written."""
    save(kept, goal("g1"))
    for never in (-1, 2, 10**30):
        with pytest.raises(NotFound, match="has no version"):
            kept.restore("p1", "g1", never, expected=1, by="student", at=NOON)
    with pytest.raises(ChangedMeanwhile):
        kept.restore("p1", "g1", 1, expected=2, by="student", at=NOON)
    kept.remove("p1", "g1", expected=1, by="student", at=NOON)
    with pytest.raises(NotFound):
        kept.restore("p1", "g1", 2, expected=2, by="student", at=NOON)
    assert kept.revision("p1") == 3


def test_what_changed_since_a_revision_or_a_moment(kept: ClassStore) -> None:
    """Each entry once, then against now, in order; what is again as it was is left out."""
    save(kept, goal("g1", "one"), goal("g2"), goal("g3"), Cue(entry_id="c1", step="hello"))
    then = kept.revision("p1")
    later = NOON + timedelta(hours=1)
    for n in (1, 2):
        kept.keep("p1", goal("g1", f"more {n}"), expected=n, by="teacher:ms-b", at=later)
    kept.remove("p1", "g2", expected=1, by="student", at=later)
    kept.keep("p1", goal("g3", "x"), expected=1, by="student", at=later)
    kept.restore("p1", "g3", 1, expected=2, by="student", at=later)
    kept.keep("p1", goal("g4"), expected=0, by="student", at=later)
    kept.keep("p1", goal("g5"), expected=0, by="student", at=later)
    kept.remove("p1", "g5", expected=1, by="student", at=later)
    kept.arrange("p1", "goal", ["g4"], by="student", at=later)
    found = kept.changes_since("p1", then)
    assert found == kept.changes_since("p1", NOON)
    assert [(t.kind, t.entry_id, t.version, t.before, t.now, t.changed_by) for t in found] == [
        ("goal", "g4", 1, None, goal("g4"), "student"),
        ("goal", "g1", 3, goal("g1", "one"), goal("g1", "more 2"), "teacher:ms-b"),
        ("goal", "g2", 2, goal("g2"), None, "student"),
    ]
    assert {t.changed_at for t in found} == {later}
    assert kept.changes_since("p1", kept.revision("p1")) == ()
    assert kept.changes_since("p1", later.astimezone(timezone(timedelta(hours=5)))) == ()
    assert [t.entry_id for t in kept.changes_since("p1", 0)] == ["g4", "g1", "g3", "c1"]
    assert kept.changes_since("p1", 10**30) == ()


# ------------------------------------------------------------------------------------------------- together


def test_a_block_is_kept_whole(kept: ClassStore) -> None:
    """Everything in a block is there after it, and is seen inside of it."""
    with kept.together():
        kept.keep_student(Student(student_id="zoe", name="Zoë"))
        kept.keep_portfolio(a_book("p3", "zoe"), by="student", at=NOON)
        save(kept, goal("g1"))
        assert kept.entry("p1", "g1").version == 1
        assert kept.rounds("zoe") == (meta("p3", "zoe"),)
    assert kept.portfolio("p3") == a_book("p3", "zoe")
    assert kept.revision("p1") == 2


@contextlib.contextmanager
def undone(store: ClassStore) -> Iterator[None]:
    """A block that fails at its end."""
    with contextlib.suppress(ZeroDivisionError), store.together():
        yield
        raise ZeroDivisionError


def everything(store: ClassStore) -> object:
    """Return all that a store says of its class."""
    books = [m.portfolio_id for metas in store.all_rounds().values() for m in metas]
    return (
        store.school_class(),
        store.students(),
        store.all_rounds(),
        store.latest(),
        store.wholes(books),
        [(store.entries(b), store.revision(b), store.last_change(b), store.meta(b)) for b in books],
        [store.history(b, k.entry.entry_id) for b in books for k in store.entries(b)],
        [store.student_for_key(key * 64) for key in "ab"],
    )


def test_a_block_that_fails_leaves_nothing(kept: ClassStore) -> None:
    """An exception undoes people, portfolios, entries, order and keys of the block."""
    save(kept, goal("g1"), goal("g2"))
    kept.add_key("maya", "a" * 64)
    before = everything(kept)
    with undone(kept):
        kept.keep_class(CLASS.but(round="Spring 2027"))
        kept.keep_student(Student(student_id="zoe", name="Zoë"))
        kept.keep_student(Student(student_id="ben", name="Benno"))
        kept.keep_portfolio(a_book("p3", "zoe"), by="student", at=NOON)
        kept.keep_meta(meta(status="ready"))
        kept.keep("p1", goal("g1", "changed"), expected=1, by="student", at=NOON)
        kept.remove("p1", "g2", expected=1, by="student", at=NOON)
        kept.arrange("p1", "goal", ["g1"], by="student", at=NOON)
        kept.drop_keys("maya")
        kept.add_key("ben", "b" * 64)
    assert everything(kept) == before
    save(kept, goal("g3"))
    assert kept.entry("p1", "g3").version == 1


def test_a_block_inside_a_block_joins_it(kept: ClassStore) -> None:
    """An inner block that fails undoes only itself; an outer one that fails undoes both."""
    with kept.together():
        save(kept, goal("g1"))
        with undone(kept):
            save(kept, goal("g2"))
        with kept.together():
            save(kept, goal("g3"))
    assert ids(kept.entries("p1")) == ["g1", "g3"]
    with undone(kept), kept.together():
        save(kept, goal("g4"))
    assert ids(kept.entries("p1")) == ["g1", "g3"]
    assert kept.revision("p1") == 3


def test_a_refused_change_in_a_block_leaves_no_trace(kept: ClassStore) -> None:
    """A change that is refused and caught does not even raise the revision; the block goes on."""
    with kept.together():
        save(kept, goal("g1"))
        with pytest.raises(ChangedMeanwhile):
            save(kept, goal("g1", "again"))
        save(kept, goal("g2"))
    assert kept.revision("p1") == 3
    assert ids(kept.entries("p1")) == ["g1", "g2"]


def test_other_threads_see_a_block_when_it_has_ended(kept: ClassStore) -> None:
    """Another thread reads the old state meanwhile; its own changes wait and are no part of the block."""
    seen: list[Any] = []

    def look() -> None:
        seen.append(ids(kept.entries("p1")))

    def write() -> None:
        save(kept, goal("other"))

    writer = threading.Thread(target=write)
    with undone(kept):
        save(kept, goal("mine"))
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
        writer.start()
    writer.join()
    assert seen == [[]]
    assert ids(kept.entries("p1")) == ["other"]


# -------------------------------------------------------------------------------------- keys and pictures


def test_a_key_opens_one_students_book_until_it_is_dropped(kept: ClassStore) -> None:
    """A student may have several keys; dropping them leaves other students' keys alone."""
    one, two, three = (hashlib.sha256(key).hexdigest() for key in (b"1", b"2", b"3"))
    for key, owner in ((one, "maya"), (two, "maya"), (two, "maya"), (three, "ben")):
        kept.add_key(owner, key)
    assert [kept.student_for_key(key) for key in (one, two, three)] == ["maya", "maya", "ben"]
    kept.drop_keys("maya")
    assert [kept.student_for_key(key) for key in (one, two, three)] == [None, None, "ben"]


def test_a_key_has_one_owner_and_is_never_repeated(kept: ClassStore) -> None:
    """A fingerprint of another student is refused; what is no fingerprint may be the key: not repeated."""
    kept.add_key("maya", "a" * 64)
    with pytest.raises(InputRefused, match="another student"):
        kept.add_key("ben", "a" * 64)
    with pytest.raises(InputRefused) as caught:
        kept.add_key("maya", "k7wm-my-real-key")
    assert "k7wm" not in str(caught.value)
    assert kept.student_for_key("a" * 64) == "maya"


def test_a_picture_comes_back_byte_for_byte(kept: ClassStore) -> None:
    """Picture and small copy come back; another student's are not found."""
    data, thumb = webp(bytes(range(256)) * 9), webp(b"small")
    sha = hashlib.sha256(data).hexdigest()
    kept.keep_picture("maya", sha, data, thumb)
    kept.keep_picture("maya", sha, data, thumb)
    assert (kept.picture("maya", sha), kept.thumb("maya", sha)) == (data, thumb)
    for ask in (kept.picture, kept.thumb):
        with pytest.raises(NotFound, match=f"picture {sha[:12]} of “ben”"):
            ask("ben", sha)


def test_a_picture_must_be_what_its_name_says(kept: ClassStore) -> None:
    """A wrong digest, cut-off bytes and other files are refused."""
    data, thumb = webp(b"content"), webp(b"small")
    sha = hashlib.sha256(data).hexdigest()
    cut = data[:-1]
    for bad in (
        ("b" * 64, data, thumb),
        ("../../evil", data, thumb),
        (hashlib.sha256(cut).hexdigest(), cut, thumb),
        (sha, data, thumb[:-1]),
        (sha, data, b"<html>"),
    ):
        with pytest.raises(InputRefused):
            kept.keep_picture("maya", *bad)
    with pytest.raises(NotFound):
        kept.picture("maya", sha)


SOUND = b"a recording, as far as the store knows"
SOUND_SHA = hashlib.sha256(SOUND).hexdigest()


def test_a_recording_comes_back_byte_for_byte(kept: ClassStore) -> None:
    """A recording comes back under its digest and suffix; another student's or suffix is not found."""
    kept.keep_media("maya", SOUND_SHA, "mp3", SOUND)
    kept.keep_media("maya", SOUND_SHA, "mp3", SOUND)
    assert kept.media("maya", SOUND_SHA, "mp3") == SOUND
    with pytest.raises(NotFound, match=f"file {SOUND_SHA[:12]}"):
        kept.media("ben", SOUND_SHA, "mp3")
    for suffix in ("wav", "webp", "../mp3", ""):
        with pytest.raises(NotFound):
            kept.media("maya", SOUND_SHA, suffix)  # type: ignore[arg-type]  # from anywhere


def test_a_recording_must_be_what_its_name_says(kept: ClassStore) -> None:
    """A wrong digest and a suffix that is not on the list are refused."""
    for sha256, suffix in (("b" * 64, "mp3"), ("../x", "mp3"), (SOUND_SHA, "exe"), (SOUND_SHA, "webp")):
        with pytest.raises(InputRefused):
            kept.keep_media("maya", sha256, suffix, SOUND)  # type: ignore[arg-type]  # from anywhere
    assert kept.media_names("maya") == ()


def test_files_are_listed_and_dropped_by_name(kept: ClassStore) -> None:
    """The names are those of pictures, small copies and recordings; a dropped one is gone alone."""
    picture = webp(b"picture")
    sha = hashlib.sha256(picture).hexdigest()
    kept.keep_picture("maya", sha, picture, webp(b"small"))
    kept.keep_media("maya", SOUND_SHA, "ogg", SOUND)
    names = (f"{sha}.thumb.webp", f"{sha}.webp", f"{SOUND_SHA}.ogg")
    assert kept.media_names("maya") == tuple(sorted(names))
    assert kept.media_names("ben") == ()
    assert kept.media_size("maya") > 0 == kept.media_size("ben")
    kept.drop_media("maya", f"{SOUND_SHA}.ogg")
    assert kept.media_names("maya") == tuple(sorted(names[:2]))
    for name in (f"{SOUND_SHA}.ogg", "../maya.webp", "notes.txt"):
        with pytest.raises(NotFound):
            kept.drop_media("maya", name)
    assert kept.picture("maya", sha) == picture


def test_a_forgotten_student_is_gone_with_everything(kept: ClassStore) -> None:
    """Portfolios, entries, history, keys and files are counted and gone; the others keep theirs."""
    kept.keep_portfolio(a_book("p2", "ben"), by="student", at=NOON)
    save(kept, goal("g1"), goal("g2"))
    kept.keep("p1", goal("g1", "more"), expected=1, by="student", at=NOON)
    kept.remove("p1", "g2", expected=1, by="student", at=NOON)
    for owner, key in (("maya", "a"), ("ben", "b")):
        kept.add_key(owner, key * 64)
        kept.keep_media(owner, SOUND_SHA, "mp3", SOUND)
    assert kept.forget_student("maya") == Forgotten(portfolios=1, entries=2, history=4, keys=1, files=1)
    assert [s.student_id for s in kept.students()] == ["ben"]
    assert kept.student_for_key("a" * 64) is None
    for ask in (kept.student, kept.rounds, kept.media_names, kept.forget_student):
        with pytest.raises(NotFound):
            ask("maya")
    with pytest.raises(NotFound):
        kept.portfolio("p1")
    assert kept.portfolio("p2") == a_book()
    assert kept.student_for_key("b" * 64) == "ben"
    assert kept.media("ben", SOUND_SHA, "mp3") == SOUND
    kept.keep_student(Student(student_id="maya", name="Another Maya"))
    assert kept.rounds("maya") == ()
    assert kept.media_names("maya") == ()
    assert kept.sweep()


def test_nobody_is_forgotten_in_a_block(kept: ClassStore) -> None:
    """Deleted files cannot come back, so forgetting is refused where things can be undone."""
    with pytest.raises(RuntimeError, match="outside of together"), kept.together():
        kept.forget_student("maya")
    assert kept.student("maya").name == "Maya"


def test_threads_of_one_program_lose_nothing(kept: ClassStore) -> None:
    """Four threads add goals at once, and a fifth entry is fought over: all changes are there."""
    save(kept, goal("shared", ""))
    trouble: list[StorageTrouble] = []

    def work(name: str) -> None:
        for n in range(5):
            save(kept, goal(f"{name}-{n}"))
            while True:
                there = kept.entry("p1", "shared")
                assert isinstance(there.entry, Goal)
                more = goal("shared", f"{there.entry.goal.text} {name}{n}")
                try:
                    kept.keep("p1", more, expected=there.version, by=name, at=NOON)
                    break
                except ChangedMeanwhile:
                    continue
                except StorageTrouble as error:
                    trouble.append(error)
                    return

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    shared = kept.entry("p1", "shared")
    assert isinstance(shared.entry, Goal)
    assert sorted(shared.entry.goal.text.split()) == sorted(f"{name}{n}" for name in "abcd" for n in range(5))
    assert len(kept.entries("p1")) == 21
    assert kept.revision("p1") == 1 + 1 + 20 + 20
