"""The list of what goes home, for the teacher to print: a face for each file, so that none goes to the wrong home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views.alone import alone
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.words import Speech


@dataclass(frozen=True)
class SentLine:
    """One home: the child with its picture, the home, how its copy goes, its files, what to do about trouble."""

    picture: Markup
    """The child's picture in the roster; empty if it has none of ours."""
    picture_word: str
    """What the picture shows, in a word."""
    name: str
    home: str
    reads: str
    """The languages of the home, by name."""
    goes: str
    """How the home likes its copy, in words."""
    reach: str
    """How the home is reached best, in its own words."""
    file: str
    """What the files are called; empty if there are none."""
    sizes: tuple[str, ...]
    """Each file: its kind, its size, how many sheets."""
    password: str
    """What opens the PDF; empty if it is not locked for this home alone."""
    trouble: str
    """Why there is no file, or not every one, and what to do; empty if all is well."""


@dataclass(frozen=True)
class SentList:
    """Everything ``teacher/sent_list.html.j2`` may use."""

    template: ClassVar[str] = "sent_list.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    about: str
    """The class and its round."""
    lines: tuple[SentLine, ...]
    """The homes, in the order of the class."""
    passwords: bool
    """Whether passwords stand on the list: then it is a key to all files."""


def sent_list(lines: Sequence[SentLine], class_name: str, round_name: str, say: Speech) -> SafePage:
    """Return the list as a whole file: it opens anywhere, and prints fifteen homes on a sheet."""
    about = " · ".join(filter(None, (class_name, round_name)))
    page = SentList(say=say, about=about, lines=tuple(lines), passwords=any(line.password for line in lines))
    return alone(render(page), say("What goes home"), say, "sent-list.css")
