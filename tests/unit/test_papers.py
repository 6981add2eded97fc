"""Papers for households: what they may say, in whose language, and that they stand alone."""

# long: what may stand on every paper, in every language, is one promise
from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import meta

from portfolio.model import AgendaChoice, Household, Passage
from portfolio.model.people import ClassWords, Teacher
from portfolio.model.portfolio import StepMinutes
from portfolio.rules.conversation import CARDS, OLDER_CARD, TOPICS, cards_for
from portfolio.rules.family_view import AgendaLine
from portfolio.rules.home_words import ASKED
from portfolio.rules.papers import PAPERS, Paper, PaperView, agenda_of, paper_view, told_minutes
from portfolio.testing import small_book
from portfolio.views.environment import environment
from portfolio.views.papers import (
    PaperSheet,
    PapersPage,
    language_for,
    paper_sheet,
    render_page,
    render_sheet,
)
from portfolio.words import speak
from tests.handouts import Seen, sheet, view, written_class

EVERY = get_args(Paper)
LANGS = ("en", "es", "ar")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "\u202egnp.exe",
    "👩‍👧‍👦 مرحبا",
)


def variables(*names: str) -> set[str]:
    """Return the variables some templates read."""
    env = environment()
    assert env.loader is not None
    found: set[str] = set()
    for name in names:
        found |= meta.find_undeclared_variables(env.parse(env.loader.get_source(env, name)[0]))
    return found - {"icons", "caller"}


def own_sheet(paper: Paper, of: PaperView) -> str:
    """Return a sheet in the language the home gets by itself."""
    return str(render_sheet(paper_sheet(paper, of)))


def test_every_variable_of_a_sheet_is_promised_and_used() -> None:
    """A sheet's fields and what the templates of all papers read are the same, both ways; so for the file."""
    read = variables(
        PaperSheet.template, "papers/_paper.html.j2", *(f"papers/{paper}.html.j2" for paper in EVERY)
    )
    assert read == {field.name for field in dataclasses.fields(PaperSheet)}
    assert variables(PapersPage.template) == {field.name for field in dataclasses.fields(PapersPage)}


def test_every_paper_has_a_name() -> None:
    """The papers and their names are the same list."""
    assert tuple(PAPERS) == EVERY


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("paper", EVERY)
def test_a_paper_is_one_file_without_scripts_or_addresses(paper: Paper, lang: str) -> None:
    """Each paper stands alone: its language and direction, no script, no style or event, nothing loaded, one policy."""
    made = paper_sheet(paper, view(), lang=lang)
    page = render_page([render_sheet(made)], made.say, "Title")
    seen = Seen(page)
    say = speak(lang)
    assert seen.tags[0] == (
        "html",
        {"class": "pf", "lang": say.lang, "dir": say.direction, "data-cloth": "sea"},
    )
    (article,) = seen.of_class("handout")
    assert (article["lang"], article["dir"]) == (say.lang, say.direction)
    assert not [tag for tag, _ in seen.tags if tag in ("script", "a", "link", "iframe", "form")]
    for tag, attrs in seen.tags:
        assert not [a for a in attrs if a.startswith("on") or a in ("style", "src")], tag
        assert (attrs.get("href") or "#").startswith("#"), (tag, attrs)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert "Inés" in seen.text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("paper", EVERY)
def test_hostile_words_stay_words(paper: Paper, text: str) -> None:
    """Whatever stands in a name or in the teacher's words arrives as that text, and adds no tag."""

    def made(words: str) -> Seen:
        told = ClassWords(about_school=words, letter=words, invitation=words, place=words)  # type: ignore[arg-type]  # a text is a passage
        book = small_book()
        home = Household(household_id="h", label=words, adults=(words,), reach_by=words)
        student = book.student.but(name=words, households=(home,))
        seen = paper_view(written_class(words=told, name=words), book.template, student, home)
        return Seen(sheet(paper, of=seen))

    assert [tag for tag, _ in made(text).tags] == [tag for tag, _ in made("plain").tags]
    assert " ".join(text.split()) in made(text).text


def test_a_paper_knows_its_own_home_and_no_other() -> None:
    """No paper of one home says anything of another: not its label, not how it is reached, who comes along, what it needs."""
    every = " ".join(sheet(paper, of=view(1)) for paper in EVERY)
    assert "Papa" in every
    for word in ("Mama", "a call", "after six", "a baby", "stroller", "mama"):
        assert word not in every


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "There will be tea."), ("es", "Habrá té."), ("ar", "There will be tea.")]
)
def test_the_teachers_words_come_in_the_homes_language_where_somebody_put_them_so(
    lang: str, said: str
) -> None:
    """A translation by a person stands alone; without one the words stand as they are, and that is said."""
    other = view(1).but(reads=(lang,))
    seen = Seen(sheet("invitation", lang, other))
    assert said in seen.text
    mark = speak(lang)("The teacher’s own words. Nobody has translated them yet.")
    assert (mark in seen.text) == (lang == "ar")
    assert ("There will be tea." in seen.text) == (lang != "es")


def test_a_draft_is_called_one_and_the_original_follows() -> None:
    """A translation nobody has read beside the original comes with the teacher's own words below it."""
    text = Seen(sheet("letter", "es", view().but(reads=("es",)))).text
    mark = speak("es")("A draft translation. The teacher’s own words:")
    assert text.index("Me gustan los mapas.") < text.index(mark) < text.index("I like maps.")


def test_a_school_word_of_the_teacher_is_explained_in_brackets() -> None:
    """Where the teacher writes a school word, what it means stands right behind it, in the language of the paper."""
    for lang in ("en", "es"):
        (meant,) = Seen(sheet("our-school", lang)).of_class("meant")
        text = Seen(sheet("our-school", lang)).text
        assert meant == {"class": "meant"}
        assert re.search(r"text evidence \( ?\w", text), text


def test_a_home_gets_the_first_language_it_reads_that_we_have() -> None:
    """Who reads Vietnamese and Spanish gets Spanish; who reads only Vietnamese gets the language of the class."""
    assert language_for(view().but(reads=("vi", "es", "en"))) == "es"
    assert language_for(view().but(reads=("vi",))) == "en"
    assert language_for(view().but(reads=("vi",), class_language="es")) == "es"
    assert paper_sheet("letter", view().but(reads=("vi", "ar"))).say.lang == "ar"


def test_a_sheet_in_a_language_a_home_does_not_read_says_so() -> None:
    """It names its own language and offers somebody who speaks theirs; a sheet they can read says nothing of it."""
    somali = view().but(reads=("so",))
    told = Seen(own_sheet("letter", somali)).text
    assert "This sheet is in English. If Somali (Soomaali) is easier for you" in told
    wanted = Seen(own_sheet("letter", somali.but(interpreter=True))).text
    assert (
        "Somebody who speaks Somali (Soomaali) can go through it with you" in wanted
        and "easier for you" not in wanted
    )
    assert "This sheet is in" not in Seen(own_sheet("letter", view().but(reads=("so", "es")))).text


def test_a_teacher_without_a_name_is_on_no_paper() -> None:
    """Before the teacher's name is written, no paper has an empty line for it."""
    book, school = small_book(), written_class()
    nameless = school.but(teachers=(*school.teachers, Teacher(teacher_id="t9", name="")))
    seen = paper_view(nameless, book.template, book.student, book.student.households[0], book.portfolio.meta)
    assert [one.name for one in seen.teachers] == [one.name for one in school.teachers]


def test_an_invitation_welcomes() -> None:
    """It says who comes, what happens, how long, when and where, and that there are other times and ways."""
    text = Seen(sheet("invitation", of=view(1))).text
    for words in (
        "Inés invites you", "you, and whoever you would like to bring", "Ms. Rivera", "Inés shows the book.",
        "about 25 minutes", "Tuesday, November 24, 2026", "Room 7, first floor", "Other children are welcome",
        "You may ask anything", "Would another language be easier?", "by phone", "in the evening",
        "in another place", "look at the book at home, in your own time", "Or answer in any way you like",
    ):  # fmt: skip
        assert words in text, words


def test_who_wants_an_interpreter_reads_that_one_comes_and_has_more_time() -> None:
    """The invitation of that home offers no other language: it says somebody will be there, and half as long again."""
    book = small_book()
    home = book.student.households[0].but(interpreter=True)
    seen = paper_view(written_class(), book.template, book.student, home, book.portfolio.meta)
    text = Seen(sheet("invitation", of=seen)).text
    assert "somebody who speaks your language and ours" in text
    assert "Would another language be easier?" not in text
    assert "about 35 minutes" in text


def test_what_is_not_known_yet_leaves_a_line_to_write_on() -> None:
    """Without a day or a place there are lines for them, and a reader is told so; the time is always one."""
    known, open_ = (
        Seen(sheet("reminder", of=view(conference_on=on, words=words)))
        for on, words in ((date(2026, 11, 24), written_class().words), (None, ClassWords()))
    )
    assert len(known.of_class("rule-line")) == 1
    assert len(open_.of_class("rule-line")) == 3
    assert "We write the day here." in open_.text
    two = Seen(sheet("reminder", of=view(conference_until=date(2026, 11, 25)))).text
    assert "from Tuesday, November 24, 2026 to Wednesday, November 25, 2026" in two
    several = Seen(sheet("reminder", of=view(conference_until=date(2026, 11, 26)))).text
    assert "between Tuesday, November 24, 2026 and Thursday, November 26, 2026" in several


def test_the_prep_card_has_every_step_with_its_minutes() -> None:
    """Each step everybody sits through stands there in order, with the teacher's own minutes; grown-ups' time apart."""
    book = small_book()
    choice = AgendaChoice(preset="full", minutes=(StepMinutes(step="work", minutes=9),))
    agenda, private = agenda_of(book.template, choice)
    steps = book.template.agenda("full").steps
    assert [line.title for line in agenda] == [s.title for s in steps if not s.private]
    assert next(line.minutes for line in agenda if "work" in line.sections) == 9
    assert private == 5
    text = Seen(sheet("prep-card", of=view().but(agenda=agenda))).text
    places = [text.index(line.title) for line in agenda]
    assert places == sorted(places)
    assert "9 minutes" in text
    assert all(card in text for card in CARDS)


def test_older_children_may_be_asked_about_their_plan() -> None:
    """One question card is for those who plan by themselves."""
    assert OLDER_CARD not in cards_for("k-2") and OLDER_CARD not in cards_for("3-5")
    assert OLDER_CARD in cards_for("6-8") and OLDER_CARD in cards_for("9-12")


@pytest.mark.parametrize("lang", LANGS)
def test_what_we_see_at_home_asks_everything_and_keeps_the_teachers_box_apart(lang: str) -> None:
    """Every question of the record is on the paper; the box for the teacher only stands apart, at the end, and says so."""
    say, text = speak(lang), Seen(sheet("at-home", lang)).text
    places = [text.index(say(ask, name="Inés")) for ask in ASKED.values()]
    assert places == sorted(places)
    box = text.index(say("For the teacher only"))
    assert box > max(places)
    assert say("Is there something that worries you?") in text[box:]
    for tick in ("We would like to talk alone for a few minutes.", "Please call us before the meeting."):
        assert say(tick) in text
    page = sheet("at-home", lang)
    assert page.index('class="apart"') > page.index('class="back"')


@pytest.mark.parametrize("lang", LANGS)
def test_about_our_school_says_who_is_who_and_what_one_may(lang: str) -> None:
    """Who is who with role, what happens next, bring somebody, ask anything: in each language we have."""
    say, text = speak(lang), Seen(sheet("our-school", lang)).text
    for words in (
        say("Who is who"), "Ms. Rivera", "class teacher", "Mr. Okoye", "buses", say("What happens next"),
        say("bring somebody: family, a friend, anyone you trust"), say("ask anything, also twice"),
        say("take time: nothing has to be settled on the day"),
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("lang", LANGS)
def test_a_letter_goes_out_also_when_the_teacher_wrote_none(lang: str) -> None:
    """The letter at the start of the year introduces who is there in each language, with the teacher's words or ours."""
    say = speak(lang)
    ours = Seen(sheet("letter", lang, view(words=ClassWords()))).text
    assert say("We are glad that {name} is with us this year.", name="Inés") in ours
    assert "Ms. Rivera" in ours and "555 0100" in ours
    theirs = Seen(sheet("letter", lang)).text
    assert say("We are glad that {name} is with us this year.", name="Inés") not in theirs
    assert "I like maps." in theirs or "Me gustan los mapas." in theirs


@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_to_begin_a_talk_has_every_topic(lang: str) -> None:
    """All ten topics are there for families, each with its first sentence."""
    say, text = speak(lang), Seen(sheet("questions", lang)).text
    assert all(say(topic.family, name="Inés") in text for topic in TOPICS)


def test_four_cards_share_a_sheet() -> None:
    """Cards for good news of several homes lie on one sheet, each with its own child and home."""
    page = render_sheet(paper_sheet("good-news", view(0), view(1), lang="en"))
    seen = Seen(page)
    assert len(seen.of_class("newscard")) == 2
    assert "For Mama" in seen.text and "For Papa" in seen.text


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.booleans())
def test_minutes_are_told_in_fives_and_never_too_few(minutes: list[int], interpreter: bool) -> None:
    """A family is told at least the minutes the steps take, in fives, half as many again with an interpreter."""
    lines = tuple(
        AgendaLine(step="x", title="x", speaker="student", minutes=n, icon="work", sections=())
        for n in minutes
    )
    told, real = told_minutes(lines, interpreter=interpreter), sum(minutes) * (1.5 if interpreter else 1)
    assert told % 5 == 0
    assert real <= told < real + 5


def test_a_sheet_put_together_twice_is_the_same() -> None:
    """Nothing is kept between two makings of a sheet."""
    made = paper_sheet("our-school", view(), lang="en")
    assert render_sheet(made) == render_sheet(made)


def test_words_of_the_teacher_are_passages_with_their_own_language() -> None:
    """The teacher's text carries its own language and runs its own way inside the paper of another."""
    arabic = Passage(text="مرحبا", lang="ar")
    page = sheet("invitation", "en", view(words=ClassWords(invitation=arabic)))
    assert '<p lang="ar" dir="auto">مرحبا</p>' in page
