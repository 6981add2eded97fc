# long: one door with everything a browser may ask of it
"""The door of recordings: only one's own, whole or in parts, and one answer for everything else."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.simple_httpclient import HTTPStreamClosedError
from tornado.testing import bind_unused_port
from tornado.web import Application

from portfolio.errors import NotFound, StorageTrouble
from portfolio.moments.arrivals import MEDIA_PLACE, served_address
from portfolio.moments.help_pictures import PICTURES_PLACE, HelpPicture, help_picture
from portfolio.moments.spoken import SPOKEN_PLACE, Spoken, recorded_question
from portfolio.serve import policies
from portfolio.serve.door import RosterCard, Setup
from portfolio.serve.doorstep import VisitIdentity
from portfolio.serve.front import Front
from portfolio.serve.keys import new_visit
from portfolio.serve.media_door import MediaDoor, Unsatisfiable, part_of
from portfolio.serve.spoken_door import HelpPictureDoor, SpokenDoor
from portfolio.store.class_folder import ClassFolder
from portfolio.store.help_files import PICTURES
from portfolio.store.media import MediaFolder
from portfolio.store.recordings import PIECE, SPOKEN, Recording, Recordings
from tests.sounds import plain_mp3

SOUND = bytes(range(256)) * 5
SHA = hashlib.sha256(SOUND).hexdigest()
DAMAGED = "d" * 64
DOORS: list[Any] = [
    (rf"{MEDIA_PLACE}(.*)", MediaDoor),
    (rf"{SPOKEN_PLACE}(.*)", SpokenDoor),
    (rf"{PICTURES_PLACE}(.*)", HelpPictureDoor),
]
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PLACE = served_address(SHA, "mp3")


class Door:
    """A class in which Noa has one recording, and another one whose bytes are not what its name says."""

    class_id, class_name, language = "c", "Class", "en"

    def __init__(self, root: Path) -> None:
        MediaFolder(root).keep_file("noa", SHA, "mp3", SOUND)
        (root / "noa" / f"{DAMAGED}.mp3").write_bytes(b"damaged")
        self.recordings = Recordings(root)
        self.folder = ClassFolder(root.parent)

    def student_for_key(self, fingerprint: str) -> str | None:
        """Nobody has a key."""
        return None

    def roster(self) -> list[RosterCard]:
        """Nobody is shown."""
        return []

    def homes(self) -> list[tuple[str, str]]:
        """Nobody has a home here."""
        return []

    def recording(self, student_id: str, sha256: str, suffix: str) -> Recording:
        """Return a recording as a class folder has it."""
        return self.recordings.find(student_id, sha256, suffix)

    def spoken(self, name: str) -> Spoken:
        """Return a recorded question as a class folder has it."""
        return recorded_question(self.folder, name)

    def help_picture(self, name: str) -> HelpPicture:
        """Return a help picture as a class folder has it."""
        return help_picture(self.folder, name)


@pytest.fixture
def front(tmp_path: Path) -> Front:
    """The front of a class that is served."""
    given: Any = {"pages": None, "patience": None}  # nobody comes in and no page is shown
    return Front(
        Door(tmp_path / "media"),
        b"s" * 32,
        Setup.PERSONAL_LINKS,
        tmp_path,
        now=lambda: NOW,
        randomness=lambda n: b"r" * n,
        **given,
    )


def cookie(front: Front, student: str = "noa") -> str:
    """Return the cookie of a child's visit."""
    visit = new_visit(student, class_id="c", now=NOW, randomness=lambda n: student.encode().ljust(n, b"."))
    return f"{front.cookie_name}={front.cookie(visit)}"


def asked(front: Front, *requests: tuple[str, dict[str, str], str]) -> list[HTTPResponse]:
    """Return the answers to requests: address, headers, method."""

    async def run() -> list[HTTPResponse]:
        socket, port = bind_unused_port()
        settings: dict[str, Any] = {"front": front, "headers": dict(policies.ALWAYS), "xsrf_cookies": True}
        settings["identity_provider"] = VisitIdentity()
        server = HTTPServer(Application(DOORS, **settings))
        server.add_socket(socket)
        client = AsyncHTTPClient(force_instance=True)
        try:
            return [
                await client.fetch(
                    f"http://127.0.0.1:{port}{path}",
                    headers=headers,
                    method=method,
                    raise_error=False,
                    allow_nonstandard_methods=True,
                )
                for path, headers, method in requests
            ]
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()

    work: Callable[[], Coroutine[Any, Any, list[HTTPResponse]]] = run
    return asyncio.run(work())


def one(front: Front, path: str = PLACE, method: str = "GET", **headers: str) -> HTTPResponse:
    """Return the answer to Noa's request."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return asked(front, (path, {"Cookie": cookie(front)} | said, method))[0]


def test_ones_own_recording_is_played_and_can_do_nothing_else(front: Front) -> None:
    """The bytes come with their type, for this browser alone, and as a page they are locked in."""
    answer = one(front)
    assert (answer.code, answer.body) == (200, SOUND)
    said = answer.headers
    assert said["Content-Type"] == "audio/mpeg"
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Cache-Control"] == "private, no-cache"
    assert said["Accept-Ranges"] == "bytes"
    assert "sandbox" in said["Content-Security-Policy"]
    assert "default-src 'none'" in said["Content-Security-Policy"]
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"


def test_everything_else_gets_one_and_the_same_answer(front: Front) -> None:
    """Another child's, none at all, damaged, no visit, an ended visit, no name of ours: 404, and no word why."""
    mine = {"Cookie": cookie(front)}
    ended = new_visit("noa", class_id="c", now=NOW, randomness=lambda n: b"e" * n)
    front.ended.add(ended.visit_id)
    requests = [
        (PLACE, {"Cookie": cookie(front, "tariq")}),
        (PLACE, {}),
        (PLACE, {"Cookie": f"{front.cookie_name}={front.cookie(ended)}"}),
        (PLACE, {"Cookie": f"{front.cookie_name}=made-up"}),
        (served_address("0" * 64, "mp3"), mine),
        (served_address(DAMAGED, "mp3"), mine),
        (served_address(SHA, "wav"), mine),
        (served_address(SHA, "webp"), mine),
        (served_address(SHA.upper(), "mp3"), mine),
        (MEDIA_PLACE, mine),
        (f"{MEDIA_PLACE}../../class.sqlite", mine),
        (f"{MEDIA_PLACE}..%2f..%2fclass.sqlite", mine),
        (f"{MEDIA_PLACE}noa/{SHA}.mp3", mine),
        (f"{MEDIA_PLACE}{SHA}.mp3%00", mine),
        (f"{MEDIA_PLACE}{SHA}.mp3%0a", mine),
    ]
    answers = asked(front, *((path, headers, "GET") for path, headers in requests))
    assert [answer.code for answer in answers] == [404] * len(requests)
    assert {answer.body for answer in answers} == {b"404\n"}
    told = [{k: v for k, v in answer.headers.get_all() if k != "Date"} for answer in answers]
    assert all(headers == told[0] for headers in told)


@pytest.mark.parametrize(
    ("asks", "start", "stop"),
    [("bytes=0-1", 0, 2), ("bytes=1000-", 1000, 1280), ("bytes=-10", 1270, 1280), ("bytes=5-99999", 5, 1280)]
    + [("Bytes=7-7", 7, 8), ("bytes=-99999", 0, 1280), ("bytes=0-", 0, 1280)],
)
def test_a_part_is_sent_as_asked(front: Front, asks: str, start: int, stop: int) -> None:
    """First and last byte, to the end, the last so many: 206 with the place of the part (RFC 9110, 14)."""
    answer = one(front, Range=asks)
    assert (answer.code, answer.body) == (206, SOUND[start:stop])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/1280"
    assert answer.headers["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asks", ["bytes=1280-", "bytes=99999-100000", "bytes=-0"])
def test_a_part_that_is_not_there_is_said_to_be_not_there(front: Front, asks: str) -> None:
    """416 tells how many bytes there are, and sends none."""
    answer = one(front, Range=asks)
    assert (answer.code, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */1280"


@pytest.mark.parametrize(
    "asks",
    [
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=a-b",
        "bytes=1-2,4-5",
        "lines=1-2",
        "bytes 1-2",
        "bytes=+1-2",
        "x" * 5000,
    ]
    + ["bytes=1-" + "9" * 4000, "bytes=٣-٤".encode().decode("latin-1")],
)
def test_what_is_no_range_is_not_heard(front: Front, asks: str) -> None:
    """Nonsense, several parts at once and other units are answered with the whole recording."""
    answer = one(front, Range=asks)
    assert (answer.code, answer.body) == (200, SOUND)


def test_a_browser_that_has_it_already_is_told_so(front: Front) -> None:
    """With our tag there is nothing to send; with somebody else's there is everything, also instead of a part."""
    tag = one(front).headers["Etag"]
    assert one(front, If_None_Match=tag).code == 304
    assert one(front, If_None_Match='"other"').code == 200
    assert one(front, Range="bytes=0-1", If_Range=tag).code == 206
    assert one(front, Range="bytes=0-1", If_Range='"other"').body == SOUND


def test_asking_about_it_sends_no_bytes(front: Front) -> None:
    """HEAD has the same length and tag as GET; other methods are not there."""
    answer = one(front, method="HEAD")
    assert (answer.code, answer.body, answer.headers["Content-Length"]) == (200, b"", "1280")
    assert answer.headers["Etag"] == f'"{SHA}"'
    assert one(front, method="DELETE").code == 405


@given(
    st.text(max_size=30) | st.from_regex(r"bytes=[0-9]{0,25}-[0-9]{0,25}", fullmatch=True),
    st.integers(0, 9999),
)
def test_whatever_is_asked_a_part_lies_within(header: str, size: int) -> None:
    """Every part has at least one byte and none beyond the end."""
    try:
        part = part_of(header, size)
    except Unsatisfiable:
        return
    if part is not None:
        assert 0 <= part.start < part.stop <= size


def test_a_film_is_proved_once_and_never_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first asking reads all of it in pieces; later parts read only what they need."""
    film = bytes(range(256)) * 4096  # 1 MiB
    sha = hashlib.sha256(film).hexdigest()
    MediaFolder(tmp_path).keep_file("noa", sha, "mp4", film)
    recordings, read = Recordings(tmp_path), Recording.read
    asked_for: list[int] = []

    def counting(self: Recording, start: int, stop: int) -> bytes:
        asked_for.append(stop - start)
        return read(self, start, stop)

    monkeypatch.setattr(Recording, "read", counting)
    assert recordings.find("noa", sha, "mp4").read(5, 9) == film[5:9]
    assert max(asked_for) <= PIECE
    asked_for.clear()
    assert recordings.find("noa", sha, "mp4").read(0, 2) == film[:2]
    assert asked_for == [2]


def test_a_film_that_was_touched_is_proved_again(tmp_path: Path) -> None:
    """Bytes that are not what the name promises are not sent, however often the right ones were."""
    recordings = Door(tmp_path).recordings
    found = recordings.find("noa", SHA, "mp3")
    place = tmp_path / "noa" / f"{SHA}.mp3"
    place.write_bytes(b"x" + SOUND[1:])
    os.utime(place, ns=(1, 1))
    with pytest.raises(StorageTrouble):
        found.read(0, 1)
    with pytest.raises(StorageTrouble):
        recordings.find("noa", SHA, "mp3")


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_plain_files_are_sent(tmp_path: Path, kind: str) -> None:
    """A link to somebody else's file, a pipe and a folder are no recording, and nobody waits for them."""
    MediaFolder(tmp_path).keep_file("noa", SHA, "mp3", SOUND)
    place = tmp_path / "tariq" / f"{SHA}.mp3"
    place.parent.mkdir()
    if kind == "link":
        place.symlink_to(tmp_path / "noa" / place.name)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    with pytest.raises((NotFound, StorageTrouble)):
        Recordings(tmp_path).find("tariq", SHA, "mp3")


def test_a_film_erased_while_it_plays_ends_the_line(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser sees a line that broke, not a whole answer with fewer or wrong bytes."""

    def gone(self: Recording, start: int, stop: int) -> bytes:
        raise StorageTrouble("{path} is gone.", path=self.path)

    one(front)  # proved, so that only sending reads
    monkeypatch.setattr(Recording, "read", gone)
    with pytest.raises(HTTPStreamClosedError):
        one(front)


def test_a_recorded_question_is_for_every_visit_of_the_class_and_for_nobody_else(
    front: Front, tmp_path: Path
) -> None:
    """Any child of the class hears it, whole or in parts; without a visit, and under other names, it is not there."""
    for part in (SPOKEN, ".portfolio"):
        (tmp_path / part).mkdir()
    (tmp_path / SPOKEN / "hello.mp3").write_bytes(plain_mp3(2.0))
    place = f"{SPOKEN_PLACE}hello.mp3"
    for child in ("noa", "tariq"):
        heard = asked(front, (place, {"Cookie": cookie(front, child)}, "GET"))[0]
        assert (heard.code, heard.headers["Content-Type"]) == (200, "audio/mpeg")
        assert heard.headers["Content-Security-Policy"] == policies.RECORDING
    begun = one(front, place, Range="bytes=0-1")
    assert (begun.code, begun.headers["Content-Range"][:10], len(begun.body)) == (206, "bytes 0-1/", 2)
    assert one(front, place, If_None_Match=heard.headers["Etag"]).code == 304
    assert asked(front, (place, {}, "GET"))[0].code == 404
    for name in ("other.mp3", "..%2Fclass.yaml", "hello.mp3%00", "h" * 5000 + ".mp3", ""):
        assert one(front, f"{SPOKEN_PLACE}{name}").code == 404


def test_a_help_picture_is_for_every_visit_of_the_class_and_for_nobody_else(
    front: Front, tmp_path: Path
) -> None:
    """Any child of the class sees it, and it can do nothing; without a visit, and under other names, it is not there."""
    for part in (PICTURES, ".portfolio"):
        (tmp_path / part).mkdir()
    out = BytesIO()
    Image.new("RGB", (90, 60), "green").save(out, "PNG")
    (tmp_path / PICTURES / "clock.png").write_bytes(out.getvalue())
    (tmp_path / PICTURES / "script.png").write_bytes(b"<script>alert(1)</script>")
    place = f"{PICTURES_PLACE}clock.png"
    for child in ("noa", "tariq"):
        seen = asked(front, (place, {"Cookie": cookie(front, child)}, "GET"))[0]
        assert (seen.code, seen.headers["Content-Type"], seen.body[8:12]) == (200, "image/webp", b"WEBP")
        assert seen.headers["Content-Security-Policy"] == policies.RECORDING
    assert one(front, place, If_None_Match=seen.headers["Etag"]).code == 304
    assert asked(front, (place, {}, "GET"))[0].code == 404
    for name in ("other.png", "script.png", "..%2Fclass.yaml", "clock.png%00", "h" * 5000 + ".png", ""):
        assert one(front, f"{PICTURES_PLACE}{name}").code == 404
