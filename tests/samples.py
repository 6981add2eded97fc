"""Sample classes for tests: each is made once for a whole run and copied for whoever asks (making one takes a second).

What is copied lies where no test looks; a test changes its copy and nothing else. ``tests/unit/test_samples.py`` says that
a copy is what :func:`portfolio.moments.sample.make_sample` makes.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from portfolio.moments import sample
from portfolio.store.class_folder import SECRET_BYTES, ClassFolder, open_class

RUN = "PORTFOLIO_TESTS_HOME"
"""The variable that names the folder of this run: ``tests/conftest.py`` makes it, and removes it at the end."""


def make_sample(name: str, target: Path, *, at: datetime, randomness: Callable[[int], bytes]) -> ClassFolder:
    """Return a sample class in a new folder, as ``portfolio.moments.sample.make_sample`` would make it."""
    shutil.copytree(_made(name, at), target, dirs_exist_ok=True)
    folder = open_class(target)
    folder.secret.write_bytes(randomness(SECRET_BYTES))
    return folder


@cache
def _kept() -> Path:
    """Return the folder of what is copied; without a run of tests (pictures of the guide) it is this process's own."""
    if run := os.environ.get(RUN):
        kept = Path(run) / "samples"
        kept.mkdir(exist_ok=True)
        return kept
    alone = Path(tempfile.mkdtemp(prefix="portfolio-samples-"))
    atexit.register(shutil.rmtree, alone, ignore_errors=True)
    return alone


@cache
def _made(name: str, at: datetime) -> Path:
    """Return the folder that is copied. Workers share it: who has made one first puts it there whole."""
    kept = _kept()
    place = kept / f"{name}-{at:%Y%m%dT%H%M%S%z}"
    if not place.is_dir():
        beside = Path(tempfile.mkdtemp(dir=kept)) / name
        sample.make_sample(name, beside, at=at, randomness=bytes)
        try:
            beside.rename(place)
        except OSError:  # another worker was quicker
            shutil.rmtree(beside)
    return place
