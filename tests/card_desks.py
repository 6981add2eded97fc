"""Desks with cards for tests: a small class whose children have links, and what stands on its cards."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portfolio.model import AgeBand
from portfolio.moments.links import known_links, links_for_all
from portfolio.moments.teacher.cards_room import CardsRoom
from portfolio.moments.teacher.room import TeacherDesk, WayIn
from portfolio.serve.keys import key_fingerprint, new_key
from tests.quick_class import quick_desk

Maker = Callable[..., TeacherDesk]


@contextmanager
def makers(place: Path) -> Iterator[Maker]:
    """Give a way to make the desk of a small class in a folder; all are closed at the end."""
    made: list[TeacherDesk] = []

    def desk(*names: str, band: AgeBand = "3-5", way_in: WayIn = "links", links: bool = True) -> TeacherDesk:
        one = quick_desk(place / str(len(made)), names or ("Amal", "Mateo", "Linh"), band=band, way_in=way_in)
        one = dataclasses.replace(
            one, new_key=new_key, fingerprint=key_fingerprint, address="https://books.school.example/"
        )
        if links:
            links_for_all(one.folder, one.store, one.new_key, one.fingerprint)
        made.append(one)
        return one

    yield desk
    for one in made:
        one.store.close()


def body(desk: TeacherDesk, *at: str) -> str:
    """Return the screen of a place."""
    return str(CardsRoom(desk).show(at).body)


def cards_in(html: str) -> list[str]:
    """Return the cards of a page, each with all that is on it."""
    return re.findall(r"<article .*?</article>", html, re.DOTALL)


def known(desk: TeacherDesk) -> dict[str, str]:
    """Return the links that can be printed."""
    return known_links(desk.folder, desk.store, desk.fingerprint)
