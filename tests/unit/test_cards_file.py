"""Cards as a file of their own: what the command line writes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.errors import InputRefused, NotFound
from portfolio.moments.cards_file import CardsAsked, write_cards
from tests.card_desks import Maker, cards_in, known, makers


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Maker]:
    """Give a way to make the desk of a small class; closes it at the end."""
    with makers(tmp_path) as maker:
        yield maker


def test_cards_as_a_file(make: Maker, tmp_path: Path) -> None:
    """The command line's page holds the same cards, loads nothing, and only its owner may read it."""
    desk = make()
    made = write_cards(desk, CardsAsked(address="https://books.school.example"), tmp_path / "cards.html")
    page = made.path.read_text("utf-8")
    assert made.cards == 3 == len(cards_in(page)) and made.without == ()
    assert all(key in re.sub(r"<[^>]+>", "", page) for key in known(desk).values())
    assert "<script" not in page and not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert made.path.stat().st_mode & 0o077 == 0
    with pytest.raises(InputRefused):
        write_cards(desk, CardsAsked(address="https://books.school.example"), tmp_path / "cards.html")


def test_a_file_of_cards_makes_links_only_when_asked(make: Maker) -> None:
    """Without a known link there is no card and no new key; with ``missing`` there is, with ``renew`` all are new."""
    desk = make(links=False)
    asked = CardsAsked(address="https://books.school.example")
    with pytest.raises(NotFound, match="Amal, Mateo, Linh"):
        write_cards(desk, asked)
    assert known(desk) == {}
    assert write_cards(desk, dataclasses.replace(asked, missing=True, students=("amal",))).cards == 1
    first = known(desk)
    assert set(first) == {"amal"}
    some = write_cards(dataclasses.replace(desk, now=lambda: desk.now().replace(second=7)), asked)
    assert (some.cards, some.without) == (1, ("Mateo", "Linh")) and known(desk) == first
    later = dataclasses.replace(desk, now=lambda: desk.now().replace(second=9))
    write_cards(later, dataclasses.replace(asked, renew=True))
    assert set(known(desk)) == {"amal", "mateo", "linh"} and known(desk)["amal"] != first["amal"]


@pytest.mark.parametrize("address", ["", "books.school.example", "javascript:alert(1)", "ftp://x"])
def test_links_need_an_address(make: Maker, address: str) -> None:
    """What is no address of a web page is refused before any link is made."""
    desk = make(links=False)
    with pytest.raises(InputRefused, match="--address"):
        write_cards(desk, CardsAsked(address=address, missing=True))
    assert known(desk) == {}
