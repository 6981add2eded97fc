"""Commands that look and say what they see: ``check`` and ``doctor``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from portfolio.cli.face import AsJson, Folder, Only, app, open_class_at, sentences, tell, voice


@app.command(epilog="Example: portfolio check class-4b")
def check(folder: Folder, student: Only = None, as_json: AsJson = False) -> None:
    """Say what is still empty, child by child. It nudges; nothing is blocked by it."""
    from portfolio.moments.check import as_data, as_lines, check_class, unknown_sections

    with sentences():
        class_folder = open_class_at(folder)
        found = check_class(class_folder, tuple(student or ()))
        speech = voice()
        for name in unknown_sections(class_folder):
            typer.echo(
                speech("The notebook names a section “{name}” that class.yaml does not have.", name=name),
                err=True,
            )
        if as_json:
            tell(json.dumps(as_data(found, speech), ensure_ascii=False, indent=1))
        else:
            for line in as_lines(found, speech):
                tell(line)


@app.command(epilog="Example: portfolio doctor --class class-4b")
def doctor(
    folder: Annotated[Path | None, typer.Option("--class", help="Look at this class too.")] = None,
) -> None:
    """Say what this computer has and lacks, and how to mend it."""
    from portfolio.moments.doctor import examine

    with sentences():
        speech = voice()
        findings = examine(folder)
        for finding in findings:
            tell(f"{speech('well') if finding.well else speech('MEND')}: {finding.say(speech)}")
        if not all(finding.well or finding.optional for finding in findings):
            raise typer.Exit(8)
