"""Links on their way in: only pages on the web, written in one plain way."""

from __future__ import annotations

import contextlib
import string
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.errors import MediaRefused
from portfolio.media.links import MOST_CHARACTERS, check_link, shown_link

KEPT = {
    "https://example.org": "https://example.org",
    "www.example.org": "https://www.example.org",
    "Example.org/Page": "https://example.org/Page",
    "  https://example.org/a?b=c&d=e#f \n": "https://example.org/a?b=c&d=e#f",
    "HTTP://Example.ORG/Path": "http://example.org/Path",
    "https://example.org./x": "https://example.org/x",
    "https://bücher.example/straße": "https://xn--bcher-kva.example/stra%C3%9Fe",
    "https://مثال.example/": "https://xn--mgbh0fb.example/",
    "https://example.org/100%": "https://example.org/100%25",
    "https://example.org/a%20b": "https://example.org/a%20b",
    "http://192.168.1.5:8080/film": "http://192.168.1.5:8080/film",
    "http://localhost:8866/": "http://localhost:8866/",
    "http://[2001:DB8:0::1]/x": "http://[2001:db8::1]/x",
    "https://example.org/@name": "https://example.org/@name",
    "https://www.youtube.example/watch?v=dQw4&t=1": "https://www.youtube.example/watch?v=dQw4&t=1",
}


@pytest.mark.parametrize(("given_link", "kept"), KEPT.items())
def test_pages_on_the_web_are_kept_in_one_plain_form(given_link: str, kept: str) -> None:
    """Scheme and host come in lower case, letters beyond ASCII as codes; the path stays as it is."""
    assert check_link(given_link) == kept


REFUSED = [
    "", " ", "example.org", "//example.org", "javascript:x.org/", "a@b.org/x", "../x/y", "/page", "page.html", "#top", "https:example.org",
    "https://", "https:///x", "http://?x", "http://#x", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", "file:///etc/passwd", "ftp://example.org", "blob:https://example.org/x", "about:blank",
    "view-source:https://example.org", "mailto:a@example.org", "https://example.org/<script>", 'https://a.b/"x',
    "https://a.b/'x", "https://exa mple.org", "https://example.org/a b", "https://example.org\\@evil.example",
    "https://example.org\t/x", "https://example.org/\0", "https://example.org/\u202ecod", "https://exa\u200bmple.org",
    "https://example.org:99999/", "https://example.org:0/", "https://example.org:x/", "https://example.org:/",
    "https://[::1", "https://[1.2.3.4]/", "https://[fe80::1%25eth0]/", "https://a..b/", "https://.a/", "https://-a.b/",
    "https://a%2eb/", "https://a／b.example/", "https://" + "a" * 64 + ".example", "https://ex*mple.org",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_refused_with_what_to_do(text: str) -> None:
    """Other schemes, relative addresses, hidden characters and broken hosts get the sentence that helps."""
    with pytest.raises(MediaRefused, match=r"copy its whole address|longer|too long"):
        check_link(text)


@pytest.mark.parametrize(
    "text", ["https://me:secret@example.org/", "https://example.org@evil.example/", "https://@example.org/"]
)
def test_names_and_passwords_are_refused(text: str) -> None:
    """A link with something before an @ sign in its host says so."""
    with pytest.raises(MediaRefused, match="a name or a password"):
        check_link(text)


def test_a_link_is_as_long_as_it_is_kept() -> None:
    """Five hundred characters are kept, five hundred and one are not, counted as they are written down."""
    start = "https://example.org/"
    longest = start + "x" * (MOST_CHARACTERS - len(start))
    assert check_link(longest) == longest
    for text in (longest + "x", start + "中" * 60):
        with pytest.raises(MediaRefused, match="too long"):
            check_link(text)


def test_a_host_is_shown_in_its_own_letters() -> None:
    """A kept link is shown with the letters its owner chose; what cannot be read stays as it is."""
    assert shown_link("https://xn--bcher-kva.example/stra%C3%9Fe") == "https://bücher.example/stra%C3%9Fe"
    assert shown_link("https://example.org/xn--bcher-kva") == "https://example.org/xn--bcher-kva"
    broken = "https://xn--" + "9" * 40 + ".example/"
    assert shown_link(broken) == broken


PARTS = [
    "http",
    "https",
    ":",
    "//",
    "/",
    "@",
    "\\",
    "[",
    "]",
    "%",
    "%00",
    "?",
    "#",
    ".",
    "xn--",
    "javascript:",
]
PARTS += [
    "example.org",
    "ß",
    "。",
    "／",
    "\u200d",
    "\u202e",
    "\0",
    "\t",
    "\n",
    " ",
    "<",
    '"',
    "'",
    "::1",
    ":80",
]


@given(
    st.one_of(
        st.text(max_size=60).map(lambda text: "https://" + text),
        st.lists(st.sampled_from(PARTS), max_size=12).map("".join),
        st.lists(st.sampled_from(PARTS), max_size=12).map(lambda parts: "https://" + "".join(parts)),
        st.text(max_size=80),
    )
)
@example("https://ß.ß:80/ß")
@example("https://a%00b")
def test_what_is_kept_is_always_a_harmless_address(text: str) -> None:
    """Whatever is typed: kept links have one of two schemes, a host, plain characters, and never change again."""
    with contextlib.suppress(MediaRefused):
        link = check_link(text)
        assert link.startswith(("http://", "https://"))
        assert len(link) <= MOST_CHARACTERS
        assert set(link) <= set(string.ascii_letters + string.digits + "/:?#[]@!$&()*+,;=%~-._")
        parts = urlsplit(link)
        assert parts.hostname
        assert parts.username is None
        assert parts.password is None
        assert check_link(link) == link
        assert shown_link(link)
