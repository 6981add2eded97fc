"""The words of a glossary that a misspelled word may have been meant to be, by their sound.

Names and capitals are left out: a child's slip is never read as "MAP" or "Zearn". Under the empty sound stand the
words that no slip is taken for and that still are words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from portfolio.words.finder.forms import is_acronym, spellings
from portfolio.words.finder.sounds import sounds
from portfolio.words.terms import Term

_SHORTEST: Final = 4


def may_be_misspelled(term: Term, spelling: int) -> bool:
    """Return whether a spelling of a term is looked for behind misspelled words."""
    printed = spellings(term)[spelling]
    long = spelling > len(term.match.variants)
    if is_acronym(printed):
        return False
    return term.match.case in {"fold", "title_or_cue"} or (long and " " in printed)


def targets_of(terms: Sequence[Term], forms: Mapping[str, str]) -> dict[str, str]:
    """Return words by sound, with spaces between, of a layer's terms and forms (see ``Layer``)."""
    meant: set[str] = set()
    others: set[str] = set()
    for key, codes in _lines(forms.values()):
        words = [
            word for word in key.split(" ") if len(word) >= _SHORTEST and word.isascii() and word.isalpha()
        ]
        wanted = any(may_be_misspelled(terms[int(place)], int(code[:-1])) for place, code in codes)
        (meant if wanted else others).update(words)
    found: dict[str, list[str]] = {}
    for word in sorted(meant):
        for one in sorted(sounds(word)):
            found.setdefault(one, []).append(word)
    found[""] = sorted(others - meant)
    return {one: " ".join(some) for one, some in sorted(found.items())}


def _lines(blocks: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each key with its places and codes."""
    for block in blocks:
        for line in block.split("\n"):
            key, codes = line.split("\t")
            yield key, [(place, code) for place, _, code in (one.partition(" ") for one in codes.split("|"))]
