"""Inflection of English words by rule, with the few exceptions schools need."""

from __future__ import annotations

import re
from typing import Final

_IRREGULAR: Final = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "criterion": "criteria",
    "analysis": "analyses", "basis": "bases", "thesis": "theses", "hypothesis": "hypotheses",
    "crisis": "crises", "quiz": "quizzes", "shelf": "shelves", "half": "halves", "life": "lives",
    "self": "selves", "leaf": "leaves", "wife": "wives", "foot": "feet", "tooth": "teeth", "syllabus": "syllabi",
    "phenomenon": "phenomena", "medium": "media", "datum": "data", "alumnus": "alumni", "index": "indices",
}  # fmt: skip
_PAST: Final = {
    "teach": "taught", "write": "wrote", "read": "read", "think": "thought", "take": "took", "give": "gave",
    "run": "ran", "sit": "sat", "set": "set", "put": "put", "get": "got", "go": "went", "do": "did",
    "make": "made", "keep": "kept", "hold": "held", "build": "built", "find": "found", "lead": "led",
    "spin": "spun", "break": "broke", "choose": "chose", "grow": "grew", "draw": "drew", "speak": "spoke",
    "self-regulate": "self-regulated", "cut": "cut", "split": "split", "let": "let", "fall": "fell",
}  # fmt: skip
_SIBILANT: Final = re.compile(r"(?:s|x|z|ch|sh)$")
_Y: Final = re.compile(r"[^aeiou]y$")
_SHORT: Final = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprtvz]$")
"""One syllable that ends in one vowel and one consonant: stop, plan, chunk no."""


def is_plural(word: str) -> bool:
    """Tell whether a small word looks like a plural (skills, data no, class no, bus no)."""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "'s"))


def plural(word: str) -> str:
    """Return the plural of a small noun; one that is a plural already comes back as it is."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if is_plural(word):
        return word
    if word.endswith("man") and len(word) > 5:
        return word[:-2] + "en"
    if _Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def third(word: str) -> str:
    """Return what he or she does: decodes, applies, coaches, goes."""
    if _Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) or word in {"go", "do"} else "s")


def past(word: str) -> tuple[str, ...]:
    """Return the past forms of a small verb: regular, and the irregular one if there is one."""
    stems = _stems(word)
    regular = tuple(stem[:-1] + "ed" if stem.endswith("e") else stem + "ed" for stem in stems)
    if _Y.search(word):
        regular = (word[:-1] + "ied",)
    return (*regular, *((_PAST[word],) if word in _PAST else ()))


def ing(word: str) -> tuple[str, ...]:
    """Return the -ing forms of a small verb, with and without a doubled l where both are written."""
    if word.endswith("ie"):
        return (word[:-2] + "ying",)
    return tuple(stem[:-1] + "ing" if re.search(r"[^eoy]e$", stem) else stem + "ing" for stem in _stems(word))


def _stems(word: str) -> tuple[str, ...]:
    if _SHORT.search(word):
        return (word + word[-1],)
    if re.search(r"[aeiou]l$", word) and not re.search(r"[aeiou]{2}l$", word):
        return word, word + "l"
    return (word,)


def derived(word: str) -> tuple[str, ...]:
    """Return the relatives of a small adjective: proficiently and proficiency, academically."""
    if word.endswith("ic"):
        return (word + "ally",)
    if word.endswith("y"):
        return (word[:-1] + "ily",)
    if word.endswith("le"):
        return (word[:-1] + "y",)
    if word.endswith("ly"):
        return ()
    more: tuple[str, ...] = ()
    if word.endswith(("ent", "ant")):
        more = (word[:-1] + "cy",)
    elif word.endswith("ate"):
        more = (word[:-2] + "cy",)
    return (word + "ly", *more)
