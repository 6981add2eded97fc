"""A file a family sent back, as text: what a phone saved, what a mail program kept, or a page it was pasted into."""

from __future__ import annotations

import codecs
import html
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import BinaryIO, Final

from portfolio.errors import InputRefused, NotFound, StorageTrouble

LARGEST: Final = 2_000_000
"""Bytes of a file that may hold answers; a mail with its decoration included."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAIL: Final = (b"return-path:", b"received:", b"from:", b"to:", b"subject:", b"date:", b"message-id:", b"mime-version:", b"delivered-to:", b"content-type:", b"x-")  # fmt: skip
_NO_WORD: Final = re.compile(
    "[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{4}"
    r"|(?<=[^\W\d_])[¢£¤¥¦§¨©¬®¯°±²³´¶¸¹º¼½¾¿ª×÷](?=[^\W\d_])|(?<=[^\W\d_])[¹¿]|(?<=[^\W\d_mM])³"
)
"""No word of a language with Latin letters: letters of another script, or of the east of Europe, taken for other ones."""
_ALPHABETS: Final = tuple(
    frozenset(own) | frozenset("éüñçªº")
    for own in (
        "áíóú",
        "àâæèêëîïôùûÿœ",
        "äößê",
        "áâãàêíóôõú",
        "àèìíîòóù",
        "åäöæøàè",
        "áèëêïíóöúä",
        "àèíïóòú·",
    )
)
"""Letters of languages that old Windows wrote this way (es, fr, de, pt, it, sv da nb fi, nl, ca), and those of guests' names."""
_SAYS_ITS_LETTERS: Final = re.compile(
    rb"charset=[\"']?(windows-125\d|iso-8859-\d{1,2}|koi8-[ru]|gb18030|gbk|big5|shift_jis|euc-kr|euc-jp)\b",
    re.IGNORECASE,
)
"""What a saved page says of its letters."""
_TAG: Final = re.compile(r"<!--|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,40})|</|<[!?]")
_IN_TAG: Final = re.compile(r"""=\s*(["'])|>""")
_HUGE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
"""A number of no letter."""
_BREAKS: Final = frozenset("p div br li tr h1 h2 h3 h4 blockquote pre table ul ol".split())


def read_from(stream: BinaryIO) -> str:
    """Return the text in a stream. Never reads more than may be an answer. Raises ``InputRefused``."""
    return text_of(stream.read(LARGEST + 1))


def read_file(path: Path) -> str:
    """Return the text in a file. Raises ``NotFound``, ``InputRefused`` or ``StorageTrouble``, each with a sentence."""
    if not path.exists():
        raise NotFound("There is no file {path}. Check its name and folder.", path=path)
    if not path.is_file():
        raise InputRefused("{path} is not a file. Give the file a family sent.", path=path)
    try:
        with path.open("rb") as stream:
            return read_from(stream)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StorageTrouble("{path} cannot be read ({why}).", path=path, why=why) from error


def text_of(data: bytes) -> str:
    """Return the text that bytes stand for: plain, a saved mail, a page. Raises ``InputRefused`` for anything else."""
    if len(data) > LARGEST:
        raise InputRefused("This file is too large to be an answer. Ask for the text alone.")
    if not data.strip(b"\0 \t\r\n"):
        raise InputRefused("This file is empty. Nothing was kept.")
    if data.lstrip().lower().startswith(_MAIL):
        mail = _mail(data)
        if mail:
            return mail
    text = _decoded(data)
    return _without_tags(text) if _is_a_page(text) else text


def _decoded(data: bytes) -> str:
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not name and b"\0" in data:
        raise _no_text()
    said = _SAYS_ITS_LETTERS.search(data, 0, 2000)
    own = said[1].decode("ascii") if said and data.lstrip().startswith(b"<") else "cp1252"
    for tried in (name or "utf-8", own):
        try:
            text = data.decode(tried)
        except UnicodeError:
            continue
        strange = sum(
            not sign.isprintable() and sign not in "\n\r\t\f\v" and ord(sign) < 160 for sign in text
        )
        if strange * 50 <= len(text):
            if tried == "cp1252" and not _is_of_the_west(text):
                raise _other_letters()
            return text
    raise _no_text() if any(sign < 32 and sign not in b"\n\r\t\f\v" for sign in data) else _other_letters()


def _other_letters() -> InputRefused:
    return InputRefused(
        "The letters in this file cannot be read for sure. Open it, and save it as “UTF-8”, or paste its text."
    )


def _is_of_the_west(text: str) -> bool:
    """Return whether a text can be what old Windows wrote in the west: other letters stand at the same places elsewhere."""
    letters = frozenset(sign for sign in text.casefold() if ord(sign) > 127 and sign.isalpha())
    return _NO_WORD.search(text) is None and any(letters <= one for one in _ALPHABETS)


def _no_text() -> InputRefused:
    return InputRefused("This file is not a text. If it is a photo of an answer, type the answer in.")


def _mail(data: bytes) -> str:
    """Return the words of a saved mail, "" if it is none, or one nobody can take apart."""
    try:
        return _mail_words(message_from_bytes(data, _class=EmailMessage, policy=policy.default))
    except InputRefused:
        raise
    except Exception:  # noqa: BLE001 - mails come from anybody: nested without end, letters nobody knows
        return ""


def _mail_words(mail: EmailMessage) -> str:
    files = [part for part in mail.walk() if part.get_content_type() == "text/plain" and part.is_attachment()]
    part = next(iter(files), None) or mail.get_body(("plain", "html"))
    if part is None:
        return ""
    words = str(part.get_content())
    if "\ufffd" in words:  # it does not say its letters, or says wrong ones
        whole = part.get_payload(decode=True)
        words = _decoded(whole) if isinstance(whole, bytes) else words
    return _without_tags(words) if part.get_content_type() == "text/html" else words


def _is_a_page(text: str) -> bool:
    start = text[:2000].casefold()
    return any(tag in start for tag in ("<html", "<!doctype html", "<body", "<div", "<p>", "<span", "<br"))


def _without_tags(page: str) -> str:
    """Return the words of a page, a line for each block. Whatever the page is, it is read once from start to end."""
    words: list[str] = []
    at, last, in_head = 0, page.rfind(">"), False
    while 0 <= (start := page.find("<", at)) < last:
        tag = _TAG.match(page, start)
        words.append("" if in_head else page[at : start if tag else start + 1])
        if tag is None:  # a sign of its own, as in 2 < 3
            at = start + 1
            continue
        name = (tag["name"] or "").casefold()
        in_head = name == "head" and not tag["end"] if name in {"head", "body"} else in_head
        words.append("\n" if name in _BREAKS else "")
        at = _behind(page, tag.end(), name if not tag["end"] else "", comment=tag[0] == "<!--")
    words.append("" if in_head else page[at:])
    return html.unescape(_HUGE.sub("", "".join(words)))


def _behind(page: str, at: int, name: str, *, comment: bool) -> int:
    """Return where a tag that begins before ``at`` is over, a script or style with what is in it."""
    if comment:
        end = page.find("-->", at)
        return len(page) if end < 0 else end + 3
    while (found := _IN_TAG.search(page, at)) is not None and found[1]:
        quote = page.find(found[1], found.end())
        at = found.end() if quote < 0 else quote + 1
    at = len(page) if found is None else found.end()
    if name in {"script", "style"}:
        closing = re.compile(f"</{name}", re.IGNORECASE).search(page, at)
        return len(page) if closing is None else closing.start()
    return at
