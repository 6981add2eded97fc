"""One glossary's entries laid over another: what an entry does not say stays as it was below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from portfolio.words.finder.index import Index, layer_of
from portfolio.words.glossary.load import Glossary, layered, term_of
from portfolio.words.terms import Match, Term


def laid_over(
    below: Glossary, entries: Sequence[Mapping[str, Any]], header: Mapping[str, Any] | None = None
) -> Glossary:
    """Return ``below`` with the entries of a school's or a class's file over it.

    An entry with an id that is known changes only what it says, so that a class can word an explanation anew
    and the word is still found. That holds inside ``match`` (its ``cue`` and ``skip`` too) and ``swap`` as well, and
    ``variants`` are added to those below. The translations of an explanation that was worded anew are left out, for they
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
    if entry.get("match"):
        changes["match"] = _match_over(known.match, own.match, entry["match"])
    if known.swap and own.swap and isinstance(entry.get("swap"), Mapping):
        changes["swap"] = replace(known.swap, **entry["swap"])
    if own.plain != known.plain:
        changes["translations"] = own.translations
    return replace(known, **changes)


def _match_over(known: Match, own: Match, said: Mapping[str, Any]) -> Match:
    """Return how a term is recognised below, with what an entry says of it in place of what was said there."""
    changes: dict[str, Any] = {name: getattr(own, name) for name in said}
    if "variants" in said:
        changes["variants"] = tuple(dict.fromkeys((*known.variants, *own.variants)))
    for name in ("cue", "skip"):
        if name in said:
            sides = {side: getattr(getattr(own, name), side) for side in said[name] or ()}
            changes[name] = replace(getattr(known, name), **sides)
    return replace(known, **changes)
