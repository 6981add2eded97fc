"""What all tests share: a home folder of their own, how many examples hypothesis tries, one fixed day."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from portfolio.serve.later import put_off

with put_off():  # else each worker and each file of tests that is run alone waits two seconds
    import jsonschema  # type: ignore[import-untyped]  # noqa: F401 - it carries no types; imported for others

if TYPE_CHECKING:
    from collections.abc import Callable

REPO = Path(__file__).resolve().parent.parent
_FOLDER = "PORTFOLIO_TESTS_HOME"

# No deadline: on a busy machine a slow example is no mistake. Under CI the examples are always the
# same, so that a red run is the change's own doing; the drills look for new ones.
settings.register_profile(
    "fast",
    max_examples=50,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "drill", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_configure(config: pytest.Config) -> None:
    """Turn every "home" a library may write to into one temporary folder per run.

    Workers of pytest-xdist share the folder of the process that started them: matplotlib then looks
    through the fonts once.
    """
    if hasattr(config, "workerinput"):
        return
    home = Path(tempfile.mkdtemp(prefix="portfolio-tests-"))
    os.environ[_FOLDER] = str(home)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = str(home)
    for name, part in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
        "XDG_DATA_HOME": ".local/share",
        "JUPYTER_CONFIG_DIR": "jupyter/config",
        "JUPYTER_DATA_DIR": "jupyter/data",
        "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
    }.items():
        folder = home / part
        folder.mkdir(parents=True)
        os.environ[name] = str(folder)
    os.environ["JUPYTER_PATH"] = str(REPO / "templates")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that folder again."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[_FOLDER], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright leaves an event loop running, and asyncio.run() fails beside it."""
    items.sort(key=_turn)


LONGEST = (
    "one_path home_proof home_file school_words_desk rehearsal family_door rooms teacher_door papers presenting "
    "home_hostile own_time practise identity answers meeting_papers teacher_states together controls teachers_evening "
    "home_seen comments specimens leaving_screen nothing_lost conference"
).split()
"""The browser tests that take a minute or more, longest first: no worker is left with one when the others have nothing to do."""


def _turn(item: pytest.Item) -> int:
    """Return when a test's file is begun: 0 for all but browser tests."""
    if item.get_closest_marker("browser") is None:
        return 0
    name = item.path.stem.removeprefix("test_")
    return 1 + (LONGEST.index(name) if name in LONGEST else len(LONGEST))


@pytest.fixture
def today() -> dt.date:
    """Return the day on which all tests take place."""
    return dt.date(2026, 11, 21)


@pytest.fixture
def only_on() -> Callable[..., None]:
    """Return the one way to leave a test out: ``only_on("Linux")`` for what other systems cannot do."""

    def check(*systems: str) -> None:
        if platform.system() not in systems:
            pytest.skip(f"only {' and '.join(systems)} can do this")

    return check
