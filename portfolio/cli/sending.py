"""The command that writes the files for the homes: ``send-home``."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio.cli import beside_home
from portfolio.cli.face import (
    NOT_EVERYBODY,
    AsJson,
    Folder,
    Only,
    app,
    open_class_at,
    sentences,
    tell,
    voice,
)
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from portfolio.moments.sent import Run, Sent
    from portfolio.store.class_folder import ClassFolder


@app.command("send-home", epilog="Example: portfolio send-home class-4b --pdf --mail --list list.html")
def send_home(
    folder: Folder,
    student: Only = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to put the files; else CLASS/home.")
    ] = None,
    looked_at: Annotated[
        bool, typer.Option("--looked-at", help="Only books a teacher has looked at as they are now.")
    ] = False,
    pdf: beside_home.Pdf = False,
    paper: beside_home.Sheet = beside_home.PaperChoice.A4,
    ask_password: beside_home.Ask = False,
    password_file: beside_home.FromFile = None,
    password_each: beside_home.Each = False,
    text: beside_home.AsText = False,
    whole_text: beside_home.Whole = False,
    mail: beside_home.Mail = False,
    names: beside_home.Names = beside_home.NameChoice.ID,
    list_to: beside_home.ListTo = None,
    print_to: beside_home.PrintTo = None,
    again: Annotated[bool, typer.Option("--again", help="Make every file anew.")] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=0, max=64, help="How many files to make at once; else what pays."),
    ] = None,
    report_to: Annotated[
        Path | None,
        typer.Option(
            "--report", help="Also write a page that says what became of each, to print and tick off."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write one file for each home: it opens on any phone, offline, and prints.

    What is ready and would be the same again is not made again, so a run that was stopped goes on where it was. Says
    at the end whose book no teacher has looked at yet; that keeps nobody back.
    """
    from portfolio.cli.run_bar import run_bar
    from portfolio.moments.send_home import Wishes, run_home

    with sentences():
        class_folder = open_class_at(folder)
        beside_home.free_places(list_to, print_to)
        locks = beside_home.Locks(ask_password, password_file, password_each, listed=list_to is not None)
        doors = beside_home.doors_of(
            class_folder,
            locks,
            pdf=pdf,
            paper=paper,
            text=text,
            whole=whole_text,
            mail=mail,
            names=names,
        )
        wishes = Wishes(
            tuple(student or ()), out, only_looked_at=looked_at, doors=doors, again=again, workers=workers
        )
        with run_bar(quiet=as_json) as watching:
            run = run_home(class_folder, wishes, watching)
        whole = beside_home.for_all(
            class_folder, run.sent, doors, list_to, print_to, paper=paper, quiet=as_json
        )
        if report_to is not None:
            _write_report(class_folder, run, report_to)
        _report_run(run, as_json=as_json)
        if not whole:
            raise typer.Exit(NOT_EVERYBODY)


def _write_report(folder: ClassFolder, run: Run, to: Path) -> None:
    from portfolio.moments.run_report import report_of, write_report

    write_report(report_of(folder, run, voice(), on=datetime.now().astimezone().date()), to)


def _report_run(run: Run, *, as_json: bool) -> None:
    from portfolio.moments.run_report import not_looked_at, notes, summary, swept_lines

    speech, sent = voice(), run.sent
    if as_json:
        tell(json.dumps([_sent_json(one, speech) for one in sent], ensure_ascii=False, indent=1))
    for one in sent if not as_json else ():
        home = (one.household.label or one.household.household_id) if one.household else "–"
        told = _what(one, speech)
        tell(f"{one.student.name}, {home}: {told}")
        for note in notes(one, speech):
            if note != told:
                tell(f"  {note}")
    for lines in (summary(run, speech), swept_lines(run, speech), not_looked_at(sent, speech)):
        for line in lines if not as_json else ():
            tell(line)
    if any(one.trouble or one.beside or one.stopped for one in sent):
        raise typer.Exit(NOT_EVERYBODY)


def _what(one: Sent, speech: Speech) -> str:
    """Return what became of one file."""
    from portfolio.moments.run_report import became

    if one.trouble:
        return say(one.trouble, speech)
    if one.path is None:
        return became(one, speech)
    more = "".join(f", {path.suffix.removeprefix('.')}" for path in one.files if path != one.path)
    told = f"{one.path} ({one.size // 1000} kB){more}"
    return f"{told}: {became(one, speech)}" if one.unchanged else told


def _sent_json(one: Sent, speech: Speech) -> dict[str, Any]:
    return {
        "student": one.student.student_id,
        "household": one.household.household_id if one.household else None,
        "file": str(one.path) if one.path else None,
        "bytes": one.size,
        "unchanged": one.unchanged,
        "stopped": one.stopped,
        "beside": [str(path) for path in one.files if path != one.path],
        "looked_at": one.looked,
        "trouble": say(trouble, speech) if (trouble := one.trouble or one.beside) else None,
    }
