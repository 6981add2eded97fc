"""What a page may say about pictures and media: words. What they are comes from what we kept.

``known`` holds what this sheet has seen, by :func:`known_as`: values that came from the desk, never from a
page. A picture or recording that is not among them is refused; size, length and bytes are taken from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from portfolio.errors import MediaRefused, PictureRefused, TextRefused
from portfolio.model import LookHere, Passage
from portfolio.model.media import LONGEST_WRITING
from portfolio.widgets.plain import MOST, many, strange, text
from portfolio.widgets.wire import Field, MediumValue, PhotoValue, Value

TO_THE_PAGE: Final = ("thumb", "src")
"""What only travels to the page: a small copy to look at, an address to play from."""

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sound": ("transcript", "caption"),
    "video": ("alt", "transcript", "caption"),
    "document": ("alt", "caption"),
    "writing": ("caption",),
    "link": ("caption",),
}
"""The words a child writes beside each kind."""

_MARKS: Final = 12
_LONGEST_NAME: Final = 40  # signs in the name of a programming language


def known_as(value: Mapping[str, Any]) -> str:
    """Return the name by which a sheet knows a picture or medium: what it is, and the digest of its bytes."""
    pages = value.get("pages")
    first = pages[0] if isinstance(pages, list) and pages and isinstance(pages[0], dict) else value
    digest = str(first.get("sha256"))
    return f"{value['kind']}:{digest}" if "kind" in value else digest


def photos(field: Field, given: Value, known: Mapping[str, Any]) -> list[PhotoValue]:
    """Return the pictures of a field with the page's words on them."""
    at_most = field["at_most"] or MOST
    if isinstance(given, list) and len(given) > at_most:
        raise PictureRefused("There is room for {n} pictures here. Take one away first.", n=at_most)
    return [_photo(one, known) for one in many(given, at_most)]


def media(field: Field, given: Value, known: Mapping[str, Any]) -> list[MediumValue]:
    """Return the recordings, documents, texts and links of a field with the page's words beside them."""
    at_most = field["at_most"] or MOST
    if isinstance(given, list) and len(given) > at_most:
        raise MediaRefused("There is room for {n} here. Take one away first.", n=at_most)
    return [_medium(one, known) for one in many(given, at_most)]


def _photo(given: Value, known: Mapping[str, Any]) -> PhotoValue:
    kept = known.get(known_as(given)) if isinstance(given, dict) and "kind" not in given else None
    if kept is None:
        raise strange()
    return {
        "sha256": kept["sha256"],
        "width": kept["width"],
        "height": kept["height"],
        "alt": text(given.get("alt", "")),
        "caption": text(given.get("caption", "")),
        "written": text(given.get("written", "")),
        "looks": [_mark(one) for one in many(given.get("looks", []), _MARKS)],
        "others": _tick(given.get("others", False)),
    }


def _medium(given: Value, known: Mapping[str, Any]) -> Any:
    kind = given.get("kind") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in WORDS:
        raise strange()
    words = {name: text(given.get(name, "")) for name in WORDS[kind]}
    if kind == "writing":
        return {"kind": kind, **_writing(given), **words}
    if kind == "link":
        return {"kind": kind, "address": _address(given.get("address")), **words}
    kept = known.get(known_as(given))
    if kept is None:
        raise strange()
    facts = {name: fact for name, fact in kept.items() if name not in TO_THE_PAGE}
    return {**facts, **words, "others": _tick(given.get("others", False))}


def _writing(given: Mapping[str, Any]) -> dict[str, str]:
    words, sort = text(given.get("text")), given.get("sort", "text")
    language = " ".join(text(given.get("language", "")).split())
    if sort not in ("text", "code") or len(language) > _LONGEST_NAME:
        raise strange()
    if len(words) > LONGEST_WRITING:
        raise TextRefused(
            "This text has {n} characters, and {most} is the most. Take a part of it away, then it can be saved.",
            n=len(words),
            most=LONGEST_WRITING,
        )
    return {"text": words, "sort": sort, "language": language if sort == "code" else ""}


def _address(given: Value) -> str:
    from portfolio.media.links import check_link  # only needed once somebody has a link

    return check_link(text(given))


def _tick(given: Value) -> bool:
    if not isinstance(given, bool):
        raise strange()
    return given


def _mark(given: Value) -> Any:
    if not isinstance(given, dict):
        raise strange()
    words = Passage(text=text(given.get("words", "")))
    try:
        mark = LookHere.model_validate({"x": given.get("x"), "y": given.get("y"), "words": words})
    except ValueError:
        raise strange() from None
    return {"x": mark.x, "y": mark.y, "words": mark.words.text}
