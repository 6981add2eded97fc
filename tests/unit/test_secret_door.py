"""The door with secret pictures: one look at a time, and nobody else's name opens anything."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

from portfolio.serve import policies
from portfolio.serve.door import RosterCard, Setup
from portfolio.serve.doorstep import VisitIdentity
from portfolio.serve.entrance import AreYou, Comer, Entrance, SecretPictures
from portfolio.serve.front import Front
from portfolio.serve.pages import Pages
from portfolio.serve.patience import AT_ONCE, Patience
from portfolio.serve.pictures import SECRET_PICTURES
from portfolio.words import speak

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = "0123456789abcdef" * 2
RIGHT = ("boat", "sun")


class Door:
    """A class of one child."""

    class_id, class_name, language = "ladybirds", "Ladybirds", "en"

    def roster(self) -> list[RosterCard]:
        """Return the child."""
        return [RosterCard("noa", "Noa", "boat")]


def made(setup: Setup = Setup.ONE_MACHINE, *, secret_pictures: bool = True) -> Front:
    """Return the front of a class."""
    given: Any = {"door": Door()}
    return Front(
        secret=b"s" * 32, setup=setup, class_folder=Path("/nowhere"), pages=Pages(speak("en")), now=lambda: NOW,
        randomness=lambda n: b"r" * n, patience=Patience(time.monotonic), secret_pictures=secret_pictures, **given,
    )  # fmt: skip


def posted(front: Front, *asked: tuple[str, dict[str, str] | None]) -> list[int]:
    """Return the statuses of requests sent at once: an address, and what is posted (``None``: it is only opened)."""

    async def run() -> list[int]:
        socket, port = bind_unused_port()
        settings: dict[str, Any] = {"front": front, "headers": dict(policies.ALWAYS), "xsrf_cookies": True}
        settings["identity_provider"] = VisitIdentity()
        routes: list[Any] = [(r"/", Entrance), (r"/secret", SecretPictures), (r"/are-you", AreYou)]
        server = HTTPServer(Application(routes, **settings))
        server.add_socket(socket)
        client = AsyncHTTPClient(force_instance=True, max_clients=100)

        async def send(path: str, body: dict[str, str] | None) -> int:
            more: dict[str, Any] = (
                {} if body is None else {"method": "POST", "body": urlencode({**body, "_xsrf": TOKEN})}
            )
            address = f"http://127.0.0.1:{port}{path}"
            headers = {"Cookie": f"_xsrf={TOKEN}"}
            answer = await client.fetch(
                address, headers=headers, raise_error=False, follow_redirects=False, **more
            )
            return answer.code

        try:
            return list(await asyncio.gather(*(send(*one) for one in asked)))
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()

    return asyncio.run(run())


def pair(first: str, second: str) -> tuple[str, dict[str, str]]:
    """Return a request with two pictures."""
    return "/secret", {"student": "noa", "first": first, "second": second}


def watched(front: Front, monkeypatch: pytest.MonkeyPatch, seconds: float) -> list[str]:
    """Let a wrong answer wait so long, and return what happens, in order."""
    told: list[str] = []

    def looked(_: Front, student_id: str, first: str, second: str) -> bool:
        told.append(f"looked at {first}")
        return (student_id, first, second) == ("noa", *RIGHT)

    async def wait(_: Comer, _who: str) -> None:
        await asyncio.sleep(seconds)
        told.append("waited")

    monkeypatch.setattr(Front, "is_secret_of", looked)
    monkeypatch.setattr(Comer, "wait", wait)
    return told


def test_an_answer_is_looked_at_when_the_wrong_one_before_has_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends all pairs at once learns nothing sooner than one who tries them in turn."""
    front = made()
    told = watched(front, monkeypatch, 0.3)
    assert sorted(posted(front, pair("car", "cat"), pair(*RIGHT))) in ([303, 403], [302, 403])
    assert "waited" in told
    if told[0] == "looked at car":
        assert told == ["looked at car", "waited", "looked at boat"]


@pytest.mark.more
def test_more_than_a_few_pairs_at_once_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that sends every pair gets "too many" for most of them."""
    front = made()
    told = watched(front, monkeypatch, 0.5)
    codes = posted(front, *(pair(first, "apple") for first in SECRET_PICTURES * 5))
    assert codes.count(403) == len([one for one in told if one != "waited"]) <= AT_ONCE
    assert codes.count(429) == len(codes) - codes.count(403) > 0
    assert front.patience.waiting == 0


def test_a_name_alone_opens_nothing_where_there_are_secret_pictures() -> None:
    """A forged form at the door is asked for the pictures; a child that is not there, or odd pictures, let nobody in."""
    front = made()
    forged = [
        ("/", {"student": "noa"}),
        ("/", {"student": "nobody"}),
        pair("../x", "no picture"),
        pair("", "sun"),
    ]
    assert posted(front, *forged) == [200, 404, 403, 403]


def test_with_links_nobody_can_ask_who_is_in_the_class() -> None:
    """Names posted or asked for get the same answer, whether there is such a child or not."""
    front = made(Setup.PERSONAL_LINKS, secret_pictures=False)
    paths: list[tuple[str, dict[str, str] | None]] = [
        (path, body)
        for name in ("noa", "nobody")
        for path, body in (("/", {"student": name}), pair(name, name), (f"/are-you?student={name}", None))
    ]
    assert set(posted(front, *paths)) == {404}
