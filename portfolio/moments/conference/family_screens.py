# long: one short method for each screen of the page
"""The screens of a home's page, made from what is kept now."""

from __future__ import annotations

from typing import Final, cast

from portfolio.errors import NotFound
from portfolio.model import Book, Household, Reply
from portfolio.moments.arrivals import inside_address
from portfolio.moments.conference.answering import Home
from portfolio.moments.conference.family_place import Spot, languages_of, place_of, writes_in
from portfolio.moments.conference.family_reading import HomesView, things_of
from portfolio.moments.conference.following import Following
from portfolio.moments.conference.table import Table
from portfolio.moments.room import Looked, Screen
from portfolio.rules import answering as rules
from portfolio.rules.answering import WAYS, Way
from portfolio.rules.at_table import homes_now, over_for
from portfolio.rules.conversation import cards_for
from portfolio.views import answering as pages
from portfolio.views.answering import inside, render
from portfolio.views.answers_seen import AnswerShown, LanguageOffered, words_seen
from portfolio.views.safe import SafePage
from portfolio.words import Speech, language, speak
from portfolio.words.language_names import named

_FACES: Final = tuple(rules.FACES.items())


class FamilyScreens:
    """Makes the screens of one table's home, each from the book as it is kept now."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.following = Following(table)

    def look(self, household: Household, spot: Spot, seen: str) -> Looked:
        """Return what is new since ``seen``: what is open on the deck, what is promised."""
        if not spot.who or spot.screen not in ("", "promises"):
            return Looked(seen)
        token = self.following.token(household)
        if token == seen:
            return Looked(seen)
        if spot.screen == "promises":
            return Looked(token, {"live-promises": render(self._promises(household, spot, speak(spot.lang)))})
        return Looked(token, {"live-now": render(self._now_part(household, spot))})

    def goals_of(self, household: Household) -> tuple[str, ...]:
        """Return the ids of the goals this home may say yes to."""
        view = self._view(household, self.table.book, "en")
        return tuple(goal.entry_id for goal, _ in view.goals())

    def show(self, home: Home, spot: Spot) -> Screen:
        """Return a screen. Raises ``NotFound`` for one that is not there."""
        say, name = speak(spot.lang), self.table.store.student(self.table.student_id).name
        if not spot.who:
            return Screen(say("Hello. It is good that you are here."), self._hello(home, spot, say, name))
        back = (spot.here, say("Back to the meeting"))
        match spot.screen:
            case "":
                title = say("Answer {name}", name=name)
                return Screen(
                    title, self._now(home, spot, say, name), seen=self.following.token(home.household)
                )
            case "notice" | "glow" | "letter" | "faces":
                way = cast("Way", spot.screen)
                return Screen(say(WAYS[way].title), self._write(home, spot, way, say, name), back)
            case "voice" | "drawing":
                way = cast("Way", spot.screen)
                return Screen(say(WAYS[way].title), self._bring(home, spot, way, say, name), back)
            case "teacher":
                return Screen(say("For the teacher only"), self._teacher(home, spot, say, name), back)
            case "sent":
                return Screen(say("Your teacher has it."), render(pages.SentPage(say, spot.here)), back)
            case "promises":
                part = inside(render(self._promises(home.household, spot, say)))
                page = pages.PromisesPage(say, spot.here, part)
                return Screen(
                    say("What we promise"), render(page), back, self.following.token(home.household)
                )
            case "said":
                return Screen(say("What your home has said"), self._said(home, spot, say, name), back)
            case "done":
                return Screen(say("Thank you."), self._done(home, spot, say, name), back)
        raise NotFound("There is no such page here. Go back to the first one.")

    # ---------------------------------------------------------------------------------------- screens

    def _now_part(self, household: Household, spot: Spot) -> pages.NowPart:
        now = self.following.now(household)
        reads = tuple(dict.fromkeys((spot.lang, *household.reads, speak(spot.lang).lang)))
        named_so = words_seen(now.named, reads) if now and now.named else None
        view = self._view(household, self.table.book, spot.lang)
        return pages.NowPart(
            to_agree=any("family" not in goal.agreed for goal, _ in view.goals()),
            say=speak(spot.lang),
            student=self.table.store.student(self.table.student_id).name,
            over=now is None and over_for(self.table.book.portfolio, household.household_id),
            now=now,
            named=named_so,
            here=spot.here,
        )

    def _view(self, household: Household, book: Book, lang: str) -> HomesView:
        reads = tuple(dict.fromkeys((lang, *household.reads, speak(lang).lang)))
        return HomesView(book, household.household_id, reads, speak(lang))

    def _hello(self, home: Home, spot: Spot, say: Speech, name: str) -> SafePage:
        offered = tuple(
            LanguageOffered(
                tag, language(tag).own_name, place_of(tag), language(tag).catalog, tag == spot.lang
            )
            for tag in languages_of(home.household)
        )
        adults = tuple((one, place_of(spot.lang, one[: rules.LONGEST_NAME])) for one in home.household.adults)
        return render(pages.HelloPage(say, name, adults, offered, not say.language.reviewed_by))

    def _now(self, home: Home, spot: Spot, say: Speech, name: str) -> SafePage:
        book = self.table.book
        view = self._view(home.household, book, spot.lang)
        mine = {way: home.answer(spot.who, way, spot.lang)[0] for way in WAYS}
        page = pages.NowPage(
            say=say,
            student=name,
            who=spot.who,
            here=spot.here,
            others=place_of(spot.lang),
            now=inside(render(self._now_part(home.household, spot))),
            ways=tuple(WAYS.values()),
            said=len(home.answers()),
            marks={way: _mark(one) for way, one in mine.items() if rules.says_anything(one)},
            over=view.over,
            promises=len(view.promises()),
            cards=cards_for(book.portfolio.meta.age_band),
            hints=rules.DO_AND_NOT,
        )
        return render(page)

    def _write(self, home: Home, spot: Spot, way: Way, say: Speech, name: str) -> SafePage:
        reply, version = home.answer(spot.who, way, spot.lang)
        book = self.table.book
        promise = rules.promise_id(reply.entry_id)
        page = pages.WritePage(
            say=say,
            student=name,
            asked=WAYS[way],
            values=rules.in_the_form(reply, way),
            version=version,
            faces=_FACES if way == "faces" else (),
            languages=_choices(home, say, reply.lang),
            on_screen=_on_screen(home, book),
            given=bool(reply.on),
            promised=any(one.entry_id == promise for one in book.portfolio.agreements),
        )
        return render(page)

    def _bring(self, home: Home, spot: Spot, way: Way, say: Speech, name: str) -> SafePage:
        reply, version = home.answer(spot.who, way, spot.lang)
        book = self.table.book
        there = self._shown(home, spot, reply, version, book) if rules.says_anything(reply) else None
        page = pages.BringPage(
            say=say,
            student=name,
            asked=WAYS[way],
            there=there,
            lang=spot.lang,
            languages=_choices(home, say, spot.lang),
            on_screen=_on_screen(home, book),
        )
        return render(page)

    def _teacher(self, home: Home, spot: Spot, say: Speech, name: str) -> SafePage:
        page = pages.ForTeacherPage(
            say=say,
            student=name,
            teachers=tuple(one.name for one in self.table.store.school_class().teachers if one.name),
            about=tuple((key, drawing, say(word)) for key, (drawing, word) in rules.ABOUT.items()),
            faces=_FACES,
            lang=spot.lang,
            languages=_choices(home, say, spot.lang),
        )
        return render(page)

    def _promises(self, household: Household, spot: Spot, say: Speech) -> pages.PromisesPart:
        view = self._view(household, self.table.book, spot.lang)
        portfolio_id = view.book.portfolio.meta.portfolio_id
        goals = tuple(
            view.goal(goal, seen, self.table.store.entry(portfolio_id, goal.entry_id).version)
            for goal, seen in view.goals()
        )
        return pages.PromisesPart(say, view.promises(), goals, view.over)

    def _said(self, home: Home, spot: Spot, say: Speech, name: str) -> SafePage:
        book = self.table.book
        answers = tuple(self._shown(home, spot, one, version, book) for one, version in home.answers())
        over = self._view(home.household, book, spot.lang).over
        return render(pages.SaidPage(say, name, answers, over))

    def _done(self, home: Home, spot: Spot, say: Speech, name: str) -> SafePage:
        book = self.table.book
        answers = [self._shown(home, spot, one, version, book) for one, version in home.answers()]
        waiting = tuple((one.title, one.place) for one in answers if not one.given and one.place)
        given = sum(one.given and one.shared for one in answers)
        quiet = sum(one.given and not one.shared for one in answers)
        over = self._view(home.household, book, spot.lang).over
        return render(pages.DonePage(say, name, spot.here, waiting, given, quiet, over))

    def _shown(self, home: Home, spot: Spot, reply: Reply, version: int, book: Book) -> AnswerShown:
        table, say = self.table, speak(spot.lang)
        within = inside_address(table.store, table.student_id)  # its recordings have no other address
        things = things_of(
            table.store,
            table.student_id,
            say,
            lambda one: within(one.sha256, one.suffix, one.size),
            small=True,
        ).of(reply)
        way = rules.way_of(reply)
        ours = rules.answer_id(home.portfolio_id, home.household.household_id, reply.who, way)
        place = f"{place_of(spot.lang, reply.who)}/{way}" if reply.entry_id == ours and reply.who else ""
        return self._view(home.household, book, spot.lang).answer(reply, version, things, place)


def _mark(reply: Reply) -> str:
    """Return what became of an answer, as :class:`portfolio.views.answering.NowPage` names it."""
    if not reply.on:
        return "begun"
    return "given" if reply.share_with_child else "quiet"


def _choices(home: Home, say: Speech, lang: str) -> tuple[tuple[str, str], ...]:
    return tuple((tag, named(tag, say.lang)) for tag in writes_in(home.household, lang))


def _on_screen(home: Home, book: Book) -> bool:
    """Return whether all at the table read what this home gives: it is the only one the meeting is for."""
    return [one.household_id for one in homes_now(book.student, book.portfolio)] == [
        home.household.household_id
    ]
