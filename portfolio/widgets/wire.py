# long: everything page and kernel say to each other, in one place
"""The wire: what a desk's page and its kernel say to each other, written down as types.

A :class:`Form` goes to the page once, as the ``form`` trait of a sheet. From then on only custom
messages travel (each a small JSON object with a ``type``): the page asks, the kernel answers. The page
never writes a trait; :meth:`portfolio.widgets.base.Ours.set_state` ignores it if one tries.

Values of the controls, as they travel in ``Field.value`` and in ``save``::

    line, long            str
    picks                 list of choice ids
    one, scale, piece     a choice id, or None
    photos                list of PhotoValue (``thumb`` only on the way to the page)
    media                 list of MediumValue (``thumb`` and ``src`` only on the way to the page)
    rows                  list of {column: str}
    date                  "YYYY-MM-DD", or None
    dates                 list of "YYYY-MM-DD"

A file (a picture or a medium) comes in parts; the bytes travel beside the message. The page numbers what it
brings with an ``upload`` id of its own (16 to 64 hex signs) and may go on at any time, also after a reload::

    media_where ──► media_have                       how much of it is here?
    media_part  ──► media_have    … until all is     the bytes at ``offset``
    media_take  ──► media_ok                         clean it, keep it: the value it is now
                    refused                          … or the sentence why not
    media_whole ──► media_whole                      a kept picture in its full size
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NotRequired, TypedDict

from portfolio.model import Control

Value = Any
"""A value of a control, see the table above. Always JSON."""


class Choice(TypedDict):
    """Something to pick: an id, the word under it, and the name of a drawing."""

    id: str
    label: str
    icon: str | None


class Column(TypedDict):
    """One small line of a row; with ``choices`` one of them is chosen (yes or no), else words are written."""

    field: str
    ask: str
    choices: NotRequired[list[Choice]]


class LookMark(TypedDict):
    """A mark on a picture: where (fractions of its width and height, 0 to 1) and what to see there."""

    x: float
    y: float
    words: str


class PhotoValue(TypedDict):
    """A picture as it stands in a field. ``thumb`` is a ``data:`` address, at most some 30 kB.

    The page writes ``alt``, ``caption`` and ``written`` (what is written in it), puts ``looks`` and ticks ``others``.
    """

    sha256: str
    width: int
    height: int
    alt: str
    caption: str
    written: str
    looks: list[LookMark]
    others: bool
    thumb: NotRequired[str]


class MediumValue(TypedDict):
    """A recording, film, document, text or link as it stands in a field; which keys there are, ``kind`` says.

    The page writes the words (``caption``, ``transcript``, ``alt``), ticks ``others``, and for writing and links
    says what they are. All else comes from what was kept. ``src`` is where the page plays it from, or "".
    """

    kind: Literal["sound", "video", "document", "writing", "link"]
    caption: str
    sha256: NotRequired[str]
    suffix: NotRequired[str]
    seconds: NotRequired[float]
    size: NotRequired[int]
    width: NotRequired[int]
    height: NotRequired[int]
    plays: NotRequired[str]
    poster: NotRequired[PhotoValue | None]
    pages: NotRequired[list[PhotoValue]]
    page_count: NotRequired[int]
    text: NotRequired[str]
    sort: NotRequired[Literal["text", "code"]]
    language: NotRequired[str]
    address: NotRequired[str]
    alt: NotRequired[str]
    transcript: NotRequired[str]
    others: NotRequired[bool]
    thumb: NotRequired[str]
    src: NotRequired[str]


class PlainWords(TypedDict):
    """Words that say a school word plainly, and the range of the answer they take the place of."""

    start: int
    end: int
    text: str


class SchoolWord(TypedDict):
    """A school word in an answer: where it stands, what it means, and what was chosen for it in this card.

    All places count UTF-16 code units, as a browser does. ``term`` is its id, ``word`` how it is written here,
    ``kid`` what it means, in the language ``lang`` (``draft``: translated, and checked by nobody yet). ``swap``
    is ``None`` where no plain words fit; its range may begin earlier, to mend "an", or end later.
    """

    term: str
    word: str
    start: int
    end: int
    kid: str
    lang: str
    draft: bool
    swap: PlainWords | None
    chosen: Literal["", "explain", "fine"]


class HelpPicture(TypedDict):
    """A picture that helps with a question: its address, and what it shows."""

    src: str
    alt: str


class Field(TypedDict):
    """One question and its answer so far. ``words`` is a soft cap; ``lang`` the language of the answer.

    ``spoken`` is the address of the teacher's recording of the question, or "". ``besides`` are the other ways
    to answer a question for words: two fields of their own, ``<field>.pictures`` (control photos) and
    ``<field>.media`` (control media), saved like any other. ``earlier`` is what was said in earlier rounds.
    ``school_words`` stand in the answer, in their order; for the youngest there is no such key. ``help`` is there
    only where a picture helps with the question.
    """

    field: str
    ask: str
    control: Control
    hint: str
    lead: str
    starters: list[str]
    words: int | None
    at_most: int | None
    choices: list[Choice]
    columns: list[Column]
    value: Value
    lang: str
    spoken: str
    besides: list[Field]
    earlier: list[Earlier]
    school_words: NotRequired[list[SchoolWord]]
    help: NotRequired[HelpPicture]


class Earlier(TypedDict):
    """What was said to the same question in an earlier round, in words. Oldest first."""

    round: str
    word: str
    icon: str | None


class Steps(TypedDict):
    """Whether something in the section can be taken back, and done again."""

    back: bool
    forth: bool


WhoSees = Literal["home", "table", "teacher"]
"""Who sees a section: everybody the book is shown to and the file at home; only who sits at the table; only
the child and its teacher."""


class Card(TypedDict):
    """One record: its id, its version in the store (0: never saved), its questions.

    ``icon`` and ``told`` (lines) stand with the title: a step of the meeting says how long it is, a rehearsal how it was.
    With ``fold`` the card opens and shuts; the word says how it begins.
    """

    entry_id: str
    version: int
    title: str
    fields: list[Field]
    removable: bool
    icon: NotRequired[str]
    told: NotRequired[list[str]]
    fold: NotRequired[Literal["open", "shut"]]


def every_field(cards: Iterable[Card]) -> Iterator[Field]:
    """Yield every field of these cards, each followed by the other ways to answer it."""
    for card in cards:
        for field in card["fields"]:
            yield field
            yield from field["besides"]


class NoteForChild(TypedDict):
    """What a teacher says to the child: about a page, about an entry on it (``about`` is its title), or the book.

    ``back``: with it the book came back; then ``good`` says what is good, ``words`` the one thing to try, and ``page``
    is the page it is about, or "". ``seen``: the child has read it.
    """

    entry: str
    who: str
    words: str
    good: str
    lang: str
    about: str
    page: str
    seen: bool
    back: bool


class GonePicture(TypedDict):
    """A picture without a question: its small copy as a ``data:`` address, and what it shows."""

    thumb: str
    alt: str


class GonePart(TypedDict):
    """Words whose question is gone: the title of their page ("" if nobody knows it), line by line, and pictures."""

    title: str
    lines: list[str]
    lang: str
    pictures: list[GonePicture]


class PickPage(TypedDict):
    """A page the child may give to its next teacher; ``on``: it does."""

    id: str
    title: str
    icon: str
    on: bool


class Form(TypedDict):
    """One section of the desk. A card without a title stands on the page without a frame.

    ``who_sees`` is ``None`` for a page that is not the child's to show or hide. ``notes`` lie on the page, the ones
    nobody has read first; ``gone`` was written on it, and is not asked any more: with a ``gone_title`` it is folded
    under that. ``grows`` is false where no card is ever added by hand, ``undo`` where nothing is taken back.
    ``ways`` lead on from the page; ``bare`` is said where there is no card, and what went can be taken back.
    """

    section: str
    title: str
    icon: str
    intro: str
    each: str
    add: str
    at_least: int
    at_most: int
    kept_for_the_table: int
    cards: list[Card]
    addable: bool
    movable: bool
    who_sees: WhoSees | None
    steps: Steps
    notes: NotRequired[list[NoteForChild]]
    gone: NotRequired[list[GonePart]]
    gone_title: NotRequired[str]
    grows: NotRequired[bool]
    undo: NotRequired[bool]
    ways: NotRequired[list[Link]]
    bare: NotRequired[str]


class PathPart(TypedDict):
    """A line of the contents page. ``word`` says the state ("filled in"); ``kick`` the chapter.

    ``note``: a note of a teacher lies there that the child has not read.
    """

    id: str
    title: str
    icon: str
    state: Literal["filled", "started", "empty"]
    word: str
    kick: NotRequired[str]
    note: NotRequired[bool]


class Link(TypedDict):
    """A place to go from the desk; the ``main`` one is the cloth-coloured button."""

    label: str
    href: str
    icon: str
    main: NotRequired[bool]
    apart: NotRequired[bool]
    """It opens in a window of its own."""
    top: NotRequired[bool]
    """It also stands at the top of the desk, beside the contents."""


class LikesToRead(TypedDict):
    """How a child likes its pages, as :class:`portfolio.model.Reading` has it."""

    letters: Literal["book", "plain"]
    size: Literal["usual", "large", "larger"]
    spacing: Literal["usual", "wide"]
    contrast: Literal["usual", "high"]


class Look(TypedDict):
    """How pages look and read: language, direction, age band (``k2|35|68|912``), cloth, and the child's own likes."""

    lang: str
    dir: Literal["ltr", "rtl"]
    band: Literal["k2", "35", "68", "912"]
    cloth: str
    reading: NotRequired[LikesToRead]


class OpenPart(TypedDict):
    """A part of the book with room in it: a link to it and its name."""

    id: str
    title: str


class NextStep(TypedDict):
    """A part of the book that could say a little more: a link to it, its name, and a kind sentence."""

    id: str
    title: str
    sentence: str


class Standing(TypedDict):
    """Where the book stands: whether its child has called it ready, and what there is still room for.

    ``final``: the teacher has taken it further, so there is no way back. ``empty`` parts have nothing in them,
    ``unshown`` ones say something that nobody can see yet. ``nudges`` are at most three next steps. ``pages`` may go
    to the next teacher; ``gone`` was written on pages the book does not have any more.
    """

    ready: bool
    final: bool
    empty: list[OpenPart]
    unshown: list[OpenPart]
    nudges: list[NextStep]
    pages: NotRequired[list[PickPage]]
    gone: NotRequired[list[GonePart]]


# ------------------------------------------------------------------------------ page → kernel


class Save(TypedDict):
    """Keep this value. ``base`` is the version it was written on, ``rev`` the page's own number for it."""

    type: Literal["save"]
    entry: str
    field: str
    value: Value
    base: int
    rev: int


class WordChoice(TypedDict):
    """Keep what the child chose for a school word of an answer; an empty ``how`` takes a choice back."""

    type: Literal["word_choice"]
    entry: str
    field: str
    term: str
    how: Literal["", "explain", "fine"]
    base: int
    rev: int


class Add(TypedDict):
    """One more card, please."""

    type: Literal["add"]
    rev: int


class Remove(TypedDict):
    """Take this card away."""

    type: Literal["remove"]
    entry: str
    base: int
    rev: int


class Arrange(TypedDict):
    """The cards in a new order: every entry id once."""

    type: Literal["arrange"]
    order: list[str]
    rev: int


class MediaWhere(TypedDict):
    """Asks how much of a file of ``size`` bytes is here."""

    type: Literal["media_where"]
    entry: str
    field: str
    upload: str
    size: int
    rev: int


class MediaPart(TypedDict):
    """The bytes of a file at ``offset``; they travel in the message's one buffer."""

    type: Literal["media_part"]
    entry: str
    field: str
    upload: str
    size: int
    offset: int
    rev: int


class MediaTake(TypedDict):
    """All of the file is here: take it. A still of a film may travel in a buffer, as JPEG.

    ``name`` is what the file is called at home. The answer may take its time; the kernel answers pings
    meanwhile, and being asked again changes nothing.
    """

    type: Literal["media_take"]
    entry: str
    field: str
    upload: str
    size: int
    name: str
    rev: int


class MediaWhole(TypedDict):
    """Asks for a kept picture in its full size, to cut it or to draw on it."""

    type: Literal["media_whole"]
    entry: str
    field: str
    sha256: str
    rev: int


class MediaLink(TypedDict):
    """An address on the web to put in."""

    type: Literal["media_link"]
    entry: str
    field: str
    address: str
    rev: int


class ShowTo(TypedDict):
    """Let these people see the section."""

    type: Literal["show_to"]
    who: WhoSees
    rev: int


class NoteRead(TypedDict):
    """The child has read a note of a teacher. Answered with the notes of the page as they are then."""

    type: Literal["note_read"]
    entry: str
    rev: int


class TakeBack(TypedDict):
    """Take back the last change in this section. Answered with all cards and the steps there are then."""

    type: Literal["take_back"]
    rev: int


class DoAgain(TypedDict):
    """Do again what was taken back last."""

    type: Literal["do_again"]
    rev: int


class AskPast(TypedDict):
    """Asks how the section was on earlier days."""

    type: Literal["past"]
    rev: int


class BringBack(TypedDict):
    """Bring back how one card was on an earlier day; ``past`` named the version."""

    type: Literal["bring_back"]
    entry: str
    version: int
    base: int
    rev: int


class Ping(TypedDict):
    """Asks whether anybody is there."""

    type: Literal["ping"]


class Renew(TypedDict):
    """Asks whether anything has changed that others write or offer: the page was opened again."""

    type: Literal["renew"]


# ------------------------------------------------------------------------------ kernel → page


class SavedAnswer(TypedDict):
    """It is on disk. ``at`` is an ISO time with zone; ``merged``: others changed the card meanwhile."""

    type: Literal["saved"]
    entry: str
    field: str
    rev: int
    version: int
    at: str
    merged: NotRequired[bool]
    value: NotRequired[Value]
    school_words: NotRequired[list[SchoolWord]]


class WordChosen(TypedDict):
    """The choice is on disk, for every answer of the card; otherwise as :class:`SavedAnswer`."""

    type: Literal["word_chosen"]
    entry: str
    field: str
    term: str
    how: Literal["", "explain", "fine"]
    rev: int
    version: int
    at: str
    merged: NotRequired[bool]


class RefusedAnswer(TypedDict):
    """It was not taken, and this is the sentence for the child. ``entry`` and ``field`` may be empty."""

    type: Literal["refused"]
    entry: str
    field: str
    rev: int
    sentence: str


class BothAnswer(TypedDict):
    """Somebody changed the same words meanwhile (they stand as ``version``); nothing was saved."""

    type: Literal["both"]
    entry: str
    field: str
    rev: int
    mine: Value
    theirs: Value
    version: int


class CardAnswer(TypedDict):
    """A new or changed card; ``rev`` is the question's, or 0 if nobody asked."""

    type: Literal["card"]
    card: Card
    rev: int


class CardsAnswer(TypedDict):
    """All cards of the section, in order; ``entry`` is the one that was taken back, done again or brought back."""

    type: Literal["cards"]
    cards: list[Card]
    rev: int
    steps: NotRequired[Steps]
    entry: NotRequired[str]


class ShownTo(TypedDict):
    """The section is shown to these people from now on."""

    type: Literal["shown_to"]
    rev: int
    who: WhoSees


class NotesAnswer(TypedDict):
    """The notes that lie on the page now; ``rev`` is the question's, or 0 if nobody asked."""

    type: Literal["notes"]
    notes: list[NoteForChild]
    rev: int


class PastCard(TypedDict):
    """How one card was: its title, and question and answer in words, line by line."""

    entry: str
    version: int
    title: str
    lines: list[tuple[str, str]]


class PastDay(TypedDict):
    """How a section was at the end of a day (ISO date, in the school's zone); only cards that were other then."""

    day: str
    cards: list[PastCard]


class PastAnswer(TypedDict):
    """Earlier days, newest first; none if nothing was ever other than now."""

    type: Literal["past"]
    rev: int
    days: list[PastDay]


class MediaHave(TypedDict):
    """So many bytes of the file are on the disk here: go on from there."""

    type: Literal["media_have"]
    entry: str
    field: str
    rev: int
    upload: str
    have: int


class MediaOk(TypedDict):
    """It is kept, and this is what it is; the field itself is saved later."""

    type: Literal["media_ok"]
    entry: str
    field: str
    rev: int
    medium: PhotoValue | MediumValue


class MediaAll(TypedDict):
    """A kept picture in its full size, as a ``data:`` address."""

    type: Literal["media_whole"]
    entry: str
    field: str
    rev: int
    picture: str


class Pong(TypedDict):
    """Yes."""

    type: Literal["pong"]


Answer = (
    SavedAnswer
    | WordChosen
    | RefusedAnswer
    | BothAnswer
    | CardAnswer
    | CardsAnswer
    | ShownTo
    | NotesAnswer
    | PastAnswer
    | MediaHave
    | MediaOk
    | MediaAll
    | Pong
)
