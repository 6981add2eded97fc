"""What browser tests look for in a page of a family: what lies over what, what is cut, what leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
READY = "document.fonts.ready.then(() => true)"

SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
"""What WCAG 1.4.12 lets every reader set."""

# Every line of text as a box: where it is drawn, whose it is; what nobody sees is left out.
_BOXES = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    if (!node.data.trim()) continue;
    const of = node.parentElement;
    if (of.closest('svg, option, script, style, template') || !of.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(of);
    if (style.clipPath !== 'none' || style.opacity === '0') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      found.push({node: found.length, of, text: node.data.trim().slice(0, 50), data: node,
        left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY});
    }
  }
  return found;
}"""

# Two lines of letters lie over each other where more of them meets than the slack of a line's own box.
_OVERLAPS = f"""() => {{
  const boxes = ({_BOXES})().sort((a, b) => a.top - b.top);
  const wrong = [];
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom; j++) {{
    const a = boxes[i], b = boxes[j];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - b.top;
    if (wide > 3 && high > 0.45 * Math.min(a.bottom - a.top, b.bottom - b.top)) wrong.push(a.text + ' | ' + b.text);
  }}
  return wrong;
}}"""

# Letters that reach out of the nearest thing that cuts them off.
_CUT = f"""() => {{
  const wrong = [];
  for (const box of ({_BOXES})()) {{
    for (let of = box.of; of && of !== document.body; of = of.parentElement) {{
      const style = getComputedStyle(of), cuts = way => ['hidden', 'clip'].includes(style['overflow' + way]);
      if (!cuts('X') && !cuts('Y')) {{ if (/auto|scroll/.test(style.overflowX + style.overflowY)) break; continue; }}
      const edge = of.getBoundingClientRect();
      const out = cuts('X') && (box.left - scrollX < edge.left - 2 || box.right - scrollX > edge.right + 2)
        || cuts('Y') && (box.top - scrollY < edge.top - 6 || box.bottom - scrollY > edge.bottom + 6);
      if (out) {{ wrong.push(box.text + ' in ' + (of.className || of.tagName)); break; }}
    }}
  }}
  return wrong;
}}"""

_SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const held = one => { for (let of = one.parentElement; of && of !== document.body; of = of.parentElement)
    if (getComputedStyle(of).overflowX !== 'visible') return true; };
  return [...document.querySelectorAll('body *')].filter(one => (one.getBoundingClientRect().right > wide + 1
    || one.getBoundingClientRect().left < -1) && one.checkVisibility() && !held(one)).slice(-4)
    .map(one => one.outerHTML.replace(/base64,[^"]*/, '').slice(0, 90));
}"""

# Names that say nothing, of whatever has to have one.
_NAMES = """() => {
  const empty = /^(|image|picture|photo|graphic|untitled|video|audio|chart|figure|.*[.](jpe?g|png|webp|gif|svg|mp[34]|heic)|[0-9a-f]{16,}|img[_-]?[0-9]+|dsc[_-]?[0-9]+|no description.*)$/i;
  const named = one => (one.getAttribute('alt') ?? one.getAttribute('aria-label')
    ?? (one.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ')).trim();
  return [...document.querySelectorAll('img, audio, video, svg[role=img], [role=region]')]
    .filter(one => empty.test(named(one))).map(one => one.outerHTML.replace(/base64,[^"]*/, '').slice(0, 120));
}"""

_STRUCTURE = """() => {
  const wrong = [], all = [...document.querySelectorAll('[id]')].map(one => one.id);
  wrong.push(...all.filter((id, n) => all.indexOf(id) !== n).map(id => 'twice: #' + id));
  for (const link of document.querySelectorAll('a, use')) {
    const to = link.getAttribute('href');
    if (!to || to === '#') wrong.push('a link to nothing: ' + link.outerHTML.slice(0, 80));
    else if (to[0] === '#') {
      const there = document.getElementById(decodeURIComponent(to.slice(1)));
      if (!there) wrong.push('leads nowhere: ' + to);
      else if (link.tagName === 'A' && !link.matches('.unzoom')) { // for browsers without popovers: test_home_file
        location.hash = to; // some are only there once they are asked for
        if (!there.checkVisibility()) wrong.push('leads to something unseen: ' + to);
      }
    } else if (!/^(https?|mailto|tel):/.test(to)) wrong.push('leads out of the file: ' + to);
    if (link.tagName === 'A' && !link.textContent.trim() && !link.getAttribute('aria-label')) wrong.push('a link without words: ' + to);
  }
  for (const name of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers'])
    for (const one of document.querySelectorAll(`[${name}]`))
      for (const id of one.getAttribute(name).split(/\\s+/)) if (!document.getElementById(id)) wrong.push(name + ' names nobody: ' + id);
  location.hash = '';
  let level = 0;
  for (const head of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const now = Number(head.tagName[1]);
    if (now > level + 1) wrong.push(`a jump from h${level} to h${now}: ${head.textContent.slice(0, 40)}`);
    if (!head.textContent.trim() && !head.querySelector('[aria-label], img[alt]')) wrong.push('an empty heading');
    level = now;
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption?.textContent.trim()) wrong.push('a table without a caption');
    if (table.querySelector('th:not([scope])')) wrong.push('a th without scope');
  }
  return wrong;
}"""

# Controls that can do nothing: switched off, or a button no script answers.
_DEAD = """() => [...document.querySelectorAll('input, button, select, textarea, [role=button], [contenteditable]')]
  .filter(one => one.disabled || one.readOnly && !one.value || one.type === 'submit' || one.type === 'file'
    || (!one.labels?.length && !one.textContent.trim() && !one.getAttribute('aria-label')))
  .map(one => one.outerHTML.slice(0, 100))"""

# In charts: words that lie over words, reach out of the drawing, or stand elsewhere than they would from left to right.
_CHARTS = """() => {
  const wrong = [];
  for (const chart of document.querySelectorAll('svg[role=img]')) {
    const frame = chart.getBoundingClientRect();
    if (!frame.width) continue;
    const boxes = [...chart.querySelectorAll('text')].filter(one => one.textContent.trim())
      .map(one => [one.textContent.trim(), one.getBoundingClientRect()]);
    boxes.forEach(([text, box], n) => {
      const slack = 1 + box.height / 5; // the box of a line is higher than its letters
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - slack || box.bottom > frame.bottom + slack)
        wrong.push(`out of the drawing: ${text}`);
      for (const [other, there] of boxes.slice(n + 1)) {
        const wide = Math.min(box.right, there.right) - Math.max(box.left, there.left);
        const high = Math.min(box.bottom, there.bottom) - Math.max(box.top, there.top);
        if (wide > 1 && high > 0.3 * Math.min(box.height, there.height)) wrong.push(`${text} over ${other}`);
      }
    });
  }
  return wrong;
}"""

_CHART_PLACES = """() => [...document.querySelectorAll('svg[role=img]')].map(chart => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('text')].map(one => {
    const box = one.getBoundingClientRect();
    return [one.textContent, Math.round((box.left - frame.left) / frame.width * 100), Math.round((box.top - frame.top) / frame.height * 100)];
  });
})"""

# Letters of one writing in a place said to be in a language of another.
_SCRIPTS = """() => {
  const writes = {ar: 'Arab', fa: 'Arab', ur: 'Arab', he: 'Hebr', yi: 'Hebr', zh: 'Hani', ja: 'Hani', ru: 'Cyrl', uk: 'Cyrl'};
  const known = {Arab: /\\p{Script=Arabic}/gu, Hebr: /\\p{Script=Hebrew}/gu, Hani: /[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]/gu,
    Cyrl: /\\p{Script=Cyrillic}/gu, Latn: /\\p{Script=Latin}/gu};
  const wrong = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const of = node.parentElement;
    if (of.closest('bdi, style, script, [translate=no], svg title, svg desc') || !node.data.trim()) continue;
    const drawing = of.closest('svg[role=img]'); // its letters are part of a picture: a name there stands in the table beside it
    if (drawing && [...drawing.closest('figure').querySelectorAll('th bdi')].some(one => one.textContent.includes(node.data.trim()))) continue;
    const lang = of.closest('[lang]').lang.split('-')[0], expected = writes[lang] || 'Latn';
    const counts = Object.fromEntries(Object.entries(known).map(([name, letters]) => [name, (node.data.match(letters) || []).length]));
    const most = Object.keys(counts).reduce((a, b) => counts[b] > counts[a] ? b : a);
    if (counts[most] > 3 && most !== expected && counts[expected] < 2) wrong.push(`${lang}: ${node.data.trim().slice(0, 60)}`);
  }
  return wrong;
}"""

# Where each text stands: the language it is said to be in, the direction it is drawn in.
_LANGUAGES = """texts => {
  const plain = text => text.replace(/\\s+/g, ' ').trim();
  const all = [...document.querySelectorAll('body *')].filter(one => !one.closest('svg, style, script'));
  const attributed = all.flatMap(one => ['alt', 'aria-label'].filter(n => one.hasAttribute(n)).map(n => [plain(one.getAttribute(n)), one]));
  const whole = all.map(one => [plain(one.textContent), one]);
  return texts.map(text => {
    const holds = whole.filter(([there]) => there.includes(text)).map(([, one]) => one);
    const inner = holds.filter(one => !holds.some(other => other !== one && one.contains(other)));
    const named = attributed.filter(([there]) => there.includes(text)).map(([, one]) => one);
    const places = inner.length ? inner : named;
    return places.map(one => [one.closest('[lang]').lang, getComputedStyle(one).direction, inner.length > 0]);
  });
}"""


def asked(name: str) -> str:
    """Return the script of one question."""
    return {
        "overlaps": _OVERLAPS, "cut": _CUT, "sideways": _SIDEWAYS, "names": _NAMES, "structure": _STRUCTURE,
        "dead": _DEAD, "charts": _CHARTS, "scripts": _SCRIPTS, "places": _CHART_PLACES, "languages": _LANGUAGES,
    }[name]  # fmt: skip


def wrong(page: Page, *names: str) -> list[str]:
    """Return what is wrong on a page, each with the name of the question that found it."""
    return [f"{name}: {one}" for name in names for one in page.evaluate(asked(name))]


def languages(page: Page, texts: list[str]) -> list[list[tuple[str, str, bool]]]:
    """Return for each text its places: their language, their direction, and whether it is read there (else it is a name)."""
    found: Any = page.evaluate(_LANGUAGES, texts)
    return [[(lang, direction, seen) for lang, direction, seen in places] for places in found]
