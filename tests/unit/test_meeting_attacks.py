"""What was tried against the meeting, and no longer works: private words brought out, archives that tell, silent pages."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio.carry.answers import Answer, Carrier
from portfolio.errors import InputRefused, StorageTrouble
from portfolio.model import Meeting, Passage, Reply, ReplyLine, ToTeacher
from portfolio.moments.archive_in import take_in
from portfolio.moments.archiving import archive_class
from portfolio.moments.conference.family_room import FamilyRoom
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.turn import said_part, turn_do
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.room import Asked, Brought
from portfolio.rules.at_table import answers_at_table
from portfolio.serve.room_hosts import FAMILY, RoomHost
from portfolio.widgets.table_host import OpenTable
from portfolio.words import speak
from tests.meetings import DAD, MAMA, at, of_kind, photo, table, voice
from tests.teachers import NOW, form, sample_folder


@pytest.fixture
def deck(tmp_path: Path) -> Iterator[Table]:
    """Return the deck of Mateo, whose meeting with his first home is held."""
    folder = sample_folder(tmp_path)
    store = folder.store()
    made = table(folder, store, "mateo")
    held = Meeting(entry_id="meeting-now", household_id=MAMA, began=NOW)
    store.keep(made.portfolio_id, held, expected=0, by="teacher:t", at=NOW)
    yield made
    store.close()


def phone(deck: Table, home: str = MAMA) -> FamilyRoom:
    """Return a home's own page."""
    return FamilyRoom(table(deck.folder, deck.store, "mateo", home))


def write(deck: Table, words: str, *, share: bool, give: bool) -> None:
    """Let Mamá write a letter on her own phone."""
    told = {
        "letter-own": words,
        "lang": "es",
        **({"share": "1"} if share else {}),
        **({"how": "give"} if give else {}),
    }
    phone(deck).do(at("Mamá", "letter"), form("answer", version=0, **told))


def say(deck: Table, words: str, *, share: bool = True) -> None:
    """Let somebody at the table write a letter as Mamá: nobody asks who it is."""
    told = {"from": f"{MAMA}/0", "way": "letter", "letter-own": words, "lang": "es"}
    values = {name: (text,) for name, text in {**told, **({"share": "1"} if share else {})}.items()}
    turn_do(deck, Asked("turn-give", values))


def letters(deck: Table) -> list[Reply]:
    """Return what Mamá has said here."""
    return [one for one in of_kind(deck, Reply) if one.who == "Mamá" and one.entry_id.startswith("reply-")]


# ------------------------------------------------------------------------------------- words that are private


@pytest.mark.parametrize(("share", "give"), [(False, True), (True, False), (False, False)])
def test_words_on_the_deck_bring_out_no_private_ones(deck: Table, share: bool, give: bool) -> None:
    """Below words a home keeps to itself, or has only begun, the deck writes nothing: its own stand apart, once."""
    write(deck, "SECRETO", share=share, give=give)
    for _ in range(2):
        say(deck, "VISIBLE")
    here, _ = answers_at_table(deck.book)
    shown = said_part(deck, deck.book)
    assert "SECRETO" not in shown and "VISIBLE" in shown
    assert [line.words.text for one in here if one.who == "Mamá" for line in one.lines] == ["VISIBLE"]
    private, aloud = letters(deck)
    assert (private.share_with_child, bool(private.on)) == (share, give)
    assert private.lines[0].words.text == "SECRETO" and aloud.on == NOW.date()


def test_quiet_words_on_the_deck_hide_none_that_were_shown(deck: Table) -> None:
    """Words the child shall not read, given on the deck, stand apart too: those it may read stay where they are."""
    write(deck, "VISIBLE", share=True, give=True)
    say(deck, "SECRETO", share=False)
    say(deck, "MAS")
    shown = said_part(deck, deck.book)
    assert "SECRETO" not in shown and "VISIBLE" in shown and "MAS" in shown
    assert sorted((one.share_with_child, one.lines[0].words.text) for one in letters(deck)) == [
        (False, "SECRETO"),
        (True, "VISIBLE\n\nMAS"),
    ]


def test_a_home_takes_back_what_was_said_on_the_deck(deck: Table) -> None:
    """An answer that stands apart is on the home's own page as well, and goes when the home takes it back."""
    write(deck, "SECRETO", share=False, give=True)
    say(deck, "VISIBLE")
    aloud = letters(deck)[1]
    assert "VISIBLE" in phone(deck).show(at("Mamá", "said")).body
    phone(deck).do(at("Mamá", "said"), form("take-back", version=1, reply=aloud.entry_id))
    assert [one.lines[0].words.text for one in letters(deck)] == ["SECRETO"]


@pytest.mark.parametrize(
    ("screen", "raw"), [("drawing", photo()), ("voice", voice())], ids=["drawing", "voice"]
)
def test_the_same_file_once_more_may_become_private(deck: Table, screen: str, raw: bytes) -> None:
    """Whoever brings it again without the tick has it private, as the page says; and the page goes on so."""

    def bring(**told: str) -> str:
        asked = form("bring", Brought("file", "x", raw), version=None, lang="es", **told)
        return phone(deck).do(at("Mamá", screen), asked).say

    def ticked() -> bool:
        tick = phone(deck).show(at("Mamá", screen)).body.partition('name="share"')[2].partition(">")[0]
        return "checked" in tick

    assert ticked()
    bring(share="1")
    assert [one.share_with_child for one in letters(deck)] == [True] and ticked()
    assert bring() == speak("es")("It is kept. {name} does not see it.", name="Mateo")
    (only,) = letters(deck)
    assert not only.share_with_child and not ticked()
    assert not [one for one in answers_at_table(deck.book)[0] if one.who == "Mamá"]


def test_words_that_were_only_begun_go_into_no_file(deck: Table) -> None:
    """A letter that was begun and not given is in no home's file; given it is, and so is one that came from elsewhere."""
    old = Reply(
        entry_id="letter-1",
        household_id=MAMA,
        who="Abuelo",
        form="letter",
        lines=(ReplyLine(words=Passage(text="ANTES")),),
    )
    deck.store.keep(deck.portfolio_id, old, expected=0, by="teacher:t", at=NOW)
    write(deck, "BORRADOR", share=True, give=False)
    draw = kept_charts(deck.folder.charts)
    made = home_html(deck.book, MAMA, deck.store, draw)
    assert "BORRADOR" not in made and "ANTES" in made
    done = form("answer", version=1, **{"letter-own": "BORRADOR", "lang": "es", "share": "1", "how": "give"})
    phone(deck).do(at("Mamá", "letter"), done)
    assert "BORRADOR" in home_html(deck.book, MAMA, deck.store, draw)


# ------------------------------------------------------------------------------------------------- archives


def inside(path: Path) -> bytes:
    """Return all that stands in an archive."""
    with zipfile.ZipFile(path) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def test_an_archive_of_one_child_holds_nothing_told_to_the_teacher_alone(deck: Table, tmp_path: Path) -> None:
    """Words for the teacher, their history and recordings stay out of an archive of named children, which says so; a whole class's has them."""
    for home, who in ((MAMA, "A"), (DAD, "B")):
        note = ToTeacher(
            entry_id=f"note-{who.lower()}", household_id=home, who=who, words=Passage(text=f"ALONE-{who}")
        )
        deck.store.keep(deck.portfolio_id, note, expected=0, by=f"family:{home}", at=NOW)
    speech, told = speak("en"), b"What homes told the teacher alone is not in this file."
    one = archive_class(
        deck.folder, tmp_path / "one.zip", made_at=NOW, say=speech, students=["mateo"], history=True
    )
    whole = archive_class(deck.folder, tmp_path / "all.zip", made_at=NOW, say=speech, history=True)
    assert b"ALONE-" not in inside(one.path) and b"note-" not in inside(one.path) and told in inside(one.path)
    assert b"ALONE-A" in inside(whole.path) and told not in inside(whole.path)
    (back,) = take_in(deck.folder, one.path, at=NOW)
    assert back.portfolios == () and deck.portfolio_id in back.already
    assert len(deck.store.portfolio(deck.portfolio_id).to_teacher) == 2


def test_an_archive_with_other_words_is_refused_as_before(deck: Table, tmp_path: Path) -> None:
    """What is left out on purpose excuses no other difference."""
    made = archive_class(deck.folder, tmp_path / "a.zip", made_at=NOW, say=speak("en"), students=["mateo"])
    write(deck, "NUEVO", share=True, give=True)
    with pytest.raises(InputRefused):
        take_in(deck.folder, made.path, at=NOW)


# --------------------------------------------------------------------------------------------- trouble on disk


def carriers(deck: Table) -> tuple[Carrier, Carrier]:
    """Return the deck and a home's page, both open."""
    family = table(deck.folder, deck.store, "mateo", MAMA)
    return Carrier(OpenTable(deck)), Carrier(RoomHost(FAMILY, family, mark="m"))


def asked(carrier: Carrier, rev: int, **told: Any) -> Answer:
    """Return the answer to a message."""
    return carrier.hear({"rev": rev, "place": told.pop("place", ""), **told}, told.pop("files", []))[0]


def test_a_class_that_cannot_be_read_is_told_in_a_sentence(deck: Table) -> None:
    """The language of a page stands in the class: with the class unreadable every question still has an answer in words."""
    pages = carriers(deck)
    deck.folder.database.write_bytes(b"x" * 4096)
    place = "family/" + "/".join(at("Mamá", "letter"))
    for page, do in zip(
        pages, ({"what": "finish", "place": "talk"}, {"what": "answer", "place": place}), strict=True
    ):
        for n, told in enumerate(
            (
                {"type": "do", **do},
                {"type": "go", "to": ""},
                {"type": "look", "place": do["place"], "seen": "old"},
            ),
            start=1,
        ):
            answer = asked(page, n, **told)
            assert (answer["type"], answer["rev"]) == ("refused", n)
            assert "class.sqlite" in answer["sentence"] and "/" not in answer["sentence"]
    assert "dañado" in asked(pages[1], 9, type="go", to="family/es")["sentence"]


def test_no_page_of_the_meeting_names_a_folder_of_the_computer(deck: Table) -> None:
    """Trouble with a file is told by its last name, also inside of other trouble; a folder never stands in a sentence."""
    where = deck.folder.media / "mateo"
    inner = StorageTrouble("{path} cannot be read ({why}).", path=where, why="no")
    rooms: tuple[Any, ...] = (
        OpenTable(deck),
        RoomHost(FAMILY, table(deck.folder, deck.store, "mateo", MAMA), mark="m"),
    )
    for page, sentence in zip(
        rooms, ("mateo cannot be read (no).", "mateo no se puede leer (no)."), strict=True
    ):
        for error in (
            inner,
            StorageTrouble("Nothing was kept: {why}", why=inner),
            StorageTrouble("{all}", all=[inner]),
        ):
            told = page.say(error)
            assert sentence in told and str(where.parent) not in told
