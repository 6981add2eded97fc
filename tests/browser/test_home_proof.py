# long: one file, looked at from all sides; making it takes longer than looking
"""The file that goes home, proved from outside: three checkers, a counting proxy, letters twice as large, no scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checkers import SNIFFER, found
from tests.browser.home_looks import READY, SPACING, UNFOLD, languages, wrong
from tests.browser.nothing_leaves import Proxy, listening, proxied
from tests.home_files import FIRST, LANGUAGES, Made, said, sample_homes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page

LOOKS = (("light", 1280), ("dark", 390))
"""Two looks that differ in all: the other two are drilled."""
EVERY_LOOK = tuple((scheme, width) for scheme in ("light", "dark") for width in (1280, 390))
SNIFF = """standard => new Promise(done => HTMLCS.process(standard, document, () => done(
  HTMLCS.getMessages().filter(one => one.type === HTMLCS.ERROR).map(one => one.code + ': ' + one.msg.slice(0, 120)))))"""
STYLE = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    """Return the file of one home of each band, and a page for a home's own time."""
    return tuple(sample_homes(tmp_path_factory.mktemp("proof")))


@pytest.fixture(scope="module")
def sniff() -> Callable[[Page], list[str]]:
    """Return what HTML_CodeSniffer (WCAG 2 AA) calls an error on a page."""
    source = found(SNIFFER).read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        page.evaluate(source)
        return [str(one) for one in page.evaluate(SNIFF, "WCAG2AA")]

    return run


@contextmanager
def opened(browser: Browser, path: Path, width: int = 390, css: str = "", **more: Any) -> Iterator[Page]:
    """Open a file from the disk, everything unfolded, letters loaded; ``css`` is what a reader adds."""
    context = browser.new_context(viewport={"width": width, "height": 800}, service_workers="block", **more)
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(UNFOLD)
    if css:
        page.evaluate(STYLE, css)
    page.evaluate(READY)
    yield page
    context.close()


# --------------------------------------------------------------------------------------------- checkers


def checked(
    browser: Browser,
    made: Made,
    axe: Callable[..., Any],
    sniff: Callable[[Page], list[str]],
    look: tuple[str, int],
) -> list[str]:
    """Return what axe and HTML_CodeSniffer find in one look of a file."""
    scheme, width = look
    with opened(browser, made.path, width, color_scheme=scheme) as page:
        assert page.locator("h1").count() == 1
        return [f"{made.name} {look} {one}" for one in (*axe(page), *sniff(page))]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_and_the_sniffer_find_no_error(
    browser: Browser, homes: tuple[Made, ...], axe: Any, sniff: Any, look: tuple[str, int]
) -> None:
    """Every band, everything unfolded, light and wide, dark and narrow: two checkers find nothing."""
    assert {made.name.split(".")[0] for made in homes} == {*FIRST, "listen"}
    assert [one for made in homes for one in checked(browser, made, axe, sniff, look)] == []


@pytest.mark.drill
@pytest.mark.timeout(3600)
def test_axe_and_the_sniffer_find_no_error_in_any_look(
    browser: Browser, axe: Any, sniff: Any, tmp_path: Path
) -> None:
    """Every home of every sample class, every child in each of our languages, the own-time pages: four looks of each."""
    made = tuple(sample_homes(tmp_path, every=True, langs=LANGUAGES))
    assert len(made) > 60
    assert [one for m in made for look in EVERY_LOOK for one in checked(browser, m, axe, sniff, look)] == []


def test_both_checkers_would_say_so(browser: Browser, axe: Any, sniff: Any, tmp_path: Path) -> None:
    """A picture without words and grey on grey are found by both: they run, and under our policy."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><html lang=en><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
        "img-src data:; style-src 'unsafe-inline'\"><title>t</title><body style='background:#fff'><main><h1>Head</h1>"
        "<img src='data:,'><p style='color:#999'>words</p></main>",
        encoding="utf-8",
    )
    with opened(browser, bad) as page:
        assert {one.rule for one in axe(page)} >= {"image-alt", "color-contrast"}
        codes = " ".join(sniff(page))
        assert "1_1_1" in codes and "1_4_3" in codes


# -------------------------------------------------------------------------------------------- no request


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Return a proxy that listens."""
    with listening() as made:
        yield made


def used(page: Page) -> None:
    """Do what a family does: unfold, follow every link inside, play, write, print."""
    page.emulate_media(media="screen")
    page.evaluate(UNFOLD)
    page.evaluate("document.querySelectorAll('a[href^=\"#\"]').forEach(link => link.click())")
    page.evaluate(
        "document.querySelectorAll('audio, video').forEach(one => { one.muted = true; one.play().catch(() => 0) })"
    )
    page.evaluate("document.querySelectorAll('a[href^=http]').forEach(link => link.focus())")
    for field in page.locator("textarea, input:not([type=radio]):not([type=checkbox])").all():
        field.fill("http://words.example/typed")
        page.keyboard.press("Enter")
    page.emulate_media(media="print")


@pytest.mark.parametrize("scripts", [True, False])
def test_no_request_leaves_the_file(
    browser: Browser, proxy: Proxy, homes: tuple[Made, ...], *, scripts: bool
) -> None:
    """From the disk and from a server, used as a family uses it, with scripts and without: a proxy is asked for nothing."""
    everything = [made for made in homes if made.name.startswith(("grade-7", "listen"))]
    assert len(everything) == 2  # one has every medium, the other every kind of question
    for made in everything:
        with proxied(browser, proxy, scripts=scripts) as page:
            page.goto(made.path.as_uri())
            used(page)
            page.pdf()
            proxy.page = made.path.read_bytes()
            page.goto("http://home.example/file.html")
            used(page)
            assert page.url.startswith("http://home.example/file.html")
    assert proxy.asked == []


def test_the_proxy_hears_what_is_asked(browser: Browser, proxy: Proxy, tmp_path: Path) -> None:
    """A page with a picture, a style and a frame from elsewhere is heard three times, this machine's addresses included."""
    leaky = tmp_path / "leaky.html"
    leaky.write_text(
        "<img src='http://pictures.example/one.png'><link rel=stylesheet href='http://127.0.0.1:8999/two.css'>"
        "<iframe src='https://frames.example/three'></iframe>",
        encoding="utf-8",
    )
    with proxied(browser, proxy) as page:
        page.goto(leaky.as_uri())
        used(page)
    assert {line.split()[1] for line in proxy.asked} == {
        "frames.example:443",
        "http://127.0.0.1:8999/two.css",
        "http://pictures.example/one.png",
    }


# ------------------------------------------------------------------------------------- opened from the disk


def text_of(page: Page) -> list[str]:
    """Return the words of a page that one reads, line by line; what scripts put there to press is left out."""
    return [
        line.strip()
        for line in str(
            page.evaluate(
                "() => { document.querySelectorAll('button, [aria-live], [role=status], .sends, .sends-with').forEach(one => one.remove());"
                " return document.body.innerText }"
            )
        ).splitlines()
        if line.strip()
    ]


def test_all_words_are_there_without_scripts(browser: Browser, homes: tuple[Made, ...]) -> None:
    """With scripts off, a file says all it says with scripts on, and every line somebody wrote can be read or heard."""
    for made in homes:
        with opened(browser, made.path) as page:
            lang = page.locator("html").get_attribute("lang") or ""
            with_scripts = text_of(page)
        with opened(browser, made.path, java_script_enabled=False) as page:
            heard = page.evaluate(
                "[...document.querySelectorAll('[alt], [aria-label]')].map(o => o.alt ?? o.ariaLabel).join(' ')"
            )
            lines = text_of(page)
        assert [line for line in with_scripts if line not in lines] == [], made.name
        there = "".join("".join(lines).split()) + "".join(str(heard).split())
        missing = [line for line, _ in said(made.view, lang) if "".join(line.split()) not in there]
        assert missing == [], made.name


def _note(told: list[str], said: ConsoleMessage | Error) -> None:
    told.append(str(said.text if hasattr(said, "text") else said))


def silent_in(page: Page) -> int:
    """Return how many recordings do not tell how long they are; asked again and again, for without scripts no event is heard."""
    page.evaluate(
        "document.querySelectorAll('audio, video').forEach(o => { o.preload = 'metadata'; o.load() })"
    )
    waiting = "[...document.querySelectorAll('audio, video')].filter(one => !(one.duration > 0)).length"
    for _ in range(200):
        if not page.evaluate(waiting):
            break
        page.wait_for_timeout(100)
    return int(page.evaluate(waiting))


@pytest.mark.parametrize("scripts", [True, False])
def test_everything_in_a_file_is_seen_and_plays(
    browser: Browser, homes: tuple[Made, ...], *, scripts: bool
) -> None:
    """Every picture is decoded, every recording knows how long it is; nothing breaks the policy, no error is told."""
    seen = {"img": 0, "audio, video": 0}
    for made in homes:
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        told: list[str] = []
        page.on("console", partial(_note, told))
        page.on("pageerror", partial(_note, told))
        page.goto(made.path.as_uri())
        page.evaluate(UNFOLD)
        unseen = page.evaluate("[...document.images].filter(i => !(i.complete && i.naturalWidth > 0)).length")
        silent = silent_in(page)
        assert (unseen, silent, told) == (0, 0, []), made.name
        for what in seen:
            seen[what] += page.locator(what).count()
        context.close()
    assert seen["img"] > 20 and seen["audio, video"] >= 3


# ---------------------------------------------------------------------------------- as the reader wants it

WAYS: dict[str, tuple[int, str, dict[str, Any]]] = {
    "a narrow phone": (320, "", {}),
    "a phone": (390, "", {}),
    "room between letters": (390, SPACING, {}),
    "room between letters, narrow": (320, SPACING, {}),
    "letters twice as large": (390, "html{font-size:200%}", {}),
    "letters twice as large on a tablet": (768, "html{font-size:200%}", {}),
    "wide": (1280, "", {}),
    "colors of the reader": (390, "", {"forced_colors": "active"}),
}

HARDEST = ("a narrow phone", "room between letters, narrow", "letters twice as large", "colors of the reader")
"""The others are drilled."""


@pytest.mark.parametrize(
    "way", [one if one in HARDEST else pytest.param(one, marks=pytest.mark.drill) for one in WAYS]
)
def test_nothing_is_cut_or_covered(browser: Browser, homes: tuple[Made, ...], way: str) -> None:
    """However narrow the window and large the letters: nothing is wider than it, cut off, or lies over other words.

    320 px are also what is left of 1280 px at 400 % zoom.
    """
    width, css, more = WAYS[way]
    found_wrong = []
    for made in homes:
        with opened(browser, made.path, width, css, **more) as page:
            found_wrong += [
                f"{made.name} {one}" for one in wrong(page, "sideways", "cut", "overlaps", "charts")
            ]
    assert found_wrong == []


def test_paper_cuts_nothing(browser: Browser, homes: tuple[Made, ...]) -> None:
    """As it is printed, unfolded by the styles alone, no words lie over others, and all that is folded is there.

    Only the tables are not that say what the words at a drawing say on paper.
    """
    for made in homes:
        with opened(browser, made.path, 720) as page:
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
            page.emulate_media(media="print")
            assert wrong(page, "sideways", "cut", "overlaps", "charts") == [], made.name
            closed = page.evaluate(
                "[...document.querySelectorAll('details:not(.fig > .noprint) > :not(summary)')].filter(one => !one.getBoundingClientRect().height"
                " || !one.checkVisibility()).map(one => one.outerHTML.slice(0, 80))"
            )
            assert closed == [], made.name


def test_who_wants_no_motion_gets_none(browser: Browser, homes: tuple[Made, ...]) -> None:
    """Where less motion is wished for, following links and unfolding starts no animation, and nothing glides."""
    for made in homes:
        with opened(browser, made.path, reduced_motion="reduce") as page:
            page.evaluate("document.querySelectorAll('a[href^=\"#\"]').forEach(link => link.click())")
            assert page.evaluate("document.getAnimations().length") == 0
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


# ----------------------------------------------------------------------------------- what no checker sees


def test_links_headings_names_and_controls(browser: Browser, homes: tuple[Made, ...]) -> None:
    """Ids are unique, links lead to something seen, headings jump no level, nothing has a name that says nothing, no control is dead."""
    for scripts in (True, False):
        for made in homes:
            with opened(browser, made.path, java_script_enabled=scripts) as page:
                assert wrong(page, "structure", "names", "dead") == [], (made.name, scripts)


def test_every_line_is_in_its_language_and_direction(browser: Browser, homes: tuple[Made, ...]) -> None:
    """Each line somebody wrote stands somewhere in the language it was written or translated into, drawn from its own side."""
    for made in homes:
        with opened(browser, made.path) as page:
            lang = page.locator("html").get_attribute("lang") or ""
            lines = list(dict.fromkeys(said(made.view, lang)))
            found_at = languages(page, [line for line, _ in lines])
            assert sum(map(bool, found_at)) > 20
            for (line, tongue), places in zip(lines, found_at, strict=True):
                right = [way for at, way, seen in places if at == tongue or not seen]
                assert right or not places, (made.name, tongue, line, places)
                side = "rtl" if tongue.split("-")[0] in ("ar", "fa", "he", "ur") else "ltr"
                if len(line) > 12 and any(seen for _, _, seen in places):
                    assert side in right, (made.name, line, places)


def test_no_words_stand_in_a_language_of_other_letters(browser: Browser, homes: tuple[Made, ...]) -> None:
    """No English letters in a place said to be Arabic, no Chinese ones in English: names stand apart, words say their language."""
    for made in homes:
        with opened(browser, made.path) as page:
            assert wrong(page, "scripts") == [], made.name


def test_charts_turn_round_as_a_whole(browser: Browser, tmp_path: Path) -> None:
    """From right to left a chart is the mirror of itself: every label stands where it belongs, none beside its mark."""
    made = {
        m.name.rpartition(".in-")[2]: m
        for m in sample_homes(tmp_path, ("class-4b",), langs=("en", "ar"))
        if ".amal.in-" in m.name
    }
    middles = {}
    for lang, one in made.items():
        with opened(browser, one.path) as page:
            assert wrong(page, "charts") == []
            middles[lang] = page.evaluate(
                """() => [...document.querySelectorAll('svg[role=img]')].map(chart => { const frame = chart.getBoundingClientRect();
                return [...chart.querySelectorAll('text')].filter(one => /20\\d\\d/.test(one.textContent)).map(one => {
                  const box = one.getBoundingClientRect(); return ((box.left + box.right) / 2 - frame.left) / frame.width }) })"""
            )
    assert sum(map(len, middles["en"])) > 10
    for english, arabic in zip(middles["en"], middles["ar"], strict=True):
        assert arabic == pytest.approx([1 - place for place in english], abs=0.03)
