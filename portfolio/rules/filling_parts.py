"""Answers made of parts, both ways: rows of small lines, pictures with marks, recordings and documents.

What a person agreed to about others in a picture or recording (``others_agreed``) is never taken from a
control: it stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import TypeAdapter

from portfolio.model import Helper, IfThen, LookHere, Medium, Passage, Picture, Prompt, Step, Writing
from portfolio.model.record import clean_text

Value = Any
"""A JSON value as a control sends it."""

Row = Step | Helper | IfThen
ROWS: Final[Mapping[str, type[Row]]] = {"steps": Step, "helpers": Helper, "if_thens": IfThen}
"""Which record a row of a field is."""

YES_OR_NO: Final[Mapping[str, bool | None]] = {"yes": True, "no": False, "": None}
"""What a small line that asks for yes or no may hold."""

_DEEPEST: Final = 8
"""A mark on a page of a document stands five steps deep."""

_MEDIUM: Final[TypeAdapter[Any]] = TypeAdapter(Medium)


def words_kept(before: object, value: Value, lang: str) -> object:
    """Return changed words: same language as before if there were any; translations go with the old text."""
    if not isinstance(value, str):
        raise TypeError("words must be a text")
    if not isinstance(before, Passage):
        return value
    if before.text == value:
        return before
    return Passage(text=value, lang=before.lang if before else lang)


def says(cell: object) -> bool:
    """Return whether a small line of a row says anything once it is cleaned as the record does."""
    return bool(str(clean_text(cell)).strip())


def rows_kept(
    field: str, rows: Sequence[Mapping[str, str]], lang: str, before: Sequence[Row]
) -> tuple[Row, ...]:
    """Return the rows a control describes; words that stood in this field before stay as they were kept.

    Lines of a row that are not asked for any more stay with it: with the row that says the same, else, as long as
    there are as many rows as before, with the one in the same place.
    """
    free = dict(enumerate(before))
    same: dict[int, int] = {}
    for place, row in enumerate(rows):
        fits = (
            at
            for at, there in free.items()
            if all(_cell(getattr(there, name, "")) == row[name] for name in row)
        )
        found = next(fits, None)
        if found is not None:
            same[place] = found
            del free[found]
    if len(rows) == len(before):
        same |= {place: place for place in free if place not in same}
    return tuple(
        _row_kept(field, row, lang, before, before[same[place]] if place in same else None)
        for place, row in enumerate(rows)
    )


def _row_kept(field: str, row: Mapping[str, str], lang: str, before: Sequence[Row], there: Row | None) -> Row:
    record = ROWS[field]
    known = {words.text: words for kept in before for _, words in kept if isinstance(words, Passage)}
    cells: dict[str, object] = {name: kept for name, kept in there or () if name not in row}
    cells |= row
    for name, cell in row.items():
        if name in record.model_fields and record.model_fields[name].annotation is Passage:
            cells[name] = known.get(cell, cell)  # a new text takes its language from the context below
        elif name == "agreed":
            cells[name] = YES_OR_NO[cell]
    return record.model_validate(cells, context={"lang": lang})


def medium_kept(medium: Mapping[str, Any], lang: str, before: Mapping[object, Any]) -> Any:
    """Return the recording, document, writing or link a control describes; consent never comes from there."""
    known = before.get(medium_name(medium)) or _MEDIUM.validate_python(
        _unagreed(medium), context={"lang": lang}
    )
    told = {
        name: words_kept(kept, medium.get(name, ""), lang)
        for name, kept in known
        if isinstance(kept, Passage)
    }
    if "others" in type(known).model_fields:
        told["others"] = bool(medium.get("others", False))
    if isinstance(known, Writing):  # a text may turn out to be a program while its words stay the same
        told |= {name: medium[name] for name in ("sort", "language") if name in medium}
    return known.but(**told)


def medium_name(medium: Mapping[str, Any]) -> object:
    """Return what tells one medium from another: its bytes, its first page, its address or its words."""
    first: Mapping[str, Any] = next(iter(medium.get("pages") or ()), {})
    named = medium.get("sha256") or first.get("sha256") or medium.get("address") or medium.get("text")
    return medium["kind"], named


def _unagreed(value: Value, deep: int = 0) -> Value:
    """Return a JSON value without what only a grown-up may tick, wherever it stands in it."""
    if deep > _DEEPEST:
        raise ValueError("no medium is as deep as this")
    if isinstance(value, Mapping):
        return {name: _unagreed(inner, deep + 1) for name, inner in value.items() if name != "others_agreed"}
    return [_unagreed(inner, deep + 1) for inner in value] if isinstance(value, list) else value


def photo_kept(photo: Mapping[str, Any], lang: str, before: Picture | None) -> Picture:
    """Return the picture a control describes; what was agreed about it before stays agreed."""
    known = before or Picture.model_validate({key: photo[key] for key in ("sha256", "width", "height")})
    marks = tuple(
        LookHere(x=mark["x"], y=mark["y"], words=Passage(text=mark.get("words", ""), lang=lang))
        for mark in photo.get("looks", ())
    )
    return known.but(
        alt=words_kept(known.alt, photo.get("alt", ""), lang),
        caption=words_kept(known.caption, photo.get("caption", ""), lang),
        written=words_kept(known.written, photo.get("written", ""), lang),
        looks=known.looks if _marks(known) == photo.get("looks") else marks,
        others=bool(photo.get("others", False)),
    )


def _marks(picture: Picture) -> list[dict[str, Any]]:
    return [{"x": m.x, "y": m.y, "words": m.words.text} for m in picture.looks]


def row_value(row: Row, prompt: Prompt) -> dict[str, str]:
    """Return a row as its small lines show it: the ones this question has, all if it names none."""
    asked = [column.field for column in prompt.columns] or list(type(row).model_fields)
    return {name: _cell(getattr(row, name)) for name in asked if name in type(row).model_fields}


def _cell(kept: object) -> str:
    if isinstance(kept, Passage):
        return kept.text
    if kept is None or isinstance(kept, bool):
        return next(word for word, meant in YES_OR_NO.items() if meant is kept)
    return str(kept)


def medium_value(medium: Any) -> dict[str, Any]:
    """Return a recording, document, writing or link as its control shows it: JSON, words as plain texts."""
    return {name: _shown(kept) for name, kept in medium if name != "others_agreed"}


def _shown(kept: object) -> Value:
    if isinstance(kept, Passage):
        return kept.text
    if isinstance(kept, Picture):
        return photo_value(kept)
    return [_shown(one) for one in kept] if isinstance(kept, tuple) else kept


def photo_value(picture: Picture) -> dict[str, Any]:
    """Return a picture as its control shows it, without the small copy."""
    return {
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt.text,
        "caption": picture.caption.text,
        "written": picture.written.text,
        "others": picture.others,
        "looks": _marks(picture),
    }
