"""The finder of school words: text → masked → made plain → words → forms of the glossary → accepted findings.

``find`` and ``swapped`` are handed out by :mod:`portfolio.words`. Nothing here is imported before it is used.
"""
