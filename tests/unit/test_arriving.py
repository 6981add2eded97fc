"""From bytes to something kept: what came is cleaned, told truly, and remembered until it is saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portfolio.errors import InputRefused, MediaRefused, NotFound, PictureRefused
from portfolio.media.pictures import CleanPicture
from portfolio.moments.arrivals import Arrivals, inside_address, served_address
from portfolio.store.fake import FakeStore
from portfolio.store.uploads import LARGEST_PART, Uploads
from portfolio.testing import NOON, small_book, small_store
from tests.papers import pdf
from tests.recordings import recording
from tests.sounds import plain_mp3, wav
from tests.specimens import camera_jpeg

ONE = "0123456789abcdef"
TWO = "fedcba9876543210"


@pytest.fixture
def store() -> FakeStore:
    """A class in memory."""
    return small_store(small_book(work=()))


@pytest.fixture
def arrivals(store: FakeStore, tmp_path: Path) -> Arrivals:
    """What Inés brings in."""
    return Arrivals(store, Uploads(tmp_path / "uploads"), "ines", "es", now=lambda: NOON)


def bring(
    arrivals: Arrivals,
    raw: bytes,
    name: str = "",
    control: Any = "media",
    upload: str = ONE,
    still: bytes = b"",
) -> dict[str, Any]:
    """Send a file part by part, and take it."""
    have = arrivals.where(upload)
    while have < len(raw):
        have = arrivals.part(upload, have, raw[have : have + LARGEST_PART], len(raw))
    return arrivals.take(control, upload, len(raw), name, still)


def test_a_sound_is_told_as_it_is_kept(arrivals: Arrivals, store: FakeStore) -> None:
    """Length and size are measured here; the bytes are under their name; no words are invented."""
    made = bring(arrivals, plain_mp3(2.0), "IMG_4711.mp3")
    kept = store.media("ines", made["sha256"], "mp3")
    assert (made["kind"], made["suffix"], made["size"]) == ("sound", "mp3", len(kept))
    assert 1.9 < made["seconds"] < 2.2
    assert (made["transcript"], made["caption"], made["others"]) == ("", "", False)
    assert "others_agreed" not in made


def test_a_film_comes_with_its_still(arrivals: Arrivals, store: FakeStore) -> None:
    """The still is cleaned like every picture; without one, or with nonsense, the film is as good."""
    made = bring(arrivals, recording(), still=camera_jpeg())
    assert (made["kind"], made["suffix"]) == ("video", "mp4")
    assert store.media("ines", made["sha256"], "mp4")
    assert store.picture("ines", made["poster"]["sha256"])[:4] == b"RIFF"
    assert bring(arrivals, recording(), upload=TWO, still=b"no picture")["poster"] is None


def test_a_document_becomes_pictures_of_its_pages(arrivals: Arrivals, store: FakeStore) -> None:
    """Every page is a kept picture; the document itself is not kept."""
    before = set(store.media_names("ines"))
    made = bring(arrivals, pdf(pages=2))
    assert (made["kind"], made["page_count"], len(made["pages"])) == ("document", 2, 2)
    assert [store.picture("ines", page["sha256"])[:4] for page in made["pages"]] == [b"RIFF"] * 2
    assert all(name.endswith(".webp") for name in set(store.media_names("ines")) - before)


def test_a_photo_in_the_place_for_media_is_a_document_of_one_page(arrivals: Arrivals) -> None:
    """A photographed sheet is not turned away."""
    made = bring(arrivals, camera_jpeg())
    assert (made["kind"], made["page_count"]) == ("document", 1)


def test_a_program_is_writing_in_its_language(arrivals: Arrivals) -> None:
    """The end of the name tells the language, and nothing else of the name stays."""
    made = bring(arrivals, b"print('hola')\n", "inés-secret.py")
    assert (made["kind"], made["sort"], made["language"]) == ("writing", "code", "python")
    assert "secret" not in str(made)


def test_a_picture_for_the_place_of_pictures(arrivals: Arrivals, store: FakeStore) -> None:
    """Pictures come the same way; a recording in their place is refused with their own sentence."""
    made = bring(arrivals, camera_jpeg(), control="photos")
    assert store.picture("ines", made["sha256"])
    assert "kind" not in made
    with pytest.raises(PictureRefused):
        bring(arrivals, plain_mp3(), control="photos", upload=TWO)


@pytest.mark.parametrize("raw", [b"", b"\0" * 5000, b"PK\3\4" + b"\0" * 300, b"\x7fELF" + b"\0" * 300])
def test_what_is_refused_leaves_nothing_behind(
    arrivals: Arrivals, store: FakeStore, tmp_path: Path, raw: bytes
) -> None:
    """A sentence says what to do; no bytes, no note and no kept file stay."""
    before = store.media_names("ines")
    with pytest.raises(MediaRefused, match=r"\.$"):
        bring(arrivals, raw, "holiday.mp3")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert store.media_names("ines") == before


def test_asked_again_it_is_told_again_and_not_done_again(
    arrivals: Arrivals, store: FakeStore, tmp_path: Path
) -> None:
    """A page that lost our answer, also after a restart, gets the same; the bytes are not needed any more."""
    first = bring(arrivals, plain_mp3())
    assert not list(tmp_path.rglob("*.part"))
    anew = Arrivals(store, Uploads(tmp_path / "uploads"), "ines", "es", now=lambda: NOON)
    assert anew.take("media", ONE, 7, "", b"") == first
    assert anew.known() == (first,)


def test_a_crash_while_cleaning_keeps_the_file(arrivals: Arrivals, store: FakeStore, tmp_path: Path) -> None:
    """What was not our child's mistake does not cost the upload: the next try has every byte."""

    def broken(raw: bytes) -> CleanPicture:
        raise ZeroDivisionError

    raw = camera_jpeg()
    failing = Arrivals(store, Uploads(tmp_path / "uploads"), "ines", "es", now=lambda: NOON, clean=broken)
    with pytest.raises(ZeroDivisionError):
        bring(failing, raw, control="photos")
    assert arrivals.where(ONE) == len(raw)
    assert bring(arrivals, raw, control="photos")["width"]


def test_nobody_takes_what_another_child_sent(store: FakeStore, arrivals: Arrivals, tmp_path: Path) -> None:
    """The same upload id of another child is another file."""
    arrivals.part(ONE, 0, b"abc", 3)
    other = Arrivals(store, Uploads(tmp_path / "uploads"), "tariq", "en", now=lambda: NOON)
    assert other.where(ONE) == 0
    with pytest.raises(InputRefused, match="whole"):
        other.take("media", ONE, 3, "", b"")


def test_a_link_is_checked(arrivals: Arrivals) -> None:
    """An address of the web becomes a medium; everything else is refused with a sentence."""
    assert arrivals.link("https://example.org/a")["address"] == "https://example.org/a"
    for bad in ("javascript:alert(1)", "file:///etc/passwd", "my page", ""):
        with pytest.raises(MediaRefused):
            arrivals.link(bad)


def test_small_recordings_stand_in_a_page_without_our_server(store: FakeStore, arrivals: Arrivals) -> None:
    """Up to two megabytes; larger ones have no address, and a served page names the place instead."""
    made = bring(arrivals, wav(bytes(8000)))
    address = inside_address(store, "ines")
    assert address(made["sha256"], "wav", made["size"]).startswith("data:audio/wav;base64,UklGR")
    assert address(made["sha256"], "wav", 2_000_001) == ""
    assert served_address(made["sha256"], "wav") == f"/portfolio/media/{made['sha256']}.wav"
    with pytest.raises(NotFound):
        inside_address(store, "tariq")(made["sha256"], "wav", 1)


def test_an_erased_child_brings_nothing_in_through_a_desk_left_open(
    arrivals: Arrivals, store: FakeStore, tmp_path: Path
) -> None:
    """After a child has been erased nothing of it reaches the disk again, not even half a file."""
    store.forget_student("ines")
    with pytest.raises(NotFound):
        arrivals.part(ONE, 0, b"x" * 100, 1000)
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []


def test_a_full_book_takes_no_more_files_and_says_so(arrivals: Arrivals, store: FakeStore) -> None:
    """One child cannot fill the disk of a class: beyond its share a sentence says so, and nothing is left waiting."""
    before = store.media_size("ines")
    first = bring(arrivals, plain_mp3(2.0))
    room = store.media_size("ines")
    assert room - before == len(store.media("ines", first["sha256"], "mp3"))
    full = replace(arrivals, most=room + 100)
    with pytest.raises(MediaRefused, match="Your book is full"):
        bring(full, plain_mp3(1.0), upload=TWO)
    assert arrivals.uploads.have("ines", TWO) == 0
    assert bring(replace(arrivals, most=room + 100_000), plain_mp3(1.0), upload=TWO)["kind"] == "sound"
