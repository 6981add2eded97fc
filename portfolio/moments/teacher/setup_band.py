"""The class is for other grades than was said: other questions and pages, while no child has written anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from portfolio import files
from portfolio.errors import InputRefused
from portfolio.model import AgeBand, ClassTemplate
from portfolio.moments.classes import untouched
from portfolio.moments.teacher.room import Outcome, TeacherDesk
from portfolio.store.atomic import write_atomically
from portfolio.store.port import ClassStore


def who_has_written(store: ClassStore) -> tuple[str, ...]:
    """Return the names of the children in whose books is anything at all, in any round, in roster order."""
    rounds = store.all_rounds()
    return tuple(
        student.name
        for student in store.students()
        if any(not untouched(store, meta.portfolio_id) for meta in rounds.get(student.student_id, ()))
    )


def change_band(desk: TeacherDesk, band: str) -> Outcome:
    """Give the class the questions and pages for other grades. What was there is kept in ``.portfolio/templates``.

    Raises ``InputRefused`` once a child has written something: its words would have no place.
    """
    wanted = next((known for known in get_args(AgeBand) if known == band), None)
    if wanted is None:
        raise InputRefused("Choose the grades from the list.", field="band")
    store, say = desk.store, desk.say
    if store.school_class().age_band == wanted:
        return Outcome(say=say("The class has these grades already."))
    from portfolio.store.template_file import load_template

    source = files.class_templates() / f"{wanted}.yaml"
    template = load_template(source)
    with store.together():
        written = who_has_written(store)
        if written:
            raise InputRefused(
                "{name} has written in a book already, so the grades stay. For other grades, make another class.",
                name=written[0],
            )
        school = store.school_class()
        _keep_books(store, wanted, template)
        store.keep_class(school.but(age_band=wanted))
        _replace(desk, _new_files(desk, source, template, school.name))
    return Outcome(
        say=say("The books ask what fits these grades now. What was there before is kept beside it.")
    )


def _keep_books(store: ClassStore, band: AgeBand, template: ClassTemplate) -> None:
    """Tell every (empty) book that it follows another template now."""
    for rounds in store.all_rounds().values():
        for meta in rounds:
            kept, version = store.meta(meta.portfolio_id)
            agenda = kept.agenda.but(preset=template.agendas[0].preset_id, minutes=())
            after = kept.but(
                age_band=band,
                template_id=template.template_id,
                template_version=template.version,
                agenda=agenda,
                sections=(),
                next_teacher=(),
            )
            store.keep_meta(after, expected=version)


def _new_files(desk: TeacherDesk, source: Path, template: ClassTemplate, name: str) -> Mapping[Path, bytes]:
    from portfolio.store.notebook_file import conference_notebook, student_notebook

    folder = desk.folder
    return {
        folder.student_notebook: student_notebook(template, name).encode(),
        folder.conference_notebook: conference_notebook(template, name).encode(),
        folder.template_file: source.read_bytes(),
    }


def _replace(desk: TeacherDesk, new: Mapping[Path, bytes]) -> None:
    """Write these files, all or none of them, and keep what was in their place."""
    before = {path: path.read_bytes() for path in new if path.is_file()}
    beside = desk.folder.hidden / "templates" / desk.now().strftime("%Y%m%dT%H%M%SZ")
    beside.mkdir(parents=True, exist_ok=True)
    for path, data in before.items():
        write_atomically(beside / path.name, data)
    try:
        for path, data in new.items():
            write_atomically(path, data)
    except BaseException:
        for path, data in before.items():
            write_atomically(path, data)
        raise
