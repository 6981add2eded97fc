"""``jupyter nbconvert --to portfolio student.ipynb``: the home file of one household.

The notebook decides which sections there are and their order; which child and which home is said by
(in this order) the traits, the notebook's metadata (``{"portfolio": {"student": …, "household": …}}``),
or, where there is only one, by itself. Else a sentence lists the choices. Without ``--execute`` no cell is run and no
kernel is started: words and pictures come from the class folder the notebook lies in, a teacher's own cells from what
is saved in the notebook.

In a program, for many children, with the class opened once::

    from portfolio.export import PortfolioExporter

    with PortfolioExporter(class_folder="class-4b") as exporter:
        for student in ("amal", "mateo"):
            page, resources = exporter.for_home(student, "home").from_filename("class-4b/student.ipynb")
            told = resources["portfolio"]  # student, household, file_name, and what is missing in the file

The page has the same bytes as that of ``portfolio send-home``.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

import jinja2
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode, ValidationError, from_dict
from nbformat.v4 import new_notebook
from traitlets import Bool, Int, List, TraitError, Unicode, default
from traitlets.config import Config

from portfolio import files
from portfolio.errors import PortfolioError
from portfolio.export.at_home import Asked, ForHome, Opened, made_for
from portfolio.export.command_line import running_app, stop_with
from portfolio.export.told import told
from portfolio.store.notebook_file import read_text
from portfolio.views.room import HOME_BUDGET, HOME_LIMIT


class CannotExport(ConversionException):
    """A home file could not be made; the text is a sentence for the teacher."""


class Bytes(Int[int, int]):
    """A number of bytes; what is none is told in a sentence."""

    def validate(self, obj: Any, value: Any) -> int:  # noqa: ARG002 - traitlets' way to ask
        """Return the number. Raises ``TraitError`` with a sentence."""
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise TraitError(
                f"“{value}” is no size for a file. Write how many bytes it may have, for example --PortfolioExporter.limit=1000000."
            )
        return value


class PortfolioExporter(TemplateExporter):
    """Makes the file that goes home: one page, nothing beside it; a teacher's own cells as they were saved."""

    export_from_notebook = "Portfolio (file for home)"
    output_mimetype = "text/html"
    template_name = Unicode("portfolio").tag(config=True, affects_template=True)

    student = Unicode(
        "",
        help="Whose book: the student's id. If empty: what the notebook's metadata say, or the only student.",
    ).tag(config=True)
    household = Unicode(
        "",
        help="For which home: the household's id. If empty: what the notebook's metadata say, or the only home.",
    ).tag(config=True)
    class_folder = Unicode("", help="The class folder. If empty: the folder the notebook lies in.").tag(
        config=True
    )
    limit = Bytes(
        HOME_LIMIT,
        help="How many bytes the file may have. What has no room is left out, and the page says so in its place.",
    ).tag(config=True)
    budget = Bytes(
        HOME_BUDGET,
        help="How many bytes words and pictures should have together. Pictures become smaller for it; none is left out.",
    ).tag(config=True)
    only_looked_at = Bool(
        False, help="Refuse a book that no teacher has looked at as it is now."
    ).tag(config=True)  # fmt: skip

    default_preprocessors: List[Any] = List(
        [
            "nbconvert.preprocessors.TagRemovePreprocessor",
            "nbconvert.preprocessors.RegexRemovePreprocessor",
            "nbconvert.preprocessors.ClearOutputPreprocessor",
            "portfolio.export.running.RunOwnCells",
        ],
        help="What may be done with the notebook first, if it is enabled; --execute enables the last.",
    ).tag(config=True)

    def __init__(self, config: Config | None = None, **kw: Any) -> None:
        """Take wishes from the command line, from ``config``, or by name; a wrong one is told in a sentence."""
        self._opened: Opened | None = None
        self._keeps_open = False
        try:
            super().__init__(config=config, **kw)  # type: ignore[no-untyped-call] # nbconvert's
        except TraitError as error:
            if running_app() is None:
                raise
            stop_with(str(error))

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

    def __enter__(self) -> Self:
        """Keep the class open from one file to the next."""
        self._keeps_open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the class."""
        self._keeps_open = False
        self._close()

    def for_home(self, student: str, household: str = "") -> Self:
        """Say whose file is made next, by ids, and return the exporter itself."""
        self.student, self.household = student, household
        return self

    def from_filename(  # type: ignore[override] # as nbconvert's own template exporters do
        self, filename: str, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page for the notebook in a file, and the resources. Raises :class:`CannotExport` with a sentence."""
        path = Path(filename)
        given = self._init_resources(resources)  # type: ignore[no-untyped-call] # nbconvert's
        given["metadata"]["name"], given["metadata"]["path"] = path.stem, str(path.parent)
        try:
            text = read_text(path)
        except PortfolioError as error:
            self._refuse(error)
        return self._finished(text, given)

    def from_file(  # type: ignore[override] # the same
        self, file_stream: Any, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page for the notebook an open file holds, and the resources. Raises :class:`CannotExport`."""
        text = file_stream.read()
        given = self._init_resources(resources)  # type: ignore[no-untyped-call] # nbconvert's
        return self._finished(text.decode("utf-8-sig", "replace") if isinstance(text, bytes) else text, given)

    def from_notebook_node(  # type: ignore[override] # as nbconvert's own template exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page for a notebook in memory, and the resources. Raises :class:`CannotExport` with a sentence."""
        return self._finished(json.dumps(nb), self._init_resources(resources))  # type: ignore[no-untyped-call] # nbconvert's

    def _finished(self, text: str, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the page for a notebook (its JSON text), put into the template."""
        try:
            text, resources = self._prepared(text, resources)
            made = self._made(text, resources)
        except PortfolioError as error:
            self._refuse(error)
        for line in told(made):
            self.log.warning(line)
        self._name(made, resources)
        resources["portfolio"] = made.facts()
        resources["portfolio_page"] = Markup(made.file.page)  # noqa: S704 - a SafePage of our own templates
        # the page is made: a template sees it, and no cells
        empty = new_notebook()  # type: ignore[no-untyped-call] # nbformat carries no types
        return self.template.render(nb=empty, resources=resources), resources

    def _prepared(self, text: str, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the notebook after what nbconvert was asked to do with it first: usually nothing at all."""
        if not any(map(_works, self._preprocessors)):
            return text, resources
        try:
            node, resources = self._preprocess(from_dict(json.loads(text)), resources)  # type: ignore[no-untyped-call] # both untyped
        except (ValidationError, ValueError) as error:
            raise CannotExport(
                f"This notebook cannot be prepared ({str(error).splitlines()[0]}). Open it in JupyterLab and save it once."
            ) from None
        return json.dumps(node), resources

    def _made(self, text: str, resources: dict[str, Any]) -> ForHome:
        where = Path(self.class_folder or resources["metadata"].get("path") or ".").absolute()
        if self._opened is not None and self._opened.folder.path != where:
            self._close()
        self._opened = self._opened or Opened(where)
        name = f"{resources['metadata'].get('name') or 'notebook'}.ipynb"
        asked = Asked(self.student, self.household, self.limit, self.only_looked_at, self.budget)
        try:
            return made_for(self._opened, text, name, asked)
        finally:
            if not self._keeps_open:
                self._close()

    def _close(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    def _refuse(self, error: PortfolioError) -> NoReturn:
        """Say why there is no file: at the command line as one line, else as an error that carries the sentence."""
        if running_app() is not None:
            stop_with(str(error))
        raise CannotExport(str(error)) from None

    def _name(self, made: ForHome, resources: dict[str, Any]) -> None:
        """Call the file what it is called at the other door, unless somebody has named it: no child's replaces another's."""
        app = running_app()
        if app is not None and app.output_base == "{notebook_name}":
            resources["unique_key"] = Path(made.file_name).stem
        elif (
            app is None and "config_dir" in resources
        ):  # Jupyter's server: it puts the notebook's name before
            resources["output_extension"] = f"-{made.file_name}"


def _works(step: Any) -> bool:
    """Return whether a step of nbconvert's would change anything: two are enabled though nobody asked for them."""
    wishes = ("remove_cell_tags", "remove_all_outputs_tags", "remove_single_output_tags", "patterns")
    idle = any(hasattr(step, wish) for wish in wishes) and not any(getattr(step, w, None) for w in wishes)
    return bool(getattr(step, "enabled", True)) and not idle
