"""A child's own recordings and films: ``/portfolio/media/<sha256>.<suffix>``, whole or in parts.

Only the visit's own child gets them here (its teacher has a door of its own: ``teacher_door``). What is another child's, what was never there and what is no name of
ours get the same answer: nobody can find out which is which. Phones ask for parts (iOS plays nothing else):
RFC 9110, section 14.
"""

from __future__ import annotations

import asyncio
import logging
import re
from http import HTTPStatus

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from portfolio.errors import NotFound, PortfolioError
from portfolio.model.media import MEDIA_TYPE, MediaSuffix
from portfolio.serve import policies
from portfolio.serve.doorstep import Doorstep
from portfolio.store.recordings import PIECE, Recording

log = logging.getLogger("portfolio.serve")

_NAME = re.compile(rf"([0-9a-f]{{64}})\.({'|'.join(MEDIA_TYPE)})")
_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):
    """A part that the recording does not have; never shown to anybody."""


def part_of(header: str | None, size: int) -> range | None:
    """Return which bytes of ``size`` a ``Range`` header asks for, or ``None`` for all of them.

    A header that is no range of bytes, or asks for several at once, is ignored, as RFC 9110 (14.2) allows.
    Raises ``Unsatisfiable`` for a part that begins behind the end, and for the last 0 bytes (14.1.2).
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        last = int(found[2])
        if not last or not size:
            raise Unsatisfiable
        return range(max(0, size - last), size)
    start = int(found[1])
    end = int(found[2]) + 1 if found[2] else size
    if end <= start and found[2]:
        return None  # no valid range at all (14.1.2), so it counts as not said
    if start >= size:
        raise Unsatisfiable
    return range(start, min(end, size))


class PlayingDoor(Doorstep):
    """What all doors of recordings have in common: parts, and what the browser may keep."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    _tag: str | None = None

    @property
    def content_security_policy(self) -> str:
        """Return the policy of something that is only played."""
        return policies.RECORDING

    async def play(self, recording: Recording, media_type: str, digest: str) -> None:
        """Send a recording, or the part of it that was asked for; ``digest`` changes when its bytes do."""
        self.set_header("Content-Type", media_type)
        self.set_header("Accept-Ranges", "bytes")
        # the browser may keep it, but asks each time: the next child at this computer has another visit
        self.set_header("Cache-Control", "private, no-cache")
        self._tag = f'"{digest}"'
        self.set_etag_header()
        if self.check_etag_header():
            self.set_status(304)
            return
        await self._send(recording)

    def compute_etag(self) -> str | None:
        """Return what the bytes are called: their digest; nothing of a refusal."""
        return self._tag

    async def _send(self, recording: Recording) -> None:
        size = recording.size
        wanted = self.request.headers.get("Range")
        if self.request.headers.get("If-Range", self._tag) != self._tag:
            wanted = None  # the part of something else (13.1.5): all of this, then
        try:
            part = part_of(wanted, size)
        except Unsatisfiable:
            self.set_status(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.set_header("Content-Range", f"bytes */{size}")
            return
        if part is not None:
            self.set_status(HTTPStatus.PARTIAL_CONTENT)
            self.set_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}")
        part = range(size) if part is None else part
        self.set_header("Content-Length", str(len(part)))
        if self.request.method != "HEAD":
            await self._pour(recording, part)

    async def _pour(self, recording: Recording, part: range) -> None:
        """Send the bytes, reading on only when the last ones are gone: a paused player costs no memory."""
        try:
            for at in range(part.start, part.stop, PIECE):
                self.write(await asyncio.to_thread(recording.read, at, min(at + PIECE, part.stop)))
                await self.flush()
        except StreamClosedError:
            pass  # a player that has heard enough closes the line
        except PortfolioError as error:
            log.warning("A recording could not be given to its end: %s", error)
            if self.request.connection is not None:
                self.request.connection.close()  # type: ignore[attr-defined] # the promised length cannot be kept


class ChildsRecording(PlayingDoor):
    """A recording of one child, by its name; whose, says who comes in."""

    async def give(self, student_id: str, name: str) -> None:
        """Send a child's recording, or the part of it that was asked for; 404 for what is none, or nobody's."""
        found = _NAME.fullmatch(name)
        if found is None or not student_id:
            raise HTTPError(404)
        sha256, suffix = found[1], found[2]
        recording = await self._recording(student_id, sha256, suffix)  # type: ignore[arg-type] # by _NAME
        await self.play(recording, MEDIA_TYPE[suffix], sha256)

    async def _recording(self, student_id: str, sha256: str, suffix: MediaSuffix) -> Recording:
        """Find and prove the bytes beside the event loop: a film has many."""
        try:
            return await asyncio.to_thread(self.front.door.recording, student_id, sha256, suffix)
        except NotFound:
            raise HTTPError(404) from None
        except PortfolioError as error:
            log.warning("A recording could not be given: %s", error)
            raise HTTPError(404) from None


class MediaDoor(ChildsRecording):
    """A recording of the visiting child; 404 for everything else."""

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Send the recording, or the part of it that was asked for."""
        await self.give(self.visit.student_id if self.visit else "", name)

    head = get
