"""The teacher's page about a class: what is still empty, what would help, which school words there are.

One file without scripts, for the teacher alone. It says things in words: no percent, no order of merit.
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


@dataclass(frozen=True)
class WordSeen:
    """A school word on a page of the book, for the teacher."""

    word: str
    """As it is written there."""
    term: str
    """As the glossary prints it."""
    plain: str
    """What it means, for a family."""
    page: str
    """The page of the book it stands on."""
    around: str
    """The text near it."""
    count: int
    """How often it stands in that text."""
    remark: str
    """What is known of it there ("perhaps", "fine here"), or "" if it is simply open."""
    instead: str
    """The same text with plain words in its place, or "" if none fit."""
    command: str
    """The command that says: in this class it is fine everywhere."""


@dataclass(frozen=True)
class OnePart:
    """A part of a book that is not filled in yet."""

    title: str
    """What the part is called."""
    state: str
    """How far it is, in a word."""
    asks: tuple[str, ...]
    """The questions nobody has answered yet."""


@dataclass(frozen=True)
class OneChild:
    """What the page says of one child."""

    student_id: str
    """The id, for the address inside the page and for commands."""
    name: str
    """The child's name."""
    trouble: str
    """Why nothing can be said of this book, or ""."""
    parts: tuple[OnePart, ...]
    """The parts that are not filled in."""
    remarks: tuple[str, ...]
    """Pictures without words, entries that cannot be read."""
    steps: tuple[tuple[str, str], ...]
    """Next steps: the page of the book and a sentence."""
    words: tuple[WordSeen, ...]
    """School words the child wrote, page by page."""
    teachers_words: tuple[WordSeen, ...]
    """School words the teacher wrote, page by page."""
    level: str
    """How hard it is to read what the child wrote, in words."""
    teachers_level: str
    """How hard it is to read what the teacher wrote, in words."""


@dataclass(frozen=True)
class CheckPage:
    """Everything ``check.html.j2`` may use."""

    template: ClassVar[str] = "check.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    class_name: str
    """What the class is called."""
    day: str
    """The day the class was looked at, in words."""
    children: tuple[OneChild, ...]
    """The children, in the order of the roster."""
    asked: tuple[WordSeen, ...]
    """School words in what the class template asks."""
    troubles: tuple[str, ...]
    """What is wrong with the files of the class."""
    styles: Markup = _STYLES
    """All styles, fonts included, as one text."""
    policy: Markup = _POLICY
    """The content policy: nothing but what is in the file itself."""
    sprite: Markup = _SPRITE
    """The icons the page uses, as symbols."""


def render_check(page: CheckPage) -> SafePage:
    """Return the finished page: one HTML file with its styles and fonts inside."""
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    text = environment().get_template(page.template).render(values)
    sheet = styles.home_styles(text)
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    text = text.replace(_POLICY, policy, 1).replace(_STYLES, sheet, 1)
    return SafePage(text.replace(_SPRITE, icons.sprite(["book", "look", "steps", "goal"]), 1))
