"""The command that writes the files for the homes: ``send-home``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio.cli.face import (
    NOT_EVERYBODY,
    AsJson,
    Folder,
    Only,
    app,
    bar,
    open_class_at,
    sentences,
    tell,
    voice,
)
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from portfolio.moments.home import Sent


@app.command("send-home", epilog="Example: portfolio send-home class-4b --student amal --out files")
def send_home(
    folder: Folder,
    student: Only = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to put the files; else CLASS/home.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write one file for each home: it opens on any phone, offline, and prints."""
    from portfolio.moments import home

    with sentences():
        class_folder = open_class_at(folder)
        with bar(quiet=as_json) as advance:
            sent = home.send_home(class_folder, students=tuple(student or ()), out=out, on_each=advance)
        _report_sent(sent, as_json=as_json)


def _report_sent(sent: tuple[Sent, ...], *, as_json: bool) -> None:
    speech = voice()
    if as_json:
        tell(json.dumps([_sent_json(one, speech) for one in sent], ensure_ascii=False, indent=1))
    for one in sent if not as_json else ():
        home = (one.household.label or one.household.household_id) if one.household else "–"
        what = say(one.trouble, speech) if one.trouble else f"{one.path} ({one.size // 1000} kB)"
        tell(f"{one.student.name}, {home}: {what}")
    if any(one.trouble for one in sent):
        raise typer.Exit(NOT_EVERYBODY)


def _sent_json(one: Sent, speech: Speech) -> dict[str, Any]:
    return {
        "student": one.student.student_id,
        "household": one.household.household_id if one.household else None,
        "file": str(one.path) if one.path else None,
        "bytes": one.size,
        "trouble": say(one.trouble, speech) if one.trouble else None,
    }
