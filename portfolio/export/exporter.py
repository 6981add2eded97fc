"""``jupyter nbconvert --to portfolio student.ipynb``: the home file of one household.

The notebook decides which sections there are and their order; which child and which home is said by
(in this order) the traits, the notebook's metadata (``{"portfolio": {"student": …, "household": …}}``),
or, where there is only one, by itself. Else a sentence lists the choices. No cell is run and no kernel
is started: words and pictures come from the class folder the notebook lies in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from traitlets import Unicode, default

from portfolio import files
from portfolio.errors import NotFound, PortfolioError
from portfolio.model import Household, Outline, Student
from portfolio.moments.home import home_html, kept_charts
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.store.notebook_file import parse_outline
from portfolio.store.port import ClassStore


class CannotExport(ConversionException):
    """A home file could not be made; the text is a sentence for the teacher."""


class PortfolioExporter(TemplateExporter):
    """Makes the file that goes home: one page, no scripts, nothing beside it."""

    export_from_notebook = "Portfolio (file for home)"
    output_mimetype = "text/html"
    template_name = Unicode("portfolio").tag(config=True, affects_template=True)

    student = Unicode("", help="Whose book: the student's id.").tag(config=True)
    household = Unicode("", help="For which home: the household's id.").tag(config=True)
    class_folder = Unicode("", help="The class folder. If empty: the folder the notebook lies in.").tag(
        config=True
    )

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(files.jupyter_templates() / "nbconvert" / "templates")]

    def _create_environment(self) -> jinja2.Environment:
        """Return nbconvert's environment with autoescape on: a plain text can never become a tag."""
        environment: jinja2.Environment = super()._create_environment()  # type: ignore[no-untyped-call] # nbconvert's
        environment.autoescape = True
        environment.undefined = jinja2.StrictUndefined
        return environment

    def from_notebook_node(  # type: ignore[override] # as nbconvert's own template exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and the resources. Raises :class:`CannotExport` with a sentence."""
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call] # nbconvert's
        try:
            page = self._page(nb, resources)
        except PortfolioError as error:
            raise CannotExport(str(error)) from None
        resources["portfolio_page"] = Markup(page)  # noqa: S704 - a SafePage of our own templates
        # the page is made; nbconvert would check and copy every cell once for each of its steps
        empty = new_notebook(metadata=nb.metadata)  # type: ignore[no-untyped-call]  # nbformat carries no types
        return super().from_notebook_node(empty, resources, **kw)

    def _page(self, nb: NotebookNode, resources: dict[str, Any]) -> str:
        where = self.class_folder or resources.get("metadata", {}).get("path") or "."
        folder = open_class(Path(where))
        name = str(resources.get("metadata", {}).get("name", "notebook"))
        outline = parse_outline(json.dumps(nb), f"{name}.ipynb")
        asked = dict(nb.metadata.get("portfolio", {}))
        store = folder.store()
        try:
            student = _student(store, self.student or str(asked.get("student", "")))
            home = _household(student, self.household or str(asked.get("household", "")))
            return self._made(folder, store, outline, student, home)
        finally:
            store.close()

    def _made(
        self, folder: ClassFolder, store: ClassStore, outline: Outline, student: Student, home: Household
    ) -> str:
        book = book_of(store, folder.template(), outline, student.student_id)
        draw, glossary = kept_charts(folder.charts), folder.glossary()
        return home_html(book, home.household_id, store, draw, glossary=glossary)


def _student(store: ClassStore, asked: str) -> Student:
    roster = store.students()
    if not asked and len(roster) == 1:
        return roster[0]
    known = ", ".join(s.student_id for s in roster) or "–"
    found = next((s for s in roster if s.student_id == asked), None)
    if found is not None:
        return found
    if asked:
        raise NotFound(
            "There is no student “{student}” in this class. Known are: {known}.", student=asked, known=known
        )
    raise NotFound(
        "Which student? Say it with --PortfolioExporter.student=NAME or in the notebook's metadata. "
        "Known are: {known}.",
        known=known,
    )


def _household(student: Student, asked: str) -> Household:
    if not asked and len(student.households) == 1:
        return student.households[0]
    found = student.household(asked) if asked else None
    if found is not None:
        return found
    raise NotFound(
        "For which home of {student}? Say it with --PortfolioExporter.household=NAME. Known are: {known}.",
        student=student.name,
        known=", ".join(h.household_id for h in student.households) or "–",
    )
