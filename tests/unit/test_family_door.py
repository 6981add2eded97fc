"""The families' door over plain HTTP: who comes in, and what opens for whom."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from portfolio.serve import policies
from portfolio.serve.family_pages import SENTENCES, ended_page
from portfolio.serve.keys import LIFE, Purpose, Visit
from portfolio.serve.passes import mint
from portfolio.serve.room_bodies import packed
from portfolio.store.class_folder import ClassFolder
from portfolio.words import speak
from tests.guest_house import (
    HOME,
    NOW,
    OTHER,
    Fetch,
    House,
    come,
    cookie_in,
    small_rooms,
    told_in,
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


# ------------------------------------------------------------------------------------------ coming in


def test_a_pass_opens_the_homes_own_page(house: House) -> None:
    """The link becomes a cookie for /family alone and a clean address; the page has its first screen and no script inside."""

    async def work(fetch: Fetch) -> None:
        first = await fetch(f"/f/{house.passed()}")
        assert (first.code, first.headers["Location"]) == (303, f"/family/in/{house.passed()}")
        assert first.headers["Referrer-Policy"] == "no-referrer"
        link = await fetch(first.headers["Location"])
        (line,) = link.headers.get_list("Set-Cookie")
        assert line.startswith(f"{house.front.family_cookie_name}=")
        assert {"Path=/family", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in line.split(";")}
        assert link.headers["Referrer-Policy"] == "no-referrer"
        assert link.headers["Cache-Control"] == "no-store"
        page = await fetch("/family", cookie=cookie_in(link, house.front.family_cookie_name))
        text = page.body.decode()
        assert page.headers["Content-Security-Policy"] == policies.ROOM
        assert "unsafe" not in policies.ROOM
        assert page.headers["Cache-Control"] == "no-store"
        assert text.count("<script") == 2  # the file it loads, and what it is told
        assert "<noscript>" in text
        assert 'style="' not in text
        told = told_in(page)
        assert told["first"]["title"] == "What I say"
        assert f"family:{HOME}" in told["first"]["html"]
        assert told["first"]["names"][1] == "First home"

    house.run(work)


def test_each_home_reads_its_own_language(house: House) -> None:
    """A home that reads Arabic gets a page that runs from right to left; the child's language is another matter."""

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch, OTHER)
        assert (tab.told["look"]["lang"], tab.told["look"]["dir"], tab.told["look"]["band"]) == (
            "ar",
            "rtl",
            "68",
        )
        answer, _ = await tab.ask({"type": "go", "to": "family/es"})
        assert answer["look"]["lang"] == "es"
        assert answer["words"]["close"] == speak("es")("Close")

    house.run(work)


@pytest.mark.parametrize("kind", ["wrong", "old", "gone", "long", "elsewhere"])
def test_a_link_that_opens_nothing_is_a_kind_page_and_waits(house: House, kind: str) -> None:
    """Wrong, too old, of a home that is not there, far too long, of another class: the same page, the same patience."""
    tried = {
        "wrong": "nobodys-pass",
        "old": house.passed(until=NOW),
        "gone": house.passed("h-gone"),
        "long": "2" * 4000,
        "elsewhere": mint(b"x" * 32, "c", house.child, HOME, NOW + timedelta(hours=1)),
    }[kind]

    async def work(fetch: Fetch) -> None:
        answer = await fetch((await fetch(f"/f/{tried}")).headers["Location"])
        assert answer.code == 403
        assert "This link has ended" in answer.body.decode()
        assert "Ask the teacher for a new one" in answer.body.decode()
        assert not answer.headers.get_list("Set-Cookie")
        assert house.front.patience.wait_for("127.0.0.1") == 0.0  # the second wrong one
        assert house.front.patience.wait_for("127.0.0.1") > 0.0

    house.run(work)


def test_the_page_of_a_closed_door_speaks_every_language_once() -> None:
    """The language of the class comes first; a language in which we do not say this yet is not faked in English."""
    for why in SENTENCES:
        for tag in ("en", "es", "ar", "so"):
            said = ended_page(why, tag).said
            assert len({one.lang for one in said}) == len(said)
            assert any(one.lang == "en" for one in said)
            assert all(one.lang == "en" or one.sentence != SENTENCES[why] for one in said)


def test_a_family_beside_a_child_in_one_browser_leave_each_other_alone(house: House) -> None:
    """One laptop: the family's page opens in a second window, and the child goes on; each is done for itself."""
    child = house.child_visit()

    async def work(fetch: Fetch) -> None:
        own = house.cookie_of(child)
        tab = await come(house, fetch, cookie=own)
        assert house.front.visit_in(house.front.cookie(child)) == child
        cues = await fetch("/cues", cookie=tab.cookie)
        assert told_in(cues)["first"]["html"].count("student") == 1
        done = await fetch("/family/done", "POST", body="", cookie=tab.cookie)
        (line,) = done.headers.get_list("Set-Cookie")
        assert line.startswith(f"{house.front.family_cookie_name}=")
        assert "Clear-Site-Data" not in done.headers
        assert (await fetch("/family", cookie=tab.cookie)).code == 403
        assert (await fetch("/cues", cookie=tab.cookie)).code == 200
        again = await come(house, fetch, cookie=own)
        assert (await fetch("/done", "POST", body="", cookie=own)).code == 200
        assert (await fetch("/family", cookie=again.cookie)).code == 200

    house.run(work)


def test_the_same_home_goes_on_and_another_one_begins_anew(house: House) -> None:
    """Scanned again the visit stays the same, so words that are not sent yet are found; another home ends it."""

    async def work(fetch: Fetch) -> None:
        first = await come(house, fetch)
        again = await come(house, fetch, cookie=first.cookie)
        assert again.told["mark"] == first.told["mark"]
        other = await come(house, fetch, OTHER, cookie=first.cookie)
        assert other.told["mark"] != first.told["mark"]
        assert (await fetch("/family", cookie=first.cookie)).code == 403
        anew = await come(house, fetch)
        assert anew.told["mark"] != first.told["mark"]  # who sits down next finds no half-written words

    house.run(work)


# ------------------------------------------------------------------------------------ who gets what

CLOSED_TO_FAMILIES = ("/home", "/home-file?to=" + HOME, "/cues", "/portfolio/media/" + "0" * 64 + ".mp3")


def test_a_familys_visit_opens_nothing_else(house: House) -> None:
    """Its cookie, sent along to every other address and even under the other name, is nobody's."""

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch)
        token = tab.cookie.partition("=")[2]
        for cookie in (
            tab.cookie,
            f"{house.front.cookie_name}={token}",
            f"{tab.cookie}; {house.front.cookie_name}={token}",
        ):
            got = [(await fetch(path, cookie=cookie)).code for path in CLOSED_TO_FAMILIES]
            assert got == [303, 404, 303, 404]
            headers = {"X-Portfolio-Page": f"{tab.told['mark']}.{tab.told['page']}"}
            asked = await fetch(
                "/cues/ask", "POST", body=packed("content", {}, []), cookie=cookie, headers=headers
            )
            assert asked.code == 403
            assert house.front.visit_in(token) is None

    house.run(work)


def test_no_child_and_no_forged_cookie_opens_a_familys_page(house: House) -> None:
    """A child's own cookie under the family's name, one signed for another purpose or class, an old one: closed."""
    front, child = house.front, house.child_visit()
    family = front.begin_family(house.child, HOME, None)
    class_less = front.begin_family(house.child, HOME, None)
    name = front.family_cookie_name
    old = Visit(
        house.child,
        family.class_id,
        "v",
        NOW - LIFE[Purpose.FAMILY] - timedelta(seconds=1),
        "family",
        "",
        HOME,
    )
    other = Visit(house.child, "another class", "v", NOW, "family", "", HOME)
    tokens = [front.cookie(child), front.kernel_slip(child), front.cookie(family), front.family_cookie(child)]
    tokens += [front.family_cookie(old), front.family_cookie(other), front.family_cookie(class_less)[:-1], ""]

    async def work(fetch: Fetch) -> None:
        assert (await fetch("/family", cookie=f"{name}={front.family_cookie(family)}")).code == 200
        for token in tokens:
            assert (await fetch("/family", cookie=f"{name}={token}; {house.cookie_of(child)}")).code == 403, (
                token
            )

    house.run(work)


def test_a_home_that_is_gone_meanwhile_ends_kindly(house: House) -> None:
    """The next question and the next load of the page say that it is closed; nothing of the home is shown."""

    async def work(fetch: Fetch) -> None:
        tab = await come(house, fetch, OTHER)
        before = house.store.student(house.child)
        look = {"type": "look", "place": "family", "seen": "0-0", "here": ""}
        assert (await tab.ask(look))[0]["type"] == "looked"
        try:
            house.store.keep_student(before.but(households=before.households[:1]))
            assert await tab.ask(look) == 403
            assert await tab.do("send", words="Hello") == 403
            page = await fetch("/family", cookie=tab.cookie)
            assert page.code == 403
            assert "This page is closed" in page.body.decode()
        finally:
            house.store.keep_student(before)
        assert not house.state(OTHER)["sent"]

    house.run(work)


def test_two_homes_at_once_write_into_their_own_rooms(house: House) -> None:
    """Neither sees the other's words, whichever order they come in."""

    async def work(fetch: Fetch) -> None:
        one, two = await come(house, fetch), await come(house, fetch, OTHER)
        await asyncio.gather(*(tab.do("send", words=f"From {n}") for n, tab in enumerate((one, two))))
        assert (house.state()["sent"], house.state(OTHER)["sent"]) == ([["From 0"]], [["From 1"]])
        assert one.told["mark"] != two.told["mark"]

    house.run(work)


def test_a_page_left_open_by_one_home_writes_nothing_for_the_next(house: House) -> None:
    """The browser has another home's cookie now: what the old page sends is refused, and nothing was done."""

    async def work(fetch: Fetch) -> None:
        left = await come(house, fetch)
        now = await come(house, fetch, OTHER, cookie=left.cookie)
        left.cookie = now.cookie
        assert await left.do("send", words="Mine") == 403
        assert not house.state(OTHER)["sent"]
        left.told["mark"] = now.told["mark"]
        left.told["page"] = "../../../etc/pwd"
        assert await left.do("send", words="Mine") == 403

    house.run(work)
