"""Class templates that are broken in every way a file can be: one sentence, with the line, and nothing else.

The files are ``tests/cases/broken_templates/``; what is said of each stands in ``expected.txt`` there, one line for
each: add a file and its line.
"""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.errors import TemplateMistake
from portfolio.store import yaml_lines
from portfolio.store.template_file import load_template
from portfolio.store.yaml_lines import MOST_ITEMS, MOST_NAMES

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "broken_templates"
TABLE = {
    name: (line, said)
    for name, line, said in (
        row.split(" | ", 2)
        for row in (CASES / "expected.txt").read_text("utf-8").splitlines()
        if row and not row.startswith("#")
    )
}
BROKEN = sorted(name for name, (_, said) in TABLE.items() if said != "fine")

LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from portfolio.errors import TemplateMistake
from portfolio.store.template_file import load_template
told = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        load_template(path)
    except TemplateMistake:
        told += 1
print(told)
"""


def outcome(path: Path) -> tuple[str, str]:
    """Return what is said of a file, as the table has it."""
    try:
        load_template(path)
    except TemplateMistake as mistake:
        line = str(mistake.values["line"])
        return line, str(mistake).removeprefix(f"{path.name}, line {line}: ")
    return "-", "fine"


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_is_answered_in_its_one_sentence(
    name: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file brings the sentence and the line of the table, with the fast parser of YAML and the plain one."""
    monkeypatch.setattr(yaml_lines, "_LOADER", getattr(yaml, loader))
    line, said = outcome(CASES / name)
    assert (line, said) == TABLE[name]
    assert "\n" not in said and len(said) < 400


def test_the_table_and_the_folder_are_the_same() -> None:
    """No file without its line in the table, no line without its file, and enough of both."""
    assert sorted(TABLE) == sorted(path.name for path in CASES.iterdir() if path.suffix == ".yaml")
    assert len(BROKEN) >= 55 and len(TABLE) - len(BROKEN) >= 5


@pytest.mark.parametrize("name", BROKEN)
def test_who_asks_at_the_command_line_reads_a_sentence(name: str) -> None:
    """``portfolio template check`` says it, ends with 3, and shows no traceback."""
    done = CliRunner().invoke(app, ["template", "check", str(CASES / name)])
    assert done.exit_code == 3 and done.output.strip().endswith(TABLE[name][1])
    assert name in done.output and "Traceback" not in done.output


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    """A file of 10 MB is told to be too big, and never held in memory as a whole."""
    path = tmp_path / "class.yaml"
    path.write_bytes(b"# a remark that goes on and on\n" * 340_000)
    tracemalloc.start()
    try:
        with pytest.raises(TemplateMistake, match="far too big for a class template"):
            load_template(path)
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"n{n}: 1\n" for n in range(MOST_NAMES + 1)),
        "a: b\n" * (MOST_NAMES + 1),
        "a: [" + "x, " * (MOST_ITEMS + 1) + "]",
    ],
    ids=["names", "one name", "entries"],
)
def test_what_goes_on_without_end_is_not_read_to_its_end(text: str, tmp_path: Path) -> None:
    """A file with names or entries by the thousand is told at once, not name by name."""
    (tmp_path / "class.yaml").write_text(text, "utf-8")
    with pytest.raises(TemplateMistake, match="goes on for far too long"):
        load_template(tmp_path / "class.yaml")


def test_all_of_them_need_little_time_and_memory(tmp_path: Path, only_on: Callable[..., Any]) -> None:
    """All of them, and files made to grow without end, in half a minute of a processor and 700 MB in all."""
    only_on("Linux")
    bombs = {
        "ten.yaml": b"a: b\n" * 2_000_000,
        "wide.yaml": b"sections: [" + b"{section_id: a}, " * 55_000 + b"]",
        "names.yaml": b"".join(b"n%d: 1\n" % n for n in range(90_000)),
        "deep.yaml": b"- " * 400_000,
        "keys.yaml": b"? " * 400_000,
        "quotes.yaml": b'"' * 900_000,
        "dashes.yaml": b"---\n" * 240_000,
        "tall.yaml": b"a:\n" + b" \n" * 450_000,
        "spaces.yaml": b" " * 990_000,
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    for name in BROKEN:
        (tmp_path / name).write_bytes((CASES / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert int(done.stdout) == len(BROKEN) + len(bombs)
