"""What every store promises; each store must pass the whole suite."""

# long: one suite on purpose, so that a new store is held to all of it by adding one line
from __future__ import annotations

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
from portfolio.store import ClassStore, FakeStore, Kept, what_is_there
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
