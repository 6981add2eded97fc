"""Personal links are kept, so that printing a card again never breaks it; new ones end old ones."""

from __future__ import annotations

import dataclasses
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.errors import NotFound, StorageTrouble
from portfolio.moments.links import LINKS, give_links, known_links, links_for_all
from portfolio.moments.teacher.room import TeacherDesk
from tests.hostile import TEXTS
from tests.quick_class import quick_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Open the desk of a small class."""
    made = quick_desk(tmp_path)
    yield made
    made.store.close()


def known(desk: TeacherDesk) -> dict[str, str]:
    """Return the keys that are known and work."""
    return known_links(desk.folder, desk.store, desk.fingerprint)


def everybody(desk: TeacherDesk, *, renew: bool = False) -> dict[str, str]:
    """Give every child a link and return the keys."""
    given = links_for_all(desk.folder, desk.store, desk.new_key, desk.fingerprint, renew=renew)
    return {student.student_id: key for student, key in given}


def test_links_given_once_are_given_again(desk: TeacherDesk) -> None:
    """Whoever asks twice gets the same keys, and each opens its child's book."""
    first = everybody(desk)
    assert set(first) == {"amal", "mateo", "linh"}
    assert everybody(desk) == first == known(desk)
    assert all(desk.store.student_for_key(desk.fingerprint(key)) == name for name, key in first.items())


def test_the_list_of_links_is_for_its_owner_alone(desk: TeacherDesk) -> None:
    """Nobody else on this computer may read the keys."""
    everybody(desk)
    assert stat.S_IMODE((desk.folder.path / LINKS).stat().st_mode) == 0o600


def test_a_new_link_ends_the_old_one_and_no_other(desk: TeacherDesk) -> None:
    """A lost card opens nothing any more; the other children's cards go on."""
    before = everybody(desk)
    after = give_links(desk.folder, desk.store, ["amal"], desk.new_key, desk.fingerprint)
    assert after["amal"] != before["amal"]
    assert {n: after[n] for n in ("mateo", "linh")} == {n: before[n] for n in ("mateo", "linh")}
    assert desk.store.student_for_key(desk.fingerprint(before["amal"])) is None
    assert known(desk) == after


def test_all_new_links_end_all_old_ones(desk: TeacherDesk) -> None:
    """After a lost pile of cards none of them opens anything."""
    before = everybody(desk)
    after = everybody(desk, renew=True)
    assert not set(before.values()) & set(after.values())
    assert all(desk.store.student_for_key(desk.fingerprint(key)) is None for key in before.values())


def test_a_key_that_opens_nothing_is_not_known(desk: TeacherDesk) -> None:
    """What stands in the list is believed only as far as the store agrees: nobody gets a dead or a foreign key."""
    keys = everybody(desk)
    swapped = f"amal\t{keys['linh']}\tAmal\nmateo\tnonsense\tMateo\nlinh\t{keys['linh']}\n\nbroken line\n"
    (desk.folder.path / LINKS).write_text(swapped, encoding="utf-8")
    assert known(desk) == {"linh": keys["linh"]}


def test_a_list_that_cannot_be_read_is_told_and_not_written_over(desk: TeacherDesk) -> None:
    """No link is renewed behind anybody's back because a file is damaged."""
    (desk.folder.path / LINKS).write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(StorageTrouble, match="cannot be read"):
        everybody(desk)
    assert (desk.folder.path / LINKS).read_bytes() == b"\xff\xfe\x00broken"


def test_where_the_list_cannot_be_written_no_key_changes(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves the old cards working: keys and list change together or not at all."""
    before = everybody(desk)

    def full(*_: object, **__: object) -> None:
        raise StorageTrouble("There is no room left.")

    monkeypatch.setattr("portfolio.moments.links.write_atomically", full)
    with pytest.raises(StorageTrouble):
        give_links(desk.folder, desk.store, ["amal"], desk.new_key, desk.fingerprint)
    assert known(desk) == before


def test_a_link_as_a_list_is_refused(desk: TeacherDesk, tmp_path: Path) -> None:
    """The keys never go to a place outside of the class folder."""
    everybody(desk)
    elsewhere = tmp_path / "elsewhere.txt"
    (desk.folder.path / LINKS).rename(elsewhere)
    (desk.folder.path / LINKS).symlink_to(elsewhere)
    with pytest.raises(StorageTrouble):
        give_links(desk.folder, desk.store, ["amal"], desk.new_key, desk.fingerprint)


def test_any_name_leaves_the_list_readable(desk: TeacherDesk) -> None:
    """Whatever a child is called, every child's key is found again."""
    for text in TEXTS.values():
        desk.store.keep_student(desk.store.student("amal").but(name=text[:500]))
        give_links(desk.folder, desk.store, ["linh"], desk.new_key, desk.fingerprint)
        assert everybody(desk) == known(desk) == everybody(desk)


def test_nobody_and_somebody_unknown_are_told(desk: TeacherDesk) -> None:
    """An id that is not in the class changes nothing, also for those named with it."""
    before = everybody(desk)
    with pytest.raises(NotFound):
        give_links(desk.folder, desk.store, ["amal", "nobody"], desk.new_key, desk.fingerprint)
    with pytest.raises(NotFound):
        give_links(desk.folder, desk.store, [], desk.new_key, desk.fingerprint)
    assert known(desk) == before


def test_links_follow_what_makes_keys(desk: TeacherDesk) -> None:
    """Keys come from the desk's own source: two desks with other sources give other keys."""
    first = everybody(desk, renew=True)
    other = dataclasses.replace(desk, new_key=lambda: "another-key-of-mine")
    given = give_links(other.folder, other.store, ["amal"], other.new_key, other.fingerprint)
    assert given["amal"] == "another-key-of-mine" != first["amal"]
