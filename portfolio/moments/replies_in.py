# long: from a text to what is kept, with every reason to refuse, is read in one place
"""Answers that come back to the school: whose they are, and how they are kept for those the family chose.

What the child may read becomes a :class:`~portfolio.model.Reply` of the home, anything else words for the teacher
alone. The same answer twice is one; another one stands beside those that are there.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.model import Household, Reply, Student, ToTeacher, clean_text
from portfolio.moments.conference.answering import Home
from portfolio.moments.conference.table import Table
from portfolio.moments.home import secret_of
from portfolio.moments.reply_doubts import refuse_two_in_one, which, without_doubt
from portfolio.moments.reply_keep import Kind, Writer
from portfolio.rules import answering, sent_back
from portfolio.rules.reply_code import trouble_with
from portfolio.rules.sent_back import SentBack
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.port import Kept as StoreKept

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Whose:
    """The home an answer is from, and the book of the round it is about."""

    student: Student
    household: Household
    portfolio_id: str
    round: str


@dataclass(frozen=True)
class Coming:
    """An answer as it was read, before it is kept. ``whose`` is ``None`` where no code says it.

    ``trouble`` is why this one of several cannot be kept; the others can.
    """

    said: SentBack
    whose: Whose | None = None
    trouble: PortfolioError | None = None


@dataclass(frozen=True)
class Kept:
    """What became of one answer, and whose it is. ``entries`` are the ids of what it put into the book."""

    whose: Whose
    said: SentBack
    kind: Kind
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replies:
    """Where answers come in: one class, and who keeps the time. ``new_id`` gives fresh random ids, ``by`` is who puts in."""

    folder: ClassFolder
    store: ClassStore
    now: Callable[[], datetime]
    today: Callable[[], date]
    new_id: Callable[[], str]
    by: str = "teacher"

    # ------------------------------------------------------------------------------------------- whose

    def read(self, text: str, *, student: str = "", home: str = "", who: str = "") -> tuple[Coming, ...]:
        """Return the answers in a text; nothing is kept by that.

        ``student`` and ``home`` are ids: an answer without a code is theirs, one of another child is refused. ``who`` is
        the name of who answers. Raises ``NotFound`` and ``InputRefused``, each with a sentence; of several answers each
        one that cannot be kept brings its own (``trouble``).
        """
        asked = self.home(student, home) if student else None
        found = sent_back.parse(text)
        if not found:
            raise InputRefused(
                "There is no answer in this text. Each line of one has a number in brackets above it, such as {label}. "
                "Is it on paper? Type it in at the desk: “The meetings”, “Answers that came back”, “An answer on paper”.",
                label="[21]",
            )
        names = frozenset(one.name for one in self.store.students())
        made: list[Coming] = []
        for n, one in enumerate(found, 1):
            try:
                refuse_two_in_one(one, names)
                made.append(self._coming(without_doubt(one), asked, home, who))
            except PortfolioError as trouble:
                if len(found) == 1:
                    raise
                made.append(Coming(one, trouble=which(n, len(found), one, trouble)))
        return tuple(made)

    def _coming(
        self, said: SentBack, asked: tuple[Student, Household | None] | None, home: str, who: str
    ) -> Coming:
        if who:
            said = dataclasses.replace(said, who=who)
        if not said.says_anything:
            raise InputRefused("There is nothing in this answer but perhaps a name. Nothing was kept.")
        whose = self.by_code(said.code) if said.code else None
        if whose is None and asked is not None:
            return Coming(said, self.whose(asked[0], asked[1] or _only_home(asked[0])))
        if whose is None and said.damaged:
            raise self._trouble(said.typed)
        if whose is not None and asked is not None and whose.student.student_id != asked[0].student_id:
            raise InputRefused(
                "This answer is from a home of {name}, not of {asked}. Nothing was kept.",
                name=whose.student.name,
                asked=asked[0].name,
            )
        if whose is not None and home and asked and whose.household.household_id != home:
            raise InputRefused(
                "This answer is from another home of {name}. Nothing was kept.", name=whose.student.name
            )
        return Coming(said, whose)

    def by_code(self, typed: str) -> Whose:
        """Return the home a code belongs to. Raises ``InputRefused`` for one that is damaged or not of this class."""
        code, secret = sent_back.code_in(typed), secret_of(self.folder)
        if not code:
            raise self._trouble(typed)
        class_id = self.store.school_class().class_id
        homes = dict(self._homes())
        found = sent_back.whose(secret, class_id, homes, code) if secret else None
        if found is not None:
            return homes[found]
        if not code.startswith(sent_back.class_signs(class_id)):
            raise InputRefused("This answer belongs to another class. Nothing was kept.")
        raise InputRefused(
            "This code was not made by this class, or the home has left it. Nothing was kept. "
            "If you know whose answer it is, take the line with the code out and say it."
        )

    def _trouble(self, typed: str) -> InputRefused:
        """Return what to say of a code that is damaged: where, if it is clear."""
        secret, class_id = secret_of(self.folder), self.store.school_class().class_id
        codes = (sent_back.code_of(secret, class_id, home) for home, _ in self._homes()) if secret else ()
        return trouble_with(typed, codes)

    def _homes(self) -> Iterator[tuple[sent_back.Home, Whose]]:
        rounds = self.store.all_rounds()
        for student in self.store.students():
            for meta in rounds.get(student.student_id, ()):
                for home in student.households:
                    ids = (student.student_id, home.household_id, meta.portfolio_id)
                    yield ids, Whose(student, home, meta.portfolio_id, meta.round)

    def home(self, student_id: str, household_id: str = "") -> tuple[Student, Household | None]:
        """Return a child and the home that is meant, if one is. Raises ``NotFound`` naming those there are."""
        student = next((one for one in self.store.students() if one.student_id == student_id), None)
        if student is None:
            known = ", ".join([one.student_id for one in self.store.students()][:60]) or "–"
            raise NotFound(
                "There is no student “{student}” in this class. Known are: {known}.",
                student=student_id[:64],
                known=known,
            )
        household = student.household(household_id) if household_id else None
        if household_id and household is None:
            raise NotFound(
                "{student} has no household “{household}”. Known are: {known}.",
                student=student.name,
                household=household_id[:64],
                known=", ".join(one.household_id for one in student.households) or "–",
            )
        return student, household

    def whose(self, student: Student, household: Household) -> Whose:
        """Return a home in the round of now. Raises ``NotFound`` if the child has no book in it yet."""
        wanted = self.store.school_class().round
        meta = next((one for one in self.store.rounds(student.student_id) if one.round == wanted), None)
        if meta is None:
            raise NotFound("{student} has no book in this round yet. Nothing was kept.", student=student.name)
        return Whose(student, household, meta.portfolio_id, meta.round)

    # -------------------------------------------------------------------------------------------- keep

    def keep(self, coming: Coming, *, lang: str = "") -> Kept:
        """Keep one answer whole or not at all, for those the family chose; the same one again changes nothing.

        ``lang`` is the language of its words, else the first the home reads. Raises ``InputRefused`` where it is not
        known whose it is, or where a home has said too much already, ``TextRefused`` for words that are too long.
        """
        whose, said = coming.whose, coming.said
        if coming.trouble is not None:
            raise coming.trouble
        if whose is None:
            raise InputRefused("This answer has no code. Say whose it is: the child and the home.")
        if lang and not _TAG.fullmatch(lang):
            raise InputRefused(
                "“{lang}” is no language we know. Write it like this: {example}.",
                lang=lang[:40],
                example="ar",
            )
        reads = whose.household.reads or (self.store.school_class().language,)
        table = Table(
            self.folder, self.store, whose.student.student_id, self.now, self.today, self.new_id,
            by=f"family:{whose.household.household_id}", household_id=whose.household.household_id,
        )  # fmt: skip
        writer = Writer(
            Home(table, whose.household, whose.portfolio_id), name_in(said, whose), lang or reads[0]
        )
        with self.store.together():
            done = [*writer.answers(said), *writer.notes(said)]
        kinds = {kind for kind, _ in done}
        kind: Kind = next((one for one in ("kept", "taken_back") if one in kinds), "already")
        return Kept(whose, said, kind, tuple(entry for became, entry in done if became == "kept"))

    def take_out(self, whose: Whose, entries: Sequence[str]) -> None:
        """Take out again what an answer put into a book, whole or not at all; its history stays.

        Raises ``NotFound`` where something of it is not there any more.
        """
        with self.store.together():
            for entry_id in entries:
                version = self._brought(whose, entry_id).version
                self.store.remove(whose.portfolio_id, entry_id, expected=version, by=self.by, at=self.now())

    def _brought(self, whose: Whose, entry_id: str) -> StoreKept:
        try:
            kept = self.store.entry(whose.portfolio_id, entry_id)
        except NotFound:
            kept = None
        if kept is None:
            raise NotFound(
                "This answer is not in the book of {name} any more. Nothing was changed.",
                name=whose.student.name,
            )
        return kept

    def brought(self, student_id: str, marks: Sequence[str]) -> tuple[Whose, tuple[str, ...]]:
        """Return the home and the ids of what the marks (:func:`mark_of`) of an answer stand for. Raises ``NotFound``."""
        student, _ = self.home(student_id)
        for meta in self.store.rounds(student.student_id):
            book = self.store.portfolio(meta.portfolio_id)
            came: tuple[Reply | ToTeacher, ...] = (*book.replies, *book.to_teacher)
            there = {mark_of(one.entry_id): one for one in came}
            found = [there[mark] for mark in marks if mark in there]
            homes = {one.household_id for one in found}
            home = student.household(homes.pop()) if len(homes) == 1 else None
            if home is not None and len(found) == len(marks):
                return Whose(student, home, meta.portfolio_id, meta.round), tuple(
                    one.entry_id for one in found
                )
        raise NotFound(
            "This answer is not in the book of {name} any more. Nothing was changed.", name=student.name
        )


def mark_of(entry_id: str) -> str:
    """Return a short mark by which what came in can be named on a command line."""
    return hashlib.sha256(entry_id.encode("utf-8")).hexdigest()[:8]


def name_in(said: SentBack, whose: Whose) -> str:
    """Return who answers: the name in it, else what the home is called. Raises ``InputRefused`` for no name of anybody."""
    name = " ".join(str(clean_text(said.who)).split())
    if len(name) > answering.LONGEST_NAME:
        raise InputRefused(
            "The name in this answer is too long. Say who answers, with a first name.", field="who"
        )
    return name or whose.household.label[: answering.LONGEST_NAME]


def _only_home(student: Student) -> Household:
    if len(student.households) == 1:
        return student.households[0]
    known = ", ".join(one.household_id for one in student.households) or "–"
    raise InputRefused(
        "Say which home of {student} it is. There are: {known}.", student=student.name, known=known
    )
