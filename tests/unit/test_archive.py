"""Archives: readable without us, equal when they come back, all or nothing."""

# long: one archive made once, then read, broken and taken in in every way
from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portfolio import files
from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.media import clean_picture
from portfolio.media.sound import clean_sound
from portfolio.model import (
    SCHEMA_VERSION,
    Answer,
    Beside,
    Cue,
    Goal,
    Passage,
    Picture,
    Portfolio,
    PortfolioMeta,
    Reply,
    ReplyLine,
    Sound,
    Strength,
    Student,
    Work,
)
from portfolio.moments.archive_in import take_in
from portfolio.moments.archiving import archive_class
from portfolio.store.archive import is_archive_part, round_folder
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.testing import NOON, small_class, small_student
from portfolio.words import speak
from tests.sounds import plain_mp3

AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SAY = speak("en")


def clean(color: str) -> Any:
    """Return a clean picture of one color."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(buffer, "PNG")
    return clean_picture(buffer.getvalue())


BOAT = clean("red")


def small_portfolio(**shelves: Any) -> Portfolio:
    """Return a portfolio with something of several kinds and no pictures."""
    meta = PortfolioMeta(
        portfolio_id="ines.fall-2026",
        student_id="ines",
        round="Fall 2026",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="3-5",
    )
    parts: dict[str, Any] = {
        "strengths": (Strength(entry_id="strength-1", what=Passage(text="drawing maps")),),
        "goals": (Goal(entry_id="goal-1", goal=Passage(text="I will read aloud.")),),
        "cues": (Cue(entry_id="cue-1", step="welcome", words=Passage(text="Breathe first.")),),
        "replies": (
            Reply(
                entry_id="reply-1",
                household_id="mama",
                lines=(ReplyLine(words=Passage(text="Te quiero.", lang="es")),),
            ),
        ),
    }
    return Portfolio(meta=meta, **(parts | shelves))


def empty_class(path: Path) -> ClassFolder:
    """Make a class with nobody in it."""
    template = files.class_templates() / "3-5.yaml"
    return create_class(path, template, small_class(), randomness=lambda n: b"s" * n)


def fill(folder: ClassFolder, student: Student, *portfolios: Portfolio) -> None:
    """Put a child with portfolios and one picture into a class."""
    store = folder.store()
    store.keep_student(student)
    store.keep_picture(student.student_id, BOAT.sha256, BOAT.data, BOAT.thumb)
    for portfolio in portfolios:
        store.keep_portfolio(portfolio, by="student", at=NOON)
    store.close()


def with_picture(**more: Any) -> Portfolio:
    """Return a portfolio that shows the picture."""
    picture = Picture(sha256=BOAT.sha256, width=40, height=30, alt=Passage(text="a red boat"))
    answer = Answer(entry_id="a1", section="welcome", prompt="today", pictures=(picture,))
    return small_portfolio(answers=(answer,), **more)


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with one child."""
    made = empty_class(tmp_path / "class-4b")
    fill(made, small_student(), with_picture())
    return made


@pytest.fixture
def archived(folder: ClassFolder) -> Path:
    """An archive of it."""
    return archive_class(folder, made_at=AT, say=SAY).path


def contents(path: Path) -> dict[str, bytes]:
    """Return everything in a zip."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def everything(folder: ClassFolder) -> dict[str, Any]:
    """Return students, portfolios and media of a class, to be compared."""
    store = folder.store()
    students = store.students()
    found: dict[str, Any] = {"students": students}
    for student in students:
        for meta in store.rounds(student.student_id):
            found[meta.portfolio_id] = store.portfolio(meta.portfolio_id)
        found[f"media of {student.student_id}"] = {
            name: (folder.media / student.student_id / name).read_bytes()
            for name in store.media_names(student.student_id)
            if ".thumb." not in name  # small copies are made anew
        }
    store.close()
    return found


def test_an_archive_can_be_read_without_us(archived: Path) -> None:
    """A zip program, a browser and a text editor are enough: README, a page, all words, plain JSON, pictures."""
    found = contents(archived)
    here = "students/ines/ines.fall-2026"
    assert b"no special program" in found["README.txt"]
    assert found[f"{here}/portfolio.json"].decode() == with_picture().model_dump_json(indent=2)
    assert json.loads(found[f"{here}/portfolio.json"])["meta"]["schema_version"] == SCHEMA_VERSION
    assert found[f"{here}/book.html"].startswith(b"<!doctype html>")
    words = found[f"{here}/everything.txt"].decode()
    assert "I will read aloud." in words and "Breathe first." in words and "Te quiero." in words
    with Image.open(io.BytesIO(found[f"students/ines/media/{BOAT.sha256}.webp"])) as picture:
        assert picture.size == (40, 30)
    told = json.loads(found.pop("manifest.json"))["files"]
    assert told == {
        n: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for n, data in found.items()
    }


def test_the_page_shows_what_a_family_may_see(archived: Path) -> None:
    """Cue lines and letters of a household are in the words for the school and not in the page."""
    page = contents(archived)["students/ines/ines.fall-2026/book.html"].decode()
    assert "I will read aloud." in page
    assert "Breathe first." not in page and "Te quiero." not in page


def test_the_readme_speaks_the_language_of_whoever_makes_it(folder: ClassFolder, tmp_path: Path) -> None:
    """Beside English, README.txt has the text in the language asked for."""
    made = archive_class(folder, tmp_path / "a.zip", made_at=AT, say=speak("ar"))
    text = contents(made.path)["README.txt"].decode()
    assert text.count("book.html") == 2


def test_history_comes_only_when_asked_for(folder: ClassFolder, archived: Path, tmp_path: Path) -> None:
    """Earlier states of entries are in an archive only with the option, one line of JSON each."""
    assert not [name for name in contents(archived) if name.endswith("history.jsonl")]
    store = folder.store()
    store.keep("ines.fall-2026", Goal(entry_id="goal-1"), expected=1, by="student", at=AT)
    store.close()
    made = archive_class(folder, tmp_path / "h.zip", made_at=AT, say=SAY, history=True)
    lines = contents(made.path)["students/ines/ines.fall-2026/history.jsonl"].decode().splitlines()
    goals = [line for line in map(json.loads, lines) if line["entry"]["entry_id"] == "goal-1"]
    assert [line["version"] for line in goals] == [1, 2]


def test_only_the_named_child_is_in_it(folder: ClassFolder) -> None:
    """An archive of one child holds no word of another and says in its name whose it is."""
    leo = PortfolioMeta.model_validate(
        {**small_portfolio().meta.model_dump(), "portfolio_id": "leo.fall", "student_id": "leo"}
    )
    goal = Goal(entry_id="g", goal=Passage(text="LEOS-MARKER"))
    fill(folder, Student(student_id="leo", name="Leo"), Portfolio(meta=leo, goals=(goal,)))
    made = archive_class(folder, made_at=AT, say=SAY, students=["ines"], history=True)
    assert made.path.name == "class-4b.ines.2026-11-22T1015.archive.zip"
    found = contents(made.path)
    assert not [n for n, data in found.items() if "leo" in n or b"LEOS-MARKER" in data or b"leo.fall" in data]


def test_a_missing_picture_is_said_and_the_rest_is_there(folder: ClassFolder, tmp_path: Path) -> None:
    """A damaged picture is left out and named; the words of the child are archived all the same."""
    (folder.media / "ines" / f"{BOAT.sha256}.webp").write_bytes(b"broken")
    made = archive_class(folder, tmp_path / "a.zip", made_at=AT, say=SAY)
    assert {student for student, _ in made.left_out} == {"ines"}
    assert "students/ines/ines.fall-2026/everything.txt" in contents(made.path)


def test_a_removed_picture_is_not_in_it(folder: ClassFolder, tmp_path: Path) -> None:
    """A picture that no entry shows any more stays out of the archive; before that it was in it."""
    before = archive_class(folder, tmp_path / "before.zip", made_at=AT, say=SAY)
    assert [name for name in contents(before.path) if "/media/" in name]
    store = folder.store()
    store.remove("ines.fall-2026", "a1", expected=1, by="student", at=AT)
    store.close()
    made = archive_class(folder, tmp_path / "a.zip", made_at=AT, say=SAY)
    assert not [name for name in contents(made.path) if "/media/" in name]


def test_out_and_in_again_gives_the_same(folder: ClassFolder, archived: Path, tmp_path: Path) -> None:
    """A child comes into an empty class with equal record, portfolios and pictures; small copies are made anew."""
    other = empty_class(tmp_path / "other")
    (taken,) = take_in(other, archived, at=AT)
    assert taken.portfolios == ("ines.fall-2026",) and taken.missing == ()
    assert everything(other) == everything(folder)
    assert (other.media / "ines" / f"{BOAT.sha256}.thumb.webp").is_file()


def test_what_stands_beside_words_goes_out_and_in(tmp_path: Path) -> None:
    """A drawing and a recording beside words are archived, said in the words, shown, and come in under any id."""
    made = clean_sound(plain_mp3(1.0))
    sound = Sound(
        sha256=made.sha256, suffix="mp3", seconds=made.seconds, size=len(made.data),
        transcript=Passage(text="I sing."),
    )  # fmt: skip
    picture = Picture(sha256=BOAT.sha256, width=40, height=30, alt=Passage(text="a red boat"))
    beside = Beside(field="what", pictures=(picture,), media=(sound,))
    folder = empty_class(tmp_path / "class")
    fill(folder, small_student(), small_portfolio(strengths=(Strength(entry_id="s", besides=(beside,)),)))
    store = folder.store()
    store.keep_media("ines", made.sha256, "mp3", made.data)
    store.close()
    path = archive_class(folder, made_at=AT, say=SAY).path
    found = contents(path)
    assert {
        f"students/ines/media/{BOAT.sha256}.webp",
        f"students/ines/media/{made.sha256}.mp3",
    } <= set(found)
    words = found["students/ines/ines.fall-2026/everything.txt"].decode()
    assert "I sing." in words and "a red boat" in words
    assert found["students/ines/ines.fall-2026/book.html"].count(b"I sing.") > 0
    other = empty_class(tmp_path / "other")
    take_in(other, path, at=AT)
    assert everything(other) == everything(folder)
    (taken,) = take_in(other, path, at=AT, students=["ines"], as_id="ines-2")
    assert taken.missing == ()
    store = other.store()
    assert store.portfolio("ines-2.fall-2026").strengths[0].besides == (beside,)
    assert store.media("ines-2", made.sha256, "mp3") == made.data
    store.close()


def test_taking_in_twice_changes_nothing(folder: ClassFolder, archived: Path) -> None:
    """Who is here already and is the same stays as it is."""
    before = everything(folder)
    (taken,) = take_in(folder, archived, at=AT)
    assert (taken.portfolios, taken.already) == ((), ("ines.fall-2026",))
    assert everything(folder) == before


def test_a_new_round_joins_the_child_that_is_there(
    folder: ClassFolder, archived: Path, tmp_path: Path
) -> None:
    """A child that is the same in the class gets the portfolios it does not have yet."""
    other = empty_class(tmp_path / "other")
    meta = small_portfolio().meta.but(
        portfolio_id="ines.spring", round="Spring 2026", started_on=date(2026, 2, 1)
    )
    fill(other, small_student(), Portfolio(meta=meta))
    take_in(other, archived, at=AT)
    store = other.store()
    assert [m.portfolio_id for m in store.rounds("ines")] == ["ines.spring", "ines.fall-2026"]
    store.close()


def test_somebody_else_with_that_id_is_never_replaced(archived: Path, tmp_path: Path) -> None:
    """Another child of the same id, or other words in the same portfolio, are refused; a new id helps."""
    other = empty_class(tmp_path / "other")
    fill(other, Student(student_id="ines", name="Another Ines"))
    before = everything(other)
    with pytest.raises(InputRefused, match="--as"):
        take_in(other, archived, at=AT)
    assert everything(other) == before
    (taken,) = take_in(other, archived, at=AT, students=["ines"], as_id="ines-2")
    assert taken.portfolios == ("ines-2.fall-2026",)
    store = other.store()
    assert store.portfolio("ines-2.fall-2026").goals == with_picture().goals
    assert store.picture("ines-2", BOAT.sha256) == BOAT.data
    store.close()


def test_other_words_in_the_same_portfolio_are_refused(folder: ClassFolder, archived: Path) -> None:
    """A portfolio that was changed since it was archived stays as it is now."""
    store = folder.store()
    store.keep("ines.fall-2026", Goal(entry_id="goal-9"), expected=0, by="student", at=AT)
    store.close()
    before = everything(folder)
    with pytest.raises(InputRefused, match="differs"):
        take_in(folder, archived, at=AT)
    assert everything(folder) == before


def test_all_or_nothing(folder: ClassFolder, tmp_path: Path) -> None:
    """If the second child does not fit, the first is not taken in either, and no file of it stays."""
    meta = small_portfolio().meta.but(portfolio_id="zoe.fall", student_id="zoe")
    fill(folder, Student(student_id="zoe", name="Zoe"), Portfolio(meta=meta))
    path = archive_class(folder, made_at=AT, say=SAY).path
    other = empty_class(tmp_path / "other")
    squatter = small_portfolio().meta.but(portfolio_id="zoe.fall", student_id="leo")
    fill(other, Student(student_id="leo", name="Leo"), Portfolio(meta=squatter))
    before = everything(other)
    with pytest.raises(InputRefused, match="does not fit"):
        take_in(other, path, at=AT)
    assert everything(other) == before
    assert not list((other.media / "ines").glob("*"))


def test_an_unknown_child_is_named(folder: ClassFolder, archived: Path) -> None:
    """Asking for a child that is not in the archive says who is."""
    with pytest.raises(NotFound, match="ines"):
        take_in(folder, archived, at=AT, students=["nobody"])
    with pytest.raises(InputRefused, match="for one child"):
        take_in(folder, archived, at=AT, students=["ines", "leo"], as_id="x")


@pytest.mark.parametrize("bad", ["../x", "Ines", "", "con", "a" * 65, "x\ny"])
def test_a_bad_new_id_is_refused(folder: ClassFolder, archived: Path, bad: str) -> None:
    """An id that cannot be one is refused with a sentence."""
    with pytest.raises(InputRefused):
        take_in(folder, archived, at=AT, students=["ines"], as_id=bad)


def changed(path: Path, name: str, data: bytes) -> Path:
    """Pack an archive again with one file changed and a manifest that fits."""
    found = {**contents(path), name: data}
    told = json.loads(found["manifest.json"])
    told["files"] = {
        n: {"size": len(d), "sha256": hashlib.sha256(d).hexdigest()}
        for n, d in found.items()
        if n != "manifest.json"
    }
    found["manifest.json"] = json.dumps(told).encode()
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for n, d in found.items():
            new.writestr(n, d)
    return made


BOOK = "students/ines/ines.fall-2026/portfolio.json"
GOOD = small_portfolio().model_dump_json()
HOSTILE = (
    b"", b"[]", b"null", b"{}", b"\xff", b"{" * 100_000, b"[" * 100_000 + b"]" * 100_000,
    GOOD.replace('"goals"', '"goals": [], "goals"').encode(), GOOD.replace('"goals":[', '"goals":[NaN,').encode(),
    GOOD.replace('"meta":{', '"extra":1,"meta":{').encode(), GOOD.replace('"kind":"goal"', '"kind":"spell"').encode(),
    GOOD.replace('"student_id":"ines"', '"student_id":"leo"').encode(),
    GOOD.replace('"goal-1"', '"../goal"').encode(), GOOD.replace('"schema_version":8', '"schema_version":"2"').encode(),
    GOOD.replace('"schema_version":8', '"schema_version":0').encode(), GOOD.replace('"schema_version":8', '"x":2').encode(),
    GOOD.replace('"I will read aloud."', '"' + "a" * 200_001 + '"').encode(),
    GOOD.replace('"template_version":1', '"template_version":' + "9" * 5000).encode(),
    GOOD.replace('"goal-1"', '"strength-1"').encode(), GOOD.replace('"2026-09-01"', '"2026-99-01"').encode(),
)  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_strange_portfolio_is_refused(archived: Path, tmp_path: Path, data: bytes) -> None:
    """Whatever stands in place of a portfolio, the answer is a sentence and the class stays empty."""
    other = empty_class(tmp_path / "other")
    with pytest.raises((InputRefused, StorageTrouble)):
        take_in(other, changed(archived, BOOK, data), at=AT)
    assert everything(other) == {"students": ()}
    assert not list(other.media.rglob("*.webp"))


def test_a_newer_portfolio_is_refused_kindly(archived: Path, tmp_path: Path) -> None:
    """A portfolio of a newer version says so, and what to do."""
    data = GOOD.replace('"schema_version":8', '"schema_version":99').encode()
    with pytest.raises(StorageTrouble, match="newer version"):
        take_in(empty_class(tmp_path / "other"), changed(archived, BOOK, data), at=AT)


def test_a_portfolio_of_version_1_is_brought_up(archived: Path, tmp_path: Path) -> None:
    """A portfolio written by version 1 of the documents comes in as today's."""
    document = json.loads(GOOD)
    document["meta"]["schema_version"] = 1
    del document["concerns"], document["meta"]["delete_by"]
    other = empty_class(tmp_path / "other")
    take_in(other, changed(archived, BOOK, json.dumps(document).encode()), at=AT)
    store = other.store()
    assert store.portfolio("ines.fall-2026") == small_portfolio()
    store.close()


def camera_picture() -> bytes:
    """Return a WebP with EXIF in it, as a phone would make."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "somewhere"
    Image.new("RGB", (40, 30), "blue").save(buffer, "WEBP", exif=exif)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data", [b"RIFF\4\0\0\0WEBP", b"<html>", camera_picture()], ids=["hollow", "page", "exif"]
)
def test_a_picture_that_is_not_clean_is_refused(archived: Path, tmp_path: Path, data: bytes) -> None:
    """What is not one of our own clean pictures does not come in, however well it is named."""
    sha = hashlib.sha256(data).hexdigest()
    book = with_picture().model_dump_json().replace(BOAT.sha256, sha).encode()
    made = changed(changed(archived, BOOK, book), f"students/ines/media/{sha}.webp", data)
    other = empty_class(tmp_path / "other")
    with pytest.raises(InputRefused):
        take_in(other, made, at=AT)
    assert everything(other) == {"students": ()}
    assert not list(other.media.rglob("*.webp"))


def test_a_recording_that_is_something_else_is_refused(archived: Path, tmp_path: Path) -> None:
    """A program or a page with the name of a recording does not come in."""
    data = b"MZ" + bytes(100)
    sha = hashlib.sha256(data).hexdigest()
    book = with_picture().model_dump_json().replace(BOAT.sha256, sha).encode()
    made = changed(changed(archived, BOOK, book), f"students/ines/media/{sha}.mp3", data)
    with pytest.raises(InputRefused, match="not what its name says"):
        take_in(empty_class(tmp_path / "other"), made, at=AT)


def test_a_picture_with_other_bytes_than_its_name_is_refused(archived: Path, tmp_path: Path) -> None:
    """A picture whose digest is not its name is refused, also if the list of contents fits."""
    made = changed(archived, f"students/ines/media/{BOAT.sha256}.webp", clean("green").data)
    with pytest.raises(InputRefused, match="damaged"):
        take_in(empty_class(tmp_path / "other"), made, at=AT)


@pytest.mark.parametrize(
    "name",
    [
        "../x", "students/../x", "students/ines/../x", "students/con/student.json", "students/ines/media/x.webp",
        f"students/ines/media/{'0' * 64}.thumb.webp", "students/ines/con/portfolio.json", "students/INES/student.json",
        "students/ines/media/portfolio.json", "students/leo/x/portfolio.json", "x.html", "students/ines/x/run.exe",
    ],
)  # fmt: skip
def test_a_file_that_does_not_belong_is_refused(archived: Path, tmp_path: Path, name: str) -> None:
    """An archive with a file we never put in, or a child without its record, is refused as a whole."""
    with pytest.raises(InputRefused):
        take_in(empty_class(tmp_path / "other"), changed(archived, name, b"{}"), at=AT)


def test_a_backup_is_not_an_archive(folder: ClassFolder, tmp_path: Path) -> None:
    """The two kinds of file cannot be mixed up."""
    from portfolio.moments.keeping import back_up, restore

    saved = back_up(folder, made_at=AT).path
    with pytest.raises(InputRefused, match=r"is a backup.*portfolio restore"):
        take_in(folder, saved, at=AT)
    made = archive_class(folder, made_at=AT, say=SAY).path
    with pytest.raises(InputRefused, match=r"is an archive.*portfolio archive-in"):
        restore(made, tmp_path / "new")


@given(st.lists(st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,63}", fullmatch=True), unique=True, max_size=6))
def test_every_portfolio_has_a_folder_of_its_own(ids: list[str]) -> None:
    """Whatever portfolios are called, their folders differ, also from the names beside them, on every system."""
    folders: list[str] = []
    for portfolio_id in [*ids, "con", "media", "student.json", "round-con", "round-con."]:
        folders.append(round_folder(portfolio_id, folders))
        assert is_archive_part(f"students/ines/{folders[-1]}/portfolio.json")
    assert len(set(folders)) == len(folders)


LONGEST = "ab 🙂\n" * 40_000
WORDS = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(min_codepoint=0x590, max_codepoint=0x6FF), max_size=40),
    st.sampled_from(
        ["\ud800", "a\0b", "\r\n", "👩‍👩‍👧", "</script>", "{x}", "\u202e", "ﬁ", "e\u0301", '"', "\\", "\x7f"]
    ),
    st.just("LONG"),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place for many small classes."""
    return (yield tmp_path_factory.mktemp("bench"))


@pytest.mark.more
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=WORDS, one=WORDS, two=WORDS, order=st.permutations(["b", "a", "c"]))
def test_any_words_come_back_as_they_were(
    bench: Path, name: str, one: str, two: str, order: list[str]
) -> None:
    """Out and in again gives equal portfolios whatever was written, in the order it had."""
    one, two = (LONGEST if words == "LONG" else words for words in (one, two))
    place = bench / str(len(list(bench.iterdir())))
    place.mkdir()
    folder, other = empty_class(place / "a"), empty_class(place / "b")
    work = tuple(Work(entry_id=i, title=Passage(text=one), why=Passage(text=two, lang="ar")) for i in order)
    portfolio = with_picture(work=work, goals=(Goal(entry_id="g", goal=Passage(text=two)),))
    fill(folder, small_student().but(name=name), portfolio)
    path = archive_class(folder, place / "a.zip", made_at=AT, say=SAY, pages=False).path
    take_in(other, path, at=AT)
    assert everything(other) == everything(folder)
