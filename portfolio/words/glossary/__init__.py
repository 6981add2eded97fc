"""The glossary of school words: ``en/*.yaml`` for people, ``en.json`` for the program, :mod:`.load` to read either."""

from __future__ import annotations

from portfolio.words.glossary.load import Glossary, from_data, layered, starter

__all__ = ["Glossary", "from_data", "layered", "starter"]
