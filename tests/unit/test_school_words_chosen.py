"""What was chosen for school words: kept with the entry, shown once for a page."""

from __future__ import annotations

import pytest

from portfolio.model import Answer, Passage, Portfolio, Strength, WordChoice
from portfolio.moments.check_words import places, words_of_book
from portfolio.rules.audience import for_audience
from portfolio.rules.school_words import fine_words
from portfolio.rules.shown import WhoSees, shown_to
from portfolio.testing import small_book
from portfolio.views.home import home_page
from portfolio.words.glossary.load import starter

FINE = WordChoice(term="iep", how="fine")
EXPLAIN = WordChoice(term="iep", how="explain")


@pytest.mark.parametrize(
    ("choices", "fine"),
    [
        ([(), ()], ()),
        ([(FINE,), ()], ("iep",)),
        ([(EXPLAIN,), ()], ()),
        ([(FINE,), (EXPLAIN,)], ()),
        ([(FINE,), (FINE,)], ("iep",)),
    ],
)
def test_a_page_explains_what_any_of_its_entries_wants_explained(
    choices: list[tuple[WordChoice, ...]], fine: tuple[str, ...]
) -> None:
    """Fine on a page is what some entry calls fine and none wants explained."""
    book = small_book()
    strengths = tuple(
        Strength(entry_id=f"strength-{n}", what=Passage(text=f"words {n}"), school_words=given)
        for n, given in enumerate(choices)
    )
    section = next(s for s in book.template.sections if s.holds == "strengths")
    assert fine_words(book.portfolio.but(strengths=strengths), section) == fine


def test_what_is_fine_in_one_section_is_not_in_another() -> None:
    """Answers of all sections stand on one shelf; a choice counts only for the section of its own."""
    book = small_book()
    first, second = [s for s in book.template.sections if s.holds == "answers"][:2]
    answer = Answer(
        entry_id="a",
        section=first.section_id,
        prompt=first.prompts[0].field,
        words=Passage(text="x"),
        school_words=(FINE,),
    )
    portfolio = book.portfolio.but(answers=(answer,))
    assert fine_words(portfolio, first) == ("iep",)
    assert fine_words(portfolio, second) == ()


def test_a_page_of_the_family_knows_what_is_fine() -> None:
    """The view carries it, so that a page for the family can leave those words alone."""
    book = small_book()
    strength = book.portfolio.strengths[0].but(school_words=(FINE,))
    view = for_audience(book.but(portfolio=book.portfolio.but(strengths=(strength,))), "conference")
    assert next(p for p in view.parts if p.content.holds == "strengths").fine == ("iep",)


def test_a_later_choice_takes_the_place_of_an_earlier_one() -> None:
    """For one word there is one choice."""
    entry = Strength(entry_id="s", what=Passage(text="x")).with_choice(FINE).with_choice(EXPLAIN)
    assert entry.school_words == (EXPLAIN,)
    assert entry.chose("iep") == "explain"
    assert entry.chose("rubric") == ""


def test_what_is_fine_on_one_page_and_wanted_on_another_is_explained_in_the_short_version() -> None:
    """The short version takes from all pages: one that wants a word explained is enough."""
    book = small_book()
    strength = book.portfolio.strengths[0].but(school_words=(FINE,))
    work = book.portfolio.work[0].but(school_words=(EXPLAIN,))

    def fine(portfolio: Portfolio) -> tuple[str, ...]:
        household = book.student.households[0].household_id
        view = for_audience(book.but(portfolio=portfolio), "home", household)
        return home_page(view, lambda _: b"").fine

    only_fine = book.portfolio.but(strengths=(strength,))
    assert fine(only_fine) == ("iep",)
    assert fine(only_fine.but(work=(work,))) == ()


def test_the_check_looks_at_what_the_child_shows() -> None:
    """A page a child keeps for itself and its teacher is not among what families read, and one it shows is."""
    book = small_book()
    section = next(s for s in book.template.sections if s.holds == "strengths")

    def pages(who: WhoSees) -> set[str]:
        meta = shown_to(book.portfolio.meta, section, who)
        return {place.section.holds for place in places(book.but(portfolio=book.portfolio.but(meta=meta)))}

    assert "strengths" in pages("home")
    assert "strengths" not in pages("teacher")


def test_plain_words_are_offered_only_in_their_own_language() -> None:
    """English words in place of a school word would not help inside a Spanish sentence."""
    book = small_book()

    def instead(lang: str, text: str) -> str:
        strength = Strength(entry_id="s", what=Passage(text=text, lang=lang))
        portfolio = book.portfolio.but(strengths=(strength,), work=(), goals=())
        return words_of_book(book.but(portfolio=portfolio), starter())[0].instead

    assert instead("en", "I used the rubric of our class.")
    assert not instead("es", "Uso la rubric de la clase de lectura.")
