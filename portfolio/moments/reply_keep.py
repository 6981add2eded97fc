"""How an answer that came back is kept: as the home's own, or as words for the teacher alone; never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from portfolio.model import Passage, Reply, ReplyLine, ToTeacherAbout, clean_text
from portfolio.moments.conference import to_teacher
from portfolio.moments.conference.answering import Home, given
from portfolio.moments.conference.together import history
from portfolio.rules import answering
from portfolio.rules.answering import WAYS, Way
from portfolio.rules.sent_back import SentBack, alike
from portfolio.words import Speech, speak

Kind = Literal["kept", "already", "taken_back"]
"""What became of an answer: it is new here, was here before, or was here and the family took it back."""
Done = tuple[Kind, str]
"""What became of one part of an answer, and the id of its entry."""

SCHOOL: Final[dict[str, ToTeacherAbout]] = {
    "thanks": "thanks",
    "question": "question",
    "try": "try",
    "reach": "tell",
    "teacher-only": "tell",
}
"""What a home says to the school alone, whoever may read the rest."""
DECIDED: Final = {"together": "What we want to do together next", "who-does": "Who does what, and until when"}
"""What a home that met by itself decided: lines of its letter."""


@dataclass(frozen=True)
class Writer:
    """One adult of a home, and the language of its words."""

    home: Home
    who: str
    lang: str

    @property
    def _say(self) -> Speech:
        return speak(self.lang)

    def answers(self, said: SentBack) -> Iterator[Done]:
        """Keep what the child may read, an entry for each way to answer, and yield what became of each."""
        if not said.shared:
            return
        for way in ("notice", "glow", "letter", "faces"):
            texts = {one.key: said.texts[one.key] for one in WAYS[way].asks if one.key in said.texts}
            more = {
                starter: said.texts[key]
                for key, starter in DECIDED.items()
                if key in said.texts and way == "letter"
            }
            face = said.face if way == "faces" else ""
            if texts or more or face:
                yield self._answer(way, {**texts, "face": face, "lang": self.lang, "share": "1"}, more)

    def _answer(self, way: Way, told: dict[str, str], more: dict[str, str]) -> Done:
        beside = f"sent-{_digest(*(f'{key}={alike(text)}' for key, text in sorted({**told, **more}.items()) if key != 'lang'))}"
        there, version = self.home.answer(self.who, way, self.lang, beside)
        if answering.says_anything(there):
            return "already", there.entry_id
        if version and self._family_took_back(there.entry_id):
            return "taken_back", there.entry_id
        made = answering.written(there, way, told)
        extra = (ReplyLine(starter=starter, words=self._passage(text)) for starter, text in more.items())
        made = given(made.but(lines=(*made.lines, *extra)), self.home.table.today())
        if any(_same(made, one) for one, _ in self.home.answers()):
            return "already", there.entry_id
        self.home.change(self.who, way, self.lang, lambda there, at: made if at == version else there, beside)
        return "kept", made.entry_id

    def _family_took_back(self, entry_id: str) -> bool:
        """Return whether a home took this back, and not a teacher who had put it into a wrong book."""
        past = history(self.home.table, self.home.portfolio_id, entry_id)
        return bool(past) and past[-1].entry is None and past[-1].changed_by.startswith("family:")

    def notes(self, said: SentBack) -> Iterator[Done]:
        """Keep what is for the teacher alone, and yield what became of each."""
        if not said.shared:
            asks = [(one.key, one.starter) for way in WAYS.values() for one in way.asks]
            alone = [
                f"{self._say(starter)}\n{said.texts[key]}".strip() if starter else said.texts[key]
                for key, starter in (*asks, *DECIDED.items())
                if key in said.texts
            ]
            if alone or said.face:
                yield self._note("tell", "\n\n".join(alone), said.face)
        for key, about in SCHOOL.items():
            words = said.texts.get(key, "")
            if key == "reach" and (said.call or words):
                words = "\n".join(filter(None, (self._say("Please call us.") if said.call else "", words)))
            if words:
                yield self._note(about, words)
        if said.strange:  # nobody knows whom these words are for: the child sees none of them unseen
            yield self._note("tell", "\n\n".join(f"[{n}] {words}".strip() for n, words in said.strange))
        if said.talk:
            yield self._note("tell", "", alone=True)

    def _note(self, about: ToTeacherAbout, words: str, face: str = "", *, alone: bool = False) -> Done:
        there = self.home.table.store.portfolio(self.home.portfolio_id).to_teacher
        told = (self.home.household.household_id, alike(self.who), about, alike(words), face, alone)
        for o in there:
            if told == (
                o.household_id,
                alike(o.who),
                o.about,
                alike(o.words.text),
                o.face or "",
                o.private_talk,
            ):
                return "already", o.entry_id
        entry_id = to_teacher.send(self.home, self.who, about, words, lang=self.lang, face=face, alone=alone)
        return "kept", entry_id

    def _passage(self, text: str) -> Passage:
        return Passage(text=str(clean_text(text)).strip(), lang=self.lang)


def _same(made: Reply, there: Reply) -> bool:
    """Return whether an answer says what one that is there says, by the same adult and for the same readers."""

    def told(one: Reply) -> tuple[object, ...]:
        lines = tuple((line.starter, alike(line.words.text)) for line in one.lines if line.words)
        return (
            one.form,
            alike(one.who),
            one.face,
            lines,
            one.share_with_child,
            bool(one.pictures or one.media),
        )

    return told(made) == told(there)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
