"""The pictures, recordings and films of the store in memory."""

from __future__ import annotations

from portfolio.model import MEDIA_TYPE, MediaSuffix, SchoolClass
from portfolio.store import trouble
from portfolio.store.fake_people import FakePeople
from portfolio.store.media import check_media, check_picture


class FakeFiles(FakePeople):
    """Files by student and name."""

    def __init__(self, school_class: SchoolClass | None = None) -> None:
        """Begin without any file."""
        super().__init__(school_class)
        self._files: dict[tuple[str, str], bytes] = {}
        """By student and file name. Files are kept at once, as on a disk: no block holds them up."""

    def keep_picture(self, student_id: str, sha256: str, data: bytes, thumb: bytes) -> None:
        """Keep a cleaned picture (WebP) and its small copy."""
        self.student(student_id)
        check_picture(sha256, data, thumb)
        self._files[student_id, f"{sha256}.webp"] = data
        self._files[student_id, f"{sha256}.thumb.webp"] = thumb

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture."""
        return self._picture(student_id, sha256, "webp")

    def thumb(self, student_id: str, sha256: str) -> bytes:
        """Return the small copy of a picture."""
        return self._picture(student_id, sha256, "thumb.webp")

    def _picture(self, student_id: str, sha256: str, end: str) -> bytes:
        found = self._files.get((student_id, f"{sha256}.{end}"))
        if found is None:
            raise trouble.no_picture(student_id, sha256)
        return found

    def keep_media(self, student_id: str, sha256: str, suffix: MediaSuffix, data: bytes) -> None:
        """Keep a recording or film."""
        self.student(student_id)
        check_media(sha256, suffix, data)
        self._files[student_id, f"{sha256}.{suffix}"] = data

    def media(self, student_id: str, sha256: str, suffix: MediaSuffix) -> bytes:
        """Return a recording or film."""
        name = f"{sha256}.{suffix}"
        if suffix not in MEDIA_TYPE or (student_id, name) not in self._files:
            raise trouble.no_media(student_id, name)
        return self._files[student_id, name]

    def media_names(self, student_id: str) -> tuple[str, ...]:
        """Return the names of a student's kept files."""
        self.student(student_id)
        return tuple(sorted(name for owner, name in list(self._files) if owner == student_id))

    def media_size(self, student_id: str) -> int:
        """Return how many bytes a student's kept files take."""
        return sum(len(self._files[student_id, name]) for name in self.media_names(student_id))

    def drop_media(self, student_id: str, name: str) -> None:
        """Delete a kept file by its name."""
        if name not in self.media_names(student_id):
            raise trouble.no_media(student_id, name)
        del self._files[student_id, name]
