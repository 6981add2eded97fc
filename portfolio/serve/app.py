"""The server: voilà with our door. Only the addresses listed here exist."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from os.path import commonpath
from pathlib import Path
from socket import socket
from typing import Any, Final

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from portfolio.moments.arrivals import MEDIA_PLACE
from portfolio.moments.help_pictures import PICTURES_PLACE
from portfolio.moments.spoken import SPOKEN_PLACE
from portfolio.serve import policies
from portfolio.serve.door import ROOMS, TEACHER, Setup
from portfolio.serve.doorstep import OnlyOwnKernels, VisitIdentity, shown_path
from portfolio.serve.entrance import (
    AreYou,
    Entrance,
    Goodbye,
    Hello,
    NotHere,
    PersonalLink,
    Ready,
    SecretPictures,
)
from portfolio.serve.family_door import guest_routes
from portfolio.serve.front import Front
from portfolio.serve.guests import Guests
from portfolio.serve.home_door import Bench, HomeFile, HomeFrame
from portfolio.serve.kernels import ClassKernels
from portfolio.serve.media_door import MediaDoor
from portfolio.serve.notebooks import KernelModel, KernelSocket, Leave, NotebookPage
from portfolio.serve.nursery import Nursery
from portfolio.serve.room_page import RoomAsk
from portfolio.serve.spoken_door import HelpPictureDoor, SpokenDoor
from portfolio.serve.statics import Plain, Shelf, TemplateFiles, VoilaFiles, WidgetFiles
from portfolio.serve.teacher_door import Here, teacher_routes, watch
from portfolio.serve.visit import PRACTISE
from portfolio.serve.wire import QuietConnection

# the third comes with voilà itself; without it no widget is drawn
WIDGETS: Final = ("anywidget", "@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8")
KERNEL: Final = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
LARGEST_FORM: Final = 64 * 1024  # bytes; only a page without a kernel may send more (room_page.py)

LONGEST_SOCKET: Final = 107  # signs in the path of a Unix socket

Route = tuple[Any, ...]

log = logging.getLogger("portfolio.serve")


def settings_for(template: str, instruction: str) -> Config:
    """Return voilà's configuration; no file and no command line can add to it.

    ``instruction`` is what a child reads behind "there was an error" if a notebook's cell fails.
    """
    return Config(
        {
            "VoilaConfiguration": {
                "template": template,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "file_allowlist": [],
                "http_header_envs": [],
                "show_tracebacks": False,
                "strip_sources": True,
                "extension_allowlist": list(WIDGETS),
                "multi_kernel_manager_class": ClassKernels,
            },
            "VoilaExecutor": {"cell_error_instruction": instruction},
            "MappingKernelManager": {
                "cull_idle_timeout": 900,  # seconds: 15 minutes without a page
                "cull_interval": 60,
                "allow_tracebacks": False,
            },
            # a kernel that died is not started again: an empty one would only keep the page waiting
            "KernelRestarter": {"restart_limit": 0},
            # signatures of notebooks are of no use here: nothing is kept in the user's own folders
            "NotebookNotary": {"db_file": ":memory:", "secret": secrets.token_bytes(32)},
        }
    )


class PortfolioVoila(Voila):  # type: ignore[misc] # voilà is not typed
    """Voilà with a door: a visit before every page, and no address but our own."""

    def __init__(
        self, front: Front, notebooks: Mapping[str, Path], *, template: str, kernel_log: int, instruction: str
    ) -> None:
        """Put everything together; nothing runs yet.

        ``notebooks`` maps a page's name to its notebook, ``kernel_log`` is an open file's number.
        """
        super().__init__(config=settings_for(template, instruction), log=log)
        self.front = front
        self.kernel_log = kernel_log
        self.nursery = Nursery()
        self.guests = Guests(front, time.monotonic)
        self.notebooks = {name: path.resolve() for name, path in notebooks.items()}
        self.root_dir = commonpath([str(path.parent) for path in self.notebooks.values()])
        self.identity_provider_class = VisitIdentity
        self.authorizer_class = OnlyOwnKernels
        self.kernel_websocket_connection_class = QuietConnection
        # what Voila.initialize() does, without the command line, configuration files and signals
        self._init_asyncio_patch()
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.voila_configuration.page_config_hook = self._with_styles
        self.setup_template_dirs()

    def init_settings(self) -> dict[str, Any]:
        """Return tornado's settings: voilà's own, and ours over them."""
        front = self.front
        return {
            **super().init_settings(),
            "front": front,
            "headers": dict(policies.ALWAYS),
            "log_function": note,
            "default_handler_class": NotHere,
            # at one machine nobody but this machine may ask, whatever name a page has given itself
            "allow_remote_access": front.setup is not Setup.ONE_MACHINE,
            "local_hostnames": ["localhost"],
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax", "secure": front.secure, "expires_days": None},
        }

    def init_handlers(self) -> list[Route]:
        """Return every address there is."""
        template = re.escape(self.voila_configuration.template)
        return [
            (r"/", Entrance),
            *([(r"/k/([^/]+)/?", PersonalLink)] if self.front.setup is Setup.PERSONAL_LINKS else []),
            *(
                []
                if self.front.setup is Setup.PERSONAL_LINKS
                else [(r"/are-you", AreYou), (r"/secret", SecretPictures)]
            ),
            (r"/in", Hello),
            (r"/done", Goodbye),
            (r"/ready", Ready),
            (r"/home", HomeFrame),
            (r"/home-file", HomeFile, {"bench": Bench()}),
            *[(f"/{room}", NotebookPage, self._page(room)) for room in ROOMS if room in self.notebooks],
            *self._practising(),
            *guest_routes(self.guests),
            *(teacher_routes(self._page(TEACHER)) if self.front.teachers is not None else []),
            (rf"/api/kernels/{KERNEL}", KernelModel),
            (rf"/api/kernels/{KERNEL}/channels", KernelSocket),
            (rf"/voila/api/shutdown/{KERNEL}", Leave),
            (rf"{MEDIA_PLACE}(.*)", MediaDoor),
            (rf"{SPOKEN_PLACE}(.*)", SpokenDoor),
            (rf"{PICTURES_PLACE}(.*)", HelpPictureDoor),
            (r"/static/(.+)", Shelf, {"shelf": self.front.pages.shelf()}),
            (rf"/voila/templates/({template}/static/.+)", TemplateFiles),
            (r"/voila/static/(.+)", VoilaFiles, {"paths": self.static_paths}),
            (
                rf"/voila/labextensions/((?:{'|'.join(WIDGETS)})/static/.+)",
                WidgetFiles,
                {"path": self.labextensions_path},
            ),
        ]

    def _with_styles(self, page_config: dict[str, Any], notebook_path: str, **_: Any) -> dict[str, Any]:
        """Tell a notebook's page where its style sheets are, so that it need not wait for the kernel."""
        teachers = self.notebooks.get(TEACHER)
        told = {"portfolioStyles": ["/static/portfolio.css"], "portfolioScripts": []}
        if teachers is not None and notebook_path == teachers.relative_to(self.root_dir).as_posix():
            told["portfolioStyles"] += ["/static/teacher.css"]
            told["portfolioScripts"] += ["/static/teacher-watch.js"]
        talk = self.notebooks.get("talk")
        if talk is not None and notebook_path == talk.relative_to(self.root_dir).as_posix():
            told["portfolioStyles"] += ["/static/meeting.css"]
        return {**page_config, **told}

    def _practising(self) -> list[Route]:
        """Return the page on which a child practises: the notebook of the conference, told so by us alone."""
        there = "talk" in self.notebooks
        return [(f"/{PRACTISE}", NotebookPage, {**self._page("talk"), "page": PRACTISE})] if there else []

    def _page(self, room: str) -> dict[str, Any]:
        return {
            "notebook_path": self.notebooks[room].relative_to(self.root_dir).as_posix(),
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }

    async def run(
        self, listening: Sequence[socket], ready: Callable[[], None], stopped: asyncio.Event
    ) -> None:
        """Serve on sockets that listen already, until ``stopped`` is set; then stop every kernel."""
        self.connection_dir = tempfile.mkdtemp(prefix="portfolio_")
        self.config.KernelManager.transport = transport_in(self.connection_dir)
        server = watching = None
        self.nursery.start(log_file=self.kernel_log, teacher=self.front.teachers is not None)
        try:
            self.app = Application(self.init_handlers(), **self.init_settings())
            server = HTTPServer(self.app, max_body_size=LARGEST_FORM, xheaders=self.front.secure)
            server.add_sockets(listening)
            watching = asyncio.create_task(watch(self.kernel_manager))
            ready()
            await stopped.wait()
        finally:
            if watching is not None:
                watching.cancel()
            if server is not None:
                server.stop()
                await self.kernel_manager.end_all()
                await server.close_all_connections()
            self.nursery.close()
            self.guests.close()
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def transport_in(folder: str) -> str:
    """Return how server and kernels talk: by files in their own folder where that works, else by ports.

    Every user of a machine can listen to the ports of its kernels; nobody but the owner to the files.
    """
    longest = len(f"{folder}/kernel-{'0' * 36}-ipc-5")
    return "ipc" if sys.platform == "linux" and longest < LONGEST_SOCKET else "tcp"


def note(handler: RequestHandler) -> None:
    """Write one line per request: status, method, address without key and query string, duration."""
    request = handler.request
    quiet = isinstance(handler, Here) or (isinstance(handler, Plain) and handler.get_status() < 400)
    quiet |= isinstance(handler, RoomAsk) and handler.by_itself
    level = logging.DEBUG if quiet else logging.INFO
    log.log(
        level,
        "%d %s %s %.0f ms",
        handler.get_status(),
        request.method,
        shown_path(request.path),
        1000 * request.request_time(),
    )
