"""The command that says what would leave for each home: ``preview``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio.cli.face import NOT_EVERYBODY, AsJson, Folder, Only, app, open_class_at, sentences, tell, voice
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from portfolio.moments.leaving import LeavingTold


@app.command(epilog="Example: portfolio preview class-4b --student amal")
def preview(
    folder: Folder,
    student: Only = None,
    home: Annotated[
        list[str] | None, typer.Option("--home", metavar="ID", help="Only this home; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what would go home, home by home: what is in, what is left out and why, how large it is. Writes nothing."""
    from portfolio.moments.leaving import leavings

    with sentences():
        speech, told = voice(), []
        for one in leavings(open_class_at(folder), students=student or (), homes=home or ()):
            told.append(one)
            if not as_json:
                for line in _lines(one, speech):
                    tell(line)
        if as_json:
            tell(json.dumps([_data(one, speech) for one in told], ensure_ascii=False, indent=1))
    if any(one.trouble for one in told):
        raise typer.Exit(NOT_EVERYBODY)


def _head(one: LeavingTold) -> str:
    if one.household is None:
        return one.student.name
    return f"{one.student.name} · {one.household.label or one.household.household_id}"


def _lines(one: LeavingTold, speech: Speech) -> Iterator[str]:
    """Yield what a person reads of one home."""
    from portfolio.moments.teacher.leaving_told import home_told

    yield _head(one)
    if one.leaving is None:
        yield f"  {say(one.trouble, speech)}" if one.trouble else ""
        return
    seen = home_told(one.leaving, speech)
    yield f"  {seen.size}"
    yield from (f"  {line}" for line in seen.inside)
    yield "  " + speech("In the file: {pages}", pages=", ".join(title for title, _ in seen.pages) or "–")
    yield "  " + speech("Left out, and why")
    yield from (f"    {line}" for line in seen.out or ("–",))
    yield from (f"  {line}" for line in seen.know)
    yield ""


def _data(one: LeavingTold, speech: Speech) -> dict[str, Any]:
    """Return what a program reads of one home."""
    trouble = {"trouble": say(one.trouble, speech)} if one.trouble else {}
    if one.leaving is None:
        home = one.household.household_id if one.household else None
        return {"student_id": one.student.student_id, "household_id": home, **trouble}
    return asdict(one.leaving)
