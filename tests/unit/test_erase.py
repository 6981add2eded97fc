"""Erasing a child: nothing of it in any byte of the class, nothing of anybody else gone, and what is left is said."""

# long: one class of three children, looked through and erased in every way
from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio import files
from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import (
    Beside,
    Goal,
    Household,
    Passage,
    Picture,
    Portfolio,
    PortfolioMeta,
    Sound,
    Student,
    Work,
)
from portfolio.moments import erasing
from portfolio.moments.erasing_words import due_lines, erased_data, erased_lines, plan_lines
from portfolio.moments.keeping import back_up
from portfolio.moments.send_home import send_home
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.testing import NOON, small_class
from portfolio.words import speak

AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SAY = speak("en")
MARK = "XYZZYMARK"


def webp(content: bytes) -> bytes:
    """Return a file with the wrapping of a WebP picture around any bytes."""
    return b"RIFF" + (len(content) + 4).to_bytes(4, "little") + b"WEBP" + content


def keep(folder: ClassFolder, student: Student, text: str) -> str:
    """Put a child into a class, with a portfolio, an earlier state, a picture and a key; return the digest."""
    store = folder.store()
    store.keep_student(student)
    i = student.student_id
    data = webp(f"picture of {text}".encode())
    sha = hashlib.sha256(data).hexdigest()
    store.keep_picture(i, sha, data, webp(text.encode()))
    meta = PortfolioMeta(
        portfolio_id=f"{i}.fall",
        student_id=i,
        round="Fall 2026",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="3-5",
    )
    picture = Picture(sha256=sha, width=3, height=3)
    work = Work(entry_id="w", title=Passage(text=f"{text} and a long title"), pictures=(picture,))
    store.keep_portfolio(Portfolio(meta=meta, work=(work,)), by="student", at=NOON)
    pid = meta.portfolio_id
    store.keep(
        pid, Goal(entry_id="g", goal=Passage(text=f"{text} said at first")), expected=0, by="student", at=NOON
    )
    store.keep(
        pid, Goal(entry_id="g", goal=Passage(text=f"{text} said later")), expected=1, by="student", at=NOON
    )
    store.keep(
        pid, Goal(entry_id="r", goal=Passage(text=f"{text} was removed")), expected=0, by="student", at=NOON
    )
    store.remove(pid, "r", expected=1, by="student", at=NOON)
    store.add_key(i, hashlib.sha256(i.encode()).hexdigest())
    store.close()
    return sha


def child(student_id: str, name: str) -> Student:
    """Return a child with one home."""
    return Student(student_id=student_id, name=name, households=(Household(household_id="home", label=""),))


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with three children, whose ids begin alike."""
    template = files.class_templates() / "3-5.yaml"
    made = create_class(tmp_path / "class", template, small_class(), randomness=lambda n: b"s" * n)
    keep(made, child("anouk", f"Anouk {MARK}"), MARK)
    keep(made, child("anouk-marie", "Marie"), "Marie was here")
    keep(made, child("leo", "Leo"), "Leo was here")
    for student_id in ("anouk", "anouk-marie"):
        (made.home / f"{student_id}-home.html").write_text(f"{student_id} page")
        (made.home / f"{student_id}-old-home.html").write_text(f"{student_id} page")
        (made.hidden / "uploads" / student_id).mkdir(parents=True)
        (made.hidden / "uploads" / student_id / "a.part").write_text(f"{student_id} upload")
    made.charts.mkdir()
    (made.charts / "x.json").write_text(MARK)
    (made.hidden / "serve.log").write_text(f"GET /k/anouk {MARK}")
    (made.path / "links.txt").write_text(f"anouk\tkey-a\tAnouk {MARK}\nanouk-marie\tkey-m\tMarie\n")
    (made.home / ".saving-1-1.tmp").write_text(MARK)
    return made


def names_with(folder: ClassFolder, *markers: str) -> list[str]:
    """Return every file of the class that has a marker in its name or its bytes, as UTF-8 or UTF-16."""
    found = []
    for path in sorted(p for p in folder.path.rglob("*") if p.is_file()):
        data = path.read_bytes() + path.name.encode()
        if any(m.encode() in data or m.encode("utf-16-le") in data for m in markers):
            found.append(path.name)
    return found


def test_no_byte_of_the_child_is_left(folder: ClassFolder) -> None:
    """After an erasure no file of the class holds what the child said, now or earlier, its name, key or pictures."""
    sha = hashlib.sha256(webp(f"picture of {MARK}".encode())).hexdigest()
    assert len(names_with(folder, MARK, sha)) > 5
    erased = erasing.erase(folder, "anouk")
    assert names_with(folder, MARK, sha, "key-a") == []
    assert erased.swept and erased.traces == ()
    assert (erased.plan.portfolios, erased.plan.entries, erased.plan.media) == (1, 2, 2)
    assert "none tells of the child" in "\n".join(erased_lines(erased, SAY))


def test_what_stands_beside_words_is_erased_and_counted(folder: ClassFolder) -> None:
    """A drawing and a recording beside words go with the child; in another child's folder they stay."""
    drawn, heard = webp(f"drawing {MARK}".encode()), f"a recording {MARK}".encode()
    picture = Picture(sha256=hashlib.sha256(drawn).hexdigest(), width=3, height=3)
    sound = Sound(sha256=hashlib.sha256(heard).hexdigest(), suffix="mp3", seconds=1, size=len(heard))
    spoken = Goal(entry_id="b", besides=(Beside(field="goal", pictures=(picture,), media=(sound,)),))
    store = folder.store()
    for name in ("anouk", "leo"):
        store.keep_picture(name, picture.sha256, drawn, webp(MARK.encode()))
        store.keep_media(name, sound.sha256, "mp3", heard)
        store.keep(f"{name}.fall", spoken, expected=0, by="student", at=NOON)
    store.close()
    erased = erasing.erase(folder, "anouk")
    assert (erased.plan.entries, erased.plan.media) == (3, 5)
    assert not list((folder.media / "anouk").glob("*"))
    store = folder.store()
    assert store.media("leo", sound.sha256, "mp3") == heard
    assert store.picture("leo", picture.sha256) == drawn
    store.close()


def test_everybody_else_stays(folder: ClassFolder) -> None:
    """Another child keeps words, pictures, keys and files for home, also one whose id begins alike."""
    store = folder.store()
    before = (store.portfolio("anouk-marie.fall"), store.history("leo.fall", "g"))
    store.close()
    erasing.erase(folder, "anouk")
    store = folder.store()
    assert [s.student_id for s in store.students()] == ["anouk-marie", "leo"]
    assert (store.portfolio("anouk-marie.fall"), store.history("leo.fall", "g")) == before
    assert store.student_for_key(hashlib.sha256(b"leo").hexdigest()) == "leo"
    assert len(store.media_names("leo")) == 2
    store.close()
    assert sorted(p.name for p in folder.home.iterdir()) == [
        "anouk-marie-home.html",
        "anouk-marie-old-home.html",
    ]
    assert (folder.path / "links.txt").read_text() == "anouk-marie\tkey-m\tMarie\n"
    assert (folder.hidden / "uploads" / "anouk-marie" / "a.part").is_file()


def test_the_class_goes_on(folder: ClassFolder) -> None:
    """Files for home can be made for the others after an erasure."""
    keep_pictures_out = folder.store()
    keep_pictures_out.remove("leo.fall", "w", expected=1, by="student", at=AT)
    keep_pictures_out.close()
    erasing.erase(folder, "anouk")
    (sent,) = send_home(folder, students=["leo"])
    assert sent.trouble is None


def test_what_will_go_is_said_first(folder: ClassFolder) -> None:
    """Looking counts what would go, and nothing goes."""
    before = names_with(folder, MARK)
    plan = erasing.look(folder, "anouk")
    text = "\n".join(plan_lines(plan, SAY))
    assert f"Anouk {MARK} (anouk)" in text and "home/anouk-old-home.html" in text and "1 portfolio" in text
    assert names_with(folder, MARK) == before


def test_copies_stay_and_are_named_unless_they_shall_go(folder: ClassFolder) -> None:
    """A copy of the database in the class is reported, and goes only if somebody says so."""
    copy = folder.path / "class.sqlite.before-2"
    shutil.copy(folder.database, copy)
    (erasing_trace,) = erasing.erase(folder, "anouk").traces
    assert (erasing_trace.file, erasing_trace.where) == (copy.name, "copy")
    keep(folder, child("anouk", f"Anouk {MARK}"), MARK)
    assert erasing.erase(folder, "anouk", copies_too=True).traces == ()
    assert not copy.exists() and names_with(folder, MARK) == []


def test_backups_beside_the_class_are_named_and_never_deleted(folder: ClassFolder) -> None:
    """A backup beside the class folder is reported; nothing outside the class is deleted."""
    saved = back_up(folder, made_at=AT).path
    erased = erasing.erase(folder, "anouk", copies_too=True)
    assert saved.is_file() and erased.plan.beside == (saved,)
    assert saved.name in "\n".join(erased_lines(erased, SAY))


def test_another_childs_words_are_reported_and_stay(folder: ClassFolder) -> None:
    """Where another child wrote the name, the report says whose portfolio it is, and the words stay."""
    store = folder.store()
    friend = Goal(entry_id="f", goal=Passage(text="I play with Anouk."))
    store.keep("leo.fall", friend, expected=0, by="student", at=AT)
    store.close()
    (trace,) = erasing.erase(folder, "anouk").traces
    assert (trace.file, trace.where, trace.whose) == ("class.sqlite", "database", ("Leo",))
    store = folder.store()
    assert store.entry("leo.fall", "f").entry == friend
    store.close()


def test_a_packed_file_is_named(folder: ClassFolder) -> None:
    """A zip in the class folder, into which the search cannot look, is reported."""
    with zipfile.ZipFile(folder.home / "all.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x", MARK)
    (trace,) = erasing.erase(folder, "anouk").traces
    assert (trace.file, trace.where) == ("home/all.zip", "packed")


@pytest.mark.parametrize(
    "written",
    [f"about {MARK}.", "ask anouk", "Anouk&#x27;s", "\\u0041nouk and anouk.fall", f"{MARK} said later"],
)
def test_a_file_that_mentions_the_child_is_named(folder: ClassFolder, written: str) -> None:
    """The template, a notebook or any other file that mentions the child is reported, not changed."""
    (folder.path / "notes.txt").write_text(written)
    (trace,) = erasing.erase(folder, "anouk").traces
    assert (trace.file, trace.where) == ("notes.txt", "file")
    assert (folder.path / "notes.txt").read_text() == written


@pytest.mark.parametrize("written", ["anouk-marie", "janouk", "Anouks", "anouk_2", ""])
def test_another_word_is_no_trace(folder: ClassFolder, written: str) -> None:
    """A longer word that has the child's id or name in it is not taken for the child."""
    (folder.path / "notes.txt").write_text(written)
    assert erasing.erase(folder, "anouk").traces == ()


def test_links_are_not_followed(folder: ClassFolder, tmp_path: Path) -> None:
    """A link in the class folder is removed or passed over; what it leads to stays as it is."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.html").write_text(MARK)
    (folder.home / "anouk-link").symlink_to(outside, target_is_directory=True)
    shutil.rmtree(folder.charts)
    folder.charts.symlink_to(outside, target_is_directory=True)
    erasing.erase(folder, "anouk")
    assert (outside / "x.html").read_text() == MARK
    assert not (folder.home / "anouk-link").is_symlink()


def test_with_the_class_open_elsewhere(folder: ClassFolder) -> None:
    """While a server has the class open, a child is erased as well; the server then finds it gone."""
    server = folder.store()
    assert server.student("anouk").name
    erased = erasing.erase(folder, "anouk")
    with pytest.raises(NotFound):
        server.student("anouk")
    assert erased.swept
    server.close()


def test_a_busy_class_is_said_and_can_be_asked_again(folder: ClassFolder) -> None:
    """While somebody holds the database, the child stays; afterwards the same command erases it."""
    holder = sqlite3.connect(folder.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    from unittest.mock import patch

    with patch("portfolio.store.sqlite_file.BUSY_MS", 1), pytest.raises(StorageTrouble, match="busy"):
        erasing.erase(folder, "anouk")
    holder.rollback()
    holder.close()
    assert erasing.look(folder, "anouk").portfolios == 1
    assert erasing.erase(folder, "anouk").traces == ()


def test_an_unknown_child_is_not_found(folder: ClassFolder) -> None:
    """An id that nobody has erases nothing, however it is written."""
    before = sorted(folder.path.rglob("*"))
    for student_id in ("nobody", "", "..", "../leo", "*", "leo/", "\ud800"):
        with pytest.raises(NotFound):
            erasing.erase(folder, student_id)
    assert sorted(folder.path.rglob("*")) == before


def set_days(folder: ClassFolder, whole: date | None, **own: date | None) -> None:
    """Set the day the class is to be deleted by, and of single portfolios."""
    store = folder.store()
    store.keep_class(small_class().but(delete_by=whole))
    for student_id, day in own.items():
        meta, version = store.meta(f"{student_id}.fall")
        store.keep_meta(meta.but(delete_by=day), expected=version)
    store.close()


def test_whose_day_is_past(folder: ClassFolder) -> None:
    """Due are those whose own day, else the day of the class, is before today; nothing is deleted."""
    today = date(2026, 11, 22)
    assert erasing.due(folder, today) == ()
    set_days(folder, date(2026, 11, 21), leo=date(2027, 1, 1))
    assert [d.student.student_id for d in erasing.due(folder, today)] == ["anouk", "anouk-marie"]
    set_days(folder, today, leo=date(2026, 1, 1))
    (found,) = erasing.due(folder, today)
    assert (found.student.student_id, found.delete_by, found.portfolios) == (
        "leo",
        date(2026, 1, 1),
        ("leo.fall",),
    )
    assert "Leo (leo): to be deleted by 2026-01-01" in due_lines([found], SAY)
    assert erasing.look(folder, "leo").portfolios == 1


def test_the_report_repeats_nothing_the_child_said(folder: ClassFolder) -> None:
    """The report for programs has counts and file names, and no word of the child."""
    data: dict[str, Any] = erased_data(erasing.erase(folder, "anouk"))
    assert MARK not in str(data) and data["left"] == [] and data["portfolios"] == 1


def test_a_name_that_others_share_is_no_trace(folder: ClassFolder) -> None:
    """A family name that another child has, too, is not reported as a trace of the erased one."""
    keep(folder, child("noor", f"Noor {MARK}"), "Noor was here")
    assert erasing.erase(folder, "anouk").traces == ()


def test_what_was_made_to_take_along_is_a_copy_too(folder: ClassFolder) -> None:
    """Archives the teacher's desk put into ``out`` are told as copies and go with them; half a file goes anyway."""
    out, papers = folder.path / "out", folder.path / "papers"
    out.mkdir()
    papers.mkdir()
    kept = [out / f"class.2026-11-20T120000.{kind}.zip" for kind in ("archive", "next-teacher", "backup")]
    for path in kept:
        path.write_bytes(f"PK {MARK}".encode())
    half = [place / ".saving-7-zip0.tmp" for place in (out, papers)]
    for path in half:
        path.write_text(MARK)
    assert set(erasing.look(folder, "anouk").copies) == set(kept)
    erased = erasing.erase(folder, "anouk")
    assert not any(path.exists() for path in half)
    assert {(trace.file, trace.where) for trace in erased.traces} == {(f"out/{p.name}", "copy") for p in kept}
    keep(folder, child("anouk", f"Anouk {MARK}"), MARK)
    assert erasing.erase(folder, "anouk", copies_too=True).traces == ()
    assert names_with(folder, MARK) == [] and not any(path.exists() for path in kept)


def test_what_lies_behind_a_link_is_not_erased(folder: ClassFolder, tmp_path: Path) -> None:
    """A folder ``out`` that is a link leads elsewhere: nothing there is counted, and nothing goes."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    theirs = [elsewhere / name for name in ("class.1.archive.zip", ".saving-1-1.tmp")]
    for path in theirs:
        path.write_text("not ours")
    (folder.path / "out").symlink_to(elsewhere)
    assert erasing.look(folder, "anouk").copies == ()
    erasing.erase(folder, "anouk", copies_too=True)
    assert all(path.is_file() for path in theirs)
