"""Sending home: a folder of files for each household of a child, for one child or the whole class.

The plain door: neither nbformat nor nbconvert is imported, and matplotlib only where a drawing is new.
The other door (:mod:`portfolio.export`) makes its page with the same :func:`portfolio.moments.home.home_file`.
What is ready and would be the same again is not made again (:mod:`portfolio.moments.run_manifest`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.moments.class_run import Limits, Stop, make_all, stoppable
from portfolio.moments.home_maker import Task, Told, Work
from portfolio.moments.home_tidy import Swept, tidied
from portfolio.moments.run_manifest import FileMade, Home, Made, Manifest, one_run
from portfolio.moments.run_pace import Pace
from portfolio.moments.run_plan import Plan, Planned, chosen_students, planned
from portfolio.moments.sent import Run, Sent, Watching, Wishes
from portfolio.store.atomic import told_kindly
from portfolio.store.class_folder import ClassFolder
from portfolio.views.room import HOME_LIMIT

__all__ = ["Run", "Sent", "Watching", "Wishes", "chosen_students", "run_home", "send_home"]


def send_home(
    folder: ClassFolder,
    *,
    students: Sequence[str] = (),
    out: Path | None = None,
    limit: int = HOME_LIMIT,
    only_looked_at: bool = False,
    on_each: Callable[[Sent], None] = lambda _: None,
) -> tuple[Sent, ...]:
    """Do :func:`run_home` with the usual wishes and return what became of each home."""
    wishes = Wishes(tuple(students), out, limit=limit, only_looked_at=only_looked_at)
    return run_home(folder, wishes, Watching(on_each)).sent


def run_home(
    folder: ClassFolder, wishes: Wishes, watching: Watching | None = None, *, stop: Stop | None = None
) -> Run:
    """Make the files of the homes that are wished for, and return what became of each.

    Each file is whole or not at all. Trouble with one child never stops the others: it is told in ``Sent.trouble``.
    What an earlier run has left and no home of today has is taken away if it is surely ours (``Run.tidied``).
    Ctrl-C stops after what has begun; so does whoever sets ``stop``. Raises ``NotFound`` if an id is unknown,
    ``StorageTrouble`` if the class cannot be read, its place not be written, or while another run makes files there.
    """
    began = time.monotonic()
    target = (wishes.out or folder.home).absolute()
    with stoppable(stop) as mark, one_run(folder, target):
        plan = planned(folder, wishes, target)
        with told_kindly(target):
            target.mkdir(parents=True, exist_ok=True)
        sent = _carried_out(folder, wishes, plan, watching or Watching(), mark)
        homes = {one.home: one.stem for one in plan.homes}
        chosen = frozenset(plan.order) if wishes.students else None
        left = tidied(
            plan.manifest, Swept(target, homes, _of_now(sent), chosen, target == folder.home.absolute())
        )
    return Run(sent, left, mark.asked, time.monotonic() - began)


def _carried_out(
    folder: ClassFolder, wishes: Wishes, plan: Plan, watching: Watching, stop: Stop
) -> tuple[Sent, ...]:
    found = {one.home: one.sent for one in plan.homes if one.sent is not None}
    by_home = {one.home: one for one in plan.homes}
    target = (wishes.out or folder.home).absolute()
    tasks = _tasks(plan)
    pace = Pace(sum(len(task.homes) for task in tasks), time.monotonic())
    watching.on_pace(pace)
    for sent in (*plan.alone, *found.values()):
        watching.on_each(sent)
    work = Work(folder, target, wishes.limit, wishes.budget, wishes.doors, wishes.make)
    with closing(make_all(work, tasks, Limits(wishes.workers, wishes.seconds), stop)) as coming:
        for told in coming:
            if told is None:
                pace.look(time.monotonic())
            else:
                one = by_home[told[0].student_id, told[1].household_id]
                found[one.home] = _kept(plan.manifest, target, one, told[1])
                pace.step(time.monotonic())
                watching.on_each(found[one.home])
            watching.on_pace(pace)
    return _in_order(plan, found, target, stop)


def _tasks(plan: Plan) -> tuple[Task, ...]:
    """Return what is to be made, child by child."""
    todo: dict[str, list[tuple[str, str]]] = {}
    for one in plan.homes:
        if one.sent is None:
            todo.setdefault(one.student.student_id, []).append((one.household.household_id, one.stem))
    return tuple(Task(student_id, tuple(homes)) for student_id, homes in todo.items())


def _kept(manifest: Manifest, target: Path, planned: Planned, told: Told) -> Sent:
    """Note what became of a home, and return it."""
    student, household, looked = planned.student, planned.household, planned.looked
    if told.trouble is not None or not told.files:
        return Sent(student, household, None, 0, told.trouble or _untold(), looked, writing=planned.writing)
    before = manifest.of(planned.home)
    damaged = told.beside is not None or any(one.why == "damaged" for one in told.missing)
    made = Made(
        home=planned.home,
        state="" if damaged else planned.state,
        files=told.files,
        missing=tuple((one.kind, one.why) for one in told.missing),
        older=_older(before, told.files),
        seconds=round(told.seconds, 3),
    )
    with suppress(PortfolioError):  # a line that cannot be written makes a file anew, nothing worse
        manifest.put(made)
    files = tuple(target / file.name for file in told.files)
    return Sent(
        student,
        household,
        files[0],
        told.files[0].size,
        looked=looked,
        files=files,
        missing=told.missing,
        beside=told.beside,
        writing=planned.writing,
    )


def _older(before: Made | None, now: tuple[FileMade, ...]) -> tuple[FileMade, ...]:
    """Return what was made for a home earlier and is not of now: to be taken away."""
    names = {file.name for file in now}
    return tuple(file for file in (*before.files, *before.older) if file.name not in names) if before else ()


def _in_order(plan: Plan, found: dict[Home, Sent], target: Path, stop: Stop) -> tuple[Sent, ...]:
    """Return what became of each, in the order of the class, whatever was done first."""
    by_student: dict[str, list[Sent]] = {student_id: [] for student_id in plan.order}
    for sent in plan.alone:
        by_student[sent.student.student_id].append(sent)
    for one in plan.homes:
        rest = Sent(one.student, one.household, None, 0, looked=one.looked)
        rest = replace(rest, stopped=True) if stop.asked else replace(rest, trouble=_untold())
        sent = found.get(one.home, rest)
        if sent.path is None and (target / one.stem / f"{one.stem}.html").exists():
            sent = replace(sent, earlier=True)
        by_student[one.student.student_id].append(sent)
    return tuple(sent for several in by_student.values() for sent in several)


def _of_now(sent: Sequence[Sent]) -> frozenset[Home]:
    """Return the homes whose files are of now."""
    return frozenset(
        (one.student.student_id, one.household.household_id) for one in sent if one.household and one.path
    )


def _untold() -> StorageTrouble:
    return StorageTrouble(
        "The program that makes the file broke, and nobody knows why. Make the file of this home again."
    )
