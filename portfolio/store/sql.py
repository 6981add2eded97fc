"""The store on disk: people, books and files, in one database and one folder."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from portfolio.errors import NotFound
from portfolio.model import MediaSuffix
from portfolio.store import trouble
from portfolio.store.atomic import LEFTOVERS
from portfolio.store.database import Database
from portfolio.store.media import MediaFolder
from portfolio.store.records import Forgotten
from portfolio.store.sql_books import SqlBooks
from portfolio.store.sql_forget import forget_rows
from portfolio.store.sql_part import body_of_student
from portfolio.store.sql_people import SqlPeople
from portfolio.store.sqlite_file import Journal
from portfolio.store.upgrade import Upgrade


class SqlStore(SqlPeople, SqlBooks):
    """A :class:`~portfolio.store.port.ClassStore` in a database, pictures in a folder beside it."""

    def __init__(
        self,
        place: Path | str,
        media: Path,
        *,
        create: bool = False,
        journal: Journal | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open the store at ``place`` (a SQLite file, or a database URL); see ``Database`` for the rest.

        ``media`` is the folder of the pictures. Raises ``StorageTrouble``.
        """
        super().__init__(Database(place, create=create, journal=journal, pause=pause))
        self._media = MediaFolder(media)
        self._folders = (media, place.parent) if isinstance(place, Path) else (media,)

    @property
    def upgraded(self) -> Upgrade | None:
        """What opening did to an older store, ``None`` if it was of this version."""
        return self._database.upgraded

    def together(self) -> AbstractContextManager[None]:
        """Keep all changes of a ``with`` block at once, or none."""
        return self._database.together()

    def forget_student(self, student_id: str) -> Forgotten:
        """Delete everything of a student and overwrite what it said."""
        if self._database.in_block:
            raise trouble.not_in_a_block()
        self._check_student(student_id)
        # files first: as long as the student is on the roster, an interrupted forgetting can be asked again
        files = self._media.forget(student_id)
        gone = self._database.write(lambda c: forget_rows(c, student_id))
        files += self._media.forget(student_id)  # another window may have put something in just now
        for folder in self._folders:
            _clear_leftovers(folder)
        return replace(gone, files=files, swept=self.sweep())

    def sweep(self) -> bool:
        """Write the file anew without gaps; return whether that could be done."""
        return self._database.sweep()

    def keep_picture(self, student_id: str, sha256: str, data: bytes, thumb: bytes) -> None:
        """Keep a cleaned picture (WebP) and its small copy."""
        self._check_student(student_id)
        self._media.keep(student_id, sha256, data, thumb)
        self._check_not_forgotten(student_id)

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture."""
        return self._media.picture(student_id, sha256)

    def thumb(self, student_id: str, sha256: str) -> bytes:
        """Return the small copy of a picture."""
        return self._media.thumb(student_id, sha256)

    def keep_media(self, student_id: str, sha256: str, suffix: MediaSuffix, data: bytes) -> None:
        """Keep a recording or film."""
        self._check_student(student_id)
        self._media.keep_file(student_id, sha256, suffix, data)
        self._check_not_forgotten(student_id)

    def media(self, student_id: str, sha256: str, suffix: MediaSuffix) -> bytes:
        """Return a recording or film."""
        return self._media.file(student_id, sha256, suffix)

    def media_names(self, student_id: str) -> tuple[str, ...]:
        """Return the names of a student's kept files."""
        self._check_student(student_id)
        return self._media.names(student_id)

    def media_size(self, student_id: str) -> int:
        """Return how many bytes a student's kept files take."""
        self._check_student(student_id)
        return self._media.size(student_id)

    def drop_media(self, student_id: str, name: str) -> None:
        """Delete a kept file by its name."""
        self._check_student(student_id)
        self._media.drop(student_id, name)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _check_student(self, student_id: str) -> None:
        self._database.read(lambda c: body_of_student(c, student_id))

    def _check_not_forgotten(self, student_id: str) -> None:
        # whoever forgets a student meanwhile has looked at the folder already
        try:
            self._check_student(student_id)
        except NotFound:
            self._media.forget(student_id)
            raise


def _clear_leftovers(folder: Path) -> None:
    # a killed process may have left half a file of this student, and its name does not say whose it is;
    # one that is being written just now fails, says so, and can be put in again
    for half in folder.glob(LEFTOVERS):
        with contextlib.suppress(OSError):
            half.unlink()
