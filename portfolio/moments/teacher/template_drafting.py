"""The draft of a class template: begun from what the class has, changed one step at a time, in no book before it is given to them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from portfolio.errors import PortfolioError, TemplateMistake
from portfolio.model import ClassTemplate, Section
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_keep import Shown
from portfolio.rules import template_edit as edit
from portfolio.rules.template_changes import effective, shown_sections, template_changes
from portfolio.rules.template_used import Used
from portfolio.store import template_pair
from portfolio.store.notebook_file import parse_outline
from portfolio.store.template_draft import Draft, forget_draft, read_draft, write_draft
from portfolio.store.template_file import parse_template
from portfolio.store.template_write import template_text

NAME = "class.yaml"


class Drafting:
    """The draft of one class, in one window. Another window may work on the same draft."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk
        self.shown = Shown()
        """What the forms of this window were shown with."""
        self._earlier: dict[str, ClassTemplate] = {}  # by the name they are kept under, which never changes

    def now(self) -> Draft:
        """Return the draft as it is; one that is not begun is what the class has. Raises ``PortfolioError``."""
        return read_draft(self.desk.folder) or self.fresh()

    def fresh(self) -> Draft:
        """Return what the class has, as a draft: titles and order as its notebook says them."""
        pair = template_pair.read_pair(self.desk.folder)
        template = parse_template(pair.template_text, NAME)
        outline = parse_outline(pair.notebook_text, "student.ipynb")
        return Draft(effective(template, outline), shown_sections(template, outline), pair.digest)

    def begun(self) -> bool:
        """Return whether there is a draft that differs from what the class has."""
        there = read_draft(self.desk.folder)
        if there is None:
            return False
        has = self.fresh()
        return (there.template, there.shown) != (has.template, has.shown)

    def changes(self) -> int:
        """Return how many things the books would ask in another way; 0 if there is no draft."""
        there = read_draft(self.desk.folder)
        if there is None:
            return 0
        has = self.fresh()
        return len(
            template_changes(
                has.template, there.template, has.shown, there.shown, (), renames=there.renames
            ).all
        )

    def outdated(self) -> bool:
        """Return whether class.yaml or the notebook was changed (in JupyterLab, say) since the draft was begun."""
        there = read_draft(self.desk.folder)
        return there is not None and there.begun_on != template_pair.read_pair(self.desk.folder).digest

    def change(self, step: Callable[[Draft], Draft]) -> Draft:
        """Lay one step over the draft as it is now, keep it, and return it. Raises what the step raises."""
        with self.desk.store.together():  # one window at a time
            before = self.now()
            after = step(before)
            if after != before:
                write_draft(self.desk.folder, after)
        return after

    def change_template(self, step: Callable[[ClassTemplate], ClassTemplate]) -> Draft:
        """Lay a step over what the draft asks."""
        return self.change(lambda draft: replace(draft, template=step(draft.template)))

    def change_page(self, section_id: str, step: Callable[[Section], Section]) -> Draft:
        """Lay a step over one page of the draft. Raises ``NotFound`` if it is gone."""
        return self.change_template(lambda t: edit.with_page(t, step(edit.page_of(t, section_id))))

    def used(self) -> Used:
        """Return every name that pages, questions and choices of this class have, or had: none is given again."""
        store, folder = self.desk.store, self.desk.folder
        ids = [meta.portfolio_id for metas in store.all_rounds().values() for meta in metas]
        for stamp in template_pair.stamps(folder):
            if stamp not in self._earlier:
                with contextlib.suppress(
                    PortfolioError
                ):  # one that cannot be read cannot be brought back either
                    pair, _ = template_pair.earlier_pair(folder, stamp)
                    self._earlier[stamp] = parse_template(pair.template_text, NAME)
        books = tuple(whole.portfolio for whole in store.wholes(ids).values())
        return Used(self.fresh().template, tuple(self._earlier.values()), books)

    def throw_away(self) -> None:
        """Forget the draft; books, class.yaml and the notebook are as they were."""
        with self.desk.store.together():
            forget_draft(self.desk.folder)

    def mistake(self, draft: Draft) -> TemplateMistake | None:
        """Return why the draft could not be a class.yaml yet, or ``None``."""
        try:
            parse_template(template_text(draft.template), NAME)
        except TemplateMistake as error:
            return error
        return None
