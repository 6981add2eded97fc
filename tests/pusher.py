"""A program that brings another template into a class and is killed at one step of it after the other.

``pusher.py CLASS PLACE [grades]`` copies the class folder to PLACE/1, PLACE/2, …, and pushes in each (or gives the
class other grades): in the first it dies
(at once, without any cleaning up) before its first step on the disk, in the second before its second, and so on,
until one comes to its end. It says one line for each: the number, and ``killed`` or ``done``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from portfolio.model import ClassTemplate
from portfolio.moments.template_push import push, review
from portfolio.store import atomic, database
from portfolio.store.class_folder import ClassFolder

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RENAMES = {"me": "about_me", "me.love": "likes"}
KILLED = 9


def other(template: ClassTemplate) -> tuple[ClassTemplate, list[str]]:
    """Return a template where the page "me" and a question of it go by other names, "friends" is open, "goals" is out."""
    sections = []
    for section in template.sections:
        if section.section_id == "me":
            named = (p.but(field="likes") if p.field == "love" else p for p in section.prompts)
            sections.append(section.but(section_id="about_me", title="All about me", prompts=tuple(named)))
        else:
            sections.append(section.but(shown_to_family=True))
    agendas = tuple(
        a.but(
            steps=tuple(
                s.but(sections=tuple("about_me" if n == "me" else n for n in s.sections)) for s in a.steps
            )
        )
        for a in template.agendas
    )
    after = template.but(sections=tuple(sections), agendas=agendas)
    return after, [s.section_id for s in sections if s.section_id != "goals"]


def push_other(folder: ClassFolder) -> None:
    """Push it."""
    store = folder.store()
    looked = review(folder, store, *other(folder.template()), renames=RENAMES)
    push(folder, store, looked, by="teacher:t", at=AT)
    store.close()


def give_other_grades(folder: ClassFolder) -> None:
    """Give the class (in which nobody has written) the questions for its youngest grades."""
    from portfolio.moments.teacher.setup_band import change_band
    from tests.teachers import teacher_desk

    desk = teacher_desk(folder)
    change_band(desk, "k-2")
    desk.store.close()


def _die_at(step: int) -> None:
    """Die before the ``step``-th time anything is put on the disk for good."""
    done = count(1)

    def counted(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def instead(*args: Any, **more: Any) -> Any:
            if next(done) == step:
                os._exit(KILLED)
            return real(*args, **more)

        setattr(owner, name, instead)

    counted(atomic.PosixDisk, "replace")
    counted(atomic.PosixDisk, "sync")
    counted(Path, "rename")
    counted(Path, "unlink")
    counted(database.Database, "_commit")


def main(source: Path, place: Path, work: Callable[[ClassFolder], None]) -> None:
    """Kill as often as there are steps."""
    for number in count(1):
        folder = ClassFolder(place / str(number))
        shutil.copytree(source, folder.path)
        child = os.fork()
        if child == 0:
            _die_at(number)
            work(folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, KILLED):
            raise SystemExit("the push itself failed")
        if status == 0:
            print(number, "done", flush=True)  # noqa: T201 - it speaks to the test
            return
        print(number, "killed", flush=True)  # noqa: T201 - it speaks to the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), give_other_grades if sys.argv[3:] else push_other)
