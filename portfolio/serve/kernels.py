"""Which kernel belongs to which visit, and how kernels come and go.

Voilà signs nobody's kernel and lets whoever knows an id use it. Here a kernel starts only for a visit,
learns from its environment whose visit that is, and answers to nobody else.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.websocket import WebSocketHandler

from portfolio.errors import NotAllowed
from portfolio.serve.front import Front
from portfolio.serve.keys import Visit
from portfolio.serve.visit import (
    ADDRESS_VARIABLE,
    CLASS_VARIABLE,
    PAGE_VARIABLE,
    PASSING_VARIABLE,
    VISIT_VARIABLE,
    WAY_VARIABLE,
)

MESSAGES: Final = ("comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request")
KERNELS_PER_VISIT: Final = 3  # desk, presentation, and one page that has not gone yet
LINGER: Final = 0.5  # seconds in which the last words of a page that closes still come in
PATIENCE: Final = 5.0  # seconds a kernel may take to finish what it was sent

KERNEL_MANAGER: Final = "portfolio.serve.nursery.KernelManager"

# what a web server tells a CGI program: for us only ways for a key or a cookie to get into a kernel
_FROM_REQUEST: Final = frozenset({"QUERY_STRING", "PATH_INFO", "SCRIPT_NAME"})
_FROM_REQUEST_PREFIXES: Final = ("HTTP_", "SERVER_", "REMOTE_", "REQUEST_", "VOILA_", "PORTFOLIO_")


def kernel_environment(environ: Mapping[str, str], *, slip: str, class_folder: Path) -> dict[str, str]:
    """Return a kernel's environment: the given one without anything of the request, and the signed slip."""
    kept = {
        name: value
        for name, value in environ.items()
        if name not in _FROM_REQUEST and not name.startswith(_FROM_REQUEST_PREFIXES)
    }
    return {**kept, VISIT_VARIABLE: slip, CLASS_VARIABLE: str(class_folder)}


class ClassKernels(AsyncMappingKernelManager):
    """The kernels of one class; every one belongs to a visit."""

    front: Front
    kernel_log: int
    """An open file's number: what kernels write to standard output and standard error."""

    def __init__(self, **kwargs: Any) -> None:
        """Take over the class from the server; voilà's own list of messages is not kept."""
        given = {"allowed_message_types": list(MESSAGES), "kernel_manager_class": KERNEL_MANAGER}
        super().__init__(**{**kwargs, **given})  # type: ignore[no-untyped-call] # jupyter-server has no types here
        server: Any = self.parent
        self.front = server.front
        self.kernel_log = server.kernel_log
        self.nursery = server.nursery
        self.owners: dict[str, str] = {}
        self.sockets: dict[str, set[WebSocketHandler]] = defaultdict(set)
        self._leaving: set[asyncio.Task[None]] = set()

    def belongs(self, kernel_id: str, visit: Visit | None) -> bool:
        """Return True if this kernel is one of this visit's."""
        return visit is not None and self.owners.get(kernel_id) == visit.visit_id

    async def start_kernel(  # type: ignore[override] # the base takes anything
        self,
        *,
        visit: Visit | None = None,
        page: str = "",
        env: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> str:
        """Start a kernel for a visit and return its id; ``page`` tells a notebook that makes several which it is.

        Raises:
            NotAllowed: there is no visit, or it ended meanwhile.
        """
        if visit is None or visit.visit_id in self.front.ended:
            raise NotAllowed("This book is closed. Please open it again from your own link or picture.")
        own = [kernel_id for kernel_id, owner in self.owners.items() if owner == visit.visit_id]
        for kernel_id in own[: 1 - KERNELS_PER_VISIT]:
            self.let_go(kernel_id)
        kernel_id = self.new_kernel_id()
        self.owners[kernel_id] = visit.visit_id  # known before it runs: a visit that ends now finds it
        environment = kernel_environment(
            env or {}, slip=self.front.kernel_slip(visit), class_folder=self.front.class_folder
        )
        environment[ADDRESS_VARIABLE] = self.front.address  # a family's square begins with it
        environment[PAGE_VARIABLE] = page
        if visit.role == "teacher":  # a child needs to know none of the rest
            environment[WAY_VARIABLE] = self.front.way_in
            environment[PASSING_VARIABLE] = "1" if self.front.address_passes else ""
        try:
            await super().start_kernel(
                kernel_id=kernel_id,
                env=environment,
                stdout=self.kernel_log,
                stderr=self.kernel_log,
                **kwargs,
            )
        except BaseException:
            self.owners.pop(kernel_id, None)
            raise
        return kernel_id

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that is gone, whatever made it go."""
        self.owners.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def end_visit(self, visit: Visit) -> None:
        """End a visit: its cookie is worth nothing from now on, its kernels stop."""
        self.front.end(visit)
        for kernel_id in [kernel for kernel, owner in self.owners.items() if owner == visit.visit_id]:
            self.let_go(kernel_id)

    def let_go(self, kernel_id: str, *, linger: float = LINGER) -> None:
        """Take a kernel from its visit at once, and stop it when it has done what it was sent."""
        if self.owners.pop(kernel_id, None) is None:
            return
        task = asyncio.get_running_loop().create_task(self._stop(kernel_id, linger))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def end_all(self) -> None:
        """Stop every kernel, and return when all are gone."""
        for kernel_id in list(self.owners):
            self.let_go(kernel_id, linger=0)
        await asyncio.gather(*self._leaving, return_exceptions=True)
        await self.shutdown_all(now=True)

    async def _stop(self, kernel_id: str, linger: float) -> None:
        await asyncio.sleep(linger)
        for socket in list(self.sockets.pop(kernel_id, ())):
            socket.close()
        starting = self._pending_kernels.get(kernel_id)
        if starting is not None:
            await asyncio.wait([starting])
        if kernel_id in self:
            await self._finish(kernel_id)
        if kernel_id in self:  # it may have been culled, or have died, while it finished
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call] # nor here

    async def _finish(self, kernel_id: str) -> None:
        """Wait until the kernel has handled every message that was on its way, but not for ever."""
        kernel: Any = self.get_kernel(kernel_id)
        client = kernel.client()
        only_shell = dict.fromkeys(("iopub", "stdin", "hb", "control"), False)
        client.start_channels(**only_shell)
        try:
            async with asyncio.timeout(PATIENCE):
                before = None
                # messages of several sockets are read in turn: only a round in which nothing else
                # happened proves that nothing else was waiting
                while before != kernel.last_activity:
                    before = kernel.last_activity
                    await client.kernel_info(reply=True, timeout=PATIENCE)
        except (TimeoutError, RuntimeError):
            self.log.warning("Kernel %s did not finish in time; it is stopped all the same.", kernel_id)
        finally:
            client.stop_channels()
