"""What a child reads when a picture cannot be taken: one function per cause, one sentence each.

Every sentence says what happened, to what, and what to do next. "Take a screenshot of it" is the way
out we offer most, because a child can do it on any phone or laptop without a helper.
"""

from __future__ import annotations

from portfolio.errors import PictureRefused


def empty() -> PictureRefused:
    """Return the refusal of a file of no bytes."""
    return PictureRefused("There is nothing in this file. Take the photo again, or choose another one.")


def too_heavy(megabytes: int, limit: int) -> PictureRefused:
    """Return the refusal of a file of ``megabytes`` where ``limit`` megabytes is the most."""
    return PictureRefused(
        "This file is too big: {megabytes} MB, and {limit} MB is the most we can take. "
        "Open the picture, take a screenshot of it, and choose the screenshot.",
        megabytes=megabytes,
        limit=limit,
    )


def not_a_picture() -> PictureRefused:
    """Return the refusal of bytes that are no picture we know, whatever the file is called."""
    return PictureRefused(
        "This file is not a picture we can open. Take the photo again, or choose another one."
    )


def heic() -> PictureRefused:
    """Return the refusal of an iPhone's own kind of photo, which most browsers cannot show."""
    return PictureRefused(
        "This photo is in a form called HEIC, which does not open here. "
        "Open the photo, take a screenshot of it, and choose the screenshot."
    )


def other_form(form: str) -> PictureRefused:
    """Return the refusal of a picture in a ``form`` (GIF, TIFF, SVG …) that we know but do not open."""
    return PictureRefused(
        "This picture is in a form called {form}, which does not open here. "
        "Open the picture, take a screenshot of it, and choose the screenshot.",
        form=form,
    )


def film() -> PictureRefused:
    """Return the refusal of a video."""
    return PictureRefused(
        "This is a film, not a picture. Stop the film where you like it best, take a screenshot, "
        "and choose the screenshot."
    )


def document() -> PictureRefused:
    """Return the refusal of a PDF, an office document or another packed file."""
    return PictureRefused(
        "This is a document, not a picture. Open it, take a screenshot of the part you want to show, "
        "and choose the screenshot."
    )


def cut_off() -> PictureRefused:
    """Return the refusal of a file whose end is missing."""
    return PictureRefused(
        "This picture is not all there: the end of it is missing. "
        "Choose it once more, or take the photo again."
    )


def damaged() -> PictureRefused:
    """Return the refusal of a file that says it is a picture but cannot be read as one."""
    return PictureRefused(
        "This picture is damaged and does not open. Take the photo again, or choose another one."
    )


def saved_in_a_rare_way() -> PictureRefused:
    """Return the refusal of an unbroken file of a kind that no phone makes (lossless or 12-bit JPEG …)."""
    return PictureRefused(
        "This picture was saved in a rare way that does not open here. "
        "Open the picture, take a screenshot of it, and choose the screenshot."
    )


def too_many_dots(width: int, height: int) -> PictureRefused:
    """Return the refusal of a picture of ``width`` by ``height`` dots that would fill the memory."""
    return PictureRefused(
        "This picture is too big to open here: {width} by {height} dots. "
        "Take a screenshot of it, and choose the screenshot.",
        width=width,
        height=height,
    )


def too_long(side: int, limit: int) -> PictureRefused:
    """Return the refusal of a picture with a ``side`` of more than ``limit`` dots."""
    return PictureRefused(
        "This picture is too long: one side has {side} dots, and {limit} is the most we can open. "
        "Take a screenshot of the part you want to show, and choose the screenshot.",
        side=side,
        limit=limit,
    )


def no_memory() -> PictureRefused:
    """Return the refusal when this computer has no memory left for the picture."""
    return PictureRefused(
        "This computer has too much to do to open your picture right now. Wait a minute and try again."
    )


def cannot_shrink() -> PictureRefused:
    """Return the refusal of a picture that stays over the byte budget even when very small."""
    return PictureRefused(
        "We could not make this picture small enough to send home. Take the photo again from closer up, "
        "or choose another one."
    )


def not_clean() -> PictureRefused:
    """Return the refusal of a result of ours that holds more than the picture: it never leaves."""
    return PictureRefused(
        "We could not make this picture safe to share. Take a screenshot of it, and choose the screenshot."
    )
