"""Every control of the desk in a real browser, by keyboard where children use one."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.desk_browser import WHAT, OpenDesk, Server, first, kept, reload, saved, value
from tests.desk_kernel import forms


def test_every_control_stands_with_its_name(desk: OpenDesk) -> None:
    """Every question of the desk is there, and everything one can touch has a name."""
    page = desk()
    asked = [f["ask"] for form in forms().values() for c in form["cards"] for f in c["fields"]]
    for text in asked:
        expect(page.locator("main").get_by_text(text, exact=True).first).to_be_attached()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input, textarea, select)")].filter((e) => {
          if (e.hidden) return false; // such as "Read aloud" where no voice speaks
          const by = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
          const said = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
          const own = e.getAttribute("aria-label") ?? [...(e.labels ?? [])].map((l) => l.textContent).join(" ");
          return !(said.trim() || own?.trim() || e.textContent.trim());
        }).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_cards_move_by_keyboard_and_keep_the_focus(desk: OpenDesk, server: Server) -> None:
    """Enter on "Move up" moves the card, the focus stays on the button, the order is kept."""
    page = desk("strengths")
    page.get_by_label(WHAT).nth(1).fill("the second")
    saved(page)
    page.get_by_role("button", name="Move “Strength 2” up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(WHAT).first).to_have_value("the second")
    expect(page.get_by_role("button", name="Move “Strength 1” up")).to_be_focused()
    expect(page.locator(".vh[role=status]", has_text="is now number 1 of 2")).to_have_count(1)
    saved(page)
    assert kept(server, page, "strengths")["order"] == ["strength-2", "strength-1"]


def test_cards_come_and_go(desk: OpenDesk, server: Server) -> None:
    """One more card gets the focus; a filled one asks before it goes; there is an end to adding."""
    page = desk("strengths")
    add = page.get_by_role("button", name="One more strength")
    add.click()
    third = page.get_by_label(WHAT).nth(2)
    expect(third).to_be_focused()
    expect(add).to_have_count(0)
    third.fill("juggling")
    page.get_by_role("button", name="Take away “Strength 3”").click()
    page.get_by_role("button", name="Keep it").click()
    expect(third).to_have_value("juggling")
    page.get_by_role("button", name="Take away “Strength 3”").click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.get_by_label(WHAT)).to_have_count(2)
    expect(add).to_be_visible()
    saved(page)
    assert kept(server, page, "strengths")["order"] == ["strength-1", "strength-2"]


def test_picking_by_keyboard(desk: OpenDesk, server: Server) -> None:
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
    best.get_by_role("radio", name="building").click()
    expect(best.get_by_role("radio", name="building")).not_to_be_checked()
    saved(page)
    assert value(server, page, "me", "me.best", "picks") is None


def test_the_child_dresses_its_book(desk: OpenDesk) -> None:
    """A cloth that is chosen shows at once, is kept, and dresses the book at the next visit too."""
    page = desk("me")
    page.get_by_text("The color of my book").click()
    page.get_by_role("radio", name="brick").focus()
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-cloth", "brick")
    expect(page.locator(".side .field-say")).to_have_text("Saved")
    reload(page)
    expect(page.locator("html")).to_have_attribute("data-cloth", "brick")
    cloth = "getComputedStyle(document.querySelector('main')).getPropertyValue('--cloth')"
    assert page.evaluate(cloth) == "#803119"


def test_rows_days_and_dates(desk: OpenDesk, server: Server) -> None:
    """Steps are added, ordered by keyboard and taken away; days are kept; the lead belongs to the label."""
    page = desk("goals")
    expect(page.get_by_role("textbox", name="What will you learn? By winter I will")).to_be_visible()
    page.get_by_label("What", exact=True).fill("read aloud")
    page.get_by_role("button", name="Add a line").click()
    expect(page.get_by_label("What", exact=True).nth(1)).to_be_focused()
    page.keyboard.type("ask Theo")
    page.get_by_role("button", name="Move “ask Theo” up").press("Enter")
    expect(page.get_by_role("button", name="Move “ask Theo” up")).to_be_focused()
    page.get_by_label("By when?").fill("2026-12-18")
    page.get_by_role("list", name="When do we look again?").locator("input").fill("2026-12-01")
    saved(page)
    rows = value(server, page, "goals", "goal-1", "steps")
    assert [row["what"] for row in rows] == ["ask Theo", "read aloud"]
    assert value(server, page, "goals", "goal-1", "by_when") == "2026-12-18"
    assert value(server, page, "goals", "goal-1", "look_again") == ["2026-12-01"]


def test_starters_and_the_kind_word(desk: OpenDesk) -> None:
    """A starter goes into the text with the caret behind it; too many words get a kind word, nothing is cut."""
    page = desk("strengths")
    page.get_by_role("button", name="I know how to …").first.click()
    box = first(page, WHAT)
    expect(box).to_be_focused()
    page.keyboard.type("count to a hundred and back again very fast")
    expect(box).to_have_value("I know how to count to a hundred and back again very fast")
    expect(page.locator(".part .field-say:visible")).to_contain_text(
        "More than 8 words. You may keep them all."
    )
    page.keyboard.press("Enter")
    expect(box).to_have_value("I know how to count to a hundred and back again very fast")
