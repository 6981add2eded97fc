"""Addresses for what a page of the child's own shows: pictures stand in it, recordings have their place or do too."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.errors import PortfolioError
from portfolio.moments.conference.table import Table
from portfolio.views.pages import MediaAddress, media_bytes
from portfolio.views.room import data_address


def pictures_of(table: Table) -> Callable[[str], str]:
    """Return what gives the address of a picture of this child; one that is gone or damaged is no address at all."""

    def address(sha256: str) -> str:
        try:
            return data_address(table.store.picture(table.student_id, sha256))
        except PortfolioError:
            return "data:,"

    return address


def media_of(table: Table) -> MediaAddress:
    """Return what gives the address of a recording of this child."""
    return table.address or media_bytes(lambda sha, suffix: table.store.media(table.student_id, sha, suffix))
