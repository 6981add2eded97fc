# long: one recorder in all its states, and everywhere it cannot be
"""A child says something into its book: by keys alone, without a microphone, and through a closed page."""

from __future__ import annotations

import re
import wave
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.carry import source
from tests.browser.served import Served, open_work, sample, serving
from tests.sounds import wav

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

WAIT = 90_000
Axe = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    with serving(sample("class-4b", tmp_path_factory.mktemp("voice") / "class-4b"), links=True) as served:
        yield served


@pytest.fixture(scope="module")
def ladybirds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first grade, served with personal links."""
    folder = sample("ladybirds", tmp_path_factory.mktemp("voice") / "ladybirds")
    with serving(folder, links=True) as served:
        yield served


def press(place: Locator, name: str) -> None:
    """Press a button of the place with the mouse."""
    place.get_by_role("button", name=name, exact=True).click(timeout=WAIT)


def by_key(page: Page, name: str) -> None:
    """Go on with Tab until the button has the focus, then press Enter."""
    for _ in range(6):
        if page.evaluate("document.activeElement.textContent") == name:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name!r} by Tab")


def recorded(place: Locator, seconds: int) -> None:
    """Wait until so many seconds are recorded."""
    told = re.compile(rf"0:0[{seconds}-9] of 3:00")
    expect(place.get_by_role("timer")).to_have_text(told, timeout=WAIT)


def saved(page: Page) -> None:
    """Wait until the line about saving says that all is saved."""
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)


def kept(served: Served, student: str) -> list[tuple[Any, bytes]]:
    """Return the sounds of the first piece of work as they are in the store, with their bytes."""
    store = served.folder.store()
    try:
        media = store.portfolio(store.rounds(student)[-1].portfolio_id).work[0].media
        return [(one, store.media(student, one.sha256, one.suffix)) for one in media if one.kind == "sound"]
    finally:
        store.close()


def beeps(data: bytes) -> int:
    """Return how many times it gets loud in a recording."""
    import av
    import numpy as np

    with av.open(BytesIO(data), "r") as container:
        sound = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])
    loud = np.array([np.abs(piece).max() for piece in np.array_split(sound, max(1, len(sound) // 1_600))])
    assert loud.max() > 0.02, "nothing to be heard"
    over = loud > loud.max() / 3
    return int(over[0]) + int(np.count_nonzero(over[1:] & ~over[:-1]))


@pytest.mark.drill
def test_a_child_records_pauses_listens_and_keeps_by_keys_alone(
    class_4b: Served, page: Page, axe: Axe, offline_guard: list[str]
) -> None:
    """Record, pause, go on, stop, listen, again, keep: never a mouse; on disk stands an MP3 with the beeps."""
    place = open_work(page, class_4b.links["Amal"])
    place.get_by_role("button", name="Record", exact=True).focus()
    page.keyboard.press("Enter")
    start = place.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_focused(timeout=WAIT)
    expect(place.get_by_text("You have 3 minutes.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(place.get_by_role("button", name="Stop", exact=True)).to_be_focused(timeout=WAIT)
    recorded(place, 3)
    expect(place.get_by_text("We can hear you.")).to_be_visible(timeout=WAIT)
    by_key(page, "Pause")
    before = place.get_by_role("timer").text_content()
    assert axe(page) == []
    page.wait_for_timeout(1_500)  # what is said now is not meant for the book
    assert place.get_by_role("timer").text_content() == before
    by_key(page, "Go on")
    page.keyboard.press("Escape")  # throws nothing away
    page.wait_for_timeout(1_500)
    by_key(page, "Stop")
    by_key(page, "Listen")
    expect(place.get_by_role("button", name="Stop listening")).to_be_focused()
    page.keyboard.press("Enter")
    by_key(page, "Again")
    expect(place.get_by_text("This recording will be gone then.")).to_be_visible()
    by_key(page, "No, go back")
    assert axe(page) == []
    by_key(page, "Keep it")
    expect(place.get_by_label("What do you say in it?", exact=False)).to_be_focused(timeout=WAIT)
    page.keyboard.type("I count to three.")
    saved(page)
    assert axe(page) == []
    ((sound, data),) = kept(class_4b, "amal")
    assert (sound.suffix, sound.transcript.text) == ("mp3", "I count to three.")
    assert 4 <= sound.seconds < 60
    assert beeps(data) >= 3
    assert len(data) == pytest.approx(sound.seconds * 6_000, rel=0.05)


def test_im_done_takes_a_recording_along_that_nobody_kept(class_4b: Served, page: Page) -> None:
    """What was said and not kept with "Keep it" is in the book before this browser forgets everything."""
    before = len(kept(class_4b, "amal"))
    place = open_work(page, class_4b.links["Amal"])
    press(place, "Record")
    press(place, "Start")
    recorded(place, 2)
    press(place, "Stop")
    page.get_by_role("button", name="I’m done").click()
    page.wait_for_url(lambda url: "/desk" not in url, timeout=WAIT)
    assert len(kept(class_4b, "amal")) == before + 1


@pytest.mark.drill
def test_a_recording_survives_a_closed_page(
    class_4b: Served, page: Page, axe: Axe, offline_guard: list[str]
) -> None:
    """Closed in the middle, it is offered when the desk is opened again; kept, it is on disk."""
    place = open_work(page, class_4b.links["Linh"])
    press(place, "Record")
    press(place, "Start")
    recorded(place, 5)
    page.close()
    again = page.context.new_page()
    place = open_work(again, class_4b.url)
    expect(place.get_by_text("This recording was not finished.")).to_be_visible(timeout=WAIT)
    assert not place.evaluate("place => place.contains(document.activeElement)")  # nobody is called away
    assert axe(again) == []
    press(place, "Listen")
    press(place, "Keep it")
    place.locator("audio").first.wait_for(timeout=WAIT)
    saved(again)
    *_, (sound, data) = kept(class_4b, "linh")  # the sample has one already
    assert sound.seconds >= 4
    assert beeps(data) >= 3
    place = open_work(again, class_4b.url)
    place.locator("audio").first.wait_for(timeout=WAIT)
    expect(place.get_by_text("This recording was not finished.")).to_have_count(0)


@pytest.mark.drill
def test_a_recording_the_book_refuses_is_offered_again(class_4b: Served, page: Page) -> None:
    """There is no other copy: while it cannot be kept it waits, and "Keep it" tries once more."""
    place = open_work(page, class_4b.links["Amal"])
    before = len(kept(class_4b, "amal"))
    press(place, "Record")
    press(place, "Start")
    recorded(place, 2)
    press(place, "Stop")
    folder = class_4b.folder.media / "amal"
    away = folder.rename(folder.with_name("away"))
    folder.write_bytes(b"")  # nothing can be kept below a file
    press(place, "Keep it")
    expect(place.get_by_text("This recording was not finished.")).to_be_visible(timeout=WAIT)
    expect(page.locator(".save")).to_contain_text("One answer is not saved yet.")
    folder.unlink()
    away.rename(folder)
    press(place, "Keep it")
    expect(place.get_by_text("This recording was not finished.")).to_have_count(0, timeout=WAIT)
    saved(page)
    assert len(kept(class_4b, "amal")) == before + 1


@pytest.mark.drill
@pytest.mark.drill
def test_an_unfinished_recording_can_be_thrown_away(class_4b: Served, page: Page) -> None:
    """Only after a second press; then it does not come back."""
    place = open_work(page, class_4b.links["Mateo"])
    press(place, "Record")
    press(place, "Start")
    recorded(place, 3)
    page.reload()
    place = open_work(page, class_4b.url)
    press(place, "Throw away")
    press(place, "No, go back")
    press(place, "Throw away")
    press(place, "Yes, throw it away")
    expect(place.get_by_role("button", name="Record", exact=True)).to_be_focused(timeout=WAIT)
    place = open_work(page, class_4b.url)
    page.wait_for_timeout(1_000)
    expect(place.get_by_text("This recording was not finished.")).to_have_count(0)


REFUSED = """navigator.mediaDevices.getUserMedia =
    () => Promise.reject(new DOMException('no', '%s'))"""
"""A microphone that is not given: the browser of these tests always allows it, whatever a context says."""


def test_without_permission_there_is_another_way(class_4b: Served, page: Page, axe: Axe) -> None:
    """A browser that says no is no dead end: a sentence, a file, and another try."""
    page.add_init_script(REFUSED % "NotAllowedError")
    place = open_work(page, class_4b.links["Mateo"])
    press(place, "Record")
    press(place, "Start")
    expect(place.get_by_text("This page is not allowed to use the microphone.", exact=False)).to_be_visible(
        timeout=WAIT
    )
    expect(place.get_by_role("button", name="Try again")).to_be_focused()
    assert axe(page) == []
    voice = wav(bytes(64_000), rate=16_000)
    files: Any = {"name": "voice.wav", "mimeType": "audio/wav", "buffer": voice}
    place.get_by_label("Choose a recording").set_input_files(files)
    place.locator("audio").first.wait_for(timeout=WAIT)
    page.keyboard.press("Escape")


NO_MICROPHONE = "Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined })"


@pytest.mark.drill
@pytest.mark.drill
def test_over_plain_http_a_recording_is_chosen(class_4b: Served, page: Page, axe: Axe) -> None:
    """Where no page may use a microphone, the button to record is one to choose a recording."""
    page.add_init_script(NO_MICROPHONE)
    place = open_work(page, class_4b.links["Mateo"])
    expect(place.get_by_role("button", name="Record", exact=True)).to_have_count(0)
    chooser = place.get_by_label("Choose a recording")
    assert chooser.evaluate("input => [input.accept.split(',')[0], input.getAttribute('capture')]") == [
        "audio/*",
        "user",
    ]
    assert axe(page) == []


@pytest.mark.drill
def test_a_missing_microphone_is_told(class_4b: Served, page: Page) -> None:
    """No microphone at all has its own sentence."""
    page.add_init_script(REFUSED % "NotFoundError")
    place = open_work(page, class_4b.links["Mateo"])
    press(place, "Record")
    press(place, "Start")
    expect(place.get_by_text("There is no microphone here.", exact=False)).to_be_visible(timeout=WAIT)


@pytest.mark.drill
def test_who_cannot_write_yet_is_not_asked_to(ladybirds: Served, page: Page, axe: Axe) -> None:
    """In first grade the words for a recording are folded away for a grown-up; the player has the focus."""
    page.goto(ladybirds.links["Wren"])
    page.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    page.evaluate("location.hash = 'looking_ahead'")
    asked = page.locator("[data-section=looking_ahead]")
    asked.get_by_role("button", name="Say it").first.click(timeout=WAIT)
    press(asked, "Start")
    recorded(asked, 2)
    press(asked, "Stop")
    press(asked, "Keep it")
    expect(asked.locator("audio:focus")).to_have_count(1, timeout=WAIT)
    item = asked.locator("li.item").filter(has=page.locator("audio:focus")).last
    address = item.locator("audio").get_attribute("src")
    item = asked.locator("li.item").filter(has=page.locator(f"audio[src='{address}']")).last
    words = item.get_by_label("What do you say in it?", exact=False)
    expect(words).to_be_hidden()
    assert axe(page) == []
    item.get_by_text("A grown-up can write down what you say").click()
    words.fill("I will fly.")
    saved(page)


# ------------------------------------------------------------------------------- the tools by themselves

BLANK = "http://localhost/voice"
LOAD = """async (text) => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  window.found = await import(address);
}"""


@pytest.fixture
def blank(page: Page) -> Page:
    """An empty page of its own."""
    page.route(
        "**/*", lambda route: route.fulfill(body="<!doctype html><main></main>", content_type="text/html")
    )
    page.goto(BLANK)
    return page


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000, 16_000, 8_000])
def test_a_tone_keeps_its_height_and_loudness_at_any_rate(blank: Page, rate: int) -> None:
    """440 a second stay 440, as loud as before; pieces of any length make the same as one long piece."""
    blank.evaluate(LOAD, (source.STATIC / "mic.js").read_text("utf-8"))
    heard = blank.evaluate(
        """(rate) => {
          const tone = Float32Array.from({ length: rate }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / rate));
          const whole = [...window.found.slower(rate)(tone)];
          const convert = window.found.slower(rate);
          const pieces = [];
          for (let at = 0, n = 1; at < rate; at += n, n = (n * 7) % 997 + 1) pieces.push(...convert(tone.subarray(at, at + n)));
          const middle = whole.slice(4000, 12000);
          const up = middle.filter((one, n) => n && middle[n - 1] < 0 && one >= 0).length;
          return [whole.length, up, Math.max(...middle), JSON.stringify(whole) === JSON.stringify(pieces)];
        }""",
        rate,
    )
    assert heard[0] == pytest.approx(16_000, abs=40)
    assert heard[1] == pytest.approx(220, abs=1)
    assert heard[2] == pytest.approx(0.5 * 32_767, rel=0.02)
    assert heard[3]


def test_what_is_too_high_does_not_come_back_as_a_whistle(blank: Page) -> None:
    """12,000 a second do not fit into 16,000 samples: they are gone and do not fold back."""
    blank.evaluate(LOAD, (source.STATIC / "mic.js").read_text("utf-8"))
    loudest = blank.evaluate(
        """() => {
          const tone = Float32Array.from({ length: 48000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 12000 * n) / 48000));
          return Math.max(...window.found.slower(48000)(tone).slice(1000));
        }"""
    )
    assert loudest < 60


ENDLESS = """(words) => {
  window.parts = [];
  const node = { connect() {} };
  const port = {};
  window.AudioWorkletNode = class { constructor() { this.port = port; } connect() {} };
  window.AudioContext = class {
    sampleRate = 16000; audioWorklet = { addModule: async () => {} };
    resume() {} close() {} createMediaStreamSource() { return node; }
  };
  const track = { stop() {}, addEventListener() {} };
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: {
    getUserMedia: async () => ({ getAudioTracks: () => [track] }) } });
  window.said = [];
  window.done = window.found.TOOLS.recorder(document.querySelector("main"), {
    words, lang: "en", signal: new AbortController().signal, announce: (text) => window.said.push(text),
    kept: { add: (part) => window.parts.push(part.length), forget: () => {} },
  });
  window.speak = (seconds) => {
    for (let n = 0; n < seconds; n++) port.onmessage({ data: new Float32Array(16000).fill(0.25) });
  };
}"""


def test_three_minutes_are_the_most_and_nothing_is_lost(blank: Page, tmp_path: Path) -> None:
    """It says when half a minute is left, stops by itself at three minutes, and keeps all of it."""
    from portfolio.widgets.phrases import words

    blank.evaluate(LOAD, source.tools())
    blank.evaluate(ENDLESS, words())
    blank.get_by_role("button", name="Start").click()
    expect(blank.get_by_role("button", name="Stop")).to_be_focused()
    blank.evaluate("window.speak(149)")
    assert "Half a minute is left." not in blank.evaluate("window.said")
    blank.evaluate("window.speak(60)")
    expect(blank.get_by_text("The 3 minutes are over.", exact=False)).to_be_visible()
    expect(blank.get_by_role("timer")).to_have_text("3:00 of 3:00")
    assert "Half a minute is left." in blank.evaluate("window.said")
    assert sum(blank.evaluate("window.parts")) == 180 * 16_000
    assert max(blank.evaluate("window.parts")) <= 48_000
    blank.get_by_role("button", name="Keep it").click()
    raw = blank.evaluate(
        "async () => { const file = await window.done; return [...new Uint8Array(await file.slice(0, 44).arrayBuffer()), file.size]; }"
    )
    assert raw[-1] == 44 + 180 * 32_000
    path = tmp_path / "head.wav"
    path.write_bytes(bytes(raw[:44]) + bytes(180 * 32_000))
    with wave.open(str(path)) as opened:
        assert (opened.getnchannels(), opened.getsampwidth(), opened.getframerate()) == (1, 2, 16_000)
        assert opened.getnframes() == 180 * 16_000


def test_a_silent_room_is_told_once(blank: Page) -> None:
    """After three silent seconds it says so, in words and aloud; and that almost nothing was heard."""
    from portfolio.widgets.phrases import words

    blank.evaluate(LOAD, source.tools())
    blank.evaluate(ENDLESS.replace("fill(0.25)", "fill(0.001)"), words())
    blank.get_by_role("button", name="Start").click()
    expect(blank.get_by_role("button", name="Stop")).to_be_focused()
    blank.evaluate("window.speak(9)")
    expect(blank.get_by_text("It is very quiet. Come closer.")).to_be_visible()
    assert blank.evaluate("window.said").count("It is very quiet. Come closer.") == 1
    blank.get_by_role("button", name="Stop").click()
    expect(blank.get_by_text("We heard almost nothing.", exact=False)).to_be_visible()
