"""Texts that break programs: controls, halves of letters, towers of marks, letters from the right, code of others."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "plain": "My way to school.",
    "NUL": "before\0after",
    "controls": "bell\x07 back\x08 form\x0c escape\x1b[31m delete\x7f next\x85 c1\x9f",
    "line ends": "one\r\ntwo\rthree\nfour\tfive",
    "line and paragraph separator": "one\u2028two\u2029three",
    "half a letter": "half \ud83d and \udc00 the other half",
    "no letters at all": "\ufffe \uffff \ufdd0 \U0001fffe",
    "byte order mark": "\ufeffstarts with a mark",
    "family": "👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🇨🇭 1️⃣ ☺︎",
    "letters beyond 16 bits": "𝔐𝔶 𐍈 𓀀 🜁 \U00020bb7 \U000e0041",
    "tower of marks": "T" + "\u0301\u0302\u0308\u0323\u0489" * 60 + "ower",
    "composed and not": "é e\u0301 Å A\u030a ﬁ Ω \u2126 한 \u1112\u1161\u11ab",
    "from the right": "سلام، أنا نورة 123 ABC שלום",
    "embedded": "\u202bשלום \u202aABC\u202c\u202c \u2067نورة\u2069 \u200fend\u200e",
    "turned around": "\u202egnp.yadiloh\u202c and \u202dover\u202c",
    "never closed": "\u202e\u2067\u202b left open",
    "invisible": "a\u200bb\u200cc\u200dd\u2060e\u00adf\u180eg\u3164h",
    "blanks": "\u00a0a\u2003b\u3000c",
    "template": "{{7*7}} {% raw %} {# note #} ${7*7} #{7*7} <%= 7*7 %>",
    "places in a sentence": "{name} {0} {} %s %(name)s %d {{ {",
    "tags": "<script>alert(1)</script><img src=x onerror=alert(1)><b>bold</b>",
    "half tags": "</textarea></title></style></script><!-- --> <![CDATA[ ]]> <",
    "entities": "&lt;b&gt; &amp;amp; &#0; &#x202e; &nbsp; &unknown; &",
    "quotes": "\"'`´“”‘’«»\\ \\\\ \\u0041 \\x41",
    "CDATA end": "]]> ]]&gt; --> */ //",
    "address": "javascript:alert(1) data:text/html,<b> file:///etc/passwd //x.example",
    "statement": "'; DROP TABLE entry; -- \" OR 1=1",
    "formula": '=HYPERLINK("x") +1 -1 @x |calc',
    "Markdown": "# head *a* _b_ [x](javascript:1) ![i](http://x.example/i.png) `c` | a | $5 and $10$ \\(x\\)",
    "YAML and JSON": "- a: &x *x\n<<: {NaN: null}\n--- !!python/object:os.system",
    "path": "../../etc/passwd C:\\con\\nul ~root %00 %2e%2e/",
    "one word": "w" * 3_000,
    "many lines": "line\n" * 500,
    "the longest": "ab 🙂\n" * 40_000,
    "too long": "x" * 1_000_000,
}
"""Each by what makes it hostile. Only "too long" may be refused everywhere."""
