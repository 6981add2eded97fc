"""The step “Which pages the books have”: on, off, up and down, by editing the notebook of the class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portfolio.errors import N_, InputRefused, NotFound, PortfolioError
from portfolio.model import ClassTemplate, Portfolio, Section, SectionCell
from portfolio.model.template import Holds
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_words import names_in_line
from portfolio.rules.template_edit import moved
from portfolio.store.atomic import write_atomically
from portfolio.views.teacher import render
from portfolio.views.teacher.setup_sections_page import BookPage, SetupSectionsPage

_IS_FOR: Final[Mapping[Holds, str]] = {
    "answers": N_("Questions the child answers in its own words, pictures or voice."),
    "strengths": N_("What the child does well, and where one can see it."),
    "work": N_("Work the child chose, and why."),
    "growth_pairs": N_("An old piece beside a new one: what changed."),
    "growing": N_("What is not easy yet, a first step, and how others can help."),
    "ratings": N_("How it is, in words or faces; never a mark."),
    "look_backs": N_("What became of the goals of last time."),
    "goals": N_("What the child wants next, with steps and helpers."),
    "agreements": N_("What everybody promises at the table."),
    "teacher_page": N_("Your own short note to the child and the family."),
    "replies": N_("Where the family writes back."),
}
"""What a page is for, by what it holds: for pages a class made itself."""

_OF_OURS: Final[Mapping[str, str]] = {
    "welcome": N_("How the child begins the meeting."),
    "letter": N_("What the child wants the people at home to know."),
    "our_family": N_("What a family likes to tell of itself. Shown at home only if the child says so."),
    "me": N_("What the child likes, and what helps when it is stuck."),
    "feels": N_("How school feels, in faces or words; never a mark."),
    "friends": N_("Where the child feels well with others. Shown at home only if the child says so."),
    "habits": N_("How the child works, in words; never a mark."),
    "help": N_("How people at home and at school can help."),
    "ask_me": N_("Questions the child would like to be asked at the table."),
    "looking_ahead": N_("What the child would like to try, or wonders about."),
    "thank_you": N_("How the child ends the meeting."),
}
"""What the pages of our own templates are for, where what they hold does not say it."""


def purpose_of(section: Section) -> str:
    """Return what a page is for, in a sentence (a text of ours in English)."""
    return _OF_OURS.get(section.section_id) or _IS_FOR[section.holds]


class SectionsPart:
    """The screen ``setup/sections``."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk

    def show(self, at: At) -> Screen:
        """Return the screen. Raises ``NotFound`` for a place below it, ``NotebookMistake``, ``TemplateMistake``."""
        if at:
            raise NotFound("There is no such page here. Go back to the class.")
        desk, say = self._desk, self._desk.say
        template, headings = desk.folder.template(), self._headings()
        shown = self._shown(template)
        written = self._written(template)
        page = SetupSectionsPage(
            say=say,
            shown=[self._page(template, one, headings, written) for one in shown],
            others=[
                self._page(template, s.section_id, {}, written)
                for s in template.sections
                if s.section_id not in shown
            ],
        )
        return Screen(
            title=say("The pages of the books"), body=render(page), back=("setup", say("Setting up"))
        )

    def do(self, at: At, asked: Asked) -> Outcome:
        """Move a page, leave it out or take it in. Raises ``PortfolioError``: then nothing was done."""
        if at or asked.what not in ("page", "leave-out"):
            raise unknown(asked)
        template = self._desk.folder.template()
        section = _section(template, asked.one("page"))
        how = "off" if asked.what == "leave-out" else asked.one("how")
        before = self._shown(template)
        after = rearranged(before, section.section_id, how, [s.section_id for s in template.sections])
        if not after:
            raise InputRefused("A book needs at least one page. Take another one in first.")
        if after != before:
            self._write(template, after)
        return Outcome(say=self._said(section, how), focus=_focus(section, how, after))

    def _said(self, section: Section, how: str) -> str:
        say = self._desk.say
        told = {
            "on": say("“{page}” is in the books now.", page=section.title),
            "off": say("“{page}” is left out. What children wrote there is kept.", page=section.title),
            "up": say("“{page}” comes earlier now.", page=section.title),
            "down": say("“{page}” comes later now.", page=section.title),
        }
        return f"{told.get(how, '')} {say('Books that are open follow when they are loaded again.')}".strip()

    def _write(self, template: ClassTemplate, sections: Sequence[str]) -> None:
        from portfolio.store.notebook_edit import arranged

        path = self._desk.folder.student_notebook
        self._desk.folder.outline()  # says what is wrong with a notebook that cannot be read
        text = path.read_bytes().decode("utf-8-sig", "replace")
        write_atomically(path, arranged(text, template, sections).encode())

    def _shown(self, template: ClassTemplate) -> tuple[str, ...]:
        cells = (cell for cell in self._desk.folder.outline() if isinstance(cell, SectionCell))
        return tuple(cell.section for cell in cells if template.section(cell.section))

    def _headings(self) -> Mapping[str, str]:
        cells = (cell for cell in self._desk.folder.outline() if isinstance(cell, SectionCell))
        return {cell.section: cell.heading for cell in cells if cell.heading}

    def _page(
        self,
        template: ClassTemplate,
        section_id: str,
        headings: Mapping[str, str],
        written: Mapping[str, tuple[str, ...]],
    ) -> BookPage:
        section, say = _section(template, section_id), self._desk.say
        return BookPage(
            section_id=section_id,
            title=headings.get(section_id) or section.title,
            icon=section.icon,
            purpose=say(purpose_of(section)),
            asks=[prompt.ask for prompt in section.prompts],
            written=names_in_line(written.get(section_id, ()), say),
        )

    def _written(self, template: ClassTemplate) -> Mapping[str, tuple[str, ...]]:
        """Return who has something on a page in the round of now, by page, in roster order."""
        store, current = self._desk.store, self._desk.school_class.round
        rounds = store.all_rounds()
        found: dict[str, list[str]] = {}
        for student in store.students():
            for meta in rounds.get(student.student_id, ()):
                if meta.round != current:
                    continue
                try:
                    portfolio = store.portfolio(meta.portfolio_id)
                except PortfolioError:
                    continue  # the class screen tells of a book that cannot be read
                for section in template.sections:
                    if has_words(portfolio, section):
                        found.setdefault(section.section_id, []).append(student.name)
        return {section: tuple(names) for section, names in found.items()}


def _focus(section: Section, how: str, after: Sequence[str]) -> str:
    """Return what to stand on next: the same button, as long as it is there, else the page."""
    at_end = (how == "up" and after[0] == section.section_id) or (
        how == "down" and after[-1] == section.section_id
    )
    return (
        f"move-{how}-{section.section_id}"
        if how in ("up", "down") and not at_end
        else f"page-{section.section_id}"
    )


def _section(template: ClassTemplate, section_id: str) -> Section:
    found = template.section(section_id)
    if found is None:
        raise NotFound("This page is not in the questions of the class any more. Load this screen again.")
    return found


def has_words(portfolio: Portfolio, section: Section) -> bool:
    """Return whether anybody has put anything on a page of a book."""
    entries = getattr(portfolio, section.holds)
    if section.holds in ("answers", "ratings"):
        return any(entry.section == section.section_id for entry in entries)
    return bool(entries)


def rearranged(before: Sequence[str], section_id: str, how: str, order: Sequence[str]) -> tuple[str, ...]:
    """Return the pages in their new order: one is taken in (``on``), left out (``off``), moved ``up`` or ``down``.

    One that is taken in comes behind the pages that stand before it in ``order``. What cannot be done (the
    first one up, one that is in already) leaves them as they are.
    """
    pages = list(before)
    if how == "on" and section_id not in pages:
        earlier = set(order[: order.index(section_id)])
        at = max((n for n, page in enumerate(pages, 1) if page in earlier), default=0)
        return (*pages[:at], section_id, *pages[at:])
    if section_id not in pages:
        return tuple(pages)
    if how == "off":
        return tuple(page for page in pages if page != section_id)
    return moved(pages, section_id, how)
