"""Another way to answer: what is said, drawn or photographed beside the words of a question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, NotFound, TextRefused
from portfolio.model import (
    Answer,
    Beside,
    Entry,
    Goal,
    Passage,
    Picture,
    Prompt,
    Work,
)
from portfolio.rules.answers import beside_asks, in_a_line, kept, with_kept
from portfolio.rules.cards import cards
from portfolio.rules.filling import filled
from portfolio.rules.progress import section_state
from portfolio.testing import SILENCE, dots, named, small_book, small_media
from tests.unit.test_desk import desk, field

SOUND: dict[str, Any] = {
    "kind": "sound", "sha256": named(SILENCE), "suffix": "wav", "seconds": 2.0, "size": len(SILENCE),
    "transcript": "I sing.", "caption": "", "others": False,
}  # fmt: skip
DRAWING: dict[str, Any] = {
    "sha256": dots(0).sha256, "width": 8, "height": 6, "alt": "me", "caption": "", "looks": [], "others": False,
}  # fmt: skip


# ---------------------------------------------------------------------------------- where an answer stands

PLACES = ("goal", "why", "why.pictures", "why.media", "obstacle.pictures")
VALUES: dict[str, Any] = {
    "goal": Passage(text="read"), "why": Passage(text="so"), "why.pictures": (dots(0),),
    "why.media": small_media()[:1], "obstacle.pictures": (dots(1), dots(0)),
}  # fmt: skip
EMPTY: dict[str, Any] = {p: () if "." in p else Passage() for p in PLACES}


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.booleans()), max_size=12))
def test_every_place_keeps_its_own(changes: list[tuple[str, bool]]) -> None:
    """Changing one place leaves all others alone, and what was emptied leaves no trace in the record."""
    entry: Entry = Goal(entry_id="g")
    meant = dict(EMPTY)
    for place, full in changes:
        meant[place] = VALUES[place] if full else EMPTY[place]
        entry = with_kept(entry, place, meant[place])
        assert {p: kept(entry, p) for p in PLACES} == meant
    assert all(entry.besides)
    assert {b.field for b in entry.besides} == {p.partition(".")[0] for p in PLACES if "." in p and meant[p]}


def test_only_questions_for_words_can_be_answered_in_another_way() -> None:
    """A line and a long text have two more places; a subject, picks, rows, days, photos and media have none."""
    book = small_book()
    named_so = {"photos": "pictures", "media": "media"}
    for section in book.template.sections:
        for card in cards(book, section):
            for name, prompt in card.asks:
                found = [(place, ask.control, ask.at_most) for place, ask in card.besides(name, prompt)]
                words = prompt.control in ("line", "long") and isinstance(kept(card.entry, name), Passage)
                wanted = [(f"{name}.{part}", c, 4 if c == "photos" else 3) for c, part in named_so.items()]
                assert found == (wanted if words else []), (section.section_id, name)
    assert beside_asks(Work(entry_id="w"), "subject", Prompt(field="subject", ask="?", control="line")) == ()


# ---------------------------------------------------------------------------------------------- at the desk


def test_an_answer_said_and_drawn_is_kept_beside_its_words() -> None:
    """Both places are saved like any field, stand in the form again, and the words stay as they are."""
    opened = desk()
    opened.save("goals", "goal-1", "why", "because", 1)
    opened.save("goals", "goal-1", "why.pictures", [DRAWING], 2)
    opened.save("goals", "goal-1", "why.media", [SOUND], 3)
    asked = field(opened.form("goals"), "goal-1", "why")
    pictures, media = asked["besides"]
    assert (pictures["field"], pictures["control"], pictures["at_most"]) == ("why.pictures", "photos", 4)
    assert (media["field"], media["control"], media["at_most"]) == ("why.media", "media", 3)
    assert pictures["ask"] == f"Pictures for: {asked['ask']}"
    assert media["ask"] == f"Recordings for: {asked['ask']}"
    assert pictures["value"][0]["thumb"].startswith("data:image/webp;base64,")
    assert media["value"][0]["transcript"] == "I sing."
    goal = opened.fresh().portfolio.goals[0]
    assert goal.why.text == "because"
    (beside,) = goal.besides
    assert (beside.field, len(beside.pictures), len(beside.media)) == ("why", 1, 1)


def test_the_words_of_an_answer_have_their_places_too() -> None:
    """A question of a page of its own is drawn under the name its record has for words."""
    opened = desk()
    opened.save("welcome", "welcome.today", "words.pictures", [DRAWING], 1)
    answer = opened.fresh().portfolio.answer("welcome", "today")
    assert answer is not None
    assert answer.pictures == ()
    assert answer.beside("words").pictures[0].alt.text == "me"


def test_what_is_taken_out_again_leaves_nothing() -> None:
    """A recording that is taken away is not in the record any more."""
    opened = desk()
    opened.save("goals", "goal-1", "why.media", [SOUND], 1)
    opened.save("goals", "goal-1", "why.media", [], 2)
    assert opened.fresh().portfolio.goals[0].besides == ()


def test_two_hands_beside_two_questions_both_stay() -> None:
    """What one draws and what another says beside another question, from the same version, are merged."""
    opened = desk()
    opened.save("goals", "goal-1", "why.pictures", [DRAWING], 1)
    assert opened.save("goals", "goal-1", "why.media", [SOUND], 1).merged
    assert opened.save("goals", "goal-1", "obstacle.media", [SOUND], 1).merged
    found = {b.field: (len(b.pictures), len(b.media)) for b in opened.fresh().portfolio.goals[0].besides}
    assert found == {"why": (1, 1), "obstacle": (0, 1)}


def test_two_hands_in_the_same_place_are_shown_both() -> None:
    """Pictures that another window put there meanwhile are told, not replaced."""
    opened = desk()
    opened.save("goals", "goal-1", "why.pictures", [DRAWING], 1)
    with pytest.raises(ChangedMeanwhile) as told:
        opened.save("goals", "goal-1", "why.pictures", [], 1)
    theirs: Any = told.value.values["theirs"]
    assert theirs[0]["alt"] == "me"


def test_consent_is_not_taken_from_a_page_beside_words_either() -> None:
    """A control cannot agree for others; what a grown-up agreed to stays."""
    prompt = beside_asks(Goal(entry_id="g"), "why", Prompt(field="why", ask="?", control="long"))[0][1]
    sent = [{**DRAWING, "others": True, "others_agreed": True}]
    (claimed,) = kept(filled(Goal(entry_id="g"), "why.pictures", prompt, sent, "en"), "why.pictures")
    assert (claimed.others, claimed.others_agreed) == (True, False)
    agreed = dots(0).but(others=True, others_agreed=True)
    before = Goal(entry_id="g", besides=(Beside(field="why", pictures=(agreed,)),))
    assert kept(filled(before, "why.pictures", prompt, sent, "en"), "why.pictures")[0].others_agreed


@pytest.mark.parametrize(
    "place", ["why.", "why.alt", "why.field", "steps.pictures", "nothing.media", ".media"]
)
def test_there_is_no_other_place(place: str) -> None:
    """A place no question has is not found, and nothing is kept."""
    opened = desk()
    before = opened.fresh()
    with pytest.raises(NotFound):
        opened.save("goals", "goal-1", place, [DRAWING], 1)
    assert opened.fresh() == before


@pytest.mark.parametrize("value", [[{"sha256": "../x", "width": 1, "height": 1}], "x", [7], [SOUND]])
def test_what_does_not_fit_beside_words_is_refused(value: Any) -> None:
    """What is no picture is answered with a sentence, and nothing is kept."""
    opened = desk()
    with pytest.raises(TextRefused):
        opened.save("goals", "goal-1", "why.pictures", value, 1)
    assert opened.fresh().portfolio.goals[0].besides == ()


def test_a_question_is_answered_by_what_stands_beside_it() -> None:
    """What was only said counts as filled in; the question is not among the open ones."""
    book = small_book(answers=())
    section = book.template.section("welcome")
    assert section is not None
    words = [p for p in section.prompts if p.control in ("line", "long")]
    spoken = tuple(
        Answer(
            entry_id=f"welcome.{p.field}", section="welcome", prompt=p.field,
            besides=(Beside(field="words", media=small_media()[:1]),),
        )
        for p in words
    )  # fmt: skip
    asked = section.but(prompts=tuple(words))
    assert section_state(book, asked).state == "empty"
    told = section_state(small_book(answers=spoken), asked)
    assert (told.state, told.open_asks) == ("filled", ())


def test_what_stands_in_a_line_for_an_answer() -> None:
    """Words come first, then what is heard, then what is seen; a picture nobody described says nothing."""
    heard, seen = small_media()[:1], (dots(0, "a boat"),)
    assert in_a_line(Passage(text="so"), Beside(field="x", media=heard)).text == "so"
    assert in_a_line(Passage(), Beside(field="x", pictures=seen, media=heard)).text == "The rain is a drum."
    assert in_a_line(Passage(), Beside(field="x", pictures=(dots(1), *seen))).text == "a boat"
    assert not in_a_line(Passage(), Beside(field="x", pictures=(dots(1),)))


def test_pictures_beside_words_are_pictures() -> None:
    """The place holds what a field of pictures holds."""
    made = with_kept(Goal(entry_id="g"), "goal.pictures", (dots(0),))
    assert made.beside("goal").pictures == (Picture(sha256=dots(0).sha256, width=8, height=6),)
