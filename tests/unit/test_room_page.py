"""A page of rooms over plain HTTP: what it asks, what a forged question gets, how much comes in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.carry.checks import LARGEST_FILE, MOST_FILES
from portfolio.serve.app import LARGEST_FORM
from portfolio.serve.room_bodies import Unreadable, packed, unpacked
from portfolio.serve.room_page import LARGEST_ALL
from portfolio.serve.room_shell import as_json
from portfolio.store.class_folder import ClassFolder
from tests.guest_house import (
    Fetch,
    House,
    Tab,
    come,
    small_rooms,
    two_homes,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """The fourth grade of the samples; its first child has two homes."""
    return two_homes(tmp_path_factory.mktemp("family") / "4b")


@pytest.fixture
def house(folder: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """That class, served; its pages carry a small room with nothing on disk yet."""
    small_rooms(monkeypatch, folder)
    made = House(folder)
    yield made
    made.close()


def test_what_is_done_is_done_once_and_files_travel_both_ways(house: House) -> None:
    """Asked again because the answer was lost, also after the page's room was forgotten in between … once."""

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        message = {"type": "do", "rev": 7, "place": "family", "what": "send", "values": [["words", "Hello"]]}
        message["files"] = [{"field": "voice", "name": "a.mp3"}]
        sound = bytes(range(256)) * 1200  # larger than any form of ours
        answers = [await tab.ask(message, sound) for _ in range(3)]
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0]["say"] == "Your teacher has it."
        assert house.state()["sent"] == [["Hello", ["a.mp3", len(sound)]]]
        answer, files = await tab.do("out")
        assert (answer["downloads"], files) == ([{"name": "a.txt", "media_type": "text/plain"}], [b"abc"])
        stays, _ = await tab.do("glow")
        assert (stays["type"], list(stays["asides"])) == ("done", ["live-glows"])

    house.run(work)


def test_after_a_new_start_an_open_page_goes_on(house: House) -> None:
    """The visit is signed, not remembered: the page is made anew and keeps the next words."""

    async def work(fetch: Fetch) -> Tab:
        return await come(house, fetch)

    tab = house.run(work)
    house.guests.close()
    house.start()

    async def then(fetch: Fetch) -> None:
        tab.fetch = fetch
        kept, _ = await tab.ask(
            {
                "type": "do",
                "keep": True,
                "place": "family",
                "what": "letter",
                "values": [["letter", "Dear"]],
                "version": 0,
            }
        )
        assert (kept["type"], kept["version"]) == ("kept", 1)

    house.run(then)
    assert house.state()["letter"] == "Dear"


def test_trouble_is_a_sentence_and_the_page_goes_on(house: House) -> None:
    """What a form lacks, what somebody else wrote, what nobody foresaw: refused, and the next question is answered."""

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        refused = [(await tab.do(what))[0] for what in ("send", "break", "nothing-we-know")]
        assert [answer["type"] for answer in refused] == ["refused"] * 3
        assert refused[0]["field"] == "words"
        assert "ZeroDivision" not in str(refused)
        assert (await tab.do("send", words="Now"))[0]["type"] == "screen"
        assert (await tab.ask({"type": "ping"}))[0] == {"type": "pong"}

    house.run(work)


SAID = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FORGED = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["do", "go", "look", "ping", "screen"]) | SAID,
        "rev": st.integers(-3, 2**60) | SAID,
        "place": st.sampled_from(["family", "family/two", "cues", "../x"]) | SAID,
        "to": st.sampled_from(["family", "cues", "class"]) | SAID,
        "what": st.sampled_from(["send", "letter"]) | SAID,
        "values": SAID, "files": SAID, "seen": SAID, "here": SAID, "version": SAID, "keep": SAID, "after": SAID,
    },
)  # fmt: skip


@pytest.mark.more
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FORGED | SAID, min_size=1, max_size=6), st.binary(max_size=200))
def test_forged_questions_get_an_answer_and_do_nothing(house: House, forged: list[Any], raw: bytes) -> None:
    """Whatever a body holds: an answer of ours or a refusal, never trouble of the server, and nothing written."""
    house.clock += 1000.0

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        for content in forged:
            body = packed("content", content, [])
            answer = await tab.ask({}, body=body)
            assert isinstance(answer, tuple), content
            assert answer[0]["type"] in {"refused", "pong", "looked", "screen"}
        assert await tab.ask({}, body=raw) in (400, 413)
        assert isinstance((await tab.ask({"type": "ping"})), tuple)

    house.run(work)
    assert not house.state()["sent"]


@given(
    st.dictionaries(st.text(), st.text() | st.integers(), max_size=5),
    st.lists(st.binary(max_size=50), max_size=4),
)
def test_a_body_comes_back_as_it_was(told: dict[str, Any], files: list[bytes]) -> None:
    """Any JSON and any files, packed and unpacked."""
    assert unpacked("content", packed("content", told, files)) == (told, files)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\x00\x00", b"\xff\xff\xff\xff{}", b"\x00\x00\x00\x02{}", b"\x00\x00\x00\x04null",
        packed("content", {}, [])[:-1], packed("content", {}, []) + b"x", packed("content", {}, [b"abc"])[:-1],
        packed("answer", {}, []), packed("content", {}, [b""] * (MOST_FILES + 1)),
        (99).to_bytes(4, "big") + b'{"content": 1, "sizes": [-1]}', (28).to_bytes(4, "big") + b'{"content":1,"sizes":[true]}a',
        (100_000).to_bytes(4, "big") + b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_body_that_is_none_of_ours_is_refused(body: bytes) -> None:
    """Cut off, too long, lengths that lie: unreadable, and no other kind of error."""
    with pytest.raises(Unreadable):
        unpacked("content", body)


def test_what_a_page_is_told_can_end_no_script(house: House) -> None:
    """Every sign that could end the element or begin a comment is written another way, and reads the same."""
    told = {"html": "</script><!--<script>&amp;]]>", "n": 1}
    text = str(as_json(told))
    assert not set("<>&") & set(text)
    assert json.loads(text) == told


def test_a_large_question_comes_in_only_for_a_valid_visit(house: House) -> None:
    """A file of five megabytes comes in; without a visit nothing of it is read; more than a question may hold is refused."""
    sound = b"x" * LARGEST_FILE

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        assert (await tab.do("send", sound, words="Sung"))[0]["say"] == "Your teacher has it."
        assert house.state()["sent"] == [["Sung", ["0.mp3", LARGEST_FILE]]]
        too_large = await tab.do("send", sound + b"x", words="More")
        assert "too large" in too_large[0]["sentence"]
        assert await tab.ask({}, body=b"x" * (LARGEST_ALL + 1)) in (413, 400, 599)
        assert await tab.ask({}, body=b"x" * LARGEST_FORM * 3, cookie="") in (403, 400, 599)
        page = f"{tab.told['mark']}.{tab.told['page']}"
        chunked = await fetch(
            "/family/ask", "POST", cookie=tab.cookie, headers={"X-Portfolio-Page": page, "Transfer-Encoding": "chunked"},
            body_producer=lambda write: write(b"x"),
        )  # fmt: skip
        assert chunked.code in (411, 400)
        assert (await tab.do("send", words="Short"))[0]["type"] == "screen"

    house.run(work)


def test_a_question_without_the_pages_own_token_is_refused(house: House) -> None:
    """Another site may send a form with our cookie along; it does not know the token."""

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        assert await tab.ask({"type": "ping"}, headers={"X-XSRFToken": "other"}) == 403
        assert (
            await fetch("/family/done", "POST", body="", cookie=tab.cookie, headers={"X-XSRFToken": "x"})
        ).code == 403
        assert (await fetch("/family", cookie=tab.cookie)).code == 200

    house.run(work)
