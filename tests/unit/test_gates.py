"""Each gate of the house bites on a bad sample, lets the good one pass, and names file and line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gates

REPO = Path(gates.__file__).resolve().parent.parent

# Put together here, because the gates read this file too.
SOMEBODYS = "/" + "home/maria/class"
REGISTRY = "py" + "pi.org"
NETWORK = "https://fonts.example/a.woff2"


def lines_of(findings: object) -> list[int]:
    """Return the line numbers of findings."""
    return [found.line for found in findings]  # type: ignore[attr-defined]  # - an iterator of findings


def function_of(lines: int) -> str:
    """Return a module with one documented function of that many body lines, from line 1."""
    return 'def f() -> None:\n    """Say\n\n    what it does.\n    """\n' + "    f()\n" * lines


def test_a_function_is_measured_without_its_docstring_and_signature() -> None:
    """Forty lines of body pass, forty-one do not, whatever the docstring's length."""
    assert not list(gates.long_functions("a.py", function_of(40), 40))
    (found,) = gates.long_functions("a.py", function_of(41), 40)
    assert str(found) == "a.py:1: f() has 41 lines, 40 are allowed: find the steps in it and name them"


def test_a_method_and_a_coroutine_are_functions_too() -> None:
    """Long bodies are found wherever they hide."""
    text = "class A:\n    async def g(self) -> None:\n" + "        self\n" * 5
    assert lines_of(gates.long_functions("a.py", text, 4)) == [2]


@pytest.mark.parametrize(
    "mark", ["# long: a table of 51 languages", "/* long: a table of languages */", "// long: one table"]
)
def test_a_long_file_passes_only_with_a_reason_near_its_top(mark: str) -> None:
    """The reason stands in the first fifteen lines; further down, or empty, it does not count."""
    body = ["x"] * 301
    assert lines_of(gates.long_files("a.py", "\n".join(body), 300)) == [1]
    assert not list(gates.long_files("a.py", "\n".join([mark, *body]), 300))
    assert list(gates.long_files("a.py", "\n".join([*body, mark]), 300))
    assert list(gates.long_files("a.py", "\n".join(["# long:", *body]), 300))
    assert not list(gates.long_files("a.py", "\n".join(body[:300]), 300))


MARKS = "noqa|noqa: S101|ruff: noqa|type: ignore[misc]|pragma: no cover|pyright: ignore".split("|")


@pytest.mark.parametrize("mark", MARKS)
def test_a_silenced_checker_needs_a_reason(mark: str) -> None:
    """The reason stands behind ' - ', or behind a second '#' as mypy wants it, and has some length."""
    assert lines_of(gates.bare_suppressions("a.py", f"a = 1\nb = 2  # {mark}\n")) == [2]
    assert list(gates.bare_suppressions("a.py", f"b = 2  # {mark} - why\n"))
    assert not list(gates.bare_suppressions("a.py", f"b = 2  # {mark} - ruff reads the name wrongly\n"))
    assert not list(gates.bare_suppressions("a.py", f"b = 2  # {mark}  # ruff reads the name wrongly\n"))


def test_a_suppression_in_a_text_is_no_suppression() -> None:
    """Only comments silence checkers; a string that looks like one is left alone."""
    assert not list(gates.bare_suppressions("a.py", 'a = "# noqa: E501"\n'))


CYCLES = {
    "at the top": ("from portfolio import b", "import portfolio.a"),
    "in a function": ("from portfolio.b import x", "def f():\n    from portfolio.a import y"),
    "relative": ("from . import b", "from .a import y"),
    "by name": ("import portfolio.b as other", "from portfolio import a"),
}


@pytest.mark.parametrize(("first", "second"), CYCLES.values(), ids=CYCLES)
def test_two_modules_that_import_each_other_are_found(first: str, second: str) -> None:
    """However an import is written and wherever it stands, it closes a cycle."""
    sources = {"portfolio/__init__.py": "", "portfolio/a.py": first, "portfolio/b.py": second}
    (found,) = gates.import_cycles(sources)
    assert (found.path, found.line) == ("portfolio/a.py", 1)
    assert "portfolio.a -> portfolio.b -> portfolio.a" in found.wrong


def test_a_part_that_asks_its_own_package_closes_a_cycle() -> None:
    """A package that gathers its parts cannot be asked by one of them."""
    sources = {
        "portfolio/model/__init__.py": "from portfolio.model.goal import Goal",
        "portfolio/model/goal.py": "from portfolio.model.step import Step",
        "portfolio/model/step.py": "from portfolio.model import Goal",
    }
    (found,) = gates.import_cycles(sources)
    assert found.wrong.count("->") == 3


def test_arrows_in_one_direction_are_no_cycle() -> None:
    """Shared and repeated imports pass as long as no way leads back; other packages do not count."""
    sources = {
        "portfolio/a.py": "import json\nfrom portfolio import b, c",
        "portfolio/b.py": "from portfolio.c import x\nimport portfolio.c",
        "portfolio/c.py": "import a, b",
    }
    assert not list(gates.import_cycles(sources))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_cycle_is_told_exactly_when_there_is_one(arrows: list[tuple[int, int]]) -> None:
    """On any small graph the gate agrees with taking away, again and again, modules that import nothing."""
    needs = {n: {b for a, b in arrows if a == n and b != n} for n in range(7)}
    sources = {
        f"portfolio/m{n}.py": "\n".join(f"from portfolio import m{b}" for b in needs[n]) for n in needs
    }
    left = dict(needs)
    while free := [n for n, below in left.items() if not below & left.keys()]:
        for n in free:
            del left[n]
    assert bool(list(gates.import_cycles(sources))) == bool(left)


@pytest.mark.parametrize(
    "tag",
    [
        '<p style="color: red">',
        "<p class=a\n   STYLE = 'x'>",
        '<p {{ a }}style="x">',
        '<svg><g {% if a > b %} style="{{ c }}">',
    ],
)
def test_a_style_attribute_in_a_page_is_found(tag: str) -> None:
    """Line breaks, capital letters and Jinja around it do not hide it."""
    assert lines_of(gates.style_attributes("a.j2", f"<main>\n{tag}")) == [2 + tag.count("\n")]


def test_what_only_looks_like_a_style_attribute_passes() -> None:
    """Style elements, other attributes and Jinja's own words are fine."""
    text = "<style>a{b:c}</style><p data-style='x'>{% set style = 1 %}{{ f(style='x') }}{# <p style='x'> #}"
    assert not list(gates.style_attributes("a.j2", text))


@pytest.mark.parametrize(
    "text",
    [
        f"url({NETWORK})",
        f'fetch("{NETWORK}")',
        '<script src="//cdn.example/x.js">',
        "url(//cdn.example/x.css)",
        "http://www.w3.org/TR/css",
    ],
)
def test_an_address_in_what_the_browser_gets_is_found(text: str) -> None:
    """With a scheme or without: pages reach for nothing."""
    assert lines_of(gates.addresses("a.css", f"a\n{text}")) == [2]


def test_names_of_xml_vocabularies_and_comments_are_no_addresses() -> None:
    """SVG needs its name, a Jinja comment reaches nobody, and `//` starts comments in JavaScript."""
    name = "http://www.w3.org/2000/svg"
    assert not list(gates.addresses("a.svg", f'<svg xmlns="{name}">'))
    assert not list(gates.addresses("a.j2", "{# " + NETWORK + " #}"))
    assert not list(gates.addresses("a.js", "a = 1; // src is fine"))


@pytest.mark.parametrize(
    "place",
    [
        SOMEBODYS,
        "'/" + "root/x'",
        "=/" + "work/main",
        "C:\\" + "Users\\maria",
        f"https://{REGISTRY}/simple",
        "index-" + "url = x",
    ],
)
def test_a_place_of_somebodys_machine_is_found(place: str) -> None:
    """Home folders, work folders and registries' hosts are nobody else's."""
    assert lines_of(gates.private_places("a.md", f"ok\nsee {place}")) == [2]


@pytest.mark.parametrize(
    "text",
    ["demo/home/maya.html", "{base}/home/maya", "the home/school page", "/home/teacher/4b", "../work/x"],
)
def test_home_as_a_word_is_no_machine(text: str) -> None:
    """This project is about home files: only a path from the root counts."""
    assert not list(gates.private_places("a.md", text))


@pytest.mark.parametrize("line", ["numpy", "numpy>=2", f"a @ {NETWORK}", "-e .", "a==1 ; x", "--no-index"])
def test_a_constraint_is_a_name_and_a_version(line: str) -> None:
    """Anything else in the constraints file is found."""
    text = f"# pins\nnumpy==2.4.6\njupyter_core==5.9.1\n\n{line}\n"
    assert lines_of(gates.loose_pins("c.txt", text)) == [5]


def test_a_test_states_its_behaviour() -> None:
    """Tests without a docstring are found, also in classes; helpers need none."""
    text = dedent('''
        def helper(): ...
        def test_a(): ...
        class TestB:
            def test_c(self): ...
            def test_d(self):
                """It does."""
    ''')
    assert lines_of(gates.untold_tests("tests/test_a.py", text)) == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        "pytest.sk" + "ip('x')",
        "@pytest.mark.xf" + "ail\ndef test_a(): ...",
        "from pytest import sk" + "ip",
        "x = pytest.mark.skip" + "if(True, reason='x')",
        "pytest.import" + "orskip('x')",
    ],
)
def test_a_test_that_may_not_run_is_found(text: str) -> None:
    """All ways to leave a test out are found, on their line."""
    assert lines_of(gates.left_out_tests("tests/test_a.py", f"import pytest\n{text}")) == [2]


def test_only_our_own_helper_may_leave_a_test_out() -> None:
    """The helper is known by its file and name together."""
    text = "def only_on(system):\n    pytest.sk" + "ip(system)\n"
    assert not list(gates.left_out_tests("tests/conftest.py", text))
    assert lines_of(gates.left_out_tests("tests/unit/conftest.py", text)) == [2]


def test_heavy_files_are_weighed_together(tmp_path: Path) -> None:
    """Two light files can be too heavy together; files that do not belong to the project weigh nothing."""
    (tmp_path / "css").mkdir()
    for name, size in (("a.css", 60), ("b.css", 50), ("stray.css", 999)):
        (tmp_path / "css" / name).write_text("x" * size)
    files = ["css/a.css", "css/b.css"]
    assert not list(gates.heavy_assets(tmp_path, files, {"**/*.css": 110}))
    (found,) = gates.heavy_assets(tmp_path, files, {"**/*.css": 109})
    assert (found.path, found.wrong) == ("css/a.css", "**/*.css weighs 110 bytes, 109 are allowed")


BAD = {
    "portfolio/a.py": "from portfolio import b\n",
    "portfolio/b.py": "from portfolio import a\n" + function_of(41),
    "portfolio/widgets/static/long.js": "x\n" * 301,
    "portfolio/widgets/static/net.js": f'fetch("{NETWORK}")\n',
    "portfolio/silent.py": "a = 1  # noqa: E501\n",
    "templates/pages/home.html.j2": '<p style="x">\n',
    "templates/pages/css/heavy.css": "x" * 101,
    "docs/guide.md": f"Put it in {SOMEBODYS}\n",
    ".ci/constraints.txt": "numpy\n",
    "tests/unit/test_a.py": "def test_a(): pytest.sk" + "ip()\n",
    "tests/unit/test_b.py": "def test_b(): ...\n",
}


def make_tree(root: Path, files: dict[str, str]) -> None:
    """Lay out a small checkout with its own limits."""
    limits = '[tool.gates]\nfunction_lines = 40\nfile_lines = 300\n[tool.gates.bytes]\n"templates/**/*.css" = 100\n'
    for path, text in {"pyproject.toml": limits, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


@pytest.mark.parametrize("path", BAD)
def test_every_gate_is_wired_to_the_files_it_is_for(path: str, tmp_path: Path) -> None:
    """In a whole tree the gates name the bad file, and each of these files is bad in a way of its own."""
    make_tree(tmp_path, BAD)
    told = gates.check(tmp_path)
    assert path in {found.path for found in told}
    assert {found.path for found in told} == BAD.keys()


def test_a_clean_tree_passes_and_a_broken_one_fails_by_exit_code(tmp_path: Path) -> None:
    """Called as a script it says so and returns 0; with one thing broken it prints where and returns 1."""
    script = [sys.executable, str(REPO / ".ci" / "gates.py"), str(tmp_path)]
    make_tree(tmp_path, {"portfolio/a.py": "A = 1\n"})
    good = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)
    assert (good.returncode, good.stdout) == (0, "all gates hold\n")
    make_tree(tmp_path, {".ci/constraints.txt": "numpy\n"})
    bad = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)
    assert (bad.returncode, bad.stdout.count("\n")) == (1, 1)
    assert bad.stdout.startswith(".ci/constraints.txt:1: ")


def test_files_git_ignores_are_not_ours(tmp_path: Path) -> None:
    """In a repository, new files count at once and ignored ones never."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    make_tree(tmp_path, {".gitignore": "demo/\n", "demo/x.md": SOMEBODYS, "docs/new.md": SOMEBODYS})
    assert [found.path for found in gates.check(tmp_path)] == ["docs/new.md"]
