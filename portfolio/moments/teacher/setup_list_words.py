# long: one screen in words
"""A list that comes in, in words for a screen: what each column may be, and what taking it in would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.model import Student
from portfolio.moments.roster_words import CHANGE_WORDS, LEFT_OUT_WORDS, ROLE_WORDS, languages_named
from portfolio.moments.teacher.setup_list_homes import homes_now, language_questions
from portfolio.moments.teacher.setup_list_who import questions, row_words
from portfolio.moments.teacher.setup_words import homes_line
from portfolio.rules.roster import (
    GROWN_UPS,
    HOME_ROLES,
    Column,
    Difference,
    Remark,
    Role,
    RosterPlan,
    Row,
    Table,
)
from portfolio.rules.roster_columns import letter
from portfolio.rules.roster_rows import UNKNOWN_LANGUAGE
from portfolio.views.teacher.setup_list_page import (
    ChangedChild,
    Choices,
    ListColumn,
    NewChild,
    SetupListPage,
)
from portfolio.words import Speech

SKIP: Final = "skip"
ROWS_SHOWN: Final = 3
HIDDEN: Final = "…"

LETTERS: Final[Mapping[str, str]] = {
    "": N_("As we guessed"),
    "utf-8": N_("UTF-8 (most programs of today)"),
    "cp1252": N_("Windows, western languages"),
    "mac-roman": N_("An old Mac"),
    "cp1256": N_("Windows, Arabic"),
    "cp1251": N_("Windows, Cyrillic"),
}
"""How an older program may have kept its letters."""

_OF_CHILD: Final[tuple[Role, ...]] = (
    *("name", "first", "last", "preferred"),
    *("say", "pronouns", "grade", "homeroom"),
)
_OF_HOME: Final[tuple[Role, ...]] = (
    *("guardian", "guardian_first", "guardian_last"),
    *("language", "spoken", "interpreter", "household"),
)

_ON_SCREEN: Final = {
    "The file does not say how its letters are kept; they were read as {encoding}. Look at the names with "
    "accents. If they are wrong, save it as CSV UTF-8, or add --encoding.": N_(
        "The file does not say how its letters are kept. Look at the names with accents. "
        "If they are wrong, choose other letters above."
    ),
    "Row {row}: there is more than one “{name}” ({ids}), so it was left alone. Say who it is: "
    '--same {first}="row {row}"': N_("Row {row}: there is more than one “{name}”. Say below who it is."),
    "Row {row}: the id is that of “{known}”, the name is “{name}”, another child of the class. It was "
    'left alone. Did a column slip? If it is right, add: --same {student}="row {row}"': N_(
        "Row {row}: the id is that of “{known}”, but the name is “{name}”. Did a column slip? Say below who it is."
    ),
    "Two children are called “{one}” ({first} and {second}). Each has a book of its own.": N_(
        "Two children are called “{one}”. Each has a book of its own."
    ),
    "“{one}” ({first}) and “{other}” ({second}) look alike. Are they two children?": N_(
        "“{one}” and “{other}” look alike. Are they two children?"
    ),
    "“{one}” ({first}) and “{other}” ({second}) look the same, but their letters differ. One child?": N_(
        "“{one}” and “{other}” look the same, but their letters differ. One child?"
    ),
    "“{name}” is new and “{known}” is not in the file. One child with a new name? Then add: "
    '--same {student}="{name}"': N_(
        "“{name}” is new and “{known}” is not in the list. One child with a new name? Then say so below."
    ),
}
"""Remarks that speak of a command, and how they are said on a screen."""


def role_of(column: Column) -> str:
    """Return what a column is taken for, as the value of its select."""
    if not column.role:
        return SKIP
    return f"{column.role}{column.home}" if column.role in HOME_ROLES else column.role


def choices_of(table: Table) -> list[Choices]:
    """Return what a column can be, in groups: leave it out, the child, each home. Words are ids of texts."""
    homes = max([2, *(column.home for column in table.columns)])
    child: list[Role] = list(_OF_CHILD)
    if any(column.role == "id" for column in table.columns):
        child.append("id")
    return [
        Choices("", 0, [(SKIP, N_("leave it out"))]),
        Choices(N_("The child"), 0, [(role, ROLE_WORDS[role]) for role in child]),
        *(
            Choices(N_("Home {n}"), home, [(f"{role}{home}", ROLE_WORDS[role]) for role in _OF_HOME])
            for home in range(1, homes + 1)
        ),
    ]


def preview_page(
    say: Speech,
    guess: Table,
    table: Table,
    plan: RosterPlan | None,
    students: Sequence[Student],
    *,
    name: str,
    same: Mapping[int, str],
    first_names: bool,
    letters: str | None,
    sheet: Sequence[Row],
    languages: Mapping[str, str],
) -> SetupListPage:
    """Return the screen of a list. ``letters`` is ``None`` where nobody needs to say how they are kept.

    ``sheet`` are the rows among which the headings may be; ``languages`` is what is said of words for languages.
    """
    groups = choices_of(guess)
    return SetupListPage(
        say=say,
        name=name,
        columns=_columns(say, guess, table),
        choices=[
            Choices(say(group.title, n=group.home) if group.home else say(group.title), group.home,
                    [(value, _choice(words, group.home, table, say)) for value, words in group.options])
            for group in groups
        ],
        rows=[row.number for row in table.rows[:ROWS_SHOWN]],
        all_rows=len(table.rows),
        counts=_counts(plan, say) if plan else "",
        letters=[(value, say(words)) for value, words in LETTERS.items()] if letters is not None else [],
        letters_now=letters or "",
        headings=[("0", say("there are none")), *((str(row.number), _heads(row, table, say)) for row in sheet)],
        headings_now=str(table.headings),
        first_names=first_names,
        readable=plan is not None,
        something=plan is not None and plan.does_something,
        new=[NewChild(s.name, homes_line(s, say)) for s in plan.new] if plan else [],
        changed=[_changed(one.before, one.differences, say) for one in plan.changed] if plan else [],
        same=[student.name for student in plan.same] if plan else [],
        missing=[student.name for student in plan.missing] if plan else [],
        remarks=[_said(one, say) for one in plan.warnings if one.msgid != UNKNOWN_LANGUAGE] if plan else [],
        troubles=[_said(one, say) for one in plan.troubles] if plan else [],
        who=questions(plan, students, same, table, say) if plan else [],
        languages=language_questions(table, languages, say, first_names=first_names) if plan else [],
        one_home=homes_now(table) if plan else "",
    )  # fmt: skip


def _choice(words: str, home: int, table: Table, say: Speech) -> str:
    """Return a choice in words: of a second home it says so, since a closed select shows no groups."""
    told = say(words)
    if home > 1 and table.joins(home) and words in {ROLE_WORDS[role] for role in GROWN_UPS}:
        return say("{what} {n}, same home", what=told, n=home)
    return say("{what}, home {n}", what=told, n=home) if home > 1 else told


def _columns(say: Speech, guess: Table, table: Table) -> list[ListColumn]:
    """Return each column with what it is and why. What we do not need is not shown: somebody may look on."""
    guessed = {column.index: column for column in guess.columns}
    made = []
    for column in table.columns:
        ours = guessed.get(column.index, column)
        asked = role_of(column) != role_of(ours)
        made.append(
            ListColumn(
                index=column.index,
                letter=letter(column.index),
                heading=column.heading[:60],
                value=role_of(column),
                why=say("as you said") if asked else _why(ours, table, say),
                look=not asked and bool(ours.role) and ours.sure in ("likely", "guess"),
                shown=bool(ours.role or column.role) or ours.left_out == "not understood",
                cells=[_cell(column, row.cell(column.index)) for row in table.rows[:ROWS_SHOWN]],
            )
        )
    return made


def _why(column: Column, table: Table, say: Speech) -> str:
    if not column.role:
        return say(LEFT_OUT_WORDS[column.left_out or "not understood"])
    if column.sure == "likely" and column.role in GROWN_UPS and column.home > 1 and table.joins(column.home):
        return say("grown-up {n} of the same home: please look", n=column.home)
    return {
        "sure": say("the heading says so"),
        "likely": say("the heading nearly says so: please look"),
        "guess": say("a guess from what is in it: please look"),
        "asked": say("as you said"),
    }[column.sure]


def _cell(column: Column, cell: str) -> str:
    """Return what is shown of a cell: nothing of what we do not need."""
    return cell[:60] if column.role or column.left_out == "not understood" or not cell else HIDDEN


def _heads(row: Row, table: Table, say: Speech) -> str:
    """Return a row as it may be chosen: its number and what stands in it, but nothing we do not need."""
    unwanted = {c.index for c in table.columns if not c.role and c.left_out != "not understood"}
    cells = row.cells if row.number == table.headings else [
        cell for index, cell in enumerate(row.cells) if index not in unwanted
    ]  # fmt: skip
    return row_words(
        row.number, " · ".join(" ".join(cell.split())[:20] for cell in cells if cell.strip()), say
    )


def _counts(plan: RosterPlan, say: Speech) -> str:
    """Return what would happen in a sentence; what would not happen is left out of it."""
    told = [
        say.many("{n} new child", "{n} new children", len(plan.new)) if plan.new else "",
        say.many("{n} child changes", "{n} children change", len(plan.changed)) if plan.changed else "",
        say.many("{n} child stays as before", "{n} children stay as before", len(plan.same))
        if plan.same
        else "",
        say.many("{n} row is not taken in", "{n} rows are not taken in", len(plan.troubles))
        if plan.troubles
        else "",
    ]
    return " · ".join(one for one in told if one)


def _changed(before: Student, differences: Sequence[Difference], say: Speech) -> ChangedChild:
    return ChangedChild(before.name, [_difference(one, say) for one in differences])


def _difference(one: Difference, say: Speech) -> tuple[str, str, str]:
    """Return one change: what it is, before, after."""
    values = (one.before, one.after)
    if one.what == "interpreter":
        before, after = (say(value) for value in values)
    elif one.what in ("languages", "home"):
        before, after = (languages_named(value, whole=one.what == "languages", say=say) for value in values)
    else:
        before, after = values
    what = say(CHANGE_WORDS[one.what])
    return (f"{what} ({one.of})" if one.of else what, before, after)


def _said(said: Remark, say: Speech) -> str:
    return say(_ON_SCREEN.get(said.msgid, said.msgid), **said.values)
