"""What the class hopes for: as a screen, and as a page to show to everybody."""

from __future__ import annotations

import zipfile
from io import BytesIO

from portfolio.errors import NotFound
from portfolio.moments.class_hopes import Hopes, hopes_html, hopes_of
from portfolio.moments.room import Asked, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.out_files import name_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.class_charts import standing_alone
from portfolio.views.teacher import render
from portfolio.views.teacher.hopes_page import HopesPage


class HopesOut:
    """Shows what a class hopes for, and hands it over as a page and drawings."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk

    def show(self) -> Screen:
        """Return what may be shown without telling who."""
        say, hopes = self._desk.say, self._hopes()
        page = HopesPage(say=say, drawings=hopes.drawings, hopes=hopes.hopes, held_back=hopes.held_back)
        return Screen(say("What the class hopes for"), render(page), ("out", say("Take along")))

    def do(self, asked: Asked) -> Outcome:
        """Hand over the page with the words somebody has read and ticked, or the drawings as SVG."""
        if asked.what != "hopes":
            raise unknown(asked)
        desk, say, hopes = self._desk, self._desk.say, self._hopes()
        chosen = {one.mark for one in hopes.hopes} & set(asked.all("hope"))
        if asked.one("as") == "drawings":
            made = self._drawings(hopes)
        elif hopes.drawings or chosen:
            html = hopes_html(desk.school_class, hopes, say, chosen=chosen)
            made = Download(
                name_of(desk.folder, "hopes", desk.now(), "html"), "text/html", html.encode("utf-8")
            )
        else:
            raise NotFound(
                "There is nothing to put on the page yet. Tick at least one line, or wait for more goals."
            )
        return Outcome(say=say("{file} was handed to your browser.", file=made.name), downloads=(made,))

    def _drawings(self, hopes: Hopes) -> Download:
        """Return all drawings in one zip: a browser asks before it takes several files at once."""
        if not hopes.drawings:
            raise NotFound("There is no drawing yet.")
        desk, sink = self._desk, BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
            for n, one in enumerate(hopes.drawings, 1):
                packed.writestr(
                    name_of(desk.folder, f"hopes-{n}", desk.now(), "svg"), standing_alone(one.chart)
                )
        return Download(name_of(desk.folder, "hopes", desk.now(), "zip"), "application/zip", sink.getvalue())

    def _hopes(self) -> Hopes:
        return hopes_of(self._desk.folder, self._desk.store, self._desk.say)
