"""What a teacher's own cells show, in a browser without any policy: nothing runs, nothing is fetched."""

from __future__ import annotations

import base64

from playwright.sync_api import Page, expect

from portfolio.views.own_cell import own_cell
from portfolio.views.room import CHOICE
from portfolio.words import speak
from tests.hostile import TEXTS
from tests.notebook_cells import JPEG, Cell, code, outline, shown, text

RUN = "document.title='ran';window.ran=1"
REMOTE = "http://192.0.2.7/private"
ATTACKS = (
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{RUN}\"><script>{RUN}</script><image href='{REMOTE}.png'/></svg>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<style>@import '{REMOTE}.css';body{{background:url({REMOTE}.png)}}</style><p>x",
    f"<link rel=stylesheet href={REMOTE}.css><base href={REMOTE}/>",
    f"![x]({REMOTE}.png) [x](javascript:{RUN}) <{REMOTE}>",
    f'"></code></pre><script>{RUN}</script>',
    f"```\n```\n<script>{RUN}</script>\n~~~",
    f"| a |\n|-|\n| <img src={REMOTE}.png onload={RUN}> |",
    f"<table><tr><th><details open ontoggle={RUN}>x</details></th></tr></table>",
    f"<math><mtext></table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
    f"<video poster={REMOTE}.png src={REMOTE}.mp4 autoplay></video><audio src={REMOTE} autoplay></audio>",
    f"<meta http-equiv=refresh content='0;url={REMOTE}'><form action={REMOTE}><button autofocus onfocus={RUN}>",
)
KINDS = (
    "text/plain",
    "text/markdown",
    "text/html",
    "text/latex",
    "image/svg+xml",
    "image/png",
    "application/javascript",
)


def _cells(hostile: str) -> list[Cell]:
    printed = {"output_type": "stream", "name": "stdout", "text": hostile}
    failed = {"output_type": "error", "ename": hostile, "evalue": hostile, "traceback": [hostile]}
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{hostile}</text>{hostile}</svg>"
    found = [
        text(hostile),
        code("x", printed),
        code("x", failed),
        code("x", shown({"image/jpeg": JPEG}, alt=hostile)),
    ]
    coded = base64.b64encode(hostile.encode("utf-8", "replace")).decode()
    more = [code("x", shown({kind: coded if kind == "image/png" else hostile})) for kind in KINDS]
    return [*found, *more, code("x", shown({"image/svg+xml": svg}))]


def test_hostile_outputs_run_and_fetch_nothing(page: Page, offline_guard: list[str]) -> None:
    """Hostile strings in every form an output has run nothing and reach for nothing, even where no policy holds them."""
    hostile = [*ATTACKS, *(found[:3_000] for found in TEXTS.values())]
    cells = outline(*(cell for one in hostile for cell in _cells(one)))
    html = "".join(own_cell(cell, speak("en")) for cell in cells if cell.kind == "own")
    for mark in CHOICE.values():
        html = html.replace(str(mark), "")
    assert len(cells) > 300
    clean = html.encode("utf-8", "replace").decode()
    page.set_content(f"<!doctype html><title>still</title><body>{clean}<p id=end>end</p>", wait_until="load")
    expect(page.locator("body > #end")).to_have_count(1)
    page.wait_for_timeout(500)
    assert page.title() == "still" and page.evaluate("window.ran") is None
    assert page.url == "about:blank" and not offline_guard
