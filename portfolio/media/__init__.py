"""What comes in: pictures, recordings, documents and writing, checked and cleaned once, before anything keeps them.

``clean_picture`` takes the bytes of a file and returns a ``CleanPicture``, or raises
``portfolio.errors.PictureRefused`` with a sentence a child can act on. Importing this package is cheap:
Pillow comes in with the first picture.
"""

from __future__ import annotations

from portfolio.media.pictures import Budget, CleanPicture, as_jpeg, clean_picture, reopen_picture

__all__ = ["Budget", "CleanPicture", "as_jpeg", "clean_picture", "reopen_picture"]
