"""The process that kernels are forked from: everything a desk needs is imported here once.

``python -m portfolio.serve.nursery_process FD [teacher]``, started by :mod:`portfolio.serve.nursery`, which is at the
other end of the socket ``FD``. Each message is JSON ``{"arguments", "env", "cwd", "name", "until"}``; the answer
is the new process's number, with a descriptor of the process beside it. After ``until`` (monotonic seconds, the
same clock for all processes) nobody waits for it any more, and nothing is forked. When the socket closes, this process ends,
and every kernel notices that its parent is gone.

It must stay simple: no thread, no event loop and no ZeroMQ context may exist before a fork (a lock held by
another thread would stay locked in the copy for ever), and nothing of any class is ever read here.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
import time
from typing import Any, Final, NoReturn

LARGEST: Final = 1 << 20
"""Bytes of a message: far more than any environment."""

WANTED: Final = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.interactiveshell",
    "IPython.core.completer",
    "sqlite3",
    "asyncio.selector_events",
    "ipywidgets",
    "anywidget",
)
"""What every kernel of ours imports, beside what the notebooks' own module warms."""

NOTEBOOK: Final = "portfolio.notebook"
"""The module a notebook's first cell imports; its ``warm()`` brings in the rest. Named, not imported: it stands above."""

_PR_SET_PDEATHSIG: Final = 1  # prctl(2)
_PR_SET_NAME: Final = 15


def main(descriptor: int, *, teacher: bool) -> None:
    """Import everything, then fork a kernel for each message until the socket closes."""
    with socket.socket(fileno=descriptor) as channel:
        _warm(teacher=teacher)
        signal.signal(signal.SIGCHLD, _bury)
        while told := channel.recv(LARGEST):
            asked = json.loads(told)
            if time.monotonic() > asked.pop("until"):  # its kernel has started the usual way: no second one
                channel.send(b"0 too late")
                continue
            try:
                number = _born(channel, asked)
                handle = os.pidfd_open(number)
            except OSError as error:  # no room for another process: the server starts a kernel the usual way
                channel.send(f"0 {error}".encode())
                continue
            socket.send_fds(channel, [str(number).encode()], [handle])
            os.close(handle)


def _warm(*, teacher: bool) -> None:
    """Import what kernels import, fill caches that are the same for everybody, and keep it out of the collector."""
    for name in WANTED:
        importlib.import_module(name)
    importlib.import_module(NOTEBOOK).warm(teacher=teacher)
    if threading.active_count() > 1:
        raise RuntimeError(f"a thread before the first fork: {threading.enumerate()}")
    gc.collect()
    gc.freeze()


def _bury(*_: object) -> None:
    """Let kernels that have ended go."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _born(channel: socket.socket, asked: dict[str, Any]) -> int:
    """Fork, and return the new process's number once it leads a group of its own: it can be signalled then."""
    reading, writing = os.pipe()
    mother = os.getpid()
    number = os.fork()
    if number:
        os.close(writing)
        os.read(reading, 1)  # returns when the child has closed its end
        os.close(reading)
        return number
    try:
        os.close(reading)
        os.setsid()
        os.close(writing)
        channel.close()
        _end_with(mother)
        _become_kernel(**asked)
    finally:
        os._exit(1)


def _end_with(mother: int) -> None:
    """Let the system end this process when ``mother`` ends, also while it does not look itself yet."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != mother:
        raise SystemExit("the process that kernels are forked from has ended")


def _become_kernel(arguments: list[str], env: dict[str, str], cwd: str, name: str) -> NoReturn:
    """Be the kernel, from here to the end."""
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    with contextlib.suppress(OSError, AttributeError):  # only so that one can tell them apart in a list
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)
    # ipykernel read whose child it is when it was imported: that was not this process's parent
    # and nobody looks up what a notebook's cells were: no file with them, no thread that writes it
    ours = (f"--IPKernelApp.parent_handle={os.getppid()}", "--HistoryManager.enabled=False")
    arguments = [*arguments, *ours]
    sys.argv = ["ipykernel_launcher", *arguments]
    from ipykernel.kernelapp import IPKernelApp

    code = 0
    try:
        IPKernelApp.launch_instance(arguments)
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]), teacher="teacher" in sys.argv[2:])
