"""An agenda of the draft: steps, minutes, whose turn it is, which pages are shown; sums are counted for the teacher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, get_args

from portfolio.errors import N_, InputRefused
from portfolio.model import AgendaPreset, AgendaStep, ClassTemplate
from portfolio.model.template import Speaker
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.setup_keep import Values, line
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_forms import number
from portfolio.moments.teacher.template_says import bar, draft_says
from portfolio.rules import template_edit as edit
from portfolio.rules.template_names import free_name
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import AgendaScreen, AgendaSums, StepSeen

SPEAKERS: Final[Mapping[Speaker, str]] = {
    "student": N_("the child"),
    "family": N_("the family"),
    "teacher": N_("the teacher"),
    "all": N_("everybody"),
    "adults": N_("the grown-ups"),
}
"""Whose turn a step can be."""

_LONGEST: Final = 120
_MOST_STEPS: Final = 30


class AgendaOfDraft:
    """The screen ``template/agenda/<agenda>``."""

    def __init__(self, draft: Drafting) -> None:
        self._draft = draft
        self._desk = draft.desk

    def show(self, preset_id: str) -> Screen:
        """Return the screen of an agenda. Raises ``NotFound``."""
        say, draft = self._desk.say, self._draft.now()
        agenda = edit.agenda_of(draft.template, preset_id)
        screen = AgendaScreen(
            say=say,
            says=draft_says(self._draft, draft),
            agenda=agenda,
            steps=tuple(self._step(step) for step in agenda.steps),
            speakers=tuple((name, say(words)) for name, words in SPEAKERS.items()),
            pages=tuple((s.section_id, s.title) for s in draft.template.sections),
            remark=_remark(agenda, say),
            last=len(draft.template.agendas) == 1,
        )
        return Screen(
            say("The agenda “{title}”", title=agenda.title),
            render(screen),
            ("template", say("What the books ask")),
        )

    def _step(self, step: AgendaStep) -> StepSeen:
        return StepSeen(
            step_id=step.step_id,
            title=step.title,
            speaker=step.speaker,
            minutes=step.minutes,
            private=step.private,
            sections=step.sections,
            version=self._draft.shown.version(step_values(step)),
        )

    def do(self, preset_id: str, asked: Asked) -> Outcome:
        """Do what a form of the agenda asks. Raises ``PortfolioError``: then nothing was changed."""
        doing: Mapping[str, Callable[[str, Asked], Outcome]] = {
            "step": self._keep,
            "move": self._move,
            "remove": self._remove,
            "add": self._add,
            "remove-agenda": self._remove_agenda,
        }
        if asked.what not in doing:
            raise unknown(asked)
        return doing[asked.what](preset_id, asked)

    def _change(self, preset_id: str, step: Callable[[AgendaPreset], AgendaPreset]) -> AgendaPreset:
        def whole(template: ClassTemplate) -> ClassTemplate:
            return edit.with_agenda(template, step(edit.agenda_of(template, preset_id)))

        return edit.agenda_of(self._draft.change_template(whole).template, preset_id)

    def _keep(self, preset_id: str, asked: Asked) -> Outcome:
        name, told = asked.one("step"), []

        def step(agenda: AgendaPreset) -> AgendaPreset:
            was = _step_of(agenda, name)
            pages = (
                tuple(dict.fromkeys(asked.all("sections"))) if asked.ticked("told-pages") else was.sections
            )
            known = {s.section_id for s in self._draft.now().template.sections}
            merged = self._draft.shown.merged(asked, step_values(was), frozenset({"private"}))
            now = _step_from(was, merged.values, tuple(p for p in pages if p in known))
            told.append((merged, step_values(now)))
            return edit.with_steps(agenda, [now if s.step_id == name else s for s in agenda.steps])

        self._change(preset_id, step)
        merged, now = told[-1]
        after = edit.agenda_of(self._draft.now().template, preset_id)
        sums = render(AgendaSums(say=self._desk.say, agenda=after, remark=_remark(after, self._desk.say)))
        return Outcome(
            version=self._draft.shown.version_after(merged, now), asides={"sums": sums, **bar(self._draft)}
        )

    def _move(self, preset_id: str, asked: Asked) -> Outcome:
        name, way = asked.one("step"), asked.one("how")

        def step(agenda: AgendaPreset) -> AgendaPreset:
            return edit.with_steps(agenda, edit.moved(agenda.steps, _step_of(agenda, name), way))

        self._change(preset_id, step)
        return Outcome()  # whoever pressed stays at the button

    def _remove(self, preset_id: str, asked: Asked) -> Outcome:
        name = asked.one("step")

        def step(agenda: AgendaPreset) -> AgendaPreset:
            gone = _step_of(agenda, name)
            return edit.with_steps(agenda, [s for s in agenda.steps if s != gone])

        self._change(preset_id, step)
        return Outcome(say=self._desk.say("The step is out of the agenda."), focus="sums")

    def _add(self, preset_id: str, asked: Asked) -> Outcome:
        title = line(asked.one("title"), "title", _LONGEST)
        if not title:
            raise InputRefused("Say what happens in this step.", field="title")
        made = []

        def step(agenda: AgendaPreset) -> AgendaPreset:
            if len(agenda.steps) >= _MOST_STEPS:
                raise InputRefused("An agenda has room for {n} steps.", n=_MOST_STEPS)
            name = free_name(title, [s.step_id for s in agenda.steps], "step")
            made.append(name)
            fresh = AgendaStep(step_id=name, title=title, speaker="student", minutes=1)
            return edit.with_steps(agenda, [*agenda.steps[:-1], fresh, *agenda.steps[-1:]])

        self._change(preset_id, step)
        return Outcome(focus=f"s-{made[-1]}")

    def _remove_agenda(self, preset_id: str, asked: Asked) -> Outcome:
        del asked
        self._draft.change_template(lambda template: edit.without_agenda(template, preset_id))
        return Outcome(say=self._desk.say("The agenda is out of the draft."), go="template")


def _step_of(agenda: AgendaPreset, step_id: str) -> AgendaStep:
    found = next((s for s in agenda.steps if s.step_id == step_id), None)
    if found is None:
        raise InputRefused("This step is not in the agenda any more. Load this screen again.")
    return found


def step_values(step: AgendaStep) -> dict[str, str]:
    """Return what the form of a step shows, by field; pages stand as their ids in one text."""
    return {
        "title": step.title,
        "speaker": step.speaker,
        "minutes": str(step.minutes),
        "private": "1" if step.private else "",
    }


def _step_from(step: AgendaStep, told: Values, pages: tuple[str, ...]) -> AgendaStep:
    title = line(told["title"], "title", _LONGEST)
    if not title:
        raise InputRefused("Say what happens in this step.", field="title")
    speaker = next((one for one in get_args(Speaker) if one == told["speaker"]), None)
    if speaker is None:
        raise InputRefused("Choose whose turn it is.", field="speaker")
    minutes = number(told["minutes"], "minutes", 60, step.minutes)
    if minutes < 1:
        raise InputRefused("A step takes at least a minute.", field="minutes")
    return edit.changed(
        step, title=title, speaker=speaker, minutes=minutes, private=bool(told["private"]), sections=pages
    )


def _remark(agenda: AgendaPreset, say: Callable[[str], str]) -> str:
    ours = [step for step in agenda.steps if not step.private]
    if ours and (ours[0].speaker != "student" or ours[-1].speaker != "student"):
        return say(N_("It is the child’s meeting: let the child have the first word and the last."))
    return ""
