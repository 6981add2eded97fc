"""Before it goes home: what stands beside the book, and what is made for the table, in the right one of the two lists."""

from __future__ import annotations

from portfolio.model import Answer, Goal, ProgressNote
from portfolio.moments.home import Kit, home_file
from portfolio.moments.leaving import leaving_of
from portfolio.moments.teacher.leaving_told import home_told
from portfolio.rules.activities import Activity, Deck
from portfolio.rules.help_places import HelpPlace
from portfolio.testing import small_store
from portfolio.views.charts import draw_over_time
from portfolio.words import speak
from tests.teachers import NOW
from tests.unit.test_leaving import told, two_homes, words


def test_cards_and_places_stand_in_the_list_of_what_is_in() -> None:
    """Cards for home and places that help are in the file and in its list; a goal that is over has no cards, and that is said."""
    card = Activity(activity_id="a", bands=("k-2", "3-5", "6-8", "9-12"), what=words("MARKCARD"))
    deck, place = Deck(activities=(card,)), HelpPlace(name="MARKPLACE")
    looked = ProgressNote(on=NOW.date(), word="done")
    for progress, there in (((), True), ((looked,), False)):
        book = two_homes(goals=(Goal(entry_id="g", goal=words("read"), progress=progress),))
        kit = Kit(small_store(book), draw_over_time, activities=deck, help_places=(place,))
        found, page = leaving_of(book, "papa", kit), str(home_file(book, "papa", kit).page)
        seen = home_told(found, speak("en"))
        inside, out = [title for title, _ in seen.pages], " ".join(seen.out)
        assert ("Short things to do together" in inside) == ("MARKCARD" in page) == there
        assert ("no goal it could go with: “Short things to do together”" in out) == (not there)
        assert "Places that help" in inside and "MARKPLACE" in page
    nothing = home_told(told(book)[0], speak("en"))
    assert not {"Short things to do together", "Places that help"} & {title for title, _ in nothing.pages}
    assert "Short things" not in " ".join(nothing.out)


def test_questions_for_the_table_are_in_no_copy_and_that_is_said() -> None:
    """Cards to ask from are used at the meeting: no file has them, and the preview does not say it has."""
    answer = Answer(entry_id="q", section="ask_me", prompt="cards", words=words("MARKASK"))
    book = two_homes(answers=(answer,))
    found, page = told(book)
    assert "MARKASK" not in page and "ask_me" not in {one.section for one in found.pages}
    assert ("ask_me", "for_table") in {(one.section, one.why) for one in found.left}
    assert any(line.startswith("Made for the meeting only:") for line in home_told(found, speak("en")).out)
    empty = {(one.section, one.why) for one in told(two_homes())[0].left}
    assert ("ask_me", "nothing_said") in empty
