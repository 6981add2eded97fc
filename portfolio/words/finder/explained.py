"""Which school words a text explains itself: "Long form (ACR)", "…, which means …", "… (a short test …)"."""

from __future__ import annotations

import re
from typing import Final

from portfolio.words.finder.accept import Hit
from portfolio.words.finder.page import Page

_BEHIND: Final = re.compile(
    r"[\"'”’»*_]{0,3}(?:'s)?\s{0,3}"
    r"(?:[,–-]?\s{0,3}(?:which|that|this)\s(?:means?|is|are|stands?\sfor)\b"
    r"|,?\s?(?:meaning|means|stands?\sfor|in\sother\swords)\b"
    r"|,?\s?(?:is|are)\s(?:when|where|how)\b"
    r"|,\s(?:or|that\sis|i\.e\.),?\s(?:a|an|the|when|how)\s"
    r"|\((?:[A-Z][A-Za-z]{1,7}\)|(?:a|an|the|this|that|which|it|when|where|how|what|like|or|means|meaning|our|my|your"
    r"|short\sfor|extra|i\.e\.|think)\b[^()]{4}))",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"\s{0,3}\(\s?$")


def explained(page: Page, hits: list[Hit]) -> set[int]:
    """Return the places in ``hits`` of the ones a reader has been told about: where it is said, and from there on."""
    told: set[str] = set()
    found: set[int] = set()
    for place, hit in enumerate(hits):
        term = hit.form.term.term_id
        if term not in told and (_said_behind(page, hit) or _in_brackets(page, hits, place)):
            told.add(term)
        if term in told:
            found.add(place)
    return found


def _said_behind(page: Page, hit: Hit) -> bool:
    text = page.normal.text[hit.end : hit.end + 60]
    behind = _BEHIND.match(text)
    if not behind:
        return False
    # "(MTSS)" explains only the words it stands for, not every word before a bracket.
    return not text.lstrip("\"'”’»*_ \n").startswith("(") or " " in behind[0].strip() or hit.form.long


def _in_brackets(page: Page, hits: list[Hit], place: int) -> bool:
    """Return whether the next hit, in brackets right behind, is the same term in other words."""
    if place + 1 == len(hits):
        return False
    here, after = hits[place], hits[place + 1]
    if here.form.term.term_id != after.form.term.term_id or here.form.spelling == after.form.spelling:
        return False
    between = page.normal.text[here.end : page.words[after.first].start]
    return (
        len(between) < 8
        and bool(_OPENS.match(between))
        and page.normal.text[after.end : after.end + 2].lstrip().startswith(")")
    )
