"""Sentences for whoever sits at a page, also while the class cannot be read: which language it is stands in there, too."""

from __future__ import annotations

import logging
from pathlib import PurePath
from typing import Protocol

from portfolio.carry import phrases
from portfolio.errors import PortfolioError
from portfolio.words import Speech, say, speak

log = logging.getLogger("portfolio.carry")


class Worder(Protocol):
    """What words an error in the reader's language; it may have to read the class for that."""

    def say(self, error: PortfolioError) -> str:
        """Word an error."""

    def general(self) -> str:
        """Return the sentence for trouble nobody foresaw."""


def sentence(error: PortfolioError, speech: Speech) -> str:
    """Word an error for a child or a family: of a file it names the last part, never the folders of this computer."""
    return say(_named(error), speech)


def _named(error: PortfolioError) -> PortfolioError:
    return PortfolioError(error.msgid, **{name: _short(value) for name, value in error.values.items()})


def _short(value: object) -> object:
    if isinstance(value, PurePath):
        return value.name
    if isinstance(value, PortfolioError):
        return _named(value)
    return [_short(one) for one in value] if isinstance(value, tuple | list) else value


def worded(host: Worder, error: PortfolioError, lang: str) -> str:
    """Return a sentence for an error; ``lang`` is the language the page had last, if the class cannot be asked."""
    try:
        return host.say(error)
    except PortfolioError:
        return sentence(error, speak(lang))
    except Exception:  # a reader must read a sentence, whatever went wrong
        log.exception("A sentence could not be worded")
        return sentence(error, speak(lang))


def general(host: Worder, lang: str) -> str:
    """Return the sentence for trouble nobody foresaw, as :func:`worded` does."""
    try:
        return host.general()
    except Exception:  # as above
        log.exception("The sentence for trouble could not be worded")
        return speak(lang)(phrases.GENERAL)
