"""Pages compiled once: a start takes what is kept, and a changed page always shows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from portfolio.views.compiled import BesideTheirSource, kept_at


@pytest.fixture(autouse=True)
def _kept_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the pages that were compiled, as it happens."""
    names: list[str] = []
    really: Callable[..., object] = jinja2.Environment.compile

    def compile_(self: jinja2.Environment, source: str, name: str | None = None, *rest: object) -> object:
        names.append(str(name))
        return really(self, source, name, *rest)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_)
    return names


def shown(folder: Path, settings: str = "usual") -> str:
    """Return the page of a folder as a new process would make it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, bytecode_cache=BesideTheirSource(settings)
    )
    return environment.get_template("page.html.j2").render(name="<Ada>")


def page(folder: Path, text: str = "Hello {{ name }}") -> Path:
    """Write the page of a folder."""
    path = folder / "page.html.j2"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    """The second start takes what the first one kept, and shows the same."""
    page(tmp_path)
    assert [shown(tmp_path), shown(tmp_path)] == ["Hello &lt;Ada&gt;"] * 2
    assert compiled == ["page.html.j2"]


def test_a_changed_page_shows_although_its_size_and_time_are_the_same(tmp_path: Path) -> None:
    """What counts is the text itself: no clock and no size are believed."""
    path = page(tmp_path)
    shown(tmp_path)
    before = path.stat()
    page(tmp_path, "Howdy {{ name }}")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert shown(tmp_path) == "Howdy &lt;Ada&gt;"


def test_other_settings_and_another_jinja_take_nothing(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was compiled another way is not used."""
    page(tmp_path)
    shown(tmp_path)
    shown(tmp_path, "others")
    monkeypatch.setattr(jinja2, "__version__", "99.0")
    shown(tmp_path, "others")
    assert len(compiled) == 3


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-7], lambda data: data[:0], lambda data: data[:-1] + b"\x00\x00"]
)
def test_what_is_damaged_is_never_run_and_made_anew(
    tmp_path: Path, compiled: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    """Half a file after a power cut costs one more compiling, and nothing else."""
    path = kept_at(str(page(tmp_path)))
    shown(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    assert shown(tmp_path) == "Hello &lt;Ada&gt;"
    assert len(compiled) == 2
    assert path.read_bytes() == whole


def test_who_may_read_the_page_may_read_what_is_kept(tmp_path: Path) -> None:
    """A program put in by one person serves all others of the computer."""
    path = page(tmp_path)
    path.chmod(0o644)
    shown(tmp_path)
    if os.name != "nt":
        mask = os.umask(0)
        os.umask(mask)
        assert kept_at(str(path)).stat().st_mode & 0o777 == 0o644 & ~mask
    assert [one.name for one in kept_at(str(path)).parent.iterdir()] == [kept_at(str(path)).name]


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``PYTHONDONTWRITEBYTECODE`` holds for pages too."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    page(tmp_path)
    assert shown(tmp_path) == "Hello &lt;Ada&gt;"
    assert [one.name for one in tmp_path.iterdir()] == ["page.html.j2"]


def test_a_place_nobody_may_write_stops_no_page(tmp_path: Path) -> None:
    """Where nothing can be kept (here a file stands in the way) the page is made all the same."""
    page(tmp_path)
    (tmp_path / "__pycache__").write_text("in the way", encoding="utf-8")
    assert shown(tmp_path) == "Hello &lt;Ada&gt;"


def test_a_page_that_is_no_file_is_simply_compiled() -> None:
    """Pages of other loaders have no place beside them."""
    loader = jinja2.DictLoader({"page": "Hello"})
    environment = jinja2.Environment(
        loader=loader, autoescape=True, bytecode_cache=BesideTheirSource("usual")
    )
    assert environment.get_template("page").render() == "Hello"


def test_what_a_killed_process_left_neither_blocks_nor_stays(tmp_path: Path, compiled: list[str]) -> None:
    """Its number comes again (in a container always): the page is kept all the same, and no half file is left."""
    kept = kept_at(str(page(tmp_path)))
    kept.parent.mkdir()
    halves = [kept.with_name(f"{kept.name}.{number}") for number in (os.getpid(), 1, 99999999)]
    for half in halves:
        half.write_bytes(b"half")
        os.utime(half, (1, 1))
    young = kept.with_name(f"{kept.name}.2")
    young.write_bytes(b"being written")
    assert [shown(tmp_path), shown(tmp_path)] == ["Hello &lt;Ada&gt;"] * 2
    assert compiled == ["page.html.j2"]
    assert set(kept.parent.iterdir()) == {kept, young}
