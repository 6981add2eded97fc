# long: one page, from its link to its end
"""A family's page on a phone: words outlive a reload and a server that was started again; what is done is done once."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

import pytest
from playwright.sync_api import expect

from portfolio.model import Household
from portfolio.serve.passes import family_pass
from portfolio.serve.visit import utc_now
from portfolio.store.class_folder import ClassFolder
from portfolio.words import speak
from tests.browser.served import sample
from tests.guest_rooms import state_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

WAIT = 60_000
HOME, OTHER = "h-one", "h-two"
REPO = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Class:
    """A class that is served with the small room of the tests, at one port, as often as a test likes."""

    def __init__(self, folder: ClassFolder) -> None:
        self.folder, self.port = folder, free_port()
        store = folder.store()
        student = store.students()[0]
        homes = (
            Household(household_id=HOME, label="First home"),
            Household(household_id=OTHER, label="Second home", reads=("ar",)),
        )
        store.keep_student(student.but(households=homes))
        self.child, self.class_id = student.student_id, store.school_class().class_id
        store.close()

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve while the block runs."""
        command = [sys.executable, "-m", "tests.guest_server", "serve", str(self.folder.path), "--links"]
        process = subprocess.Popen([*command, "--port", str(self.port)], stdout=subprocess.DEVNULL, cwd=REPO)
        with process:
            try:
                self._wait(process)
                yield
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=60)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            assert process.poll() is None, "the server ended before it was open"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=5).read()
            except (URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server did not answer")

    def link(self, home: str = HOME, host: str = "127.0.0.1") -> str:
        """Return the address of a home's pass."""
        address = f"http://{host}:{self.port}/"
        return family_pass(self.folder.secret.read_bytes(), self.class_id, self.child, address, utc_now)(home)

    def state(self, home: str = HOME) -> dict[str, Any]:
        """Return what a home's room has on disk."""
        return state_at(self.folder.hidden / f"tiny-{self.child}-{home}.json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """The fourth grade, whose first child has two homes."""
    return Class(sample("class-4b", tmp_path_factory.mktemp("family") / "4b"))


@pytest.fixture
def school(made: Class) -> Iterator[Class]:
    """The class, served; nothing is on disk yet."""
    for left in made.folder.hidden.glob("tiny-*.json"):
        left.unlink()
    with made.served():
        yield made


def come(page: Page, address: str) -> None:
    """Open a link and wait for the page of the home."""
    page.goto(address)
    page.wait_for_url("**/family*", timeout=WAIT)
    at_screen(page)


def at_screen(page: Page, place: str = "family") -> None:
    """Wait until a screen stands."""
    page.locator("[data-rendered=true]").wait_for(timeout=WAIT)
    page.locator(f'main[data-place="{place}"]:not([aria-busy])').wait_for(timeout=WAIT)


def databases(page: Page) -> list[str]:
    """Return the names of what this browser keeps of words that are not sent."""
    return sorted(page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))"))


def test_words_outlive_a_reload_a_new_start_and_i_am_done(
    made: Class, page: Page, offline_guard: list[str]
) -> None:
    """Half a letter is there again after a reload; the server was away meanwhile: it says so, and keeps it by itself."""
    with made.served():
        come(page, made.link())
        assert "/f/" not in page.url
        page.get_by_label("A letter back").fill("Dear Maya")
        expect(page.locator("[data-kept]")).to_contain_text("Saved", timeout=WAIT)
        page.get_by_label("Your words").fill("Something to know")
        page.wait_for_timeout(300)
        page.reload()
        at_screen(page)
        expect(page.get_by_label("A letter back")).to_have_value("Dear Maya")
        expect(page.get_by_label("Your words")).to_have_value("Something to know")
        expect(page.get_by_text("You began to write this and have not sent it.")).to_be_visible()
    page.get_by_label("A letter back").fill("Dear Maya, I am proud")
    expect(page.locator(".tsave .save")).to_contain_text("Not saved yet", timeout=WAIT)
    expect(page.locator(".away")).to_contain_text("Your words are kept here.", timeout=WAIT)
    with made.served():
        expect(page.locator("[data-kept]")).to_contain_text("Saved", timeout=WAIT)
        expect(page.locator(".away")).to_be_hidden(timeout=WAIT)
        assert made.state()["letter"] == "Dear Maya, I am proud"
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("status").filter(has_text="Your teacher has it.")).to_be_visible(timeout=WAIT)
        assert made.state()["sent"] == [["Something to know"]]
        page.get_by_role("button", name="I’m done").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
        assert databases(page) == []
        page.goto(f"http://127.0.0.1:{made.port}/family")
        expect(page.get_by_role("heading", name="This page is closed")).to_be_visible()
    assert not offline_guard


def test_words_that_never_reached_the_server_come_back(made: Class, page: Page) -> None:
    """The tab was closed while nobody answered; opened again by the same link, the words stand there and are kept."""
    with made.served():
        come(page, made.link())
    page.get_by_label("A letter back").fill("Written in the tunnel")
    page.wait_for_timeout(1500)
    page.goto("about:blank")
    with made.served():
        come(page, made.link())
        expect(page.get_by_text("You wrote this before the page was loaded again.")).to_be_visible(
            timeout=WAIT
        )
        expect(page.locator("[data-kept]")).to_contain_text("Saved", timeout=WAIT)
    assert made.state()["letter"] == "Written in the tunnel"


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_done_twice(
    school: Class, page: Page
) -> None:
    """The server has done it, the line was cut on the way back: the page asks again, and the letter is sent once."""
    come(page, school.link())
    lost: list[str] = []

    def lose(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if b'"what":"send"' in body and len(lost) < 2:
            lost.append(route.request.url)
            route.fetch()  # it arrives, and is done
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/family/ask", lose)
    page.get_by_label("Your words").fill("Once")
    page.get_by_label("A recording").set_input_files(
        {"name": "hello.mp3", "mimeType": "audio/mpeg", "buffer": bytes(200_000)}
    )
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="Your teacher has it.")).to_be_visible(timeout=WAIT)
    assert len(lost) == 2
    assert school.state()["sent"] == [["Once", ["hello.mp3", 200_000]]]


def test_a_screen_that_stays_a_file_that_goes_out_and_another_language(school: Class, page: Page) -> None:
    """A part is made new in place; a file is saved; the page turns round for Arabic, its way out as well."""
    come(page, school.link())
    page.get_by_label("A letter back").fill("I stay here")
    page.get_by_role("button", name="A glow").click()
    expect(page.locator("#live-glows")).to_contain_text("1 glows", timeout=WAIT)
    expect(page.get_by_label("A letter back")).to_have_value("I stay here")
    with page.expect_download() as download:
        page.get_by_role("button", name="Bring it out").click()
    assert Path(download.value.path()).read_bytes() == b"abc"
    page.get_by_role("link", name="The second screen").click()
    at_screen(page, "family/two")
    page.go_back()
    at_screen(page)
    page.evaluate("location.hash = 'family/ar'")
    at_screen(page, "family/ar")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    page.evaluate("location.hash = 'family/es'")
    at_screen(page, "family/es")
    expect(page.get_by_role("button", name=speak("es")("I’m done"))).to_be_visible()
    assert speak("es")("I’m done") != "I’m done"


def test_what_another_window_did_is_seen_by_itself(
    school: Class, page: Page, context: BrowserContext
) -> None:
    """A watched screen follows within a moment, and writes no line of the log for each look."""
    come(page, school.link())
    beside = context.new_page()
    come(beside, school.link())
    beside.get_by_role("button", name="A glow").click()
    expect(page.locator("#live-glows")).to_contain_text("1 glows", timeout=WAIT)
    log = (school.folder.hidden / "serve.log").read_text("utf-8")
    assert len(re.findall("POST /family/ask", log)) < 5
    assert "/f/…" in log
    assert school.link().rpartition("/")[2] not in log


def test_the_next_home_in_the_same_browser_finds_nothing_of_the_first(
    school: Class, page: Page, context: BrowserContext
) -> None:
    """The page that was left open closes; what was half written there is gone when the other home comes in."""
    come(page, school.link())
    page.get_by_label("Your words").fill("Only for the teacher")
    page.wait_for_timeout(300)
    page.route("**/family/ask", lambda route: route.abort())  # it hears nothing until they are forgotten
    next_home = context.new_page()
    come(next_home, school.link(OTHER))
    expect(next_home.get_by_label("Your words")).to_have_value("")
    next_home.wait_for_function("indexedDB.databases().then((all) => all.length === 1)")
    page.unroute("**/family/ask")
    page.get_by_role("button", name="Send").click()
    at_screen(page)
    expect(page.get_by_label("Your words")).to_have_value("", timeout=WAIT)
    expect(page.locator(".tnames")).to_contain_text("Second home")
    assert not school.state()["sent"]
    assert not school.state(OTHER)["sent"]


@pytest.mark.parametrize(
    ("width", "home"), [(360, HOME), (390, OTHER), pytest.param(1280, HOME, marks=pytest.mark.drill)]
)
def test_everybody_can_use_the_page(
    school: Class, browser: Browser, axe: Callable[..., list[Any]], width: int, home: str
) -> None:
    """No rule of axe is broken, nothing runs over the edge, every target is large enough; also from right to left."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-US")
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda line: trouble.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    come(page, school.link(home))
    expect(page.get_by_label("Your words")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, .btn, a, input, textarea')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 90))"
    )
    assert small == []
    page.goto(f"http://127.0.0.1:{school.port}/f/nobodys-pass")
    expect(page.get_by_role("heading", name="This link has ended")).to_be_visible()
    assert axe(page) == []
    assert [line for line in trouble if "403" not in line] == []
    context.close()


def test_the_page_works_over_plain_http_at_a_name_that_is_not_localhost(
    school: Class, browser_type: Any, browser_type_launch_args: dict[str, Any]
) -> None:
    """In a school's own network there is no https: nothing the page needs is kept for secure addresses."""
    args = [one for one in browser_type_launch_args["args"] if not one.startswith("--host-resolver-rules")]
    rules = "--host-resolver-rules=MAP books.school 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    browser = browser_type.launch(**{**browser_type_launch_args, "args": [*args, rules]})
    page = browser.new_page()
    come(page, school.link(host="books.school"))
    assert page.evaluate("isSecureContext") is False
    page.get_by_label("A letter back").fill("From my phone")
    expect(page.locator("[data-kept]")).to_contain_text("Saved", timeout=WAIT)
    page.get_by_label("Your words").fill("Half")
    page.wait_for_timeout(300)
    page.reload()
    at_screen(page)
    expect(page.get_by_label("Your words")).to_have_value("Half")
    assert json.dumps(school.state()["letter"]) == '"From my phone"'
    browser.close()
