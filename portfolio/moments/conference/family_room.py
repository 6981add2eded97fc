"""The family's own page: one calm screen at a time on a phone, in the home's language, for each adult in turn.

``family/<language>/<who>/<screen>``; the first screen asks who is answering. Screens that follow the table are
watched. A home sees its own words alone, and of words for the teacher none once they are sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from portfolio.errors import InputRefused
from portfolio.model import ToTeacherAbout
from portfolio.moments.conference.answering import Home, home_of
from portfolio.moments.conference.brought import bring_picture, bring_voice, take_out
from portfolio.moments.conference.family_place import Spot, languages_of, place_of, spot_of, writes_in
from portfolio.moments.conference.family_screens import FamilyScreens
from portfolio.moments.conference.promising import promise_too
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.to_teacher import send
from portfolio.moments.conference.together import agree, gone
from portfolio.moments.room import Asked, At, Looked, Outcome, Screen, unknown
from portfolio.rules import answering as rules
from portfolio.rules.answering import Way
from portfolio.rules.at_table import over_for
from portfolio.words import Speech, speak

_IN_WORDS: Final = ("notice", "glow", "letter", "faces")


class FamilyRoom:
    """The page of one home (``table.household_id``)."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.screens = FamilyScreens(table)
        self._lang = ""

    @property
    def lang(self) -> str:
        """The language this page was asked for last, as it stands in its place; the home's first before."""
        household = self.table.household
        return self._lang or self.table.lang or (languages_of(household)[0] if household else "")

    @property
    def say(self) -> Speech:
        """Our texts in the language of the page."""
        return speak(self.lang or "en")

    def show(self, at: At) -> Screen:
        """Return the screen of a place."""
        home, spot = self._at(at)
        return self.screens.show(home, spot)

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Return what is new at the table since ``seen``."""
        del here
        household = self.table.household
        if household is None:
            return Looked(seen)
        return self.screens.look(household, spot_of(at, household, self.table.lang), seen)

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks, for the home of this page alone."""
        home, spot = self._at(at)
        if asked.what == "who":
            return Outcome(go=place_of(spot.lang, rules.name_of(asked.one("name"))))
        if not spot.who:
            raise InputRefused("Say first who is answering. Go back to the first page.")
        match asked.what:
            case "answer":
                return self._answer(home, spot, asked)
            case "bring":
                return self._bring(home, spot, asked)
            case "take-out":
                take_out(home, asked.one("reply"), asked.one("thing"))
                return Outcome(say=self.say("It is taken back."))
            case "take-back":
                home.take_back(asked.one("reply"), asked.version)
                return Outcome(say=self.say("It is taken back."))
            case "agree":
                return self._agree(asked)
            case "to-teacher" | "talk-alone" | "how-was-it":
                return self._to_teacher(home, spot, asked)
        raise unknown(asked)

    def _at(self, at: At) -> tuple[Home, Spot]:
        home = home_of(self.table, self.table.household_id)
        spot = spot_of(at, home.household, self.table.lang)
        self._lang = spot.lang
        return home, spot

    # ------------------------------------------------------------------------------------------ answers

    def _answer(self, home: Home, spot: Spot, asked: Asked) -> Outcome:
        if spot.screen not in _IN_WORDS:
            raise unknown(asked)
        way = cast("Way", spot.screen)
        told = _told(home, spot, way, asked)
        if asked.one("how") != "give":
            return Outcome(version=home.keep(spot.who, way, told, asked.version)[1])
        with self.table.store.together():
            reply = home.give(spot.who, way, told, asked.version)
            promised = promise_too(home, reply) if way == "glow" and asked.ticked("too") else None
        said = self._given(shared=bool(told["share"]))
        if promised is False:
            said += " " + self.say(
                "In what we promise nothing was changed: there is no promise here, or it was changed there."
            )
        return Outcome(say=said, go=spot.here)

    def _bring(self, home: Home, spot: Spot, asked: Asked) -> Outcome:
        if spot.screen not in ("voice", "drawing"):
            raise unknown(asked)
        files = [one for one in asked.files if one.field == "file" and one.data]
        if not files:
            raise InputRefused("Choose a file first.", field="file")
        words = asked.one("words")
        if len(words) > rules.LONGEST_WORDS:
            raise InputRefused("This text is too long. A few words are enough.", field="words")
        share = "1" if asked.ticked("share") else ""
        told = {"words": words, "lang": _lang(home, spot, asked), "share": share}
        bring = bring_voice if spot.screen == "voice" else bring_picture
        bring(home, spot.who, told, files[0].data)
        return Outcome(say=self._given(shared=bool(share)), go=spot.here)

    def _given(self, *, shared: bool) -> str:
        name = self.table.store.student(self.table.student_id).name
        if shared:
            return self.say("{name} has it now. Thank you.", name=name)
        return self.say("It is kept. {name} does not see it.", name=name)

    # ----------------------------------------------------------------------------------- beside answers

    def _agree(self, asked: Asked) -> Outcome:
        goal_id, yes = asked.one("goal"), asked.one("yes") == "1"
        household = self.table.household
        if household is None or goal_id not in self.screens.goals_of(household):
            raise gone()
        if not yes and over_for(self.table.book.portfolio, household.household_id):
            raise InputRefused(
                "The meeting is over. Your yes stays. If something does not fit any more, tell the teacher."
            )
        agree(self.table, goal_id, "family", yes, asked.version or 0)  # never to words nobody has read
        return Outcome(say=self.say("Your yes stands there.") if yes else self.say("Your yes is taken back."))

    def _to_teacher(self, home: Home, spot: Spot, asked: Asked) -> Outcome:
        about = asked.one("about") if asked.what == "to-teacher" else "tell"
        if asked.what == "how-was-it":
            about = "meeting"
        elif about not in rules.ABOUT:
            raise InputRefused("Choose what it is.", field="about")
        send(
            home,
            spot.who,
            cast("ToTeacherAbout", about),
            "" if asked.what == "talk-alone" else asked.one("words"),
            lang=_lang(home, spot, asked),
            face=asked.one("face") if about == "meeting" else "",
            alone=asked.what == "talk-alone",
        )
        return Outcome(go=f"{spot.here}/sent")


def _told(home: Home, spot: Spot, way: Way, asked: Asked) -> Mapping[str, str]:
    """Return what a form of a way says, and nothing else it may carry."""
    texts = {one.key: asked.one(one.key) for one in rules.WAYS[way].asks if one.key in asked.values}
    share = "1" if asked.ticked("share") else ""
    face = {"face": asked.one("face")} if way == "faces" else {}
    return {**texts, **face, "lang": _lang(home, spot, asked), "share": share}


def _lang(home: Home, spot: Spot, asked: Asked) -> str:
    """Return the language somebody writes in: one that was offered, or that of the page."""
    lang = asked.one("lang")
    if not lang:
        return spot.lang
    before = (one.lang for one, _ in home.answers())
    if lang not in writes_in(home.household, spot.lang, *before):
        raise InputRefused("Choose the language you write in.", field="lang")
    return lang
