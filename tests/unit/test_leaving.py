"""Before it goes home: what is said to be in the file is in it, what is said to be out is not, for each home apart."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import NotFound
from portfolio.model import (
    Agreement,
    Book,
    Concern,
    Cue,
    Document,
    Household,
    Parked,
    Passage,
    Picture,
    Reply,
    ReplyLine,
    SectionChoice,
    Sound,
    Strength,
    TeacherNote,
    ToTeacher,
    Translation,
    Work,
)
from portfolio.moments.approval import approve
from portfolio.moments.home import Kit, home_file
from portfolio.moments.leaving import Leaving, leaving_of
from portfolio.moments.teacher.leaving_told import differences, home_told
from portfolio.rules import for_audience
from portfolio.rules.leaving import pages_in, pages_out
from portfolio.store.fake import FakeStore
from portfolio.testing import DOTS, small_book, small_store
from portfolio.views.charts import draw_over_time
from portfolio.words import speak
from tests.teachers import NOW


def named(n: int) -> str:
    """Return the digest of one of the small pictures."""
    import hashlib

    return hashlib.sha256(DOTS[n]).hexdigest()


def words(text: str, lang: str = "en", **translated: str) -> Passage:
    """Return a passage, with translations nobody has checked."""
    return Passage(
        text=text, lang=lang, translations=tuple(Translation(lang=k, text=v) for k, v in translated.items())
    )


def two_homes(**shelves: object) -> Book:
    """Return a book with two homes, Spanish and English, of a class with Lina and Zoë in it."""
    homes = (
        Household(household_id="mama", label="Mama", reads=("es",)),
        Household(household_id="papa", label="Papa", reads=("en",)),
    )
    made = small_book(**shelves)
    return made.but(
        student=made.student.but(households=homes), class_names=("Lina", "Zoë", made.student.name)
    )


def told(book: Book, home: str = "papa", store: FakeStore | None = None) -> tuple[Leaving, str]:
    """Return what is said to leave for a home, and the file that leaves."""
    kit = Kit(store or small_store(book), draw_over_time)
    return leaving_of(book, home, kit), str(home_file(book, home, kit).page)


# --------------------------------------------------------------------------------------- it never disagrees


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=12)
@given(st.data())
def test_it_says_what_the_file_does(data: st.DataObject) -> None:
    """Whatever a child keeps back, whoever is in a picture, whoever is named: in is in the file, out is not."""
    others = [data.draw(st.booleans()) for _ in DOTS[:2]]
    agreed = [data.draw(st.booleans()) for _ in DOTS[:2]]
    pictures = tuple(
        Picture(
            sha256=named(n),
            width=2,
            height=2,
            alt=words(f"MARKPICTURE{n}"),
            others=others[n],
            others_agreed=agreed[n],
        )
        for n in range(2)
    )
    name = data.draw(st.sampled_from(["Lina", "nobody"]))
    book = two_homes(
        strengths=(Strength(entry_id="s", what=words("MARKSTRENGTH"), proof=words(f"I saw {name} do it")),),
        work=(Work(entry_id="w", title=words("MARKWORK"), pictures=pictures),),
    )
    sections = [s.section_id for s in book.sections() if s.holds in ("strengths", "work")]
    kept = data.draw(st.lists(st.sampled_from(sections), unique=True))
    choices = tuple(
        SectionChoice(section=s, shown_to_family=data.draw(st.booleans()), in_home_copy=False) for s in kept
    )
    book = book.but(portfolio=book.portfolio.but(meta=book.portfolio.meta.but(sections=choices)))
    found, page = told(book)
    inside, outside = {p.section for p in found.pages}, {p.section for p in found.left}
    assert not inside & outside
    for holds, mark in (("strengths", "MARKSTRENGTH"), ("work", "MARKWORK")):
        section = next(s.section_id for s in book.sections() if s.holds == holds)
        assert (section in inside) == (mark in page) == (section not in kept)
        assert (section in outside) == (section in kept)
    waiting = {thing.name for thing in found.things}
    work_is_in = not set(kept) & {s.section_id for s in book.sections() if s.holds == "work"}
    for n in range(2):
        assert (f"MARKPICTURE{n}" in page) == (work_is_in and (agreed[n] or not others[n]))
        assert (named(n) in waiting) == (work_is_in and others[n] and not agreed[n])
    assert "Lina" not in page
    assert bool([one for one in found.names if one.out]) == (name == "Lina" and "MARKSTRENGTH" in page)
    assert found.size == len(page.encode())


def test_stills_pages_and_sounds_wait_as_well() -> None:
    """A recording and a document with others in them are left out, and said to be."""
    sound = Sound(sha256="b" * 64, suffix="mp3", seconds=2, size=9, others=True, transcript=words("HEARD"))
    paper = Document(
        pages=(Picture(sha256=named(0), width=2, height=2),), page_count=1, others=True, alt=words("READ")
    )
    book = two_homes(work=(Work(entry_id="w", title=words("Song"), media=(sound, paper)),))
    found, page = told(book)
    assert {thing.kind for thing in found.things} >= {"sound", "document"}
    assert "HEARD" not in page and "READ" not in page
    assert ("sound", "HEARD") in {(one.kind, one.words) for one in found.things}


def test_two_homes_are_told_apart() -> None:
    """What one home wrote, and what it worries about, is in its own file and nowhere in what is said of the other's."""
    book = two_homes(
        strengths=(Strength(entry_id="s", what=words("I draw")),),
        replies=tuple(
            Reply(
                entry_id=f"r{h}",
                household_id=h,
                on=NOW.date(),
                lines=(ReplyLine(words=words(f"MARKREPLY{h}")),),
            )
            for h in ("mama", "papa")
        ),
        concerns=(Concern(entry_id="c", household_id="mama", words=words("MARKWORRY")),),
        parked=(Parked(entry_id="p", household_id="mama", words=words("MARKPARKED")),),
        to_teacher=(ToTeacher(entry_id="t", household_id="papa", words=words("MARKTEACHER")),),
        cues=(Cue(entry_id="q", step="welcome", words=words("MARKCUE")),),
    )
    for home, other in (("mama", "papa"), ("papa", "mama")):
        found, page = told(book, home)
        said = repr(found)
        assert f"MARKREPLY{home}" in page
        for mark in (f"MARKREPLY{other}", "MARKTEACHER", "MARKCUE"):
            assert mark not in page
            assert mark not in said
        assert ("MARKWORRY" in page) == (home == "mama")
        assert "MARKWORRY" not in said and "MARKREPLY" not in said and "MARKPARKED" not in said


def test_languages_are_told() -> None:
    """Texts a home cannot read are named with their language, translations nobody checked are counted as drafts."""
    entry = Strength(entry_id="s", what=words("I draw", es="Dibujo"), proof=words("My map"))
    spanish, _ = told(two_homes(strengths=(entry,)), "mama")
    assert spanish.languages.drafts == ("Dibujo",)
    assert ("My map", "en") in spanish.languages.unread
    english, _ = told(two_homes(strengths=(entry,)), "papa")
    assert not english.languages.drafts and not english.languages.unread


def test_school_words_and_looking_are_told() -> None:
    """A school word nobody explained is named, and whether a teacher has looked at the book as it is."""
    book = two_homes(strengths=(Strength(entry_id="s", what=words("my exit ticket and my rubric")),))
    store = small_store(book)
    found, _ = told(book, store=store)
    assert "rubric" in found.open_words
    assert found.looked == "not_yet"
    approved = approve(
        store,
        book.portfolio.meta.portfolio_id,
        "t1",
        on=NOW.date(),
        revision=store.revision(book.portfolio.meta.portfolio_id),
    )
    found, _ = told(book.but(portfolio=book.portfolio.but(meta=approved)), store=store)
    assert found.looked == "looked_at"


def test_an_unknown_home_and_an_empty_book() -> None:
    """A home nobody knows is a sentence; a book with nothing in it can be looked at."""
    book = two_homes()
    with pytest.raises(NotFound, match="no household"):
        told(book, "nobody")
    empty = book.but(portfolio=type(book.portfolio)(meta=book.portfolio.meta))
    found, page = told(empty)
    assert found.pages == () and found.things == () and found.names == ()
    assert found.size == len(page.encode())


# ------------------------------------------------------------------------ every page, every voice, every home


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=25)
@given(st.data())
def test_every_page_of_the_book_stands_in_exactly_one_list(data: st.DataObject) -> None:
    """Whatever is written, kept back or shown at the meeting only: a page is told to be in the file, or left out and why."""
    shelves: dict[str, object] = {
        "strengths": (Strength(entry_id="s", what=words("I draw")),),
        "work": (Work(entry_id="w", title=words("Boat")),),
        "agreements": (Agreement(entry_id="a", who="family", name="Mama", what=words("reads")),),
        "teacher_page": (TeacherNote(entry_id="n", teacher_id="t1", strength=words("You ask")),),
        "replies": (Reply(entry_id="r", household_id="mama", lines=(ReplyLine(words=words("Dear you")),)),),
    }
    book = two_homes(**{name: shelf for name, shelf in shelves.items() if data.draw(st.booleans())})
    choices = tuple(
        SectionChoice(
            section=section.section_id,
            shown_to_family=data.draw(st.booleans()),
            in_home_copy=data.draw(st.booleans()),
        )
        for section in book.sections()
    )
    book = book.but(portfolio=book.portfolio.but(meta=book.portfolio.meta.but(sections=choices)))
    for home in ("mama", "papa"):
        view = for_audience(book, "home", home)
        inside = [page.section for page in pages_in(view)]
        outside = [page.section for page in pages_out(book, view)]
        wanted = {section.section_id for section in book.sections()}
        assert len(inside) == len(set(inside)) and len(outside) == len(set(outside))
        assert {one for one in inside if one in wanted} | set(outside) == wanted
        assert not set(inside) & set(outside)


def test_whose_words_are_in_it_is_told_wherever_they_stand() -> None:
    """A teacher's line below a piece of work, a promise, a sentence the child shows of somebody: each is told."""
    piece = Work(entry_id="w", title=words("Boat"), teacher_note=words("You tried twice"))
    strength = Strength(
        entry_id="s", what=words("I draw"), quote=words("Look at that!"), quote_by="Theo, in science"
    )
    found, page = told(two_homes(work=(piece,), strengths=(strength,)))
    assert "You tried twice" in page and "Look at that!" in page
    assert found.voices == ("student", "teacher") and found.quoted == ("Theo, in science",)
    seen = home_told(found, speak("en"))
    assert any("teachers" in line for line in seen.inside)
    assert any("Theo, in science" in line and "agree" in line for line in seen.inside)
    nobody, _ = told(two_homes(strengths=(strength.but(quote_by=""),)))
    assert any("without a name" in line for line in home_told(nobody, speak("en")).inside)
    plain, _ = told(two_homes(work=(piece.but(teacher_note=Passage()),)))
    assert plain.voices == ("student",) and plain.quoted == ()


@pytest.mark.parametrize("name", ["Papa", "papa", "PAPA Jon", "Jon"])
def test_a_promise_of_one_home_is_in_no_file_of_the_other(name: str) -> None:
    """Two homes may know nothing of one another: neither file nor preview of one tells what the other has promised."""
    mine = Agreement(entry_id="a", who="family", name=name, what=words("MARKPAPA"))
    hers = Agreement(entry_id="b", who="family", name="Mama", what=words("MARKMAMA"))
    both = Agreement(entry_id="c", who="family", name="Grandma", what=words("MARKGRANDMA"))
    later = Parked(entry_id="p", name=name, words=words("MARKLATER"))
    book = two_homes(agreements=(mine, hers, both), parked=(later,))
    homes = (book.student.households[0], book.student.households[1].but(adults=("Jon",)))
    book = book.but(student=book.student.but(households=homes))
    earlier = book.portfolio.but(
        meta=book.portfolio.meta.but(portfolio_id="before", round="Before"),
        agreements=(mine.but(what=words("MARKBEFORE")),),
    )
    book = book.but(earlier=(earlier,))
    found, page = told(book, "mama")
    said = repr(found)
    assert "MARKMAMA" in page and "MARKGRANDMA" in page
    for mark in ("MARKPAPA", "MARKLATER", "MARKBEFORE"):
        assert mark not in page and mark not in said
    theirs = for_audience(book, "home", "papa").model_dump_json()
    assert (
        all(mark in theirs for mark in ("MARKPAPA", "MARKLATER", "MARKGRANDMA")) and "MARKMAMA" not in theirs
    )
    told_apart = " ".join(differences((found, told(book, "papa")[0]), speak("en")))
    assert "Only for" not in told_apart
    at_table = for_audience(book, "conference").model_dump_json()
    assert all(mark in at_table for mark in ("MARKPAPA", "MARKMAMA"))


def test_a_sentence_about_somebody_of_the_other_home_is_told_before_it_goes() -> None:
    """The child's words are not changed: the teacher reads who is named, and in which sentence; never a home's own words."""
    text = "It helps when Abuelo tells me the story. Abuelota is a fish. Jon and Grandma know."
    letter = Reply(entry_id="r", household_id="papa", lines=(ReplyLine(words=words("Abuelo MARKREPLY")),))
    book = two_homes(
        strengths=(Strength(entry_id="s", what=words("maps"), proof=words(text)),), replies=(letter,)
    )
    mama, papa = book.student.households
    homes = (mama.but(adults=("Abuelo", "Grandma")), papa.but(adults=("Jon", "Grandma")))
    book = book.but(student=book.student.but(households=homes))
    here, page = told(book, "papa")
    assert here.others == (("Abuelo", ("It helps when Abuelo tells me the story.",)),)
    assert "Abuelo MARKREPLY" in page
    assert any(one.startswith("Abuelo is of another home") for one in home_told(here, speak("en")).know)
    assert told(book, "mama")[0].others == (("Jon", ("Jon and Grandma know.",)),)
