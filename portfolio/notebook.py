"""EDGE: what the first cell of a notebook calls.

Whose book (or whose desk: the teacher has one, too) it is: under ``portfolio serve`` a signed line in the kernel's environment says so, and nothing
else counts. A teacher who opens the notebook in JupyterLab (or runs it with ``jupyter execute``) works on
the class folder the notebook lies in, with the first child of the roster or the one asked for. Outside of
any class the sample class is shown, in a temporary folder.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from portfolio.errors import NotAllowed, PortfolioError
from portfolio.moments.arrivals import inside_address, served_address
from portfolio.moments.classes import begin
from portfolio.moments.conference.table import Table
from portfolio.moments.desk import StudentDesk
from portfolio.moments.help_pictures import picture_address
from portfolio.moments.spoken import spoken_address
from portfolio.moments.teacher.room import TeacherDesk, WayIn
from portfolio.moments.template_settle import settle
from portfolio.serve.keys import key_fingerprint, new_key
from portfolio.serve.passes import family_pass
from portfolio.serve.visit import (
    ADDRESS_VARIABLE,
    CLASS_VARIABLE,
    PAGE_VARIABLE,
    PASSING_VARIABLE,
    PRACTISE,
    WAY_VARIABLE,
    class_folder,
    current_visit,
)
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.store.port import ClassStore
from portfolio.store.uploads import Uploads

if TYPE_CHECKING:
    from portfolio.widgets.desk import Conference, Desk
    from portfolio.widgets.rehearsal import Rehearsal
    from portfolio.widgets.rooms import Rooms

_D = TypeVar("_D", bound=StudentDesk)


@dataclass(frozen=True)
class Opened:
    """A class folder, its store, and whose book is open."""

    folder: ClassFolder
    store: ClassStore
    student_id: str
    by: str
    served: bool


def _now() -> datetime:
    return datetime.now(UTC)


def _opened(student: str | None, environ: Mapping[str, str]) -> Opened:
    """Return what this kernel may open. Raises ``NotAllowed`` or ``NotFound`` with a sentence."""
    if environ.get(CLASS_VARIABLE):
        folder = open_class(class_folder(environ))
        visit = current_visit(environ, folder.secret.read_bytes())
        if visit.role != "student":
            raise NotAllowed("This is a child’s book, and you came in as the teacher. Go to your own desk.")
        return Opened(folder, folder.store(), visit.student_id, visit.role, served=True)
    folder = _folder_without_visit(environ)
    store = folder.store()
    roster = store.students()
    chosen = student or (roster[0].student_id if roster else "")
    return Opened(folder, store, store.student(chosen).student_id, "teacher", served=False)


def _folder_without_visit(environ: Mapping[str, str]) -> ClassFolder:
    """Return the class for somebody in JupyterLab. Raises ``NotAllowed`` below another server's Voilà."""
    if environ.get("SERVER_SOFTWARE", "").startswith("voila/"):
        raise NotAllowed("Nobody has come in through the door of the class. Please open the book from there.")
    return _folder_here()


def _folder_here() -> ClassFolder:
    """Return the class folder the notebook lies in, else the sample class in a temporary folder."""
    here = Path.cwd()
    if (here / "class.yaml").is_file():
        return open_class(here)
    from portfolio.moments.sample import make_sample, sample_classes

    place = Path(tempfile.mkdtemp(prefix="portfolio-")) / "class"
    return make_sample(sample_classes()[0], place, at=_now(), randomness=secrets.token_bytes)


def _desk(opened: Opened, kind: type[_D]) -> _D:
    with suppress(
        PortfolioError
    ):  # a change of the template that was cut off comes to its end first, if it can
        settle(opened.folder, opened.store)
    template, outline = opened.folder.template(), opened.folder.outline()
    begin(opened.store, template, opened.student_id, _now().date())
    book = book_of(opened.store, template, outline, opened.student_id)
    return kind(
        store=opened.store,
        book=book,
        now=_now,
        new_id=lambda: secrets.token_hex(4),
        by=opened.by,
        uploads=Uploads(opened.folder.hidden / "uploads"),
        address=served_address if opened.served else inside_address(opened.store, opened.student_id),
        spoken=spoken_address(opened.folder, served=opened.served),
        pictures=picture_address(opened.folder, served=opened.served),
        glossary=opened.folder.glossary,
    )


def open_desk(student: str | None = None) -> Desk:
    """Return the desk of the child this notebook is for: ``desk.section("strengths")`` shows a page of it.

    ``student`` (an id) chooses a child where a teacher opens the notebook; for a visiting child it does
    nothing. Raises ``NotAllowed`` or ``NotFound`` with a sentence.
    """
    from portfolio.widgets.desk import Desk
    from portfolio.widgets.host import OpenDesk

    opened = _opened(student, os.environ)
    return Desk(OpenDesk(_desk(opened, StudentDesk), served=opened.served))


def open_rehearsal(student: str | None = None) -> Rehearsal:
    """Return the rehearsal of the child this notebook is for: ``rehearsal.section("say")`` shows a page of it.

    ``student`` as in :func:`open_desk`.
    """
    from portfolio.moments.rehearsal import RehearsalDesk
    from portfolio.widgets.rehearsal import Rehearsal
    from portfolio.widgets.rehearsal_host import OpenRehearsal

    opened = _opened(student, os.environ)
    return Rehearsal(OpenRehearsal(_desk(opened, RehearsalDesk), served=opened.served))


def open_conference(student: str | None = None, *, practise: bool = False) -> Conference:
    """Return the conference of the child this notebook is for: ``conference.show()`` shows it.

    ``student`` as in :func:`open_desk`. With ``practise`` the child is alone: its own lines stand below the slides,
    and nothing is written to the meeting. Under our server the address of the page decides, and nothing else.
    """
    from portfolio.widgets.desk import Conference
    from portfolio.widgets.host import OpenTalk
    from portfolio.widgets.table_host import OpenTable

    opened = _opened(student, os.environ)
    alone = os.environ.get(PAGE_VARIABLE) == PRACTISE if opened.served else practise
    table = replace(_table(opened), practise=alone)
    return Conference(OpenTalk(OpenTable(table), served=opened.served))


def _table(opened: Opened) -> Table:
    """Return the table of this child's meeting; whoever has no book of this round yet gets one."""
    with suppress(PortfolioError):  # a change of the template that was cut off comes to its end first
        settle(opened.folder, opened.store)
    begin(opened.store, opened.folder.template(), opened.student_id, _now().date())
    return Table(
        folder=opened.folder,
        store=opened.store,
        student_id=opened.student_id,
        now=_now,
        today=lambda: _now().astimezone().date(),
        new_id=lambda: secrets.token_hex(4),
        by=opened.by,
        address=served_address if opened.served else None,
        family_pass=partial(_family_pass(opened.folder) if opened.served else _no_pass, opened.student_id),
        glossary=opened.folder.glossary,
    )


def _teachers_seat(environ: Mapping[str, str]) -> tuple[ClassFolder, str, bool]:
    """Return the class, the id of the teacher at its desk, and whether our server started this kernel.

    Raises ``NotAllowed`` for a child's kernel, whatever its notebook says.
    """
    if environ.get(CLASS_VARIABLE):
        folder = open_class(class_folder(environ))
        visit = current_visit(environ, folder.secret.read_bytes())
        if visit.role != "teacher" or not visit.teacher_id:
            raise NotAllowed("This is the teacher’s desk. Please open your own book.")
        return folder, visit.teacher_id, True
    from portfolio.serve.teacher_start import who_sits

    folder = _folder_without_visit(environ)
    store = folder.store()
    try:
        return folder, who_sits(store, ""), False
    finally:
        store.close()


def open_teacher_desk() -> Rooms:
    """Return the teacher's own desk, to show at the end of a cell: the class, and every child's book.

    Raises ``NotAllowed`` or ``NotFound`` with a sentence.
    """
    from portfolio.widgets.rooms import Rooms
    from portfolio.widgets.rooms_host import OpenRooms

    folder, teacher_id, served = _teachers_seat(os.environ)
    desk = TeacherDesk(
        folder=folder,
        store=folder.store(),
        teacher_id=teacher_id,
        now=_now,
        today=lambda: _now().astimezone().date(),
        new_id=lambda: secrets.token_hex(4),
        randomness=secrets.token_bytes,
        new_key=new_key,
        fingerprint=key_fingerprint,
        address=os.environ.get(ADDRESS_VARIABLE, "") if served else "",
        way_in=cast("WayIn", os.environ.get(WAY_VARIABLE, "")) if served else "",
        address_passes=bool(os.environ.get(PASSING_VARIABLE, "")) and served,
        family_pass=_family_pass(folder) if served else _no_pass,
    )
    return Rooms(OpenRooms(desk, served=served))


def _family_pass(folder: ClassFolder) -> Callable[[str, str], str]:
    """Return what makes the address a home (ids of child and home) opens on its own phone."""
    secret, address = folder.secret.read_bytes(), os.environ.get(ADDRESS_VARIABLE, "")
    store = folder.store()
    try:
        class_id = store.school_class().class_id
    finally:
        store.close()

    def of(student_id: str, household_id: str) -> str:
        return family_pass(secret, class_id, student_id, address, _now)(household_id)

    return of


def _no_pass(student_id: str, household_id: str) -> str:
    del student_id, household_id
    return ""


def warm(*, teacher: bool = False) -> None:
    """Import what desk and conference need, and fill caches that are the same for everybody.

    With ``teacher`` also what the first screen of the teacher's desk needs. For a process that kernels are
    forked from. Reads nothing of any class, and brings in none of matplotlib, nbformat, nbconvert.
    """
    from portfolio.carry import source
    from portfolio.store import sql, upgrade
    from portfolio.views import icons, pages
    from portfolio.widgets import desk, host
    from portfolio.words import find
    from portfolio.words.glossary import starter

    del sql, upgrade, pages, desk, host
    icons.load_icons()
    source.script()
    source.loader()
    source.own_styles()
    find("My IEP has a rubric.", starter())  # reads the school words, and makes what the first search makes
    if teacher:
        _warm_teacher()


def _warm_teacher() -> None:
    from portfolio.carry import source
    from portfolio.moments.teacher import rooms as doors
    from portfolio.widgets import rooms, rooms_host

    del rooms, rooms_host
    source.rooms()
    with suppress(ImportError):  # the desk itself tells of it: children's kernels must not wait for its sake
        import_module(next(door.module for door in doors.DOORS if door.name == doors.FIRST))
