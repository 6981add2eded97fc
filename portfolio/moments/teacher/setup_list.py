# long: bringing, looking and taking in share what is said of a list
"""A list comes in: one screen says what its columns are and what would happen, one button takes it in.

The bytes of the list stay in the memory of this desk. They are forgotten when the list is taken in or put
away, or when the teacher goes elsewhere; nothing of a list is written to the disk but what is taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from portfolio.errors import N_, ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import Student
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.roster import look_at_sheet, plan_sheet, take_in, whole_class
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_back import take_back
from portfolio.moments.teacher.setup_list_homes import homes_told, languages_told
from portfolio.moments.teacher.setup_list_who import LEAVE
from portfolio.moments.teacher.setup_list_words import LETTERS, SKIP, choices_of, preview_page, role_of
from portfolio.rules.roster import Homes, RosterPlan, Table
from portfolio.rules.roster_columns import LOOK_FOR_HEADINGS, NAMES, letter
from portfolio.rules.roster_list import lines_of_one
from portfolio.store.roster_file import Sheet, parse_sheet
from portfolio.views.teacher import render
from portfolio.views.teacher.setup_list_page import SetupBringPage

TYPED: Final = N_("your text")


@dataclass(frozen=True)
class Brought:
    """A list that is looked at: its bytes and what the teacher says of it.

    ``said`` is what the teacher says of some columns (by index), ``roles`` what all of them are once anything is
    said. ``languages`` is what the teacher says of words for languages we do not know (id of the word → a tag or
    ``OWN``), ``homes`` whether the grown-ups of several columns live together. ``same`` is which row is which child (by id), ``headings_in`` the number of the row with the headings,
    ``letters`` how the file keeps its letters, if the teacher says so.
    """

    name: str
    data: bytes = field(repr=False)
    letters: str = ""
    headings_in: int | None = None
    said: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    same: Mapping[str, int] = field(default_factory=dict)
    first_names: bool = False
    languages: Mapping[str, str] = field(default_factory=dict)
    homes: Homes = ""


@dataclass(frozen=True)
class Looked:
    """What a list would do, as it is shown: no plan yet while no column is a name."""

    sheet: Sheet
    guess: Table
    table: Table
    plan: RosterPlan | None
    students: tuple[Student, ...]


class ListPart:
    """The screen ``setup/list``: bringing a list, or looking at one that was brought."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk
        self._brought: Brought | None = None
        self._shown: RosterPlan | None = None
        """The plan the teacher has seen: only that one is ever done."""
        self._done: RosterPlan | None = None
        """What the last list did, until another comes in or it is taken back."""

    def forget(self) -> None:
        """Forget the list."""
        self._brought = self._shown = None

    def show(self, at: At) -> Screen:
        """Return the screen. Raises ``NotFound`` for a place below it."""
        if at:
            raise NotFound("There is no such page here. Go back to the class.")
        say = self._desk.say
        back = ("setup/children", say("The children"))
        if self._brought is None:
            return Screen(
                title=say("Bring a list of the children"), body=render(SetupBringPage(say=say)), back=back
            )
        looked = self._look_or_begin_anew(self._brought)
        self._shown = looked.plan
        page = preview_page(
            say,
            looked.guess,
            looked.table,
            looked.plan,
            looked.students,
            name=self._brought.name,
            same={row: student_id for student_id, row in self._brought.same.items()},
            first_names=self._brought.first_names,
            letters=self._brought.letters if looked.sheet.guessed or self._brought.letters else None,
            sheet=looked.sheet.rows[:LOOK_FOR_HEADINGS],
            languages=self._brought.languages,
        )
        return Screen(title=say("Look at the list"), body=render(page), back=back)

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        acts: dict[str, Callable[[Asked], Outcome]] = {
            "bring": self._bring,
            "bring-typed": self._bring_typed,
            "look": self._look_again,
            "put-away": self._put_away,
            "take-back": self._take_back,
        }
        if at or asked.what not in acts:
            raise unknown(asked)
        return acts[asked.what](asked)

    # --------------------------------------------------------------------------------------------- bringing

    def _bring(self, asked: Asked) -> Outcome:
        file = next((one for one in asked.files if one.field == "list"), None)
        if file is None or not file.data:
            raise InputRefused("Choose the file with your list first.", field="list")
        return self._begin(Brought(name=file.name[:80] or TYPED, data=file.data), "list")

    def _bring_typed(self, asked: Asked) -> Outcome:
        text = next(iter(asked.all("names")), "")
        if not text.strip():
            raise InputRefused("Type or paste the names first, one in each line.", field="names")
        data = lines_of_one(text).encode("utf-8", "replace")
        return self._begin(Brought(name=self._desk.say(TYPED), data=data), "names")

    def _begin(self, brought: Brought, where: str) -> Outcome:
        try:
            self._look(brought)
        except InputRefused as error:
            raise _for_the_screen(error, where) from None
        self._brought = brought
        return Outcome(go="setup/list")

    # ---------------------------------------------------------------------------------------------- looking

    def _look_or_begin_anew(self, brought: Brought) -> Looked:
        """Look at the list; if what was said of it fits the class no more, that is forgotten."""
        try:
            return self._look(brought)
        except InputRefused:
            self._brought = Brought(name=brought.name, data=brought.data)
            return self._look(self._brought)

    def _look(self, brought: Brought) -> Looked:
        store = self._desk.store
        students = whole_class(store)
        sheet = parse_sheet(brought.data, brought.name, brought.letters)
        at = brought.headings_in
        guess = look_at_sheet(sheet, students, headings_in=at)
        table = (
            look_at_sheet(sheet, students, roles=brought.roles, headings_in=at) if brought.roles else guess
        )
        plan = None
        if any(column.role in NAMES for column in table.columns):
            plan = plan_sheet(
                sheet,
                students,
                reads=(),
                roles=brought.roles,
                headings_in=at,
                same={student_id: f"row {row}" for student_id, row in brought.same.items()},
                first_names=brought.first_names,
                languages=brought.languages,
                homes=brought.homes,
            )
        table = replace(table, homes=brought.homes)
        return Looked(sheet, guess, table, plan, students)

    def _look_again(self, asked: Asked) -> Outcome:
        before = self._brought
        if before is None:
            raise NotFound("The list was put away. Bring it once more.")
        wanted = self._as_told(before, asked)
        try:
            looked = self._look(wanted)
        except InputRefused as error:
            raise _for_the_screen(error, "") from None
        self._brought = wanted
        if asked.one("how") != "take":
            return Outcome(say=self._desk.say("This is what would happen now."), focus="what-happens")
        if looked.plan is None or self._shown is None or _effect(looked.plan) != _effect(self._shown):
            return Outcome(
                say=self._desk.say(
                    "Something changed, so look once more at what would happen. Nothing is in yet."
                ),
                focus="what-happens",
            )
        return self._take_in(looked.plan)

    def _take_in(self, plan: RosterPlan) -> Outcome:
        desk = self._desk
        if not plan.does_something:
            raise InputRefused("There is nothing new in this list. All of it is in the class already.")
        try:
            done = take_in(desk.folder, desk.store, plan, desk.today())
        except ChangedMeanwhile:
            return Outcome(
                say=desk.say("Somebody changed the class meanwhile. Look once more; nothing is in yet."),
                focus="what-happens",
            )
        self.forget()
        self._done = plan
        return Outcome(
            say=desk.say.many("{n} child is in. The list is forgotten here.", "{n} children are in. The list is forgotten here.", len(done)),
            go="setup/children",
        )  # fmt: skip

    def _put_away(self, _asked: Asked) -> Outcome:
        self.forget()
        return Outcome(say=self._desk.say("The list is put away. Nothing was taken in."), go="setup/children")

    def came_in(self) -> int:
        """Return how many children the last list brought or changed, while it can be taken back."""
        return len(self._done.new) + len(self._done.changed) if self._done else 0

    def _take_back(self, _asked: Asked) -> Outcome:
        done, self._done = self._done, None
        return take_back(self._desk, done)

    def _as_told(self, before: Brought, asked: Asked) -> Brought:
        """Return the list with what the form says of it. Raises ``InputRefused`` if two columns are one thing."""
        letters = asked.one("letters")
        told = replace(
            before,
            letters=letters if letters in LETTERS else "",
            first_names=asked.ticked("first-names"),
            same=_who_is_who(asked),
            languages=languages_told(asked),
        )
        if told.letters != before.letters:
            return replace(told, said={}, roles={}, same={})  # the words are others now: guess afresh
        students, sheet = whole_class(self._desk.store), parse_sheet(told.data, told.name, told.letters)
        told = replace(told, headings_in=_headings_in(asked, sheet, before))
        shown = look_at_sheet(sheet, students, roles=before.roles, headings_in=before.headings_in)
        told = replace(told, homes=homes_told(asked, replace(shown, homes=before.homes)))
        guess = look_at_sheet(sheet, students, headings_in=told.headings_in)
        offered = {value for group in choices_of(guess) for value, _ in group.options}
        said = dict(before.said)
        for column in shown.columns:
            value = asked.one(f"column-{column.index}")
            if value in offered and value != role_of(column):
                said[column.index] = value
        roles = {c.index: said.get(c.index, role_of(c)) for c in guess.columns}
        for value in offered - {SKIP}:
            twice = [index for index, role in roles.items() if role == value]
            if len(twice) > 1:
                raise InputRefused(
                    "Columns {one} and {other} are said to be the same thing. Leave one of them out.",
                    one=letter(twice[0]),
                    other=letter(twice[1]),
                    field=f"column-{twice[1]}",
                )
        ours = {column.index: role_of(column) for column in guess.columns}
        return replace(told, said=said, roles={} if roles == ours else roles)


def _headings_in(asked: Asked, sheet: Sheet, before: Brought) -> int | None:
    """Return the row the teacher says holds the headings; what was there before for anything else."""
    told = asked.one("headings")
    rows = {str(row.number): row.number for row in sheet.rows[:LOOK_FOR_HEADINGS]}
    return {"0": 0, **rows}.get(told, before.headings_in)


def _effect(plan: RosterPlan) -> tuple[object, ...]:
    """Return what a plan would do: two plans that do the same may tell of the columns differently."""
    return plan.fingerprint, plan.new, plan.changed, plan.troubles


def _who_is_who(asked: Asked) -> dict[str, int]:
    """Return which row is which child, as the selects say it: ``who-12`` → an id, ``child-maya`` → a row."""
    told: dict[str, int] = {}
    for name, values in asked.values.items():
        value = next(iter(values), "")
        kind, _, which = name.partition("-")
        row, student = (which, value) if kind == "who" else (value, which)
        if kind in ("who", "child") and row.isdecimal() and len(row) < 8 and student not in ("", LEAVE):
            if student in told and told[student] != int(row):
                raise InputRefused("Two rows are said to be the same child. Look at who is who.", field=name)
            if int(row) in told.values() and told.get(student) != int(row):
                raise InputRefused("One row is said to be two children. Look at who is who.", field=name)
            told[student] = int(row)
    return told


_INSTEAD: Final = {
    "{file} is not a CSV file. Open it in your spreadsheet program and save it as CSV (UTF-8).": N_(
        "{file} is not a CSV file. Save it as CSV in your spreadsheet program. "
        "Or copy the cells there and paste them here."
    ),
    "{file} is not a text. Open the list in your spreadsheet program and save it as CSV (UTF-8).": N_(
        "{file} is not a text. Save it as CSV in your spreadsheet program. "
        "Or copy the cells there and paste them here."
    ),
    "The letters in {file} are not kept as {encoding}. Leave out --encoding, or use another.": N_(
        "The letters in {file} cannot be read that way. Choose another one."
    ),
    "There is no child “{student}” in the class. Ids are listed by: portfolio roster show CLASS": N_(
        "A child you chose is not in the class any more. Look at who is who again."
    ),
    "“{name}” is in the file {n} times, once is needed to know who it is. Write it as the preview shows it, "
    'or write the row: --same {student}="row 12"': N_(
        "A row you chose cannot be read as that child. Look at who is who again."
    ),
}
"""Errors that speak of a command, and how they are said on a screen."""


def _for_the_screen(error: InputRefused, where: str) -> InputRefused:
    """Return an error that speaks of this screen, not of a command, and points to a field of it."""
    values = {**error.values, **({"field": where} if where else {})}
    return InputRefused(_INSTEAD.get(error.msgid, error.msgid), **values)
