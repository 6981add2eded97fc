"""Every way things can go wrong, and what we say when they do.

::

    PortfolioError                 anything we foresaw; always a sentence, never a traceback
    ├── InputRefused               something came in that we can't take
    │   ├── PictureRefused         … a picture (says it in a child's words)
    │   ├── MediaRefused           … a recording, video, document, text or link (in a child's words)
    │   ├── TextRefused            … a text that is far too long
    │   ├── TemplateMistake        … a class template (file, line, what is wrong, what is allowed)
    │   └── NotebookMistake        … a notebook that cannot be read
    ├── NotFound                   a class, student, household or entry that is not there
    ├── ChangedMeanwhile           somebody else saved first (carries what they saved)
    ├── NotAllowed                 a key, cookie or signature that does not fit
    ├── StorageTrouble             disk full, damaged file, newer version
    └── SetupTrouble               something is missing on this computer

An error carries a *message id* (an English sentence with ``{names}``) and the values for it. It is
worded at the edge, in the language of whoever reads it: ``portfolio.words.say(error, language)``.
``str(error)`` is the English sentence, for logs and for teachers at the command line.

A sentence says three things: what happened, to which thing, what to try next.
"""

from __future__ import annotations

from typing import ClassVar


def N_(msgid: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for the catalogues and hand it back unchanged."""
    return msgid


def many(one: str, more: str) -> tuple[str, str]:
    """Mark two texts as the forms of one that counts ``{n}``, said later with ``say.many(*texts, n)``."""
    return one, more


class PortfolioError(Exception):
    """Something we foresaw went wrong; ``msgid`` and ``values`` make the sentence."""

    exit_code: ClassVar[int] = 1

    def __init__(self, msgid: str, **values: object) -> None:
        """Keep the message id (English, with ``{names}``) and the values that fill it."""
        super().__init__(msgid)
        self.msgid = msgid
        self.values = values

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.msgid.format(**self.values)


class InputRefused(PortfolioError):
    """Something came in that we cannot take."""

    exit_code = 3


class PictureRefused(InputRefused):
    """A picture we cannot take; the sentence is meant for a child."""


class MediaRefused(InputRefused):
    """A recording, video, document, text or link we cannot take; the sentence is meant for a child."""


class TextRefused(InputRefused):
    """A text we cannot take, even after cleaning."""


class TemplateMistake(InputRefused):
    """A class template that says something we do not know."""


class NotebookMistake(InputRefused):
    """A notebook that cannot be read as one."""


class NotFound(PortfolioError):
    """A class, student, household or entry that is not there."""

    exit_code = 4


class ChangedMeanwhile(PortfolioError):
    """The entry has a newer version than the one this change was made from."""

    exit_code = 5


class NotAllowed(PortfolioError):
    """A key, cookie or signature that does not fit."""

    exit_code = 6


class StorageTrouble(PortfolioError):
    """The place where things are kept does not work as it should."""

    exit_code = 7


class SetupTrouble(PortfolioError):
    """Something this computer needs is missing."""

    exit_code = 8
