"""Commands that open pages in the browser: ``serve`` and ``present``."""

from __future__ import annotations

from typing import Annotated

import typer

from portfolio.cli.face import Folder, app, open_class_at, sentences, tell, voice


@app.command(epilog="Example: portfolio serve class-4b --links")
def serve(
    folder: Folder,
    links: Annotated[
        bool, typer.Option("--links/--roster", help="Personal links, or one computer with a picture roster.")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")] = 8866,
    address: Annotated[str, typer.Option("--address", help="Where to listen (with --links).")] = "127.0.0.1",
    public_url: Annotated[
        str, typer.Option("--public-url", help="The address children use, if it is another.")
    ] = "",
    new_links: Annotated[
        bool, typer.Option("--new-links", help="Make new links; the old ones stop working.")
    ] = False,
    secret_pictures: Annotated[
        bool, typer.Option("--secret-pictures", help="Each child also picks two pictures only it knows.")
    ] = False,
    cards: Annotated[
        bool, typer.Option("--cards", help="Only tell each child’s picture and secret pictures.")
    ] = False,
) -> None:
    """Open the desks of a class, until Ctrl+C."""
    from portfolio.serve.classes import serve_class, tell_cards

    with sentences():
        if cards:
            return tell_cards(open_class_at(folder), tell=tell, say=voice())
        serve_class(
            open_class_at(folder), links=links, port=port, address=address, public_url=public_url,
            new_links=new_links, tell=tell, say=voice(), secret_pictures=secret_pictures,
        )  # fmt: skip
    return None


@app.command(epilog="Example: portfolio present class-4b amal")
def present(
    folder: Folder,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="The child's id.")],
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")] = 0,
) -> None:
    """Open one child's conference on this computer, until Ctrl+C."""
    from portfolio.serve.classes import serve_talk

    with sentences():
        serve_talk(open_class_at(folder), student, port=port, tell=tell, say=voice())
