"""Families that are not in the room: the pack, the sheet for a call, the card for who listens, and what none of them shows."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import meta
from typer.testing import CliRunner

import catalogs
from portfolio.cli import app
from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.model import Book, Household, Passage, Picture, Statement, Work
from portfolio.moments.erasing import look
from portfolio.moments.home import home_html
from portfolio.moments.own_time import (
    BOOK,
    LISTEN,
    call_of,
    day_to_come,
    listen_html,
    listener_of,
    send_packs,
)
from portfolio.rules import for_audience
from portfolio.rules.own_time import minutes_of, telling
from portfolio.rules.phone_call import MOST_STEPS, WITH_INTERPRETER
from portfolio.rules.phone_call import call_of as call_about
from portfolio.store.class_folder import ClassFolder
from portfolio.testing import NOON, small_store
from portfolio.views.calls import CallSheet, ListenerSheet, call_sheet, listener_sheet, render_alone
from portfolio.views.charts import draw_over_time
from portfolio.views.environment import environment
from portfolio.views.own_time import OwnTimePage
from portfolio.words import speak
from portfolio.words.interpreter import LINES
from tests.half_filled import SECRET, empty, filled, without
from tests.handouts import Seen
from tests.samples import make_sample
from tests.unit.test_quick_look import SHELVES

BY = date(2026, 12, 4)
FULL = filled()


def listen(book: Book, home: str = "papa") -> str:
    """Return what a home opens to hold the meeting by itself."""
    return listen_html(book, home, small_store(book), draw_over_time, by=BY)


def sheets(book: Book, home: str = "mama", lang: str = "en") -> list[str]:
    """Return the sheet for a call with a home, and the card for who listens in its place."""
    view = for_audience(book, "own_time", home)
    call = call_sheet(view, lang, interpreter=True)
    card = listener_sheet(for_audience(book, "conference"), lang, view.reads)
    return [render_alone(call), render_alone(card)]


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a class of the samples."""
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return make_sample("class-4b", tmp_path / "class", at=at, randomness=lambda n: b"7" * n)


def test_the_note_for_home_speaks_its_language_first() -> None:
    """A home that reads Spanish finds Spanish before English; one whose language we lack finds an offer in it, and who writes is told."""
    view = for_audience(FULL, "conference")
    strips = {
        tag: render_alone(listener_sheet(view, "en", (tag,))).split("heard-note")[-1]
        for tag in ("es", "vi", "en")
    }
    assert strips["es"].index(speak("es")("I liked …")) < strips["es"].index("I liked …")
    assert "This home reads" not in strips["es"] + strips["en"]
    assert LINES["vi"] in strips["vi"] and "This home reads Vietnamese" in strips["vi"]


def test_nothing_private_is_in_any_of_them() -> None:
    """Cue lines, rehearsals, words for the teacher, comments, unticked statements and other homes' words stay away."""
    for page in (listen(FULL, "mama"), *sheets(FULL)):
        assert SECRET not in page
    assert "I drew a map." in listen(FULL, "mama")


def test_what_the_child_shows_in_place_of_speaking_is_heard_here_and_in_no_home_file() -> None:
    """A ticked statement stands at its step; the file to keep has none."""
    said = Statement(entry_id="v", step="strengths", words=Passage(text="LISTEN-TO-ME"), in_place=True)
    book = FULL.but(portfolio=FULL.portfolio.but(statements=(said,)))
    assert "LISTEN-TO-ME" in listen(book)
    assert "LISTEN-TO-ME" not in home_html(book, "papa", small_store(book), draw_over_time)


def test_it_tells_in_the_order_of_the_agenda_and_nothing_twice() -> None:
    """The steps are those of the meeting; a page of the book stands at the first step that comes to it."""
    view = for_audience(FULL, "own_time", "papa")
    steps = telling(view)
    order = [line.step for line in view.agenda]
    assert [one.line.step for one in steps] == sorted((s.line.step for s in steps), key=order.index)
    assert [one.number for one in steps] == list(range(1, len(steps) + 1))
    shown = [part.section for one in steps for part in one.parts if part.section]
    assert len(shown) == len(set(shown)) > 4


@given(st.sets(st.sampled_from(SHELVES)))
def test_any_half_filled_book_can_be_listened_to(missing: set[str]) -> None:
    """Hello, the family's turn and thank you are always there; a step without anything to tell is not."""
    steps = telling(for_audience(without(FULL, missing), "own_time", "papa"))
    assert steps[0].line.step == "welcome" and steps[-1].line.step == "thank_you"
    assert sum(one.turn for one in steps) == 1
    assert all(one.says or one.turn or one.together for one in steps[1:-1])
    assert ("strengths" in missing) == ("strengths" not in [one.line.step for one in steps])


def test_an_empty_book_still_makes_all_of_them() -> None:
    """Nobody has written anything: pages, sheets and cards are there and say so kindly."""
    assert "There is nothing to read here yet. Just talk about it." in Seen(listen(empty())).text
    assert all(len(Seen(page).text) > 200 for page in sheets(empty()))


def test_a_family_learns_how_it_goes_until_when_and_how_to_send_it_back() -> None:
    """How long, what to do, the day, and two sheets: one for the child, one for the teacher alone."""
    text = Seen(listen(FULL)).text
    for words in (
        "about 15 minutes",
        "Friday, December 4, 2026",
        "Answer the message this page came with",
        "For the teacher only",
    ):
        assert words in text
    assert minutes_of(for_audience(FULL, "own_time", "papa")) <= 15


def test_the_file_is_one_page_without_addresses() -> None:
    """It opens on one phone, offline: one script of ours, no style attribute, nothing loaded, every link leads into the page."""
    page = Seen(listen(FULL))
    assert [attrs for tag, attrs in page.tags if tag == "script"] == [{}]
    assert not [1 for _, attrs in page.tags if "style" in attrs]
    ids = {str(attrs["id"]) for _, attrs in page.tags if attrs.get("id")}
    links = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a" and attrs.get("href")]
    assert links and all(link.removeprefix("#") in ids for link in links if link.startswith("#"))
    assert not [link for link in links if not link.startswith(("#", "https:"))]


def test_a_call_is_shorter_than_the_meeting_and_longer_with_an_interpreter() -> None:
    """A few steps in few minutes; said twice it takes half as long again."""
    view = for_audience(FULL, "own_time", "papa")
    call, twice = call_about(view, interpreter=False), call_about(view, interpreter=True)
    assert len(call.steps) <= MOST_STEPS
    assert call.minutes <= sum(line.minutes for line in view.agenda)
    assert twice.minutes >= call.minutes * WITH_INTERPRETER


def test_a_call_speaks_both_languages_and_has_no_number() -> None:
    """Our words stand in the class's language and in the home's; how to reach the home is not on the sheet."""
    call = Seen(sheets(FULL, "mama")[0])
    assert {attrs.get("lang") for attrs in call.of_class("beside")} == {"es"}
    assert "a call" not in call.text.replace("A call", "") and "after six" not in call.text
    one = Seen(sheets(FULL, "papa")[0])
    assert not one.of_class("beside")


def test_the_card_says_how_to_listen_and_brings_a_note_home() -> None:
    """Do and rather not, questions, the steps, and a strip to cut off that begins with “I heard”."""
    text = Seen(sheets(FULL)[1]).text
    for words in ("How to listen", "Rather not", "You could ask", "I heard …", "It goes home with the book."):
        assert words in text


@pytest.mark.parametrize("page", [OwnTimePage, CallSheet, ListenerSheet])
def test_every_variable_of_a_template_is_promised(page: type) -> None:
    """What a template reads is a field of its page; a sheet has no field nobody reads."""
    env = environment()
    assert env.loader is not None
    names = [page.template]  # type: ignore[attr-defined]  # all three have it
    if page is OwnTimePage:
        names += [
            "_answer.html.j2",
            "_sections.html.j2",
            "_said.html.j2",
            "_media.html.j2",
            "_school.html.j2",
        ]
    read: set[str] = set()
    for name in names:
        read |= meta.find_undeclared_variables(env.parse(env.loader.get_source(env, name)[0])) - {
            "icons",
            "caller",
            "choice",
            "form",
            "line",
        }
    assert read == {field.name for field in dataclasses.fields(page)} - (
        {"who"} if page is OwnTimePage else set()
    )


def test_a_pack_is_a_folder_for_each_home_and_goes_with_the_child(folder: ClassFolder) -> None:
    """Two files each, in the language of the home; what is made again replaces it; erasing a child finds all of it."""
    packs = send_packs(folder, by=BY, students=("amal", "mateo"))
    assert len(packs) == 3 and not [one for one in packs if one.trouble]
    assert len({one.folder for one in packs}) == 3
    for one in packs:
        assert one.folder and {path.name for path in one.folder.iterdir()} == {LISTEN, BOOK}
    assert 'lang="ar"' in (packs[0].folder / LISTEN).read_text("utf-8")[:400]  # type: ignore[operator]  # it is there
    assert {one.folder for one in send_packs(folder, by=BY, students=("amal",))} == {packs[0].folder}
    assert packs[0].folder in look(folder, "amal").home
    assert packs[0].folder not in look(folder, "mateo").home


def test_what_is_not_in_a_pack_is_told_to_the_teacher(folder: ClassFolder) -> None:
    """A picture that is gone leaves a sentence in its place in both files, and the teacher hears of it once."""
    gone = Picture(sha256="a" * 64, width=10, height=10, alt=Passage(text="the tower"))
    store = folder.store()
    piece = Work(entry_id="work-gone", title=Passage(text="Tower"), pictures=(gone,))
    store.keep(store.rounds("linh")[-1].portfolio_id, piece, expected=0, by="student", at=NOON)
    store.close()
    (pack,) = send_packs(folder, by=BY, students=("linh",))
    assert [(one.what, one.why) for one in pack.missing] == [("the tower", "damaged")]
    told = CliRunner().invoke(app, ["send-pack", str(folder.path), "--student", "linh", "--by", "2099-01-01"])
    assert told.output.count("A picture (“the tower”) is not in the file: it is damaged or gone.") == 1


def test_trouble_with_one_home_stops_no_other(folder: ClassFolder) -> None:
    """A child without a home and a child without a book are told of; the others get their packs."""
    store = folder.store()
    first = store.student("linh")
    store.keep_student(first.but(student_id="new", name="New", households=()))
    store.keep_student(first.but(student_id="late", name="Late"))
    store.close()
    packs = {one.student.student_id: one for one in send_packs(folder, by=BY)}
    assert packs["amal"].folder and packs["linh"].folder
    assert isinstance(packs["new"].trouble, NotFound) and isinstance(packs["late"].trouble, NotFound)
    with pytest.raises(NotFound):
        send_packs(folder, by=BY, homes=("nowhere",))


@pytest.mark.parametrize(
    ("student", "home"), [("amal", "nowhere"), ("nobody", ""), ("mateo", ""), ("../x", "../y")]
)
def test_an_unknown_home_is_a_sentence(folder: ClassFolder, student: str, home: str) -> None:
    """Unknown children and homes, and two homes where none is named, are told, never guessed."""
    with pytest.raises(PortfolioError):
        call_of(folder, student, home)
    if home or student == "nobody":
        with pytest.raises(PortfolioError):
            listener_of(folder, student, home)


@pytest.mark.parametrize("text", ["tomorrow", "", "2026-13-01", "2026-11-20", "x" * 5000])
def test_a_day_that_is_none_or_over_is_told(text: str) -> None:
    """Until when: a day to come and nothing else."""
    with pytest.raises(InputRefused):
        day_to_come(text, lambda: date(2026, 11, 21))
    assert day_to_come("2026-11-21", lambda: date(2026, 11, 21)) == date(2026, 11, 21)


def test_the_commands_write_and_say_where(folder: ClassFolder, tmp_path: Path) -> None:
    """Each of the four commands writes a file that opens; trouble is a sentence and an exit code."""
    run, place = CliRunner(), str(folder.path)
    for words in (["quick-look", place], ["call-sheet", place], ["listener", place]):
        out = tmp_path / f"{words[0]}.html"
        done = run.invoke(app, [*words, "--student", "amal", "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert out.read_text("utf-8").startswith("<!doctype html>")
    done = run.invoke(app, ["send-pack", place, "--by", "2999-01-01", "--student", "amal", "--json"])
    assert done.exit_code == 0 and '"trouble": null' in done.output
    assert run.invoke(app, ["send-pack", place, "--by", "2020-01-01"]).exit_code == InputRefused.exit_code
    assert run.invoke(app, ["quick-look", place, "--student", "nobody"]).exit_code == NotFound.exit_code


NEVER = ("no-show", "no show", "absent", "absence", "did not come", "didn't come", "failed to", "missed the")
"""Words that blame who could not be in the room."""


def test_no_text_of_ours_blames_who_is_not_in_the_room() -> None:
    """In everything we say, to anybody, there is no word for somebody who stayed away."""
    texts = [str(message.id) for message in catalogs.gather() if message.id]
    assert len(texts) > 500
    assert not [text for text in texts if any(word in text.lower() for word in NEVER)]


def test_a_home_in_a_language_we_have_no_texts_in_gets_its_pack() -> None:
    """A home that reads a language of its own gets the page in English, and words of its own where there are some."""
    home = Household(household_id="far", label="Far", reads=("qaa",))
    book = FULL.but(student=FULL.student.but(households=(home,)))
    assert '<html class="pf" lang="en"' in listen(book, "far")
    assert not Seen(sheets(book, "far")[0]).of_class("beside")
