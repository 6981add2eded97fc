"""The builder where the draft, or the files the books follow, cannot be read: what it is, and the ways out."""

from __future__ import annotations

from portfolio.errors import PortfolioError
from portfolio.moments.room import Screen
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_pushing import seen_earlier
from portfolio.store.template_draft import read_draft
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import TroubleScreen
from portfolio.words import say


def trouble_screen(draft: Drafting) -> Screen | None:
    """Return the screen in the place of any other of the builder, or ``None`` if draft and files can be read."""
    voice, of_draft = draft.desk.say, True
    try:
        read_draft(draft.desk.folder)
        of_draft = False
        draft.fresh()
    except PortfolioError as error:
        screen = TroubleScreen(
            say=voice,
            trouble=say(error, voice),
            draft=of_draft,
            earlier=() if of_draft else seen_earlier(draft.desk),
        )
        return Screen(voice("What the books ask"), render(screen))
    return None
