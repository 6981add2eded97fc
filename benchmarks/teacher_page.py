"""Measure the class on the teacher's desk in a browser: ``python benchmarks/teacher_page.py [--rounds 5] [--write]``.

An invented class of 35 (``benchmarks/teacher_class.py``), opened in turn in the same headless Chromium: ours through
``portfolio teacher``, the peer as what a good teacher writes with ipywidgets alone under plain Voilà: a table of
names, states and next steps from a file, with a list of children to choose from. Told are the first paint, when all
35 children stand on the screen, the way to one child's book and back, the kernel's processor time, and what came
over the line. Needs Chromium and the extra ``test``.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from benchmarks.report import put_into  # noqa: E402 - found only once the root is on the path
from benchmarks.teacher_class import make_class  # noqa: E402 - the same
from benchmarks.two_ways import asked_for, bytes_of, kernel_of, one_browser, ratios  # noqa: E402 - the same

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEGIN, END = (
    "<!-- class page: written by benchmarks/teacher_page.py --write -->",
    "<!-- end of the class page -->",
)
STUDENTS: Final = 35
LONG: Final = 90_000

PEER = """import json
from pathlib import Path
import ipywidgets as w
told = json.loads(Path({file!r}).read_text("utf-8"))
line = "<tr><td>{{name}}</td><td>{{state}}</td><td>{{next}}</td></tr>"
table = w.HTML("<table><tbody>" + "".join(line.format(**one) for one in told) + "</tbody></table>")
child = w.HTML("")
choose = w.Dropdown(options=["Everyone"] + [one["name"] for one in told])
def show(change):
    if change["new"] == "Everyone":
        child.value, table.layout.display = "", ""
    else:
        one = next(one for one in told if one["name"] == change["new"])
        table.layout.display = "none"
        child.value = "<h2 class='book'>" + one["name"] + "</h2>" + "".join(f"<p>{{p}}</p>" for p in one["pages"])
choose.observe(show, "value")
w.VBox([choose, table, child])"""


@dataclass(frozen=True)
class Way:
    """One of the two: its address, when all children stand there, and how one goes to the first child and back."""

    name: str
    address: str
    all_there: Callable[[Page], object]
    to_child: Callable[[Page], object]
    to_class: Callable[[Page], object]


@dataclass(frozen=True)
class Round:
    """One visit: seconds to the first paint, to all children, to a child, back; of CPU; kB over the line."""

    paint: float
    all_there: float
    to_child: float
    to_class: float
    kernel_cpu: float
    sent: float


ROWS: Final = (
    ("page asked for → first paint, s", "paint"),
    ("page asked for → all 35 children on the screen, s", "all_there"),
    ("a click → one child's book, s", "to_child"),
    ("a click → back at the class, s", "to_class"),
    ("CPU of the kernel until all 35 stand there, s", "kernel_cpu"),
    ("over the line, kB", "sent"),
)


def visit(browser: Browser, way: Way) -> Round:
    """Open the page in a fresh browser profile, look at one child, go back."""
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route("**/*", lambda r: r.continue_() if "127.0.0.1" in r.request.url else r.abort())
    sent = bytes_of(page)
    begun = time.perf_counter()
    page.goto(way.address, wait_until="commit")
    way.all_there(page)
    all_there = time.perf_counter() - begun
    cpu, _ = kernel_of(page)
    paints = "() => performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
    page.wait_for_function(f"({paints})().length > 0", timeout=LONG)
    paint = page.evaluate(paints)[0] / 1000
    ways = []
    for go in (way.to_child, way.to_class):
        page.wait_for_timeout(500)
        at = time.perf_counter()
        go(page)
        ways.append(time.perf_counter() - at)
    done = Round(paint, all_there, *ways, cpu, sent() / 1000)
    context.close()
    return done


@contextmanager
def ours(place: Path, env: dict[str, str]) -> Iterator[Way]:
    """Open the teacher's door of an invented class."""
    folder = make_class(place / "class", STUDENTS)
    command = [sys.executable, "-m", "portfolio", "teacher", str(folder.path), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=env) as server:
        link = ""
        for line in server.stdout or ():
            found = re.search(r"(http\S+/t/\S+)", line)
            link = found[1] if found else link
            if "Ctrl+C" in line and link:
                break

        def all_there(page: Page) -> None:
            page.wait_for_function(
                f"() => document.querySelectorAll('.class-list > li').length === {STUDENTS}", timeout=LONG
            )

        def to_child(page: Page) -> None:
            page.locator(".class-list > li a").first.click()
            page.wait_for_function(
                "() => !document.querySelector('.class-list') && document.querySelector('main h1')"
            )
            page.wait_for_selector("main:not([aria-busy])")

        def to_class(page: Page) -> None:
            page.locator('a[href="#class"]').first.click()
            all_there(page)

        yield Way("ours", link, all_there, to_child, to_class)
        server.send_signal(signal.SIGINT)


@contextmanager
def peer(place: Path, env: dict[str, str]) -> Iterator[Way]:
    """Serve the teacher's own table under plain Voilà: the same children, with as many words a child."""
    from tests.voila_server import notebook, voila

    place.mkdir()
    told = [
        {"name": f"Child {n}", "state": "Choosing work", "next": "Has two strengths, needs a photo for one",
         "pages": [f"A page of the book, number {page}" for page in range(12)]}
        for n in range(STUDENTS)
    ]  # fmt: skip
    (place / "class.json").write_text(json.dumps(told), "utf-8")
    path = place / "class.ipynb"
    path.write_text(notebook(("py", PEER.format(file=str(place / "class.json")))), "utf-8")

    def all_there(page: Page) -> None:
        page.wait_for_function(
            f"() => [...document.querySelectorAll('tbody tr')].filter((one) => one.offsetParent).length === {STUDENTS}",
            timeout=LONG,
        )

    def to_child(page: Page) -> None:
        page.locator("select").select_option("Child 0")
        page.wait_for_selector("h2.book")

    def to_class(page: Page) -> None:
        page.locator("select").select_option("Everyone")
        all_there(page)

    with voila(path, "--template=lab", env=env) as address:
        yield Way("peer", address, all_there, to_child, to_class)


def table(taken: dict[str, list[Round]]) -> str:
    """Return the medians as a Markdown table, with the ratio of ours to the peer."""
    rows = [(words, name, 2) for words, name in ROWS]
    return "\n".join(ratios(rows, taken, ("a table with ipywidgets, plain Voilà", "the class at the desk")))


def main(arguments: list[str]) -> int:
    """Measure and tell."""
    asked, load = asked_for(arguments, __doc__), os.getloadavg()[0]
    with (
        one_browser() as (place, env, browser),
        ours(place / "ours", env) as own,
        peer(place / "peer", env) as other,
    ):
        for way in (own, other):
            visit(browser, way)
        taken: dict[str, list[Round]] = {"ours": [], "peer": []}
        for _ in range(asked.rounds):
            for way in (own, other):
                taken[way.name].append(visit(browser, way))
    told = (
        f"{table(taken)}\n\nMedians of {asked.rounds} rounds in turn, {STUDENTS} children, one browser at 1280 × 800,"
        f" load {load:.0f} before the run. `python benchmarks/teacher_page.py`"
    )
    print(told)
    if asked.write:
        put_into(ROOT / "docs" / "benchmarks.md", told, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
