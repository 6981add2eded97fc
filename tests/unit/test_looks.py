"""The handmade book without a browser: colours, scope, sizes, drawings, fonts and the macros of the parts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from portfolio import files

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = files.page_templates()
CSS = PAGES / "css"
SHEETS = ("tokens", "book", "desk", "present", "home", "home-answer", "media", "school-words")
CLOTHS = ("moss", "sea", "brick", "berry", "ochre", "night")
BANDS = ("k2", "35", "68", "912")

# What stands on what: text needs 7:1, lines and icons 3:1 (WCAG 1.4.6 and 1.4.11).
TEXT = (
    ("ink", "page"), ("ink", "table"), ("ink", "wash"), ("ink-2", "page"), ("ink-2", "table"),
    ("cloth-ink", "page"), ("cloth-ink", "table"), ("on-cloth", "cloth"),
)  # fmt: skip
LINES = (
    ("line", "page"), ("line", "table"), ("ink", "page"), ("ink", "wash"), ("cloth-ink", "page"),
    ("cloth-ink", "wash"), ("cloth-ink", "table"), ("page", "cloth-ink"),
)  # fmt: skip


# ------------------------------------------------------------------------------------- reading style sheets


def _sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (CSS / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (what stands before the brace, what stands inside) for the outermost blocks; skips strings."""
    depth, start, head, quote = 0, 0, "", ""
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            if depth == 0:
                head, start = text[start:at].strip(), at + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield head, text[start:at]
                start = at + 1
    assert depth == 0, "braces do not match"


def _rules(text: str, around: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (the @media or @supports around, the selector, the declarations) for every rule."""
    for head, body in _blocks(text):
        if head.startswith(("@media", "@supports")):
            yield from _rules(body, head)
        else:
            yield around, head, body


def _colours(dark: bool, cloth: str) -> dict[str, str]:
    """Return the colour tokens as a page in this scheme and cloth sees them."""
    seen: dict[str, str] = {}
    for media, selector, body in _rules(_sheet("tokens")):
        if media not in (("", "@media (prefers-color-scheme:dark)") if dark else ("",)):
            continue
        if selector in (":where(:root)", f":where([data-cloth={cloth}])"):
            seen |= dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", body))
    return seen


def _light(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2, "relative luminance")."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _ratio(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("cloth", CLOTHS)
def test_text_has_seven_to_one_and_lines_three_to_one_in_every_cloth(cloth: str, dark: bool) -> None:
    """Every listed pair of colours is far enough apart, in all six cloths, light and dark."""
    seen = _colours(dark, cloth)
    weak = [(a, b, round(_ratio(seen[a], seen[b]), 2)) for a, b in TEXT if _ratio(seen[a], seen[b]) < 7]
    weak += [(a, b, round(_ratio(seen[a], seen[b]), 2)) for a, b in LINES if _ratio(seen[a], seen[b]) < 3]
    assert weak == []


def test_the_ratio_is_the_one_of_the_standard() -> None:
    """Black on white is 21:1 and the grey of the WCAG examples 4.54:1."""
    assert _ratio("#000000", "#ffffff") == pytest.approx(21)
    assert _ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_cloth_differs_from_every_other() -> None:
    """Six cloths are six colours: block, line and wash, in light and in dark."""
    for dark in (False, True):
        for token in ("cloth-ink", "wash"):
            assert len({_colours(dark, cloth)[token] for cloth in CLOTHS}) == len(CLOTHS)


def test_a_picked_cloth_has_the_same_colours_as_a_set_one() -> None:
    """What a child sees while picking (desk.css) is what the book gets afterwards (tokens.css)."""
    picked = {}
    for media, selector, body in _rules(_sheet("desk")):
        found = re.fullmatch(r"\[data-cloth\]:has\(\[data-cloth-pick=(\w+)\]:checked\)", selector)
        if found:
            picked[(media != "", found[1])] = dict(re.findall(r"--([\w-]+):(#\w+)", body))
    assert len(picked) == 2 * len(CLOTHS)
    for (dark, cloth), colours in picked.items():
        assert colours.items() <= _colours(dark, cloth).items()


def test_every_band_has_its_type() -> None:
    """All four bands set their line length, and K-2 alone has the large targets."""
    bands = {}
    for media, selector, body in _rules(_sheet("tokens")):
        found = re.fullmatch(r':where\(\[data-band="?(\w+)"?\]\)', selector)
        if found and not media:
            bands[found[1]] = dict(re.findall(r"--([\w-]+):([^;}]+)", body))
    assert tuple(bands) == BANDS
    assert all("measure" in band for band in bands.values())
    assert [name for name, band in bands.items() if band.get("target") == "4rem"] == ["k2"]


# ------------------------------------------------------------------------------------- scope, size, reach

_OUTSIDE = ("html.pf", ".pf", ":where(symbol,.i)", "[data-cloth]:has(", ":where(:root", ":where([d")


def _split(selectors: str) -> list[str]:
    """Split a list of selectors at the commas that stand outside of brackets."""
    parts, depth = [""], 0
    for sign in selectors:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


@pytest.mark.parametrize("name", SHEETS)
def test_every_rule_stays_below_our_own_class(name: str) -> None:
    """No selector of ours can reach a host's elements: each starts at .pf, or sets custom properties only."""
    for _, selectors, body in _rules(_sheet(name)):
        if selectors.startswith("@page"):
            continue
        for selector in _split(selectors):
            assert selector.startswith(_OUTSIDE), selector
            if not selector.startswith((".pf", "html.pf", ":where(symbol")):
                assert all(part.strip().startswith("--") for part in body.split(";") if ":" in part), selector


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheets_ask_for_nothing_from_elsewhere(name: str) -> None:
    """No address but data: stands in a style sheet, and none is imported."""
    text = _sheet(name)
    assert all(url.startswith("data:") for url in re.findall(r"url\([\"']?([^\"')]+)", text))
    assert "@import" not in text


def test_style_sheets_keep_their_budgets() -> None:
    """What goes home weighs at most 40.5 kB of styles, a desk or a conference at most 16 kB more.

    With the answer form, the sheets on paper, shorter prints, the ways between two languages, and pictures that grow
    in browsers with and without popovers.
    """
    size = {name: (CSS / f"{name}.css").stat().st_size for name in SHEETS}
    assert size["tokens"] + size["book"] + size["home"] + size["home-answer"] <= 40_500
    assert size["media"] <= 4_000  # only in a file that has a recording, document, text or link
    assert size["school-words"] <= 2_500  # only in a file that has a school word
    assert size["desk"] <= 16_000
    assert size["present"] <= 16_000


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


def test_the_vocabulary_is_kept() -> None:
    """Every class of the examples in CLASSES.md has a style, or is named below as having none."""
    text = (CSS / "CLASSES.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```html\n(.*?)```", text, flags=re.DOTALL))
    examples = re.sub(r"<svg([^>]*?)…([^>]*?)/>", r"<svg\1/>", examples)
    styled = {name for sheet in SHEETS for name in re.findall(r"\.(-?[a-zA-Z][\w-]*)", _sheet(sheet))}
    only_names = {"done", "empty", "ifthen"}
    assert _Reader(examples).classes() - styled - only_names == set()
