"""The door of a class folder: what the server asks, answered from the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.model import MediaSuffix
from portfolio.moments.help_pictures import HelpPicture, help_picture
from portfolio.moments.spoken import Spoken, recorded_question
from portfolio.serve.door import RosterCard
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.recordings import Recording, Recordings


@dataclass(frozen=True)
class ClassDoor:
    """A :class:`portfolio.serve.door.Doorkeeper` for one class."""

    store: ClassStore
    recordings: Recordings
    folder: ClassFolder

    @property
    def class_id(self) -> str:
        """The class's own id."""
        return self.store.school_class().class_id

    @property
    def class_name(self) -> str:
        """What the class is called."""
        return self.store.school_class().name

    @property
    def language(self) -> str:
        """The language of the class's pages."""
        return self.store.school_class().language

    def student_for_key(self, fingerprint: str) -> str | None:
        """Return whose key has this fingerprint, or ``None``."""
        return self.store.student_for_key(fingerprint)

    def roster(self) -> Sequence[RosterCard]:
        """Return the children in roster order."""
        return [RosterCard(s.student_id, s.name, s.picture) for s in self.store.students()]

    def homes(self) -> Sequence[tuple[str, str]]:
        """Return every home of every child, as ids of child and home."""
        return [
            (student.student_id, home.household_id)
            for student in self.store.students()
            for home in student.households
        ]

    def recording(self, student_id: str, sha256: str, suffix: MediaSuffix) -> Recording:
        """Return a recording or film of a student."""
        return self.recordings.find(student_id, sha256, suffix)

    def spoken(self, name: str) -> Spoken:
        """Return a recorded question of the class."""
        return recorded_question(self.folder, name)

    def help_picture(self, name: str) -> HelpPicture:
        """Return a picture that helps with a question of the class."""
        return help_picture(self.folder, name)
