"""Running the server of a class in the foreground."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Final

from portfolio.errors import SetupTrouble
from portfolio.files import jupyter_templates
from portfolio.serve.door import Doorkeeper, Setup
from portfolio.serve.keys import Randomness, read_or_make_secret
from portfolio.serve.later import put_off
from portfolio.serve.patience import Patience
from portfolio.serve.visit import utc_now
from portfolio.words.speech import Speech, speak

if TYPE_CHECKING:
    from portfolio.serve.app import PortfolioVoila
    from portfolio.serve.teacher_visits import TeacherVisits

THIS_MACHINE: Final = "127.0.0.1"
HIDDEN: Final = ".portfolio"  # the folder inside a class's folder for what is not for reading
LOGGERS: Final = ("portfolio.serve", "tornado", "asyncio", "traitlets", "py.warnings")


def serve(
    class_folder: Path,
    door: Doorkeeper,
    *,
    setup: Setup,
    notebooks: Mapping[str, Path],
    on_ready: Callable[[str], None],
    port: int = 0,
    address: str = THIS_MACHINE,
    public_url: str | None = None,
    translate: Speech | None = None,
    template: str = "portfolio",
    secret_pictures: bool = False,
    teachers: TeacherVisits | None = None,
    now: Callable[[], datetime] = utc_now,
    randomness: Randomness = secrets.token_bytes,
) -> None:
    """Serve a class until the process is told to stop (SIGINT, SIGTERM); call it in the main thread.

    Args:
        class_folder: the folder of the class; the server keeps its secret and its log in ``.portfolio``.
        door: knows the children and whose key a key is.
        setup: how children come in.
        notebooks: the notebooks behind ``/desk`` and ``/talk`` (and ``/teacher``), by these names.
        on_ready: called once with the address of the door, when the server answers.
        port: 0 takes any free one.
        address: where to listen. With children taking turns at one machine this is always that machine.
        public_url: how browsers reach the server through the school's own https, if they do.
        translate: the voice of the pages; by default the one for the language of the class.
        template: the name of the Voilà template.
        secret_pictures: whether a child on the roster also picks its two secret pictures.
        teachers: the teacher's door; without it there is none, and no such address.
        now: the clock.
        randomness: the dice.

    Raises:
        SetupTrouble: the port is taken or the address is not ours, or a notebook or template is missing.
    """
    _check(setup, address, notebooks)
    # a kernel imports this room to ask who is visiting; it needs neither Jinja nor voilà for that
    from portfolio.serve.front import Front
    from portfolio.serve.pages import Pages

    say = translate or speak(door.language)
    hidden = class_folder / HIDDEN
    front = Front(
        door=door,
        secret=read_or_make_secret(hidden / "secret", randomness),
        setup=setup,
        class_folder=class_folder.resolve(),
        pages=Pages(say),
        now=now,
        randomness=randomness,
        patience=Patience(time.monotonic),
        secure=(public_url or "").startswith("https:"),
        secret_pictures=secret_pictures,
        teachers=teachers,
        address_passes=not (port or public_url),
    )
    with _listen(address, port) as listening, _quiet(hidden / "serve.log") as log, _templates():
        with put_off():
            from portfolio.serve.app import PortfolioVoila  # voilà takes a second to import

        try:
            app = PortfolioVoila(
                front,
                notebooks,
                template=template,
                kernel_log=log,
                instruction=say("Please tell your teacher."),
            )
        except ValueError as error:  # voilà's way of saying that there is no such template
            raise SetupTrouble(
                "The page template {template} is missing. Install Portfolio again.", template=template
            ) from error
        front.address = _with_slash(public_url) if public_url else _url(listening[0])
        asyncio.run(_until_told(app, listening, partial(on_ready, front.address)))


def _check(setup: Setup, address: str, notebooks: Mapping[str, Path]) -> None:
    if setup is Setup.ONE_MACHINE and address != THIS_MACHINE:
        raise SetupTrouble(
            "With the picture roster only this computer can be used, not {address}.", address=address
        )
    for path in notebooks.values():
        if not path.is_file():
            raise SetupTrouble("The notebook {path} is missing. Make the class's notebooks again.", path=path)


async def _until_told(app: PortfolioVoila, listening: list[socket], ready: Callable[[], None]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(told, stopped.set)
        except NotImplementedError:  # Windows
            signal.signal(told, lambda *_: loop.call_soon_threadsafe(stopped.set))
    await app.run(listening, ready, stopped)


@contextlib.contextmanager
def _listen(address: str, port: int) -> Iterator[list[socket]]:
    """Give sockets that listen already, so that a taken port is known before anything else starts."""
    from tornado.netutil import bind_sockets

    try:
        listening = bind_sockets(port, address)
    except OSError as error:
        raise SetupTrouble(
            "Port {port} at {address} cannot be used: {reason}. Choose another port, or close the other program.",
            port=port,
            address=address,
            reason=error.strerror or error,
        ) from error
    try:
        yield listening
    finally:
        for one in listening:
            one.close()


def _with_slash(url: str) -> str:
    return url.rstrip("/") + "/"


def _url(listening: socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextlib.contextmanager
def _quiet(path: Path) -> Iterator[int]:
    """Send all logs to a file begun anew, readable by its owner only; give its number for the kernels."""
    number = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND, 0o600)
    file = os.fdopen(number, "w", encoding="utf-8", buffering=1, errors="backslashreplace")
    handler = logging.StreamHandler(file)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logs = [logging.getLogger(name) for name in LOGGERS]
    before = [(log, log.level, log.propagate) for log in logs]
    for log in logs:
        log.addHandler(handler)
        log.propagate = False
        log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        yield number
    finally:
        logging.captureWarnings(False)
        for log, level, propagate in before:
            log.removeHandler(handler)
            log.propagate = propagate
            log.setLevel(level)
        file.close()


@contextlib.contextmanager
def _templates() -> Iterator[None]:
    """Let Jupyter find our Voilà templates first, from a checkout as well as from a wheel."""
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [before, str(jupyter_templates())]))
    try:
        yield
    finally:
        if before is None:
            del os.environ["JUPYTER_PATH"]
        else:
            os.environ["JUPYTER_PATH"] = before
