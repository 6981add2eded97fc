"""Files as children bring them, each with its required verdict: it is there, or a kind sentence says what to do.

One small file of each kind in every run; the big ones (a phone's video, photos of 10 and 30 MB, a line that
breaks in the middle of 60 MB) in the drill.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.moments.classes import roster
from portfolio.store.uploads import LARGEST_FILE
from tests.browser.served import Served, sample, serving
from tests.papers import pdf
from tests.recordings import box, mp4_with_gps
from tests.sounds import plain_mp3, told_heic
from tests.specimens import foliage, noise, plain_jpeg

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, WebSocketRoute

WAIT = 120_000
MB = 1_000_000

Maker = Callable[[Path], None]


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade and seven new children, served with personal links."""
    folder = sample("class-4b", tmp_path_factory.mktemp("kinds") / "class-4b")
    store = folder.store()
    for student in roster(["Ana", "Ben", "Cleo", "Dov", "Eli", "Fay", "Gus"]):
        store.keep_student(student)
    store.close()
    with serving(folder, links=True) as served:
        yield served


def kept(served: Served, student: str) -> list[Any]:
    """Return the media of every piece of work of a child as they are in the store."""
    store = served.folder.store()
    try:
        work = store.portfolio(store.rounds(student)[-1].portfolio_id).work
        return [medium for piece in work for medium in piece.media]
    finally:
        store.close()


def open_place(page: Page, address: str, section: str, field: str) -> Locator:
    """Open a child's desk and return the first place of a section for recordings or pictures."""
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    page.evaluate("section => { location.hash = section }", section)
    place = page.locator(f"[data-section={section}] [data-field={field}]").first
    place.wait_for(state="visible", timeout=WAIT)
    return place


def open_work(page: Page, address: str) -> Locator:
    """Open a child's desk and return the place for recordings of its first piece of work."""
    return open_place(page, address, "work", "media")


def writes(make: Callable[[], bytes]) -> Maker:
    """Return what writes these bytes to a path."""

    def write(path: Path) -> None:
        path.write_bytes(make())

    return write


def film(size: int) -> bytes:
    """Return a film of ``size`` bytes and a little less: what is seen is small, the rest is no box we keep."""
    small = mp4_with_gps()
    return small + box(b"free", random.Random(1).randbytes(size - len(small) - 8))


def windy_film(size: int) -> bytes:
    """Return a film of ``size`` bytes or a little more, all of them picture, as a phone films leaves in the wind."""
    import av
    import numpy as np

    leaves = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), dtype=np.uint8)
    sink = BytesIO()
    with av.open(sink, "w", format="mp4") as file:
        seen = file.add_stream("libx264", rate=30, options={"preset": "ultrafast", "qp": "18"})
        seen.width, seen.height, seen.pix_fmt = 1280, 720, "yuv420p"
        number = 0
        while sink.tell() < size:
            number += 7
            file.mux(seen.encode(av.VideoFrame.from_ndarray(np.roll(leaves, number, axis=1), format="rgb24")))
        file.mux(seen.encode())
    return sink.getvalue()


def two_gigabytes(path: Path) -> None:
    """Make a file of 2 GB that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(mp4_with_gps())
        file.truncate(2_000 * MB)


KIND = {"jpg": "img", "heic": "img", "mp3": "audio", "mp4": "video", "pdf": "img"}


def photo(megabytes: int = 0) -> bytes:
    """Return a photo of about so many megabytes, all of them picture (0: a small one)."""
    if not megabytes:
        return plain_jpeg(foliage(900, 700))
    width, height, quality, fine = {
        3: (2016, 1512, 92, False),
        10: (4032, 3024, 88, False),
        30: (4032, 3024, 96, True),
    }[megabytes]
    made = plain_jpeg(noise(width, height), quality, fine=fine)
    assert 0.85 * megabytes * MB < len(made) < 1.15 * megabytes * MB
    return made


TAKEN = [
    pytest.param("Ana", {"a.jpg": photo, "b.heic": told_heic, "c.mp3": lambda: plain_mp3(120.0)}, id="small"),
    pytest.param("Ben", {"a.mp4": mp4_with_gps, "b.pdf": lambda: pdf(12)}, id="film and paper"),
    pytest.param(
        "Cleo",
        {"a.jpg": lambda: photo(3), "b.jpg": lambda: photo(10), "c.jpg": lambda: photo(30)},
        id="large photos as files",
        marks=pytest.mark.drill,
    ),
    pytest.param("Dov", {"a.mp4": lambda: windy_film(50 * MB)}, id="50 MB", marks=pytest.mark.drill),
]

REFUSED = {
    "broken.mp4": (writes(lambda: mp4_with_gps()[:3000]), "the end of it is missing"),
    "me.png": (writes(lambda: b"#!/bin/sh\necho hello\n"), "only writing in this file"),
    "game.exe": (writes(lambda: b"MZ" + bytes(4000)), "we never open programs"),
    "party.mp4": (two_gigabytes, "too large: it has 2000 MB, and 64 MB is the most"),
}


@pytest.mark.parametrize(("child", "specimens"), TAKEN)
def test_it_comes_in(
    class_4b: Served, page: Page, tmp_path: Path, child: str, specimens: dict[str, Callable[[], bytes]]
) -> None:
    """Each is accepted, shown, and saved."""
    place = open_work(page, class_4b.links[child])
    for name, make in specimens.items():
        (tmp_path / name).write_bytes(make())
        shown = place.locator(KIND[name.split(".")[1]])
        before = shown.count()
        place.get_by_label("Choose a file").set_input_files(tmp_path / name)
        expect(shown, name).to_have_count(before + 1, timeout=WAIT)
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    assert len(kept(class_4b, child.lower())) == len(specimens)


@pytest.mark.drill
def test_large_photos_are_made_small_before_they_travel(class_4b: Served, page: Page, tmp_path: Path) -> None:
    """Photos of 3, 10 and 30 MB chosen at once where pictures belong, and one from an iPhone: all are there."""
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(len(data))))
    (tmp_path / "phone.heic").write_bytes(told_heic(foliage(1200, 900)))
    for megabytes in (3, 10, 30):
        (tmp_path / f"{megabytes}.jpg").write_bytes(photo(megabytes))
    for section, wanted in (("work", "*.jpg"), ("strengths", "*.heic")):
        place = open_place(page, class_4b.links["Gus"], section, "pictures")
        chosen = sorted(tmp_path.glob(wanted))
        place.get_by_label("Choose a picture").first.set_input_files(chosen)
        expect(place.locator(".items img")).to_have_count(len(chosen), timeout=WAIT)
        page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    store = class_4b.folder.store()
    book = store.portfolio(store.rounds("gus")[-1].portfolio_id)
    shown = [*(piece.pictures for piece in book.work), *(strength.pictures for strength in book.strengths)]
    digests = {picture.sha256 for pictures in shown for picture in pictures}
    assert len(digests) == 4
    assert all(store.picture("gus", digest) for digest in digests)
    store.close()
    assert sum(sent) < 10 * MB


def test_a_kind_sentence_says_what_to_do(class_4b: Served, page: Page, tmp_path: Path) -> None:
    """Each is refused beside the place where it was chosen; of the largest nothing travels, and nothing waits."""
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(len(data))))
    place = open_work(page, class_4b.links["Eli"])
    for name, (make, words) in REFUSED.items():
        make(tmp_path / name)
        place.get_by_label("Choose a file").set_input_files(tmp_path / name)
        expect(place.locator(".field-say").first).to_contain_text(words, timeout=WAIT)
    assert kept(class_4b, "eli") == []
    assert not list((class_4b.folder.hidden / "uploads").glob("eli/*.part"))
    assert max(sent, default=0) < MB // 2


@pytest.mark.drill
def test_sixty_megabytes_over_a_line_that_breaks(class_4b: Served, page: Page, tmp_path: Path) -> None:
    """The line is cut when a third has gone; when it is there again the film goes on from where it was."""
    gone: list[int] = []
    broken: list[bool] = []

    def carry(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def to_server(message: str | bytes) -> None:
            gone.append(len(message))
            if sum(gone) > 20 * MB and not broken:
                broken.append(True)
                server.close()
                socket.close(code=3001)
            else:
                server.send(message)

        socket.on_message(to_server)

    page.route_web_socket("**/channels*", carry)
    (tmp_path / "film.mp4").write_bytes(film(60 * MB))
    assert (tmp_path / "film.mp4").stat().st_size < LARGEST_FILE
    place = open_work(page, class_4b.links["Fay"])
    films = place.locator("video").count()
    place.get_by_label("Choose a file").set_input_files(tmp_path / "film.mp4")
    expect(place.get_by_text("Keep this page open until it is here.", exact=False)).to_be_visible(
        timeout=WAIT
    )
    expect(place.locator("video")).to_have_count(films + 1, timeout=300_000)
    assert broken
    assert sum(gone) < 75 * MB  # what had arrived did not travel twice
