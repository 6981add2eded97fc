"""Cards for ten minutes at home as data: ours, and what a class lays over them in its own ``activities.yaml``.

Read like a class template (:mod:`portfolio.store.yaml_lines`): nothing in the file can blow up or run.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, get_args

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from portfolio import files
from portfolio.errors import N_, NotFound, PortfolioError, TemplateMistake
from portfolio.model import AgeBand, Passage, Record, Translation
from portfolio.model.record import Identifier, LanguageTag, Line
from portfolio.rules.activities import Activity, Deck, Topic
from portfolio.store.our_deck import FILE, our_deck
from portfolio.store.template_sentences import not_known, one_for_each
from portfolio.store.trouble import regular
from portfolio.store.yaml_lines import Group, line_of, plain, read_yaml, written
from portfolio.store.yaml_mistakes import Mistakes, Wording

ACTIVITIES: Final = Wording(
    N_("{file} is far too big for cards to do at home. Is it the right file? At most {most} MB can be read."),
    N_("{file}, line {line}: a second list begins here. Keep one list in a file."),
    N_(
        "{file}, line {line}: the cards begin with the line “activities:”, and a line “- id: …” for each card."
    ),
    N_(
        "{file}, line {line}: a word that begins with “&” or “*” has a special meaning in YAML that is not "
        "used here. Put it in quotation marks."
    ),
    N_(
        "{file}, line {line}: a word that begins with “!” has a special meaning in YAML that is not "
        "used here. Put it in quotation marks."
    ),
)

BEGINNING: Final = """\
# What this class adds to the cards for ten minutes at home. Save the file, then: portfolio activities CLASS
# Take some of ours away by their ids, or all of them:
off: []
only_ours: no      # yes: only the cards of this file are used

# "about" is what the goal is about: {topics}.
# Leave it out, and the card is for any goal. "grades" are some of: {bands}.
# Under "es", "ar" and so on stands the same in a language homes read, if somebody can write it.
# A card looks like the one below. Take the "#" away, and write your own words.
activities:
#  - id: our-garden
#    about: habits
#    grades: [k-2, 3-5]
#    what: Water one plant together.
#    with: a cup
#    say: What is new since yesterday?
#    es: {{what: Rieguen juntos una planta., with: una taza, say: ¿Qué hay de nuevo desde ayer?}}
"""

State = tuple[int, int, int] | None
_Short = Annotated[Line, StringConstraints(min_length=1, max_length=300)]


def _many(value: Any) -> Any:
    return () if value in ("", None, "[]") else (value,) if isinstance(value, str) else value


Ids = Annotated[tuple[Identifier, ...], BeforeValidator(_many), Field(max_length=200)]


class SaidShape(Record):
    """The words of a card in another language."""

    model_config = ConfigDict(populate_by_name=True)

    what: _Short
    with_: Annotated[Line, Field(alias="with", max_length=300)] = ""
    say: Annotated[Line, Field(max_length=300)] = ""


class TopicShape(Record):
    """What a goal may be about, as a file says it."""

    id: Identifier
    title: _Short
    areas: Ids = ()
    picks: Ids = ()
    words: dict[LanguageTag, tuple[_Short, ...]] = Field(default_factory=dict)


class CardShape(SaidShape):
    """A card, as a file says it."""

    id: Identifier
    about: Annotated[str, Field(max_length=64)] = ""
    grades: Annotated[tuple[AgeBand, ...], BeforeValidator(_many)] = get_args(AgeBand)
    also: dict[LanguageTag, SaidShape] = Field(default_factory=dict)


class FileShape(Record):
    """A whole file: ``language`` is that of its words, ``off`` the ids it takes away, ``only_ours`` all of ours."""

    language: LanguageTag | None = None
    off: Ids = ()
    only_ours: bool = False
    topics: Annotated[tuple[TopicShape, ...], BeforeValidator(_many), Field(max_length=100)] = ()
    activities: Annotated[tuple[CardShape, ...], BeforeValidator(_many), Field(max_length=500)] = ()


def written_deck() -> Deck:
    """Return the cards we ship as they are written, to be put together: reading YAML takes its time."""
    path = files.home_activities()
    text = written(path, NotFound("There is no file {path}.", path=path))
    return _deck(parse_file(text, path.name, Deck()), "en", ours=True)


def parse_file(text: str, name: str, below: Deck) -> FileShape:
    """Return what a file says, laid over ``below``; ``name`` is the file's name in sentences.

    Raises ``TemplateMistake``: one mistake as it is, several as one error that lists them, the first line first.
    """
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return FileShape()
    mistakes = Mistakes(name, ACTIVITIES)
    page = read_yaml(text, mistakes)
    shape = _shape(page, mistakes)
    if shape is not None:
        _refuse_unknown(shape, page, below, mistakes)
    mistakes.tell()
    return shape or FileShape()


def _shape(page: Group, mistakes: Mistakes) -> FileShape | None:
    values = plain(page)
    if isinstance(cards := values.get("activities"), list):
        values["activities"] = [_with_languages(card) for card in cards]
    try:
        return FileShape.model_validate(values)
    except ValidationError as trouble:
        for error in one_for_each(trouble.errors(include_url=False)):
            mistakes.add(_sentence(mistakes.file, page, error))
    return None


def _sentence(file: str, page: Group, error: ErrorDetails) -> TemplateMistake:
    """Return the sentence for one finding of pydantic."""
    loc = error["loc"]
    # what stands in another language was gathered: the file has it one step higher
    line = line_of(page, *(step for step in loc if step not in ("also", "[key]")))
    name = str(next((step for step in reversed(loc) if isinstance(step, str) and step != "[key]"), ""))
    where = {"file": file, "line": line}
    if error["type"] == "missing":
        return TemplateMistake("{file}, line {line}: “{name}” is missing here.", **where, name=name[:60])
    if error["type"] == "extra_forbidden":
        return not_known(file, line, name, _names_at(loc))
    if error["type"] == "literal_error":
        return not_known(file, line, str(error["input"]), get_args(AgeBand))
    if "[key]" in loc:
        return TemplateMistake(
            "{file}, line {line}: “{value}” is no short form of a language. Write for example en, es or zh-Hans.",
            **where,
            value=name[:60],
        )
    return TemplateMistake(
        "{file}, line {line}: what stands at “{name}” cannot be read. Is it too long, empty, or in the wrong place? "
        "See how a card is written: portfolio activities CLASS --begin",
        **where, name=name[:60],
    )  # fmt: skip


def _names_at(loc: tuple[int | str, ...]) -> list[str]:
    """Return the names a file may use at the place of an unknown one."""
    shape: type[Record] = FileShape
    if "also" in loc:
        shape = SaidShape
    elif loc[0] in ("topics", "activities") and len(loc) > 1:
        shape = TopicShape if loc[0] == "topics" else CardShape
    names = [field.alias or name for name, field in shape.model_fields.items()]
    return [name for name in names if name != "also"]


def _with_languages(card: Any) -> Any:
    """Return a card with the groups under names of languages (``es: …``) gathered under ``also``."""
    if not isinstance(card, dict):
        return card
    groups = {name: value for name, value in card.items() if isinstance(value, dict)}
    return {**{name: value for name, value in card.items() if name not in groups}, "also": groups}


def _refuse_unknown(shape: FileShape, page: Group, below: Deck, mistakes: Mistakes) -> None:
    """Refuse a topic or id that is not there, and one that stands twice."""
    topics = {one.topic_id for one in below.topics} | {one.id for one in shape.topics}
    known, seen = {one.activity_id for one in below.activities}, set[str]()
    for place, card in enumerate(shape.activities):
        where = {"file": mistakes.file, "line": line_of(page, "activities", place)}
        if card.about and card.about not in topics:
            mistakes.add(
                TemplateMistake(
                    "{file}, line {line}: “{name}” is no topic of a goal. There are: {allowed}.",
                    **where, name=card.about[:60], allowed=", ".join(sorted(topics)),
                )
            )  # fmt: skip
        if card.id in seen:
            mistakes.add(
                TemplateMistake(
                    "{file}, line {line}: the card “{name}” stands here twice. Keep one.",
                    **where,
                    name=card.id,
                )
            )
        seen.add(card.id)
    for name in shape.off:
        if name not in known:
            mistakes.add(
                TemplateMistake(
                    "{file}, line {line}: there is no card “{name}” to take away. See all with: portfolio activities CLASS",
                    file=mistakes.file, line=line_of(page, "off"), name=name,
                )
            )  # fmt: skip


def _deck(shape: FileShape, lang: str, *, ours: bool = False) -> Deck:
    lang = shape.language or lang
    topics = tuple(
        Topic(
            topic_id=one.id,
            title=Passage(text=one.title, lang=lang),
            areas=one.areas,
            picks=one.picks,
            words=tuple((tag, word) for tag, words in one.words.items() for word in words),
            ours=ours,
        )
        for one in shape.topics
    )
    return Deck(topics=topics, activities=tuple(_card(one, lang, ours=ours) for one in shape.activities))


def _card(shape: CardShape, lang: str, *, ours: bool) -> Activity:
    def told(name: str) -> Passage:
        others = tuple(
            Translation(lang=tag, text=text, made_by="human")
            for tag, one in shape.also.items()
            if (text := getattr(one, name))
        )
        return Passage(text=getattr(shape, name), lang=lang, translations=others)

    return Activity(
        activity_id=shape.id,
        topic=shape.about,
        bands=shape.grades,
        what=told("what"),
        needs=told("with_"),
        tell=told("say"),
        ours=ours,
    )


def laid_over(below: Deck, shape: FileShape, lang: str) -> Deck:
    """Return a deck with a file over it: its cards come first, one of the same id takes the place of ours."""
    own = _deck(shape, lang)
    gone = {*shape.off, *(one.activity_id for one in own.activities)}
    kept = () if shape.only_ours else tuple(one for one in below.activities if one.activity_id not in gone)
    named = {one.topic_id for one in own.topics}
    topics = (*own.topics, *(one for one in below.topics if one.topic_id not in named))
    return Deck(topics=topics, activities=(*own.activities, *kept))


@lru_cache(maxsize=8)
def deck_in(folder: Path, lang: str, _state: State) -> tuple[Deck, tuple[PortfolioError, ...]]:
    """Return the cards of a class, and what is wrong with its file; read again only when its state is another.

    A file with a mistake is as if it were not there: it keeps no page from going home.
    """
    path = folder / FILE
    try:
        text = written(regular(path), NotFound("There is no file {path}.", path=path))
        return laid_over(our_deck(), parse_file(text, FILE, our_deck()), lang), ()
    except NotFound:
        return our_deck(), ()
    except PortfolioError as trouble:
        return our_deck(), (trouble,)


def beginning() -> str:
    """Return a file to begin with: how a card is written, with nothing in it that counts."""
    topics = ", ".join(one.topic_id for one in our_deck().topics)
    return BEGINNING.format(topics=topics, bands=", ".join(get_args(AgeBand)))
