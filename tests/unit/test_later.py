"""What the server imports and never asks is imported when it is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portfolio.serve.later import SLOW, put_off

NOTED = "import pathlib\npathlib.Path(__file__).with_name('imported').touch()\n"


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a package in the way of imports that notes when it is imported; return where."""
    package = tmp_path / "slow_one"
    package.mkdir()
    (package / "__init__.py").write_text(NOTED + "def told(word, *, end):\n    return word + end\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slow_one", raising=False)
    return package / "imported"


def test_a_function_imports_its_package_when_it_is_called(slow: Path) -> None:
    """Importing a name costs nothing; calling it gives what the package gives, and the package is there from then on."""
    with put_off("slow_one"):
        from slow_one import told  # type: ignore[import-not-found]  # made above
    assert not slow.exists()
    assert "slow_one" not in sys.modules
    assert told("a", end="!") == "a!"
    assert slow.exists()
    assert sys.modules["slow_one"].__file__ == str(slow.with_name("__init__.py"))


def test_a_function_may_be_called_before_the_block_ends(slow: Path) -> None:
    """Then the package stays: nothing takes it away again."""
    with put_off("slow_one"):
        from slow_one import told

        assert told("a", end="?") == "a?"
    assert sys.modules["slow_one"].__file__ == str(slow.with_name("__init__.py"))


def test_nothing_is_done_where_there_is_nothing_to_put_off(slow: Path) -> None:
    """A package that is not installed stays missing, one that was imported stays itself."""
    with put_off("no_such_package"), pytest.raises(ImportError):
        import no_such_package  # type: ignore[import-not-found]  # noqa: F401 - it is missing
    import slow_one

    with put_off("slow_one"):
        assert sys.modules["slow_one"] is slow_one
    assert sys.modules["slow_one"] is slow_one
    assert slow.exists()


def test_the_server_is_imported_without_it_and_the_check_still_checks() -> None:
    """In a fresh process the server's pages come without the slow package; jsonschema's check of addresses calls it."""
    program = f"""
import sys
from portfolio.serve.later import put_off
with put_off():
    import portfolio.serve.app
assert {SLOW!r} not in sys.modules
from jsonschema import Draft202012Validator as Validator
checked = Validator({{"format": "iri"}}, format_checker=Validator.FORMAT_CHECKER)
print(checked.is_valid("http://ex\\u00e4mple.org/\\u00fc"), checked.is_valid("no <address>"), {SLOW!r} in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True"]
