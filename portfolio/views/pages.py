# long: everything a page may use, and how one is made, is read in one place
"""Pages as functions: what a family may see, in a language, becomes a page; every variable is promised.

Each page is a dataclass whose fields are exactly the variables its template may use; a test compares
the two. :func:`render` turns it into :class:`SafePage`.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.model import MEDIA_TYPE, MediaSuffix, OwnCell, Passage, Progress, Translation
from portfolio.rules.family_view import (
    FamilyView,
    Part,
    recordings_in,
)
from portfolio.rules.over_time import worth_drawing
from portfolio.rules.running_order import Scene, running_order
from portfolio.views import icons, room, styles
from portfolio.views.answer_form import AnswerForm, script_source
from portfolio.views.charts import Charts, Followed, draw_over_time
from portfolio.views.environment import environment
from portfolio.views.explained import SchoolWords
from portfolio.views.filling import Left, Steps, filled
from portfolio.views.own_cell import own_cell
from portfolio.views.page_files import PageFiles, Smaller
from portfolio.views.phrases import PROGRESS, STANDS, TURN_STARTERS, WHO, host, length, without_echo
from portfolio.views.places import Places
from portfolio.views.safe import SafePage
from portfolio.words import Speech, speak

if TYPE_CHECKING:
    from portfolio.rules.next_teacher import NextTeacherView
    from portfolio.words.glossary import Glossary

PictureBytes = Callable[[str], bytes]
"""Gives the bytes (WebP) of a picture by its SHA-256 in hex."""

MediaAddress = Callable[[str, MediaSuffix], str]
"""Gives the address of a recording by its SHA-256 in hex and its suffix: ``data:``, or a place on this server."""

DrawChart = Callable[[Followed, str, Speech], Charts]
"""Gives the drawings of a page, for a title, in a language: drawn or taken from what was kept."""


BANDS = {"k-2": "k2", "3-5": "35", "6-8": "68", "9-12": "912"}


V = TypeVar("V", bound="FamilyView | NextTeacherView")


@dataclass(frozen=True)
class Spoken(Generic[V]):
    """What the section templates need, on every page. ``alone``: a file of its own, with its styles inside."""

    template: ClassVar[str]
    alone: ClassVar[bool] = False

    view: V
    """What may be shown. The only source of words."""
    say: Speech
    """Our texts in the page's language."""
    lead: Callable[[str, str, str], str]
    """A beginning of ours in a language, without what the words after it say again: ``lead(language, text, words)``."""
    title: str
    """What the page is called."""
    band: str
    """Age band for the styles: k2, 35, 68 or 912."""
    pictures: Callable[[str], str]
    """A ``data:`` address for a picture, by SHA-256."""
    media: MediaAddress
    """An address for a recording, by SHA-256 and suffix."""
    length: Callable[[float], str]
    """How long a recording lasts, in words."""
    host: Callable[[str], str]
    """Where an address on the web leads to."""
    charts: Callable[[Part], Charts | None]
    """How the questions or goals of a page were each time, or ``None`` where there is no line to draw."""
    own: Callable[[OwnCell], Markup]
    """A teacher's own cell as harmless HTML."""
    day: Callable[[date | None], str]
    """A day in words."""
    progress: Callable[[Progress | None], str]
    """How far something is, in one of the five words."""
    stands: Callable[[str], str]
    """Where a concern is, as a sentence."""
    who: Callable[[Part], str]
    """Whose turn a part is, in words."""
    sprite: Markup
    """The icons the page uses, as symbols."""
    school: SchoolWords
    """Texts in pieces, school words marked where they are explained; keeps count while the page is made."""
    places: Places
    """Where pictures, recordings and drawings stand; keeps count while the page is made."""
    in_theirs: Callable[[Passage], Translation | None]
    """The translation that stands for somebody's words, or ``None`` where they stand as they are."""
    own_too: bool
    """Whether somebody's own words stand below their translation."""
    apart: Callable[[Passage], bool]
    """Whether words nobody translated stand apart from a beginning of ours, which is in the language of the page."""
    foreign: Callable[[Passage, bool], str]
    """In which language words stand, in words; "" where nothing need be said. Of the short version (``True``) each is told."""


PRACTISED: Final = ":practised"
"""The screen behind the last one where one practises; no scene can have such a name."""


@dataclass(frozen=True)
class TalkNow:
    """What changes while a deck is shown.

    ``parts`` are pieces of the deck by id (``live-…``). ``now`` is the moment it was made (ISO 8601, UTC), ``step`` the
    step of the agenda that was open then and ``turned`` since when; ``scene`` is the screen a deck that is loaded
    anew goes on with. "" where nothing is known. ``practise``: the child
    is alone, its lines stand below the slides, and behind them a screen says how long it took.
    """

    parts: Mapping[str, SafePage] = field(default_factory=dict)
    now: str = ""
    step: str = ""
    turned: str = ""
    scene: str = ""
    practise: bool = False


@dataclass(frozen=True)
class TalkPage(Spoken[FamilyView]):
    """Everything ``talk.html.j2`` may use."""

    template: ClassVar[str] = "talk.html.j2"

    scenes: tuple[Scene, ...]
    """The screens, in the order they are turned: one idea each."""
    steps: int
    """How many steps the meeting has; they are counted for everybody."""
    starters: tuple[str, ...]
    """How a family's words may begin when it is its turn."""
    now: TalkNow = TalkNow()
    """What is written at the table."""


def nowhere(sha256: str, suffix: MediaSuffix) -> str:  # noqa: ARG001 - a MediaAddress
    """Return an empty address: for pages made where there are no recordings."""
    return "data:,"


def media_bytes(media: Callable[[str, MediaSuffix], bytes]) -> MediaAddress:
    """Return ``data:`` addresses of recordings from what gives their bytes."""
    return lambda sha256, suffix: room.data_address(media(sha256, suffix), MEDIA_TYPE[suffix])


STILL: Final = TalkNow()
"""A deck in which nothing is written."""


def talk_page(
    view: FamilyView,
    pictures: PictureBytes,
    draw: DrawChart = draw_over_time,
    media: MediaAddress = nowhere,
    glossary: Glossary | None = None,
    *,
    now: TalkNow = STILL,
) -> TalkPage:
    """Return the presentation, in the language the child writes in; ``glossary`` as in :func:`portfolio.views.home.home_page`."""
    say = speak(view.reads[0])
    school = SchoolWords(glossary, (*view.reads, say.lang), "button")
    shared = spoken(view, say, school, pictures=pictures, draw=draw, media=media)
    shared |= {"places": Places(folds=True)}
    scenes = running_order(view)
    return TalkPage(**shared, scenes=scenes, steps=len(view.agenda), starters=TURN_STARTERS, now=now)


def spoken(
    view: FamilyView | NextTeacherView,
    say: Speech,
    school: SchoolWords,
    *,
    pictures: PictureBytes,
    draw: DrawChart,
    media: MediaAddress,
) -> dict[str, Any]:
    """Return what every page needs that shows the parts of a book, as fields of :class:`Spoken`."""

    def charts(part: Part) -> Charts | None:
        if not isinstance(part.content, Followed) or not worth_drawing(part.content):
            return None
        made = draw(part.content, say(part.title), say)
        panels = tuple((of, Markup(svg)) for of, svg in made.panels)  # noqa: S704 - drawn and escaped by us
        return dataclasses.replace(made, panels=panels)

    return {
        "view": view,
        "say": say,
        "lead": lambda lang, text, words="": without_echo(speak(lang)(text), words),
        "title": say(N_("{name}’s book"), name=view.student_name),
        "band": BANDS[view.age_band],
        "pictures": lambda sha: room.picture_address(pictures(sha)),
        "media": media,
        "length": lambda seconds: length(seconds, say),
        "host": host,
        "charts": charts,
        "own": lambda cell: own_cell(cell, say),
        "day": say.day,
        "progress": lambda word: say(PROGRESS[word]),
        "stands": lambda word: say(STANDS[word]),
        "who": lambda part: say(WHO[part.speaker], name=view.student_name),
        "sprite": Markup(_SPRITE),  # noqa: S704 - a mark that our own icons replace
        "school": school,
        "places": Places(),
        "in_theirs": lambda passage: view.translation(passage, say.lang),
        "own_too": True,
        "apart": lambda _: False,
        "foreign": lambda _words, _short=False: "",
    }


def sealed() -> dict[str, Any]:
    """Return the styles and the content policy of a page that stands alone: marks that :func:`render` fills."""
    return {"styles": Markup(_STYLES), "policy": Markup(_POLICY)}  # noqa: S704 - marks that our own texts replace


def _policy(sheet: str, own: str = "", script: str = "") -> str:
    """Return the policy of a page whose styles are ``sheet``, which many have, and after them its ``own``."""
    made = _hash(sheet).copy()
    made.update(own.encode("utf-8"))
    digest = base64.b64encode(made.digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'sha256-{digest}'; "
        + (f"script-src {script}; " if script else "")
        + "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=8)
def _hash(sheet: str) -> hashlib._Hash:
    return hashlib.sha256(sheet.encode("utf-8"))


_SPRITE, _STYLES, _POLICY = "<\ue000sprite>", "<\ue000styles>", "<\ue000policy>"
"""Places that are filled once the words of a page are known: its icons, fonts, and content policy."""

_USED = re.compile(r'href="#i-([a-z0-9-]+)"')


@dataclass(frozen=True)
class Made:
    """A finished page, what is not in it though it belongs there, and what takes its bytes."""

    page: SafePage
    left: tuple[Left, ...]
    sizes: room.Sizes


def render(page: Spoken[Any], limit: int = room.HOME_LIMIT) -> SafePage:
    """Return the finished page of :func:`made` alone."""
    return made(page, limit).page


def made(
    page: Spoken[Any],
    limit: int = room.HOME_LIMIT,
    *,
    budget: int | None = None,
    smaller: Smaller | None = None,
) -> Made:
    """Return the finished page, with the icons and fonts it uses and no others.

    A page that stands alone has at most ``limit`` bytes: what does not fit is told where it stands. Where its words and
    pictures have more than ``budget`` bytes, ``smaller`` gives smaller pictures. Pictures and recordings are put in last:
    nine tenths of a page are theirs, and every step before would carry them.
    """
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    values |= {
        "pictures": room.place,
        "media": room.place,
        "school": page.school.fresh(),
        "places": page.places.fresh(),
    }
    text = environment().get_template(page.template).render(values)
    ours = {"sprite": icons.sprite(sorted(set(_USED.findall(text))))}
    if page.alone:
        sheet = styles.home_styles(text)
        ours |= {
            "styles": sheet,
            "policy": _policy(sheet, str(getattr(page, "running", "")), _script_of(page)),
        }
    recordings = recordings_in(page.view) if page.alone and ("<audio" in text or "<video" in text) else ()
    sizes = {f"{r.sha256}.{r.suffix}": r.size for r in recordings}
    done = filled(
        text,
        PageFiles(page.pictures, page.media, sizes, smaller),
        limit=limit if page.alone else None,
        budget=budget,
        steps=smaller.steps if smaller else Steps(),
        ours=ours,
    )
    return Made(SafePage(done.text), done.left, done.sizes)


def _script_of(page: Spoken[Any]) -> str:
    """Return how the policy names the one script of a page: that of an answer form; "" for a page without one."""
    return script_source() if isinstance(getattr(page, "answer", None), AnswerForm) else ""
