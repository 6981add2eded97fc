"""A teacher's own notebook cell on a page: Markdown made harmless, pictures as images, gaps told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from portfolio.errors import N_
from portfolio.model import OwnCell, OwnPicture
from portfolio.rules.family_view import FamilyView
from portfolio.rules.left_out import Gap, LeftOut, gaps_in, pieces_of
from portfolio.views import room
from portfolio.views.room import CHOICE

if TYPE_CHECKING:
    from markdown_it.token import Token

    from portfolio.words import Speech

_TAGS = {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "code", "pre", "hr", "br"} | {
    "table", "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip
_LOWER = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}

GAPS: Final[dict[LeftOut, str]] = {
    "error": N_("Something is missing here: it was not finished when this file was made."),
    "live": N_("Something is missing here: it only works on the teacher’s computer."),
    "formula": N_("A formula is missing here: it cannot be shown in this file."),
    "damaged": N_("A picture is missing here: it could not be opened."),
    "long": N_("There was more here than this file has room for."),
}
"""What a page says in place of what is left out of a teacher's cell."""

_WHY: Final[dict[LeftOut, room.Why]] = {
    "error": "damaged",
    "live": "refused",
    "formula": "refused",
    "damaged": "damaged",
    "long": "no_room",
}

_NO_WORDS = re.compile(
    r"\s*(?:<.*>|[\w .()-]+\.(?:png|jpe?g|gif|svg|webp|heic|bmp)|(?:no )?(?:description|alt text)\b.*"
    r"|image|picture|photo|figure|output|untitled|png|jpe?g|svg)?\s*",
    re.IGNORECASE | re.DOTALL,
)
"""What programs write as a description: names of files and objects, or that there is none."""


def own_cell(cell: OwnCell, say: Speech) -> Markup:
    """Return the HTML of a teacher's cell: no scripts, no remote pictures, headings below the page's own.

    Pictures stand where the text has a note for them, all others below it.
    """
    shown: list[Markup] = []
    left = dict(enumerate(cell.pictures))
    for piece in pieces_of(cell.markdown):
        if isinstance(piece, str):
            shown.append(_rendered(piece, say(N_("A table the teacher made"))))
        elif isinstance(piece, Gap):
            shown.append(_state(say(GAPS[piece.why])))
        elif piece in left:
            shown.append(_picture(left.pop(piece), say))
    shown += (_picture(picture, say) for picture in left.values())
    return (
        Markup('<div class="own-cell" dir="auto">{}</div>').format(Markup("").join(shown))
        if shown
        else Markup("")
    )


def own_missing(view: FamilyView, page: str) -> tuple[room.Missing, ...]:
    """Return what a finished page leaves out of a teacher's cells; ``what`` names the cell of the notebook, or the picture."""
    cells = [part.content.cell for part in view.parts if part.content.holds == "own"]
    gaps = [room.Missing(gap.where, _WHY[gap.why], "output") for c in cells for gap in gaps_in(c.markdown)]
    pictures = (picture for cell in cells for picture in cell.pictures)
    no_room = [room.Missing(p.alt, "no_room", "output") for p in pictures if _address(p) not in page]
    return (*gaps, *no_room)


@lru_cache(maxsize=256)
def _rendered(text: str, table: str) -> Markup:
    """Return Markdown as HTML from a short list of tags; ``table`` is what each table is called.

    Links stay as their words: a file that goes home leads nowhere.
    """
    import nh3  # only needed where a teacher added a cell
    from markdown_it import MarkdownIt

    parser = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
    tokens = parser.parse(text)
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    _head_tables(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes={"th": {"scope"}}, link_rel=None)
    # no words look so: their signs are escaped
    boxed = clean.replace("<table>", _BOX.format(escape(table))).replace("</table>", "</table></div>")
    return Markup(boxed)  # noqa: S704 - cleaned just here


def _state(sentence: str) -> Markup:
    return Markup('<p class="state">{}</p>').format(sentence)


_BOX = '<div class="tablebox" role="group" tabindex="0" aria-label="{}"><table>'


def _head_tables(tokens: Sequence[Token]) -> None:
    """Say of each heading of a table what it heads: a column, or a row (its first cells, where all is bold)."""
    leading = False
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            leading = True
        elif token.type == "th_open":
            if tokens[at + 1].content.strip():
                token.attrSet("scope", "col")
            else:  # a heading without words heads nothing
                token.tag = tokens[at + 2].tag = "td"
        elif token.type == "td_open":
            leading = leading and _all_bold(tokens[at + 1])
            if leading:
                token.tag = tokens[at + 2].tag = "th"
                token.attrSet("scope", "row")


def _all_bold(inline: Token) -> bool:
    inner = [child for child in inline.children or () if child.type != "text" or child.content]
    return (
        len(inner) >= 3
        and inner[0].type == "strong_open"
        and inner[-1].type == "strong_close"
        and all(child.type != "strong_close" for child in inner[:-1])
    )


def _picture(picture: OwnPicture, say: Speech) -> Markup:
    """Return a picture as an image (an SVG runs no scripts inside ``<img>``), if the file has room for it."""
    alt = say(N_("A picture the teacher made")) if _NO_WORDS.fullmatch(picture.alt) else picture.alt
    image = Markup('<figure class="fig"><img src="{}" alt="{}"></figure>').format(_address(picture), alt)
    words = Markup('<p class="state">{}</p>').format(
        say(N_("A picture is missing here: this file has no room for it."))
    )
    return Markup("").join((CHOICE["begin"], CHOICE["picture"], image, CHOICE["words"], words, CHOICE["end"]))


def _address(picture: OwnPicture) -> str:
    return f"data:{picture.media_type};base64,{''.join(picture.base64.split())}"
