"""Questions in the teacher's own voice: cleaned once, played or left out, told to the teacher, kept in a backup."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.errors import MediaRefused, NotFound
from portfolio.moments.doctor import examine
from portfolio.moments.keeping import back_up, restore
from portfolio.moments.spoken import recorded_question, spoken_address, troubles
from portfolio.store.class_folder import ClassFolder
from portfolio.store.recordings import LARGEST_SPOKEN, SPOKEN
from tests.recordings import MARKER, recording
from tests.samples import make_sample
from tests.sounds import plain_mp3

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with an empty folder for recorded questions."""
    made = make_sample("ladybirds", tmp_path / "class", at=AT, randomness=secrets.token_bytes)
    (made.path / SPOKEN).mkdir()
    return made


def put(folder: ClassFolder, name: str, raw: bytes) -> None:
    """Put a file there, as a teacher does."""
    (folder.path / SPOKEN / name).write_bytes(raw)


def name_it(folder: ClassFolder, name: str) -> str:
    """Name a recording beside the first question of the template and return the question."""
    lines = folder.template_file.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("ask:") or "- ask:" in line)
    indent = len(lines[at]) - len(lines[at].lstrip(" -"))
    lines.insert(at + 1, f"{' ' * indent}spoken: {name}")
    folder.template_file.write_text("\n".join(lines) + "\n", "utf-8")
    return next(p.ask for s in folder.template().sections for p in s.prompts if p.spoken == name)


def test_a_recording_of_a_phone_is_cleaned_once_and_kept(folder: ClassFolder) -> None:
    """Where and when it was recorded is gone; the second time the kept copy is used; recorded anew it is made anew."""
    raw = recording("ipod", None)
    assert MARKER in raw
    put(folder, "hello.m4a", raw)
    found = recorded_question(folder, "hello.m4a").recording
    assert MARKER not in found.read(0, found.size)
    assert recorded_question(folder, "hello.m4a").recording.stamp == found.stamp
    put(folder, "hello.m4a", plain_mp3(2.0))
    again = recorded_question(folder, "hello.m4a")
    assert (again.media_type, again.recording.stamp == found.stamp) == ("audio/mpeg", False)
    assert len(list((folder.hidden / SPOKEN).iterdir())) == 1


def test_what_is_no_recording_has_no_button(folder: ClassFolder, tmp_path: Path) -> None:
    """Missing, broken, too large, or a link to another place: no address, whoever asks."""
    put(folder, "script.mp3", b"<script>alert(1)</script>")
    put(folder, "long.mp3", plain_mp3(1.0) + bytes(LARGEST_SPOKEN))
    (tmp_path / "away.mp3").write_bytes(plain_mp3(1.0))
    (folder.path / SPOKEN / "away.mp3").symlink_to(tmp_path / "away.mp3")
    for served in (True, False):
        address = spoken_address(folder, served=served)
        assert [address(f"{n}.mp3") for n in ("none", "script", "long", "away", "../class")] == [""] * 5
        assert address("") == ""
    with pytest.raises(MediaRefused, match="larger than 2 MB"):
        recorded_question(folder, "long.mp3")
    with pytest.raises(NotFound):
        recorded_question(folder, "away.mp3")


def test_a_page_without_our_server_holds_the_sound(folder: ClassFolder) -> None:
    """Served it has an address; in JupyterLab the clean bytes stand in the page."""
    put(folder, "hello.mp3", plain_mp3(1.0))
    assert spoken_address(folder, served=True)("hello.mp3") == "/portfolio/spoken/hello.mp3"
    head, data = spoken_address(folder, served=False)("hello.mp3").split(",")
    found = recorded_question(folder, "hello.mp3").recording
    assert (head, base64.b64decode(data)) == ("data:audio/mpeg;base64", found.read(0, found.size))


def test_the_teacher_is_told_which_question_and_what_to_do(folder: ClassFolder) -> None:
    """A missing file and a broken one are one sentence each, with the question; a good one is none."""
    question = name_it(folder, "hello.mp3")
    (missing,) = troubles(folder)
    assert question in str(missing) and "is missing. Put it into" in str(missing)
    assert any(question in str(f.values) and not f.well for f in examine(folder.path))
    put(folder, "hello.mp3", b"nothing of the kind")
    (broken,) = troubles(folder)
    assert question in str(broken) and "Record it again" in str(broken)
    put(folder, "hello.mp3", plain_mp3(1.0))
    assert list(troubles(folder)) == []


def test_a_backup_holds_the_recorded_questions(folder: ClassFolder, tmp_path: Path) -> None:
    """They are the teacher's own and cannot be made again; strangers in the folder stay behind."""
    put(folder, "hello.mp3", plain_mp3(1.0))
    put(folder, "notes of mine.txt", b"private")
    made = back_up(folder, tmp_path / "b.zip", made_at=AT)
    again = restore(made.path, tmp_path / "again")
    assert [path.name for path in (again.path / SPOKEN).iterdir()] == ["hello.mp3"]
    assert (again.path / SPOKEN / "hello.mp3").read_bytes() == plain_mp3(1.0)
