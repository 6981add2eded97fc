"""The template as one file to share, and files taken in: another class's, or ours for these or other grades."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, get_args

from portfolio import files
from portfolio.errors import N_, InputRefused
from portfolio.model import AgeBand, ClassTemplate
from portfolio.moments.room import Asked, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_says import draft_says
from portfolio.rules.template_changes import order_with
from portfolio.store.template_draft import Draft
from portfolio.store.template_file import load_template, parse_template
from portfolio.store.template_write import template_text
from portfolio.store.yaml_lines import LARGEST
from portfolio.views.teacher import render
from portfolio.views.teacher.template_page import FileScreen

BANDS: Final = {
    "k-2": N_("Kindergarten to grade 2"),
    "3-5": N_("Grades 3 to 5"),
    "6-8": N_("Grades 6 to 8"),
    "9-12": N_("Grades 9 to 12"),
}
"""Our own templates."""


class FilesOfDraft:
    """The screen ``template/file``."""

    def __init__(self, draft: Drafting) -> None:
        self._draft = draft
        self._desk = draft.desk

    def show(self) -> Screen:
        """Return the screen."""
        say, draft = self._desk.say, self._draft.now()
        screen = FileScreen(
            say=say,
            says=draft_says(self._draft, draft),
            bands=tuple((band, say(words)) for band, words in BANDS.items()),
            path=str(self._desk.folder.template_file),
        )
        return Screen(
            say("The pages and questions as a file"), render(screen), ("template", say("What the books ask"))
        )

    def do(self, asked: Asked) -> Outcome:
        """Give the draft as a file, or begin it anew from one. Raises ``PortfolioError``: then nothing was changed."""
        if asked.what == "take":
            return self._take()
        if asked.what == "give":
            return self._give(asked)
        if asked.what == "ours":
            return self._ours(asked)
        raise unknown(asked)

    def _take(self) -> Outcome:
        template = self._draft.now().template
        data = template_text(template).encode()
        name = f"{template.template_id}.yaml"
        return Outcome(
            say=self._desk.say("The file holds what the books ask, and no word of any child."),
            downloads=(Download(name, "application/yaml", data),),
        )

    def _give(self, asked: Asked) -> Outcome:
        if not asked.files or not asked.files[0].data:
            raise InputRefused("Choose a file first.", field="file")
        brought = asked.files[0]
        if len(brought.data) > LARGEST:
            raise InputRefused(
                "{file} is too large for a file of pages and questions. Is it the right one?",
                file=brought.name[:80],
                field="file",
            )
        name = brought.name.replace("\\", "/").rpartition("/")[2][:80] or "template.yaml"
        self._begin_from(parse_template(brought.data.decode("utf-8-sig", "replace"), name))
        return Outcome(
            say=self._desk.say("The draft asks what the file asks. Look at what would change."),
            go="template/push",
        )

    def _ours(self, asked: Asked) -> Outcome:
        band = asked.one("band")
        if band not in get_args(AgeBand):
            raise InputRefused("Choose the grades from the list.", field="band")
        self._begin_from(load_template(files.class_templates() / f"{band}.yaml"))
        return Outcome(
            say=self._desk.say("The draft asks what ours asks. Look at what would change."),
            go="template/push",
        )

    def _begin_from(self, template: ClassTemplate) -> None:
        """Put another template in the place of the draft's; the grades stay those of the class."""
        band = self._desk.school_class.age_band

        def step(draft: Draft) -> Draft:
            after = template.but(age_band=band)
            shown = order_with(draft.template, draft.shown, after)
            return replace(draft, template=after, shown=shown, renames={})

        self._draft.change(step)
