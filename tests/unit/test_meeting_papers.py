"""The meeting on paper: whose words stand where, how long steps take, what fits, which files there are."""

# long: what may stand on which sheet of a meeting is one promise
from __future__ import annotations

import dataclasses
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import meta as jinja_meta
from typer.testing import CliRunner

from portfolio import cli
from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.model import (
    AgendaChoice,
    Answer,
    Book,
    Comment,
    Cue,
    Household,
    Parked,
    Passage,
    Practice,
    Reply,
    ReplyLine,
    Statement,
    Student,
    TeacherNote,
    ToTeacher,
    Work,
)
from portfolio.model.portfolio import CueLines, StepMinutes
from portfolio.moments import erasing
from portfolio.moments import meeting_papers as moment
from portfolio.moments.meeting_papers import (
    CARDS_TOGETHER,
    FOLDER,
    HOMES_TOGETHER,
    cards_page,
    home_page,
    meeting_files,
    meeting_papers,
)
from portfolio.rules import for_audience
from portfolio.rules.conversation import cards_for
from portfolio.rules.cue_cards import LINES, WIDE, CueCard, cue_cards, cue_view, first_words, parts, shortened
from portfolio.rules.family_view import AgendaLine
from portfolio.rules.meeting_papers import (
    HOME_SHEETS,
    MEETING_SHEETS,
    OWN_PAPER,
    HomeSheet,
    MeetingSheet,
    TableView,
    longer,
    sides,
    table_view,
)
from portfolio.rules.papers import PaperView
from portfolio.store.class_folder import ClassFolder
from portfolio.testing import small_book
from portfolio.views.environment import environment
from portfolio.views.meeting_papers import CueSheet, HomeSheetPage, cue_pages, cue_sheet, home_sheets
from portfolio.words import speak
from tests.handouts import Seen
from tests.teachers import sample_desk

EVERY = get_args(HomeSheet)
LANGS = ("en", "es", "ar")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "{name}",
    "\u202egnp.exe",
    "👩‍👧‍👦 مرحبا",
)


def with_meta(book: Book, **changes: Any) -> Book:
    """Return a book with these changes of its frame."""
    portfolio = book.portfolio
    return book.but(portfolio=portfolio.but(meta=portfolio.meta.but(**changes)))


def table(book: Book | None = None, household: int = 0, **home: Any) -> TableView:
    """Return what the sheets of a home of a book may say."""
    book = book or small_book()
    where = book.student.households[household].but(**home)
    return table_view(
        book.school_class,
        book.template,
        book.student,
        where,
        seen=for_audience(book, "conference"),
        meta=book.portfolio.meta,
    )


def cards(book: Book) -> tuple[CueCard, ...]:
    """Return the cards of a book."""
    return cue_cards(table(book).steps, book.template, book.portfolio)


def cards_html(book: Book, lang: str = "en") -> str:
    """Return the cards of a book as HTML."""
    return cue_pages(
        cue_sheet(cue_view(book.student, book.school_class, cards(book), book.portfolio), lang=lang)
    )


def sheets_html(view: TableView, sheets: Sequence[HomeSheet] = EVERY, lang: str = "en") -> str:
    """Return a home's sheets as HTML."""
    return "".join(home_sheets([view], sheets, lang=lang))


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a fresh sample class: three children, four homes."""
    desk = sample_desk(tmp_path)
    desk.store.close()
    return desk.folder


# ------------------------------------------------------------------------------------------ whose words where


def private_book() -> Book:
    """Return a book with a marker in everything that is private."""
    cue = [
        Cue(entry_id="c1", step="welcome", words=Passage(text="MARKCUE the whole script"), short=Passage(text="MARKSHORT")),
        Cue(entry_id="c2", step="work", about="work-1", words=Passage(text="MARKCUE of the map")),
    ]  # fmt: skip
    return small_book(
        cues=tuple(cue),
        practices=(Practice(entry_id="p", partner="MARKPARTNER", kind_words=Passage(text="MARKPRACTICE")),),
        to_teacher=(ToTeacher(entry_id="t", household_id="mama", who="MARKWHO", words=Passage(text="MARKTOTEACHER")),),
        comments=(Comment(entry_id="k", teacher_id="t1", words=Passage(text="MARKCOMMENT")),),
        parked=(Parked(entry_id="q", household_id="papa", words=Passage(text="MARKPARKED")),),
        replies=(Reply(entry_id="r", household_id="papa", lines=(ReplyLine(words=Passage(text="MARKREPLY")),)),),
        statements=(Statement(entry_id="s", step="welcome", words=Passage(text="MARKSTATEMENT"), in_place=True),),
        teacher_page=(TeacherNote(entry_id="n", teacher_id="t1", drives=Passage(text="MARKDRIVES")),),
    )  # fmt: skip


def test_private_words_stand_on_the_childs_cards_and_nowhere_else() -> None:
    """A cue line is on the cards and on no other sheet; rehearsals, words to the teacher and comments are on none."""
    book = private_book()
    view = table(book)
    for lang in LANGS:
        for sheet in EVERY:
            assert "MARK" not in sheets_html(view, (sheet,), lang), sheet
    assert "MARK" not in view.model_dump_json()
    own = cards_html(book)
    assert set(re.findall("MARK[A-Z]+", own)) == {"MARKCUE"}
    assert own.count("MARKCUE") == 2 and "My way to school" in own


def test_no_sheet_of_a_home_can_be_asked_for_cue_lines() -> None:
    """What sheets for homes take has no field for cue lines, and the page of homes leaves cue cards out when asked."""
    fields = {*TableView.model_fields, *AgendaLine.model_fields, *PaperView.model_fields}
    assert not {one for one in fields if "cue" in one}
    found = [(small_book().student, table(private_book()))]
    seen = Seen(home_page(found, ("agenda", "cue-cards")).partition("<body")[2])
    assert "MARK" not in seen.text and not seen.of_class("cuecard")
    assert len(seen.of_class("handout")) == 1


@pytest.mark.parametrize(
    ("rung", "there", "away"),
    [
        ("script", "MARKCUE the whole script", "MARKSHORT"),
        ("words", "MARKSHORT", "MARKCUE the whole script"),
        ("none", "Welcome", "MARK"),
    ],
)
def test_the_ladder_says_how_much_is_seen(rung: CueLines, there: str, away: str) -> None:
    """The whole script, a few words, or the step alone: what is not asked for is not on the cards."""
    own = cards_html(with_meta(private_book(), cue_lines=rung))
    assert there in own and away not in own


def test_few_words_are_the_beginning_where_none_were_written() -> None:
    """Without short words a script gives its first ones as a reminder; a short text stays whole."""
    book = with_meta(
        small_book(
            cues=(Cue(entry_id="c", step="welcome", words=Passage(text="one two three four five six seven")),)
        ),
        cue_lines="words",
    )
    (first, *_) = cards(book)
    assert (first.words, first.large) == ("one two three four five six …", True)
    assert first_words("only three words") == "only three words"


def test_an_empty_step_gives_lines_with_a_beginning() -> None:
    """Where nothing is written each card begins a sentence and has room to go on; on the last rung it is bare."""
    for card in cards(small_book(cues=())):
        assert card.begins and card.lines >= 3 and not card.words
    for card in cards(with_meta(small_book(cues=()), cue_lines="none")):
        assert not card.begins and not card.lines


def test_a_line_about_a_piece_of_work_names_it_and_a_lost_one_is_kept() -> None:
    """A line about a piece has its title; one about a piece that is gone stands without one."""
    lines = (
        Cue(entry_id="a", step="work", about="work-1", words=Passage(text="the river")),
        Cue(entry_id="b", step="work", about="gone", words=Passage(text="still here")),
    )
    found = [card for card in cards(small_book(cues=lines)) if card.words]
    assert [(c.about.text, c.words, c.n, c.of) for c in found] == [
        ("My way to school", "the river", 1, 2),
        ("", "still here", 2, 2),
    ]


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=900
    )
)
def test_a_script_is_cut_and_nothing_of_it_is_lost(text: str) -> None:
    """Whatever a script says, the parts say it all in order, and none is longer than a card."""
    found = parts(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(part.count("\n") < LINES and len(part) <= LINES * WIDE for part in found)


def test_a_long_script_ends_a_card_with_a_sentence() -> None:
    """A script of many sentences is cut between them."""
    found = parts("This is a sentence of some length. " * 20)
    assert len(found) > 2 and all(part.endswith("length.") for part in found)


# ------------------------------------------------------------------------------------------------ the agenda


def test_the_agenda_is_the_one_the_child_chose_with_the_teachers_minutes() -> None:
    """Preset, minutes a teacher changed and steps that show nothing: as on the screen, in its order."""
    book = with_meta(
        small_book(), agenda=AgendaChoice(preset="short", minutes=(StepMinutes(step="work", minutes=9),))
    )
    view = table(book)
    assert [s.step for s in view.steps] == [s.step for s in for_audience(book, "conference").agenda]
    assert next(s.minutes for s in view.steps if s.step == "work") == 9
    text = Seen(sheets_html(view, ("agenda",))).text
    assert f"about {view.minutes} minutes" in text and "9 minutes" in text
    assert "5 minutes for grown-ups alone" in text


def test_an_interpreter_makes_each_meeting_half_as_long_again() -> None:
    """With an interpreter the whole is rounded up once; the steps add up to it and none is empty."""
    plain, slow = table(), table(interpreter=True)
    assert slow.minutes == -(-plain.minutes * 3 // 2) == sum(s.minutes for s in slow.steps)
    assert all(s.minutes >= 1 for s in slow.steps)
    chosen = table(with_meta(small_book(), agenda=AgendaChoice(interpreter=True)))
    assert chosen.minutes == slow.minutes


@given(st.lists(st.integers(1, 60), max_size=20))
def test_minutes_with_an_interpreter_add_up(minutes: list[int]) -> None:
    """However long the steps are, together they take one and a half times as long, rounded up."""
    step = table().steps[0]
    found = longer([step.but(minutes=one) for one in minutes])
    assert sum(s.minutes for s in found) == -(-sum(minutes) * 3 // 2)


def test_the_questions_a_child_wishes_for_come_first() -> None:
    """What the child picked and wrote stands first and is marked; no question stands there twice, ten at most."""
    answer = Answer(
        entry_id="a",
        section="ask_me",
        prompt="cards",
        picks=("tuesday", "helped"),
        words=Passage(text="Why maps?"),
    )
    book = small_book(answers=(answer,))
    view = table(book)
    wished = [one for one in view.asks if one.wished]
    assert [one.label or one.words.text for one in wished] == [
        "Who helped you?", "What can I do on a Tuesday evening that would help?", "Why maps?",
    ]  # fmt: skip
    assert view.asks[:3] == tuple(wished) and len(view.asks) <= 10
    labels = [one.label for one in view.asks if one.label]
    assert len(labels) == len(set(labels))
    text = Seen(sheets_html(view, ("questions",))).text
    assert text.count("would like to get this question") == 3
    for said in ("Wait until the sentence is finished.", "Look at the phone."):
        assert said in text


# ------------------------------------------------------------------------------------------- pages as they are


def variables(*names: str) -> set[str]:
    """Return the variables some templates read."""
    env = environment()
    assert env.loader is not None
    found: set[str] = set()
    for name in names:
        found |= jinja_meta.find_undeclared_variables(env.parse(env.loader.get_source(env, name)[0]))
    return found - {"icons", "caller"}


def test_every_variable_of_a_sheet_is_promised_and_used() -> None:
    """A sheet's fields and what its templates read are the same, both ways; so for the cards."""
    names = [f"meeting_papers/{sheet}.html.j2" for sheet in EVERY]
    read = variables(HomeSheetPage.template, "meeting_papers/_meeting.html.j2", *names) | {"top"}
    assert read == {field.name for field in dataclasses.fields(HomeSheetPage)}
    assert variables(CueSheet.template) == {field.name for field in dataclasses.fields(CueSheet)}


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_stands_alone_in_the_language_of_its_home(lang: str) -> None:
    """Language and direction are said, nothing is loaded, no script, no style or event attribute, one policy."""
    book = small_book()
    page = home_page([(book.student, table(book))], EVERY, lang=lang)
    own = cards_page([moment.Table(book.student, (), cue_view(book.student, book.school_class, cards(book), book.portfolio), ())], lang=lang)  # fmt: skip
    for one in (page, own):
        seen, say = Seen(one), speak(lang)
        assert seen.tags[0][1]["lang"] == say.lang and seen.tags[0][1]["dir"] == say.direction
        for article in seen.of_class("handout"):
            assert (article["lang"], article["dir"]) == (say.lang, say.direction)
        assert not [tag for tag, _ in seen.tags if tag in ("script", "a", "link", "iframe", "form", "img")]
        for tag, attrs in seen.tags:
            assert not [a for a in attrs if a.startswith("on") or a in ("style", "src")], tag
        assert "http" not in one.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
        ids = [attrs["id"] for _, attrs in seen.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
    draft = speak(lang)("These texts are a draft translation. Nobody has checked it yet.")
    assert (draft in Seen(page).text) == (not speak(lang).language.reviewed_by)


def test_each_home_has_its_own_language_and_says_when_it_is_another() -> None:
    """Without a wish a home gets the first language it reads; one we have no texts in is told."""
    spanish = sheets_html(table(), ("reply",), lang="")
    assert 'lang="es"' in spanish
    other = Seen(sheets_html(table(reads=("vi",)), ("reply",), lang="")).text
    assert "This sheet is in English." in other and "Vietnamese" in other
    assert "This sheet is in" not in Seen(sheets_html(table(reads=("vi",)), ("reply",), lang="en")).text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    """Whatever stands in names, titles and lines arrives as that text, and adds no tag."""

    def made(words: str) -> Seen:
        book = small_book(
            cues=(Cue(entry_id="c", step="welcome", words=Passage(text=words)),),
            work=(Work(entry_id="w", title=Passage(text=words), subject=words),),
            answers=(Answer(entry_id="a", section="ask_me", prompt="cards", words=Passage(text=words)),),
        )
        home = Household(household_id="h", label=words, adults=(words,))
        book = book.but(
            student=book.student.but(name=words, households=(home,)),
            school_class=book.school_class.but(name=words),
        )
        return Seen(sheets_html(table(book)) + cards_html(book))

    assert [tag for tag, _ in made(text).tags] == [tag for tag, _ in made("plain").tags]
    assert made(text).text.count(" ".join(text.split())) >= 8


def test_names_without_end_are_cut_and_many_grown_ups_go_by_their_home() -> None:
    """A name of hundreds of letters stands shortened wherever it would break a sheet."""
    book = small_book()
    book = book.but(student=book.student.but(name="Anna " * 300))
    view = table(book, adults=tuple(f"Aunt {n}" for n in range(12)), label="The big house")
    assert len(view.home.student_name) <= 40 and view.home.adults == ("The big house",)
    assert "Anna " * 20 not in sheets_html(view) + cards_html(book)
    assert shortened("a  b\nc", 40) == "a b c"


@pytest.mark.parametrize(
    "chosen",
    [EVERY, ("agenda", "to-teacher"), ("questions", "reply", "to-teacher"), ("questions", "quiet-page")],
)
def test_what_is_cut_or_handed_over_begins_on_paper_of_its_own(chosen: tuple[HomeSheet, ...]) -> None:
    """Printed on both sides, what is cut or handed over shares its paper with nothing, whatever is printed before it."""
    view = table()
    side = 0
    for sheet, page in zip(chosen * 2, home_sheets([view, view], chosen), strict=True):
        side += "side-empty" in page
        assert side % 2 == 0 or (sheet not in OWN_PAPER and sheet != chosen[0]), sheet
        side += sides(view, sheet)


def test_a_child_without_wishes_gets_the_questions_of_its_class() -> None:
    """Cards are the questions the class template offers; a template without any gives ours for the age."""
    book = small_book()
    section = book.template.section("ask_me")
    assert section is not None
    asked = [choice.label for prompt in section.prompts for choice in prompt.choices]
    assert [one.label for one in table(book).asks] == asked
    agendas = tuple(
        a.but(steps=tuple(s.but(sections=tuple(n for n in s.sections if n != "ask_me")) for s in a.steps))
        for a in book.template.agendas
    )
    others = tuple(s for s in book.template.sections if s.section_id != "ask_me")
    bare = book.but(template=book.template.but(sections=others, agendas=agendas))
    assert [one.label for one in table(bare).asks] == list(cards_for("3-5"))


def test_a_very_long_agenda_takes_another_side() -> None:
    """Steps that do not fit on one side stand on a second one, and their numbers go on."""
    view = table()
    for title in ("Short", "A title that is so long that it takes two lines of the sheet"):
        many = view.but(steps=tuple(step.but(title=title) for step in view.steps * 3))
        starts = [
            int(one["start"] or 0) for one in Seen(sheets_html(many, ("agenda",))).of_class("tablesteps")
        ]
        assert len(starts) == sides(many, "agenda") > 2
        on_first = 11 if title == "Short" else 7
        assert starts == list(range(1, len(many.steps) + 1, on_first))
    assert sides(view.but(steps=()), "agenda") == 1


def test_the_sheets_ask_for_what_the_meeting_needs() -> None:
    """Answer, decisions and words for the teacher: each thing the meeting writes down has its place."""
    say = speak("en")
    view = table()
    reply = Seen(sheets_html(view, ("reply",)))
    for words in ("Who is answering?", "I notice …", "I wonder …", "I want to ask …", "This shines:", "I promise:",
                  "When you showed me …, I felt", "Room for a drawing"):  # fmt: skip
        assert say(words) in reply.text
    assert len(reply.of_class("threefaces")) == 1 and len(reply.of_class("drawhere")) == 1
    private = Seen(sheets_html(view, ("to-teacher",)))
    for words in ("Thank you for", "A question", "Something the school could try", "I would like to talk alone.",
                  "How was this meeting for you?"):  # fmt: skip
        assert words in private.text
    assert "talk alone" not in reply.text
    decided = Seen(sheets_html(view, ("together",)))
    assert len(decided.of_class("square")) == 3 and len(decided.of_class("promises")) == 2
    for words in ("Inés says yes", "The family says yes", "The teacher says yes", "until when", "For later"):
        assert words in decided.text


# --------------------------------------------------------------------------------------------- files, command


def test_each_home_gets_a_file_and_each_child_its_cards(folder: ClassFolder) -> None:
    """Four homes and three children are seven files; cards are in files of their own, for their owner's eyes."""
    done = meeting_papers(folder)
    assert sorted(one.path.name for one in done if one.path) == sorted(
        [
            "amal-teta-mama-and-baba-meeting.html", "mateo-mama-y-abuelo-meeting.html", "mateo-dad-meeting.html",
            "linh-me-va-ba-ngoai-meeting.html", "amal-cue-cards.html", "mateo-cue-cards.html", "linh-cue-cards.html",
        ]
    )  # fmt: skip
    for one in done:
        assert one.path and one.path.parent == folder.path / FOLDER and one.size < 400_000
        text = one.path.read_text("utf-8")
        assert ("cuecard" in "".join(str(a) for _, a in Seen(text).tags)) == one.private
        assert ("Start with the foam" in text) == (one.path.name == "amal-cue-cards.html")
        if one.private and os.name == "posix":
            assert one.path.stat().st_mode & 0o077 == 0


def test_the_same_book_gives_the_same_files(folder: ClassFolder, tmp_path: Path) -> None:
    """Printed twice, every file is the same to the byte."""
    first = meeting_papers(folder, out=tmp_path / "a")
    second = meeting_papers(folder, out=tmp_path / "b")
    for one, other in zip(first, second, strict=True):
        assert one.path and other.path and one.path.read_bytes() == other.path.read_bytes()


def test_together_is_two_files_and_only_one_has_private_words(folder: ClassFolder) -> None:
    """All sheets of all homes are one file, all cards another; asked for cards alone, there is only that."""
    homes, own = meeting_papers(folder, together=True)
    assert homes.path and own.path
    assert (homes.path.name, own.path.name) == (HOMES_TOGETHER, CARDS_TOGETHER)
    assert "Start with the foam" not in homes.path.read_text("utf-8")
    assert "Start with the foam" in own.path.read_text("utf-8")
    assert len(Seen(homes.path.read_text("utf-8")).of_class("meet-reply")) == 4
    (only,) = meeting_papers(folder, ("cue-cards",), together=True)
    assert only.private and only.path and only.path.name == CARDS_TOGETHER


def test_a_child_without_book_or_home_has_a_meeting_on_paper_too(folder: ClassFolder) -> None:
    """Who has not begun and has no home on the list still gets an agenda, empty cards and a quiet page."""
    store = folder.store()
    store.keep_student(Student(student_id="noor", name="Noor"))
    store.close()
    home, own = meeting_papers(folder, students=("noor",))
    assert home.path and own.path and home.trouble is None
    text = Seen(home.path.read_text("utf-8")).text
    assert "Noor leads" in text and "Join the dots" in text
    assert "Today you will see …" in own.path.read_text("utf-8")


def test_trouble_with_one_file_stops_no_other(folder: ClassFolder) -> None:
    """Where one file cannot be written, that is told, and all others are written."""
    (folder.path / FOLDER / "mateo-dad-meeting.html").mkdir(parents=True)
    done = meeting_papers(folder)
    (bad,) = [one for one in done if one.trouble]
    assert bad.household and bad.household.household_id == "dad" and bad.path is None
    assert sum(one.path is not None for one in done) == 6


def test_what_is_not_there_is_told(folder: ClassFolder, tmp_path: Path) -> None:
    """An unknown sheet, child or place is answered with a sentence."""
    with pytest.raises(InputRefused, match="agenda, together"):
        moment.known_sheets(["agend"])
    with pytest.raises(NotFound, match="amal"):
        meeting_papers(folder, students=("nobody",))
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageTrouble, match="cannot be made"):
        meeting_papers(folder, out=tmp_path / "out")
    assert moment.known_sheets([]) == tuple(MEETING_SHEETS) == get_args(MeetingSheet)
    assert moment.known_sheets(["reply", "agenda", "reply"]) == ("agenda", "reply")
    assert tuple(HOME_SHEETS) == EVERY


def test_erasing_a_child_takes_its_papers_of_the_meeting_along(folder: ClassFolder) -> None:
    """The sheets and cards of an erased child go, and the files that tell of everybody; those of others stay."""
    meeting_papers(folder)
    meeting_papers(folder, together=True)
    erasing.erase(folder, "mateo")
    left = {path.name for path in (folder.path / FOLDER).iterdir()}
    assert left == {
        "amal-teta-mama-and-baba-meeting.html", "linh-me-va-ba-ngoai-meeting.html", "amal-cue-cards.html",
        "linh-cue-cards.html",
    }  # fmt: skip


def test_a_longer_id_keeps_its_papers(folder: ClassFolder) -> None:
    """The cards of Ana Maria are not Ana's, though her id begins alike."""
    here = folder.path / FOLDER
    here.mkdir()
    for name in (
        "ana-cue-cards.html",
        "ana-maria-cue-cards.html",
        "ana-maria-x-meeting.html",
        "ana-x-meeting.html",
    ):
        (here / name).write_text("x")
    roster = [Student(student_id="ana", name="Ana"), Student(student_id="ana-maria", name="Ana Maria")]
    assert [p.name for p in meeting_files(folder, "ana", roster)] == [
        "ana-cue-cards.html",
        "ana-x-meeting.html",
    ]
    assert len(meeting_files(folder, "ana-maria", roster)) == 2


def run(*words: str) -> tuple[int, str]:
    """Run the command and return its exit code and what it printed."""
    done = CliRunner(env={"LC_ALL": "C", "LANG": "C"}).invoke(cli.app, ["print-meeting", *words])
    return done.exit_code, done.output


def test_the_command_prints_a_meeting(folder: ClassFolder) -> None:
    """``portfolio print-meeting CLASS`` tells each file; sheets can be chosen; with --json for programs."""
    code, told = run(os.fspath(folder.path), "--student", "amal")
    assert code == 0
    assert [line.split(": ")[0] for line in told.splitlines()] == [
        "Amal, Teta, Mama and Baba",
        "Only for Amal",
    ]
    code, told = run(os.fspath(folder.path), "--sheet", "reply", "--language", "es", "--json")
    found = json.loads(told)
    assert code == 0 and len(found) == 4 and not any(one["private"] for one in found)
    assert all('lang="es"' in Path(one["file"]).read_text("utf-8") for one in found)
    code, told = run(os.fspath(folder.path), "--together")
    assert code == 0 and told.startswith("Everybody: ") and "only for the children" in told
    assert run(os.fspath(folder.path), "--sheet", "poster")[0] == InputRefused.exit_code
    (folder.path / FOLDER / "amal-cue-cards.html").unlink()
    (folder.path / FOLDER / "amal-cue-cards.html").mkdir()
    assert run(os.fspath(folder.path))[0] == cli.NOT_EVERYBODY
