"""What a glossary file may say: one record for each kind of group in it. Its JSON Schema is made of these.

Values come as texts (a file is read without guessing types), so every field takes a text that means the right thing.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from portfolio.model import Record
from portfolio.model.record import LanguageTag
from portfolio.words.terms import Case, Kind, PartOfSpeech, TranslationStatus

GLOSSARY_VERSION: Final = 1
"""The number a glossary file of this shape says under ``schema``."""


def _listed(value: Any) -> Any:
    """Return a list: one text stands for itself."""
    return (value,) if isinstance(value, str) else value


def _yes(value: Any) -> Any:
    """Return true for "needed"."""
    return True if value == "needed" else value


def _as_swap(value: Any) -> Any:
    """Return a group: one text stands for every form, so no other form stays below it."""
    others = ("pl", "base", "s", "ed", "ing")
    return {"sg": value, **dict.fromkeys(others, "")} if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(max_length=400)]
Printed = Annotated[str, StringConstraints(max_length=80)]
Texts = Annotated[
    tuple[Printed, ...], BeforeValidator(_listed, json_schema_input_type=Printed | tuple[Printed, ...])
]
Needed = Annotated[bool, BeforeValidator(_yes, json_schema_input_type=bool | Literal["needed"])]
TermId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""As long as any name for machines (``portfolio.model.record.Identifier``): a child's choice is kept under it."""


class NearShape(Record):
    """Words round a term: anywhere in its sentence, directly before it, directly after it."""

    near: Texts = ()
    before: Texts = ()
    after: Texts = ()


class MatchShape(Record):
    """How a term is recognised: its case, other ways to write it, words that make it sure, words that rule it out."""

    case: Case = "fold"
    variants: Texts = ()
    inflect: bool = True
    hyphen: Needed = False
    det: Needed = False
    cue: NearShape = NearShape()
    skip: NearShape = NearShape()


class SwapShape(Record):
    """Plain words that can stand in the term's place: of a noun ``sg`` and ``pl``, of a verb four forms."""

    sg: Text = ""
    pl: Text = ""
    base: Text = ""
    s: Text = ""
    ed: Text = ""
    ing: Text = ""


class TranslationShape(Record):
    """Term and explanation in another language, who wrote them, when, and whether a person checked them."""

    term: Text = ""
    plain: Text = ""
    kid: Text = ""
    status: TranslationStatus | None = None
    by: Text = ""
    date: str = ""


class EntryShape(Record):
    """One school word. ``off: true`` takes the word with this id out of the glossaries below."""

    id: TermId
    off: bool = False
    term: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] | None = None
    kind: Kind | None = None
    pos: PartOfSpeech | None = None
    plain: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)] | None = (
        None
    )
    kid: Text = ""
    say: Text = ""
    expand: Texts = ()
    match: MatchShape = MatchShape()
    swap: Annotated[
        SwapShape | None, BeforeValidator(_as_swap, json_schema_input_type=Text | SwapShape | None)
    ] = None
    tags: Texts = ()
    grades: Texts = ()
    source: Texts = ()
    tr: dict[LanguageTag, TranslationShape] = Field(default_factory=dict)


class GlossaryShape(Record):
    """A glossary file: what holds for all of it, then its words under ``entries``."""

    schema_number: int = Field(GLOSSARY_VERSION, alias="schema", ge=1, le=GLOSSARY_VERSION)
    lang: Printed = "en"
    licence: Printed = ""
    tr: dict[LanguageTag, TranslationShape] = Field(default_factory=dict)
    entries: tuple[EntryShape, ...] = ()
