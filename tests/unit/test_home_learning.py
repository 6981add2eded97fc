"""What we are learning this term, and whom one can ask: in every file that goes home, once the teacher wrote it."""

from __future__ import annotations

import re
from typing import Any

from portfolio.model import Passage, Teacher, Translation, Work
from portfolio.model.people import ClassWords, Contact, Learning
from portfolio.rules import for_audience
from portfolio.testing import small_book
from portfolio.views.home import home_page
from portfolio.views.pages import render, talk_page
from tests.handouts import Seen

LEARNING = Learning(
    subject="Reading",
    words=Passage(
        text="We look for text evidence.",
        translations=(Translation(lang="es", text="Buscamos pruebas en el texto.", made_by="human"),),
    ),
)
WORDS = ClassWords(
    learning=(LEARNING, Learning(subject="Math")),
    contacts=(Contact(name="Mr. Okoye", about="buses", reach="555 0101"),),
)


def page(
    household: str = "papa", words: ClassWords = WORDS, reach: str = "a note in the bag", **portfolio: Any
) -> str:
    """Return a home's file of a class with these words, and a book with these entries."""
    book = small_book(**portfolio)
    teacher = Teacher(teacher_id="t1", name="Ms. Rivera", role="class teacher", reach=reach)
    book = book.but(school_class=book.school_class.but(words=words, teachers=(teacher,)))
    return render(home_page(for_audience(book, "home", household), lambda _: b""))


def test_what_we_learn_is_folded_and_its_school_words_are_explained() -> None:
    """Each subject the teacher wrote of stands in a part of its own, folded, school words marked like elsewhere."""
    html = page()
    (part,) = re.findall(r'<section class="leaf long" id="Learning">.*?</section>', html, re.DOTALL)
    seen = Seen(part)
    assert [tag for tag, _ in seen.tags if tag in ("details", "summary")] == ["details", "summary"]
    assert "Reading" in seen.text and "Math" not in seen.text
    assert [attrs["class"] for tag, attrs in seen.tags if tag == "a" and attrs.get("class")] == ["sw"]
    assert "What we are learning this term" in seen.text
    assert '<a href="#Learning">' in html


def test_a_school_word_of_the_child_is_explained_once_more_where_the_teacher_writes_it() -> None:
    """What we learn is a page of its own: a word met before is marked there again, and the list names both pages."""
    work = Work(entry_id="work-9", title=Passage(text="My text evidence"))
    html = page(work=(work,))
    (part,) = re.findall(r'<section class="leaf long" id="Learning">.*?</section>', html, re.DOTALL)
    assert part.count('class="sw"') == 1
    (folio,) = re.findall(r'<p class="folio">part (\d+)</p>', part)
    (listed,) = re.findall(r'<span class="sw-at">.*?</span>', html)
    assert f"part {folio}<" in listed
    assert listed.count("<a ") == 2


def test_a_home_that_reads_another_language_gets_the_translation_first() -> None:
    """Where somebody put a subject into the home's language, that comes before the teacher's own words."""
    text = Seen(page("mama")).text
    assert text.index("Buscamos pruebas en el texto.") < text.index("We look for")


def test_whom_one_can_ask_names_teachers_with_a_way_and_others() -> None:
    """Teachers stand there with how they are reached, then others of the school; who says no way is not there."""
    text = Seen(page()).text
    place = text.index("Whom you can ask", text.index("How we reach each other"))
    assert (
        text.index("Ms. Rivera", place)
        < text.index("a note in the bag", place)
        < text.index("Mr. Okoye", place)
    )
    assert "555 0101" in text[place:]
    alone = Seen(page(reach="")).text
    begins = alone.index("How we reach each other")
    assert "Ms. Rivera" not in alone[begins : alone.index("Write back to me", begins)]


def test_nothing_is_there_where_nothing_was_written() -> None:
    """Without words of the teacher neither part, nor a link to it, nor a number for it is in the file."""
    html = page(words=ClassWords(learning=(Learning(subject="Math"),)), reach="")
    assert "Learning" not in html and 'id="Ask"' not in html and "Whom you can ask" not in html
    folios = [int(n) for n in re.findall(r'<p class="folio">part (\d+)</p>', html)]
    assert folios == list(range(1, len(folios) + 1))


def test_parts_are_counted_on_without_a_gap() -> None:
    """The numbers of the parts go on without a gap through what we learn, whom to ask and the list of school words."""
    for words in (WORDS, WORDS.but(contacts=()), WORDS.but(learning=())):
        html = page(words=words, reach="" if not words.contacts else "x")
        folios = [int(n) for n in re.findall(r'<p class="folio">part (\d+)</p>', html)]
        assert folios == list(range(1, len(folios) + 1))
    assert "part 2" in Seen(page()).text


def test_the_talk_at_the_table_has_neither() -> None:
    """The presentation is the child's: what the class learns and whom to ask is not in it."""
    book = small_book()
    book = book.but(school_class=book.school_class.but(words=WORDS))
    html = render(talk_page(for_audience(book, "conference"), lambda _: b""))
    assert "text evidence" not in html and "Mr. Okoye" not in html
