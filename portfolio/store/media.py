"""Media on disk: ``media/<student_id>/<sha256>.webp``, ``<sha256>.thumb.webp``, ``<sha256>.mp3`` and so on.

Names come from ids and digests only, never from what somebody called a file. A file is named by its
bytes, so its name proves it: every reading checks. To forget a student is to delete one folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from pathlib import Path
from typing import Final

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.model import MEDIA_TYPE
from portfolio.store import trouble
from portfolio.store.atomic import make_durable, make_folder, write_atomically

# Names Windows keeps for devices, also with anything after a dot. Refused everywhere: a class may move.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)

_OURS: Final = re.compile(rf"[0-9a-f]{{64}}\.(webp|thumb\.webp|{'|'.join(MEDIA_TYPE)})")


def is_media_name(name: object) -> bool:
    """Return whether a file of this name can be ours."""
    return isinstance(name, str) and _OURS.fullmatch(name) is not None


def is_folder_name(student_id: str) -> bool:
    """Return whether an id can be the name of a folder on every system."""
    if not trouble.is_identifier(student_id) or student_id.endswith("."):
        return False
    return student_id.partition(".")[0] not in _DEVICES


def check_folder_name(student_id: str) -> None:
    """Raise ``InputRefused`` for a student id that some computer could not use as a folder's name."""
    if not is_folder_name(student_id):
        raise InputRefused(
            "“{student}” cannot be a student's id: some computers cannot have a folder of that name. "
            "Choose another id.",
            student=trouble.shown(student_id),
        )


def check_picture(sha256: str, data: bytes, thumb: bytes) -> None:
    """Raise ``InputRefused`` unless ``data`` has this digest and both are whole WebP files.

    This only looks at the wrapping: what is *in* a picture was settled by ``portfolio.media``.
    """
    if not is_whole_webp(data) or not is_whole_webp(thumb):
        raise InputRefused("Only finished WebP pictures are kept here. Put the picture in through the desk.")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InputRefused(
            "The picture {picture} does not have the bytes its name promises. Put it in again.",
            picture=trouble.shown(sha256)[:12],
        )


def check_media(sha256: str, suffix: str, data: bytes) -> None:
    """Raise ``InputRefused`` unless the suffix is one of ours and ``data`` has this digest.

    What is *in* a recording or film was settled by ``portfolio.media``.
    """
    if suffix not in MEDIA_TYPE:
        raise InputRefused(
            "Files that end in “{suffix}” are not kept here. Kept are: {known}.",
            suffix=trouble.shown(suffix),
            known=", ".join(MEDIA_TYPE),
        )
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InputRefused(
            "The file {file} does not have the bytes its name promises. Put it in again.",
            file=trouble.shown(sha256)[:12],
        )


class MediaFolder:
    """The pictures and recordings of one class, below one folder and nowhere else.

    A symbolic link in the place of the folder, a student's folder or a picture is never followed.
    """

    def __init__(self, root: Path) -> None:
        """Remember the folder; nothing is made until the first picture comes."""
        self._root = root

    def keep(self, student_id: str, sha256: str, data: bytes, thumb: bytes) -> None:
        """Keep a picture and its small copy, and return when both are on the disk.

        A file that is there with other bytes was damaged, and is replaced. Raises ``InputRefused``
        (:func:`check_picture`, :func:`check_folder_name`) or ``StorageTrouble``.
        """
        check_folder_name(student_id)
        check_picture(sha256, data, thumb)
        make_folder(self._root)
        folder = self._folder(student_id)
        make_folder(folder)
        self._refuse_link(folder)
        for name, content in ((f"{sha256}.webp", data), (f"{sha256}.thumb.webp", thumb)):
            if read_plain(folder / name) != content:
                write_atomically(folder / name, content)
        # a picture that was there may be from a process killed before its name was on the disk
        make_durable(folder)

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture's bytes, which have just been proved.

        Raises ``NotFound``, or ``StorageTrouble`` if they are not what the name promises.
        """
        data = self._content(student_id, sha256, f"{sha256}.webp")
        if hashlib.sha256(data).hexdigest() != sha256:
            raise _damaged(student_id, sha256)
        return data

    def thumb(self, student_id: str, sha256: str) -> bytes:
        """Return the bytes of a picture's small copy.

        Raises ``NotFound``, or ``StorageTrouble`` if the file is not a whole WebP.
        """
        data = self._content(student_id, sha256, f"{sha256}.thumb.webp")
        if not is_whole_webp(data):
            raise _damaged(student_id, sha256)
        return data

    def keep_file(self, student_id: str, sha256: str, suffix: str, data: bytes) -> None:
        """Keep a recording or film, and return when it is on the disk.

        Raises ``InputRefused`` (:func:`check_media`, :func:`check_folder_name`) or ``StorageTrouble``.
        """
        check_folder_name(student_id)
        check_media(sha256, suffix, data)
        make_folder(self._root)
        folder = self._folder(student_id)
        make_folder(folder)
        self._refuse_link(folder)
        if read_plain(folder / f"{sha256}.{suffix}") != data:
            write_atomically(folder / f"{sha256}.{suffix}", data)
        make_durable(folder)

    def file(self, student_id: str, sha256: str, suffix: str) -> bytes:
        """Return the bytes of a recording or film, which have just been proved.

        Raises ``NotFound``, or ``StorageTrouble`` if they are not what the name promises.
        """
        place = self.place(student_id, sha256, suffix)
        name = place.name
        data = read_plain(place)
        if data is None:
            raise trouble.no_media(student_id, name)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageTrouble(
                "The file {file} of “{student}” is damaged. Put it in again, or take it from a backup.",
                file=name[:18],
                student=student_id,
                sha256=sha256,
            )
        return data

    def place(self, student_id: str, sha256: str, suffix: str) -> Path:
        """Return where a recording or film lies, a plain file. Raises ``NotFound``, ``StorageTrouble``."""
        name = f"{sha256}.{suffix}"
        if not is_folder_name(student_id) or not trouble.is_sha256(sha256) or suffix not in MEDIA_TYPE:
            raise trouble.no_media(student_id, name)
        place = self._folder(student_id) / name
        self._refuse_link(place)
        if not place.is_file():
            raise trouble.no_media(student_id, name)
        return place

    def names(self, student_id: str) -> tuple[str, ...]:
        """Return the names of a student's files that are ours, sorted. Raises ``StorageTrouble``."""
        if not is_folder_name(student_id):
            return ()
        folder = self._folder(student_id)
        try:
            with os.scandir(folder) as found:
                ours = (f.name for f in found if is_media_name(f.name) and f.is_file(follow_symlinks=False))
                return tuple(sorted(ours))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _unreadable(folder, error) from error

    def size(self, student_id: str) -> int:
        """Return how many bytes a student's files take."""
        return sum((self._folder(student_id) / name).lstat().st_size for name in self.names(student_id))

    def drop(self, student_id: str, name: str) -> None:
        """Delete one file. Raises ``NotFound``, or ``StorageTrouble`` if it cannot be deleted."""
        if name not in self.names(student_id):
            raise trouble.no_media(student_id, name)
        try:
            (self._folder(student_id) / name).unlink(missing_ok=True)
        except OSError as error:
            raise _stays(self._root / student_id / name, error) from error

    def forget(self, student_id: str) -> int:
        """Delete a student's folder with all that is in it, and return how many files that were.

        A link in its place goes, what it leads to stays. Raises ``StorageTrouble``.
        """
        folder = self._root / student_id
        if not is_folder_name(student_id) or self._root.is_symlink():
            return 0
        try:
            if folder.is_symlink() or not folder.is_dir():
                there = folder.is_symlink() or folder.exists()
                folder.unlink(missing_ok=True)
                return int(there)
            count = sum(len(files) for _, _, files in os.walk(folder))
            shutil.rmtree(folder)
            make_durable(self._root)
        except OSError as error:
            raise _stays(folder, error) from error
        return count

    def _content(self, student_id: str, sha256: str, name: str) -> bytes:
        if not is_folder_name(student_id) or not trouble.is_sha256(sha256):
            raise trouble.no_picture(student_id, sha256)
        data = read_plain(self._folder(student_id) / name)
        if data is None:
            raise trouble.no_picture(student_id, sha256)
        return data

    def _folder(self, student_id: str) -> Path:
        folder = self._root / student_id
        self._refuse_link(self._root)
        self._refuse_link(folder)
        # a folder of Windows may lead elsewhere and be no link; elsewhere this would look twelve times at what is known
        if os.name == "nt" and Path(os.path.realpath(folder)).parent != Path(os.path.realpath(self._root)):
            raise _leads_away(folder)
        return folder

    def _refuse_link(self, path: Path) -> None:
        if path.is_symlink():
            raise _leads_away(path)


def _leads_away(path: Path) -> StorageTrouble:
    return StorageTrouble(
        "{path} is a link to another place, and pictures are never read or written through links. "
        "Put a real folder or file there.",
        path=path,
    )


def _damaged(student_id: str, sha256: str) -> StorageTrouble:
    return StorageTrouble(
        "The picture {picture} of “{student}” is damaged. Put it in again, or take it from a backup.",
        picture=sha256[:12],
        student=student_id,
        sha256=sha256,
    )


def read_plain(path: Path) -> bytes | None:
    """Return the bytes of a plain file, ``None`` if there is none."""
    try:
        # looked at first: opening a pipe would wait for ever
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _leads_away(path)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> StorageTrouble:
    return StorageTrouble(
        "{path} cannot be read ({why}). Check the disk, or take the file from a backup.",
        path=path,
        why=error.strerror or type(error).__name__,
    )


def _stays(path: Path, error: OSError) -> StorageTrouble:
    return StorageTrouble(
        "{path} could not be deleted ({why}). Close other programs that have it open, then try again.",
        path=path,
        why=error.strerror or type(error).__name__,
    )


def is_whole_webp(data: bytes) -> bool:
    """Return whether these bytes have the wrapping of a WebP picture that is not cut off."""
    # RFC 9649: "RIFF", the number of bytes after this number, "WEBP"; so a cut-off file shows
    return (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP" and int.from_bytes(data[4:8], "little") == len(data) - 8
    )
