"""All the ways a term is written, made from its line in the glossary.

A form is a key (small words with single spaces between) and a code: which spelling of the term it is (0 the term,
then its variants, then what it stands for) and which form of it (``b`` base or singular, ``p`` plural, ``s`` ``d``
``g`` of a verb, ``l`` a relative of an adjective, ``a`` an acronym with its letters apart, ``v`` a variant as listed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portfolio.words.finder.inflect import derived, ing, is_plural, past, plural, third
from portfolio.words.finder.normal import normal
from portfolio.words.finder.tokens import words_of
from portfolio.words.terms import Term

_NUMBERS: Final = (
    ("1", "one", "i"), ("2", "two", "ii"), ("3", "three", "iii"), ("4", "four", "iv"), ("5", "five", "v"),
    ("6", "six", "vi"), ("7", "seven", "vii"), ("8", "eight", "viii"), ("9", "nine", "ix"),
)  # fmt: skip
_SAME: Final = {one: group for group in _NUMBERS for one in group}
_PARTICLES: Final = frozenset(
    "in out up off on down over back through aloud for with to from into around".split()
)
_LINKS: Final = frozenset("of in for to with and on at from".split())
_PREFIXES: Final = frozenset(
    "co re non pre post multi sub meta para inter semi micro mini self under over mid".split()
)
_BRITISH: Final = {
    "behavior": "behaviour", "behaviors": "behaviours", "behavioral": "behavioural", "program": "programme",
    "programs": "programmes", "center": "centre", "centers": "centres", "counselor": "counsellor",
    "counseling": "counselling", "enrollment": "enrolment", "judgment": "judgement", "labor": "labour",
    "math": "maths", "organizer": "organiser", "organizers": "organisers", "practice": "practise", "modeling": "modelling",
}  # fmt: skip


def spellings(term: Term) -> tuple[str, ...]:
    """Return the term, its variants and its long forms, as printed."""
    return (term.term, *term.match.variants, *term.expand)


def keys_of(printed: str) -> tuple[str, ...]:
    """Return the small words of a phrase as the finder reads them in a text."""
    return tuple(word.full for word in words_of(normal(printed).text.replace("_", " ")))


def forms_of(term: Term) -> dict[str, str]:
    """Return every form of a term: key → code."""
    found: dict[str, str] = {}
    long = 1 + len(term.match.variants)
    for number, printed in enumerate(spellings(term)):
        acronym = is_acronym(printed) and number < long
        for parts, code in _inflected(term, printed, acronym=acronym, listed=0 < number < long):
            for spelled in _respelled(parts):
                found.setdefault(" ".join(spelled), f"{number}{code}")
            if code in "bvp" and (closed := _closed(parts, printed)):
                found.setdefault(closed, f"{number}{code}")
    return found


def is_acronym(printed: str) -> bool:
    """Tell whether a spelling is made of capitals: IEP, RTI, AP (a small s behind does not matter)."""
    return bool(re.fullmatch(r"[A-Z]{2,8}s?", printed.replace(".", "")))


def _inflected(
    term: Term, printed: str, *, acronym: bool, listed: bool
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words of a spelling in all its forms; the plain one comes first."""
    parts = keys_of(printed)
    if not parts:
        return
    several = is_plural(parts[-1]) and not acronym and term.pos != "verb"
    yield parts, "p" if several and listed else "v" if listed else "b"
    if acronym and len(parts) == 1 and len(parts[0]) > 2:
        yield tuple(parts[0]), "a"
    if not term.match.inflect and not acronym:
        return
    if acronym or term.pos in {"noun", "name"} or term.expand[-1:] == (printed,):
        yield from _plurals(parts, acronym=acronym)
    elif term.pos == "verb":
        yield from _verbs(parts)
    elif term.pos == "adj" and len(parts) == 1:
        yield from (((word,), "l") for word in derived(parts[0]))


def _plurals(parts: tuple[str, ...], *, acronym: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    head, last = parts[:-1], parts[-1]
    if acronym or last.isdigit():
        yield (*head, last + "s"), "p"
        if last.isdigit() and len(head) == 1 and head[0].isalpha():
            yield (plural(head[0]), last), "p"
        return
    more = plural(last)
    if more != last:
        yield (*head, more), "p"
    if last.endswith("us") and more.endswith("i"):
        yield (*head, last + "es"), "p"
    if len(parts) > 1 and last in _SAME:
        yield (*head[:-1], plural(head[-1]), last), "p"
    for place, word in enumerate(parts):
        if 0 < place < len(parts) - 1 and word in _LINKS and len(parts[place - 1]) > 2:
            yield (*parts[: place - 1], plural(parts[place - 1]), *parts[place:]), "p"
            return


def _verbs(parts: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the forms of a verb: of its last word, or its first before a particle, or both around "and"."""
    moving = {len(parts) - 1}
    if len(parts) > 1 and "and" in parts[1:-1]:
        moving = {0, len(parts) - 1}
    elif len(parts) > 1 and (parts[-1] in _PARTICLES or any(word in _LINKS for word in parts[1:])):
        moving = {0}

    def with_form(form: dict[int, str]) -> tuple[str, ...]:
        return tuple(form.get(place, word) for place, word in enumerate(parts))

    yield with_form({place: third(parts[place]) for place in moving}), "s"
    for code, make in (("d", past), ("g", ing)):
        made = {place: make(parts[place]) for place in moving}
        for which in range(max(map(len, made.values()))):
            yield with_form({place: some[min(which, len(some) - 1)] for place, some in made.items()}), code


def _respelled(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words, then with numbers written the other ways, then with a British spelling."""
    yield parts
    for place, word in enumerate(parts):
        if word in _SAME and len(parts) > 1 and not (word in {"i", "v"} and place == 0):
            for other in _SAME[word]:
                if other != word and not (other in {"i", "v"} and place != len(parts) - 1):
                    yield (*parts[:place], other, *parts[place + 1 :])
            break
    british = tuple(_BRITISH.get(word, re.sub(r"iz(e[sd]?|ing|ations?)$", r"is\1", word)) for word in parts)
    if british != parts and len(parts) > 1:
        yield british


def _closed(parts: tuple[str, ...], printed: str) -> str:
    """Return a phrase of two words written as one ("growthmindset", "tier2"), or nothing where that is a risk."""
    if len(parts) != 2:
        return ""
    first, second = parts
    if second.isdigit() and first.isalpha() and len(first) > 2:
        return first + second
    if first in _PREFIXES and "-" in printed:
        return first + second
    long = len(first) > 2 and len(second) > 2 and len(first) + len(second) > 8
    return first + second if long and first.isalpha() and second.isalpha() and "-" not in printed else ""
