"""Commands for short looks and for families that are not in the room: ``quick-look``, ``send-pack``, ``call-sheet``, ``listener``."""

from __future__ import annotations

import json
from datetime import date
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
    from portfolio.moments.own_time import Pack

Child = Annotated[str, typer.Option("--student", metavar="ID", help="The child's id.")]
Home = Annotated[str, typer.Option("--home", metavar="ID", help="One home of the child.")]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="Another language for the page.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The file to write; else in CLASS/papers.")
]


@app.command("quick-look", epilog="Example: portfolio quick-look class-4b --student amal")
def quick_look(
    folder: Folder, student: Child, home: Home = "", language: Language = "", out: Out = None
) -> None:
    """Write one page for a talk of five minutes, from whatever a book holds; it prints on one side."""
    from portfolio.moments.papers import known_language
    from portfolio.moments.quick_look import write_quick_look

    with sentences():
        tell(str(write_quick_look(open_class_at(folder), student, home, known_language(language), out)))


@app.command("send-pack", epilog="Example: portfolio send-pack class-4b --student amal --by 2026-12-04")
def send_pack(
    folder: Folder,
    by: Annotated[
        str, typer.Option("--by", metavar="DATE", help="Until when an answer is hoped for: 2026-12-04.")
    ],
    student: Only = None,
    home: Annotated[
        list[str] | None, typer.Option("--home", metavar="ID", help="Only this home; may be repeated.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to put the folders; else CLASS/papers.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a folder for each home that holds the meeting by itself: to listen and answer, and the book to keep."""
    from portfolio.moments import own_time

    with sentences():
        day = own_time.day_to_come(by, date.today)
        class_folder = open_class_at(folder)
        with bar(quiet=as_json) as advance:
            packs = own_time.send_packs(
                class_folder,
                by=day,
                students=tuple(student or ()),
                homes=tuple(home or ()),
                out=out,
                on_each=advance,
            )
    _report(packs, as_json=as_json)


@app.command("call-sheet", epilog="Example: portfolio call-sheet class-4b --student amal")
def call_sheet(
    folder: Folder, student: Child, home: Home = "", language: Language = "", out: Out = None
) -> None:
    """Write one sheet for a call with a home: what is said, step by step, the home's language beside ours."""
    from portfolio.moments import own_time
    from portfolio.moments.papers import known_language
    from portfolio.moments.quick_look import sheet_name

    with sentences():
        class_folder = open_class_at(folder)
        page = own_time.call_of(class_folder, student, home, known_language(language))
        tell(str(own_time.write_sheet(class_folder, page, sheet_name(student, home, "call"), out)))


@app.command("listener", epilog="Example: portfolio listener class-4b --student amal")
def listener(
    folder: Folder, student: Child, home: Home = "", language: Language = "", out: Out = None
) -> None:
    """Write the card for somebody who listens to a child in its family's place."""
    from portfolio.moments import own_time
    from portfolio.moments.papers import known_language
    from portfolio.moments.quick_look import sheet_name

    with sentences():
        class_folder = open_class_at(folder)
        page = own_time.listener_of(class_folder, student, home, known_language(language))
        tell(str(own_time.write_sheet(class_folder, page, sheet_name(student, home, "listener"), out)))


def _report(packs: tuple[Pack, ...], *, as_json: bool) -> None:
    from portfolio.views.phrases import missing_told

    speech = voice()
    if as_json:
        tell(json.dumps([_as_json(one, speech) for one in packs], ensure_ascii=False, indent=1))
    for one in packs if not as_json else ():
        home = (one.household.label or one.household.household_id) if one.household else "–"
        what = say(one.trouble, speech) if one.trouble else f"{one.folder} ({one.size // 1000} kB)"
        tell(f"{one.student.name}, {home}: {what}")
        for gone in one.missing:
            tell(f"  {missing_told(gone, speech)}")
    if any(one.trouble for one in packs):
        raise typer.Exit(NOT_EVERYBODY)


def _as_json(one: Pack, speech: Speech) -> dict[str, Any]:
    from portfolio.views.phrases import missing_told

    return {
        "student": one.student.student_id,
        "household": one.household.household_id if one.household else None,
        "folder": str(one.folder) if one.folder else None,
        "bytes": one.size,
        "missing": [missing_told(gone, speech) for gone in one.missing],
        "trouble": say(one.trouble, speech) if one.trouble else None,
    }
