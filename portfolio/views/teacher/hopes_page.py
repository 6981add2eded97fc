"""What a class hopes for: on the teacher's desk, and as a page of its own to show to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views.charts import Chart
from portfolio.words import Speech


@dataclass(frozen=True)
class Drawing:
    """A drawing and the same in words: pairs of what a group is about and how many children are in it."""

    chart: Chart
    told: tuple[tuple[str, str], ...]

    @property
    def svg(self) -> Markup:
        """The drawing as markup of ours."""
        return Markup(self.chart.svg)  # noqa: S704 - drawn and escaped by us


@dataclass(frozen=True)
class Hope:
    """What a home hopes, names taken out, in its language; ``mark`` names it in a form."""

    mark: str
    text: str
    lang: str


@dataclass(frozen=True)
class HopesPage:
    """The screen."""

    template: ClassVar[str] = "out_hopes.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    drawings: tuple[Drawing, ...]
    """What may be drawn without telling who."""
    hopes: tuple[Hope, ...]
    """Words of homes that may be shown once the teacher has read them."""
    held_back: bool
    """Whether some words stay back because too few homes wrote in their language."""


@dataclass(frozen=True)
class HopesFile:
    """What stands in the file: the drawings, and the words of homes the teacher chose."""

    template: ClassVar[str] = "out_hopes_file.html.j2"

    say: Speech
    """Our texts in the language of the class."""
    class_name: str
    """The class."""
    round_name: str
    """The round."""
    drawings: tuple[Drawing, ...]
    """The drawings."""
    hopes: tuple[Hope, ...]
    """Words of homes, in the order of their letters."""
