"""What is not a picture: recordings, documents, writing and links, as they stand in an entry.

Each names the bytes in the student's media folder by their digest (``sha256`` and ``suffix``), except
writing and links, which are words. What cannot be seen or heard by everybody comes with words: a
``transcript`` for what is said or played, ``alt`` for what is seen.

``others`` is true while other people can be seen or heard: such a thing stays out of family files until
somebody ticks it in (``others_agreed``), as with pictures.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from portfolio.model.passage import Passage, Picture
from portfolio.model.record import Line, Record, Sha256

LONGEST_WRITING: Final = 20_000
"""Characters of a text or program a child puts in: about ten printed pages."""

MediaSuffix = Literal["mp3", "wav", "ogg", "m4a", "webm", "mp4"]
"""The end of a kept file's name; it says the container."""

MEDIA_TYPE: Final[dict[str, str]] = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "webm": "video/webm",
    "mp4": "video/mp4",
}
"""The media type of each suffix (a ``webm`` without a picture is played as ``audio/webm``)."""

Seconds = Annotated[float, Field(ge=0, le=36_000)]
"""How long a recording lasts."""


def _is_web_address(address: str) -> str:
    # portfolio.media.links checks an address in full when it comes in; this only keeps out what may never stand
    if not address.lower().startswith(("https://", "http://")):
        raise ValueError("an address begins with https:// or http://")
    return address


class Sound(Record):
    """A recording of a voice or of music. ``size`` is in bytes."""

    kind: Literal["sound"] = "sound"
    sha256: Sha256
    suffix: Literal["mp3", "wav", "ogg", "m4a", "webm"]
    seconds: Seconds
    size: Annotated[int, Field(ge=1)]
    transcript: Passage = Passage()
    caption: Passage = Passage()
    others: bool = False
    others_agreed: bool = False


class Video(Record):
    """A short film. ``width`` and ``height`` are as shown, after turning; ``size`` is in bytes.

    ``alt`` says what one sees, ``transcript`` what is said; ``poster`` is a still that stands for it on
    paper. ``plays`` is ``"some"`` for a way of packing that not every phone and browser opens.
    """

    kind: Literal["video"] = "video"
    sha256: Sha256
    suffix: Literal["mp4", "webm"]
    seconds: Seconds
    size: Annotated[int, Field(ge=1)]
    width: Annotated[int, Field(ge=1, le=20_000)]
    height: Annotated[int, Field(ge=1, le=20_000)]
    plays: Literal["everywhere", "some"] = "everywhere"
    poster: Picture | None = None
    alt: Passage = Passage()
    transcript: Passage = Passage()
    caption: Passage = Passage()
    others: bool = False
    others_agreed: bool = False


class Document(Record):
    """A document as pictures of its pages; ``page_count`` says how many it had before any were left out."""

    kind: Literal["document"] = "document"
    pages: Annotated[tuple[Picture, ...], Field(min_length=1, max_length=40)]
    page_count: Annotated[int, Field(ge=1)]
    alt: Passage = Passage()
    caption: Passage = Passage()
    others: bool = False
    others_agreed: bool = False


class Writing(Record):
    """A text or a program, shown as it was written and never run. ``language`` is a programming language."""

    kind: Literal["writing"] = "writing"
    text: Passage
    sort: Literal["text", "code"] = "text"
    language: Line = ""
    caption: Passage = Passage()


class Link(Record):
    """An address on the web, and what is found there: whoever has no network reads the words."""

    kind: Literal["link"] = "link"
    address: Annotated[Line, Field(max_length=500), AfterValidator(_is_web_address)]
    caption: Passage = Passage()


Medium = Annotated[Sound | Video | Document | Writing | Link, Field(discriminator="kind")]
"""Anything but a picture, told apart by ``kind``."""
