"""What every screen of the template builder says of the draft: whether there is one, how large, what is wrong with it."""

from __future__ import annotations

from portfolio.errors import InputRefused
from portfolio.moments.teacher.setup_steps import BANDS
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.store.template_draft import Draft
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import DraftBar, DraftSays
from portfolio.words import say


def draft_says(drafting: Drafting, draft: Draft) -> DraftSays:
    """Return the state of the draft, in the teacher's language."""
    mistake = _other_grades(drafting, draft) or drafting.mistake(draft)
    return DraftSays(
        begun=drafting.begun(),
        changes=drafting.changes(),
        outdated=drafting.outdated(),
        mistake=say(mistake, drafting.desk.say) if mistake else "",
    )


def _other_grades(drafting: Drafting, draft: Draft) -> InputRefused | None:
    """Return why a draft begun before the class got other grades cannot be given to the books, or ``None``."""
    theirs, ours = draft.template.age_band, drafting.desk.school_class.age_band
    if theirs == ours or theirs == drafting.fresh().template.age_band:
        return None
    voice = drafting.desk.say
    return InputRefused(
        "This draft is for other grades ({theirs}), your class is: {ours}. Throw the draft away and begin again, or begin "
        "from a file.",
        theirs=voice(BANDS[theirs]),
        ours=voice(BANDS[ours]),
    )


def bar(drafting: Drafting) -> dict[str, SafePage]:
    """Return the line at the foot of the builder as it is now, for the answer to a form that keeps itself."""
    says = draft_says(drafting, drafting.now())
    return {"draft-bar": render(DraftBar(say=drafting.desk.say, says=says))}
