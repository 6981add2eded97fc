# long: one server, two children, everything the one may not do to the other
"""Who may come in: two children, two browsers, a real server, and everything the one may not do to the other."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

REPO = Path(__file__).resolve().parents[2]
KEYS = {"s-ana": "hm3x-9wq7-aaaa-bbbb-cccc-dddd-eeee", "s-ben": "zz22-k8k8-ffff-gggg-hhhh-iiii-jjjj"}

SERVER = """
import sys
from pathlib import Path
from portfolio.serve import RosterCard, Setup, key_fingerprint, serve

class Door:
    class_id, class_name, language = "c-4b", "Class 4B", "en"
    keys = {key_fingerprint(key): who for who, key in KEYS.items()}

    def student_for_key(self, fingerprint):
        return self.keys.get(fingerprint)

    def roster(self):
        return [RosterCard("s-ana", "Ana", "boat"), RosterCard("s-ben", "Ben <b>", "no such picture")]

folder = Path(sys.argv[1])
serve(
    folder / "class", Door(), setup=Setup[sys.argv[2]], template="identity",
    notebooks={"desk": folder / "books" / "desk.ipynb", "talk": folder / "books" / "talk.ipynb"},
    on_ready=lambda url: print(url, flush=True),
)
"""

CELL = """
import os, time
import anywidget, ipywidgets
from portfolio.serve import class_folder, current_visit, read_or_make_secret
folder = class_folder(os.environ)
visit = current_visit(os.environ, read_or_make_secret(folder / ".portfolio" / "secret"))
(folder / f"kernel-{os.getpid()}").write_text("\\n".join(f"{k}={v}" for k, v in os.environ.items()))
words = ipywidgets.Text(description="Words")
def keep(change):
    time.sleep(2 if change["new"].startswith("slowly") else 0)
    (folder / f"{visit.student_id}.txt").write_text(change["new"])
words.observe(keep, "value")
class Own(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = 'a control of ours' } }"
ipywidgets.VBox([ipywidgets.Label(f"ROOM: the book of {visit.student_id}"), words, Own()])
"""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">
<script src="/voila/templates/identity/static/leave.js"></script>
<script src="/voila/templates/identity/static/page.js"></script>
<script src="{{ page_config['fullStaticUrl'] }}/voila-style.js"></script>
<style>form { position: fixed; bottom: 0; z-index: 9999 }</style></head>
<body class="jp-Notebook" data-base-url="/voila/" data-jp-theme-light="true"
 data-jp-theme-name="JupyterLab Light" data-voila="voila">
<form method="post" action="/done"><button>I am done</button></form><div id="rendered_cells"><div>
{% set config = page_config.copy() %}
{%- with kernel_id = kernel_start(nb) -%}{% set _ = config.update(baseUrl="/", kernelId=kernel_id) %}
<script id="jupyter-config-data" type="application/json">{{ config | tojson }}</script>
{%- for cell in cell_generator(nb, kernel_id) -%}<div cell-index="{{ loop.index }}">
{% for output in cell.outputs %}<div class="jp-OutputArea-child"><div class="jp-OutputArea-output">
<script type="application/vnd.voila.cell-output+json">{{ output | trusted | tojson }}</script></div></div>{% endfor %}
</div>{%- endfor -%}{% endwith %}
</div></div><script src="{{ page_config['fullStaticUrl'] }}/{{ main_js }}"></script></body></html>
"""

PAGE_SCRIPT = "window.display_cells = () => {}; window.voila_heartbeat = () => {};"


@dataclass
class House:
    """A running server: its address, its folder, its process."""

    url: str
    folder: Path
    process: subprocess.Popen[str]

    def kernels(self) -> set[int]:
        """Return the process numbers of the kernels that live now."""
        started = {int(path.name.split("-")[1]) for path in self.folder.glob("class/kernel-*")}
        return {number for number in started if _lives(number)}

    def environments(self) -> str:
        """Return what all kernels so far found in their environment."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("class/kernel-*")))

    def log(self) -> str:
        """Return the server's log."""
        return (self.folder / "class" / ".portfolio" / "serve.log").read_text("utf-8")

    def written(self, student: str) -> str:
        """Return the words the child's kernel has written down."""
        path = self.folder / "class" / f"{student}.txt"
        return path.read_text() if path.exists() else ""


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def _until(what: Callable[[], bool], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _furnish(folder: Path) -> None:
    """Put there a class folder, two notebooks and a template with nothing but what voilà needs."""
    (folder / "class").mkdir()
    (folder / "books").mkdir()
    (folder / "class" / "secret-drawing.png").write_bytes(b"PNG")
    (folder / "books" / "drawing.png").write_bytes(b"PNG")
    template = folder / "jupyter" / "voila" / "templates" / "identity"
    (template / "static").mkdir(parents=True)
    (template / "conf.json").write_text('{"base_template": "portfolio"}')
    (template / "index.html.j2").write_text(PAGE)
    (template / "static" / "page.js").write_text(PAGE_SCRIPT)
    for room in ("desk", "talk"):
        cell: dict[str, Any] = {
            "cell_type": "code",
            "id": room,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": CELL.replace("ROOM", room),
        }
        kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
        notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "books" / f"{room}.ipynb").write_text(json.dumps(notebook))
    (folder / "serve.py").write_text(f"KEYS = {KEYS!r}\n{SERVER}")


def _open_house(folder: Path, setup: str) -> House:
    _furnish(folder)
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPO),
        "JUPYTER_PATH": str(folder / "jupyter"),
        "HTTP_COOKIE": "left over",
        "QUERY_STRING": "left=over",
        "PORTFOLIO_VISIT": "left over",
    }
    with (folder / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, str(folder / "serve.py"), str(folder), setup],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert url, (folder / "stderr").read_text()
    return House(url.rstrip("/"), folder, process)


def _close_house(house: House) -> None:
    with house.process as process:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A class where every child has a link of its own."""
    opened = _open_house(tmp_path_factory.mktemp("links"), "PERSONAL_LINKS")
    yield opened
    _close_house(opened)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A class whose children take turns at one computer."""
    opened = _open_house(tmp_path_factory.mktemp("machine"), "ONE_MACHINE")
    yield opened
    _close_house(opened)


@dataclass
class Guest:
    """A child at a browser of its own."""

    house: House
    context: BrowserContext
    page: Page
    trouble: list[str]

    def wait_for_desk(self, student: str, room: str = "desk") -> None:
        """Wait until the widgets are there, and are this child's."""
        self.page.locator(".widget-label", has_text=f"{room}: the book of {student}").wait_for()
        self.page.get_by_label("Words").wait_for()
        self.page.get_by_text("a control of ours").wait_for()

    def go(self) -> None:
        """Close all tabs as a child would, so that their kernels stop, and then the browser."""
        for page in self.context.pages:
            page.close()
        self.context.close()

    @property
    def kernel(self) -> str:
        """The id of the page's kernel."""
        config = self.page.locator("#jupyter-config-data").text_content()
        return str(json.loads(config or "{}")["kernelId"])

    @property
    def cookies(self) -> dict[str, str]:
        """The browser's cookies, name to value."""
        return {cookie.get("name", ""): cookie.get("value", "") for cookie in self.context.cookies()}

    @property
    def visit(self) -> tuple[str, str]:
        """Name and value of the cookie that lets the child in."""
        return next((name, value) for name, value in self.cookies.items() if name.startswith("portfolio_"))


@pytest.fixture
def guest(browser: Browser, watch: Callable[[BrowserContext], Any]) -> Iterator[Callable[..., Guest]]:
    """Return a way to let a child in by its link, in a browser of its own that may not leave this machine."""
    guests: list[Guest] = []
    watches = []

    def come_in(house: House, student: str, way: str = "") -> Guest:
        context = browser.new_context(service_workers="block")
        watches.append(watch(context))
        guests.append(_come_in(house, context, student, way))
        return guests[-1]

    yield come_in
    for one in guests:
        one.go()
    for seen in watches:
        seen.check()


@pytest.fixture(scope="module")
def pair(house: House, browser: Browser) -> Iterator[tuple[Guest, Guest]]:
    """Two children with open desks, for tests that try things and change nothing."""
    ana, ben = (_come_in(house, browser.new_context(), student) for student in KEYS)
    ana.wait_for_desk("s-ana")
    ben.wait_for_desk("s-ben")
    yield ana, ben
    ana.go()
    ben.go()


def _come_in(house: House, context: BrowserContext, student: str, way: str = "") -> Guest:
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{house.url}/k/{KEYS[student]}{way}")
    return Guest(house, context, page, trouble)


def _ask(
    house: House, method: str, path: str, cookies: dict[str, str], body: bytes = b"", **headers: str
) -> Any:
    """Ask as anybody can who knows an address, and follow nothing."""
    import http.client

    parts = urlsplit(house.url)
    asked = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    said = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **headers}
    try:
        asked.request(method, path, body=body, headers={k: v for k, v in said.items() if v})
        answer = asked.getresponse()
        answer.read()
        return answer
    finally:
        asked.close()


def _form(cookies: dict[str, str], **fields: str) -> tuple[bytes, dict[str, str]]:
    from urllib.parse import urlencode

    body = urlencode({"_xsrf": cookies.get("_xsrf", ""), **fields}).encode()
    return body, {"Content-Type": "application/x-www-form-urlencoded"}


def _socket(house: House, path: str, cookies: dict[str, str], origin: str | None = None) -> Any:
    said = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    address = house.url.replace("http", "ws") + path
    return connect(address, additional_headers=said, origin=Origin(origin or house.url))


def _message(kind: str, content: dict[str, Any], channel: str = "shell") -> str:
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": "x",
        "date": "2026-11-21T10:00:00Z",
        "version": "5.3",
    }
    said = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": channel}
    return json.dumps({**said, "buffers": []})


# ---------------------------------------------------------------------------------------------- one's own


def test_two_children_in_two_browsers_each_see_their_own_book(
    house: House, pair: tuple[Guest, Guest]
) -> None:
    """Each link leads to its child's book, at a clean address, with no error in the browser."""
    ana, ben = pair
    assert ana.page.url == ben.page.url == f"{house.url}/desk"
    assert ana.kernel != ben.kernel
    assert ana.trouble == ben.trouble == []


def test_a_link_can_lead_to_the_conference(house: House, guest: Callable[..., Guest]) -> None:
    """With ?to=talk behind the key the conference opens, and any other word opens the desk."""
    ana = guest(house, "s-ana", "?to=talk")
    ana.wait_for_desk("s-ana", room="talk")
    assert ana.page.url == f"{house.url}/talk"
    ben = guest(house, "s-ben", "?to=//elsewhere.example")
    ben.wait_for_desk("s-ben")


def test_the_key_stays_nowhere(house: House, guest: Callable[..., Guest], browser: Browser) -> None:
    """After coming in, the key is in no address, referrer, cookie, kernel or log; nor is a mistyped one."""
    context = browser.new_context()
    page = context.new_page()
    headers: list[str] = []
    page.on("request", lambda request: headers.append(f"{request.url} {request.headers}"))
    page.goto(f"{house.url}/k/{KEYS['s-ana']}")
    page.get_by_label("Words").wait_for()
    wrong = KEYS["s-ana"][:-1] + "2"
    for path in (f"/k/{wrong}", f"/k/{KEYS['s-ana']}/more", f"/{KEYS['s-ana']}", f"/desk/{KEYS['s-ana']}"):
        _ask(house, "GET", path, {})
    first, rest = headers[0], headers[1:]
    assert KEYS["s-ana"] in first and len(rest) > 20
    searched = [*rest, page.url, page.content(), page.evaluate("document.referrer"), str(context.cookies())]
    searched += [house.environments(), house.log(), (house.folder / "stderr").read_text()]
    for key in (KEYS["s-ana"], wrong):
        assert not [text for text in searched if key in text or key.replace("-", "") in text]
    assert "/k/…" in house.log()
    context.close()


def test_a_kernel_learns_of_the_visit_and_of_nothing_else(house: House, guest: Callable[..., Guest]) -> None:
    """A kernel's environment has the signed slip and the class, and nothing of request, cookie or query."""
    ana = guest(house, "s-ana", "?to=desk&left=over")
    ana.wait_for_desk("s-ana")
    names = {line.split("=", 1)[0] for line in house.environments().splitlines() if "=" in line}
    assert {"PORTFOLIO_VISIT", "PORTFOLIO_CLASS", "PATH"} <= names
    leaked = {"QUERY_STRING", "SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "HTTP_COOKIE", "VOILA_REQUEST_URL"}
    assert not leaked & names
    assert "left over" not in house.environments() and ana.visit[1] not in house.environments()


def test_the_cookie_lives_as_long_as_the_browser_and_no_script_reads_it(
    house: House, pair: tuple[Guest, Guest]
) -> None:
    """The visit's cookie is a session cookie, HttpOnly and SameSite=Lax; no cookie of ours outlives the browser."""
    ana, _ = pair
    name, value = ana.visit
    [visit] = [cookie for cookie in ana.context.cookies() if cookie.get("name") == name]
    assert visit.get("httpOnly") is True and visit.get("sameSite") == "Lax"
    assert {cookie.get("expires") for cookie in ana.context.cookies()} == {-1}
    assert value not in ana.page.evaluate("document.cookie")


# ------------------------------------------------------------------------------------------ and not others'

NOT_HERE = (
    "/voila/files/drawing.png",
    "/voila/files/../class/secret-drawing.png",
    "/voila/files/desk.ipynb",
    "/media/s-ana/drawing.png",
    "/files/drawing.png",
    "/drawing.png",
    "/class/secret-drawing.png",
    "/static/../../class/secret-drawing.png",
    "/static/tokens.css",
    "/api/contents",
    "/api/contents/desk.ipynb",
    "/voila/api/contents/",
    "/voila/render/desk.ipynb",
    "/voila/render/books/desk.ipynb",
    "/voila/tree",
    "/tree",
    "/lab",
    "/login?next=/desk",
    "/logout",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/status",
    "/api/terminals",
    "/terminals/websocket/1",
    "/metrics",
    "/voila/api/themes/x/index.css",
    "/voila/labextensions/@voila-dashboards/jupyterlab-preview/package.json",
    "/voila/templates/lab/static/index.css",
    "/desk/",
    "/desk.ipynb",
)


@pytest.mark.parametrize("whose", ["nobody", "another child"])
def test_there_is_nothing_but_our_own_addresses(whose: str, house: House, pair: tuple[Guest, Guest]) -> None:
    """Files, pictures, contents, other notebooks, lists of kernels: all answer 404, to GET and to POST."""
    cookies = {} if whose == "nobody" else pair[1].cookies
    for path in NOT_HERE:
        assert (path, _ask(house, "GET", path, cookies).status) == (path, 404)
    for path in ("/api/contents", "/api/kernels", "/api/sessions", "/login", "/voila/render/desk.ipynb"):
        body, headers = _form(cookies)
        assert (path, _ask(house, "POST", path, cookies, body, **headers).status) == (path, 404)


def test_without_a_visit_there_is_only_the_door(house: House, pair: tuple[Guest, Guest]) -> None:
    """Without a cookie pages lead to the door, and a kernel whose id is known does not answer."""
    ana, _ = pair
    kernel = ana.kernel
    for path in ("/desk", "/talk", "/in"):
        answer = _ask(house, "GET", path, {})
        assert (path, answer.status, answer.headers["Location"]) == (path, 303, "/")
    _refuse_kernel(house, kernel, {})
    _refuse_kernel(house, str(uuid.uuid4()), {})
    assert ana.page.locator(".widget-label", has_text="s-ana").is_visible()


def test_another_child_cannot_reach_the_kernel(house: House, pair: tuple[Guest, Guest]) -> None:
    """With a cookie of its own, a child gets 403 for another's kernel, and the other works on undisturbed."""
    ana, ben = pair
    _refuse_kernel(house, ana.kernel, ben.cookies)
    ana.page.get_by_label("Words").fill("still mine")
    assert _until(lambda: house.written("s-ana") == "still mine")


def _refuse_kernel(house: House, kernel: str, cookies: dict[str, str]) -> None:
    for path in (f"/api/kernels/{kernel}/channels", f"/api/kernels/{kernel}/channels?session_id=1"):
        with pytest.raises(InvalidStatus) as refused:
            _socket(house, path, cookies)
        assert refused.value.response.status_code == 403
    assert _ask(house, "GET", f"/api/kernels/{kernel}", cookies).status == 403
    assert _ask(house, "DELETE", f"/api/kernels/{kernel}", cookies).status == 405
    for cookie in (cookies, {**cookies, "_xsrf": "2|0|0|0"}):
        body, headers = _form(cookie)
        assert _ask(house, "POST", f"/voila/api/shutdown/{kernel}", cookie, body, **headers).status == 403
    assert _ask(house, "POST", f"/api/kernels/{kernel}/restart", cookies).status == 404
    for path in (f"/voila/execution/{kernel}", f"/voila/query/{kernel}"):
        with pytest.raises(InvalidStatus) as gone:
            _socket(house, path, cookies)
        assert gone.value.response.status_code == 404


def test_a_page_of_another_site_does_not_reach_the_kernel_either(
    house: House, pair: tuple[Guest, Guest]
) -> None:
    """The child's own cookie opens no websocket for a page from elsewhere, and no form without its token."""
    ana, _ = pair
    with pytest.raises(InvalidStatus) as refused:
        _socket(house, f"/api/kernels/{ana.kernel}/channels", ana.cookies, origin="http://elsewhere.example")
    assert refused.value.response.status_code == 403
    for path in (f"/voila/api/shutdown/{ana.kernel}", "/done"):
        assert _ask(house, "POST", path, ana.cookies, b"").status == 403
    assert _ask(house, "GET", f"/api/kernels/{ana.kernel}", ana.cookies).status == 200


def test_forged_cookies_do_not_open_the_book(house: House, pair: tuple[Guest, Guest]) -> None:
    """Changed bytes, the kernel's own slip, a student id or another class's cookie name lead to the door."""
    ana, _ = pair
    name, good = ana.visit
    [slip] = {
        line.split("=", 1)[1]
        for line in house.environments().splitlines()
        if line.startswith("PORTFOLIO_VISIT=") and _visit_id(line) == _visit_id(good)
    }
    changed = [
        good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :] for at in range(0, len(good), 7)
    ]
    for value in (*changed, slip, slip.replace("kernel.", "cookie.", 1), "s-ana", "", good + "0"):
        assert _ask(house, "GET", "/desk", {name: value}).headers["Location"] == "/"
        assert _ask(house, "GET", f"/api/kernels/{ana.kernel}", {name: value}).status == 403
    assert _ask(house, "GET", "/desk", {"portfolio_other": good}).headers["Location"] == "/"
    assert _ask(house, "GET", f"/api/kernels/{ana.kernel}", {name: good}).status == 200


def _visit_id(token: str) -> str:
    import base64

    body = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(body + "=="))["visit"])


def test_the_browser_cannot_run_code_in_its_own_kernel(house: House, pair: tuple[Guest, Guest]) -> None:
    """Over one's own websocket, code, shutdown and widgets of one's own making are not passed on."""
    ana, _ = pair
    hacked = house.folder / "hacked"
    code = f"open({str(hacked)!r}, 'w')"
    widget = {"comm_id": "c1", "target_name": "jupyter.widget", "data": {"state": {}}}
    with _socket(house, f"/api/kernels/{ana.kernel}/channels", ana.cookies) as socket:
        socket.send(_message("execute_request", {"code": code, "silent": False}))
        socket.send(_message("shutdown_request", {"restart": False}, "control"))
        socket.send(_message("comm_open", widget))
        socket.send("[]")
        asked = _message("kernel_info_request", {})
        socket.send(asked)
        answers: list[dict[str, Any]] = []
        while not answers or answers[-1]["header"]["msg_type"] != "kernel_info_reply":
            answers.append(json.loads(socket.recv(timeout=15)))
    kinds = {answer["header"]["msg_type"] for answer in answers}
    assert not kinds & {"execute_reply", "shutdown_reply", "comm_close", "error"}
    assert not hacked.exists() and house.log().count("was not passed on") == 2
    ana.page.get_by_label("Words").fill("after all that")
    assert _until(lambda: house.written("s-ana") == "after all that")


# --------------------------------------------------------------------------------------- coming and going


@pytest.mark.drill
def test_reloading_leaves_one_kernel(house: House, guest: Callable[..., Guest]) -> None:
    """After five reloads, waited for or not, there is one kernel more than before."""
    before = house.kernels()
    ana = guest(house, "s-ana")
    ana.wait_for_desk("s-ana")
    for patient in (True, False, True, False, True):
        ana.page.reload(wait_until="load" if patient else "commit")
        if patient:
            ana.wait_for_desk("s-ana")
    assert _until(lambda: len(house.kernels() - before) == 1)
    time.sleep(1)
    assert len(house.kernels() - before) == 1
    ana.page.close()
    assert _until(lambda: not house.kernels() - before)


@pytest.mark.drill
def test_a_page_that_does_not_really_go_keeps_its_kernel(house: House, guest: Callable[..., Guest]) -> None:
    """A mail link, or a page put aside by the browser, hangs up nothing; back without kernel, it loads anew."""
    ana = guest(house, "s-ana")
    ana.wait_for_desk("s-ana")
    first = ana.kernel
    ana.page.evaluate("dispatchEvent(new Event('beforeunload'))")
    ana.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    ana.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    ana.page.get_by_label("Words").fill("still here")
    assert _until(lambda: house.written("s-ana") == "still here")
    body, headers = _form(ana.cookies)
    assert _ask(house, "POST", f"/voila/api/shutdown/{first}", ana.cookies, body, **headers).status == 204
    with ana.page.expect_navigation(wait_until="commit"):
        ana.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    ana.wait_for_desk("s-ana")
    assert ana.kernel != first


def test_im_done_leaves_nothing_behind(house: House, guest: Callable[..., Guest]) -> None:
    """“I am done” keeps the last words, then cookie, kernel and everything the browser kept are gone."""
    before = house.kernels()
    ana = guest(house, "s-ana")
    ana.wait_for_desk("s-ana")
    name, value = ana.visit
    ana.page.evaluate(KEEP, ["s-ana"])
    ana.page.get_by_label("Words").fill("slowly, my last words")
    ana.page.get_by_role("button", name="I am done").click()
    ana.page.get_by_role("heading", name="Please open your own link").wait_for()
    assert ana.page.url == f"{house.url}/"
    assert name not in ana.cookies
    assert ana.page.evaluate(KEPT) == []
    assert _until(lambda: not house.kernels() - before)
    assert house.written("s-ana") == "slowly, my last words"
    assert _ask(house, "GET", "/desk", {name: value}).headers["Location"] == "/"
    ana.page.goto(f"{house.url}/desk")
    assert ana.page.url == f"{house.url}/"


@pytest.mark.drill
def test_another_child_at_the_same_browser_ends_the_first_visit(
    house: House, guest: Callable[..., Guest]
) -> None:
    """Opening another link stops the first child's kernel and its old tab; what desks keep is left to desks."""
    before = house.kernels()
    ana = guest(house, "s-ana")
    ana.wait_for_desk("s-ana")
    name, value = ana.visit
    anas = house.kernels() - before
    ana.page.evaluate(KEEP, ["s-ana"])
    closed = ana.page.evaluate_handle(SOCKET_CLOSES, ana.kernel)
    other = ana.context.new_page()
    other.goto(f"{house.url}/k/{KEYS['s-ben']}")
    other.locator(".widget-label", has_text="s-ben").wait_for()
    assert closed.evaluate("said => said.closed") is True
    assert _until(lambda: not anas & house.kernels())
    assert _ask(house, "GET", "/desk", {name: value}).headers["Location"] == "/"
    ana.page.close()
    assert other.evaluate(KEPT) == ["portfolio-s-ana"]


KEEP = """async (students) => {
  for (const student of students) {
    localStorage.setItem(`${student}/goal`, "a draft");
    for (const name of [`portfolio-${student}`, `of-others-${student}`]) {
      await new Promise((done) => { const asked = indexedDB.open(name);
        asked.onsuccess = () => { asked.result.close(); done(); }; });
    }
  }
}"""
KEPT = """async () => [...(await indexedDB.databases()).map(({ name }) => name), ...Object.keys(localStorage)].sort()"""
SOCKET_CLOSES = """async (kernel) => {
  const socket = new WebSocket(`ws://${location.host}/api/kernels/${kernel}/channels`);
  const said = { closed: false };
  await new Promise((done) => { socket.onopen = done; });
  socket.onclose = () => { said.closed = true; };
  return said;
}"""


@pytest.mark.drill
def test_the_same_child_may_have_two_tabs(house: House, guest: Callable[..., Guest]) -> None:
    """Opening one's own link again leaves the first tab working; a fourth page ends the first one's kernel."""
    before = house.kernels()
    ana = guest(house, "s-ana")
    ana.wait_for_desk("s-ana")
    second = ana.context.new_page()
    second.goto(f"{house.url}/k/{KEYS['s-ana']}")
    second.get_by_label("Words").wait_for()
    ana.page.get_by_label("Words").fill("from the first tab")
    assert _until(lambda: house.written("s-ana") == "from the first tab")
    for _ in range(2):
        page = ana.context.new_page()
        page.goto(f"{house.url}/desk")
        page.get_by_label("Words").wait_for()
    assert _until(lambda: len(house.kernels() - before) == 3)


@pytest.mark.drill
def test_a_page_left_before_it_is_there_leaves_no_kernel(house: House, pair: tuple[Guest, Guest]) -> None:
    """A browser that hangs up while the notebook still runs leaves no kernel behind."""
    before = house.kernels()
    known = _named(house, "started")
    with pytest.raises(TimeoutError):
        _hang_up(house, pair[1].cookies)
    assert _until(lambda: len(_named(house, "started") - known) == 1)
    assert _until(lambda: _named(house, "started") - known <= _named(house, "shutdown"))
    assert _until(lambda: not house.kernels() - before)


def _named(house: House, what: str) -> set[str]:
    return set(re.findall(rf"Kernel {what}: (\S+)", house.log()))


def _hang_up(house: House, cookies: dict[str, str]) -> None:
    import socket

    parts = urlsplit(house.url)
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as line:
        line.sendall(f"GET /desk HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {said}\r\n\r\n".encode())
        line.settimeout(0.3)
        while line.recv(65536):
            pass


# ---------------------------------------------------------------------------------------------- the door


def test_children_find_themselves_on_the_roster(
    machine: House, browser: Browser, axe: Callable[[Page], list[Any]]
) -> None:
    """At one computer a child presses its picture, works, says it is done, and the next child can choose."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{machine.url}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Who are you?"
    buttons = page.get_by_role("list").get_by_role("button")
    assert "Ben <b>" in " ".join(buttons.last.inner_text().split())
    for box in (button.bounding_box() for button in buttons.all()):
        assert box is not None and box["width"] >= 64 and box["height"] >= 64
    assert axe(page) == []
    page.get_by_role("button", name="Ana").click()
    page.get_by_role("button", name="Yes, that’s me").click()
    page.locator(".widget-label", has_text="s-ana").wait_for()
    page.get_by_role("button", name="I am done").click()
    page.get_by_role("button", name="Ben").click()
    page.get_by_role("button", name="Yes, that’s me").click()
    page.locator(".widget-label", has_text="s-ben").wait_for()
    context.close()


def test_the_roster_lets_in_nobody_by_a_foreign_form_or_name(machine: House, browser: Browser) -> None:
    """A form without token, an unknown child, a link and a foreign host name are all refused."""
    context = browser.new_context()
    context.new_page().goto(f"{machine.url}/are-you?student=s-ana")
    cookies = {cookie.get("name", ""): cookie.get("value", "") for cookie in context.cookies()}
    context.close()
    body, headers = _form(cookies, student="s-ana")
    assert _ask(machine, "POST", "/", cookies, b"student=s-ana", **headers).status == 403
    assert _ask(machine, "POST", "/", cookies, body, **headers, Origin="http://x.example").status == 404
    assert _ask(machine, "POST", "/", cookies, body, **headers, Host="x.example").status == 403
    assert _ask(machine, "POST", "/", cookies, body, **headers).status == 303
    unknown, _ = _form(cookies, student="s-nobody")
    assert _ask(machine, "POST", "/", cookies, unknown, **headers).status == 404
    assert _ask(machine, "GET", "/are-you?student=s-nobody", {}).status == 404
    assert _ask(machine, "POST", "/secret", cookies, body, **headers).status == 404
    assert _ask(machine, "GET", f"/k/{KEYS['s-ana']}", {}).status == 404
    assert _ask(machine, "GET", "/", {}, Host="x.example").status == 403


def test_personal_links_show_no_roster(
    house: House, browser: Browser, axe: Callable[[Page], list[Any]]
) -> None:
    """Where children have links, nobody learns who is in the class, nor comes in by choosing a name."""
    page = browser.new_page()
    page.goto(f"{house.url}/")
    page.get_by_role("heading", name="Please open your own link").wait_for()
    assert "Ana" not in page.content() and axe(page) == []
    cookies = {"_xsrf": "2|00000000|00000000000000000000000000000000|1795298734"}
    body, headers = _form(cookies, student="s-ana")
    assert _ask(house, "POST", "/", cookies, body, **headers).status == 404
    assert _ask(house, "GET", "/are-you?student=s-ana", {}).status == 404
    page.close()


def test_a_wrong_link_is_told_so_kindly(
    house: House, browser: Browser, axe: Callable[[Page], list[Any]]
) -> None:
    """A link that is nobody's answers 403 with a page that says what to do, and sets no cookie."""
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{house.url}/k/2222-2222")
    assert answer is not None and answer.status == 403
    assert page.get_by_role("status").inner_text().startswith("This link is nobody’s.")
    assert axe(page) == [] and context.cookies() == []
    page.goto(f"{house.url}/nothing/here")
    page.get_by_role("link", name="Back to the start").click()
    assert page.url == f"{house.url}/"
    context.close()


@pytest.mark.drill
def test_every_answer_says_what_a_browser_may_do(house: House, pair: tuple[Guest, Guest]) -> None:
    """Pages may not be framed or kept, nothing is sniffed, and the door's own pages run no inline script."""
    ana, _ = pair
    kernel = f"/api/kernels/{ana.kernel}"
    paths = [
        "/",
        "/in",
        "/talk",
        "/ready",
        "/nothing",
        "/static/portfolio.css",
        "/voila/static/voila.js",
        kernel,
    ]
    paths += [f"/voila/templates/identity/static/{name}.js" for name in ("leave", "page")]
    for path in paths:
        headers = _ask(house, "GET", path, ana.cookies).headers
        policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
        assert (path, policy["frame-ancestors"], policy["default-src"]) == (path, "'none'", "'none'")
        assert headers["X-Content-Type-Options"] == "nosniff" and "ornado" not in str(headers)
        if path in {"/", "/in", "/talk", "/nothing", "/ready"}:
            assert "no-store" in headers["Cache-Control"]
        assert "unsafe" not in policy.get("script-src", "")
        assert path == "/talk" or "unsafe" not in policy.get("style-src", "")
    assert _ask(house, "GET", f"/k/{KEYS['s-ana']}", {}).headers["Referrer-Policy"] == "no-referrer"


def test_the_server_goes_when_told_and_says_nothing_itself(
    tmp_path: Path, browser: Browser, only_on: Callable[..., None]
) -> None:
    """On SIGTERM last words are kept, all kernels stop, nothing was printed but the address we asked for."""
    only_on("Linux", "Darwin")
    house = _open_house(tmp_path, "PERSONAL_LINKS")
    page = browser.new_page()
    page.goto(f"{house.url}/k/{KEYS['s-ana']}")
    page.get_by_label("Words").fill("before the bell")
    assert _until(lambda: house.written("s-ana") == "before the bell")
    house.process.send_signal(signal.SIGTERM)
    printed, _ = house.process.communicate(timeout=60)
    assert house.process.returncode == 0 and printed == ""
    assert (tmp_path / "stderr").read_text() == ""
    assert not house.kernels()
    assert (tmp_path / "class" / ".portfolio" / "serve.log").stat().st_mode & 0o077 == 0
    page.close()
