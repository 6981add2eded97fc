"""The handmade book without a browser: colours, scope, sizes, drawings, fonts and the macros of the parts."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jinja2
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from hypothesis import given
from hypothesis import strategies as st

from portfolio import files
from portfolio.errors import NotFound
from portfolio.views import icons

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = files.page_templates()
CSS = PAGES / "css"
SHEETS = ("tokens", "book", "desk", "present", "home")
CLOTHS = ("moss", "sea", "brick", "berry", "ochre", "night")
BANDS = ("k2", "35", "68", "912")

# What stands on what: text needs 7:1, lines and icons 3:1 (WCAG 1.4.6 and 1.4.11).
TEXT = (
    ("ink", "page"), ("ink", "table"), ("ink", "wash"), ("ink-2", "page"), ("ink-2", "table"),
    ("cloth-ink", "page"), ("on-cloth", "cloth"),
)  # fmt: skip
LINES = (
    ("line", "page"), ("line", "table"), ("ink", "page"), ("ink", "wash"), ("cloth-ink", "page"),
    ("cloth-ink", "wash"), ("cloth-ink", "table"), ("line", "page"),
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
    """Yield (the @media around, the selector, the declarations) for every rule."""
    for head, body in _blocks(text):
        if head.startswith("@media"):
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
    """What goes home weighs at most 26 kB of styles, a desk or a conference at most 16 kB more."""
    size = {name: (CSS / f"{name}.css").stat().st_size for name in SHEETS}
    assert size["tokens"] + size["book"] + size["home"] <= 26_000
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


# ------------------------------------------------------------------------------------- drawings


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


# ------------------------------------------------------------------------------------- fonts

LETTERS = {
    "Polish": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "Turkish": "çğıİöşüÇĞÖŞÜ", "Portuguese": "ãõâêôáéíóúàçÃÕÇ", "Haitian": "èòéÈÒÉ",
    "Vietnamese": "ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "Romanian": "șțăâîȘȚ", "Czech": "ěščřžůťďň",
    "Hungarian": "őűŐŰ", "German": "äöüßẞ", "Spanish": "ñ¿¡áéíóúü", "signs": "“”‘’«»–—…€×−",
}  # fmt: skip
ARABIC = {
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىًٌٍَُِّْ،؛؟٠١٢٣٤٥٦٧٨٩",
    "Persian": "پچژگکی۰۱۲۳۴۵۶۷۸۹",
    "Urdu": "ٹڈڑںھہےۓ",
}


def _fonts() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((PAGES / "fonts" / "fonts.json").read_text(encoding="utf-8"))
    return listed


def _points(ranges: str) -> set[int]:
    pairs = (part.removeprefix("U+").split("-") for part in ranges.split(","))
    return {
        point for first, *last in pairs for point in range(int(first, 16), int((last or [first])[0], 16) + 1)
    }


def _covered(family: str) -> dict[tuple[str, str], set[int]]:
    faces: dict[tuple[str, str], set[int]] = {}
    for font in _fonts():
        if font["family"] == family:
            faces.setdefault((font["style"], font["weight"]), set()).update(_points(font["range"]))
    return faces


@pytest.mark.parametrize(
    ("family", "letters"), [("Literata", LETTERS), ("Andika", LETTERS), ("Noto Naskh Arabic", ARABIC)]
)
def test_no_letter_of_our_families_falls_back_in_the_middle_of_a_word(
    family: str, letters: dict[str, str]
) -> None:
    """Every style of a family has every letter of the languages it is for."""
    for face, points in _covered(family).items():
        missing = {name: [s for s in signs if ord(s) not in points] for name, signs in letters.items()}
        assert {name: gone for name, gone in missing.items() if gone} == {}, face


def test_font_files_are_as_large_as_said_and_small_enough() -> None:
    """The list tells the truth about sizes; the letters of a page weigh at most 80 kB, Arabic 60 kB."""
    folder = PAGES / "fonts"
    for font in _fonts():
        data = (folder / font["file"]).read_bytes()
        assert data[:4] == b"wOF2"
        assert len(data) == font["bytes"]
    weight = {
        script: sum(f["bytes"] for f in _fonts() if f["script"] == script)
        for script in ("latin", "ext", "viet", "arabic")
    }
    assert weight["latin"] <= 80_000
    assert weight["ext"] <= 45_000
    assert weight["viet"] <= 22_000
    assert weight["arabic"] <= 60_000
    assert {path.name for path in folder.glob("*.woff2")} == {font["file"] for font in _fonts()}


def test_served_styles_name_the_same_files_and_letters_as_the_list() -> None:
    """fonts.css and fonts.json are two views of one list, with addresses beside the style sheet."""
    text = (PAGES / "fonts" / "fonts.css").read_text(encoding="utf-8")
    faces = re.findall(r"url\(([^)]+)\).*?unicode-range:([^}]+)\}", text)
    assert faces == [(font["file"], font["range"]) for font in _fonts()]


def test_each_font_travels_with_its_licence() -> None:
    """Three families, three licence texts."""
    licences = sorted((PAGES / "fonts").glob("OFL-*.txt"))
    assert [path.stem for path in licences] == ["OFL-andika", "OFL-literata", "OFL-noto-naskh-arabic"]
    assert all("SIL OPEN FONT LICENSE Version 1.1" in path.read_text(encoding="utf-8") for path in licences)


# ------------------------------------------------------------------------------------- the macros


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
    assert len(rings) == (len(marks) if len(marks) > 1 else 0)
    for ring in rings:
        assert float(ring["cx"] or 0) >= min(w / 2, 4.4)
        assert float(ring["cx"] or 0) <= max(w / 2, w - 4.4)


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
    for path in sorted(Path(PAGES).rglob("*.j2")):
        assert not re.search(r"<[a-z][^>]*\sstyle=", path.read_text(encoding="utf-8")), path.name
