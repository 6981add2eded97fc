"""The command that prints a meeting without screens: ``print-meeting``."""

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
    from portfolio.moments.meeting_papers import Printed


@app.command(
    "print-meeting", epilog="Example: portfolio print-meeting class-4b --student amal --sheet agenda"
)
def print_meeting(
    folder: Folder,
    student: Only = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(
            "--sheet",
            metavar="NAME",
            help="Only this sheet; may be repeated: agenda, together, questions, reply, to-teacher, quiet-page, "
            "cue-cards.",
        ),
    ] = None,
    language: Annotated[
        str,
        typer.Option("--language", metavar="TAG", help="One language for all; else each home has its own."),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to put the files; else CLASS/meeting.")
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="Write one file with all homes, and one with all cards.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write every sheet a meeting without screens needs, ready to print; each child's own cards by themselves."""
    from portfolio.moments import meeting_papers as moment
    from portfolio.moments.papers import known_language

    with sentences():
        class_folder = open_class_at(folder)
        chosen = moment.known_sheets(sheet or ())
        with bar(quiet=as_json) as advance:
            printed = moment.meeting_papers(
                class_folder,
                chosen,
                students=tuple(student or ()),
                lang=known_language(language),
                out=out,
                together=together,
                on_each=advance,
            )
    _report(printed, as_json=as_json)


def _report(printed: tuple[Printed, ...], *, as_json: bool) -> None:
    speech = voice()
    if as_json:
        tell(json.dumps([_as_json(one, speech) for one in printed], ensure_ascii=False, indent=1))
    for one in printed if not as_json else ():
        what = say(one.trouble, speech) if one.trouble else f"{one.path} ({one.size // 1000} kB)"
        tell(f"{_whose(one, speech)}: {what}")
    if any(one.trouble for one in printed):
        raise typer.Exit(NOT_EVERYBODY)


def _whose(one: Printed, speech: Speech) -> str:
    """Return whose file it is: the child's alone, a home's, or everybody's."""
    if one.student is None:
        return speech("Cards, only for the children") if one.private else speech("Everybody")
    if one.private:
        return speech("Only for {name}", name=one.student.name)
    home = one.household.label if one.household else ""
    return f"{one.student.name}, {home}" if home else one.student.name


def _as_json(one: Printed, speech: Speech) -> dict[str, Any]:
    return {
        "student": one.student.student_id if one.student else None,
        "household": one.household.household_id if one.household else None,
        "private": one.private,
        "file": str(one.path) if one.path else None,
        "bytes": one.size,
        "trouble": say(one.trouble, speech) if one.trouble else None,
    }
