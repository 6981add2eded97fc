"""Books in any half-filled state, for pages that must look sensible whatever is there; and marks that may be nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from portfolio.model import (
    Agreement,
    Answer,
    Beside,
    Book,
    Comment,
    Cue,
    Goal,
    Growing,
    GrowthPair,
    HomeWords,
    LookBack,
    Passage,
    Picture,
    Practice,
    ProgressNote,
    Rating,
    Reply,
    ReplyLine,
    Sound,
    Statement,
    Strength,
    TeacherNote,
    ToTeacher,
    Translation,
    Work,
)
from portfolio.model.people import Voice
from portfolio.model.plans import Progress
from portfolio.testing import DOTS, SILENCE, named, small_book, small_portfolio

SECRET = "MARK-NOBODY-READS"
"""Stands in everything that is no family's: cue lines, rehearsals, words for the teacher, comments, other homes."""

DAY = date(2026, 11, 24)
WHO: tuple[Voice, ...] = ("student", "family", "teacher", "family")


def sound(text: Passage = Passage()) -> Sound:
    """Return a recording; its bytes are in the small store."""
    return Sound(
        sha256=named(SILENCE), suffix="wav", seconds=42, size=len(SILENCE), transcript=text, caption=text
    )


def picture(text: Passage = Passage(), *, tall: bool = False) -> Picture:
    """Return a picture; its bytes are in the small store."""
    width, height = (900, 1600) if tall else (1600, 900)
    return Picture(sha256=named(DOTS[0]), width=width, height=height, alt=text)


def words(text: str, lang: str = "en", into: Iterable[str] = ()) -> Passage:
    """Return a text, and the same as its draft translations."""
    return Passage(
        text=text,
        lang=lang,
        translations=tuple(Translation(lang=tag, text=text, made_by="draft") for tag in into),
    )


def progress(*found: Progress) -> tuple[ProgressNote, ...]:
    """Return looks at a goal, one a month; the notes beside them stay in the book."""
    return tuple(
        ProgressNote(on=date(2026, n + 1, 5), word=one, note=Passage(text=SECRET))
        for n, one in enumerate(found)
    )


def shelves(text: Passage, name: str = "Inés") -> dict[str, tuple[Any, ...]]:
    """Return a portfolio's shelves with this text wherever somebody may write."""
    media = (Beside(field="what", media=(sound(text),)),)
    return {
        "answers": (
            Answer(entry_id="help.at_home", section="help", prompt="at_home", words=text),
            Answer(entry_id="thank_you.thanks", section="thank_you", prompt="thanks", words=text),
        ),
        "strengths": (Strength(entry_id="s1", what=text, proof=text, besides=media),),
        "work": (
            Work(
                entry_id="w1",
                title=text,
                why=text,
                sort="proud",
                pictures=(picture(text, tall=True),),
                media=(sound(text),),
            ),
        ),
        "growth_pairs": (GrowthPair(entry_id="p1", now=(picture(text),), changed=text),),
        "growing": (Growing(entry_id="g1", what=text, help=text),),
        "goals": tuple(
            Goal(
                entry_id=f"goal-{n}",
                goal=text,
                look_again=(DAY,),
                progress=progress("just_starting", "nearly"),
            )
            for n in (1, 2)
        ),
        "agreements": tuple(
            Agreement(entry_id=f"a{n}", who=who, name=name, what=text, by_when=DAY)
            for n, who in enumerate(WHO)
        ),
        "teacher_page": (
            TeacherNote(entry_id="n1", teacher_id="t1", strength=text, next_step=text, home_help=text),
        ),
        "ratings": (
            Rating(entry_id="r1", section="habits", question="keep_trying", answer="always", example=text),
        ),
    }


def secrets() -> dict[str, tuple[Any, ...]]:
    """Return shelves that no family's page, file or paper shows a word of."""
    mark = Passage(text=SECRET)
    return {
        "cues": (Cue(entry_id="c1", step="welcome", words=mark, short=mark),),
        "practices": (Practice(entry_id="x1", on=DAY, partner=SECRET, kind_words=mark),),
        "to_teacher": (
            ToTeacher(entry_id="t1", household_id="mama", who=SECRET, words=mark, private_talk=True),
        ),
        "comments": (Comment(entry_id="k1", teacher_id="t1", words=mark),),
        "statements": (Statement(entry_id="v1", step="welcome", words=mark, in_place=False),),
        "replies": (Reply(entry_id="y1", household_id="papa", who=SECRET, lines=(ReplyLine(words=mark),)),),
        "home_words": (HomeWords(entry_id="h1", household_id="papa", who=SECRET, loves=mark, hopes=mark),),
    }


def filled(
    text: str = "I drew a map.", *, lang: str = "en", into: Iterable[str] = ("es", "ar"), name: str = "Inés"
) -> Book:
    """Return a book with this text everywhere, a round before it, and a mark in all that is nobody else's."""
    said = words(text, lang, into)
    last = small_portfolio(
        goals=(Goal(entry_id="old", goal=said, progress=progress("just_starting", "getting_there")),),
        agreements=(
            Agreement(entry_id="old-a", who="teacher", name=name, what=said, how_far="getting_there"),
        ),
        ratings=(Rating(entry_id="old-r", section="habits", question="keep_trying", answer="sometimes"),),
    )
    last = last.but(meta=last.meta.but(portfolio_id="ines.spring", round="Spring 2026"))
    back = LookBack(entry_id="b1", goal_id="old", result="done", because=said)
    found = small_book(**shelves(said, name), look_backs=(back,), **secrets(), concerns=())
    meta = found.portfolio.meta
    student = found.student.but(name=name)
    return found.but(earlier=(last,), student=student, portfolio=found.portfolio.but(meta=meta))


def without(book: Book, names: Iterable[str]) -> Book:
    """Return a book without what stands on these shelves."""
    return book.but(portfolio=book.portfolio.but(**dict.fromkeys(names, ())))


def empty() -> Book:
    """Return a book in which nobody has written anything."""
    book = small_book()
    return book.but(
        portfolio=small_portfolio(
            **{name: () for name in type(book.portfolio).model_fields if name != "meta"}
        )
    )
