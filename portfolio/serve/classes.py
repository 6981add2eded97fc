"""Opening a class to its children: links given out, the server started, addresses told."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from portfolio.errors import InputRefused, NotFound
from portfolio.moments.classes import begin, new_links
from portfolio.serve.class_door import ClassDoor
from portfolio.serve.door import Setup
from portfolio.serve.front import secret_names
from portfolio.serve.keys import key_fingerprint, new_key, read_or_make_secret
from portfolio.serve.pictures import WORDS
from portfolio.serve.run import serve
from portfolio.serve.visit import utc_now
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.recordings import Recordings
from portfolio.store.uploads import Uploads
from portfolio.words import Speech, speak

Tell = Callable[[str], None]

LINKS = "links.txt"
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
) -> None:
    """Serve a class until told to stop, and tell where its doors are.

    With ``links`` every child has a link of its own, else children find themselves on a picture roster on
    this computer; there, with ``secret_pictures``, each also picks two pictures that only it knows. ``say``
    words what is told. Raises ``InputRefused`` for secret pictures where there are links.
    """
    if links and secret_pictures:
        raise InputRefused("A personal link needs no secret pictures. Leave out one of the two.")
    store = folder.store()
    try:
        Uploads(folder.hidden / "uploads").tidy(utc_now())
        for student in store.students():
            begin(store, folder.template(), student.student_id, utc_now().date())
        keys = _keys(folder, renew=new_links) if links else ()

        def ready(url: str) -> None:
            tell(say("{name} is open at {address}", name=store.school_class().name, address=url))
            for name, key in keys:
                tell(f"  {name}: {url}k/{key}")
            if keys:
                tell(
                    say(
                        "The links are also in {path}. Give each child only its own.",
                        path=folder.path / LINKS,
                    )
                )
            if secret_pictures:
                tell(say("Each child’s secret pictures: portfolio serve {path} --cards", path=folder.path))
            tell(say("Close with Ctrl+C."))

        serve(
            folder.path,
            ClassDoor(store, Recordings(folder.media), folder),
            setup=Setup.PERSONAL_LINKS if links else Setup.ONE_MACHINE,
            notebooks={"desk": folder.student_notebook, "talk": folder.conference_notebook},
            on_ready=ready,
            port=port,
            address=address,
            public_url=public_url or None,
            translate=speak(store.school_class().language),
            secret_pictures=secret_pictures,
        )
    finally:
        store.close()


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
            notebooks={"desk": folder.student_notebook, "talk": folder.conference_notebook},
            on_ready=lambda url: tell(
                say("{name}’s conference: {address}", name=student.name, address=f"{url}k/{key}?to=talk")
            ),
            port=port,
            translate=speak(store.school_class().language),
        )
    finally:
        store.drop_key(key_fingerprint(key))
        store.close()


def _keys(folder: ClassFolder, *, renew: bool) -> Sequence[tuple[str, str]]:
    """Return (name, key) of every child: those given out before, new ones if asked, and for whoever has none yet.

    The keys lie in ``links.txt`` in the class folder, readable only by its owner; the store itself keeps
    fingerprints.
    """
    store = folder.store()
    try:
        path = folder.path / LINKS
        students = store.students()
        known = {} if renew or not path.is_file() else _read(path)
        missing = [
            s.student_id for s in students if not _still_good(store.student_for_key, s.student_id, known)
        ]
        if missing or not students:
            fresh = new_links(store, missing, new_key, key_fingerprint)
            known |= {student.student_id: key for student, key in fresh}
            lines = [f"{s.student_id}\t{known[s.student_id]}\t{s.name}\n" for s in students]
            write_atomically(path, "".join(lines).encode("utf-8"), mode=0o600)
        return tuple((s.name, known[s.student_id]) for s in students)
    finally:
        store.close()


def _read(path: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _still_good(whose: Callable[[str], str | None], student_id: str, known: dict[str, str]) -> bool:
    key = known.get(student_id)
    return key is not None and whose(key_fingerprint(key)) == student_id


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
