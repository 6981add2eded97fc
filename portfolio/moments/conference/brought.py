"""What a home brings into its answer: a voice, a drawing or photo. Cleaned before it is kept, like all that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from portfolio.errors import InputRefused, MediaRefused
from portfolio.media import clean_picture
from portfolio.model import MediaSuffix, Passage, Picture, Reply, Sound
from portfolio.moments.arrivals import MOST_KEPT
from portfolio.moments.conference.answering import Home, given
from portfolio.moments.conference.together import gone

MOST: Final = 6
"""Pictures or recordings in one answer."""


def bring_voice(home: Home, who: str, told: Mapping[str, str], raw: bytes) -> Reply:
    """Clean a recording, keep it and give it. The same one twice is one. Raises ``MediaRefused``, ``InputRefused``.

    ``told`` has ``words`` (what is said in it), ``lang``, ``share``.
    """
    sound = _sound(home, raw).but(transcript=Passage(text=told["words"], lang=told["lang"]))

    def change(there: Reply, at: int) -> Reply:
        del at
        if any(isinstance(one, Sound) and one.sha256 == sound.sha256 for one in there.media):
            return given(there.but(share_with_child=bool(told["share"])), home.table.today())
        _refuse_if_full(len(there.media))
        made = there.but(media=(*there.media, sound), share_with_child=bool(told["share"]))
        return given(made, home.table.today())

    return home.change(who, "voice", told["lang"], change)[0]


def bring_picture(home: Home, who: str, told: Mapping[str, str], raw: bytes) -> Reply:
    """Clean a picture, keep it and give it, as :func:`bring_voice`. Raises ``PictureRefused``, ``InputRefused``."""
    _refuse_if_no_room(home, len(raw))
    made = clean_picture(raw)
    home.table.store.keep_picture(home.table.student_id, made.sha256, made.data, made.thumb)
    alt = Passage(text=told["words"], lang=told["lang"])
    picture = Picture(sha256=made.sha256, width=made.width, height=made.height, alt=alt)

    def change(there: Reply, at: int) -> Reply:
        del at
        if any(one.sha256 == picture.sha256 for one in there.pictures):
            return given(there.but(share_with_child=bool(told["share"])), home.table.today())
        _refuse_if_full(len(there.pictures))
        new = there.but(pictures=(*there.pictures, picture), share_with_child=bool(told["share"]))
        return given(new, home.table.today())

    return home.change(who, "drawing", told["lang"], change)[0]


def take_out(home: Home, reply_id: str, sha256: str) -> None:
    """Take one recording or picture out of an answer of this home. Raises ``NotFound`` if it is in none."""
    found = next((one for one, _ in home.answers() if one.entry_id == reply_id), None)
    if found is None or sha256 not in _names(found):
        raise gone()

    def change(there: Reply) -> Reply:
        media = tuple(one for one in there.media if getattr(one, "sha256", "") != sha256)
        return there.but(media=media, pictures=tuple(p for p in there.pictures if p.sha256 != sha256))

    home.change_kept(reply_id, change)


def _names(reply: Reply) -> set[str]:
    return {*(getattr(one, "sha256", "") for one in reply.media), *(one.sha256 for one in reply.pictures)}


def _sound(home: Home, raw: bytes) -> Sound:
    from portfolio.media.sound import clean_sound

    _refuse_if_no_room(home, len(raw))
    made = clean_sound(raw)
    suffix = cast("MediaSuffix", made.suffix.removeprefix("."))
    home.table.store.keep_media(home.table.student_id, made.sha256, suffix, made.data)
    facts: Any = {"sha256": made.sha256, "suffix": suffix, "seconds": made.seconds}
    return Sound(**facts, size=len(made.data))


def _refuse_if_no_room(home: Home, size: int) -> None:
    if home.table.store.media_size(home.table.student_id) + size > MOST_KEPT:
        raise MediaRefused("The book is full: no more files fit into it. Please tell the teacher.")


def _refuse_if_full(there: int) -> None:
    if there >= MOST:
        raise InputRefused("There are {n} already. Take one back first.", n=there)
