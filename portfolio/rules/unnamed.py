"""A copy for a home without the names of other children of the class: every passage, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from portfolio.model import OwnCell, OwnPicture, Passage, Record
from portfolio.rules import family_view as v
from portfolio.rules.classmates import Classmates, suspects, without_names

LINES: Final[Mapping[type[Record], tuple[str, ...]]] = {
    v.StepSeen: ("when", "where"),
    v.HelperSeen: ("who", "ask_by"),
    v.StrengthSeen: ("quote_by",),
    v.AgreementSeen: ("name",),
    v.LookBackSeen: ("name",),
    v.ParkedSeen: ("name",),
    v.WorkSeen: ("subject",),
    OwnCell: ("markdown",),
    OwnPicture: ("alt",),
}
"""What a person typed besides passages: the fields of each record. They are in the language of the book."""

OWN_WORDS: Final[Mapping[type[Record], tuple[str, ...]]] = {
    v.RepliesPart: ("replies",),
    v.ConcernSeen: ("words", "closed_with"),
}
"""What this home wrote itself: it gets its own words as they are."""

R = TypeVar("R", bound=Record)


def unnamed(value: R, who: Classmates, lang: str) -> R:
    """Return a record with neutral words in place of the names; ``lang`` is that of texts that do not say theirs.

    What holds no name comes back as it is, so that a copy without names costs next to nothing.
    """
    if not (who.names.runs or who.names.signs):
        return value
    maybe = suspects((text for text, _ in texts_in(value, lang)), who)
    if not maybe:
        return value

    def without(text: str, of: str) -> str:
        return without_names(text, of, who) if any(word in text for word in maybe) else text

    made: R = _unnamed(value, without, lang)
    return made


Without = Callable[[str, str], str]
"""A text and its language → the text without names; the very same where it has none."""


def _unnamed(value: Any, without: Without, lang: str) -> Any:
    if isinstance(value, Passage):
        return _passage(value, without)
    if isinstance(value, tuple):
        made = tuple(_unnamed(one, without, lang) for one in value)
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value
    if not isinstance(value, Record):
        return value
    own, lines = OWN_WORDS.get(type(value), ()), LINES.get(type(value), ())
    changed = {}
    for name, old in vars(value).items():
        if name in own:
            continue
        if isinstance(old, Record | tuple) or name in lines:
            new = without(old, lang) if name in lines else _unnamed(old, without, lang)
        else:
            continue
        if new is not old:
            changed[name] = new
    return value.model_copy(update=changed) if changed else value


def _passage(passage: Passage, without: Without) -> Passage:
    text = without(passage.text, passage.lang)
    others = tuple(
        t if (words := without(t.text, t.lang)) is t.text else t.but(text=words) for t in passage.translations
    )
    same = text is passage.text and all(a is b for a, b in zip(others, passage.translations, strict=True))
    return passage if same else passage.but(text=text, translations=others)


def texts_in(value: object, lang: str) -> list[tuple[str, str]]:
    """Return every text that :func:`unnamed` looks at, with its language."""
    found: list[tuple[str, str]] = []
    ahead: list[Any] = [value]
    while ahead:  # as in v.records_in: calls for each would take longer than all else
        one = ahead.pop()
        what: Any = type(one)
        if what in v.PLAIN:
            continue
        if what is Passage:
            found.append((one.text, one.lang))
            found += [(t.text, t.lang) for t in one.translations]
        elif what is tuple:
            ahead += reversed(one)
        elif what is list:  # a line of a record, which waits for its turn
            found.append((one[0], lang))
        elif v.is_record(what):
            own, lines = OWN_WORDS.get(what, ()), LINES.get(what, ())
            ahead += reversed(
                [[inner] if name in lines else inner for name, inner in vars(one).items() if name not in own]
            )
    return found
