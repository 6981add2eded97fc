"""The table of where everybody is, as a screen and for a spreadsheet."""

from __future__ import annotations

from typing import Final

from portfolio.moments.progress_table import progress_table
from portfolio.moments.room import Asked, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.out_files import name_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher import render
from portfolio.views.teacher.out_page import TablePage

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableOut:
    """Shows the table of a class and hands it over."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk

    def show(self) -> Screen:
        """Return the table as it would be taken along."""
        say, table = self._desk.say, progress_table(self._desk)
        page = TablePage(say=say, name=table.name, headings=table.headings, rows=table.rows)
        return Screen(say("Where everybody is, as a table"), render(page), ("out", say("Take along")))

    def do(self, asked: Asked) -> Outcome:
        """Hand the table over, as it is in this moment, in the form asked for."""
        if asked.what != "table":
            raise unknown(asked)
        desk, say = self._desk, self._desk.say
        table = progress_table(desk)
        if asked.one("as") == "xlsx":
            made = Download(name_of(desk.folder, "table", desk.now(), "xlsx"), XLSX, table.xlsx(desk))
        else:
            made = Download(name_of(desk.folder, "table", desk.now(), "csv"), CSV, table.csv())
        return Outcome(say=say("{file} was handed to your browser.", file=made.name), downloads=(made,))
