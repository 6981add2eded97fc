"""Where a form is looked up: key → which term, which spelling, which form. Layers lie over one another.

The index of the starter glossary is read ready-made from the compiled file; that of a class is made when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

from portfolio.words.finder.forms import forms_of, spellings
from portfolio.words.finder.speller import Speller
from portfolio.words.finder.targets import targets_of
from portfolio.words.terms import Term


class Form(NamedTuple):
    """What a key stands for: a term, the number of its spelling, the code of its form."""

    term: Term
    spelling: int
    code: str

    @property
    def printed(self) -> str:
        """Return the spelling as the glossary prints it."""
        return spellings(self.term)[self.spelling]

    @property
    def long(self) -> bool:
        """Return whether it is what an acronym stands for."""
        return self.spelling > len(self.term.match.variants)


@dataclass(frozen=True, slots=True)
class Layer:
    """One glossary's forms, by their first word: a line for each, the whole key, a tab, its codes with ``|`` between.

    A code is ``place spelling+form``; ``ids`` and ``terms`` are ordered by place. ``sounds`` gives its words by
    their sound, for misspelled ones; it is asked when the first is met.
    """

    ids: tuple[str, ...]
    terms: Sequence[Term]
    forms: Mapping[str, str]
    sounds: Callable[[], Mapping[str, str]] = field(repr=False, compare=False)


class Beginning(NamedTuple):
    """What begins with a word: the most words one form has, and every form by its key."""

    longest: int
    forms: Mapping[str, tuple[Form, ...]]


_NOTHING: Final = Beginning(0, {})


@dataclass(frozen=True, slots=True)
class Index:
    """Layers, lowest first, and for each the ids a later one overrides or takes away."""

    layers: tuple[Layer, ...]
    hidden: tuple[frozenset[str], ...]
    read: dict[str, Beginning] = field(default_factory=dict, repr=False, compare=False)
    """What was read already: a text begins few words in many places."""
    _spellers: list[Speller] = field(default_factory=list, repr=False, compare=False)

    @property
    def speller(self) -> Speller:
        """Return what knows which words misspelled ones may mean."""
        if not self._spellers:
            self._spellers.append(Speller([layer.sounds for layer in self.layers]))
        return self._spellers[0]

    def beginning(self, first: str) -> Beginning:
        """Return what begins with a word; the latest layer comes first."""
        found = self.read.get(first)
        if found is None:
            if not any(first in layer.forms for layer in self.layers):
                return _NOTHING
            found = self.read[first] = self._beginning(first)
        return found

    def _beginning(self, first: str) -> Beginning:
        forms: dict[str, tuple[Form, ...]] = {}
        for layer, hidden in zip(reversed(self.layers), reversed(self.hidden), strict=True):
            for line in filter(None, layer.forms.get(first, "").split("\n")):
                key, codes = line.split("\t")
                forms[key] = (*forms.get(key, ()), *_forms(layer, hidden, codes))
        return Beginning(max(key.count(" ") + 1 for key in forms), forms)


def _forms(layer: Layer, hidden: frozenset[str], codes: str) -> Iterator[Form]:
    for one in codes.split("|"):
        place, code = one.split(" ")
        if layer.ids[int(place)] not in hidden:
            yield Form(layer.terms[int(place)], int(code[:-1]), code[-1])


def layer_of(terms: tuple[Term, ...]) -> Layer:
    """Make the forms of some terms."""
    codes: dict[str, list[str]] = {}
    for place, term in enumerate(terms):
        for key, code in forms_of(term).items():
            codes.setdefault(key, []).append(f"{place} {code}")
    lines: dict[str, list[str]] = {}
    for key in sorted(codes):
        lines.setdefault(key.split(" ", 1)[0], []).append(f"{key}\t{'|'.join(codes[key])}")
    forms = {first: "\n".join(some) for first, some in lines.items()}
    return Layer(tuple(term.term_id for term in terms), terms, forms, partial(targets_of, terms, forms))
