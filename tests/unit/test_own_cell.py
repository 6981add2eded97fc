"""A teacher's own cell on a page: harmless, described, in the reader's language, and told where something is missing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from portfolio.model import OwnCell, OwnPicture
from portfolio.rules.left_out import gap_note, picture_note
from portfolio.views.own_cell import GAPS, own_cell
from portfolio.views.room import CHOICE
from portfolio.words import speak
from tests.hostile import TEXTS
from tests.notebook_cells import JPEG, PNG, code, own, shown, text

EN = speak("en")
SAFE = {"div", "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "code", "pre", "hr", "br", "figure", "img"} | {
    "table", "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        for mark in CHOICE.values():
            html = html.replace(str(mark), "")
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    "alt",
    ["", " ", "image.png", "IMG_2041.JPG", "<Figure size 640x480 with 1 Axes>", "No description has been provided for this image",
     "image", "Output", "my plot (2).svg"],
)  # fmt: skip
def test_a_useless_description_is_replaced(alt: str) -> None:
    """Names of files and objects, or that nobody described it, are never read out: a kind sentence stands there."""
    cell = OwnCell(pictures=(OwnPicture(media_type="image/png", base64=PNG, alt=alt),))
    (said,) = (a["alt"] for tag, a in Tags(own_cell(cell, EN)).found if tag == "img")
    assert said == "A picture the teacher made"


@pytest.mark.parametrize(
    "alt", ["A rainy May", "The picture of our school", "No rain at all", "figure of eight"]
)
def test_a_real_description_stays(alt: str) -> None:
    """What a teacher wrote about a picture stands there letter for letter."""
    cell = OwnCell(pictures=(OwnPicture(media_type="image/png", base64=PNG, alt=alt),))
    assert [a["alt"] for tag, a in Tags(own_cell(cell, EN)).found if tag == "img"] == [alt]


def test_pictures_stand_where_they_were_shown() -> None:
    """A picture with a note stands there, one without below, and a note without a picture shows nothing."""
    pictures = tuple(OwnPicture(media_type="image/png", base64=PNG, alt=alt) for alt in ("first", "second"))
    cell = OwnCell(markdown=f"before\n\n{picture_note(1)}\n\nafter\n\n{picture_note(7)}", pictures=pictures)
    html = own_cell(cell, EN)
    assert html.index("before") < html.index("second") < html.index("after") < html.index("first")


def test_gaps_are_told_in_the_readers_words() -> None:
    """Each reason has its own sentence; where in the notebook it was is nothing for a family."""
    for why, sentence in GAPS.items():
        words = Tags(own_cell(OwnCell(markdown=gap_note(why, "student.ipynb, cell 7")), EN)).words
        assert words == sentence


def test_an_open_fence_swallows_nothing() -> None:
    """Markdown that leaves a block open ends where its output ends: what follows is shown as it is."""
    found = own(
        code(
            "x",
            shown({"text/markdown": "```\nopen"}),
            shown({"text/html": "<p>after"}),
            shown({"image/png": PNG}),
        )
    )
    html = own_cell(found, EN)
    assert "<p>after</p>" in html and "<img" in html and "portfolio-" not in html


def test_a_table_says_what_its_heads_head() -> None:
    """Heads of columns and rows say so; an empty corner is no head; the table can be moved with the keyboard."""
    tags = Tags(
        own_cell(OwnCell(markdown="| | a |\n|-|-|\n| **Mon** | **1** x |\n| **Tue** | 2 |"), EN)
    ).found
    assert [a.get("scope") for tag, a in tags if tag == "th"] == ["col", "row", "row"]
    (box,) = (a for tag, a in tags if tag == "div" and a.get("class") == "tablebox")
    assert box["tabindex"] == "0" and box["aria-label"] == "A table the teacher made"


@pytest.mark.parametrize("name", list(TEXTS))
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "text/markdown", "text/html", "text/latex", "image/svg+xml", "stdout", "alt", "cell"],
)
def test_hostile_outputs_become_words(name: str, kind: str) -> None:
    """Whatever an output holds, in whatever form, the page has only our few tags, no addresses and no code that runs."""
    hostile = TEXTS[name][:150_000]
    if kind == "cell":
        found = own(text(f"{hostile}."))
    elif kind == "stdout":
        found = own(code("x", {"output_type": "stream", "name": "stdout", "text": f"{hostile}."}))
    elif kind == "alt":
        found = own(code("x", shown({"image/jpeg": JPEG}, alt=f"{hostile}.")))
    else:
        found = own(code("x", shown({kind: f"{hostile}."}), shown({"text/plain": "."})))
    tags = Tags(own_cell(found, EN)).found
    assert {tag for tag, _ in tags} <= SAFE
    for _, attributes in tags:
        assert set(attributes) <= {"class", "dir", "role", "tabindex", "aria-label", "scope", "src", "alt"}
        assert (attributes.get("src") or "data:image/").startswith("data:image/")
