"""The sample classes that tests are given: as the product makes them, and nobody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from portfolio.moments import sample
from portfolio.store.class_folder import ClassFolder
from tests.samples import make_sample
from tests.teachers import NOW


def files_of(folder: ClassFolder) -> dict[str, bytes]:
    """Return every file of a class but its store, by its place."""
    found = (path for path in folder.path.rglob("*") if path.is_file() and path.name != "class.sqlite")
    return {str(path.relative_to(folder.path)): path.read_bytes() for path in found}


def words_of(folder: ClassFolder) -> list[str]:
    """Return everything in the store of a class."""
    with closing(sqlite3.connect(folder.path / "class.sqlite")) as store:
        return list(store.iterdump())


@pytest.mark.parametrize("name", ["class-4b", "ladybirds"])
def test_a_copy_is_what_the_product_makes(tmp_path: Path, name: str) -> None:
    """Files, store, secret and modes are those of a class that was made here."""
    made = sample.make_sample(name, tmp_path / "made", at=NOW, randomness=lambda n: b"7" * n)
    given = make_sample(name, tmp_path / "given", at=NOW, randomness=lambda n: b"7" * n)
    assert files_of(given) == files_of(made)
    assert words_of(given) == words_of(made)
    assert given.secret.read_bytes() == b"7" * 32
    modes = [[path.stat().st_mode for path in sorted(one.path.rglob("*"))] for one in (made, given)]
    assert modes[0] == modes[1]
    assert given.path.stat().st_mode == made.path.stat().st_mode


def test_what_is_done_to_a_copy_is_done_to_no_other(tmp_path: Path) -> None:
    """A child that is gone from one copy, and a file spoilt there, are whole in the next."""
    first = make_sample("ladybirds", tmp_path / "first", at=NOW, randomness=bytes)
    whole = files_of(first), words_of(first)
    store = first.store()
    store.keep_class(store.school_class().but(name="Spoilt"))
    store.close()
    for path in first.media.rglob("*.*"):
        path.write_bytes(b"spoilt")
    assert (files_of(first), words_of(first)) != whole
    second = make_sample("ladybirds", tmp_path / "second", at=NOW, randomness=bytes)
    assert (files_of(second), words_of(second)) == whole
