"""A child at its rehearsal: the same hands as at the desk, on pages that are no part of the book.

What is written here is seen by the child and its teacher, and by nobody else: no page for families is made of it.
"""

from __future__ import annotations

from typing import Any, Final, cast, get_args

from portfolio.errors import N_, InputRefused, NotFound
from portfolio.model import Book, Choice, Practice, Prompt, Section
from portfolio.model.portfolio import CueLines
from portfolio.moments import rehearsal_told as told
from portfolio.moments.desk import STATE_WORDS, Saved, StudentDesk
from portfolio.moments.desk_notes import small_pictures
from portfolio.rules import rehearsal as r
from portfolio.rules.progress import State
from portfolio.rules.shown import WhoSees

_ASKED: Final = "cue_lines"
_CARD: Final = f"{r.HOW_MUCH}.{_ASKED}"
"""The one card on the page of how much a child wants to see."""

LADDER: Final[dict[CueLines, tuple[str, str]]] = {
    "script": (N_("All my lines"), "writing"),
    "words": (N_("My two or three words"), "lamp"),
    "none": (N_("No lines: I just talk"), "speak"),
}
"""How much of its lines a child may see, with the drawing of each."""

_TRY: Final[dict[CueLines, str]] = {
    "script": N_(
        "You have practised. If you like, try it with two or three words. All your lines are fine too."
    ),
    "words": N_("You have practised. If you like, try it with no lines. Two or three words are fine too."),
}
"""What is offered to who has practised."""


_NOT_YET: Final = N_("You have not practised yet. It begins with saying one step out loud.")


class RehearsalDesk(StudentDesk):
    """The pages on which one child gets ready for its meeting: saved, merged and taken back as at its desk."""

    def section(self, section_id: str) -> Section:
        """Return a page of the rehearsal. Raises ``NotFound`` naming those there are."""
        words = self.book.template.about_words
        known = {r.SAY: r.say_page, r.INSTEAD: r.instead_page}
        if section_id in known:
            return known[section_id](words)
        if section_id == r.PRACTISE:
            return r.practise_page()
        if section_id == r.HOW_MUCH:
            return _ladder(self.fresh())
        raise NotFound(
            "There is no page called “{section}”. There is: {known}.",
            section=section_id,
            known=", ".join(name for name, _, _ in r.PAGES),
        )

    def form(self, section_id: str) -> dict[str, Any]:
        """Return a page as the controls in the browser draw it."""
        form = {**super().form(section_id), "who_sees": None, "grows": False}
        if section_id == r.HOW_MUCH:
            return {**form, "cards": [self._how_much(form["cards"][0])], "undo": False}
        if section_id == r.PRACTISE:
            return {**form, "cards": self._practices(form["cards"]), "bare": self.say(_NOT_YET)}
        form["bare"] = self.say(N_("In this meeting there is no step for you to speak at. Ask your teacher."))
        return {**form, "cards": self._steps(form["cards"], section_id), **self._beside(section_id)}

    def _how_much(self, made: dict[str, Any]) -> dict[str, Any]:
        """Return the card with what is chosen: that stands with what is chosen for the whole book."""
        meta, version = self.store.meta(self.portfolio_id)
        return {**made, "version": version, "fields": [{**made["fields"][0], "value": meta.cue_lines}]}

    def _steps(self, made: list[dict[str, Any]], page: str) -> list[dict[str, Any]]:
        """Return cards with the step each is for: its name and drawing, its time, what is on the screen.

        The card to go on with is open: the first one without lines. What is shown in place of speaking is offered
        and never asked for: there the first card is open until something is chosen anywhere.
        """
        book = self.fresh()
        at = r.cue_at if page == r.SAY else r.statement_at
        there = [(at(book, turn), turn) for turn in r.turns(book) if page == r.SAY or not turn.piece]
        empty = [entry.entry_id for entry, _ in there if not r.says(entry)]
        next_one = empty[:1] if page == r.SAY or len(empty) == len(there) else []
        turns = {entry.entry_id: turn for entry, turn in there}
        return [
            {
                **card,
                "title": told.title(self.say, turns[card["entry_id"]]),
                "icon": turns[card["entry_id"]].line.icon,
                "told": told.about(self.say, turns[card["entry_id"]]),
                "fold": "open" if card["entry_id"] in next_one else "shut",
            }
            for card in made
            if card["entry_id"] in turns
        ]

    def _practices(self, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the cards of rehearsals: the day, how it was. Each may be taken away."""
        there = {one.entry_id: one for one in self.fresh().portfolio.practices}
        return [
            {
                **card,
                "title": self._day(there[card["entry_id"]]),
                "icon": "clock",
                "told": told.how_it_was(self.say, there[card["entry_id"]]),
                "removable": True,
            }
            for card in made
            if card["entry_id"] in there
        ]

    def _day(self, practice: Practice) -> str:
        return self.say.day(practice.on) or self.say(N_("I practised"))

    def _beside(self, page: str) -> dict[str, Any]:
        """Return what was prepared for steps that this meeting does not come to: nothing of it is lost."""
        book = self.fresh()
        found = r.elsewhere(book, "cues" if page == r.SAY else "statements")
        parts = [
            {**told.other_step(self.say, book, one), "pictures": small_pictures(self, told.pictures_of(one))}
            for one in found
        ]
        return {"gone": parts, "gone_title": self.say(N_("Lines for other steps"))}

    # --------------------------------------------------------------------------------------------- keeping

    def save(self, section_id: str, entry_id: str, field_name: str, value: Any, base: int) -> Saved:
        """Keep one answer; how much a child wants to see stands with what is chosen for the whole book."""
        if section_id != r.HOW_MUCH:
            return super().save(section_id, entry_id, field_name, value, base)
        if (entry_id, field_name) != (_CARD, "picks") or value not in (*get_args(CueLines), None):
            raise NotFound(
                "This question is not here any more. Your words are still on this page: copy them."
            )
        chosen = self.cover.choose_cue_lines(cast("CueLines", value or "script"))
        return Saved(self.store.meta(self.portfolio_id)[1], merged=False, value=chosen)

    def add(self, section_id: str) -> dict[str, Any]:  # noqa: ARG002 - refused for every page
        """Refuse: there is a card for each step, and a rehearsal is made by practising."""
        raise InputRefused("There is no room for one more here.")

    def show_to(self, section_id: str, who: str) -> WhoSees:  # noqa: ARG002 - refused for everybody
        """Refuse: only child and teacher ever see these pages."""
        raise InputRefused("Who sees this page cannot be chosen here.")

    # ------------------------------------------------------------------------------------------- contents

    def path(self) -> list[dict[str, str]]:
        """Return the pages with how far each is, in words."""
        book = self.fresh()
        return [
            {"id": name, "title": self.say(title), "icon": icon, **self._state(book, name)}
            for name, title, icon in r.PAGES
        ]

    def _state(self, book: Book, page: str) -> dict[str, str]:
        portfolio = book.portfolio
        if page == r.HOW_MUCH:
            return {"state": "filled", "word": self.say(LADDER[portfolio.meta.cue_lines][0])}
        if page == r.PRACTISE:
            times = len(portfolio.practices)
            word = self.say.many("{n} time so far", "{n} times so far", times)
            return {"state": "filled", "word": word} if times else _word(self, "empty")
        if page == r.INSTEAD:
            shown = any(one.in_place and r.says(one) for one in portfolio.statements)
            word = self.say(N_("chosen")) if shown else self.say(N_("if you like"))
            return {"state": "filled" if shown else "empty", "word": word}
        steps = [r.says(r.cue_at(book, turn)) for turn in r.turns(book) if turn.piece is None]
        return _word(self, "filled" if steps and all(steps) else "started" if any(steps) else "empty")


def _word(desk: StudentDesk, state: State) -> dict[str, str]:
    return {"state": state, "word": desk.say(STATE_WORDS[state])}


def _ladder(book: Book) -> Section:
    """Return the page that asks how much of its lines a child wants to see while it presents."""
    title, icon = next((title, icon) for name, title, icon in r.PAGES if name == r.HOW_MUCH)
    now = book.portfolio.meta.cue_lines
    prompt = Prompt(
        field=_ASKED,
        ask=N_("What shall be in front of me when I speak?"),
        hint=_TRY.get(now, "") if book.portfolio.practices else "",
        control="one",
        choices=tuple(Choice(id=one, label=label, icon=drawing) for one, (label, drawing) in LADDER.items()),
    )
    told_first = N_(
        "All three are good ways. Nobody else sees what you choose, and you can change it any time."
    )
    return Section(
        section_id=r.HOW_MUCH, title=title, icon=icon, holds="answers", intro=told_first, prompts=(prompt,)
    )
