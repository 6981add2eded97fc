"""Measure the plain-words finder against what a school could use instead, on labelled sentences.

    python -m benchmarks.plain_words.run                # one, two, three: may be looked at while the finder is made
    python -m benchmarks.plain_words.run --held-back    # the rest, looked at once, at the very end
    python -m benchmarks.plain_words.run --failures     # every failing sentence of ours in full
    python -m benchmarks.plain_words.run --json figures.json --no-timings
    python -m benchmarks.plain_words.run --write        # put the figures into docs/benchmarks.md

How things are counted stands in ``score.py``, who the peers are in ``peers.py``, how sentences were labelled in
``guide.md``. Ends with 1 if a bar is missed, with 2 if there is no finder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.plain_words import timings
from benchmarks.plain_words.labels import HELD_BACK, OPEN, Sentence, read
from benchmarks.plain_words.ours import NotThere, Ours
from benchmarks.plain_words.peers import PEERS, Peer, forms_of
from benchmarks.plain_words.score import Finder, bootstrap_f1, by_trap, judge_all, tally, wilson
from benchmarks.plain_words.tables import (
    HELD_BACK_MARKS,
    OPEN_MARKS,
    Way,
    bars_kept,
    failures,
    quality,
    traps,
    verdicts_on_bars,
)
from benchmarks.report import put_into

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


@dataclass
class Run:
    """What one run found: the ways on the sentences, and, if asked for, how long things take."""

    chosen: str
    sentences: Sequence[Sentence]
    ways: list[Way]
    field_ms: dict[str, float] = field(default_factory=dict)
    build_ms: dict[str, float] = field(default_factory=dict)
    """Of peers, in this process; of ours, see ``fresh_ms``."""

    fresh_ms: dict[str, float] = field(default_factory=dict)
    by_size: dict[float, float] = field(default_factory=dict)
    odd: dict[str, float] = field(default_factory=dict)


def measured(ours: Ours, sentences: Sequence[Sentence], chosen: str, *, timed: bool = True) -> Run:
    """Return what ours and every installed peer do with the same sentences and the same forms."""
    finders = {"sure": ours.finder(maybe=False), "maybe": ours.finder(maybe=True)}
    names = {"sure": "ours, what it is sure of", "maybe": "ours, sure and maybe (teachers)"}
    run = Run(chosen, sentences, [Way(k, names[k], judge_all(sentences, f)) for k, f in finders.items()])
    forms = forms_of(ours.terms)
    for peer in PEERS:
        begun = time.perf_counter()
        built = _built(peer, forms)
        run.build_ms[peer.key] = 1000 * (time.perf_counter() - begun)
        if isinstance(built, str):
            run.ways.append(Way(peer.key, peer.name, None, built))
            continue
        finders[peer.key] = built
        run.ways.append(Way(peer.key, peer.name, judge_all(sentences, built)))
    if timed:
        run.field_ms = {key: timings.field_ms(finder) for key, finder in finders.items()}
        run.fresh_ms = timings.build_ms()
        run.by_size = timings.by_size(finders["sure"])
        run.odd = timings.odd_growth(finders["sure"])
    return run


def _built(peer: Peer, forms: Sequence[str]) -> Finder | str:
    """Return the peer's finder, or why there is none."""
    try:
        return peer.build(forms)
    except ImportError:
        return f"not installed: `pip install {' '.join(peer.packages)}`"


def told(run: Run) -> str:
    """Return the report in Markdown."""
    sums = tally(run.ways[0].verdicts or ())
    optional = sum(len(one.optional) for one in run.sentences)
    head = (
        f"Set: {run.chosen}; {sums.sentences} sentences ({sums.clean} clean), {sums.marked} school words marked, "
        f"{optional} optional. Intervals are of 95%."
    )
    parts = [head, quality(run.ways), verdicts_on_bars(sums), traps(run.ways)]
    if run.field_ms:
        parts.append(_told_timings(run))
    return "\n\n".join([*parts, f"Measured on: {machine()}."])


def _told_timings(run: Run) -> str:
    rows = ["| way | one field (200 characters), median ms | built in ms |", "|--|--:|--:|"]
    build = {**run.build_ms, "sure": sum(run.fresh_ms.values()) - run.fresh_ms["import"]}
    for way in run.ways:
        if way.key in run.field_ms:
            built = f"{build[way.key]:.1f}" if way.key in build else ""
            rows.append(f"| {way.name} | {run.field_ms[way.key]:.3f} | {built} |")
    fresh = ", ".join(f"{name} {ms:.1f} ms" for name, ms in run.fresh_ms.items())
    sizes = ["| text | ms | time per character, against the smallest |", "|--|--:|--:|"]
    for size, ratio in timings.growth(run.by_size).items():
        sizes.append(f"| {size} million characters | {run.by_size[size]:.0f} | {ratio:.2f} |")
    worst = max(run.odd, key=lambda name: run.odd[name])
    odd = (
        f"Odd texts, four times as long: time per character grows by {run.odd[worst]:.2f} at most ({worst}); "
        "1 is linear, 4 quadratic."
    )
    start = f"Ours in a new process: {fresh}; a peer's building includes its import."
    return "\n\n".join(["\n".join(rows), start, "\n".join(sizes), odd])


def as_data(run: Run) -> dict[str, Any]:
    """Return everything as plain data for JSON; no sentence's text is in it."""
    ways: dict[str, dict[str, Any]] = {}
    for way in run.ways:
        if way.verdicts is None:
            ways[way.key] = {"name": way.name, "missing": way.why}
            continue
        sums = tally(way.verdicts)
        ways[way.key] = {
            "name": way.name,
            **asdict(sums),
            "precision": [sums.precision, *wilson(sums.right, sums.right + sums.wrong)],
            "recall": [sums.recall, *wilson(sums.met, sums.marked)],
            "f1": [sums.f1, *(bootstrap_f1(way.verdicts) or ())],
            "clean_flagged": [sums.clean_flagged, *wilson(sums.flagged, sums.clean)],
            "traps": {trap: asdict(sums) for trap, sums in by_trap(way.verdicts).items()},
        }
    times = {name: getattr(run, name) for name in ("field_ms", "build_ms", "fresh_ms", "by_size", "odd")}
    return {"set": run.chosen, "ways": ways, **times, "bars": bars_kept(tally(run.ways[0].verdicts or ()))}


def machine() -> str:
    """Return what ran the figures, without names or places."""
    load = f", load {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}; Python {platform.python_version()}"


def main(arguments: Sequence[str]) -> int:
    """Measure, tell; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--held-back", action="store_true", help="only held_back.txt, once, at the very end")
    parser.add_argument("--failures", action="store_true", help="print our failing sentences in full")
    parser.add_argument("--no-timings", action="store_true", help="leave out how long things take")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures to a file as well")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    asked = parser.parse_args(arguments)
    files = (HELD_BACK,) if asked.held_back else OPEN
    try:
        ours = Ours()
    except NotThere as missing:
        print(f"There is nothing to measure: {missing}.")
        return 2
    sentences = [sentence for file in files for sentence in read(file)]
    chosen = " + ".join(file.stem for file in files)
    run = measured(ours, sentences, chosen, timed=not asked.no_timings)
    report = told(run)
    print(report)
    if asked.failures:
        for way in run.ways[:2]:
            print(f"\n## Failing: {way.name}\n\n{failures(way.verdicts or ())}")
    if asked.json:
        asked.json.write_text(json.dumps(as_data(run), indent=1) + "\n", encoding="utf-8")
    if asked.write:
        put_into(GUIDE, report, *(HELD_BACK_MARKS if asked.held_back else OPEN_MARKS))
    return 0 if all(bars_kept(tally(run.ways[0].verdicts or ())).values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
