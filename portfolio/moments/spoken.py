"""The teacher's own voice: recordings of questions, for who cannot read yet.

``class.yaml`` names a file beside a question (``spoken: hello.mp3``), the file lies in the class's folder
``spoken/``. It comes from somebody's phone, so it is cleaned like every other recording; the clean copy lies
in ``.portfolio/spoken/`` and can be made anew at any time. A recording that is missing or cannot be used is
the teacher's to mend: the child's page just has no button for it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portfolio.errors import InputRefused, MediaRefused, NotFound, PortfolioError
from portfolio.model import ClassTemplate
from portfolio.model.media import MEDIA_TYPE
from portfolio.moments.own_files import OwnFiles
from portfolio.store.class_folder import ClassFolder
from portfolio.store.recordings import LARGEST_SPOKEN, SPOKEN, Recording, is_spoken_name
from portfolio.views.forms import SpokenAddress

SPOKEN_PLACE: Final = "/portfolio/spoken/"
"""Where our server gives the recorded questions of a class."""


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
    found = _FILES.find(folder, name)
    return Spoken(found.copy, MEDIA_TYPE[found.suffix.removeprefix(".")], found.digest)


def _clean(raw: bytes) -> tuple[bytes, str]:
    from portfolio.media.sound import clean_sound

    made = clean_sound(raw)
    return made.data, made.suffix


def _missing(name: str, path: Path) -> NotFound:
    return NotFound("There is no recording {name} in {path}.", name=name, path=path)


def _too_large(name: str) -> MediaRefused:
    return MediaRefused(
        "{name} is larger than {most} MB. Record a shorter one, or save it as MP3.",
        name=name,
        most=LARGEST_SPOKEN // 1_000_000,
    )


_FILES: Final = OwnFiles(
    SPOKEN,
    is_spoken_name,
    LARGEST_SPOKEN,
    tuple(f".{one}" for one in MEDIA_TYPE),
    _clean,
    _missing,
    _too_large,
)


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
