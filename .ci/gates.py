"""The house's own gates: what no linter asks. ``python .ci/gates.py [FOLDER]`` prints what breaks one.

A gate is a function: path and text in, findings out (the import cycle and the sizes see the whole tree).
Standard library only. Limits stand in pyproject.toml under ``[tool.gates]``.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REPO = Path(__file__).resolve().parent.parent

# The only place where a test may be left out: a fixture for what one operating system cannot do.
SKIP_HELPER = ("tests/conftest.py", "only_on")


class Finding(NamedTuple):
    """One broken gate: where (path from the root, line from 1), what is wrong, what to do."""

    path: str
    line: int
    wrong: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.wrong}: {self.mend}"


# ------------------------------------------------------------------------------------------ short, with reasons


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def long_functions(path: str, text: str, limit: int) -> Iterator[Finding]:
    """Yield functions whose body, without the docstring, has more than ``limit`` lines."""
    for node in _functions(ast.parse(text)):
        body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
        lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > limit:
            wrong = f"{node.name}() has {lines} lines, {limit} are allowed"
            yield Finding(path, node.lineno, wrong, "find the steps in it and name them")


def long_files(path: str, text: str, limit: int) -> Iterator[Finding]:
    """Yield the file if it has more than ``limit`` lines and no ``long: reason`` in its first 15."""
    lines = text.splitlines()
    if len(lines) <= limit or any(re.match(r"\s*(#|//|/?\*+)\s*long: \S.{7,}", line) for line in lines[:15]):
        return
    wrong = f"{len(lines)} lines, {limit} are allowed"
    yield Finding(path, 1, wrong, "split it along a seam, or say near its top '# long: why'")


_SUPPRESSION = re.compile(
    r"#\s*(?:(?:ruff|flake8):\s*)?(noqa|type:\s*ignore|(?:pyright|mypy):\s*ignore|pragma:\s*no|nosec)"
)


def bare_suppressions(path: str, text: str) -> Iterator[Finding]:
    """Yield comments that silence a checker and do not say why after ' - ' (or, for mypy, after a second '#')."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        found = _SUPPRESSION.search(token.string)
        if found and not re.search(r"(?: -|#) ?\S.{6,}", token.string[found.end() :]):
            wrong = f"'{found[1]}' without a reason"
            yield Finding(path, token.start[0], wrong, "write the reason behind it after ' - '")


def import_cycles(sources: Mapping[str, str]) -> Iterator[Finding]:
    """Yield import cycles among modules, given as path → text; imports inside functions count too.

    Each module is named in at most one finding; the finding shows the shortest way round.
    """
    paths = {_module(path): path for path in sources}
    graph = {name: _imports(name, path, sources[path], paths) for name, path in paths.items()}
    told: set[str] = set()
    for start in sorted(graph):
        cycle = [] if start in told else _way_back(start, graph)
        if cycle:
            told.update(cycle)
            wrong = "import cycle " + " -> ".join([*cycle, start])
            mend = "move what both need below them, or hand it over as an argument"
            yield Finding(paths[start], graph[start][(*cycle, start)[1]], wrong, mend)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imports(name: str, path: str, text: str, known: Iterable[str]) -> dict[str, int]:
    """Return the known modules that one module imports, each with the first line that does."""
    package = name if path.endswith("/__init__.py") else name.rpartition(".")[0]
    targets: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            targets += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            up = package.rsplit(".", node.level - 1)[:1] if node.level else []
            base = ".".join([*up, *filter(None, [node.module])])
            targets += [(f"{base}.{alias.name}", node.lineno) for alias in node.names]
    found: dict[str, int] = {}
    for target, line in targets:
        nearest = next((part for part in _upwards(target) if part in known), name)
        if nearest != name:
            found[nearest] = min(line, found.get(nearest, line))
    return found


def _upwards(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def _way_back(start: str, graph: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the shortest path from ``start`` to itself (without its return), or nothing."""
    paths = deque([[start]])
    seen: set[str] = set()
    while paths:
        path = paths.popleft()
        for after in graph[path[-1]]:
            if after == start:
                return path
            if after not in seen:
                seen.add(after)
                paths.append([*path, after])
    return []


_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_STYLE = re.compile(r"<[a-zA-Z][^<>]*?(?<![\w-])style\s*=", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://[^\s\"'<>)}]+|(?:\b(?:src|href|action)\s*=\s*|url\(\s*)[\"']?//\w[^\s\"'<>)]*"
)
_NAMESPACE = re.compile(
    r"http://www\.w3\.org/(\d{4}/(svg|xlink|xhtml|xmlns/|Math/MathML)|XML/1998/namespace)"
)


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def style_attributes(path: str, text: str) -> Iterator[Finding]:
    """Yield tags with a ``style=`` attribute in a page template: no page's policy lets one through."""
    plain = _blanked(text, _JINJA)
    for found in _STYLE.finditer(plain):
        line = plain.count("\n", 0, found.end()) + 1
        yield Finding(
            path, line, "style= attribute, which our pages' policy blocks", "give it a class instead"
        )


def addresses(path: str, text: str) -> Iterator[Finding]:
    """Yield addresses on the network in what a browser is sent; the names of XML vocabularies are none."""
    plain = _blanked(text, re.compile(r"\{#.*?#\}", re.DOTALL))
    for found in _ADDRESS.finditer(plain):
        if not _NAMESPACE.fullmatch(found[0]):
            line = plain.count("\n", 0, found.start()) + 1
            yield Finding(
                path, line, f"address {found[0]}", "ship the thing itself; pages work without network"
            )


def heavy_assets(root: Path, files: Iterable[str], budgets: Mapping[str, int]) -> Iterator[Finding]:
    """Yield patterns whose files weigh more together than their budget in bytes."""
    there = set(files)
    for pattern, budget in budgets.items():
        matching = [path for path in root.glob(pattern) if path.relative_to(root).as_posix() in there]
        weight = sum(path.stat().st_size for path in matching)
        if weight > budget:
            biggest = max(matching, key=lambda path: path.stat().st_size).relative_to(root).as_posix()
            wrong = f"{pattern} weighs {weight:,} bytes, {budget:,} are allowed"
            yield Finding(biggest, 1, wrong, "make it smaller, or raise [tool.gates.bytes] and say why")


_PLACE = re.compile(
    r"(?<![\w./~}>-])/(?:root|work|home|Users)/(?!teacher\b)[\w.-]+"  # our invented teacher may live there
    r"|\b[A-Z]:\\{1,2}Users\\{1,2}\w+"
    r"|\b(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs|debian|anaconda|crates)\.(?:org|com|io|net)\b"
    r"|(?:index-url|find-links|trusted-host)[ =]+\S+"
)


def private_places(path: str, text: str) -> Iterator[Finding]:
    """Yield folders of somebody's machine and hosts of package registries."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _PLACE.finditer(line):
            mend = "write it relative to the checkout, or leave it to the machine's configuration"
            yield Finding(path, number, f"place that is nobody else's: {found[0]}", mend)


def loose_pins(path: str, text: str) -> Iterator[Finding]:
    """Yield lines of the constraints file that are not ``name==version`` (or a comment)."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line and not line.startswith("#") and not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.!+-]+", line):
            yield Finding(path, number, f"no pin: {line}", "write name==version and nothing else (make pins)")


_SKIPS = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipIf", "skipUnless", "expectedFailure"}


def untold_tests(path: str, text: str) -> Iterator[Finding]:
    """Yield tests without a docstring."""
    for node in _functions(ast.parse(text)):
        if node.name.startswith("test") and not ast.get_docstring(node):
            yield Finding(
                path, node.lineno, f"{node.name}() says nothing", "state its one behaviour in a docstring"
            )


def left_out_tests(path: str, text: str) -> Iterator[Finding]:
    """Yield uses of pytest's and unittest's ways to leave a test out, except in our one helper."""
    tree = ast.parse(text)
    helpers = [node for node in _functions(tree) if (path, node.name) == SKIP_HELPER]
    allowed = {line for node in helpers for line in range(node.lineno, (node.end_lineno or 0) + 1)}
    named: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            named.append((node.attr, node.lineno))
        elif isinstance(node, ast.ImportFrom) and node.module in {"pytest", "unittest"}:
            named += [(alias.name, node.lineno) for alias in node.names]
    for name, line in named:
        if name in _SKIPS and line not in allowed:
            mend = f"let it run everywhere, or ask for the fixture {SKIP_HELPER[1]}"
            yield Finding(path, line, f"{name}: a test that may not run", mend)


# ----------------------------------------------------------------------------------------- the whole tree


def tracked(root: Path) -> list[str]:
    """Return the files git tracks or would track under ``root``, as posix paths; all where there is no git."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    asked = subprocess.run(command, capture_output=True, check=False)
    if asked.returncode == 0:
        names = asked.stdout.decode().split("\0")
    else:
        all_names = [path.relative_to(root).as_posix() for path in root.rglob("*")]
        names = [name for name in all_names if not name.startswith((".venv/", ".git/"))]
    return sorted(name for name in names if name and (root / name).is_file())


def check_text(path: str, text: str, limits: Mapping[str, int]) -> Iterator[Finding]:
    """Yield what one file breaks, by where it stands and what it is."""
    place, kind = Path(path), Path(path).suffix
    yield from private_places(path, text)
    if path == ".ci/constraints.txt":
        yield from loose_pins(path, text)
    if kind in {".py", ".js", ".css"}:
        yield from long_files(path, text, limits["file_lines"])
    if kind == ".py":
        yield from long_functions(path, text, limits["function_lines"])
        yield from bare_suppressions(path, text)
    if kind == ".py" and place.parts[0] == "tests":
        yield from left_out_tests(path, text)
        yield from untold_tests(path, text) if place.name.startswith("test_") else ()
    if kind == ".j2" and place.parts[:2] == ("templates", "pages"):
        yield from style_attributes(path, text)
    shown = {".js", ".css", ".svg"} | ({".j2", ".html"} if place.parts[0] == "templates" else set())
    if kind in shown and place.parts[0] in {"templates", "portfolio"}:
        yield from addresses(path, text)


def check(root: Path) -> list[Finding]:
    """Return everything that breaks a gate in the checkout ``root``."""
    config = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["gates"]
    files = tracked(root)
    texts = {}
    for path in files:
        raw = (root / path).read_bytes()
        if b"\0" not in raw[:8000]:
            texts[path] = raw.decode("utf-8", errors="replace")
    findings = [found for path, text in texts.items() for found in check_text(path, text, config)]
    ours = {path: text for path, text in texts.items() if re.fullmatch(r"portfolio/.*\.py", path)}
    return [*findings, *import_cycles(ours), *heavy_assets(root, files, config["bytes"])]


if __name__ == "__main__":
    broken = check(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else REPO)
    print("\n".join(map(str, broken)) or "all gates hold")
    sys.exit(1 if broken else 0)
