"""The class is for other grades than was said: other questions and pages, while no child has written anything."""

from __future__ import annotations

from typing import Any, get_args

from portfolio import files
from portfolio.errors import InputRefused, PortfolioError
from portfolio.model import AgeBand
from portfolio.moments.other_grades import PLAN, follow, who_has_written
from portfolio.moments.room import Outcome
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.template_settle import TEMPLATE, exchange, settle
from portfolio.store.template_pair import Pair

__all__ = ["change_band", "who_has_written"]


def change_band(desk: TeacherDesk, band: str) -> Outcome:
    """Give the class the questions and pages for other grades, all of it or nothing.

    What was there is kept in ``.portfolio/templates``. Raises ``InputRefused`` once a child has written something:
    its words would have no place.
    """
    wanted = next((known for known in get_args(AgeBand) if known == band), None)
    if wanted is None:
        raise InputRefused("Choose the grades from the list.", field="band")
    folder, store, say = desk.folder, desk.store, desk.say
    settle(folder, store)
    if store.school_class().age_band == wanted == _band_of_file(desk):
        return Outcome(say=say("The class has these grades already."))
    from portfolio.store.template_file import parse_template

    new = _files_for(wanted, store.school_class().name)
    template = parse_template(new.template_text, TEMPLATE)

    def check(before: Pair) -> dict[str, Any]:
        written = who_has_written(store)
        if written:
            raise InputRefused(
                "{name} has written in a book already, so the grades stay. For other grades, make another class.",
                name=written[0],
            )
        return _about(before)

    exchange(
        folder,
        store,
        new,
        desk.now(),
        check=check,
        plan={PLAN: wanted},
        books=lambda: follow(store, template),
    )
    return Outcome(
        say=say("The books ask what fits these grades now. What was there before is kept beside it.")
    )


def _band_of_file(desk: TeacherDesk) -> str:
    """Return the grades class.yaml is for; "" if it cannot be read."""
    try:
        return desk.folder.template().age_band
    except PortfolioError:
        return ""


def _files_for(band: AgeBand, name: str) -> Pair:
    from portfolio.store.notebook_new import conference_notebook, student_notebook
    from portfolio.store.template_file import load_template

    source = files.class_templates() / f"{band}.yaml"
    template = load_template(source)
    return Pair(
        source.read_bytes(),
        student_notebook(template, name).encode(),
        conference_notebook(template, name).encode(),
    )


def _about(before: Pair) -> dict[str, Any]:
    """Return what is kept beside what was there: which version it was, if that can be read."""
    from portfolio.store.template_file import parse_template

    try:
        template = parse_template(before.template_text, TEMPLATE)
    except PortfolioError:
        return {"unreadable": [TEMPLATE]}
    return {"version": template.version, "title": template.title}
