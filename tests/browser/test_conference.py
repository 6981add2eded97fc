# long: one meeting from its first screen to the files that go home
"""A whole meeting, in three browsers: the child leads by keys, two homes answer in their languages, everything is kept."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from portfolio.model import Cue, Household, Passage, Portfolio
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.meeting_papers import meeting_papers
from portfolio.moments.own_time import send_packs
from portfolio.moments.quick_look import quick_look_of
from portfolio.serve import passes
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.live import Live
from portfolio.words import speak
from tests.browser.served import Served, sample, serving
from tests.browser.test_together import KEPT, saved, turn_to
from tests.kernels import kill_kernel

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket

pytestmark = pytest.mark.more

WAIT = 60_000
CHILD = "Mateo"
MAMA, TETA = "mama-y-abuelo", "dad"
"""The two homes of the sample child; the second one reads Arabic here."""
CUE, ALONE = "CUEMARK breathe first", "ALONEMARK quiero hablar de la lectura"
SPANISH = "VEO que cuentas en voz alta"
ARABIC = "رأيتك تشرح لأخيك"
GOAL, PROMISE, HELP = (
    "GOALMARK read to Abuelo on Sundays",
    "PROMISEMARK I choose the book",
    "HELPMARK he listens",
)


@dataclass
class Wires:
    """Everything a browser got: pages, answers, and what came over its websockets."""

    got: list[str] = field(default_factory=list)

    def tap(self, context: BrowserContext) -> None:
        """Listen to every page of a browser."""
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)
        page.on("console", lambda message: self.got.append(message.text))

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda told: self.got.append(_text(told)))


def _text(told: str | bytes) -> str:
    return told if isinstance(told, str) else told.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade; Mateo's second home reads Arabic, and Mateo has written a cue line."""
    folder = sample("class-4b", tmp_path_factory.mktemp("conference") / "class-4b")
    store = folder.store()
    student = store.student("mateo")
    homes = tuple(_in_arabic(one) if one.household_id == TETA else one for one in student.households)
    store.keep_student(student.but(households=homes))
    cue = Cue(entry_id="cue-first", step="welcome", words=Passage(text=CUE))
    now = datetime.now(UTC)
    store.keep(store.rounds("mateo")[-1].portfolio_id, cue, expected=0, by="student", at=now)
    store.close()
    with serving(folder, links=True) as open_class:
        yield open_class


def _in_arabic(home: Household) -> Household:
    return home.but(label="Baba", adults=("Baba",), reads=("ar",), speaks=("ar",))


def way_to(served: Served, household_id: str) -> str:
    """Return the address of a home's pass, as the square on the deck holds it."""
    store = served.folder.store()
    class_id = store.school_class().class_id
    store.close()
    until = passes.until_from(datetime.now(UTC))
    return f"{served.url}f/{passes.mint(served.folder.secret.read_bytes(), class_id, 'mateo', household_id, until)}"


def on_a_phone(browser: Browser, served: Served, household_id: str, who: str) -> Page:
    """Scan the square of a home and say who answers."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(way_to(served, household_id))
    page.get_by_role("link", name=who, exact=True).click()
    page.locator('main a.meet-card[href$="/notice"]').wait_for(timeout=WAIT)
    return page


def go(phone: Page, screen: str) -> None:
    """Go to a screen of a home's page."""
    phone.locator(f'main a[href$="/{screen}"]').first.click()
    expect(phone.locator("main")).to_have_attribute("data-place", re.compile(rf"/{screen}$"), timeout=WAIT)


def given(form: Locator) -> None:
    """Wait until the words are on disk, then give them."""
    expect(form.locator("[data-kept]").first).to_have_text(re.compile(r"\d\d?[:.٫]?\d\d|[٠-٩]"), timeout=WAIT)
    form.locator("button[type=submit]").last.click()


def ready(deck: Page) -> None:
    """Wait until the deck stands."""
    deck.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    deck.locator(".deck .slide h1").first.wait_for(state="attached", timeout=WAIT)


def book(folder: ClassFolder) -> Portfolio:
    """Return the book as it is kept."""
    store = folder.store()
    try:
        return store.portfolio(store.rounds("mateo")[-1].portfolio_id)
    finally:
        store.close()


def home_file(folder: ClassFolder, household_id: str) -> str:
    """Make the file of a home."""
    store = folder.store()
    try:
        made = book_of(store, folder.template(), folder.outline(), "mateo")
        return str(home_html(made, household_id, store, kept_charts(folder.charts)))
    finally:
        store.close()


@dataclass
class Held:
    """A meeting under way: the class, the child's deck and cue page, the phones of both homes, what the deck's browser got."""

    served: Served
    browser: Browser
    deck: Page
    cues: Page
    mama: Page
    baba: Page
    wires: Wires


@pytest.fixture
def held(served: Served, browser: Browser) -> Iterator[Held]:
    """Open all windows of Mateo's meeting."""
    child = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    wires = Wires()
    wires.tap(child)
    deck = child.new_page()
    deck.goto(served.links[CHILD] + "?to=talk", wait_until="commit")
    ready(deck)
    second = browser.new_context(storage_state=child.storage_state(), viewport={"width": 390, "height": 844})
    cues = second.new_page()
    cues.goto(served.url + "cues")
    phones = [on_a_phone(browser, served, *home) for home in ((MAMA, "Mamá"), (TETA, "Baba"))]
    yield Held(served, browser, deck, cues, phones[0], phones[1], wires)
    for page in (deck, cues, *phones):
        page.context.close()


def test_a_whole_meeting(held: Held) -> None:
    """Led by keys, answered in two languages, agreed, loaded anew, its kernel killed: all of it is there and goes home."""
    the_child_leads_by_keys(held)
    two_homes_answer(held)
    words_for_the_teacher_alone(held)
    the_goal_outlives_a_reload(held)
    a_home_says_yes_on_its_phone(held)
    a_promise_outlives_the_kernel(held)
    the_last_word(held)
    everything_is_kept(book(held.served.folder))
    everything_goes_home(held)
    nothing_goes_where_it_should_not(held)


def the_child_leads_by_keys(held: Held) -> None:
    """Cue lines stand in a window of their own, follow the deck, and turn it like a clicker."""
    deck, cues = held.deck, held.cues
    expect(deck.locator(".slide:visible h1")).to_contain_text("glad you are here")
    expect(cues.locator("main")).to_contain_text(CUE, timeout=WAIT)
    for _ in range(3):
        deck.keyboard.press("PageDown")
    followed(held)  # two screens in a row have this heading: it does not tell that the page is here
    heading = deck.locator(".slide:target h1").inner_text()
    expect(cues.locator("main")).to_contain_text(heading, timeout=WAIT)
    expect(cues.locator("main")).not_to_contain_text(CUE)
    cues.get_by_role("button", name="Turn the page", exact=True).click()
    expect(deck.locator(".slide:target")).to_have_id("part5", timeout=WAIT)


def followed(held: Held) -> None:
    """Wait until the class knows which screen is open on the deck."""
    scene = held.deck.locator(".slide:target").get_attribute("data-scene")
    portfolio_id = book(held.served.folder).meta.portfolio_id
    live = Live(held.served.folder.hidden / "live", portfolio_id)
    end = time.monotonic() + WAIT / 1000
    while live.standing().scene != scene:
        assert time.monotonic() < end, (scene, live.standing())
        held.deck.wait_for_timeout(100)


def two_homes_answer(held: Held) -> None:
    """Each follows the deck and answers in its language; as both could be looking, the deck does not show what."""
    deck, mama, baba = held.deck, held.mama, held.baba
    assert mama.locator("html").get_attribute("lang") == "es"
    now = deck.locator(".slide:target h1").inner_text()
    expect(mama.locator("main")).to_contain_text(speak("es")(now), timeout=WAIT)
    assert baba.locator("html").get_attribute("dir") == "rtl"
    for phone, screen, words in ((mama, "notice", SPANISH), (baba, "letter", ARABIC)):
        go(phone, screen)
        form = phone.locator("form[data-keep]")
        form.locator("textarea").first.fill(words)
        given(form)
        expect(phone.locator("[role=status]").filter(has_text=CHILD)).to_be_visible(timeout=WAIT)
        expect(phone.locator(".meet-has")).not_to_have_count(0)  # the list marks what is given
    expect(turn_to(deck, "live-said")).not_to_be_empty(timeout=WAIT)
    assert SPANISH not in deck.content()
    assert ARABIC not in deck.content()


def words_for_the_teacher_alone(held: Held) -> None:
    """Once they are sent, the phone does not show them any more: somebody else may take it."""
    mama = held.mama
    go(mama, "teacher")
    alone = mama.locator('form[data-do="to-teacher"]')
    alone.locator("input[type=radio]").first.check()
    alone.locator("textarea").fill(ALONE)
    alone.locator("button[type=submit]").click()
    expect(mama.locator("main")).to_have_attribute("data-place", re.compile("/sent$"), timeout=WAIT)
    assert ALONE not in mama.content()


def the_goal_outlives_a_reload(held: Held) -> None:
    """The goal is written at the table, the page is loaded anew in the middle, and two of three say yes."""
    deck = held.deck
    goal = turn_to(deck, "live-goal")
    goal.locator("#g-goal").fill(GOAL)
    goal.locator("input[name=again]").nth(1).check()
    saved(goal)
    deck.reload()
    ready(deck)
    expect(turn_to(deck, "live-goal").locator("#g-goal")).to_have_value(GOAL)
    for voice in ("student", "teacher"):
        deck.locator(f"#yes-{voice}").click()
        expect(deck.locator(f"#yes-{voice}")).to_have_attribute("aria-pressed", "true", timeout=WAIT)


def a_home_says_yes_on_its_phone(held: Held) -> None:
    """The deck sees it by itself, though somebody stands on the button beside."""
    deck, baba = held.deck, held.baba
    go(baba, "promises")
    expect(baba.locator("main")).to_contain_text(GOAL, timeout=WAIT)
    baba.locator('form[data-do="agree"] button[type=submit]').first.click()
    expect(deck.locator("#yes-family")).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    expect(deck.locator("#yes-teacher")).to_be_focused()


def a_promise_outlives_the_kernel(held: Held) -> None:
    """A promise by keys; then the kernel dies in the middle of the next words, and they come back."""
    deck = held.deck
    turn_to(deck, "live-more").get_by_role("button", name=CHILD).click()
    lines = deck.locator("#live-promises .prom-form")
    expect(lines.last.locator("textarea")).to_be_focused(timeout=WAIT)
    deck.keyboard.type(PROMISE)
    saved(lines.last)
    goal = turn_to(deck, "live-goal")
    kill_kernel(deck)
    goal.locator("#g-how").fill(HELP)
    expect(goal.locator("[data-kept]").first).to_contain_text("Not saved yet", timeout=WAIT)
    deck.reload()
    ready(deck)
    goal = turn_to(deck, "live-goal")
    expect(goal.locator("#g-how")).to_have_value(HELP, timeout=WAIT)
    expect(goal.locator("[data-kept]").first).to_have_text(KEPT, timeout=WAIT)


def the_last_word(held: Held) -> None:
    """The child says that the meeting is over."""
    turn_to(held.deck, "live-finish").get_by_role("button", name="We are done").click()
    expect(held.deck.locator("#live-finish")).to_contain_text("This meeting is over", timeout=WAIT)


def everything_is_kept(kept: Portfolio) -> None:
    """The book on disk has each of it once."""
    (made,) = [one for one in kept.goals if one.set_by == "together"]
    assert (made.goal.text, made.helpers[0].what.text) == (GOAL, HELP)
    assert [one.what.text for one in kept.agreements].count(PROMISE) == 1
    assert [one.words.text for one in kept.to_teacher] == [ALONE]
    assert [one.ended is not None for one in kept.meetings] == [True]
    assert kept.meta.status == "presented"


def everything_goes_home(held: Held) -> None:
    """A moment later the file of each home has its own answer and not the other's; both have what was agreed."""
    files = {home: home_file(held.served.folder, home) for home in (MAMA, TETA)}
    for home, mine, theirs in ((MAMA, SPANISH, ARABIC), (TETA, ARABIC, SPANISH)):
        assert mine in files[home]
        assert theirs not in files[home]
        assert GOAL in files[home]
        assert PROMISE in files[home]


def nothing_goes_where_it_should_not(held: Held) -> None:
    """Cue lines and words for the teacher alone are in no file, no paper, no page, and in nothing the deck's browser got."""
    folder = held.served.folder
    sheets = meeting_papers(folder, students=("mateo",))
    places = {
        "home files": [home_file(folder, home) for home in (MAMA, TETA)],
        "papers": [one.path.read_text("utf-8") for one in sheets if one.path and not one.private],
        "packs": [path.read_text("utf-8") for path in _packs(folder)],
        "quick looks": [str(quick_look_of(folder, "mateo", home)) for home in (MAMA, TETA, "")],
        "deck": [held.deck.content()],
        "what the deck's browser got": held.wires.got,
        "phones": [held.mama.content(), held.baba.content()],
    }
    for name, texts in places.items():
        assert texts, name
        for marker in ("CUEMARK", "ALONEMARK"):
            assert not [1 for text in texts if marker in text], f"{marker} in {name}"
    assert any(GOAL in text for text in held.wires.got)  # the tap hears what the deck gets
    (cards,) = [one.path.read_text("utf-8") for one in sheets if one.path and one.private]
    assert "CUEMARK" in cards  # on the child's own cards it stands


def _packs(folder: ClassFolder) -> list[Path]:
    out = folder.path / "packs-for-a-test"
    by = datetime.now(UTC).date()
    list(send_packs(folder, by=by, students=("mateo",), out=out))
    return sorted(out.rglob("*.html"))
