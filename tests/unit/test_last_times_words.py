"""How far last time's promises are: said on the deck by whoever made them, kept where the next round reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.moments.conference.back_piece import BackPiece
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.room import Outcome
from portfolio.rules.promised import looked_back_on
from tests.tables import table_of
from tests.teachers import form, sample_folder


@pytest.fixture(scope="module")
def amal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """Return Amal's table of the sample class, who has a round before this one."""
    made = table_of(sample_folder(tmp_path_factory.mktemp("class")))
    yield made
    made.store.close()


def mark(table: Table, key: str, how: str, version: int) -> Outcome:
    """Say how far a promise is."""
    outcome = BackPiece().do(table, form("mark", version=version, promise=key, how=how))
    assert outcome is not None
    return outcome


def versions(table: Table) -> dict[str, int]:
    """Return each promise of last time on the deck with the version its form was drawn from."""
    html = "".join(BackPiece().parts(table, table.book).values())
    return {key: int(n) for key, n in re.findall(r'data-key="([^"]+)" data-version="(\d+)"', html)}


def test_every_promise_of_last_time_has_its_words(amal: Table) -> None:
    """All of them can be marked on the deck, the teacher's too, and stand on its screens once."""
    keys = [f"{p.meta.portfolio_id}/{one.entry_id}" for p, one in looked_back_on(amal.book.earlier)]
    whos = {one.who for _, one in looked_back_on(amal.book.earlier)}
    assert whos == {"student", "family", "teacher"}
    assert sorted(versions(amal)) == sorted(keys)
    body = TalkRoom(amal).show(()).body
    assert [body.count(f'data-key="{key}"') for key in keys] == [1] * len(keys)


def test_a_word_stands_where_it_belongs(amal: Table) -> None:
    """A child's word is its own look back, in this book; an adult's stands with the promise. All five, and back to none."""
    for portfolio, one in looked_back_on(amal.book.earlier):
        key = f"{portfolio.meta.portfolio_id}/{one.entry_id}"
        version = versions(amal)[key]
        for how in ("just_starting", "nearly", "changed_my_mind", "", "getting_there"):
            version = mark(amal, key, how, version).version or 0
            now = next(a for p, a in looked_back_on(amal.book.earlier) if a.entry_id == one.entry_id)
            back = [b.result for b in amal.book.portfolio.look_backs if b.promise_id == one.entry_id]
            assert (back[0] if one.who == "student" else now.how_far) == (how or None)
            assert one.who != "student" or now == one


def test_marks_are_checked(amal: Table) -> None:
    """No other words, no other promises; two who say different things are both shown."""
    key, version = next(iter(versions(amal).items()))
    for how in ("excellent", "5", "<b>"):
        with pytest.raises(InputRefused):
            mark(amal, key, how, version)
    for wrong in ("", "x/y", key + "x", f"{amal.portfolio_id}/{key.partition('/')[2]}x"):
        with pytest.raises(NotFound):
            mark(amal, wrong, "done", 1)
    now = mark(amal, key, "nearly", version).version
    assert now is not None
    with pytest.raises(ChangedMeanwhile) as caught:
        mark(amal, key, "done", version)
    assert caught.value.values["theirs"] == {"how": ["nearly"]}
