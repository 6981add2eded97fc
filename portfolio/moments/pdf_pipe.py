"""A browser kept open for a class, talked to through two pipes nobody else on this computer can reach.

Starting it costs more than printing: one browser makes the PDFs of a class in less than half the time. No port
is opened, and no page of a child is written to disk: it goes through the pipe. Messages are those of the
DevTools protocol, JSON with a zero byte behind each.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from portfolio.moments import pdf_browser

_ENDS: Final = b"\0"
_GONE: Final = 3.0
"""Seconds a browser has to go by itself."""

_READY: Final = (
    "Promise.all([...Array.from(document.fonts, one => one.load().catch(() => 0)), "
    "...Array.from(document.images, one => one.decode().catch(() => 0))])"
    ".then(() => document.fonts.ready).then(() => document.body.offsetHeight)"
)
"""Asks for a promise that every picture and font is there. It is our question: scripts of the page do not run."""

_HOW: Final = {
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
    "displayHeaderFooter": False,
}


class _Silent(Exception):
    """The browser is gone, says no, or takes too long."""


class Browser:
    """One running browser. Where anything goes wrong, it is ended; make a new one then."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._folder = tempfile.mkdtemp(prefix="portfolio-pdf-")
        self._rest = b""
        self._count = 0
        self._pid, self._to, self._from = _started(program, Path(self._folder))

    def pdf(self, page: str, *, time_limit: float = pdf_browser.TIME_LIMIT) -> bytes:
        """Return a page as PDF, tagged and with an outline. Raises ``SetupTrouble``; the browser is ended then."""
        until = time.monotonic() + time_limit
        try:
            target = self._ask(until, "Target.createTarget", {"url": "about:blank"})["targetId"]
            opened = self._ask(until, "Target.attachToTarget", {"targetId": target, "flatten": True})
            session = str(opened["sessionId"])
            made = self._printed(until, session, page)
            self._ask(until, "Target.closeTarget", {"targetId": target})
        except (_Silent, OSError, ValueError, KeyError) as error:
            self.close()
            raise pdf_browser.silent(self._program) from error
        return made

    def _printed(self, until: float, session: str, page: str) -> bytes:
        self._ask(until, "Emulation.setScriptExecutionDisabled", {"value": True}, session)
        frame = self._ask(until, "Page.getFrameTree", {}, session)["frameTree"]["frame"]["id"]
        self._ask(until, "Page.setDocumentContent", {"frameId": frame, "html": page}, session)
        asked = {"expression": _READY, "awaitPromise": True}
        self._ask(until, "Runtime.evaluate", asked, session)
        return base64.b64decode(self._ask(until, "Page.printToPDF", _HOW, session)["data"])

    def close(self) -> None:
        """End the browser and throw its profile away. May be called twice."""
        if not self._pid:
            return
        with contextlib.suppress(_Silent, OSError, ValueError):
            self._ask(time.monotonic() + _GONE, "Browser.close", {})
        pid, self._pid = self._pid, 0
        _ended(pid)
        for end in (self._to, self._from):
            os.close(end)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _ask(self, until: float, method: str, params: Mapping[str, object], session: str = "") -> Any:
        """Send a message and return the answer to it."""
        self._count += 1
        message: dict[str, object] = {"id": self._count, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._send(until, json.dumps(message).encode("ascii") + _ENDS)
        while True:
            answer = json.loads(self._next(until))
            if answer.get("id") == self._count:
                if "result" not in answer:
                    raise _Silent(str(answer.get("error")))
                return answer["result"]

    def _send(self, until: float, data: bytes) -> None:
        left = memoryview(data)
        while left:
            _wait(until, to=self._to)
            left = left[os.write(self._to, left[:65_536]) :]

    def _next(self, until: float) -> bytes:
        """Return the next message."""
        pieces = [self._rest]
        while _ENDS not in pieces[-1]:
            _wait(until, back=self._from)
            piece = os.read(self._from, 1 << 20)
            if not piece:
                raise _Silent("gone")
            pieces.append(piece)
        message, _, self._rest = b"".join(pieces).partition(_ENDS)
        return message


def _wait(until: float, *, to: int | None = None, back: int | None = None) -> None:
    """Wait until a pipe takes or has something."""
    left = until - time.monotonic()
    reads, writes = [] if back is None else [back], [] if to is None else [to]
    if left <= 0 or not any(select.select(reads, writes, [], left)):
        raise _Silent("too slow")


def _started(program: str, folder: Path) -> tuple[int, int, int]:
    """Start the browser; return its id, the pipe to it and the pipe from it. It finds them as files 3 and 4."""
    import fcntl

    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # Numbers below 10 could be the very 3 and 4 it is to find them at.
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (theirs_in, theirs_out)]
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, moved[0], 3),
        (os.POSIX_SPAWN_DUP2, moved[1], 4),
    ]
    command = [program, *pdf_browser.flags(folder / "profile"), "--remote-debugging-pipe", "about:blank"]
    try:
        with _unlimited():
            pid = os.posix_spawn(program, command, dict(os.environ), file_actions=actions, setpgroup=0)
    except OSError as error:
        os.close(ours_out)
        os.close(ours_in)
        shutil.rmtree(folder, ignore_errors=True)
        raise pdf_browser.silent(program) from error
    finally:
        for end in (theirs_in, theirs_out, *moved):
            os.close(end)
    os.set_blocking(ours_out, False)
    return pid, ours_out, ours_in


@contextlib.contextmanager
def _unlimited() -> Iterator[None]:
    """Take this process's limit of memory away for a moment: a browser sets far more aside than it ever uses."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _ended(pid: int) -> None:
    """Wait a moment for a browser to go, then end it and all it started."""
    until = time.monotonic() + _GONE
    while time.monotonic() < until:
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG)[0] == 0:
                time.sleep(0.02)
                continue
        break
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
