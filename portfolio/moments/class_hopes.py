"""What a class hopes for: two drawings and words of homes, made so that nobody can tell whose they are."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from portfolio.errors import N_
from portfolio.model import Passage, SchoolClass
from portfolio.rules.class_hopes import ClassHopes, Group, class_hopes
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.views.alone import alone
from portfolio.views.charts import Chart
from portfolio.views.class_charts import draw_groups, in_words
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.hopes_page import Drawing, Hope, HopesFile
from portfolio.words import Speech, speak

AREAS = N_("What our goals are about")
HELPERS = N_("Who helps us with our goals")


@dataclass(frozen=True)
class Hopes:
    """What may be shown of a class in one language: drawings, words of homes, whether some words stay back."""

    drawings: tuple[Drawing, ...]
    hopes: tuple[Hope, ...]
    held_back: bool

    def __bool__(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.drawings or self.hopes)


def hopes_of(folder: ClassFolder, store: ClassStore, say: Speech) -> Hopes:
    """Return what may be shown of a class in the round it is in. What cannot be read is left out.

    Raises ``PortfolioError`` if what the class asks cannot be read.
    """
    found = _found(folder, store)
    drawn = ((AREAS, found.areas), (HELPERS, found.helpers))
    return Hopes(
        drawings=tuple(_drawing(name, groups, say) for name, groups in drawn if groups),
        hopes=tuple(Hope(mark_of(one), one.text, one.lang) for one in found.hopes),
        held_back=found.held_back,
    )


def _found(folder: ClassFolder, store: ClassStore) -> ClassHopes:
    school, students = store.school_class(), store.students()
    rounds = store.all_rounds()
    now = {
        meta.student_id: meta.portfolio_id
        for metas in rounds.values()
        for meta in metas
        if meta.round == school.round
    }
    wholes = store.wholes(now.values())
    books = [(s, wholes[now[s.student_id]].portfolio) for s in students if now.get(s.student_id) in wholes]
    return class_hopes(school, folder.template(), books, students)


def _drawing(name: str, groups: tuple[Group, ...], say: Speech) -> Drawing:
    return Drawing(_chart(groups, say(name), say.lang), in_words(groups, say))


@lru_cache(maxsize=16)
def _chart(groups: tuple[Group, ...], title: str, lang: str) -> Chart:
    return draw_groups(groups, title, speak(lang))


def mark_of(hope: Passage) -> str:
    """Return the mark by which a form names a hope: it follows from the words, not from their place."""
    return hashlib.sha256(f"{hope.lang}|{hope.text}".encode()).hexdigest()[:16]


def hopes_html(school: SchoolClass, hopes: Hopes, say: Speech, *, chosen: Collection[str]) -> SafePage:
    """Return a page that stands alone, with all drawings and the words of homes whose marks are ``chosen``."""
    page = HopesFile(
        say=say,
        class_name=school.name,
        round_name=school.round,
        drawings=hopes.drawings,
        hopes=tuple(one for one in hopes.hopes if one.mark in chosen),
    )
    return alone(render(page), say("What we hope for"), say, "teacher-out.css")
