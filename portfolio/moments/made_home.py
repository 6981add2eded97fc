"""The page of one home with all that says whose it is: what every door beside it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import InputRefused
from portfolio.model import Household, Student
from portfolio.rules.activities import NONE, Suggested
from portfolio.rules.family_view import FamilyView
from portfolio.rules.help_places import HelpPlace
from portfolio.views.safe import SafePage


@dataclass(frozen=True)
class MadeHome:
    """The page of one home, whose it is, what it may say, and where it lies; the cards and places that stand beside its book.

    Raises ``InputRefused`` where child, home and view are not of one another.
    """

    student: Student
    household: Household | None
    page: SafePage
    view: FamilyView
    path: Path
    activities: Suggested = NONE
    help_places: tuple[HelpPlace, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what does not belong together."""
        home = self.household
        if (
            home is None
            or self.student.household(home.household_id) != home
            or (self.view.audience, self.view.student_name, self.view.household, self.view.adults)
            != ("home", self.student.name, home.label, home.adults)
        ):
            raise InputRefused(
                "This file of {student} is not for the home “{home}”. Nothing was made from it.",
                student=self.student.name,
                home=home.label if home else "–",
            )

    @property
    def home(self) -> Household:
        """The home; there is one, or this would not be."""
        assert self.household is not None  # noqa: S101 - __post_init__ has looked
        return self.household
