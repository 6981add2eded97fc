"""Commands that look and say what they see: ``check`` and ``doctor``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from portfolio.cli.face import AsJson, Folder, Only, app, open_class_at, sentences, tell, voice
from portfolio.words import Speech
from portfolio.words import say as say_error

if TYPE_CHECKING:
    from portfolio.moments.check import Checked
    from portfolio.store.class_folder import ClassFolder

STATES: Final = ("empty", "started", "filled")


@app.command(epilog="Example: portfolio check class-4b")
def check(
    folder: Folder,
    student: Only = None,
    questions: Annotated[
        bool, typer.Option("--questions", help="Every open question, for the whole class, too.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write it as a page to read or print.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is still empty and which school words there are: a line for each child, or with --student everything.

    Nothing is blocked by it.
    """
    from portfolio.moments.check import as_data, as_lines, check_class

    with sentences():
        class_folder = open_class_at(folder)
        found = check_class(class_folder, tuple(student or ()), sentences=questions)
        speech = voice()
        for line in _of_the_class(class_folder, speech):
            typer.echo(line, err=True)
        if report is not None:
            _write_report(class_folder, found, report, shown=folder)
            typer.echo(speech("The report is in {path}.", path=report), err=as_json)
        if as_json:
            tell(json.dumps(as_data(found, speech), ensure_ascii=False, indent=1))
            return
        if report is not None:
            return
        whole = student is None and not questions and bool(found)
        for line in _short_lines(found, speech) if whole else as_lines(found, speech):
            tell(line)
        if whole:
            tell(
                speech(
                    "Every open question of one child: portfolio check {path} --student {student}",
                    path=folder,
                    student=found[0].student.student_id,
                )
            )


def _of_the_class(folder: ClassFolder, speech: Speech) -> Iterator[str]:
    """Yield what is to be said of the class's own files."""
    from portfolio.moments.check import unknown_sections
    from portfolio.moments.check_words import words_of_template
    from portfolio.moments.help_pictures import picture_troubles
    from portfolio.moments.spoken import troubles

    for name in unknown_sections(folder):
        yield speech("The notebook names a section “{name}” that class.yaml does not have.", name=name)
    for trouble in (*troubles(folder), *picture_troubles(folder), *folder.glossary_troubles()):
        yield say_error(trouble, speech)
    asked = {
        f"“{one.word}” ({speech(one.page)})": None
        for one in words_of_template(folder.template(), folder.glossary())
        if one.open
    }
    if asked:
        yield speech.many(
            "class.yaml asks with {n} school word: {words}",
            "class.yaml asks with {n} school words: {words}",
            len(asked),
            words=", ".join(asked),
        )


def _write_report(folder: ClassFolder, found: tuple[Checked, ...], path: Path, *, shown: Path) -> None:
    from portfolio.moments.check_report import report_html
    from portfolio.store.atomic import write_atomically

    day = datetime.now(UTC).astimezone().date()
    write_atomically(path, report_html(folder, found, voice(), on=day, shown=str(shown)).encode("utf-8"))


def _short_lines(found: tuple[Checked, ...], speech: Speech) -> Iterator[str]:
    """Yield a line for each child: a class of thirty would fill ten screens otherwise."""
    from portfolio.moments.check_told import words_line

    for one in found:
        state = {word: [speech(s.section.title) for s in one.sections if s.state == word] for word in STATES}
        yield f"{one.student.name} ({one.student.student_id}): {_how_far(state, speech)}"
        if one.trouble is not None:
            yield "  " + say_error(one.trouble, speech)
        if one.undescribed:
            yield "  " + speech.many(
                "{n} picture without words", "{n} pictures without words", one.undescribed
            )
        yield from ("  " + speech("“{entry}” cannot be read", entry=entry) for entry in one.damaged)
        if words := words_line(one.words, speech):
            yield "  " + words
        nudged = dict.fromkeys(speech(page) for page, _ in one.nudges)
        if pages := [page for page in nudged if page not in state["empty"]]:  # those are told as "not yet"
            yield "  → " + speech("a next step would help: {pages}", pages=", ".join(pages))


def _how_far(state: dict[str, list[str]], speech: Speech) -> str:
    empty, started, filled = (state[word] for word in STATES)
    if not empty and not started:
        return speech("everything filled in") if filled else "–"
    if not started and not filled:
        return speech("nothing yet")
    parts = ((speech("started"), started), (speech("not yet"), empty))
    return "; ".join(f"{word}: {', '.join(titles)}" for word, titles in parts if titles)


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
