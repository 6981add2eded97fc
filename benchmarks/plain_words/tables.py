"""The figures as Markdown, for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.plain_words.score import Tally, Verdict, bootstrap_f1, by_trap, tally, wilson

if TYPE_CHECKING:
    from benchmarks.plain_words.labels import Span

OPEN_MARKS: Final = (
    "<!-- plain words: written by benchmarks.plain_words.run --write -->",
    "<!-- end of plain words -->",
)
HELD_BACK_MARKS: Final = (
    "<!-- plain words, held back: written by benchmarks.plain_words.run --held-back --write -->",
    "<!-- end of plain words, held back -->",
)
BARS: Final = {"precision": 0.95, "recall": 0.92, "clean_flagged": 0.05}
"""At least, at least, at most: what the product promises for what it is sure of."""


@dataclass(frozen=True)
class Way:
    """One finder and what it did. ``verdicts`` is ``None`` if it could not run; ``why`` says so then."""

    key: str
    name: str
    verdicts: Sequence[Verdict] | None
    why: str = ""


def quality(ways: Iterable[Way]) -> str:
    """Return a row for each way: shares with Wilson's interval, F1 with the bootstrap's."""
    lines = [
        "| way | precision | recall | F1 | clean sentences flagged | recall, edges exact |",
        "|--|--:|--:|--:|--:|--:|",
    ]
    for way in ways:
        if way.verdicts is None:
            lines.append(f"| {way.name} | {way.why} | | | | |")
            continue
        sums = tally(way.verdicts)
        cells = (
            _share(sums.right, sums.right + sums.wrong),
            _share(sums.met, sums.marked),
            _interval(sums.f1, bootstrap_f1(way.verdicts)),
            _share(sums.flagged, sums.clean),
            _share(sums.exact, sums.marked),
        )
        lines.append(f"| {way.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def traps(ways: Iterable[Way]) -> str:
    """Return a row for each trap: marks met, and wrong findings behind a minus sign, of every way that ran."""
    ran = {way.key: by_trap(way.verdicts) for way in ways if way.verdicts is not None}
    lines = [
        "| trap | sentences | marks | " + " | ".join(ran) + " |",
        "|--|--:|--:|" + "--:|" * len(ran),
    ]
    first = next(iter(ran.values()), {})
    for trap, sums in first.items():
        cells = [_trap_cell(found[trap]) for found in ran.values()]
        lines.append(f"| {trap} | {sums.sentences} | {sums.marked} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", "Marks met, then − wrong findings."])


def _trap_cell(sums: Tally) -> str:
    wrong = f" −{sums.wrong}" if sums.wrong else ""
    return f"{sums.met}{wrong}" if sums.marked else (wrong.strip() or "0")


def verdicts_on_bars(sums: Tally) -> str:
    """Return each bar, what was found, and whether it was met."""
    lines = ["| bar (what it is sure of) | found | |", "|--|--:|--|"]
    kept = bars_kept(sums)
    for name, limit in BARS.items():
        value = getattr(sums, name)
        told = "–" if value is None else f"{value:.3f}"
        sign = "≤" if name == "clean_flagged" else "≥"
        met = "met" if kept[name] else "**missed**"
        lines.append(f"| {name.replace('_', ' sentences ')} {sign} {limit:.2f} | {told} | {met} |")
    return "\n".join(lines)


def bars_kept(sums: Tally) -> dict[str, bool]:
    """Return bar by bar whether it is met; what could not be counted is not."""
    found: Mapping[str, float | None] = {name: getattr(sums, name) for name in BARS}
    return {
        name: value is not None and (value <= BARS[name] if name == "clean_flagged" else value >= BARS[name])
        for name, value in found.items()
    }


def failures(verdicts: Iterable[Verdict]) -> str:
    """Return every failing sentence in full, with what was missed and what was found wrongly."""
    lines: list[str] = []
    for one in verdicts:
        if not one.failed:
            continue
        sentence = one.sentence
        lines.append(
            f"- {sentence.file}:{sentence.line} ({sentence.kind}, {sentence.trap}): {visible(sentence.text)}"
        )
        lines += _told("missed", sentence.text, one.missed)
        lines += _told("wrong", sentence.text, one.wrong)
    return "\n".join(lines) or "Nothing failed."


def _told(what: str, text: str, spans: Iterable[Span]) -> list[str]:
    words = [f"“{visible(text[start:end])}”" for start, end in spans]
    return [f"  - {what}: {', '.join(words)}"] if words else []


def visible(text: str) -> str:
    r"""Return the text on one line, with signs nobody can see as ``\\uXXXX``, as the files have them."""
    return "".join(_visible(sign) for sign in text)


def _visible(sign: str) -> str:
    if sign == "\n":
        return r"\n"
    unseen = unicodedata.category(sign) in {"Cf", "Cc", "Zl", "Zp"} or (sign != " " and sign.isspace())
    return f"\\u{ord(sign):04x}" if unseen or sign == "\u2011" else sign


def _share(part: int, whole: int) -> str:
    return _interval(part / whole if whole else None, wilson(part, whole))


def _interval(value: float | None, bounds: tuple[float, float] | None) -> str:
    if value is None or bounds is None:
        return "–"
    return f"{value:.3f} ({bounds[0]:.2f}–{bounds[1]:.2f})"
