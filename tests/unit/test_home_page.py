"""The file for a home as a page: languages, pictures that grow, the short version, and where everything leads."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.model import (
    Answer,
    Book,
    LookHere,
    Passage,
    Picture,
    Strength,
    Translation,
    Work,
)
from portfolio.moments.home import home_html
from portfolio.rules import for_audience
from portfolio.rules.short import SHORT
from portfolio.testing import dots, small_book, small_store
from portfolio.views.charts import draw_over_time
from portfolio.views.pages import render, talk_page
from portfolio.views.places import Places
from portfolio.words import speak
from tests.unit.test_pages import SHA, Tags, home

AGAIN = "as Inés wrote it"


def test_each_passage_has_its_own_language() -> None:
    """In a Spanish page an English sentence is marked as English and finds its own direction."""
    tags = Tags(home(small_book(), "mama"))
    assert tags.all("html")[0]["lang"] == "es"
    english = [attrs for name, attrs in tags.tags if attrs.get("lang") == "en" and name in ("p", "span")]
    assert english
    assert all(attrs.get("dir") == "auto" for attrs in english)


def test_an_arabic_page_runs_from_right_to_left_and_brings_its_letters() -> None:
    """The page's direction follows its language, and Arabic letters bring their font along."""
    book = small_book()
    homes = (book.student.households[0].but(reads=("ar", "en")),)
    page = home(book.but(student=book.student.but(households=homes)), "mama")
    assert Tags(page).all("html")[0]["dir"] == "rtl"
    assert "Naskh" in page
    assert 'Naskh Arabic";font-weight' not in home(small_book())


def test_a_translation_that_nobody_checked_says_so() -> None:
    """A draft comes first, says that it is a draft, and the child's own words follow."""
    words = Passage(
        text="I love maps.", translations=(Translation(lang="es", text="Me encantan los mapas."),)
    )
    answer = Answer(entry_id="welcome.today", section="welcome", prompt="today", words=words)
    texts = " ".join(Tags(home(small_book(answers=(answer,)), "mama")).texts)
    first, second = texts.index("Me encantan los mapas."), texts.index("I love maps.")
    assert first < second
    assert speak("es")("draft translation") in texts


def test_every_picture_has_words() -> None:
    """A picture nobody has described says who chose it, never a file name."""
    bare = small_book(work=(Work(entry_id="w", pictures=(Picture(sha256=SHA, width=9, height=9),)),))
    images = Tags(home(bare)).all("img")
    assert images
    assert all("Inés" in str(image["alt"]) for image in images)


def test_a_beginning_of_ours_never_stands_before_words_of_a_language_we_have_not() -> None:
    """Where we have no Turkish texts, Turkish words stand alone and the whole sentence follows in the child's language."""
    words = Passage(
        text="drawing maps",
        translations=({"lang": "tr", "text": "harita çizmek"}, {"lang": "es", "text": "dibujar mapas"}),  # type: ignore[arg-type]  # read by the record
    )
    book = small_book(strengths=(Strength(entry_id="strength-1", what=words),))
    turkish = home_for(book, ("tr",))
    assert ">harita çizmek<" in turkish
    assert "<b>One thing I do well is</b> harita" not in turkish
    assert "<b>One thing I do well is</b> drawing maps" in turkish
    spanish = home_for(book, ("es",))
    assert "</b> dibujar mapas" in spanish


def home_for(book: Book, reads: tuple[str, ...]) -> str:
    """Return the file of the first home of a book, as if it read these languages."""
    home = book.student.households[0].but(reads=reads)
    book = book.but(student=book.student.but(households=(home,)))
    return str(home_html(book, home.household_id, small_store(book), draw_over_time))


def said_in(text: str, **others: str) -> Passage:
    """Return words in English with draft translations."""
    return Passage(
        text=text, translations=tuple(Translation(lang=lang, text=t) for lang, t in others.items())
    )


def bilingual(**more: Any) -> Book:
    """Return a book of which a title and a reason are translated, another reason is not."""
    picture = dots(0).but(
        alt=said_in("Dots on paper", es="Puntos en papel", ar="نقاط"),
        caption=said_in("CAPTION", es="PIE", ar="شرح"),
        looks=(LookHere(x=0.2, y=0.3, words=said_in("MARK", es="MARCA", ar="علامة")),),
    )
    pieces = (
        Work(
            entry_id="work-1",
            title=said_in("TITLE", es="TITULO", ar="عنوان"),
            why=said_in("REASON", es="RAZON", ar="سبب"),
            pictures=(picture,),
        ),
        Work(entry_id="work-2", title=Passage(text="UNTOLD")),
    )
    return small_book(work=pieces, **more)


def parts_of(page: str) -> tuple[str, str]:
    """Return the first telling and the second one (empty where there is none), styles left out."""
    body = page[page.index("<body") :]
    at = body.find('id="again"')
    end = body.index('id="answer"')
    return (body[:end], "") if at < 0 else (body[:at], body[at:end])


def all_lead_somewhere(page: str) -> None:
    """Check that no id stands twice and every link inside of the page has its place."""
    tags = Tags(page)
    ids = [str(a["id"]) for _, a in tags.tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = {str(a["href"])[1:] for n, a in tags.tags if n == "a" and str(a.get("href")).startswith("#")}
    assert links <= set(ids)


@pytest.mark.parametrize(
    ("reads", "first", "own_first"),
    [
        (("es",), "RAZON", False),
        (("es", "en"), "RAZON", False),
        (("ar", "en"), "سبب", False),
        (("en", "es"), "REASON", True),
    ],
)
def test_the_language_of_the_home_comes_first_and_whole(
    reads: tuple[str, ...], first: str, own_first: bool
) -> None:
    """Translated words stand without the original below; the whole book follows as it was written, before the letter."""
    page = home_for(bilingual(), reads)
    told, again = parts_of(page)
    assert first in told
    assert ("REASON" in told) == own_first
    assert bool(again) == (not own_first)
    if again:
        assert all(
            word in again for word in ("TITLE", "REASON", "UNTOLD", "CAPTION", "MARK", "Dots on paper")
        )
        assert not any(word in again for word in ("RAZON", "سبب", "MARCA"))
        assert AGAIN in again
        assert all(word not in told for word in ("CAPTION", "MARK", "Dots on paper"))
    all_lead_somewhere(page)


def test_the_bytes_of_a_picture_are_in_a_file_once_for_both_languages() -> None:
    """The second telling shows nothing again: it leads to the place where the picture stands."""
    told, again = parts_of(home_for(bilingual(), ("es",)))
    assert "data:image" in told
    assert not re.search(r"<(img|audio|video|svg class=.chart)", again)
    places = re.findall(r'class="see"><a href="#(P\d+)"', again)
    assert places
    shown = re.findall(r'<figure class="(?:tip|medium|fig)[^"]*" id="(P\d+)"', told)
    assert set(places) <= set(shown)


def test_both_languages_are_named_at_the_top_each_in_itself() -> None:
    """The switch is plain links with the language of each, in its own name; one language needs none."""
    page = home_for(bilingual(), ("ar",))
    links = [a for a in Tags(page[: page.index("</nav>")]).all("a") if "hreflang" in a]
    assert [(a["href"], a["hreflang"], a["lang"]) for a in links] == [
        ("#two", "ar", "ar"),
        ("#again", "en", "en"),
    ]
    assert ">العربية</a>" in page
    assert ">English</a>" in page
    assert '<div lang="en" dir="ltr">' in parts_of(page)[1]
    assert "hreflang" not in home_for(bilingual(), ("en",))


def test_nothing_is_told_twice_where_nothing_has_been_translated() -> None:
    """Without a translation the words stand in the first telling already, and the page says in which language."""
    book = small_book(work=(Work(entry_id="work-1", title=Passage(text="TITLE")),))
    page = home_for(book, ("es",))
    assert 'id="again"' not in page
    assert "TITLE" in page
    assert "inglés" in Tags(page[page.index("<body") :]).texts.__str__()


def test_words_nobody_translated_say_their_language_where_most_are_translated() -> None:
    """Few foreign words among many translated ones say which language they are; the words stay as they are."""
    many = tuple(Strength(entry_id=f"s-{n}", what=said_in(f"S{n}", es=f"F{n}")) for n in range(60))
    (one, other) = bilingual().portfolio.work
    few = home_for(small_book(work=(one, other), strengths=many), ("es",))
    mark = r'<span lang="en" dir="auto">UNTOLD</span> <span class="small">\(\w* ?inglés\)'
    assert re.search(mark, few.replace("in inglés", "en inglés"))
    assert not re.search(mark, home_for(bilingual(), ("es",)).replace("in inglés", "en inglés"))


def test_a_language_without_our_texts_is_told() -> None:
    """Where we have no texts of our own they stand in English, and the file says so; translations stand all the same."""
    words = said_in("REASON", vi="LY DO")
    book = small_book(work=(Work(entry_id="work-1", title=Passage(text="T"), why=words),))
    told, again = parts_of(home_for(book, ("vi",)))
    assert "We have no texts of our own in Tiếng Việt yet." in told
    assert "LY DO" in told
    assert "REASON" in again
    assert "We have no texts" not in home_for(book, ("es",))


def test_every_picture_can_become_larger_and_leads_back() -> None:
    """Each picture has a button for its own popover, and links for browsers without: the same bytes; a talk has neither."""
    book = bilingual()
    page = home(book)
    tags = Tags(page)
    mounts = [str(a["id"]) for n, a in tags.tags if n == "span" and a.get("class") == "mount" and "id" in a]
    assert len(mounts) == len(tags.all("img")) >= 1
    popovers = [str(a["id"]) for a in tags.all("span") if a.get("class") == "large" and "popover" in a]
    buttons = [str(a["popovertarget"]) for a in tags.all("button") if a.get("class") == "zoom"]
    assert popovers == buttons == [f"{one}p" for one in mounts]
    assert not re.search(r'<span class="large"[^>]*>[^<]', page)  # a page without its styles hides no picture
    larger = {a["id"]: a for a in tags.all("a") if a.get("class") == "zoom"}
    back = {a["href"] for a in tags.all("a") if a.get("class") == "unzoom"}
    assert {a["href"] for a in larger.values()} == {f"#{i}" for i in mounts}
    assert back == {f"#{i}" for i in larger}
    assert all(a["aria-label"] for a in larger.values())
    assert "zoom" not in render(talk_page(for_audience(book, "conference"), lambda _: b"RIFF"))


def test_words_too_long_for_the_short_version_are_a_link_away_and_not_cut() -> None:
    """A long strength is led to where it stands whole; one that is short enough stands there itself."""
    long = "word " * SHORT
    strengths = (
        Strength(entry_id="strength-1", what=Passage(text=long.strip())),
        Strength(entry_id="strength-2", what=Passage(text="drawing maps")),
    )
    page = home(small_book(strengths=strengths))
    short = page[page.index('id="two"') : page.index("</ul>", page.index('id="two"'))]
    assert "drawing maps" in short
    assert "word" not in Tags("<p>" + short.split('<ul class="short">')[1]).texts.__str__()
    assert '<a href="#strengths">' in short
    assert long.strip() in page


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.text(min_size=1, max_size=400).filter(str.strip), min_size=1, max_size=3),
    reads=st.sampled_from([("en",), ("es",), ("ar", "en"), ("vi",), ("zz",)]),
    translated=st.booleans(),
)
def test_every_link_has_its_place_whatever_is_written(
    texts: list[str], reads: tuple[str, ...], translated: bool
) -> None:
    """Ids are there once and links lead to them for any words and any language."""
    made = tuple(
        Strength(
            entry_id=f"strength-{n}",
            what=said_in(text, **({reads[0]: text} if translated and reads[0] != "en" else {})),
            pictures=(Picture(sha256=SHA, width=9, height=9),),
        )
        for n, text in enumerate(texts)
    )
    book = small_book(strengths=made)
    household = book.student.households[0].but(reads=reads)
    all_lead_somewhere(
        home(book.but(student=book.student.but(households=(household,))), household.household_id)
    )


def test_the_kth_mention_leads_to_the_kth_place() -> None:
    """A picture that stands twice has two places; a thing that was never shown has none."""
    first = Places("zoom")
    places = [first.at("a"), first.at("b"), first.at("a")]
    again = first.back()
    assert [again.at("a"), again.at("a"), again.at("b"), again.at("a")] == [
        places[0],
        places[2],
        places[1],
        places[2],
    ]
    assert again.at("c") == Places().at("a") == again.larger() == ""
    assert len(set(places)) == 3
