"""The notebooks a class begins with: one heading and one call for each section of its template."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from portfolio.errors import N_
from portfolio.model import ClassTemplate, Section
from portfolio.rules.rehearsal import PAGES
from portfolio.words import speak

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")

_FOR_TEACHERS = """\
This notebook is the outline of every child's book: one heading and one cell for each section.

- Move, delete or add cells as you like. Desk, meeting and home file follow.
- A heading you change is the section's title everywhere.
- Your own texts and pictures, in cells you add, are shown to everybody.
- What a section asks is written in `class.yaml`.

This first cell is only for you. It is shown nowhere."""

_FOR_CONFERENCE = """\
This notebook shows the meeting of the child who has signed in. Its sections and their order come from
`student.ipynb`."""

_FOR_THE_TEACHERS_DESK = """\
This notebook is the teacher's own desk. Open it with `portfolio teacher`, or run the cell below.
If this file is missing, it is made again."""

_FOR_REHEARSAL = """\
In this notebook a child gets ready for its meeting: what it will say, what it shows in place of speaking, how
often it has practised. Only the child and its teacher ever see it. If this file is missing, it is made again."""

_FRAME = {
    "opening": N_("Opening your book…"),
    "late": N_("Some of your book did not open. Please load this page again, or tell your teacher."),
    "trouble": N_("Something on this page did not work. What you wrote is safe. Please tell your teacher."),
    "noscript": N_("This page needs JavaScript. Please tell your teacher."),
    "skip": N_("To the page"),
}
"""What the page around a notebook says before anything else has arrived."""

_TEACHERS_FRAME = {
    **_FRAME,
    "opening": N_("Opening your desk…"),
    "late": N_("Your desk did not open. Please load this page again."),
    "trouble": N_("Your desk did not open. What was saved is safe. Please load this page again."),
    "noscript": N_("This page needs JavaScript. Please turn it on in this browser."),
}
"""The same for the teacher's desk."""


def student_notebook(template: ClassTemplate, school_class_name: str) -> str:
    """Return the notebook of the desks as JSON text (nbformat 4.5): every section, in the template's order.

    The same template and name always give the same text.
    """
    title = f"# {_as_written(school_class_name)}\n\n{_FOR_TEACHERS}"
    cells = [
        _cell("markdown", "opening", title, {"part": "opening"}),
        _cell("code", "set-up", "import portfolio\n\ndesk = portfolio.open_desk()\ndesk"),
    ]
    for section in template.sections:
        cells += section_cells(section)
    return _notebook([*cells, _cell("code", "closing", "desk.done()")], "desk", template.language)


def conference_notebook(template: ClassTemplate, school_class_name: str) -> str:
    """Return the notebook that shows the conference, as JSON text (nbformat 4.5).

    It has no sections of its own: what is shown follows the notebook of the desks.
    """
    title = f"# {_as_written(school_class_name)}\n\n{_as_written(template.title)}. {_FOR_CONFERENCE}"
    cells = [
        _cell("markdown", "opening", title, {"part": "opening"}),
        _cell("code", "set-up", "import portfolio\n\nconference = portfolio.open_conference()"),
        _cell("code", "show", "conference.show()"),
    ]
    return _notebook(cells, "conference", template.language)


def teacher_notebook(school_class_name: str, language: str) -> str:
    """Return the notebook of the teacher's own desk, as JSON text (nbformat 4.5), in this language (BCP 47)."""
    title = f"# {_as_written(school_class_name)}\n\n{_FOR_THE_TEACHERS_DESK}"
    cells = [
        _cell("markdown", "opening", title, {"part": "opening"}),
        _cell("code", "desk", "import portfolio\n\nportfolio.open_teacher_desk()"),
    ]
    return _notebook(cells, "teacher", language, _TEACHERS_FRAME)


def rehearsal_notebook(school_class_name: str, language: str) -> str:
    """Return the notebook of the rehearsals, as JSON text (nbformat 4.5), in this language (BCP 47)."""
    say = speak(language)
    cells = [
        _cell(
            "markdown",
            "opening",
            f"# {_as_written(school_class_name)}\n\n{_FOR_REHEARSAL}",
            {"part": "opening"},
        ),
        _cell("code", "set-up", "import portfolio\n\nrehearsal = portfolio.open_rehearsal()\nrehearsal"),
    ]
    for name, title, _ in PAGES:
        ours = {"section": name, "title": say(title)}
        cells.append(_cell("markdown", f"heading-{name}", f"## {say(title)}", ours))
        cells.append(_cell("code", f"section-{name}", f"rehearsal.section({json.dumps(name)})"))
    return _notebook([*cells, _cell("code", "closing", "rehearsal.done()")], "desk", language)


def section_cells(section: Section) -> list[dict[str, Any]]:
    """Return the two cells of a section in a notebook of format 4.5: its heading, and the call that shows it."""
    name = section.section_id
    ours = {"section": name, "title": section.title}
    return [
        _cell("markdown", _cell_id("heading", name), f"## {section.title}", ours),
        _cell("code", _cell_id("section", name), f"desk.section({json.dumps(name)})"),
    ]


def _cell(kind: str, cell_id: str, source: str, ours: dict[str, str] | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": cell_id,
        "metadata": {"portfolio": ours} if ours else {},
        "source": source.splitlines(keepends=True),
    }
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell


def _cell_id(part: str, section: str) -> str:
    """Return an id that stays the same for a section; a name that notebooks cannot hold is hashed."""
    plain = f"{part}-{section}"
    if _CELL_ID.fullmatch(plain):
        return plain
    return f"{part}-{hashlib.sha256(section.encode()).hexdigest()[:16]}"


def _as_written(text: str) -> str:
    """Return a line of text so that Markdown shows it as it is."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def _notebook(
    cells: list[dict[str, Any]], page_kind: str, language: str, frame: Mapping[str, str] = _FRAME
) -> str:
    """Return the notebook; the page around it learns which kind it is and speaks this language."""
    say = speak(language)
    page = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "portfolio": {
                "page": page_kind,
                "lang": say.lang,
                "dir": say.direction,
                "words": {key: say(text) for key, text in frame.items()},
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    # as nbformat writes it, so that a first save in JupyterLab changes nothing
    return json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
