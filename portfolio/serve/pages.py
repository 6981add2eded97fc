"""The few pages of the door itself: who are you, please open your own link, hello, goodbye, not here.

Each page has a frozen dataclass whose fields are exactly what its template may use. The child's pages
themselves are notebooks and are made elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup

from portfolio.carry import source
from portfolio.files import page_templates
from portfolio.serve.door import RosterCard
from portfolio.serve.family_pages import FamilyEndedPage
from portfolio.serve.home_pages import HomeFramePage, HomeTroublePage
from portfolio.serve.pictures import SECRET_PICTURES, WORDS
from portfolio.serve.room_shell import RoomShell
from portfolio.serve.teacher_pages import TeacherClosedPage
from portfolio.views.environment import environment
from portfolio.views.styles import meeting_sheets, sheet, teacher_sheets
from portfolio.words.speech import Speech

SHEETS = ("tokens.css", "book.css", "desk.css", "present.css", "media.css", "tools.css", "reading.css")


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the door shows it."""

    student_id: str
    """The class's own id; the value of the child's button."""
    name: str
    """The name it is called by."""
    initial: str
    """The first letter, shown where there is no picture."""
    picture: Markup | None
    """The roster picture as inline SVG, or None."""
    word: str = ""
    """What the picture shows, in the language of the class."""
    twin: bool = False
    """True if another child of the class has the same name: the word is then shown beside it."""
    number: int = 0
    """1, 2 … among children who share a picture, because the class is larger than our box of them; else 0."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One of the pictures a secret is made of."""

    name: str
    """The value of its button."""
    word: str
    """What it shows."""
    picture: Markup
    """Inline SVG."""


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The page “Who are you?”: a button with picture and name for every child."""

    template: ClassVar = "roster.html.j2"
    class_name: str
    """What the class is called."""
    children: Sequence[Child]
    """In the order of the roster."""
    teacher: bool = False
    """True if the teacher can come in here by a word: a quiet link leads there."""


@dataclass(frozen=True, slots=True)
class AreYouPage:
    """“Are you Noa?”: a picture pressed by mistake opens nobody's book."""

    template: ClassVar = "are_you.html.j2"
    child: Child
    """Whose picture was pressed."""
    xsrf: str
    """The token the form sends back."""


@dataclass(frozen=True, slots=True)
class SecretPage:
    """“Your secret pictures”: two of twelve, one after the other."""

    template: ClassVar = "secret.html.j2"
    child: Child
    """Who says it is there."""
    pictures: Sequence[Secret]
    """The twelve, always in the same places."""
    first: str
    """The name of the picture that was picked first; empty while it is asked for."""
    wrong: bool
    """True if two were picked that are not this child's."""
    xsrf: str
    """The token the form sends back."""


@dataclass(frozen=True, slots=True)
class OpenYourLinkPage:
    """The page “Please open your own link”: for a browser that nobody has come in with."""

    template: ClassVar = "open_your_link.html.j2"
    class_name: str
    """What the class is called."""
    wrong: bool
    """True if a link was tried that is nobody's."""
    teacher: bool = False
    """True if the teacher can come in here by a word: a quiet link leads there."""


@dataclass(frozen=True, slots=True)
class PassingPage:
    """“Hello” and “See you”: shown for a moment while the browser forgets what others left in it."""

    template: ClassVar = "passing.html.j2"
    child: Child | None
    """Who comes or goes, or None if the roster no longer knows."""
    leaving: bool
    """True for "See you"."""
    goto: str
    """The address that comes next."""
    keep: str
    """How the names of databases begin that stay in the browser; empty: forget everything."""
    teacher: bool = False
    """True if it is the teacher who comes or goes."""
    name: str = ""
    """What children call the teacher; may be empty."""


@dataclass(frozen=True, slots=True)
class TroublePage:
    """Something did not work; says what to do next and never why in our own words."""

    template: ClassVar = "trouble.html.j2"
    status: int
    """The HTTP status."""


Page = (
    RosterPage
    | AreYouPage
    | SecretPage
    | OpenYourLinkPage
    | PassingPage
    | TeacherClosedPage
    | HomeFramePage
    | HomeTroublePage
    | FamilyEndedPage
    | RoomShell
    | TroublePage
)


class Pages:
    """Makes the door's pages, in the language of the class."""

    def __init__(self, say: Speech) -> None:
        """Take the voice in the language of the class."""
        self._folder = page_templates()
        self._pictures = dict(_pictures(self._folder / "roster"))
        self._say = say

    def render(self, page: Page) -> str:
        """Return the page as a complete HTML document."""
        promised = {field.name: getattr(page, field.name) for field in fields(page)}
        return environment().get_template(f"serve/{page.template}").render(**promised, say=self._say)

    def children(self, cards: Sequence[RosterCard]) -> list[Child]:
        """Return how the children of a class are shown, in their order: no two look alike."""
        names = Counter(_plain(card.name) for card in cards)
        shared = Counter(card.picture for card in cards)
        seen: Counter[str] = Counter()
        made = []
        for card in cards:
            seen[card.picture] += 1
            made.append(
                self._child(
                    card, names[_plain(card.name)] > 1, seen[card.picture] * (shared[card.picture] > 1)
                )
            )
        return made

    def child(self, student_id: str, cards: Sequence[RosterCard]) -> Child | None:
        """Return how one child of a class is shown, or None if nobody has this id."""
        return next((child for child in self.children(cards) if child.student_id == student_id), None)

    def _child(self, card: RosterCard, twin: bool, number: int) -> Child:
        name = card.name.strip()
        picture, word = self._pictures.get(card.picture), self._say(WORDS.get(card.picture, ""))
        return Child(card.student_id, name, name[:1].upper(), picture, word if picture else "", twin, number)

    def secrets(self) -> list[Secret]:
        """Return the pictures secrets are made of, always in the same order."""
        return [Secret(name, self._say(WORDS[name]), self._pictures[name]) for name in SECRET_PICTURES]

    def shelf(self) -> Mapping[str, tuple[bytes, str]]:
        """Return the static files of all pages: name below ``/static/`` to content and media type.

        Everything is read once, at the start: no file name ever comes from a request.
        """
        own, fonts = self._folder / "serve", self._folder / "fonts"
        style = "\n".join(
            [(fonts / "fonts.css").read_text("utf-8"), sheet(*SHEETS), (own / "serve.css").read_text("utf-8")]
        )
        shelf = {
            "portfolio.css": (style.encode(), "text/css; charset=utf-8"),
            "passing.js": ((own / "passing.js").read_bytes(), "text/javascript; charset=utf-8"),
            "guest.js": (source.guest().encode(), "text/javascript; charset=utf-8"),
            "meeting.css": (sheet(*meeting_sheets()).encode(), "text/css; charset=utf-8"),
            "teacher.css": (sheet(*teacher_sheets()).encode(), "text/css; charset=utf-8"),
            "teacher-watch.js": ((own / "teacher-watch.js").read_bytes(), "text/javascript; charset=utf-8"),
            "aloud.js": ((own / "aloud.js").read_bytes(), "text/javascript; charset=utf-8"),
        }
        for font in sorted(fonts.glob("*.woff2")):  # beside the style sheet, as fonts.css names them
            shelf[font.name] = (font.read_bytes(), "font/woff2")
        return shelf


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _pictures(folder: Path) -> Iterator[tuple[str, Markup]]:
    """Yield name and inline SVG of every roster picture; they are ours, so they are not escaped."""
    for path in sorted(folder.glob("*.svg")):
        drawing = path.read_text("utf-8")
        yield path.stem, Markup(drawing[drawing.index("<svg") :])  # noqa: S704 - a file we ship
