"""The room of the cards: each child's way in, on paper.

Places: ``cards`` (as the children come in now), ``cards/links``, ``cards/pictures``, ``cards/secret``; with
``/front`` behind, without empty pages between the sheets; ``cards/one/maya`` is the card of one child.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast, get_args

from portfolio.errors import N_, NotFound
from portfolio.model import Student
from portfolio.moments.cards import class_secret, link_cards, opens_here_only, picture_cards, sheets_of
from portfolio.moments.links import give_links, known_links
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.cards_way import command_for_others, usual_way
from portfolio.moments.teacher.draft_words import unchecked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher import render
from portfolio.views.teacher.cards_page import Card, CardsPage, OneCardPage, Way

WAYS: Final[Mapping[Way, str]] = {
    "links": N_("Cards with a link"),
    "pictures": N_("Cards with a picture"),
    "secret": N_("Cards with secret pictures"),
}


class CardsRoom:
    """Prints cards, and makes new links where cards were never given out or are lost."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk

    def show(self, at: At) -> Screen:
        """Return the screen of a place: all cards, or the one of a child."""
        if at[:1] == ("one",):
            return self._one(self.desk.student(at[1:]))
        way, front = self._way(at)
        return Screen(
            title=self.desk.say("Cards for the children"),
            body=render(self._all(way, backs=not front)),
            back=("setup", self.desk.say("Setting up")),
        )

    def do(self, at: At, asked: Asked) -> Outcome:
        """Make links: for children who have none, for one whose card is lost, or for all."""
        say = self.desk.say
        if asked.what == "give":
            without = self._without()
            if not without:
                return Outcome(say=say("Every child has a link already. Nothing was changed."))
            self._give([student.student_id for student in without])
            return Outcome(say=say("The links are made. Print the cards now."))
        if asked.what == "renew-all":
            self._give([student.student_id for student in self.desk.store.students()])
            return Outcome(
                say=say("All links are new. Cards given out before do not work any more. Print new ones now.")
            )
        if asked.what == "renew" and at[:1] == ("one",):
            student = self.desk.student(at[1:])
            self._give([student.student_id])
            sentence = say(
                "{name} has a new link. Print the card now: the old one does not work any more.",
                name=student.name,
            )
            return Outcome(say=sentence)
        raise unknown(asked)

    # ------------------------------------------------------------------------------------- what is shown

    def _way(self, at: At) -> tuple[Way, bool]:
        """Return which cards a place is about, and whether without empty pages. Raises ``NotFound``."""
        parts = [part for part in at if part]
        front = parts[-1:] == ["front"]
        named = parts[:-1] if front else parts
        if not named:
            return usual_way(self.desk), front
        if len(named) == 1 and named[0] in get_args(Way):
            return cast("Way", named[0]), front
        raise NotFound("There is no such page here. Go back to the class.")

    def _all(self, way: Way, *, backs: bool) -> CardsPage:
        students = self.desk.store.students()
        why_not = self._why_not(way, students)
        known = self._known() if way == "links" and not why_not else {}
        cards = () if why_not else self._cards(way, students, known)
        return CardsPage(
            say=self.desk.say,
            way=way,
            ways=self._ways(way),
            why_not=why_not,
            sheets=sheets_of(cards),
            backs=backs,
            turn=f"cards/{way}/front" if backs else f"cards/{way}",
            here_only=way == "links" and opens_here_only(self.desk.address),
            passes=way == "links" and self.desk.address_passes,
            command=command_for_others(self.desk.folder.path.name),
            draft=unchecked((self.desk.say.lang,), self.desk.say),
            without=tuple(s.name for s in students if s.student_id not in known) if way == "links" else (),
            known=bool(known),
        )

    def _one(self, student: Student) -> Screen:
        way = usual_way(self.desk)
        why_not = self._why_not(way, (student,))
        known = self._known() if way == "links" and not why_not else {}
        if way == "links" and not why_not and student.student_id not in known:
            why_not = self.desk.say(
                "{name} has no link that could be printed. Make a new one below.", name=student.name
            )
        page = OneCardPage(
            say=self.desk.say,
            way=way,
            name=student.name,
            why_not=why_not,
            here_only=way == "links" and opens_here_only(self.desk.address),
            passes=way == "links" and self.desk.address_passes,
            command=command_for_others(self.desk.folder.path.name),
            draft=unchecked((self.desk.say.lang,), self.desk.say),
            sheets=() if why_not else sheets_of(self._cards(way, (student,), known)),
        )
        title = self.desk.say("The card of {name}", name=student.name)
        return Screen(title=title, body=render(page), back=("cards", self.desk.say("All cards")))

    def _cards(self, way: Way, students: tuple[Student, ...], known: Mapping[str, str]) -> tuple[Card, ...]:
        school, say = self.desk.school_class, self.desk.say
        if way == "links":
            return link_cards(school, students, known, self.desk.address, say)
        return picture_cards(
            school, students, say, class_secret(self.desk.folder) if way == "secret" else b""
        )

    def _ways(self, here: Way) -> tuple[tuple[str, str, bool], ...]:
        """Return the kinds of cards that open the book as the class is served now; all while it is not."""
        fits = {"links": ("links",), "pictures": ("pictures",), "secret pictures": ("secret",)}
        shown = {*fits.get(self.desk.way_in, ("links", "pictures", "secret")), here}
        return tuple(
            (f"cards/{way}", self.desk.say(words), way == here) for way, words in WAYS.items() if way in shown
        )

    def _why_not(self, way: Way, students: tuple[Student, ...]) -> str:
        """Return why there are no cards of this kind now, and what to do; "" if there are."""
        say = self.desk.say
        if not students:
            return say(
                "There are no children in this class yet. Take them in under “Setting up”, then come back."
            )
        if way == "links" and not (self.desk.address and self.desk.way_in == "links"):
            return say(
                "A card with a link needs the address where the books open, and there is none now. Stop the program "
                "and start it with: portfolio teacher {path} --links",
                path=self.desk.folder.path.name,
            )
        return ""

    # ------------------------------------------------------------------------------------------ the keys

    def _known(self) -> dict[str, str]:
        return known_links(self.desk.folder, self.desk.store, self.desk.fingerprint)

    def _without(self) -> list[Student]:
        known = self._known()
        return [student for student in self.desk.store.students() if student.student_id not in known]

    def _give(self, students: list[str]) -> None:
        give_links(self.desk.folder, self.desk.store, students, self.desk.new_key, self.desk.fingerprint)
