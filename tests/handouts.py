"""A class whose teacher has written everything once, for tests of papers."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from portfolio.model import Passage, SchoolClass, Teacher, Translation
from portfolio.model.people import ClassWords, Contact, Learning
from portfolio.rules.activities import suggested
from portfolio.rules.help_places import HelpPlace
from portfolio.rules.papers import Paper, PaperView, paper_view
from portfolio.store.our_deck import our_deck
from portfolio.testing import small_book
from portfolio.views.papers import paper_sheet, render_sheet

LETTER = Passage(
    text="I like maps.", translations=(Translation(lang="es", text="Me gustan los mapas.", made_by="draft"),)
)
INVITATION = Passage(
    text="There will be tea.", translations=(Translation(lang="es", text="Habrá té.", made_by="human"),)
)
WORDS = ClassWords(
    learning=(Learning(subject="Reading", words=Passage(text="Long stories and text evidence.")),),
    about_school=Passage(text="Ring the bell at the blue door."),
    letter=LETTER,
    invitation=INVITATION,
    place="Room 7, first floor",
    contacts=(Contact(name="Mr. Okoye", about="buses", reach="555 0101"),),
)
PLACES = tuple(
    HelpPlace(
        name=f"Heron Library {number}",
        what=Passage(
            text="Books and quiet tables",
            translations=(Translation(lang="es", text="Libros y mesas tranquilas", made_by="human"),),
        ),
        when=Passage(text="Monday to Saturday, 10 to 6"),
        phone=f"555-01{number}1",
        address=f"{number} Heron Street",
        languages="English, Spanish",
        cost=Passage(text="free"),
    )
    for number in range(1, 7)
)
"""Invented places: as many as lie on one sheet."""


def written_class(**changes: object) -> SchoolClass:
    """Return the small class with everything written once, and these changes."""
    teacher = Teacher(teacher_id="t1", name="Ms. Rivera", role="class teacher", reach="555 0100")
    school = small_book().school_class
    return school.but(
        **{"words": WORDS, "teachers": (teacher,), "conference_on": date(2026, 11, 24), **changes}
    )


def view(household: int = 0, **changes: object) -> PaperView:
    """Return what papers for a home of the small book may say."""
    book = small_book()
    home = book.student.households[household]
    seen = paper_view(written_class(**changes), book.template, book.student, home, book.portfolio.meta)
    deck = our_deck()
    reading = next(topic for topic in deck.topics if topic.topic_id == "reading")
    return seen.but(activities=suggested(reading, seen.age_band, deck), help_places=PLACES)


def sheet(paper: Paper, lang: str = "en", of: PaperView | None = None) -> str:
    """Return a paper as HTML."""
    return render_sheet(paper_sheet(paper, of or view(), lang=lang))


class Seen(HTMLParser):
    """What stands in a page: tags with attributes, and its text on one line."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self._texts.append(data)

    @property
    def text(self) -> str:
        """All texts on one line."""
        return " ".join(" ".join(self._texts).split())

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of each tag with this class."""
        return [attrs for _, attrs in self.tags if name in str(attrs.get("class", "")).split()]
