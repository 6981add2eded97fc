"""Commands that open pages in the browser: ``teacher``, ``serve`` and ``present``."""

from __future__ import annotations

import os
import secrets
import sys
import threading
import webbrowser
from datetime import UTC, datetime
from typing import Annotated

import typer

from portfolio.cli.face import Folder, app, open_class_at, sentences, tell, voice

Links = Annotated[
    bool, typer.Option("--links/--roster", help="Personal links, or one computer with a picture roster.")
]
Port = Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")]
Address = Annotated[str, typer.Option("--address", help="Where to listen (with --links).")]
PublicUrl = Annotated[str, typer.Option("--public-url", help="The address children use, if it is another.")]
NewLinks = Annotated[bool, typer.Option("--new-links", help="Make new links; the old ones stop working.")]
SecretPictures = Annotated[
    bool, typer.Option("--secret-pictures", help="Each child also picks two pictures only it knows.")
]


@app.command(epilog="Example: portfolio teacher class-4b")
def teacher(
    folder: Folder,
    who: Annotated[
        str, typer.Option("--as", metavar="ID", help="Which teacher of the class; else the first.")
    ] = "",
    links: Links = False,
    port: Port = 8866,
    address: Address = "127.0.0.1",
    public_url: PublicUrl = "",
    new_links: NewLinks = False,
    secret_pictures: SecretPictures = False,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the desk in the browser of this computer.")
    ] = True,
) -> None:
    """Open the teacher's desk and the children's, until Ctrl+C; a folder that is not there becomes a new class."""
    from portfolio.serve.classes import serve_class
    from portfolio.serve.teacher_start import TeacherStart, class_or_new

    with sentences():
        made = class_or_new(
            folder, now=datetime.now(UTC), randomness=secrets.token_bytes, tell=tell, say=voice()
        )
        serve_class(
            made, links=links, port=port, address=address, public_url=public_url,
            new_links=new_links, tell=tell, say=voice(), secret_pictures=secret_pictures,
            teacher=TeacherStart(who, _in_browser if browser and _somebody_looks() else None),
        )  # fmt: skip


def _somebody_looks() -> bool:
    """Return whether a browser that is opened now is seen: a person at this computer's own screen has asked."""
    screen = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    elsewhere = os.environ.get("CI") or os.environ.get("SSH_CONNECTION")
    return bool(screen) and not elsewhere and sys.stdout.isatty()


def _in_browser(address: str) -> None:
    """Open an address in the browser, and wait for nothing: the server must answer it meanwhile."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


@app.command(epilog="Example: portfolio serve class-4b --links")
def serve(
    folder: Folder,
    links: Links = False,
    port: Port = 8866,
    address: Address = "127.0.0.1",
    public_url: PublicUrl = "",
    new_links: NewLinks = False,
    secret_pictures: SecretPictures = False,
    with_teacher: Annotated[
        bool, typer.Option("--teacher", help="Also open the teacher's desk, by a link of its own.")
    ] = False,
    cards: Annotated[
        bool, typer.Option("--cards", help="Only tell each child’s picture and secret pictures.")
    ] = False,
) -> None:
    """Open the desks of a class, until Ctrl+C."""
    from portfolio.serve.classes import serve_class, tell_cards
    from portfolio.serve.teacher_start import TeacherStart

    with sentences():
        if cards:
            return tell_cards(open_class_at(folder), tell=tell, say=voice())
        serve_class(
            open_class_at(folder), links=links, port=port, address=address, public_url=public_url,
            new_links=new_links, tell=tell, say=voice(), secret_pictures=secret_pictures,
            teacher=TeacherStart() if with_teacher else None,
        )  # fmt: skip
    return None


@app.command(epilog="Example: portfolio present class-4b amal")
def present(
    folder: Folder,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="The child's id.")],
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")] = 0,
) -> None:
    """Open one child's meeting on this computer, until Ctrl+C."""
    from portfolio.serve.classes import serve_talk

    with sentences():
        serve_talk(open_class_at(folder), student, port=port, tell=tell, say=voice())
