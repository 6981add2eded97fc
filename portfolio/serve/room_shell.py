"""The shell of a page without a kernel: styles, script, and what the script is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from portfolio.carry.answers import Answer
from portfolio.views.icons import Drawing


@dataclass(frozen=True)
class Opened:
    """A page as it is when it opens: the first screen, and what stands around it."""

    first: Answer
    words: Mapping[str, str]
    look: Mapping[str, Any]
    drawings: Mapping[str, Drawing]
    leave: str


@dataclass(frozen=True, slots=True)
class RoomShell:
    """A page of rooms before its script has run."""

    template: ClassVar = "room.html.j2"
    title: str
    """What the first screen is called, and whose page it is."""
    lang: str
    """The language of the page, a BCP 47 tag."""
    direction: str
    """``ltr`` or ``rtl``."""
    band: str
    """Age band for the styles."""
    cloth: str
    """The cloth of the book."""
    waiting: str
    """What stands there until the script has come."""
    without: str
    """What stands there where no script may run."""
    told: Markup
    """What the script is told: JSON that can end no element."""


def shell_of(opened: Opened, *, address: str, page_id: str, mark: str, xsrf: str) -> RoomShell:
    """Return the shell of a page that was opened; ``address`` is its own, ``page_id`` and ``mark`` name it."""
    look, first = opened.look, opened.first
    told = {
        "first": first,
        "words": dict(opened.words),
        "look": dict(look),
        "drawings": opened.drawings,
        "leave": opened.leave,
        "address": address,
        "page": page_id,
        "mark": mark,
        "xsrf": xsrf,
    }
    return RoomShell(
        title=" · ".join(filter(None, (first["title"], first["names"][0]))),
        lang=look["lang"],
        direction=look["dir"],
        band=look["band"],
        cloth=look["cloth"],
        waiting=opened.words["wait_here"],
        without=opened.words["no_script"],
        told=as_json(told),
    )


def as_json(told: Mapping[str, Any]) -> Markup:
    """Return JSON for a script element that runs nothing: no sign of it can end the element or begin a comment."""
    text = json.dumps(told)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing of HTML is left in it
