"""Pictures that help with a question, for who reads little yet or sees better than it reads.

``class.yaml`` names a file beside a question (``picture: clock.png``, ``picture_alt: A clock at nine``), the file lies
in the class's folder ``pictures/``. It is cleaned like every picture: small, upright, and nothing but the picture.
One that is missing or cannot be used is the teacher's to mend: the child's page just has no picture there.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portfolio.errors import InputRefused, MediaRefused, NotFound, PortfolioError
from portfolio.model import ClassTemplate
from portfolio.moments.own_files import OwnFiles
from portfolio.store.atomic import make_folder, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.help_files import LARGEST_HELP, PICTURES, is_help_name
from portfolio.store.recordings import Recording
from portfolio.store.trouble import regular
from portfolio.views.forms import PictureAddress

PICTURES_PLACE: Final = "/portfolio/pictures/"
"""Where our server gives the help pictures of a class."""


@dataclass(frozen=True)
class HelpPicture:
    """A picture beside a question: the proved bytes of its clean copy (WebP), and a digest that changes with them."""

    copy: Recording
    digest: str
    media_type: str = "image/webp"


def help_picture(folder: ClassFolder, name: str) -> HelpPicture:
    """Return a help picture of a class; cleaned now if it is new.

    Raises ``NotFound`` for a name that is none or a file that is not there, ``PictureRefused`` or ``MediaRefused``
    for what is no picture or is too large, ``StorageTrouble`` if it cannot be read or kept.
    """
    found = _FILES.find(folder, name)
    return HelpPicture(found.copy, found.digest)


def keep_help_picture(folder: ClassFolder, raw: bytes, called: str = "") -> str:
    """Put a picture into the class's folder ``pictures/`` and return the name ``class.yaml`` gives it.

    ``called`` is what it was called on the teacher's computer. The same picture gets the same name. Raises
    ``PictureRefused`` or ``MediaRefused`` for what is no picture or is too large, ``StorageTrouble``.
    """
    if len(raw) > LARGEST_HELP:
        raise _too_large(called or "The picture")
    data, suffix = _clean(raw)
    plain = re.sub(r"[^a-z0-9]+", "-", called.rpartition("/")[2].rpartition(".")[0].lower()).strip("-")[:40]
    name = f"{plain.strip('-') or 'picture'}-{hashlib.sha256(data).hexdigest()[:8]}{suffix}"
    place = regular(folder.path / PICTURES)
    make_folder(place)
    if not (place / name).is_file() or (place / name).read_bytes() != data:
        write_atomically(place / name, data)
    return name


def picture_address(folder: ClassFolder, *, served: bool) -> PictureAddress:
    """Return what makes addresses of help pictures; a page without our server (JupyterLab) holds them."""

    def address(name: str) -> str:
        try:
            found = help_picture(folder, name) if name else None
            if found is None:
                return ""
            if served:
                return f"{PICTURES_PLACE}{name}"
            data = found.copy.read(0, found.copy.size)
        except PortfolioError:
            return ""  # "portfolio check" tells the teacher; a child reads the question as before
        return f"data:{found.media_type};base64,{base64.b64encode(data).decode('ascii')}"

    return address


def picture_troubles(folder: ClassFolder) -> Iterator[PortfolioError]:
    """Yield a sentence for the teacher for every help picture that no child can see, or that says nothing aloud."""
    for ask, name, alt in _named(folder.template()):
        about: dict[str, Any] = {"question": ask, "name": name, "path": folder.path / PICTURES}
        try:
            help_picture(folder, name)
        except NotFound:
            yield InputRefused(
                "The picture {name} of the question “{question}” is missing. Put it into {path}, "
                "or take “picture” out of that question in class.yaml.",
                **about,
            )
        except PortfolioError as error:
            yield InputRefused(
                "The picture {name} of the question “{question}” cannot be shown ({why}) "
                "Take another one, and put it into {path}.",
                **about,
                why=str(error),
            )
        if not alt:
            yield InputRefused(
                "The picture {name} of the question “{question}” has no words for who cannot see it. "
                "Write them in class.yaml: “picture_alt”.",
                **about,
            )


def _named(template: ClassTemplate) -> Iterator[tuple[str, str, str]]:
    for section in template.sections:
        for prompt in section.prompts:
            if prompt.picture:
                yield prompt.ask, prompt.picture, prompt.picture_alt


def _clean(raw: bytes) -> tuple[bytes, str]:
    from portfolio.media.pictures import Budget, clean_picture

    return clean_picture(raw, budget=Budget(picture=60_000)).data, ".webp"


def _missing(name: str, path: Path) -> NotFound:
    return NotFound("There is no picture {name} in {path}.", name=name, path=path)


def _too_large(name: str) -> MediaRefused:
    return MediaRefused(
        "{name} is larger than {most} MB. Make it smaller, then try again.",
        name=name[:80],
        most=LARGEST_HELP // 1_000_000,
    )


_FILES: Final = OwnFiles(PICTURES, is_help_name, LARGEST_HELP, (".webp",), _clean, _missing, _too_large)
