"""What stands at the foot of each printed sheet: whose book it is, and the number of the sheet.

Browsers count printed sheets in the margin of a page (CSS Paged Media 3, ``@page`` margin boxes; Chromium since 131,
WeasyPrint, and none other yet); where they do not, the foot stays empty. The words stand in the styles: there a name must not end a string.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.words import Speech

_SIGNS = re.compile(r"[^\w ]|_")
_HERE, _ALL = "\ue000", "\ue001"
_COUNTED = re.compile(f"([{_HERE}{_ALL}])")


def running(title: str, say: Speech) -> Markup:
    """Return the styles that print a title and "page 3 of 12" at the foot of each sheet, in the language of the page."""
    told = f"{title} · {say(N_('page {n} of {of}'), n=_HERE, of=_ALL)}"
    counted = {_HERE: "counter(page)", _ALL: "counter(pages)"}
    content = " ".join(counted.get(part) or _string(part) for part in _COUNTED.split(told) if part)
    sheet = f"@page{{@bottom-center{{content:{content};direction:{say.direction}}}}}"
    return Markup(sheet)  # noqa: S704 - ours; all signs of the title are escaped


def _string(words: str) -> str:
    """Return words as a string of CSS: all but letters, digits and spaces as their numbers."""
    return '"' + _SIGNS.sub(lambda sign: f"\\{ord(sign[0]):x} ", words) + '"'
