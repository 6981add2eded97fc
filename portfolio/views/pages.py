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
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from markupsafe import Markup, escape

from portfolio.errors import N_
from portfolio.model import MEDIA_TYPE, MediaSuffix, OwnCell, Progress
from portfolio.rules.family_view import (
    FamilyView,
    Part,
    RatingsPart,
    passages_in,
    recordings_in,
)
from portfolio.rules.next_teacher import NextTeacherView
from portfolio.rules.running_order import Scene, running_order
from portfolio.rules.school_words import fine_anywhere
from portfolio.views import icons, room, styles
from portfolio.views.charts import Chart, draw_ratings, worth_drawing
from portfolio.views.environment import environment
from portfolio.views.explained import SchoolWords
from portfolio.views.own_cell import own_cell
from portfolio.views.phrases import FACES, PROGRESS, STANDS, STARTERS, TURN_STARTERS, WHO, host, length
from portfolio.views.safe import SafePage
from portfolio.words import Speech, speak

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary

PictureBytes = Callable[[str], bytes]
"""Gives the bytes (WebP) of a picture by its SHA-256 in hex."""

MediaAddress = Callable[[str, MediaSuffix], str]
"""Gives the address of a recording by its SHA-256 in hex and its suffix: ``data:``, or a place on this server."""

DrawChart = Callable[[RatingsPart, str, Speech], Chart]
"""Gives the drawing of a ratings page, for a title, in a language: drawn or taken from what was kept."""


BANDS = {"k-2": "k2", "3-5": "35", "6-8": "68", "9-12": "912"}


V = TypeVar("V", bound=FamilyView | NextTeacherView)


@dataclass(frozen=True)
class Spoken(Generic[V]):
    """What the section templates need, on every page. ``alone``: a file of its own, with its styles inside."""

    template: ClassVar[str]
    alone: ClassVar[bool] = False

    view: V
    """What may be shown. The only source of words."""
    say: Speech
    """Our texts in the page's language."""
    lead: Callable[[str, str], str]
    """A beginning of ours in the language of the child's words: ``lead(language, text)``."""
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
    charts: Callable[[Part], Chart | None]
    """The drawing of a ratings page, or ``None`` where there is no line to draw."""
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
    faces: tuple[tuple[str, str], ...]
    """Faces of the reply form: icon and word."""
    starters: tuple[str, ...]
    """Sentence beginnings of the reply form."""
    fine: tuple[str, ...]
    """School words that need no explaining in the short version: those that are fine on some page, and wanted on none."""


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


def nowhere(sha256: str, suffix: MediaSuffix) -> str:  # noqa: ARG001 - a MediaAddress
    """Return an empty address: for pages made where there are no recordings."""
    return "data:,"


def media_bytes(media: Callable[[str, MediaSuffix], bytes]) -> MediaAddress:
    """Return ``data:`` addresses of recordings from what gives their bytes."""
    return lambda sha256, suffix: room.data_address(media(sha256, suffix), MEDIA_TYPE[suffix])


def home_page(
    view: FamilyView,
    pictures: PictureBytes,
    draw: DrawChart = draw_ratings,
    media: MediaAddress = nowhere,
    glossary: Glossary | None = None,
) -> HomePage:
    """Return the file that goes home, in the household's first language; ``glossary`` none: the one we ship."""
    say = speak(view.reads[0])
    school = SchoolWords(glossary, (*view.reads, say.lang))
    parts = tuple(p for p in view.parts if p.filled or p.content.holds in ("strengths", "goals", "growing"))
    return HomePage(
        **spoken(view, say, school, pictures=pictures, draw=draw, media=media),
        parts=tuple(p for p in parts if p.section != "ask_me"),
        **sealed(),
        draft_of_ours=not say.language.reviewed_by,
        draft_of_words=_shows_drafts(view, say.lang),
        faces=FACES,
        starters=STARTERS,
        fine=fine_anywhere(view.parts),
    )


def _shows_drafts(view: FamilyView, lang: str) -> bool:
    shown = (view.translation(passage, lang) for passage in passages_in(view))
    return any(t is not None and t.made_by != "human" for t in shown)


def talk_page(
    view: FamilyView,
    pictures: PictureBytes,
    draw: DrawChart = draw_ratings,
    media: MediaAddress = nowhere,
    glossary: Glossary | None = None,
) -> TalkPage:
    """Return the presentation, in the language the child writes in; ``glossary`` as in :func:`home_page`."""
    say = speak(view.reads[0])
    school = SchoolWords(glossary, (*view.reads, say.lang), "button")
    shared = spoken(view, say, school, pictures=pictures, draw=draw, media=media)
    scenes = running_order(view)
    return TalkPage(**shared, scenes=scenes, steps=len(view.agenda), starters=TURN_STARTERS)


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

    def charts(part: Part) -> Chart | None:
        if not isinstance(part.content, RatingsPart) or not worth_drawing(part.content):
            return None
        chart = draw(part.content, say(part.title), say)
        return dataclasses.replace(chart, svg=Markup(chart.svg))  # noqa: S704 - drawn and escaped by us

    return {
        "view": view,
        "say": say,
        "lead": lambda lang, text: speak(lang)(text),
        "title": say(N_("{name}’s book"), name=view.student_name),
        "band": BANDS[view.age_band],
        "pictures": lambda sha: room.data_address(pictures(sha)),
        "media": media,
        "length": lambda seconds: length(seconds, say),
        "host": host,
        "charts": charts,
        "own": own_cell,
        "day": say.day,
        "progress": lambda word: say(PROGRESS[word]),
        "stands": lambda word: say(STANDS[word]),
        "who": lambda part: say(WHO[part.speaker], name=view.student_name),
        "sprite": Markup(_SPRITE),  # noqa: S704 - a mark that our own icons replace
        "school": school,
    }


def sealed() -> dict[str, Any]:
    """Return the styles and the content policy of a page that stands alone: marks that :func:`render` fills."""
    return {"styles": Markup(_STYLES), "policy": Markup(_POLICY)}  # noqa: S704 - marks that our own texts replace


@lru_cache(maxsize=8)
def _policy(sheet: str) -> str:
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


_SPRITE, _STYLES, _POLICY = "<\ue000sprite>", "<\ue000styles>", "<\ue000policy>"
"""Places that are filled once the words of a page are known: its icons, fonts, and content policy."""

_USED = re.compile(r'href="#i-([a-z0-9-]+)"')


def render(page: Spoken[Any], limit: int = room.HOME_LIMIT) -> SafePage:
    """Return the finished page, with the icons and fonts it uses and no others.

    A page that stands alone has at most ``limit`` bytes: what does not fit is told where it stands. Pictures and
    recordings are put in last: nine tenths of a page are theirs, and every step before would carry them.
    """
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    values |= {"pictures": room.place, "media": room.place, "school": page.school.fresh()}
    text = environment().get_template(page.template).render(values)
    used = sorted(set(_USED.findall(text)))
    if page.alone:
        sheet = styles.home_styles(text)
        text = text.replace(_STYLES, sheet, 1).replace(_POLICY, _policy(sheet), 1)
    text = text.replace(_SPRITE, icons.sprite(used), 1)
    recordings = recordings_in(page.view) if page.alone and ("<audio" in text or "<video" in text) else ()
    sizes = {f"{r.sha256}.{r.suffix}": r.size for r in recordings}
    return SafePage(room.filled(text, _addresses(page), limit=limit if page.alone else None, sizes=sizes))


def _addresses(page: Spoken[Any]) -> Callable[[str], str]:
    """Return what gives an address by the name in a mark: a digest, for recordings with its suffix."""

    def address(name: str) -> str:
        sha256, _, suffix = name.partition(".")
        made = page.media(sha256, cast("MediaSuffix", suffix)) if suffix else page.pictures(sha256)
        return str(escape(made))

    return address
