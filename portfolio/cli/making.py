"""Commands that make a class: ``demo`` and ``new``."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from portfolio.cli.face import Folder, app, sentences, tell, voice
from portfolio.errors import InputRefused


@app.command(epilog="Example: portfolio demo --no-serve")
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where to make the sample classes.")] = Path(
        "demo"
    ),
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the desks after exporting.")] = True,
    port: Annotated[
        int, typer.Option("--port", help="The first port; each class has one. 0 takes free ones.")
    ] = 8866,
) -> None:
    """Make the sample classes, write a file for each home, and open the desks."""
    from portfolio.moments.sample import make_demo
    from portfolio.serve.classes import serve_all

    with sentences():
        classes = make_demo(folder, at=datetime.now(UTC), tell=tell, say=voice())
        if serve:
            serve_all(classes, port, tell=tell, say=voice())


@app.command(epilog='Example: portfolio new class-4b --band 3-5 --name "Class 4B" --students names.txt')
def new(
    folder: Folder,
    band: Annotated[str, typer.Option("--band", help="k-2, 3-5, 6-8 or 9-12.")],
    name: Annotated[str, typer.Option("--name", help="What the class is called.")] = "",
    round_name: Annotated[str, typer.Option("--round", help='The round, for example "Fall 2026".')] = "",
    students: Annotated[
        Path | None,
        typer.Option("--students", help='A text file, a child a line: "Amal; Teta and Mama; ar en".'),
    ] = None,
    teacher: Annotated[
        list[str] | None, typer.Option("--teacher", metavar="NAME", help="A teacher's name; may be repeated.")
    ] = None,
) -> None:
    """Make a class: a folder with a template to change, two notebooks and an empty book for each child."""
    from portfolio.moments.classes import new_class

    with sentences():
        made = new_class(
            folder,
            name=name or folder.resolve().name,
            band=_band(band),
            round_name=round_name or str(datetime.now(UTC).year),
            students=_names(students, folder),
            teacher_names=teacher or (),
            today=datetime.now(UTC).date(),
            randomness=secrets.token_bytes,
        )
        speech = voice()
        tell(speech("The class is in {path}.", path=made.path))
        tell(speech("What it asks stands in class.yaml; which pages it has, in student.ipynb."))
        if students is None:
            tell(
                speech(
                    "There are no children in it yet. Bring a list in with: portfolio roster import {path} list.csv",
                    path=folder,
                )
            )
        tell(speech("Open the desks with: portfolio serve {path}", path=folder))


def _band(asked: str) -> Any:
    from portfolio import files

    known = sorted(path.stem for path in files.class_templates().glob("*.yaml"))
    if asked not in known:
        raise InputRefused(
            "There is no template for “{band}”. Known are: {known}.", band=asked, known=", ".join(known)
        )
    return asked


def _names(path: Path | None, folder: Path) -> list[str]:
    if path is None:
        return []
    if path.suffix.lower() in {".csv", ".tsv", ".xls", ".xlsx", ".ods"}:  # shown first, then imported
        raise InputRefused(
            "{path} is a spreadsheet. Make the class without it, save the list as CSV, then: "
            "portfolio roster import {folder} {path}",
            path=path,
            folder=folder,
        )
    from portfolio.store.trouble import no_special

    try:
        return no_special(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            "The list {path} cannot be read as text. Save it as plain text (UTF-8), one name a line.",
            path=path,
        ) from error
