"""Every age band from end to end: a class is made, desks open, all is filled in, files go home."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest

from portfolio.model import AgeBand, Control, Goal, Passage
from portfolio.moments.classes import new_class
from portfolio.moments.desk import StudentDesk
from portfolio.moments.home import kept_charts
from portfolio.moments.send_home import send_home
from portfolio.moments.talk import talk_html
from portfolio.rules.progress import book_state
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.testing import NOON

BANDS: tuple[AgeBand, ...] = get_args(AgeBand)
WRITTEN_BY_OTHERS = ("teacher_page", "replies")
LINK = {"kind": "link", "address": "https://example.org/song", "caption": "Our song"}


@dataclass(frozen=True)
class Opened:
    """A class with one child whose desk is open."""

    folder: ClassFolder
    store: ClassStore
    desk: StudentDesk

    def asked(self) -> list[str]:
        """Return the ids of the sections a child fills in."""
        return [s.section_id for s in self.desk.book.template.sections if s.holds not in WRITTEN_BY_OTHERS]


def add_last_time(store: ClassStore, portfolio_id: str) -> None:
    """Put a goal into a round before this one, so that there is something to look back on."""
    meta, _ = store.meta(portfolio_id)
    before = meta.but(portfolio_id="ana.before", round="Spring 2026", started_on=date(2026, 2, 2))
    store.keep_meta(before, expected=0)
    goal = Goal(entry_id="goal-1", goal=Passage(text="I will finish my map."))
    store.keep("ana.before", goal, expected=0, by="student", at=NOON)


def make_class(path: Path, band: AgeBand) -> Opened:
    """Make a class of one age band, with one child, a goal from last time, and the desk open."""
    folder = new_class(
        path / "our-class",
        name="Our class",
        band=band,
        round_name="Fall 2026",
        students=["Ana; Home; en"],
        today=date(2026, 9, 1),
        randomness=secrets.token_bytes,
    )
    store = folder.store()
    add_last_time(store, store.rounds("ana")[-1].portfolio_id)
    numbers = itertools.count(1)
    book = book_of(store, folder.template(), folder.outline(), "ana")
    return Opened(folder, store, StudentDesk(store, book, lambda: NOON, lambda: f"new{next(numbers)}"))


@pytest.fixture(params=BANDS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """A desk of one age band on which nothing has been written."""
    made = make_class(tmp_path, request.param)
    yield made
    made.store.close()


@pytest.fixture(params=BANDS, scope="module")
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A desk of one age band with every question answered; it is only looked at."""
    made = make_class(tmp_path_factory.mktemp("full"), request.param)
    fill_in(made)
    yield made
    made.store.close()


def answer(card: dict[str, Any], field: dict[str, Any]) -> Any:
    """Return something a control could send; the words of each question of each card are its own."""
    control: Control = field["control"]
    own = f"{card['entry_id']} {field['field']}"
    first = [choice["id"] for choice in field["choices"]][:1]
    values: dict[Control, Any] = {
        "line": f"a line for {own}",
        "long": f"a text for {own}\nand more",
        "picks": first,
        "one": next(iter(first), None),
        "scale": next(iter(first), None),
        "piece": next(iter(first), None),
        "photos": [],  # their way in is tested elsewhere
        "media": [LINK],
        "rows": [{c["field"]: "yes" if "choices" in c else f"{own} {c['field']}" for c in field["columns"]}],
        "date": "2026-12-24",
        "dates": ["2026-12-08", "2026-12-24"],
    }
    return values[control]


def fill_in(opened: Opened) -> None:
    """Answer every question of every section."""
    # work first: other sections point to it
    for name in sorted(opened.asked(), key=lambda section: section != "work"):
        for card in opened.desk.form(name)["cards"]:
            version = card["version"]
            for field in card["fields"]:
                given = answer(card, field)
                version = opened.desk.save(name, card["entry_id"], field["field"], given, version).version


def test_the_desk_of_every_band_opens(opened: Opened) -> None:
    """Every section a child fills in gives a form that is plain JSON, with a card and a question in it."""
    for name in opened.asked():
        form = opened.desk.form(name)
        json.dumps(form)
        if form["at_least"] or not form["addable"]:
            assert form["cards"] and all(card["fields"] for card in form["cards"]), name


def test_an_empty_book_goes_home(opened: Opened) -> None:
    """A book nobody has written in gives a page without errors."""
    (sent,) = send_home(opened.folder)
    assert sent.trouble is None and sent.path is not None
    assert "</html>" in sent.path.read_text(encoding="utf-8")


def test_what_is_sent_is_what_the_form_shows_next(full: Opened) -> None:
    """Every answer to every question of every band is kept and stands in the form when it opens again."""
    for name in full.asked():
        for card in full.desk.form(name)["cards"]:
            for field in card["fields"]:
                kept = field["value"]
                if field["control"] == "media":
                    kept = [{key: one[key] for key in LINK} for one in kept]
                assert kept == answer(card, field), (name, field["field"])


def test_a_book_that_is_filled_in_says_so(full: Opened) -> None:
    """With every question answered no section is told as started or empty, but for what is made at the table."""
    pairs = [(state.section.section_id, state.state) for state in book_state(full.desk.fresh())]
    pictures_only = {"then_now"}  # no photos were put in here
    assert {state for name, state in pairs if name not in pictures_only} == {"filled"}


def written(full: Opened) -> Iterator[tuple[str, str, str]]:
    """Yield section, field and first line of every text that was written for others to read."""
    for name in full.asked():
        for card in full.desk.form(name)["cards"]:
            for field in card["fields"]:
                if field["control"] in ("line", "long"):
                    yield name, field["field"], field["value"].split("\n")[0]


def test_a_full_book_goes_home(full: Opened) -> None:
    """A page for home holds every text the child wrote, but for hidden pages and the cards for the meeting."""
    (sent,) = send_home(full.folder)
    assert sent.trouble is None and sent.path is not None
    page = sent.path.read_text(encoding="utf-8")
    missing = {(section, field) for section, field, text in written(full) if text not in page}
    assert {section for section, _ in missing} <= {"our_family", "friends", "ask_me"}
    assert "friends" in {section for section, _ in missing}


def test_a_full_book_can_be_presented(full: Opened) -> None:
    """The presentation of every band shows the step titles of the agenda a class starts with."""
    page = unescape(talk_html(full.desk.fresh(), full.store, kept_charts(full.folder.charts)))
    steps = full.desk.book.template.agendas[0].steps
    assert not [step.title for step in steps if not step.private and step.title not in page]
