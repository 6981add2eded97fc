"""The teacher's report on the files for homes: what became of each, what to do next, a list to tick off on paper.

One file without scripts, for the teacher alone.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views import icons, styles
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.words import Speech

_STYLES, _POLICY, _SPRITE = Markup("<\ue000styles>"), Markup("<\ue000policy>"), Markup("<\ue000sprite>")
"""Places that are filled once the words of the page are known."""

_SHEETS = ("tokens.css", "book.css", "home.css", "run-list.css")


@dataclass(frozen=True)
class HomeLine:
    """What became of the files of one home."""

    name: str
    """The child's name."""
    home: str
    """What the home is called."""
    became: str
    """What became of it, in a word or two."""
    files: tuple[tuple[str, str], ...]
    """Each file: its name, and its size in words."""
    notes: tuple[str, ...]
    """What is to be known or done, a sentence each."""
    ready: bool
    """Whether there is a file of now."""


@dataclass(frozen=True)
class RunListPage:
    """Everything ``run_list.html.j2`` may use."""

    template: ClassVar[str] = "run_list.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    class_name: str
    """What the class is called."""
    day: str
    """The day the files were made, in words."""
    summary: tuple[str, ...]
    """How many are ready, and what they come to, a sentence each."""
    todo: tuple[tuple[str, str], ...]
    """What to do next: whose file, and a sentence."""
    lines: tuple[HomeLine, ...]
    """The homes, in the order of the class."""
    not_looked: tuple[str, ...]
    """Whose book nobody has looked at as it is: a sentence for each reason, with names."""
    tidied: tuple[str, ...]
    """Files of earlier runs that were taken away."""
    left: tuple[str, ...]
    """Files of earlier runs that somebody has changed, and that stayed."""
    styles: Markup = _STYLES
    """All styles, fonts included, as one text."""
    policy: Markup = _POLICY
    """The content policy: nothing but what is in the file itself."""
    sprite: Markup = _SPRITE
    """The icons the page uses, as symbols."""


def render_run_list(page: RunListPage) -> SafePage:
    """Return the finished page: one HTML file with its styles and fonts inside."""
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    text = environment().get_template(page.template).render(values)
    sheet = styles.page_styles(text, *_SHEETS)
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    text = text.replace(_POLICY, policy, 1).replace(_STYLES, sheet, 1)
    return SafePage(text.replace(_SPRITE, icons.sprite(["book", "look", "steps"]), 1))
