"""How files for homes come along, for whoever looks at a terminal: how many are done, and how long it still takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from portfolio.cli.face import voice
from portfolio.moments.run_pace import Pace, left_in_words
from portfolio.moments.sent import Watching


@contextmanager
def run_bar(*, quiet: bool) -> Iterator[Watching]:
    """Give somebody to watch a run; shows how it goes where somebody is looking.

    Drawn by the run itself, not by a thread beside it: workers can then be copies of this process.
    """
    if quiet or not sys.stderr.isatty():
        yield Watching()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    speech = voice()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
    )
    # without a thread: see above
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task(speech("Writing the files"), total=None, left="")

        def show(pace: Pace) -> None:
            progress.update(
                task, total=pace.total, completed=pace.done, left=left_in_words(pace.left, speech)
            )
            progress.refresh()

        yield Watching(on_pace=show)
