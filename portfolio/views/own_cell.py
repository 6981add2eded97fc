"""A teacher's own notebook cell on a page: Markdown made harmless, drawn pictures as images."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from portfolio.model import OwnCell, OwnPicture

_TAGS = {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "code", "pre", "hr", "br"} | {
    "table", "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip
_LOWER = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def own_cell(cell: OwnCell) -> Markup:
    """Return the HTML of a teacher's cell: no scripts, no remote pictures, headings below the page's own."""
    pictures = Markup("").join(_picture(picture) for picture in cell.pictures)
    return _markdown(cell.markdown) + pictures


@lru_cache(maxsize=256)
def _markdown(text: str) -> Markup:
    """Return Markdown as HTML from a short list of tags (links only to other places of the same page)."""
    if not text.strip():
        return Markup("")
    import nh3  # only needed where a teacher added a cell
    from markdown_it import MarkdownIt

    parser = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
    tokens = parser.parse(text)
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    html = parser.renderer.render(tokens, parser.options, {})
    return Markup(nh3.clean(html, tags=_TAGS, attributes={}, link_rel=None))  # noqa: S704 - cleaned just here


def _picture(picture: OwnPicture) -> Markup:
    """Return a drawn picture as an image: an SVG runs no scripts inside ``<img>``."""
    return Markup('<figure class="fig"><img src="data:{};base64,{}" alt="{}"></figure>').format(
        picture.media_type, "".join(picture.base64.split()), escape(picture.alt)
    )
