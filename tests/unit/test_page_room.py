"""What fits into one file: the limit holds, the order is fixed, and what is left out is told."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.model import Book, Document, Medium, Passage, Picture, Work
from portfolio.moments.home import home_file, kit_of
from portfolio.moments.send_home import send_home
from portfolio.rules import for_audience
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.testing import DOTS, NOON, dots, named, small_book
from portfolio.views import room
from portfolio.views.home import home_page
from portfolio.views.pages import render, talk_page
from portfolio.words import speak
from tests.media_books import Tags, film, home, sound, with_media
from tests.samples import make_sample

TOO_LARGE = "This picture is too large for this file. Ask {name} to show it to you."
BIG = {n: bytes([n]) * size for n, size in enumerate((30_000, 60_000, 90_000, 200_000))}


def made(book: Book, limit: int) -> str:
    """Return a home page whose files are those of ``BIG`` and two pictures."""
    files = {named(data): data for data in (*BIG.values(), *DOTS)}

    def address(sha: str, suffix: str) -> str:
        assert suffix
        return room.data_address(files[sha], "audio/wav")

    view = for_audience(book, "home", "papa")
    return render(home_page(view, files.__getitem__, media=address), limit)


def words_only(book: Book) -> int:
    """Return how large a book's page is with no picture and no recording in it."""
    return len(made(book, 0).encode())


media_lists = st.lists(
    st.tuples(st.sampled_from(["sound", "video", "document", "picture"]), st.sampled_from(sorted(BIG))),
    max_size=6,
)


def listed(kinds: list[tuple[str, int]]) -> Book:
    """Return a book with these media and pictures, each one as large as ``BIG`` says."""
    media: list[Medium] = []
    pictures: list[Picture] = []
    for kind, n in kinds:
        picture = Picture(sha256=named(BIG[n]), width=9, height=9)
        if kind == "sound":
            media.append(sound(BIG[n]))
        elif kind == "video":
            media.append(film(BIG[n], poster=dots(0)))
        elif kind == "document":
            media.append(Document(pages=(dots(0), picture), page_count=2))
        else:
            pictures.append(picture)
    return small_book(work=(Work(entry_id="w", media=tuple(media), pictures=tuple(pictures)),))


@settings(max_examples=30)
@given(kinds=media_lists, more=st.integers(min_value=0, max_value=600_000))
def test_a_file_is_never_larger_than_its_limit(kinds: list[tuple[str, int]], more: int) -> None:
    """Whatever is in a book, the file stays within the limit, and what is not in it is told."""
    book = listed(kinds)
    limit = words_only(book) + more
    page = made(book, limit)
    assert len(page.encode()) <= limit
    missing = page.count("is too large for this file.")
    tags = Tags(page)
    shown = len(tags.all("audio")) + len(tags.all("video")) + len(tags.all("img"))
    assert (missing == 0) == (len(made(book, 10_000_000).encode()) <= limit)
    assert missing or not kinds or shown
    assert not re.search("<[\ue000-\ue003]", page)


def test_pictures_come_first_then_sounds_then_pages_then_films() -> None:
    """With little room the order is fixed, and the order of the book within each kind."""
    book = listed([("video", 0), ("document", 0), ("sound", 1), ("sound", 0), ("picture", 0)])
    least = words_only(book)
    seen = []
    for more in (45_000, 130_000, 210_000, 250_000, 300_000):
        tags = Tags(made(book, least + more))
        large = [i for i in tags.all("img") if len(str(i["src"])) > 9_000]
        seen.append((len(large), len(tags.all("audio")), len(tags.all("video"))))
    assert seen == [(1, 0, 0), (1, 1, 0), (2, 2, 0), (2, 2, 1), (2, 2, 1)]


def test_what_does_not_fit_is_told_where_it_stands() -> None:
    """A film too large leaves its still, its words and a kind sentence; the talk has it in any case."""
    book = small_book()
    far_too_large = film(BIG[3], poster=dots(0, "A boat"), transcript=Passage(text="It floats."))
    large = book.but(portfolio=book.portfolio.but(work=(Work(entry_id="work-1", media=(far_too_large,)),)))
    page = made(large, words_only(large) + 2_000)
    assert "This film is too large for this file. Ask Inés to show it to you." in page
    assert 'alt="A boat"' in page
    assert "It floats." in page
    view = for_audience(large, "conference")
    assert len(Tags(render(talk_page(view, lambda _: b"RIFF"), 1)).all("video")) == 1


def test_a_file_far_too_large_is_not_even_read() -> None:
    """A film of which one knows that there is no room for it costs no memory."""
    book = with_media(film(BIG[3]).but(size=60_000_000))

    def read(sha256: str, suffix: str) -> str:
        raise AssertionError(f"{sha256}.{suffix} was read")

    page = render(home_page(for_audience(book, "home", "papa"), lambda _: b"RIFF", media=read))
    assert "This film is too large for this file." in page


def test_a_size_that_is_not_true_changes_nothing() -> None:
    """The limit is held against the bytes themselves, not against what an entry says of them."""
    book = with_media(sound(BIG[3]).but(size=1))
    limit = words_only(book) + 1_000
    assert len(made(book, limit).encode()) <= limit


def test_a_home_file_has_five_megabytes_at_most() -> None:
    """Without another wish the limit is 5 MB, and home_html holds it."""
    assert room.HOME_LIMIT == 5_000_000
    book = with_media(sound())
    small = len(home(book, 0).encode())
    assert "<audio" not in home(book, small)
    assert "<audio" in home(book)


def test_a_page_without_media_carries_no_styles_for_them() -> None:
    """The styles of recordings are in a file only if it has one."""
    bare = small_book(work=())
    assert ".pf .heard{" not in home(bare)
    assert ".pf .heard{" in home(small_book())


def test_files_sent_home_keep_the_limit_too(tmp_path: Path) -> None:
    """Each file that send_home writes is within the limit it was given, and says what it left out."""
    folder = make_sample("ladybirds", tmp_path / "class", at=NOON, randomness=secrets.token_bytes)
    limit = 1_000 + words_of(folder, "tariq")
    smaller = send_home(folder, students=["tariq"], out=tmp_path / "less", limit=limit)
    assert smaller
    for sent in smaller:
        assert sent.trouble is None
        assert sent.path is not None
        assert sent.path.stat().st_size == sent.size <= limit
        assert sent.household is not None
        told = speak(sent.household.reads[0])(TOO_LARGE, name="Tariq")
        assert told in sent.path.read_text("utf-8")


def words_of(folder: ClassFolder, student_id: str) -> int:
    """Return how many bytes of the larger of a child's files are words."""
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student_id)
        kit = kit_of(folder, store)
        homes = [home.household_id for home in book.student.households]
        return max(home_file(book, home, replace(kit, limit=0)).sizes.words for home in homes)
    finally:
        store.close()
