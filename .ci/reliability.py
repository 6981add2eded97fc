"""Make the table of ``docs/reliability.md`` of what the drills counted.

``python .ci/reliability.py FILE [--write]``: FILE holds the lines that ``tests/tally.py`` wrote. The table is
printed; with ``--write`` it goes between the marks of the page. The exit code is 1 when a promise has no
drill, a drill did not come to its end, or something was lost.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by make drill ARGS=--write -->", "<!-- end of the figures -->"
PROMISES = {
    1: "“Saved” survives a killed program",
    2: "… and a power cut",
    3: "nobody overwrites anybody silently",
    4: "a backup taken while in use restores",
    5: "out of an archive comes what went in",
    7: "every text is kept and shown, or refused kindly",
    9: "nothing outside our folder is read or written",
    10: "nothing that comes in hangs or fills the computer",
    16: "erasing a child leaves no trace",
    20: "old files open, newer ones are refused safely",
}
_HEAD = "| promise | what one try is | tried | survived | lost | beside | drill |\n|--|--|--:|--:|--:|--|--|"


@dataclass(frozen=True)
class Row:
    """What one drill counted; ``done`` says that it came to its end."""

    promise: int
    what: str
    drill: str
    tried: int
    survived: int
    lost: int
    worst: str
    done: bool

    @property
    def place(self) -> str:
        """Where the drill is: file and test, without its parameters."""
        return self.drill.partition("[")[0]


def rows(lines: Iterable[str]) -> list[Row]:
    """Return the counts, for each kind of try the one with the most tries, by promise; a loss hides behind none."""
    found: dict[tuple[int, str], Row] = {}
    for line in lines:
        row = Row(**json.loads(line))
        known = found.get((row.promise, row.what))
        if known is None or (row.lost > 0, row.tried) >= (known.lost > 0, known.tried):
            found[row.promise, row.what] = row
    return sorted(found.values(), key=lambda row: (row.promise, row.what))


def complaints(found: list[Row]) -> list[str]:
    """Return what keeps these counts from being good news."""
    missing = PROMISES.keys() - {row.promise for row in found}
    told = [f"promise {number} has no drill" for number in sorted(missing)]
    told += [f"{row.drill} did not come to its end" for row in found if not row.done]
    told += [f"{row.drill} tried nothing" for row in found if not row.tried]
    return told + [f"{row.drill} lost {row.lost} of {row.tried}" for row in found if row.lost]


def machine() -> str:
    """Return in words where the drills ran."""
    cores = os.cpu_count() or 1
    return (
        f"Counted on {platform.system()} with {cores} {'core' if cores == 1 else 'cores'}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )


def table(found: list[Row]) -> str:
    """Return the counts as a Markdown table."""
    lines = (
        f"| {row.promise}: {PROMISES[row.promise]} | {row.what} | {row.tried:,} | {row.survived:,} "
        f"| {row.lost:,} | {row.worst} | `{row.place}` |"
        for row in found
    )
    return "\n".join([_HEAD, *lines])


def put_into(page: Path, figures: str) -> None:
    """Replace what stands between the two marks of a page. Raises ``ValueError`` if they are missing."""
    text = page.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not between.search(text):
        raise ValueError(f"{page.name} has no place for the figures")
    page.write_text(between.sub(lambda _: f"{BEGIN}\n\n{figures}\n\n{END}", text), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Print the table, write it if asked to, and say what is wrong with it."""
    told = Path(arguments[0])
    found = rows(told.read_text(encoding="utf-8").splitlines() if told.exists() else [])
    figures = f"{table(found)}\n\n{machine()}"
    print(figures)
    wrong = complaints(found)
    for sentence in wrong:
        print(f"error: {sentence}", file=sys.stderr)
    if "--write" in arguments and not wrong:
        put_into(PAGE, figures)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
