"""Another template into work that is begun: look first, then both files at once, and the way back.

:func:`review` says what would happen and changes nothing. :func:`push` does exactly that, if nobody changed the
files since. Words are never touched, but where a page or question goes by another name: they go along, as a new
version. Whatever a desk that is open meanwhile saves is kept by the questions it was opened with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from portfolio.errors import ChangedMeanwhile, InputRefused, PortfolioError
from portfolio.model import Section
from portfolio.moments.template_rescue import keep_unreadable
from portfolio.moments.template_review import OtherGrades, Review, review, review_earlier
from portfolio.moments.template_settle import TEMPLATE, carry, exchange, settle
from portfolio.rules.template_changes import Change, Changes, What
from portfolio.rules.template_renames import renamed
from portfolio.store import template_pair as pairs
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.template_file import parse_template
from portfolio.store.template_pair import Pair

__all__ = [
    "Earlier",
    "OtherGrades",
    "Pushed",
    "Review",
    "bring_back",
    "earlier",
    "push",
    "review",
    "review_earlier",
    "settle",
]


@dataclass(frozen=True)
class Pushed:
    """What was done: the version there is now, under which name the earlier pair is kept, how many answers moved."""

    version: int
    earlier: str
    carried: int = 0


@dataclass(frozen=True)
class Earlier:
    """An earlier pair: its name, when (UTC) it was put away, its version and title, and what came in its place."""

    stamp: str
    at: datetime
    version: int
    title: str
    changes: Changes


def push(folder: ClassFolder, store: ClassStore, looked: Review, *, by: str, at: datetime) -> Pushed:
    """Do what a review says, and return what was done. ``by`` writes (``teacher:<id>``) at the time ``at``.

    Both files are written or neither; the pair that was there is kept (:func:`earlier`). Raises
    ``ChangedMeanwhile`` if either file is another one since the review, ``InputRefused`` if nothing would be
    different, ``StorageTrouble``: then nothing was done.
    """
    if not looked:
        raise InputRefused("Nothing is different, so nothing was done.")
    keep = _followed(looked)
    plan = {
        "renames": dict(looked.renames),
        "keep": [one.model_dump(mode="json") for one in keep],
        "by": by,
        "at": at.isoformat(),
    }

    def check(before: Pair) -> dict[str, Any]:
        _check_unchanged(before, looked)
        if looked.unreadable:
            keep_unreadable(folder, before, looked.unreadable, at)
        return _about(looked)

    stamp, carried = exchange(
        folder,
        store,
        looked.pair,
        at,
        check=check,
        plan=plan,
        books=lambda: carry(store, looked.renames, keep, by=by, at=at),
    )
    return Pushed(looked.after.version, stamp, carried)


def bring_back(folder: ClassFolder, store: ClassStore, stamp: str, *, by: str, at: datetime) -> Pushed:
    """Bring back an earlier pair, as one more version: :func:`review_earlier` and :func:`push` in one."""
    return push(folder, store, review_earlier(folder, store, stamp), by=by, at=at)


def earlier(folder: ClassFolder) -> tuple[Earlier, ...]:
    """Return the earlier pairs that can be brought back, newest first; those that cannot be read are left out."""
    told = ((stamp, _told_about(folder, stamp)) for stamp in pairs.stamps(folder))
    return tuple(_earlier(stamp, about) for stamp, about in told if not about.get("unreadable"))


def _about(looked: Review) -> dict[str, Any]:
    """Return what is kept beside the pair that is put away. No child is named in it."""
    return {
        "version": looked.before.version,
        "title": looked.before.title,
        "renames": dict(looked.renames),
        "unreadable": list(looked.unreadable),
        "changes": [[c.what, c.section, c.field, c.before, c.after] for c in looked.changes.all],
    }


def _check_unchanged(before: Pair, looked: Review) -> None:
    if before.digest != looked.seen:
        raise ChangedMeanwhile(
            "The files of the class were changed since you looked (class.yaml or student.ipynb). Nothing was done. Look "
            "once more at what would change, then do it."
        )


def _told_about(folder: ClassFolder, stamp: str) -> Mapping[str, Any]:
    """Return what was kept about a pair; of one without that, what its template says of itself."""
    about = pairs.about_earlier(folder, stamp)
    if about:
        return about
    try:
        template = parse_template(pairs.earlier_pair(folder, stamp)[0].template_text, TEMPLATE)
    except PortfolioError:
        return {}
    return {"version": template.version, "title": template.title}


def _earlier(stamp: str, about: Mapping[str, Any]) -> Earlier:
    told = about.get("changes")
    rows = [row for row in told if isinstance(row, list) and len(row) == 5] if isinstance(told, list) else []
    changes = tuple(
        Change(row[0], str(row[1]), str(row[2]), before=str(row[3]), after=str(row[4]))
        for row in rows
        if row[0] in get_args(What)
    )
    version = about.get("version")
    return Earlier(
        stamp,
        pairs.stamp_time(stamp),
        version if isinstance(version, int) else 0,
        str(about.get("title", "")),
        Changes(changes),
    )


def _followed(looked: Review) -> tuple[Section, ...]:
    """Return the pages of before (by the names of now) that another first word on who sees them waits for.

    So does one that goes and was closed at first: it must not come back open some day.
    """
    found = []
    for section in renamed(looked.before, looked.renames).sections:
        now = looked.after.section(section.section_id)
        if not section.shown_to_family if now is None else now.shown_to_family != section.shown_to_family:
            found.append(section)
    return tuple(found)
