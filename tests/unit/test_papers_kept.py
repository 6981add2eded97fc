"""Papers kept as files from the teacher's desk: what was written is told, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from portfolio.errors import NotFound, PortfolioError, StorageTrouble
from portfolio.moments import paper_files
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.store.atomic import write_atomically
from tests.quick_class import asked, quick_desk

ALL = "before/papers/letter/all/all/own"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a small class."""
    made = quick_desk(tmp_path)
    with closing(made.store):
        yield made


@pytest.mark.parametrize("what", ["keep-papers", "take-papers"])
def test_nothing_is_kept_before_papers_are_chosen(desk: TeacherDesk, what: str) -> None:
    """A forged form on the screen where papers are chosen gets a sentence, and no file is made."""
    with pytest.raises(NotFound):
        Rooms(desk).do("before/papers", asked(what, paper="letter"))
    assert not (desk.folder.path / paper_files.FOLDER).exists()


def broken(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let files whose names begin with one of these not be written."""

    def full(path: Path, data: bytes, **more: Any) -> None:
        if path.name.startswith(names):
            raise StorageTrouble("The disk is full ({path}).", path=path.name)
        write_atomically(path, data, **more)

    monkeypatch.setattr(paper_files, "write_atomically", full)


def test_what_could_not_be_kept_is_told_beside_what_was(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file that cannot be written stops no other: both numbers are told, whose it is, and why."""
    broken(monkeypatch, "mateo")
    said = Rooms(desk).do(ALL, asked("keep-papers")).say
    assert said.startswith("2 files are") and "1 file could not be kept: Mateo." in said
    assert "The disk is full" in said
    assert len(list((desk.folder.path / paper_files.FOLDER).iterdir())) == 2


def test_if_nothing_could_be_kept_only_the_reason_is_told(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no file could be written the reason is an error, not a success with a number of 0."""
    broken(monkeypatch, "")
    with pytest.raises(PortfolioError, match="The disk is full"):
        Rooms(desk).do(ALL, asked("keep-papers"))
