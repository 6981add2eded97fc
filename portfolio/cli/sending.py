"""The command that writes the files for the homes: ``send-home``."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
    looked_at: Annotated[
        bool, typer.Option("--looked-at", help="Only books a teacher has looked at as they are now.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write one file for each home: it opens on any phone, offline, and prints.

    Says at the end whose book no teacher has looked at yet; that keeps nobody back.
    """
    from portfolio.moments import home

    with sentences():
        class_folder = open_class_at(folder)
        with bar(quiet=as_json) as advance:
            sent = home.send_home(
                class_folder,
                students=tuple(student or ()),
                out=out,
                only_looked_at=looked_at,
                on_each=advance,
            )
        _report_sent(sent, as_json=as_json)


def _report_sent(sent: tuple[Sent, ...], *, as_json: bool) -> None:
    speech = voice()
    if as_json:
        tell(json.dumps([_sent_json(one, speech) for one in sent], ensure_ascii=False, indent=1))
    for one in sent if not as_json else ():
        home = (one.household.label or one.household.household_id) if one.household else "–"
        tell(f"{one.student.name}, {home}: {_what(one, speech)}")
    for line in _not_looked_at(sent, speech) if not as_json else ():
        tell(line)
    if any(one.trouble for one in sent):
        raise typer.Exit(NOT_EVERYBODY)


def _what(one: Sent, speech: Speech) -> str:
    """Return what became of one file."""
    if one.trouble:
        return say(one.trouble, speech)
    return f"{one.path} ({one.size // 1000} kB)" if one.path else speech("not sent")


def _not_looked_at(sent: tuple[Sent, ...], speech: Speech) -> Iterator[str]:
    """Yield whose book no teacher has looked at as it is, each child once."""
    told = {
        "not_yet": speech("No teacher has looked at the book yet: {names}"),
        "changed_since": speech("Changed since a teacher looked at the book: {names}"),
    }
    for state, line in told.items():
        names = dict.fromkeys(one.student.name for one in sent if one.looked == state and not one.trouble)
        if names:
            yield line.format(names=", ".join(names))


def _sent_json(one: Sent, speech: Speech) -> dict[str, Any]:
    return {
        "student": one.student.student_id,
        "household": one.household.household_id if one.household else None,
        "file": str(one.path) if one.path else None,
        "bytes": one.size,
        "looked_at": one.looked,
        "trouble": say(one.trouble, speech) if one.trouble else None,
    }
