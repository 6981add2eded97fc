"""The file that goes home in the other browser: opened from the disk in Firefox, with scripts and without."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkers import find_firefox
from tests.browser.home_looks import UNFOLD, asked
from tests.firefox import Firefox, firefox
from tests.home_files import Made, said, sample_homes

pytestmark = [pytest.mark.drill, pytest.mark.timeout(900)]

LOAD = "(() => { for (const one of document.querySelectorAll('audio, video')) { one.preload = 'metadata'; one.load() } })()"
WAITING = (
    "[...document.querySelectorAll('audio, video')].filter(one => !(one.duration > 0) && !one.error).length"
)
BROKEN = (
    "[...document.querySelectorAll('audio, video')].filter(one => one.error).map(one => one.error.message)"
)
TEXT = """(() => { const unseen = [...document.querySelectorAll('button, [aria-live], [role=status], .sends, .sends-with')];
  unseen.forEach(one => one.hidden = true); const text = document.body.innerText; unseen.forEach(one => one.hidden = false);
  return text.split('\\n').map(line => line.trim()).filter(Boolean) })()"""


@pytest.fixture(scope="module")
def program() -> str:
    """Return the Firefox of this computer. There being none is a failure, never a reason to leave tests out."""
    found = find_firefox()
    assert found, (
        "No Firefox on this computer: `make drill` installs one, or set PORTFOLIO_FIREFOX to where it is."
    )
    return found


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    """Return the file of one home of each band, and a page for a home's own time."""
    return tuple(sample_homes(tmp_path_factory.mktemp("fox")))


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no scripts"])
def fox(
    request: pytest.FixtureRequest, program: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Firefox]:
    """Return a running Firefox whose pages may, or may not, run scripts; it is tried whether that is so."""
    place = tmp_path_factory.mktemp("profile")
    with firefox(program, place / "profile", scripts=request.param) as started:
        trial = place / "trial.html"
        trial.write_text(
            "<!doctype html><title>no</title><p>one<script>document.title = 'yes'</script>", encoding="utf-8"
        )
        started.open(trial)
        assert started.evaluate("document.title") == ("yes" if request.param else "no")
        yield started


def plays(fox: Firefox) -> None:
    """Assert that every recording of a page can be played: Firefox knows how long it is."""
    fox.evaluate(LOAD)
    for _ in range(300):
        if not fox.evaluate(WAITING):
            break
        time.sleep(0.1)
    assert (fox.evaluate(WAITING), fox.evaluate(BROKEN)) == (0, []), (
        "On Linux Firefox plays films with libavcodec: apt-get install --install-recommends firefox-esr"
    )


def test_every_file_opens_and_is_whole(fox: Firefox, homes: tuple[Made, ...]) -> None:
    """Words all there, pictures decoded, recordings playable; no request, no error, nothing against the policy."""
    pictures = 0
    for made in homes:
        fox.open(made.path)
        fox.evaluate(f"(() => {{ {UNFOLD} }})()")
        lang = str(fox.evaluate("document.documentElement.lang"))
        names = fox.evaluate(
            "[...document.querySelectorAll('[alt], [aria-label]')].map(o => o.alt ?? o.ariaLabel).join(' ')"
        )
        there = "".join("".join(fox.evaluate(TEXT)).split()) + "".join(str(names).split())
        assert [line for line, _ in said(made.view, lang) if "".join(line.split()) not in there] == [], (
            made.name
        )
        assert (
            fox.evaluate("[...document.images].filter(one => !(one.complete && one.naturalWidth > 0)).length")
            == 0
        )
        plays(fox)
        assert fox.evaluate("window.broken ?? []") == [], made.name
        assert fox.told == [], made.name
        assert [url for url in fox.asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
        pictures += int(fox.evaluate("document.images.length"))
    assert pictures > 20


def test_nothing_is_wrong_with_a_page_here_either(fox: Firefox, homes: tuple[Made, ...]) -> None:
    """Links lead somewhere, headings jump no level, words say their language; on a narrow phone nothing is cut or covered."""
    fox.wide(320, 700)
    for made in homes:
        fox.open(made.path)
        fox.evaluate(f"(() => {{ {UNFOLD} }})()")
        for name in ("structure", "names", "dead", "scripts", "sideways", "overlaps"):
            assert fox.evaluate(f"({asked(name)})()") == [], (made.name, name)


def test_words_are_the_same_with_scripts_and_without(
    program: str, homes: tuple[Made, ...], tmp_path: Path
) -> None:
    """Every line a file shows with scripts it shows without."""
    read: dict[bool, list[list[str]]] = {}
    for scripts in (True, False):
        with firefox(program, tmp_path / str(scripts), scripts=scripts) as fox:
            read[scripts] = []
            for made in homes:
                fox.open(made.path)
                fox.evaluate(f"(() => {{ {UNFOLD} }})()")
                read[scripts].append(fox.evaluate(TEXT))
    for made, with_scripts, without in zip(homes, read[True], read[False], strict=True):
        assert len(without) > 40
        assert [line for line in with_scripts if line not in without] == [], made.name
