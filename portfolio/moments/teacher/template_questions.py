"""One page of the draft: its words, its questions, and how it looks to a child and to a family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, cast

from portfolio.errors import N_, InputRefused
from portfolio.model import Choice, Control, Prompt, Section
from portfolio.model.fields import controls_for
from portfolio.moments.help_pictures import keep_help_picture
from portfolio.moments.teacher.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.setup_keep import Values, line
from portfolio.moments.teacher.setup_sections import purpose_of, rearranged
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_preview import as_the_child_sees, as_the_family_sees, look_of
from portfolio.moments.teacher.template_says import draft_says
from portfolio.rules import template_edit as edit
from portfolio.store.template_checks import fixed_choices
from portfolio.store.template_draft import Draft
from portfolio.views.icons import load_icons
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import OnePage, QuestionSeen
from portfolio.words import Speech

WAYS: Final[Mapping[Control, str]] = {
    "line": N_("one line"),
    "long": N_("some lines"),
    "picks": N_("pictures or words to pick, several"),
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
_ICON_GROUPS: Final = ("parts of a portfolio", "what one does", "areas of a goal")
_LONGEST_TITLE: Final = 120
_LONGEST_LINES: Final = 4_000


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
            return edit.with_question(section, question_from(edit.question_of(section, field), told, fixed))

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
        return Outcome(version=self._draft.shown.version_after(merged, now))

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
        return Outcome(focus=f"q-{field}")

    def _remove(self, section_id: str, asked: Asked) -> Outcome:
        field = asked.one("field")
        self._draft.change_page(section_id, lambda page: edit.remove_question(page, field))
        return Outcome(say=self._desk.say("The question is out of the draft. What children wrote is kept."))

    def _otherwise(self, section_id: str, asked: Asked) -> Outcome:
        field, control = asked.one("field"), _control(asked.one("control"))
        self._draft.change_page(section_id, lambda page: edit.asked_otherwise(page, field, control))
        return Outcome(focus=f"q-{field}")

    def _add(self, section_id: str, asked: Asked) -> Outcome:
        ask = line(asked.one("ask"), "ask", _LONGEST_TITLE * 2)
        control, field = _control(asked.one("control")), asked.one("field")
        added = []

        def step(page: Section) -> Section:
            after, name = edit.add_question(page, field, ask, control)
            added.append(name)
            return after

        self._draft.change_page(section_id, step)
        return Outcome(say=self._desk.say("The question is on the page."), focus=f"q-{added[-1]}")

    def _picture(self, section_id: str, asked: Asked) -> Outcome:
        field, alt = asked.one("field"), line(asked.one("alt"), "alt", _LONGEST_TITLE * 2)
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
        (name, say(one.word))
        for name, one in load_icons().items()
        if one.group in _ICON_GROUPS or name == now
    )


def _control(text: str) -> Control:
    if text not in WAYS:
        raise InputRefused("Choose how it is answered.", field="control")
    return cast("Control", text)


# ----------------------------------------------------------------------------------- forms as text and back


def page_values(section: Section) -> dict[str, str]:
    """Return what the form of a page shows, by field; a tick is "1" or ""."""
    return {
        "title": section.title,
        "intro": section.intro,
        "icon": section.icon,
        "at_least": str(section.at_least),
        "at_most": str(section.at_most),
        "kept_for_the_table": str(section.kept_for_the_table),
        "shown_to_family": "1" if section.shown_to_family else "",
    }


def page_from(section: Section, told: Values) -> Section:
    """Return a page as its form says. Raises ``InputRefused``, naming the field."""
    title = line(told["title"], "title", _LONGEST_TITLE)
    if not title:
        raise InputRefused("A page needs a title.", field="title")
    counts = {
        name: number(told[name], name, most, getattr(section, name))
        for name, most in (("at_least", 12), ("at_most", 12), ("kept_for_the_table", 3))
    }
    counts["at_most"] = max(counts["at_most"], counts["at_least"], 1)
    if counts["kept_for_the_table"] and counts["kept_for_the_table"] >= counts["at_most"]:
        raise InputRefused("Leave at least one for before the meeting.", field="kept_for_the_table")
    icon = told["icon"] if told["icon"] in load_icons() else section.icon
    return edit.changed(
        section,
        title=title,
        intro=line(told["intro"], "intro", _LONGEST_LINES),
        icon=icon,
        shown_to_family=bool(told["shown_to_family"]),
        **counts,
    )


def question_values(prompt: Prompt) -> dict[str, str]:
    """Return what the form of a question shows, by field."""
    return {
        "ask": prompt.ask,
        "hint": prompt.hint,
        "lead": prompt.lead,
        "starters": "\n".join(prompt.starters),
        "words": str(prompt.words or ""),
        "at_most": str(prompt.at_most or ""),
        "choices": "\n".join(choice.label for choice in prompt.choices),
        "picture_alt": prompt.picture_alt,
    }


def question_from(prompt: Prompt, told: Values, fixed: tuple[str, ...]) -> Prompt:
    """Return a question as its form says; fields that do not go with its control stay. Raises ``InputRefused``."""
    ask = line(told["ask"], "ask", _LONGEST_TITLE * 2)
    if not ask:
        raise InputRefused("A question needs words.", field="ask")
    changes: dict[str, object] = {"ask": ask, "hint": line(told["hint"], "hint", _LONGEST_LINES)}
    if prompt.control in edit.WRITTEN:
        changes["lead"] = line(told["lead"], "lead", _LONGEST_TITLE)
        changes["starters"] = _lines(told["starters"], "starters")
        changes["words"] = number(told["words"], "words", 1000, 0) or None
    if prompt.control in edit.COUNTED:
        changes["at_most"] = number(told["at_most"], "at_most", 12, 0) or None
    if prompt.control in edit.CHOSEN:
        changes["choices"] = _choices(told["choices"], prompt.choices, fixed)
    if prompt.picture:
        changes["picture_alt"] = (
            line(told["picture_alt"], "picture_alt", _LONGEST_TITLE * 2) or prompt.picture_alt
        )
    return edit.changed(prompt, **changes)


def _choices(text: str, before: tuple[Choice, ...], fixed: tuple[str, ...]) -> tuple[Choice, ...]:
    return edit.choices_from(_lines(text, "choices"), before, fixed)


def _lines(text: str, field: str) -> tuple[str, ...]:
    return tuple(line(one, field, _LONGEST_TITLE) for one in edit.lines_of(text))


def number(text: str, field: str, most: int, otherwise: int) -> int:
    """Return a number from a form, ``otherwise`` for none. Raises ``InputRefused`` for anything else."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 6) or int(text) > most:
        raise InputRefused("Write a number up to {most}.", most=most, field=field)
    return int(text)
