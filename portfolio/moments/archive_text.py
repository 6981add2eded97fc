"""A portfolio as plain text: every word somebody wrote, with the question it answers. For reading in ten years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portfolio.errors import N_
from portfolio.model import ClassTemplate, Passage, Portfolio, Record, Student
from portfolio.model.portfolio import SHELF
from portfolio.words import Speech

_TITLES = {
    "answers": N_("Answers"),
    "strengths": N_("Strengths"),
    "work": N_("Work"),
    "growth_pairs": N_("Then and now"),
    "growing": N_("Not easy yet"),
    "ratings": N_("How I work"),
    "look_backs": N_("Looking back at goals"),
    "goals": N_("Goals"),
    "cues": N_("The child’s own cue lines"),
    "agreements": N_("Agreements"),
    "teacher_page": N_("The teacher’s notes"),
    "comments": N_("The teacher’s words to the child"),
    "home_words": N_("What homes told before the meeting"),
    "replies": N_("Letters from the family"),
    "concerns": N_("Concerns of the family"),
    "statements": N_("Shown in place of speaking"),
    "practices": N_("How the child has practised"),
    "to_teacher": N_("What homes told the teacher alone"),
    "parked": N_("Kept for later"),
    "meetings": N_("How the meeting was held"),
    "namings": N_("Who may be named in the copies for homes"),
}
"""What each shelf of a portfolio is called; a shelf that is not here goes by its own name."""


_LEFT_OUT = N_("What homes told the teacher alone is not in this file.")


def everything(
    student: Student, portfolio: Portfolio, template: ClassTemplate | None, say: Speech, *, whole: bool = True
) -> str:
    """Return a portfolio as text, shelf by shelf: field names as in ``portfolio.json``, questions as asked.

    Without ``whole`` it says what was left out, whether there was any of it or not.
    """
    meta = portfolio.meta
    head = f"{student.name} · {meta.round}"
    lines = [
        head,
        "=" * len(head),
        "",
        f"{meta.portfolio_id} · {meta.started_on.isoformat()} · {meta.language}",
        *(() if whole else ("", say(_LEFT_OUT))),
    ]
    for shelf in SHELF.values():
        entries = getattr(portfolio, shelf)
        if not entries:
            continue
        title = say(_TITLES.get(shelf, shelf))
        lines += ["", "", title, "-" * len(title)]
        for entry in entries:
            lines += ["", f"[{entry.entry_id}]", *_asked(entry, template), *_said(entry)]
    return "\n".join(lines) + "\n"


def _asked(entry: Record, template: ClassTemplate | None) -> Iterator[str]:
    """Yield the page and the question an answer belongs to, as the class template has them now."""
    name, field = getattr(entry, "section", None), getattr(entry, "prompt", getattr(entry, "question", None))
    section = template.section(name) if template and name else None
    if section is None:
        return
    prompt = section.prompt(field) if field else None
    yield f"{section.title}: {prompt.ask}" if prompt else section.title


def _said(record: Record, indent: str = "") -> Iterator[str]:
    for name, value in record:
        if name not in ("entry_id", "kind") and value not in (None, "", (), Passage()):
            yield from _line(name, value, indent)


def _line(name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Passage):
        yield f"{indent}{name} ({value.lang}): {_block(value.text, indent)}"
        for other in value.translations:
            by = " ".join(part for part in (other.made_by, other.translator) if part)
            yield f"{indent}{name} ({other.lang}, {by}): {_block(other.text, indent)}"
    elif isinstance(value, Record):
        yield f"{indent}{name}:"
        yield from _said(value, indent + "    ")
    elif isinstance(value, tuple) and any(isinstance(item, Record) for item in value):
        for number, item in enumerate(value, 1):
            yield from _line(f"{name} {number}", item, indent)
    else:
        shown = ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
        yield f"{indent}{name}: {shown}"


def _block(text: str, indent: str) -> str:
    """Return a text so that its further lines stand under its first."""
    return text.replace("\n", f"\n{indent}    ")
