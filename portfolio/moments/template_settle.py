"""The part of a push that is done again after a crash: answers go along to new names, then both files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from portfolio.model import Section
from portfolio.rules.shown import shown_to
from portfolio.rules.template_renames import (
    Renames,
    carried_entries,
    carried_meta,
    carried_over,
    keeps_its_choice,
)
from portfolio.store import template_pair as pairs
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore

TEMPLATE: Final = "class.yaml"
NOTEBOOK: Final = "student.ipynb"


def settle(folder: ClassFolder, store: ClassStore) -> bool:
    """Bring a push to its end that a crash has interrupted; return whether there was one.

    If a file was changed by somebody else since, it is given up, and both files stay as they are.
    """
    if pairs.unfinished(folder) is None:
        return False
    with store.together():
        coming = pairs.unfinished(folder)  # whoever was pushing has finished by now, or is gone
        if coming is None:
            return False
        wanted = pairs.still_wanted(folder, coming)
        if wanted:
            about = coming.about
            keep = [Section.model_validate(one) for one in about.get("keep", ())]
            when = datetime.fromisoformat(str(about.get("at")))
            carry(store, renames_in(about), keep, by=str(about.get("by")), at=when)
            pairs.write_pair(folder, coming.after)
    pairs.finished(folder)
    return wanted


def carry(store: ClassStore, renames: Renames, keep: Sequence[Section], *, by: str, at: datetime) -> int:
    """Let what was written go along to new names and return how many answers moved. May be done twice.

    ``keep`` are pages whose families-see-it changes: whoever has begun one keeps it as open as it was.
    """
    carried = 0
    ids = [meta.portfolio_id for metas in store.all_rounds().values() for meta in metas]
    for portfolio_id in ids if renames or keep else ():
        book = store.portfolio(portfolio_id)
        versions = {kept.entry.entry_id: kept.version for kept in store.entries(portfolio_id)}
        for entry in carried_entries(book, renames):
            store.keep(portfolio_id, entry, expected=versions[entry.entry_id], by=by, at=at)
            carried += 1
        book = carried_over(book, renames)
        meta, version = store.meta(portfolio_id)
        changed = carried_meta(meta, renames)
        for section in keep:
            if keeps_its_choice(book, section):
                changed = shown_to(changed, section, "home" if section.shown_to_family else "teacher")
        if changed != meta:
            store.keep_meta(changed, expected=version)
    return carried


def renames_in(about: Mapping[str, Any]) -> dict[str, str]:
    """Return the renames that were kept with a pair or a change, as far as they can be read."""
    told = about.get("renames")
    return {str(old): str(new) for old, new in told.items()} if isinstance(told, dict) else {}
