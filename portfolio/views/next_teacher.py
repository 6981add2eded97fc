"""The file a child's next teacher gets: the pages the child picked, and what its teachers noted. One page, no script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from portfolio.rules.family_view import Part
from portfolio.rules.next_teacher import NextTeacherView
from portfolio.views.charts import draw_over_time
from portfolio.views.explained import SchoolWords
from portfolio.views.pages import DrawChart, MediaAddress, PictureBytes, Spoken, nowhere, sealed, spoken
from portfolio.views.two_languages import other_than
from portfolio.words import speak

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


@dataclass(frozen=True)
class NextTeacherPage(Spoken[NextTeacherView]):
    """Everything ``next_teacher.html.j2`` may use."""

    template: ClassVar[str] = "next_teacher.html.j2"
    alone: ClassVar[bool] = True

    parts: tuple[Part, ...]
    """The pages the child picked, those that say something."""
    styles: Markup
    """All styles, fonts included, as one text."""
    policy: Markup
    """The content policy: nothing but what is in the file itself."""


def next_teacher_page(
    view: NextTeacherView,
    pictures: PictureBytes,
    draw: DrawChart = draw_over_time,
    media: MediaAddress = nowhere,
) -> NextTeacherPage:
    """Return the file for a next teacher, in the language of the class. School words are not explained to it."""
    say = speak(view.reads[0])
    school = SchoolWords(no_words(), (say.lang,))
    shared = spoken(view, say, school, pictures=pictures, draw=draw, media=media)
    shared["apart"] = other_than(say)
    return NextTeacherPage(**shared, parts=view.parts, **sealed())


@lru_cache(maxsize=1)
def no_words() -> Glossary:
    """Return a glossary without a word: for pages that explain none."""
    from portfolio.words.glossary.load import from_data

    return from_data([])
