"""Pages: what a template may use is promised, and what comes out is safe, whole and in one file."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

import pytest
from jinja2 import meta

from portfolio import files
from portfolio.model import (
    Book,
    Choice,
    LookHere,
    OwnCell,
    OwnPicture,
    Passage,
    Picture,
    SectionCell,
    Work,
)
from portfolio.rules import for_audience
from portfolio.rules.family_view import RatingSeen, RatingsPart, WorkPart
from portfolio.rules.over_time import worth_drawing
from portfolio.rules.running_order import running_order
from portfolio.testing import small_book, small_portfolio
from portfolio.views.charts import draw_over_time, rewritten
from portfolio.views.environment import environment
from portfolio.views.home import HomePage, home_page
from portfolio.views.own_cell import own_cell
from portfolio.views.pages import TalkPage, render, talk_page
from portfolio.words import speak

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
    "</style><script>x</script>",
    "]]><svg onload=alert(1)>",
    "\u202egnp.exe",
    "👩‍👧‍👦 مرحبا",
)
SHA = "b" * 64


class Tags(HTMLParser):
    """Collects what stands in a page: tags with attributes, and the texts."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]


def home(book: Book, household: str = "papa") -> str:
    """Return a home file."""
    return render(home_page(for_audience(book, "home", household), lambda _: b"RIFF"))


@pytest.mark.parametrize("page", [HomePage, TalkPage])
def test_every_variable_of_a_template_is_promised_and_used(page: type[HomePage | TalkPage]) -> None:
    """A page's dataclass fields and the variables its templates read are the same, both ways."""
    env = environment()
    assert env.loader is not None
    read: set[str] = set()
    answer = ("_answer.html.j2",) if page is HomePage else ()
    shared = ("_sections.html.j2", "_said.html.j2", "_media.html.j2", "_school.html.j2")
    for name in (page.template, *answer, *shared):
        source = env.loader.get_source(env, name)[0]
        read |= meta.find_undeclared_variables(env.parse(source)) - {
            "icons",
            "caller",
            "choice",
            "form",
            "line",
        }
    promised = {field.name for field in dataclasses.fields(page)}
    assert read == promised


def test_a_home_file_is_one_file_with_one_script_and_no_address() -> None:
    """No event or style attribute, nothing loaded, one script, by its hash; a link a person may tap says nothing of them."""
    page = home(small_book())
    tags = Tags(page)
    assert tags.all("script") == [{}]
    digest = base64.b64encode(
        hashlib.sha256(re.findall(r"(?s)<script>(.*?)</script>", page)[0].encode()).digest()
    )
    policy = str(tags.all("meta")[1]["content"])
    assert f"; script-src 'sha256-{digest.decode()}'; " in policy and "unsafe" not in policy
    assert len(tags.tags) > 50
    for tag, attrs in tags.tags:
        assert not [a for a in attrs if a.startswith("on") or a == "style"], tag
        if tag == "a" and str(attrs["href"]).startswith("https:"):
            assert attrs["rel"] == "noreferrer noopener"
            continue
        for name in ("src", "href", "action", "srcset", "poster", "data", "ping"):
            assert (attrs.get(name) or "#").startswith(("#", "data:")), (tag, attrs)


def test_the_policy_names_the_style_sheet_that_is_in_the_page() -> None:
    """The content policy comes first and its hash is the hash of the one style element."""
    page = home(small_book())
    sheets = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(sheets) == 1
    digest = base64.b64encode(hashlib.sha256(sheets[0].encode()).digest()).decode()
    policy = Tags(page).all("meta")[1]
    assert policy["http-equiv"] == "Content-Security-Policy"
    assert f"style-src 'sha256-{digest}'" in str(policy["content"])
    assert str(policy["content"]).startswith("default-src 'none'")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    """Whatever is written into any text of a page arrives as that text, and adds no tag."""
    words = Passage(text=text)
    picture = Picture(
        sha256=SHA, width=9, height=9, alt=words, caption=words, looks=(LookHere(x=0, y=1, words=words),)
    )
    filled = small_book(
        work=(Work(entry_id="work-1", title=words, why=words, subject=text, pictures=(picture,)),)
    )
    plain = Passage(text="plain")
    calm = picture.but(alt=plain, caption=plain, looks=(LookHere(x=0, y=1, words=plain),))
    same = small_book(
        work=(Work(entry_id="work-1", title=plain, why=plain, subject="plain", pictures=(calm,)),)
    )
    for make in (home, lambda b: render(talk_page(for_audience(b, "conference"), lambda _: b"RIFF"))):
        hostile, ordinary = Tags(make(filled)), Tags(make(same))
        assert [t for t, _ in hostile.tags] == [t for t, _ in ordinary.tags]
        assert " ".join(text.split()) in " ".join(" ".join(hostile.texts).split())


def test_every_leaf_of_the_talk_leads_on_and_back() -> None:
    """Each leaf links to the next and the one before; the first greets; every piece has its own."""
    book = small_book(work=tuple(Work(entry_id=f"work-{n}", title=Passage(text=f"P{n}")) for n in (1, 2)))
    view = for_audience(book, "conference")
    page = Tags(render(talk_page(view, lambda _: b"RIFF")))
    ids = [a["id"] for a in page.all("section") if a.get("class") == "slide"]
    scenes = running_order(view)
    assert ids == [f"part{n}" for n in range(1, len(scenes) + 1)]
    turns = {a["href"] for a in page.all("a")}
    assert turns == {f"#{i}" for i in ids}
    pieces = [
        scene.part.content.pieces
        for scene in scenes
        if scene.part and isinstance(scene.part.content, WorkPart)
    ]
    assert [[one.title.text for one in shown] for shown in pieces] == [["P1"], ["P2"]]


def test_a_teachers_own_cell_is_made_harmless() -> None:
    """Markdown keeps its shape; scripts, links, remote pictures and raw HTML do not come along."""
    text = "# Our song\n\n*We* sing <b onclick=x>daily</b> ![x](https://a.example/x.png) [l](javascript:x)\n\n- one"
    picture = OwnPicture(media_type="image/svg+xml", base64="PHN2Zy8+", alt='A "chart"')
    tags = Tags(own_cell(OwnCell(markdown=text, pictures=(picture,)), speak("en")))
    names = [name for name, _ in tags.tags]
    assert {"h3", "em", "li", "img"} <= set(names)
    assert not {"script", "b", "h1"} & set(names)
    assert [i["alt"] for i in tags.all("img")] == ['A "chart"']
    assert all(not a.get("href") and not a.get("onclick") for _, a in tags.tags)


def ratings(*rows: tuple[str | None, ...]) -> RatingsPart:
    """Return a ratings page with these answers."""
    scale = tuple(Choice(id=w, label=w) for w in ("always", "mostly", "sometimes"))
    known = {c.id: c for c in scale}
    seen = tuple(
        RatingSeen(
            question=f"I ask $5 and ${n} <b>",
            answers=tuple(known[a] if a else None for a in row),
            example=None,
            against=None,
            teacher_says=None,
            better=None,
        )
        for n, row in enumerate(rows)
    )
    return RatingsPart(rounds=("Fall 2025", "_Spring", "Fall 2026"), scale=scale, ratings=seen)


def test_a_chart_needs_two_rounds_with_an_answer() -> None:
    """One answer is no line."""
    assert not worth_drawing(ratings((None, None, "always")))
    assert worth_drawing(ratings((None, "mostly", "always")))


def test_a_chart_is_drawn_for_a_strict_page() -> None:
    """No style attribute, no outside id, real words, a title and a description; the same each time."""
    part = ratings(("sometimes", "mostly", "always"), ("mostly", "mostly", None))
    charts = draw_over_time(part, "How I <work>", speak("en"))
    tags = Tags(charts.panels[0][1] + charts.panels[1][1])
    assert not [a for _, a in tags.tags if "style" in a]
    ids = [str(a["id"]) for _, a in tags.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {"_Spring", "always", "I ask $5 and $0 <b>"} <= set(tags.texts)
    assert "$0 <b>: sometimes (Fall 2025), mostly (_Spring), always (Fall 2026)." in charts.summary
    assert draw_over_time(part, "How I <work>", speak("en")) == charts
    used = set(
        re.findall(r"#([\w.-]+)", " ".join(f"{a.get('href')} {a.get('clip-path')}" for _, a in tags.tags))
    )
    assert used <= set(ids)


def test_styles_become_attributes() -> None:
    """What matplotlib says in style attributes is said in attributes that a strict page obeys."""
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><metadata>x</metadata><style>y</style>'
        '<path id="a" style="fill: #010203; stroke-width: 2"/><text style="font: 13px sans; text-anchor: end">t</text></svg>'
    )
    tags = Tags(rewritten(raw, "p", "T", "D"))
    assert tags.all("path")[0] == {"id": "p-a", "fill": "currentColor", "stroke-width": "2"}
    assert tags.all("text")[0] == {"font-size": "13", "text-anchor": "end"}
    assert {"metadata", "style"}.isdisjoint(name for name, _ in tags.tags)


def test_moving_a_cell_moves_the_page_in_both_places() -> None:
    """The outline's order is the order of the home file and of the talk."""
    outline = tuple(SectionCell(section=s) for s in ("work", "goals", "strengths"))
    book = small_book().but(outline=outline, portfolio=small_portfolio())
    found = [
        a["id"] for a in Tags(home(book)).all("section") if a.get("id") in ("work", "goals", "strengths")
    ]
    assert found == ["work", "goals", "strengths"]
    scenes = running_order(for_audience(book, "conference"))
    parts = list(dict.fromkeys(scene.part.section for scene in scenes if scene.part))
    assert parts == ["work", "goals", "strengths"]


def test_our_templates_lie_where_the_files_module_says() -> None:
    """The pages' folder holds the two pages."""
    assert {"home.html.j2", "talk.html.j2"} <= {p.name for p in files.page_templates().iterdir()}
