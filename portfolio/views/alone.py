"""A page of a teacher that stands alone: one file, no script, no address, its styles and fonts inside."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views import icons, styles
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.words import Speech


@dataclass(frozen=True)
class AlonePage:
    """The frame of a file: everything ``teacher/alone.html.j2`` may use."""

    template: ClassVar[str] = "alone.html.j2"

    say: Speech
    """Our texts in the page's language."""
    title: str
    """What the page is called."""
    body: Markup
    """What stands on it: a page of ours, made before."""
    sprite: Markup
    """The icons it uses."""
    styles: Markup
    """All styles, fonts included."""
    policy: Markup
    """The content policy: nothing but what is in the file itself."""


def alone(body: SafePage, title: str, say: Speech, *sheets: str) -> SafePage:
    """Return a page of ours as a whole file; ``sheets`` are its style sheets besides the tokens and the book."""
    sheet = styles.page_styles(f"{body}{title}", "tokens.css", "book.css", *sheets)
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    return render(
        AlonePage(
            say=say,
            title=title,
            body=Markup(body),  # noqa: S704 - a SafePage: our templates made it
            sprite=Markup(icons.sprite(icons.used_in(body))),  # noqa: S704 - our own drawings
            styles=Markup(sheet),  # noqa: S704 - our own style sheets
            policy=Markup(  # noqa: S704 - our own words around a digest
                f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
                "base-uri 'none'; form-action 'none'"
            ),
        )
    )
