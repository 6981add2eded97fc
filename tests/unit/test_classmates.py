"""Names of other children of the class: found in anybody's words, and a neutral word in their place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.model import (
    Book,
    Goal,
    Helper,
    Household,
    NameTick,
    Naming,
    OwnCell,
    Passage,
    Reply,
    ReplyLine,
    Strength,
    Translation,
    Work,
)
from portfolio.rules import for_audience
from portfolio.rules.classmate_words import NAME_WORDS, NEUTRAL
from portfolio.rules.classmates import classmates_of, key_of, names_in, naming_id, without_names
from portfolio.rules.unnamed import unnamed
from portfolio.testing import small_book, small_student

ROSTER = (
    "Lina Haddad", "Will Brown", "Rose", "May Chen", "Jean-Luc Picard", "Ana María de la Cruz", "Amal", "王小明", "김민준",
    "Олена Шевченко", "أمل", "لينا", "José", "Rosa", "D’Angelo", "Nguyễn Thị Hoa", "Will",
)  # fmt: skip


def book(names: tuple[str, ...] = ROSTER, **shelves: object) -> Book:
    """Return a small book of a class with these names, its own child among them."""
    made = small_book(**shelves)
    return made.but(class_names=(*names, made.student.name))


def plain(
    text: str, lang: str = "en", names: tuple[str, ...] = ROSTER, ticks: dict[str, NameTick] | None = None
) -> str:
    """Return a text as a home gets it."""
    namings = tuple(
        Naming(entry_id=naming_id(name), name=name, how=how, teacher_id="t")
        for name, how in (ticks or {}).items()
    )
    return without_names(text, lang, classmates_of(book(names=names, namings=namings)))


# --------------------------------------------------------------------------------------------- one by one


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Lina helped me.", "A classmate helped me."),
        ("I worked with Lina.", "I worked with a classmate."),
        ("i played with lina", "i played with a classmate"),
        ("We won. LINA ran!", "We won. A classmate ran!"),
        ("That is Lina's book, and Lina’s pen.", "That is a classmate's book, and a classmate’s pen."),
        ("It was Linas idea.", "It was a classmate’s idea."),
        ("My friend Lina showed me.", "My friend showed me."),
        ("My friend Lina’s dog", "My friend a classmate’s dog"),
        ("Lina, José and Rosa sang.", "Classmates sang."),
        ("I read to Lina and Lina smiled.", "I read to a classmate and a classmate smiled."),
        ("Lina Haddad and I", "A classmate and I"),
        ("Jean Luc and Jean-Luc", "A classmate and a classmate"),
        ("Ana María de la Cruz drew it.", "A classmate drew it."),
        ("d'Angelo and D’Angelo", "A classmate and a classmate"),
        ("Jose, JOSÉ, José", "A classmate, a classmate, a classmate"),
    ],
)
def test_a_name_gives_way_to_a_neutral_word(text: str, says: str) -> None:
    """However a classmate's name is written, a home reads "a classmate" in a sentence that still reads well."""
    assert plain(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "Will you help me? I will try, and then we will see.",
        "In May we went to the river. May I go again?",
        "Roses are red. A rose is a rose. I rose early.",
        "Grace and hope and joy are in my poem.",
        "I read about Rosa Parks.",
        "We sang on May Day.",
        "Lined paper, a linen bag, a line and two lines.",
        "Rosemary and Mayonnaise",
        "",
    ],
)
def test_a_word_stays_a_word(text: str) -> None:
    """A child's sentence is not turned into nonsense because somebody in the class is called Will, May or Rose."""
    assert plain(text, names=("Will", "May", "Rose", "Grace", "Hope", "Joy", "Rosa", "Lina")) == text


@pytest.mark.parametrize(
    ("lang", "text", "gone"),
    [
        ("es", "Jugué con Lina y con José.", ("Lina", "José")),
        ("de", "Ich habe mit Lina gespielt. Linas Bild ist schön.", ("Lina",)),
        ("uk", "Я грала з Оленою. Олені сподобалось.", ("Олен",)),
        ("ar", "لعبت مع لينا وساعدتني. كتاب ولينا", ("لينا",)),
        ("zh", "我和王小明一起玩。小明很好。", ("小明",)),
        ("ko", "민준이와 놀았어요. 김민준이 도와줬어요.", ("민준",)),
        ("vi", "Con chơi với Nguyễn Thị Hoa.", ("Nguyễn", "Hoa")),
        ("xx", "Lina ran", ("Lina",)),
    ],
)
def test_names_are_found_in_every_script(lang: str, text: str, gone: tuple[str, ...]) -> None:
    """Scripts without capitals, without spaces, and languages that bend names: the name is gone, in its language."""
    made = plain(text, lang)
    assert not any(name in made for name in gone)
    assert NEUTRAL.get(lang, ("…",))[0].casefold() in made.casefold() or NEUTRAL[lang][1] in made.casefold()


def test_a_word_without_capitals_needs_a_friend_beside_it() -> None:
    """In Arabic "I have hope" stays; "with Amal" and "my friend Amal" do not name her."""
    assert plain("عندي أمل كبير", "ar") == "عندي أمل كبير"
    assert "أمل" not in plain("لعبت مع أمل", "ar")
    assert plain("صديقتي أمل هنا", "ar") == "صديقتي هنا"


def test_own_people_are_no_classmates() -> None:
    """The child, its homes, who comes along and its teachers keep their names, whoever else is called so."""
    made = book(names=("Ines Koch", "Teresa", "Rivera", "Rafael", "Lina"))
    home = Household(household_id="h", label="Mama", adults=("Teresa Ruiz",), other_children="Rafael, 4")
    student = made.student.but(name="Ines Ruiz", households=(home,))
    teachers = made.school_class.but(teachers=(made.school_class.teachers[0].but(name="Ms. Rivera"),))
    who = classmates_of(made.but(student=student, school_class=teachers))
    text = "Ines, Teresa, Rafael and Ms. Rivera"
    assert without_names(text, "en", who) == text
    assert without_names("Ines Koch was there", "en", who) == "A classmate was there"
    assert without_names("Koch and Lina", "en", who) == "Classmates"


def test_ticks_decide() -> None:
    """A tick lets a name stand, calls it a word, or says that a doubtful word is a name; a part of a ticked name stands."""
    assert plain("Lina helped", ticks={"Lina": "may_be_named"}) == "Lina helped"
    assert plain("Lina helped", ticks={"lina  HADDAD": "may_be_named"}) == "Lina helped"
    assert plain("Lina Haddad helped", ticks={"Lina": "may_be_named"}) == "A classmate helped"
    assert plain("Lina beans", ticks={"Lina": "not_a_name"}) == "Lina beans"
    assert plain("Rose petals") == "Rose petals"
    assert plain("Rose petals", ticks={"Rose": "is_a_name"}) == "A classmate petals"
    assert plain("I rose early", ticks={"Rose": "is_a_name"}) == "I rose early"


def test_doubtful_words_are_shown() -> None:
    """What may be a name and stays is found all the same, so that a teacher can look at it."""
    found = names_in("Rose petals", "en", classmates_of(book()))
    assert [(one.written, one.certain) for one in found] == [("Rose", "maybe")]


# ----------------------------------------------------------------------------------------------- any text

NAMES = st.sampled_from(
    ["Lina", "Haddad", "Zoë", "Ximena", "Kwame", "Oluwaseun", "Søren", "Mateusz", "Nadia", "Bogdan"]
)
SAFE = st.sampled_from(
    [
        "the",
        "and",
        "with",
        "we",
        "said",
        "ran",
        "a",
        "big",
        "dog",
        ",",
        ".",
        "!",
        "–",
        "\n",
        "“",
        "”",
        "🙂",
        "7",
    ]
)


@given(
    st.lists(st.one_of(NAMES, SAFE), min_size=1, max_size=25),
    st.sampled_from(["en", "es", "fr", "xx"]),
    st.booleans(),
)
@example(["Lina", "Haddad", ",", "and", "Zoë"], "en", True)
def test_no_name_survives(words: list[str], lang: str, apart: bool) -> None:
    """No name of the class is left in any text, composed or decomposed, in any case, beside any sign."""
    names = ("Lina Haddad", "Zoë", "Ximena", "Kwame", "Oluwaseun", "Søren", "Mateusz", "Nadia", "Bogdan")
    text = " ".join(words)
    for one in (text, text.upper(), text.lower()):
        made = plain(unicodedata.normalize("NFD" if apart else "NFC", one), lang, names)
        left = set(key_of(made)) & {word for name in names for word in key_of(name)}
        assert not left, (one, made)


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "zh", "uk", "xx", "vi"]))
def test_a_text_without_names_stays_as_it_is(text: str, lang: str) -> None:
    """Any text at all can be looked at, and one in which nobody is named comes back letter by letter."""
    who = classmates_of(book())
    if not any(not who.stays(one) for one in names_in(unicodedata.normalize("NFC", text), lang, who)):
        assert without_names(text, lang, who) == text


@example(names=["aAA..AA"], around="")
@given(
    st.lists(st.text("abcdefgéñøßABCDEÉÑ ’'-.", min_size=1, max_size=20), min_size=1, max_size=6),
    st.text("abc ABC,.!’\n", max_size=30),
)
def test_any_list_of_children_is_looked_for(names: list[str], around: str) -> None:
    """Whatever stands on the list of children, each name on it is found in a text that says it."""
    who = classmates_of(book(names=tuple(names)))
    own = set(key_of(small_student().name))
    for name in names:
        telling = [word for word in key_of(name) if len(word) > 2 and word not in own]
        if telling:
            text = f"{around} (with {name}) {around}"
            left = key_of(without_names(text, "xx", who).partition("(with ")[2].partition(")")[0])
            assert not set(telling) & set(left), (text, left)


def test_words_in_place_name_nobody_of_ours() -> None:
    """No neutral word is a name that is looked for, and every list of name words is in small letters."""
    for one, many in NEUTRAL.values():
        assert one and many
    assert all(word == word.lower() for words in NAME_WORDS.values() for word in words)


# ------------------------------------------------------------------------------------------- the whole book


def test_every_door_of_a_home_masks_and_the_table_does_not() -> None:
    """Home and own time read "a classmate" in words, translations, lines and own cells; the child's own table names her."""
    said = Passage(
        text="Lina helped me", translations=(Translation(lang="es", text="Lina me ayudó", made_by="human"),)
    )
    goal = Goal(
        entry_id="g",
        goal=Passage(text="ask Lina"),
        helpers=(Helper(who="Lina", what=Passage(text="asks me")),),
    )
    made = book(
        strengths=(Strength(entry_id="s", what=said, quote=Passage(text="You are kind"), quote_by="Lina"),),
        goals=(goal,),
        work=(Work(entry_id="w", title=Passage(text="Lina and me"), subject="Lina’s group"),),
    )
    made = made.but(outline=(*made.outline, OwnCell(markdown="We thank Lina for the plants.")))
    home = made.student.households[0].household_id
    for audience in ("home", "own_time"):
        text = for_audience(made, audience, home).model_dump_json()
        assert "Lina" not in text
        assert "a classmate" in text and "lguien de la clase" in text
    assert "Lina" in for_audience(made, "conference").model_dump_json()


def test_a_home_gets_its_own_letter_as_it_wrote_it() -> None:
    """What a home wrote itself is not changed, and the other home does not get it."""
    student = small_student()
    first, *_ = student.households
    second = Household(household_id="second", label="Second")
    reply = Reply(
        entry_id="r",
        household_id=first.household_id,
        lines=(ReplyLine(words=Passage(text="Say hi to Lina")),),
    )
    made = book(replies=(reply.but(on="2026-11-20"),)).but(student=student.but(households=(first, second)))
    assert "Say hi to Lina" in for_audience(made, "home", first.household_id).model_dump_json()
    assert "Say hi" not in for_audience(made, "home", "second").model_dump_json()


@given(
    st.lists(
        st.one_of(NAMES, SAFE, st.sampled_from(["مع", "ولينا", "أمل", "小明", "Оленою", "Rose", "José"])),
        max_size=12,
    ),
    st.sampled_from(["en", "ar", "zh", "uk", "vi"]),
)
def test_the_quick_look_at_a_whole_book_misses_nothing(words: list[str], lang: str) -> None:
    """A copy in which only suspicious words are looked at is the same as one in which every text is read in full."""
    who = classmates_of(book((*ROSTER, "Zoë", "Kwame", "Søren", "Nadia")))
    passage = Passage(text=" ".join(words), lang=lang)
    assert unnamed(passage, who, lang).text == without_names(passage.text, lang, who)
