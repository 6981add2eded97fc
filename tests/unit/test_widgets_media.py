# long: every kind of medium through one sheet, and everything a page might claim about it
"""Recordings, films, documents, texts and links through a sheet, as a page sends them, with the real keeper."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import InputRefused, MediaRefused, TextRefused
from portfolio.model import Work
from portfolio.moments.arrivals import served_address
from portfolio.moments.desk import StudentDesk
from portfolio.store.fake import FakeStore
from portfolio.store.uploads import Uploads
from portfolio.testing import NOON, small_book, small_store
from portfolio.widgets import Sheet, checks
from portfolio.widgets.bringing import later
from portfolio.widgets.host import OpenDesk
from tests.desk_kernel import ask as question
from tests.papers import pdf
from tests.recordings import recording
from tests.sounds import plain_mp3
from tests.wires import answers, ask, wires

SHA = "a" * 64
SOUND: dict[str, Any] = {
    "kind": "sound", "sha256": SHA, "suffix": "mp3", "seconds": 2.0, "size": 9, "transcript": "", "caption": "",
    "others": False, "src": "/portfolio/media/x",
}  # fmt: skip
MEDIA = question("media", "?", "media", at_most=2)
_revs = count(1)


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


class Desk:
    """Inés's work on her desk; ``again()`` is a new kernel with the same class."""

    def __init__(self, folder: Path, store: FakeStore | None = None) -> None:
        self.folder = folder
        book = small_book(work=(Work(entry_id="work-1"),))
        self.store = store or small_store(book)
        self.desk = StudentDesk(
            self.store, book, now=lambda: NOON, new_id=lambda: "new",
            uploads=Uploads(folder / "uploads"), address=served_address,
        )  # fmt: skip
        host = OpenDesk(self.desk, served=True)
        self.sheet = Sheet(host.form("work"), host.keeper("work"), say=host.say)

    def again(self) -> Desk:
        """Return the same desk in a new kernel."""
        return Desk(self.folder, self.store)

    def say(self, kind: str, *buffers: bytes, **more: Any) -> dict[str, Any]:
        """Send a message about the media of the first piece of work."""
        about = {"entry": "work-1", "field": "media", "upload": "0" * 16, "name": "a.mp3", "rev": next(_revs)}
        return ask(self.sheet, {"type": kind, **about, **more}, *buffers)

    def bring(self, raw: bytes, *still: bytes, **more: Any) -> dict[str, Any]:
        """Bring a file in and return the last answer."""
        self.say("media_part", raw, offset=0, size=len(raw), **more)
        return self.say("media_take", *still, size=len(raw), **more)

    def save(self, value: Any, field: str = "media", base: int = 1) -> dict[str, Any]:
        """Save a value."""
        return self.say("save", field=field, value=value, base=base)

    def kept(self) -> Any:
        """Return the first piece of work as it is in the store."""
        return self.desk.fresh().portfolio.work[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk in an empty folder."""
    return Desk(tmp_path)


def test_a_recording_is_brought_in_saved_and_played_again(desk: Desk) -> None:
    """It comes with an address to play from; its words are saved; the next kernel shows all of it."""
    done = desk.bring(plain_mp3(1.0))
    medium = done["medium"]
    assert done["type"] == "media_ok"
    assert medium["src"] == served_address(medium["sha256"], "mp3")
    assert desk.save([{**medium, "transcript": "I sing.", "others": True}])["type"] == "saved"
    (kept,) = desk.kept().media
    assert (kept.transcript.text, kept.others, kept.seconds) == ("I sing.", True, medium["seconds"])
    field = next(f for f in desk.again().sheet.form["cards"][0]["fields"] if f["field"] == "media")
    assert field["value"] == [{**medium, "transcript": "I sing.", "others": True}]
    assert field == next(f for f in desk.sheet.form["cards"][0]["fields"] if f["field"] == "media")


def test_what_a_page_says_about_facts_counts_for_nothing(desk: Desk) -> None:
    """Length, size, width, pages, still and consent come from what is kept, whatever the page sends."""
    film = desk.bring(recording())["medium"]
    sheet = desk.bring(pdf(pages=2), upload="1" * 16)["medium"]
    lies = {
        "seconds": 1,
        "size": 1,
        "width": 9,
        "height": 9,
        "plays": "some",
        "others_agreed": True,
        "evil": "<b>",
    }
    pages = [{**sheet["pages"][0], "width": 1}]
    value = [{**film, **lies, "poster": sheet["pages"][0]}, {**sheet, "pages": pages, "page_count": 99}]
    assert desk.save(value)["type"] == "saved"
    one, two = desk.kept().media
    assert (one.seconds, one.size, one.width) == (film["seconds"], film["size"], film["width"])
    assert (one.others_agreed, one.poster) == (False, None)
    assert (two.page_count, len(two.pages), two.pages[0].width) == (2, 2, sheet["pages"][0]["width"])


def test_nobody_names_the_bytes_of_others(desk: Desk) -> None:
    """A digest this child never brought in is refused, for recordings and for pictures."""
    strange = {**SOUND, "sha256": "b" * 64}
    assert desk.save([strange])["type"] == "refused"
    assert desk.save([{"sha256": "b" * 64, "width": 1, "height": 1}], field="pictures")["type"] == "refused"
    assert desk.kept().media == ()


def test_a_page_that_was_loaded_again_may_save_what_an_earlier_one_brought(desk: Desk) -> None:
    """The kernel died after "it is here" and before the words were saved: nothing is lost."""
    medium = desk.bring(plain_mp3(1.0))["medium"]
    draft = {**{k: v for k, v in medium.items() if k != "src"}, "caption": "my song"}
    later_desk = desk.again()
    assert later_desk.save([draft])["type"] == "saved"
    assert later_desk.kept().media[0].caption.text == "my song"


def test_an_upload_goes_on_in_the_next_kernel(desk: Desk) -> None:
    """What one kernel acknowledged the next one has; the last answer is the same for whoever asks again."""
    raw = plain_mp3(2.0)
    half = len(raw) // 2
    assert desk.say("media_part", raw[:half], offset=0, size=len(raw))["have"] == half
    new = desk.again()
    assert new.say("media_where", size=len(raw))["have"] == half
    assert new.say("media_part", raw[half:], offset=half, size=len(raw))["have"] == len(raw)
    first = new.say("media_take", size=len(raw))["medium"]
    assert desk.again().say("media_take", size=len(raw))["medium"] == first


def test_texts_and_links_are_words(desk: Desk) -> None:
    """A text keeps its lines, a link is put in order; both are saved without any file."""
    link = desk.say("media_link", address=" HTTPS://Example.org/a ")["medium"]
    text = {"kind": "writing", "text": "x = 1\n", "sort": "code", "language": "python", "caption": "mine"}
    assert desk.save([link, text])["type"] == "saved"
    one, two = desk.kept().media
    assert one.address == "https://example.org/a"
    assert (two.text.text, two.sort, two.language) == ("x = 1\n", "code", "python")
    assert desk.say("media_link", address="javascript:alert(1)")["type"] == "refused"


def test_a_text_may_turn_out_to_be_a_program(desk: Desk) -> None:
    """The tick changes what the text is, and its words stay as they were kept."""
    text = {"kind": "writing", "text": "x = 1", "sort": "text", "language": "", "caption": ""}
    first = desk.save([text])
    assert desk.kept().media[0].sort == "text"
    desk.save([{**text, "sort": "code", "language": "python"}], base=first["version"])
    assert (desk.kept().media[0].sort, desk.kept().media[0].language) == ("code", "python")


def test_what_cannot_be_opened_gets_its_sentence_and_the_next_try_is_free(desk: Desk, tmp_path: Path) -> None:
    """A refused file leaves nothing; the same place takes another file."""
    answer = desk.bring(b"PK\3\4" + b"\0" * 400)
    assert answer["type"] == "refused"
    assert answer["sentence"].endswith(".")
    assert not list(tmp_path.rglob("*.part"))
    assert desk.bring(plain_mp3(1.0))["type"] == "media_ok"


@pytest.mark.parametrize(
    ("kind", "more", "buffers"),
    [
        ("media_where", {"upload": "../../x", "size": 1}, ()),
        ("media_where", {"upload": 7, "size": 1}, ()),
        ("media_where", {"size": -1}, ()),
        ("media_where", {"size": 1, "field": "title"}, ()),
        ("media_where", {"size": 1, "entry": "work-9"}, ()),
        ("media_part", {"size": 1, "offset": 0}, ()),
        ("media_part", {"size": 2, "offset": 0}, (b"a", b"b")),
        ("media_part", {"size": 70_000_000, "offset": 0}, (b"a",)),
        ("media_take", {"size": 5}, ()),
        ("media_take", {"size": 5}, (b"a", b"b")),
        ("media_link", {"address": 7}, ()),
        ("media_link", {"address": "https://example.org", "field": "pictures"}, ()),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    desk: Desk, kind: str, more: dict[str, Any], buffers: tuple[bytes, ...]
) -> None:
    """Wrong ids, sizes, fields and buffers are answered with a sentence, and nothing is on the disk."""
    answer = desk.say(kind, *buffers, **more)
    assert (answer["type"], answer["sentence"][-1]) == ("refused", ".")
    assert not list(desk.folder.rglob("*.part"))


@pytest.mark.parametrize(
    "bad",
    [
        "all",
        ["x"],
        [{}],
        [{"kind": "program"}],
        [{"kind": ["sound"]}],
        [{**SOUND, "transcript": 7}],
        [{**SOUND, "others": "yes"}],
        [{**SOUND, "kind": "video"}],
        [{"kind": "document", "pages": []}],
        [{"kind": "document", "pages": [{"sha256": SHA}]}],
        [{"kind": "document", "pages": "x"}],
        [{"kind": "writing"}],
        [{"kind": "writing", "text": "x", "sort": "html"}],
        [{"kind": "writing", "text": "x", "sort": "code", "language": "x" * 41}],
        [{"kind": "link"}],
        [{"kind": "link", "address": "data:text/html,x"}],
    ],
)
def test_a_value_that_does_not_fit_is_refused(bad: Any) -> None:
    """Wrong kinds, types and bytes: a sentence, never a crash."""
    with pytest.raises(InputRefused, match=r"\.$"):
        checks.value(MEDIA, bad, {f"sound:{SHA}": SOUND, SHA: {"sha256": SHA, "width": 1, "height": 1}})


def test_too_much_is_said_in_its_own_words() -> None:
    """A thing too many and a text too long each have a sentence that says what to do."""
    with pytest.raises(MediaRefused, match="room for 2"):
        checks.value(MEDIA, [SOUND] * 3, {})
    with pytest.raises(TextRefused, match="20001 characters"):
        checks.value(MEDIA, [{"kind": "writing", "text": "x" * 20_001}], {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from([SHA, "sound", "link"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(SOUND)), inner, max_size=5)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        JSON
        | st.fixed_dictionaries(
            {"kind": st.just("sound"), "sha256": st.just(SHA)},
            optional={name: JSON for name in SOUND if name not in ("kind", "sha256")},
        ),
        max_size=2,
    )
)
def test_whatever_a_page_sends_facts_stay_facts(value: list[Any]) -> None:
    """A value is refused, or holds what is kept with words on it, and is JSON."""
    try:
        kept = checks.value(MEDIA, value, {f"sound:{SHA}": SOUND})
    except InputRefused:
        return
    json.dumps(kept)
    for one in kept:
        if one["kind"] == "sound":
            assert {k: v for k, v in one.items() if k in ("sha256", "suffix", "seconds", "size")} == {
                "sha256": SHA, "suffix": "mp3", "seconds": 2.0, "size": 9
            }  # fmt: skip
            assert "src" not in one


def test_the_kernel_answers_pings_while_a_file_is_cleaned(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a running kernel cleaning happens beside; being asked meanwhile starts nothing twice."""
    raw = plain_mp3(1.0)
    go, began = threading.Event(), []

    def slow(*args: Any) -> Any:
        began.append(threading.current_thread().name)
        assert go.wait(20)
        return {**SOUND, "caption": "slow"}

    monkeypatch.setattr("portfolio.moments.arrivals.Arrivals.take", slow)
    desk.say("media_part", raw, offset=0, size=len(raw))

    async def kernel() -> dict[str, Any]:
        assert desk.say("media_take", size=len(raw)) == {}
        assert desk.say("media_take", size=len(raw)) == {}
        assert ask(desk.sheet, {"type": "ping"}) == {"type": "pong"}
        go.set()
        for _ in range(2000):  # the answer comes through this very loop
            await asyncio.sleep(0.01)
            if answers(desk.sheet)[-1]["type"] != "pong":
                break
        return answers(desk.sheet)[-1]

    answer = asyncio.run(asyncio.wait_for(kernel(), 20))
    assert answer["medium"]["caption"] == "slow"
    assert len(began) == 1
    assert began[0].startswith("cleaning")


def test_trouble_beside_is_a_sentence_too() -> None:
    """An error in the other thread comes back where the answer is made."""

    async def kernel() -> str:
        said: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def ended(made: Any) -> None:
            try:
                made()
            except ZeroDivisionError as error:
                said.set_result(str(error))

        later(lambda: 1 // 0, ended)
        return await asyncio.wait_for(said, 20)

    assert asyncio.run(kernel()) == "integer division or modulo by zero"
