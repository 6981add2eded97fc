"""The books of a class in which nobody has written yet follow the questions for other grades."""

from __future__ import annotations

import contextlib
from typing import Final

from portfolio.errors import NotFound, PortfolioError
from portfolio.model import ClassTemplate
from portfolio.moments.classes import untouched
from portfolio.store import template_pair as pairs
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.template_file import parse_template

PLAN: Final = "other-grades"
"""What is said of such a change while it is under way."""


def who_has_written(store: ClassStore) -> tuple[str, ...]:
    """Return the names of the children in whose books is anything at all, in any round, in roster order."""
    rounds = store.all_rounds()
    return tuple(
        student.name
        for student in store.students()
        if any(not untouched(store, meta.portfolio_id) for meta in rounds.get(student.student_id, ()))
    )


def follow(store: ClassStore, template: ClassTemplate) -> None:
    """Tell the class and every (empty) book that it follows another template now. May be done twice."""
    for rounds in store.all_rounds().values():
        for meta in rounds:
            kept, version = store.meta(meta.portfolio_id)
            after = kept.but(
                age_band=template.age_band,
                template_id=template.template_id,
                template_version=template.version,
                agenda=kept.agenda.but(preset=template.agendas[0].preset_id, minutes=()),
                sections=(),
                next_teacher=(),
            )
            if after != kept:
                store.keep_meta(after, expected=version)
    store.keep_class(store.school_class().but(age_band=template.age_band))


def settle_grades(folder: ClassFolder, store: ClassStore, coming: pairs.Coming) -> bool:
    """Finish a change of grades that a crash has interrupted, or undo it; return whether it is done now.

    It is undone if a child has written meanwhile, or somebody has changed a file: that file stays as it is now.
    """
    try:
        template = parse_template(coming.after.template_text, folder.template_file.name)
    except PortfolioError:
        return False
    done = store.school_class().age_band == template.age_band
    free = not who_has_written(store)
    if done or (free and pairs.still_wanted(folder, coming)):
        if free:
            follow(store, template)
        pairs.only_those_of(folder, coming, coming.after)
        return True
    stamp = str(coming.about.get("earlier", ""))
    with contextlib.suppress(NotFound):  # nobody is to be kept from the desk because a copy was deleted
        pairs.only_those_of(folder, coming, pairs.earlier_pair(folder, stamp)[0])
        pairs.forget_earlier(folder, stamp)
    return False
