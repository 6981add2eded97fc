"""Commands for the list of children: ``roster import`` (looks first, asks, then writes) and ``roster show``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio.cli.face import AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.errors import InputRefused

if TYPE_CHECKING:
    from portfolio.rules.roster import RosterPlan

rosters = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rosters, name="roster", help="The list of children: bring it in from a spreadsheet, show it.")

List = Annotated[Path, typer.Argument(metavar="FILE", help="The list, saved as CSV.")]


@rosters.command(
    "import", epilog='Example: portfolio roster import class-4b list.csv --column name="Schüler"'
)
def import_(
    folder: Folder,
    file: List,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="WHAT=COLUMN", help="Say what a column is; may be repeated."),
    ] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(
            "--same", metavar="ID=NAME", help="This child has this name in the file; may be repeated."
        ),
    ] = None,
    first_names: Annotated[
        bool, typer.Option("--first-names/--whole-names", help="Leave family names out, or keep them.")
    ] = False,
    encoding: Annotated[
        str, typer.Option("--encoding", help="How the letters are kept, such as cp1252.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a list from a spreadsheet would change; import it when you say yes. Nobody is removed."""
    from portfolio.moments.roster import confirm_roster, plan_roster
    from portfolio.moments.roster_words import as_data, as_lines

    with sentences():
        class_folder = open_class_at(folder)
        plan = plan_roster(
            class_folder, file, columns={where: what for what, where in _pairs(column, "--column")},
            same=dict(_pairs(same, "--same")), first_names=first_names, encoding=encoding,
        )  # fmt: skip
        speech = voice()
        for line in () if as_json else as_lines(plan, speech):
            tell(line)
        wanted = plan.does_something and (yes or (not as_json and _agreed(plan)))
        if wanted:
            confirm_roster(class_folder, plan, datetime.now(UTC).date())
        if as_json:
            tell(json.dumps(as_data(plan, speech, imported=wanted), ensure_ascii=False, indent=1))
        elif wanted:
            tell(speech("Imported."))
        elif plan.does_something:
            tell(speech("Nothing was imported. To import it, add --yes."))


def _agreed(plan: RosterPlan) -> bool:
    """Ask, where somebody can answer."""
    people = len(plan.new) + len(plan.changed)
    return somebody_is_there() and typer.confirm(
        voice().many("Import this child?", "Import these {n} children?", people)
    )


def somebody_is_there() -> bool:
    """Return whether a person sees what we say and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _pairs(told: list[str] | None, option: str) -> list[tuple[str, str]]:
    """Return the two sides of texts like ``name=A``."""
    pairs = [text.partition("=") for text in told or ()]
    for text, (one, _, other) in zip(told or (), pairs, strict=True):
        if not (one.strip() and other.strip()):
            raise InputRefused(
                "“{text}” behind {option} should have two sides, like: name=A", text=text[:60], option=option
            )
    return [(one.strip(), other.strip()) for one, _, other in pairs]


@rosters.command(epilog="Example: portfolio roster show class-4b")
def show(folder: Folder, as_json: AsJson = False) -> None:
    """List the children of a class: id, name, homes and their languages."""
    from portfolio.moments.roster_words import student_data, student_line

    with sentences():
        store = open_class_at(folder).store()
        try:
            students = store.students()
            damaged = store.damaged_students()
        finally:
            store.close()
        speech = voice()
        if as_json:
            tell(json.dumps([student_data(s) for s in students], ensure_ascii=False, indent=1))
        for student in students if not as_json else ():
            tell(student_line(student, speech))
        for student_id in damaged:
            typer.echo(speech("The record of “{student}” cannot be read.", student=student_id), err=True)
        if not students and not as_json:
            tell(speech("There are no students in this class yet."))
