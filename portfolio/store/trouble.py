"""What stores say when something is not there, was changed, or cannot be read: one sentence for each."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from portfolio.errors import N_, ChangedMeanwhile, InputRefused, NotFound, StorageTrouble
from portfolio.model.record import clean_text
from portfolio.store.records import Change

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_identifier(text: object) -> bool:
    """Return whether this can be the id of anything we keep."""
    return isinstance(text, str) and _IDENTIFIER.fullmatch(text) is not None


def is_sha256(text: object) -> bool:
    """Return whether this is a SHA-256 digest in lower-case hex."""
    return isinstance(text, str) and _SHA256.fullmatch(text) is not None


def shown(text: object) -> str:
    """Return an id from anywhere as it may stand in a sentence: cleaned, one line, not too long."""
    line = " ".join(str(clean_text(str(text))).split())
    return line if len(line) <= 70 else f"{line[:69]}…"


def no_class() -> NotFound:
    """Say that nobody has kept a class here yet."""
    return NotFound("This class has no name yet. Make a class with “portfolio new” and open that one.")


def no_student(student_id: object) -> NotFound:
    """Say that there is no student with this id."""
    return NotFound(
        "There is no student “{student}” in this class. Ids are listed by: portfolio roster show CLASS",
        student=shown(student_id),
    )


def no_portfolio(portfolio_id: object) -> NotFound:
    """Say that there is no portfolio with this id."""
    return NotFound(
        "There is no portfolio “{portfolio}” in this class. Open it again from the roster.",
        portfolio=shown(portfolio_id),
    )


def no_entry(entry_id: object) -> NotFound:
    """Say that there is no entry with this id (any more); a child may read this."""
    return NotFound(
        "“{entry}” is not in this portfolio any more. Open the page again to see what is there.",
        entry=shown(entry_id),
    )


def no_kind(kind: object, kinds: str) -> NotFound:
    """Say that a portfolio holds nothing of this kind."""
    return NotFound(
        "A portfolio holds nothing called “{kind}”. It holds: {kinds}.", kind=shown(kind), kinds=kinds
    )


def no_picture(student_id: object, sha256: object) -> NotFound:
    """Say that there is no picture with this digest; a child may read this."""
    return NotFound(
        "The picture {picture} of “{student}” is not here. Please put it in again.",
        picture=shown(sha256)[:12],
        student=shown(student_id),
    )


def meanwhile(entry_id: str, version: int, change: Change | None) -> ChangedMeanwhile:
    """Say that somebody else saved first; ``version`` is what is there now (0: nothing ever was)."""
    return ChangedMeanwhile(
        "Somebody else saved “{entry}” before you. Look at what is there now, then save again.",
        entry=entry_id,
        version=version,
        change=change,
    )


def meta_meanwhile(portfolio_id: str, version: int) -> ChangedMeanwhile:
    """Say that somebody else changed what is known of a portfolio."""
    return ChangedMeanwhile(
        "Somebody else changed the portfolio “{portfolio}” before you. Open it again, then make your change.",
        portfolio=portfolio_id,
        version=version,
        change=None,
    )


def round_is_there(student_id: str, round_name: str, portfolio_id: str) -> ChangedMeanwhile:
    """Say that the student has another portfolio for this round; the value ``portfolio`` says which."""
    return ChangedMeanwhile(
        "“{student}” already has a portfolio for “{round}”. Open that one: {portfolio}.",
        student=student_id,
        round=round_name,
        portfolio=portfolio_id,
        version=0,
        change=None,
    )


def what_is_there(error: ChangedMeanwhile) -> tuple[int, Change | None]:
    """Return the version that is there now, and the change that made it.

    The change is ``None`` when nothing ever was there (version 0), when it cannot be read, and for what
    is known of a portfolio besides its entries. Its ``entry`` is ``None`` when somebody removed it.
    """
    version, change = error.values.get("version"), error.values.get("change")
    return (version if isinstance(version, int) else 0), (change if isinstance(change, Change) else None)


def other_kind(entry_id: str, kind: str) -> InputRefused:
    """Say that the id of an entry is taken by an entry of another kind."""
    return InputRefused(
        "“{entry}” is already the name of something else in this portfolio ({kind}). Choose another name.",
        entry=entry_id,
        kind=kind,
    )


def other_owner(portfolio_id: str, student_id: str) -> InputRefused:
    """Say that a portfolio stays with the student it was made for."""
    return InputRefused(
        "The portfolio “{portfolio}” belongs to the student “{student}” and stays there.",
        portfolio=portfolio_id,
        student=student_id,
    )


def not_a_fingerprint() -> InputRefused:
    """Say that this is no fingerprint, without repeating it: it may be the key itself."""
    return InputRefused("This is not the fingerprint of a key (64 signs, 0–9 and a–f). Make a new key.")


def key_is_taken(student_id: str) -> InputRefused:
    """Say that two students cannot have one key."""
    return InputRefused(
        "This key already belongs to another student. Make a new one for “{student}”.", student=student_id
    )


def damaged_entry(portfolio_id: str, entry_id: str, version: int) -> StorageTrouble:
    """Say that an entry's row cannot be read as one."""
    return StorageTrouble(
        "“{entry}” in the portfolio “{portfolio}” is damaged and cannot be read. "
        "Bring back an earlier state from its history, or restore a backup of the class.",
        entry=shown(entry_id),
        portfolio=shown(portfolio_id),
        version=version,
    )


def damaged_meta(portfolio_id: str) -> StorageTrouble:
    """Say that what is known of a portfolio cannot be read."""
    return StorageTrouble(
        "The first page of the portfolio “{portfolio}” is damaged and cannot be read. "
        "Restore a backup of the class.",
        portfolio=shown(portfolio_id),
    )


def damaged_student(student_id: str) -> StorageTrouble:
    """Say that a student's row cannot be read."""
    return StorageTrouble(
        "The record of the student “{student}” is damaged and cannot be read. "
        "Import the roster again, or restore a backup of the class.",
        student=shown(student_id),
    )


def damaged_class() -> StorageTrouble:
    """Say that the class's row cannot be read."""
    return StorageTrouble(
        "The record of this class is damaged and cannot be read. Restore a backup of the class."
    )


def no_version(entry_id: object, version: int) -> NotFound:
    """Say that an entry never had this version."""
    return NotFound(
        "“{entry}” has no version {version}. Look at its history to see which there are.",
        entry=shown(entry_id),
        version=version,
    )


def no_media(student_id: object, name: object) -> NotFound:
    """Say that there is no kept file of this name; a child may read this."""
    return NotFound(
        "The file {file} of “{student}” is not here. Please put it in again.",
        file=shown(name)[:18],
        student=shown(student_id),
    )


def not_in_a_block() -> RuntimeError:
    """Say to a programmer that forgetting deletes files, which no block can undo."""
    return RuntimeError("forget a student outside of together(): deleted files cannot come back")


def regular(path: Path) -> Path:
    """Return a path that is no link, pipe or device. Raises ``StorageTrouble``: a class never reaches out of its folder."""
    if path.is_symlink():
        raise StorageTrouble(
            "{part} in the class {path} is a link to another place, and a class never reaches out of its "
            "folder. Put the real file or folder there.",
            part=path.name,
            path=path.parent,
        )
    if is_special(path):
        raise StorageTrouble(
            "{part} in the class {path} is a pipe or a device, no file. Take it away, and put the real file there.",
            part=path.name,
            path=path.parent,
        )
    return path


def is_special(path: Path) -> bool:
    """Return whether this is neither file nor folder: a pipe or a device, also behind a link. To open one may take for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False  # opening it says what is wrong
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def no_special(path: Path, error: type[InputRefused] = InputRefused) -> Path:
    """Return a path somebody gave that is no pipe or device. Raises ``error``."""
    if is_special(path):
        words = N_("{path} is a pipe or a device, no file. Save what it holds as a file, and give that.")
        raise error(words, path=path)
    return path
