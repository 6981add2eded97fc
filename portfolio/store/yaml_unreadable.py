"""What we say where YAML itself gives up: which quotation mark, bracket, tab or space it probably is."""

from __future__ import annotations

import yaml

from portfolio.errors import TemplateMistake


def unreadable(
    trouble: yaml.MarkedYAMLError, text: str, file: str, long_quote: tuple[int, int]
) -> TemplateMistake:
    """Return the sentence for what cannot be read; ``long_quote``: from and to which line the last one reached."""
    last = max(1, len(text.splitlines()))  # a file may end before it is whole
    if "quoted" in str(trouble.context) and trouble.context_mark is not None:
        return _open_quote(file, trouble.context_mark.line + 1)
    if "flow" in str(trouble.context) and trouble.context_mark is not None:
        return TemplateMistake(
            "{file}, line {line}: a bracket opens here and is not closed where it should be.",
            file=file,
            line=min(trouble.context_mark.line + 1, last),
        )
    mark = trouble.problem_mark or trouble.context_mark
    lines = text.splitlines()
    line = min(mark.line + 1 if mark else 1, last)
    # closed by the next quotation mark, which should have opened another text
    if line == long_quote[1]:
        return _open_quote(file, long_quote[0])
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return TemplateMistake(
            "{file}, line {line}: the line begins with a tab. Use spaces instead.", file=file, line=line
        )
    return TemplateMistake(
        "{file}, line {line}: this cannot be read. Look here and in the line above: do the spaces at the "
        "beginning fit, is there “: ” after each name, is every quotation mark closed? A text with “: ” or "
        "“#” in it needs quotation marks.",
        file=file,
        line=line,
    )


def _open_quote(file: str, line: int) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: a quotation mark opens here and is not closed where it should be.",
        file=file,
        line=line,
    )
