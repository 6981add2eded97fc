"""Papers for households: which paper for whom, in which language; on the desk, as files, all of a class at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.model import Household, SchoolClass, Student
from portfolio.model.record import LanguageTag
from portfolio.moments.send_home import chosen_students
from portfolio.rules import for_audience
from portfolio.rules.activities import NONE, Suggested, for_home, suggested
from portfolio.rules.papers import CARDS_ON_A_PAGE, PAPERS, Paper, PaperView, paper_view
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.papers import language_for, paper_sheet, render_page, render_sheet, title_of
from portfolio.views.safe import SafePage
from portfolio.words import LANGUAGES, Speech, speak
from portfolio.words.language_names import name_of

if TYPE_CHECKING:
    from portfolio.model import ClassTemplate, PortfolioMeta
    from portfolio.words.glossary import Glossary

USUAL: Final[tuple[Paper, ...]] = ("invitation", "prep-card", "at-home")
"""What goes out before a meeting, if nothing else is chosen."""


@dataclass(frozen=True)
class ForHome:
    """One home of one child, and what its papers may say."""

    student: Student
    household: Household
    view: PaperView


def known_papers(names: Iterable[str]) -> tuple[Paper, ...]:
    """Return the papers of these names, each once, in the order of :data:`PAPERS`; none gives the usual ones.

    Raises ``InputRefused`` for a name that is none.
    """
    wanted = dict.fromkeys(names)
    for name in wanted:
        if name not in PAPERS:
            raise InputRefused(
                "There is no paper called “{paper}”. There are: {known}.",
                paper=name[:40],
                known=", ".join(PAPERS),
            )
    return tuple(one for one in PAPERS if one in wanted) or USUAL


def known_language(tag: str) -> str:
    """Return a language tag papers can be in, or "" for each home's own.

    Raises ``InputRefused`` for what is no tag, and for a language we have no texts in.
    """
    known = LANGUAGES.get(tag) if tag else None
    if tag and (known is None or not known.catalog):
        ours = ", ".join(f"{name_of(one.tag, 'en')} ({one.tag})" for one in LANGUAGES.values() if one.catalog)
        raise InputRefused(
            "We have no papers in “{language}”. We have: {known}.", language=tag[:40], known=ours
        )
    return tag


def homes_of(
    school: SchoolClass,
    template: ClassTemplate,
    students: Iterable[Student],
    metas: Callable[[str], PortfolioMeta | None],
) -> tuple[ForHome, ...]:
    """Return every home of these children in the order of the roster. ``metas`` gives what is known of a book."""
    return tuple(
        ForHome(student, home, paper_view(school, template, student, home, metas(student.student_id)))
        for student in students
        for home in student.households
    )


def homes(
    folder: ClassFolder, store: ClassStore, students: Sequence[str] = (), papers: Sequence[Paper] = ()
) -> tuple[ForHome, ...]:
    """Return the homes of these children (ids; none means the whole class), with what ``papers`` need to know of them.

    Raises ``NotFound``; ``InputRefused`` where a paper of places is wanted and the school has written none down.
    """
    chosen = chosen_students(store, students)
    school, rounds = store.school_class(), store.all_rounds()

    def meta(student_id: str) -> PortfolioMeta | None:
        return next((one for one in rounds.get(student_id, ()) if one.round == school.round), None)

    found = homes_of(school, folder.template(), chosen, meta)
    if "help-places" in papers:
        found = _with_places(folder, school, found)
    return _with_activities(folder, store, school, found) if "home-cards" in papers else found


def _with_places(folder: ClassFolder, school: SchoolClass, found: tuple[ForHome, ...]) -> tuple[ForHome, ...]:
    read = folder.help_places(school.language)
    if not read.places:
        raise next(iter(read.trouble), None) or InputRefused(
            "This class has no list of places that help yet. Begin one: portfolio places CLASS --begin"
        )
    return tuple(replace(one, view=one.view.but(help_places=read.places)) for one in found)


def _with_activities(
    folder: ClassFolder, store: ClassStore, school: SchoolClass, found: tuple[ForHome, ...]
) -> tuple[ForHome, ...]:
    """Return the homes with cards for the goal each may see; for a child whose goal is not there yet, for any goal."""
    deck, template, outline = folder.activities(school.language), folder.template(), folder.outline()
    names = store.student_names()

    def cards(one: ForHome) -> Suggested:
        try:
            book = book_of(store, template, outline, one.student.student_id, class_names=names)
            seen = for_home(for_audience(book, "home", one.household.household_id), deck)
        except (NotFound, StorageTrouble):
            seen = NONE  # no book yet, or one that cannot be read: checking the class tells of it
        return seen or suggested(None, school.age_band, deck)

    return tuple(replace(one, view=one.view.but(activities=cards(one))) for one in found)


def sheets(
    found: Sequence[ForHome],
    papers: Sequence[Paper],
    *,
    lang: LanguageTag = "",
    glossary: Glossary | None = None,
    top: int = 1,
) -> Iterator[SafePage]:
    """Yield the sheets of these papers, home by home; small cards last, as many on a sheet as there is room for.

    ``lang`` is one language for all; else each home has its own. ``top`` is the level of a sheet's heading.
    """
    for one in found:
        for paper in papers:
            for tag in tongues_of(paper, one.view, lang) if paper != "good-news" else ():
                yield render_sheet(paper_sheet(paper, one.view, lang=tag, glossary=glossary, top=top))
    if "good-news" not in papers:
        return
    for group in _by_language(found, lang):
        for at in range(0, len(group), CARDS_ON_A_PAGE):
            views = [one.view for one in group[at : at + CARDS_ON_A_PAGE]]
            if len(found) == 1:
                views *= CARDS_ON_A_PAGE  # one home: a stock of cards for the year
            yield render_sheet(paper_sheet("good-news", *views, lang=lang, glossary=glossary, top=top))


def tongues_of(paper: Paper, view: PaperView, lang: str = "") -> tuple[str, ...]:
    """Return the languages a paper is in for a home; "" is the home's own.

    The sheet to get to know each other has a side for each of the first two a home reads and we have texts in.
    """
    ours = (tag for tag in view.reads if speak(tag).lang.split("-")[0] == tag.split("-")[0])
    each = tuple(dict.fromkeys(speak(tag).lang for tag in ours))[:2]
    return (lang,) if lang or paper != "know-you" or len(each) < 2 else each


def _by_language(found: Sequence[ForHome], lang: str) -> list[list[ForHome]]:
    """Return the homes in groups whose cards are in one language, each in the order of the roster."""
    groups: dict[str, list[ForHome]] = {}
    for one in found:
        groups.setdefault(speak(lang or language_for(one.view)).lang, []).append(one)
    return list(groups.values())


def as_file(
    found: Sequence[ForHome],
    papers: Sequence[Paper],
    say: Speech,
    *,
    lang: LanguageTag = "",
    glossary: Glossary | None = None,
) -> SafePage:
    """Return these papers of these homes as one page that opens and prints anywhere; ``say`` speaks its title."""
    one = found[0].view if len(found) == 1 else None
    spoken = speak(lang or language_for(one)) if one else say
    title = " · ".join(title_of(paper, spoken) for paper in papers[:3])
    title = f"{one.student_name} · {title}" if one else title
    return render_page(sheets(found, papers, lang=lang, glossary=glossary), spoken, title)
