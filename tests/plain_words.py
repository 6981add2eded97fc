"""Specimens of school words: ``kind | trap | text with {marks}``, one a line, as benchmarks/plain_words/guide.md says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.words.glossary.load import Glossary, from_data

FOLDER = Path(__file__).resolve().parent / "cases" / "plain_words"
_SIGN = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([n{}|\\]))|([{}])")


@dataclass(frozen=True)
class Specimen:
    """A text as somebody wrote it, the school words in it, and the places where they may or may not be found."""

    where: str
    text: str
    marked: tuple[tuple[int, int], ...]
    optional: tuple[tuple[int, int], ...] = ()


def specimens() -> list[Specimen]:
    """Return all specimens in the folder, by file and line."""
    return [
        _specimen(line, f"{path.stem}:{number}")
        for path in sorted(FOLDER.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if line.strip() and not line.startswith("#")
    ]


def _specimen(line: str, where: str) -> Specimen:
    kind, _trap, labelled = (part.strip() for part in line.split("|", 2))
    text, done, opened = "", 0, -1
    marked: list[tuple[int, int]] = []
    optional: list[tuple[int, int]] = []
    for sign in _SIGN.finditer(labelled):
        text += labelled[done : sign.start()]
        done = sign.end()
        if sign[1]:
            text += chr(int(sign[1], 16))
        elif sign[2]:
            text += "\n" if sign[2] == "n" else sign[2]
        elif sign[3] == "{":
            opened = len(text)
        else:
            spans = optional if text[opened : opened + 1] == "?" else marked
            spans.append((opened, len(text)))
    text += labelled[done:]
    assert (kind == "school") == bool(marked), f"{where}: a school sentence has marks, a clean one has none"
    assert not optional, f"{where}: here every mark counts"
    return Specimen(where, text, tuple(marked))


ENTRIES: list[dict[str, Any]] = [
    {
        "id": "do-now",
        "term": "do now",
        "plain": "A short task at the start of class.",
        "match": {
            "case": "title_or_cue",
            "variants": ["DoNow"],
            "cue": {"before": ["the", "a", "our", "my"], "after": ["question", "sheet"]},
            "skip": {"before": ["i", "we", "to", "what"]},
        },
        "swap": {"sg": "warm-up task", "pl": "warm-up tasks"},
    },
    {
        "id": "iep",
        "term": "IEP",
        "kind": "acronym",
        "plain": "A plan with the extra help a child gets.",
        "expand": ["Individualized Education Program"],
        "swap": {"sg": "learning help plan", "pl": "learning help plans"},
    },
    {
        "id": "growth-mindset",
        "term": "growth mindset",
        "plain": "The belief that one can get better.",
        "match": {"variants": ["growth mind-set"]},
        "swap": {"sg": "belief that I can get better with work"},
    },
    {
        "id": "sel",
        "term": "SEL",
        "kind": "acronym",
        "plain": "Learning about feelings.",
        "expand": ["social and emotional learning"],
        "match": {"case": "upper"},
    },
    {
        "id": "formative-assessment",
        "term": "formative assessment",
        "plain": "A quick check.",
        "swap": {"sg": "quick check", "pl": "quick checks"},
    },
    {
        "id": "rubric",
        "term": "rubric",
        "plain": "A chart for scores.",
        "swap": {"sg": "scoring chart", "pl": "scoring charts"},
    },
    {
        "id": "exit-ticket",
        "term": "exit ticket",
        "plain": "A last question.",
        "swap": {"sg": "end-of-class question", "pl": "end-of-class questions"},
    },
    {
        "id": "intervention",
        "term": "intervention",
        "plain": "Extra teaching.",
        "match": {
            "variants": ["interventionist"],
            "cue": {"near": ["reading", "class", "student", "small-group"]},
            "skip": {"near": ["army"]},
        },
        "swap": {"sg": "extra help", "pl": "extra help"},
    },
    {
        "id": "decode",
        "term": "decode",
        "pos": "verb",
        "plain": "To sound out.",
        "swap": {"base": "sound out", "s": "sounds out", "ed": "sounded out", "ing": "sounding out"},
    },
    {
        "id": "support-tier",
        "term": "tier 2",
        "plain": "A level of help.",
        "match": {
            "variants": ["tier 1"],
            "cue": {"near": ["support", "reading", "school"]},
            "skip": {"near": ["cake"]},
        },
        "swap": {"sg": "small-group help"},
    },
    {
        "id": "plan-504",
        "term": "504 plan",
        "plain": "A plan for health needs.",
        "match": {"variants": ["504"]},
    },
    {
        "id": "push-in",
        "term": "push-in",
        "plain": "Help inside the classroom.",
        "match": {"hyphen": "needed"},
    },
    {
        "id": "common-core",
        "term": "Common Core",
        "pos": "name",
        "plain": "A list of skills.",
        "match": {"case": "title"},
    },
    {
        "id": "smart-goal",
        "term": "SMART goal",
        "plain": "A clear goal.",
        "match": {"case": "upper_first_word"},
    },
    {"id": "specials", "term": "special", "plain": "Art or music.", "match": {"det": "needed"}},
    {
        "id": "proficient",
        "term": "proficient",
        "pos": "adj",
        "plain": "Able to do it.",
        "swap": {"sg": "good enough"},
    },
    {
        "id": "scaffold",
        "term": "scaffold",
        "pos": "verb",
        "plain": "To help step by step.",
        "match": {"cue": {"near": ["lesson"]}},
    },
    {
        "id": "benchmark",
        "term": "benchmark",
        "plain": "A check-up.",
        "match": {"variants": ["benchmark test"], "cue": {"near": ["benchmark", "test", "fall"]}},
    },
    {"id": "quick-exit", "term": "quick exit", "plain": "A way out.", "match": {"cue": {"near": ["drill"]}}},
    {"id": "bachelors", "term": "bachelor's", "plain": "Four years of college."},
    {"id": "lau", "term": "Lau v. Nichols", "pos": "name", "plain": "A court's word on language."},
    {"id": "resume", "term": "résumé", "plain": "A page about one's work."},
]
"""A small glossary with one entry for each rule of matching."""


def small_glossary() -> Glossary:
    """Return a glossary of ``ENTRIES``."""
    return from_data({"entries": ENTRIES})
