"""What a child brings in: parts become a file, the file is cleaned and kept, and is told as a value.

Nothing that comes back from here has been seen by anybody yet: it stands in no answer until the child's
control saves it. Until then a note beside the parts says what became of the file. So a page that lost our
answer, or a kernel that was started anew, gets the same medium and nothing is done twice. What a medium *is*
(how long, how large, whose bytes) comes from here and never from a page.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, cast
from urllib.parse import quote

from portfolio.errors import InputRefused, MediaRefused, PictureRefused
from portfolio.model import Document, Link, Medium, Passage, Picture, Sound, Video, Writing
from portfolio.model.media import MEDIA_TYPE, MediaSuffix
from portfolio.rules.filling_parts import medium_value, photo_value
from portfolio.store.port import ClassStore
from portfolio.store.uploads import LARGEST_FILE, LARGEST_PART, Uploads
from portfolio.views.forms import MediaAddress

if TYPE_CHECKING:
    from portfolio.media import CleanPicture

Value = dict[str, Any]
"""A picture or a medium as its control shows it: see :mod:`portfolio.widgets.wire`."""

Control = Literal["photos", "media"]

MEDIA_PLACE: Final = "/portfolio/media/"
"""Where our server gives a child its own recordings."""

BOOKS_PLACE: Final = "/portfolio/books/"
"""Where our server gives a teacher the recordings of any child of the class."""

MOST_KEPT: Final = 1_000_000_000
"""Bytes all files of one child may take: fifteen films of the largest size. A disk belongs to a whole class."""

_NEVER_WRITING: Final = (
    *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".pdf"),
    *(".mp3", ".wav", ".ogg", ".m4a", ".mp4", ".mov", ".webm"),
)
"""How the names of files end whose owner meant anything but a text."""

LARGEST_INSIDE: Final = 2_000_000
"""Bytes of a recording that may stand in a page as a ``data:`` address."""


def _clean(raw: bytes) -> CleanPicture:
    from portfolio.media import clean_picture  # Pillow is only needed once a picture comes

    return clean_picture(raw)


@dataclass(frozen=True)
class Arrivals:
    """The things one child brings in. Safe to use from a thread beside the one that answers the page.

    ``uploads`` is where parts wait, ``lang`` the language of the child's writing (BCP 47), ``most`` how
    many bytes all files of the child may take.
    """

    store: ClassStore
    uploads: Uploads
    student_id: str
    lang: str
    now: Callable[[], datetime]
    clean: Callable[[bytes], CleanPicture] = _clean
    most: int = MOST_KEPT

    def where(self, upload: str) -> int:
        """Return how many bytes of a file are here; for one that was kept already, more than it can have.

        Raises ``InputRefused`` for what is no upload's id.
        """
        if self.uploads.noted(self.student_id, upload) is not None:
            return LARGEST_FILE  # the answer was lost: nothing needs to travel twice
        return self.uploads.have(self.student_id, upload)

    def part(self, upload: str, offset: int, data: bytes, size: int) -> int:
        """Take the bytes at ``offset`` of a file of ``size`` bytes and return how many are here now.

        Raises ``InputRefused`` for more than we take, ``NotFound`` for a child that has been erased while its
        desk was open, ``StorageTrouble`` if they cannot be kept.
        """
        self.store.student(self.student_id)
        return self.uploads.put(self.student_id, upload, offset, data, size, now=self.now())

    def take(self, control: Control, upload: str, size: int, name: str, still: bytes = b"") -> Value:
        """Clean and keep a file that has arrived whole, and return it as the value ``control`` shows.

        ``name`` is what the file was called: it only tells the language of a program. ``still`` is a picture
        that stands for a film, if the browser could take one. Raises ``PictureRefused`` or ``MediaRefused``
        with a child's sentence; the file is forgotten then.
        """
        known = self.uploads.noted(self.student_id, upload)
        if known is not None:
            self.uploads.drop(self.student_id, upload)  # the parts may have come once more
            return known
        try:
            raw = self.uploads.whole(self.student_id, upload, size)
        except InputRefused:
            known = self.uploads.noted(self.student_id, upload)
            if known is None:
                raise
            return known  # another window was quicker: it has taken the file just now
        if self.store.media_size(self.student_id) + size > self.most:
            self.uploads.drop(self.student_id, upload)
            raise MediaRefused("Your book is full: no more files fit into it. Please tell your teacher.")
        try:
            made = photo_value(self.picture(raw)) if control == "photos" else self._value(raw, name, still)
        except InputRefused:
            self.uploads.drop(self.student_id, upload)
            raise
        self.uploads.note(self.student_id, upload, made)
        self.uploads.drop(self.student_id, upload)
        return made

    def link(self, address: str) -> Value:
        """Return an address on the web as a medium. Raises ``MediaRefused`` for what is none."""
        from portfolio.media.links import check_link

        return medium_value(Link(address=check_link(address)))

    def picture(self, raw: bytes) -> Picture:
        """Clean and keep a picture. Raises ``PictureRefused`` with a child's sentence."""
        made = self.clean(raw)
        return self._kept(made)

    def known(self) -> tuple[Value, ...]:
        """Return what came in lately, saved in an answer or not."""
        return self.uploads.all_noted(self.student_id)

    def _kept(self, made: CleanPicture) -> Picture:
        self.store.keep_picture(self.student_id, made.sha256, made.data, made.thumb)
        return Picture(sha256=made.sha256, width=made.width, height=made.height)

    def _value(self, raw: bytes, name: str, still: bytes) -> Value:
        return medium_value(self._medium(raw, name, still))

    def _medium(self, raw: bytes, name: str, still: bytes) -> Medium:
        from portfolio.media import declined
        from portfolio.media.arrivals import refusal_of, what_is

        what = what_is(raw)
        if what == "picture":  # a sheet of paper somebody has photographed
            return Document(pages=(self.picture(raw),), page_count=1)
        if what == "sound":
            return self._sound(raw)
        if what == "video":
            return self._video(raw, still)
        if what == "document":
            return self._document(raw)
        if what == "writing" and not name.lower().endswith(_NEVER_WRITING):
            return self._writing(raw, name)
        if what == "writing":
            raise declined.not_what_it_is_called()
        raise refusal_of(raw)

    def _sound(self, raw: bytes) -> Sound:
        from portfolio.media.sound import clean_sound

        made = clean_sound(raw)
        suffix = cast("MediaSuffix", made.suffix.removeprefix("."))
        self.store.keep_media(self.student_id, made.sha256, suffix, made.data)
        facts: Any = {"sha256": made.sha256, "suffix": suffix, "seconds": made.seconds}
        return Sound(**facts, size=len(made.data))

    def _video(self, raw: bytes, still: bytes) -> Video:
        from portfolio.media.video import clean_video

        made = clean_video(raw)
        suffix = next(end for end, kind in MEDIA_TYPE.items() if kind == made.media_type)
        self.store.keep_media(self.student_id, made.sha256, cast("MediaSuffix", suffix), made.data)
        facts: Any = {
            "sha256": made.sha256,
            "suffix": suffix,
            "seconds": made.seconds,
            "width": made.width,
            "height": made.height,
            "plays": made.plays,
        }
        return Video(**facts, size=len(made.data), poster=self._still(still))

    def _still(self, raw: bytes) -> Picture | None:
        """Keep the picture that stands for a film; a film without one is as good a film."""
        if not raw or len(raw) > LARGEST_PART:  # far beyond what a page of ours makes of a film
            return None
        try:
            return self.picture(raw)
        except PictureRefused:
            return None

    def _document(self, raw: bytes) -> Document:
        from portfolio.media.documents import read_document

        made = read_document(raw)
        return Document(pages=tuple(self._kept(page) for page in made.pages), page_count=made.page_count)

    def _writing(self, raw: bytes, name: str) -> Writing:
        from portfolio.media.writing import read_writing

        made = read_writing(raw, name)
        words = Passage(text=made.text, lang=self.lang)
        return Writing(text=words, sort=made.sort, language=made.code_language)


def served_address(sha256: str, suffix: str, size: int = 0) -> str:  # noqa: ARG001 - any size is served
    """Return the address under which our server gives a recording to its own child."""
    return f"{MEDIA_PLACE}{sha256}.{suffix}"


def teachers_address(student_id: str) -> MediaAddress:
    """Return what makes addresses under which our server gives a child's recordings to the teacher of the class."""

    def address(sha256: str, suffix: str, size: int) -> str:  # noqa: ARG001 - any size is served
        return f"{BOOKS_PLACE}{quote(student_id, safe='')}/{sha256}.{suffix}"

    return address


def inside_address(store: ClassStore, student_id: str) -> MediaAddress:
    """Return what makes addresses for a page without our server (JupyterLab): small recordings stand in them.

    Larger ones than ``LARGEST_INSIDE`` bytes have none.
    """

    def address(sha256: str, suffix: str, size: int) -> str:
        if size > LARGEST_INSIDE:
            return ""
        data = store.media(student_id, sha256, cast("MediaSuffix", suffix))
        return f"data:{MEDIA_TYPE[suffix]};base64,{base64.b64encode(data).decode('ascii')}"

    return address
