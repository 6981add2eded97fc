"""What is written while the deck is shown, piece by piece, in no particular order."""

from __future__ import annotations

from typing import Final

from portfolio.moments.conference.back_piece import BackPiece
from portfolio.moments.conference.ending import EndingPiece
from portfolio.moments.conference.goal_piece import GoalPiece
from portfolio.moments.conference.parked_piece import ParkedPiece
from portfolio.moments.conference.phones_piece import PhonesPiece
from portfolio.moments.conference.piece import Piece
from portfolio.moments.conference.promise_piece import PromisePiece
from portfolio.moments.conference.turn import Turn

ALL: Final[tuple[Piece, ...]] = (
    PhonesPiece(),
    Turn(),
    GoalPiece(),
    PromisePiece(),
    ParkedPiece(),
    BackPiece(),
    EndingPiece(),
)
