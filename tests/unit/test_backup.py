"""Backups: whole, proved, never over anything; restoring refuses what no backup of ours can be."""

# long: making a backup, breaking it in every way and restoring it belong together
from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio import files
from portfolio.errors import InputRefused, PortfolioError, StorageTrouble
from portfolio.model import Answer, Picture
from portfolio.moments.keeping import back_up, knows_answers, restore
from portfolio.rules.sent_back import code_of
from portfolio.store import archive_guard, archive_zip, backup
from portfolio.store.answer_key import IN_BACKUP, answer_key
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.testing import NOON, small_class, small_portfolio, small_student

AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)


def webp(content: bytes) -> bytes:
    """Return a file with the wrapping of a WebP picture around any bytes."""
    return b"RIFF" + (len(content) + 4).to_bytes(4, "little") + b"WEBP" + content


DATA = webp(b"a picture of a boat")
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with one child, one portfolio, one picture."""
    template = files.class_templates() / "3-5.yaml"
    made = create_class(tmp_path / "class-4b", template, small_class(), randomness=lambda n: b"s" * n)
    store = made.store()
    store.keep_student(small_student())
    store.keep_picture("ines", SHA, DATA, webp(b"small"))
    picture = Picture(sha256=SHA, width=4, height=3)
    answer = Answer(entry_id="a1", section="welcome", prompt="today", pictures=(picture,))
    portfolio = small_portfolio(answers=(answer,))
    store.keep_meta(portfolio.meta, expected=0)
    for entry in portfolio.entries():
        store.keep(portfolio.meta.portfolio_id, entry, expected=0, by="student", at=NOON)  # type: ignore[arg-type]  # entries() gives AnyEntry
    store.add_key("ines", "a" * 64)
    store.close()
    return made


@pytest.fixture
def saved(folder: ClassFolder) -> Path:
    """A good backup of it."""
    return back_up(folder, made_at=AT).path


def test_the_notebook_of_the_teachers_desk_comes_back(folder: ClassFolder, tmp_path: Path) -> None:
    """What a teacher added to the notebook of her desk is in the backup; a class without one gets a backup too."""
    own = b'{"cells": [{"cell_type": "markdown", "source": "my own cell"}]}'
    folder.teacher_notebook.unlink(missing_ok=True)
    without = backup.make_backup(folder, tmp_path / "without.zip", made_at=AT)
    folder.teacher_notebook.write_bytes(own)
    made = backup.make_backup(folder, tmp_path / "with.zip", made_at=AT)
    assert made.files == without.files + 1
    again = restore(made.path, tmp_path / "again")
    assert again.teacher_notebook.read_bytes() == own
    assert not restore(without.path, tmp_path / "other").teacher_notebook.exists()


Change = Callable[[dict[str, bytes]], None]


def rewritten(path: Path, change: Change, *, honest: bool = True) -> Path:
    """Pack a backup again after a change of its files; ``honest`` writes a manifest that fits them."""
    with zipfile.ZipFile(path) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    change(contents)
    if honest:
        told = json.loads(contents["manifest.json"])
        told["files"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in contents.items()
            if name != "manifest.json"
        }
        contents["manifest.json"] = json.dumps(told).encode()
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in contents.items():
            new.writestr(name, data)
    return made


def refused(path: Path, target: Path, error: type[PortfolioError] = InputRefused) -> str:
    """Return the sentence of a refusal, after which nothing may be left beside the target."""
    before = sorted(p.name for p in target.parent.iterdir())
    with pytest.raises(error) as found:
        restore(path, target)
    assert sorted(p.name for p in target.parent.iterdir()) == before
    return str(found.value)


def test_a_backup_is_called_after_class_day_and_time(folder: ClassFolder, saved: Path) -> None:
    """By default a backup lies beside the class, and its name says which class and when."""
    assert saved == folder.path.parent / "class-4b.2026-11-22T1015.backup.zip"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_a_restored_class_is_the_same(folder: ClassFolder, saved: Path, tmp_path: Path) -> None:
    """A class out of a backup has the same people, entries with history, pictures, keys, template and notebooks."""
    again = restore(saved, tmp_path / "new")
    one, other = folder.store(), again.store()
    pid = "ines.fall-2026"
    assert other.school_class() == one.school_class() and other.students() == one.students()
    assert other.portfolio(pid) == one.portfolio(pid) and other.entries(pid) == one.entries(pid)
    assert other.history(pid, "goal-1") == one.history(pid, "goal-1")
    assert (other.picture("ines", SHA), other.thumb("ines", SHA)) == (DATA, webp(b"small"))
    assert other.student_for_key("a" * 64) == "ines"
    one.close()
    other.close()
    for part in ("class.yaml", "student.ipynb", "conference.ipynb"):
        assert (again.path / part).read_bytes() == (folder.path / part).read_bytes()


def test_the_secret_and_the_links_are_not_in_a_backup(folder: ClassFolder, tmp_path: Path) -> None:
    """Whoever finds a lost backup finds no secret and no keys; a restored class gets a secret of its own."""
    (folder.path / "links.txt").write_text("ines\tthe-key-itself\tInés\n")
    saved = back_up(folder, made_at=AT).path
    with zipfile.ZipFile(saved) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"the-key-itself" not in everything and b"s" * 32 not in everything
    again = restore(saved, tmp_path / "new", randomness=lambda n: b"t" * n)
    assert again.secret.read_bytes() == b"t" * 32


def test_codes_on_answers_are_known_after_a_restore_and_after_another(
    folder: ClassFolder, tmp_path: Path
) -> None:
    """A file that went home before the computer broke is answered after: the key goes along, and opens nothing else."""
    key = answer_key(folder)
    once = restore(back_up(folder, made_at=AT).path, tmp_path / "once")
    twice = restore(back_up(once, tmp_path / "second.zip", made_at=AT).path, tmp_path / "twice")
    home = ("ines", "mama", "ines.fall-2026")
    code = code_of(key, "oaks", home)
    assert {code_of(answer_key(one), "oaks", home) for one in (once, twice)} == {code} and knows_answers(
        twice
    )
    assert key not in {once.secret.read_bytes(), twice.secret.read_bytes(), b"", folder.secret.read_bytes()}
    assert stat.S_IMODE(once.answers.stat().st_mode) == 0o600 and not (once.path / IN_BACKUP).exists()
    once.answers.write_bytes(b"cut")
    assert len(answer_key(once)) == 32 and answer_key(once) != key
    folder.secret.unlink()
    assert not knows_answers(
        restore(back_up(folder, tmp_path / "old.zip", made_at=AT).path, tmp_path / "none")
    )


def test_a_backup_never_replaces_a_file(folder: ClassFolder, saved: Path) -> None:
    """A second backup in the same minute is refused, and the first one stays as it was."""
    before = saved.read_bytes()
    with pytest.raises(InputRefused, match="never replaced"):
        back_up(folder, made_at=AT)
    assert saved.read_bytes() == before


def test_a_file_that_appears_meanwhile_stays(tmp_path: Path) -> None:
    """Somebody else's file that appears while a zip is written is not replaced, and nothing is left over."""

    def theirs(_: Path) -> None:
        (tmp_path / "x.zip").write_bytes(b"theirs")

    with pytest.raises(InputRefused), archive_zip.appearing(tmp_path / "x.zip", theirs) as file:
        file.write(b"ours")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"theirs"]


def test_a_backup_inside_the_class_is_refused(folder: ClassFolder) -> None:
    """A backup in the class folder would be lost together with it."""
    with pytest.raises(InputRefused, match="outside"):
        back_up(folder, folder.home / "b.zip", made_at=AT)


def test_a_backup_that_fails_leaves_nothing(folder: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the finished file does not read as it should, it never gets its name."""

    def broken(path: Path) -> None:
        raise archive_guard.damaged(path)

    monkeypatch.setattr(backup, "prove_backup", broken)
    with pytest.raises(InputRefused):
        back_up(folder, made_at=AT)
    assert [p.name for p in folder.path.parent.iterdir()] == ["class-4b"]
    assert list(folder.hidden.glob(".saving*")) == []


def test_a_damaged_database_makes_no_backup(folder: ClassFolder) -> None:
    """A database with broken pages is not packed as if it were good; the sentence says what to do."""
    raw = bytearray(folder.database.read_bytes())
    raw[4096 : 4096 * 6] = b"\x5a" * (4096 * 5)
    folder.database.write_bytes(raw)
    with pytest.raises(StorageTrouble, match="no backup was made"):
        back_up(folder, made_at=AT)
    assert [p.name for p in folder.path.parent.iterdir()] == ["class-4b"]


def test_a_busy_database_is_said_kindly(folder: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody holds the database alone for long, the backup gives up with a sentence."""
    monkeypatch.setattr(backup, "BUSY_MS", 1)
    holder = sqlite3.connect(folder.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    rests: list[float] = []
    with pytest.raises(StorageTrouble, match="busy"):
        backup.make_backup(folder, folder.path.parent / "b.zip", made_at=AT, pause=rests.append)
    holder.close()
    assert len(rests) == 3


def test_a_picture_that_is_gone_is_named(folder: ClassFolder) -> None:
    """A picture that an entry shows and the class has lost is reported, and the rest is packed."""
    (folder.media / "ines" / f"{SHA}.webp").unlink()
    (folder.media / "ines" / f"{SHA}.thumb.webp").unlink()
    assert f"ines/{SHA}" in back_up(folder, made_at=AT).missing


def test_what_is_not_ours_in_the_media_folder_stays_out(folder: ClassFolder, tmp_path: Path) -> None:
    """Links, leftovers and strange names among the pictures are neither followed nor packed."""
    (tmp_path / "outside.webp").write_bytes(b"outside")
    (folder.media / "ines" / f"{'0' * 64}.webp").symlink_to(tmp_path / "outside.webp")
    (folder.media / "ines" / ".saving-1-1.tmp").write_bytes(b"half")
    (folder.media / "ines" / "holiday.jpg").write_bytes(b"x")
    (folder.media / "leo").symlink_to(tmp_path, target_is_directory=True)
    with zipfile.ZipFile(back_up(folder, made_at=AT).path) as packed:
        names = [n for n in packed.namelist() if n.startswith("media/")]
    assert sorted(names) == [f"media/ines/{SHA}.thumb.webp", f"media/ines/{SHA}.webp"]


def test_a_backup_is_never_put_over_a_class(folder: ClassFolder, saved: Path) -> None:
    """Restoring into a folder that holds something is refused, and the sentence says what to do."""
    assert "new folder" in refused(saved, folder.path)


def test_an_empty_folder_is_filled(saved: Path, tmp_path: Path) -> None:
    """Restoring into an empty folder works, and only its owner can read the class then."""
    (tmp_path / "empty").mkdir()
    made = restore(saved, tmp_path / "empty")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.secret.stat().st_mode) == 0o600


def test_every_flipped_byte_is_found(saved: Path, tmp_path: Path) -> None:
    """A backup with one byte changed anywhere never becomes a class with other contents."""
    raw = saved.read_bytes()
    good = restore(saved, tmp_path / "good")
    wanted = {p.relative_to(good.path): p.read_bytes() for p in good.path.rglob("*") if p.is_file()}
    wanted.pop(good.secret.relative_to(good.path))
    for at in range(0, len(raw), max(1, len(raw) // 60)):
        (tmp_path / "bad.zip").write_bytes(raw[:at] + bytes([raw[at] ^ 0x41]) + raw[at + 1 :])
        try:
            made = restore(tmp_path / "bad.zip", tmp_path / "bad")
        except InputRefused:
            assert not (tmp_path / "bad").exists()
            continue  # a byte that nobody reads, such as a time, may change
        found = {p.relative_to(made.path): p.read_bytes() for p in made.path.rglob("*") if p.is_file()}
        found.pop(made.secret.relative_to(made.path))
        assert found == wanted
        shutil.rmtree(made.path)


def test_a_cut_off_file_is_refused(saved: Path, tmp_path: Path) -> None:
    """However much of a backup is missing at its end, it is refused with a sentence."""
    raw = saved.read_bytes()
    for length in (0, 1, 22, len(raw) // 2, len(raw) - 22, len(raw) - 1):
        (tmp_path / "cut.zip").write_bytes(raw[:length])
        assert "another copy" in refused(tmp_path / "cut.zip", tmp_path / "new")


NAMES = (
    "../escaped", "/etc/escaped", "C:/escaped", "media\\ines\\x.webp", "media/../class.sqlite", "media/ines/../../x",
    "extra.txt", "CLASS.sqlite", f"media/con/{SHA}.webp", f"media/ines./{SHA}.webp", f"media/INES/{SHA}.webp",
    f"media/ines/{SHA.upper()}.webp", f"media/ines/{SHA}.exe", f"media/ines/{SHA}.webp/x", "media/ines/.saving-1.tmp",
    "home/x.html", ".portfolio/secret", "links.txt", "class.sqlite-journal", "class.sqlite-wal", "café.txt", "a\nb",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_on_the_list_is_refused(saved: Path, tmp_path: Path, name: str) -> None:
    """A backup with any file we never pack is refused as a whole, also if its list of contents fits."""
    made = rewritten(saved, lambda contents: contents.update({name: b"x"}))
    assert "does not belong" in refused(made, tmp_path / "new")
    assert not list(tmp_path.rglob("*escaped*"))


def repacked(saved: Path, change: Callable[[zipfile.ZipInfo], Any], name: str = "class.yaml") -> Path:
    """Pack a backup again with the zip entry of one file changed."""
    made = saved.with_name("changed.zip")
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == name:
                change(entry)
            new.writestr(entry, data)
    return made


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_refused(saved: Path, tmp_path: Path, kind: int) -> None:
    """A file that says it is a link, a pipe or a device is refused."""
    made = repacked(saved, lambda e: setattr(e, "external_attr", (kind | 0o777) << 16))
    assert "does not belong" in refused(made, tmp_path / "new")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(saved: Path, tmp_path: Path) -> None:
    """Two files of one name in a zip are refused: programs disagree about which one counts."""
    made = rewritten(saved, lambda _: None)
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("class.yaml", b"other")
    assert "does not belong" in refused(made, tmp_path / "new")


def test_a_name_with_a_hidden_end_is_refused(saved: Path, tmp_path: Path) -> None:
    """A name that some programs would cut short at a NUL is refused."""
    made = rewritten(saved, lambda contents: contents.update({"class.yamlQ.exe": b"x"}))
    made.write_bytes(made.read_bytes().replace(b"class.yamlQ.exe", b"class.yaml\0.exe"))
    refused(made, tmp_path / "new")


@pytest.mark.parametrize("most", ["MOST_BYTES", "MOST_FILES", "MOST_JSON", "_LIST_BYTES", "_JSON_PARTS"])
def test_more_than_any_class_has_is_refused(
    saved: Path, tmp_path: Path, most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many files, too long a list, or too many bytes are refused before they are read."""
    monkeypatch.setattr(archive_guard, most, 3)
    assert "far more" in refused(saved, tmp_path / "new")


def test_a_bomb_is_refused_by_its_list(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip that would grow more than two hundredfold is refused before anything is unpacked."""
    monkeypatch.setattr(archive_guard, "_SLACK", 0)
    made = rewritten(
        saved, lambda contents: contents.update({f"media/ines/{'0' * 64}.mp3": b"\0" * 40_000_000})
    )
    assert "far more" in refused(made, tmp_path / "new")


def test_a_zip_that_lies_about_a_size_is_refused(saved: Path, tmp_path: Path) -> None:
    """A file that holds more than the zip's list says is never unpacked further than that."""
    size = len(zipfile.ZipFile(saved).read("class.yaml"))
    raw = saved.read_bytes()
    at = raw.rindex(b"class.yaml") - 46
    assert struct.unpack_from("<I", raw, at + 24) == (size,)
    lie = raw[: at + 24] + struct.pack("<I", 10) + raw[at + 28 :]
    (tmp_path / "lie.zip").write_bytes(lie)
    assert "damaged" in refused(tmp_path / "lie.zip", tmp_path / "new")


def test_files_that_lie_over_each_other_are_refused(saved: Path, tmp_path: Path) -> None:
    """A zip whose files share their bytes, the trick of bombs without a second zip inside, is refused."""
    raw = bytearray(saved.read_bytes())
    at = raw.rindex(b"class.yaml") - 46
    struct.pack_into("<I", raw, at + 20, len(raw))
    (tmp_path / "lap.zip").write_bytes(raw)
    assert "far more" in refused(tmp_path / "lap.zip", tmp_path / "new")


MANIFESTS = (
    b"", b"[]", b"{}", b"nonsense", b"\xff\xfe", b'{"format": NaN}', b'{"format": 1, "format": 2}', b"[" * 100_000,
    b'{"format": "portfolio-backup", "version": 0}', b'{"format": "portfolio-backup", "version": 1, "files": 3}',
    b'{"format": "portfolio-backup", "version": true, "made_at": "2026-01-01T00:00:00Z", "files": {}}',
    b'{"format": ' + b"9" * 5000 + b"}",
)  # fmt: skip


@pytest.mark.parametrize("told", MANIFESTS)
def test_a_strange_list_of_contents_is_refused(saved: Path, tmp_path: Path, told: bytes) -> None:
    """Whatever stands in place of the list of contents, the answer is a sentence."""
    made = rewritten(saved, lambda contents: contents.update({"manifest.json": told}), honest=False)
    refused(made, tmp_path / "new")


def test_a_newer_backup_is_refused_kindly(saved: Path, tmp_path: Path) -> None:
    """A backup of a newer version is refused with what to do, also if it holds files we do not know."""

    def newer(contents: dict[str, bytes]) -> None:
        contents["future.bin"] = b"?"
        contents["manifest.json"] = contents["manifest.json"].replace(b'"version": 1', b'"version": 2')

    assert "newer version" in refused(rewritten(saved, newer), tmp_path / "new")


def changed_database(saved: Path, tmp_path: Path, *statements: str) -> Path:
    """Return a backup whose database somebody has changed, with a list of contents that fits."""
    with zipfile.ZipFile(saved) as packed:
        (tmp_path / "x.sqlite").write_bytes(packed.read("class.sqlite"))
    connection = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    data = (tmp_path / "x.sqlite").read_bytes()
    return rewritten(saved, lambda contents: contents.update({"class.sqlite": data}))


def test_a_newer_store_is_refused_kindly(saved: Path, tmp_path: Path) -> None:
    """A backup of a store that is newer than this program is refused with what to do."""
    made = changed_database(saved, tmp_path, "UPDATE store_version SET version = 999")
    assert "newer version" in refused(made, tmp_path / "new")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM history; END",
        "CREATE VIEW v AS SELECT * FROM students",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "DROP TABLE store_version",
        "DELETE FROM store_version",
    ],
)
def test_a_database_that_does_more_than_keep_is_refused(saved: Path, tmp_path: Path, statement: str) -> None:
    """A database with triggers, views or virtual tables, or without its version, is not one of ours."""
    assert "damaged or was changed" in refused(changed_database(saved, tmp_path, statement), tmp_path / "new")


def test_without_room_nothing_is_unpacked(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk has too little room for the class, that is said before anything is written."""
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1))
    assert "free" in refused(saved, tmp_path / "new", StorageTrouble)


def test_only_a_plain_file_is_read(saved: Path, tmp_path: Path) -> None:
    """A folder, a link, or nothing at all in place of a backup is answered with a sentence."""
    (tmp_path / "link.zip").symlink_to(saved)
    for path in (tmp_path, tmp_path / "link.zip", tmp_path / "nothing.zip"):
        refused(path, tmp_path / "new", StorageTrouble)
