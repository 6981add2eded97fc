"""Glossaries as values: read from data, put in layers, the starter glossary from its compiled file.

``en/*.yaml`` is what people edit; ``.ci/glossary.py`` makes ``en.json`` of it, with all forms ready-made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, overload

from portfolio.errors import InputRefused, NotFound
from portfolio.words.finder.index import Index, Layer, layer_of
from portfolio.words.terms import Match, Near, Swap, Term, TermTranslation

FOLDER = Path(__file__).resolve().parent
_NO_NEAR = Near()
_NO_MATCH = Match()


class _Lazily(Sequence[Term]):
    """Terms made of their entries when they are first looked at: most texts hold a few of them."""

    def __init__(self, lines: Sequence[str], header: Mapping[str, Any]) -> None:
        self._lines, self._header = lines, header
        self._made: dict[int, Term] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Term: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Term]: ...
    def __getitem__(self, place: int | slice) -> Term | Sequence[Term]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place not in self._made:
            self._made[place] = term_of(json.loads(self._lines[place].rstrip(",")), self._header)
        return self._made[place]


@dataclass(frozen=True, eq=False)
class Glossary:
    """School words, ready to be found. ``off``: ids this glossary takes away from those below it."""

    index: Index = field(repr=False)
    off: frozenset[str] = frozenset()

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return all terms, in order of their layers."""
        return tuple(layer.terms[place] for layer, place in self._places.values())

    def term(self, term_id: str) -> Term:
        """Return the term with an id; raises ``NotFound`` if the glossary has none."""
        if term_id not in self._places:
            raise NotFound("There is no school word “{id}” in this glossary.", id=term_id)
        layer, place = self._places[term_id]
        return layer.terms[place]

    def __contains__(self, term_id: object) -> bool:
        return term_id in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __bool__(self) -> bool:
        return True

    @cached_property
    def _places(self) -> dict[str, tuple[Layer, int]]:
        return {
            term_id: (layer, place)
            for layer, hidden in zip(self.index.layers, self.index.hidden, strict=True)
            for place, term_id in enumerate(layer.ids)
            if term_id not in hidden
        }


def from_data(data: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Glossary:
    """Make a glossary of plain data: the list under ``entries`` of a glossary file, or the whole file.

    ``off: true`` with an id takes a term away from the layers below. Raises ``InputRefused`` for an entry that
    cannot be read at all; whether it is a good one, ``portfolio glossary check`` says.
    """
    listed, header = (
        (data.get("entries") or [], data.get("tr") or {}) if isinstance(data, Mapping) else (data, {})
    )
    entries = {str(one["id"]): one for one in map(_entry, listed, range(1, len(listed) + 1))}
    off = frozenset(term_id for term_id, one in entries.items() if one.get("off") is True)
    terms = tuple(term_of(one, header) for term_id, one in entries.items() if term_id not in off)
    return Glossary(Index((layer_of(terms),), (frozenset(),)), off)


@lru_cache(maxsize=1)
def starter() -> Glossary:
    """Return the glossary we ship, read once from ``en.json``; a term is made when it is first looked at."""
    # One JSON value; the compiler gives each entry a line of its own, so that most need not be read.
    head, *lines = (FOLDER / "en.json").read_text(encoding="utf-8").split("\n")
    data = json.loads(head + "]}")

    def sounds() -> dict[str, str]:
        return dict(json.loads("{" + lines[-2].removeprefix("],"))["sounds"])

    layer = Layer(tuple(data["ids"]), _Lazily(lines[:-2], data["tr"]), data["forms"], sounds)
    return Glossary(Index((layer,), (frozenset(),)))


def layered(*glossaries: Glossary) -> Glossary:
    """Put glossaries over one another: a later one's term with the same id wins, its ``off`` removes."""
    layers: list[Layer] = []
    hidden: list[frozenset[str]] = []
    for one in glossaries:
        gone = one.off.union(*(layer.ids for layer in one.index.layers))
        hidden = [*(before | gone for before in hidden), *one.index.hidden]
        layers += one.index.layers
    off = frozenset().union(*(one.off for one in glossaries))
    return Glossary(Index(tuple(layers), tuple(hidden)), off)


def _entry(one: Any, number: int) -> Mapping[str, Any]:
    """Return an entry that has what nothing can do without."""
    if not isinstance(one, Mapping) or not one.get("id"):
        raise InputRefused("Entry {number} of the glossary has no “id”. Please give it one.", number=number)
    missing = [name for name in ("term", "plain") if not one.get(name)]
    if missing and one.get("off") is not True:
        raise InputRefused(
            "The glossary's entry “{id}” has no “{name}”. Please add it.", id=one["id"], name=missing[0]
        )
    return one


def term_of(entry: Mapping[str, Any], header: Mapping[str, Any]) -> Term:
    """Make one term of its entry; ``header`` says what holds for all translations of a language."""
    get = entry.get
    swap = get("swap")
    term = str(entry["term"])
    return Term(
        str(entry["id"]),
        term,
        get("kind") or ("phrase" if " " in term or "-" in term else "word"),
        get("pos") or "noun",
        str(entry["plain"]),
        str(get("kid") or ""),
        str(get("say") or ""),
        tuple(map(str, _many(get("expand")))),
        _match(match) if (match := get("match")) else _NO_MATCH,
        None if not swap else Swap(sg=swap) if isinstance(swap, str) else Swap(**swap),
        tuple(_many(get("tags"))),
        tuple(_many(get("source"))),
        tuple(_translations(get("tr"), header)),
    )


def _many(value: Any) -> Sequence[Any]:
    """Return a list: one text stands for itself."""
    return () if value is None else value if isinstance(value, list | tuple) else (value,)


def _match(match: Mapping[str, Any]) -> Match:
    get = match.get
    return Match(
        get("case") or "fold",
        tuple(map(str, _many(get("variants")))),
        get("inflect") is not False,
        get("hyphen") in {"needed", True},
        get("det") in {"needed", True},
        _near(get("cue")),
        _near(get("skip")),
    )


def _near(near: Mapping[str, Any] | None) -> Near:
    if not near:
        return _NO_NEAR
    get = near.get
    return Near(*(frozenset(map(_small, _many(get(side)))) for side in ("near", "before", "after")))


def _small(word: Any) -> str:
    return word if isinstance(word, str) and word.islower() else str(word).lower()


def _translations(tr: Mapping[str, Any] | None, header: Mapping[str, Any]) -> Iterator[TermTranslation]:
    for lang, own in (tr or {}).items():
        said = {**(header.get(lang) or {}), **own}
        yield TermTranslation(
            lang,
            str(said.get("plain") or ""),
            str(said.get("term") or ""),
            said.get("status") or "draft",
            str(said.get("by") or ""),
        )
