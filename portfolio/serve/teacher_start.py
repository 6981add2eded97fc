"""What must be there before a teacher's desk can be served: a class, a teacher in it, the desk's notebook."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from portfolio.errors import NotFound
from portfolio.model import Teacher
from portfolio.moments.classes import new_class
from portfolio.serve.keys import Randomness
from portfolio.serve.teacher_visits import TeacherVisits
from portfolio.store import trouble
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.store.notebook_new import teacher_notebook
from portfolio.store.own_word import OwnWord
from portfolio.store.port import ClassStore
from portfolio.words import Speech

FIRST_TEACHER: Final = "teacher-1"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class TeacherStart:
    """Serve the teacher's own desk, too.

    ``wanted`` is the id of the teacher who will sit there, "" the first one of the class. ``show`` opens an
    address in the browser of this computer; without it the link is only told.
    """

    wanted: str = ""
    show: Callable[[str], None] | None = None


def class_or_new(
    path: Path, *, now: datetime, randomness: Randomness, tell: Tell, say: Speech
) -> ClassFolder:
    """Return the class in a folder; where nothing is yet, make one that is to be set up at the desk.

    Raises ``NotFound`` for a folder with other things in it, ``StorageTrouble`` if it cannot be made.
    """
    if not _nothing_in(path):
        return open_class(path)
    made = new_class(
        path,
        name=path.resolve().name,
        band="3-5",
        round_name=str(now.year),
        students=(),
        today=now.date(),
        randomness=randomness,
        teacher_names=("",),
    )
    tell(say("There was no class in {path}. A new one is there now, with no children yet.", path=made.path))
    return made


def _nothing_in(path: Path) -> bool:
    try:
        return not path.exists() or (path.is_dir() and not any(path.iterdir()))
    except OSError:
        return False  # opening it says what is wrong


def who_sits(store: ClassStore, wanted: str) -> str:
    """Return the id of the teacher who sits at the desk: ``wanted``, else the first of the class.

    A class without teachers gets one with an empty name. Raises ``NotFound`` with who there is.
    """
    with store.together():
        school = store.school_class()
        if not school.teachers:
            school = school.but(teachers=(Teacher(teacher_id=FIRST_TEACHER, name=""),))
            store.keep_class(school)
    if not wanted:
        return school.teachers[0].teacher_id
    if wanted not in {one.teacher_id for one in school.teachers}:
        known = (f"{one.teacher_id} ({one.name})" if one.name else one.teacher_id for one in school.teachers)
        raise NotFound(
            "“{teacher}” is no teacher of this class. There is: {known}.",
            teacher=trouble.shown(wanted),
            known=", ".join(known),
        )
    return wanted


def desk_notebook(folder: ClassFolder, store: ClassStore) -> Path:
    """Return the notebook of the teacher's desk, made now if it is missing. Raises ``StorageTrouble``."""
    path = trouble.regular(folder.teacher_notebook)
    if not path.exists():
        school = store.school_class()
        write_atomically(path, teacher_notebook(school.name, school.language).encode("utf-8"))
    return path


def visits_of(folder: ClassFolder, store: ClassStore, wanted: str) -> TeacherVisits:
    """Return the teacher's door of a class, for the teacher ``wanted``. Raises as :func:`who_sits`."""
    teacher_id = who_sits(store, wanted)

    def called() -> str:
        found = (one.name for one in store.school_class().teachers if one.teacher_id == teacher_id)
        return next(found, "")

    return TeacherVisits(teacher_id, secrets.token_bytes, called, own_word=OwnWord(folder.hidden, teacher_id))


def tell_link(
    teachers: TeacherVisits, start: TeacherStart, url: str, *, now: datetime, tell: Tell, say: Speech
) -> None:
    """Tell the teacher's link and whether there is a word to come back with; later links are told as well.

    The desk is opened in the browser if that is wanted.
    """

    def link(key: str) -> str:
        return f"{url}t/{key}"

    teachers.tell = lambda key: tell(
        say(
            "The teacher’s link that was used is over. The new one: {address}",
            address=link(key),
        )
    )
    tell(say("The teacher’s desk: {address}", address=link(teachers.new_key())))
    if teachers.word is not None:
        tell(say("There is a word to come back with, too: {address}", address=f"{url}t"))
    else:
        tell(say("There is no word to come back with yet. At the desk: “Setting up”, then “The class”."))
    if start.show is not None:
        start.show(link(teachers.new_opening(now)))
