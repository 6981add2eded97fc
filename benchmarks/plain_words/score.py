"""Counting how good a finder is on labelled sentences. Pure: spans in, figures out.

**When a finding meets a mark**: their overlap is at least half of the mark's characters, or at least half of the
finding's (so "Tier 2 group" for "Tier 2" counts, and "plan" for "504 plan"; how often the edges are exactly those of
the mark is counted apart). **Right** is a finding that meets a mark no earlier finding has met; one that meets only
marks already met, or else only optional marks, counts neither way; every other finding is **wrong**.
**Precision** is right / (right + wrong); **recall** is marks met / marks; one long finding may meet two marks.
A clean sentence is **flagged** if anything wrong was found in it.

Intervals are of 95%: Wilson's for shares, for F1 a bootstrap over sentences from a fixed seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.plain_words.labels import Sentence, Span

Finder = Callable[[str], Sequence[Span]]

Z95: Final = 1.959963984540054
SEED: Final = 2026
ROUNDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a finder did with one sentence: marks met (``exact`` of them edge on edge) and missed, findings by worth."""

    sentence: Sentence
    met: tuple[Span, ...]
    missed: tuple[Span, ...]
    exact: int
    right: tuple[Span, ...]
    wrong: tuple[Span, ...]

    @property
    def failed(self) -> bool:
        """Whether anything is amiss."""
        return bool(self.missed or self.wrong)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over sentences. A share whose divisor is nothing is ``None``."""

    sentences: int
    marked: int
    met: int
    exact: int
    right: int
    wrong: int
    clean: int
    flagged: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is a school word."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the school words that were found."""
        return share(self.met, self.marked)

    @property
    def exactness(self) -> float | None:
        """Share of the school words that were found with exactly their edges."""
        return share(self.exact, self.marked)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return f1_of(self.marked, self.met, self.right, self.wrong)

    @property
    def clean_flagged(self) -> float | None:
        """Share of clean sentences in which something was found."""
        return share(self.flagged, self.clean)


def meets(finding: Span, mark: Span) -> bool:
    """Return whether the overlap is at least half of either."""
    overlap = min(finding[1], mark[1]) - max(finding[0], mark[0])
    shorter = min(finding[1] - finding[0], mark[1] - mark[0])
    return overlap > 0 and 2 * overlap >= shorter


def judge(sentence: Sentence, findings: Iterable[Span]) -> Verdict:
    """Return what the findings of one sentence are worth. The same span told twice counts once."""
    ordered = sorted(set(findings))
    met: list[Span] = []
    right: list[Span] = []
    wrong: list[Span] = []
    for finding in ordered:
        touched = [mark for mark in sentence.marked if meets(finding, mark)]
        fresh = [mark for mark in touched if mark not in met]
        met += fresh
        if fresh:
            right.append(finding)
        elif not touched and not any(meets(finding, mark) for mark in sentence.optional):
            wrong.append(finding)
    return Verdict(
        sentence,
        met=tuple(met),
        missed=tuple(mark for mark in sentence.marked if mark not in met),
        exact=len(set(ordered) & set(sentence.marked)),
        right=tuple(right),
        wrong=tuple(wrong),
    )


def judge_all(sentences: Iterable[Sentence], finder: Finder) -> list[Verdict]:
    """Return a verdict for each sentence, in their order."""
    return [judge(sentence, finder(sentence.text)) for sentence in sentences]


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Return the sums."""
    told = list(verdicts)
    clean = [one for one in told if one.sentence.kind == "clean"]
    return Tally(
        sentences=len(told),
        marked=sum(len(one.sentence.marked) for one in told),
        met=sum(len(one.met) for one in told),
        exact=sum(one.exact for one in told),
        right=sum(len(one.right) for one in told),
        wrong=sum(len(one.wrong) for one in told),
        clean=len(clean),
        flagged=sum(bool(one.wrong) for one in clean),
    )


def by_trap(verdicts: Iterable[Verdict]) -> Mapping[str, Tally]:
    """Return the sums for each trap that occurs, in order of their names."""
    groups: dict[str, list[Verdict]] = {}
    for one in verdicts:
        groups.setdefault(one.sentence.trap, []).append(one)
    return {trap: tally(groups[trap]) for trap in sorted(groups)}


def share(part: int, whole: int) -> float | None:
    """Return ``part / whole``, or ``None`` where there is nothing to divide by."""
    return part / whole if whole else None


def f1_of(marked: int, met: int, right: int, wrong: int) -> float | None:
    """Return F1; 0 where nothing was found or met, ``None`` where there was nothing to find."""
    if not marked:
        return None
    if not met or not right:
        return 0.0
    precision, recall = right / (right + wrong), met / marked
    return 2 * precision * recall / (precision + recall)


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's interval for a share. Of nothing, anything may be true: (0, 1)."""
    if whole == 0:
        return 0.0, 1.0
    p, zz = part / whole, z * z
    middle = (p + zz / (2 * whole)) / (1 + zz / whole)
    half = z / (1 + zz / whole) * math.sqrt(p * (1 - p) / whole + zz / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap_f1(
    verdicts: Sequence[Verdict], seed: int = SEED, rounds: int = ROUNDS
) -> tuple[float, float] | None:
    """Return the middle 95% of F1 over sentences drawn again and again with replacement; ``None`` without marks."""
    counts = [(len(v.sentence.marked), len(v.met), len(v.right), len(v.wrong)) for v in verdicts]
    if not any(marked for marked, *_ in counts):
        return None
    chance = random.Random(seed)  # noqa: S311 - a statistic, no secret
    drawn: list[float] = []
    for _ in range(rounds):
        again = chance.choices(counts, k=len(counts))
        marked, met, right, wrong = (sum(column) for column in zip(*again, strict=True))
        value = f1_of(marked, met, right, wrong)
        drawn += [] if value is None else [value]
    drawn.sort()
    return _at(drawn, 0.025), _at(drawn, 0.975)


def _at(ordered: Sequence[float], place: float) -> float:
    return ordered[round(place * (len(ordered) - 1))]
