"""A class whose pages without a kernel are served in this process, and somebody who has one of them open."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

from portfolio.model import Household
from portfolio.serve import family_door, policies
from portfolio.serve.app import LARGEST_FORM
from portfolio.serve.class_door import ClassDoor
from portfolio.serve.door import Setup
from portfolio.serve.doorstep import VisitIdentity
from portfolio.serve.entrance import Entrance, Goodbye
from portfolio.serve.family_door import guest_routes
from portfolio.serve.front import Front
from portfolio.serve.guests import (
    Guests,
)
from portfolio.serve.home_door import Bench, HomeFile, HomeFrame
from portfolio.serve.keys import Visit, new_visit
from portfolio.serve.media_door import MediaDoor
from portfolio.serve.pages import Pages
from portfolio.serve.passes import mint
from portfolio.serve.patience import Patience
from portfolio.serve.room_bodies import packed, unpacked
from portfolio.store.class_folder import ClassFolder
from portfolio.store.recordings import Recordings
from portfolio.words import speak
from tests import guest_rooms
from tests.guest_rooms import TinyRoom, state_at
from tests.samples import make_sample

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
TOKEN = "0123456789abcdef" * 2
HOME, OTHER = "h-one", "h-two"
Fetch = Callable[..., Awaitable[HTTPResponse]]


def two_homes(place: Path) -> ClassFolder:
    """Return the fourth grade of the samples, made in a folder; its first child has two homes."""
    made = make_sample("class-4b", place, at=NOW, randomness=secrets.token_bytes)
    store = made.store()
    homes = (
        Household(household_id=HOME, label="First home"),
        Household(household_id=OTHER, label="Second home", reads=("ar",)),
    )
    store.keep_student(store.students()[0].but(households=homes))
    store.close()
    return made


def small_rooms(monkeypatch: pytest.MonkeyPatch, folder: ClassFolder) -> None:
    """Let both pages carry the small room of the tests, with nothing on disk yet."""
    monkeypatch.setattr(family_door, "FAMILY", guest_rooms.FAMILY)
    monkeypatch.setattr(family_door, "CUES", guest_rooms.CUES)
    monkeypatch.setattr(TinyRoom, "made", 0)
    monkeypatch.setattr(TinyRoom, "looks", 0)
    for left in folder.hidden.glob("tiny-*.json"):
        left.unlink()


class House:
    """A class that is served in this process; its clocks stand still until a test moves them."""

    def __init__(self, folder: ClassFolder, setup: Setup = Setup.PERSONAL_LINKS) -> None:
        self.folder, self.now, self.clock = folder, NOW, 0.0
        self.store = folder.store()
        self.child, self.other = (s.student_id for s in self.store.students()[:2])
        self.front = Front(
            door=ClassDoor(self.store, Recordings(folder.media), folder),
            secret=folder.secret.read_bytes(),
            setup=setup,
            class_folder=folder.path,
            pages=Pages(speak("en")),
            now=lambda: self.now,
            randomness=secrets.token_bytes,
            patience=Patience(lambda: 0.0),
            address="http://books.example/",
        )
        self.start()

    def close(self) -> None:
        """Let go of everything."""
        self.guests.close()
        self.store.close()

    def start(self) -> None:
        """Start the server, again if it ran: nothing in its memory stays."""
        self.guests = Guests(self.front, lambda: self.clock)
        routes: list[Any] = [
            (r"/", Entrance), (r"/done", Goodbye), (r"/home", HomeFrame), (r"/home-file", HomeFile, {"bench": Bench()}),
            (r"/portfolio/media/(.*)", MediaDoor), *guest_routes(self.guests),
        ]  # fmt: skip
        given: dict[str, Any] = {"identity_provider": VisitIdentity(), "kernel_manager": Kernels()}
        self.app = Application(
            routes, front=self.front, headers=dict(policies.ALWAYS), xsrf_cookies=True, **given
        )

    def passed(self, home: str = HOME, until: datetime = NOW + timedelta(hours=2), child: str = "") -> str:
        """Return a pass of a home."""
        return mint(self.front.secret, self.front.door.class_id, child or self.child, home, until)

    def run(self, work: Callable[[Fetch], Awaitable[Any]]) -> Any:
        """Serve while ``work`` asks."""

        async def served() -> Any:
            sock, port = bind_unused_port()
            server = HTTPServer(self.app, max_body_size=LARGEST_FORM)
            server.add_socket(sock)
            client = AsyncHTTPClient(force_instance=True, max_clients=100)

            async def fetch(path: str, method: str = "GET", **more: Any) -> HTTPResponse:
                headers = {"X-XSRFToken": TOKEN, **more.pop("headers", {})}
                cookies = f"_xsrf={TOKEN}; {more.pop('cookie', '')}"
                return await client.fetch(
                    f"http://127.0.0.1:{port}{path}", method=method, headers={**headers, "Cookie": cookies},
                    raise_error=False, follow_redirects=False, allow_nonstandard_methods=True, request_timeout=60, **more,
                )  # fmt: skip

            try:
                return await work(fetch)
            finally:
                client.close()
                server.stop()
                await server.close_all_connections()

        return asyncio.run(served())

    def cookie_of(self, visit: Visit) -> str:
        """Return a child's cookie."""
        return f"{self.front.cookie_name}={self.front.cookie(visit)}"

    def child_visit(self) -> Visit:
        """Return a fresh visit of the child."""
        return new_visit(
            self.child, class_id=self.front.door.class_id, now=self.now, randomness=secrets.token_bytes
        )

    def state(self, home: str = HOME) -> dict[str, Any]:
        """Return what a home's room has on disk."""
        return state_at(self.folder.hidden / f"tiny-{self.child}-{home}.json")


class Kernels:
    """No kernel is ever asked for here."""

    def end_visit(self, visit: Visit) -> None:
        """Forget nothing."""


@dataclass
class Tab:
    """A page somebody has open: it asks as our script does."""

    fetch: Fetch
    address: str
    cookie: str
    told: dict[str, Any]
    rev: int = 0

    async def ask(self, content: dict[str, Any], *files: bytes, **more: Any) -> Any:
        """Return the answer to a message; a refusal of the server is its number."""
        self.rev += 1
        said = {"rev": self.rev, **content}
        headers = {"X-Portfolio-Page": f"{self.told['mark']}.{self.told['page']}", **more.pop("headers", {})}
        body = more.pop("body", packed("content", said, files))
        answer = await self.fetch(
            f"{self.address}/ask", "POST", body=body, cookie=more.pop("cookie", self.cookie), headers=headers
        )
        return unpacked("answer", answer.body) if answer.code == 200 else answer.code

    async def do(self, what: str, *files: bytes, **values: str) -> Any:
        """Return the answer to a form that acts."""
        names = [{"field": "voice", "name": f"{n}.mp3"} for n, _ in enumerate(files)]
        content = {"type": "do", "place": "family", "what": what, "values": [*values.items()], "files": names}
        return await self.ask({**content, "values": [list(one) for one in values.items()]}, *files)


def cookie_in(answer: HTTPResponse, name: str) -> str:
    """Return a cookie an answer sets, as a browser sends it back."""
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("Set-Cookie"):
        found.load(line)
    return f"{name}={found[name].value}" if name in found else ""


def told_in(answer: HTTPResponse) -> dict[str, Any]:
    """Return what a page tells its script."""
    text = answer.body.decode()
    told: dict[str, Any] = json.loads(text.split('id="told">')[1].split("</script>")[0])
    return told


async def come(house: House, fetch: Fetch, home: str = HOME, cookie: str = "") -> Tab:
    """Come in by a pass and open the family's page."""
    name = house.front.family_cookie_name
    link = await fetch(f"/family/in/{house.passed(home)}", cookie=cookie)
    assert (link.code, link.headers["Location"]) == (303, "/family")
    own = "; ".join(filter(None, (cookie, cookie_in(link, name))))
    page = await fetch("/family", cookie=own)
    assert page.code == 200
    return Tab(fetch, "/family", own, told_in(page))
