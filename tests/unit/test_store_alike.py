"""The store in memory and the store on disk, side by side: whatever is asked, they say the same."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from operator import methodcaller
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portfolio.errors import PortfolioError
from portfolio.model import Agreement, AnyEntry, Cue, Goal, Passage, Portfolio, PortfolioMeta, Student
from portfolio.store import ClassStore, FakeStore
from portfolio.store.sql import SqlStore

STUDENTS = st.sampled_from(["maya", "ben", "nobody"])
PORTFOLIOS = st.sampled_from(["p1", "p1", "p2", "p3"])
ENTRIES = st.sampled_from(["e1", "e2", "e3", "e4"])
VERSIONS = st.integers(0, 4)
WRITERS = st.sampled_from(["student", "teacher:ms-b", "family:\ud800 h1\0"])
DAYS = st.integers(0, 400)
ROUNDS = st.sampled_from(["Fall", "Spring"])
KINDS = st.sampled_from(["goal", "cue", "agreement", "nothing"])
PRINTS = st.sampled_from(["a" * 64, "b" * 64, "no print"])
WORDS = st.text(max_size=30)
FIRST = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def an_entry(kind: str, entry_id: str, words: str) -> AnyEntry:
    """Return an entry of a kind."""
    if kind == "cue":
        return Cue(entry_id=entry_id, step="hello", words=Passage(text=words))
    if kind == "agreement":
        return Agreement(entry_id=entry_id, what=Passage(text=words))
    return Goal(entry_id=entry_id, goal=Passage(text=words))


class TwoStores(RuleBasedStateMachine):
    """Do the same to both and compare what they answer."""

    @initialize()
    def open_both(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.fake = FakeStore()
        self.real = SqlStore("sqlite://", Path(self.folder.name) / "media", create=True)
        for student_id in ("maya", "ben"):
            self.same(methodcaller("keep_student", Student(student_id=student_id, name=student_id)))
        self.keep_meta(portfolio="p1", student="maya", round_name="Fall", day=200, expected=0)

    def teardown(self) -> None:
        if hasattr(self, "real"):
            self.they_hold_the_same_of_everything()
            self.real.close()
            self.folder.cleanup()

    def same(self, ask: Callable[[ClassStore], Any]) -> None:
        """Ask both stores; an answer or a sentence, it must be the same one."""
        assert self.answer(self.fake, ask) == self.answer(self.real, ask)

    @staticmethod
    def answer(store: ClassStore, ask: Callable[[ClassStore], Any]) -> Any:
        try:
            return ask(store)
        except PortfolioError as error:
            return type(error), error.msgid, error.values

    @rule(student=STUDENTS, name=WORDS)
    def rename(self, *, student: str, name: str) -> None:
        self.same(lambda s: s.keep_student(Student(student_id=student, name=name)))

    @rule(
        portfolio=PORTFOLIOS,
        student=STUDENTS,
        round_name=ROUNDS,
        day=DAYS,
        expected=st.none() | VERSIONS,
    )
    def keep_meta(
        self, *, portfolio: str, student: str, round_name: str, day: int, expected: int | None
    ) -> None:
        meta = PortfolioMeta(
            portfolio_id=portfolio,
            student_id=student,
            round=round_name,
            started_on=date(2026, 1, 1) + timedelta(days=day),
            age_band="3-5",
            template_id="t",
        )
        self.same(lambda s: s.keep_meta(meta, expected=expected))

    @rule(
        portfolio=PORTFOLIOS, entry=ENTRIES, kind=KINDS, words=WORDS, expected=VERSIONS, by=WRITERS, day=DAYS
    )
    def keep(
        self, *, portfolio: str, entry: str, kind: str, words: str, expected: int, by: str, day: int
    ) -> None:
        made, at = an_entry(kind, entry, words), FIRST + timedelta(days=day)
        self.same(lambda s: s.keep(portfolio, made, expected=expected, by=by, at=at))

    @rule(portfolio=PORTFOLIOS, entry=ENTRIES, kind=KINDS, words=WORDS, by=WRITERS)
    def keep_over_what_is_there(self, *, portfolio: str, entry: str, kind: str, words: str, by: str) -> None:
        made, expected = an_entry(kind, entry, words), self.version_of(portfolio, entry)
        self.same(lambda s: s.keep(portfolio, made, expected=expected, by=by, at=FIRST))

    @rule(portfolio=PORTFOLIOS, entry=ENTRIES, by=WRITERS)
    def remove_what_is_there(self, *, portfolio: str, entry: str, by: str) -> None:
        expected = self.version_of(portfolio, entry)
        self.same(lambda s: s.remove(portfolio, entry, expected=expected, by=by, at=FIRST))

    def version_of(self, portfolio: str, entry: str) -> int:
        known = self.answer(self.fake, lambda s: s.history(portfolio, entry)[-1].version)
        return known if isinstance(known, int) else 0

    @rule(portfolio=PORTFOLIOS, entry=ENTRIES, expected=VERSIONS, by=WRITERS, day=DAYS)
    def remove(self, *, portfolio: str, entry: str, expected: int, by: str, day: int) -> None:
        at = FIRST + timedelta(days=day)
        self.same(lambda s: s.remove(portfolio, entry, expected=expected, by=by, at=at))

    @rule(portfolio=PORTFOLIOS, kind=KINDS, order=st.lists(ENTRIES, max_size=4), by=WRITERS)
    def arrange(self, *, portfolio: str, kind: str, order: list[str], by: str) -> None:
        self.same(lambda s: s.arrange(portfolio, kind, order, by=by, at=FIRST))

    @rule(portfolio=PORTFOLIOS, entry=ENTRIES, version=st.integers(-1, 6), expected=VERSIONS, by=WRITERS)
    def restore(self, *, portfolio: str, entry: str, version: int, expected: int, by: str) -> None:
        self.same(lambda s: s.restore(portfolio, entry, version, expected=expected, by=by, at=FIRST))

    @rule(portfolio=PORTFOLIOS, entry=ENTRIES, version=st.integers(-1, 6), by=WRITERS, day=DAYS)
    def restore_over_what_is_there(
        self, *, portfolio: str, entry: str, version: int, by: str, day: int
    ) -> None:
        expected, at = self.version_of(portfolio, entry), FIRST + timedelta(days=day)
        self.same(lambda s: s.restore(portfolio, entry, version, expected=expected, by=by, at=at))

    @rule(
        portfolio=PORTFOLIOS,
        student=STUDENTS,
        round_name=ROUNDS,
        names=st.lists(st.tuples(st.sampled_from(["goal", "cue"]), ENTRIES), max_size=4),
        by=WRITERS,
    )
    def keep_portfolio(
        self, *, portfolio: str, student: str, round_name: str, names: list[tuple[str, str]], by: str
    ) -> None:
        book = Portfolio.of(
            PortfolioMeta(
                portfolio_id=portfolio,
                student_id=student,
                round=round_name,
                started_on=date(2026, 3, 1),
                age_band="3-5",
                template_id="t",
            ),
            [an_entry(kind, entry, "together") for kind, entry in names],
        )
        self.same(lambda s: s.keep_portfolio(book, by=by, at=FIRST))

    @rule(portfolio=PORTFOLIOS, entry=ENTRIES, words=WORDS, fails=st.booleans(), inner=st.booleans())
    def in_a_block(self, *, portfolio: str, entry: str, words: str, fails: bool, inner: bool) -> None:
        made, expected = an_entry("goal", entry, words), self.version_of(portfolio, entry)

        def work(store: ClassStore) -> None:
            with contextlib.suppress(ZeroDivisionError), store.together():
                store.keep(portfolio, made, expected=expected, by="student", at=FIRST)
                with contextlib.suppress(ZeroDivisionError), store.together():
                    store.remove(portfolio, entry, expected=expected + 1, by="student", at=FIRST)
                    if inner:
                        raise ZeroDivisionError
                if fails:
                    raise ZeroDivisionError

        self.same(work)

    @rule(student=STUDENTS, sure=st.integers(0, 3))
    def forget(self, *, student: str, sure: int) -> None:
        if sure == 0:  # seldom, or little would be left to compare
            self.same(lambda s: s.forget_student(student))

    @rule(student=STUDENTS, content=st.binary(max_size=4), suffix=st.sampled_from(["mp3", "webm", "exe"]))
    def keep_media(self, *, student: str, content: bytes, suffix: Any) -> None:
        sha = hashlib.sha256(content).hexdigest()
        self.same(lambda s: s.keep_media(student, sha, suffix, content))
        self.same(lambda s: s.media(student, sha, suffix))
        self.same(lambda s: s.media_names(student))

    @rule(student=STUDENTS, at=st.integers(0, 5))
    def drop_media(self, *, student: str, at: int) -> None:
        names = self.answer(self.fake, lambda s: s.media_names(student))
        name = names[at] if at < len(names) and isinstance(names[0], str) else "nothing"
        self.same(lambda s: s.drop_media(student, name))

    @rule(portfolio=PORTFOLIOS, since=st.integers(-1, 9) | DAYS.map(lambda day: FIRST + timedelta(days=day)))
    def what_changed(self, *, portfolio: str, since: int | datetime) -> None:
        self.same(lambda s: s.changes_since(portfolio, since))

    @rule(student=STUDENTS, fingerprint=PRINTS)
    def add_key(self, *, student: str, fingerprint: str) -> None:
        self.same(lambda s: s.add_key(student, fingerprint))

    @rule(student=STUDENTS)
    def drop_keys(self, *, student: str) -> None:
        self.same(lambda s: s.drop_keys(student))

    @rule(student=STUDENTS, content=st.binary(max_size=8), right=st.booleans())
    def keep_picture(self, *, student: str, content: bytes, right: bool) -> None:
        data = b"RIFF" + (len(content) + 4).to_bytes(4, "little") + b"WEBP" + content
        sha = hashlib.sha256(data if right else content).hexdigest()
        self.same(lambda s: s.keep_picture(student, sha, data, data))
        self.same(lambda s: (s.picture(student, sha), s.thumb(student, sha)))

    @invariant()
    def they_hold_the_same_entries(self) -> None:
        if hasattr(self, "real"):
            for portfolio in ("p1", "p2", "p3"):
                self.same(methodcaller("entries", portfolio))
                self.same(methodcaller("revision", portfolio))

    def they_hold_the_same_of_everything(self) -> None:
        self.same(lambda s: s.students())
        self.same(lambda s: s.all_rounds())
        self.same(lambda s: s.latest())
        self.same(lambda s: s.wholes(("p3", "p1", "p2", "none")))
        for student in ("maya", "ben", "nobody"):
            self.same(methodcaller("rounds", student))
        for fingerprint in ("a" * 64, "b" * 64, "no print"):
            self.same(methodcaller("student_for_key", fingerprint))
        for portfolio in ("p1", "p2", "p3"):
            for method in ("meta", "portfolio", "last_change", "damaged"):
                self.same(methodcaller(method, portfolio))
            for entry in ("e1", "e2", "e3", "e4"):
                self.same(methodcaller("entry", portfolio, entry))
                self.same(methodcaller("history", portfolio, entry))


# an example is a database and twenty steps, each asked of both stores
TwoStores.TestCase.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=20)
TestTwoStores = TwoStores.TestCase
