"""What is missing in a file, in sentences for whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portfolio.export.at_home import ForHome
from portfolio.views.phrases import missing_told
from portfolio.words import speak


def told(made: ForHome) -> Iterator[str]:
    """Yield a line for each thing that is not in a file, though it belongs there; what nobody described has its file's name."""
    speech = speak("en")
    for one in made.file.missing:
        yield missing_told(replace(one, what=one.what or one.name), speech)
