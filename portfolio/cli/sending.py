"""The command that writes the files for the homes: ``send-home``."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from portfolio.cli.keeping import somebody_can_answer
from portfolio.views.room import HOME_BUDGET, HOME_LIMIT
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
    unfinished: Annotated[
        bool | None,
        typer.Option(
            "--even-unfinished/--only-ready",
            help="Also books that are still being written, or only those whose child says they are ready; else it asks.",
        ),
    ] = None,
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
    budget: Annotated[
        int,
        typer.Option(
            "--budget",
            metavar="KB",
            min=1,
            help="What words and pictures of a file should have together, in kB; pictures become smaller for it.",
        ),
    ] = HOME_BUDGET // 1000,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            metavar="KB",
            min=1,
            help="The most a file may have with its recordings, in kB; what has no room is left out and told.",
        ),
    ] = HOME_LIMIT // 1000,
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
    whose book is still being written, and asks if somebody is there; says at the end whose book no teacher has looked at.
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
            tuple(student or ()),
            out,
            limit=limit * 1000,
            budget=budget * 1000,
            only_looked_at=looked_at,
            only_ready=_only_ready(class_folder, student or (), unfinished, quiet=as_json),
            doors=doors,
            again=again,
            workers=workers,
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


def _only_ready(
    folder: ClassFolder, students: Sequence[str], unfinished: bool | None, *, quiet: bool
) -> bool:
    """Return whether books that are still being written stay here. Tells of them; asks where somebody can answer."""
    from portfolio.moments.run_plan import still_writing

    if unfinished is not None:
        return not unfinished
    writing = still_writing(folder, students)
    if not writing or quiet:
        return False
    speech = voice()
    typer.echo(
        speech.many(
            "{n} book is still being written: {names}",
            "{n} books are still being written: {names}",
            len(writing),
            names=", ".join(writing),
        ),
        err=True,
    )
    if not somebody_can_answer():
        return False  # a nudge never blocks: the file is made, and the report says so
    return not typer.confirm(speech("Make their files as the books are now?"), default=False, err=True)


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
        "still_writing": one.writing,
        "trouble": say(trouble, speech) if (trouble := one.trouble or one.beside) else None,
    }
