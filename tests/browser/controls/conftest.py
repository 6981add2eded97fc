"""The served desk, for all tests of this folder."""

from __future__ import annotations

from tests.desk_browser import desk, server

__all__ = ["desk", "server"]
