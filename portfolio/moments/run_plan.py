"""Before files for homes are made: who there is, what their files are called, and what is ready already."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from portfolio.errors import NotFound, PortfolioError
from portfolio.model import Household, PortfolioMeta, Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.home import kit_of
from portfolio.moments.home_names import file_name, names_in
from portfolio.moments.run_manifest import Home, Made, Manifest
from portfolio.moments.run_state import Child, States, children_of
from portfolio.moments.sent import Sent, Wishes
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.views.room import Missing, What, Why

MOST_NAMED = 60
"""Ids a sentence names at most; nobody reads a thousand."""


@dataclass(frozen=True)
class Planned:
    """One home: what its files are called, from which state they would be made, and what is known already."""

    student: Student
    household: Household
    stem: str
    state: str
    looked: LookState
    writing: bool = False
    sent: Sent | None = None
    """What became of it, if nothing needs to be made."""

    @property
    def home(self) -> Home:
        """The ids."""
        return self.student.student_id, self.household.household_id


@dataclass(frozen=True)
class Plan:
    """What a run has to do: every home of the children that were asked for, and what is known of earlier runs.

    ``alone`` are children without a home, ``order`` all children by id.
    """

    homes: tuple[Planned, ...]
    alone: tuple[Sent, ...]
    order: tuple[str, ...]
    manifest: Manifest


def planned(folder: ClassFolder, wishes: Wishes, target: Path) -> Plan:
    """Read who there is and what is ready. Raises ``NotFound`` and ``StorageTrouble``."""
    manifest = Manifest(folder, target)
    store = folder.reading()
    try:
        chosen = chosen_students(store, wishes.students)
        everybody = not wishes.students
        style = wishes.doors.names if wishes.doors else "id"
        names = names_in(store, chosen, style, everybody=everybody)
        states = States(manifest, folder, store, _plain(folder, store, wishes))
        school_round = store.school_class().round
        homes: list[Planned] = []
        for child in children_of(store, chosen, everybody=everybody):
            looked, writing = _looked(store, child, school_round), _writes(child.meta(school_round))
            for home, stem in _named(child.student, names):
                state = states.of(child, home.household_id, stem)
                one = Planned(child.student, home, stem, state, looked or "not_yet", writing)
                if out_for := _out_for(one, wishes, known=looked is not None):
                    one = replace(one, sent=_left_out(one, out_for))
                elif not wishes.again:
                    one = _with_what_is_ready(one, manifest.of(one.home), target)
                homes.append(one)
    finally:
        store.close()
    alone = tuple(
        Sent(student, None, None, 0, _nobody(student)) for student in chosen if not student.households
    )
    order = tuple(student.student_id for student in chosen)
    return Plan(tuple(homes), alone, order, manifest)


def _plain(folder: ClassFolder, store: ClassStore, wishes: Wishes) -> Iterator[str]:
    """Yield what is wished for, as text: another wish makes another file."""
    kit = kit_of(folder, store, limit=wishes.limit, budget=wishes.budget)
    told = {"store", "draw", "glossary", "secret"}  # the class itself, its files, and what seals
    for field in dataclasses.fields(kit):
        if field.name not in told:
            yield f"{field.name}={getattr(kit, field.name)!r}"
    yield repr(wishes.doors)


def _named(student: Student, names: Mapping[tuple[str, str], str]) -> Iterator[tuple[Household, str]]:
    """Yield a child's homes with what their folders and files are called."""
    for home in student.households:
        name = names.get((student.student_id, home.household_id)) or file_name(student, home)
        yield home, name.removesuffix(".html")


def _looked(store: ClassStore, child: Child, round_name: str) -> LookState | None:
    """Return whether a teacher has looked at the book; ``None`` if there is none: making its file says why."""
    meta = child.meta(round_name)
    try:
        return looked_at(store, meta).state if meta is not None else None
    except PortfolioError:
        return None


def _writes(meta: PortfolioMeta | None) -> bool:
    """Return whether a child still writes its book: neither has it said that it is ready, nor has a teacher."""
    return meta is not None and meta.status in ("draft", "practising") and meta.approved is None


def _out_for(one: Planned, wishes: Wishes, *, known: bool) -> Literal["", "not_looked_at", "writing"]:
    """Return why a home is left out, as it was asked for; a book nobody ``known`` of is tried, and says what is wrong."""
    if wishes.only_looked_at and known and one.looked != "looked_at":
        return "not_looked_at"
    return "writing" if wishes.only_ready and one.writing else ""


def _left_out(one: Planned, out_for: Literal["", "not_looked_at", "writing"]) -> Sent:
    return Sent(one.student, one.household, None, 0, looked=one.looked, writing=one.writing, out_for=out_for)


def still_writing(folder: ClassFolder, students: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of those whose book for a home is still being written, in roster order; ``students``: ids, none is all.

    Raises ``NotFound`` for an unknown id and ``StorageTrouble``.
    """
    store = folder.reading()
    try:
        chosen, now = chosen_students(store, students), store.school_class().round
        children = children_of(store, chosen, everybody=not students)
        return tuple(
            one.student.name for one in children if one.student.households and _writes(one.meta(now))
        )
    finally:
        store.close()


def _with_what_is_ready(one: Planned, made: Made | None, target: Path) -> Planned:
    """Return the plan for a home; if its files are there and would be the same again, with what they are."""
    if not one.state or made is None or made.state != one.state or not made.is_whole(target):
        return one
    files = tuple(target / file.name for file in made.files)
    # the list holds two words of ours each, and nothing that anybody wrote
    missing = tuple(Missing("", cast("Why", why), cast("What", kind)) for kind, why in made.missing)
    sent = Sent(
        one.student,
        one.household,
        files[0],
        made.files[0].size,
        looked=one.looked,
        files=files,
        missing=missing,
        unchanged=True,
        writing=one.writing,
    )
    return replace(one, sent=sent)


def chosen_students(store: ClassStore, students: Sequence[str]) -> tuple[Student, ...]:
    """Return the students with these ids, the whole roster for none. Raises ``NotFound`` naming the known."""
    if not students:
        return store.students()
    wanted = dict.fromkeys(students)  # whoever is named twice is sent once
    # a school is not read for one child
    return tuple(_known_student(store, student_id) for student_id in wanted)


def _known_student(store: ClassStore, student_id: str) -> Student:
    try:
        return store.student(student_id)
    except NotFound as error:
        ids = [student.student_id for student in store.students()]
        shown = ", ".join(ids[:MOST_NAMED]) + (" …" if len(ids) > MOST_NAMED else "")
        raise NotFound(
            "There is no student “{student}” in this class. Known are: {known}.",
            student=student_id,
            known=shown or "–",
        ) from error


def _nobody(student: Student) -> NotFound:
    return NotFound("{student} has no household yet. Add one, then send again.", student=student.name)
