"""Links on their way in: addresses of pages on the web, checked and written in one plain way.

Syntax: RFC 3986; names beyond ASCII as in RFC 3490 (IDNA 2003, what Python carries along). Nobody is asked
whether the page exists, and nothing is ever fetched.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, urlsplit

from portfolio.media import declined

MOST_CHARACTERS = 500
"""As it is kept: a letter beyond ASCII takes up to twelve."""

_SCHEME = re.compile(r"https?://(?=[^/])", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.[^/\s:@]+|[^/\s:@.]+(?:\.[^/\s:@.]+)+/)", re.IGNORECASE)
"""How people write addresses by hand: ``www.…``, or a host and a path; no colon, so no other scheme."""

_NEVER = re.compile(r"[\s<>\"'`{}|\\^]")
"""Characters that end an attribute, a tag or a style, or that browsers read as a slash."""

_HOST = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
)
_HEX = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "/:?#[]@!$&()*+,;=%~-._"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}


def check_link(text: str) -> str:
    """Return the address in ``text`` as it may be kept: ASCII only, scheme and host in lower case.

    Only ``http`` and ``https`` with a host; no name or password, no character that is not seen. Checking
    twice changes nothing. One written without a scheme (``www.example.org``, ``example.org/x``) gets
    ``https``. Addresses within a school's own network are allowed. Raises ``MediaRefused``.
    """
    link = text.strip(" \t\r\n")
    if _BARE.match(link):
        link = f"https://{link}"
    if len(link) > MOST_CHARACTERS:
        raise declined.link_too_long(len(link), MOST_CHARACTERS)
    if not _SCHEME.match(link) or _NEVER.search(link) or any(map(_is_unseen, link)):
        raise declined.no_link()
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError as cause:
        raise declined.no_link() from cause
    if "@" in parts.netloc:
        raise declined.link_with_a_password()
    if parts.netloc.endswith(":") or port == 0:
        raise declined.no_link()
    place = _ascii_host(host, bracketed="[" in parts.netloc) + (f":{port}" if port is not None else "")
    rest = link[link.index("//") + 2 + len(parts.netloc) :]
    checked = f"{parts.scheme.lower()}://{place}{quote(_HEX.sub('%25', rest), safe=_KEPT)}"
    if len(checked) > MOST_CHARACTERS:
        raise declined.link_too_long(len(checked), MOST_CHARACTERS)
    return checked


def shown_link(link: str) -> str:
    """Return a kept link as people read it: its host in its own letters, where that is possible."""
    host = urlsplit(link).hostname or ""
    if "xn--" not in host:
        return link
    try:
        own = host.encode("ascii").decode("idna")
    except UnicodeError:
        return link
    return link.replace(host, own, 1)


def _is_unseen(character: str) -> bool:
    """Say whether a character shows nothing, so that it could hide what a link really says."""
    return unicodedata.category(character) in _UNSEEN


def _ascii_host(host: str, *, bracketed: bool) -> str:
    """Return the host in ASCII, or refuse what is none."""
    if bracketed:
        if "%" in host:  # which of this computer's networks to use: nothing for a link
            raise declined.no_link()
        try:
            return f"[{IPv6Address(host).compressed}]"
        except AddressValueError as cause:
            raise declined.no_link() from cause
    try:
        named = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as cause:
        raise declined.no_link() from cause
    if not _HOST.fullmatch(named):
        raise declined.no_link()
    return named
