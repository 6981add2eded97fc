"""The command that writes papers for households: ``papers``."""

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
    from portfolio.moments.paper_files import Written


@app.command("papers", epilog="Example: portfolio papers class-4b --paper invitation --student amal")
def papers(
    folder: Folder,
    paper: Annotated[
        list[str] | None,
        typer.Option(
            "--paper",
            metavar="NAME",
            help="Only this paper; may be repeated: invitation, prep-card, at-home, questions, our-school, "
            "reminder, letter, know-you, home-cards, help-places, good-news.",
        ),
    ] = None,
    student: Only = None,
    language: Annotated[
        str,
        typer.Option("--language", metavar="TAG", help="One language for all; else each home has its own."),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to put the files; else CLASS/papers.")
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="Write one file with all of them, for printing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write papers for each home: invitation, how the meeting goes, what we see at home, and more."""
    from portfolio.moments import paper_files
    from portfolio.moments import papers as moment

    with sentences():
        class_folder = open_class_at(folder)
        chosen = moment.known_papers(paper or ())
        with bar(quiet=as_json) as advance:
            written = paper_files.write_papers(
                class_folder,
                chosen,
                students=tuple(student or ()),
                lang=moment.known_language(language),
                out=out,
                together=together,
                on_each=advance,
            )
    _report(written, as_json=as_json)


def _report(written: tuple[Written, ...], *, as_json: bool) -> None:
    speech = voice()
    if as_json:
        tell(json.dumps([_as_json(one, speech) for one in written], ensure_ascii=False, indent=1))
    for one in written if not as_json else ():
        if one.student is None:
            tell(speech("Everything is in one file: {path}", path=one.path))
            continue
        home = (one.household.label or one.household.household_id) if one.household else "–"
        what = say(one.trouble, speech) if one.trouble else f"{one.path} ({one.size // 1000} kB)"
        tell(f"{one.student.name}, {home}: {what}")
    if any(one.trouble for one in written):
        raise typer.Exit(NOT_EVERYBODY)


def _as_json(one: Written, speech: Speech) -> dict[str, Any]:
    return {
        "student": one.student.student_id if one.student else None,
        "household": one.household.household_id if one.household else None,
        "paper": one.paper,
        "file": str(one.path) if one.path else None,
        "bytes": one.size,
        "trouble": say(one.trouble, speech) if one.trouble else None,
    }
