"""Books for the path check: of any band, empty or whole, and two for each kind of nudge."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from portfolio import files
from portfolio.model import (
    Answer,
    Book,
    ClassTemplate,
    Goal,
    Growing,
    GrowthPair,
    Helper,
    Passage,
    Rating,
    SectionCell,
    Step,
    Strength,
    TeacherNote,
    Work,
)
from portfolio.model.people import AgeBand
from portfolio.rules.nudge import Nudge
from portfolio.rules.path_check import path_check
from portfolio.store.template_file import load_template
from portfolio.testing import dots, small_book

BANDS: tuple[AgeBand, ...] = ("k-2", "3-5", "6-8", "9-12")
DAY = date(2026, 12, 8)


def words(text: str) -> Passage:
    """Return words somebody wrote."""
    return Passage(text=text)


def count_tests(text: str) -> int:
    """Count the words in a text that begin with "test" or "score"."""
    return sum(word.startswith(("test", "score")) for word in text.lower().split())


@cache
@cache
def template(band: AgeBand) -> ClassTemplate:
    """Return the real class template of a band."""
    return load_template(files.class_templates() / f"{band}.yaml")


STRENGTH = Strength(entry_id="strength-1", what=words("drawing maps"), proof=words("my map"))
BARE = Strength(entry_id="strength-1", what=words("drawing maps"))
GROWING = Growing(
    entry_id="growing-1",
    what=words("long texts"),
    first_step=words("a plan"),
    help=words("listen"),
    look_again=DAY,
)
GOAL = Goal(
    entry_id="goal-1",
    goal=words("read aloud"),
    by_when=DAY,
    steps=(Step(what=words("read to the cat"), when="Mondays"),),
    helpers=(Helper(who="Papa", what=words("listens")),),
    helper_picks=("home",),
    look_again=(DAY,),
)
NOTE = TeacherNote(
    entry_id="note-1", teacher_id="t1", strength=words("calm"), next_step=words("longer texts")
)
NOTHING: Passage = Passage()


def answers(of: ClassTemplate, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return every answer and rating a template asks for, but for the sections left out."""
    told: dict[str, list[Any]] = {"answers": [], "ratings": []}
    for section in of.sections:
        if section.section_id in without or section.holds not in told:
            continue
        for prompt in section.prompts:
            name = f"{section.section_id}.{prompt.field}"
            if section.holds == "answers":
                picks = (prompt.choices[0].id,) if prompt.choices else ()
                said: dict[str, Any] = {"words": words("so"), "picks": picks, "pictures": (dots(0),)}
                told["answers"].append(
                    Answer(entry_id=name, section=section.section_id, prompt=prompt.field, **said)
                )
            elif prompt.control == "scale":
                one: dict[str, Any] = {"question": prompt.field, "answer": prompt.choices[0].id}
                told["ratings"].append(Rating(entry_id=name, section=section.section_id, **one))
    return {shelf: tuple(found) for shelf, found in told.items()}


def full(band: AgeBand = "3-5", without: tuple[str, ...] = (), **shelves: Any) -> Book:
    """Return a book with everything in it, but for the sections left out and the shelves given."""
    whole: dict[str, Any] = {
        "strengths": (STRENGTH, STRENGTH.but(entry_id="strength-2", pictures=(dots(0),))),
        "work": (
            Work(entry_id="work-1", title=words("My way"), pictures=(dots(0),), why=words("I like it.")),
        ),
        "growth_pairs": (
            GrowthPair(entry_id="pair-1", before=(dots(0),), now=(dots(1),), changed=words("more")),
        ),
        "growing": (GROWING,),
        "goals": (GOAL,),
        "teacher_page": (NOTE,),
        "replies": (),
        "concerns": (),
        "cues": (),
    }
    known = template(band)
    return book(band, **answers(known, without), **(whole | shelves))


def book(band: AgeBand = "3-5", **shelves: Any) -> Book:
    """Return a book of a band with these shelves and nothing else."""
    empty = dict.fromkeys(("answers", "strengths", "work", "goals", "cues", "replies", "concerns"), ())
    made, known = small_book(**(empty | shelves)), template(band)
    meta = made.portfolio.meta.but(age_band=band, template_id=band)
    outline = tuple(SectionCell(section=s.section_id) for s in known.sections)
    return made.but(template=known, outline=outline, portfolio=made.portfolio.but(meta=meta))


def kinds(of: Book, **more: Any) -> list[str]:
    """Return the kinds of the nudges a book gives."""
    return [nudge.kind for nudge in path_check(of, **more)]


def nudge(of: Book, kind: str) -> Nudge:
    """Return the nudge of a kind."""
    return next(one for one in path_check(of, test_words=count_tests) if one.kind == kind)


ENDS = ("help", "looking_ahead", "thank_you")
TESTED = STRENGTH.but(what=words("My test was good. My score went up."), proof=NOTHING, pictures=(dots(0),))

CASES: dict[str, tuple[Book, Book]] = {
    "strength_without_proof": (
        book(strengths=(STRENGTH, BARE.but(entry_id="strength-2"))),
        book(strengths=(STRENGTH,)),
    ),
    "growing_without_step": (book(growing=(GROWING.but(first_step=NOTHING),)), book(growing=(GROWING,))),
    "growing_without_help": (book(growing=(GROWING.but(help=NOTHING),)), book(growing=(GROWING,))),
    "growing_without_look_again": (book(growing=(GROWING.but(look_again=None),)), book(growing=(GROWING,))),
    "goal_without_step": (
        book(goals=(GOAL.but(steps=(Step(when="Mondays"),)),)),
        book(goals=(GOAL,)),
    ),
    "goal_without_helper": (
        book(goals=(GOAL.but(helpers=(Helper(),), helper_picks=()),)),
        book(goals=(GOAL,)),
    ),
    "goal_without_when": (
        book(goals=(GOAL.but(by_when=None, steps=(Step(what=words("read")),)),)),
        book(goals=(GOAL.but(by_when=None),)),
    ),
    "goal_without_look_again": (book(goals=(GOAL.but(look_again=()),)), book(goals=(GOAL,))),
    "more_growing": (
        book(strengths=(STRENGTH,), growing=(GROWING, GROWING.but(entry_id="growing-2"))),
        book(
            strengths=(STRENGTH, STRENGTH.but(entry_id="strength-2")),
            growing=(GROWING, GROWING.but(entry_id="growing-2")),
        ),
    ),
    "tests_take_over": (
        book(strengths=(TESTED,), growing=(GROWING,)),
        book(
            strengths=(TESTED, STRENGTH.but(entry_id="strength-2")),
            growing=(GROWING,),
        ),
    ),
    "no_good_end": (
        full(without=ENDS, growing=(GROWING.but(first_step=NOTHING),), goals=()),
        full(without=ENDS, goals=()),
    ),
    "note_without_strength": (
        book(teacher_page=(NOTE, NOTE.but(entry_id="note-2", strength=NOTHING))),
        book(teacher_page=(NOTE,)),
    ),
    "nothing_growing": (full(growing=()), full()),
    "no_feelings": (full(without=("feels", "friends")), full(without=("friends",))),
    "no_question": (full(without=("ask_me",)), full()),
}
"""For each kind of nudge a book that has it, and one that has not."""
