"""The forms of a page and of a question, as text and back."""

from __future__ import annotations

from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import Prompt, Section
from portfolio.moments.teacher.setup_keep import Values, line
from portfolio.rules import template_edit as edit
from portfolio.rules.template_choices import NOTHING, Had, choices_from
from portfolio.views.icons import load_icons

LONGEST_TITLE: Final = 120
_LONGEST_LINES: Final = 4_000


def page_values(section: Section) -> dict[str, str]:
    """Return what the form of a page shows, by field; a tick is "1" or ""."""
    return {
        "title": section.title,
        "intro": section.intro,
        "icon": section.icon,
        "at_least": str(section.at_least),
        "at_most": str(section.at_most),
        "kept_for_the_table": str(section.kept_for_the_table),
        "shown_to_family": "1" if section.shown_to_family else "",
    }


def page_from(section: Section, told: Values) -> Section:
    """Return a page as its form says. Raises ``InputRefused``, naming the field."""
    title = line(told["title"], "title", LONGEST_TITLE)
    if not title:
        raise InputRefused("A page needs a title.", field="title")
    counts = {
        name: number(told[name], name, most, getattr(section, name))
        for name, most in (("at_least", 12), ("at_most", 12), ("kept_for_the_table", 3))
    }
    counts["at_most"] = max(counts["at_most"], counts["at_least"], 1)
    if counts["kept_for_the_table"] and counts["kept_for_the_table"] >= counts["at_most"]:
        raise InputRefused("Leave at least one for before the meeting.", field="kept_for_the_table")
    icon = told["icon"] if told["icon"] in load_icons() else section.icon
    return edit.changed(
        section,
        title=title,
        intro=line(told["intro"], "intro", _LONGEST_LINES),
        icon=icon,
        shown_to_family=bool(told["shown_to_family"]),
        **counts,
    )


def question_values(prompt: Prompt) -> dict[str, str]:
    """Return what the form of a question shows, by field."""
    return {
        "ask": prompt.ask,
        "hint": prompt.hint,
        "lead": prompt.lead,
        "starters": "\n".join(prompt.starters),
        "words": str(prompt.words or ""),
        "at_most": str(prompt.at_most or ""),
        "choices": "\n".join(choice.label for choice in prompt.choices),
        "picture_alt": prompt.picture_alt,
    }


def question_from(prompt: Prompt, told: Values, fixed: tuple[str, ...], had: Had = NOTHING) -> Prompt:
    """Return a question as its form says; fields that do not go with its control stay. Raises ``InputRefused``.

    ``fixed`` and ``had`` as in :func:`portfolio.rules.template_choices.choices_from`.
    """
    ask = line(told["ask"], "ask", LONGEST_TITLE * 2)
    if not ask:
        raise InputRefused("A question needs words.", field="ask")
    changes: dict[str, object] = {"ask": ask, "hint": line(told["hint"], "hint", _LONGEST_LINES)}
    if prompt.control in edit.WRITTEN:
        changes["lead"] = line(told["lead"], "lead", LONGEST_TITLE)
        changes["starters"] = _lines(told["starters"], "starters")
        changes["words"] = number(told["words"], "words", 1000, 0) or None
    if prompt.control in edit.COUNTED:
        changes["at_most"] = number(told["at_most"], "at_most", 12, 0) or None
    if prompt.control in edit.CHOSEN:
        changes["choices"] = choices_from(_lines(told["choices"], "choices"), prompt.choices, fixed, had)
    if prompt.picture:
        changes["picture_alt"] = (
            line(told["picture_alt"], "picture_alt", LONGEST_TITLE * 2) or prompt.picture_alt
        )
    return edit.changed(prompt, **changes)


def _lines(text: str, field: str) -> tuple[str, ...]:
    return tuple(line(one, field, LONGEST_TITLE) for one in edit.lines_of(text))


def number(text: str, field: str, most: int, otherwise: int) -> int:
    """Return a number from a form, ``otherwise`` for none. Raises ``InputRefused`` for anything else."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 6) or int(text) > most:
        raise InputRefused("Write a number up to {most}.", most=most, field=field)
    return int(text)
