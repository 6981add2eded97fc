"""Pages compiled once: kept as Python keeps its own modules, in ``__pycache__`` beside them.

Compiling the pages of one home file takes longer than all else at a start. What is kept is used for the very text it was
made from only, by the same Python, the same Jinja and the same settings; what is damaged is made anew. Whoever may write
there may write the program itself. Where nobody may, or Python was told to keep nothing, each start compiles as before.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import time
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

ENDING = ".j2c"

_OLD = 60
"""Seconds after which nobody writes a file any more: that takes some milliseconds."""


class BesideTheirSource(BytecodeCache):
    """Keeps what pages are compiled to; ``settings`` is what else has a say in it."""

    def __init__(self, settings: str) -> None:
        """Keep pages for an environment with these settings."""
        self._made_with = MAGIC_NUMBER + f"{jinja2.__version__} {settings}\n".encode()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja asks
        """Return the path of the page; "" for one that is no file."""
        return filename or ""

    def get_source_checksum(self, source: str) -> str:
        """Return what becomes another text with every change of the page, of Python, Jinja or the settings."""
        return _digest(self._made_with + source.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is whole and of this page as it is now."""
        if not bucket.key:
            return
        with contextlib.suppress(OSError):
            seal, _, code = kept_at(bucket.key).read_bytes().partition(b"\n")
            if seal == _seal(bucket.checksum, code):
                bucket.code = marshal.loads(code)  # noqa: S302 - beside our modules, which are read the same way

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, whole or not at all, if it can be kept."""
        if sys.dont_write_bytecode or not bucket.key:
            return
        code, path = marshal.dumps(bucket.code), kept_at(bucket.key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path)
            half = path.with_name(f"{path.name}.{os.getpid()}")
            # who may read the page may read this
            mode = Path(bucket.key).stat().st_mode & 0o666
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_seal(bucket.checksum, code) + b"\n" + code)
                half.replace(path)
            except OSError:
                half.unlink(missing_ok=True)


def kept_at(page: str) -> Path:
    """Return where the page in a file is kept once it is compiled."""
    return Path(cache_from_source(page)).with_suffix(ENDING)


def _sweep(path: Path) -> None:
    """Take away what killed processes have left: their number comes again, and each would stay for ever."""
    for half in path.parent.glob(f"{path.name}.*"):
        with contextlib.suppress(OSError):
            if abs(time.time() - half.lstat().st_mtime) > _OLD:
                half.unlink()


def _seal(checksum: str, code: bytes) -> bytes:
    """Return what stands before code: half a file, after a power cut, is never run."""
    return f"{checksum} {_digest(code)}".encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
