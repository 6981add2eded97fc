"""What every command shares: the app, how it speaks, how it turns trouble into a sentence and an exit code."""

from __future__ import annotations

import locale
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio.errors import PortfolioError
from portfolio.words import Speech, say, speak

if TYPE_CHECKING:
    from portfolio.store.class_folder import ClassFolder

NOT_EVERYBODY = 10
"""The exit code of something that was done, but not for everybody."""

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

Folder = Annotated[Path, typer.Argument(metavar="CLASS", help="The folder of the class.")]
Only = Annotated[
    list[str] | None, typer.Option("--student", metavar="ID", help="Only this child; may be repeated.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


def voice() -> Speech:
    """Return our texts in the language of this computer."""
    return speak((locale.getlocale()[0] or "en").split("_")[0])


def tell(text: str = "") -> None:
    """Print a line."""
    typer.echo(text)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn trouble we foresaw into its sentence and exit code."""
    try:
        yield
    except PortfolioError as error:
        typer.echo(say(error, voice()), err=True)
        raise typer.Exit(error.exit_code) from None


def open_class_at(path: Path) -> ClassFolder:
    """Return the class in a folder. Raises ``NotFound`` with how to make one."""
    from portfolio.store.class_folder import open_class

    return open_class(path)


@contextmanager
def bar(*, quiet: bool) -> Iterator[Any]:
    """Give something to call for each file; shows how it goes where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import Progress

    with Progress(transient=True) as progress:
        task = progress.add_task(voice()("Writing the files"), total=None)
        yield lambda _: progress.advance(task)
