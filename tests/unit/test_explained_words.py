"""School words on a family's page: marked once a section, explained in a language they read, and no letter lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.views import explained
from portfolio.views.explained import Piece, SchoolWords, cut, explanation, lines_of
from portfolio.words.glossary import Glossary, from_data, layered
from portfolio.words.terms import Finding

DATA = {
    "tr": {"es": {"status": "draft"}, "pt": {"status": "human"}},
    "entries": [
        {
            "id": "rubric",
            "term": "rubric",
            "plain": "A list that says what good work has.",
            "tr": {"es": {"term": "rúbrica", "plain": "Una lista de lo que tiene un buen trabajo."}},
        },
        {
            "id": "exit-ticket",
            "term": "exit ticket",
            "plain": "A question at the end of a lesson.",
            "tr": {"pt": {"plain": "Uma pergunta no fim da aula."}},
        },
        {"id": "iep", "term": "IEP", "kind": "acronym", "plain": "A plan <for> one child & “no other”."},
    ],
}
GLOSSARY = from_data(DATA)


def words(*languages: str, glossary: Glossary = GLOSSARY) -> SchoolWords:
    """Return a page's school words for readers of these languages."""
    return SchoolWords(glossary, languages or ("en",))


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    """Return the marked words of a text."""
    return [piece.text for piece in pieces if piece.mark]


# ------------------------------------------------------------------------------------------ pieces


def test_a_text_comes_back_in_pieces() -> None:
    """What stands between two school words is one piece, each word one of its own."""
    pieces = words().pieces("My rubric and my exit ticket.")
    assert [piece.text for piece in pieces] == ["My ", "rubric", " and my ", "exit ticket", "."]
    assert marked(pieces) == ["rubric", "exit ticket"]


def test_signs_outside_of_the_first_plane_move_no_mark() -> None:
    """After emoji and a family joined of four the marks are still round the words."""
    assert marked(words().pieces("👩‍👧‍👦🦔 My rubric 🎻 is é here.")) == ["rubric"]


@given(
    st.lists(
        st.sampled_from(
            ["rubric", "Exit tickets", "IEP", " ", "\n", "\r\n", "\u00ad", "🦔", "<b>", "a", "—", "."]
        )
        | st.text(max_size=8),
        max_size=30,
    )
)
def test_joined_pieces_are_the_text(parts: list[str]) -> None:
    """Whatever somebody wrote, the pieces joined are exactly that, and none is empty."""
    text = "".join(parts)
    pieces = words().pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    lines = lines_of(words().pieces(text))
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_cutting_loses_nothing(text: str, places: list[int]) -> None:
    """Cut at any findings that lie side by side, a text is whole again when joined."""
    edges = sorted({min(place, len(text)) for place in places})
    found = [Finding(a, b, "x") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    assert "".join(part for part, _ in cut(text, found)) == text


def test_a_word_on_two_lines_is_marked_on_the_first() -> None:
    """A term with a line break inside has one mark, and both lines keep their words."""
    lines = words().lines("My exit\nticket is here.\n\n")
    assert [[(piece.text, bool(piece.mark)) for piece in line] for line in lines] == [
        [("My ", False), ("exit", True)],
        [("ticket", False), (" is here.", False)],
    ]
    assert next(p.mark.written for p in lines[0] if p.mark) == "exit ticket"


def test_empty_lines_part_paragraphs() -> None:
    """An empty line, or one of white space, begins a paragraph; no paragraph is empty."""
    found = words().paragraphs("\r\none\r\ntwo\n \n\nmy rubric\n")
    assert [["".join(p.text for p in line) for line in lines] for lines in found] == [
        ["one", "two"],
        ["my rubric"],
    ]


# ---------------------------------------------------------------------------------- once a section


def test_a_word_is_explained_once_a_section() -> None:
    """The first use in each section is marked, in whatever text it stands; the second is not."""
    school = words()
    school.begin(2)
    assert marked(school.pieces("A rubric. Two rubrics.")) == ["rubric"]
    assert marked(school.pieces("The rubric again.")) == []
    school.begin(3)
    assert marked(school.pieces("The rubric again.")) == ["rubric"]


def test_a_word_that_is_fine_stays_unmarked_on_its_page() -> None:
    """Where its writer said that a word is fine it is not marked; on the next page it is."""
    school = words()
    school.begin(2, ("rubric",))
    assert marked(school.pieces("A rubric and an IEP.")) == ["IEP"]
    school.begin(3)
    assert marked(school.pieces("A rubric.")) == ["rubric"]


def test_a_word_its_writer_explains_is_not_explained_again() -> None:
    """Behind "…, which is a list" the same section marks nothing more."""
    school = words()
    school.begin(2)
    assert marked(school.pieces("We got a rubric, which is a list of things.")) == []
    assert marked(school.pieces("The rubric helped.")) == []


def test_perhaps_is_not_shown_to_a_family() -> None:
    """A word that only may be a school word is left alone."""
    unsure = from_data(
        [{"id": "station", "term": "station", "plain": "A table.", "match": {"cue": {"near": ["math"]}}}]
    )
    assert marked(words(glossary=unsure).pieces("We met at the station.")) == []
    assert marked(words(glossary=unsure).pieces("We met at the math station.")) == ["station"]


def test_paper_says_it_at_the_first_use_in_the_file() -> None:
    """Brackets follow the first use, and once more where the short print would else have none."""
    school = words()
    told = []
    for page, long in ((2, True), (3, True), (4, False), (5, False)):
        school.begin(page, long=long)
        told += [piece.mark.on_paper for piece in school.pieces("A rubric.") if piece.mark]
    assert told == ["always", "", "short", ""]


def test_the_list_has_each_word_once_by_the_alphabet() -> None:
    """The list names every word that was explained, sorted, with each place it stands at and its page."""
    school = words()
    for page in (2, 5):
        school.begin(page)
        school.pieces("My rubric, my IEP, my exit ticket.")
    assert [(one.written, one.places) for one in school.words] == [
        ("exit ticket", ((3, 2), (6, 5))),
        ("IEP", ((2, 2), (5, 5))),
        ("rubric", ((1, 2), (4, 5))),
    ]


def test_the_list_shows_a_word_as_it_was_written() -> None:
    """A word written otherwise than a school prints it is listed as written, and the printed one is told apart."""
    own = from_data(
        [
            {
                "id": "b",
                "term": "benchmark assessment",
                "plain": "A test.",
                "match": {"variants": ["fall benchmark"]},
            },
            {"id": "e", "term": "exit ticket", "plain": "A question."},
        ]
    )
    school = words(glossary=own)
    school.pieces("Exit tickets and the fall benchmark.")
    assert [(one.written, one.printed) for one in school.words] == [
        ("Exit tickets", ""),
        ("fall benchmark", "benchmark assessment"),
    ]


# -------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("languages", "term", "lang", "draft"),
    [
        (("es", "en"), "rubric", "es", True),
        (("es-MX",), "rubric", "es", True),
        (("en", "es"), "rubric", "en", False),
        (("vi",), "rubric", "en", False),
        (("ht", "es"), "rubric", "es", True),
        (("pt-BR",), "exit-ticket", "pt", False),
    ],
)
def test_the_explanation_is_in_a_language_they_read(
    languages: tuple[str, ...], term: str, lang: str, draft: bool
) -> None:
    """The first of the readers' languages the glossary has is taken, else English; a draft is called one."""
    told = explanation(GLOSSARY.term(term), languages)
    assert (told.lang, told.draft) == (lang, draft)


def test_a_name_that_stays_the_same_is_said_once() -> None:
    """Where the translation keeps the word as it is, it is not printed twice."""
    falcon = from_data(
        [
            {
                "id": "f",
                "term": "Falcon time",
                "plain": "A.",
                "tr": {"es": {"term": "Falcon Time", "plain": "B."}},
            }
        ]
    )
    assert explanation(falcon.term("f"), ("es",)).here == ""
    assert explanation(GLOSSARY.term("rubric"), ("es",)).here == "rúbrica"


def test_a_classs_own_word_is_explained() -> None:
    """A word of the class's glossary is marked, one it takes away is not."""
    own = layered(
        GLOSSARY,
        from_data(
            [
                {"id": "falcon", "term": "Falcon time", "plain": "A quiet half hour."},
                {"id": "rubric", "off": True},
            ]
        ),
    )
    assert marked(words(glossary=own).pieces("In Falcon time I read the rubric.")) == ["Falcon time"]


def test_a_text_that_two_homes_read_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found in a text is kept for the next page, by the glossary it was found with."""
    import portfolio.words

    glossary, searched = from_data(DATA), []
    real = portfolio.words.find

    def watched(text: str, given: Glossary) -> list[Finding]:
        searched.append(text)
        return real(text, given)

    monkeypatch.setattr(portfolio.words, "find", watched, raising=False)
    for _ in range(2):
        assert marked(words(glossary=glossary).pieces("A rubric only here.")) == ["rubric"]
    assert searched == ["A rubric only here."]
    assert marked(words(glossary=from_data([])).pieces("A rubric only here.")) == []


def test_no_text_is_kept() -> None:
    """What is kept for the next page names no words of a child."""
    words().pieces("A rubric about a secret.")
    assert "secret" not in repr(dict(explained._KEPT))
