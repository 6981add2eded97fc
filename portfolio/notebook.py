"""EDGE: what the first cell of a notebook calls.

Whose book it is: under ``portfolio serve`` a signed line in the kernel's environment says so, and nothing
else counts. A teacher who opens the notebook in JupyterLab (or runs it with ``jupyter execute``) works on
the class folder the notebook lies in, with the first child of the roster or the one asked for. Outside of
any class the sample class is shown, in a temporary folder.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.errors import NotAllowed
from portfolio.moments.arrivals import inside_address, served_address
from portfolio.moments.classes import begin
from portfolio.moments.desk import StudentDesk
from portfolio.moments.home import kept_charts
from portfolio.moments.spoken import spoken_address
from portfolio.moments.talk import talk_html
from portfolio.serve.visit import CLASS_VARIABLE, class_folder, current_visit
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.store.port import ClassStore
from portfolio.store.uploads import Uploads

if TYPE_CHECKING:
    from portfolio.widgets.desk import Conference, Desk


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
        return Opened(folder, folder.store(), visit.student_id, visit.role, served=True)
    if environ.get("SERVER_SOFTWARE", "").startswith("voila/"):
        raise NotAllowed("Nobody has come in through the door of the class. Please open the book from there.")
    folder = _folder_here()
    store = folder.store()
    roster = store.students()
    chosen = student or (roster[0].student_id if roster else "")
    return Opened(folder, store, store.student(chosen).student_id, "teacher", served=False)


def _folder_here() -> ClassFolder:
    """Return the class folder the notebook lies in, else the sample class in a temporary folder."""
    here = Path.cwd()
    if (here / "class.yaml").is_file():
        return open_class(here)
    from portfolio.moments.sample import make_sample, sample_classes

    place = Path(tempfile.mkdtemp(prefix="portfolio-")) / "class"
    return make_sample(sample_classes()[0], place, at=_now(), randomness=secrets.token_bytes)


def _desk(opened: Opened) -> StudentDesk:
    template, outline = opened.folder.template(), opened.folder.outline()
    begin(opened.store, template, opened.student_id, _now().date())
    book = book_of(opened.store, template, outline, opened.student_id)
    return StudentDesk(
        store=opened.store,
        book=book,
        now=_now,
        new_id=lambda: secrets.token_hex(4),
        by=opened.by,
        uploads=Uploads(opened.folder.hidden / "uploads"),
        address=served_address if opened.served else inside_address(opened.store, opened.student_id),
        spoken=spoken_address(opened.folder, served=opened.served),
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
    return Desk(OpenDesk(_desk(opened), served=opened.served))


def open_conference(student: str | None = None) -> Conference:
    """Return the conference of the child this notebook is for: ``conference.show()`` shows it.

    ``student`` as in :func:`open_desk`.
    """
    from portfolio.widgets.desk import Conference
    from portfolio.widgets.host import OpenDesk, OpenTalk

    opened = _opened(student, os.environ)
    desk = _desk(opened)
    address = served_address if opened.served else None
    draw, glossary = kept_charts(opened.folder.charts), opened.folder.glossary()
    page = talk_html(desk.book, opened.store, draw, address, glossary)
    return Conference(OpenTalk(OpenDesk(desk, served=opened.served), page))


def warm() -> None:
    """Import what desk and conference need, and fill caches that are the same for everybody.

    For a process that kernels are forked from. Reads nothing of any class, and brings in none of matplotlib,
    nbformat, nbconvert.
    """
    from portfolio.store import sql, upgrade
    from portfolio.views import icons, pages
    from portfolio.widgets import desk, host, source
    from portfolio.words import find
    from portfolio.words.glossary import starter

    del sql, upgrade, pages, desk, host
    icons.load_icons()
    source.script()
    source.loader()
    source.own_styles()
    find("My IEP has a rubric.", starter())  # reads the school words, and makes what the first search makes
