"""Our drawings and the macros that place them: grid, index, escaping, arrows, who is speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from hypothesis import given
from hypothesis import strategies as st

from portfolio import files
from portfolio.errors import NotFound
from portfolio.views import icons

PAGES = files.page_templates()


class _Reader(HTMLParser):
    """Collects classes, elements and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element and its attributes."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words += data

    def classes(self) -> set[str]:
        """Return every class that occurs."""
        return {name for _, attrs in self.found for name in (attrs.get("class") or "").split()}


@pytest.mark.parametrize("name", icons.load_icons())
def test_drawings_stay_on_their_grid(name: str) -> None:
    """Each drawing is readable path data inside the 48 grid (a hand may overshoot by a hair), never empty."""
    icon = icons.find(name)
    assert icon.line
    for data in filter(None, (icon.wash, icon.line, icon.dot)):
        pen = BoundsPen(None)
        parse_path(data, pen)
        left, top, right, bottom = pen.bounds
        assert min(left, top) >= 0
        assert max(right, bottom) <= 48


def test_every_drawing_is_in_the_index_with_its_word() -> None:
    """icons/index.md lists the same names and words as icons.json, in the same order."""
    index = (PAGES / "icons" / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+)`( ↔)? \| (.+) \|$", index, flags=re.MULTILINE)
    assert [(name, bool(turns), word) for name, turns, word in listed] == [
        (icon.name, icon.flip, icon.word) for icon in icons.load_icons().values()
    ]


def test_the_drawings_pages_need_are_there() -> None:
    """Seats, parts, faces and the words for how far exist by the names templates use."""
    needed = {f"seat-{who}" for who in ("student", "family", "teacher")} | {f"face-{n}" for n in range(1, 6)}
    needed |= {
        "just-starting",
        "getting-there",
        "nearly",
        "done",
        "changed-my-mind",
        "thumb-up",
        "thumb-side",
    }
    assert needed <= set(icons.load_icons())


def test_an_unknown_drawing_is_refused_with_a_sentence() -> None:
    """A name that does not exist says so and says where the names are."""
    with pytest.raises(NotFound, match="no drawing called “dragon”"):
        icons.use("dragon")


def test_a_sprite_carries_each_drawing_once() -> None:
    """Drawings named twice come once, in the order of first mention, and pages can be asked what they use."""
    html = icons.use("goal") + icons.use("tick") + icons.use("goal")
    assert icons.used_in(html) == ("goal", "tick")
    symbols = [
        attrs["id"] for tag, attrs in _Reader(icons.sprite(["goal", "tick", "goal"])).found if tag == "symbol"
    ]
    assert symbols == ["i-goal", "i-tick"]


@given(label=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_label_comes_out_as_it_went_in(label: str) -> None:
    """Whatever the words are, they are the label and nothing but the label."""
    ((tag, attrs), used) = _Reader(icons.use("print", label)).found
    assert (tag, attrs["aria-label"], attrs["role"]) == ("svg", label, "img")
    assert used == ("use", {"href": "#i-print"})


def test_arrows_turn_and_pictures_do_not() -> None:
    """Only what points somewhere is mirrored in right-to-left pages."""
    turned = {name for name in icons.load_icons() if "flip" in _Reader(icons.use(name)).classes()}
    assert {"next", "back"} <= turned
    assert turned.isdisjoint({"seat-student", "tick", "clock", "book"})


@lru_cache(maxsize=1)
def _parts() -> Any:
    """Return the macros of the parts as functions."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    made.globals["icons"] = icons
    return made.get_template("_parts.html.j2").module


FRACTION = st.floats(0, 1)
MARKS = st.lists(st.builds(SimpleNamespace, x=FRACTION, y=FRACTION), min_size=1, max_size=4)


@pytest.mark.more
@given(marks=MARKS, width=st.integers(40, 6000), height=st.integers(40, 6000))
def test_arrows_end_at_their_mark_and_their_numbers_stay_on_the_picture(
    marks: list[SimpleNamespace], width: int, height: int
) -> None:
    """Wherever a child points, the arrow's tip is there, and every number is whole."""
    parts = _Reader(str(_parts().look(width, height, marks)))
    box = next(attrs["viewbox"] for tag, attrs in parts.found if tag == "svg") or ""
    _, _, w, h = map(float, box.split())
    assert max(w, h) == pytest.approx(100, abs=0.1)
    arrows = [attrs["d"] or "" for _, attrs in parts.found if attrs.get("class") == "arrow"]
    assert len(arrows) == len(marks)
    for data, mark in zip(arrows, marks, strict=True):
        *_, x, y = map(float, re.findall(r"-?[\d.]+", data.split("M")[1]))
        assert abs(x - mark.x * w) <= 1.8
        assert abs(y - mark.y * h) <= 1.8
    rings = [attrs for tag, attrs in parts.found if tag == "circle"]
    assert len(rings) == len(marks)
    for ring in rings:
        for at, length in (("cx", w), ("cy", h)):
            assert float(ring[at] or 0) >= min(length / 2, 4.4) - 0.06  # one decimal
            assert float(ring[at] or 0) <= max(length / 2, length - 4.4) + 0.06


def test_what_a_person_said_keeps_its_language_and_says_who() -> None:
    """A speech area has the words with their language, the seat, and the name; tags in words stay words."""
    html = str(
        _parts().said("family", "Mama & <b>Baba</b>", "كان هذا شجاعًا.\n\n<i>Bravo</i>", "ar", "at the table")
    )
    read = _Reader(html)
    assert {"said-family", "said-words", "said-who"} <= read.classes()
    assert ("use", {"href": "#i-seat-family"}) in read.found
    assert next(attrs for tag, attrs in read.found if tag == "blockquote")["lang"] == "ar"
    assert [attrs.get("dir") for tag, attrs in read.found if tag == "p"] == ["auto", "auto"]
    assert not {tag for tag, _ in read.found} & {"b", "i"}
    assert "Mama & <b>Baba</b>" in read.words
    assert "at the table" in read.words


def test_no_page_template_carries_a_style_attribute() -> None:
    """Looks never stand in HTML: a policy by hash would leave such a page undressed."""
    for path in sorted(PAGES.rglob("*.j2")):
        assert not re.search(r"<[a-z][^>]*\sstyle=", path.read_text(encoding="utf-8")), path.name
