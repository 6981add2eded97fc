"""Which school words a text explains itself: "Long form (ACR)", "…, which means …", "… (a short test …)"."""

from __future__ import annotations

import re
from typing import Final

from portfolio.words.finder.accept import Hit
from portfolio.words.finder.page import Page

_BEHIND: Final = re.compile(
    r"[\"'”’»*_]{0,3}(?:'s)?\s{0,3}"
    r"(?:[,–-]?\s{0,3}(?:which|that|this)\s(?:means?|is|are|stands?\sfor)\b"
    r"|,?\s?(?:meaning|means|stands?\sfor|in\sother\swords)\b(?!\s(?:so\smuch|a\slot|nothing|everything))"
    r"|,?\s?(?:is|are)\s(?:when|where|how)\b"
    r"|,\s(?:or|that\sis|i\.e\.),?\s(?:a|an|the|when|how)\s"
    r"|\((?:[A-Z][A-Za-z]{1,7}\)|(?:a|an|the|this|that|which|it|when|where|how|what|like|or|means|meaning|our|my|your"
    r"|short\sfor|extra|i\.e\.|think)\b[^()]{4}))",
    re.IGNORECASE,
)
_MEANS: Final = re.compile(
    r"[\"'”’»*_]{0,3}(?:'s)?\s{0,3}"
    r"(?:,?\s?(?:which\s|that\s|it\s|this\s)?(?:means?|meant|stands?\sfor)\s(?!to\b|so\smuch|a\slot|nothing|everything|well)"
    r"|[.;]\s(?:it|that|this|they)\s(?:just\s)?(?:means?|stands?\sfor)\b"
    r"|,?\s(?:is|are|was)\s(?:when|where)\s(?:you|we|i|they|he|she|someone|somebody|people|students|kids|children|the|a|my|your|our)\b"
    r"|\s?[(,]\s?(?:that's|that\sis|it's|this\sis|thats)\s(?:when|where|how|what|a|an|like)\b"
    r"|\s?[(,]\s?(?:it|that|which|this)\smeans\b"
    r"|,?\s\(?(?:or|called)\s[^\s,.]{2,12}\sfor\sshort\b|\sfor\sshort\b"
    r"|,?\s(?:que\s(?:significa|quiere\sdecir)|significa|es\sdecir|o\ssea)\b)",
    re.IGNORECASE,
)
"""Behind a word, what can only tell its meaning: such a word is a school word here, whatever else it may mean."""
_DEFINED: Final = re.compile(
    r"[\"'”’»*_]{0,3}\s(?:is|are)\s(?:like\s|basically\s|kind\sof\s|just\s)?(?:a|an|the|some|things?|words?|something)\s"
    r"[^.!?;:\n]{2,50}\s(?:that|which|where|who|you|we|to|for|when)\s",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?:\b(?:called|call\s(?:it|this|that|them|these)|named|known\sas|se\sllaman?)\s(?:(?:an?|the|our|una?)\s[\"'“‘«*_]{0,2}|[\"'“‘«]{1,2})"
    r"|\b(?:word|term|palabra)s?\s[\"'“‘«*_]{1,2})$",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"\s{0,3}\(\s?$")


def explained(page: Page, hits: list[Hit]) -> set[int]:
    """Return the places in ``hits`` of the ones a reader has been told about: where it is said, and from there on."""
    told: set[str] = set()
    found: set[int] = set()
    for place, hit in enumerate(hits):
        term = hit.form.term.term_id
        said = meant_here(page, hit) or _said_behind(page, hit)
        if term not in told and (said or _in_brackets(page, hits, place)):
            told.add(term)
        if term in told:
            found.add(place)
    return found


def meant_here(page: Page, hit: Hit) -> bool:
    """Return whether the text tells what the word means: "A rubric is a chart that …", "it is called a rubric"."""
    text = page.normal.text
    behind = text[hit.end : hit.end + 80]
    if _MEANS.match(behind):
        return True
    first = page.words[hit.first]
    if _NAMED.search(text[max(first.start - 30, 0) : first.start]):
        return first.text[:1].islower()
    # "A rubric is a chart that …", not "My benchmark is a bench that …".
    article = page.words[hit.first - 1] if hit.first else None
    opens = page.opens(hit.first) and first.text.endswith("s")
    alone = article is not None and article.full in {"a", "an"} and page.opens(hit.first - 1)
    return (opens or alone) and bool(_DEFINED.match(behind))


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
