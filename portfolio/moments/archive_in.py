# long: one moment: a child comes into a class
"""Taking children out of an archive into a class: all of them or none, and nobody's words are replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from portfolio.errors import ChangedMeanwhile, InputRefused, MediaRefused
from portfolio.media import reopen_picture
from portfolio.media.arrivals import what_is
from portfolio.media.sniff import form_of
from portfolio.model import Portfolio, Student
from portfolio.moments.archiving import without_teachers_own
from portfolio.store import trouble
from portfolio.store.archive import shown_media
from portfolio.store.archive_read import MOST_MEDIUM, Archive, Archived, opened_archive
from portfolio.store.class_folder import ClassFolder
from portfolio.store.media import MediaFolder, check_folder_name
from portfolio.store.port import ClassStore

BY = "teacher:archive"
"""Who is said to have put the entries in."""

_LONGEST = 36_000.0  # seconds, as in portfolio.model.media: what may be kept was settled when it came in
_FORMS = {
    "mp3": ("MP3",),
    "wav": ("WAV",),
    "ogg": ("OGG",),
    "m4a": ("M4A", "MP4"),
    "mp4": ("MP4", "M4A"),
    "webm": ("WebM",),
}


@dataclass(frozen=True)
class TakenIn:
    """What became of one child: portfolios that came in (ids), those that were here already, media missing."""

    student: Student
    portfolios: tuple[str, ...]
    already: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Child:
    """A child as it shall be in the class, whose files lie in the archive under ``was``."""

    was: str
    archived: Archived
    new: tuple[Portfolio, ...]
    already: tuple[str, ...]


def take_in(
    folder: ClassFolder,
    file: Path,
    *,
    at: datetime,
    students: Sequence[str] = (),
    as_id: str | None = None,
) -> tuple[TakenIn, ...]:
    """Take children with their portfolios out of an archive into a class, and return what became of each.

    ``students`` are ids in the archive, none means all; ``as_id`` gives the one child named another id. Who is
    in the class already must be the same, and its portfolios must be the same or not there yet. All or
    nothing; the class itself, its template and notebooks stay as they are. Earlier states do not come along.

    Raises:
        InputRefused: the file (see ``opened_archive``), or somebody else in the class has that id.
        NotFound: the archive has no such child.
        StorageTrouble: the disk is full, or the class stays busy.
    """
    store = folder.store()
    try:
        with opened_archive(file) as archive:
            ids = _chosen(archive, students, as_id)
            roster = {s.student_id: s for s in store.students()}
            children = [_checked(store, roster, archive.student(i), i, as_id) for i in ids]
            added: list[Path] = []
            try:
                children = [_with_media(folder, archive, child, added) for child in children]
                _keep(store, children, at)
            except BaseException:
                for path in added:  # what nobody refers to would only take room
                    path.unlink(missing_ok=True)
                raise
        return tuple(_told(folder, child) for child in children)
    finally:
        store.close()


def _chosen(archive: Archive, students: Sequence[str], as_id: str | None) -> Sequence[str]:
    ids = tuple(dict.fromkeys(students)) or archive.students
    if as_id is not None and len(ids) != 1:
        raise InputRefused("A new id is for one child. Name the child, too: --student ID --as NEW-ID")
    return ids


def _checked(
    store: ClassStore, roster: Mapping[str, Student], found: Archived, was: str, as_id: str | None
) -> _Child:
    """Return the child as it shall be kept. Raises ``InputRefused`` if it does not fit who is there."""
    if as_id is not None and as_id != was:
        found = _renamed(found, as_id)
    student = found.student
    check_folder_name(student.student_id)
    there = roster.get(student.student_id)
    if there is None:
        if student.student_id in store.damaged_students():
            raise trouble.damaged_student(student.student_id)
        return _Child(was, found, found.portfolios, ())
    if there != student:
        raise _somebody_else(there, was)
    rounds = {meta.portfolio_id for meta in store.rounds(student.student_id)}
    already = tuple(p.meta.portfolio_id for p in found.portfolios if p.meta.portfolio_id in rounds)
    for portfolio in found.portfolios:
        pid = portfolio.meta.portfolio_id
        if pid in already and not _same(store.portfolio(pid), portfolio):
            raise InputRefused(
                "The portfolio “{portfolio}” in the class differs from the one in the archive, and neither may "
                "replace the other. Take it in under another id: --student {was} --as NEW-ID",
                portfolio=pid,
                was=was,
            )
    new = tuple(p for p in found.portfolios if p.meta.portfolio_id not in already)
    return _Child(was, found, new, already)


def _same(there: Portfolio, archived: Portfolio) -> bool:
    """Return whether both say the same; an archive of named children has nothing that homes told the teacher alone."""
    return archived in (there, without_teachers_own(there))


def _somebody_else(there: Student, was: str) -> InputRefused:
    return InputRefused(
        "There is a student “{student}” in the class already, {name}, who differs from the one in the archive. "
        "Give the one in the archive another id: --student {was} --as NEW-ID",
        student=there.student_id,
        name=there.name,
        was=was,
    )


def _renamed(found: Archived, as_id: str) -> Archived:
    """Return a child and its portfolios under another id."""
    was = found.student.student_id
    try:
        student = found.student.but(student_id=as_id)
        portfolios = tuple(
            p.but(
                meta=p.meta.but(student_id=as_id, portfolio_id=f"{as_id}.{_after(was, p.meta.portfolio_id)}")
            )
            for p in found.portfolios
        )
    except ValidationError as error:
        raise InputRefused(
            "“{id}” cannot be an id here. Use small letters, digits, dots and hyphens, at most about 30.",
            id=trouble.shown(as_id),
        ) from error
    return Archived(student, portfolios, found.media)


def _after(student_id: str, portfolio_id: str) -> str:
    return portfolio_id.removeprefix(f"{student_id}.")


def _with_media(folder: ClassFolder, archive: Archive, child: _Child, added: list[Path]) -> _Child:
    """Keep the media the new portfolios show, each proved and cleaned first; note the files that are new.

    What we kept ourselves comes out of cleaning as it was. Of anything else the clean one is kept, and the
    portfolios returned name that one.
    """
    media, student = MediaFolder(folder.media), child.archived.student.student_id
    wanted = frozenset[str]().union(*(shown_media(p) for p in child.new))
    names: dict[str, str] = {}
    for name in child.archived.media:
        sha, _, suffix = name.partition(".")
        if sha not in wanted:
            continue
        data = archive.medium(child.was, name)
        here = folder.media / student
        if suffix == "webp":
            added += [p for n in (name, f"{sha}.thumb.webp") if not (p := here / n).exists()]
            # opened as at the desk: whatever is not one of our own clean pictures is refused
            made = reopen_picture(data)
            media.keep(student, sha, made.data, made.thumb)
            continue
        data = _cleaned(data, name, student)
        names[sha] = hashlib.sha256(data).hexdigest()
        path = here / f"{names[sha]}.{suffix}"
        added += [] if path.exists() else [path]
        media.keep_file(student, names[sha], suffix, data)
    return replace(child, new=tuple(_naming(p, names) for p in child.new))


def _cleaned(data: bytes, name: str, student: str) -> bytes:
    """Return a recording or film as it would come in at a desk, however long. Raises ``InputRefused``."""
    from portfolio.media.sound import SoundLimits, clean_sound
    from portfolio.media.video import VideoLimits, clean_video

    refusal = InputRefused(
        "The file {name} of “{student}” in the archive is not what its name says, so nothing was taken in. "
        "Use a copy that nobody has changed.",
        name=name[:18],
        student=student,
    )
    if form_of(data) not in _FORMS[name.rpartition(".")[2]]:
        raise refusal
    try:
        if what_is(data) == "video":
            return clean_video(data, limits=VideoLimits(MOST_MEDIUM, _LONGEST, MOST_MEDIUM)).data
        return clean_sound(data, limits=SoundLimits(MOST_MEDIUM, _LONGEST, MOST_MEDIUM, packs=False)).data
    except MediaRefused as error:
        raise refusal from error


def _naming(portfolio: Portfolio, names: Mapping[str, str]) -> Portfolio:
    """Return a portfolio that shows other files: new digests for old ones."""
    text = portfolio.model_dump_json()
    for was, now in names.items():  # texts cannot imitate it: their quotes are escaped
        text = text.replace(f'"sha256":"{was}"', f'"sha256":"{now}"')
    return Portfolio.model_validate_json(text) if any(a != b for a, b in names.items()) else portfolio


def _keep(store: ClassStore, children: Sequence[_Child], at: datetime) -> None:
    with store.together():
        known = {s.student_id: s for s in store.students()}
        for child in children:
            student = child.archived.student
            if known.setdefault(student.student_id, student) != student:
                raise _somebody_else(known[student.student_id], child.was)  # came in since we looked
            store.keep_student(student)
            for portfolio in child.new:
                _keep_portfolio(store, portfolio, at)


def _keep_portfolio(store: ClassStore, portfolio: Portfolio, at: datetime) -> None:
    meta = portfolio.meta
    try:
        store.keep_portfolio(portfolio, by=BY, at=at)
    except (ChangedMeanwhile, InputRefused) as error:
        raise InputRefused(
            "The portfolio “{portfolio}” does not fit into this class: {why} Nothing was taken in.",
            portfolio=meta.portfolio_id,
            why=error,
        ) from error


def _told(folder: ClassFolder, child: _Child) -> TakenIn:
    student = child.archived.student
    have = {name.partition(".")[0] for name in MediaFolder(folder.media).names(student.student_id)}
    wanted = frozenset[str]().union(*(shown_media(p) for p in child.new))
    came = tuple(p.meta.portfolio_id for p in child.new)
    return TakenIn(student, came, child.already, tuple(sorted(wanted - have)))
