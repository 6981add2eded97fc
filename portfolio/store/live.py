"""Where a meeting stands just now: one small file a book, read by every page of it. No history, nothing anybody said.

If it is lost, a deck that is open writes it again. It is not in backups and goes with the child.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from portfolio.errors import StorageTrouble

_MOST = 4096  # bytes; ours have some 300

PAUSE: Final = ":pause"
"""A wish that is no screen: a moment of rest. No screen can have such a name."""
GO_ON: Final = ":go-on"
"""The rest is over."""


@dataclass(frozen=True)
class Standing:
    """What is open on the deck.

    ``scene`` is the screen, ``step`` its step of the agenda (ids, "" before the first look). ``began`` is when the
    meeting began, ``turned`` when this step was opened (UTC). ``wanted`` is a screen another page asks the deck to
    open, ``asked`` counts such wishes: the deck follows each once.
    """

    scene: str = ""
    step: str = ""
    began: AwareDatetime | None = None
    turned: AwareDatetime | None = None
    wanted: str = ""
    asked: int = 0


class Live:
    """The file of one book. Several processes may read and write it; the last one counts."""

    def __init__(self, folder: Path, portfolio_id: str) -> None:
        self.path = folder / f"{portfolio_id}.json"

    def standing(self) -> Standing:
        """Return where the meeting stands; nothing is open if there is no file, or one that cannot be read."""
        try:
            return TypeAdapter(Standing).validate_python(read_small(self.path))
        except (OSError, ValueError, ValidationError, TypeError):
            return Standing()

    def mark(self) -> str:
        """Return a short text that becomes another one with every change."""
        try:
            there = self.path.stat()
        except OSError:
            return "0"
        return f"{there.st_mtime_ns:x}-{there.st_ino:x}"

    def turn(self, scene: str, step: str, now: datetime) -> Standing:
        """Note which screen is open. The clock of a step begins when another step is opened."""
        was = self.standing()
        if (was.scene, was.step) == (scene, step):
            return was
        turned = was.turned if was.step == step and was.turned else now
        return self._keep(replace(was, scene=scene, step=step, turned=turned))

    def begin(self, now: datetime) -> Standing:
        """Note that the meeting begins now; one that has begun goes on."""
        was = self.standing()
        return was if was.began else self._keep(replace(was, began=now, turned=now))

    def want(self, scene: str) -> Standing:
        """Ask the deck to open a screen."""
        was = self.standing()
        return self._keep(replace(was, wanted=scene, asked=was.asked + 1))

    def end(self) -> None:
        """Forget where the meeting stood: it is over."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _keep(self, now: Standing) -> Standing:
        """Write the file anew. Raises ``StorageTrouble``."""
        keep_small(self.path, TypeAdapter(Standing).dump_json(now))
        return now


def read_small(path: Path) -> object:
    """Return what stands in a small file of ours (JSON); raises ``OSError`` or ``ValueError`` for none, or another."""
    if path.stat().st_size > _MOST:
        raise ValueError(path.name)
    return json.loads(path.read_text("utf-8"))


def keep_small(path: Path, data: bytes) -> None:
    """Write a small file as a whole or not at all; it need not outlive a power cut. Raises ``StorageTrouble``."""
    beside = path.with_name(f".{path.name}-{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise StorageTrouble("Where the meeting stands could not be kept. Is the disk full?") from error


def forget_live(hidden: Path, portfolio_id: str) -> None:
    """Delete what says where the meeting of a book stands, and a rehearsal that was not kept."""
    for folder in (hidden / "live", hidden / "practise"):
        found = [folder / f"{portfolio_id}.json", *folder.glob(f".{portfolio_id}.json-*.tmp")]
        for path in found:
            path.unlink(missing_ok=True)
