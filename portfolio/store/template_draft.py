"""A template somebody is working on: kept beside the class until it is pushed or thrown away.

One file, ``.portfolio/template-draft.json``. Books know nothing of it. Who writes it holds the lock of the class's
records (:meth:`~portfolio.store.port.ClassStore.together`), so that two windows never write at once.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from portfolio.errors import StorageTrouble
from portfolio.model import ClassTemplate
from portfolio.store.atomic import make_folder, write_atomically
from portfolio.store.class_folder import ClassFolder

_FILE: Final = "template-draft.json"


@dataclass(frozen=True)
class Draft:
    """A template in the making: what it asks, which pages it shows in order, which names were given anew.

    ``begun_on`` is the digest of class.yaml and student.ipynb it was begun from.
    """

    template: ClassTemplate
    shown: tuple[str, ...]
    begun_on: str
    renames: Mapping[str, str] = field(default_factory=dict)


def read_draft(folder: ClassFolder) -> Draft | None:
    """Return the draft of a class, or ``None`` if there is none.

    Raises ``StorageTrouble`` for one that cannot be read: it is neither used nor thrown away by itself.
    """
    path = folder.hidden / _FILE
    try:
        told = json.loads(path.read_bytes())
        shown = tuple(str(name) for name in told["shown"])
        renames = {str(old): str(new) for old, new in told.get("renames", {}).items()}
        return Draft(ClassTemplate.model_validate(told["template"]), shown, str(told["begun_on"]), renames)
    except FileNotFoundError:
        return None
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ValidationError,
        RecursionError,
    ) as error:
        raise StorageTrouble(
            "The draft of the template cannot be read: {path}. Books and class.yaml are as they were. Throw the "
            "draft away, then begin again.",
            path=path,
        ) from error


def write_draft(folder: ClassFolder, draft: Draft) -> None:
    """Keep a draft in the place of the one that was there. Raises ``StorageTrouble``."""
    make_folder(folder.hidden)
    told = {
        "template": draft.template.model_dump(mode="json"),
        "shown": list(draft.shown),
        "begun_on": draft.begun_on,
        "renames": dict(draft.renames),
    }
    write_atomically(folder.hidden / _FILE, json.dumps(told, ensure_ascii=False).encode(), mode=0o600)


def draft_file(folder: ClassFolder) -> Path:
    """Return where the draft of a class lies, if there is one."""
    return folder.hidden / _FILE


def forget_draft(folder: ClassFolder) -> None:
    """Throw the draft away, also one that cannot be read."""
    with contextlib.suppress(FileNotFoundError):
        draft_file(folder).unlink()
