"""The words that stand in a picture of a handwritten page: kept, shown beside it, and nowhere where it is not shown."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import (
    Answer,
    Beside,
    Book,
    Document,
    Passage,
    Picture,
    SectionChoice,
    Strength,
    Translation,
    Work,
)
from portfolio.moments.written_down import LONGEST, WrittenDown
from portfolio.rules import for_audience
from portfolio.rules.answers import in_a_line
from portfolio.rules.filling_parts import photo_kept, photo_value
from portfolio.rules.quick_look import quick_look
from portfolio.store.fake import FakeStore
from portfolio.testing import NOON, dots, small_book, small_store
from portfolio.views.plain_text import whole_text
from tests.media_books import home, talk

POEM = Passage(
    text="The rain is a drum.\nIt plays on my roof.",
    translations=(
        Translation(lang="es", text="La lluvia es un tambor.\nToca en mi techo.", made_by="draft"),
    ),
)
STORY = Passage(text="\n".join(f"Line {n} of my story." for n in range(1, 9)))


def with_pictures(*pictures: Picture, **more: Any) -> Book:
    """Return a book with one piece of work that has these pictures."""
    piece = Work(entry_id="work-1", title=Passage(text="P"), pictures=pictures)
    return small_book(work=(piece,), strengths=(), **more)


def page_of(text: str) -> BeautifulSoup:
    """Return a page taken apart."""
    return BeautifulSoup(text, "html.parser")


def words(of: Tag) -> str:
    """Return what one reads in a part of a page, its lines joined."""
    return " ".join(of.get_text(" ").split())


# ---------------------------------------------------------------------------------------------- on the pages


@pytest.mark.parametrize(("make", "short"), [(home, "div"), (talk, "details")])
def test_some_lines_stand_below_the_picture_and_many_are_folded(make: Any, short: str) -> None:
    """Both are found from the picture by their id, once each; what is long opens without a script, on a deck all is."""
    page = page_of(make(with_pictures(dots(0).but(written=POEM), dots(1).but(written=STORY))))
    few, many = page.select(".written")
    assert (few.name, many.name) == (short, "details")
    assert words(few) == "What is written in the picture The rain is a drum. It plays on my roof."
    assert many.summary is not None and words(many.summary) == "What is written in the picture"
    assert "Line 8 of my story." in words(many)
    assert [one.get("aria-details") for one in page.select("img[aria-details]")] == [few["id"], many["id"]]
    assert few.find_previous_sibling("figure") is not None
    assert str(page).count("It plays on my roof.") == 1


@pytest.mark.parametrize("make", [home, talk])
def test_a_picture_without_written_words_has_nothing_below(make: Any) -> None:
    """Nobody is told that something is missing."""
    page = page_of(make(with_pictures(dots(0))))
    assert not page.select(".written, img[aria-details]")


def test_a_home_reads_its_language_first_and_the_childs_words_after() -> None:
    """The translation stands at the picture with its mark, the words as they were written in the second telling."""
    book = with_pictures(dots(0).but(written=POEM))
    first, again = page_of(home(book, household="mama")).select(".written")
    assert [p.get("lang") for p in first.select("p[lang]")] == ["es"]
    assert "La lluvia es un tambor." in words(first) and "rain" not in words(first)
    assert first.select("p[lang=es] .small")
    assert [p.get("lang") for p in again.select("p[lang]")] == ["en"]
    assert "The rain is a drum." in words(again)
    assert all(p.get("dir") == "auto" for p in (*first.select("p[lang]"), *again.select("p[lang]")))


@pytest.mark.parametrize("agreed", [False, True])
def test_words_stay_out_where_their_picture_does(agreed: bool) -> None:
    """Of a picture with others in it the words go home when it does; at the table both are there."""
    book = with_pictures(dots(0).but(written=POEM, others=True, others_agreed=agreed))
    assert ("It plays on my roof." in home(book)) is agreed
    assert "It plays on my roof." in talk(book)


def test_words_on_a_page_kept_from_the_family_are_in_no_copy() -> None:
    """What the child keeps back it keeps back whole."""
    book = with_pictures(dots(0).but(written=POEM))
    kept = book.portfolio.meta.but(sections=(SectionChoice(section="work", shown_to_family=False),))
    book = book.but(portfolio=book.portfolio.but(meta=kept))
    assert "plays on my roof" not in home(book) + talk(book)


def test_a_picture_that_proves_a_strength_has_its_words_with_the_piece() -> None:
    """In a copy they are read once; a picture of the strength's own has them there."""
    piece = Work(entry_id="work-1", title=Passage(text="P"), pictures=(dots(0).but(written=POEM),))
    lent = small_book(
        work=(piece,), strengths=(Strength(entry_id="s", what=Passage(text="rhymes"), piece="work-1"),)
    )
    assert home(lent).count("It plays on my roof.") == 1
    own = Strength(entry_id="s", what=Passage(text="rhymes"), pictures=(dots(0).but(written=POEM),))
    page = page_of(home(small_book(work=(), strengths=(own,))))
    assert [words(one) for one in page.select(".proof .written")] == [
        "What is written in the picture The rain is a drum. It plays on my roof."
    ]


def test_a_page_of_a_document_has_its_words_below() -> None:
    """Also a page of a document may be handwriting."""
    paper = Document(pages=(dots(0).but(written=POEM), dots(1)), page_count=2)
    book = small_book(work=(Work(entry_id="w", title=Passage(text="P"), media=(paper,)),))
    page = page_of(home(book))
    (found,) = page.select(".document .written")
    (shown,) = page.select("img[aria-details]")
    assert shown["aria-details"] == found["id"]


def test_whatever_is_written_in_a_picture_is_text() -> None:
    """Code in handwriting is shown, and does nothing; school words in it are not explained: it is word for word."""
    bad = "<script>alert(1)</script>\"'{{ 7 * 7 }} rubric"
    for make in (home, talk):
        page = page_of(make(with_pictures(dots(0).but(written=Passage(text=bad)))))
        (found,) = page.select(".written")
        assert bad in found.get_text() and not found.select("script, .sw")


def test_messages_and_quick_looks_say_it_too() -> None:
    """The plain text says it in the home's language, the quick look as much of it as it has room for."""
    book = with_pictures(dots(0, "a page").but(written=POEM))
    view = for_audience(book, "home", "mama")
    assert "La lluvia es un tambor." in whole_text(view)
    look = quick_look(view, "es")
    assert look.proud is not None and look.proud.picture is not None
    assert look.proud.picture.written.text == "The rain is a drum. It plays on my roof."


def test_a_handwritten_answer_stands_for_its_words_in_a_line() -> None:
    """What was written on paper is the answer; what the picture looks like is the next best."""
    beside = Beside(field="words", pictures=(dots(0, "a page of lined paper").but(written=POEM),))
    assert in_a_line(Passage(), beside) == POEM


# ---------------------------------------------------------------------------------------------- how it is kept


def test_a_desk_keeps_a_translation_as_long_as_the_words_stay() -> None:
    """As with the other words at a picture: the same words keep their translations, new ones have none."""
    kept = dots(0).but(written=POEM)
    assert photo_kept(photo_value(kept), "en", kept) == kept
    other = photo_kept({**photo_value(kept), "written": "The rain is loud."}, "en", kept)
    assert other.written == Passage(text="The rain is loud.")


@pytest.fixture
def store() -> FakeStore:
    """Return a store with a book in which a picture stands twice, once beside an answer."""
    answer = Answer(
        entry_id="welcome.today",
        section="welcome",
        prompt="today",
        besides=(Beside(field="words", pictures=(dots(0),)),),
    )
    return small_store(with_pictures(dots(0), dots(1), answers=(answer,)))


def down(store: FakeStore) -> WrittenDown:
    """Return a teacher who writes down what is in the pictures of the small book."""
    return WrittenDown(store, "ines.fall-2026", "teacher:t1")


def test_words_written_down_are_laid_over_what_the_child_changed_meanwhile(store: FakeStore) -> None:
    """The child goes on with the piece while a teacher types: both stay, and the other picture has no words."""
    seen = store.entry("ines.fall-2026", "work-1")
    store.keep(
        "ines.fall-2026",
        seen.entry.but(title=Passage(text="New")),
        expected=seen.version,
        by="student",
        at=NOON,
    )
    down(store).write("work-1", dots(0).sha256, " My poem\r\nby me \n", seen=seen.version, at=NOON)
    piece = store.portfolio("ines.fall-2026").work[0]
    assert (piece.title.text, [p.written.text for p in piece.pictures]) == ("New", ["My poem\nby me", ""])
    assert store.portfolio("ines.fall-2026").answers[0].beside("words").pictures == (dots(0),)


def test_what_somebody_else_has_written_down_is_read_first(store: FakeStore) -> None:
    """Two people at one picture: the second is told so and nothing is lost; the same words twice are no quarrel."""
    seen = store.entry("ines.fall-2026", "work-1").version
    down(store).write("work-1", dots(0).sha256, "My poem", seen=seen, at=NOON)
    with pytest.raises(ChangedMeanwhile, match="Read it"):
        down(store).write("work-1", dots(0).sha256, "Her poem", seen=seen, at=NOON)
    down(store).write("work-1", dots(0).sha256, "My poem", seen=seen, at=NOON)
    now = store.entry("ines.fall-2026", "work-1")
    assert now.version == seen + 1
    down(store).write("work-1", dots(0).sha256, "", seen=now.version, at=NOON)
    assert not store.portfolio("ines.fall-2026").work[0].pictures[0].written


def test_what_cannot_be_written_down_is_a_sentence(store: FakeStore) -> None:
    """A picture that is gone, a text longer than any sheet: nothing is kept."""
    before = store.portfolio("ines.fall-2026")
    with pytest.raises(NotFound):
        down(store).write("work-1", "f" * 64, "x", seen=1, at=NOON)
    with pytest.raises(InputRefused, match="Write down a part of it"):
        down(store).write("work-1", dots(0).sha256, "x" * (LONGEST + 1), seen=1, at=NOON)
    assert store.portfolio("ines.fall-2026") == before
