"""Damage of every kind: named, never a crash, the rest readable, mended where nothing can be lost."""

# long: every kind of damage stands in one place, beside what is found of it
from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portfolio import files
from portfolio.media import clean_picture
from portfolio.model import Beside, Goal, Passage, Picture, PortfolioMeta, SchoolClass, Sound, Student, Work
from portfolio.moments.mending import mend, mend_all
from portfolio.serve.keys import read_or_make_secret
from portfolio.store import ClassFolder, create_class
from portfolio.store.integrity import HARMLESS, Finding, examine

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
SOUND = b"a recording, as far as the store knows" * 100
SHA = hashlib.sha256(SOUND).hexdigest()


def a_picture() -> bytes:
    """Return a small photo."""
    made = BytesIO()
    Image.new("RGB", (40, 30), (200, 40, 90)).save(made, "PNG")
    return made.getvalue()


PICTURE = clean_picture(a_picture())
SMALL = f"maya/{PICTURE.sha256}.thumb.webp"
LARGE = f"maya/{PICTURE.sha256}.webp"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole class with a picture, a recording and some history."""
    path = tmp_path_factory.mktemp("whole") / "class"
    school = SchoolClass(class_id="4b", name="4b", age_band="3-5", round="Fall")
    folder = create_class(path, files.class_templates() / "3-5.yaml", school, randomness=os.urandom)
    with closing(folder.store()) as store:
        for name in ("maya", "ben"):
            store.keep_student(Student(student_id=name, name=name))
        store.keep_meta(
            PortfolioMeta(
                portfolio_id="p1",
                student_id="maya",
                round="Fall",
                started_on=date(2026, 9, 1),
                age_band="3-5",
                template_id="3-5",
            )
        )
        store.keep_picture("maya", PICTURE.sha256, PICTURE.data, PICTURE.thumb)
        store.keep_media("maya", SHA, "mp3", SOUND)
        shown = Picture(sha256=PICTURE.sha256, width=40, height=30)
        sound = Sound(sha256=SHA, suffix="mp3", seconds=3, size=len(SOUND))
        work = Work(entry_id="w1", pictures=(shown,), media=(sound,))
        store.keep("p1", work, expected=0, by="student", at=NOON)
        for n in range(30):
            text = Passage(text=f"goal {n} " * 40)
            store.keep("p1", Goal(entry_id=f"g{n}", goal=text), expected=0, by="student", at=NOON)
        store.keep("p1", Goal(entry_id="g1", goal="two"), expected=1, by="student", at=NOON)  # type: ignore[arg-type]  # a plain text is a passage
    return path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> ClassFolder:
    """A copy of that class to damage."""
    shutil.copytree(made, tmp_path / "class")
    (tmp_path / "class").chmod(0o700)
    return ClassFolder(tmp_path / "class")


def tamper(folder: ClassFolder, *statements: str) -> None:
    """Change the database behind the store's back."""
    with closing(sqlite3.connect(folder.database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found(folder: ClassFolder) -> list[tuple[str, str, bool]]:
    """Return what an examination finds: what, where, whether it can be mended; each with a sentence."""
    findings = examine(folder)
    assert all(len(str(finding.sentence())) > 20 for finding in findings)
    return [(f.what, f.where, f.mendable) for f in findings]


def test_a_whole_class_has_no_findings(folder: ClassFolder) -> None:
    """Nothing is wrong with what is whole, and looking changes no byte."""
    before = {p: p.read_bytes() for p in folder.path.rglob("*") if p.is_file()}
    assert examine(folder) == ()
    assert {p: p.read_bytes() for p in folder.path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE classes SET body = 'x'", ("class", "class", False)),
        ("DELETE FROM classes", ("class", "class", False)),
        ("UPDATE students SET body = '{}' WHERE student_id = 'ben'", ("student", "ben", False)),
        ("UPDATE portfolios SET body = CAST(x'7b22ff7d' AS TEXT)", ("cover", "p1", False)),
        ("UPDATE entries SET body = substr(body, 9) WHERE entry_id = 'g2'", ("entry", "p1/g2", True)),
        ("UPDATE entries SET body = 7 WHERE entry_id = 'g2'", ("entry", "p1/g2", True)),
        ("UPDATE entries SET changed_at = 'soon' WHERE entry_id = 'g2'", ("entry", "p1/g2", True)),
        ("UPDATE entries SET kind = 'riddle' WHERE entry_id = 'g2'", ("entry", "p1/g2", False)),
        ("UPDATE entries SET version = 'x' WHERE entry_id = 'g2'", ("entry", "p1/g2", False)),
        (
            "UPDATE entries SET body = replace(body, 'goal 2', 'evil 2') WHERE entry_id = 'g2'",
            ("differs", "p1/g2", False),
        ),
        ("DELETE FROM history WHERE entry_id = 'g2'", ("differs", "p1/g2", False)),
        ("UPDATE history SET revision = 'x' WHERE entry_id = 'g2'", ("change", "p1/g2@1", False)),
        ("UPDATE store_version SET version = 99", ("database", "class.sqlite", False)),
        ("DELETE FROM store_version", ("database", "database", False)),
        ("DROP TABLE store_version", ("database", "database", False)),
        ("DROP TABLE history", ("database", "history", False)),
        (
            "INSERT INTO entries VALUES ('nobody', 'x', 'goal', 0, 1, NULL, '2026-10-01T12:00:00+00:00', 'x')",
            ("reference", "entries@32", False),
        ),
    ],
)
def test_each_damaged_row_is_named(
    folder: ClassFolder, statement: str, expected: tuple[str, str, bool]
) -> None:
    """Rows that cannot be read, contradict their history or belong to nothing are found, one by one."""
    tamper(folder, "PRAGMA foreign_keys=OFF", statement)
    assert expected in found(folder)


def test_damaged_media_are_named(folder: ClassFolder) -> None:
    """Missing, changed and cut files are told apart from those that do no harm."""
    media = folder.media
    (media / "maya" / f"{SHA}.mp3").write_bytes(SOUND[:-1])
    (media / "maya" / f"{'e' * 64}.mp3").write_bytes(b"")
    (media / LARGE).unlink()
    (media / "maya" / "notes.txt").write_text("hello")
    (media / "maya" / ".saving-1-1.tmp").write_bytes(b"half")
    (media / "nobody").mkdir()
    assert found(folder) == [
        ("media_damaged", f"maya/{SHA}.mp3", False),
        ("media_missing", LARGE, False),
        ("leftover", "maya/.saving-1-1.tmp", False),
        ("media_unused", f"maya/{'e' * 64}.mp3", False),
        ("stranger", "maya/notes.txt", False),
        ("stranger", "nobody", False),
    ]
    shutil.rmtree(media)
    assert sorted(what for what, *_ in found(folder)) == ["media_missing", "media_missing", "thumb"]


def test_what_stands_beside_words_is_looked_for(folder: ClassFolder) -> None:
    """A drawing or recording that stands only beside words is needed: missed when it is gone, never called unused."""
    shown, sound = (
        Picture(sha256=PICTURE.sha256, width=40, height=30),
        Sound(sha256=SHA, suffix="mp3", seconds=3, size=len(SOUND)),
    )
    beside = Beside(field="goal", pictures=(shown,), media=(sound,))
    tamper(folder, "DELETE FROM entries WHERE entry_id = 'w1'", "DELETE FROM history WHERE entry_id = 'w1'")
    assert {what for what, *_ in found(folder)} == {"media_unused"}
    with closing(folder.store()) as store:
        store.keep("p1", Goal(entry_id="spoken", besides=(beside,)), expected=0, by="student", at=NOON)
    assert found(folder) == []
    (folder.media / LARGE).unlink()
    (folder.media / "maya" / f"{SHA}.mp3").unlink()
    assert [what for what, *_ in found(folder)] == ["media_missing", "media_missing"]


def test_what_only_history_needs_is_not_called_unused(folder: ClassFolder) -> None:
    """A picture of a removed piece of work can come back with it, so it is still needed."""
    with closing(folder.store()) as store:
        store.remove("p1", "w1", expected=1, by="student", at=NOON)
    assert examine(folder) == ()


def test_links_and_open_secrets_are_named(folder: ClassFolder, only_on: Callable[..., None]) -> None:
    """Links anywhere, a secret that others can read or that is cut, a folder open to all."""
    only_on("Linux", "Darwin")
    (folder.path.parent / "outside").mkdir()
    (folder.media / "maya" / f"{'d' * 64}.webp").symlink_to("/etc/passwd")
    (folder.home / "x.html").symlink_to("/etc/passwd")
    folder.secret.write_bytes(b"short")
    folder.secret.chmod(0o644)
    folder.path.chmod(0o755)
    findings = found(folder)
    for expected in (
        ("secret", "secret", False),
        ("permissions", ".portfolio/secret", True),
        ("permissions", ".", True),
        ("stranger", "home/x.html", False),
        ("stranger", f"maya/{'d' * 64}.webp", False),
    ):
        assert expected in findings
    mend_all(folder, examine(folder), by="teacher:t", at=NOON)
    assert [what for what, *_ in found(folder) if what == "permissions"] == []


@pytest.mark.parametrize(
    ("left", "says"), [(None, "is missing"), (b"", "Delete it"), (b"x" * 31, "Delete it")]
)
def test_a_lost_secret_says_what_to_do_and_that_is_enough(
    folder: ClassFolder, left: bytes | None, says: str
) -> None:
    """No backup holds it: what is said to be done makes a new one, and nothing is found any more."""
    if left is None:
        folder.secret.unlink()
    else:
        folder.secret.write_bytes(left)
    (finding,) = examine(folder)
    assert says in finding.msgid
    assert "backup" not in finding.msgid
    folder.secret.unlink(missing_ok=True)
    read_or_make_secret(folder.secret)
    assert examine(folder) == ()


def test_a_class_that_is_a_link_is_not_followed(folder: ClassFolder, only_on: Callable[..., None]) -> None:
    """A database or media folder that leads away is named and not opened."""
    only_on("Linux", "Darwin")
    for part in (folder.database, folder.media):
        part.rename(folder.path.parent / part.name)
        part.symlink_to(folder.path.parent / part.name)
    assert sorted(found(folder)) == [
        ("stranger", "class.sqlite", False),
        ("stranger", "media", False),
    ]


def test_unreadable_template_and_notebook_are_named(folder: ClassFolder) -> None:
    """A template and notebooks that say nothing sensible are findings with their own sentence."""
    folder.template_file.write_text("sections: [", encoding="utf-8")
    folder.student_notebook.write_bytes(b"\xff\x00")
    folder.conference_notebook.unlink()
    assert [what for what, *_ in found(folder)] == ["template", "notebook", "notebook"]


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "cut", "middle"])
def test_a_damaged_file_never_stops_the_examination(folder: ClassFolder, damage: str) -> None:
    """Whatever the database has become, there is a finding, and the rest is looked at."""
    whole = folder.database.read_bytes()
    if damage == "missing":
        folder.database.unlink()
    else:
        folder.database.write_bytes(
            {
                "empty": b"",
                "text": b"not a database " * 999,
                "cut": whole[: len(whole) // 2],
                "middle": whole[:20000] + b"\xa5" * 9000 + whole[29000:],
            }[damage]
        )
    folder.secret.unlink()
    assert {what for what, *_ in found(folder)} >= {"database", "secret"}
    assert "media_unused" not in {what for what, *_ in found(folder)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=40))
def test_flipped_bytes_never_stop_the_examination(
    folder: ClassFolder, places: list[tuple[float, int]]
) -> None:
    """Any bytes anywhere in the file: the examination ends, with findings or without."""
    whole = folder.database.read_bytes()
    broken = bytearray(whole)
    for where, value in places:
        broken[int(where * (len(broken) - 1))] = value
    folder.database.write_bytes(broken)
    found(folder)
    folder.database.write_bytes(whole)


def test_a_damaged_entry_is_mended_from_its_history(folder: ClassFolder) -> None:
    """The newest readable state comes back as a new version; what was is still there."""
    tamper(folder, "UPDATE entries SET body = '{' WHERE entry_id = 'g1'")
    (finding,) = examine(folder)
    assert mend(folder, finding, by="teacher:t", at=NOON)
    with closing(folder.store()) as store:
        kept = store.entry("p1", "g1")
        assert isinstance(kept.entry, Goal)
        assert (kept.entry.goal.text, kept.version, kept.changed_by) == ("two", 3, "teacher:t")
    assert examine(folder) == ()
    assert not mend(folder, finding, by="teacher:t", at=NOON)


@pytest.mark.parametrize("damage", [None, b"", PICTURE.thumb[:-3]])
def test_a_small_copy_is_made_anew(folder: ClassFolder, damage: bytes | None) -> None:
    """A missing or cut small copy is made from its picture, whose bytes stay as they are."""
    (folder.media / SMALL).unlink()
    if damage is not None:
        (folder.media / SMALL).write_bytes(damage)
    assert found(folder) == [("thumb", SMALL, True)]
    assert [done for _, done in mend_all(folder, examine(folder), by="teacher:t", at=NOON)] == [True]
    assert examine(folder) == ()
    assert (folder.media / LARGE).read_bytes() == PICTURE.data


def test_what_could_lose_something_is_left_alone(folder: ClassFolder) -> None:
    """Without a good state or a good picture nothing is mended, and nothing is changed."""
    tamper(
        folder,
        "UPDATE entries SET body = '{' WHERE entry_id = 'g2'",
        "UPDATE history SET body = '{' WHERE entry_id = 'g2'",
    )
    (folder.media / SMALL).unlink()
    (folder.media / LARGE).write_bytes(b"RIFF")
    before = {p: p.read_bytes() for p in folder.path.rglob("*") if p.is_file()}
    done = mend_all(folder, examine(folder), by="teacher:t", at=NOON)
    assert len(done) == 4
    assert not any(mended for _, mended in done)
    assert {p: p.read_bytes() for p in folder.path.rglob("*") if p.is_file()} == before


def test_nobody_s_pictures_are_strange_while_nobody_knows_who_is_in_the_class(folder: ClassFolder) -> None:
    """Without a readable database no child's folder is called strange, nor anybody told to take it away."""
    folder.database.unlink()
    assert [what for what, *_ in found(folder)] == ["database"]


def test_a_file_is_named_as_it_lies_in_a_backup(folder: ClassFolder) -> None:
    """Who reads that a picture is missing can copy exactly that file out of a backup."""
    (folder.media / LARGE).unlink()
    assert f"media/{LARGE}" in str(examine(folder)[0].sentence())


def test_harmless_findings_come_last(folder: ClassFolder) -> None:
    """Who reads only the first lines reads what matters."""
    (folder.media / "aaa").mkdir()
    (folder.media / LARGE).unlink()
    findings: tuple[Finding, ...] = examine(folder)
    assert [f.harmless for f in findings] == sorted(f.harmless for f in findings)
    assert {f.what for f in findings if f.harmless} <= HARMLESS
    assert findings[0].what == "media_missing"


def test_an_older_store_is_examined_without_bringing_it_up(folder: ClassFolder) -> None:
    """A store of version 1 is looked at as it is, not changed, and nothing is wrong with its rows."""
    sample = Path(__file__).resolve().parents[1] / "cases" / "versions" / "store-1.sqlite"
    shutil.copy(sample, folder.database)
    before = folder.database.read_bytes()
    shutil.rmtree(folder.media / "maya")
    assert {what for what, *_ in found(folder)} == {"media_missing", "thumb"}
    assert folder.database.read_bytes() == before
