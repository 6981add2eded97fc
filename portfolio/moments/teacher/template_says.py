"""What stands above every screen of the template builder: whether there is a draft, and what is wrong with it."""

from __future__ import annotations

from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.store.template_draft import Draft
from portfolio.views.teacher.template_page import DraftSays
from portfolio.words import say


def draft_says(drafting: Drafting, draft: Draft) -> DraftSays:
    """Return the state of the draft, in the teacher's language."""
    mistake = drafting.mistake(draft)
    return DraftSays(
        begun=drafting.begun(),
        outdated=drafting.outdated(),
        mistake=say(mistake, drafting.desk.say) if mistake else "",
    )
