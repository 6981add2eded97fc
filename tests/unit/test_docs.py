"""What the guide says is so: commands, options, outputs, links, pictures, the tree of errors, exit codes."""

from __future__ import annotations

import importlib.metadata
import inspect
import locale
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

import make
import pictures
from portfolio import cli, errors
from tests.guide import (
    NAMES,
    PAGES,
    REFERENCE,
    REPO,
    TEACHER,
    addresses,
    anchors,
    shell_lines,
    spoken_lines,
    tokens,
)

# Typer carries a click of its own, whose classes have no public name.
GROUP: Any = typer.main.get_command(cli.app)

# A page of the guide is called a guide below: "page" is a fixture of pytest-playwright.


def parse(words: list[str], *, whole: bool) -> None:
    """Read a command line with the program's own parser, without running it; raises what the parser raises."""
    if words[:1] == ["--version"]:
        return
    above = GROUP.make_context("portfolio", list(words))
    name, command, rest = GROUP.resolve_command(above, list(words))
    command.make_context(name, list(rest), parent=above, resilient_parsing=not whole)


@pytest.mark.parametrize("guide", PAGES, ids=NAMES)
def test_every_command_line_of_the_guide_is_one(guide: Path) -> None:
    """Each ``portfolio …`` line in a block is read by the real parser, arguments and all."""
    for line in shell_lines(guide):
        program, *words = line.words
        if Path(program).name == "portfolio":
            try:
                parse(words, whole=True)
            except Exception as error:
                raise AssertionError(f"{line.page}:{line.line}: {' '.join(line.words)}: {error!r}") from error


@pytest.mark.parametrize("guide", PAGES, ids=NAMES)
def test_every_command_named_in_a_sentence_is_one(guide: Path) -> None:
    """Each `portfolio …` in running text names a command and options that there are."""
    for line in spoken_lines(guide):
        try:
            parse(line.words[1:], whole=False)
        except Exception as error:
            raise AssertionError(f"{line.page}:{line.line}: {' '.join(line.words)}: {error!r}") from error


def test_the_parser_of_these_tests_finds_a_wrong_line() -> None:
    """An unknown command, an unknown option, a missing argument: the tests above would fail."""
    for words in (
        ["fly"],
        ["check", "class-4b", "--loud"],
        ["present", "class-4b"],
        ["serve", "--port", "x", "c"],
    ):
        with pytest.raises(Exception, match=r"(?i)no such|missing|valid integer"):
            parse(words, whole=True)


@pytest.mark.parametrize("guide", PAGES, ids=NAMES)
def test_every_make_line_and_exporter_option_of_the_guide_is_one(guide: Path) -> None:
    """``make X`` is a command of ours, ``--PortfolioExporter.X`` a trait of what nbconvert finds as “portfolio”."""
    (door,) = importlib.metadata.entry_points(group="nbconvert.exporters", name="portfolio")
    for line in shell_lines(guide):
        if line.words[0] == "make":
            assert line.words[1] in make.COMMANDS, line
        for word in line.words:
            if found := re.match(r"--PortfolioExporter\.(\w+)=", word):
                assert door.load().class_traits(config=True).get(found[1]), line


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command with its whole name; a group yields those inside it (“roster import”)."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def told_options() -> dict[str, set[str]]:
    """Return, for each command with a heading in the administrator's page, the options told below it."""
    told: dict[str, set[str]] = {}
    name = ""
    after_heading = ""
    for token in tokens(REFERENCE):
        if token.type == "heading_open":
            after_heading, name = token.tag, ""
        elif token.type == "inline" and after_heading:
            if token.content.startswith("portfolio "):
                name = token.content.removeprefix("portfolio ")
                told[name] = set()
            after_heading = ""
        elif token.type == "code_inline" and name:
            told[name] |= {word for word in token.content.split() if word.startswith("--")}
    return told


def test_every_command_and_option_is_described() -> None:
    """The list of commands has each command with each of its options, and none that is not there."""
    real = {
        name: {
            opt
            for param in command.params
            for opt in (*param.opts, *param.secondary_opts)
            if opt.startswith("--")
        }
        for name, command in commands(GROUP)
    }
    assert told_options() == {name: options - {"--help"} for name, options in real.items()}
    assert "`portfolio --version`" in REFERENCE.read_text("utf-8")


def examples() -> list[tuple[str, str]]:
    """Return the worked example of the teacher's page: each command and the answer below it."""
    blocks = [token.content for token in tokens(TEACHER) if token.type == "fence" and token.info == "console"]
    return [
        (command, answer) for block in blocks for command, answer in [block.removeprefix("$ ").split("\n", 1)]
    ]


def answers(expected: str, real: str) -> bool:
    """Return whether an answer is the one in the guide: ``…`` stands for a folder, or as a line for any lines."""
    sized = re.sub(r"\b\d+ kB", "0 kB", expected)
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else ".*".join(re.escape(part) for part in line.split("…")) + r"\n"
        for line in sized.splitlines()
    )
    return re.fullmatch(pattern, re.sub(r"\b\d+ kB", "0 kB", real)) is not None


def test_the_worked_example_gives_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A teacher who types the example, in this order, reads the answers that stand in the guide."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(locale, "getlocale", lambda: ("en_US", "UTF-8"))
    names = next(token.content for token in tokens(TEACHER) if token.type == "fence" and token.info == "text")
    (tmp_path / "names.txt").write_text(names, "utf-8")
    assert [command.split()[1] for command, _ in examples()] == ["new", "check", "send-home"]
    for command, expected in examples():
        result = CliRunner().invoke(cli.app, shlex.split(command)[1:])
        assert result.exit_code == 0, result.output
        assert answers(expected, result.output), f"{command} says now:\n{result.output}"


def test_the_few_lines_of_python_do_what_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They give Amal two homes, each with a file in its language, and the teacher's note with her name in both."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.txt").write_text("Amal\n", "utf-8")
    run = CliRunner().invoke
    assert run(cli.app, ["new", "class-4b", "--band", "3-5", "--students", "names.txt"]).exit_code == 0
    lines = next(
        token.content for token in tokens(TEACHER) if token.type == "fence" and token.info == "python"
    )
    exec(compile(lines, "docs/teacher.md", "exec"), {})  # noqa: S102 - our own guide
    assert run(cli.app, ["send-home", "class-4b"]).exit_code == 0
    files = {path.name: path.read_text("utf-8") for path in (tmp_path / "class-4b" / "home").rglob("*.html")}
    assert {name: re.findall(r'<html[^>]* lang="(\w+)"', text) for name, text in files.items()} == {
        "amal-mama.html": ["ar"],
        "amal-dad.html": ["en"],
    }
    for text in files.values():
        assert "Ms. Rivera" in text
        assert "Amal looks for her own mistakes." in text


@pytest.mark.parametrize("guide", PAGES, ids=NAMES)
def test_every_link_and_picture_is_there(guide: Path) -> None:
    """A relative address names a file of the checkout; what stands behind ``#`` is a heading of it."""
    for address in addresses(guide):
        parts = urlsplit(address)
        if parts.scheme:
            continue
        target = (guide.parent / unquote(parts.path)).resolve() if parts.path else guide
        assert target.exists(), f"{address} is not there"
        assert target.is_relative_to(REPO), address
        if parts.fragment and target.suffix == ".md":
            assert parts.fragment in anchors(target), f"{address}: no such heading"


@pytest.mark.parametrize("guide", PAGES, ids=NAMES)
def test_every_picture_of_the_guide_has_words(guide: Path) -> None:
    """A picture says what it shows, for somebody who cannot see it."""
    for token in tokens(guide):
        if token.type == "image":
            assert len(token.content) > 5, token.attrs
        if token.type in {"html_block", "html_inline"}:
            for tag in re.findall(r"<img\b[^>]*>", token.content):
                assert re.search(r'\balt="[^"]{6,}"', tag), tag


@pytest.mark.parametrize("name", sorted(pictures.TAKEN))
def test_the_pictures_of_the_guide_are_small(name: str) -> None:
    """Each picture has a palette of eight bits and keeps to its budget."""
    path = pictures.FOLDER / f"{name}.png"
    assert path.stat().st_size <= pictures.LARGEST
    with Image.open(path) as picture:
        assert picture.mode == "P"
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 8  # it shows something


def tree() -> dict[str, str]:
    """Return the tree at the top of errors.py: each class with the one it stands below."""
    found: dict[str, str] = {}
    path: list[str] = []
    for line in inspect.getdoc(errors).splitlines():  # type: ignore[union-attr]  # it has one
        if match := re.match(r"( {4}(?:[│ ] {3})*(?:[├└]── )?)([A-Z]\w+)  ", line):
            depth = (len(match[1]) - 4) // 4
            path[depth:] = [match[2]]
            found[match[2]] = path[depth - 1] if depth else ""
    return found


def test_every_error_stands_in_the_tree() -> None:
    """The tree at the top of errors.py has every class, below the one it is made from, and no other."""
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]
    ours = {c.__name__: "" if c is errors.PortfolioError else c.__bases__[0].__name__ for c in classes}
    assert len(ours) > 5
    assert tree() == ours


def test_every_exit_code_is_told() -> None:
    """The table of exit codes has those of the errors, of the parser and of the program itself, and no other."""
    told = {
        int(found[1]) for found in re.finditer(r"^\| (\d+) \|", REFERENCE.read_text("utf-8"), re.MULTILINE)
    }
    classes = [
        c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.PortfolioError)
    ]
    assert told == {0, 2, cli.NOT_EVERYBODY, *(c.exit_code for c in classes)}


def test_the_page_for_families_marks_its_languages() -> None:
    """English, Spanish and Arabic stand below each other, each marked; the two translations say they are drafts."""
    text = (REPO / "docs" / "family.md").read_text("utf-8")
    parts = re.findall(r'<div lang="(\w+)"( dir="rtl")?>(.*?)</div>', text, re.DOTALL)
    assert [(lang, bool(rtl)) for lang, rtl, _ in parts] == [("en", False), ("es", False), ("ar", True)]
    assert [("draft, not reviewed" in words) for _, _, words in parts] == [False, True, True]
    assert len({len(re.findall(r"^\*\*", words, re.MULTILINE)) for _, _, words in parts}) == 1
