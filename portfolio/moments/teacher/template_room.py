"""The builder: a draft of what the books ask, seen as a child and as a family, then given to the books.

Places: ``template`` the pages · ``template/page/<page>`` · ``template/agenda/<agenda>`` · ``template/push`` what would
change · ``template/back/<stamp>`` an earlier one · ``template/file``. No child's book knows of a draft.
"""

from __future__ import annotations

from dataclasses import replace

from portfolio.errors import NotFound, PortfolioError
from portfolio.moments.room import Asked, At, Outcome, Screen
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.template_agendas import AgendaOfDraft
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_files import FilesOfDraft
from portfolio.moments.teacher.template_list import PagesOfDraft
from portfolio.moments.teacher.template_pushing import PushOfDraft
from portfolio.moments.teacher.template_questions import PageOfDraft
from portfolio.moments.teacher.template_trouble import trouble_screen


class TemplateRoom:
    """The room of the template builder."""

    def __init__(self, desk: TeacherDesk) -> None:
        draft = self._draft = Drafting(desk)
        self._pages, self._page = PagesOfDraft(draft), PageOfDraft(draft)
        self._agenda, self._push, self._file = AgendaOfDraft(draft), PushOfDraft(draft), FilesOfDraft(draft)

    def show(self, at: At) -> Screen:
        """Return the screen of a place; one with the ways out, if draft or files cannot be read. Raises ``NotFound``."""
        try:
            return self._shown(at)
        except PortfolioError:
            trouble = None if at[:1] == ("back",) else trouble_screen(self._draft)
            if trouble is None:
                raise
            return trouble

    def _shown(self, at: At) -> Screen:
        match at:
            case ():
                return self._pages.show()
            case ("page", section_id):
                return self._page.show(section_id)
            case ("agenda", preset_id):
                return self._agenda.show(preset_id)
            case ("push",):
                return self._push.show()
            case ("back", stamp):
                return self._push.show_back(stamp)
            case ("file",):
                return self._file.show()
        raise NotFound("There is no such page here. Go back to the class.")

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        if asked.what == "throw-away":  # stands on several screens
            return replace(self._pages.do(asked), go="template")
        match at:
            case ():
                return self._pages.do(asked)
            case ("page", section_id):
                return self._page.do(section_id, asked)
            case ("agenda", preset_id):
                return self._agenda.do(preset_id, asked)
            case ("push",):
                return self._push.do(asked)
            case ("back", stamp):
                return self._push.do_back(stamp, asked)
            case ("file",):
                return self._file.do(asked)
        raise NotFound("There is no such page here. Go back to the class.")
