"""The teacher's own voice: recordings of questions, for who cannot read yet.

``class.yaml`` names a file beside a question (``spoken: hello.mp3``), the file lies in the class's folder
``spoken/``. It comes from somebody's phone, so it is cleaned like every other recording; the clean copy lies
in ``.portfolio/spoken/`` and can be made anew at any time. A recording that is missing or cannot be used is
the teacher's to mend: the child's page just has no button for it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portfolio.errors import InputRefused, MediaRefused, NotFound, PortfolioError
from portfolio.model import ClassTemplate
from portfolio.model.media import MEDIA_TYPE
from portfolio.store.atomic import make_folder, told_kindly, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.recordings import LARGEST_SPOKEN, SPOKEN, Recording, is_spoken_name, recording_at
from portfolio.views.forms import SpokenAddress

SPOKEN_PLACE: Final = "/portfolio/spoken/"
"""Where our server gives the recorded questions of a class."""

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Spoken:
    """A recorded question, fit to be played: the proved bytes, their media type, and what they are called."""

    recording: Recording
    media_type: str
    digest: str
    """Of the file it was made from, 32 hex signs; changes when the teacher records it again."""


def recorded_question(folder: ClassFolder, name: str) -> Spoken:
    """Return a recorded question of a class; cleaned now if it is new.

    Raises ``NotFound`` for a name that is none or a file that is not there, ``MediaRefused`` for what is no
    recording or is too large, ``StorageTrouble`` if it cannot be read or kept.
    """
    raw = _source(folder, name)
    digest = hashlib.sha256(raw).hexdigest()[:32]
    kept = _kept(folder, name, digest) or _clean(folder, name, digest, raw)
    return Spoken(recording_at(kept), MEDIA_TYPE[kept.suffix.removeprefix(".")], digest)


def _source(folder: ClassFolder, name: str) -> bytes:
    """Return the bytes the teacher put there; nothing is read through a link or a pipe."""
    place = folder.path / SPOKEN
    path = place / name
    if not is_spoken_name(name) or place.is_symlink() or not path.is_file() or path.is_symlink():
        raise NotFound("There is no recording {name} in {path}.", name=name[:80], path=place)
    with told_kindly(path), os.fdopen(os.open(path, _FLAGS), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise NotFound("There is no recording {name} in {path}.", name=name, path=place)
        raw = file.read(LARGEST_SPOKEN + 1)
    if len(raw) > LARGEST_SPOKEN:
        raise MediaRefused(
            "{name} is larger than {most} MB. Record a shorter one, or save it as MP3.",
            name=name,
            most=LARGEST_SPOKEN // 1_000_000,
        )
    return raw


def _kept(folder: ClassFolder, name: str, digest: str) -> Path | None:
    found = (folder.hidden / SPOKEN / f"{name}.{digest}.{suffix}" for suffix in MEDIA_TYPE)
    return next((path for path in found if path.is_file() and not path.is_symlink()), None)


def _clean(folder: ClassFolder, name: str, digest: str, raw: bytes) -> Path:
    """Keep the clean copy of a recording, and forget those of its earlier states."""
    from portfolio.media.sound import clean_sound

    made = clean_sound(raw)
    place = folder.hidden / SPOKEN
    make_folder(place, mode=0o700)
    path = place / f"{name}.{digest}{made.suffix}"
    write_atomically(path, made.data, mode=0o600)
    with told_kindly(place):
        for old in place.glob(f"{name}.*"):
            if old != path:  # another kernel may be about to read the one that holds
                old.unlink(missing_ok=True)
    return path


def spoken_address(folder: ClassFolder, *, served: bool) -> SpokenAddress:
    """Return what makes addresses of recorded questions; a page without our server (JupyterLab) holds them."""

    def address(name: str) -> str:
        try:
            found = recorded_question(folder, name) if name else None
        except PortfolioError:
            return ""  # "portfolio check" tells the teacher; a child reads the question as before
        if found is None:
            return ""
        if served:
            return f"{SPOKEN_PLACE}{name}"
        if found.recording.size > LARGEST_SPOKEN:
            return ""
        data = found.recording.read(0, found.recording.size)
        return f"data:{found.media_type};base64,{base64.b64encode(data).decode('ascii')}"

    return address


def troubles(folder: ClassFolder) -> Iterator[PortfolioError]:
    """Yield a sentence for the teacher for every recorded question that no child can hear."""
    for ask, name in _named(folder.template()):
        about: dict[str, Any] = {"question": ask, "name": name, "path": folder.path / SPOKEN}
        try:
            recorded_question(folder, name)
        except NotFound:
            yield InputRefused(
                "The recording {name} of the question “{question}” is missing. Put it into {path}, "
                "or take “spoken” out of that question in class.yaml.",
                **about,
            )
        except PortfolioError as error:
            yield InputRefused(
                "The recording {name} of the question “{question}” cannot be played ({why}) "
                "Record it again, and put it into {path}.",
                **about,
                why=str(error),
            )


def _named(template: ClassTemplate) -> Iterator[tuple[str, str]]:
    for section in template.sections:
        for prompt in section.prompts:
            if prompt.spoken:
                yield prompt.ask, prompt.spoken
