"""Files that are the same for everybody: styles, scripts, fonts. Nothing about a child is among them."""

from __future__ import annotations

from collections.abc import Mapping

from jupyter_server.base.handlers import FileFindHandler
from tornado.web import HTTPError, RequestHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

from portfolio.serve import policies
from portfolio.serve.doorstep import shown_path


class Plain(RequestHandler):
    """A handler of public files: safe headers, clean log lines."""

    def set_default_headers(self) -> None:
        """Set the headers every answer has."""
        for name, value in policies.ALWAYS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", policies.NOTHING)

    def _request_summary(self) -> str:
        return f"{self.request.method} {shown_path(self.request.path)}"

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer with the status and nothing else."""
        self.finish(f"{status_code}\n")


class Shelf(Plain):
    """``/static/…``: the door's own files, read once at the start."""

    def initialize(self, shelf: Mapping[str, tuple[bytes, str]]) -> None:
        """Take the files: name to content and media type."""
        self.shelf = shelf

    def get(self, name: str) -> None:
        """Send a file; the browser asks each time whether it is still the same."""
        if name not in self.shelf:
            raise HTTPError(404)
        content, kind = self.shelf[name]
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-cache")
        self.finish(content)


class TemplateFiles(Plain, TemplateStaticFileHandler):  # type: ignore[misc] # voilà is not typed
    """``/voila/templates/<our template>/static/…``."""


class VoilaFiles(Plain, MultiStaticFileHandler):  # type: ignore[misc] # voilà is not typed
    """``/voila/static/…``: the scripts of voilà itself."""


class WidgetFiles(Plain, FileFindHandler):
    """``/voila/labextensions/…``: the scripts of the widgets we allow."""
