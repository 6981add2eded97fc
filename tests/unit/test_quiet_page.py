"""The quiet page: what it is made of, that its puzzles can be solved, and that a strict page can show them."""

from __future__ import annotations

import random
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio import files
from portfolio.model import Answer, Passage, SectionCell, Strength, Work
from portfolio.model.portfolio import SectionChoice
from portfolio.rules import for_audience
from portfolio.rules.quiet_motifs import DRAWN, FILLERS, PICTURES, motif_of
from portfolio.rules.quiet_page import (
    ColourIn,
    CountDraw,
    FindWay,
    JoinDots,
    QuietFacts,
    SpotPairs,
    Wall,
    activities,
    counted,
    maze,
    pairs,
    quiet_facts,
)
from portfolio.rules.quiet_shapes import SHAPE_FOR, SHAPES
from portfolio.store.template_file import load_template
from portfolio.testing import small_book
from portfolio.views import icons, ink
from portfolio.views.quiet_page import TASKS, draw
from portfolio.words import speak

SVG = "{http://www.w3.org/2000/svg}"
WORK = (
    Work(entry_id="w1", title=Passage(text="Our bean"), subject="science"),
    Work(entry_id="w2", title=Passage(text="El mapa de mi calle"), subject="geografía"),
    Work(entry_id="w3", title=Passage(text="x"), subject="الرياضيات"),
)


def facts_of(**shelves: object) -> QuietFacts:
    """Return what a quiet page of a book may be made of."""
    return quiet_facts(for_audience(small_book(**shelves), "conference"), "ines.fall-2026")


def test_a_page_is_made_of_the_childs_own_subjects() -> None:
    """Subjects become pictures, in three languages, with the child's word for each; picks and strengths follow."""
    facts = facts_of(work=WORK, strengths=(Strength(entry_id="s", what=Passage(text="singing")),))
    assert facts.motifs == ("growing", "ahead", "counting", "singing")
    assert facts.words == ("science", "geografía", "الرياضيات", "")
    assert facts.pieces == 3
    kinds = [type(one) for one in activities(facts)]
    assert kinds == [ColourIn, SpotPairs, JoinDots, FindWay]
    coloured, two, dots, way = activities(facts)
    assert isinstance(coloured, ColourIn) and coloured.motifs == facts.motifs
    assert isinstance(two, SpotPairs) and set(facts.motifs) <= set(two.one_side)
    assert isinstance(dots, JoinDots) and dots.shape is SHAPES["tree"]
    assert isinstance(way, FindWay) and way.start == "growing"


def test_the_book_decides_which_puzzles_there_are() -> None:
    """Three things in the book: pairs; one or two pieces: counting, as many as there are; nothing: three puzzles all the same."""
    one = activities(QuietFacts(seed="a", motifs=("singing",), words=("music",), pieces=2))
    assert [type(a) for a in one] == [ColourIn, CountDraw, JoinDots, FindWay]
    assert isinstance(one[1], CountDraw) and one[1].rows[0] == ("singing", 2)
    nothing = activities(quiet_facts(None, "b"))
    assert [type(a) for a in nothing] == [ColourIn, JoinDots, FindWay]
    assert facts_of(work=(), strengths=(), answers=()).motifs == ()


def test_a_page_for_a_sibling_shows_nothing_the_child_keeps() -> None:
    """Work the child does not show to its family is on no quiet page."""
    book = small_book(work=WORK)
    meta = book.portfolio.meta.but(sections=(SectionChoice(section="work", shown_to_family=False),))
    hidden = book.but(portfolio=book.portfolio.but(meta=meta))
    facts = quiet_facts(for_audience(hidden, "conference"), "s")
    assert facts.pieces == 0 and "science" not in facts.words and "growing" not in facts.motifs


def test_picks_of_pictures_count_too() -> None:
    """A small child who picked pictures in place of words finds them again."""
    template = load_template(files.class_templates() / "k-2.yaml")
    strengths = template.section("strengths")
    assert strengths is not None
    pick = next(
        prompt for prompt in strengths.prompts if prompt.field == "picks" or prompt.control == "picks"
    )
    chosen = next(one for one in pick.choices if (one.icon or one.id) in DRAWN)
    book = small_book(work=(), strengths=(Strength(entry_id="s", picks=(chosen.id,)),), answers=())
    outline = tuple(SectionCell(section=s.section_id) for s in template.sections)
    seen = for_audience(book.but(template=template, outline=outline), "conference")
    assert quiet_facts(seen, "s").motifs == (chosen.icon or chosen.id,)


def test_the_same_book_gives_the_same_page_and_another_book_another() -> None:
    """A page is drawn from its seed alone."""
    assert activities(QuietFacts(seed="a")) == activities(QuietFacts(seed="a"))
    assert len({str(activities(QuietFacts(seed=str(n)))) for n in range(8)}) == 8


@pytest.mark.parametrize(
    ("words", "motif"),
    [("Math", "counting"), ("the arts", "painting"), ("article", ""), ("الفن", "painting"), ("Naturaleza", "growing"),
     ("poem about rain", "writing"), ("", ""), ("🎈" * 50, "")],
)  # fmt: skip
def test_words_find_their_picture(words: str, motif: str) -> None:
    """A subject finds its picture by how its words begin; short beginnings are whole words; others find none."""
    assert motif_of(words) == motif


def test_every_picture_is_drawn_and_has_a_name() -> None:
    """Whatever a page may show is a drawing of ours, and fillers are among them."""
    assert set(PICTURES) <= set(icons.load_icons())
    assert set(FILLERS) <= DRAWN and set(SHAPE_FOR) <= DRAWN and set(SHAPE_FOR.values()) <= set(SHAPES)
    for name in PICTURES:
        box = ink.outline(name).get_extents()
        assert box.width > 0.3 and box.height > 0.3 and box.x0 > -0.1 and box.x1 < 1.1, name


def test_svg_paths_are_read_as_they_are_meant() -> None:
    """Relative, absolute, mirrored and repeated commands end where SVG says they do."""
    assert list(ink.drawn("M1 2l3 0 0 3h2V1z")) == [
        (1, 1, 2), (2, 4, 2), (2, 4, 5), (2, 6, 5), (2, 6, 1), (2, 1, 2),
    ]  # fmt: skip
    assert list(ink.drawn("M0 0c1 1 2 1 3 0s2-1 3 0"))[-3:] == [(4, 4, -1), (4, 5, -1), (4, 6, 0)]
    assert list(ink.drawn("m1 1 2 2Q.5.5-1 3")) == [(1, 1, 1), (2, 3, 3), (3, 0.5, 0.5), (3, -1, 3)]


# ------------------------------------------------------------------------------------------------ the puzzles


def reached(way: FindWay) -> set[tuple[int, int]]:
    """Return the fields one comes to from the first, walls in mind."""
    walls = set(way.walls)
    seen, todo = {(0, 0)}, [(0, 0)]
    while todo:
        x, y = todo.pop()
        steps: dict[tuple[int, int], Wall] = {
            (x + 1, y): ((x + 1, y), (x + 1, y + 1)), (x - 1, y): ((x, y), (x, y + 1)),
            (x, y + 1): ((x, y + 1), (x + 1, y + 1)), (x, y - 1): ((x, y), (x + 1, y)),
        }  # fmt: skip
        for field, wall in steps.items():
            inside = 0 <= field[0] < way.across and 0 <= field[1] < way.down
            if inside and wall not in walls and field not in seen:
                seen.add(field)
                todo.append(field)
    return seen


@given(st.integers(2, 12), st.integers(2, 12), st.integers())
def test_every_maze_has_one_way(across: int, down: int, seed: int) -> None:
    """From the first field one comes to every other, and by one way only."""
    way = maze(across, down, random.Random(seed))
    assert len(reached(way)) == across * down
    inner = [w for w in way.walls if abs(w[0][0] - w[1][0]) + abs(w[0][1] - w[1][1]) == 1 and _inside(w, way)]
    between = across * (down - 1) + down * (across - 1)
    assert between - len(inner) == across * down - 1  # a tree: one door fewer than fields


def _inside(wall: Wall, way: FindWay) -> bool:
    (x, y), (i, j) = wall
    return not ((x == i and x in (0, way.across)) or (y == j and y in (0, way.down)))


@given(st.lists(st.sampled_from(sorted(DRAWN)), unique=True, min_size=2, max_size=8), st.integers())
def test_pairs_are_complete_and_never_side_by_side(motifs: list[str], seed: int) -> None:
    """Each picture has its like on the other side, and not beside it."""
    two = pairs(motifs, random.Random(seed))
    assert sorted(two.one_side) == sorted(two.other_side)
    assert all(a != b for a, b in zip(two.one_side, two.other_side, strict=True))


@given(st.integers(1, 6), st.integers())
def test_rows_to_count_differ(pieces: int, seed: int) -> None:
    """Three rows, each another number; the first is that of the child's pieces of work."""
    rows = counted(["book", "home", "lamp", "game"], pieces, random.Random(seed)).rows
    assert rows[0][1] == pieces and len({n for _, n in rows}) == len(rows) == 3


def test_dots_are_far_enough_apart_to_tell_their_numbers() -> None:
    """No two dots of a shape lie so close that a number could belong to either; all lie on the field."""
    for name, shape in SHAPES.items():
        for n, (x, y) in enumerate(shape.corners):
            assert 0 <= x <= 100 and 0 <= y <= 100
            for i, j in shape.corners[n + 1 :]:
                assert ((x - i) ** 2 + (y - j) ** 2) ** 0.5 >= 7.5, (name, x, y, i, j)


EVERY = (
    ColourIn(("book", "home", "lamp", "game"), ("", "", "", "")),
    ColourIn(("book",), ("",)),
    JoinDots(SHAPES["fish"]),
    maze(8, 6, random.Random(1)),
    SpotPairs(("book", "home"), ("home", "book")),
    CountDraw((("book", 2), ("home", 6))),
)


@pytest.mark.parametrize("lang", ["en", "es", "ar"])
@pytest.mark.parametrize("activity", EVERY, ids=lambda one: type(one).__name__)
def test_a_drawing_is_plain_black_and_says_what_it_is(activity: ColourIn, lang: str) -> None:
    """No style, script or address; ink only, nothing filled with grey; a title and a description; ids of its own."""
    say = speak(lang)
    chart = draw(activity, say, "unique")
    root = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
    assert root.attrib["role"] == "img"
    texts = {e.tag.removeprefix(SVG): e.text for e in root if e.tag in (f"{SVG}title", f"{SVG}desc")}
    assert texts == {"title": chart.title, "desc": chart.summary} and chart.title == say(
        TASKS[type(activity)]
    )
    assert "style" not in {name for e in root.iter() for name in e.attrib}
    assert not [e for e in root.iter() if e.tag in (f"{SVG}style", f"{SVG}script", f"{SVG}image")]
    paints = {e.attrib[name] for e in root.iter() for name in ("fill", "stroke") if name in e.attrib}
    assert paints <= {"none", "currentColor"}
    other = draw(activity, say, "another")
    mine, theirs = (set(re.findall(r'id="([^"]+)"', one.svg)) for one in (chart, other))
    assert not mine & theirs
    assert draw(activity, say, "unique").svg == chart.svg


def test_dots_carry_their_numbers_as_text() -> None:
    """Each dot of a shape has its number, once, as real text."""
    chart = draw(JoinDots(SHAPES["star"]), speak("en"), "u")
    numbers = [e.text for e in ET.fromstring(chart.svg).iter(f"{SVG}text")]  # noqa: S314 - our own drawing
    assert numbers == [str(n) for n in range(1, 11)]
    assert "1 to 10" in chart.summary and "a star" in chart.summary


def test_what_the_child_answered_counts_too() -> None:
    """What a child says it loves becomes a picture where there is one."""
    answer = Answer(entry_id="a", section="me", prompt="love", words=Passage(text="Music and cats"))
    facts = facts_of(work=(), strengths=(), answers=(answer,))
    assert facts.motifs == ("singing",)
