# long: the list of the pages, and what each of its forms does
"""The pages of the draft: which ones books show and in which order, new ones, those of our own templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from portfolio import files
from portfolio.errors import N_, InputRefused
from portfolio.model import Choice, ClassTemplate, Prompt
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.setup_keep import Values, line
from portfolio.moments.teacher.setup_sections import purpose_of, rearranged
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_says import bar, draft_says
from portfolio.rules import template_edit as edit
from portfolio.store.template_draft import Draft
from portfolio.store.template_file import load_template
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import PageLine, TemplatePage

KINDS: Final[Mapping[str, tuple[str, Prompt]]] = {
    "words": (
        N_("Questions to answer in words"),
        Prompt(field="question", ask=N_("Write your question here"), control="long", words=40),
    ),
    "pick": (
        N_("Words or pictures to choose from"),
        Prompt(
            field="question",
            ask=N_("Which ones fit?"),
            control="picks",
            choices=(Choice(id="one", label=N_("the first")), Choice(id="two", label=N_("the second"))),
        ),
    ),
    "photos": (
        N_("Photos or drawings"),
        Prompt(field="question", ask=N_("Show a picture of it"), control="photos", at_most=3),
    ),
    "scale": (
        N_("How it is, in four words"),
        Prompt(
            field="question",
            ask=N_("I do this"),
            control="scale",
            choices=tuple(
                Choice(id=name, label=word)
                for name, word in (
                    ("always", N_("always")),
                    ("mostly", N_("mostly")),
                    ("sometimes", N_("sometimes")),
                    ("not_yet", N_("not yet")),
                )
            ),
        ),
    ),
    "recording": (
        N_("Something to say or to show in a film"),
        Prompt(field="question", ask=N_("Tell it in your own voice"), control="media", at_most=1),
    ),
}
"""Kinds of pages a class can make for itself: what they are, and the question they begin with."""

_LONGEST_TITLE: Final = 120


class PagesOfDraft:
    """The screen ``template``."""

    def __init__(self, draft: Drafting) -> None:
        self._draft = draft
        self._desk = draft.desk

    def show(self) -> Screen:
        """Return the screen."""
        say, draft = self._desk.say, self._draft.now()
        there = {s.section_id: s for s in draft.template.sections}
        page = TemplatePage(
            say=say,
            says=draft_says(self._draft, draft),
            title=draft.template.title,
            version=self._draft.shown.version({"title": draft.template.title}),
            pages=tuple(self._line(draft, name) for name in _laid(draft)),
            kinds=tuple((name, say(words)) for name, (words, _) in KINDS.items()),
            known=tuple(
                (s.section_id, s.title) for s in starter(draft.template).sections if s.section_id not in there
            ),
            agendas=draft.template.agendas,
        )
        return Screen(say("What the books ask"), render(page))

    def _line(self, draft: Draft, name: str) -> PageLine:
        section = edit.page_of(draft.template, name)
        shown = [one for one in draft.shown if draft.template.section(one)]
        here = name in shown
        purpose = self._desk.say(purpose_of(section))
        return PageLine(section, here, purpose, here and name != shown[0], here and name != shown[-1])

    def do(self, asked: Asked) -> Outcome:
        """Do what a form of the screen asks. Raises ``PortfolioError``: then nothing was changed."""
        doing: Mapping[str, Callable[[Asked], Outcome]] = {
            "title": self._title,
            "page": self._move,
            "new-page": self._new,
            "known-page": self._known,
            "new-agenda": self._agenda,
            "throw-away": self._throw_away,
        }
        if asked.what not in doing:
            raise unknown(asked)
        return doing[asked.what](asked)

    def _title(self, asked: Asked) -> Outcome:
        told = []

        def step(template: ClassTemplate) -> ClassTemplate:
            now: Values = {"title": template.title}
            merged = self._draft.shown.merged(asked, now)
            title = line(merged.values["title"], "title", _LONGEST_TITLE)
            if not title:
                raise InputRefused("This needs a name.", field="title")
            told.append((merged, {"title": title}))
            return template.but(title=title)

        self._draft.change_template(step)
        merged, after = told[-1]
        return Outcome(version=self._draft.shown.version_after(merged, after), asides=bar(self._draft))

    def _move(self, asked: Asked) -> Outcome:
        name, how = asked.one("page"), asked.one("how")

        def step(draft: Draft) -> Draft:
            edit.page_of(draft.template, name)
            order = [s.section_id for s in draft.template.sections]
            return replace(draft, shown=rearranged(draft.shown, name, how, order))

        self._draft.change(step)
        # up and down: whoever pressed them stays at the button, to press it again
        return Outcome(focus=f"t-{name}" if how in ("on", "off") else "")

    def _new(self, asked: Asked) -> Outcome:
        title, kind = line(asked.one("title"), "title", _LONGEST_TITLE), asked.one("kind")
        if not title:
            raise InputRefused("Give the page a title first.", field="title")
        if kind not in KINDS:
            raise InputRefused("Choose what the page asks for.", field="kind")
        say, made = self._desk.say, []
        begin, used = KINDS[kind][1], self._draft.used().pages()
        prompt = begin.but(
            ask=say(begin.ask), choices=tuple(c.but(label=say(c.label)) for c in begin.choices)
        )

        def step(draft: Draft) -> Draft:
            template, name = edit.add_page(draft.template, title, prompt, "edit", used)
            made.append(name)
            return replace(draft, template=template, shown=_before_the_last(draft.shown, name))

        self._draft.change(step)
        return Outcome(
            say=say("The page is in the draft. Now its questions."), go=f"template/page/{made[-1]}"
        )

    def _known(self, asked: Asked) -> Outcome:
        name = asked.one("known")

        def step(draft: Draft) -> Draft:
            section = edit.page_of(starter(draft.template), name)
            template = edit.add_known_page(draft.template, section)
            return replace(draft, template=template, shown=_before_the_last(draft.shown, name))

        self._draft.change(step)
        return Outcome(say=self._desk.say("The page is in the draft."), focus=f"p-{name}")

    def _agenda(self, asked: Asked) -> Outcome:
        title, made = line(asked.one("title"), "title", _LONGEST_TITLE), []

        def step(template: ClassTemplate) -> ClassTemplate:
            after, name = edit.another_agenda(template, template.agendas[0], title)
            made.append(name)
            return after

        self._draft.change_template(step)
        return Outcome(go=f"template/agenda/{made[-1]}")

    def _throw_away(self, asked: Asked) -> Outcome:
        del asked
        self._draft.throw_away()
        return Outcome(say=self._desk.say("The draft is gone. The books ask what they asked before."))


def starter(template: ClassTemplate) -> ClassTemplate:
    """Return the template we ship for the same grades."""
    return load_template(files.class_templates() / f"{template.age_band}.yaml")


def _laid(draft: Draft) -> tuple[str, ...]:
    """Return all pages in one row: a page that is left out stands where it would come in again."""
    order = [s.section_id for s in draft.template.sections]
    laid = tuple(name for name in draft.shown if name in order)
    for name in order:
        if name not in draft.shown:
            laid = rearranged(laid, name, "on", order)
    return laid


def _before_the_last(shown: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return the pages with a new one before the last: a book ends as it ended."""
    return (*shown[:-1], name, *shown[-1:])
