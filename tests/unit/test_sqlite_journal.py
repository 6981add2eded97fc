"""Which journal is safe: the version of SQLite and the disk decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.store import sqlite_file


@pytest.mark.parametrize(
    ("version", "local", "journal"),
    [
        ((3, 40, 1), True, "delete"),
        ((3, 44, 5), True, "delete"),
        ((3, 44, 6), True, "wal"),
        ((3, 45, 9), True, "delete"),
        ((3, 50, 6), True, "delete"),
        ((3, 50, 7), True, "wal"),
        ((3, 51, 2), True, "delete"),
        ((3, 51, 3), True, "wal"),
        ((3, 52, 0), True, "wal"),
        ((4, 0, 0), True, "wal"),
        ((3, 51, 3), False, "delete"),
    ],
)
def test_the_log_is_used_only_where_it_is_safe(version: tuple[int, ...], local: bool, journal: str) -> None:
    """A write-ahead log needs a mended SQLite and a folder on this machine."""
    assert sqlite_file.journal_for(version, local=local) == journal


MOUNTS = """\
1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 0:9 / /mnt/school rw shared:1 - cifs //server/share rw
3 1 0:7 / /mnt/my\\040stick rw - exfat /dev/sdb1 rw
4 1 0:8 / /mnt/twice rw - nfs4 server:/x rw
5 1 8:2 / /mnt/twice rw - xfs /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("folder", "local"),
    [
        ("/classes/4b", True),
        ("/mnt/school", False),
        ("/mnt/school/4b", False),
        ("/mnt/schoolyard", True),
        ("/mnt/my stick/4b", False),
        ("/mnt/twice/4b", True),
    ],
)
def test_network_drives_are_told_from_disks(folder: str, local: bool) -> None:
    """The mount that covers a folder decides; the later of two on one point counts."""
    assert sqlite_file.is_local(Path(folder), MOUNTS) is local


def test_what_is_not_known_is_not_local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a list of mounts (Windows, macOS) no folder counts as local."""
    monkeypatch.setattr(sqlite_file, "_MOUNTS", tmp_path / "none")
    assert sqlite_file.is_local(tmp_path) is False
