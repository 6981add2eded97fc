"""A change of files and books that is all or nothing, and the part of it that is done again after a crash.

A push: answers go along to new names, then both files. Other grades: every (empty) book, then all three files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar

from portfolio.model import Section
from portfolio.moments import other_grades
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
from portfolio.store.template_pair import Pair

T = TypeVar("T")
TEMPLATE: Final = "class.yaml"
NOTEBOOK: Final = "student.ipynb"


def exchange(
    folder: ClassFolder,
    store: ClassStore,
    after: Pair,
    at: datetime,
    *,
    check: Callable[[Pair], Mapping[str, Any]],
    plan: Mapping[str, Any],
    books: Callable[[], T],
) -> tuple[str, T]:
    """Put ``after`` in the place of the files there are, and change the books, all or nothing.

    ``check`` looks at what is there and returns what is kept about it; what it raises stops everything. ``plan`` is
    what :func:`settle` needs after a crash; ``books`` changes the store. Returns the name under which the earlier
    files are kept, and what ``books`` returned. Raises ``StorageTrouble``: then nothing was done.
    """
    settle(folder, store)
    before, stamp = None, ""
    try:
        # who else changes files waits here, and who saves too: for some hundredths of a second
        with store.together():
            before = pairs.read_pair(folder, conference=after.conference is not None)
            stamp = pairs.keep_earlier(folder, before, at, check(before))
            pairs.decide(folder, before, after, {**plan, "earlier": stamp})
            done = books()
            pairs.write_pair(folder, after)
    except BaseException:
        # what cannot be put back stays decided: the next who comes brings it to its end
        if before is not None and stamp and pairs.put_back(folder, before):
            pairs.finished(folder)
            pairs.forget_earlier(folder, stamp)
        raise
    pairs.finished(folder)
    return stamp, done


def settle(folder: ClassFolder, store: ClassStore) -> bool:
    """Bring a change to its end that a crash has interrupted; return whether there was one.

    If a file was changed by somebody else since, it is given up, and what they wrote stays as it is.
    """
    if pairs.unfinished(folder) is None:
        return False
    with store.together():
        coming = pairs.unfinished(folder)  # whoever was at it has finished by now, or is gone
        if coming is None:
            return False
        if other_grades.PLAN in coming.about:
            done = other_grades.settle_grades(folder, store, coming)
        else:
            done = _settle_push(folder, store, coming)
    pairs.finished(folder)
    return done


def _settle_push(folder: ClassFolder, store: ClassStore, coming: pairs.Coming) -> bool:
    plan = _plan(coming.about)
    if plan is None or not pairs.still_wanted(folder, coming):
        return False
    carry(store, renames_in(coming.about), plan.keep, by=plan.by, at=plan.at)
    pairs.write_pair(folder, coming.after)
    return True


class _Plan(NamedTuple):
    keep: tuple[Section, ...]
    by: str
    at: datetime


def _plan(about: Mapping[str, Any]) -> _Plan | None:
    """Return what else belongs to a push, or ``None`` if that cannot be read: then nothing of it is done."""
    try:
        keep = tuple(Section.model_validate(one) for one in about["keep"])
        return _Plan(keep, str(about["by"]), datetime.fromisoformat(about["at"]).astimezone(UTC))
    except (KeyError, TypeError, ValueError):
        return None


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
