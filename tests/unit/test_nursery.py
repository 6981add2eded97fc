"""Kernels forked from one process: each its own, none left behind, and the usual way where that fails."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from portfolio.serve.nursery import ForkedKernel, ForkedProvisioner, KernelManager, Nursery, possible
from portfolio.serve.nursery_process import WANTED

TELL = """
import os, sys, json, threading
told = {"env": dict(os.environ), "sid": os.getsid(0), "pid": os.getpid(), "cwd": os.getcwd(), "argv": sys.argv,
        "heavy": [m for m in ("matplotlib", "nbformat", "nbconvert", "PIL", "voila") if m in sys.modules]}
print(json.dumps(told))
"""

Born = Callable[..., tuple[ForkedKernel, BlockingKernelClient]]


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """The process kernels are forked from, once for all tests that leave it alive."""
    made = started(tmp_path_factory.mktemp("nursery") / "log")
    yield made
    made.close()


def started(log: Path) -> Nursery:
    """Return a nursery that writes into a log."""
    assert possible(), "Linux with Python's pidfd_open: this machine cannot fork kernels"
    made = Nursery()
    with log.open("wb") as file:
        made.start(log_file=file.fileno())
    return made


@pytest.fixture
def born(nursery: Nursery, tmp_path: Path) -> Iterator[Born]:
    """Return ``born(VARIABLE="value")``: a forked kernel and a client that talks to it."""
    made: list[tuple[ForkedKernel, BlockingKernelClient]] = []

    def bear(within: Nursery = nursery, **env: str) -> tuple[ForkedKernel, BlockingKernelClient]:
        path = tmp_path / f"kernel-{len(made)}.json"
        write_connection_file(str(path), transport="ipc", ip=str(tmp_path / f"k{len(made)}"))
        given = {"HOME": str(tmp_path), "IPYTHONDIR": str(tmp_path / "ipython"), **env}
        kernel = asyncio.run(within.fork(["-f", str(path)], given, str(tmp_path), "kernel-abc"))
        assert kernel is not None
        client = BlockingKernelClient(connection_file=str(path))
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        made.append((kernel, client))
        return kernel, client

    yield bear
    for kernel, client in made:
        client.stop_channels()
        kernel.kill()
        kernel.wait(20)


def told(client: BlockingKernelClient) -> Any:
    """Return what a kernel says about itself."""
    lines: list[str] = []
    client.execute_interactive(
        TELL, output_hook=lambda message: lines.append(message["content"].get("text", "")), timeout=60
    )
    return json.loads("".join(lines))


def test_a_forked_kernel_has_its_own_environment_folder_and_group(born: Born, tmp_path: Path) -> None:
    """It has what it was given and nothing of the server's; it leads a group, so a signal hits only its own."""
    kernel, client = born(MINE="noa")
    says = told(client)
    assert says["env"]["MINE"] == "noa"
    assert set(says["env"]) - {"MINE", "HOME", "IPYTHONDIR"} <= {"CLICOLOR", "FORCE_COLOR",
        "CLICOLOR_FORCE", "TERM", "PAGER", "GIT_PAGER", "MPLBACKEND", "PYDEVD_USE_FRAME_EVAL"}  # fmt: skip
    assert says["sid"] == says["pid"] == kernel.pid
    assert says["cwd"] == str(tmp_path)
    assert psutil.Process(kernel.pid).name() == "kernel-abc"


def test_two_kernels_know_nothing_of_each_other(born: Born) -> None:
    """What one was given, and what it has put into its memory, the next one does not have."""
    _, first = born(SECRET="first child")
    first.execute_interactive("import builtins; builtins.left_behind = 1", timeout=60)
    _, second = born(OTHER="second child")
    assert "SECRET" not in told(second)["env"]
    answer = second.execute(
        "import builtins; assert not hasattr(builtins, 'left_behind')", reply=True, timeout=60
    )
    assert answer["content"]["status"] == "ok"


def test_a_desks_kernel_starts_without_charts_notebook_files_or_pictures(born: Born) -> None:
    """Nothing heavy is imported before the fork, though everything a desk needs is."""
    _, client = born()
    assert told(client)["heavy"] == []
    check = f"import sys; missing = [m for m in {WANTED!r} if m not in sys.modules]; assert 'portfolio.widgets.desk' in sys.modules; assert missing == [], missing"
    assert client.execute(check, reply=True, timeout=60)["content"]["status"] == "ok"


def test_the_manager_sees_when_a_kernel_ends(born: Born) -> None:
    """It polls as alive, ends when told, is gone afterwards, and a signal to what is gone is harmless."""
    kernel, _ = born()
    assert kernel.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        kernel.wait(0.01)
    kernel.kill()
    assert kernel.wait(20) == 0
    assert kernel.poll() == 0
    kernel.send_signal(signal.SIGTERM)


def test_a_kernel_ends_when_its_nursery_is_killed_and_the_next_starts_the_usual_way(
    born: Born, tmp_path: Path
) -> None:
    """Nothing is left behind by a server that was killed; a manager whose nursery is gone still gets kernels."""
    short = started(tmp_path / "log")
    kernel, _ = born(short)
    process = short._process
    assert process is not None
    process.kill()
    assert kernel.wait(20) == 0
    assert asyncio.run(short.fork([], {}, "/", "x")) is None
    assert asyncio.run(_started_by_a_manager(short)) == subprocess.Popen
    short.close()


def test_living_kernels_outlive_what_goes_wrong_with_the_next_one(born: Born, tmp_path: Path) -> None:
    """An environment too large to be sent, an answer that does not come: no other child's kernel ends for it."""
    mine = started(tmp_path / "log")
    kernel, client = born(mine)
    assert asyncio.run(mine.fork([], {"A": "x" * 1_000_000}, "/", "x")) is None
    second, _ = born(mine)
    channel, process = mine._channel, mine._process
    assert channel is not None and process is not None
    channel.settimeout(0.2)
    os.kill(process.pid, signal.SIGSTOP)
    assert asyncio.run(mine.fork([], {"HOME": str(tmp_path)}, str(tmp_path), "x")) is None
    os.kill(process.pid, signal.SIGCONT)
    assert asyncio.run(mine.fork([], {}, "/", "x")) is None, "it is asked no more: answers would be mixed up"
    assert told(client)["pid"] == kernel.pid
    assert second.poll() is None
    assert len(psutil.Process(process.pid).children()) == 2, "what nobody waited for was not forked later"
    mine.close()
    assert kernel.wait(20) == second.wait(20) == 0


def test_ctrl_c_is_for_the_server_alone(born: Born, tmp_path: Path) -> None:
    """The nursery stands in no group with the server: what a terminal sends reaches neither it nor its kernels."""
    mine = started(tmp_path / "log")
    kernel, _ = born(mine)
    process = mine._process
    assert process is not None
    assert len({os.getpgid(number) for number in (os.getpid(), process.pid, kernel.pid)}) == 3
    mine.close()
    assert kernel.wait(20) == 0


def test_a_manager_forks_where_it_can(nursery: Nursery) -> None:
    """With a nursery at hand the process of a new kernel is a forked one."""
    assert asyncio.run(_started_by_a_manager(nursery)) is ForkedKernel


async def _started_by_a_manager(nursery: Nursery) -> type:
    """Start a kernel as the server does, stop it, and return what kind of process it was."""
    manager = KernelManager()
    manager.kernel_id = "12345678-aaaa"
    await manager._async_pre_start_kernel()
    assert isinstance(manager.provisioner, ForkedProvisioner)
    manager.provisioner = None
    provisioner = ForkedProvisioner(
        kernel_id="12345678-aaaa", kernel_spec=manager.kernel_spec, parent=manager
    )
    provisioner.nursery = nursery
    manager.provisioner = provisioner
    await manager.start_kernel(env=dict(os.environ))
    kind = type(provisioner.process)
    await manager.shutdown_kernel(now=True)
    return kind
