"""Put right what an examination found, where nothing can be lost by it."""

from __future__ import annotations

from datetime import datetime

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.store.class_folder import ClassFolder
from portfolio.store.findings import Finding
from portfolio.store.port import ClassStore


def mend(folder: ClassFolder, finding: Finding, *, by: str, at: datetime) -> bool:
    """Mend one finding and return whether that was done; what is not ``mendable`` is left alone.

    A damaged entry gets the newest readable state of its history, as a new version; a small copy is made
    anew from its picture; a file that others could read is closed to them. Raises ``PortfolioError`` when
    that fails; nothing is lost then.
    """
    if not finding.mendable:
        return False
    if finding.what == "permissions":
        path = folder.path / finding.where
        path.chmod(path.stat().st_mode & 0o700)
        return True
    store = folder.store()
    try:
        if finding.what == "thumb":
            return _thumb(store, finding)
        if finding.what == "entry":
            return _entry(store, finding, by, at)
    finally:
        store.close()
    return False


def mend_all(
    folder: ClassFolder, findings: tuple[Finding, ...], *, by: str, at: datetime
) -> tuple[tuple[Finding, bool], ...]:
    """Mend what can be mended, one after the other; return each finding with whether it was mended."""
    done: list[tuple[Finding, bool]] = []
    for finding in findings:
        try:
            mended = mend(folder, finding, by=by, at=at)
        except (PortfolioError, OSError):
            mended = False  # the others may still be mended; the next examination names it again
        done.append((finding, mended))
    return tuple(done)


def _entry(store: ClassStore, finding: Finding, by: str, at: datetime) -> bool:
    portfolio_id, _, entry_id = finding.where.partition("/")
    try:
        store.entry(portfolio_id, entry_id)
    except StorageTrouble as error:
        expected = error.values.get("version")
    else:
        return False  # somebody was quicker
    good = [c.version for c in store.history(portfolio_id, entry_id) if c.entry is not None]
    if not good or not isinstance(expected, int) or expected < 0:
        return False
    store.restore(portfolio_id, entry_id, good[-1], expected=expected, by=by, at=at)
    return True


def _thumb(store: ClassStore, finding: Finding) -> bool:
    from portfolio.media.pictures import reopen_picture  # Pillow is only needed here

    student_id, _, name = finding.where.partition("/")
    made = reopen_picture(store.picture(student_id, name.partition(".")[0]))
    store.keep_picture(student_id, made.sha256, made.data, made.thumb)
    return True
