"""The file that goes home in colors of the reader, on a printer without colors, and with each look's test shown to bite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.home_looks import SPACING, UNFOLD, wrong
from tests.browser.test_home_proof import WAYS, opened
from tests.home_files import Made, sample_homes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_TOOLS = """
  const parts = color => { const found = color.match(/[\\d.]+/g).map(Number); return {rgb: found.slice(0, 3), a: found[3] ?? 1}; };
  const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
  const over = (front, back) => front.rgb.map((v, n) => v * front.a + back[n] * (1 - front.a));
  const behind = (of, page, kept) => { for (let o = of; o; o = o.parentElement) { const s = getComputedStyle(o), c = parts(s.backgroundColor);
    if (c.a > .5 && kept(s)) return over(c, page); } return page; };
  const texts = () => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) { const of = node.parentElement;
      if (!node.data.trim() || of.closest('script, style, option, template, svg.look') || !of.checkVisibility({visibilityProperty: true})) continue;
      const s = getComputedStyle(of); if (s.opacity === '0' || s.clipPath !== 'none' || of.getBoundingClientRect().width < 2) continue;
      found.push([node.data.trim().slice(0, 50), of, s]); } return found; };
  const marks = () => [...document.querySelectorAll('svg[role=img] :is(path, line, polyline, polygon, circle, rect, ellipse)')]
    .filter(one => one.checkVisibility() && !one.closest('defs, clipPath, mask, symbol')
      && !(one.getAttribute('fill') === 'var(--page)') && one.getBBox().width + one.getBBox().height > 0);
"""
# Left out: numbers on pictures (they stand on a disc of their own), and in charts the discs that cover a line behind a sign.
_LETTER = "of.closest('svg') ? s.fill : s.color"
# On paper the ground is white: browsers leave backgrounds out unless a style insists. No letter may need one.
PAPER = f"""() => {{ {_TOOLS}
  const white = [255, 255, 255], insists = s => s.printColorAdjust === 'exact';
  return texts().map(([text, of, s]) => [text, {_LETTER}, of, s]).filter(([, color]) => color.startsWith('rgb'))
    .map(([text, color, of]) => {{ const ground = behind(of, white, insists); return [text, ratio(over(parts(color), ground), ground)]; }})
    .filter(([, contrast]) => contrast < 4.5).map(([text, contrast]) => `${{contrast.toFixed(1)}}: ${{text}}`);
}}"""
# A chart on a printer without colors: what is drawn can be told from the paper, and two marks of one chart are told apart by more than hue.
GREY = f"""() => {{ {_TOOLS}
  const wrong = [], white = [255, 255, 255];
  for (const one of marks()) {{
    const s = getComputedStyle(one), drawn = [s.fill, s.stroke].filter(c => c.startsWith('rgb') && parts(c).a > .05);
    if (drawn.length && !drawn.some(c => ratio(over(parts(c), white), white) >= 3) && !one.closest('[data-quiet], .grid')) wrong.push(one.outerHTML.slice(0, 120));
  }}
  for (const chart of document.querySelectorAll('svg[role=img]')) {{
    const said = chart.closest('figure')?.querySelector('table') || chart.querySelectorAll('text').length;
    if (!said) wrong.push('nothing but colors: ' + chart.outerHTML.slice(0, 80));
  }}
  return wrong;
}}"""
# In colors of the reader: every letter stands on its ground with contrast, every chart's mark differs from it.
FORCED = f"""() => {{ {_TOOLS}
  const page = parts(getComputedStyle(document.documentElement).backgroundColor), ground = page.a ? page.rgb : parts(getComputedStyle(document.body).backgroundColor).rgb;
  const any = () => true;
  const pale = texts().map(([text, of, s]) => [text, {_LETTER}, of]).filter(([, color]) => color.startsWith('rgb'))
    .map(([text, color, of]) => {{ const back = behind(of, ground, any); return [text, ratio(over(parts(color), back), back)]; }})
    .filter(([, contrast]) => contrast < 4.5).map(([text, contrast]) => `${{contrast.toFixed(1)}}: ${{text}}`);
  const gone = marks().filter(one => {{ const s = getComputedStyle(one), drawn = [s.fill, s.stroke].filter(c => c.startsWith('rgb') && parts(c).a > .05);
    return drawn.length && !drawn.some(c => ratio(over(parts(c), ground), ground) >= 1.5) && !one.closest('[data-quiet], .grid'); }});
  return [...pale, ...gone.map(one => one.outerHTML.slice(0, 120))];
}}"""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    """Return the file of one home of each band, and a page for a home's own time."""
    return tuple(sample_homes(tmp_path_factory.mktemp("seen")))


def _asked(page: Page, script: str) -> list[str]:
    return [str(one) for one in page.evaluate(script)]


def test_on_a_printer_without_colors_all_can_be_read(browser: Browser, homes: tuple[Made, ...]) -> None:
    """Every letter has contrast against the white of the paper, no background needed; charts do not live by hue."""
    for made in homes:
        for scheme in ("light", "dark"):  # a phone in the dark prints too
            with opened(browser, made.path, 720, color_scheme=scheme) as page:
                page.emulate_media(media="print")
                assert _asked(page, PAPER) == [], (made.name, scheme)
                assert _asked(page, GREY) == [], (made.name, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_colors_of_the_reader_nothing_is_gone(
    browser: Browser, homes: tuple[Made, ...], scheme: str
) -> None:
    """With forced colors, light and dark: every letter can be read, every mark of a chart is seen, nothing is covered."""
    for made in homes:
        with opened(browser, made.path, 390, forced_colors="active", color_scheme=scheme) as page:
            assert _asked(page, FORCED) == [], made.name
            assert wrong(page, "sideways", "cut", "overlaps", "charts") == [], made.name


BROKEN: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a narrow phone": ("sideways", "main{min-width:400px}", {}),
    "a phone": ("sideways", "h1{white-space:nowrap;width:800px}", {}),
    "room between letters": ("cut", "p{height:1.2em;overflow:hidden}", {}),
    "room between letters, narrow": ("overlaps", "p{max-height:1em!important;margin:0!important;overflow:visible}", {}),
    "letters twice as large": ("sideways", "h2{white-space:nowrap;width:30rem}", {}),
    "letters twice as large on a tablet": ("cut", "h2,p{height:18px;overflow:hidden}", {}),
    "wide": ("overlaps", "p{margin-block-start:-1.2em!important}", {}),
    "colors of the reader": ("cut", "p{height:1em;overflow:hidden}", {}),
}  # fmt: skip


@pytest.mark.parametrize("way", list(WAYS))
def test_each_look_would_be_found_broken(browser: Browser, homes: tuple[Made, ...], way: str) -> None:
    """One line of style that breaks a look is found by the very question that is asked of it."""
    width, css, more = WAYS[way]
    question, worse, extra = BROKEN[way]
    with opened(browser, homes[0].path, width, css + worse, **more, **extra) as page:
        assert wrong(page, question) != []


def test_each_color_would_be_found_broken(browser: Browser, homes: tuple[Made, ...]) -> None:
    """White letters on a dark field vanish on paper, pale lines in a chart too; a color that insists is gone in forced ones."""
    made = next(
        one for one in homes if 'svg role="img"' in one.text or "role=img" in one.text or "<svg" in one.text
    )
    pale = ".pf h2{color:#fff;background:#124}.pf svg[role=img] *{fill:#fff;stroke:#eee}"
    with opened(browser, made.path, 720, pale) as page:
        page.emulate_media(media="print")
        assert _asked(page, PAPER) != []
    charted = next(one for one in homes if _charts(browser, one))
    with opened(browser, charted.path, 720, pale) as page:
        page.emulate_media(media="print")
        assert _asked(page, GREY) != []
    stubborn = ".pf p{forced-color-adjust:none;color:#111;background:#222}"
    with opened(browser, made.path, 390, stubborn, forced_colors="active") as page:
        assert _asked(page, FORCED) != []


def _charts(browser: Browser, made: Made) -> int:
    with opened(browser, made.path) as page:
        return int(
            page.evaluate("document.querySelectorAll('svg[role=img] :is(path,line,circle,rect)').length")
        )


def test_motion_would_be_found(browser: Browser, homes: tuple[Made, ...]) -> None:
    """A page that glides and moves although less motion is wished for is found out; so is a spacing that is not taken."""
    moving = (
        "@keyframes m{to{opacity:.5}} main{animation:m 9s infinite} html{scroll-behavior:smooth!important}"
    )
    with opened(browser, homes[0].path, reduced_motion="reduce") as page:
        assert page.evaluate("document.getAnimations().length") == 0
    with opened(browser, homes[0].path, css=moving, reduced_motion="reduce") as page:
        moved = page.evaluate(
            "[document.getAnimations().length, getComputedStyle(document.documentElement).scrollBehavior]"
        )
        assert moved[0] > 0 or moved[1] == "smooth"
    with opened(browser, homes[0].path, css=SPACING) as page:
        page.evaluate(UNFOLD)
        taken = page.evaluate(
            "[...document.querySelectorAll('p')].every(p => parseFloat(getComputedStyle(p).letterSpacing) > 1)"
        )
        assert taken
