# long: all messages of one section, in one place
"""One section of the desk: cards of questions. It carries messages between the page and the keeper.

"Saved" is only said after :meth:`~portfolio.widgets.keeper.SheetKeeper.save` has returned. Whose sheet
it is and who keeps it are plain attributes: the page cannot reach them.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from typing import Any, cast, get_args

import traitlets

from portfolio.errors import ChangedMeanwhile, InputRefused, PortfolioError
from portfolio.views.icons import drawings
from portfolio.widgets import checks, phrases
from portfolio.widgets.base import Clock, Kit, Ours, utc_now
from portfolio.widgets.bringing import Bringing
from portfolio.widgets.keeper import Moved, SheetKeeper
from portfolio.widgets.own_steps import OwnSteps
from portfolio.widgets.wire import Answer, Card, Field, Form, NoteForChild, WhoSees, every_field

log = logging.getLogger("portfolio.widgets")

_REMEMBERED = 64  # answers kept for questions a page asks again; it never has more under way


class Sheet(Ours):
    """The controls of one section.

    ``form``: what is asked and what stands there · ``keeper``: keeps it · ``words``: phrases in the
    child's language (English if left out, or if ``kit`` brings them) · ``say``: words an error for the
    child · ``clock``: the present moment · ``on_change``: called after each change that was kept ·
    ``fresh``: the form as it is now, asked for when the child comes back to the page.
    """

    shows = traitlets.Unicode("sheet").tag(sync=True)
    form = traitlets.Dict().tag(sync=True)
    """A :class:`~portfolio.widgets.wire.Form`, kept up to date: a second view shows what stands now."""

    def __init__(
        self,
        form: Form,
        keeper: SheetKeeper,
        words: Mapping[str, str] | None = None,
        *,
        kit: Kit | None = None,
        say: Callable[[PortfolioError], str] = str,
        clock: Clock = utc_now,
        on_change: Callable[[], None] | None = None,
        fresh: Callable[[], Form] | None = None,
    ) -> None:
        self._keeper = keeper
        self._say = say
        self._clock = clock
        self._on_change = on_change
        self._fresh = fresh
        self._answered: OrderedDict[int, Answer] = OrderedDict()
        self._steps = OwnSteps()
        self._bringing = Bringing(keeper)
        kit = kit or Kit(words)
        super().__init__(kit=kit, form=deepcopy(form), drawings=drawings(_icons(form)))
        self._cards: list[Card] = self.form["cards"]
        self._bringing.look(self._cards)

    def __repr__(self) -> str:
        """Say which section it is and how many cards it has."""
        return f"<Sheet “{self.form['section']}”: {len(self._cards)} cards>"

    def renew(self, cards: list[Card]) -> None:
        """Show these cards: something outside of this sheet has changed them (a new piece of work)."""
        self._put(cards)
        self.tell({"type": "cards", "cards": cards, "rev": 0})

    def renew_notes(self, notes: list[NoteForChild]) -> None:
        """Show these notes of teachers; nothing is sent if they lie there already."""
        if notes != self.form.get("notes", []):
            self.form["notes"] = notes  # in place, like the cards
            self.tell({"type": "notes", "notes": notes, "rev": 0})

    # ---------------------------------------------------------------------------------- messages

    def hear(self, content: object, buffers: list[Any]) -> None:
        """Answer one message. An unforeseen error becomes one kind sentence; its traceback goes to the log."""
        asked = content if isinstance(content, dict) else {}
        with self._told(asked):
            said = checks.message(content)
            answer = self._answer(said, buffers)
            if answer is not None:
                self.tell(answer)

    @contextmanager
    def _told(self, asked: Mapping[str, Any]) -> Iterator[None]:
        """Say whatever goes wrong in the block as a sentence for a child."""
        try:
            yield
        except PortfolioError as error:
            self._refuse(asked, self._say(error))
        except Exception:  # a child must read a sentence, whatever went wrong
            log.exception("Section %s: %s failed", self.form["section"], asked.get("type"))
            self._refuse(asked, self.kit.words.get("general", phrases.PHRASES["general"]))

    def _answer(self, said: dict[str, Any], buffers: list[Any]) -> Answer | None:
        """Return the answer to a message, or ``None`` if it comes later."""
        kind = said["type"]
        if kind == "ping":
            return {"type": "pong"}
        if kind == "renew":
            return self._renewed()
        if said["rev"] in self._answered:  # asked again, because our answer was lost
            return self._answered[said["rev"]]
        if kind.startswith("media_"):
            return self._media(said, buffers)
        if kind == "past":
            return {"type": "past", "rev": said["rev"], "days": self._keeper.past()}
        does: dict[str, Callable[[dict[str, Any]], Answer]] = {
            "save": self._save,
            "word_choice": self._choose_word,
            "add": self._add,
            "remove": self._remove,
            "arrange": self._arrange,
            "show_to": self._show_to,
            "note_read": self._note_read,
            "take_back": lambda said: self._moved(said, self._keeper.take_back()),
            "do_again": lambda said: self._moved(said, self._keeper.do_again()),
            "bring_back": self._bring_back,
        }
        answer = does[kind](said)
        self._remember(said["rev"], answer)
        if answer["type"] != "both":
            if kind in ("save", "word_choice", "add", "remove"):
                self.form["steps"] = {"back": True, "forth": False}
            self._changed()
        return answer

    def _remember(self, rev: int, answer: Answer) -> None:
        self._answered[rev] = answer
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)

    def _media(self, said: dict[str, Any], buffers: list[Any]) -> Answer | None:
        """Take a part of a file, or the whole of it; that takes its time, and is answered later."""
        field = self._field(said["entry"], said["field"])
        if said["type"] != "media_take":
            return self._bringing.answer(field, said, buffers)
        self._bringing.take(field, said, buffers, partial(self._taken, said))
        return None

    def _taken(self, said: dict[str, Any], made: Callable[[], Answer]) -> None:
        with self._told(said):
            answer = made()
            self._remember(said["rev"], answer)
            self.tell(answer)

    def _changed(self) -> None:
        """Let the desk know. What it does then is no reason to tell a child that nothing was saved."""
        try:
            if self._on_change:
                self._on_change()
        except Exception:
            log.exception("Section %s: the rest of the desk could not be renewed", self.form["section"])

    def _refuse(self, asked: Mapping[str, Any], sentence: str) -> None:
        texts = {
            name: value if isinstance(value := asked.get(name), str) else "" for name in ("entry", "field")
        }
        rev = asked.get("rev")
        self.tell(
            {"type": "refused", **texts, "rev": rev if isinstance(rev, int) else 0, "sentence": sentence}
        )

    # ------------------------------------------------------------------------------------ answers

    def _renewed(self) -> Answer:
        """Answer with the cards if anything in them is new; the page leaves alone what is being written."""
        fresh = self._fresh() if self._fresh else self.form
        self.renew_notes(fresh.get("notes", []))
        if fresh["cards"] == self._cards:
            return {"type": "pong"}
        self._put(fresh["cards"])
        self.form["steps"] = fresh["steps"]
        return {"type": "cards", "cards": self._cards, "steps": fresh["steps"], "rev": 0}

    def _save(self, said: dict[str, Any]) -> Answer:
        entry, name = said["entry"], said["field"]
        field = self._field(entry, name)
        value = checks.value(field, said.get("value"), self._bringing.known(said.get("value")))
        base = self._steps.newest(entry, name, said["base"])
        ours: Any = {"entry": entry, "field": name, "rev": said["rev"]}
        try:
            saved = self._keeper.save(entry, name, value, base)
        except ChangedMeanwhile as error:
            if "theirs" not in error.values:
                raise
            theirs, version = error.values["theirs"], error.values["version"]
            return cast(Answer, {"type": "both", **ours, "mine": value, "theirs": theirs, "version": version})
        self._steps.took(entry, name, base, saved.version, alone=not saved.merged)
        field["value"] = self._bringing.shown(field, value if saved.value is None else saved.value)
        self._card(entry)["version"] = saved.version
        answer = {"type": "saved", **ours, "version": saved.version, "at": self._clock().isoformat()}
        if saved.merged:
            answer["merged"] = True
        if saved.value is not None:
            answer["value"] = field["value"]
        if saved.school_words is not None:
            answer["school_words"] = field["school_words"] = saved.school_words
        return cast(Answer, answer)

    def _choose_word(self, said: dict[str, Any]) -> Answer:
        """Keep a choice and tell it to every answer of the card; no words of anybody are touched."""
        entry, term, how = said["entry"], said["term"], said["how"]
        words = self._field(entry, said["field"]).get("school_words", [])
        if how not in ("", "explain", "fine") or all(word["term"] != term for word in words):
            raise InputRefused("This word is not there any more.")
        base = self._steps.newest(entry, "", said["base"])
        saved = self._keeper.choose_word(entry, term, how, base)
        more = {"merged": True} if saved.merged else {}
        self._steps.took(entry, "", base, saved.version, alone=not saved.merged)
        card = self._card(entry)
        card["version"] = saved.version
        for word in (word for field in card["fields"] for word in field.get("school_words", [])):
            if word["term"] == term:
                word["chosen"] = how
        kept = {"type": "word_chosen", "version": saved.version, "at": self._clock().isoformat(), **more}
        return cast(Answer, {name: said[name] for name in ("entry", "field", "term", "how", "rev")} | kept)

    def _add(self, said: dict[str, Any]) -> Answer:
        form = self.form
        grows = form["addable"] or form["movable"] or any(card["removable"] for card in self._cards)
        most = max(1, form["at_most"] - form["kept_for_the_table"])
        if not grows or len(self._cards) >= most:
            raise InputRefused("There is no room for one more here.")
        card = self._keeper.add()
        self._put([*self._cards, card])
        return {"type": "card", "card": card, "rev": said["rev"]}

    def _remove(self, said: dict[str, Any]) -> Answer:
        card = self._card(said["entry"])
        if not card["removable"]:
            raise InputRefused("This one cannot be taken away.")
        base = self._steps.newest(said["entry"], "", said["base"])
        self._put(self._keeper.remove(said["entry"], base))
        return {"type": "cards", "cards": self._cards, "rev": said["rev"]}

    def _arrange(self, said: dict[str, Any]) -> Answer:
        order = said["order"]
        if not self.form["movable"] or sorted(map(str, order)) != sorted(c["entry_id"] for c in self._cards):
            raise InputRefused("The order has changed meanwhile. Please load this page again.")
        self._put(self._keeper.arrange([str(one) for one in order]))
        return {"type": "cards", "cards": self._cards, "rev": said["rev"]}

    def _bring_back(self, said: dict[str, Any]) -> Answer:
        base = self._steps.newest(said["entry"], "", said["base"])
        return self._moved(said, self._keeper.bring_back(said["entry"], said["version"], base))

    def _moved(self, said: dict[str, Any], done: Moved) -> Answer:
        """Show what stands there now that something was taken back, done again or brought back."""
        self._steps.forget()  # a card may be at its beginning again
        self._put(done.cards)
        self.form["steps"] = done.steps
        return {
            "type": "cards",
            "cards": done.cards,
            "steps": done.steps,
            "entry": done.entry,
            "rev": said["rev"],
        }

    def _show_to(self, said: dict[str, Any]) -> Answer:
        if self.form["who_sees"] is None or said["who"] not in get_args(WhoSees):
            raise InputRefused("Who sees this page cannot be chosen here.")
        who = self._keeper.show_to(said["who"])
        self.form["who_sees"] = who  # in place, like the cards
        return {"type": "shown_to", "rev": said["rev"], "who": who}

    def _note_read(self, said: dict[str, Any]) -> Answer:
        notes = self._keeper.read_note(said["entry"])
        self.form["notes"] = notes
        return {"type": "notes", "notes": notes, "rev": said["rev"]}

    # -------------------------------------------------------------------------------- what stands

    def _card(self, entry: str) -> Card:
        found = next((card for card in self._cards if card["entry_id"] == entry), None)
        if found is None:
            raise InputRefused("This card is not there any more. Please load this page again.")
        return found

    def _field(self, entry: str, name: str) -> Field:
        found = next((field for field in every_field([self._card(entry)]) if field["field"] == name), None)
        if found is None:
            raise InputRefused("This question is not there any more. Please load this page again.")
        return found

    def _put(self, cards: list[Card]) -> None:
        # In place: a new view asks for the state and gets what stands now, and no page is sent it twice.
        self._cards = cards
        self.form["cards"] = cards
        self.drawings = {
            **self.drawings,
            **drawings(_icons(cast(Form, self.form))),
        }  # it may have begun without cards
        self._bringing.look(cards)


def _icons(form: Form) -> list[str | None]:
    fields = [field for card in form["cards"] for field in card["fields"]]
    choices = [choice["icon"] for field in fields for choice in field["choices"]]
    earlier = [said["icon"] for field in fields for said in field["earlier"]]
    cards = [card.get("icon") for card in form["cards"]]
    ways = [way["icon"] for way in form.get("ways", [])]
    return [form["icon"], "undo", "calendar", *cards, *ways, *choices, *earlier]
