"""Words somebody wrote, and in which language: the smallest thing in a portfolio."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from portfolio.model.record import LanguageTag, Line, Record, Sha256, Text

Translator = Literal["human", "draft", "machine"]
"""Who made a translation. Only ``human`` may be shown without a mark."""


class Translation(Record):
    """The same words in another language, and who put them there."""

    lang: LanguageTag
    text: Text
    made_by: Translator = "draft"
    translator: Line = ""


class Passage(Record):
    """A text a person wrote, in one language, perhaps with translations.

    The language belongs to the passage, not to the page: a grandmother's line in an English book
    keeps its own ``lang`` and direction.
    """

    text: Text = ""
    lang: LanguageTag = "en"
    translations: tuple[Translation, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any, info: ValidationInfo) -> Any:
        """Take a plain text as a passage in the language of the validation context (else English)."""
        if isinstance(value, str):
            return {"text": value, "lang": (info.context or {}).get("lang", "en")}
        return value

    def __bool__(self) -> bool:
        """Return whether anything but white space was written."""
        return bool(self.text.strip())

    def translated(self, lang: str) -> Translation | None:
        """Return the translation into ``lang`` (its main language counts), or ``None``."""
        main = lang.split("-")[0]
        exact = (t for t in self.translations if t.lang == lang)
        near = (t for t in self.translations if t.lang.split("-")[0] == main)
        return next(exact, None) or next(near, None)


class LookHere(Record):
    """A mark on a picture: where (as fractions of its width and height, 0 to 1) and what to see."""

    x: Annotated[float, Field(ge=0, le=1)]
    y: Annotated[float, Field(ge=0, le=1)]
    words: Passage = Passage()


class Picture(Record):
    """A picture as it stands in an entry: which one, what it shows, what to look at.

    ``sha256`` names the bytes in the student's media folder; ``alt`` says what a friend who cannot
    see it would be told; ``written`` is what is written in it (a poem, a page of sums), word for word, for
    whoever cannot read it there; ``others`` is true while other people can be seen in it: such a picture
    stays out of family files until somebody ticks it in (``others_agreed``).
    """

    sha256: Sha256
    width: Annotated[int, Field(ge=1, le=20_000)]
    height: Annotated[int, Field(ge=1, le=20_000)]
    alt: Passage = Passage()
    caption: Passage = Passage()
    written: Passage = Passage()
    looks: tuple[LookHere, ...] = ()
    others: bool = False
    others_agreed: bool = False
