# long: every page, form and script is asked the same question
"""Nothing people see is said past the catalogues.

A pretended language marks every text we know ⟦like this⟧, and everything people wrote is marked ‹like
this›. What is left without a mark on a page, on the desk or at the door was forgotten. Templates and
scripts are looked through for literal words besides, branches no page shows included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import jinja2
import pytest
from babel.messages.catalog import Catalog
from jinja2 import nodes

import catalogs
from portfolio import files
from portfolio.moments.desk import StudentDesk
from portfolio.rules import for_audience
from portfolio.serve.pages import (
    AreYouPage,
    Child,
    OpenYourLinkPage,
    Page,
    Pages,
    PassingPage,
    RosterPage,
    SecretPage,
    TroublePage,
)
from portfolio.serve.teacher_pages import TeacherClosedPage, Why
from portfolio.testing import NOON, small_book, small_store
from portfolio.views.home import home_page
from portfolio.views.pages import render, talk_page
from portfolio.widgets.host import OpenDesk
from portfolio.widgets.phrases import words
from portfolio.words import Language, Speech
from tests.pretended import Marks, PretendedSpeech, Seen, books, unsaid, unsaid_in, written

FOR_MACHINES = {
    *("section", "icon", "field", "control", "entry_id", "id", "lang", "value", "state", "href"),
    "who_sees",
}
"""Keys of a form whose strings nobody reads; ``value`` holds what the child wrote, ``who_sees`` one of three codes."""
SAYERS = catalogs.SAYERS | {"lead"}


def speaking(texts: Catalog) -> Speech:
    """Return a voice that marks these texts; it runs as Arabic does, so that translations of passages show."""
    ids = [message.id for message in texts if message.id]
    known = {one for found in ids for one in (found if isinstance(found, tuple | list) else [found])}
    return PretendedSpeech(Language("ar", "⟦pretended⟧", "rtl", dates="en"), Marks(known))


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Return every text of ours, gathered from the source."""
    return catalogs.gather()


@pytest.fixture(scope="module")
def pretended(texts: Catalog) -> Speech:
    """Return the pretended voice."""
    return speaking(texts)


@pytest.fixture
def everywhere(pretended: Speech, monkeypatch: pytest.MonkeyPatch) -> Speech:
    """Let pages and desks speak the pretended language, whatever tag they ask for."""
    for where in ("home", "pages", "two_languages"):
        monkeypatch.setattr(f"portfolio.views.{where}.speak", lambda _: pretended)
    monkeypatch.setattr("portfolio.moments.desk.speak", lambda _: pretended)
    return pretended


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string people read in a form, with its place."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in FOR_MACHINES:
                yield from strings(one, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one, path)
    elif isinstance(value, str):
        yield path, value


def unsaid_in_form(form: Any) -> list[str]:
    """Return every string of a form that carries no mark, with its place."""
    return [f"{path}: {left}" for path, text in strings(form) if (left := unsaid(text))]


# ------------------------------------------------------------------------------------------- pages and desk


@pytest.mark.more
@pytest.mark.parametrize("name", ["amal", "tariq", "small", "bare"])
def test_a_home_file_and_a_talk_say_everything_through_the_catalogues(name: str, everywhere: Speech) -> None:
    """Every text, picture text and label of both pages is known to the catalogues or somebody's own words."""
    assert everywhere.lang == "ar"
    book = written(books()[name])
    household = book.student.households[0].household_id
    home = render(home_page(for_audience(book, "home", household), lambda _: b"RIFF"))
    talk = render(talk_page(for_audience(book, "conference"), lambda _: b"RIFF"))
    assert home.count("⟦") > 20 < talk.count("⟦")
    assert unsaid_in(home) + unsaid_in(talk) == []


@pytest.mark.parametrize("name", ["amal", "tariq", "bare"])
def test_a_home_file_needs_no_more_than_the_family_catalogue(
    name: str, texts: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language that holds only what families read (Arabic) leaves no English on the home file."""
    voice = speaking(catalogs.wanted("ar", texts))
    for where in ("home", "pages", "two_languages"):
        monkeypatch.setattr(f"portfolio.views.{where}.speak", lambda _: voice)
    book = written(books()[name])
    view = for_audience(book, "home", book.student.households[0].household_id)
    assert unsaid_in(render(home_page(view, lambda _: b"RIFF"))) == []


@pytest.mark.parametrize("name", ["amal", "tariq", "bare"])
def test_a_desk_says_everything_through_the_catalogues(name: str, everywhere: Speech) -> None:
    """Forms, contents, links and who may see it: every text is known, or somebody's own words."""
    book = written(books()[name])
    store = small_store(book)
    store.thumb = lambda *_: b"RIFF"  # type: ignore[method-assign]  # pictures are pretended
    opened = OpenDesk(StudentDesk(store, book, now=lambda: NOON, new_id=lambda: "new"), served=True)
    shown = [opened.form(section) for section in opened.section_ids()]
    around = [opened.parts(), opened.links(), opened.owner(), opened.who_sees()]
    assert opened.desk.say is everywhere
    assert len(shown) > 10
    assert unsaid_in_form([*shown, *around]) == []


def test_the_phrases_of_the_controls_are_all_in_the_catalogues(pretended: Speech) -> None:
    """Each phrase a script shows comes back marked as a whole."""
    assert [key for key, text in words(pretended).items() if not re.fullmatch("⟦[^⟧]+⟧", text)] == []


def test_the_door_says_everything_through_the_catalogues(pretended: Speech) -> None:
    """All pages of the door, in each of their shapes, with names of children and class marked."""
    door = Pages(pretended)
    child = Child("noa", "‹Noa›", "‹N›", None)
    twin = Child("noa-2", "‹Noa›", "‹N›", None, "⟦kite⟧", twin=True, number=2)
    shapes: list[Page] = [
        *(RosterPage("‹4B›", children, teacher=True) for children in ([child], [])),
        *(AreYouPage(who, "token") for who in (child, twin)),
        *(
            SecretPage(child, door.secrets(), first, wrong, "token")
            for first, wrong in (("", True), ("cat", False))
        ),
        *(OpenYourLinkPage("‹4B›", wrong, teacher=True) for wrong in (True, False)),
        *(
            TeacherClosedPage("‹4B›", 45, why, word, roster, "token")
            for why in get_args(Why)
            for word, roster in ((True, True), (False, False))
        ),
        *(PassingPage(who, leaving, "/", "") for who in (child, None) for leaving in (True, False)),
        *(PassingPage(None, leaving, "/", "", teacher=True, name="‹Ms. R›") for leaving in (True, False)),
        *(TroublePage(status) for status in (404, 429, 500)),
    ]
    assert [left for page in shapes for left in unsaid_in(door.render(page))] == []


def test_a_forgotten_text_is_named() -> None:
    """The check bites: plain words in a text, a label, a picture text and a form are all found."""
    page = '<p>⟦Hello⟧, ‹Noa› · 3</p><p>⟦Hello⟧ there</p><p>⟦To <bdi>‹Noa›</bdi>⟧ too</p><img alt="A dog"><b aria-label="Close">×</b><i title="‹x›">'
    assert unsaid_in(page) == ["<p> there", "<p> too", "<img alt> A dog", "<b aria-label> Close"]
    form = {
        "title": "⟦My work⟧",
        "section": "work",
        "cards": [{"fields": [{"hint": "Two is enough", "value": "me"}]}],
    }
    assert unsaid_in_form(form) == [".cards.fields.hint: Two is enough"]


def test_a_text_that_left_the_catalogues_is_found_on_the_page(
    everywhere: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check bites on a whole page: with one text unknown to the catalogue, that text alone is named."""
    book = written(small_book())
    view = for_audience(book, "home", "mama")
    known = everywhere.catalog
    forgetful = PretendedSpeech(everywhere.language, _Forgetful(known))
    monkeypatch.setattr("portfolio.views.home.speak", lambda _: forgetful)
    alone = ["<legend> \u2066Who may read this?\u2069"]  # set apart: the page runs from right to left
    assert unsaid_in(render(home_page(view, lambda _: b"RIFF"))) == alone


@dataclass(frozen=True)
class _Forgetful:
    known: Any

    def gettext(self, message: str) -> str:
        return message if message == "Who may read this?" else str(self.known.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return str(self.known.ngettext(msgid1, msgid2, n))


# -------------------------------------------------------------------------------------- templates and scripts

GAP = "zz0"
"""Stands where a template prints something."""
SAID = SAYERS | {"many"}
"""Calls whose texts are gathered into the catalogues: ``say("…")``, ``say.many("…", "…", n)``."""
TWO_WORDS = re.compile(r"[A-Za-z’']{2,} [A-Za-z’']{2,}")


def literal_in_template(source: str) -> list[str]:
    """Return the words that stand in a page template itself, or in a printed constant that is not said."""
    env = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.do"])
    page = []
    for _, kind, value in env.lex(source):
        page.append(value if kind == "data" else GAP if kind == "variable_begin" else "")
    seen = Seen("".join(page)).texts
    found = [left for _, text in seen if (left := unsaid(text.replace(GAP, " ")))]
    return found + [text for text in _constants(env.parse(source), quiet=False) if TWO_WORDS.search(text)]


def _constants(node: nodes.Node, *, quiet: bool) -> Iterator[str]:
    """Yield the texts among the printed constants; what a sayer is called with is in the catalogues."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", getattr(node.node, "attr", "")) in SAID:
        quiet = True
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and not quiet:
        yield node.value
    if isinstance(node, nodes.Keyword) and node.key == "also":
        quiet = True  # names of classes
    for inner in node.iter_child_nodes():
        yield from _constants(inner, quiet=quiet)


SHOWS = (
    r"(?:textContent|innerText|innerHTML|ariaLabel|placeholder|alt|title|[\"']aria-label[\"'])\s*[=:,+]+\s*"
)
LITERAL = r"([\"'`])((?:(?!\1|\\).|\\.)*)\1"
SENTENCE = re.compile(LITERAL)


def literal_in_script(source: str) -> list[str]:
    """Return the texts a script shows without having been given them: named properties, and whole sentences."""
    code = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", source, flags=re.DOTALL)
    shown = [found[2] for found in re.finditer(SHOWS + LITERAL, code)]
    said = [found[2] for found in SENTENCE.finditer(re.sub(r"Error\([^)]*\)", "", code))]
    plain = (re.sub(r"\$\{[^}]*\}", " ", text) for text in shown)
    return [text for text in plain if re.search("[A-Za-z]{2}", text)] + [
        text for text in said if re.match(r"[A-Z][a-z’']* [a-z]+", text)
    ]


def shipped(folder: Path, pattern: str) -> list[Path]:
    """Return the files below a folder, by name."""
    return sorted(folder.rglob(pattern))


TEMPLATES = files.page_templates().parent
PAGES = shipped(files.page_templates(), "*.j2")
SCRIPTS = shipped(TEMPLATES, "*.js") + shipped(
    Path(catalogs.ROOT) / "portfolio" / "widgets" / "static", "*.js"
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_template_holds_words_of_its_own(path: Path) -> None:
    """Whatever branch is taken: a template prints what it is given or says, and nothing else."""
    assert literal_in_template(path.read_text(encoding="utf-8")) == []


def test_the_frame_round_a_notebook_speaks_only_through_its_list_of_words() -> None:
    """The frame has English words of its own in one list (for the time before Python runs), and nowhere else."""
    (path,) = shipped(TEMPLATES / "voila", "index.html.j2")
    source = path.read_text(encoding="utf-8")
    listed = re.search(r"\{%- set say = \{.*?\} -%\}", source, re.DOTALL)
    assert listed is not None
    assert literal_in_template(source.replace(listed[0], "")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_holds_words_of_its_own(path: Path) -> None:
    """Scripts show words they are given."""
    assert literal_in_script(path.read_text(encoding="utf-8")) == []


def test_words_in_a_template_are_found() -> None:
    """The check bites in text, attributes, a branch nobody takes, and a constant handed to a macro."""
    source = (
        '<h{{ n }} class="a">{{ say("My work") }} · {{ n }}</h{{ n }}>{% if no %}<p>Hello {{ name }}</p>{% endif %}'
        '<img alt="A dog" src="{{ x }}">{{ icon("goal", "The goal") }}{# a note #}'
    )
    assert literal_in_template(source) == ["Hello", "A dog", "The goal"]


def test_words_in_a_script_are_found() -> None:
    """The check bites on what is shown or labelled and on sentences, not on names, classes or errors."""
    source = """
      // "A comment here" says nothing
      node.textContent = "Saved"; h("b", { "aria-label": 'Take away', class: "btn main", title: `${say.line} ${n}` });
      said.append("One more thing"); throw new Error("No such field"); node.textContent = say.saved;
    """
    assert literal_in_script(source) == ["Saved", "Take away", "Take away", "One more thing"]
