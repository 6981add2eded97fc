"""Pages that are open: looked at cheaply, one question at a time, forgotten in time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio.serve.guests import (
    FRESH,
    IDLE,
    MOST_IN_A_WINDOW,
    OPEN_EACH,
    WAITING,
    Closed,
    Seat,
    TooMany,
)
from portfolio.serve.keys import Visit
from portfolio.store.class_folder import ClassFolder
from tests import guest_rooms
from tests.guest_house import (
    HOME,
    NOW,
    OTHER,
    Fetch,
    House,
    come,
    small_rooms,
    two_homes,
)
from tests.guest_rooms import TinyRoom


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


def seat(house: House, home: str = HOME, page_id: str = "0" * 16) -> Seat:
    """Return a place of a fresh visit."""
    return Seat(guest_rooms.FAMILY, house.front.begin_family(house.child, home, None), page_id)


LOOK = {"type": "look", "rev": 1, "place": "family", "seen": "0-0", "here": ""}
GLOW = {"type": "do", "rev": 2, "place": "family", "what": "glow", "values": [], "files": []}


def test_a_look_at_nothing_new_asks_no_room(house: House) -> None:
    """Thirty pages that look every second cost nothing while nobody writes; a written word is seen at the next look."""

    async def work() -> None:
        one, guests = seat(house), house.guests
        for rev in range(1, 20):
            answer, _ = await guests.hear(one, {**LOOK, "rev": rev}, [])
            assert (answer["rev"], answer["asides"]) == (rev, {})
        assert TinyRoom.looks == 1
        house.clock += FRESH + 1  # clocks on a screen go on
        await guests.hear(one, LOOK, [])
        assert TinyRoom.looks == 2
        await guests.hear(one, {**LOOK, "here": "scene-2"}, [])
        assert TinyRoom.looks == 3
        await guests.hear(one, {**LOOK, "here": "scene-2"}, [])
        assert TinyRoom.looks == 3
        before = house.store.student(house.other)
        house.store.keep_student(before.but(name="Another name"))  # anything anybody writes in the class
        house.store.keep_student(before)
        await guests.hear(one, {**LOOK, "here": "scene-2"}, [])
        assert TinyRoom.looks == 4

    asyncio.run(work())


def test_what_is_new_is_told_once(house: House) -> None:
    """A look that finds something new gives it, and the next one begins from there."""

    async def work() -> None:
        one, guests = seat(house), house.guests
        await guests.hear(one, GLOW, [])
        answer, _ = await guests.hear(one, LOOK, [])
        assert (answer["seen"], list(answer["asides"])) == ("1-0", ["live-glows"])
        answer, _ = await guests.hear(one, {**LOOK, "seen": "1-0"}, [])
        assert answer["asides"] == {}

    asyncio.run(work())


def test_pages_are_forgotten_with_their_visit_in_time_and_when_there_are_too_many(house: House) -> None:
    """A room is kept for an open page only; one that was forgotten is made anew when it asks."""

    async def work() -> None:
        guests, first = house.guests, seat(house)
        await guests.come(first)
        await guests.hear(first, LOOK, [])
        assert TinyRoom.made == 1
        guests.end(first.visit)
        await guests.hear(first, LOOK, [])
        assert TinyRoom.made == 2
        for n in range(OPEN_EACH):  # other pages of the same visit
            await guests.hear(Seat(first.page, first.visit, f"{n + 1:016x}"), LOOK, [])
        assert TinyRoom.made == 2 + OPEN_EACH
        await guests.hear(first, {**LOOK, "seen": "?"}, [])
        assert TinyRoom.made == 3 + OPEN_EACH
        house.clock += IDLE + 1
        other = seat(house, OTHER)
        await guests.hear(other, LOOK, [])
        assert [key[1] for key in guests._open] == [other.visit.visit_id]

    asyncio.run(work())


def test_a_flood_of_one_visit_is_told_to_wait_and_others_go_on(house: House) -> None:
    """Whoever asks without end gets "wait a little"; a family beside it is answered as before."""

    async def work() -> None:
        guests, flood, calm = house.guests, seat(house), seat(house, OTHER)
        for _ in range(MOST_IN_A_WINDOW):
            await guests.hear(flood, {"type": "ping"}, [])
        with pytest.raises(TooMany):
            await guests.hear(flood, {"type": "ping"}, [])
        assert (await guests.hear(calm, LOOK, []))[0]["type"] == "looked"
        house.clock += 11.0
        assert (await guests.hear(flood, LOOK, []))[0]["type"] == "looked"

    asyncio.run(work())


def test_one_question_of_a_visit_is_answered_at_a_time(house: House) -> None:
    """A hundred slow ones of one family leave room for the next family; too many waiting are refused."""

    async def work() -> None:
        guests, slow, quick = house.guests, seat(house), seat(house, OTHER)
        await guests.come(quick)
        order: list[str] = []

        async def take(name: str, one: Seat, content: dict[str, Any]) -> None:
            try:
                await guests.hear(one, content, [])
                order.append(name)
            except TooMany:
                order.append("wait")

        asked = [{**GLOW, "what": "slow" if n == 0 else "glow", "rev": n + 10} for n in range(WAITING + 3)]
        many = [take(f"slow {n}", slow, one) for n, one in enumerate(asked)]
        await asyncio.gather(*many, take("quick", quick, {**GLOW, "rev": 99}))
        assert order.count("wait") == 3
        assert order.index("quick") < order.index("slow 0")
        assert [name for name in order if name.startswith("slow")] == [f"slow {n}" for n in range(WAITING)]
        assert not guests._turns
        assert not guests._waiting

    asyncio.run(work())


def test_a_second_large_question_of_a_visit_waits_for_the_first(house: House) -> None:
    """One family cannot take all places for files, however slowly it sends."""

    async def work() -> None:
        guests, one = house.guests, seat(house)
        await guests.begin_large(one.visit)
        with pytest.raises(TooMany):
            await guests.begin_large(one.visit)
        await guests.begin_large(seat(house, OTHER).visit)
        guests.end_large(one.visit)
        await guests.begin_large(one.visit)

    asyncio.run(work())


def test_a_child_that_was_erased_has_no_page_any_more(house: House) -> None:
    """Neither its cues nor any home's page can be opened or asked."""

    async def work() -> None:
        gone = Visit("s-gone", house.front.door.class_id, "v", NOW, "family", "", HOME)
        for visit in (gone, Visit("s-gone", gone.class_id, "w", NOW)):
            with pytest.raises(Closed):
                await house.guests.come(Seat(guest_rooms.FAMILY, visit, "0" * 16))
            with pytest.raises(Closed):
                await house.guests.hear(Seat(guest_rooms.FAMILY, visit, "0" * 16), LOOK, [])

    asyncio.run(work())


def test_a_book_that_cannot_be_opened_is_a_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page says that it did not work, an open one gets a sentence; no traceback, no half a page."""
    before = house.folder.template_file.read_bytes()

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        house.guests.end(house.front.family_in(tab.cookie.partition("=")[2]) or house.child_visit())
        house.folder.template_file.write_text("- nonsense: [", "utf-8")
        answer, _ = await tab.do("send", words="Hello")
        assert answer["type"] == "refused"
        page = await fetch("/family", cookie=tab.cookie)
        assert page.code == 500
        assert "This did not work" in page.body.decode()
        assert "Traceback" not in page.body.decode()

    try:
        house.run(work)
    finally:
        house.folder.template_file.write_bytes(before)
