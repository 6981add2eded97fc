"""Class templates made up by hypothesis: every shape a file may say, with texts that are hard to write down."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from portfolio.model import AgendaPreset, AgendaStep, Choice, ClassTemplate, Column, Prompt, Section
from portfolio.model.fields import BESIDE_A_RATING, RECORD, askable, controls_for
from portfolio.model.template import Holds, Speaker
from portfolio.store.template_checks import CHOSEN, COUNTED, WRITTEN
from portfolio.store.template_sentences import literals_of, record_in

ODD_IDS = (
    "null",
    "yes",
    "no",
    "on",
    "true",
    "1",
    "007",
    "2026-10-05",
    "1e3",
    "0x1f",
    "12_30",
    "a-",
    "con",
    "n",
)
"""Names YAML would take for something else."""

ODD_TEXTS = (
    "", "null", "~", "yes", "3.10", "2026-10-05", "- a", "? a", ": a", "a: b", "a #b", "#", "'", '"', "''", "\\", "\\n", "{n}", "[a, b]",
    "{a: b}", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "a,", "What?", "Ä", "مرحبا", "你好", "👩‍👩‍👧", "\ufeffa", "\u200fa", "e\u0301", "a  b",
    "…", "— a", "a:", ":a", "=", "<<", "a\u2028b", "0o7", "x" * 1_500,
)  # fmt: skip

ids = st.sampled_from(ODD_IDS) | st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
lines = st.sampled_from(ODD_TEXTS) | st.text(max_size=40)


def _unique(of: st.SearchStrategy[str], at_least: int, at_most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(of, min_size=at_least, max_size=at_most, unique=True)


@st.composite
def scales(draw: st.DrawFn, allowed: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Draw a list of choices, of ids that are allowed where only some are."""
    names = draw(_unique(st.sampled_from(allowed) if allowed else ids, 1, min(4, len(allowed) or 4)))
    return tuple(Choice(id=name, label=draw(lines), icon=draw(st.none() | ids)) for name in names)


@st.composite
def prompts(draw: st.DrawFn, holds: Holds, field: str, shared: tuple[Choice, ...]) -> Prompt:
    """Draw a question that fits a section and a field."""
    control = draw(st.sampled_from(controls_for(holds, field)))
    more: dict[str, Any] = {}
    if control in WRITTEN:
        more["lead"] = draw(lines)
        more["starters"] = tuple(draw(st.lists(lines, max_size=3)))
        more["words"] = draw(st.none() | st.integers(1, 1000))
    if control in COUNTED:
        more["at_most"] = draw(st.none() | st.integers(1, 12))
    if control in CHOSEN:
        name = "answer" if holds == "ratings" else field
        kept = RECORD[holds].model_fields.get(name) if holds != "answers" else None
        allowed = literals_of(kept.annotation) if kept else ()
        more["choices"] = draw(scales(allowed) if allowed else st.just(shared) | scales())
    if control == "rows":
        row = record_in(RECORD[holds].model_fields[field].annotation)
        assert row is not None
        asked = draw(_unique(st.sampled_from(list(row.model_fields)), 1, 3))
        more["columns"] = tuple(Column(field=one, ask=draw(lines)) for one in asked)
    more["spoken"] = draw(st.sampled_from(["", "hello.mp3"]))
    more["picture"], more["picture_alt"] = draw(st.sampled_from([("", ""), ("clock.png", "A clock")]))
    return Prompt(field=field, ask=draw(lines), control=control, hint=draw(lines), **more)


@st.composite
def sections(draw: st.DrawFn, name: str, shared: tuple[Choice, ...]) -> Section:
    """Draw a section with the questions its records can hold."""
    holds: Holds = draw(st.sampled_from(get_args(Holds)))
    if holds == "answers":
        fields = draw(_unique(ids, 0, 3))
    elif holds == "ratings":
        fields = draw(_unique(ids | st.sampled_from(BESIDE_A_RATING), 0, 3))
    else:
        fields = draw(_unique(st.sampled_from(sorted(askable(holds))), 0, 4))
    at_most = draw(st.integers(1, 12))
    return Section(
        section_id=name,
        title=draw(lines),
        icon=draw(ids),
        holds=holds,
        speaker=draw(st.sampled_from(get_args(Speaker))),
        intro=draw(lines),
        each=draw(st.sampled_from(["", "Piece {n}", "One", "{n}: {n}"])),
        add=draw(lines),
        at_least=draw(st.integers(0, at_most)),
        at_most=at_most,
        kept_for_the_table=draw(st.integers(0, min(3, at_most - 1))),
        shown_to_family=draw(st.booleans()),
        optional=draw(st.booleans()),
        prompts=tuple(draw(prompts(holds, field, shared)) for field in fields),
    )


@st.composite
def agendas(draw: st.DrawFn, name: str, known: list[str]) -> AgendaPreset:
    """Draw an agenda whose minutes add up."""
    steps = tuple(
        AgendaStep(
            step_id=step,
            title=draw(lines),
            speaker=draw(st.sampled_from(get_args(Speaker))),
            minutes=draw(st.integers(1, 60)),
            sections=tuple(draw(_unique(st.sampled_from(known), 0, 2))),
            private=draw(st.booleans()),
            at_most=draw(st.none() | st.integers(1, 12)),
        )
        for step in draw(_unique(ids, 1, 3))
    )
    child = sum(step.minutes for step in steps if not step.private)
    everybody = sum(step.minutes for step in steps)
    return AgendaPreset(
        preset_id=name, title=draw(lines), child_minutes=child, all_minutes=everybody, steps=steps
    )


@st.composite
def templates(draw: st.DrawFn) -> ClassTemplate:
    """Draw a class template that a file may say."""
    shared = draw(scales())
    names = draw(_unique(ids, 1, 4))
    return ClassTemplate(
        template_id=draw(ids),
        version=draw(st.integers(1, 10_000)),
        title=draw(lines),
        age_band=draw(st.sampled_from(["k-2", "3-5", "6-8", "9-12"])),
        language=draw(st.sampled_from(["en", "es", "zh-Hans", "no"])),
        about_words=draw(st.integers(1, 500)),
        sections=tuple(draw(sections(name, shared)) for name in names),
        agendas=tuple(draw(agendas(name, names)) for name in draw(_unique(ids, 1, 2))),
    )
