# long: every small change of a template stands beside the others
"""Small changes of a class template, one at a time: each gives another whole template, or a sentence why not.

A change keeps ids: of a page, of a question, of a choice whose words were changed. Answers hang on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar

from pydantic import ValidationError

from portfolio.errors import InputRefused, NotFound
from portfolio.model import AgendaPreset, AgendaStep, Choice, ClassTemplate, Control, Prompt, Record, Section
from portfolio.model.fields import BESIDE_A_RATING, askable, controls_for
from portfolio.model.record import Line
from portfolio.rules.template_choices import NOTHING, Had, named_anew
from portfolio.rules.template_names import free_name

Way = Literal["up", "down"]

WRITTEN: Final = ("line", "long")
CHOSEN: Final = ("picks", "one", "scale")
COUNTED: Final = ("picks", "photos", "media", "rows", "dates")
MOST_QUESTIONS: Final = 30
MOST_PAGES: Final = 40

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def page_of(template: ClassTemplate, section_id: str) -> Section:
    """Return a page of a template. Raises ``NotFound``."""
    found = template.section(section_id)
    if found is None:
        raise NotFound("This page is not there any more. Go back to the pages.")
    return found


def question_of(section: Section, field: str) -> Prompt:
    """Return a question of a page. Raises ``NotFound``."""
    found = section.prompt(field)
    if found is None:
        raise NotFound("This question is not on the page any more. Go back to the page.")
    return found


def with_page(template: ClassTemplate, section: Section) -> ClassTemplate:
    """Return a template with this page in the place of the one of its name."""
    return _whole(
        template,
        sections=tuple(section if s.section_id == section.section_id else s for s in template.sections),
    )


def changed(record: R, **values: Any) -> R:
    """Return a record with some fields changed. Raises ``InputRefused``, naming the field that does not fit."""
    try:
        return record.but(**values)
    except ValidationError as error:
        raise InputRefused(
            "This does not fit here. Look at it once more.", field=str(error.errors()[0]["loc"][0])
        ) from error


def _whole(template: ClassTemplate, **values: Any) -> ClassTemplate:
    try:
        return template.but(**values)
    except ValidationError as error:
        raise InputRefused("This change does not fit the other pages. Nothing was changed.") from error


# --------------------------------------------------------------------------------------------------- pages


def add_page(
    template: ClassTemplate, title: str, prompt: Prompt, icon: str, used: Iterable[str] = ()
) -> tuple[ClassTemplate, str]:
    """Return a template with a page of its own at the end, before the last one, and the id of that page.

    A question with a scale makes a page of ratings, any other a page of answers. ``used`` are ids that pages of
    before had: none is given again.
    """
    if len(template.sections) >= MOST_PAGES:
        raise InputRefused("There is room for {n} pages. Take one out first.", n=MOST_PAGES)
    name = free_name(title, [*(s.section_id for s in template.sections), *used], "page")
    holds: Any = "ratings" if prompt.control == "scale" else "answers"
    fresh = Section(section_id=name, title=title, icon=icon, holds=holds, prompts=(prompt,), at_most=1)
    return _whole(template, sections=(*template.sections, fresh)), name


def add_known_page(template: ClassTemplate, section: Section) -> ClassTemplate:
    """Return a template with a page of another template at the end. Raises ``InputRefused`` if it has one of that name."""
    if template.section(section.section_id) or len(template.sections) >= MOST_PAGES:
        raise InputRefused("There is such a page already.")
    return _whole(template, sections=(*template.sections, section))


def remove_page(template: ClassTemplate, section_id: str) -> ClassTemplate:
    """Return a template without a page, also in its agendas; steps that showed only it stay, and show nothing."""
    page_of(template, section_id)
    if len(template.sections) == 1:
        raise InputRefused("The books need a page. Make another one first.")
    agendas = tuple(
        a.but(steps=tuple(s.but(sections=tuple(n for n in s.sections if n != section_id)) for s in a.steps))
        for a in template.agendas
    )
    sections = tuple(s for s in template.sections if s.section_id != section_id)
    return _whole(template, sections=sections, agendas=agendas)


# ----------------------------------------------------------------------------------------------- questions


def add_question(
    section: Section, field: str, ask: str, control: Control, used: Iterable[str] = ()
) -> tuple[Section, str]:
    """Return a page with one more question at its end, and the field it fills.

    On a page of free questions ``field`` may be empty: a name is made, none of those ``used`` by questions of
    before, since answers to them may be kept. Raises ``InputRefused``.
    """
    if len(section.prompts) >= MOST_QUESTIONS:
        raise InputRefused("A page has room for {n} questions.", n=MOST_QUESTIONS)
    if not ask:
        raise InputRefused("Write the question first.", field="ask")
    there = [p.field for p in section.prompts]
    free = section.holds in ("answers", "ratings") and field not in BESIDE_A_RATING
    name = free_name(ask, [*there, *used], "question") if free else field
    if name in there:
        raise InputRefused("This is asked on the page already.", field="field")
    if control not in controls_for(section.holds, name):
        raise InputRefused("This cannot be answered in that way. Choose another one.", field="control")
    fresh = Prompt(field=name, ask=ask, control=control, choices=first_choices(section, control))
    return section.but(prompts=(*section.prompts, fresh)), name


def first_choices(section: Section, control: Control) -> tuple[Choice, ...]:
    """Return choices for a new question that needs some: those of another one on the page, else two."""
    if control not in CHOSEN:
        return ()
    like = next((p.choices for p in section.prompts if p.control == control and p.choices), ())
    return like or (Choice(id="yes", label="yes"), Choice(id="not-yet", label="not yet"))


def may_ask(section: Section) -> dict[str, tuple[Control, ...]]:
    """Return what else a page can ask for: fields that are not asked yet, each with the ways it can be answered.

    A page of free questions takes any; its one entry is called "".
    """
    if section.holds in ("answers", "ratings"):
        free = {"": controls_for(section.holds, "")}
        more = {f: controls_for("ratings", f) for f in BESIDE_A_RATING if not section.prompt(f)}
        return free | (more if section.holds == "ratings" else {})
    asked = {p.field for p in section.prompts}
    return {
        name: ways
        for name, ways in askable(section.holds).items()
        if name not in asked and "rows" not in ways
    }


def remove_question(section: Section, field: str) -> Section:
    """Return a page without a question; what was answered stays in the books, out of sight."""
    question_of(section, field)
    return section.but(prompts=tuple(p for p in section.prompts if p.field != field))


def move_question(section: Section, field: str, way: str) -> Section:
    """Return a page with a question one place earlier (``up``) or later (``down``); at the end it stays."""
    return section.but(prompts=moved(section.prompts, question_of(section, field), way))


def moved(items: Sequence[T], item: T, way: str) -> tuple[T, ...]:
    """Return items with one of them a place earlier (``up``) or later (``down``); at the end it stays."""
    order = list(items)
    at = order.index(item)
    to = at + {"up": -1, "down": 1}.get(way, 0)
    if 0 <= to < len(order):
        order.insert(to, order.pop(at))
    return tuple(order)


def with_question(section: Section, prompt: Prompt) -> Section:
    """Return a page with this question in the place of the one of its name."""
    question_of(section, prompt.field)
    return section.but(prompts=tuple(prompt if p.field == prompt.field else p for p in section.prompts))


def asked_otherwise(section: Section, field: str, control: Control, had: Had = NOTHING) -> Section:
    """Return a page on which a question is answered in another way; what does not go with that way goes.

    ``had``: what could be chosen before, whose ids are not given to anything else.
    """
    was = question_of(section, field)
    if control not in controls_for(section.holds, field):
        raise InputRefused("This cannot be answered in that way. Choose another one.", field="control")
    written, chosen = control in WRITTEN, control in CHOSEN
    now = was.but(
        control=control,
        lead=was.lead if written else "",
        starters=was.starters if written else (),
        words=was.words if written else None,
        at_most=was.at_most if control in COUNTED else None,
        choices=(was.choices or named_anew(first_choices(section, control), had)) if chosen else (),
        columns=was.columns if control == "rows" else (),
    )
    return with_question(section, now)


# ------------------------------------------------------------------------------------------------- agendas


def with_agenda(template: ClassTemplate, agenda: AgendaPreset) -> ClassTemplate:
    """Return a template with this agenda in the place of the one of its name."""
    return _whole(
        template,
        agendas=tuple(agenda if a.preset_id == agenda.preset_id else a for a in template.agendas),
    )


def agenda_of(template: ClassTemplate, preset_id: str) -> AgendaPreset:
    """Return an agenda. Raises ``NotFound`` (:meth:`ClassTemplate.agenda` takes the first one instead)."""
    found = next((a for a in template.agendas if a.preset_id == preset_id), None)
    if found is None:
        raise NotFound("This agenda is not there any more. Go back to the pages.")
    return found


def with_steps(agenda: AgendaPreset, steps: Sequence[AgendaStep]) -> AgendaPreset:
    """Return an agenda with these steps; its sums are counted anew."""
    if not steps:
        raise InputRefused("A meeting needs a step.")
    return agenda.but(
        steps=tuple(steps),
        child_minutes=sum(s.minutes for s in steps if not s.private),
        all_minutes=sum(s.minutes for s in steps),
    )


def another_agenda(template: ClassTemplate, like: AgendaPreset, title: str) -> tuple[ClassTemplate, str]:
    """Return a template with a copy of an agenda under another title, and the id of the copy."""
    if not title:
        raise InputRefused("Give the agenda a title first.", field="title")
    name = free_name(title, [a.preset_id for a in template.agendas], "agenda")
    copy = like.but(preset_id=name, title=title)
    return _whole(template, agendas=(*template.agendas, copy)), name


def without_agenda(template: ClassTemplate, preset_id: str) -> ClassTemplate:
    """Return a template without an agenda. Raises ``InputRefused`` for the last one."""
    agenda_of(template, preset_id)
    if len(template.agendas) == 1:
        raise InputRefused("The meeting needs an agenda. Make another one first.")
    return _whole(template, agendas=tuple(a for a in template.agendas if a.preset_id != preset_id))


# --------------------------------------------------------------------------------------------------- names


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that say something, each once, without white space around them."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


Edit = Callable[[ClassTemplate], ClassTemplate]
"""One change of a template."""

Told = Mapping[str, str]
"""What stands in a form, by field."""
