# long: the table of decisions, and what fills a book to hold it against
"""Which field of which record a family may see: decided one by one, and held against a book full of markers.

Every text, day and file name in the book is a marker that says where it stands, for example
``[Work.pictures/Picture.alt]``. A marker is in a view if and only if each step of its way was decided so.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from portfolio.model import (
    KIND,
    AgendaPreset,
    AgendaStep,
    Beside,
    Book,
    Choice,
    ClassTemplate,
    Household,
    Passage,
    Portfolio,
    PortfolioMeta,
    Prompt,
    SchoolClass,
    Section,
    SectionCell,
    Student,
    Work,
)
from portfolio.model.fields import RECORD, askable, controls_for
from portfolio.model.record import Identifier, LanguageTag, Line, Record, Sha256, Text
from portfolio.rules import FamilyView, for_audience

SEEN = {
    "Student": "name say_it grade class_name shows_learning households",
    "Household": "label adults",
    "Teacher": "name role reach",
    "ClassWords": "learning contacts",
    "Learning": "subject words",
    "Contact": "name about reach",
    "SchoolClass": "name teachers conference_on delete_by words",
    "Passage": "text translations",
    "Translation": "text translator",
    "Picture": "sha256 alt caption written looks",
    "LookHere": "words",
    "Sound": "sha256 transcript caption",
    "Video": "sha256 poster alt transcript caption",
    "Document": "pages alt caption",
    "Writing": "text language caption",
    "Link": "address caption",
    "Beside": "pictures media",
    "Answer": "words pictures media besides",
    "Strength": "what proof pictures media quote quote_by besides",
    "Work": "title subject made_on pictures media why did learned hard next look helped_by teacher_note"
    " besides",
    "GrowthPair": "before now before_media now_media changed did besides",
    "Growing": "what behind tried first_step help look_again besides",
    "Rating": "example against teacher_says better besides",
    "LookBack": "because keep_change tells besides",
    "Goal": "goal by_when why now steps obstacle obstacle_around if_this then_that if_thens helpers know_by progress"
    " evidence look_again besides",
    "Step": "what when where",
    "ProgressNote": "on",
    "IfThen": "if_this then_that",
    "Helper": "who what ask_by",
    "Agreement": "name what by_when note besides",
    "TeacherNote": "strength next_step home_help look_again",
    "Reply": "who on lines pictures media",
    "ReplyLine": "starter words",
    "Concern": "words on answer owner due closed_with closed_on",
    "Statement": "words pictures media besides",
    "Parked": "name words on until",
}
"""What families see, where the thing it belongs to is shown at all."""

HIDDEN = {
    "Student": "pronouns",  # the teacher's
    "Household": "reach_by reach_when other_children access_needs",  # the teacher's
    "SchoolClass": "round conference_until",  # the portfolio says its own round; the second is on the invitation
    "ClassWords": "about_school letter invitation place",  # on papers of their own, in no copy of a book
    "Comment": "words on besides",  # between teacher and child
    "HomeWords": "who on loves good_at enjoys drives hopes talk_about besides",  # the teacher's, and its own home's
    "Cue": "words short besides",  # the child's own
    "Practice": "on partner kind_words besides",  # the child's own
    "ToTeacher": "who on words media besides",  # the teacher's alone
    "Meeting": "on began ended listener besides",  # the teacher's
    "Naming": "name on besides",  # the teacher's
    "TeacherNote": "drives besides",  # not written at the desk, where one may answer in another way; so the next two
    "Reply": "besides",
    "Concern": "besides",
    "Parked": "besides",
    "ProgressNote": "note",  # the words and their days are drawn, no note
}
"""What no family sees, not even its own."""

BY_RULE = {
    "Student": "student_id picture",
    "Household": "household_id reads speaks interpreter copy_as",
    "Teacher": "teacher_id",
    "SchoolClass": "class_id age_band language",
    "Passage": "lang",
    "Translation": "lang made_by",
    "Picture": "width height others others_agreed",
    "LookHere": "x y",
    "Sound": "kind suffix seconds size others others_agreed",
    "Video": "kind suffix seconds size width height plays others others_agreed",
    "Document": "kind page_count others others_agreed",
    "Writing": "kind sort",
    "Link": "kind",
    "Beside": "field",
    "WordChoice": "term how",
    "Answer": "entry_id kind school_words section prompt picks",
    "Strength": "entry_id kind school_words picks piece",
    "Work": "entry_id kind school_words sort feeling why_is helped_picks",
    "GrowthPair": "entry_id kind school_words",
    "Growing": "entry_id kind school_words picks",
    "Rating": "entry_id kind school_words section question answer",
    "LookBack": "entry_id kind school_words goal_id promise_id result",
    "Goal": "entry_id kind school_words area picks why_is now_is now_piece helper_picks set_by agreed",
    "Helper": "agreed",
    "ProgressNote": "word piece",
    "Cue": "entry_id kind school_words step about",
    "Agreement": "entry_id kind school_words who how_far",
    "TeacherNote": "entry_id kind school_words teacher_id",
    "Comment": "entry_id kind school_words teacher_id section about sends_back seen",
    "HomeWords": "entry_id kind school_words household_id lang private_talk call_before share_with_child",
    "Reply": "entry_id kind school_words household_id form face lang share_with_child",
    "Concern": "entry_id kind school_words household_id status",
    "Statement": "entry_id kind school_words step in_place",
    "StepTime": "step seconds",
    "Practice": "entry_id kind school_words steps seen",
    "ToTeacher": "entry_id kind school_words household_id lang about face private_talk seen",
    "Parked": "entry_id kind school_words household_id who done",
    "Naming": "entry_id kind school_words how teacher_id",
    "Meeting": "entry_id kind school_words way household_id adults_only visited",
    "PortfolioMeta": "schema_version portfolio_id student_id round school_year started_on age_band template_id"
    " template_version language cloth reading status agenda sections delete_by approved next_teacher prepared"
    " cue_lines",
}
"""Ids, words from a fixed list, numbers: nobody's own words. Rules use them; tests of rules look at them."""

AT_HOME = {"Household.label", "Reply", "Concern", "Parked", "Teacher.reach", "ClassWords"}
"""What only a household's own copy has."""
AT_THE_TABLE = {"Statement"}
"""What is shown where the child speaks, and in no file."""
AT_THE_TABLE_OF_OTHERS = {"Household.adults"}
"""What is shown of another household: its people, where everybody sits at one table."""
OF_EARLIER_ROUNDS = {"Goal.progress", "Goal.goal", "Agreement.name", "Agreement.what", "Agreement.note"}
LOOKED_BACK_ON = {"Agreement.note"}
"""What became of a promise: shown when the next round looks back on it, not on the day it is made."""

FIXED: dict[str, Any] = {
    "Strength.piece": "work-1",
    "Work.entry_id": "work-1",
    "Rating.question": "question",
    "TeacherNote.teacher_id": "t1",
    "Teacher.teacher_id": "t1",
    "Concern.status": "closed",
    "Student.student_id": "ines",
    "Household.household_id": "mama",
    "Reply.household_id": "mama",
    "Concern.household_id": "mama",
    "HomeWords.household_id": "mama",
    "ToTeacher.household_id": "mama",
    "Parked.household_id": "mama",
    "Meeting.household_id": "mama",
    "Statement.step": "all",
    "LookBack.goal_id": "goal-1",
    "LookBack.promise_id": None,
    "Goal.entry_id": "goal-1",
    "Picture.others": False,
}
Path = tuple[str, ...]


def decided(record: type[BaseModel]) -> dict[str, str]:
    """Return what was decided for each field of a record: seen, hidden or by rule."""
    name = record.__name__
    tables = (("seen", SEEN), ("hidden", HIDDEN), ("by rule", BY_RULE))
    return {field: word for word, table in tables for field in table.get(name, "").split()}


class Filling:
    """Fills records with markers and remembers each with its way."""

    def __init__(self, fixed: dict[str, Any] | None = None, first: Path = ()) -> None:
        """Begin; ``first`` stands before each way."""
        self.fixed = FIXED | (fixed or {})
        self.first = first
        self.markers: dict[str, Path] = {}
        self.records: set[type[BaseModel]] = set()

    def make(self, record: type[Any], path: Path | None = None) -> Any:
        """Return a record in which everything is filled in."""
        way = self.first if path is None else path
        self.records.add(record)
        values = {}
        for name, hint in get_type_hints(record, include_extras=True).items():
            if name not in record.model_fields:
                continue
            step = f"{record.__name__}.{name}"
            default = record.model_fields[name].default
            if name == "kind":
                values[name] = default
            elif name == "besides":
                values[name] = self._besides(record, way)
            else:
                values[name] = self.fixed.get(step, self._value(hint, (*way, step)))
        return record.model_validate(values)

    def _besides(self, record: type[BaseModel], way: Path) -> tuple[Beside, ...]:
        """Return something beside every field that holds words: its way goes through that field."""
        fields = (name for name, field in record.model_fields.items() if field.annotation is Passage)
        said = ((name, (*way, f"{record.__name__}.{name}", f"{record.__name__}.besides")) for name in fields)
        return tuple(self.make(Beside, path).but(field=name) for name, path in said)

    def _value(self, hint: Any, path: Path) -> Any:  # noqa: C901 - one line for each sort of value
        if hint in (Line, Text):
            return self._marked(path, "[" + "/".join(path) + "]")
        if "address" in path[-1]:
            return self._marked(path, "https://marker.example/" + "-".join(path))
        if hint == Sha256:
            return self._marked(path, hashlib.sha256("/".join(path).encode()).hexdigest())
        if hint is datetime:
            day = self._value(date, path)
            return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        if hint is date:
            return date.fromisoformat(
                self._marked(path, str(date(1900, 1, 1) + timedelta(days=_number(path))))
            )
        if hint in (Identifier, LanguageTag):
            return "en" if hint == LanguageTag else "pick"
        if hint is bool:
            return True
        origin = get_origin(hint)
        if origin is Annotated:
            return self._value(get_args(hint)[0], path)
        if origin is Literal:
            return get_args(hint)[0]
        if origin in (Union, UnionType):
            return self._value(next(a for a in get_args(hint) if a is not type(None)), path)
        if origin is tuple:
            return tuple(self._value(kind, path) for kind in _kinds(get_args(hint)[0]))
        if isinstance(hint, type) and issubclass(hint, Record):
            return self.make(hint, path)
        assert hint in (int, float), hint
        return 1

    def _marked(self, path: Path, marker: str) -> str:
        assert marker not in self.markers, marker
        self.markers[marker] = path
        return marker


@cache
def _number(path: Path) -> int:
    return next(_numbers)


_numbers = iter(range(50_000))


def _kinds(hint: Any) -> tuple[Any, ...]:
    """Return one type for each way a thing can be."""
    if get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) in (Union, UnionType):
        return get_args(get_args(hint)[0])
    return (hint,)


def template() -> ClassTemplate:
    """Return a class template that asks for every field of every record."""
    pick = (Choice(id="pick", label="picked"),)
    sections = []
    for holds in RECORD:
        if holds == "answers":
            prompts = [Prompt(field="pick", ask="?", control="long", choices=pick)]
        else:
            controls = askable(holds) or {}
            prompts = [
                Prompt(field=field, ask="?", control=fitting[0], choices=pick)
                for field, fitting in controls.items()
            ]
        if holds == "ratings":
            beside = ("example", "against", "teacher_says", "better")
            prompts = [Prompt(field=f, ask="?", control=controls_for("ratings", f)[0]) for f in beside] + [
                Prompt(field="question", ask="?", control="scale", choices=pick)
            ]
        sections.append(
            Section(
                section_id=holds.replace("_", "-"), title="T", icon="me", holds=holds, prompts=tuple(prompts)
            )
        )
    ids = tuple(s.section_id for s in sections)
    step = AgendaStep(step_id="all", title="T", speaker="all", minutes=9, sections=ids)
    preset = AgendaPreset(preset_id="full", title="T", child_minutes=9, all_minutes=9, steps=(step,))
    return ClassTemplate(
        template_id="t",
        version=1,
        title="T",
        age_band="3-5",
        about_words=1,
        sections=tuple(sections),
        agendas=(preset,),
    )


def portfolio(filling: Filling, round_name: str) -> Portfolio:
    """Return a portfolio with one entry of every kind."""
    meta = PortfolioMeta(
        portfolio_id="ines." + round_name, student_id="ines", round=round_name, started_on=date(2026, 9, 1),
        age_band="3-5", template_id="t",
    )  # fmt: skip
    filling.fixed |= {"Answer.section": "answers", "Rating.section": "ratings"}
    return Portfolio.of(meta, [filling.make(record) for record in KIND.values()])


def whole_book() -> tuple[Book, Filling, Filling, Filling]:
    """Return a book full of markers: the child's, another household's, and those of an earlier round."""
    mine, earlier = Filling(), Filling(first=("earlier",))
    papa = dict.fromkeys(
        ("Household.household_id", "Reply.household_id", "Concern.household_id", "Parked.household_id"),
        "papa",
    )
    ids = {"Reply.entry_id": "r2", "Concern.entry_id": "c2", "Parked.entry_id": "p2"}
    others = Filling(papa | ids, first=("other",))
    student = mine.make(Student)
    student = student.but(households=(*student.households, others.make(Household)))
    now = portfolio(mine, "now")
    now = now.but(
        replies=(*now.replies, others.make(KIND["reply"])),
        concerns=(*now.concerns, others.make(KIND["concern"])),
        parked=(*now.parked, others.make(KIND["parked"])),
    )
    asked = template()
    book = Book(
        school_class=mine.make(SchoolClass), template=asked, student=student, portfolio=now,
        outline=tuple(SectionCell(section=s.section_id) for s in asked.sections),
        earlier=(portfolio(earlier, "then"),),
    )  # fmt: skip
    mine.records.add(PortfolioMeta)
    return book, mine, others, earlier


def seen_by_decision(path: Path, audience: str) -> bool:
    """Return whether each step of a marker's way was decided as seen by this audience."""
    if path[0] == "earlier":
        steps = path[1:]
        if steps[0] not in OF_EARLIER_ROUNDS:
            return False
    elif path[0] == "other":
        return audience == "conference" and path[1] in AT_THE_TABLE_OF_OTHERS
    else:
        steps = path
        if steps[0] in LOOKED_BACK_ON:
            return False
    for step in steps:
        record, _, field = step.partition(".")
        if field not in SEEN.get(record, "").split():
            return False
        if (AT_HOME if audience == "conference" else AT_THE_TABLE) & {step, record}:
            return False
    return True


@pytest.mark.parametrize("audience", ["conference", "home"])
def test_families_see_what_was_decided_and_nothing_else(audience: Any) -> None:
    """Of a book full of markers each is in the view exactly if it was decided so, for table and home."""
    book, *fillings = whole_book()
    text = for_audience(book, audience, "mama" if audience == "home" else None).model_dump_json()
    wrong = [
        path
        for filling in fillings
        for marker, path in filling.markers.items()
        if (marker in text) != seen_by_decision(path, audience)
    ]
    assert wrong == []
    assert sum(seen_by_decision(p, audience) for f in fillings for p in f.markers.values()) > 300


def test_every_field_of_every_record_is_decided() -> None:
    """A field that somebody adds to a record fails here until it is decided who may see it."""
    _, mine, _, _ = whole_book()
    assert len(mine.records) > 25
    for record in mine.records:
        if record is Portfolio:
            continue
        assert set(decided(record)) == set(record.model_fields), record.__name__


def test_nothing_is_decided_twice_or_for_a_record_that_is_gone() -> None:
    """The three tables do not overlap and name no record or field that does not exist."""
    _, mine, _, _ = whole_book()
    fields = {r.__name__: set(r.model_fields) for r in mine.records}
    for table in (SEEN, HIDDEN, BY_RULE):
        for record, words in table.items():
            assert set(words.split()) <= fields[record], record
    for record in fields:
        listed = [f for t in (SEEN, HIDDEN, BY_RULE) for f in t.get(record, "").split()]
        assert len(listed) == len(set(listed)), record


def test_a_new_field_without_a_decision_is_noticed() -> None:
    """The check bites: a record with one more field is not fully decided."""
    graded: Any = type("Work", (Work,), {"__annotations__": {"grade": str}, "grade": ""})
    assert set(graded.model_fields) - set(decided(graded)) == {"grade"}


def test_the_view_says_no_id_of_a_person() -> None:
    """No household, student or portfolio id is anywhere in a view."""
    book, *_ = whole_book()
    for view in (for_audience(book, "conference"), for_audience(book, "home", "mama")):
        assert isinstance(view, FamilyView)
        assert not re.search(r'"(mama|papa|ines|ines\.now)"', view.model_dump_json())
