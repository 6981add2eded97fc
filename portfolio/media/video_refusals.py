"""What a child reads when a video or a recording cannot be taken: one function per cause, one sentence each.

Every sentence says what happened, to what, and what to do next. "Record it again" is the way out we offer
most; where a shorter or smaller recording would do, it says so.
"""

from __future__ import annotations

from portfolio.errors import MediaRefused


def empty() -> MediaRefused:
    """Return the refusal of a file of no bytes."""
    return MediaRefused("There is nothing in this file. Record it again, or choose another one.")


def too_heavy(megabytes: int, limit: int) -> MediaRefused:
    """Return the refusal of a file of ``megabytes`` where ``limit`` megabytes is the most."""
    return MediaRefused(
        "This file is too big: {megabytes} MB, and {limit} MB is the most we can take. "
        "Record a shorter one, or cut it shorter on the phone.",
        megabytes=megabytes,
        limit=limit,
    )


def too_much_to_keep(megabytes: int, limit: int) -> MediaRefused:
    """Return the refusal of a video that would take ``megabytes`` in the book where ``limit`` is the most."""
    return MediaRefused(
        "This video takes {megabytes} MB, and {limit} MB is the most we can keep. "
        "Record a shorter one, or choose a smaller video size in the camera.",
        megabytes=megabytes,
        limit=limit,
    )


def too_long(seconds: int, limit: int) -> MediaRefused:
    """Return the refusal of a recording of ``seconds`` where ``limit`` seconds is the most."""
    return MediaRefused(
        "This recording is too long: {seconds} seconds, and {limit} seconds is the most we can take. "
        "Record a shorter one, or cut it shorter on the phone.",
        seconds=seconds,
        limit=limit,
    )


def too_wide(side: int, limit: int) -> MediaRefused:
    """Return the refusal of a video with a ``side`` of more than ``limit`` dots."""
    return MediaRefused(
        "The picture of this video is too big. One side has {side} dots, and {limit} is the most we can "
        "show. Choose a smaller video size in the camera, and record it again.",
        side=side,
        limit=limit,
    )


def not_a_video() -> MediaRefused:
    """Return the refusal of bytes that are no video we know, whatever the file is called."""
    return MediaRefused("This file is not a video we can open. Record it again, or choose another one.")


def a_picture() -> MediaRefused:
    """Return the refusal of a still picture where a video was asked for."""
    return MediaRefused("This is a picture, not a video. Choose a video, or record one.")


def sound_only() -> MediaRefused:
    """Return the refusal of a recording that has sound and nothing to see."""
    return MediaRefused(
        "There is nothing to see in this video, only to hear. Record it again, or choose another one."
    )


def silent() -> MediaRefused:
    """Return the refusal of a file without sound where sound was asked for."""
    return MediaRefused("There is no sound in this file. Record it again, or choose another one.")


def rare_picture() -> MediaRefused:
    """Return the refusal of a video whose pictures are packed in a way that browsers do not open."""
    return MediaRefused(
        "This video was saved in a rare way that does not open here. "
        "Record it again with the camera of a phone."
    )


def rare_sound() -> MediaRefused:
    """Return the refusal of a recording whose sound is packed in a way that browsers do not play."""
    return MediaRefused(
        "The sound in this file was saved in a rare way that does not play here. "
        "Record it again with a phone."
    )


def locked() -> MediaRefused:
    """Return the refusal of a bought or rented video that is encrypted."""
    return MediaRefused("This recording is locked by its maker. Choose one that you made yourself.")


def cut_off() -> MediaRefused:
    """Return the refusal of a file whose end is missing."""
    return MediaRefused(
        "This recording is not all there: the end of it is missing. Choose it once more, or record it again."
    )


def damaged() -> MediaRefused:
    """Return the refusal of a file that says it is a recording but cannot be read as one."""
    return MediaRefused(
        "This recording is damaged and does not open. Record it again, or choose another one."
    )


def no_memory() -> MediaRefused:
    """Return the refusal when this computer has no memory left for the recording."""
    return MediaRefused(
        "This computer has too much to do to open your recording right now. Wait a minute and try again."
    )
