"""One page of the draft: its words, its questions, and how it looks to a child and to a family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, cast

from portfolio.errors import N_, InputRefused
from portfolio.model import Control, Prompt, Section
from portfolio.model.fields import controls_for
from portfolio.moments.help_pictures import keep_help_picture
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.setup_keep import Values, line
from portfolio.moments.teacher.setup_sections import purpose_of, rearranged
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_forms import (
    LONGEST_TITLE,
    page_from,
    page_values,
    question_from,
    question_values,
)
from portfolio.moments.teacher.template_preview import as_the_child_sees, as_the_family_sees, look_of
from portfolio.moments.teacher.template_says import bar, draft_says
from portfolio.rules import template_edit as edit
from portfolio.rules.template_choices import NOTHING
from portfolio.store.template_checks import fixed_choices
from portfolio.store.template_draft import Draft
from portfolio.views.icons import load_icons
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import OnePage, QuestionSeen, SeenPart
from portfolio.words import Speech

WAYS: Final[Mapping[Control, str]] = {
    "line": N_("one line"),
    "long": N_("some lines"),
    "picks": N_("several of some words or pictures"),
    "one": N_("one of several words or pictures"),
    "scale": N_("a scale of words or faces"),
    "photos": N_("photos or drawings"),
    "rows": N_("rows of small lines"),
    "date": N_("a day"),
    "dates": N_("several days"),
    "piece": N_("one of the pieces of work"),
    "media": N_("a recording, a document or a link"),
}
"""How a question can be answered, to a teacher."""

FIELDS: Final[Mapping[str, str]] = {
    "": N_("a question of your own"),
    "example": N_("an example"),
    "against": N_("when it is not so"),
    "teacher_says": N_("what my teacher would say"),
    "better": N_("what would make it better"),
}

_COUNTED: Final = ("strengths", "work", "growth_pairs", "growing", "goals", "agreements", "teacher_page")
_PAGE_TICKS: Final = frozenset({"shown_to_family"})
_PLAINLY: Final = {"strength": N_("What I am good at")}
"""Drawings whose own word says too little in a list."""
_ICON_GROUPS: Final = ("parts of a portfolio", "what one does", "areas of a goal")


class PageOfDraft:
    """The screen ``template/page/<page>``."""

    def __init__(self, draft: Drafting) -> None:
        self._draft = draft
        self._desk = draft.desk

    # -------------------------------------------------------------------------------------- screen

    def show(self, section_id: str) -> Screen:
        """Return the screen of a page. Raises ``NotFound``."""
        desk, say, draft = self._desk, self._desk.say, self._draft.now()
        section = edit.page_of(draft.template, section_id)
        more = edit.may_ask(section)
        ways = dict.fromkeys(way for ways in more.values() for way in ways if way != "rows")
        page = OnePage(
            say=say,
            says=draft_says(self._draft, draft),
            section=section,
            version=self._draft.shown.version(page_values(section)),
            shown=section_id in draft.shown,
            counted=section.holds in _COUNTED,
            purpose=say(purpose_of(section)),
            questions=tuple(self._question(section, prompt) for prompt in section.prompts),
            fields=tuple((name, say(FIELDS.get(name, name.replace("_", " ")))) for name in more),
            ways=tuple((way, say(WAYS[way])) for way in ways),
            pictures=drawings(section.icon, say),
            child=as_the_child_sees(desk, draft.template, section),
            family=as_the_family_sees(desk, draft.template, section),
            look=look_of(draft.template),
        )
        title = say("The page “{page}”", page=section.title)
        return Screen(title, render(page), ("template", say("What the books ask")))

    def _question(self, section: Section, prompt: Prompt) -> QuestionSeen:
        say, possible = self._desk.say, controls_for(section.holds, prompt.field)
        return QuestionSeen(
            prompt=prompt,
            version=self._draft.shown.version(question_values(prompt)),
            ways=tuple((way, say(WAYS[way])) for way in possible),
            way=say(WAYS[prompt.control]),
            choices="\n".join(choice.label for choice in prompt.choices),
            starters="\n".join(prompt.starters),
            chosen=prompt.control in edit.CHOSEN,
            written=prompt.control in edit.WRITTEN,
            counted=prompt.control in edit.COUNTED,
            own_choices=not fixed_choices(section.holds, prompt.field),
            picture=prompt.picture,
        )

    # --------------------------------------------------------------------------------------- forms

    def do(self, section_id: str, asked: Asked) -> Outcome:
        """Do what a form of the page asks. Raises ``PortfolioError``: then nothing was changed."""
        doing: Mapping[str, Callable[[str, Asked], Outcome]] = {
            "page": self._keep_page,
            "question": self._keep_question,
            "where": self._where,
            "move": self._move,
            "remove": self._remove,
            "otherwise": self._otherwise,
            "add": self._add,
            "picture": self._picture,
            "no-picture": self._no_picture,
            "remove-page": self._remove_page,
        }
        if asked.what not in doing:
            raise unknown(asked)
        return doing[asked.what](section_id, asked)

    def _keep_page(self, section_id: str, asked: Asked) -> Outcome:
        return self._kept(section_id, asked, page_values, page_from, _PAGE_TICKS)

    def _keep_question(self, section_id: str, asked: Asked) -> Outcome:
        field = asked.one("field")

        def values(section: Section) -> dict[str, str]:
            return question_values(edit.question_of(section, field))

        def made(section: Section, told: Values) -> Section:
            fixed = fixed_choices(section.holds, field)
            prompt = edit.question_of(section, field)
            # asking every book takes its time: only where another choice is named
            other = told["choices"] != question_values(prompt)["choices"] and not fixed
            had = self._draft.used().choices(section, field) if other else NOTHING
            return edit.with_question(section, question_from(prompt, told, fixed, had))

        return self._kept(section_id, asked, values, made, frozenset())

    def _kept(
        self,
        section_id: str,
        asked: Asked,
        values: Callable[[Section], dict[str, str]],
        made: Callable[[Section, Values], Section],
        ticks: frozenset[str],
    ) -> Outcome:
        """Lay the fields of a form over the draft; two windows lose nothing."""
        told = []

        def step(section: Section) -> Section:
            merged = self._draft.shown.merged(asked, values(section), ticks)
            after = made(section, merged.values)
            told.append((merged, values(after)))
            return after

        self._draft.change_page(section_id, step)
        merged, now = told[-1]
        return Outcome(
            version=self._draft.shown.version_after(merged, now),
            asides={**bar(self._draft), **self._seen(section_id)},
        )

    def _seen(self, section_id: str) -> dict[str, SafePage]:
        """Return how the page looks now, to the child and to the family, for the answer to a form that keeps itself."""
        desk, template = self._desk, self._draft.now().template
        section = edit.page_of(template, section_id)
        child, family = (
            as_the_child_sees(desk, template, section),
            as_the_family_sees(desk, template, section),
        )
        return {
            "seen-child": render(SeenPart(say=desk.say, to="child", child=child)),
            "seen-family": render(SeenPart(say=desk.say, to="family", family=family)),
        }

    def _where(self, section_id: str, asked: Asked) -> Outcome:
        """Put the page into the books, or take it out, in the draft."""
        how = asked.one("how")
        edit.page_of(self._draft.now().template, section_id)
        draft = self._draft.change(
            lambda now: replace(
                now,
                shown=rearranged(now.shown, section_id, how, [s.section_id for s in now.template.sections]),
            )
        )
        say = self._desk.say
        here = section_id in draft.shown
        return Outcome(
            say=say("Books will show this page.") if here else say("Books will not show this page.")
        )

    def _remove_page(self, section_id: str, asked: Asked) -> Outcome:
        """Take the page out of the draft for good."""
        del asked

        def step(draft: Draft) -> Draft:
            template = edit.remove_page(draft.template, section_id)
            return replace(draft, template=template, shown=tuple(n for n in draft.shown if n != section_id))

        self._draft.change(step)
        return Outcome(
            say=self._desk.say("The page is out of the draft. What children wrote is kept."), go="template"
        )

    def _move(self, section_id: str, asked: Asked) -> Outcome:
        field, way = asked.one("field"), asked.one("how")
        self._draft.change_page(section_id, lambda page: edit.move_question(page, field, way))
        return Outcome()  # whoever pressed stays at the button

    def _remove(self, section_id: str, asked: Asked) -> Outcome:
        field = asked.one("field")
        self._draft.change_page(section_id, lambda page: edit.remove_question(page, field))
        return Outcome(
            say=self._desk.say("The question is out of the draft. What children wrote is kept."),
            focus="h-questions",
        )

    def _otherwise(self, section_id: str, asked: Asked) -> Outcome:
        field, control = asked.one("field"), _control(asked.one("control"))
        used = self._draft.used()

        def step(page: Section) -> Section:
            had = NOTHING if fixed_choices(page.holds, field) else used.choices(page, field)
            return edit.asked_otherwise(page, field, control, had)

        self._draft.change_page(section_id, step)
        return Outcome(focus=f"q-{field}")

    def _add(self, section_id: str, asked: Asked) -> Outcome:
        ask = line(asked.one("ask"), "ask", LONGEST_TITLE * 2)
        control, field = _control(asked.one("control")), asked.one("field")
        added, used = [], self._draft.used().questions(section_id)

        def step(page: Section) -> Section:
            after, name = edit.add_question(page, field, ask, control, used)
            added.append(name)
            return after

        self._draft.change_page(section_id, step)
        return Outcome(say=self._desk.say("The question is on the page."), focus=f"q-{added[-1]}")

    def _picture(self, section_id: str, asked: Asked) -> Outcome:
        field, alt = asked.one("field"), line(asked.one("alt"), "alt", LONGEST_TITLE * 2)
        if not asked.files or not asked.files[0].data:
            raise InputRefused("Choose a picture first.", field="picture")
        if not alt:
            raise InputRefused("Say what the picture shows, for a child who cannot see it.", field="alt")
        name = keep_help_picture(self._desk.folder, asked.files[0].data, asked.files[0].name)
        self._with(section_id, field, picture=name, picture_alt=alt)
        return Outcome(say=self._desk.say("The picture stands beside the question."), focus=f"q-{field}")

    def _no_picture(self, section_id: str, asked: Asked) -> Outcome:
        self._with(section_id, asked.one("field"), picture="", picture_alt="")
        return Outcome(say=self._desk.say("The question has no picture."), focus=f"q-{asked.one('field')}")

    def _with(self, section_id: str, field: str, **values: str) -> None:
        self._draft.change_page(
            section_id,
            lambda page: edit.with_question(page, edit.changed(edit.question_of(page, field), **values)),
        )


def drawings(now: str, say: Speech) -> tuple[tuple[str, str], ...]:
    """Return the drawings a page may have: name and word; the one it has is always among them."""
    return tuple(
        (name, say(_PLAINLY.get(name, one.word)))
        for name, one in load_icons().items()
        if one.group in _ICON_GROUPS or name == now
    )


def _control(text: str) -> Control:
    if text not in WAYS:
        raise InputRefused("Choose how it is answered.", field="control")
    return cast("Control", text)
