"""Opening a class to its children: links given out, the server started, addresses told."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Final

from portfolio.errors import N_, InputRefused, NotFound, TemplateMistake
from portfolio.model import Student
from portfolio.moments.classes import begin
from portfolio.moments.links import LINKS, links_for_all
from portfolio.rules.door_pictures import WORDS, secret_names
from portfolio.serve.class_door import ClassDoor
from portfolio.serve.door import Setup
from portfolio.serve.keys import key_fingerprint, new_key, read_or_make_secret
from portfolio.serve.run import serve
from portfolio.serve.teacher_start import TeacherStart, desk_notebook, tell_link, visits_of
from portfolio.serve.visit import utc_now
from portfolio.store import trouble
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.notebook_new import rehearsal_notebook
from portfolio.store.port import ClassStore
from portfolio.store.recordings import Recordings
from portfolio.store.uploads import Uploads
from portfolio.words import Speech, speak

Tell = Callable[[str], None]

GRACE = 10
"""Seconds a server gets to close by itself."""


def serve_class(
    folder: ClassFolder,
    *,
    links: bool,
    port: int,
    address: str,
    public_url: str,
    new_links: bool,
    tell: Tell,
    say: Speech,
    secret_pictures: bool = False,
    teacher: TeacherStart | None = None,
) -> None:
    """Serve a class until told to stop, and tell where its doors are.

    With ``links`` every child has a link of its own, else children find themselves on a picture roster on
    this computer; there, with ``secret_pictures``, each also picks two pictures that only it knows. ``say``
    words what is told. With ``teacher`` the teacher's own desk is served, too; a class without children is no
    trouble then. Raises ``InputRefused`` for secret pictures where there are links.
    """
    if links and secret_pictures:
        raise InputRefused("A personal link needs no secret pictures. Leave out one of the two.")
    store = folder.store()
    try:
        Uploads(folder.hidden / "uploads").tidy(utc_now())
        _begin_all(folder, store, teacher)
        teachers = visits_of(folder, store, teacher.wanted) if teacher else None
        given = links and not (teachers and not store.students())
        keys = links_for_all(folder, store, new_key, key_fingerprint, renew=new_links) if given else ()
        notebooks = childrens_notebooks(folder, store)
        if teachers:
            notebooks["teacher"] = desk_notebook(folder, store)

        def ready(url: str) -> None:
            if teacher and teachers:
                tell_link(teachers, teacher, url, now=utc_now(), tell=tell, say=say)
            tell(say("{name} is open at {address}", name=store.school_class().name, address=url))
            _tell_links(keys, url, folder.path / LINKS, tell, say)
            if links and not (port or public_url):
                tell(say(PASSES))
            if secret_pictures:
                tell(say("Each child’s secret pictures: portfolio serve {path} --cards", path=folder.path))
            tell(say("Close with Ctrl+C."))

        serve(
            folder.path,
            ClassDoor(store, Recordings(folder.media), folder),
            setup=Setup.PERSONAL_LINKS if links else Setup.ONE_MACHINE,
            notebooks=notebooks,
            on_ready=ready,
            port=port,
            address=address,
            public_url=public_url or None,
            translate=speak(store.school_class().language),
            secret_pictures=secret_pictures,
            teachers=teachers,
        )
    finally:
        store.close()


def childrens_notebooks(folder: ClassFolder, store: ClassStore) -> dict[str, Path]:
    """Return the notebooks of the pages behind a child's door; the rehearsal's is made now if it is missing.

    Raises ``StorageTrouble``.
    """
    path = trouble.regular(folder.rehearsal_notebook)
    if not path.exists():
        school = store.school_class()
        write_atomically(path, rehearsal_notebook(school.name, school.language).encode("utf-8"))
    return {"desk": folder.student_notebook, "talk": folder.conference_notebook, "lines": path}


def _begin_all(folder: ClassFolder, store: ClassStore, teacher: TeacherStart | None) -> None:
    """Give everybody a book of this round.

    If what the books ask cannot be read, the teacher's desk opens all the same: there it can be put right.
    """
    with suppress(TemplateMistake) if teacher else nullcontext():
        for student in store.students():
            begin(store, folder.template(), student.student_id, utc_now().date())


PASSES: Final = N_(
    "This address is another one at the next start: cards printed now will not open then. For cards that last, leave "
    "out --port 0."
)
"""What is told where any free port was taken and children have links."""


def _tell_links(keys: Sequence[tuple[Student, str]], url: str, path: Path, tell: Tell, say: Speech) -> None:
    for student, key in keys:
        tell(f"  {student.name}: {url}k/{key}")
    if keys:
        tell(say("The links are also in {path}. Give each child only its own.", path=path))


def tell_cards(folder: ClassFolder, *, tell: Tell, say: Speech) -> None:
    """Tell the teacher by which picture each child finds itself, and its two secret pictures; nothing is kept.

    Raises ``StorageTrouble`` if the secret of the class is damaged.
    """
    secret = read_or_make_secret(folder.secret)
    store = folder.store()
    try:
        for student in store.students():
            first, second = (say(WORDS[name]) for name in secret_names(student.student_id, secret))
            line = say("secret pictures: {first}, then {second}", first=first, second=second)
            tell(f"{student.name} ({say(WORDS.get(student.picture, student.picture))}): {line}")
    finally:
        store.close()


def serve_talk(folder: ClassFolder, student_id: str, *, port: int, tell: Tell, say: Speech) -> None:
    """Open one child's conference on this computer until told to stop: a link that works while it runs."""
    store = folder.store()
    key = new_key()
    try:
        student = store.student(student_id)
        begin(store, folder.template(), student_id, utc_now().date())
        store.add_key(student_id, key_fingerprint(key))
        serve(
            folder.path,
            ClassDoor(store, Recordings(folder.media), folder),
            setup=Setup.PERSONAL_LINKS,
            notebooks=childrens_notebooks(folder, store),
            on_ready=lambda url: tell(
                say("{name}’s meeting: {address}", name=student.name, address=f"{url}k/{key}?to=talk")
            ),
            port=port,
            translate=speak(store.school_class().language),
        )
    finally:
        store.drop_key(key_fingerprint(key))
        store.close()


def serve_all(folders: Sequence[ClassFolder], port: int, *, tell: Tell, say: Speech) -> None:
    """Serve several classes beside each other, each by a command of its own, until told to stop.

    The youngest find themselves on a picture roster, the others have personal links: both ways in are shown.
    """
    if not folders:
        raise NotFound("There are no sample classes here. Install Portfolio again.")
    started = [_command(folder, n, port) for n, folder in enumerate(folders)]

    def stop(*_: object) -> None:
        for process in started:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        for process in started:
            process.wait()
    except KeyboardInterrupt:  # Ctrl+C reaches them as well
        tell(say("Closing."))
    finally:
        for process in started:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a server that is closing; tell it to if it has not heard."""
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()


def _command(folder: ClassFolder, n: int, port: int) -> subprocess.Popen[bytes]:
    way = "--roster" if folder.template().age_band == "k-2" else "--links"
    own = 0 if port == 0 else port + n
    command = [sys.executable, "-m", "portfolio", "serve", str(folder.path), way, "--port", str(own)]
    return subprocess.Popen(command)
