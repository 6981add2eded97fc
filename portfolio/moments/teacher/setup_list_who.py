"""Who is who in a list that comes in: the questions only a person can answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portfolio.model import Student
from portfolio.moments.teacher.setup_words import homes_line
from portfolio.rules.roster import RosterPlan, Table, WhoIsIt
from portfolio.rules.roster_names import same_family
from portfolio.views.teacher.setup_list_page import WhoQuestion
from portfolio.words import Speech

LEAVE: Final = "leave"
MOST_QUESTIONS: Final = 40


def questions(
    plan: RosterPlan, students: Sequence[Student], same: Mapping[int, str], table: Table, say: Speech
) -> list[WhoQuestion]:
    """Return what only a person can say: which child an unclear row is, and who of the missing has a new name."""
    by_id = {student.student_id: student for student in students}
    asked = [WhoQuestion(f"who-{one.row}", say("Row {row}: who is “{name}”?", row=one.row, name=one.name),
                         [(LEAVE, say("leave this row out")), *_perhaps(one, by_id, say)], LEAVE)
             for one in plan.who]  # fmt: skip
    rows = {row.number: next((cell for cell in row.cells if cell), "") for row in table.rows}
    for number, student_id in same.items():
        if student_id in by_id:
            student = by_id[student_id]
            asked.append(
                WhoQuestion(
                    f"child-{student_id}",
                    say("Where is “{name}” in the list?", name=student.name),
                    [(LEAVE, say("not in the list")), (str(number), row_words(number, rows.get(number, ""), say)),
                     *((str(row), row_words(row, new.name, say)) for row, new in zip(plan.new_rows, plan.new, strict=True))],
                    str(number),
                )
            )  # fmt: skip
    if plan.new and plan.missing:
        options = [(LEAVE, say("not in the list")),
                   *((str(row), row_words(row, new.name, say)) for row, new in zip(plan.new_rows, plan.new, strict=True))]  # fmt: skip
        names = [new.name for new in plan.new]
        asked += [
            WhoQuestion(
                f"child-{gone.student_id}",
                say("Where is “{name}” in the list?", name=gone.name),
                options,
                LEAVE,
                folded=not any(same_family(gone.name, name) for name in names),
            )
            for gone in plan.missing
        ]
    return asked[:MOST_QUESTIONS]


def _perhaps(one: WhoIsIt, by_id: Mapping[str, Student], say: Speech) -> list[tuple[str, str]]:
    """Return the children a row may be, told apart by what is known of them."""
    made = []
    for student_id in one.perhaps:
        student = by_id[student_id]
        told = [part for part in (student.grade, student.class_name, *homes_line(student, say)) if part]
        made.append((student_id, f"{student.name} ({'; '.join(told)})"[:160] if told else student.name))
    return made


def row_words(number: int, name: str, say: Speech) -> str:
    """Return a row as it stands in a list to choose from."""
    return say("row {row}: {name}", row=number, name=name[:60])
