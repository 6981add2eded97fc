# long: one page, seen from the deck, the ladder, the clicker, and from those who must not see it
"""The child's own page while it presents: it follows the deck, shows as much of its lines as wanted, and turns the deck."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import meta

from portfolio.errors import PortfolioError
from portfolio.model import Beside, Cue, Passage, Picture, Reply, ReplyLine, ToTeacher
from portfolio.moments.conference.cue_room import CueRoom
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.home import home_html
from portfolio.moments.room import Asked, Looked
from portfolio.moments.talk import talk_html
from portfolio.rules import cues, for_audience
from portfolio.rules.running_order import Scene, running_order
from portfolio.views import cues as views
from portfolio.views.charts import draw_over_time
from portfolio.views.environment import environment
from tests.tables import Clock, table_of
from tests.teachers import sample_folder

MARK = "Zebrafinch"
"""A word no sample says."""


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def table(tmp_path: Path, clock: Clock) -> Iterator[Table]:
    """Return Amal's table."""
    made = table_of(sample_folder(tmp_path), clock=clock)
    yield made
    made.store.close()


def put(table: Table, *entries: Cue | Reply | ToTeacher) -> None:
    """Write entries into the book."""
    for entry in entries:
        table.store.keep(table.portfolio_id, entry, expected=0, by="student", at=table.now())


def press(what: str, name: str, value: str) -> Asked:
    """Return what a button asks."""
    return Asked(what=what, values={name: (value,)})


def scenes_of(table: Table) -> tuple[Scene, ...]:
    """Return the screens of the deck."""
    return running_order(for_audience(table.book, "conference"))


class Deck:
    """A browser with the deck in it: it looks, and follows what its room tells."""

    def __init__(self, table: Table) -> None:
        self.room, self.here, self.wish = TalkRoom(table, ()), "welcome", ""
        self.rests = False
        self.seen = self.room.show(()).seen

    def is_resting(self) -> bool:
        """Return whether the pause stands in front."""
        return self.rests

    def look(self) -> Looked:
        """Look once, as the page does every second."""
        looked = self.room.look((), self.seen, "" if self.rests else self.here)
        if looked.at and looked.at != self.wish:
            self.wish = looked.at
            wanted = looked.at.partition(" ")[2]
            self.rests = wanted == ":pause"
            self.here = self.here if wanted.startswith(":") else wanted
        return looked


def rung(table: Table) -> str:
    """Return how much of its lines the child wants to see now."""
    return table.book.portfolio.meta.cue_lines


def words(room: CueRoom) -> str:
    """Return what stands on the page now, beside its buttons."""
    looked = room.look((), "another state", "")
    return "".join(looked.asides.values())


# ------------------------------------------------------------------------------------------------- the ladder


def test_the_ladder_shows_all_then_some_words_then_none(table: Table) -> None:
    """One press shows less: the whole script, a few words, nothing; another press shows it again."""
    first = scenes_of(table)[0]
    put(
        table,
        Cue(
            entry_id="c",
            step=first.line.step,
            words=Passage(text=f"{MARK} is here today."),
            short=Passage(text="Hello, bird"),
        ),
    )
    Deck(table).look()
    room = CueRoom(table)
    assert f"{MARK} is here today." in words(room)
    room.do((), press("ladder", "how", "less"))
    assert "Hello, bird" in words(room)
    assert MARK not in words(room)
    room.do((), press("ladder", "how", "less"))
    assert "Hello, bird" not in words(room)
    assert rung(table) == "none"
    assert room.do((), press("ladder", "how", "less")).say
    room.do((), press("ladder", "how", "more"))
    room.do((), press("ladder", "how", "more"))
    assert MARK in words(room)
    assert rung(table) == "script"


def test_a_script_without_short_words_shows_how_it_begins(table: Table) -> None:
    """Who wrote no short words sees the first ones of the script, and never all of a long one."""
    first = scenes_of(table)[0]
    put(
        table,
        Cue(entry_id="c", step=first.line.step, words=Passage(text=" ".join(f"word{n}" for n in range(30)))),
    )
    Deck(table).look()
    room = CueRoom(table)
    room.do((), press("ladder", "how", "less"))
    assert "word0" in words(room)
    assert "word29" not in words(room)


def test_who_wrote_nothing_is_told_how_to_begin_and_only_where_it_speaks(table: Table) -> None:
    """Where there are no lines a beginning is offered; at a step of others nobody is asked to speak."""
    scenes = scenes_of(table)
    mine = next(one for one in scenes if one.line.speaker == "student")
    theirs = next(one for one in scenes if one.line.speaker == "teacher")
    assert cues.cue_now(table.book, scenes, mine).begins
    assert not cues.cue_now(table.book, scenes, theirs).begins


def test_each_piece_of_work_has_its_own_lines(table: Table) -> None:
    """Lines about a piece stand beside every screen of this piece, and beside no other."""
    book = table.book
    for piece in book.portfolio.work:
        put(
            table,
            Cue(
                entry_id=f"cue-{piece.entry_id}",
                step="work",
                about=piece.entry_id,
                words=Passage(text=f"about {piece.entry_id}."),
            ),
        )
    book, scenes = table.book, scenes_of(table)
    shown = [one for one in scenes if one.line.step == "work" and one.kind != "chart"]
    found = {}
    for scene in shown:
        said = [line.words.text for line in cues.cue_now(book, scenes, scene).lines]
        title = scene.part.content.pieces[0].title.text  # type: ignore[union-attr] # screens of work
        piece = next(one for one in book.portfolio.work if one.title.text == title)
        assert said[-1] == f"about {piece.entry_id}."
        assert len(said) == (
            2 if scene.n == 1 else 1
        )  # a step begins with what the child says about it as a whole
        found[piece.entry_id] = True
    assert len(found) > 1


def test_lines_that_were_said_or_drawn_are_there_too(table: Table) -> None:
    """Who cannot spell recorded or drew its lines: the picture stands on the page, its bytes inside."""
    first = scenes_of(table)[0]
    shown = next(one for piece in table.book.portfolio.work for one in piece.pictures)
    drawn = Beside(field="words", pictures=(Picture(sha256=shown.sha256, width=10, height=10),))
    put(table, Cue(entry_id="c", step=first.line.step, besides=(drawn,)))
    Deck(table).look()
    assert 'src="data:image/webp;base64,' in words(CueRoom(table))


# -------------------------------------------------------------------------------------------------- following


def test_it_follows_the_deck(table: Table) -> None:
    """Turning the deck by hand brings the lines of the new screen at the next look, and nothing in between."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    screen = room.show(())
    assert room.look((), screen.seen, "").asides == {}
    there = next(one for one in scenes_of(table) if one.line.step == "strengths")
    deck.here = there.name
    deck.look()
    looked = room.look((), screen.seen, "")
    assert table.say(there.line.title) in looked.asides["cue-now"]
    assert room.look((), looked.seen, "").asides == {}


def test_while_nothing_is_open_it_says_how_to_begin(table: Table, clock: Clock) -> None:
    """Without a deck, and long after one, the page says what to open, and presses are answered kindly."""
    room = CueRoom(table)
    assert "Nothing is open yet" in room.show(()).body
    assert "Nothing is open yet" in room.do((), press("turn", "way", "on")).say
    assert not table.live.path.exists()
    Deck(table).look()
    assert "Nothing is open yet" not in words(room)
    clock.pass_(hours=7)
    assert "Nothing is open yet" in words(room)


def test_a_press_turns_the_deck_within_two_looks(table: Table) -> None:
    """The clicker in a child's hand: one look of the deck follows the wish, the next one tells that it did."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    names = [one.name for one in scenes_of(table)]
    for name in (*names[1:5], *reversed(names[:4])):
        way = "on" if names.index(name) > names.index(deck.here) else "back"
        room.do((), press("turn", "way", way))
        deck.look()
        assert deck.here == name
        deck.look()
        assert table.live.standing().scene == name


def test_presses_in_a_row_are_all_followed(table: Table) -> None:
    """Two presses before the deck has looked go two screens, and the page is there at once."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    names = [one.name for one in scenes_of(table)]
    for _ in range(3):
        room.do((), press("turn", "way", "on"))
    assert room.look((), "", "").seen.split("|")[1] == names[3]
    deck.look()
    assert deck.here == names[3]


def test_the_ends_are_kind(table: Table) -> None:
    """Before the first and behind the last screen nothing turns, and it says so."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    assert room.do((), press("turn", "way", "back")).say == "This is the first screen."
    assert table.live.standing().asked == 0
    deck.here = scenes_of(table)[-1].name
    deck.look()
    assert room.do((), press("turn", "way", "on")).say == "This is the last screen."
    assert "This is the last screen." in words(room)


def test_a_deck_that_does_not_follow_is_told(table: Table, clock: Clock) -> None:
    """If the laptop was closed, the page says that the big screen does not turn, and shows where it stands."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    room.do((), press("turn", "way", "on"))
    clock.pass_(seconds=4)
    assert "does not turn" not in words(room)
    clock.pass_(seconds=4)
    assert "does not turn" in words(room)
    deck.look()
    deck.look()
    assert "does not turn" not in words(room)


def test_a_deck_that_is_opened_anew_follows_no_old_wish(table: Table) -> None:
    """Loading the deck again does not make it jump to where the clicker once was."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    room.do((), press("turn", "way", "on"))
    deck.look()
    deck.look()
    again = Deck(table)
    again.here = scenes_of(table)[5].name
    again.look()
    assert again.here == scenes_of(table)[5].name
    room.do((), press("turn", "way", "on"))
    again.look()
    assert again.here == scenes_of(table)[6].name


def test_a_moment_of_rest_and_on_again(table: Table) -> None:
    """The button “I need a moment” rests the deck, “Go on” opens it where it was; the clicker goes on from there."""
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    assert room.do((), press("pause", "how", "pause")).say
    deck.look()
    assert deck.is_resting()
    room.do((), press("pause", "how", "on"))
    deck.look()
    assert not deck.is_resting()
    room.do((), press("turn", "way", "on"))
    deck.look()
    assert deck.here == scenes_of(table)[1].name


def test_minutes_go_down_calmly(table: Table, clock: Clock) -> None:
    """The page changes once a minute, never by the second, and when the time is over it says so without a number."""
    deck, room = Deck(table), CueRoom(table)
    deck.here = next(one.name for one in scenes_of(table) if one.line.step == "work")
    deck.look()
    minutes = next(one.line.minutes for one in scenes_of(table) if one.line.step == "work")
    states = []
    for _ in range(minutes * 6 + 12):
        states.append(room.look((), "", "").seen)
        clock.pass_(seconds=10)
    assert len(set(states)) == minutes + 1
    assert "Go on when you are ready." in words(room)


@given(what=st.text(max_size=12), name=st.text(max_size=8), value=st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_nonsense_is_a_sentence(table: Table, what: str, name: str, value: str) -> None:
    """Whatever a page sends is refused with a sentence; nothing is turned or written."""
    before = (table.live.mark(), table.store.revision(table.portfolio_id))
    with pytest.raises(PortfolioError):
        CueRoom(table).do((value,), Asked(what=what, values={name: (value,)}))
    for known in ("turn", "ladder", "pause"):
        with pytest.raises(PortfolioError):
            CueRoom(table).do((), Asked(what=known, values={"way": (value,), "how": (f"x{value}",)}))
    assert (table.live.mark(), table.store.revision(table.portfolio_id)) == before


def test_a_live_file_with_another_scene_is_no_trouble(table: Table) -> None:
    """A screen that is not there (an old file, a changed agenda) shows as nothing open, and breaks nothing."""
    table.live.turn("no-such-screen", "no-such-step", table.now())
    assert "Nothing is open yet" in CueRoom(table).show(()).body


# ---------------------------------------------------------------------------------------------------- privacy


def test_nothing_of_the_lines_is_on_the_deck_or_goes_home(table: Table) -> None:
    """A word of the child's lines is on its own page, and not on the deck, its parts, the live file or the home file."""
    put(
        table,
        *(
            Cue(entry_id=f"c-{one}", step=one, words=Passage(text=f"{MARK} says"), short=Passage(text=MARK))
            for one in {s.line.step for s in scenes_of(table)}
        ),
    )
    deck, room = Deck(table), CueRoom(table)
    deck.look()
    assert MARK in room.show(()).body
    room.do((), press("turn", "way", "on"))
    full = TalkRoom(table)
    looked = full.look((), "an older state", "welcome")
    told = [full.show(()).body, repr(looked), table.live.path.read_text("utf-8")]
    told.append(talk_html(table.book, table.store, draw_over_time))
    home = table.book.student.households[0].household_id
    told.append(home_html(table.book, home, table.store, draw_over_time))
    for page in told:
        assert len(page) > 20
        assert MARK not in page


def test_no_words_of_a_family_are_on_the_page(table: Table) -> None:
    """What a home wrote, to the child or to the teacher alone, is never on the child's page of lines."""
    home = table.book.student.households[0].household_id
    line = ReplyLine(starter="I notice", words=Passage(text=MARK))
    put(
        table,
        Reply(entry_id="r", household_id=home, who=MARK, form="notice_wonder", lines=(line,), lang="en"),
    )
    put(table, ToTeacher(entry_id="t", household_id=home, who=MARK, words=Passage(text=MARK)))
    deck, room = Deck(table), CueRoom(table)
    for scene in scenes_of(table)[::9]:
        deck.here = scene.name
        deck.look()
        assert MARK not in room.show(()).body


@pytest.mark.parametrize(
    "page", [views.NowPart, views.AskPart, views.CuesPage, views.CuePart, views.PractisedPart]
)
def test_a_page_has_just_what_its_template_uses(page: type[views.CuesPart]) -> None:
    """Every field is used by the template, and the template uses nothing else."""
    source = environment().loader
    assert source is not None
    text, _, _ = source.get_source(environment(), f"meeting/{page.template}")
    used = meta.find_undeclared_variables(environment().parse(text))
    if "_lines.html.j2" in text:
        used |= {"cue", "pictures", "media", "say"}
    assert used - {"icons", "choice"} == {one.name for one in dataclasses.fields(page)}  # type: ignore[arg-type] # a dataclass, by its promise
