"""The desk in a real browser, on a real Voilà, with real kernels: nothing a child writes is lost."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.desk_kernel import forms
from tests.voila_server import notebook, voila

OPEN = "from tests.desk_kernel import DemoHost\nfrom portfolio.widgets import Desk\ndesk = Desk(DemoHost())\ndesk"
PHONE, LAPTOP = (360, 780), (1280, 800)
OpenDesk = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve the demo desk; give its address and the folder its words are kept in."""
    folder = tmp_path_factory.mktemp("desk")
    cells = [("py", OPEN)]
    for section, form in forms().items():
        cells += [("md", f"## {form['title']}"), ("py", f"desk.section({section!r})")]
    path = folder / "student.ipynb"
    path.write_text(notebook(*cells, ("py", "desk.done()")), "utf-8")
    with voila(path, env={"DESK_FOLDER": str(folder)}) as address:
        yield address, folder


@pytest.fixture
def desk(
    server: tuple[str, Path], context: BrowserContext, watch: Callable[..., Any], request: pytest.FixtureRequest
) -> Iterator[OpenDesk]:
    """Return ``desk("strengths")``: this test's own desk, open at a page; nothing may leave the machine."""
    name = re.sub(r"\W+", "-", request.node.name)[:60].strip("-")
    contexts: list[Any] = [watch(context)]

    def open_desk(section: str = "", within: BrowserContext | None = None, **asked: str) -> Page:
        if within is not None:
            contexts.append(watch(within))
        page = (within or context).new_page()
        query = "&".join(f"{key}={value}" for key, value in {"desk": name, **asked}.items())
        page.goto(f"{server[0]}?{query}#{section}", wait_until="commit")
        ready(page)
        return page

    yield open_desk
    for watched in contexts:
        watched.check()


def ready(page: Page) -> None:
    """Wait until every control stands."""
    page.locator("html[data-ready=true]").wait_for(state="attached", timeout=60_000)


def kept(server: tuple[str, Path], page: Page, section: str) -> Any:
    """Return what the keeper has on disk for a section."""
    name = re.search(r"desk=([^&#]*)", page.url)
    path = server[1] / f"{name[1] if name else ''}.json"
    return json.loads(path.read_text("utf-8")).get(section, {}) if path.is_file() else {}


def value(server: tuple[str, Path], page: Page, section: str, entry: str, field: str) -> Any:
    """Return one answer as it is on disk."""
    return kept(server, page, section).get(entry, {}).get("fields", {}).get(field, {}).get("value")


def status(page: Page) -> Locator:
    """Return the line about saving."""
    return page.locator("header .save")


def saved(page: Page) -> None:
    """Wait until everything is said to be saved."""
    expect(status(page)).to_contain_text("You can close this page", timeout=20_000)


def first(page: Page, label: str) -> Locator:
    """Return the first box with this label on the open page."""
    return page.get_by_label(label, exact=True).and_(page.locator(":visible")).first


def kernel_id(page: Page) -> str:
    """Return the id of the kernel behind a page."""
    return str(json.loads(page.locator("#jupyter-config-data").text_content() or "")["kernelId"])


def kill_kernel(page: Page) -> None:
    """Kill the kernel behind a page, as a full machine does."""
    wanted = kernel_id(page)
    for process in psutil.process_iter(["cmdline"]):
        if any(wanted in part for part in process.info["cmdline"] or ()):
            process.kill()


# ------------------------------------------------------------------------------------------ saving


def test_words_are_saved_while_one_writes(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """"Saved" appears once the words are on disk, and a reload shows them."""
    page = desk("strengths")
    first(page, "One thing I do well is").fill("drawing maps")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "what") == "drawing maps"
    page.reload(wait_until="commit")
    ready(page)
    expect(first(page, "One thing I do well is")).to_have_value("drawing maps")


@pytest.mark.parametrize("round_", range(3))
def test_the_last_words_survive_a_reload_at_once(
    desk: OpenDesk, server: tuple[str, Path], round_: int
) -> None:
    """Whoever types and reloads in the same breath loses nothing."""
    page = desk("strengths")
    box = first(page, "You can see it in")
    box.focus()
    page.keyboard.type("the page about rivers LASTWORDS")
    page.reload(wait_until="commit")
    ready(page)
    expect(first(page, "You can see it in")).to_have_value("the page about rivers LASTWORDS")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "proof") == "the page about rivers LASTWORDS"


def test_a_dead_kernel_is_noticed_and_the_words_come_back(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """Without a kernel the page says "Not saved yet"; after a reload the words stand there and are saved."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, "One thing I do well is").fill("climbing")
    expect(status(page)).to_contain_text("Not saved yet. Keep this page open", timeout=20_000)
    assert value(server, page, "strengths", "strength-1", "what") is None
    page.reload(wait_until="commit")
    ready(page)
    expect(first(page, "One thing I do well is")).to_have_value("climbing")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "what") == "climbing"


def test_a_dead_kernel_is_noticed_though_nobody_writes(desk: OpenDesk) -> None:
    """The heartbeat tells a child before the first word is typed in vain."""
    page = desk("strengths")
    kill_kernel(page)
    expect(status(page)).to_contain_text("cannot reach your book", timeout=40_000)


def test_a_kernel_that_was_busy_says_saved_late(desk: OpenDesk) -> None:
    """While the kernel is stuck the page says so; when it comes back, so does "Saved"."""
    page = desk("strengths")
    first(page, "One thing I do well is").fill("FREEZE 9")
    expect(status(page)).to_contain_text("Not saved yet", timeout=20_000)
    saved(page)
    expect(page.get_by_text("Somebody else wrote here too.")).to_have_count(0)


def test_typing_on_while_a_save_is_under_way_never_fights_itself(
    desk: OpenDesk, server: tuple[str, Path]
) -> None:
    """Words sent before the first answer is back are no conflict, and the last ones win."""
    page = desk("strengths")
    box = first(page, "One thing I do well is")
    box.fill("FREEZE 1")
    page.wait_for_timeout(700)
    for text in ("draw", "drawing", "drawing maps"):
        box.fill(text)
        page.evaluate("document.dispatchEvent(new CustomEvent('portfolio:flush'))")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "what") == "drawing maps"
    expect(page.get_by_text("Somebody else wrote here too.")).to_have_count(0)


def test_what_cannot_be_kept_is_said_beside_the_words(desk: OpenDesk) -> None:
    """A refusal and a mistake of ours are one kind sentence each; the words stay; better words are saved."""
    page = desk("strengths")
    box = first(page, "One thing I do well is")
    box.fill("REFUSE")
    note = page.locator(".part .field-say:visible")
    expect(note).to_have_text("These words did not fit, Noa. Please change them.")
    expect(status(page)).to_contain_text("One answer is not saved yet")
    box.fill("CRASH")
    expect(note).to_have_text("That did not work. Your words are still here. Please tell your teacher.")
    expect(page.locator("body")).not_to_contain_text("ZeroDivisionError")
    box.fill("climbing")
    saved(page)
    expect(note).to_have_count(0)


# ------------------------------------------------------------------------------------ two at once


def test_two_hands_on_the_same_words_see_both(
    desk: OpenDesk, server: tuple[str, Path], browser: Browser
) -> None:
    """The second hand is shown what the first wrote; "Keep mine" and "Take theirs" do what they say."""
    there = browser.new_context()
    mine, theirs = desk("strengths"), desk("strengths", within=there)
    for label, take in (("One thing I do well is", "Keep mine"), ("You can see it in", "Take theirs")):
        first(theirs, label).fill("their words")
        saved(theirs)
        first(mine, label).fill("my words")
        expect(mine.get_by_text("their words")).to_be_visible(timeout=10_000)
        mine.get_by_role("button", name=take).click()
        expect(mine.get_by_text("Somebody else wrote here too.")).to_have_count(0)
        saved(mine)
    assert value(server, mine, "strengths", "strength-1", "what") == "my words"
    assert value(server, mine, "strengths", "strength-1", "proof") == "their words"
    expect(first(mine, "You can see it in")).to_have_value("their words")
    there.close()


def test_two_hands_on_two_questions_both_stay(
    desk: OpenDesk, server: tuple[str, Path], browser: Browser
) -> None:
    """Changes to different questions of one card stand side by side."""
    there = browser.new_context()
    mine, theirs = desk("strengths"), desk("strengths", within=there)
    first(theirs, "One thing I do well is").fill("theirs")
    saved(theirs)
    first(mine, "You can see it in").fill("mine")
    saved(mine)
    fields = kept(server, mine, "strengths")["strength-1"]["fields"]
    assert {name: field["value"] for name, field in fields.items()} == {"what": "theirs", "proof": "mine"}
    there.close()


def test_old_unsaved_words_never_bury_newer_ones(
    desk: OpenDesk, server: tuple[str, Path], browser: Browser
) -> None:
    """Words that could not be saved, opened again after somebody else wrote there: both are shown."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, "One thing I do well is").fill("from before")
    expect(status(page)).to_contain_text("Not saved yet", timeout=20_000)
    there = browser.new_context()
    other = desk("strengths", within=there)
    first(other, "One thing I do well is").fill("newer")
    saved(other)
    page.reload(wait_until="commit")
    ready(page)
    expect(first(page, "One thing I do well is")).to_have_value("from before")
    expect(page.locator("blockquote:visible")).to_have_text("newer")
    assert value(server, page, "strengths", "strength-1", "what") == "newer"
    page.get_by_role("button", name="Take theirs").click()
    expect(first(page, "One thing I do well is")).to_have_value("newer")
    there.close()


# ---------------------------------------------------------------------------- one browser, many children


def drafts_in(page: Page) -> list[str]:
    """Return the names of this browser's draft databases that hold something."""
    return page.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map((d) => d.name);
          const size = (name) => new Promise((done) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => {
              const count = asked.result.transaction("drafts").objectStore("drafts").count();
              count.onsuccess = () => { asked.result.close(); done(count.result); };
            };
          });
          const found = [];
          for (const name of names) if (await size(name)) found.push(name);
          return found;
        }"""
    )


def test_im_done_leaves_no_words_behind(desk: OpenDesk) -> None:
    """"I'm done" saves what is open, forgets every draft, and says that one may go."""
    page = desk("strengths")
    first(page, "One thing I do well is").fill("secret plan")
    assert drafts_in(page) == ["portfolio-noa"]
    page.get_by_role("button", name="I’m done").click()
    expect(page.locator(".ways .field-say")).to_have_text("You can close this page.", timeout=10_000)
    assert page.evaluate("indexedDB.databases()") == []


def test_im_done_never_throws_unsaved_words_away(desk: OpenDesk) -> None:
    """With a dead kernel "I'm done" stays, says why, and keeps the draft."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, "One thing I do well is").fill("climbing")
    page.get_by_role("button", name="I’m done").click()
    expect(page.locator(".ways .field-say")).to_contain_text("Not saved yet.", timeout=15_000)
    assert drafts_in(page) == ["portfolio-noa"]


def test_another_childs_desk_forgets_the_first_childs_words(desk: OpenDesk) -> None:
    """Opening another child's desk in the same browser removes what the first one left there."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, "One thing I do well is").fill("Noa’s secret")
    assert drafts_in(page) == ["portfolio-noa"]
    page.close()
    other = desk("strengths", child="amal", desk="amals")
    expect(first(other, "One thing I do well is")).to_have_value("")
    other.wait_for_function("async () => (await indexedDB.databases()).every((d) => d.name !== 'portfolio-noa')")


# --------------------------------------------------------------------------------------- the controls


def test_every_control_stands_with_its_name(desk: OpenDesk) -> None:
    """Every question of the desk is there, and everything one can touch has a name."""
    page = desk()
    asked = [f["ask"] for form in forms().values() for c in form["cards"] for f in c["fields"]]
    for text in asked:
        expect(page.locator("main").get_by_text(text, exact=True).first).to_be_attached()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input, textarea, select)")].filter((e) => {
          const by = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
          const said = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
          const own = e.getAttribute("aria-label") ?? [...(e.labels ?? [])].map((l) => l.textContent).join(" ");
          return !(said.trim() || own?.trim() || e.textContent.trim());
        }).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_cards_move_by_keyboard_and_keep_the_focus(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """Enter on "Move up" moves the card, the focus stays on the button, the order is kept."""
    page = desk("strengths")
    page.get_by_label("One thing I do well is").nth(1).fill("the second")
    saved(page)
    page.get_by_role("button", name="Move “Strength 2” up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("One thing I do well is").first).to_have_value("the second")
    expect(page.get_by_role("button", name="Move “Strength 1” up")).to_be_focused()
    expect(page.locator(".vh[role=status]", has_text="is now number 1 of 2")).to_have_count(1)
    saved(page)
    assert kept(server, page, "strengths")["order"] == ["strength-2", "strength-1"]


def test_cards_come_and_go(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """One more card gets the focus; a filled one asks before it goes; there is an end to adding."""
    page = desk("strengths")
    add = page.get_by_role("button", name="One more strength")
    add.click()
    third = page.get_by_label("One thing I do well is").nth(2)
    expect(third).to_be_focused()
    expect(add).to_have_count(0)
    third.fill("juggling")
    page.get_by_role("button", name="Take away “Strength 3”").click()
    page.get_by_role("button", name="Keep it").click()
    expect(third).to_have_value("juggling")
    page.get_by_role("button", name="Take away “Strength 3”").click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.get_by_label("One thing I do well is")).to_have_count(2)
    expect(add).to_be_visible()
    saved(page)
    assert kept(server, page, "strengths")["order"] == ["strength-1", "strength-2"]


def test_picking_by_keyboard(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """Pictures and words are picked with Space and arrows; one too many is not taken and said kindly."""
    page = desk("me")
    likes = page.get_by_role("group", name="What do you like? Pick two.")
    for name in ("painting", "reading", "singing"):
        likes.get_by_role("checkbox", name=name).focus()
        page.keyboard.press("Space")
    expect(likes.get_by_role("checkbox", name="singing")).not_to_be_checked()
    expect(page.locator(".part .field-say:visible")).to_have_text("You have picked 2. Take one away first.")
    best = page.get_by_role("radiogroup", name="What do you like most?")
    best.get_by_role("radio", name="painting").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(best.get_by_role("radio", name="building")).to_be_checked()
    saved(page)
    assert value(server, page, "me", "me.like", "picks") == ["painting", "reading"]
    assert value(server, page, "me", "me.best", "picks") == "building"
    best.get_by_text("building").click()
    expect(best.get_by_role("radio", name="building")).not_to_be_checked()
    saved(page)
    assert value(server, page, "me", "me.best", "picks") is None


def test_the_cloth_shows_at_once(desk: OpenDesk) -> None:
    """A cloth that is picked dresses the book before anybody has saved it."""
    page = desk("me")
    page.get_by_role("radio", name="brick").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-cloth", "brick")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).getPropertyValue('--cloth')") == "#803119"


def test_rows_days_and_dates(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """Steps are added, ordered by keyboard and taken away; days are kept; the lead belongs to the label."""
    page = desk("goals")
    expect(page.get_by_label("What will you learn? By winter I will")).to_be_visible()
    page.get_by_label("What", exact=True).fill("read aloud")
    page.get_by_role("button", name="Add a line").click()
    expect(page.get_by_label("What", exact=True).nth(1)).to_be_focused()
    page.keyboard.type("ask Theo")
    page.get_by_role("button", name="Move “ask Theo” up").press("Enter")
    expect(page.get_by_role("button", name="Move “ask Theo” up")).to_be_focused()
    page.get_by_label("By when?").fill("2026-12-18")
    page.get_by_role("group", name="When do we look again?").or_(page.get_by_label("When do we look again?")).locator(
        "input"
    ).first.fill("2026-12-01")
    saved(page)
    rows = value(server, page, "goals", "goal-1", "steps")
    assert [row["what"] for row in rows] == ["ask Theo", "read aloud"]
    assert value(server, page, "goals", "goal-1", "by_when") == "2026-12-18"
    assert value(server, page, "goals", "goal-1", "look_again") == ["2026-12-01"]


def test_starters_and_the_kind_word(desk: OpenDesk) -> None:
    """A starter goes into the text with the caret behind it; too many words get a kind word, nothing is cut."""
    page = desk("strengths")
    page.get_by_role("button", name="I know how to …").first.click()
    box = first(page, "One thing I do well is")
    expect(box).to_be_focused()
    page.keyboard.type("count to a hundred and back again very fast")
    expect(box).to_have_value("I know how to count to a hundred and back again very fast")
    expect(page.locator(".part .field-say:visible")).to_contain_text("More than 8 words. You may keep them all.")
    page.keyboard.press("Enter")
    expect(box).to_have_value("I know how to count to a hundred and back again very fast")


# ------------------------------------------------------------------------------------------ pictures


def camera_picture(side: tuple[int, int], quality: int = 95) -> bytes:
    """Return a large JPEG as a camera makes it: held upright (orientation 6), with a place in it."""
    from PIL import Image

    noise = Image.effect_noise((side[0] // 4, side[1] // 4), 90).resize(side)
    picture = Image.merge("RGB", (noise, noise.rotate(180), Image.effect_noise(side, 60)))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def test_a_25_megabyte_photo_is_made_small_in_the_browser(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """A camera's picture arrives upright and small, asks for words, and is there after a reload."""
    raw = camera_picture((7600, 5700), 97)
    assert len(raw) > 25_000_000
    page = desk("work")
    page.get_by_label("Choose a picture").set_input_files(
        {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": raw}
    )
    alt = page.get_by_label("What would you tell a friend who can’t see it?")
    expect(alt).to_be_focused(timeout=30_000)
    alt.fill("My volcano")
    saved(page)
    (photo,) = value(server, page, "work", "work-1", "pictures")
    assert (photo["width"], photo["height"], photo["alt"]) == (1200, 1600, "My volcano")
    name, size = (server[1] / f"{photo['sha256']}.size").read_text().split()
    assert name == "IMG_1.JPG"
    assert int(size) < 2_500_000
    page.reload(wait_until="commit")
    ready(page)
    expect(page.get_by_role("img", name="My volcano")).to_be_visible()


def small_picture(colour: str = "red") -> dict[str, Any]:
    """Return a small PNG as a file a child chooses."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": out.getvalue()}


def test_several_pictures_their_order_and_their_marks(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """Several pictures come at once; they are moved, marked with the arrow keys, and taken away."""
    page = desk("work")
    page.get_by_label("Choose a picture").set_input_files([small_picture("red"), small_picture("blue")])
    alts = page.get_by_label("What would you tell a friend who can’t see it?")
    expect(alts).to_have_count(2, timeout=15_000)
    alts.nth(0).fill("red wall")
    alts.nth(1).fill("blue wall")
    page.get_by_role("button", name="Move “blue wall” up").press("Enter")
    page.get_by_role("button", name="Look here!").first.click()
    mark = page.get_by_role("button", name="Mark 1 on “blue wall”")
    expect(mark).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.get_by_label("Look here 1: what can one see?").fill("a crack")
    page.get_by_label("Other people can be seen in it.").nth(1).check()
    saved(page)
    one, two = value(server, page, "work", "work-1", "pictures")
    assert (one["alt"], one["looks"]) == ("blue wall", [{"x": 0.52, "y": 0.48, "words": "a crack"}])
    assert (two["alt"], two["others"]) == ("red wall", True)
    page.get_by_role("button", name="Take away “red wall”").click()
    page.get_by_role("button", name="Yes, take it away").click()
    saved(page)
    assert len(value(server, page, "work", "work-1", "pictures")) == 1


def test_a_file_that_is_no_picture_gets_a_kind_sentence(desk: OpenDesk) -> None:
    """A wrong file is answered beside the control with what to do next; nothing else changes."""
    page = desk("work")
    page.get_by_label("Choose a picture").set_input_files(
        {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": b"these are only words, no picture"}
    )
    expect(page.locator(".part .field-say:visible")).to_contain_text("not a picture we can open", timeout=15_000)
    expect(page.get_by_text("No picture yet")).to_be_visible()


def test_a_picture_on_its_way_comes_back_after_a_reload(desk: OpenDesk, server: tuple[str, Path]) -> None:
    """A picture chosen while the kernel is dead is sent again when the page is opened again."""
    page = desk("work")
    kill_kernel(page)
    page.get_by_label("Choose a picture").set_input_files(small_picture("green"))
    expect(page.get_by_text("Your picture is on its way.").first).to_be_visible()
    page.wait_for_timeout(500)
    page.reload(wait_until="commit")
    ready(page)
    expect(page.get_by_label("What would you tell a friend who can’t see it?")).to_be_visible(timeout=15_000)
    saved(page)
    assert len(value(server, page, "work", "work-1", "pictures")) == 1
