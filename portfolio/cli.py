"""EDGE: one thin command per moment. ``--help`` is the documentation; nothing asks where nobody can answer.

Exit codes: 0 done · 1 trouble we foresaw · 2 a command or option we do not know · 3 something came in that
we cannot take · 4 not found · 5 changed meanwhile · 6 not allowed · 7 storage · 8 this computer lacks
something · 10 done, but not for everybody.
"""

from __future__ import annotations

import json
import locale
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio import __version__
from portfolio.errors import InputRefused, PortfolioError
from portfolio.words import Speech, say, speak

if TYPE_CHECKING:
    from portfolio.moments.home import Sent
    from portfolio.store.class_folder import ClassFolder

NOT_EVERYBODY = 10

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

Folder = Annotated[Path, typer.Argument(metavar="CLASS", help="The folder of the class.")]
Only = Annotated[
    list[str] | None, typer.Option("--student", metavar="ID", help="Only this child; may be repeated.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


def _voice() -> Speech:
    """Return our texts in the language of this computer."""
    return speak((locale.getlocale()[0] or "en").split("_")[0])


def _tell(text: str = "") -> None:
    typer.echo(text)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn trouble we foresaw into its sentence and exit code."""
    try:
        yield
    except PortfolioError as error:
        typer.echo(say(error, _voice()), err=True)
        raise typer.Exit(error.exit_code) from None


def _open(path: Path) -> ClassFolder:
    from portfolio.store.class_folder import open_class

    return open_class(path)


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """Student-led conferences: children gather their work, lead the talk, and take one file home."""
    if version:
        _tell(__version__)
        raise typer.Exit


@app.command(epilog="Example: portfolio demo --no-serve")
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where to make the sample classes.")] = Path(
        "demo"
    ),
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the desks after exporting.")] = True,
    port: Annotated[int, typer.Option("--port", help="The first of two ports; 0 takes free ones.")] = 8866,
) -> None:
    """Make the sample classes, write a file for each home, and open the desks."""
    from portfolio.moments.sample import make_demo
    from portfolio.serve.classes import serve_all

    with _sentences():
        classes = make_demo(folder, at=datetime.now(UTC), tell=_tell, say=_voice())
        if serve:
            serve_all(classes, port, tell=_tell, say=_voice())


@app.command(epilog='Example: portfolio new class-4b --band 3-5 --name "Class 4B" --students names.txt')
def new(
    folder: Folder,
    band: Annotated[str, typer.Option("--band", help="k-2 or 3-5.")],
    name: Annotated[str, typer.Option("--name", help="What the class is called.")] = "",
    round_name: Annotated[str, typer.Option("--round", help='The round, for example "Fall 2026".')] = "",
    students: Annotated[
        Path | None,
        typer.Option("--students", help='A text file, a child a line: "Amal; Teta and Mama; ar en".'),
    ] = None,
    teacher: Annotated[
        list[str] | None, typer.Option("--teacher", metavar="NAME", help="A teacher's name; may be repeated.")
    ] = None,
) -> None:
    """Make a class: a folder with a template to change, two notebooks and an empty book for each child."""
    from portfolio.moments.classes import new_class

    with _sentences():
        made = new_class(
            folder,
            name=name or folder.resolve().name,
            band=_band(band),
            round_name=round_name or str(datetime.now(UTC).year),
            students=_names(students),
            teacher_names=teacher or (),
            today=datetime.now(UTC).date(),
            randomness=secrets.token_bytes,
        )
        voice = _voice()
        _tell(voice("The class is in {path}.", path=made.path))
        _tell(voice("What it asks stands in class.yaml; which pages it has, in student.ipynb."))
        _tell(voice("Open the desks with: portfolio serve {path}", path=folder))


def _band(asked: str) -> Any:
    from portfolio import files

    known = sorted(path.stem for path in files.class_templates().glob("*.yaml"))
    if asked not in known:
        raise InputRefused(
            "There is no template for “{band}”. Known are: {known}.", band=asked, known=", ".join(known)
        )
    return asked


def _names(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            "The list {path} cannot be read as text. Save it as plain text (UTF-8), one name a line.",
            path=path,
        ) from error


@app.command(epilog="Example: portfolio serve class-4b --links")
def serve(
    folder: Folder,
    links: Annotated[
        bool, typer.Option("--links/--roster", help="Personal links, or one computer with a picture roster.")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")] = 8866,
    address: Annotated[str, typer.Option("--address", help="Where to listen (with --links).")] = "127.0.0.1",
    public_url: Annotated[
        str, typer.Option("--public-url", help="The address children use, if it is another.")
    ] = "",
    new_links: Annotated[
        bool, typer.Option("--new-links", help="Make new links; the old ones stop working.")
    ] = False,
) -> None:
    """Open the desks of a class, until Ctrl+C."""
    from portfolio.serve.classes import serve_class

    with _sentences():
        serve_class(
            _open(folder), links=links, port=port, address=address, public_url=public_url,
            new_links=new_links, tell=_tell, say=_voice(),
        )  # fmt: skip


@app.command(epilog="Example: portfolio present class-4b amal")
def present(
    folder: Folder,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="The child's id.")],
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.")] = 0,
) -> None:
    """Open one child's conference on this computer, until Ctrl+C."""
    from portfolio.serve.classes import serve_talk

    with _sentences():
        serve_talk(_open(folder), student, port=port, tell=_tell, say=_voice())


@app.command("send-home", epilog="Example: portfolio send-home class-4b --student amal --out files")
def send_home(
    folder: Folder,
    student: Only = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to put the files; else CLASS/home.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write one file for each home: it opens on any phone, offline, and prints."""
    from portfolio.moments import home

    with _sentences():
        class_folder = _open(folder)
        with _bar(quiet=as_json) as advance:
            sent = home.send_home(class_folder, students=tuple(student or ()), out=out, on_each=advance)
        _report_sent(sent, as_json=as_json)


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Any]:
    """Give something to call for each file; shows how it goes where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import Progress

    with Progress(transient=True) as progress:
        task = progress.add_task(_voice()("Writing the files"), total=None)
        yield lambda _: progress.advance(task)


def _report_sent(sent: tuple[Sent, ...], *, as_json: bool) -> None:
    voice = _voice()
    if as_json:
        _tell(json.dumps([_sent_json(one, voice) for one in sent], ensure_ascii=False, indent=1))
    for one in sent if not as_json else ():
        home = (one.household.label or one.household.household_id) if one.household else "–"
        what = say(one.trouble, voice) if one.trouble else f"{one.path} ({one.size // 1000} kB)"
        _tell(f"{one.student.name}, {home}: {what}")
    if any(one.trouble for one in sent):
        raise typer.Exit(NOT_EVERYBODY)


def _sent_json(one: Sent, voice: Speech) -> dict[str, Any]:
    return {
        "student": one.student.student_id,
        "household": one.household.household_id if one.household else None,
        "file": str(one.path) if one.path else None,
        "bytes": one.size,
        "trouble": say(one.trouble, voice) if one.trouble else None,
    }


@app.command(epilog="Example: portfolio check class-4b")
def check(folder: Folder, student: Only = None, as_json: AsJson = False) -> None:
    """Say what is still empty, child by child. It nudges; nothing is blocked by it."""
    from portfolio.moments.check import as_data, as_lines, check_class, unknown_sections

    with _sentences():
        class_folder = _open(folder)
        found = check_class(class_folder, tuple(student or ()))
        voice = _voice()
        for name in unknown_sections(class_folder):
            typer.echo(
                voice("The notebook names a section “{name}” that class.yaml does not have.", name=name),
                err=True,
            )
        if as_json:
            _tell(json.dumps(as_data(found, voice), ensure_ascii=False, indent=1))
        else:
            for line in as_lines(found, voice):
                _tell(line)


@app.command(epilog="Example: portfolio doctor --class class-4b")
def doctor(
    folder: Annotated[Path | None, typer.Option("--class", help="Look at this class too.")] = None,
) -> None:
    """Say what this computer has and lacks, and how to mend it."""
    from portfolio.moments.doctor import examine

    with _sentences():
        voice = _voice()
        findings = examine(folder)
        for finding in findings:
            _tell(f"{voice('well') if finding.well else voice('MEND')}: {finding.say(voice)}")
        if not all(finding.well or finding.optional for finding in findings):
            raise typer.Exit(8)


def main() -> None:
    """Run the command line; Ctrl+C ends it quietly at any moment."""
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
