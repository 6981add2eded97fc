"""Figures as a table and as plain verdicts, for people who read Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import Usage

BEGIN, END = "<!-- figures: written by benchmarks/run.py --write -->", "<!-- end of the figures -->"

WARM = {
    "strongest": "peer B, the strongest: photos shrunk, notebook run, `HTMLExporter` with `basic` reused",
    "exporter": "ours, `PortfolioExporter` reused, the class kept open (the book is read anew for each file)",
    "home_file": "ours, `home_file` of a book that is open",
}


@dataclass(frozen=True)
class Row:
    """One way to make a file, as a new process.

    ``to_usual`` is its processor time for each second of the usual way; ``size`` (bytes) is that of its
    largest file, ``decoded`` what its pictures take in a phone's memory, ``outside`` and ``positions`` are counted over all its files.
    """

    name: str
    usage: Usage
    to_usual: float
    size: int
    files: int
    outside: int
    positions: int
    decoded: int = 0


@dataclass(frozen=True)
class Figures:
    """Everything one run found. ``warm`` is what :func:`benchmarks.home_file.warm` returns."""

    rows: Mapping[str, Row]
    warm: Mapping[str, Any]
    runs: int
    warm_rounds: int
    same_bytes: bool

    def promises_kept(self) -> bool:
        """Return whether everything holds that does not depend on the machine."""
        ours = [row for name, row in self.rows.items() if name != "usual"]
        quiet = all(row.outside == 0 and row.positions == 0 and row.size <= 1_000_000 for row in ours)
        return self.same_bytes and bool(self.warm["same"]) and quiet


def as_table(figures: Figures) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| one new process | CPU s | × usual way | wall s | memory MB | file MB | pictures in a phone, MB | outside addresses | places on the map |",
        "|--|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in figures.rows.values():
        size = f"{row.size / 1e6:.2f}" + (f" (each of {row.files})" if row.files > 1 else "")
        lines.append(
            f"| {row.name} | {row.usage.cpu:.2f} | {row.to_usual:.2f} | {row.usage.wall:.1f} "
            f"| {row.usage.peak / 1e6:.0f} | {size} | {row.decoded / 1e6:.0f} | {row.outside} | {row.positions} |"
        )
    lines += [
        "",
        "| one more file in a warm process | CPU ms, median | CPU ms, least | file MB | outside addresses |",
        "|--|--:|--:|--:|--:|",
    ]
    for name, told in WARM.items():
        one = figures.warm[name]
        lines.append(
            f"| {told} | {one['median']:.1f} | {one['least']:.1f} | {one['bytes'] / 1e6:.2f} | {one['outside']} |"
        )
    lines += ["", f"Medians of {figures.runs} interleaved rounds; {figures.warm_rounds} in the warm process."]
    return "\n".join(lines)


def as_verdicts(figures: Figures) -> str:
    """Return target by target whether it was met."""
    cold, thirty = figures.rows["cold"].to_usual, figures.rows["thirty"].usage.cpu
    warm, size = (
        figures.warm["exporter"]["median"],
        max(r.size for n, r in figures.rows.items() if n != "usual"),
    )
    ours = [row for name, row in figures.rows.items() if name != "usual"]
    targets = (
        (
            "both doors, and a cold start, give the same bytes",
            "yes" if figures.same_bytes else "no",
            figures.same_bytes,
        ),
        ("one portfolio, all new: at most 0.25 × the usual way", f"{cold:.2f} ×", cold <= 0.25),
        ("one portfolio, warm: at most 3 ms through the exporter", f"{warm:.1f} ms", warm <= 3),
        (
            "a class of 30, start included: at most 1 s of CPU",
            f"{thirty:.2f} s ({figures.rows['thirty'].to_usual:.2f} × one file the usual way)",
            thirty <= 1,
        ),
        ("a file with 6 photos: at most 1 MB", f"{size / 1e6:.2f} MB", size <= 1_000_000),
        (
            "outside addresses in our files: none",
            str(sum(r.outside for r in ours)),
            not any(r.outside for r in ours),
        ),
        (
            "places on the map in our files: none",
            str(sum(r.positions for r in ours)),
            not any(r.positions for r in ours),
        ),
    )
    lines = ["| target | found | |", "|--|--:|--|"]
    lines += [f"| {what} | {found} | {'met' if met else '**missed**'} |" for what, found, met in targets]
    return "\n".join(lines)


def put_into(page: Path, figures: str, begin: str = BEGIN, end: str = END) -> None:
    """Replace what stands between two marks of a page. Raises ``ValueError`` if they are missing."""
    text = page.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not between.search(text):
        raise ValueError(f"{page.name} has no place for the figures")
    page.write_text(between.sub(lambda _: f"{begin}\n\n{figures}\n\n{end}", text), encoding="utf-8")
