"""How long finding takes: one field, a new process, and whether ten times the text takes ten times as long."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from benchmarks.plain_words.score import Finder

ROOT: Final = Path(__file__).resolve().parents[2]
FIELD: Final = 200
"""Characters a child types into one field, more or less."""

STORY: Final = (
    "In spring we planted beans in paper cups, and mine fell over twice before it stood up by itself. "
    "Our reading group met in the hall because the painters were busy, and I read two pages aloud to Sam. "
    "My IEP says that I may stand at the tall desk. At home my grandfather asked what a rubric is, and I told him. "
    "We measured the playground with a rope and wrote every number down, first in feet and then in meters. "
    "In the intervention block I sort words with Ms. Lee, and after the exit ticket we line up for lunch. "
    "What I liked best was the night with the telescope, when even the big kids were quiet for a while. "
    "My goal for the rest of the year is to ask for help sooner, and to keep my folder in one piece.\n"
)
SIZES: Final = (0.25, 0.5, 1.0, 2.0)
"""Megabytes (million characters)."""

ODD: Final = {
    "one word": "a", "backquotes": "`", "brackets": "[", "tags that never end": "<a ", "at signs": "a@", "dots": "a.",
    "dollars": "$ ", "hyphens": "a-", "capitals": "A ", "line breaks": "\n", "shy hyphens": "a\u00ad",
}  # fmt: skip
"""What the rules for addresses, code and hyphens could trip over."""

ODD_SIZES: Final = (5_000, 20_000)


def fields() -> list[str]:
    """Return pieces of the story, each of ``FIELD`` characters."""
    twice = STORY * 2
    return [twice[start : start + FIELD] for start in range(0, len(STORY), 37)]


def field_ms(finder: Finder, rounds: int = 5) -> float:
    """Return the median over texts of a field's length, in milliseconds, once everything is warm."""
    texts = fields()
    for text in texts:
        finder(text)
    return statistics.median(_ms(finder, text) for _ in range(rounds) for text in texts)


def by_size(finder: Finder, sizes: Sequence[float] = SIZES) -> dict[float, float]:
    """Return milliseconds for a text of so many million characters."""
    found = {}
    for size in sizes:
        length = int(size * 1_000_000)
        found[size] = _ms(finder, (STORY * (length // len(STORY) + 1))[:length])
    return found


def growth(taken: Mapping[float, float]) -> dict[float, float]:
    """Return the time per character at each size as a multiple of that at the smallest: 1 is linear."""
    least = min(taken)
    return {size: (ms / size) / (taken[least] / least) for size, ms in taken.items()}


def odd_growth(finder: Finder) -> dict[str, float]:
    """Return for each odd text how the time per character grows when it is four times as long: 4 is quadratic."""
    short, long = ODD_SIZES
    found = {}
    for name, piece in ODD.items():
        texts = {size: (piece * size)[:size] for size in (short, long)}
        least = {size: min(_ms(finder, text) for _ in range(3)) for size, text in texts.items()}
        found[name] = (least[long] / long) / (least[short] / short)
    return found


def build_ms(runs: int = 5) -> dict[str, float]:
    """Return the medians of what :func:`benchmarks.plain_words.ours.time_build` tells in new processes."""
    program = (
        "import json; from benchmarks.plain_words.ours import time_build; print(json.dumps(time_build()))"
    )
    told = [
        json.loads(
            subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True).stdout
        )
        for _ in range(runs)
    ]
    return {name: statistics.median(one[name] for one in told) for name in told[0]}


def _ms(finder: Finder, text: str) -> float:
    begun = time.perf_counter()
    finder(text)
    return 1000 * (time.perf_counter() - begun)
