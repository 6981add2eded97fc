"""The mistakes of one file that a teacher wrote, gathered and told together, and how each kind of file is called."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.errors import N_, TemplateMistake

LONGEST_LIST = 20
"""How many mistakes are told at once."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said of one kind of file where the sentence must name the kind: message ids."""

    too_big: str
    second: str
    begins: str
    anchor: str
    tag: str


TEMPLATE = Wording(
    N_("{file} is far too big for a class template. Is it the right file? At most {most} MB can be read."),
    N_("{file}, line {line}: a second template begins here. Keep one template in a file."),
    N_("{file}, line {line}: a class template begins with lines such as “template_id: our-class”."),
    N_(
        "{file}, line {line}: a word that begins with “&” or “*” has a special meaning in YAML that is not "
        "used in class templates. Put it in quotation marks; for choices asked often, see “scales”."
    ),
    N_(
        "{file}, line {line}: a word that begins with “!” has a special meaning in YAML that is not "
        "used in class templates. Put it in quotation marks."
    ),
)


class Listed(tuple[TemplateMistake, ...]):
    """Several mistakes as one value of a message: each a sentence of its own, one to a line."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return the English sentences, one to a line."""
        return "\n".join(str(mistake) for mistake in self)


class Mistakes:
    """The mistakes found in one file so far."""

    def __init__(self, file: str, wording: Wording = TEMPLATE) -> None:
        """Begin with none; ``file`` is the name people know the file by."""
        self.file = file
        self.wording = wording
        self._found: dict[str, TemplateMistake] = {}
        self._in_general: dict[str, TemplateMistake] = {}

    def add(self, mistake: TemplateMistake) -> None:
        """Keep a mistake; the same sentence (a scale used ten times) counts once."""
        self._found.setdefault(str(mistake), mistake)

    def add_in_general(self, mistake: TemplateMistake) -> None:
        """Keep a mistake that is only told if nothing more exact was found."""
        self._in_general.setdefault(str(mistake), mistake)

    def tell(self) -> None:
        """Raise ``TemplateMistake`` with all that was found, first line first; return if nothing was.

        One mistake is raised as it is. Several come as one error whose value ``mistakes`` is
        :class:`Listed`, at most :data:`LONGEST_LIST` of them.
        """
        found = sorted((self._found or self._in_general).values(), key=_place)
        if len(found) == 1:
            raise found[0]
        if len(found) > LONGEST_LIST:
            first = Listed(found[:LONGEST_LIST])
            raise TemplateMistake(
                "{file} has {count} mistakes. The first ones are:\n{mistakes}",
                file=self.file,
                count=len(found),
                mistakes=first,
            )
        if found:
            raise TemplateMistake(
                "{file} has {count} mistakes:\n{mistakes}",
                file=self.file,
                count=len(found),
                mistakes=Listed(found),
            )


def _place(mistake: TemplateMistake) -> int:
    line = mistake.values.get("line")
    return line if isinstance(line, int) else 0
