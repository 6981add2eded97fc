"""EDGE: one thin command per moment. ``--help`` is the documentation; nothing asks where nobody can answer.

Exit codes: 0 done · 1 trouble we foresaw · 2 a command or option we do not know · 3 something came in that
we cannot take · 4 not found · 5 changed meanwhile · 6 not allowed · 7 storage · 8 this computer lacks
something · 10 done, but not for everybody.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from portfolio import __version__
from portfolio.cli.face import NOT_EVERYBODY, app, tell

# isort: off
# each of these hangs its commands on the app; the order is the order of --help
from portfolio.cli import making  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import showing  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import sending  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import leaving  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import replies  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import papers  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import meeting_papers  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import beside_books  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import own_time  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import taking_along  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import looking  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import rosters  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import templates  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import glossaries  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import keeping  # noqa: F401 - importing it hangs its commands on the app
from portfolio.cli import examining  # noqa: F401 - importing it hangs its commands on the app
# isort: on

__all__ = ["NOT_EVERYBODY", "app", "main"]


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """Student-led conferences: children gather their work, lead the talk, and take one file home."""
    if version:
        tell(__version__)
        raise typer.Exit


def only(name: str) -> None:
    """Leave the one command that is asked for, if there is one of this name: building all of them takes longer than many take."""
    commands = [one for one in app.registered_commands if name == (one.name or _named(one.callback))]
    groups = [one for one in app.registered_groups if name == one.name]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups


def _named(function: Callable[..., object] | None) -> str:
    """Return what typer calls a command that has no name of its own."""
    return function.__name__.replace("_", "-") if function else ""


def main() -> None:
    """Run the command line; Ctrl+C ends it quietly at any moment."""
    # else the first record reads what every package on this computer says of itself, to find plugins we do not have
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    only("".join(sys.argv[1:2]))
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
