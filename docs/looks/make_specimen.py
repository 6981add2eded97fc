"""Show every pattern of the handmade book: pages to look at, one for each kind, cloth, band and direction.

    python docs/looks/make_specimen.py [FOLDER]

Writes HTML into FOLDER (default: a folder ``looks`` among the temporary files) and prints where it lies. The
pages use the style sheets and fonts of ``templates/pages`` in place, so an edit there shows on reload. The
browser tests open the same pages.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import jinja2

from portfolio import files
from portfolio.views import icons

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
CLOTHS = ("moss", "sea", "brick", "berry", "ochre", "night")
STYLES = {
    "parts": ("book", "desk"),
    "desk": ("book", "desk"),
    "talk": ("book", "present"),
    "home": ("book", "home"),
    "icons": ("book",),
}


@dataclass(frozen=True)
class Page:
    """One page of the specimen: which kind, in which cloth and band, written in which direction."""

    kind: str
    cloth: str
    band: str
    direction: str = "ltr"

    @property
    def file(self) -> str:
        """Return the file name: everything the page differs in."""
        return f"{self.kind}-{self.cloth}-{self.band}-{self.direction}.html"


PAGES = (
    *(
        Page("parts", cloth, band)
        for cloth, band in zip(CLOTHS, ("k2", "35", "68", "912", "35", "68"), strict=True)
    ),
    Page("parts", "sea", "35", "rtl"),
    Page("parts", "moss", "k2", "rtl"),
    Page("desk", "moss", "k2"),
    Page("desk", "night", "68"),
    Page("desk", "ochre", "35", "rtl"),
    Page("talk", "brick", "35"),
    Page("talk", "moss", "k2"),
    Page("talk", "sea", "912", "rtl"),
    Page("home", "brick", "35"),
    Page("home", "berry", "k2"),
    Page("home", "sea", "68", "rtl"),
    Page("icons", "moss", "35"),
)


def _environment() -> jinja2.Environment:
    """Return an environment that finds the specimen here and the parts among our pages."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader([HERE, files.page_templates()]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["icons"] = icons
    return found


def render(page: Page) -> str:
    """Return one page of the specimen as HTML."""
    picture = base64.b64encode((HERE / "picture.svg").read_bytes()).decode()
    marks = [(0.82, 0.64, "The ear hangs down."), (0.30, 0.72, "The door is open, so you can come in.")]
    template = _environment().get_template("specimen.html.j2")
    words = {
        "page": page,
        "lang": "ar" if page.direction == "rtl" else "en",
        "sheets": ("tokens", *STYLES[page.kind]),
        "root": files.page_templates().as_uri(),
        "cloths": CLOTHS,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "marks": [SimpleNamespace(x=x, y=y, words=SimpleNamespace(text=t, lang="en")) for x, y, t in marks],
        "all_icons": tuple(icons.load_icons()),
    }
    # Once to see which drawings the page uses, once with just these in its sprite.
    first = template.render(words, number=_numbers(), used=())
    return template.render(words, number=_numbers(), used=icons.used_in(first))


def _numbers() -> Callable[[], int]:
    """Return a counter for ids."""
    numbers = count(1)
    return lambda: next(numbers)


def make(folder: Path) -> list[Path]:
    """Write every page into ``folder`` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for page in PAGES:
        target = folder / page.file
        target.write_text(render(page), encoding="utf-8")
        written.append(target)
    return written


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "looks"
    made = make(where)
    sys.stdout.write(f"{len(made)} pages in {where}\n")
