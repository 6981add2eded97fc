"""A page of the draft as a child and as a family would see it: an invented child, and nothing of it kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from portfolio.errors import N_, PortfolioError
from portfolio.model import ClassTemplate, Section
from portfolio.moments.help_pictures import picture_address
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules import for_audience
from portfolio.rules.cards import cards
from portfolio.rules.template_example import empty_book, example_book, is_example
from portfolio.views.forms import FormMaker
from portfolio.views.home import home_page
from portfolio.views.icons import load_icons
from portfolio.views.pages import BANDS, render
from portfolio.views.safe import SafePage
from portfolio.words import speak

EXAMPLE: Final = N_("example words")
"""What stands where a child would write."""

_CARDS: Final = 4
"""So many questions are drawn at once: enough to see how the page looks."""


def look_of(template: ClassTemplate) -> Mapping[str, str]:
    """Return how the child's page looks: language, direction, band, cloth."""
    say = speak(template.language)
    return {"lang": say.lang, "dir": say.direction, "band": BANDS[template.age_band], "cloth": "sea"}


def as_the_child_sees(desk: TeacherDesk, template: ClassTemplate, section: Section) -> str:
    """Return a page as the child's own control draws it (JSON: form, look, drawings); "" for one no child fills in."""
    book = empty_book(template, desk.school_class, section.section_id, desk.today())
    found = cards(book, section)
    if not found:
        return ""
    maker = FormMaker(
        speak(template.language),
        lambda _: b"",
        book.portfolio,
        {},
        pictures=picture_address(desk.folder, served=bool(desk.address)),
    )
    form: dict[str, Any] = maker.form(section, section.title, found[:_CARDS])
    told = {"form": form, "look": dict(look_of(template)), "drawings": _drawings(form)}
    return json.dumps(told, ensure_ascii=False)


def _drawings(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the drawings a form needs, by name: wash, line and dot as paths, and whether it turns round."""
    fields = [field for card in form["cards"] for field in card["fields"]]
    named = {form["icon"], *(choice["icon"] for field in fields for choice in field["choices"])}
    return {
        name: (one.wash, one.line, one.dot, one.flip) for name, one in load_icons().items() if name in named
    }


def as_the_family_sees(desk: TeacherDesk, template: ClassTemplate, section: Section) -> SafePage | None:
    """Return the home file of an invented child with nothing but this page; ``None`` where there is nothing to show."""
    if not is_example(section):
        return None
    words = speak(template.language)(EXAMPLE)
    shown = section.but(shown_to_family=True, optional=False)
    asked = template.but(
        sections=tuple(shown if s.section_id == section.section_id else s for s in template.sections)
    )
    book = example_book(asked, desk.school_class, section.section_id, desk.today(), words)
    try:
        return render(
            home_page(for_audience(book, "home", "home"), lambda _: b"", glossary=desk.folder.glossary())
        )
    except PortfolioError:  # a draft may ask for what nobody can show yet
        return None
