"""WHAT COMES IN: pictures, recordings, documents, writing and links, cleaned once before anything keeps them.

Begin at :mod:`~portfolio.media.arrivals` (what is it, by content) and go to its kind::

    pictures    sniff -> jpeg png webp gif heic -> colours upright      made anew as WebP
    sound       sound -> mp3 wav ogg, or the sound of an MP4 or WebM    taken apart, only sound stays
    video       video -> mp4 (mp4_*) webm (webm_*)                      taken apart, only picture and sound stay
    documents   documents -> apart (a process of its own)               pages drawn as pictures
    writing     writing                                                 becomes text, never run
    links       links                                                   looked at, never opened

``refusals``, ``declined`` and ``video_refusals`` hold what is said to a child. ``clean_picture`` takes the bytes of
a file and returns a ``CleanPicture``, or raises ``PictureRefused``; the other kinds raise ``MediaRefused``. Importing
this package is cheap: Pillow comes in with the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portfolio.media.pictures import (
        Budget,
        CleanPicture,
        as_jpeg,
        clean_drawing,
        clean_picture,
        reopen_picture,
    )

__all__ = ["Budget", "CleanPicture", "as_jpeg", "clean_drawing", "clean_picture", "reopen_picture"]


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    globals()[name] = found = getattr(import_module("portfolio.media.pictures"), name)
    return found
