"""What a desk tells beside its questions: last time, earlier rounds, recorded questions, and who sees a page."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.errors import InputRefused
from portfolio.model import (
    Agreement,
    Answer,
    Beside,
    Goal,
    LookBack,
    Passage,
    Portfolio,
    Prompt,
    Rating,
    SectionChoice,
)
from portfolio.rules.cards import cards
from portfolio.rules.shown import WHO_SEES, shown_to, who_sees
from portfolio.testing import dots, small_book, small_portfolio
from portfolio.views.forms import FormMaker
from portfolio.words import speak
from tests.unit.test_desk import desk, field

# ------------------------------------------------------------------------------------- last time, and earlier


def last_round(**shelves: Any) -> Portfolio:
    """Return a round before this one."""
    empty: dict[str, Any] = {
        "goals": (),
        "strengths": (),
        "work": (),
        "answers": (),
        "replies": (),
        "cues": (),
    }
    last = small_portfolio(**{**empty, "concerns": (), **shelves})
    return last.but(meta=last.meta.but(portfolio_id="ines.spring", round="Spring 2026"))


def test_one_looks_back_on_goals_first_then_on_promises_of_ones_own() -> None:
    """Each goal and each promise the child made has a card with its words; those of adults have none; none is cut."""
    last = last_round(
        goals=(
            Goal(entry_id="goal-1", goal=Passage(text="read aloud")),
            Goal(entry_id="goal-2", besides=(Beside(field="goal", pictures=(dots(0, "me on a bike"),)),)),
            Goal(entry_id="goal-3"),
        ),
        agreements=(
            Agreement(entry_id="agreement-1", what=Passage(text="water the plants")),
            Agreement(entry_id="agreement-2", who="teacher", what=Passage(text="find a book")),
            Agreement(entry_id="agreement-3", what=Passage(text="ask for help")),
            Agreement(entry_id="agreement-4"),
        ),
    )
    book = small_book().but(earlier=(last,))
    section = book.template.section("last_time")
    assert section is not None
    found = cards(book, section.but(at_most=1))
    assert [(c.entry.entry_id, c.promised.text) for c in found] == [
        ("look-back.goal-1", "read aloud"),
        ("look-back.goal-2", "me on a bike"),
        ("look-back.agreement-1", "water the plants"),
        ("look-back.agreement-3", "ask for help"),
    ]
    assert [c.entry.promise_id for c in found if isinstance(c.entry, LookBack)][-1] == "agreement-3"


def test_what_was_said_of_a_promise_stands_on_its_card_again() -> None:
    """The look back on a promise is found by the promise, whatever its own id."""
    last = last_round(agreements=(Agreement(entry_id="a-1", what=Passage(text="x")),))
    told = LookBack(entry_id="any-id", promise_id="a-1", result="done")
    book = small_book(look_backs=(told,)).but(earlier=(last,))
    section = book.template.section("last_time")
    assert section is not None
    assert [c.entry for c in cards(book, section)] == [told]


def test_the_card_of_a_picked_goal_says_what_was_picked() -> None:
    """A goal that is only pictures goes by the words under them."""
    book = small_book()
    goals = book.template.section("goals")
    assert goals is not None
    pick = Prompt.model_validate(
        {
            "field": "picks",
            "ask": "?",
            "control": "picks",
            "choices": [{"id": "bike", "label": "Ride a bike"}],
        }
    )
    sections = tuple(
        s.but(prompts=(*s.prompts, pick)) if s.section_id == "goals" else s for s in book.template.sections
    )
    template = book.template.but(sections=sections)
    opened = desk()
    last = last_round(goals=(Goal(entry_id="goal-1", picks=("bike",)),))
    opened.store.keep_portfolio(last, by="student", at=opened.now())
    changed = type(opened)(
        opened.store, opened.book.but(template=template, earlier=(last,)), opened.now, opened.new_id
    )
    assert [c["title"] for c in changed.form("last_time")["cards"]] == ["Ride a bike"]


def test_what_was_said_in_earlier_rounds_stands_beside_the_question() -> None:
    """The same question's words of at most three earlier rounds, oldest first; rounds that did not ask are left out."""
    book = small_book()
    section = book.template.section("habits")
    assert section is not None
    prompt = next(p for p in section.prompts if p.control == "scale")
    given = [c.id for c in prompt.choices][:4]
    rounds = []
    for n, answer in enumerate([*given, "no-such-word"]):
        rating = Rating(entry_id=f"r{n}", section="habits", question=prompt.field, answer=answer)
        one = last_round(ratings=(rating,))
        rounds.append(one.but(meta=one.meta.but(portfolio_id=f"ines.{n}", round=f"Round {n}")))
    rounds.insert(2, last_round())
    opened = desk()
    before = type(opened)(
        opened.store, opened.book.but(earlier=tuple(rounds)), opened.now, opened.new_id
    ).form("habits")
    asked = field(before, f"habits.{prompt.field}", "answer")
    labels = {c.id: c.label for c in prompt.choices}
    assert [(e["round"], e["word"]) for e in asked["earlier"]] == [
        (f"Round {n}", labels[given[n]]) for n in (1, 2, 3)
    ]
    others = [f for c in before["cards"] for f in c["fields"] if f["control"] != "scale"]
    assert all(f["earlier"] == [] for f in others)


def test_a_face_of_an_answer_is_told_again() -> None:
    """A question of a page of its own that is answered with one choice says what it was before."""
    book = small_book()
    section = next(s for s in book.template.sections if s.holds == "answers")
    ask = Prompt.model_validate(
        {
            "field": "mood",
            "ask": "?",
            "control": "one",
            "choices": [{"id": "sunny", "label": "Sunny", "icon": "me"}],
        }
    )
    asked = section.but(prompts=(ask,))
    template = book.template.but(
        sections=tuple(asked if s.section_id == asked.section_id else s for s in book.template.sections)
    )
    said = Answer(entry_id="x", section=section.section_id, prompt="mood", picks=("sunny",))
    opened = desk()
    changed = type(opened)(
        opened.store,
        opened.book.but(template=template, earlier=(last_round(answers=(said,)),)),
        opened.now,
        opened.new_id,
    )
    (card,) = changed.form(section.section_id)["cards"]
    assert card["fields"][0]["earlier"] == [{"round": "Spring 2026", "word": "Sunny", "icon": "me"}]


def test_a_recorded_question_has_an_address_where_there_is_one() -> None:
    """The file a prompt names becomes an address; a question without one, and a desk that plays nothing, have none."""
    book = small_book()
    section = book.template.section("goals")
    assert section is not None
    asked = section.but(prompts=(section.prompts[0].but(spoken="goal.mp3"), *section.prompts[1:]))
    for spoken, wanted in ((lambda name: f"/spoken/{name}", "/spoken/goal.mp3"), (lambda _: "", "")):
        maker = FormMaker(speak("en"), lambda _: b"", book.portfolio, {}, spoken=spoken)
        first, *others = maker.form(asked, "T", cards(book, asked))["cards"][0]["fields"]
        assert first["spoken"] == wanted
        assert {f["spoken"] for f in (*others, *first["besides"])} == {""}


# ------------------------------------------------------------------------------------------------ who sees it


def test_what_the_child_chooses_is_what_the_form_says() -> None:
    """Each of the three choices is kept and said again; the choices for other sections stay as they were."""
    opened = desk()
    meta, version = opened.store.meta(opened.portfolio_id)
    other = SectionChoice(section="friends", shown_to_family=True, shown_to_class=True)
    opened.store.keep_meta(meta.but(sections=(other,)), expected=version)
    for who in (*WHO_SEES, "home"):
        assert opened.show_to("work", who) == who
        assert opened.form("work")["who_sees"] == who
        assert other in opened.fresh().portfolio.meta.sections
    assert len(opened.fresh().portfolio.meta.sections) == 2


def test_a_page_is_shown_to_nobody_before_the_child_says_so() -> None:
    """The template says how a section begins; pages that others write as well have no choice."""
    opened = desk()
    found = {s.section_id: opened.form(s.section_id)["who_sees"] for s in opened.book.template.sections}
    assert (found["work"], found["friends"]) == ("home", "teacher")
    holds = {s.section_id: s.holds for s in opened.book.template.sections}
    fixed = {"teacher_page", "replies", "agreements", "look_backs"}
    assert all((who is None) == (holds[name] in fixed) for name, who in found.items())


@pytest.mark.parametrize(("section", "who"), [("last_time", "home"), ("work", "everybody"), ("work", "")])
def test_nobody_else_can_be_chosen(section: str, who: str) -> None:
    """A page that is not the child's alone, or people we do not know, are refused with a sentence."""
    opened = desk()
    before = opened.fresh()
    with pytest.raises(InputRefused):
        opened.show_to(section, who)
    assert opened.fresh() == before


def test_a_choice_made_while_somebody_else_changes_the_portfolio_is_kept_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The change that came first stays, and the choice is laid over it."""
    opened = desk()
    keep, hurried = opened.store.keep_meta, list[bool]()

    def first_somebody_else(meta: Any, expected: int) -> Any:
        if not hurried:
            hurried.append(True)
            there, version = opened.store.meta(opened.portfolio_id)
            keep(there.but(cloth="moss"), expected=version)
        return keep(meta, expected=expected)

    monkeypatch.setattr(opened.store, "keep_meta", first_somebody_else)
    assert opened.show_to("work", "table") == "table"
    meta = opened.fresh().portfolio.meta
    assert meta.cloth == "moss"
    work = opened.section("work")
    assert who_sees(meta, work) == "table"
    assert who_sees(shown_to(meta, work, "teacher"), work) == "teacher"
