"""A recording from a child's computer into the book: in parts, through a killed kernel, and nobody else's."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio import files
from tests.browser.served import Served, open_work, sample, serving
from tests.kernels import kernel_id, kernel_process
from tests.sounds import plain_mp3, wav

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

WAIT = 90_000
MEDIA = files.sample_class() / "media"


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    with serving(sample("class-4b", tmp_path_factory.mktemp("one") / "class-4b"), links=True) as served:
        yield served


def choose(place: Locator, *files: tuple[str, str, bytes]) -> None:
    """Choose files: name, type, bytes."""
    payloads: list[FilePayload] = [{"name": n, "mimeType": t, "buffer": raw} for n, t, raw in files]
    place.get_by_label("Choose a file").set_input_files(payloads)


def saved(page: Page) -> None:
    """Wait until the line about saving says that all is saved."""
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)


def kept(served: Served, student: str) -> list[Any]:
    """Return the media of the first piece of work as they are in the store."""
    store = served.folder.store()
    try:
        return list(store.portfolio(store.rounds(student)[-1].portfolio_id).work[0].media)
    finally:
        store.close()


def test_a_recording_comes_in_is_played_and_stays_ones_own(
    class_4b: Served, page: Page, axe: Callable[..., Any], offline_guard: list[str]
) -> None:
    """It plays from our server after a reload, in parts; without this child's visit the address is not there."""
    place = open_work(page, class_4b.links["Amal"])
    choose(place, ("song.mp3", "audio/mpeg", plain_mp3(3.0)))
    words = place.get_by_label("What do you say in it?", exact=False)
    words.wait_for(timeout=WAIT)
    words.fill("I sing our song.")
    place.get_by_label("Other people can be seen or heard in it.").check()
    place.get_by_role("button", name="Write or paste a text").click()
    page.keyboard.type("for n in range(3):")  # the new text has the focus
    place.get_by_label("It is a computer program.").check()
    place.get_by_label("In which programming language?").fill("Python")
    place.get_by_role("button", name="Paste a link").press("Enter")
    page.keyboard.type("not a link")
    page.keyboard.press("Enter")
    expect(place.locator(".field-say")).to_be_visible(timeout=WAIT)
    place.get_by_label("The address of the page").fill("https://example.org/song")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="https://example.org/song").wait_for(timeout=WAIT)
    saved(page)
    assert axe(page) == []
    sound, text, link = kept(class_4b, "amal")
    assert (sound.transcript.text, sound.others) == ("I sing our song.", True)
    assert (text.sort, text.language, link.address) == ("code", "Python", "https://example.org/song")
    place = open_work(page, class_4b.url)
    player = place.locator("audio")
    page.wait_for_function("document.querySelector('audio').duration > 2.5", timeout=WAIT)
    address = player.evaluate("player => player.currentSrc")
    assert f"/portfolio/media/{sound.sha256}.mp3" in address
    part = page.request.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status, part.headers["content-range"][:9]) == (206, "bytes 0-1")
    page.context.clear_cookies()
    assert page.request.get(address).status == 404
    page.goto(class_4b.links["Mateo"])
    assert page.request.get(address).status == 404


@pytest.mark.drill
def test_a_document_and_a_film_come_in_and_are_looked_at(
    class_4b: Served, page: Page, axe: Callable[..., Any], offline_guard: list[str]
) -> None:
    """A PDF shows its first page, a film its still in its own size; the store has both."""
    place = open_work(page, class_4b.links["Linh"])
    choose(place, ("bridge.pdf", "application/pdf", (MEDIA / "bridge_report.pdf").read_bytes()))
    expect(place.get_by_text("3 of 3 pages")).to_be_visible(timeout=WAIT)
    choose(place, ("car.mp4", "video/mp4", (MEDIA / "robot_car.mp4").read_bytes()))
    film = place.locator("video").last
    film.wait_for(timeout=WAIT)
    saved(page)
    assert axe(page) == []
    document, video = kept(class_4b, "linh")[-2:]
    assert (document.kind, document.page_count, video.kind) == ("document", 3, "video")
    assert video.poster is not None
    assert [video.width, video.height] == film.evaluate("film => [film.width, film.height]")


@pytest.mark.drill
def test_killed_in_the_middle_the_file_still_comes_in(
    class_4b: Served, page: Page, tmp_path: Path, offline_guard: list[str]
) -> None:
    """The page says kindly that it waits; opened again it goes on by itself, and the bytes are the same."""
    from portfolio.media.sound import clean_sound

    raw = wav(os.urandom(1_900_000) * 10, rate=48_000, channels=2)  # as large as this browser keeps
    source = tmp_path / "rain.wav"
    source.write_bytes(raw)
    place = open_work(page, class_4b.links["Mateo"])
    kernel = kernel_process(kernel_id(page))
    assert kernel is not None
    folder = class_4b.folder.hidden / "uploads" / "mateo"
    place.get_by_label("Choose a file").set_input_files(source)
    arrived = wait_for_bytes(page, folder, 2_000_000)
    kernel.kill()
    expect(place.get_by_text("it goes on by itself", exact=False)).to_be_visible(timeout=WAIT)
    assert arrived < len(raw)
    assert list(folder.glob("*.part"))
    place = open_work(page, class_4b.url)
    place.locator("audio").wait_for(timeout=WAIT)
    saved(page)
    (sound,) = kept(class_4b, "mateo")
    store = class_4b.folder.store()
    assert store.media("mateo", sound.sha256, sound.suffix) == clean_sound(raw).data
    store.close()
    assert not list(folder.glob("*.part"))


def wait_for_bytes(page: Page, folder: Path, wanted: int) -> int:
    """Wait until so many bytes of a file have arrived; return how many."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        size = max((path.stat().st_size for path in folder.glob("*.part")), default=0)
        if size >= wanted:
            return size
        page.wait_for_timeout(5)  # the watch over the network works only while Playwright is asked something
    raise AssertionError("nothing came")
