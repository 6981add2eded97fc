"""A worker apart: a process that makes files, so that no book can stop the others, however it breaks.

The worker asks for nothing: it gets a task, tells of each home, then says that it is ready for the next. What it may
take is limited (:data:`MEMORY`), and whoever gave the task ends it when it takes too long.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.moments.home_maker import Maker, Task, Told, Work, unforeseen

MEMORY: Final = 1_500_000_000
"""Bytes a worker may take beyond what it has when it starts, where the system can limit that (Linux)."""

Start = Literal["fork", "spawn"]
"""A copy of this process, or a new one."""

READY, DONE = "ready", "done"
"""What a worker says besides what it tells of homes: I have begun, and opened the class; this task is done."""


LINUX: Final = sys.platform.startswith("linux")


def can_fork() -> bool:
    """Return whether a copy of this process is safe: Linux, and not one thread besides this one."""
    if not LINUX or threading.active_count() > 1:
        return False
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False


class Worker:
    """A process that makes files."""

    def __init__(self, work: Work, start: Start, others: Sequence[Worker] = ()) -> None:
        """Start it. ``others`` run already: a copy of this process must let go of what leads to them."""
        context: Any = multiprocessing.get_context(start)
        self.connection, theirs = context.Pipe()
        ends = (self.connection, *(other.connection for other in others)) if start == "fork" else ()
        self._process: BaseProcess = context.Process(target=serve, args=(work, theirs, ends), daemon=True)
        with _nothing_of_main() if start == "spawn" else contextlib.nullcontext():
            self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.begun = False
        self.since = time.monotonic()
        self.told: set[str] = set()

    def give(self, task: Task) -> bool:
        """Give it a task; return whether it is there to take it."""
        self.task, self.told, self.since = task, set(), time.monotonic()
        try:
            self.connection.send(task)
        except OSError:
            return False
        return True

    def hears(self) -> Any:
        """Return what it says. Raises ``EOFError`` if it is gone."""
        try:
            said = self.connection.recv()
        except EOFError:
            raise
        except Exception as error:  # half a message of one that was killed
            raise EOFError from error
        self.since = time.monotonic()
        if said == READY:
            self.begun = True
        elif isinstance(said, Told):
            self.told.add(said.household_id)
        return said

    def end(self, patience: float = 0.0) -> None:
        """End it: kindly while there is patience (seconds), then at once."""
        self.connection.close()
        if patience:
            self._process.join(patience)
        if self._process.is_alive():
            self._kill()
        self._process.join()

    def _kill(self) -> None:
        """End it at once, with what it has started."""
        pid = self._process.pid
        if hasattr(os, "killpg") and pid:
            with contextlib.suppress(OSError):  # not the head of its group yet: it has started nothing
                os.killpg(pid, signal.SIGKILL)
        self._process.kill()

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid


@contextlib.contextmanager
def _nothing_of_main() -> Iterator[None]:
    """Keep a new process from running the program once more that this one was started with."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def serve(work: Work, connection: Connection, ends: Sequence[Connection]) -> None:
    """Do what comes until nobody is there any more."""
    for end in ends:
        end.close()  # else this one would keep alive the line to others when the teacher's program is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: who gave the task decides
    if hasattr(os, "setpgid"):
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)  # what this process starts (a browser) gets no Ctrl-C, and ends with it
    maker: Maker | None = None
    try:
        with contextlib.suppress(EOFError, OSError):
            connection.send(READY)
            while True:
                task: Task = connection.recv()
                try:
                    if maker is None:
                        maker = Maker(work)
                        _limit_memory()
                        connection.send(READY)  # opening the class is not counted against the first home
                    for told in maker.homes(task):
                        _send(connection, told)
                except PortfolioError as trouble:  # the class cannot be opened: so it is for every home
                    for household_id, _ in task.homes:
                        _send(connection, Told(household_id, trouble=trouble))
                connection.send(DONE)
    except Exception as error:  # noqa: BLE001 - told; this process ends, nobody knows what state it is in
        with contextlib.suppress(OSError):
            connection.send(unforeseen(error))
    finally:
        if maker is not None:
            with contextlib.suppress(Exception):
                maker.close()
        connection.close()
        os._exit(0)  # a copy of another process tidies up nothing of it


def _send(connection: Connection, told: Told) -> None:
    """Tell of a home; trouble that cannot travel is told as its English sentence."""
    try:
        connection.send(told)
    except (TypeError, AttributeError, ValueError):
        why = told.trouble or told.beside
        said = StorageTrouble("{sentence}", sentence=str(why))
        sent = (None, said) if told.trouble is None else (said, None)
        connection.send(Told(told.household_id, told.files, told.missing, sent[0], sent[1], told.seconds))


def _limit_memory() -> None:
    """Limit what this process may take, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    status = Path("/proc/self/statm")
    if not status.exists():
        return
    own = int(status.read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = own + MEMORY
    if most in (resource.RLIM_INFINITY, -1) or wanted < most:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
