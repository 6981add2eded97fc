"""Papers for households on the teacher's desk: choose, look, print, keep as files."""

from __future__ import annotations

from typing import Final, cast

from portfolio.errors import InputRefused, NotFound
from portfolio.moments import papers as moment
from portfolio.moments.home_names import file_name
from portfolio.moments.paper_files import FOLDER, Written, write_papers_of
from portfolio.moments.papers import ForHome
from portfolio.moments.room import Asked, At, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.draft_words import about_offers, unchecked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.papers import PAPERS, Paper
from portfolio.views.papers import language_for, offers_for, reads_one_of
from portfolio.views.teacher import render
from portfolio.views.teacher.before_page import HomeLine, PapersPage, PreviewPage
from portfolio.views.teacher.before_words_page import inside
from portfolio.words import LANGUAGES, Speech
from portfolio.words import say as say_error
from portfolio.words.language_names import all_named, name_of, named

EVERYBODY: Final = "all"
OWN: Final = "own"
"""Parts of a place: every home of the class, and each home in its own language."""

_TITLE: Final = "Before the meeting"


def show_papers(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen to choose papers, or with papers chosen, the papers."""
    if not at:
        return _choose(desk)
    papers, found, lang = _asked_for(desk, at)
    page = PreviewPage(
        say=desk.say,
        papers=tuple(desk.say(PAPERS[paper]) for paper in papers),
        whom=_whom(desk, found, at),
        sheets=tuple(
            map(inside, moment.sheets(found, papers, lang=lang, glossary=desk.folder.glossary(), top=2))
        ),
        languages=_languages(at, found, lang, desk.say),
        english=tuple(
            dict.fromkeys(
                (
                    named(one.view.reads[0], desk.say.lang),
                    name_of(lang or language_for(one.view), desk.say.lang),
                )
                for one in found
                if _without_ours(one, lang)
            )
        ),
        drafts=tuple(
            filter(None, (_unchecked(desk, found, lang), *_about_offers(desk, papers, found, lang)))
        ),
        blank_day=desk.school_class.conference_on is None,
        blank_place=not desk.school_class.words.place,
    )
    return Screen(
        desk.say("Papers to print"), render(page), back=("before/papers", desk.say("Papers for families"))
    )


def _choose(desk: TeacherDesk) -> Screen:
    found = moment.homes(desk.folder, desk.store)
    page = PapersPage(
        say=desk.say,
        papers=tuple((paper, desk.say(words)) for paper, words in PAPERS.items()),
        usual=moment.USUAL,
        children=tuple((s.student_id, s.name) for s in desk.store.students() if s.households),
        languages=tuple(
            (one.tag, named(one.tag, desk.say.lang)) for one in LANGUAGES.values() if one.catalog
        ),
        homes=tuple(_line(one, desk.say) for one in found),
        without=tuple(s.name for s in desk.store.students() if not s.households),
    )
    return Screen(desk.say("Papers for families"), render(page), back=("before", desk.say(_TITLE)))


def _line(one: ForHome, say: Speech) -> HomeLine:
    tag = language_for(one.view)
    return HomeLine(
        student_id=one.student.student_id,
        household_id=one.household.household_id,
        name=one.student.name,
        label=one.household.label,
        reads=all_named(one.household.reads, say.lang),
        ours=name_of(tag, say.lang),
        as_read=not _without_ours(one, ""),
        copy_as=one.household.copy_as,
    )


def _without_ours(one: ForHome, lang: str) -> bool:
    """Return whether a home gets papers in a language it did not name, because we have no texts in one it did."""
    return not lang and not reads_one_of(one.view, language_for(one.view))


def _unchecked(desk: TeacherDesk, found: tuple[ForHome, ...], lang: str) -> str:
    """Return which languages of these papers nobody has checked, as a sentence; empty if somebody has."""
    return unchecked((lang or language_for(one.view) for one in found), desk.say)


def _about_offers(
    desk: TeacherDesk, papers: tuple[Paper, ...], found: tuple[ForHome, ...], lang: str
) -> tuple[str, ...]:
    """Return what is to be known of the lines that offer an interpreter; nothing where no sheet has one."""
    if papers == ("good-news",):
        return ()
    offers = (offer for one in found for offer in offers_for(one.view, lang or language_for(one.view)))
    return about_offers(offers, desk.say)


def _asked_for(desk: TeacherDesk, at: At) -> tuple[tuple[Paper, ...], tuple[ForHome, ...], str]:
    """Return papers, homes and language ("" for each its own) of a place. Raises ``NotFound`` with a sentence."""
    papers, who, home, tag = (*at, *("", "", "")[len(at) - 1 :])[:4]
    known = moment.known_papers(papers.split("."))
    lang = "" if tag in ("", OWN) else moment.known_language(tag)
    chosen = () if who in ("", EVERYBODY) else (desk.student((who,)).student_id,)
    found = moment.homes(desk.folder, desk.store, chosen, known)
    if home not in ("", EVERYBODY):
        found = tuple(one for one in found if one.household.household_id == home)
    if not found:
        raise NotFound("There is no home to print for. Add one under “Setting up”, then look again.")
    return known, found, lang


def _whom(desk: TeacherDesk, found: tuple[ForHome, ...], at: At) -> str:
    if len(found) == 1:
        one = found[0]
        home = one.household.label or desk.say("home")
        return desk.say("for {name}: {home}", name=one.student.name, home=home)
    if len(at) > 1 and at[1] not in ("", EVERYBODY):
        return desk.say("for {name}, all homes", name=found[0].student.name)
    return desk.say.many("for the class: {n} home", "for the class: {n} homes", len(found))


def _languages(
    at: At, found: tuple[ForHome, ...], lang: str, say: Speech
) -> tuple[tuple[str, str, bool], ...]:
    """Return the languages one may look at these papers in: place, name, whether it is this one."""
    papers, who, home = (*at, *(EVERYBODY, EVERYBODY)[len(at) - 1 :])[:3] if len(at) < 3 else at[:3]
    own = lang or (language_for(found[0].view) if len(found) == 1 else "")
    tags = [one.tag for one in LANGUAGES.values() if one.catalog]
    return tuple(
        (f"before/papers/{papers}/{who}/{home}/{tag}", named(tag, say.lang), tag == own) for tag in tags
    )


def do_papers(desk: TeacherDesk, at: At, asked: Asked) -> Outcome:
    """Go to the papers that were chosen, keep them as files in the class, or hand them out as one file."""
    if asked.what == "look-at-papers":
        return _go(desk, asked)
    if not at:  # no papers are chosen yet: there is nothing to keep or take
        raise unknown(asked)
    if asked.what == "keep-papers":
        papers, found, lang = _asked_for(desk, at)
        return _keep(desk, papers, found, lang)
    if asked.what == "take-papers":
        papers, found, lang = _asked_for(desk, at)
        page = moment.as_file(found, papers, desk.say, lang=lang, glossary=desk.folder.glossary())
        return Outcome(downloads=(Download(_file_name(papers, found), "text/html", page.encode("utf-8")),))
    raise unknown(asked)


def _go(desk: TeacherDesk, asked: Asked) -> Outcome:
    if not asked.all("paper"):
        raise InputRefused("Choose at least one paper.", field="paper")
    papers = ".".join(moment.known_papers(asked.all("paper")))
    who = asked.one("who") or EVERYBODY
    if who != EVERYBODY:
        desk.student((who,))
    lang = moment.known_language(asked.one("language")) or OWN
    return Outcome(go=f"before/papers/{papers}/{who}/{EVERYBODY}/{lang}")


def _file_name(papers: tuple[Paper, ...], found: tuple[ForHome, ...]) -> str:
    paper = cast("str", papers[0]) if len(papers) == 1 else "papers"
    if len(found) == 1:
        return file_name(found[0].student, found[0].household).removesuffix(".html") + f"-{paper}.html"
    return f"{paper}.html"


def _keep(desk: TeacherDesk, papers: tuple[Paper, ...], found: tuple[ForHome, ...], lang: str) -> Outcome:
    written = write_papers_of(desk.folder, papers, found, desk.store.students(), lang=lang)
    troubled = [one for one in written if one.trouble]
    first = troubled[0].trouble if troubled else None
    if first is not None and len(troubled) == len(written):
        raise first  # nothing was written: only the reason is told
    done = desk.say.many(
        "{n} file is in the folder “{folder}” of the class.",
        "{n} files are in the folder “{folder}” of the class.",
        len(written) - len(troubled),
        folder=FOLDER,
    )
    return Outcome(say=" ".join((done, *_not_kept(desk, troubled))))


def _not_kept(desk: TeacherDesk, troubled: list[Written]) -> list[str]:
    """Return what could not be kept and why, as sentences; nothing if there is no such paper."""
    if not troubled:
        return []
    names = dict.fromkeys(one.student.name for one in troubled if one.student)
    left = desk.say.many(
        "{n} file could not be kept: {names}.",
        "{n} files could not be kept: {names}.",
        len(troubled),
        names=", ".join(names),
    )
    why = dict.fromkeys(say_error(one.trouble, desk.say) for one in troubled if one.trouble)
    return [left, *why]
