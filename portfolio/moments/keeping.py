"""Keeping a class safe: a backup of it while it is in use, and the class again out of a backup."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from portfolio.errors import InputRefused
from portfolio.store.backup import Backup, backup_name, make_backup
from portfolio.store.backup_restore import restore_backup
from portfolio.store.class_folder import ClassFolder


def back_up(folder: ClassFolder, to: Path | None = None, *, made_at: datetime) -> Backup:
    """Write a backup of a class and return it.

    ``to`` is the file, or a folder for it; by default it lies beside the class folder, with day and time (of
    the zone of ``made_at``) in its name. Raises ``InputRefused`` or ``StorageTrouble``: see ``make_backup``.
    """
    return make_backup(folder, chosen(to, folder, backup_name(folder, made_at)), made_at=made_at)


def restore(
    file: Path, target: Path, *, randomness: Callable[[int], bytes] = secrets.token_bytes
) -> ClassFolder:
    """Make a class folder out of a backup and return it; see ``restore_backup`` for what may be refused."""
    return restore_backup(file, target, randomness=randomness)


def knows_answers(folder: ClassFolder) -> bool:
    """Return whether a restored class knows the codes on files that went home before the backup was made."""
    return folder.answers.is_file()


def chosen(to: Path | None, folder: ClassFolder, name: str) -> Path:
    """Return where a file goes: into the folder or file somebody named, else beside the class.

    Raises ``InputRefused`` for a name without an ending where no such folder is.
    """
    if to is None:
        return folder.path.parent / name
    if not to.suffix and not to.exists():  # a folder is meant, such as a stick that is not plugged in
        raise InputRefused("There is no folder {folder}. Make it, or choose another place.", folder=to)
    return to / name if to.is_dir() else to
