"""Smaller variants of pictures: made once, proved when read, gone with the child; a file keeps to its budget with them."""

from __future__ import annotations

import io
import random
import secrets
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from portfolio.media import CleanPicture, clean_picture
from portfolio.media.smaller import ENOUGH, LEGIBLE, STEPS, at_least, shrunk
from portfolio.media.webp import bare_size
from portfolio.model import Book, Document, Picture, Work
from portfolio.moments.erasing import erase
from portfolio.moments.home import Kit, home_file, kit_of
from portfolio.rules.family_view import records_in
from portfolio.store.backup import make_backup
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.fake import FakeStore
from portfolio.store.smaller import SmallerPictures
from portfolio.testing import NOON, small_book, small_store
from portfolio.views.charts import draw_over_time
from portfolio.views.room import in_base64
from tests.samples import make_sample


def photo(seed: int) -> CleanPicture:
    """Return a kept picture with about as many details as a photo of a classroom."""
    noise = Image.frombytes("RGB", (100, 75), random.Random(seed).randbytes(100 * 75 * 3))
    soft = noise.resize((1600, 1200), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(4))
    file = io.BytesIO()
    soft.save(file, "PNG", compress_level=1)
    return clean_picture(file.getvalue())


@cache
def photos() -> tuple[CleanPicture, ...]:
    """Return three of them."""
    return tuple(photo(seed) for seed in range(3))


def picture(made: CleanPicture) -> Picture:
    """Return a picture as it stands in an entry."""
    return Picture(sha256=made.sha256, width=made.width, height=made.height)


def class_of(*, pages: bool = False) -> tuple[Book, FakeStore]:
    """Return a book with three photos, as pictures or as pages of a document, and a store that has them."""
    shown = tuple(map(picture, photos()))
    work = Work(entry_id="w", media=(Document(pages=shown, page_count=3),)) if pages else None
    book = small_book(work=(work or Work(entry_id="w", pictures=shown),))
    store = small_store(book)
    for made in photos():
        store.keep_picture(book.student.student_id, made.sha256, made.data, made.thumb)
    return book, store


def test_every_step_is_smaller_clean_and_the_same_each_time() -> None:
    """Less bytes from step to step, never below what is promised, nothing in it but the picture, same bytes again."""
    before = photos()[0].data
    for step, (longest, _) in enumerate(STEPS, 1):
        made = shrunk(photos()[0].data, step)
        assert at_least(len(photos()[0].data), step) <= len(made) < len(before)
        assert max(bare_size(made)) == longest
        assert made == shrunk(photos()[0].data, step)
        before = made


def test_a_picture_that_is_small_already_stays_as_it_is() -> None:
    """Making it anew would only make it larger or worse."""
    small = shrunk(photos()[0].data, len(STEPS))
    assert shrunk(small, 1) == small


@pytest.mark.parametrize("pages", [False, True])
def test_a_file_keeps_to_its_budget(tmp_path: Path, *, pages: bool) -> None:
    """Pictures shrink evenly until words and pictures are within the budget; pages of documents stay legible."""
    book, store = class_of(pages=pages)
    kit = Kit(store, draw_over_time, smaller=SmallerPictures(tmp_path))
    whole = home_file(book, "papa", replace(kit, budget=5_000_000))
    last = whole.sizes.pictures + 1
    for share in (0.9, 0.65, 0.45, 0.01):
        budget = whole.sizes.words + int(whole.sizes.pictures * share)
        made = home_file(book, "papa", replace(kit, budget=budget))
        assert made.missing == ()
        assert made.sizes.words == whole.sizes.words
        if share > 0.1 and not (pages and share < 0.6):
            assert made.sizes.words + made.sizes.pictures <= budget
        assert made.sizes.pictures <= last
        last = made.sizes.pictures
    smallest = LEGIBLE if pages else ENOUGH
    assert last == sum(in_base64(len(shrunk(one.data, smallest))) for one in photos())


def test_kept_variants_and_new_ones_give_the_same_file(tmp_path: Path) -> None:
    """Kept, deleted, damaged or without a place to keep them: the same bytes."""
    book, store = class_of()
    kit = Kit(store, draw_over_time, budget=400_000, smaller=SmallerPictures(tmp_path / "smaller"))
    first = home_file(book, "papa", kit)
    kept = sorted(p for p in (tmp_path / "smaller").rglob("*-*") if p.is_file())
    assert {p.parent.name for p in kept} == {book.student.student_id}
    assert len(kept) >= len(photos())
    assert home_file(book, "papa", kit) == first
    one, other, *_ = kept
    one.write_bytes(one.read_bytes()[:-1])
    other.write_bytes(one.read_bytes())
    assert home_file(book, "papa", kit) == first
    one.write_bytes(b"")
    assert home_file(book, "papa", kit) == first
    assert home_file(book, "papa", replace(kit, smaller=None)) == first


def test_a_variant_of_another_picture_is_never_taken(tmp_path: Path) -> None:
    """Two whole variants that change places are both made anew."""
    kept = SmallerPictures(tmp_path / "smaller")
    for made in photos()[:2]:
        kept.keep("maya", made.sha256, 1, made.data)
    a, b = (tmp_path / "smaller" / "maya" / f"{made.sha256}-1" for made in photos()[:2])
    a.rename(tmp_path / "x"), b.rename(a), (tmp_path / "x").rename(b)
    assert kept.find("maya", photos()[0].sha256, 1) is None
    b.write_bytes(a.read_bytes())
    assert kept.find("maya", photos()[1].sha256, 1) == photos()[1].data
    assert kept.find("maya", photos()[1].sha256, 2) is None
    assert kept.size("maya", photos()[1].sha256, 2) is None


@pytest.mark.parametrize("student", ["..", "a/b", "", "con", "/x"])
def test_nothing_is_kept_outside_its_folder(tmp_path: Path, student: str) -> None:
    """Ids that are no names of folders, digests that are none and links are passed over."""
    kept = SmallerPictures(tmp_path / "in" / "smaller")
    kept.keep(student, photos()[0].sha256, 1, b"x")
    kept.keep("maya", "../../x", 1, b"x")
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
    (tmp_path / "there").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "smaller").symlink_to(tmp_path / "there")
    kept.keep("maya", photos()[0].sha256, 1, b"x")
    assert not list((tmp_path / "there").iterdir())


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """Without room to keep a variant it is made each time."""
    (tmp_path / "smaller").write_bytes(b"a file, no folder")
    book, store = class_of()
    kit = Kit(store, draw_over_time, budget=300_000, smaller=SmallerPictures(tmp_path / "smaller"))
    assert home_file(book, "papa", kit) == home_file(book, "papa", replace(kit, smaller=None))


def test_a_whole_file_that_is_no_picture_is_left_as_it_is(tmp_path: Path) -> None:
    """Bytes that have their digest and are no picture we can open go into the file as they are."""
    book, _ = class_of()
    store = small_store(book)
    data = b"RIFF" + (60_004).to_bytes(4, "little") + b"WEBP" + bytes(60_000)
    name = sha256(data).hexdigest()
    store.keep_picture(book.student.student_id, name, data, data)
    odd = Picture(sha256=name, width=9, height=9)
    changed = book.but(portfolio=book.portfolio.but(work=(Work(entry_id="w", pictures=(odd,)),)))
    made = home_file(changed, "papa", Kit(store, draw_over_time, budget=1))
    assert made.missing == ()
    assert made.sizes.pictures >= 80_000


def test_variants_go_with_the_child_and_are_in_no_backup(tmp_path: Path) -> None:
    """An erased child leaves no variant behind; those of others stay; a backup has none."""
    folder = make_sample("ladybirds", tmp_path / "class", at=NOON, randomness=secrets.token_bytes)
    made = variants(folder, "noa"), variants(folder, "tariq")
    assert all(made)
    make_backup(folder, tmp_path / "b.zip", made_at=NOON)
    assert b"smaller" not in (tmp_path / "b.zip").read_bytes()
    gone = erase(folder, "noa")
    assert not any(".portfolio/smaller" in trace.file for trace in gone.traces)
    assert not (folder.smaller / "noa").exists()
    assert all(path.is_file() for path in made[1])


def variants(folder: ClassFolder, student_id: str) -> list[Path]:
    """Return the variants that a file of a small budget leaves."""
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student_id)
        kit = kit_of(folder, store, budget=150_000)
        home_file(book, book.student.households[0].household_id, kit)
    finally:
        store.close()
    assert records_in(book, Picture)
    return list((folder.smaller / student_id).iterdir())
