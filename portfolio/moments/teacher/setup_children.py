# long: everybody, and one child of it
"""The step “The children”: the roster, one child of it, adding, renaming, the order, and taking a child out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Student
from portfolio.moments.classes import PICTURES, begin
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.roster import id_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_erase import Farewell
from portfolio.moments.teacher.setup_keep import Shown, Values, line
from portfolio.moments.teacher.setup_list import ListPart
from portfolio.moments.teacher.setup_words import homes_line, languages_in, picture_word
from portfolio.rules.door_pictures import WORDS
from portfolio.rules.roster import Listed, ToldHome
from portfolio.rules.roster_changes import new_student
from portfolio.rules.roster_homes import same_picture
from portfolio.rules.roster_names import LONGEST_NAME, bare, clean_cell, free, has_letters, key
from portfolio.rules.roster_plan import MOST_CHILDREN
from portfolio.views.teacher import render
from portfolio.views.teacher.setup_children_page import (
    ChildRow,
    PictureChoice,
    SamePicture,
    SetupChildPage,
    SetupChildrenPage,
)

FIELDS: Final = ("name", "say_it", "pronouns", "grade", "class_name")
BACK: Final = "setup/children"


class ChildrenPart:
    """The screens ``setup/children`` and ``setup/children/<child>``."""

    def __init__(self, desk: TeacherDesk, shown: Shown, bring: ListPart) -> None:
        self._desk = desk
        self._shown = shown
        self._bring = bring
        self._farewell = Farewell(desk)

    def show(self, at: At) -> Screen:
        """Return the screen of everybody or of one child. Raises ``NotFound``."""
        if len(at) > 1:
            raise NotFound("There is no such page here. Go back to the class.")
        return self._one(self._desk.student(at)) if at else self._everybody()

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        if not at and asked.what in ("bring", "bring-typed", "take-back"):
            return self._bring.do((), asked)
        acts: dict[str, Callable[[Asked], Outcome]] = {
            "add": self._add,
            "move": self._move,
            "sort": self._sort,
            "farewell-read": self._farewell.read,
        }
        if len(at) == 1:
            student = self._desk.student(at)
            acts = {
                "child": lambda told: self._keep(student.student_id, told),
                "picture": lambda told: self._picture(student.student_id, told.one("picture")),
                "erase": lambda told: self._farewell.erase(student.student_id, told),
            }
        if asked.what not in acts:
            raise unknown(asked)
        return acts[asked.what](asked)

    # ------------------------------------------------------------------------------------------ everybody

    def _everybody(self) -> Screen:
        say, students = self._desk.say, self._desk.store.students()
        page = SetupChildrenPage(
            say=say,
            children=[self._row(student) for student in students],
            damaged=self._desk.store.damaged_students(),
            shared=[
                SamePicture(picture_word(picture, say), ", ".join(student.name for student in having))
                for picture, having in same_picture(students)
            ],
            farewell=self._farewell.told(),
            came_in=self._bring.came_in(),
        )
        return Screen(title=say("The children"), body=render(page), back=("setup", say("Setting up")))

    def _row(self, student: Student) -> ChildRow:
        say = self._desk.say
        return ChildRow(
            student_id=student.student_id,
            name=student.name,
            grade=say("grade {grade}", grade=student.grade)
            if student.grade[:1].isdecimal()
            else student.grade,
            picture=student.picture if student.picture in WORDS else "",
            homes=homes_line(student, say),
        )

    def _add(self, asked: Asked) -> Outcome:
        desk, store = self._desk, self._desk.store
        name = checked_name(asked.one("name"))
        reads = languages_in(asked.one("reads"), "reads", desk.say)
        adults = tuple(a for part in asked.one("adults").split(",") if (a := line(part, "adults", 200)))
        told = Listed(
            row=0,
            name=name,
            grade=line(asked.one("grade"), "grade", 200),
            homes=(ToldHome(adults=adults, reads=reads),) if adults or reads else (),
        )
        with store.together():
            students = store.students()
            if any(key(other.name) == key(name) for other in students):
                raise InputRefused(
                    "There is a child called “{name}” already. Is it another one? "
                    "Write something that tells them apart, such as the first letter of the family name.",
                    name=name,
                    field="name",
                )
            if len(students) >= MOST_CHILDREN:
                raise InputRefused("A class has room for {most} children.", most=MOST_CHILDREN)
            taken = [*(s.student_id for s in students), *store.damaged_students()]
            student_id = free(id_of(name) or "student", taken)
            used = [s.picture for s in students]
            made = new_student(
                told,
                student_id,
                min(PICTURES, key=used.count),
                slug=id_of,
                reads=(),
            )
            store.keep_student(made)
            begin(store, desk.folder.template(), student_id, desk.today())
        return Outcome(say=desk.say("{name} is in, with an empty book.", name=name), focus="f-name-new")

    def _move(self, asked: Asked) -> Outcome:
        store, wanted = self._desk.store, asked.one("child")
        with store.together():
            order = [student.student_id for student in store.students()]
            if wanted not in order:
                raise NotFound("This child is not in the class any more. Go back to the class.")
            at = order.index(wanted)
            to = at + {"up": -1, "down": 1}.get(asked.one("how"), 0)
            if 0 <= to < len(order):
                order.insert(to, order.pop(at))
                store.arrange_students(order)
            name = store.student(wanted).name
        return Outcome(
            say=self._desk.say("{name} is number {n} of the list.", name=name, n=order.index(wanted) + 1),
            focus=f"move-{asked.one('how')}-{wanted}" if asked.one("how") in ("up", "down") else "",
        )

    def _sort(self, asked: Asked) -> Outcome:
        store = self._desk.store
        last = asked.one("how") == "last"

        def place(student: Student) -> tuple[str, str]:
            words = bare(student.name).split() or [""]
            return (words[-1] if last else words[0], bare(student.name))

        with store.together():
            store.arrange_students([student.student_id for student in sorted(store.students(), key=place)])
        return Outcome(
            say=self._desk.say("The list is in order of the family names now.")
            if last
            else self._desk.say("The list is in order of the first names now.")
        )

    # ------------------------------------------------------------------------------------------ one child

    def _one(self, student: Student) -> Screen:
        say = self._desk.say
        students = self._desk.store.students()
        values = child_values(student)
        page = SetupChildPage(
            say=say,
            student_id=student.student_id,
            name=student.name,
            values=values,
            version=self._shown.version(values),
            shows_learning=student.shows_learning.text,
            shows_lang=student.shows_learning.lang,
            picture=student.picture if student.picture in WORDS else "",
            picture_words=picture_word(student.picture, say),
            pictures=self._pictures(student, students),
            homes=[(home.household_id, line_) for home, line_ in zip(
                student.households, homes_line(student, say), strict=True)],
            erasing=self._farewell.plan(student.student_id),
        )  # fmt: skip
        return Screen(title=student.name, body=render(page), back=(BACK, say("The children")))

    def _pictures(self, student: Student, students: tuple[Student, ...]) -> list[PictureChoice]:
        say = self._desk.say
        others: dict[str, list[str]] = {}
        for other in students:
            if other.student_id != student.student_id:
                others.setdefault(other.picture, []).append(other.name)
        return [
            PictureChoice(
                name, picture_word(name, say), name == student.picture, ", ".join(others.get(name, ()))
            )
            for name in PICTURES
        ]

    def _keep(self, student_id: str, asked: Asked) -> Outcome:
        store = self._desk.store
        with store.together():
            before = store.student(student_id)
            done = self._shown.merged(asked, child_values(before))
            after = with_child_values(before, done.values)
            if after != before:
                store.keep_student(after)
        return Outcome(version=self._shown.version_after(done, child_values(after)))

    def _picture(self, student_id: str, picture: str) -> Outcome:
        if picture not in PICTURES:
            raise InputRefused("There is no such picture. Choose one that is shown.")
        store, say = self._desk.store, self._desk.say
        with store.together():
            student = store.student(student_id)
            store.keep_student(student.but(picture=picture))
        word = picture_word(picture, say)
        return Outcome(say=say("{name} has this picture now: {picture}.", name=student.name, picture=word))


def child_values(student: Student) -> Values:
    """Return what the form of a child shows."""
    return {name: getattr(student, name) for name in FIELDS}


def with_child_values(student: Student, values: Values) -> Student:
    """Return the child with what the form says. Raises ``InputRefused`` naming the field."""
    told = {name: line(values[name], name, 200) for name in FIELDS if name != "name"}
    name = student.name if values["name"] == student.name else checked_name(values["name"])
    return student.but(name=name, **told)


def checked_name(text: str) -> str:
    """Return a child's name, cleaned. Raises ``InputRefused`` for what is none."""
    name = clean_cell(text)
    if not has_letters(name):
        raise InputRefused("Write the child’s name.", field="name")
    if len(name) > LONGEST_NAME:
        raise InputRefused(
            "This name is too long (“{name}…”). Did several names slip into one?",
            name=name[:30],
            field="name",
        )
    return name
