"""Pushing the draft into the books: what would change is shown first; earlier templates can be brought back."""

from __future__ import annotations

from dataclasses import replace

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.moments.room import Asked, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_steps import BANDS
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_says import draft_says
from portfolio.moments.template_push import (
    OtherGrades,
    Review,
    earlier,
    push,
    review,
    review_earlier,
)
from portfolio.moments.template_rescue import kept_as
from portfolio.moments.template_told import sentences
from portfolio.store.template_pair import earlier_pair
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import BackScreen, EarlierSeen, PushScreen, Told
from portfolio.words import Speech
from portfolio.words import say as wording


class PushOfDraft:
    """The screens ``template/push`` and ``template/back/<stamp>``."""

    def __init__(self, draft: Drafting) -> None:
        self._draft = draft
        self._desk = draft.desk

    # -------------------------------------------------------------------------------------- screens

    def show(self) -> Screen:
        """Return what pushing the draft would change, and what can be brought back."""
        desk, say, draft = self._desk, self._desk.say, self._draft.now()
        says, looked = draft_says(self._draft, draft), None
        if says.begun and not says.mistake:
            try:
                looked = self._review()
            except InputRefused as error:  # told on the screen: the ways out are on it
                says = replace(says, mistake=wording(error, say))
        screen = PushScreen(
            say=say,
            says=says,
            changes=self._told(looked) if looked else (),
            seen=_seen(looked) if looked else "",
            ready=looked is not None and bool(looked),
            earlier=seen_earlier(desk),
        )
        return Screen(say("What would change"), render(screen), ("template", say("What the books ask")))

    def show_back(self, stamp: str) -> Screen:
        """Return what bringing back an earlier template would change. Raises ``NotFound``."""
        desk, say = self._desk, self._desk.say
        seen, other = "", ""
        changes: tuple[Told, ...] = ()
        unreadable: tuple[str, ...] = ()
        try:
            looked = review_earlier(desk.folder, desk.store, stamp)
            changes, seen, unreadable = self._told(looked), _seen(looked), looked.unreadable
        except OtherGrades as error:
            other = _of_other_grades(error, say)
        screen = BackScreen(
            say=say, stamp=stamp, changes=changes, seen=seen, other=other, unreadable=unreadable
        )
        return Screen(
            say("Bring back what the books asked before"),
            render(screen),
            ("template/push", say("What would change")),
        )

    def _review(self) -> Review:
        draft = self._draft.now()
        return review(
            self._desk.folder, self._desk.store, draft.template, draft.shown, renames=dict(draft.renames)
        )

    def _told(self, looked: Review) -> tuple[Told, ...]:
        return tuple(
            Told(one.what, one.words) for one in sentences(looked.changes, looked.names, self._desk.say)
        )

    # --------------------------------------------------------------------------------------- forms

    def do(self, asked: Asked) -> Outcome:
        """Push the draft that was looked at. Raises ``ChangedMeanwhile`` for another one, ``PortfolioError``."""
        if asked.what != "push":
            raise unknown(asked)
        looked = self._review()
        self._same(looked, asked)
        desk = self._desk
        push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
        self._draft.throw_away()
        return Outcome(
            say=self._desk.say(
                "The books ask it now. Books that are open follow when they are loaded again."
            ),
            go="template",
        )

    def do_back(self, stamp: str, asked: Asked) -> Outcome:
        """Bring back the earlier template that was looked at; a draft stays as it is. Raises as :meth:`do`.

        Or hand it over as a file.
        """
        desk, say = self._desk, self._desk.say
        if asked.what == "take":
            return self._take(stamp)
        if asked.what != "bring-back":
            raise unknown(asked)
        looked = review_earlier(desk.folder, desk.store, stamp)
        self._same(looked, asked)
        at = desk.now()
        push(desk.folder, desk.store, looked, by=desk.by, at=at)
        told = [say("The books ask again what they asked before.")]
        told += [
            say("What could not be read is kept as “{file}”.", file=kept_as(name, at))
            for name in looked.unreadable
        ]
        return Outcome(say=" ".join(told), go="template/push")

    def _take(self, stamp: str) -> Outcome:
        pair, _ = earlier_pair(self._desk.folder, stamp)
        return Outcome(
            say=self._desk.say("The file holds what the books ask, and no word of any child."),
            downloads=(Download(f"{stamp}.yaml", "application/yaml", pair.template),),
        )

    def _same(self, looked: Review, asked: Asked) -> None:
        if not asked.one("seen"):
            raise NotFound(
                "This page is older than the program (“{what}”). Load it again.", what=asked.what[:40]
            )
        if asked.one("seen") != _seen(looked):
            raise ChangedMeanwhile(
                "Something changed since you looked, in the draft or in the files of the class. Nothing was done. Look "
                "once more, then give it to the books."
            )


def seen_earlier(desk: TeacherDesk) -> tuple[EarlierSeen, ...]:
    """Return what the books asked before, newest first, in words."""
    say = desk.say
    return tuple(
        EarlierSeen(
            one.stamp,
            say.day(one.at.date()),
            tuple(told.what for told in sentences(one.changes, {}, say)),
        )
        for one in earlier(desk.folder)
    )


def _of_other_grades(error: OtherGrades, say: Speech) -> str:
    theirs, ours = (say(BANDS[str(error.values[name])]) for name in ("theirs", "ours"))
    return say(
        "This set of pages is for other grades ({theirs}), your class is: {ours}. So it cannot be brought back here. Get "
        "it as a file to keep it, or for another class.",
        theirs=theirs,
        ours=ours,
    )


def _seen(looked: Review) -> str:
    """Return a digest of what was looked at: the files that are there, and those that would be."""
    return f"{looked.seen}.{looked.pair.digest}"
