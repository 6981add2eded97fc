# long: what leaves, and what is ticked or said about a thing wherever it stands, walk the same records
"""What goes into the copy of one home, and what stays out of it and why: read off the very view its file is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from portfolio.errors import N_
from portfolio.model import Book, Document, Passage, Picture, Record, Sound, Video, Writing
from portfolio.rules import family_view as v
from portfolio.rules.audience import for_audience, with_names
from portfolio.rules.classmates import Classmates, Found, classmates_of, names_in, suspects
from portfolio.rules.shown import FOR_THE_TABLE, who_sees
from portfolio.rules.unnamed import texts_in

Kept = Literal["child", "table", "for_table", "nothing_said", "no_goal"]
"""Why a page is in no copy: the child keeps it from its family, shows it at the meeting alone, it is of use there alone, nobody
wrote on it; no goal is open that cards could go with."""


@dataclass(frozen=True)
class PageIn:
    """A page of the copy: what it is called, who speaks on it, how many pictures and recordings stand there."""

    section: str
    title: str
    speaker: str
    pictures: int
    recordings: int
    documents: int
    ours: bool
    """Whether the title is one of our own texts (it is said in the language of the reader), not the class's."""
    apart: bool = False
    """Whether it says what this home alone gets: whoever compares two homes leaves it out."""


@dataclass(frozen=True)
class PageOut:
    """A page of the book that is not in the copy."""

    section: str
    title: str
    why: Kept


@dataclass(frozen=True)
class ThingOut:
    """A picture or recording that waits for a tick: others can be seen or heard in it. ``name`` is its digest."""

    kind: Literal["picture", "sound", "video", "document"]
    name: str
    words: str


@dataclass(frozen=True)
class NameHere:
    """A name of a classmate in one text: as the class's list writes it, its sentence in three parts, what becomes of it.

    ``certain`` is "maybe" for a word that may be a name. ``tick`` is what a teacher ticked, "" for nothing; ``out`` is
    true where "a classmate" stands in its place.
    """

    name: str
    certain: str
    tick: str
    out: bool
    before: str
    written: str
    after: str
    lang: str


@dataclass(frozen=True)
class TextLanguages:
    """In which languages somebody's words are: how many texts their home reads as written, in a translation, not at all.

    ``unread`` are texts in a language the home does not read, with their language; ``drafts`` are translations that no
    person has made or checked, as the home will read them.
    """

    read: int
    translated: int
    drafts: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]


CARDS: Final = N_("Short things to do together")
"""What the cards for ten minutes at home are called."""


def pages_in(view: v.FamilyView, *, cards: bool = False, places: bool = False) -> tuple[PageIn, ...]:
    """Return the pages of a copy that say anything, in order; last what every copy has beside the book.

    ``cards``: it has cards for ten minutes at home, ``places``: the school's list of places that help.
    """
    pages = (_page_in(part) for part in view.parts if _in_copy(part))
    beside = (
        ("parked", N_("Kept for later"), any(not one.done for one in view.parked)),
        ("activities", CARDS, cards),
        ("learning", N_("What we are learning this term"), bool(view.learning)),
        ("contacts", N_("Whom you can ask"), bool(view.contacts)),
        ("places", N_("Places that help"), places),
    )
    more = (
        PageIn(name, title, "teacher", 0, 0, 0, ours=True, apart=True)
        for name, title, there in beside
        if there
    )
    return (*pages, *more)


def _in_copy(part: v.Part) -> bool:
    return part.filled and part.section not in FOR_THE_TABLE


def _page_in(part: v.Part) -> PageIn:
    holds, own = part.content.holds, part.content.holds == "own"
    return PageIn(
        section=part.section,
        title=N_("What the teacher put in") if own else part.title,
        speaker=part.speaker,
        pictures=len(v.pictures_in(part)),
        recordings=len(v.recordings_in(part)),
        documents=sum(isinstance(one, Document) for one in _things(part)),
        ours=own or holds in ("replies", "concerns"),
        apart=holds in ("replies", "concerns", "agreements", "look_backs", "own"),
    )


def pages_out(book: Book, view: v.FamilyView, *, cards: bool = True) -> tuple[PageOut, ...]:
    """Return the pages of the book that are not in a copy, in order of the book, and why.

    Every page of the book stands either here or in :func:`pages_in`; so do the cards for ten minutes at home, if the
    class has any (``cards``: this copy has some, or there are none for anybody).
    """
    shown = {part.section for part in view.parts if _in_copy(part)}
    written = {part.section for part in view.parts if part.filled}
    meta, found = book.portfolio.meta, []
    for section in book.sections():
        if section.section_id in shown:
            continue
        why: dict[Any, Kept] = {"teacher": "child", "table": "table"}
        at_table = section.section_id in FOR_THE_TABLE & written
        kept = why.get(who_sees(meta, section), "for_table" if at_table else "nothing_said")
        found.append(PageOut(section.section_id, section.title, kept))
    return (*found, *(() if cards else (PageOut("activities", CARDS, "no_goal"),)))


def things_out(book: Book, household_id: str, view: v.FamilyView) -> tuple[ThingOut, ...]:
    """Return what would be in a copy if others in it had agreed: the same view, with every tick set, less this one."""
    if not _any_others(book):
        return ()
    agreed = book.but(portfolio=_agreed(book.portfolio), earlier=tuple(_agreed(one) for one in book.earlier))
    inside = {thing_name(one) for one in _things(view)}
    found: dict[str, Any] = {}
    for one in _things(for_audience(agreed, "home", household_id)):  # a document comes before its pages
        found.setdefault(thing_name(one), one)
    return tuple(
        ThingOut(one.kind if not isinstance(one, Picture) else "picture", name, _words_of(one))
        for name, one in found.items()
        if name not in inside and not isinstance(one, Writing)
    )


def names_here(book: Book, household_id: str) -> tuple[NameHere, ...]:
    """Return the names of classmates in all a home would get, doubtful ones too, each sentence once."""
    who, lang = classmates_of(book), book.portfolio.meta.language
    seen: dict[tuple[str, str, str], NameHere] = {}
    texts = texts_in(with_names(book, "home", household_id), lang)
    maybe = suspects((text for text, _ in texts), who)
    for text, own in texts:
        for found in names_in(text, own, who) if any(word in text for word in maybe) else ():
            one = _name_here(text, own, found, who)
            seen.setdefault((one.name, one.before, one.after), one)
    return tuple(sorted(seen.values(), key=lambda one: (one.certain != "name", one.name.casefold())))


def _name_here(text: str, lang: str, found: Found, who: Classmates) -> NameHere:
    begin, end = _sentence(text, found.start, found.end)
    return NameHere(
        name=who.names.name(found.key),
        certain=found.certain,
        tick=who.ticked.get(found.key, ""),
        out=not who.stays(found),
        before=text[begin : found.start],
        written=found.written,
        after=text[found.end : end],
        lang=lang,
    )


_AROUND: Final = 120
"""Letters of a sentence that are shown on each side of a name."""


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = max((text.rfind(sign, 0, start) for sign in ".!?\n。؟"), default=-1) + 1
    ends = [at for sign in ".!?\n。؟" if (at := text.find(sign, end)) >= 0]
    after = min(ends) + 1 if ends else len(text)
    return max(before, start - _AROUND), min(after, end + _AROUND)


def languages_of(view: v.FamilyView, page: str) -> TextLanguages:
    """Return in which languages the words of a copy are, for who reads it; ``page`` is the language of our own texts."""
    read, translated, drafts, unread = 0, 0, [], []
    reads = {tag.split("-")[0] for tag in view.reads}
    for passage in _said(view):
        shown = view.translation(passage, page)
        if shown is not None:
            translated += 1
            if shown.made_by != "human":
                drafts.append(shown.text)
        elif passage.lang.split("-")[0] in reads:
            read += 1
        else:
            unread.append((passage.text, passage.lang))
    return TextLanguages(read, translated, tuple(drafts), tuple(unread))


def _said(view: v.FamilyView) -> Iterable[Passage]:
    """Yield each text of a copy once; what this home wrote itself it can read."""
    parts = tuple(part for part in view.parts if part.content.holds not in ("replies", "concerns"))
    found = (p for p in v.passages_in((*parts, *view.learning)) if p)
    return {(p.text, p.lang): p for p in found}.values()


# ------------------------------------------------------------------------------- pictures and recordings


Thing = Picture | Sound | Video | Document


def thing_name(thing: Any) -> str:
    """Return what a thing is known by on every page and in every entry: its bytes, or those of its first page."""
    return str(thing.pages[0].sha256 if isinstance(thing, Document) else thing.sha256)


def things_in(value: object) -> tuple[Thing, ...]:
    """Return every picture, recording and document in a record, stills of films and pages too, each as it stands."""
    return tuple(_things(value))


def _things(value: object) -> Iterable[Any]:
    if isinstance(value, Picture | Sound | Video | Document):
        yield value
    if isinstance(value, Record):
        for inner in vars(value).values():
            yield from _things(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _things(inner)


def _any_others(book: Book) -> bool:
    return any(one.others and not one.others_agreed for one in _things((book.portfolio, *book.earlier)))


def _agreed(value: Any) -> Any:
    return agreed_to(value, lambda _: True)


def agreed_to(value: Any, says: Callable[[Any], bool | None]) -> Any:
    """Return a record in which each thing with others in it is agreed to as ``says``: a thing → yes, no, ``None`` (as it is)."""

    def agreed(thing: Any) -> Any:
        said = says(thing) if thing.others else None
        return thing if said is None or said == thing.others_agreed else thing.but(others_agreed=said)

    return _each(value, agreed)


def marked_others(value: Any, name: str, *, others: bool) -> Any:
    """Return a record in which the things of a name have others in them, or not; nobody has agreed to anything then."""

    def marked(thing: Any) -> Any:
        same = thing_name(thing) != name or thing.others == others
        return thing if same else thing.but(others=others, others_agreed=False)

    return _each(value, marked)


def with_written(value: Any, name: str, words: Callable[[Passage], object]) -> Any:
    """Return a record in which ``words`` gives what is written in the pictures of a name, from what was written down before."""

    def said(thing: Any) -> Any:
        same = not isinstance(thing, Picture) or thing.sha256 != name
        return thing if same else thing.but(written=words(thing.written))

    return _each(value, said)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a record with every picture and recording in it changed; the very same where nothing is."""
    if isinstance(value, tuple):
        made = tuple(_each(one, change) for one in value)
        return made if any(a is not b for a, b in zip(made, value, strict=True)) else value
    if not isinstance(value, Record):
        return value
    inner = {name: _each(old, change) for name, old in vars(value).items()}
    changed = {name: new for name, new in inner.items() if new is not getattr(value, name)}
    record = value.but(**changed) if changed else value
    return change(record) if isinstance(record, Picture | Sound | Video | Document) else record


def _words_of(thing: Any) -> str:
    found = (getattr(thing, "caption", None), getattr(thing, "alt", None), getattr(thing, "transcript", None))
    return next((one.text for one in found if one), "")
