"""The Nu HTML checker on every file that goes home: no error."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from checkers import NU, find_java, found
from tests.home_files import LANGUAGES, sample_homes

pytestmark = [pytest.mark.drill, pytest.mark.timeout(1800)]

NOT_KNOWN_YET = ("CSS: “field-sizing”: Property “field-sizing” doesn't exist.",)
"""What the checker does not know: properties that browsers have had for years."""


def errors(*paths: Path) -> list[str]:
    """Return what the checker calls an error, with the file's name. There being no Java is a failure."""
    java = find_java()
    assert java, "No Java on this computer: `make drill` installs one."
    command = [java, "-Xss2m", "-jar", str(found(NU)), "--format", "json", "--stdout", "--exit-zero-always"]
    asked = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [
        f"{Path(one.get('url', '')).name}: {one['message']} {one.get('extract', '')[:120]}"
        for one in json.loads(asked.stdout)["messages"]
        if one["type"] != "info" and one["message"] not in NOT_KNOWN_YET
    ]


def test_every_file_is_right_in_every_letter(tmp_path: Path) -> None:
    """Every home of every sample class, every child in each of our languages, and the own-time pages."""
    made = tuple(sample_homes(tmp_path, every=True, langs=LANGUAGES))
    assert len(made) > 60
    assert errors(*(one.path for one in made)) == []


def test_the_checker_would_say_so(tmp_path: Path) -> None:
    """A page with an id twice, a picture without words and a list in a paragraph's place gives errors."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><html lang=en><title>t</title><p id=a><span id=a></span><img src='data:,'><li>no</li>",
        "utf-8",
    )
    assert len(errors(bad)) >= 3
