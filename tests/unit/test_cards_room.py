"""The cards children come in with: what stands on them, for whom, and when a new link is made."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import AgeBand
from portfolio.moments.cards import DOES, ON_A_SHEET, groups_of, opens_here_only, sheets_of
from portfolio.moments.teacher.cards_room import CardsRoom
from portfolio.rules.door_pictures import WORDS, secret_names
from portfolio.views.on_paper import QUIET, qr, roster_picture
from portfolio.views.teacher.cards_page import Way
from tests.card_desks import Maker, body, cards_in, known, makers
from tests.hostile import TEXTS
from tests.teachers import form


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Maker]:
    """Give a way to make the desk of a small class; closes it at the end."""
    with makers(tmp_path) as maker:
        yield maker


def modules(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a QR code drawn as strokes, as (row, column) without the white around it."""
    dark, (x, y) = set(), (0, 0)
    for command, one, other in re.findall(
        r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", svg.split("stroke=")[1].split(' d="')[1]
    ):
        if command == "h":
            dark |= {(y, x + n) for n in range(int(float(one)))}
            x += int(float(one))
        elif command == "M":
            x, y = int(float(one)), int(float(other))
        else:
            x, y = x + int(float(one)), y + int(float(other))
    return {(row - QUIET, column - QUIET) for row, column in dark}


# ------------------------------------------------------------------------------------------- what is on a card


def test_the_square_is_the_link_and_nothing_else() -> None:
    """What a camera reads is the child's whole link, at error level M or better, with white around it."""
    import segno

    link = "https://books.school.example/k/k7wm-abcd-efgh-ijkm-npqr-stuv-wxyz"
    same = segno.make(link, error="m", micro=False)
    drawn = str(qr(link))
    assert modules(drawn) == {(r, c) for r, row in enumerate(same.matrix) for c, bit in enumerate(row) if bit}
    assert same.error in ("M", "Q", "H")
    wide = len(same.matrix) + 2 * QUIET
    assert f'viewBox="0 0 {wide} {wide}"' in drawn
    assert modules(drawn) != modules(str(qr(link + "x")))


def test_each_card_holds_its_own_child_and_no_other(make: Maker) -> None:
    """Name, picture and link of one child stand on its card, and of nobody else."""
    desk = make()
    keys, cards = known(desk), cards_in(body(desk))
    students = desk.store.students()
    assert len(cards) == len(students)
    for student, card in zip(students, cards, strict=True):
        text = re.sub(r"<[^>]+>", "", card)
        assert student.name in text
        assert keys[student.student_id] in text.replace(" ", "")
        assert f'data-picture="{student.picture}"' in card
        for other in students:
            if other is not student:
                assert other.name not in text and keys[other.student_id] not in text
                assert f'data-picture="{other.picture}"' not in card


def test_a_link_is_read_in_groups() -> None:
    """A key is typed in groups of four, with hyphens or without."""
    assert groups_of("k7wm-abcd-ef") == groups_of("k7wmabcdef") == ("k7wm", "abcd", "ef")


@pytest.mark.parametrize("band", get_args(AgeBand))
@pytest.mark.parametrize("way", get_args(Way))
def test_every_band_has_its_own_few_words(way: Way, band: AgeBand) -> None:
    """Each way in is told in every band; the youngest read eight words at most."""
    lines = DOES[way][band]
    assert lines and all(lines)
    if band == "k-2":
        assert sum(len(line.split()) for line in lines) <= 8


def test_eight_cards_are_on_a_sheet_and_its_back_is_empty(make: Maker) -> None:
    """Behind every sheet comes an empty page, unless the teacher says that the printer prints on one side."""
    desk = make(*(f"Child {n}" for n in range(ON_A_SHEET + 3)))
    both, one = body(desk), body(desk, "links", "front")
    sheets = re.findall(r'<section class="pcard-sheet".*?</section>', both, re.DOTALL)
    assert [len(cards_in(sheet)) for sheet in sheets] == [ON_A_SHEET, 3]
    assert both.count("pcard-back") == len(sheets)
    assert both.index("pcard-back") < both.index("Child 8") and "pcard-back" not in one
    assert "cards/links/front" in both and '"#cards/links"' in one
    assert sheets_of([]) == ()


def test_hostile_names_are_words_on_a_card(make: Maker) -> None:
    """Whatever a child is called, its card is a card, and nothing in the name is code."""
    desk = make()
    for text in TEXTS.values():
        desk.store.keep_student(desk.store.student("amal").but(name=text[:1000], picture="nonsense"))
        page = body(desk)
        assert len(cards_in(page)) == 3
        assert (
            "<script" not in page
            and "<img" not in page
            and "onerror=alert" not in re.sub(r">[^<]*<", "><", page)
        )


def test_pictures_that_are_not_ours_are_not_looked_for() -> None:
    """The name of a picture is never a way to a file."""
    assert roster_picture("../../../etc/passwd") == "" == roster_picture("nonsense")
    assert all(roster_picture(name) for name in WORDS)


# ------------------------------------------------------------------------------------------ which cards there are


def test_cards_fit_how_children_come_in(make: Maker) -> None:
    """With links a card has a link, with pictures a picture and no link, with secret pictures these two."""
    links = make()
    assert 'class="qr"' in body(links)
    pictures = dataclasses.replace(links, way_in="pictures")
    assert 'class="qr"' not in body(pictures) and "/k/" not in body(pictures)
    secret = dataclasses.replace(links, way_in="secret pictures")
    first, second = secret_names("amal", secret.folder.secret.read_bytes())
    own = links.store.student("amal").picture
    card = cards_in(body(secret))[0]
    assert re.findall(r'data-picture="([a-z]+)"', card) == [own, first, second]


def test_without_an_address_the_screen_says_how_to_get_one(make: Maker) -> None:
    """While nothing is served there are no cards with links, and a sentence instead; pictures can be printed."""
    for desk in (
        dataclasses.replace(make(), address="", way_in=""),
        dataclasses.replace(make(), way_in="pictures"),
    ):
        page = body(desk, "links")
        assert not cards_in(page) and "portfolio teacher class-4b --links" in page
        assert len(cards_in(body(desk, "pictures"))) == 3


def test_an_empty_class_says_what_comes_first(make: Maker) -> None:
    """Before there are children there are no cards and no button."""
    desk = make(links=False)
    for student in desk.store.students():
        desk.store.forget_student(student.student_id)
    page = body(desk)
    assert "Setting up" in page and "data-print" not in page and "data-do" not in page


def test_links_that_open_only_here_are_told_before_they_are_printed(make: Maker) -> None:
    """What to do stands above the button, in a teacher's words; names of options are folded away for somebody else."""
    desk = make()
    assert "only on this computer" not in body(desk)
    here = dataclasses.replace(desk, address="http://127.0.0.1:8866/")
    for page in (body(here), body(here, "one", "amal")):
        before = page[: page.index("data-print")]
        told, _, folded = before.partition("<details")
        assert "only on this computer" in told and "--" not in re.sub(r"<[^>]*>|<!--.*?-->", "", told)
        assert "portfolio teacher" in folded and "--public-url" in folded
    assert "only on this computer" not in body(here, "pictures")
    assert opens_here_only("http://localhost:1/") and opens_here_only("http://[::1]:1/")
    assert not opens_here_only("https://books.school.example/") and not opens_here_only("http://[broken")


def test_an_address_that_passes_is_told_before_cards_are_printed(make: Maker) -> None:
    """Where any free port was taken, the cards of today open nothing after the next start: said above the button."""
    desk = make()
    assert "until the program is stopped" not in body(desk)
    passing = dataclasses.replace(desk, address_passes=True)
    for page in (body(passing), body(passing, "one", "amal")):
        assert "until the program is stopped" in page[: page.index("data-print")]
    assert "until the program is stopped" not in body(passing, "pictures")


# ------------------------------------------------------------------------------------------------------ new links


def test_looking_at_cards_and_printing_again_changes_nothing(make: Maker) -> None:
    """However often the screen is shown, every card given out goes on working."""
    desk = make()
    before = known(desk)
    for at in ((), ("links",), ("links", "front"), ("one", "amal"), ("pictures",)):
        body(desk, *at)
    assert known(desk) == before


def test_children_without_a_link_get_one_when_asked_for(make: Maker) -> None:
    """A child that came later is named; its link is made by a press, and no other changes."""
    desk = make()
    before = known(desk)
    desk.store.keep_student(desk.store.student("amal").but(student_id="noor", name="Noor"))
    page = body(desk)
    assert "Noor" in page and len(cards_in(page)) == 3
    room = CardsRoom(desk)
    assert "Print" in room.do((), form("give")).say
    assert {name: key for name, key in known(desk).items() if name != "noor"} == before
    assert len(cards_in(body(desk))) == 4
    assert "Nothing was changed" in room.do((), form("give")).say


def test_a_lost_card_is_made_worthless_and_no_other(make: Maker) -> None:
    """A new link for one child ends its old card; the sentence says so."""
    desk = make()
    before = known(desk)
    outcome = CardsRoom(desk).do(("one", "amal"), form("renew"))
    assert "Amal" in outcome.say and "does not work" in outcome.say
    after = known(desk)
    assert [name for name in after if after[name] != before[name]] == ["amal"]
    assert desk.store.student_for_key(desk.fingerprint(before["amal"])) is None


def test_all_links_anew_end_every_card(make: Maker) -> None:
    """After a lost pile no old card opens anything."""
    desk = make()
    before = known(desk)
    CardsRoom(desk).do((), form("renew-all"))
    assert not set(before.values()) & set(known(desk).values())
    assert all(desk.store.student_for_key(desk.fingerprint(key)) is None for key in before.values())


def test_what_ends_cards_takes_two_steps(make: Maker) -> None:
    """Every form that makes a card worthless stands folded away, with what it does written beside its button."""
    desk = make()
    for at, form_name in (((), "renew-all"), (("one", "amal"), "renew")):
        page = body(desk, *at)
        sure = re.findall(r'<details class="sure">.*?</details>', page, re.DOTALL)
        assert any(f'data-do="{form_name}"' in one and "stops working" in one for one in sure)
        assert page.count(f'data-do="{form_name}"') == 1


@pytest.mark.parametrize(
    ("at", "what"),
    [((), "renew"), (("one", "nobody"), "renew"), ((), "fly"), (("one",), "renew"), (("links",), "x" * 9999)],
)
def test_nonsense_makes_no_link(make: Maker, at: tuple[str, ...], what: str) -> None:
    """A place or a form that is not there is a sentence; no card is touched."""
    desk = make()
    before = known(desk)
    with pytest.raises(NotFound):
        CardsRoom(desk).do(at, form(what))
    assert known(desk) == before


@pytest.mark.parametrize("at", [("fly",), ("one", "nobody"), ("links", "back"), ("front", "links"), ("one",)])
def test_a_place_that_is_not_there_is_a_sentence(make: Maker, at: tuple[str, ...]) -> None:
    """Places come from a browser: anything may stand there."""
    with pytest.raises(NotFound):
        CardsRoom(make()).show(at)


def test_a_child_whose_link_is_not_known_gets_no_card_by_itself(make: Maker) -> None:
    """Where only the fingerprint is kept, its screen says so and offers a new link; looking made none."""
    desk = make()
    before = known(desk)
    (desk.folder.path / "links.txt").unlink()
    page = body(desk, "one", "amal")
    assert not cards_in(page) and "no link that could be printed" in page and 'data-do="renew"' in page
    assert desk.store.student_for_key(desk.fingerprint(before["amal"])) == "amal"


def test_a_class_without_its_secret_has_no_secret_pictures(make: Maker) -> None:
    """A damaged secret is told; no card with wrong pictures is ever printed."""
    desk = make(way_in="secret pictures")
    desk.folder.secret.write_bytes(b"short")
    with pytest.raises(StorageTrouble):
        body(desk)
