"""A quick look: one page for a talk of five minutes, on a screen, a phone, or one side of paper. No script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.rules.brief import short_names
from portfolio.rules.family_view import FamilyView, passages_in
from portfolio.rules.quick_look import QuickLook, quick_look
from portfolio.views.charts import draw_over_time
from portfolio.views.explained import SchoolWords
from portfolio.views.next_teacher import no_words
from portfolio.views.pages import DrawChart, MediaAddress, PictureBytes, Spoken, nowhere, sealed, spoken
from portfolio.words import speak


@dataclass(frozen=True)
class QuickLookPage(Spoken[FamilyView]):
    """Everything ``quick_look.html.j2`` may use."""

    template: ClassVar[str] = "quick_look.html.j2"
    alone: ClassVar[bool] = True

    look: QuickLook
    """What is shown of the book."""
    draft_of_ours: bool
    """Whether our own texts are in a language nobody has checked."""
    draft_of_words: bool
    """Whether words somebody wrote are shown in a translation that no person has made or checked."""
    styles: Markup
    """All styles, fonts included, as one text."""
    policy: Markup
    """The content policy: nothing but what is in the file itself."""


def quick_look_page(
    view: FamilyView,
    pictures: PictureBytes,
    draw: DrawChart = draw_over_time,
    media: MediaAddress = nowhere,
) -> QuickLookPage:
    """Return the page for a quick look, in the first language of the readers. No school word is explained on it."""
    say = speak(view.reads[0])
    view = short_names(view)
    look = quick_look(view, say.lang)
    shared = spoken(
        view, say, SchoolWords(no_words(), (say.lang,)), pictures=pictures, draw=draw, media=media
    )
    shown = (view.translation(passage, say.lang) for passage in passages_in(look))
    return QuickLookPage(
        **shared,
        look=look,
        draft_of_ours=not say.language.reviewed_by,
        draft_of_words=any(one is not None and one.made_by != "human" for one in shown),
        **sealed(),
    )
