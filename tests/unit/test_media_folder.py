"""Pictures on disk: nothing outside the folder, nothing unproved."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.store.media import MediaFolder, is_folder_name


def webp(content: bytes) -> bytes:
    """Return a file with the wrapping of a WebP picture around any bytes."""
    return b"RIFF" + (len(content) + 4).to_bytes(4, "little") + b"WEBP" + content


DATA, THUMB = webp(b"a picture of a boat" * 50), webp(b"small")
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the pictures go; not made yet."""
    return tmp_path / "media"


@pytest.fixture
def media(root: Path) -> MediaFolder:
    """A media folder with one picture of Maya's."""
    folder = MediaFolder(root)
    folder.keep("maya", SHA, DATA, THUMB)
    return folder


def test_a_picture_lies_where_its_student_and_digest_say(media: MediaFolder, root: Path) -> None:
    """Two files, named by ids only, below the student's folder."""
    found = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    assert found == [f"maya/{SHA}.thumb.webp", f"maya/{SHA}.webp"]
    assert (media.picture("maya", SHA), media.thumb("maya", SHA)) == (DATA, THUMB)


HOSTILE = [
    "..", ".", "", "/etc", "../maya", "maya/../ben", "maya/", "C:", "maya\\..", "ma\0ya", "\ud800",
    "con", "nul.x", "com1", "maya.", "Maya", " maya", "~", "a" * 65, "maya\n",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_reach_nothing(media: MediaFolder, root: Path, name: str) -> None:
    """A name that is no id is refused for writing and not found for reading; nothing appears."""
    before = sorted(root.parent.rglob("*"))
    with pytest.raises(InputRefused):
        media.keep(name, SHA, DATA, THUMB)
    for ask in (media.picture, media.thumb):
        with pytest.raises(NotFound):
            ask(name, SHA)
        with pytest.raises(NotFound):
            ask("maya", name)
    with pytest.raises(InputRefused):
        media.keep("maya", name, DATA, THUMB)
    assert sorted(root.parent.rglob("*")) == before


@given(name=st.text(max_size=12) | st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,8}", fullmatch=True))
def test_a_folder_name_never_leaves_its_folder(name: str) -> None:
    """Whatever counts as a folder's name stays one step below the root."""
    if is_folder_name(name):
        assert Path(os.path.normpath(Path("/media") / name)).parent == Path("/media")
        assert name.isascii()
        assert not name.endswith(".")


@pytest.mark.parametrize("linked", ["picture", "student", "student inside", "all"])
def test_links_are_never_followed(
    media: MediaFolder, root: Path, linked: str, only_on: Callable[..., None]
) -> None:
    """A link in the place of a picture, a student's folder or all of them is refused both ways."""
    only_on("Linux", "Darwin")
    outside = root.parent / "outside"
    place = {"picture": root / "maya" / f"{SHA}.webp", "all": root}.get(linked, root / "maya")
    there = root / "ben" if linked == "student inside" else outside
    place.rename(there)
    place.symlink_to(there)
    before = sorted(root.parent.rglob("*"))
    with pytest.raises(StorageTrouble, match="link to another place"):
        media.picture("maya", SHA)
    with pytest.raises(StorageTrouble, match="link to another place"):
        media.keep("maya", SHA, DATA, webp(b"another small one"))
    assert sorted(root.parent.rglob("*")) == before


def test_a_pipe_in_the_place_of_a_picture_does_not_hang(
    media: MediaFolder, root: Path, only_on: Callable[..., None]
) -> None:
    """Anything but a plain file is refused without being opened."""
    only_on("Linux", "Darwin")
    (root / "maya" / f"{SHA}.webp").unlink()
    os.mkfifo(root / "maya" / f"{SHA}.webp")
    with pytest.raises(StorageTrouble):
        media.picture("maya", SHA)


@pytest.mark.parametrize("damage", [DATA[:-1], b"", DATA[:-1] + b"?", webp(b"another picture")])
def test_a_damaged_picture_is_named_and_mended_by_keeping_it_again(
    media: MediaFolder, root: Path, damage: bytes
) -> None:
    """Bytes that do not fit the name are never handed out; keeping the picture replaces them."""
    (root / "maya" / f"{SHA}.webp").write_bytes(damage)
    with pytest.raises(StorageTrouble, match=f"picture {SHA[:12]} of “maya” is damaged") as caught:
        media.picture("maya", SHA)
    assert caught.value.values["sha256"] == SHA
    media.keep("maya", SHA, DATA, THUMB)
    assert media.picture("maya", SHA) == DATA


def test_a_cut_off_small_copy_is_named(media: MediaFolder, root: Path) -> None:
    """A small copy that lost its end is damaged, and keeping the picture mends it."""
    (root / "maya" / f"{SHA}.thumb.webp").write_bytes(THUMB[:-2])
    with pytest.raises(StorageTrouble, match="damaged"):
        media.thumb("maya", SHA)
    media.keep("maya", SHA, DATA, THUMB)
    assert media.thumb("maya", SHA) == THUMB


def test_a_whole_picture_is_not_written_again(media: MediaFolder, root: Path) -> None:
    """Keeping what is there leaves the files as they are."""
    before = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (root / "maya").iterdir()}
    media.keep("maya", SHA, DATA, THUMB)
    assert {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (root / "maya").iterdir()} == before


def test_a_picture_that_cannot_be_read_is_told(media: MediaFolder, root: Path) -> None:
    """A folder in the place of the student's folder's file, or a file in the folder's place, is said."""
    (root / "zoe").write_bytes(b"a file")
    with pytest.raises(StorageTrouble, match="cannot be read"):
        media.picture("zoe", SHA)
    with pytest.raises(StorageTrouble, match="could not be saved"):
        media.keep("zoe", SHA, DATA, THUMB)


# -------------------------------------------------------------------------------------------- recordings

SOUND = b"a recording, as far as the folder knows" * 30
SOUND_SHA = hashlib.sha256(SOUND).hexdigest()


@pytest.mark.parametrize("damage", [SOUND[:-1], b"", SOUND + b"?"])
def test_a_recording_is_proved_on_every_reading(media: MediaFolder, root: Path, damage: bytes) -> None:
    """Bytes that do not fit the name are never handed out; keeping the recording mends it."""
    media.keep_file("maya", SOUND_SHA, "mp3", SOUND)
    (root / "maya" / f"{SOUND_SHA}.mp3").write_bytes(damage)
    with pytest.raises(StorageTrouble, match=f"file {SOUND_SHA[:12]}.* of “maya” is damaged"):
        media.file("maya", SOUND_SHA, "mp3")
    media.keep_file("maya", SOUND_SHA, "mp3", SOUND)
    assert media.file("maya", SOUND_SHA, "mp3") == SOUND


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_reach_no_recording(media: MediaFolder, root: Path, name: str) -> None:
    """Whatever stands for student, digest, suffix or name: nothing is read, written or deleted outside."""
    (root.parent / "outside.mp3").write_bytes(SOUND)
    before = sorted(root.parent.rglob("*"))
    asked: list[Callable[[], object]] = [
        lambda: media.keep_file(name, SOUND_SHA, "mp3", SOUND),
        lambda: media.keep_file("maya", name, "mp3", SOUND),
        lambda: media.keep_file("maya", SOUND_SHA, name, SOUND),
        lambda: media.file(name, SOUND_SHA, "mp3"),
        lambda: media.file("maya", name, "mp3"),
        lambda: media.file("maya", SOUND_SHA, name),
        lambda: media.drop(name, f"{SHA}.webp"),
        lambda: media.drop("maya", name),
    ]
    for ask in asked:
        with pytest.raises((InputRefused, NotFound)):
            ask()
    assert media.names(name) == ()
    assert media.forget(name) == 0
    assert sorted(root.parent.rglob("*")) == before


def test_only_our_plain_files_are_listed_and_dropped(
    media: MediaFolder, root: Path, only_on: Callable[..., None]
) -> None:
    """Links, folders and strange names in a student's folder are neither listed nor deleted by name."""
    only_on("Linux", "Darwin")
    (root / "maya" / f"{'b' * 64}.webp").symlink_to(root / "maya" / f"{SHA}.webp")
    (root / "maya" / f"{'c' * 64}.mp3").mkdir()
    (root / "maya" / f"{'d' * 64}.exe").write_bytes(b"")
    assert media.names("maya") == (f"{SHA}.thumb.webp", f"{SHA}.webp")
    for name in (f"{'b' * 64}.webp", f"{'c' * 64}.mp3", f"{'d' * 64}.exe"):
        with pytest.raises(NotFound):
            media.drop("maya", name)
    media.drop("maya", f"{SHA}.thumb.webp")
    assert media.names("maya") == (f"{SHA}.webp",)


def test_forgetting_takes_the_whole_folder_and_follows_no_link(
    media: MediaFolder, root: Path, only_on: Callable[..., None]
) -> None:
    """What is in the folder goes, whatever it is; what a link leads to stays."""
    only_on("Linux", "Darwin")
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("stays")
    (root / "maya" / "link").symlink_to(outside)
    (root / "maya" / "inner").mkdir()
    (root / "maya" / "inner" / "notes.txt").write_text("goes")
    assert media.forget("maya") == 3
    (root / "ben").symlink_to(outside)
    assert media.forget("ben") == 1
    assert media.forget("ben") == 0
    assert [p.name for p in root.iterdir()] == []
    assert (outside / "keep.txt").read_text() == "stays"
