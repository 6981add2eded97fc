"""The file that goes home, as a page: everything its template may use, and how it is made from what a home may see."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.model import Passage
from portfolio.rules.activities import NONE, Suggested
from portfolio.rules.family_view import FamilyView, ParkedSeen, Part, Said, passages_in
from portfolio.rules.help_places import HelpPlace
from portfolio.rules.school_words import fine_anywhere
from portfolio.rules.short import is_short
from portfolio.rules.shown import FOR_THE_TABLE
from portfolio.views.answer_form import AnswerForm, answer_form
from portfolio.views.charts import draw_over_time
from portfolio.views.explained import SchoolWords
from portfolio.views.pages import DrawChart, MediaAddress, PictureBytes, Spoken, nowhere, sealed, spoken
from portfolio.views.phrases import no_day_yet
from portfolio.views.places import Places
from portfolio.views.running import running
from portfolio.views.two_languages import (
    TwoLanguages,
    base,
    has_two,
    name_here,
    other_than,
    other_tongues,
    two_languages,
)
from portfolio.words import Speech, language, speak

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


@dataclass(frozen=True)
class HomePage(Spoken[FamilyView]):
    """Everything ``home.html.j2`` may use."""

    template: ClassVar[str] = "home.html.j2"
    alone: ClassVar[bool] = True

    parts: tuple[Part, ...]
    """The pages of the book, those with something to show."""
    styles: Markup
    """All styles, fonts included, as one text."""
    policy: Markup
    """The content policy: nothing but what is in the file itself."""
    draft_of_ours: bool
    """Whether our own texts are in a language nobody has checked."""
    draft_of_words: bool
    """Whether words somebody wrote are shown in a translation that no person has made or checked."""
    fits: Callable[[Said], bool]
    """Whether words are short enough for the short version; nobody's words are cut, longer ones are a link away."""
    two: TwoLanguages | None
    """How the file stands in two languages, or ``None`` for one."""
    not_ours: str
    """The language of the home, in which we have no texts of our own, as its speakers call it; "" where we have."""
    untold: str
    """The languages of words that these readers may not read and nobody has translated, in words; "" for none."""
    no_day: str
    """What the short version says where there is no day to look again; "" where we know of no meeting."""
    later: tuple[ParkedSeen, ...]
    """What the table keeps for later and has not talked about since."""
    running: Markup
    """The styles that put the name of the book and the number of the sheet on each printed page."""
    answer: AnswerForm
    """The form a family may answer on."""
    activities: Suggested
    """Short things to do at home for the goal; none where there is no goal."""
    help_places: tuple[HelpPlace, ...]
    """The school's own list of places that help."""
    fine: tuple[str, ...]
    """School words that need no explaining in the short version: those that are fine on some page, and wanted on none."""


def home_page(
    view: FamilyView,
    pictures: PictureBytes,
    draw: DrawChart = draw_over_time,
    media: MediaAddress = nowhere,
    glossary: Glossary | None = None,
    *,
    code: str = "",
    activities: Suggested = NONE,
    help_places: tuple[HelpPlace, ...] = (),
) -> HomePage:
    """Return the file that goes home, in the household's first language; ``glossary`` none: the one we ship.

    ``activities`` are short things to do at home for the goal, ``help_places`` the school's list of places that help.
    ``code`` says whose answer it is that comes back (:mod:`portfolio.rules.sent_back`); "" where there can be none.
    """
    say = speak(view.reads[0])
    school = SchoolWords(glossary, (*view.reads, say.lang))
    parts = tuple(p for p in view.parts if _stands_at_home(p))
    written = passages_in((parts, view.learning, view.shows_learning))
    tongues, few = other_tongues(view, written, say.lang)
    two = has_two(view, written, say.lang)
    shared = spoken(view, say, school, pictures=pictures, draw=draw, media=media)
    shared |= {"places": Places("zoom"), "own_too": not two}
    shared |= {"apart": other_than(say), "foreign": _in_which(tongues if two and few else (), say)}
    return HomePage(
        **shared,
        parts=parts,
        **sealed(),
        running=running(shared["title"], say),
        fits=lambda said: is_short(said, view.translation(said.words, say.lang)),
        two=two_languages(view, say, parts, pictures=pictures, draw=draw, media=media) if two else None,
        not_ours="" if base(say.lang) == base(view.reads[0]) else language(view.reads[0]).own_name,
        untold=say.comma.join(name_here(tag, say) for tag in tongues),
        draft_of_ours=not say.language.reviewed_by,
        draft_of_words=_shows_drafts(view, say.lang),
        no_day=no_day_yet(view, say),
        later=tuple(one for one in view.parked if not one.done),
        answer=answer_form(view, say, code),
        activities=activities,
        help_places=help_places,
        fine=fine_anywhere(view.parts),
    )


def _stands_at_home(part: Part) -> bool:
    """Return whether a page is in the file: filled, or one whose emptiness says something; no cards for the table."""
    return part.section not in FOR_THE_TABLE and (
        part.filled or part.content.holds in ("strengths", "goals", "growing")
    )


def _in_which(tongues: Collection[str], say: Speech) -> Callable[[Passage, bool], str]:
    """Return what says in which language words stand: in the short version always, else only of these ``tongues``."""
    other = other_than(say)

    def told(words: Passage, short: bool) -> str:
        if not (other(words) if short else words.lang in tongues):
            return ""
        return say(N_("in {language}"), language=name_here(words.lang, say))

    return told


def _shows_drafts(view: FamilyView, lang: str) -> bool:
    shown = (view.translation(passage, lang) for passage in passages_in(view))
    return any(t is not None and t.made_by != "human" for t in shown)
