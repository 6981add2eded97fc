# long: one table of every address and everybody who may ask for it, and what the door itself promises
"""The teacher's door: who comes in by it, what each kind of visitor is refused, and how a visit is over."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import websocket_connect

from portfolio import notebook
from portfolio.cli import showing
from portfolio.errors import NotAllowed, NotFound
from portfolio.files import class_templates
from portfolio.model import SchoolClass, Teacher
from portfolio.moments.arrivals import BOOKS_PLACE, MEDIA_PLACE, teachers_address
from portfolio.moments.classes import new_class
from portfolio.moments.help_pictures import PICTURES_PLACE
from portfolio.moments.spoken import SPOKEN_PLACE
from portfolio.serve.app import PortfolioVoila
from portfolio.serve.class_door import ClassDoor
from portfolio.serve.door import Setup
from portfolio.serve.doorstep import shown_path
from portfolio.serve.front import Front
from portfolio.serve.keys import (
    ALPHABET,
    Purpose,
    Visit,
    check,
    key_fingerprint,
    new_key,
    new_teacher_visit,
    new_visit,
    sign,
)
from portfolio.serve.notebooks import KernelSocket, NotebookPage
from portfolio.serve.pages import Pages
from portfolio.serve.patience import Patience
from portfolio.serve.run import _templates as templates_found
from portfolio.serve.teacher_door import watch
from portfolio.serve.teacher_start import TeacherStart, class_or_new, desk_notebook, tell_link, who_sits
from portfolio.serve.teacher_visits import IDLE, OPENING, TeacherVisits
from portfolio.serve.visit import ADDRESS_VARIABLE, PASSING_VARIABLE, VISIT_VARIABLE, WAY_VARIABLE
from portfolio.serve.wire import by_hand
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.store.media import MediaFolder
from portfolio.store.notebook_new import teacher_notebook
from portfolio.store.recordings import Recordings
from portfolio.words import speak
from tests.samples import make_sample

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = "0123456789abcdef" * 2
SOUND = bytes(range(256)) * 5
SHA = hashlib.sha256(SOUND).hexdigest()
SAID, GONE = "hello.mp3", "somebody-gone"
KERNELS = {
    who: f"0000000{n}-0000-4000-8000-000000000000" for n, who in enumerate(("child", "teacher", "nobody"))
}
REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """The fourth grade of the samples; two children have a recording of the same bytes, and one that is no child of it."""
    made = make_sample(
        "class-4b", tmp_path_factory.mktemp("door") / "4b", at=NOW, randomness=secrets.token_bytes
    )
    store = made.store()
    for student_id in (*(s.student_id for s in store.students()[:2]), GONE):
        MediaFolder(made.media).keep_file(student_id, SHA, "mp3", SOUND)
    store.close()
    return made


class Door(ClassDoor):
    """The class, with something said and shown beside a question: the same bytes do for both."""

    def spoken(self, name: str) -> Any:
        """Return what is called ``SAID``."""
        if name != SAID:
            raise NotFound("There is no such recording.")
        found = self.recordings.find(self.store.students()[0].student_id, SHA, "mp3")
        return SimpleNamespace(recording=found, copy=found, media_type="audio/mpeg", digest="d")

    help_picture = spoken


@dataclass
class House:
    """A class that is served in this process, with a clock that stands still until a test moves it."""

    folder: ClassFolder
    setup: Setup = Setup.PERSONAL_LINKS
    with_teacher: bool = True
    now: datetime = NOW
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = self.folder.store()
        self.children = [s.student_id for s in self.store.students()]
        teachers = TeacherVisits("teacher-1", secrets.token_bytes, lambda: "Ms. R", self.told.append)
        self.key = teachers.new_key()
        self.front = Front(
            door=Door(self.store, Recordings(self.folder.media), self.folder),
            secret=self.folder.secret.read_bytes(),
            setup=self.setup,
            class_folder=self.folder.path,
            pages=Pages(speak("en")),
            now=lambda: self.now,
            randomness=secrets.token_bytes,
            patience=Patience(lambda: 0.0),
            teachers=teachers if self.with_teacher else None,
            address="http://books.example/",
        )
        self.teachers = teachers
        rooms = {
            "desk": self.folder.student_notebook,
            "talk": self.folder.conference_notebook,
            "lines": self.folder.rehearsal_notebook,
        }
        if self.with_teacher:
            rooms["teacher"] = self.folder.teacher_notebook
        with templates_found():
            self.app = PortfolioVoila(self.front, rooms, template="portfolio", kernel_log=2, instruction="")
        self.app.connection_dir = str(self.folder.hidden)
        self.web = Application(self.app.init_handlers(), **self.app.init_settings())
        self.kernels = self.app.kernel_manager

    def child(self, n: int = 0) -> Visit:
        """Return a fresh visit of a child."""
        who, class_id = self.children[n], self.front.door.class_id
        return new_visit(who, class_id=class_id, now=self.now, randomness=secrets.token_bytes)

    def teacher(self) -> Visit:
        """Return a fresh visit of the teacher, begun at this server."""
        return self.front.begin_teacher(self.teachers, None)

    def cookie(self, visit: Visit | None) -> dict[str, str]:
        """Return the headers of a browser with this visit's cookie."""
        signed = f"{self.front.cookie_name}={self.front.cookie(visit)}; " if visit else ""
        return {"Cookie": f"{signed}_xsrf={TOKEN}", "X-XSRFToken": TOKEN}

    def ask(self, *asked: tuple[str, dict[str, str], str]) -> list[HTTPResponse]:
        """Return the answers to requests (address, headers, method), one after the other."""
        return self.send(*((*one, None) for one in asked))

    def send(self, *asked: tuple[str, dict[str, str], str, str | None]) -> list[HTTPResponse]:
        """Return the answers to requests (address, headers, method, body), one after the other."""

        async def run() -> list[HTTPResponse]:
            sock, port = bind_unused_port()
            server = HTTPServer(self.web)
            server.add_socket(sock)
            client = AsyncHTTPClient(force_instance=True)
            try:
                return [
                    await client.fetch(
                        f"http://127.0.0.1:{port}{path}",
                        headers=headers,
                        method=method,
                        body=body,
                        follow_redirects=False,
                        raise_error=False,
                        allow_nonstandard_methods=True,
                        request_timeout=300,  # a busy computer makes a home file slowly
                    )
                    for path, headers, method, body in asked
                ]
            finally:
                client.close()
                server.stop()
                await server.close_all_connections()

        return asyncio.run(run())

    def get(self, path: str, visit: Visit | None = None) -> HTTPResponse:
        """Return the answer to one request."""
        return self.ask((path, self.cookie(visit), "GET"))[0]


@pytest.fixture
def houses(folder: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return ``houses(…)``: a class that is served; its notebooks' pages say who they were opened for."""

    async def said(page: NotebookPage) -> None:
        who = page.guest
        assert who is not None
        page.finish(f"{page.notebook_path} for {who.student_id or who.teacher_id}")

    monkeypatch.setattr(NotebookPage, "_send", said)
    made: list[House] = []

    def build(**given: Any) -> House:
        made.append(House(folder, **given))
        return made[-1]

    yield build
    for house in made:
        house.store.close()


# -------------------------------------------------------------------------------------- the table

VISITORS = ("nobody", "child", "other child", "old child", "teacher", "ended", "idle", "another start")
CHILDREN, EVERYBODY = ("child", "other child", "old child"), VISITORS

TABLE: dict[str, tuple[dict[str, int], int]] = {
    # address: what those get who are named, and what everybody else gets
    "/": (dict.fromkeys((*CHILDREN, "teacher"), 303), 200),
    "/k/nobodys-key": ({}, 403),
    "/t/nobodys-key": ({}, 403),
    "/t": ({}, 404),  # no word is set: what it answers with one stands in test_word_door.py
    "/in": (dict.fromkeys((*CHILDREN, "teacher"), 200), 303),
    "/done": ({}, 303),
    "/ready": ({}, 200),
    "/desk": (dict.fromkeys(CHILDREN, 200), 303),
    "/talk": (dict.fromkeys(CHILDREN, 200), 303),
    "/lines": (dict.fromkeys(CHILDREN, 200), 303),
    "/practise": (dict.fromkeys(CHILDREN, 200), 303),
    "/home": (dict.fromkeys(CHILDREN, 200), 303),
    "/home-file?to=HOME": (dict.fromkeys(("child", "old child"), 200), 404),
    "/f/nobodys-pass": ({}, 303),
    "/family/in/nobodys-pass": ({}, 403),
    "/family": ({}, 403),  # whoever it opens for has another cookie: test_family_door.py
    "/family/ask": ({}, 405),
    "/family/done": ({}, 303),
    "/cues": (dict.fromkeys(CHILDREN, 200), 303),
    "/cues/ask": ({}, 405),
    "/teacher": ({"teacher": 200}, 403),
    "/teacher/here": ({"teacher": 204}, 403),
    f"{MEDIA_PLACE}{SHA}.mp3": (dict.fromkeys(("child", "old child", "other child"), 200), 404),
    f"{BOOKS_PLACE}CHILD/{SHA}.mp3": ({"teacher": 200}, 404),
    f"{BOOKS_PLACE}SILENT/{SHA}.mp3": ({}, 404),
    f"{BOOKS_PLACE}{GONE}/{SHA}.mp3": ({}, 404),
    f"{BOOKS_PLACE}..%2Fmedia%2FCHILD/{SHA}.mp3": ({}, 404),
    f"{BOOKS_PLACE}%2E%2E/{SHA}.mp3": ({}, 404),
    f"{SPOKEN_PLACE}{SAID}": (dict.fromkeys((*CHILDREN, "teacher"), 200), 404),
    f"{PICTURES_PLACE}{SAID}": (dict.fromkeys((*CHILDREN, "teacher"), 200), 404),
    # 404: the lock let it pass, and there is no such kernel any more
    f"/api/kernels/{KERNELS['child']}": ({"child": 404}, 403),
    f"/api/kernels/{KERNELS['teacher']}": ({"teacher": 404}, 403),
    f"/api/kernels/{KERNELS['nobody']}": ({}, 403),
    f"/voila/api/shutdown/{KERNELS['child']}": ({}, 405),
    "/static/portfolio.css": ({}, 200),
    "/teacher.ipynb": ({}, 404),
    "/voila/render/teacher.ipynb": ({}, 404),
    "/api/kernels": ({}, 404),
    "/api/contents/class.sqlite": ({}, 404),
}


def visitor(house: House, who: str) -> dict[str, str]:
    """Return the headers of a visitor of the table; the child's and the teacher's kernel belong to them."""
    if who == "nobody":
        return house.cookie(None)
    if who in {"child", "other child"}:
        visit = house.child(who == "other child")
        if who == "child":
            house.kernels.owners[KERNELS["child"]] = visit.visit_id
        return house.cookie(visit)
    if who == "old child":
        return {"Cookie": f"{house.front.cookie_name}={without_role(house, house.child())}; _xsrf={TOKEN}"}
    if who == "another start":  # signed with the right secret, but by a server that is closed
        visit = new_teacher_visit(
            "teacher-1", class_id=house.front.door.class_id, now=house.now, randomness=secrets.token_bytes
        )
        return house.cookie(visit)
    visit = house.teacher()
    house.kernels.owners[KERNELS["teacher"]] = visit.visit_id
    if who == "ended":
        house.front.end(visit)
    if who == "idle":
        house.now += IDLE
    return house.cookie(visit)


def without_role(house: House, visit: Visit) -> str:
    """Return a cookie as a program signs it that has never heard of roles."""
    import base64

    from portfolio.serve import keys

    body = house.front.cookie(visit).split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    del said["role"]
    plain = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    return f"cookie.{plain}.{keys._seal(plain, house.front.secret, Purpose.COOKIE)}"


@pytest.mark.parametrize("who", VISITORS)
def test_every_address_answers_each_visitor_as_the_table_says(houses: Any, who: str) -> None:
    """Nobody gets more than the table allows: no child the teacher's pages, no teacher a child's, no one who is over."""
    house = houses()
    silent = next(s for s in house.children if s not in house.children[:2])
    home = house.store.student(house.children[0]).households[0].household_id
    headers = visitor(house, who)
    named_so = {"CHILD": house.children[0], "SILENT": silent, "HOME": home}
    paths = [re.sub("|".join(named_so), lambda found: named_so[found[0]], path) for path in TABLE]
    answers = house.ask(*((path, headers, "GET") for path in paths))
    got = {name: answer.code for name, answer in zip(TABLE, answers, strict=True)}
    assert got == {name: named.get(who, others) for name, (named, others) in TABLE.items()}


def test_the_table_names_every_address_there_is(houses: Any) -> None:
    """A new address must be thought about: each pattern of the server answers a row of the table, or is a public file."""
    house = houses()
    paths = [path.split("?")[0] for path in TABLE]
    for pattern, *_ in house.app.init_handlers():
        found = any(re.fullmatch(pattern, path) for path in paths)
        assert found or pattern.startswith("/voila/") or pattern.endswith("/channels"), pattern


def test_without_the_teachers_door_none_of_its_addresses_exist(houses: Any) -> None:
    """Where the server was started for children only, a teacher's page is not refused: it is not there."""
    house = houses(with_teacher=False)
    signed = new_teacher_visit(
        "teacher-1", class_id=house.front.door.class_id, now=NOW, randomness=os.urandom
    )
    for path in (
        "/teacher",
        "/teacher/here",
        f"/t/{house.key}",
        f"{BOOKS_PLACE}{house.children[0]}/{SHA}.mp3",
    ):
        assert house.get(path, signed).code == 404
    assert house.get("/desk", signed).code == 303


def test_only_get_opens_anything_of_the_teachers(houses: Any) -> None:
    """Nothing at the teacher's addresses can be posted, put or deleted."""
    house = houses()
    cookie = house.cookie(house.teacher())
    for path in (
        "/teacher",
        "/teacher/here",
        f"/t/{house.key}",
        f"{BOOKS_PLACE}{house.children[0]}/{SHA}.mp3",
    ):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert house.ask((path, cookie, method))[0].code == 405, (path, method)


def test_leaving_a_page_stops_ones_own_kernel_only(houses: Any) -> None:
    """A child's page cannot stop the teacher's kernel, nor the other way round."""
    house = houses()
    child, teacher = visitor(house, "child"), visitor(house, "teacher")
    places = {who: f"/voila/api/shutdown/{KERNELS[who]}" for who in ("child", "teacher")}
    crossed = house.ask((places["teacher"], child, "POST"), (places["child"], teacher, "POST"))
    assert [answer.code for answer in crossed] == [403, 403]
    assert set(house.kernels.owners) == {KERNELS["child"], KERNELS["teacher"]}


@pytest.mark.parametrize("who", ["nobody", "child", "teacher", "ended"])
def test_no_socket_opens_to_a_kernel_of_somebody_else(houses: Any, who: str) -> None:
    """A child's cookie with the id of the teacher's kernel, and the other way round, is refused at the door."""
    house = houses()
    headers = visitor(house, who)
    other = "teacher" if who == "child" else "child"

    async def run() -> int:
        sock, port = bind_unused_port()
        server = HTTPServer(house.web)
        server.add_socket(sock)
        address = f"ws://127.0.0.1:{port}/api/kernels/{KERNELS[other]}/channels"
        try:
            from tornado.httpclient import HTTPRequest

            await websocket_connect(HTTPRequest(address, headers=headers, connect_timeout=300))
        except HTTPClientError as refused:
            return refused.code
        finally:
            server.stop()
            await server.close_all_connections()
        return 101

    assert asyncio.run(run()) == 403


# ---------------------------------------------------------------------------------- coming in, and going


def cookie_in(answer: HTTPResponse, house: House) -> dict[str, str]:
    """Return the headers of a browser that has got this answer."""
    given = next(c for c in answer.headers.get_list("Set-Cookie") if c.startswith(house.front.cookie_name))
    return {"Cookie": f"{given.split(';')[0]}; _xsrf={TOKEN}", "X-XSRFToken": TOKEN}


@pytest.mark.parametrize("setup", list(Setup))
def test_the_link_leads_to_the_desk_in_both_set_ups(houses: Any, setup: Setup) -> None:
    """The link gives a cookie no script can read and a clean address; then the desk opens, for this teacher."""
    house = houses(setup=setup)
    came = house.get(f"/t/{house.key.upper().replace('-', '')}")
    assert (came.code, came.headers["Location"]) == (303, "/in?to=teacher")
    assert came.headers["Referrer-Policy"] == "no-referrer"
    assert came.headers["Cache-Control"] == "no-store"
    told = came.headers.get_list("Set-Cookie")[0]
    assert "HttpOnly" in told and "SameSite=Lax" in told
    cookie = cookie_in(came, house)
    hello, desk = house.ask(("/in?to=teacher", cookie, "GET"), ("/teacher", cookie, "GET"))
    assert b"Hello, Ms. R!" in hello.body and b'href="/teacher"' in hello.body
    assert desk.body == b"teacher.ipynb for teacher-1"


def test_the_room_a_link_asks_for_never_leads_a_child_to_the_teacher(houses: Any) -> None:
    """``?to=teacher`` on a child's way in is a room there is not: the child comes to its own desk."""
    house = houses()
    hello = house.get("/in?to=teacher", house.child())
    assert b'href="/desk"' in hello.body and b"/teacher" not in hello.body


def test_a_wrong_link_gets_a_kind_page_and_waits_like_a_childs(houses: Any) -> None:
    """Wrong keys of teachers and children are counted together, and too many at once are not looked at."""
    house = houses()
    for path in ("/t/nobody", "/k/nobody", "/t/" + "x" * 5000, "/t/%00%C3%A9"):
        assert house.get(path).code == 403
    assert house.front.patience.wait_for("127.0.0.1") >= 0.5
    assert b"This link is over" in house.get("/t/nobody").body
    house.front.patience.waiting = 1000
    assert house.get("/t/nobody").code == 429
    assert house.get(f"/t/{house.key}").code == 303


def test_a_child_at_the_same_browser_ends_the_teachers_visit(houses: Any) -> None:
    """From then on the browser is the child's: cookie and kernels of the teacher are worth nothing, kindly."""
    house = houses()
    teacher = house.get(f"/t/{house.key}")
    cookie = cookie_in(teacher, house)
    visit = house.front.visit_in(cookie["Cookie"].split(";")[0].split("=", 1)[1])
    house.kernels.owners[KERNELS["teacher"]] = visit.visit_id
    key = new_key()
    house.store.add_key(house.children[0], key_fingerprint(key))
    (came,) = house.ask((f"/k/{key}", cookie, "GET"))
    assert came.code == 303
    assert not house.kernels.belongs(KERNELS["teacher"], visit)
    old, new = house.ask(("/teacher", cookie, "GET"), ("/teacher", cookie_in(came, house), "GET"))
    assert (old.code, new.code) == (403, 403)
    assert b"The teacher\xe2\x80\x99s desk is closed" in old.body == new.body
    assert house.ask(("/teacher/here", cookie, "GET"))[0].code == 403
    house.store.drop_key(key_fingerprint(key))


def test_a_teacher_at_the_same_browser_ends_the_childs_visit(houses: Any) -> None:
    """The other way round: whoever comes in last at a browser is the only one there."""
    house = houses()
    child = house.child()
    (came,) = house.ask((f"/t/{house.key}", house.cookie(child), "GET"))
    assert came.code == 303
    assert child.visit_id in house.front.ended
    assert house.get("/desk", child).code == 303


def test_the_link_opened_once_more_goes_on_with_the_same_visit(houses: Any) -> None:
    """A second tab of the same browser ends nothing of the first; another browser has a visit of its own."""
    house = houses()
    visit = house.teacher()
    (again,) = house.ask((f"/t/{house.key}", house.cookie(visit), "GET"))
    (elsewhere,) = house.ask((f"/t/{house.key}", house.cookie(None), "GET"))
    ids = [
        house.front.visit_in(cookie_in(came, house)["Cookie"].split(";")[0].split("=", 1)[1]).visit_id
        for came in (again, elsewhere)
    ]
    assert (ids[0] == visit.visit_id, ids[1] == visit.visit_id) == (True, False)
    assert house.front.ended == set()


def test_i_am_done_ends_the_visit_for_good(houses: Any) -> None:
    """The cookie is taken away and would be worth nothing if somebody had kept it; no word of a book."""
    house = houses()
    visit = house.teacher()
    (done,) = house.ask(("/done", house.cookie(visit), "POST"))
    assert b"Your desk is closed." in done.body and b"Your book" not in done.body
    assert done.headers["Clear-Site-Data"] == '"storage"'
    assert b'"/teacher?done"' in done.body  # there it says how one comes back
    assert house.get("/teacher", visit).code == 403


def test_i_am_done_ends_the_link_that_was_used(houses: Any) -> None:
    """Whoever sits down next finds no address in the browser's history that opens the desk; the fresh one is told."""
    house = houses()
    assert house.get(f"/t/{house.key}").code == 303
    house.ask(("/done", house.cookie(house.teacher()), "POST"))
    (fresh,) = house.told
    assert [house.get(f"/t/{key}").code for key in (house.key, fresh)] == [403, 303]


def test_a_link_a_browser_may_remember_is_over_when_a_child_sits_down_there(houses: Any) -> None:
    """At one shared computer the link that was opened there is replaced, and the new one told; one not opened stays."""
    house = houses(setup=Setup.ONE_MACHINE)
    body = f"student={house.children[0]}&_xsrf={TOKEN}"
    headers = {**house.cookie(None), "Content-Type": "application/x-www-form-urlencoded"}

    def sits_down() -> int:
        return asyncio.run(posted(house, body, headers)).code

    assert sits_down() == 303
    assert house.told == []
    assert house.get(f"/t/{house.key}").code == 303
    assert sits_down() == 303
    (fresh,) = house.told
    assert [house.get(f"/t/{key}").code for key in (house.key, fresh)] == [403, 303]


async def posted(house: House, body: str, headers: dict[str, str]) -> HTTPResponse:
    """Return the answer of the roster to a pressed picture."""
    sock, port = bind_unused_port()
    server = HTTPServer(house.web)
    server.add_socket(sock)
    client = AsyncHTTPClient(force_instance=True)
    try:
        return await client.fetch(
            f"http://127.0.0.1:{port}/", method="POST", body=body, headers=headers,
            follow_redirects=False, raise_error=False,
        )  # fmt: skip
    finally:
        client.close()
        server.stop()
        await server.close_all_connections()


def test_children_with_links_of_their_own_elsewhere_leave_the_teachers_link_alone(houses: Any) -> None:
    """A child at another browser does not know the teacher's link: it goes on opening the desk."""
    house = houses()
    key = new_key()
    house.store.add_key(house.children[0], key_fingerprint(key))
    assert house.get(f"/t/{house.key}").code == 303
    assert house.get(f"/k/{key}").code == 303
    assert (house.told, house.get(f"/t/{house.key}").code) == ([], 303)
    house.store.drop_key(key_fingerprint(key))


# ------------------------------------------------------------------------------------ nobody is there


def test_a_visit_is_over_after_a_lesson_without_a_hand(houses: Any) -> None:
    """What hands do prolongs it; what the page asks by itself does not, however often."""
    house = houses()
    visit = house.teacher()
    house.now += IDLE - timedelta(seconds=1)
    assert house.get("/teacher", visit).code == 200
    house.now += IDLE - timedelta(seconds=1)
    house.kernels.owners[KERNELS["teacher"]] = visit.visit_id
    assert house.get("/teacher/here", visit).code == 204
    assert house.get(f"/api/kernels/{KERNELS['teacher']}", visit).code == 404
    house.now += timedelta(seconds=1)
    assert house.get("/teacher/here", visit).code == 403
    assert b"after 45 minutes without a touch" in house.get("/teacher", visit).body


def test_the_kernels_of_a_visit_left_alone_are_stopped(houses: Any) -> None:
    """Nobody needs to come by: the server looks by itself, and ends this visit and no other."""
    house = houses()
    left, child = house.teacher(), house.child()
    house.now += IDLE
    there = house.teacher()
    for kernel, visit in zip(KERNELS.values(), (left, child, there), strict=True):
        house.kernels.owners[kernel] = visit.visit_id

    async def run() -> None:
        looking = asyncio.create_task(watch(house.kernels, every=0))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        looking.cancel()
        for task in list(house.kernels._leaving):
            task.cancel()

    asyncio.run(run())
    assert sorted(house.kernels.owners.values()) == sorted([child.visit_id, there.visit_id])
    assert house.front.ended == {left.visit_id}


def socket_of(house: House, visit: Visit | None) -> KernelSocket:
    """Return the server's end of a page's socket, as far as it decides about messages."""
    made = object.__new__(KernelSocket)
    made.application = house.web
    made.guest = visit
    return made


def test_a_message_prolongs_a_visit_and_ends_one_that_slept_too_long(houses: Any) -> None:
    """A laptop that was shut for an hour: the first message after it is refused, and the visit over."""
    house = houses()
    visit = house.teacher()
    page = socket_of(house, visit)
    house.now += IDLE - timedelta(seconds=1)
    assert page.goes_on(by_hand=True)
    house.now += IDLE - timedelta(seconds=1)
    assert page.goes_on(by_hand=False)  # a ping
    house.now += timedelta(seconds=1)
    assert not page.goes_on(by_hand=True)
    assert visit.visit_id in house.front.ended


def test_last_words_still_come_in_and_children_are_never_left_alone(houses: Any) -> None:
    """A visit that was ended a moment ago is heard out while its kernel listens; a child's has no such end."""
    house = houses()
    visit = house.teacher()
    house.front.end(visit)
    assert socket_of(house, visit).goes_on(by_hand=True)
    child = socket_of(house, house.child())
    house.now += 10 * IDLE
    assert child.goes_on(by_hand=False)


@pytest.mark.parametrize(
    ("header", "content", "hand"),
    [
        ({"msg_type": "comm_msg"}, {"data": {"method": "custom", "content": {"type": "do"}}}, True),
        ({"msg_type": "comm_msg"}, {"data": {"method": "custom", "content": {"type": "ping"}}}, False),
        ({"msg_type": "comm_msg"}, {"data": {"method": "custom", "content": {"type": "styles"}}}, False),
        ({"msg_type": "kernel_info_request"}, {}, False),
        ({"msg_type": "comm_info_request"}, {}, False),
        ({"msg_type": "comm_msg"}, {"data": None}, True),
        ({}, {}, False),
    ],
)
def test_what_a_page_sends_by_itself_is_no_hand(
    header: dict[str, Any], content: dict[str, Any], hand: bool
) -> None:
    """Heartbeats and a page's own questions do not keep a visit open."""
    assert by_hand(header, content) is hand


# ----------------------------------------------------------------------------------- the key itself


def visits(**given: Any) -> TeacherVisits:
    """Return a teacher's door by itself."""
    return TeacherVisits("teacher-1", secrets.token_bytes, **given)


def test_the_key_is_long_new_at_each_start_and_kept_nowhere() -> None:
    """140 random bits, another one each time; in memory there is only what cannot be turned back."""
    doors = [visits() for _ in range(20)]
    keys = [door.new_key() for door in doors]
    assert len(set(keys)) == 20
    for door, key in zip(doors, keys, strict=True):
        signs = key.replace("-", "")
        assert len(signs) * 5 == 140 and set(signs) <= set(ALPHABET)
        assert key not in repr(door) and signs not in repr(door)
        assert door.fits(key, NOW) and door.fits(key, NOW + timedelta(days=9))


@given(st.text(max_size=60))
def test_nothing_else_fits(tried: str) -> None:
    """No other text opens the desk, also before there is any key."""
    door = visits()
    assert not door.fits(tried, NOW)
    door.new_key()
    assert not door.fits(tried, NOW)


def test_an_opening_works_once_and_soon() -> None:
    """What stands in a list of processes is worthless as soon as the browser has come in, or has not come."""
    door = visits()
    key = door.new_key()
    opening = door.new_opening(NOW)
    assert door.fits(opening, NOW)
    assert not door.fits(opening, NOW)
    late = door.new_opening(NOW)
    assert not door.fits(late, NOW + OPENING)
    door.end_link()  # nothing that lasts was ever opened
    assert door.fits(key, NOW)


def test_links_of_teachers_stand_in_no_log() -> None:
    """A log shows that a teacher's link was asked for, and not which."""
    assert shown_path("/t/hm3x-9wq7") == "/t/…"
    assert shown_path("/teacher/here") == "/teacher/here"
    assert shown_path("/teacher/hm3x") == "/…"


def test_a_teachers_slip_names_no_child(houses: Any) -> None:
    """Whoever forgot to look at the role of a visit would find nobody's book in a teacher's."""
    house = houses()
    visit = house.teacher()
    assert (visit.student_id, visit.teacher_id, visit.role) == ("", "teacher-1", "teacher")
    token = house.front.kernel_slip(visit)
    assert check(token, house.front.secret, Purpose.KERNEL, now=NOW) == visit


def test_a_role_this_program_does_not_know_opens_nothing(houses: Any) -> None:
    """A cookie of a later program at the same class is refused, never taken for a child's."""
    house = houses()
    strange: Any = {"role": "headteacher"}
    visit = Visit("x", house.front.door.class_id, "v" * 32, NOW, **strange)
    with pytest.raises(NotAllowed):
        check(sign(visit, house.front.secret, Purpose.COOKIE), house.front.secret, Purpose.COOKIE, now=NOW)
    assert house.get("/desk", visit).code == 303


# ------------------------------------------------------------------------------------------ the kernel


def environment(house: House, visit: Visit) -> dict[str, str]:
    """Return what the server would put into the environment of a kernel of this visit."""
    told: dict[str, str] = {}

    async def start(_self: object, **given: Any) -> str:
        told.update(given["env"])
        return ""

    async def run() -> None:
        base: Any = AsyncMappingKernelManager
        before = base.start_kernel
        base.start_kernel = start
        try:
            await house.kernels.start_kernel(
                visit=visit,
                env={"PATH": "/bin", ADDRESS_VARIABLE: "http://evil.example/", "HTTP_COOKIE": "x"},
            )
        finally:
            base.start_kernel = before

    asyncio.run(run())
    return told


def test_only_the_teachers_kernel_learns_how_children_come_in(houses: Any) -> None:
    """Where links begin comes from the server, never from a request; a child's deck shows a square that begins so."""
    house = houses()
    teacher, child = environment(house, house.teacher()), environment(house, house.child())
    assert (teacher[ADDRESS_VARIABLE], teacher[WAY_VARIABLE]) == ("http://books.example/", "links")
    assert child[ADDRESS_VARIABLE] == "http://books.example/"
    assert set(teacher) - set(child) == {WAY_VARIABLE, PASSING_VARIABLE}
    assert house.key not in str(teacher)


def test_a_childs_kernel_cannot_open_the_teachers_desk(houses: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if it runs the cells of the teacher's notebook, with every variable a teacher's kernel has."""
    house = houses(now=datetime.now(UTC))
    monkeypatch.setattr(os, "environ", environment(house, house.child()))
    with pytest.raises(NotAllowed, match="teacher’s desk"):
        notebook.open_teacher_desk()
    more = {**os.environ, ADDRESS_VARIABLE: "http://x/", WAY_VARIABLE: "links"}
    monkeypatch.setattr(os, "environ", more)
    with pytest.raises(NotAllowed, match="teacher’s desk"):
        notebook.open_teacher_desk()
    cookie = house.front.cookie(house.teacher())  # a slip for another purpose
    monkeypatch.setattr(os, "environ", {**more, VISIT_VARIABLE: cookie})
    with pytest.raises(NotAllowed, match="does not fit"):
        notebook.open_teacher_desk()


def test_a_teachers_kernel_cannot_open_a_childs_book(houses: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk and the conference refuse a teacher's slip, whichever child the cell names."""
    house = houses(now=datetime.now(UTC))
    monkeypatch.setattr(os, "environ", environment(house, house.teacher()))
    for name in (None, house.children[0]):
        with pytest.raises(NotAllowed, match="child’s book"):
            notebook.open_desk(name)
        with pytest.raises(NotAllowed, match="child’s book"):
            notebook.open_conference(name)


def opened(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> Any:
    """Return the teacher's desk a kernel with this environment gives to its widget, and whether it is served."""
    from portfolio.widgets import rooms, rooms_host

    made: list[Any] = []
    monkeypatch.setattr(rooms, "Rooms", lambda host: host)
    monkeypatch.setattr(rooms_host, "OpenRooms", lambda desk, served: made.append((desk, served)))
    monkeypatch.setattr(os, "environ", environ)
    notebook.open_teacher_desk()
    made[0][0].store.close()
    return made[0]


def test_the_desk_knows_who_sits_there_and_where_links_begin(
    houses: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under our server the desk has the address, the way in, and addresses for every child's recordings."""
    house = houses(now=datetime.now(UTC))
    told = environment(house, house.teacher())
    desk, served = opened(monkeypatch, told)
    assert (desk.teacher_id, desk.address, desk.way_in, served) == (
        "teacher-1", "http://books.example/", "links", True,
    )  # fmt: skip
    assert desk.fingerprint(desk.new_key()) != desk.fingerprint(desk.new_key())
    address = desk.media_of(house.children[0])(SHA, "mp3", 1)
    assert address == teachers_address(house.children[0])(SHA, "mp3", 1)
    assert house.get(address, house.teacher()).body == SOUND


def test_in_jupyterlab_the_desk_is_the_class_the_notebook_lies_in(
    folder: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a server the first teacher sits there, nothing has an address, recordings stand in the page."""
    monkeypatch.chdir(folder.path)
    desk, served = opened(monkeypatch, {"PATH": "/bin"})
    first = desk.school_class.teachers[0]
    assert (desk.folder.path, desk.teacher_id, desk.address, desk.way_in, served) == (
        folder.path, first.teacher_id, "", "", False,
    )  # fmt: skip
    monkeypatch.setattr(os, "environ", {"SERVER_SOFTWARE": "voila/0.5"})
    with pytest.raises(NotAllowed):
        notebook.open_teacher_desk()


# ----------------------------------------------------------------------------------------- the start


def test_a_folder_that_is_not_there_becomes_a_class_to_set_up(tmp_path: Path) -> None:
    """A new class with one teacher and no children, told in a sentence; a class that is there is only opened."""
    told: list[str] = []
    place = tmp_path / "far" / "Class 4B"
    for _ in range(2):
        made = class_or_new(place, now=NOW, randomness=secrets.token_bytes, tell=told.append, say=speak("en"))
    store = made.store()
    school = store.school_class()
    assert (school.name, school.age_band, store.students()) == ("Class 4B", "3-5", ())
    assert [(t.teacher_id, t.name) for t in school.teachers] == [("teacher-1", "")]
    store.close()
    assert len(told) == 1 and str(place) in told[0]


def test_a_folder_with_other_things_is_never_made_a_class(tmp_path: Path) -> None:
    """Somebody's photos stay somebody's photos, and a sentence says what is wrong."""
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(NotFound):
        class_or_new(tmp_path, now=NOW, randomness=secrets.token_bytes, tell=print, say=speak("en"))
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def bare(path: Path, *teachers: Teacher) -> ClassFolder:
    """Return a class with these teachers."""
    school = SchoolClass(class_id="c", name="4B", age_band="3-5", round="Fall", teachers=teachers)
    return create_class(path, class_templates() / "3-5.yaml", school, randomness=secrets.token_bytes)


def test_who_sits_at_the_desk_is_a_teacher_of_the_class(tmp_path: Path) -> None:
    """The first one, or the one that was asked for; another name gets a sentence with those there are."""
    folder = bare(
        tmp_path / "c", Teacher(teacher_id="rivera", name="Ms. Rivera"), Teacher(teacher_id="lee", name="")
    )
    store = folder.store()
    assert [who_sits(store, wanted) for wanted in ("", "lee")] == ["rivera", "lee"]
    with pytest.raises(NotFound) as refused:
        who_sits(store, "maya\x1b[2J")
    assert refused.value.values["known"] == "rivera (Ms. Rivera), lee"
    assert "\x1b" not in str(refused.value.values["teacher"])
    store.close()


def test_a_class_without_teachers_gets_one(tmp_path: Path) -> None:
    """Its name is empty until somebody says it; asking again makes no second one."""
    store = bare(tmp_path / "c").store()
    assert [who_sits(store, "") for _ in range(2)] == ["teacher-1", "teacher-1"]
    assert store.school_class().teachers == (Teacher(teacher_id="teacher-1", name=""),)
    store.close()


def test_an_older_class_gets_the_notebook_of_the_desk(tmp_path: Path) -> None:
    """A new class has it; where it is missing it is made anew; one that is there is not touched."""
    folder = bare(tmp_path / "c")
    fresh = folder.teacher_notebook.read_text("utf-8")
    assert fresh == teacher_notebook("4B", "en")
    folder.teacher_notebook.unlink()
    store = folder.store()
    assert desk_notebook(folder, store).read_text("utf-8") == fresh
    folder.teacher_notebook.write_text("{}", "utf-8")
    assert desk_notebook(folder, store).read_text("utf-8") == "{}"
    store.close()


def test_the_shipped_notebook_is_the_generated_one() -> None:
    """What lies in ``notebooks/`` is what our own code makes, as Jupyter would write it."""
    import nbformat

    jupyter: Any = nbformat
    written = (REPO / "notebooks" / "teacher.ipynb").read_text("utf-8")
    assert written == teacher_notebook("Our class", "en")
    read = jupyter.reads(written, as_version=jupyter.NO_CONVERT)
    jupyter.validate(read)
    assert (jupyter.writes(read) + "\n", read.metadata.portfolio.page) == (written, "teacher")


def test_the_start_tells_a_link_that_lasts_and_opens_one_that_does_not() -> None:
    """What is printed opens the desk again and again; what the browser is given opens it once."""
    door, told, shown = visits(), list[str](), list[str]()
    tell_link(door, TeacherStart(show=shown.append), "http://x/", now=NOW, tell=told.append, say=speak("en"))
    printed = told[0].removeprefix("The teacher’s desk: http://x/t/")
    opened_once = shown[0].removeprefix("http://x/t/")
    assert [door.fits(opened_once, NOW) for _ in range(2)] == [True, False]
    assert [door.fits(printed, NOW) for _ in range(2)] == [True, True]
    door.end_link()
    assert "http://x/t/" in told[-1] and not door.fits(printed, NOW)
    quiet, nothing = visits(), list[str]()
    tell_link(quiet, TeacherStart(), "http://x/", now=NOW, tell=nothing.append, say=speak("en"))
    assert len(nothing) == 2 and quiet._opening is None


def test_an_empty_class_can_be_served_with_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guided start begins with no children: that is no trouble where a teacher sits, and is told elsewhere."""
    from portfolio.serve import classes

    folder = new_class(
        tmp_path / "c", name="4B", band="3-5", round_name="Fall", students=(), today=NOW.date(),
        randomness=secrets.token_bytes,
    )  # fmt: skip
    served: list[Any] = []
    monkeypatch.setattr(classes, "serve", lambda *_, **given: served.append(given))
    words: dict[str, Any] = {
        "links": True,
        "port": 0,
        "address": "127.0.0.1",
        "public_url": "",
        "new_links": False,
    }
    classes.serve_class(folder, **words, tell=print, say=speak("en"), teacher=TeacherStart())
    assert set(served[0]["notebooks"]) == {"desk", "talk", "lines", "teacher"}
    assert served[0]["teachers"].teacher_id == "teacher-1"
    with pytest.raises(NotFound):
        classes.serve_class(folder, **words, tell=print, say=speak("en"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, True),
        ({"port": 8866}, False),
        ({"public_url": "https://b.example/"}, False),
        ({"links": False}, False),
    ],
)
def test_a_free_port_is_told_at_the_start_where_cards_would_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], told: bool
) -> None:
    """Whoever starts with links on any free port hears that cards printed now do not open after the next start."""
    from portfolio.serve import classes

    folder = new_class(
        tmp_path / "c", name="4B", band="3-5", round_name="Fall", students=("Ana",), today=NOW.date(),
        randomness=secrets.token_bytes,
    )  # fmt: skip
    monkeypatch.setattr(classes, "serve", lambda *_, **given: given["on_ready"]("http://127.0.0.1:4711/"))
    words: dict[str, Any] = {
        "links": True,
        "port": 0,
        "address": "127.0.0.1",
        "public_url": "",
        "new_links": False,
    }
    said: list[str] = []
    classes.serve_class(
        folder, **{**words, **changed}, tell=said.append, say=speak("en"), teacher=TeacherStart()
    )
    assert any("--port 0" in line for line in said) is told


WARM = """
import sys, threading
import portfolio.notebook
portfolio.notebook.warm({given})
heavy = [name for name in ("matplotlib", "nbformat", "nbconvert", "PIL", "voila", "xlsxwriter") if name in sys.modules]
print("portfolio.widgets.rooms" in sys.modules, heavy, threading.active_count())
"""


@pytest.mark.parametrize(("given", "there"), [("", False), ("teacher=True", True)])
def test_only_a_teachers_server_warms_the_teachers_desk(given: str, there: bool) -> None:
    """Kernels of a class that is served for children only carry none of it; neither way is anything heavy brought in."""
    done = subprocess.run(
        [sys.executable, "-c", WARM.format(given=given)], capture_output=True, text=True, check=True, cwd=REPO
    )
    assert done.stdout.split("\n")[0] == f"{there} [] 1"


@pytest.mark.parametrize(
    ("variables", "terminal", "opens"),
    [
        ({"DISPLAY": ":0"}, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        ({}, True, False),
        ({"DISPLAY": ":0"}, False, False),
        ({"DISPLAY": ":0", "CI": "1"}, True, False),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, True, False),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sits(
    variables: dict[str, str], terminal: bool, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not without a screen, not from far away, not for a script and not where programs are tested."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert showing._somebody_looks() is opens
