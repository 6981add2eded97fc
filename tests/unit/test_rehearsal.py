# long: one desk with its promises: kept, merged, taken back, never lost, never shown
"""A child gets ready for its meeting: its lines, what it shows in place of speaking, its rehearsals."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, TemplateMistake, TextRefused
from portfolio.files import class_templates
from portfolio.model import (
    AgeBand,
    Beside,
    ClassTemplate,
    Cue,
    Entry,
    Passage,
    Portfolio,
    Practice,
    Statement,
    StepTime,
    Strength,
    Work,
)
from portfolio.moments import desk_notes, desk_past
from portfolio.moments.desk import StudentDesk
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.rehearsal import LADDER, RehearsalDesk
from portfolio.moments.talk import talk_html
from portfolio.rules import for_audience
from portfolio.rules import rehearsal as r
from portfolio.rules.rehearsal_words import starters
from portfolio.rules.running_order import running_order
from portfolio.store.template_file import load_template
from portfolio.testing import NOON, dots, small_book, small_media, small_store

MARK = "xyzzy-lines-of-mine"
BANDS: tuple[AgeBand, ...] = ("k-2", "3-5", "6-8", "9-12")
MAP = Work(entry_id="work-1", title=Passage(text="My way to school"))
BEAN = Work(entry_id="work-2", title=Passage(text="Our bean"))


def desk(kind: type[StudentDesk] = RehearsalDesk, **shelves: Any) -> Any:
    """Return the rehearsal of the small book's child, on a store in memory."""
    book = small_book(**shelves)
    numbers = itertools.count(1)
    return kind(small_store(book), book, now=lambda: NOON, new_id=lambda: f"new{next(numbers)}")


def follow(opened: StudentDesk, preset: str) -> None:
    """Let the teacher choose another agenda."""
    meta, version = opened.store.meta(opened.portfolio_id)
    opened.store.keep_meta(meta.but(agenda=meta.agenda.but(preset=preset)), expected=version)


def cards(opened: StudentDesk, page: str) -> dict[str, dict[str, Any]]:
    """Return the cards of a page by their ids, in their order."""
    return {card["entry_id"]: card for card in opened.form(page)["cards"]}


def gone(opened: StudentDesk, page: str) -> list[str]:
    """Return what stands in the fold of lines for other steps."""
    return [line for part in opened.form(page)["gone"] for line in part["lines"]]


# --------------------------------------------------------------------------------------------- when one speaks


def test_every_step_the_child_speaks_at_has_a_card_and_no_other() -> None:
    """The steps of the family and of the teacher ask for no lines; those of everybody do."""
    agenda = for_audience(small_book(), "conference").agenda
    assert {line.speaker for line in agenda} > {"student", "all"}
    mine = [line.step for line in agenda if line.speaker in ("student", "all")]
    assert [turn.line.step for turn in r.turns(small_book()) if turn.piece is None] == mine
    assert list(cards(desk(), r.INSTEAD)) == [f"statement.{step}" for step in mine]


@pytest.mark.parametrize("preset", ["short", "full"])
def test_several_pieces_have_a_card_each_as_many_as_there_is_time_for(preset: str) -> None:
    """A step with two pieces asks for lines for each, one piece is the step itself, and nothing is asked twice."""
    three = (MAP, BEAN, BEAN.but(entry_id="work-3"))
    opened = desk(work=three)
    follow(opened, preset)
    pieces = [turn.about for turn in r.turns(opened.fresh()) if turn.piece]
    assert pieces == ["work-1", "work-2", "work-3"][: 2 if preset == "short" else 3]
    assert [turn.about for turn in r.turns(small_book(work=(MAP,))) if turn.piece] == []
    ids = [card["entry_id"] for card in opened.form(r.SAY)["cards"]]
    assert len(ids) == len(set(ids)) == len(r.turns(opened.fresh()))


def test_a_card_says_what_the_step_is_how_long_and_what_is_on_the_screen() -> None:
    """Name, drawing and minutes come from the agenda; the screens are those of the meeting, by their titles."""
    opened = desk(work=(MAP, BEAN), strengths=(Strength(entry_id="strength-1", what=Passage(text="maps")),))
    found = cards(opened, r.SAY)
    step = next(line for line in for_audience(opened.fresh(), "conference").agenda if line.step == "work")
    assert (found["cue.work"]["title"], found["cue.work"]["icon"]) == (step.title, step.icon)
    assert found["cue.work"]["told"] == [
        f"About {step.minutes} minutes",
        "On the screen: My way to school · Our bean",
    ]
    assert "maps" in found["cue.strengths"]["told"][1]
    assert found["cue.work.work-2"]["title"] == "Our bean"
    shown = {scene.step for scene in running_order(for_audience(opened.fresh(), "conference"))}
    assert all(turn.number in shown for turn in r.turns(opened.fresh()))


def test_the_first_step_without_lines_is_open() -> None:
    """One sees at once where to go on; what is shown in place of speaking is offered and never asked for."""
    opened = desk(cues=())
    folds = [card["fold"] for card in opened.form(r.SAY)["cards"]]
    assert folds[0] == "open" and set(folds[1:]) == {"shut"}
    opened.save(r.SAY, "cue.welcome", "short", "hello", 0)
    assert [card["fold"] for card in opened.form(r.SAY)["cards"]][:2] == ["shut", "open"]
    assert opened.form(r.INSTEAD)["cards"][0]["fold"] == "open"
    opened.save(r.INSTEAD, "statement.work", "words", "Look.", 0)
    assert {card["fold"] for card in opened.form(r.INSTEAD)["cards"]} == {"shut"}


@pytest.mark.parametrize("band", BANDS)
def test_every_step_of_every_template_has_beginnings(band: AgeBand) -> None:
    """Each agenda we ship finds beginnings for each step, short ones: no more than nine words."""
    book = small_book()
    template = load_template(class_templates() / f"{band}.yaml")
    begun: set[tuple[str, ...]] = set()
    for line in for_audience(book, "conference").agenda:
        found = starters(template, line, first=False, last=False)
        begun.add(found)
        assert found and all(0 < len(text.split()) <= 9 for text in found)
    assert len(begun) > 5


def test_steps_with_a_teachers_own_names_find_beginnings() -> None:
    """A step called otherwise begins like ours that holds the same, the first like a welcome, the last like thanks."""
    book = small_book()
    work = next(one for one in for_audience(book, "conference").agenda if one.step == "work")
    own = work.but(step="my-show")
    plain = own.but(sections=())

    def begin(line: Any, **at: bool) -> tuple[str, ...]:
        return starters(book.template, line, **{"first": False, "last": False, **at})

    assert begin(own) == begin(work)
    assert begin(plain) and begin(plain) != begin(own)
    assert begin(plain, first=True) == begin(plain.but(step="welcome"))
    assert begin(plain, last=True) == begin(plain.but(step="thank_you"))
    assert begin(plain.but(speaker="all")) == begin(plain.but(step="together"))


def test_long_names_of_steps_and_pieces_still_fit_an_id() -> None:
    """Ids are at most 64 signs, differ, and stay the same from one look to the next."""
    step, other = "s" * 64, "s" * 63 + "t"
    turn = next(turn for turn in r.turns(small_book()) if turn.piece is None)
    made = [
        r.cue_at(small_book(cues=()), r.Turn(turn.line.but(step=name), 1, 1, piece=piece)).entry_id
        for name in (step, other)
        for piece in (None, MAP.but(entry_id="w" * 64))
    ]
    assert len(set(made)) == 4 and max(map(len, made)) <= 64
    taken = small_book(cues=(Cue(entry_id="cue.work", step="welcome"),))
    assert r.cue_at(taken, next(t for t in r.turns(taken) if t.line.step == "work")).entry_id != "cue.work"


# ------------------------------------------------------------------------------------ saved, merged, taken back


def test_lines_are_kept_where_the_meeting_finds_them() -> None:
    """Words, short words and those about one piece are kept with their step; words in the child's language."""
    opened = desk(work=(MAP, BEAN), cues=())
    opened.save(r.SAY, "cue.work", "words", "I picked two.", 0)
    opened.save(r.SAY, "cue.work.work-2", "short", "green bean", 0)
    found = {(cue.step, cue.about): cue for cue in opened.fresh().portfolio.cues}
    assert found["work", None].words == Passage(text="I picked two.", lang="en")
    assert found["work", "work-2"].short.text == "green bean"


def test_what_was_written_elsewhere_is_filled_on() -> None:
    """Lines with another id (the small book's own) are the card of their step: no second one is made."""
    opened = desk()
    assert opened.save(r.SAY, "cue-1", "short", "breathe", 1).version == 2
    assert [cue.entry_id for cue in opened.fresh().portfolio.cues] == ["cue-1"]


def test_two_windows_fill_the_same_card() -> None:
    """Two questions of one card are merged; the same words are shown both, and nothing is overwritten."""
    opened = desk(cues=())
    opened.save(r.SAY, "cue.work", "words", "mine", 0)
    assert opened.save(r.SAY, "cue.work", "short", "two", 0).merged
    with pytest.raises(ChangedMeanwhile) as told:
        opened.save(r.SAY, "cue.work", "words", "theirs", 0)
    assert told.value.values == {"theirs": "mine", "version": 2}
    assert opened.fresh().portfolio.cues[0].words.text == "mine"


def test_in_place_is_a_tick() -> None:
    """It begins unticked, is ticked and unticked, and only the one thing offered fits."""
    opened = desk()
    assert opened.form(r.INSTEAD)["cards"][0]["fields"][-1]["value"] == []
    for value, kept in (([r.YES], True), ([], False)):
        version = cards(opened, r.INSTEAD)["statement.welcome"]["version"]
        opened.save(r.INSTEAD, "statement.welcome", "in_place", value, version)
        assert opened.fresh().portfolio.statements[0].in_place is kept
        assert cards(opened, r.INSTEAD)["statement.welcome"]["fields"][-1]["value"] == value
    refused: tuple[Any, ...] = (["no"], "yes", True, None, [r.YES, "x"], [[]])
    for nonsense in refused:
        with pytest.raises(TextRefused):
            opened.save(r.INSTEAD, "statement.welcome", "in_place", nonsense, 2)


def test_a_step_is_taken_back_and_done_again() -> None:
    """Take back and do again on lines and on statements, each page by itself; earlier days are told."""
    opened = desk(cues=())
    opened.save(r.SAY, "cue.work", "words", "first", 0)
    opened.save(r.INSTEAD, "statement.work", "words", "shown", 0)
    back = desk_past.take_back(opened, r.SAY)
    assert (back.entry, opened.fresh().portfolio.cues) == ("cue.work", ())
    assert opened.fresh().portfolio.statements[0].words.text == "shown"
    assert {card["fold"] for card in back.cards} == {"open", "shut"}
    desk_past.do_again(opened, r.SAY)
    assert opened.fresh().portfolio.cues[0].words.text == "first"


def test_no_card_is_added_by_hand_and_none_of_a_step_goes() -> None:
    """Cards follow the agenda: what a crafted page asks for is refused with a sentence."""
    opened = desk()
    for page in (r.SAY, r.INSTEAD, r.HOW_MUCH, r.PRACTISE):
        with pytest.raises(InputRefused):
            opened.add(page)
        with pytest.raises(InputRefused):
            opened.show_to(page, "home")
        assert (opened.form(page)["grows"], opened.form(page)["who_sees"]) == (False, None)
    with pytest.raises(InputRefused):
        opened.remove(r.SAY, "cue-1", 1)


@pytest.mark.parametrize(
    ("page", "entry", "field"),
    [
        ("strengths", "strength-1", "what"),
        ("", "", ""),
        (r.SAY, "goal-1", "goal"),
        (r.SAY, "cue.your_turn", "words"),
        (r.SAY, "cue-1", "step"),
        (r.INSTEAD, "cue-1", "words"),
        (r.PRACTISE, "practice-1", "partner"),
        (r.HOW_MUCH, "how-much.cue_lines", "words"),
        (r.HOW_MUCH, "goal-1", "picks"),
    ],
)
def test_nothing_else_can_be_written_from_here(page: str, entry: str, field: str) -> None:
    """A page, card or question that is not here is not found, and nothing changes."""
    opened = desk(practices=(Practice(entry_id="practice-1", partner="Baba"),))
    before = opened.fresh()
    with pytest.raises(NotFound):
        opened.save(page, entry, field, "x", 1)
    assert opened.fresh() == before


def test_the_desk_of_the_book_has_none_of_these_pages() -> None:
    """The child's book neither shows nor saves them: they are no part of it."""
    opened = desk(StudentDesk)
    for page in (r.SAY, r.INSTEAD, r.HOW_MUCH, r.PRACTISE):
        with pytest.raises(NotFound):
            opened.form(page)
    assert not {part["id"] for part in opened.path()} & {page for page, _, _ in r.PAGES}


@pytest.mark.more
@given(words=st.text(max_size=60), short=st.text(max_size=20))
def test_what_goes_in_comes_out(words: str, short: str) -> None:
    """Whatever is written stands in the form as the record keeps it, and saving that again changes nothing."""
    opened = desk(cues=())
    opened.save(r.SAY, "cue.work", "words", words, 0)
    opened.save(r.SAY, "cue.work", "short", short, 0)
    card = cards(opened, r.SAY)["cue.work"]
    for field in card["fields"]:
        again = opened.save(r.SAY, "cue.work", field["field"], field["value"], card["version"])
        assert again.version == card["version"]


# -------------------------------------------------------------------------------------------- nothing is lost


def test_lines_of_steps_that_are_not_there_stand_in_a_fold() -> None:
    """The teacher takes the short agenda: lines and statements of steps it leaves out are told, and come back."""
    opened = desk(work=(MAP, BEAN), cues=())
    follow(opened, "full")
    opened.save(r.SAY, "cue.then_now", "words", MARK, 0)
    opened.save(r.INSTEAD, "statement.then_now", "words", MARK + "2", 0)
    assert (gone(opened, r.SAY), gone(opened, r.INSTEAD)) == ([], [])
    follow(opened, "short")
    assert "cue.then_now" not in cards(opened, r.SAY)
    assert (gone(opened, r.SAY), gone(opened, r.INSTEAD)) == ([MARK], [MARK + "2"])
    form = opened.form(r.SAY)
    assert (form["gone_title"], form["gone"][0]["title"]) == ("Lines for other steps", "Then and now")
    follow(opened, "full")
    assert cards(opened, r.SAY)["cue.then_now"]["fields"][0]["value"] == MARK
    assert gone(opened, r.SAY) == []


def test_everything_prepared_is_on_a_card_or_in_the_fold() -> None:
    """Recordings, pictures, lines about a piece that went, two entries of one step, a step no template has."""
    picture = Beside(field="words", pictures=(dots(0),), media=small_media()[:1])
    cues = (
        Cue(entry_id="a", step="welcome", words=Passage(text="one")),
        Cue(entry_id="b", step="welcome", words=Passage(text="two")),
        Cue(entry_id="c", step="work", about="work-9", short=Passage(text="three")),
        Cue(entry_id="d", step="no-such-step", besides=(picture,)),
        Cue(entry_id="e", step="no-such-step"),
    )
    opened = desk(cues=cues, statements=(Statement(entry_id="f", step="nowhere", pictures=(dots(1),)),))
    assert gone(opened, r.SAY) == ["two", "three", "Recordings, texts and links: 1"]
    assert [len(part["pictures"]) for part in opened.form(r.SAY)["gone"]] == [0, 0, 1]
    assert [len(part["pictures"]) for part in opened.form(r.INSTEAD)["gone"]] == [1]
    assert cards(opened, r.SAY)["a"]["fields"][0]["value"] == "one"


def test_lines_about_the_only_piece_stay_on_their_card() -> None:
    """Where one of two pieces goes, what the child wrote about the other keeps its place."""
    about = Cue(entry_id="about-map", step="work", about="work-1", words=Passage(text="Look here."))
    assert "about-map" in cards(desk(work=(MAP,), cues=(about,)), r.SAY)


def test_a_step_that_is_there_is_not_told_as_gone_at_the_desk() -> None:
    """The book's desk tells words whose question is gone: what is prepared for the meeting is none of these."""
    prepared = Statement(entry_id="statement.work", step="work", words=Passage(text=MARK))
    opened = desk(StudentDesk, statements=(prepared,))
    assert MARK not in str(desk_notes.gone_from(opened))
    lost = desk(StudentDesk, statements=(prepared.but(step="nowhere"),))
    parts = [part for parts in desk_notes.gone_from(lost).values() for part in parts]
    assert [part["lines"] for part in parts if MARK in str(part)] == [[MARK]]
    assert "nowhere" not in str(parts), "the name of a step is no answer"


def test_an_empty_book_and_one_without_homes_have_their_pages() -> None:
    """Nothing written, no home known, no step to speak at: each page is there and says something."""
    bare: dict[str, Any] = dict.fromkeys(("answers", "strengths", "work", "goals", "cues"), ())
    opened = desk(**bare)
    quiet = opened.book.but(
        student=opened.book.student.but(households=()),
        template=_with_speaker(opened.book.template, "family"),
    )
    for book in (opened.book, quiet):
        made = RehearsalDesk(small_store(book), book, now=lambda: NOON, new_id=lambda: "new")
        assert [part["word"] for part in made.path()] == ["not yet", "if you like", "All my lines", "not yet"]
        assert all(made.form(page)["intro"] for page, _, _ in r.PAGES)
    assert made.form(r.SAY)["cards"] == []
    assert all(made.form(page)["bare"] for page in (r.SAY, r.INSTEAD, r.PRACTISE))


def _with_speaker(template: ClassTemplate, speaker: str) -> ClassTemplate:
    agendas = [
        agenda.but(steps=tuple(step.but(speaker=speaker) for step in agenda.steps))
        for agenda in template.agendas
    ]
    return template.but(agendas=tuple(agendas))


# ----------------------------------------------------------------------------------- the ladder and rehearsals


def ladder(opened: StudentDesk) -> dict[str, Any]:
    """Return the one question on the page of how much one wants to see."""
    (card,) = opened.form(r.HOW_MUCH)["cards"]
    (field,) = card["fields"]
    return {"version": card["version"], **field}


def test_how_much_one_sees_is_a_choice_of_three() -> None:
    """Each of the three is kept; taking the choice back means all lines; other choices are not there."""
    opened = desk()
    assert (
        [choice["id"] for choice in ladder(opened)["choices"]] == list(LADDER) == ["script", "words", "none"]
    )
    for chosen in ("none", "words", None):
        saved = opened.save(r.HOW_MUCH, "how-much.cue_lines", "picks", chosen, ladder(opened)["version"])
        assert (
            opened.fresh().portfolio.meta.cue_lines
            == saved.value
            == ladder(opened)["value"]
            == (chosen or "script")
        )
        assert saved.version == ladder(opened)["version"]
    for nonsense in ("all", "", 7, ["script"], {"x": 1}):
        with pytest.raises(NotFound):
            opened.save(r.HOW_MUCH, "how-much.cue_lines", "picks", nonsense, 1)
    assert opened.form(r.HOW_MUCH)["undo"] is False


def test_choosing_how_much_keeps_what_others_choose() -> None:
    """A cloth chosen meanwhile, in another window, stays."""
    opened = desk()
    opened.cover.choose_cloth("moss")
    opened.save(r.HOW_MUCH, "how-much.cue_lines", "picks", "none", 1)
    meta = opened.fresh().portfolio.meta
    assert (meta.cloth, meta.cue_lines) == ("moss", "none")


def test_climbing_is_offered_only_to_who_has_practised() -> None:
    """Before the first rehearsal nothing is suggested; afterwards a next step, and none above the last."""
    practised = (Practice(entry_id="practice-1"),)
    assert ladder(desk())["hint"] == ""
    opened = desk(practices=practised)
    hints = []
    for chosen in LADDER:
        opened.save(r.HOW_MUCH, "how-much.cue_lines", "picks", chosen, 1)
        hints.append(ladder(opened)["hint"])
    assert "two or three words" in hints[0] and "no lines" in hints[1] and hints[2] == ""


REHEARSALS = (
    Practice(entry_id="p1", on=date(2026, 11, 16), steps=(StepTime(step="welcome", seconds=95),), partner="Baba",
             seen=("heard", "because"), kind_words=Passage(text="I liked the bridge.")),
    Practice(entry_id="p2"),
    Practice(entry_id="p3", on=date(2026, 11, 18), steps=(StepTime(step="welcome", seconds=20),)),
    Practice(entry_id="p4", on=date(2026, 11, 18)),
)  # fmt: skip


def test_rehearsals_are_told_in_words_newest_first() -> None:
    """The day, how long, who listened, what they saw and said; of two on a day the later one first."""
    found = cards(desk(practices=REHEARSALS), r.PRACTISE)
    assert list(found) == ["p4", "p3", "p1", "p2"]
    assert (found["p1"]["title"], found["p2"]["title"]) == ("Monday, November 16, 2026", "I practised")
    assert found["p1"]["told"] == [
        "It took about 2 minutes.",
        "Baba listened.",
        "They heard every word.",
        "You said why.",
        "“I liked the bridge.”",
    ]
    assert found["p3"]["told"] == ["It took less than a minute.", "You practised by yourself."]


def test_a_rehearsal_can_be_taken_away_and_brought_back() -> None:
    """The child's own rehearsal goes if it says so, from the version it sees; taking back brings it again."""
    opened = desk(practices=REHEARSALS)
    with pytest.raises(ChangedMeanwhile):
        opened.remove(r.PRACTISE, "p1", 7)
    left = opened.remove(r.PRACTISE, "p1", 1)
    assert [card["entry_id"] for card in left] == ["p4", "p3", "p2"]
    assert all(card["removable"] and card["told"] for card in left)
    desk_past.take_back(opened, r.PRACTISE)
    assert "p1" in cards(opened, r.PRACTISE)


def test_the_contents_say_how_far_one_is_in_words() -> None:
    """Each page has a word of its own; nothing is counted but how often one has practised."""
    shown = Statement(entry_id="statement.work", step="work", words=Passage(text="Look."), in_place=True)
    opened = desk(practices=REHEARSALS[:1], statements=(shown,))
    words = {part["id"]: (part["state"], part["word"]) for part in opened.path()}
    assert words == {
        r.SAY: ("started", "started"),
        r.INSTEAD: ("filled", "chosen"),
        r.HOW_MUCH: ("filled", "All my lines"),
        r.PRACTISE: ("filled", "1 time so far"),
    }
    for turn in r.turns(opened.fresh()):
        card = cards(opened, r.SAY)[r.cue_at(opened.fresh(), turn).entry_id]
        opened.save(r.SAY, card["entry_id"], "short", "go", card["version"])
    assert opened.path()[0]["state"] == "filled"


# ------------------------------------------------------------------------------------------- who ever sees it


def test_no_family_page_holds_a_word_of_it(tmp_path: Path) -> None:
    """Lines, rehearsals and statements nobody chose are in no view, no deck, no home file; chosen ones at the table."""
    mark = Passage(text=MARK)
    hidden: dict[str, tuple[Entry, ...]] = {
        "cues": (Cue(entry_id="c", step="work", words=mark, short=mark),),
        "practices": (Practice(entry_id="p", partner=MARK, kind_words=mark),),
        "statements": (Statement(entry_id="s", step="work", words=mark),),
    }
    book = small_book(**hidden)
    homes, draw = [home.household_id for home in book.student.households], kept_charts(tmp_path)
    assert MARK in book.portfolio.model_dump_json() and len(homes) == 2

    def pages(portfolio: Portfolio) -> list[str]:
        now = book.but(portfolio=portfolio)
        store = small_store(now)
        views = [for_audience(now, "conference"), *(for_audience(now, "home", home) for home in homes)]
        told = [
            talk_html(now, store, draw),
            *(home_html(now, home, store, draw) for home in homes),
        ]
        return [*(view.model_dump_json() for view in views), *map(str, told)]

    assert [MARK in page for page in pages(book.portfolio)] == [False] * 6
    chosen = book.portfolio.but(statements=(Statement(entry_id="s", step="work", words=mark, in_place=True),))
    assert [MARK in page for page in pages(chosen)] == [True, False, False, True, False, False]


@pytest.mark.parametrize("holds", ["cues", "statements", "practices"])
def test_no_template_can_ask_for_it(holds: str, tmp_path: Path) -> None:
    """A class template that names what a rehearsal holds is refused with a sentence that names what there is."""
    text = (
        (class_templates() / "3-5.yaml").read_text("utf-8").replace("holds: strengths", f"holds: {holds}", 1)
    )
    file = tmp_path / "class.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(TemplateMistake) as told:
        load_template(file)
    assert holds in str(told.value) and "growth_pairs" in str(told.value)
