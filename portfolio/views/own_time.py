"""A meeting in a family's own time: one file with what the child tells, step by step, and a form to answer on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.rules.conversation import cards_for
from portfolio.rules.family_view import FamilyView, passages_in
from portfolio.rules.own_time import Telling, minutes_of, telling
from portfolio.rules.school_words import fine_anywhere
from portfolio.views.answer_form import AnswerForm, answer_form
from portfolio.views.charts import draw_over_time
from portfolio.views.explained import SchoolWords
from portfolio.views.pages import DrawChart, MediaAddress, PictureBytes, Spoken, nowhere, sealed, spoken
from portfolio.views.papers import TURN
from portfolio.views.two_languages import other_than
from portfolio.words import speak

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


@dataclass(frozen=True)
class OwnTimePage(Spoken[FamilyView]):
    """Everything ``own_time.html.j2`` may use."""

    template: ClassVar[str] = "own_time.html.j2"
    alone: ClassVar[bool] = True

    steps: tuple[Telling, ...]
    """The steps of the meeting, with what is told at each."""
    minutes: int
    """About how many minutes all of it takes."""
    by: date
    """The day until which an answer is hoped for."""
    cards: tuple[str, ...]
    """Questions a family may ask the child."""
    answer: AnswerForm
    """The form a family may answer on."""
    turn: Mapping[str, str]
    """Whose turn a step is."""
    fine: tuple[str, ...]
    """School words that need no explaining anywhere."""
    draft_of_ours: bool
    """Whether our own texts are in a language nobody has checked."""
    draft_of_words: bool
    """Whether words somebody wrote are shown in a translation that no person has made or checked."""
    styles: Markup
    """All styles, fonts included, as one text."""
    policy: Markup
    """The content policy: nothing but what is in the file itself."""


def own_time_page(
    view: FamilyView,
    pictures: PictureBytes,
    draw: DrawChart = draw_over_time,
    media: MediaAddress = nowhere,
    glossary: Glossary | None = None,
    *,
    by: date,
    code: str = "",
) -> OwnTimePage:
    """Return the file for a home that holds the meeting by itself, in its first language; answers are hoped for ``by`` a day.

    ``view`` is one for ``own_time``; ``glossary`` none: the one we ship. ``code``: as in :func:`portfolio.views.home.home_page`.
    """
    say = speak(view.reads[0])
    school = SchoolWords(glossary, (*view.reads, say.lang))
    shared = spoken(view, say, school, pictures=pictures, draw=draw, media=media)
    shown = (view.translation(passage, say.lang) for passage in passages_in(view))
    shared["apart"] = other_than(say)
    return OwnTimePage(
        **{**shared, "title": say(N_("{name}’s book, to listen to at home"), name=view.student_name)},
        steps=telling(view),
        minutes=minutes_of(view),
        by=by,
        cards=cards_for(view.age_band),
        answer=answer_form(view, say, code, own_time=True, by=by),
        turn=TURN,
        fine=fine_anywhere(view.parts),
        draft_of_ours=not say.language.reviewed_by,
        draft_of_words=any(one is not None and one.made_by != "human" for one in shown),
        **sealed(),
    )
