# long: one group of commands, each a few lines of options
"""Commands that keep a class safe, hand it on, and end it: ``backup``, ``restore``, ``archive``, ``archive-in``, ``erase``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from portfolio.errors import InputRefused, NotFound, StorageTrouble

if TYPE_CHECKING:
    from portfolio.store.class_folder import ClassFolder

To = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="FILE", help="The file to write, or a folder for it; else beside the class."
    ),
]


def _now() -> datetime:
    """Return the time on this computer's clock, in its own zone: it stands in file names."""
    return datetime.now(UTC).astimezone()


def somebody_can_answer() -> bool:
    """Return whether a question would reach anybody."""
    return sys.stdin.isatty()


def _there(file: Path) -> Path:
    """Return a file to read. Raises ``NotFound`` if there is nothing of that name."""
    if not file.exists() and not file.is_symlink():
        raise NotFound("There is no file {path}. Check its name and folder.", path=file)
    return file


@app.command(epilog="Example: portfolio backup class-4b")
def backup(folder: Folder, to: To = None, as_json: AsJson = False) -> None:
    """Write one file with everything of a class, also while children write. It is read again before it counts."""
    from portfolio.moments.keeping import back_up

    with sentences():
        made = back_up(open_class_at(folder), to, made_at=_now())
        if as_json:
            told = {
                "file": str(made.path),
                "files": made.files,
                "bytes": made.size,
                "missing": list(made.missing),
            }
            return tell(json.dumps(told, ensure_ascii=False, indent=1))
        speech = voice()
        tell(
            speech(
                "The backup is {path} ({size} kB). Keep it as safe as the class.",
                path=made.path,
                size=made.size // 1000,
            )
        )
        if made.missing:
            tell(
                speech.many(
                    "{n} picture or recording was missing in the class before: portfolio examine says more.",
                    "{n} pictures or recordings were missing in the class before: portfolio examine says more.",
                    len(made.missing),
                )
            )
    return None


@app.command(epilog="Example: portfolio restore class-4b.2026-11-22T1015.backup.zip class-4b-again")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder for the class.")],
) -> None:
    """Make a class out of a backup, in a new folder; it never goes over a class that is there."""
    from portfolio.moments import keeping

    with sentences():
        made = keeping.restore(_there(file), folder)
        speech = voice()
        tell(speech("The class is in {path}. Look at it with: portfolio check {path}", path=made.path))
        tell(speech("Links that were given out go on working; whoever was signed in opens the link again."))
        if keeping.knows_answers(made):
            tell(speech("Answers of homes find their child as before."))
        else:
            tell(
                speech(
                    "This backup is from before answers had a key, so their codes are not known here. Say whose answer it "
                    "is: portfolio reply import CLASS FILE --student ID"
                )
            )


@app.command(epilog="Example: portfolio archive class-4b --student amal")
def archive(
    folder: Folder,
    student: Only = None,
    to: To = None,
    with_history: Annotated[
        bool, typer.Option("--with-history", help="Put in every earlier state of every entry, too.")
    ] = False,
    pages: Annotated[
        bool, typer.Option("--pages/--no-pages", help="Put in a page to read for each round.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Write portfolios into one file that opens without this program. It holds notes and letters: it is not for families."""
    from portfolio.moments.archiving import archive_class, trouble_lines

    with sentences():
        speech = voice()
        with bar(quiet=as_json) as advance:
            made = archive_class(
                open_class_at(folder), to, made_at=_now(), say=speech, students=tuple(student or ()),
                history=with_history, pages=pages, on_each=advance,
            )  # fmt: skip
        left = trouble_lines(made, speech)
        if as_json:
            told = {
                "file": str(made.path),
                "students": made.students,
                "portfolios": made.portfolios,
                "bytes": made.size,
            }
            tell(json.dumps({**told, "left_out": left}, ensure_ascii=False, indent=1))
        else:
            tell(speech("The archive is {path} ({size} kB).", path=made.path, size=made.size // 1000))
            for line in left:
                tell("  " + line)
        if left:
            raise typer.Exit(NOT_EVERYBODY)


@app.command("archive-in", epilog="Example: portfolio archive-in amal.archive.zip class-5b --student amal")
def archive_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The archive.")],
    folder: Folder,
    student: Only = None,
    as_id: Annotated[
        str | None, typer.Option("--as", metavar="ID", help="Give the child another id (with one --student).")
    ] = None,
) -> None:
    """Take children out of an archive into a class: all of them or none, and nobody's words are replaced."""
    from portfolio.moments.archive_in import take_in

    with sentences():
        class_folder = open_class_at(folder)
        taken = take_in(
            class_folder, _there(file), at=_now(), students=tuple(student or ()), as_id=as_id
        )  # fmt: skip
        speech = voice()
        for one in taken:
            came = speech.many("{n} portfolio came in", "{n} portfolios came in", len(one.portfolios))
            tell(f"{one.student.name} ({one.student.student_id}): {came}")
            if one.already:
                tell("  " + speech("here already: {portfolios}", portfolios=", ".join(one.already)))
            for name in one.missing:
                tell("  " + speech("a picture or recording is not in the archive: {name}", name=name[:12]))
        if any(one.missing for one in taken):
            raise typer.Exit(NOT_EVERYBODY)


@app.command(epilog="Example: portfolio erase class-4b amal")
def erase(
    folder: Folder,
    student: Annotated[str | None, typer.Argument(metavar="STUDENT", help="The child's id.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    backups_too: Annotated[
        bool, typer.Option("--backups-too", help="Delete copies and backups in the class folder as well.")
    ] = False,
    due: Annotated[
        bool, typer.Option("--due", help="Only say whose day to be deleted is past. Deletes nothing.")
    ] = False,
    sweep: Annotated[
        bool,
        typer.Option("--sweep", help="Only write the database anew, after an erasure while desks were open."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a child from a class for good, then search every file of the class and say what still tells of it."""
    with sentences():
        class_folder = open_class_at(folder)
        if due:
            return _tell_due(class_folder, as_json=as_json)
        if sweep:
            return _sweep(class_folder)
        if student is None:
            raise InputRefused(
                "Say which child: portfolio erase CLASS STUDENT. Or ask whose day is past, with --due."
            )
        _confirm(class_folder, student, yes=yes)
        return _erase(class_folder, student, backups_too=backups_too, as_json=as_json)


def _tell_due(folder: ClassFolder, *, as_json: bool) -> None:
    from portfolio.moments.erasing import due, has_a_day
    from portfolio.moments.erasing_words import due_data, due_lines, no_day_line

    found = due(folder, _now().date())
    if as_json:
        return tell(json.dumps(due_data(found), ensure_ascii=False, indent=1))
    if not found and not has_a_day(folder):
        return tell(no_day_line(voice()))
    for line in due_lines(found, voice()):
        tell(line)
    return None


def _sweep(folder: ClassFolder) -> None:
    from portfolio.moments.erasing import sweep

    if not sweep(folder):
        raise StorageTrouble("The database is still in use. Close the desks of this class, then try again.")
    tell(voice()("The database is written anew, without gaps of what was erased."))


def _confirm(folder: ClassFolder, student: str, *, yes: bool) -> None:
    """Show what will go and have the child's id typed, where somebody can; else ``--yes`` must be given."""
    from portfolio.moments.erasing import look
    from portfolio.moments.erasing_words import plan_lines

    speech, plan = voice(), look(folder, student)
    if yes:
        return
    for line in plan_lines(plan, speech):
        typer.echo(line, err=True)
    if not somebody_can_answer():
        raise InputRefused("Nobody can answer here, so nothing was erased. If it is right, add --yes.")
    typed = typer.prompt(
        speech("Type the child’s id to erase it, or anything else to stop"),
        default="",
        show_default=False,
        err=True,
    )
    if typed.strip() != plan.student.student_id:
        raise InputRefused("That is not the id, so nothing was erased.")


def _erase(folder: ClassFolder, student: str, *, backups_too: bool, as_json: bool) -> None:
    from portfolio.moments import erasing
    from portfolio.moments.erasing_words import erased_data, erased_lines

    erased = erasing.erase(folder, student, copies_too=backups_too)
    if as_json:
        return tell(json.dumps(erased_data(erased), ensure_ascii=False, indent=1))
    for line in erased_lines(erased, voice()):
        tell(line)
    return None
