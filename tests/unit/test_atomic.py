"""One file at a time, whole or not at all: also when the power goes, the disk is full, or it is Windows."""

from __future__ import annotations

import errno
import itertools
import os
import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import StorageTrouble
from portfolio.store import atomic
from portfolio.store.atomic import PosixDisk, WindowsDisk, make_folder, this_disk, write_atomically

OLD, NEW = b"old words", b"new words, and more of them"


@dataclass
class PaperDisk:
    """A disk on paper, which knows after each request what a power cut would leave of one file.

    What was not synced may be there or not, in any combination: each change of a name since the folder was
    synced, and of each file's bytes since it was synced any beginning, or as many zeros.
    ``lazy`` names requests it only pretends to carry out.
    """

    path: Path
    lazy: frozenset[str] = frozenset()
    files: list[bytes] = field(default_factory=lambda: [OLD])
    sure: list[int] = field(default_factory=lambda: [len(OLD)])
    paths: dict[int, Path] = field(default_factory=dict)
    settled: int = 0
    pending: list[int] = field(default_factory=list)
    left_by_a_cut: list[set[bytes]] = field(default_factory=list)
    synced_folders: list[Path] = field(default_factory=list)

    def create(self, path: Path, mode: int) -> int:
        handle = len(self.files)
        self.files.append(b"")
        self.sure.append(0)
        self.paths[handle] = path
        return self._cut(handle)

    def write(self, handle: int, data: memoryview) -> int:
        self.files[handle] += bytes(data[:4])
        return self._cut(min(4, len(data)))

    def sync(self, handle: int) -> None:
        if "sync" not in self.lazy:
            self.sure[handle] = len(self.files[handle])
        self._cut()

    def close(self, handle: int) -> None:
        self._cut()

    def replace(self, here: Path, there: Path) -> None:
        assert there == self.path
        self.pending += [handle for handle, path in self.paths.items() if path == here]
        self._cut()

    def sync_folder(self, folder: Path) -> None:
        if "sync_folder" not in self.lazy:
            self.synced_folders.append(folder)
            self.settled = [self.settled, *self.pending][-1]
            self.pending = []
        self._cut()

    def remove(self, path: Path) -> None:
        self._cut()

    def _cut(self, answer: int = 0) -> int:
        left: set[bytes] = set()
        for file in (self.settled, *self.pending):
            whole, sure = self.files[file], self.sure[file]
            for length in range(sure, len(whole) + 1):
                left |= {whole[:length], whole[:sure] + bytes(length - sure)}
        self.left_by_a_cut.append(left)
        return answer


def crash_states(*lazy: str) -> tuple[set[bytes], set[bytes]]:
    """Return what may be there after a cut anywhere in a write, and after it has returned."""
    disk = PaperDisk(Path("class.yaml"), frozenset(lazy))
    write_atomically(disk.path, NEW, disk=disk)
    return set().union(*disk.left_by_a_cut), disk.left_by_a_cut[-1]


def test_no_power_cut_leaves_half_a_file_or_loses_a_finished_one() -> None:
    """Every crash state of the writer holds the old or the new bytes; once it returned, the new ones."""
    assert crash_states() == ({OLD, NEW}, {NEW})


def test_the_replay_sees_what_a_missing_sync_would_do() -> None:
    """Without the file's sync the replay finds torn files, without the folder's a lost save."""
    anywhere, returned = crash_states("sync")
    assert anywhere > {OLD, NEW}
    assert b"" in returned
    assert crash_states("sync_folder") == ({OLD, NEW}, {OLD, NEW})


@given(first=st.binary(max_size=300), second=st.binary(max_size=300))
def test_what_was_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, first: bytes, second: bytes
) -> None:
    """Any bytes come back, over nothing and over older ones, with nothing left beside them."""
    folder = tmp_path_factory.mktemp("write")
    for data in (first, second):
        write_atomically(folder / "file", data)
        assert (folder / "file").read_bytes() == data
    assert [p.name for p in folder.iterdir()] == ["file"]


class BadDisk(PosixDisk):
    """A real disk on which one kind of request fails."""

    def __init__(self, request: str, error: BaseException) -> None:
        self._request, self._error = request, error

    def _fail(self, request: str) -> None:
        if request == self._request:
            raise self._error

    def create(self, path: Path, mode: int) -> int:
        self._fail("create")
        return super().create(path, mode)

    def write(self, handle: int, data: memoryview) -> int:
        self._fail("write")
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._fail("sync")
        super().sync(handle)

    def replace(self, here: Path, there: Path) -> None:
        self._fail("replace")
        super().replace(here, there)


@pytest.mark.parametrize("request_", ["create", "write", "sync", "replace"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "no room left, so “class.yaml” could not be saved"),
        (errno.EDQUOT, "no room left"),
        (errno.EACCES, "may not be written in .*Close other programs"),
        (errno.EROFS, "may not be written"),
        (errno.EIO, r"could not be saved in .*\(.*error\)"),
    ],
)
def test_what_cannot_be_saved_is_said_and_the_old_file_stays(
    tmp_path: Path, request_: str, number: int, sentence: str
) -> None:
    """A full, locked or failing disk gives a sentence; nothing is lost or left behind."""
    path = tmp_path / "class.yaml"
    path.write_bytes(OLD)
    with pytest.raises(StorageTrouble, match=sentence):
        write_atomically(path, NEW, disk=BadDisk(request_, OSError(number, os.strerror(number))))
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_stop_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C while writing passes through; the old file stays and nothing lies beside it."""
    path = tmp_path / "class.yaml"
    path.write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, NEW, disk=BadDisk("sync", KeyboardInterrupt()))
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [OLD]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Writing where there is no folder says which one."""
    with pytest.raises(StorageTrouble, match=r"“file” could not be saved in .*nowhere"):
        write_atomically(tmp_path / "nowhere" / "file", NEW)


def test_a_name_left_by_a_killed_program_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the name beside is taken, another is used, and what lay there stays."""
    monkeypatch.setattr(atomic, "_count", itertools.count(7))
    left = tmp_path / f".saving-{os.getpid()}-7.tmp"
    left.write_bytes(b"somebody else's")
    write_atomically(tmp_path / "file", NEW)
    assert (tmp_path / "file").read_bytes() == NEW
    assert list(tmp_path.glob(atomic.LEFTOVERS)) == [left]
    assert left.read_bytes() == b"somebody else's"


def test_a_secret_is_never_readable_for_others(tmp_path: Path, only_on: Callable[..., None]) -> None:
    """A new file gets the mode asked for, also while it is written; a later write does not open it."""
    only_on("Linux", "Darwin")
    path = tmp_path / "secret"
    write_atomically(path, OLD, mode=0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_atomically(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path, only_on: Callable[..., None]) -> None:
    """A symbolic link in the place of the file loses its place; what it led to stays."""
    only_on("Linux", "Darwin")
    outside = tmp_path / "outside"
    outside.write_bytes(OLD)
    link = tmp_path / "file"
    link.symlink_to(outside)
    write_atomically(link, NEW)
    assert not link.is_symlink()
    assert (link.read_bytes(), outside.read_bytes()) == (NEW, OLD)


def test_readers_see_whole_files_while_others_write(tmp_path: Path, only_on: Callable[..., None]) -> None:
    """Four writers and a reader on one file: every reading is one writer's whole text."""
    only_on("Linux", "Darwin")
    path = tmp_path / "file"
    texts = [bytes([65 + n]) * 20_000 for n in range(4)]
    write_atomically(path, texts[0])

    def write(text: bytes) -> None:
        for _ in range(10):
            write_atomically(path, text)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    seen = set()
    while any(thread.is_alive() for thread in threads):
        seen.add(path.read_bytes())
    assert seen <= set(texts)
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_folder_survives_too() -> None:
    """Making a folder syncs the folder around it, also when it was there already."""
    disk = PaperDisk(Path.cwd())
    make_folder(Path.cwd(), disk=disk)
    assert disk.synced_folders == [Path.cwd().parent]


# ------------------------------------------------------------------------------------------------- Windows


def hold_open(monkeypatch: pytest.MonkeyPatch, tries: int) -> None:
    """Let renaming fail as it does on Windows while somebody reads, for some tries."""
    real, left = Path.replace, iter(range(tries))

    def replace(here: Path, there: Path) -> Path:
        if next(left, None) is not None:
            raise PermissionError(errno.EACCES, "in use")
        return real(here, there)

    monkeypatch.setattr(Path, "replace", replace)


def test_on_windows_a_file_in_use_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a reader holds the old file the writer rests, longer each time, and then replaces it."""
    hold_open(monkeypatch, tries=3)
    rests: list[float] = []
    path = tmp_path / "file"
    path.write_bytes(OLD)
    write_atomically(path, NEW, disk=WindowsDisk(pause=rests.append))
    assert path.read_bytes() == NEW
    assert rests == [0.01, 0.02, 0.04]


def test_on_windows_the_waiting_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file held for good is said after the patience is used up; the old one stays."""
    hold_open(monkeypatch, tries=10_000)
    rests: list[float] = []
    path = tmp_path / "file"
    path.write_bytes(OLD)
    with pytest.raises(StorageTrouble, match="Close other programs"):
        write_atomically(path, NEW, disk=WindowsDisk(pause=rests.append, patience=1.0))
    assert 0.5 < sum(rests) <= 1.0
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [OLD]


def test_on_windows_folders_are_not_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_on: Callable[..., None]
) -> None:
    """Windows cannot open a folder as a file, so nothing tries; everywhere else it is done."""
    only_on("Linux", "Darwin")
    WindowsDisk().sync_folder(tmp_path / "not even there")
    with pytest.raises(FileNotFoundError):
        PosixDisk().sync_folder(tmp_path / "not even there")
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        chosen = this_disk()
    assert isinstance(chosen, WindowsDisk)
    assert not isinstance(this_disk(), WindowsDisk)
