"""What every screen of the template builder says of the draft: whether there is one, how large, what is wrong with it."""

from __future__ import annotations

from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.store.template_draft import Draft
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import DraftBar, DraftSays
from portfolio.words import say


def draft_says(drafting: Drafting, draft: Draft) -> DraftSays:
    """Return the state of the draft, in the teacher's language."""
    mistake = drafting.mistake(draft)
    return DraftSays(
        begun=drafting.begun(),
        changes=drafting.changes(),
        outdated=drafting.outdated(),
        mistake=say(mistake, drafting.desk.say) if mistake else "",
    )


def bar(drafting: Drafting) -> dict[str, SafePage]:
    """Return the line at the foot of the builder as it is now, for the answer to a form that keeps itself."""
    says = draft_says(drafting, drafting.now())
    return {"draft-bar": render(DraftBar(say=drafting.desk.say, says=says))}
