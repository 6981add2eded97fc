"""What a rehearsal says of itself, in the child's language: what is on the screen, how a rehearsal was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from portfolio.errors import N_
from portfolio.model import Book, Cue, Passage, Picture, Practice, Statement
from portfolio.model.meeting import KindTick
from portfolio.rules import family_view as v
from portfolio.rules.rehearsal import Turn
from portfolio.rules.running_order import Scene
from portfolio.words import Speech

_SCREENS: Final = {
    "today": N_("What will happen today"),
    "statement": N_("What you show in place of speaking"),
    "chart": N_("How it was each time"),
}
"""What screens are called that are no page of the book."""

KIND: Final[dict[KindTick, str]] = {
    "heard": N_("They heard every word."),
    "looked": N_("You looked at them."),
    "showed": N_("You showed your work."),
    "because": N_("You said why."),
}
"""What a partner saw, as the child reads it."""


def title(say: Speech, turn: Turn) -> str:
    """Return what a moment is called: the step, or the piece of work."""
    if turn.piece is None:
        return say(turn.line.title)
    return turn.piece.title.text or say(N_("A piece of my work"))


def about(say: Speech, turn: Turn) -> list[str]:
    """Return what one knows of a moment beforehand: how long the step has, what is on the screen meanwhile."""
    if turn.piece is not None:
        return []
    return [minutes(say, turn), *filter(None, [on_screen(say, turn)])]


def minutes(say: Speech, turn: Turn) -> str:
    """Return how long a step has."""
    return say.many("About {n} minute", "About {n} minutes", turn.line.minutes)


def on_screen(say: Speech, turn: Turn) -> str:
    """Return what one sees on the screen meanwhile, "" if it is nothing of its own."""
    titles = list(dict.fromkeys(_screen(say, scene) for scene in turn.scenes))
    return say(N_("On the screen: {titles}"), titles=" · ".join(titles)) if titles else ""


def _screen(say: Speech, scene: Scene) -> str:
    if scene.kind in _SCREENS:
        return say(_SCREENS[scene.kind])
    if scene.part is None:
        return say(scene.line.title)
    return next(_own_titles(say, scene), "") or say(scene.part.title or N_("From our class"))


def _own_titles(say: Speech, scene: Scene) -> Iterator[str]:
    """Yield what a page with one thing on it is called: the piece of work, the strength."""
    content = scene.part.content if scene.part else None
    if isinstance(content, v.WorkPart):
        yield from (piece.title.text for piece in content.pieces[:1] if piece.title)
    if isinstance(content, v.StrengthsPart):
        yield from (
            f"{say(one.what.lead)} {one.what.words.text}".strip()
            for one in content.strengths[:1]
            if one.what.words
        )


# ------------------------------------------------------------------------------------------------ rehearsals


def how_it_was(say: Speech, practice: Practice) -> list[str]:
    """Return how a rehearsal was, line by line: how long, who listened, what they saw and said."""
    seconds = sum(one.seconds for one in practice.steps)
    lines = [_how_long(say, seconds)] if practice.steps else []
    who = practice.partner
    lines.append(say(N_("{name} listened."), name=who) if who else say(N_("You practised by yourself.")))
    lines += [say(KIND[tick]) for tick in dict.fromkeys(practice.seen)]
    return [*lines, *([f"“{practice.kind_words.text}”"] if practice.kind_words else [])]


def _how_long(say: Speech, seconds: int) -> str:
    whole = round(seconds / 60)
    if whole < 1:
        return say(N_("It took less than a minute."))
    return say.many("It took about {n} minute.", "It took about {n} minutes.", whole)


# ------------------------------------------------------------------------------------------ beside the agenda


def other_step(say: Speech, book: Book, entry: Cue | Statement) -> dict[str, Any]:
    """Return lines the agenda does not come to now, as ``GonePart`` of the wire; pictures are added by others."""
    steps = (step for agenda in book.template.agendas for step in agenda.steps if step.step_id == entry.step)
    step = next(steps, None)
    about = book.portfolio.piece(entry.about) if isinstance(entry, Cue) else None
    names = [say(step.title) if step else "", about.title.text if about else ""]
    words = [entry.words, *([entry.short] if isinstance(entry, Cue) else [])]
    return {
        "title": ": ".join(filter(None, names)),
        "lines": [*(one.text for one in words if one), *_recordings(say, entry)],
        "lang": _lang(words, book.portfolio.meta.language),
        "pictures": [],
    }


def pictures_of(entry: Cue | Statement) -> tuple[Picture, ...]:
    """Return the pictures that were prepared, wherever they stand."""
    own = entry.pictures if isinstance(entry, Statement) else ()
    return (*own, *(picture for beside in entry.besides for picture in beside.pictures))


def _recordings(say: Speech, entry: Cue | Statement) -> list[str]:
    media = [
        *(entry.media if isinstance(entry, Statement) else ()),
        *(m for b in entry.besides for m in b.media),
    ]
    return [say(N_("Recordings, texts and links: {n}"), n=len(media))] if media else []


def _lang(words: list[Passage], otherwise: str) -> str:
    return next((one.lang for one in words if one), otherwise)
