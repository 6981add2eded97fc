"""School words in whole pages: links and notes in the file that goes home, buttons and cards in the talk."""

from __future__ import annotations

import re

import pytest

from portfolio.model import Answer, Book, Passage, Strength, Work
from portfolio.model.entry import WordChoice
from portfolio.model.plans import Goal
from portfolio.rules import for_audience
from portfolio.testing import small_book
from portfolio.views import explained
from portfolio.views.home import home_page
from portfolio.views.pages import render, talk_page
from portfolio.words.glossary import Glossary, from_data
from portfolio.words.terms import Finding
from tests.unit.test_explained_words import GLOSSARY
from tests.unit.test_pages import Tags

IDENTIFIER = re.compile(r"^[a-z0-9][a-z0-9_.-]{0,63}$")
"""What a section may be called: :data:`portfolio.model.record.Identifier`."""


def home(book: Book, household: str = "papa", glossary: Glossary = GLOSSARY) -> str:
    """Return a home file."""
    return render(home_page(for_audience(book, "home", household), lambda _: b"", glossary=glossary))


def section(page: str, name: str) -> str:
    """Return one section of a home file."""
    return page.split(f' id="{name}"', 1)[1].split('<p class="folio">', 1)[0]


def told_book() -> Book:
    """Return a book that uses "rubric" on several pages and in many places of them."""
    rubric = Passage(text="the rubric")
    return small_book(
        answers=(
            Answer(
                entry_id="me.love",
                section="me",
                prompt="love",
                words=Passage(text="I love the rubric. The rubric!"),
            ),
        ),
        strengths=(
            Strength(entry_id="strength-1", what=rubric, proof=rubric, quote=rubric, quote_by="my IEP"),
        ),
        work=(
            Work(
                entry_id="work-1",
                title=rubric,
                why=Passage(text="because of\nmy rubric"),
                teacher_note=rubric,
            ),
        ),
        goals=(Goal(entry_id="goal-1", goal=rubric, why=rubric, if_this=rubric, then_that=rubric),),
    )


def test_each_section_of_a_home_file_marks_the_first_use() -> None:
    """Short version, strengths, work, goals: one link each, to a note that leads back; ids are unique."""
    page = home(told_book())
    for name in ("two", "me", "strengths", "work", "goals"):
        links = [a for a in Tags(f"<p {section(page, name)}").all("a") if a.get("class") == "sw"]
        assert len(links) == 1, name
    tags = Tags(page)
    ids = [attrs["id"] for _, attrs in tags.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for link in tags.all("a"):
        if str(link["href"]).startswith("#sw"):
            assert str(link["href"])[1:] in ids


def test_no_mark_stands_in_a_link_a_button_or_a_summary() -> None:
    """Links lie in no other link, and names ("my IEP") are never marked."""
    for page in (
        home(told_book()),
        render(talk_page(for_audience(told_book(), "conference"), lambda _: b"", glossary=GLOSSARY)),
    ):
        open_tags: list[str] = []
        depth = 0
        for piece in page.replace("<", "\n<").split("\n"):
            tag = piece[1:].split(">")[0].split(" ")[0]
            if tag in ("a", "button", "summary"):
                assert not open_tags, piece
                open_tags.append(tag)
                depth += 1
            elif tag in ("/a", "/button", "/summary"):
                open_tags.pop()
        assert depth > 10
        assert "IEP</a>" not in page
        assert "IEP</button>" not in page


def test_paper_has_the_brackets_once() -> None:
    """In the whole file the explanation follows the word in brackets once, in the first section."""
    page = home(told_book())
    assert page.count('class="sw-paper"') == 1
    assert 'class="sw-paper"' in section(page, "two")


def test_the_list_stands_before_the_letter_and_leads_back() -> None:
    """The list has the word, its explanation and the way back; a file without school words has no list."""
    page = home(told_book())
    part = page[page.index('id="Words"') : page.index('id="answer"')]
    assert '<a href="#W1">' in part
    assert '<span class="sw-at"> <a href="#W1">part 1</a> <a href="#W2">part ' in part
    assert page.index('id="two"') < page.index('<a href="#Words">') < page.index('class="story"')
    assert "A list that says what good work has." in part
    calm = home(small_book())
    assert 'id="Words"' not in calm
    assert "#Words" not in calm
    assert "sw-note" not in calm


def test_the_list_speaks_the_language_of_the_page() -> None:
    """In the Spanish file the Spanish explanation stands with its mark, English ones say that they are English."""
    book = told_book()
    love = Answer(entry_id="me.love", section="me", prompt="love", words=Passage(text="my exit ticket"))
    page = home(book.but(portfolio=book.portfolio.but(answers=(love,))), "mama")
    part = page[page.index('id="Words"') : page.index('id="answer"')]
    assert '<bdi lang="en">rubric</bdi> · <bdi lang="es">rúbrica</bdi>' in part
    assert (
        '<span lang="es" dir="auto">Una lista de lo que tiene un buen trabajo.</span> <span class="small">(borrador)'
        in part
    )
    english = '<span lang="en" dir="auto">A question at the end of a lesson.</span> <span class="small">('
    assert english in part
    assert english in section(page, "me")
    assert "only in English" not in home(told_book())


def test_a_translation_that_is_shown_is_searched_too() -> None:
    """An English school word in a Spanish translation is explained there, where the family reads first."""
    text = Passage.model_validate(
        {
            "text": "the rubric",
            "translations": [{"lang": "es", "made_by": "human", "text": "Uso la rubric y otra."}],
        }
    )
    page = home(
        small_book(answers=(Answer(entry_id="me.love", section="me", prompt="love", words=text),)), "mama"
    )
    spanish, english = section(page, "me").split("y otra.", 1)
    assert 'class="sw"' in spanish
    assert 'class="sw"' not in english


def test_what_its_writer_calls_fine_is_fine_on_that_page() -> None:
    """A word chosen as fine is unmarked there and in the short version, and marked elsewhere."""
    book = told_book()
    fine = (WordChoice(term="rubric", how="fine"),)
    strengths = tuple(one.but(school_words=fine) for one in book.portfolio.strengths)
    page = home(book.but(portfolio=book.portfolio.but(strengths=strengths)))
    assert 'class="sw"' not in section(page, "strengths")
    assert 'class="sw"' not in section(page, "two")
    assert 'class="sw"' in section(page, "goals")


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "</span></p>"]
)
def test_hostile_words_round_a_school_word_stay_words(hostile: str) -> None:
    """Text round a marked word, and a glossary's own text, arrive as text and add no tag."""

    def made(text: str) -> Tags:
        glossary = from_data([{"id": "rubric", "term": "rubric", "plain": f"A list {text} here"}])
        answer = Answer(
            entry_id="me.love", section="me", prompt="love", words=Passage(text=f"{text} rubric {text}")
        )
        return Tags(home(small_book(answers=(answer,)), glossary=glossary))

    attacked, calm = made(hostile), made("plain")
    assert [tag for tag, _ in attacked.tags] == [tag for tag, _ in calm.tags]
    assert hostile in "".join(attacked.texts)


def test_a_page_put_together_twice_is_the_same() -> None:
    """Making the text of one page again begins anew: the same marks, the same list."""
    page = home_page(for_audience(told_book(), "home", "papa"), lambda _: b"", glossary=GLOSSARY)
    assert render(page) == render(page)


def test_each_leaf_of_the_talk_has_its_own_card() -> None:
    """In the presentation a word is a button with a card, once a leaf; there is no list and no bracket."""
    page = render(talk_page(for_audience(told_book(), "conference"), lambda _: b"", glossary=GLOSSARY))
    for leaf in page.split('<section class="slide"')[1:]:
        assert leaf.count('class="sw"') == leaf.count(" popover ") <= 1
    assert page.count('class="sw"') >= 3
    assert "sw-paper" not in page
    assert "sw-list" not in page


def test_a_marked_word_is_escaped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if a school word held a tag, it would arrive as text: in the sentence and in its note."""
    hostile = "<img src=x onerror=alert(1)>"
    monkeypatch.setattr(explained, "findings_in", lambda text, _: (Finding(0, len(text), "rubric"),))
    answer = Answer(entry_id="me.love", section="me", prompt="love", words=Passage(text=hostile))
    for made in (
        home(small_book(answers=(answer,))),
        render(
            talk_page(
                for_audience(small_book(answers=(answer,)), "conference"), lambda _: b"", glossary=GLOSSARY
            )
        ),
    ):
        assert hostile not in made
        assert made.count("&lt;img src=x onerror=alert(1)&gt;") == 2


def test_no_name_of_a_section_meets_one_of_ours() -> None:
    """Sections are called in small letters, words and their list in capitals: no id stands twice, whatever a class calls its pages."""
    assert all(IDENTIFIER.match(one.section_id) for one in small_book().template.sections)
    assert not any(IDENTIFIER.match(name) for name in ("Words", "W1", "W1n"))
    page = home(small_book(strengths=(Strength(entry_id="s", what=Passage(text="I read my rubric.")),)))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert {"Words", "W1", "W1n"} <= set(ids)
    assert len(ids) == len(set(ids))
