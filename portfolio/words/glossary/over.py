"""One glossary's entries laid over another: what an entry does not say stays as it was below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from portfolio.words.finder.index import Index, layer_of
from portfolio.words.glossary.load import Glossary, layered, term_of
from portfolio.words.terms import Term


def laid_over(
    below: Glossary, entries: Sequence[Mapping[str, Any]], header: Mapping[str, Any] | None = None
) -> Glossary:
    """Return ``below`` with the entries of a school's or a class's file over it.

    An entry with an id that is known changes only what it says, so that a class can word an explanation anew
    and the word is still found; the translations of an explanation that was worded anew are left out, for they
    say something else. ``off: true`` takes the word away. A new entry needs ``term`` and ``plain``
    (whoever reads a file has seen to that). ``header`` is what the file says of its translations.
    """
    off = frozenset(str(one["id"]) for one in entries if one.get("off") is True)
    terms = tuple(_over(below, one, header or {}) for one in entries if one["id"] not in off)
    return layered(below, Glossary(Index((layer_of(terms),), (frozenset(),)), off))


def _over(below: Glossary, entry: Mapping[str, Any], header: Mapping[str, Any]) -> Term:
    if entry["id"] not in below:
        return term_of(entry, header)
    known = below.term(str(entry["id"]))
    own = term_of({"term": known.term, "plain": known.plain, **entry}, header)
    names = {name: "translations" if name == "tr" else name for name in entry if name not in {"id", "off"}}
    changes: dict[str, Any] = {field: getattr(own, field) for field in names.values() if hasattr(own, field)}
    if own.plain != known.plain:
        changes["translations"] = own.translations
    return replace(known, **changes)
