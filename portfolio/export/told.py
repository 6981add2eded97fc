"""What is missing in a file, in sentences for whoever made it."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.errors import N_
from portfolio.export.at_home import ForHome
from portfolio.words import speak

_WHY = {
    "no_room": N_("Left out of the file, there is no room for it: {what}"),
    "damaged": N_("Left out of the file, it is damaged, gone, or did not work: {what}"),
    "refused": N_("Left out of the file, it cannot be shown outside of the notebook: {what}"),
}


def told(made: ForHome) -> Iterator[str]:
    """Yield a line for each thing that is not in a file, though it belongs there."""
    speech = speak("en")
    for one in made.file.missing:
        yield speech(_WHY[one.why], what=one.what or one.name or one.kind)
