"""A plan for a roster in words: what is read from which column, who is new, what changes, what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from portfolio.errors import N_
from portfolio.model import Household, Student
from portfolio.rules.roster import Changed, Column, Difference, Remark, RosterPlan
from portfolio.rules.roster_columns import letter
from portfolio.words import Speech
from portfolio.words.language_names import all_named

ROLE_WORDS = {
    "name": N_("name"),
    "first": N_("first name"),
    "last": N_("family name"),
    "preferred": N_("preferred name"),
    "say": N_("how to say the name"),
    "pronouns": N_("pronouns"),
    "grade": N_("grade"),
    "homeroom": N_("homeroom"),
    "id": N_("id in this class"),
    "guardian": N_("grown-up"),
    "guardian_first": N_("grown-up, first name"),
    "guardian_last": N_("grown-up, family name"),
    "language": N_("language they read"),
    "spoken": N_("language they speak"),
    "interpreter": N_("interpreter"),
    "household": N_("home"),
}
LEFT_OUT_WORDS = {
    "not needed": N_("left out: we do not need it"),
    "not used": N_("left out: it is not used here"),
    "not understood": N_("left out: not understood"),
    "not wanted": N_("left out, as you said"),
    "twice": N_("left out: there is another column for it"),
}
SURE_WORDS = {"likely": N_("probably"), "guess": N_("a guess, please look"), "asked": N_("as you said")}
CHANGE_WORDS = {
    "name": N_("name"),
    "say it": N_("how to say the name"),
    "pronouns": N_("pronouns"),
    "grade": N_("grade"),
    "homeroom": N_("homeroom"),
    "home": N_("home"),
    "adults": N_("grown-ups"),
    "languages": N_("languages"),
    "interpreter": N_("interpreter"),
}


def as_lines(plan: RosterPlan, say: Speech) -> list[str]:
    """Return the preview: columns, children, warnings and troubles, and a count."""
    return [
        say("What the columns are:"),
        *(f"  {_column_line(column, say)}" for column in plan.columns),
        *_hint(plan, say),
        *_block(say("New:"), (student_line(student, say) for student in plan.new)),
        *_block(say("Changed:"), (line for one in plan.changed for line in _changed_lines(one, say))),
        *_block(say("In the class, but not in the file (they stay):"), (_named(s) for s in plan.missing)),
        *_block(say("Please look at:"), (in_words(one, say) for one in plan.warnings)),
        *_block(say("Not read:"), (in_words(one, say) for one in plan.troubles)),
        "",
        say(
            "{new} new, {changed} changed, {same} as before, {missing} not in the file, {troubles} not read.",
            new=len(plan.new),
            changed=len(plan.changed),
            same=len(plan.same),
            missing=len(plan.missing),
            troubles=len(plan.troubles),
        ),
    ]


def _hint(plan: RosterPlan, say: Speech) -> list[str]:
    """Return how to have a column read that was not understood."""
    column = next((c for c in plan.columns if c.left_out == "not understood" and c.heading), None)
    if column is None:
        return []
    return [
        say(
            "Do we need one that was not understood? Say what it is, each time you import: "
            "--column language={column}",
            column=letter(column.index),
        )
    ]


def _block(title: str, lines: Iterator[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return ["", title, *found] if found else []


def in_words(said: Remark, say: Speech) -> str:
    """Return a remark in the reader's language."""
    return say(said.msgid, **said.values)


def _column_line(column: Column, say: Speech) -> str:
    told = (
        say(ROLE_WORDS[column.role])
        if column.role
        else say(LEFT_OUT_WORDS[column.left_out or "not understood"])
    )
    if column.home > 1:
        told += f" {column.home}"
    if column.role and column.sure in SURE_WORDS:
        told += f" ({say(SURE_WORDS[column.sure])})"
    # what we do not need is not shown either: somebody may look over the shoulder
    shown = (
        " · ".join(s[:30] for s in column.samples)
        if column.role or column.left_out == "not understood"
        else ""
    )
    heading = f" “{column.heading[:40]}”" if column.heading else ""
    return f"{letter(column.index)}{heading}: {told}" + (f"  [{shown}]" if shown else "")


def student_line(student: Student, say: Speech) -> str:
    """Return a child on one line: id, name, homes with the languages they read."""
    homes = "; ".join(_home(home, say) for home in student.households)
    return f"{_named(student)}: {homes}" if homes else _named(student)


def _named(student: Student) -> str:
    return f"{student.student_id}  {student.name}"


def _home(home: Household, say: Speech) -> str:
    wants = f", {say('interpreter')}" if home.interpreter else ""
    return f"{home.label or home.household_id} ({all_named(home.reads, say.lang) or say('language not known yet')}{wants})"


def _changed_lines(one: Changed, say: Speech) -> Iterator[str]:
    yield _named(one.before)
    for change in one.differences:
        yield f"  {_change(change, say)}"


def _change(change: Difference, say: Speech) -> str:
    values = (change.before, change.after)
    if change.what in ("languages", "home"):
        whole = change.what == "languages"
        values = (
            languages_named(change.before, whole=whole, say=say),
            languages_named(change.after, whole=whole, say=say),
        )
    before, after = (say(v) for v in values) if change.what == "interpreter" else values
    of = f" ({change.of})" if change.of else ""
    return f"{say(CHANGE_WORDS[change.what])}{of}: {before or '–'} → {after or '–'}"


_TAG = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_TAGS = re.compile(f"{_TAG}(?:, {_TAG})*")


def languages_named(text: str, *, whole: bool, say: Speech) -> str:
    """Return a text with its language tags by name: all of it, or what stands in brackets at its end."""
    if whole:
        return " / ".join(
            all_named(filter(None, part.split(", ")), say.lang) for part in text.split(" / ")
        ).strip(" /")
    label, bracket, rest = text.rpartition(" (")
    if bracket and rest.endswith(")") and _TAGS.fullmatch(rest[:-1]):
        return f"{label} ({all_named(rest[:-1].split(', '), say.lang)})"
    return text


def as_data(plan: RosterPlan, say: Speech, *, imported: bool) -> dict[str, Any]:
    """Return the plan as plain data for JSON; ``imported`` says whether it was done."""
    return {
        "imported": imported,
        "columns": [
            {
                "column": letter(c.index), "heading": c.heading, "is": c.role or None, "home": c.home or None,
                "sure": c.sure, "left_out": c.left_out or None,
            }
            for c in plan.columns
        ],
        "new": [student_data(student) for student in plan.new],
        "changed": [
            {
                "student": one.after.student_id,
                "changes": [
                    {"what": d.what, "of": d.of or None, "from": d.before, "to": d.after} for d in one.differences
                ],
            }
            for one in plan.changed
        ],
        "same": [student.student_id for student in plan.same],
        "missing": [student.student_id for student in plan.missing],
        "warnings": [{"row": one.row or None, "says": in_words(one, say)} for one in plan.warnings],
        "troubles": [{"row": one.row or None, "says": in_words(one, say)} for one in plan.troubles],
    }  # fmt: skip


def student_data(student: Student) -> dict[str, Any]:
    """Return a child as plain data: what a roster tells of it."""
    return {
        "student": student.student_id,
        "name": student.name,
        "say_it": student.say_it,
        "pronouns": student.pronouns,
        "grade": student.grade,
        "homeroom": student.class_name,
        "households": [
            {
                "household": home.household_id,
                "label": home.label,
                "adults": list(home.adults),
                "reads": list(home.reads),
                "speaks": list(home.speaks),
                "interpreter": home.interpreter,
            }
            for home in student.households
        ],
    }
