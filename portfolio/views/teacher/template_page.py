"""The screens of the template builder: pages, one page with its questions, an agenda, what would change, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from portfolio.model import AgendaPreset, Prompt, Section
from portfolio.views.safe import SafePage
from portfolio.words import Speech

Options = tuple[tuple[str, str], ...]
"""What a select offers: value and words."""


@dataclass(frozen=True)
class DraftSays:
    """What every screen of the builder says: whether there is a draft, of how many changes, why it could not be used yet."""

    begun: bool
    changes: int
    outdated: bool
    mistake: str


@dataclass(frozen=True)
class DraftBar:
    """Everything ``template_bar.html.j2`` may use: the line at the foot of the builder while there is a draft."""

    template: ClassVar[str] = "template_bar.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    says: DraftSays
    """The state of the draft."""


@dataclass(frozen=True)
class PageLine:
    """A page in the list: whether books show it, what it is for, whether it can come earlier or later."""

    section: Section
    shown: bool
    purpose: str
    earlier: bool
    later: bool


@dataclass(frozen=True)
class TemplatePage:
    """Everything ``template.html.j2`` may use: the pages of the draft."""

    template: ClassVar[str] = "template.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    says: DraftSays
    """The state of the draft."""
    title: str
    """What the template is called."""
    version: int
    """The version of the form with the title."""
    pages: tuple[PageLine, ...]
    """The pages in order; those that are left out stand where they would come in again."""
    kinds: Options
    """Kinds of pages one can make."""
    known: Options
    """Pages of our own templates that this one does not have."""
    agendas: tuple[AgendaPreset, ...]
    """The agendas of the meeting."""


@dataclass(frozen=True)
class QuestionSeen:
    """A question with its form: the version it carries, ways to answer it, its choices and beginnings as lines."""

    prompt: Prompt
    version: int
    ways: Options
    way: str
    choices: str
    starters: str
    chosen: bool
    written: bool
    counted: bool
    own_choices: bool
    picture: str


@dataclass(frozen=True)
class OnePage:
    """Everything ``template_one.html.j2`` may use: one page of the draft."""

    template: ClassVar[str] = "template_one.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    says: DraftSays
    """The state of the draft."""
    section: Section
    """The page."""
    version: int
    """The version of the form of the page itself."""
    shown: bool
    """Whether books show it."""
    counted: bool
    """Whether it has several entries, so that one says how many."""
    purpose: str
    """What the page is for."""
    questions: tuple[QuestionSeen, ...]
    """Its questions, in order."""
    fields: Options
    """What else it may ask for; empty if nothing."""
    ways: Options
    """Ways a new question may be answered."""
    pictures: Options
    """Drawings a page may have."""
    child: str
    """The page as the child's own controls draw it (JSON of a form), or ""."""
    family: SafePage | None
    """The home file of an invented child with this page, or ``None``."""
    look: Mapping[str, str]
    """Band and cloth of the child's page."""


@dataclass(frozen=True)
class SeenPart:
    """Everything ``template_seen.html.j2`` may use: how a page of the draft looks, said anew after each change."""

    template: ClassVar[str] = "template_seen.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    to: str
    """Who sees it: "child" or "family"."""
    child: str = ""
    """The page as the child's own controls draw it (JSON of a form), or ""."""
    family: SafePage | None = None
    """The home file of an invented child with this page, or ``None``."""


@dataclass(frozen=True)
class StepSeen:
    """A step of an agenda with the titles of the pages it shows."""

    step_id: str
    title: str
    speaker: str
    minutes: int
    private: bool
    sections: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class AgendaScreen:
    """Everything ``template_agenda.html.j2`` may use: one agenda of the draft."""

    template: ClassVar[str] = "template_agenda.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    says: DraftSays
    """The state of the draft."""
    agenda: AgendaPreset
    """The agenda."""
    steps: tuple[StepSeen, ...]
    """Its steps."""
    speakers: Options
    """Whose turn a step can be."""
    pages: Options
    """Pages a step can show."""
    remark: str
    """A kind word about who opens and closes, or ""."""
    last: bool
    """Whether it is the only agenda."""


@dataclass(frozen=True)
class AgendaSums:
    """Everything ``template_sums.html.j2`` may use: how long the meeting is, and who opens and closes it."""

    template: ClassVar[str] = "template_sums.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    agenda: AgendaPreset
    """The agenda."""
    remark: str
    """A kind word about who opens and closes, or ""."""


@dataclass(frozen=True)
class Told:
    """A change in words, and what becomes of whose words."""

    what: str
    words: str


@dataclass(frozen=True)
class EarlierSeen:
    """An earlier template: its stamp, when it was put away, what came in its place."""

    stamp: str
    day: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class PushScreen:
    """Everything ``template_push.html.j2`` may use: what would change."""

    template: ClassVar[str] = "template_push.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    says: DraftSays
    """The state of the draft."""
    changes: tuple[Told, ...]
    """What would change, in order."""
    seen: str
    """What the teacher looked at, as a digest."""
    ready: bool
    """Whether it can be pushed."""
    earlier: tuple[EarlierSeen, ...]
    """What can be brought back, newest first."""


@dataclass(frozen=True)
class BackScreen:
    """Everything ``template_back.html.j2`` may use: what bringing back an earlier template would change."""

    template: ClassVar[str] = "template_back.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    stamp: str
    """Which one."""
    changes: tuple[Told, ...]
    """What would change."""
    seen: str
    """What the teacher looked at, as a digest."""
    other: str
    """Why it cannot be brought back here, or ""."""
    unreadable: tuple[str, ...]
    """The files that cannot be read now."""


@dataclass(frozen=True)
class TroubleScreen:
    """Everything ``template_trouble.html.j2`` may use: the draft or the files cannot be read, and the ways out."""

    template: ClassVar[str] = "template_trouble.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    trouble: str
    """What cannot be read, and why."""
    draft: bool
    """Whether it is the draft; else the files of the class."""
    earlier: tuple[EarlierSeen, ...]
    """What can be brought back, newest first."""


@dataclass(frozen=True)
class FileScreen:
    """Everything ``template_file.html.j2`` may use: the template as a file, and ours to begin from."""

    template: ClassVar[str] = "template_file.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    says: DraftSays
    """The state of the draft."""
    bands: Options
    """Our own templates, by band."""
    path: str
    """Where class.yaml lies."""
