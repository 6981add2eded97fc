"""Two class templates side by side, with the books that are begun: which changes there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portfolio.model import ClassTemplate, Portfolio, Prompt, Record, Section
from portfolio.rules.answers import kept
from portfolio.rules.template_change import Change, Fate, What
from portfolio.rules.template_places import (
    Place,
    asked_of,
    moved,
    places,
    shelf_of,
    shown_places,
    words_in,
)
from portfolio.rules.template_renames import carried_over, field_now, keeps_its_choice, renamed, section_now


@dataclass(frozen=True)
class _BookSeen:
    """A portfolio, and which of its answers the pages showed before and show after."""

    portfolio: Portfolio
    before: frozenset[Place]
    after: frozenset[Place]

    @property
    def student(self) -> str:
        return self.portfolio.meta.student_id


def _differ(was: Record, now: Record, *names: str) -> bool:
    return any(getattr(was, name) != getattr(now, name) for name in names)


_Ask = tuple[Section, Prompt]


def _asks(section: Section) -> tuple[_Ask, ...]:
    return tuple((section, prompt) for prompt in section.prompts)


class Comparison:
    """Two templates side by side. ``before`` is looked at under its new names, so ids of both mean the same."""

    def __init__(
        self,
        before: ClassTemplate,
        after: ClassTemplate,
        before_order: tuple[str, ...],
        after_order: tuple[str, ...],
        renames: Mapping[str, str],
    ) -> None:
        self.was, self.after = before, after
        self.renames = renames
        self.before = renamed(before, renames)
        self.before_order = tuple(renames.get(one, one) for one in before_order)
        self.after_order = after_order
        self._books: tuple[_BookSeen, ...] = ()

    def changes(self, portfolios: tuple[Portfolio, ...]) -> Iterator[Change]:
        """Yield every change in the order of the pages."""
        self._books = tuple(self._seen(one) for one in portfolios)
        yield from self._of_the_class()
        yield from self._names()
        yield from self._pages()
        for section in self.after.sections:
            there = self.before.section(section.section_id)
            if there is not None:
                yield from self._page(there, section)
        yield from self._agendas()

    def _seen(self, portfolio: Portfolio) -> _BookSeen:
        carried = carried_over(portfolio, self.renames)
        return _BookSeen(
            carried,
            shown_places(self.before, self.before_order, carried),
            shown_places(self.after, self.after_order, carried),
        )

    def _touched(self, asks: Iterable[_Ask]) -> tuple[tuple[str, ...], Fate]:
        """Return who answered one of these, and what becomes of it: the worst that happens to anybody."""
        asked = tuple(asks)
        hidden, there = [], []
        for seen in self._books:
            found = frozenset().union(*(places(seen.portfolio, *ask) for ask in asked))
            if (found & seen.before) - seen.after:
                hidden.append(seen.student)
            if found & (seen.before | seen.after):
                there.append(seen.student)
        if hidden:
            return tuple(hidden), "out_of_sight"
        return tuple(there), "shown" if there else ""

    def _change(
        self,
        what: What,
        asks: Iterable[_Ask],
        section: Section,
        field: str = "",
        *,
        before: str = "",
        after: str = "",
    ) -> Change:
        touched, fate = self._touched(asks)
        return Change(what, section.section_id, field, before, after, touched, fate)

    # ------------------------------------------------------------------------------------------ the class

    def _of_the_class(self) -> Iterator[Change]:
        for name in ("title", "language", "about_words"):
            was, now = str(getattr(self.before, name)), str(getattr(self.after, name))
            if was != now:
                yield Change("class_words", field=name, before=was, after=now)
        if self.before.age_band != self.after.age_band:
            yield Change("class_band", before=self.before.age_band, after=self.after.age_band)

    def _names(self) -> Iterator[Change]:
        for old, new in self.renames.items():
            section_id, _, field = old.partition(".")
            now = self.before.section(section_now(self.renames, section_id))
            if now is None:
                continue
            asked = [
                p for p in now.prompts if not field or p.field == field_now(self.renames, section_id, field)
            ]
            touched = tuple(
                seen.student for seen in self._books if any(places(seen.portfolio, now, p) for p in asked)
            )
            what: What = "question_id" if field else "page_id"
            fate: Fate = "carried" if touched else ""
            yield Change(what, now.section_id, new if field else "", old, new, touched, fate)

    # ------------------------------------------------------------------------------------------- the pages

    def _pages(self) -> Iterator[Change]:
        for section in self.after.sections:
            there, name = self.before.section(section.section_id), section.section_id
            shown, was_shown = name in self.after_order, name in self.before_order
            if shown and not was_shown:
                yield self._change("page_on", _asks(section), section, after=section.title)
            elif there is not None and was_shown and not shown:
                yield self._change("page_off", _asks(there), there, before=there.title)
            elif there is None:
                yield Change("page_ready", name, after=section.title)
        for section in self.before.sections:
            if self.after.section(section.section_id) is None:
                yield self._change("page_gone", _asks(section), section, before=section.title)
        for name in moved(self.before_order, self.after_order):
            now = self.after.section(name)
            if now is not None and self.before.section(name) is not None:
                yield Change("page_moved", name, after=now.title)

    def _page(self, was: Section, now: Section) -> Iterator[Change]:
        name = now.section_id
        if was.title != now.title:
            yield Change("page_renamed", name, before=was.title, after=now.title)
        if _differ(was, now, "icon", "intro", "each", "add"):
            yield Change("page_words", name, after=now.title)
        if _differ(was, now, "at_least", "at_most", "kept_for_the_table", "optional"):
            over = [seen.student for seen in self._books if self._too_many(seen.portfolio, was, now)]
            counts = (was.title, now.title)
            yield Change("page_counts", name, "", *counts, tuple(over), "over" if over else "")
        if was.shown_to_family != now.shown_to_family:
            yield self._family(was, now)
        if _differ(was, now, "holds", "speaker"):
            yield self._change("page_kind", _asks(was), now, after=now.title)
        yield from self._questions(was, now)

    def _too_many(self, portfolio: Portfolio, was: Section, now: Section) -> bool:
        free = ("answers", "ratings", "look_backs")
        return now.holds not in free and now.at_most < min(was.at_most, len(shelf_of(portfolio, now)))

    def _family(self, was: Section, now: Section) -> Change:
        """Whoever has written on a page keeps it as open, or as closed, as it was."""
        keep = [seen.student for seen in self._books if keeps_its_choice(seen.portfolio, was)]
        after = "shown" if now.shown_to_family else "hidden"
        return Change(
            "page_family", now.section_id, "", now.title, after, tuple(keep), "as_chosen" if keep else ""
        )

    # ------------------------------------------------------------------------------------------- questions

    def _questions(self, was: Section, now: Section) -> Iterator[Change]:
        for prompt in now.prompts:
            there = was.prompt(prompt.field)
            if there is None:
                ask = ((now, prompt),)
                yield self._change("question_added", ask, now, prompt.field, after=prompt.ask)
            else:
                yield from self._question(was, now, there, prompt)
        for prompt in was.prompts:
            if now.prompt(prompt.field) is None:
                ask = ((was, prompt),)
                yield self._change("question_removed", ask, now, prompt.field, before=prompt.ask)
        if moved([p.field for p in was.prompts], [p.field for p in now.prompts]):
            yield Change("questions_moved", now.section_id, after=now.title)

    def _question(self, was: Section, now: Section, there: Prompt, prompt: Prompt) -> Iterator[Change]:
        def told(what: What, before: str = "", after: str = "") -> Change:
            both = ((was, there), (now, prompt))
            return self._change(what, both, now, prompt.field, before=before, after=after or prompt.ask)

        if there.ask != prompt.ask:
            yield told("question_reworded", there.ask)
        if there.control != prompt.control:
            yield told("question_control", prompt.ask, prompt.control)
        if _differ(there, prompt, "lead", "starters"):
            yield told("question_beginnings")
        if there.choices != prompt.choices:
            yield self._choices(now, there, prompt)
        if _differ(there, prompt, "hint", "spoken", "picture", "picture_alt", "columns"):
            yield told("question_help")
        if there.words != prompt.words:
            yield self._cap("question_cap", now, prompt, there.words, prompt.words)
        if there.at_most != prompt.at_most:
            yield self._cap("question_at_most", now, prompt, there.at_most, prompt.at_most)

    def _choices(self, section: Section, there: Prompt, prompt: Prompt) -> Change:
        gone = {choice.id for choice in there.choices} - {choice.id for choice in prompt.choices}

        def picked(portfolio: Portfolio) -> set[str]:
            found: set[str] = set()
            for entry, field in asked_of(portfolio, section, prompt):
                value = kept(entry, field)
                found.update(value if isinstance(value, tuple) else [value] if isinstance(value, str) else [])
            return found

        hidden = [seen.student for seen in self._books if picked(seen.portfolio) & gone]
        chose = hidden or [seen.student for seen in self._books if picked(seen.portfolio)]
        fate: Fate = "out_of_sight" if hidden else "shown" if chose else ""
        return Change(
            "question_choices", section.section_id, prompt.field, "", prompt.ask, tuple(chose), fate
        )

    def _cap(self, what: What, section: Section, prompt: Prompt, was: int | None, now: int | None) -> Change:
        over = []
        for seen in self._books if now is not None else ():
            values = [kept(entry, field) for entry, field in asked_of(seen.portfolio, section, prompt)]
            sizes = [len(value) if isinstance(value, tuple) else words_in(value) for value in values]
            if any(size > (now or 0) for size in sizes):
                over.append(seen.student)
        fate: Fate = "over" if over else ""
        before, after = ("" if n is None else str(n) for n in (was, now))
        return Change(what, section.section_id, prompt.field, before, after, tuple(over), fate)

    # -------------------------------------------------------------------------------------------- agendas

    def _agendas(self) -> Iterator[Change]:
        was = {agenda.preset_id: agenda for agenda in self.before.agendas}
        now = {agenda.preset_id: agenda for agenda in self.after.agendas}
        for name, agenda in now.items():
            if name not in was:
                yield Change("agenda_added", name, after=agenda.title)
            elif agenda != was[name]:
                yield Change("agenda_changed", name, before=was[name].title, after=agenda.title)
        for name, agenda in was.items():
            if name not in now:
                follow = (seen.portfolio.meta for seen in self._books)
                chose = tuple(meta.student_id for meta in follow if meta.agenda.preset == name)
                yield Change("agenda_removed", name, before=agenda.title, touched=chose)
        if moved(list(was), list(now)):
            yield Change("agendas_moved", next(iter(now)), after=next(iter(now.values())).title)
