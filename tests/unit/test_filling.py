"""Between controls and records: rows of small lines, recordings and documents, what counts as filled in."""

from __future__ import annotations

import json
import math
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import TextRefused
from portfolio.model import (
    Column,
    Document,
    Goal,
    Helper,
    IfThen,
    Link,
    Passage,
    Picture,
    Prompt,
    Rating,
    Sound,
    Strength,
    Translation,
    Video,
    Work,
    Writing,
)
from portfolio.rules.cards import cards
from portfolio.rules.filling import filled, value_of
from portfolio.rules.progress import MOST, section_state
from portfolio.testing import small_book

SHA = "ab" * 32
MEDIA = Prompt(field="media", ask="Do you have a recording?", control="media")
VOICE = Sound(sha256=SHA, suffix="mp3", seconds=4.5, size=9_000, others=True, others_agreed=True)
FILM = Video(
    sha256="cd" * 32, suffix="mp4", seconds=3, size=10_000, width=640, height=480,
    poster=Picture(sha256=SHA, width=64, height=48), alt=Passage(text="We build a bridge."),
)  # fmt: skip
PAPER = Document(pages=(Picture(sha256=SHA, width=100, height=140, others_agreed=True),), page_count=2)
STORY = Writing(text=Passage(text="Había una vez", lang="es"), sort="text")
SONG = Link(address="https://example.org/song", caption=Passage(text="Our song"))
ALL_KINDS = (VOICE, FILM, PAPER, STORY, SONG)

# what is kept is NFC (tested with the records); here it is sent so
CELLS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12).map(
    lambda text: normalize("NFC", text)
)


def rows(field: str, *columns: str) -> Prompt:
    """Return a question for rows with these small lines."""
    asked = tuple(Column(field=name, ask=name) for name in columns)
    return Prompt(field=field, ask="Who or what?", control="rows", columns=asked)


def goal(field: str, prompt: Prompt, value: Any, lang: str = "en", **kept: Any) -> Goal:
    """Return a goal after a control has sent a value for one of its fields."""
    changed = filled(Goal(entry_id="goal-1", **kept), field, prompt, value, lang)
    assert isinstance(changed, Goal)
    return changed


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, st.sampled_from(["yes", "no", ""])), max_size=4))
def test_rows_come_back_as_they_were_sent(told: list[tuple[str, str, str, str]]) -> None:
    """What is said about helpers stands in the control again, but for rows that say nothing."""
    prompt = rows("helpers", "who", "what", "ask_by", "agreed")
    sent = [dict(zip(("who", "what", "ask_by", "agreed"), row, strict=True)) for row in told]
    shown = value_of(goal("helpers", prompt, sent), "helpers", prompt)
    assert shown == [row for row in sent if any(row.values())]


@pytest.mark.parametrize("cell", ["\x1b", " \x00 ", "\ufffe", "\n", "\u2003"])
def test_a_row_of_signs_nobody_sees_is_no_row(cell: str) -> None:
    """A row whose lines hold only what is cleaned away is left out, and stays out when it is sent again."""
    prompt = rows("steps", "what", "when", "where")
    sent = [{"what": "", "when": cell, "where": ""}, {"what": "read", "when": "", "where": ""}]
    kept = goal("steps", prompt, sent)
    assert value_of(kept, "steps", prompt) == sent[1:]


def test_a_helper_agreed_or_not_or_was_not_asked() -> None:
    """Yes, no and nothing said are three different answers."""
    prompt = rows("helpers", "who", "agreed")
    sent = [{"who": "Baba", "agreed": "yes"}, {"who": "Teta", "agreed": "no"}, {"who": "Sam", "agreed": ""}]
    kept = goal("helpers", prompt, sent).helpers
    assert kept == (Helper(who="Baba", agreed=True), Helper(who="Teta", agreed=False), Helper(who="Sam"))


def test_a_plan_is_kept_in_the_language_it_is_written_in() -> None:
    """Both halves of a second plan are words with a language."""
    prompt = rows("if_thens", "if_this", "then_that")
    (plan,) = goal("if_thens", prompt, [{"if_this": "si llueve", "then_that": "leo en casa"}], "es").if_thens
    assert plan == IfThen(
        if_this=Passage(text="si llueve", lang="es"), then_that=Passage(text="leo en casa", lang="es")
    )


def test_a_new_row_takes_no_translation_from_its_neighbor() -> None:
    """Adding a row leaves the words beside it as they are: their language and translations stay."""
    words = Passage(
        text="lee conmigo", lang="es", translations=(Translation(lang="en", text="reads with me"),)
    )
    prompt = rows("helpers", "who", "what")
    sent = [{"who": "lee conmigo", "what": "lee conmigo"}, {"who": "Sam", "what": "walks with me"}]
    kept = goal("helpers", prompt, sent, helpers=(Helper(who="Teta", what=words),)).helpers
    assert kept[0] == Helper(who="lee conmigo", what=words)
    assert kept[1].what == Passage(text="walks with me", lang="en")


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("helpers", {"who": "Sam", "agreed": "perhaps"}),
        ("helpers", {"who": ["Sam"]}),
        ("if_thens", {"when": "it rains"}),
        ("if_thens", {"if_this": 7}),
        ("if_thens", "if it rains"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(field: str, row: Any) -> None:
    """What no small line could have sent is answered with a sentence, and nothing is kept."""
    with pytest.raises(TextRefused, match="did not fit"):
        goal(field, rows(field), [row])


@pytest.mark.parametrize("medium", ALL_KINDS, ids=lambda medium: medium.kind)
def test_every_kind_of_recording_and_document_comes_back(medium: Any) -> None:
    """What a control shows is plain JSON, and sent back unchanged it changes nothing."""
    entry = Work(entry_id="work-1", media=(medium,))
    value = json.loads(json.dumps(value_of(entry, "media", MEDIA)))
    assert filled(entry, "media", MEDIA, value, "en") == entry


@pytest.mark.parametrize("medium", ALL_KINDS, ids=lambda medium: medium.kind)
def test_a_control_cannot_agree_for_others(medium: Any) -> None:
    """What only a grown-up may tick is neither shown to a control nor taken from it, wherever it stands."""
    value = json.loads(json.dumps(value_of(Work(entry_id="work-1", media=(medium,)), "media", MEDIA)))
    assert "others_agreed" not in json.dumps(value)
    value[0]["others_agreed"] = True
    for page in value[0].get("pages", ()):
        page["others_agreed"] = True
    made = filled(Work(entry_id="work-2"), "media", MEDIA, value, "en")
    assert '"others_agreed":true' not in made.model_dump_json()


def test_what_is_known_of_a_recording_is_not_taken_from_the_control() -> None:
    """Words beside a recording can be changed; its length, its size and what was agreed cannot."""
    entry = Strength(entry_id="strength-1", media=(VOICE,))
    (value,) = value_of(entry, "media", MEDIA)
    changed = filled(entry, "media", MEDIA, [{**value, "caption": "I sing", "seconds": 1, "size": 1}], "fr")
    assert isinstance(changed, Strength)
    assert changed.media == (VOICE.but(caption=Passage(text="I sing", lang="fr")),)


@pytest.mark.parametrize(
    "value",
    [
        [{"kind": "sound"}],
        [{"kind": "film", "sha256": SHA}],
        [{"kind": "link", "address": "javascript:alert(1)"}],
        [{"address": "https://example.org"}],
        [{"kind": "document", "pages": "all of them", "page_count": 1}],
        [{"kind": "document", "pages": [], "page_count": 1}],
        [{"kind": "document", "pages": [json.loads("[" * 400 + "]" * 400)], "page_count": 1}],
        [{"kind": "sound", "sha256": SHA, "seconds": json.loads("[" * 900 + "]" * 900)}],
        [["kind", "sound"]],
        "a song",
        7,
        None,
    ],
)
def test_a_recording_that_does_not_fit_is_refused(value: Any) -> None:
    """What is no recording, document, writing or link is answered with a sentence, and nothing is kept."""
    with pytest.raises(TextRefused, match="did not fit"):
        filled(Work(entry_id="work-1"), "media", MEDIA, value, "en")


def test_an_answer_can_be_a_recording() -> None:
    """A question of one's own page can be answered with a recording, and then it is answered."""
    book = small_book()
    section = book.template.section("letter")
    assert section is not None
    spoken = section.but(prompts=(MEDIA,))
    (card,) = cards(book, spoken)
    ((field, prompt),) = card.asks
    value = value_of(Work(entry_id="work-1", media=(VOICE,)), "media", MEDIA)
    answered = book.portfolio.but(answers=(filled(card.entry, field, prompt, value, "en"),))
    assert answered.answers[0].media == (VOICE.but(others_agreed=False),)
    assert section_state(book, spoken).state == "empty"
    assert section_state(book.but(portfolio=answered), spoken).state == "filled"


SAID = ("title", "why", "did", "learned", "hard", "next", "look", "helped_by")
"""What a piece of work can say in words."""


def state(**shelves: Any) -> dict[str, str]:
    """Return how far each section of the small book is."""
    book = small_book(**shelves)
    return {s.section_id: section_state(book, s).state for s in book.template.sections if cards(book, s)}


def test_nobody_has_to_bring_a_recording() -> None:
    """Just enough answers are enough, whether a recording could be added to them or not."""
    words: dict[str, Any] = {name: Passage(text="so") for name in SAID}
    picture = Picture(sha256=SHA, width=10, height=10)
    pieces = tuple(Work(entry_id=f"work-{n}", pictures=(picture,), **words) for n in (1, 2))
    book = small_book(work=pieces)
    section = book.template.section("work")
    assert section is not None and section.prompt("media") is not None
    without = section.but(prompts=tuple(p for p in section.prompts if p.control != "media"))
    assert section_state(book, section).state == section_state(book, without).state == "filled"
    assert not [ask for ask in section_state(book, section).open_asks if "recording" in ask]


def test_a_recording_alone_is_a_beginning() -> None:
    """A card that holds a recording and nothing else has been started, also where no picture is asked for."""
    book = small_book(work=(Work(entry_id="work-1", media=(VOICE,)),))
    section = book.template.section("work")
    assert section is not None
    for fields in (("pictures", "media", "why"), ("media", "why")):
        asked = section.but(prompts=tuple(p for p in section.prompts if p.field in fields))
        assert section_state(book, asked).state == "started"
        assert section_state(small_book(work=()), asked).state == "empty"


def just_enough_words() -> dict[str, Any]:
    """Return as many words as a piece of work of the small book needs, when something shows it too."""
    section = small_book().template.section("work")
    assert section is not None
    asked = [p for p in section.prompts if p.control != "media"]
    wanted = math.ceil(len(asked) * MOST) - 1
    names = [p.field for p in asked if p.field in SAID][:wanted]
    assert len(names) == wanted
    return {name: Passage(text="so") for name in names}


def test_a_recording_shows_it_as_well_as_a_picture() -> None:
    """Where a picture is asked for, a recording in its place answers the question."""
    words = just_enough_words()
    heard = tuple(Work(entry_id=f"work-{n}", media=(VOICE,), **words) for n in (1, 2))
    unheard = tuple(piece.but(media=()) for piece in heard)
    assert (state(work=unheard)["work"], state(work=heard)["work"]) == ("started", "filled")


def test_two_habits_are_enough_where_two_are_asked_for() -> None:
    """Where ratings say how many are enough, that many answers fill the section; otherwise most of them do."""
    book = small_book(
        ratings=tuple(
            Rating(entry_id=f"habits.{name}", section="habits", question=name, answer="always")
            for name in ("keep_trying", "check_my_work")
        )
    )
    habits = book.template.section("habits")
    assert habits is not None
    two_of_five = section_state(book, habits)
    two_wanted = section_state(book, habits.but(at_least=2, at_most=2))
    assert (two_of_five.state, two_wanted.state) == ("started", "filled")
