"""The ground every record stands on: frozen, validated, cleaned once at the border."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

LONGEST_TEXT = 200_000
"""Characters one text may have. Far beyond any answer; it only stops a runaway paste."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean_text(value: object) -> object:
    r"""Return a text as it may be kept: NFC, ``\n`` line ends, no control characters.

    Dropped: NUL and the C0 and C1 controls except tab and newline. A lone surrogate becomes U+FFFD
    (databases refuse it). Joiners and direction marks stay: Arabic, Persian and emoji need them.
    Cleaning twice changes nothing. Anything that is not a text is handed back for validation.
    """
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isprintable():
        return value  # most texts: looking closely would change nothing
    text = _SURROGATE.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


Text = Annotated[str, BeforeValidator(clean_text), StringConstraints(max_length=LONGEST_TEXT)]
"""A text of any number of lines."""

Line = Annotated[
    str, BeforeValidator(clean_text), StringConstraints(max_length=2_000), AfterValidator(_one_line)
]
"""A text on one line: a name, a title, a label. White space is gathered to single spaces."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
"""A name for machines: safe in file names, addresses and HTML ids."""

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 language tag such as ``en``, ``es`` or ``zh-Hans``."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hex: the name of a picture."""


class Record(BaseModel):
    """A thing with named, checked fields that never changes.

    Asking for a change gives another record: :meth:`but`. Unknown fields are refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    def but(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated like a new one.

        Raises ``pydantic.ValidationError`` for an unknown field or an impossible value.
        """
        return type(self).model_validate({**dict(self), **changes})
