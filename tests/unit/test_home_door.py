# long: the door and everything a family may see through it
"""What goes home, looked at before it goes: whose it is, what is in it, what is not, and that nothing is left."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

from portfolio.errors import StorageTrouble
from portfolio.model import SHELF, Concern, Passage, Reply, ReplyLine
from portfolio.moments.home import answer_code, home_file, kit_of, secret_of
from portfolio.moments.preview import home_preview
from portfolio.moments.send_home import send_home
from portfolio.rules.own_eyes import CHILD_SEES, for_own_eyes
from portfolio.serve import home_door, policies
from portfolio.serve.door import Setup
from portfolio.serve.doorstep import VisitIdentity
from portfolio.serve.front import Front
from portfolio.serve.home_door import Bench, HomeFile, HomeFrame
from portfolio.serve.keys import new_visit
from portfolio.serve.pages import Pages
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.testing import small_book
from portfolio.words import speak
from tests.samples import make_sample

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """The fourth grade of the samples."""
    return make_sample(
        "class-4b", tmp_path_factory.mktemp("home") / "class-4b", at=NOW, randomness=secrets.token_bytes
    )


class Door:
    """What these pages ask of a door: which class it is."""

    class_id, class_name, language = "class-4b", "Class 4b", "en"


@pytest.fixture(scope="module")
def front(folder: ClassFolder) -> Front:
    """The front of the class that is served."""
    given: Any = {"patience": None, "door": Door()}  # nobody comes in
    return Front(
        secret=b"s" * 32,
        setup=Setup.PERSONAL_LINKS,
        class_folder=folder.path,
        pages=Pages(speak("en")),
        now=lambda: NOW,
        randomness=lambda n: b"r" * n,
        **given,
    )


def two_homes(folder: ClassFolder) -> tuple[str, list[str]]:
    """Return a child with two homes, and their ids."""
    store = folder.store()
    try:
        found = next(s for s in store.students() if len(s.households) == 2)
        return found.student_id, [h.household_id for h in found.households]
    finally:
        store.close()


def cookie(front: Front, student: str, mark: bytes = b"v") -> dict[str, str]:
    """Return the cookie of a child's visit."""
    class_id = front.door.class_id
    visit = new_visit(
        student, class_id=class_id, now=NOW, randomness=lambda n: (mark + student.encode()).ljust(n, b".")
    )
    return {"Cookie": f"{front.cookie_name}={front.cookie(visit)}"}


def asked(front: Front, *requests: tuple[str, dict[str, str]], together: bool = False) -> list[HTTPResponse]:
    """Return the answers to requests: address and headers; one after the other, or all at once."""

    async def run() -> list[HTTPResponse]:
        socket, port = bind_unused_port()
        settings: dict[str, Any] = {"front": front, "headers": dict(policies.ALWAYS), "xsrf_cookies": True}
        settings["identity_provider"] = VisitIdentity()
        routes: list[Any] = [(r"/home", HomeFrame), (r"/home-file", HomeFile, {"bench": Bench()})]
        server = HTTPServer(Application(routes, **settings))
        server.add_socket(socket)
        client = AsyncHTTPClient(force_instance=True)

        def fetch(path: str, headers: dict[str, str]) -> Any:
            address = f"http://127.0.0.1:{port}{path}"
            return client.fetch(address, headers=headers, raise_error=False, follow_redirects=False)

        try:
            if together:
                return list(await asyncio.gather(*(fetch(*one) for one in requests)))
            return [await fetch(*one) for one in requests]
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()

    return asyncio.run(run())


def said(answer: HTTPResponse) -> str:
    """Return the body of an answer."""
    return answer.body.decode()


def test_the_frame_shows_a_choice_for_each_home_and_the_file_in_a_locked_frame(
    front: Front, folder: ClassFolder
) -> None:
    """Labels of the child's own homes, a way back, and an iframe that may do nothing."""
    student, homes = two_homes(folder)
    first, second = asked(
        front, ("/home", cookie(front, student)), (f"/home?to={homes[1]}", cookie(front, student))
    )
    assert (first.code, second.code) == (200, 200)
    assert 'href="/desk"' in said(first)
    assert "This is the file that goes home" in said(first)
    assert [re.findall(r'href="/home\?to=([^"]+)"', said(a)) for a in (first, second)] == [homes, homes]
    assert f'<iframe sandbox src="/home-file?to={homes[0]}"' in said(first)
    assert f'<iframe sandbox src="/home-file?to={homes[1]}"' in said(second)
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert first.headers["Cache-Control"] == "no-store"


def test_the_file_is_what_is_sent_home_to_the_byte(front: Front, folder: ClassFolder) -> None:
    """Where no home wrote in confidence the bytes are those of ``send_home`` but for its code, else those without that."""
    store = folder.store()
    books = [book_of(store, folder.template(), folder.outline(), s.student_id) for s in store.students()]
    open_book = next(b for b in books if not b.portfolio.replies and not b.portfolio.concerns)
    confided = next(b for b in books if b.portfolio.replies or b.portfolio.concerns)
    for sent in send_home(folder, students=(open_book.student.student_id,), out=folder.path.parent / "sent"):
        assert sent.household is not None
        address = f"/home-file?to={sent.household.household_id}"
        (answer,) = asked(front, (address, cookie(front, sent.student.student_id)))
        assert sent.path is not None
        code = answer_code(open_book, sent.household.household_id, secret_of(folder))
        assert code and code in sent.path.read_text("utf-8") and code not in answer.body.decode()
        kit = replace(kit_of(folder, store), secret=b"")
        page = home_file(open_book, sent.household.household_id, kit).page
        assert (answer.code, answer.body) == (200, page.encode("utf-8"))
    home = confided.student.households[0].household_id
    (answer,) = asked(front, (f"/home-file?to={home}", cookie(front, confided.student.student_id)))
    page = home_file(for_own_eyes(confided), home, replace(kit_of(folder, store), secret=b"")).page
    store.close()
    assert (answer.code, answer.body) == (200, page.encode("utf-8"))


def test_looking_writes_nothing_into_home(front: Front, folder: ClassFolder) -> None:
    """The folder of the files that go home stays as it was."""
    student, homes = two_homes(folder)
    before = sorted(folder.home.iterdir())
    asked(front, ("/home", cookie(front, student)), (f"/home-file?to={homes[0]}", cookie(front, student)))
    assert sorted(folder.home.iterdir()) == before


def test_the_file_keeps_its_own_policy_and_is_locked_in(front: Front, folder: ClassFolder) -> None:
    """The header says what the file's own meta element says, lets only our frame show it, and adds a sandbox."""
    student, homes = two_homes(folder)
    (answer,) = asked(front, (f"/home-file?to={homes[0]}", cookie(front, student)))
    own = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', said(answer))
    assert own is not None
    assert answer.headers["Content-Security-Policy"] == f"{own[1]}; frame-ancestors 'self'; sandbox"
    assert own[1].count("script-src 'sha256-") == 1 and "unsafe" not in own[1]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_everybody_else_gets_one_and_the_same_answer(front: Front, folder: ClassFolder) -> None:
    """Another child's home, one that never was, no home, no visit: 404, and no word why."""
    student, homes = two_homes(folder)
    store = folder.store()
    other = next(
        s.student_id for s in store.students() if not {h.household_id for h in s.households} & set(homes)
    )
    store.close()
    mine = cookie(front, student)
    answers = asked(
        front,
        (f"/home-file?to={homes[0]}", cookie(front, other)),
        (f"/home-file?to={homes[0]}", cookie(front, "nobody")),
        (f"/home-file?to={homes[0]}", {}),
        (f"/home-file?to={homes[0]}", {"Cookie": f"{front.cookie_name}=made-up"}),
        ("/home-file?to=never-was", mine),
        ("/home-file?to=../../class.sqlite", mine),
        ("/home-file", mine),
    )
    assert [answer.code for answer in answers] == [404] * len(answers)
    told = [
        (a.body, {k: v for k, v in a.headers.get_all() if k not in ("Date", "Set-Cookie")}) for a in answers
    ]
    assert all(one == told[0] for one in told)
    frames = asked(front, (f"/home?to={homes[0]}", cookie(front, other)), ("/home?to=never-was", mine))
    assert [a.code for a in frames] == [404, 404]
    assert frames[0].body == frames[1].body
    (away,) = asked(front, ("/home", {}))
    assert (away.code, away.headers["Location"]) == (303, "/")


def test_a_child_reads_no_letter_and_no_worry_of_its_family() -> None:
    """Whatever a household wrote, shared or not, answered or not, is in no file a child looks at."""
    whole = small_book(
        replies=tuple(
            Reply(
                entry_id=f"reply-{n}",
                household_id="mama",
                share_with_child=shared,
                who=f"MARKER-WHO-{n}",
                lines=(ReplyLine(starter=f"MARKER-START-{n}", words=Passage(text=f"MARKER-LETTER-{n}")),),
            )
            for n, shared in enumerate((True, False))
        ),
        concerns=(
            Concern(
                entry_id="concern-1",
                household_id="mama",
                words=Passage(text="MARKER-WORRY"),
                answer=Passage(text="MARKER-ANSWER"),
                owner="MARKER-OWNER",
                status="closed",
                closed_with=Passage(text="MARKER-CLOSED"),
            ),
        ),
    )
    assert "MARKER" in whole.portfolio.model_dump_json()
    assert "MARKER" not in for_own_eyes(whole.but(earlier=(whole.portfolio,))).model_dump_json()


def test_a_shelf_a_child_sees_is_on_the_list_and_every_other_one_is_closed() -> None:
    """A kind of entry that is new comes into the preview only when somebody has thought about it."""
    closed = (
        "cues replies concerns comments home_words statements practices to_teacher parked meetings namings"
    )
    assert set(SHELF.values()) - set(CHILD_SEES) == set(closed.split())


def test_a_damaged_picture_is_told_on_a_page_of_ours(
    front: Front, folder: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The frame says that it did not work and what to do; neither why nor where."""

    def broken(*_: object) -> None:
        raise StorageTrouble("The picture /secret/place is damaged.")

    monkeypatch.setattr(home_door, "home_preview", broken)
    student, homes = two_homes(folder)
    (answer,) = asked(front, (f"/home-file?to={homes[0]}", cookie(front, student)))
    assert answer.code == 500
    assert "This file cannot be shown just now" in said(answer)
    assert "secret" not in said(answer)
    assert "frame-ancestors 'self'; sandbox" in answer.headers["Content-Security-Policy"]


def test_one_visit_has_one_file_made_at_a_time(
    front: Front, folder: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five askings of one visit at once: never two at work, the newest is answered, those overtaken are told so."""
    student, homes = two_homes(folder)
    at_work: list[int] = []
    most = 0

    def counting(*given: Any) -> Any:
        nonlocal most
        at_work.append(1)
        most = max(most, len(at_work))
        page = home_preview(*given)
        at_work.pop()
        return page

    monkeypatch.setattr(home_door, "home_preview", counting)
    request = (f"/home-file?to={homes[0]}", cookie(front, student))
    answers = asked(front, *[request] * 5, together=True)
    assert most == 1
    assert sorted({answer.code for answer in answers}) == [200, 429]
    assert any("One moment" in said(answer) for answer in answers if answer.code == 429)


def test_a_bench_remembers_nobody_who_has_gone() -> None:
    """After the last file of a visit nothing of it is kept."""

    async def run() -> Bench:
        bench = Bench()
        async with bench.turn("a") as mine:
            assert mine
        await asyncio.gather(*(_turn(bench) for _ in range(4)))
        return bench

    async def _turn(bench: Bench) -> None:
        async with bench.turn("a"):
            await asyncio.sleep(0)

    bench = asyncio.run(run())
    assert not bench._turns
    assert not bench._newest
