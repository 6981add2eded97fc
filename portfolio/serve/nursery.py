"""Kernels without waiting: each is forked from one process that has imported everything already (Linux).

A kernel started the usual way imports for a second; a forked one starts at once and shares the memory of what
was imported. Where forking is not possible, or the process is gone, kernels start the usual way.

Sources: jupyter_client's ``LocalProvisioner`` (what a manager expects of a process), pidfd_open(2).
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

log = logging.getLogger("portfolio.serve")

PATIENCE: Final = 15.0  # seconds until the first fork: the process has a second of imports before it
LAUNCHER: Final = "ipykernel_launcher"


def possible() -> bool:
    """Return whether kernels can be forked here: Linux, where a process can be watched without its number."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")


class ForkedKernel:
    """A forked kernel as its manager sees it: what :class:`subprocess.Popen` offers, as far as it is used."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        """Take the process's number and its descriptor, which names this process even after it has ended."""
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle

    def poll(self) -> int | None:
        """Return 0 once the process has ended; how it ended, only its parent knows."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            self.returncode = 0
            os.close(self._handle)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return when the process has ended. Raises ``subprocess.TimeoutExpired``."""
        if self.returncode is None and not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Send a signal to this process, never to one that has its number now."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that kernels are forked from."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._turn = asyncio.Lock()
        self._trusted = True  # False: it forks no more, and lives on only for the kernels it has

    def start(self, *, log_file: int, teacher: bool = False) -> None:
        """Start the process; what kernels write goes to ``log_file`` (an open file's number).

        With ``teacher`` it also imports what the teacher's desk needs: where only children come, it does not.
        """
        if not possible():
            return
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(PATIENCE)
        command = [sys.executable, "-P", "-m", "portfolio.serve.nursery_process", str(theirs.fileno())]
        command += ["teacher"] if teacher else []
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log_file,
            stderr=log_file,
            start_new_session=True,  # Ctrl+C is for the server: it lets kernels finish first
        )
        theirs.close()
        self._channel = ours

    async def fork(
        self, arguments: Sequence[str], env: Mapping[str, str], cwd: str, name: str
    ) -> ForkedKernel | None:
        """Return a kernel started with these arguments, environment and folder; ``None`` if it cannot be.

        ``name`` (15 signs at most) is what a list of processes shows.
        """
        asked: dict[str, Any] = {"arguments": list(arguments), "env": dict(env), "cwd": cwd, "name": name}
        async with self._turn:
            if self._channel is None or not self._trusted:
                return None
            asked["until"] = time.monotonic() + (self._channel.gettimeout() or PATIENCE)
            try:
                return await asyncio.to_thread(_ask, self._channel, json.dumps(asked).encode())
            except (OSError, ValueError) as trouble:
                self._trusted = isinstance(trouble, OSError) and trouble.errno == errno.EMSGSIZE
                log.warning("A kernel starts the slow way: %s", trouble)
                return None

    def close(self) -> None:
        """Let the process end; kernels that still run end with it."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            self._process.kill()
            self._process.wait()
            self._process = None


def _ask(channel: socket.socket, message: bytes) -> ForkedKernel | None:
    channel.send(message)
    answer, handles, _, _ = socket.recv_fds(channel, 4096, 1)
    number = int(answer.split(b" ")[0] or 0)
    if not answer or (number and not handles):
        raise OSError("the process that kernels are forked from has ended")
    if not number:
        log.warning("A kernel could not be forked: %s", answer.decode("utf-8", "replace"))
        return None
    return ForkedKernel(number, handles[0])


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel in the nursery of its server, or the usual way where that cannot be."""

    nursery: Nursery | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return its connection info."""
        kernel = None
        if self.nursery is not None and LAUNCHER in cmd:
            arguments = cmd[cmd.index(LAUNCHER) + 1 :]
            cwd = str(kwargs.get("cwd") or Path.cwd())
            kernel = await self.nursery.fork(
                arguments, kwargs.get("env") or os.environ, cwd, f"kernel-{self.kernel_id[:8]}"
            )
        if kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # it does what a Popen does here
        self.pid = self.pgid = kernel.pid  # it leads a group of its own
        self.cwd = kwargs.get("cwd")
        return self.connection_info


class KernelManager(ServerKernelManager):
    """Manages one kernel; the provisioner is ours, without an entry point that an old installation may lack."""

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or kwargs.get("kernel_id", "")
            self.provisioner = ForkedProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
            self.provisioner.nursery = getattr(self.parent, "nursery", None)
        return await super()._async_pre_start_kernel(**kwargs)
