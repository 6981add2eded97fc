"""The measuring code measures; nothing here holds the product to a time."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.home_file import look_into
from benchmarks.report import BEGIN, END, put_into
from tests.specimens import camera_jpeg, corners, plain_jpeg

ROOT = Path(__file__).parents[2]
BURN = "import time\nwhile time.process_time() < {seconds}: pass"
"""A program that keeps the processor busy for some seconds of its own time."""


def python(program: str, where: Path) -> measure.Usage:
    """Measure a small Python program."""
    return measure.run([sys.executable, "-S", "-c", program], cwd=where)


def test_work_of_a_child_is_seen_and_sleep_is_not(tmp_path: Path) -> None:
    """A program that works for 0.2 s has taken them; one that sleeps has taken time, but no processor."""
    worked = python(BURN.format(seconds=0.2), tmp_path)
    assert worked.cpu >= 0.19
    slept = python("import time; time.sleep(0.4)", tmp_path)
    assert slept.wall >= 0.4
    assert slept.cpu < 0.39


def test_work_of_a_childs_child_is_seen(tmp_path: Path) -> None:
    """What a program starts and waits for (a kernel) counts as its own."""
    inner = BURN.format(seconds=0.2)
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {inner!r}], check=True)"
    assert python(outer, tmp_path).cpu >= 0.19


def test_memory_of_a_child_is_seen(tmp_path: Path) -> None:
    """Sixty megabytes that a program fills show in its peak, in bytes."""
    # measured from a process of its own: this one may have grown large, and Linux counts that in
    asked = (
        "import sys; from pathlib import Path; from benchmarks import measure\n"
        "for text in ('pass', \"kept = b'x' * 60_000_000\"):\n"
        "    print(measure.run([sys.executable, '-S', '-c', text], cwd=Path(sys.argv[1])).peak)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked, str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    small, large = (int(line) for line in told.stdout.split())
    assert large - small > 50_000_000


def test_a_program_that_fails_is_no_figure(tmp_path: Path) -> None:
    """A bad ending stops the measuring and says the program's last words."""
    with pytest.raises(measure.ProgramFailed, match="no such child"):
        python("raise SystemExit('no such child')", tmp_path)


def test_ways_run_in_turn() -> None:
    """Each round meets every way once, in the same order."""
    order: list[str] = []

    def way(name: str) -> measure.Usage:
        order.append(name)
        return measure.Usage(cpu=len(order), wall=1, peak=10 * len(order))

    taken = measure.interleaved({"a": lambda: way("a"), "b": lambda: way("b")}, 3)
    assert order == ["a", "b"] * 3
    assert measure.median(taken["b"]) == measure.Usage(cpu=4, wall=1, peak=40)
    assert measure.ratio(taken["a"], taken["b"]) == 3 / 4


def test_measured_programs_keep_their_bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of measured programs lets Python keep compiled code, and has a home of its own."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    made = measure.environment(tmp_path / "home", EXTRA="yes")
    assert "PYTHONDONTWRITEBYTECODE" not in made
    assert made["EXTRA"] == "yes"
    assert Path(made["HOME"]).is_dir()


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
        "<style>@import url(https://cdn.example/a.css);</style>",
        '<script type="module">import a from "https://cdn.example/a.mjs"</script>',
        '<div style="background:url(https://cdn.example/a.png)"></div>',
        '<img src="https://cdn.example/a.png">',
    ],
)
def test_an_outside_address_is_found(page: str) -> None:
    """Tags, styles and scripts that would load from elsewhere are seen."""
    assert [address for address in look_into(page).outside if "cdn.example/a" in address]


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://elsewhere.example/">a link to click</a>',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>https://elsewhere.example</title></svg>',
        '<script>const names = "http://www.w3.org/2000/svg"; // a comment</script>',
        '<img src="data:image/png;base64,AAAA">',
    ],
)
def test_what_loads_nothing_is_no_outside_address(page: str) -> None:
    """Links to click, words and names of standards are left alone."""
    assert look_into(page).outside == ()


def test_a_place_on_the_map_is_found_where_there_is_one() -> None:
    """A phone's photo inside a page is told from a clean one."""
    told, clean = (base64.b64encode(data).decode() for data in (camera_jpeg(), plain_jpeg(corners())))
    found = look_into(f'<img src="data:image/jpeg;base64,{told}"><img src="data:image/jpeg;base64,{clean}">')
    assert (found.positions, found.pictures) == (1, 2)


def test_figures_go_between_their_marks(tmp_path: Path) -> None:
    """Only what stands between the marks is replaced; a page without them is refused."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    put_into(page, r"new \1")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnew \\1\n\n{END}\nafter\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        put_into(page, "new")
