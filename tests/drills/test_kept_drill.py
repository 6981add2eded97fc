"""What is kept stays what it is, wherever it goes: through cuts of the power, archives, erasures of others, versions."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from portfolio.model import SCHEMA_VERSION, Goal, Passage, Work
from portfolio.moments import erasing
from portfolio.moments.archive_in import take_in
from portfolio.moments.archiving import archive_class
from portfolio.moments.send_home import send_home
from portfolio.store.atomic import write_atomically
from portfolio.store.tables import STORE_VERSION
from portfolio.testing import small_student
from tests.drills.test_saving_drill import full
from tests.hostile import TEXTS
from tests.tally import tally
from tests.unit import test_archive as archives
from tests.unit import test_erase as erasures
from tests.unit import test_migrations as versions
from tests.unit.test_atomic import PaperDisk


@pytest.mark.parametrize("writes", [5, full(1_000)])
def test_no_cut_leaves_half_a_file(writes: int) -> None:
    """Whatever is written over whatever, every crash state of the writer holds the old or the new bytes."""
    dice = random.Random(20261001)
    with tally(2, "states of a file a power cut may leave") as told:
        for _ in range(writes):
            old, new = dice.randbytes(dice.randint(1, 60)), dice.randbytes(dice.randint(1, 60))
            disk = PaperDisk(Path("class.yaml"), files=[old], sure=[len(old)])
            write_atomically(disk.path, new, disk=disk)
            for left in disk.left_by_a_cut:
                told.count(len(left), len(left & {old, new}))
            assert disk.left_by_a_cut[-1] == {new}
        assert told.lost == 0


def texts(count: int) -> list[str]:
    """Return the hostile texts one may keep, and random ones of all letters there are, so many altogether."""
    dice = random.Random(5)
    known = [text for text in TEXTS.values() if len(text) <= 200_000]
    letters = [c for c in range(0x110000) if not 0xE000 <= c <= 0xF8FF]
    drawn = ("".join(map(chr, dice.choices(letters, k=dice.randint(1, 80)))) for _ in range(count))
    return [*known, *drawn][:count] if count > len(known) else [" ".join(t for t in known if len(t) < 150)]


@pytest.mark.parametrize("count", [1, full(300)])
def test_out_and_in_again_is_the_same(tmp_path: Path, count: int) -> None:
    """A portfolio of hostile words comes out of an archive equal, with names, media and order."""
    with tally(5, "portfolios of hostile words put into an archive and taken in again") as told:
        for text in texts(count):
            with told.attempt():
                here, there = archives.empty_class(tmp_path / "a"), archives.empty_class(tmp_path / "b")
                work = tuple(
                    Work(entry_id=i, title=Passage(text=text), why=Passage(text=text, lang="ar"))
                    for i in "bac"
                )
                goal = Goal(entry_id="g", goal=Passage(text=text))
                child = small_student().but(name=text[:1_000])
                archives.fill(here, child, archives.with_picture(work=work, goals=(goal,)))
                path = archive_class(
                    here, tmp_path / "a.zip", made_at=archives.AT, say=archives.SAY, pages=False
                ).path
                take_in(there, path, at=archives.AT)
                assert archives.everything(there) == archives.everything(here)
                for done in (here.path, there.path):
                    shutil.rmtree(done)
                path.unlink()


@pytest.mark.parametrize("children", [3, full(30)])
def test_of_an_erased_child_no_byte_is_left(tmp_path: Path, children: int) -> None:
    """One child after the other is erased: none of its bytes in any file, everything of the others still there."""
    made = archives.empty_class(tmp_path / "class")
    marks = {f"child{n}": f"Zwölf{n}XYZZY{n * n}漢" for n in range(children)}
    shas = {
        name: erasures.keep(made, erasures.child(name, f"Name {mark}"), mark) for name, mark in marks.items()
    }
    send_home(made)
    with tally(16, "children erased, every byte of the class searched for theirs") as told:
        gone: list[str] = []
        for name, mark in marks.items():
            with told.attempt():
                assert erasures.names_with(made, mark, shas[name])
                erased = erasing.erase(made, name)
                assert erased.swept
                gone += [mark, shas[name]]
                assert erasures.names_with(made, *gone) == []
                store = made.store()
                left = {s.student_id: s.name for s in store.students()}
                store.close()
                assert left == {n: f"Name {m}" for n, m in marks.items() if m not in gone}


@pytest.mark.drill  # the same runs one by one in test_migrations
def test_every_kept_version_opens(tmp_path: Path) -> None:
    """A kept sample of every version opens with its words, as a store and as JSON; a newer one is refused."""
    with tally(20, "kept samples of every version opened, and a newer one refused") as told:
        for version in range(1, STORE_VERSION + 1):
            with told.attempt():
                place = tmp_path / str(version)
                place.mkdir()
                versions.test_every_kept_store_opens_with_its_texts(version, place)
        for version in range(1, SCHEMA_VERSION + 1):
            with told.attempt():
                versions.test_every_kept_document_can_be_read(version)
        with told.attempt():
            (tmp_path / "newer").mkdir()
            versions.test_a_newer_store_is_refused_and_not_changed(tmp_path / "newer")
