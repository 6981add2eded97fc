"""Words that would run, load or break a page, in every field of every record and in all the class asks: every page that leaves.

Each page is opened with its policy and without it (``bypass_csp``: then nothing but the escaping is left to stop a
script), and everything that could set one off is set off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from portfolio.model.record import clean_text
from tests.browser.home_looks import UNFOLD, wrong
from tests.browser.nothing_leaves import Proxy, listening, proxied
from tests.hostile import RUNS
from tests.marked_class import Marked, all_left, marked_class
from tests.notebook_cells import shown, text
from tests.unit.test_family_fields import Path as Way

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Error, Page

TRAP = (
    "window.hits = []; window.hit = () => { window.hits.push(new Error().stack) }; window.alert = window.hit"
)
SET_OFF = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  const ways = ['mouseover', 'mouseenter', 'focus', 'blur', 'click', 'toggle', 'load', 'error', 'begin', 'pointerdown', 'keydown'];
  for (const one of document.querySelectorAll('*')) for (const way of ways) {
    if (way === 'click' && one.closest('a[href^=http], button, summary, a[href^=mailto]')) continue;
    one.dispatchEvent(new Event(way, {bubbles: false, cancelable: true}));
  }
}"""
FOUND = """() => {
  const handlers = [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(a => /^on/i.test(a.name))).map(o => o.outerHTML.slice(0, 200));
  const scripts = [...document.querySelectorAll('a, area, form, use')].flatMap(o => [...o.attributes]).map(a => a.value.trim())
    .filter(v => /^(javascript|vbscript|data:text)/i.test(v.replace(/[\\s\\0-\\x1f]/g, '')));
  const alien = [...document.querySelectorAll('iframe, object, embed, base, frame, link:not([rel=icon]), meta[http-equiv=refresh], form[action], math, [background], [style], script[src], img[srcset]')]
    .map(o => o.outerHTML.slice(0, 200));
  return [...handlers, ...scripts, ...alien];
}"""
SHOWN = """() => {
  const said = [...document.querySelectorAll('*')].flatMap(o => [...o.attributes].map(a => a.value));
  return document.documentElement.textContent + '\\u0001' + said.join('\\u0001');
}"""
# A sign that turns letters round, not shut in: other words of its line would be turned round with it.
TURNED = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), wrong = [];
  const shut = of => { const s = getComputedStyle(of); return /isolate|plaintext/.test(s.unicodeBidi) || s.display !== 'inline' || of.tagName === 'BDI' };
  for (let node; (node = walk.nextNode());) {
    if (!/[\\u202a-\\u202e\\u2066-\\u2068]/.test(node.data) || node.parentElement.closest('script, style, svg, option')) continue;
    let of = node.parentElement;
    while (!shut(of)) of = of.parentElement;
    const after = document.createRange();
    after.setStartAfter(node); after.setEnd(of, of.childNodes.length);
    if (after.toString().trim()) wrong.push(node.data.slice(0, 40) + ' | ' + of.outerHTML.slice(0, 160));
  }
  return wrong;
}"""
SAID: dict[str, str] = {}


def hostile(mark: str, way: Way) -> str:
    """Write the mark and behind it something hostile, another one in each field; in a few, a word without end."""
    n = int(mark[2:7])
    nasty = RUNS[n % len(RUNS)]
    if (
        way[-1] == "Passage.text"
        and way[0] == "kid-0"
        and way[1] in ("Work.why", "Goal.why", "TeacherNote.next_step")
    ):
        nasty = "W" * 100_000 if len(way) == 3 else nasty
    if way[-1].startswith(("Link.", "Household.reach")):
        nasty = nasty[:100]
    SAID[mark] = f"{mark}{nasty}"
    return SAID[mark]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(False, id="words"),
        pytest.param(True, id="everything", marks=[pytest.mark.drill, pytest.mark.timeout(1800)]),
    ],
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """A class in which everything is hostile, the teacher's own cells too; drilled: also all that stands beside words."""
    SAID.clear()
    made = marked_class(tmp_path_factory.mktemp("hostile") / "class", hostile, besides=request.param)
    path = made.folder.student_notebook
    notebook = json.loads(path.read_text("utf-8"))
    cells: list[dict[str, Any]] = [text(f"own{n}q {nasty}") for n, nasty in enumerate(RUNS)]
    output = {
        "text/html": "".join(RUNS),
        "image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{RUNS[20]}</svg>",
    }
    cells.append({"cell_type": "code", "metadata": {}, "execution_count": None, "source": "x", "outputs": [shown({k: v}) for k, v in output.items()]})  # fmt: skip
    notebook["cells"] += [{**cell, "id": f"own-{n}"} for n, cell in enumerate(cells)]
    path.write_text(json.dumps(notebook), "utf-8")
    return made


@pytest.fixture(scope="module")
def pages(made: Marked, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One page of each kind that leaves, as files; of the first child where there is one for each."""
    place = tmp_path_factory.mktemp("pages")
    found: dict[str, Path] = {}
    for left in all_left(made, place / "out"):
        name = f"{left.door} {left.name}" if left.door == "own time" else left.door
        if left.page and left.child in ("", "kid-0") and left.door != "exporter" and name not in found:
            found[name] = place / f"{len(found)}.html"
            found[name].write_text(left.page, encoding="utf-8")
    assert len(found) > 9
    return found


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Return a proxy that listens."""
    with listening() as one:
        yield one


def _told(told: list[str], one: ConsoleMessage | Error) -> None:
    text = str(one.text if hasattr(one, "text") else one)
    if "status of 502" not in text:  # a request: the proxy has counted it
        told.append(text)


def _dialog(told: list[str], one: Dialog) -> None:
    told.append(f"dialog {one.message}")
    one.dismiss()


@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without its policy"])
def test_nothing_runs_and_nothing_is_asked_for(
    browser: Any, proxy: Proxy, pages: dict[str, Path], *, guarded: bool
) -> None:
    """No script, no dialog, no error of the policy, no attribute that could do anything, no request; the page stays where it is."""
    told_by: dict[str, list[str]] = {}
    for name, path in pages.items():
        with proxied(browser, proxy, bypass_csp=not guarded) as page:
            told: list[str] = []
            page.add_init_script(TRAP)
            page.on("dialog", partial(_dialog, told))
            page.on("console", partial(_told, told))
            page.on("pageerror", partial(_told, told))
            proxy.page = path.read_bytes()
            address = (
                path.as_uri() if guarded else "http://home.example/file.html"
            )  # "//host" means another thing on a disk
            page.goto(address)
            page.evaluate(SET_OFF)
            page.emulate_media(media="print")
            page.emulate_media(media="screen")
            page.wait_for_timeout(150)
            told += page.evaluate("window.hits")
            told += page.evaluate(FOUND)
            told += [] if page.url.partition("#")[0] == address else [page.url]
            if told:
                told_by[name] = told[:4]
    assert told_by == {}
    assert proxy.asked == []


def test_the_trap_would_shut(browser: Any, proxy: Proxy, tmp_path: Path) -> None:
    """Put into a page as they are, the same words run, load and are found: once with a policy that allows all, once with ours."""
    calm = [str(clean_text(one)) for one in RUNS if not re.search("refresh|</body|<base|<!--", one)]
    for policy, least in (
        ("", 10),
        ("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">", 0),
    ):
        leaky = tmp_path / "leaky.html"
        head = f"<!doctype html><meta charset=utf-8>{policy}<title>t</title>"
        leaky.write_text(head + "".join(f"<div>{one}</div>" for one in calm), encoding="utf-8")
        proxy.page = leaky.read_bytes()
        with proxied(browser, proxy) as page:
            told: list[str] = []
            page.add_init_script(TRAP)
            page.on("console", partial(_told, told))
            page.goto("http://home.example/file.html")
            page.evaluate(SET_OFF)
            page.wait_for_timeout(300)
            assert len(page.evaluate("window.hits")) >= least
            assert len(page.evaluate(FOUND)) > 20
            assert any("Content Security Policy" in one for one in told) or not policy
    assert len(proxy.asked) > 5


def _close(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_the_words_are_there_as_words(browser: Any, made: Marked, pages: dict[str, Path]) -> None:
    """Wherever a field is on a page, all it says can be read there, letter by letter, or its beginning and “…”."""
    whole = {mark: _close(str(clean_text(words))) for mark, words in SAID.items()}
    unread: dict[str, list[str]] = {}
    counts = []
    for name, path in pages.items():
        page: Page = browser.new_page()
        page.goto(path.as_uri())
        there = _close(page.evaluate(SHOWN))
        page.close()
        at: dict[str, list[int]] = {}
        for hit in re.finditer(r"mk\d{5}q", there):
            at.setdefault(hit.group(), []).append(hit.start())
        counts.append(len(at))
        for mark, starts in at.items():
            words = whole.get(mark, "")
            if not any(_reads(there[start : start + len(words) + 1], words) for start in starts):
                unread.setdefault(name, []).append(f"{made.ways[mark]} {there[starts[0] : starts[0] + 80]!r}")
    assert {name: ways[:3] for name, ways in unread.items()} == {}
    assert max(counts) > 200 and min(counts) > 1


def _reads(there: str, words: str) -> bool:
    begin, cut, _ = there.partition("…")
    return there.startswith(words) or bool(cut and words.startswith(begin))


def test_letters_turned_round_stay_among_themselves(browser: Any, pages: dict[str, Path]) -> None:
    """A sign that turns letters round, left open in one field, turns round no other words of its line."""
    turned = {}
    for name, path in pages.items():
        page = browser.new_page()
        page.goto(path.as_uri())
        found = page.evaluate(TURNED)
        page.close()
        if found:
            turned[name] = (len(found), found[:3])
    assert turned == {}


def test_no_word_makes_a_page_wider_than_a_phone(browser: Any, pages: dict[str, Path]) -> None:
    """A word of a hundred thousand letters, three hundred of them in every tenth field: nothing is read by scrolling sideways."""
    wide = {}
    for name, path in pages.items():
        page = browser.new_page(viewport={"width": 320, "height": 800})
        page.goto(path.as_uri())
        page.evaluate(UNFOLD)
        if found := wrong(page, "sideways"):
            wide[name] = found
        page.close()
    assert wide == {}
