"""The notebook's page, and the three ways a page reaches its kernel."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.iostream import StreamClosedError
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from portfolio.serve import policies
from portfolio.serve.doorstep import DoorPage, OwnKernel
from portfolio.serve.kernels import ClassKernels
from portfolio.serve.keys import Visit

PATIENCE: Final = 180.0  # seconds a notebook may take until its page is complete


class KernelsForVisit:
    """The kernels as voilà's page sees them: the same ones, but every new one is this visit's."""

    def __init__(self, kernels: ClassKernels, visit: Visit | None, page: str = "") -> None:
        """Remember for whom kernels are started, and for which page."""
        self._kernels = kernels
        self._visit = visit
        self._page = page
        self.started: list[str] = []

    def __getattr__(self, name: str) -> Any:
        """Hand everything else over."""
        return getattr(self._kernels, name)

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel for the visit."""
        kernel_id = await self._kernels.start_kernel(visit=self._visit, page=self._page, **kwargs)
        self.started.append(kernel_id)
        return kernel_id


class NotebookPage(DoorPage, TornadoVoilaHandler):  # type: ignore[misc] # voilà is not typed
    """``/desk`` and ``/talk``: a notebook run in a kernel of the visit's own."""

    def initialize(self, page: str = "", **kwargs: Any) -> None:
        """Take voilà's settings; kernels are seen through the visit. ``page``: which of its pages a notebook makes."""
        super().initialize(**kwargs)
        self._own_kernels = KernelsForVisit(self.kernels, self.guest, page)

    @property
    def guest(self) -> Visit | None:
        """Return the visit this page is for, or None: a child's."""
        return self.visit

    def turn_away(self) -> None:
        """Go to the door: this page is not for whoever asks."""
        self.see_other("/")

    @property
    def kernel_manager(self) -> KernelsForVisit:  # type: ignore[override] # stands in for it
        """Return the kernels, of which every new one is this visit's."""
        return self._own_kernels

    @property
    def content_security_policy(self) -> str:
        """Return the policy of a notebook's page."""
        return policies.notebook(self.request.host)

    @allow_unauthenticated
    async def get(self) -> None:
        """Run the notebook and send its page bit by bit; turn away whoever it is not for."""
        if self.guest is None:
            self.turn_away()
            return
        _ = self.xsrf_token  # sets the cookie that the page's own goodbye sends back
        whole = False
        try:
            await self._send()
            whole = True
        except StreamClosedError:
            pass  # the tab went before the page was there
        finally:
            if not whole:  # nobody else will ever stop the kernel
                for kernel_id in self._own_kernels.started:
                    self.kernels.let_go(kernel_id)

    async def _send(self) -> None:
        # voilà waits for ever when a template fails behind its back
        async with asyncio.timeout(PATIENCE), contextlib.aclosing(self.get_generator()) as parts:
            async for part in parts:
                self.write(part)
                await self.flush()


class KernelModel(OwnKernel, KernelHandler):
    """``/api/kernels/<id>``: tells the page whether its kernel is still there."""

    by_hand = False
    SUPPORTED_METHODS = ("GET",)


class KernelSocket(OwnKernel, VoilaKernelWebsocketHandler):  # type: ignore[misc] # voilà is not typed
    """``/api/kernels/<id>/channels``: the page's widgets talk to their kernel."""

    by_hand = False  # what comes through it later may be

    def set_default_headers(self) -> None:
        """Set none: a websocket has no page."""

    async def open(self, kernel_id: str) -> None:
        """Connect, unless the visit ended while we were getting ready."""
        self.guest = self.visitor
        if not self.kernels.belongs(kernel_id, self.guest):
            self.close()
            return
        self.kernels.sockets[kernel_id].add(self)
        await super().open(kernel_id)

    def goes_on(self, *, by_hand: bool) -> bool:
        """Return whether a message may still come in; one made ``by_hand`` says that somebody is there.

        Only a teacher's visit is over by itself, also when this computer slept meanwhile and nothing could notice.
        Of one that has been ended the last words come in as long as its kernel listens.
        """
        front, guest = self.front, self.guest
        if (
            front.teachers is None
            or guest is None
            or guest.role != "teacher"
            or guest.visit_id in front.ended
        ):
            return True
        now = front.now()
        if front.teachers.stir(guest, now) if by_hand else front.teachers.goes_on(guest, now):
            return True
        self.kernels.end_visit(guest)
        return False

    def on_close(self) -> None:
        """Let the connection go."""
        self.kernels.sockets.get(self.kernel_id, set()).discard(self)
        super().on_close()


class Leave(OwnKernel):
    """``/voila/api/shutdown/<id>``: the page says that it closes."""

    SUPPORTED_METHODS = ("POST",)

    def post(self, kernel_id: str) -> None:
        """Stop the kernel when it has done what it was sent."""
        self.kernels.let_go(kernel_id)
        self.set_status(204)
        self.finish()
