"""What a drill did: how many times something was tried, survived, was lost.

With ``PORTFOLIO_TALLY=FILE`` each drill writes one line of JSON into that file; ``.ci/reliability.py`` makes
the table of ``docs/reliability.md`` of them. Without it nothing is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "PORTFOLIO_TALLY"


class Tally:
    """The count of one drill: ``promise`` is its number, ``what`` says in words what one try is."""

    def __init__(self, promise: int, what: str) -> None:
        self.promise, self.what = promise, what
        self.tried = self.survived = 0
        self.worst = ""
        self.done = False

    def count(self, tried: int, survived: int | None = None) -> None:
        """Add tries; by default all of them survived."""
        self.tried += tried
        self.survived += tried if survived is None else survived

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Count what happens inside as one try, which survives if nothing is raised."""
        self.tried += 1
        yield
        self.survived += 1

    @property
    def lost(self) -> int:
        """How many tries did not survive."""
        return self.tried - self.survived

    def line(self, drill: str) -> str:
        """Return the count as one line of JSON."""
        told = {"promise": self.promise, "what": self.what, "drill": drill, "tried": self.tried}
        return json.dumps(
            told | {"survived": self.survived, "lost": self.lost, "worst": self.worst, "done": self.done}
        )


@contextmanager
def tally(promise: int, what: str) -> Iterator[Tally]:
    """Count a drill, and write the count down also when the drill fails."""
    made = Tally(promise, what)
    try:
        yield made
        made.done = True
    finally:
        wanted = os.environ.get(FILE)
        if wanted:
            drill = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
            # opened for appending: lines of several workers do not mix
            with Path(wanted).open("a", encoding="utf-8") as file:
                file.write(made.line(drill) + "\n")
