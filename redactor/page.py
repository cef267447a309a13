"""The look of the pages that we write: one file each, nothing loaded from anywhere, light and dark."""

from base64 import b64encode
from html import escape

# default-src 'none': even a viewer that is online fetches nothing.
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
"""
_STYLE = """
:root { --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --ink: #1b232d; --soft: #5b6776;
  --good: #1a7f4b; --mask: #b45309; --bad: #b3261e; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1b2129; --line: #303945; --ink: #e8ecf1;
  --soft: #9aa7b6; --good: #5fd39a; --mask: #f0a44b; --bad: #ff8a80; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 40px 0 12px; }
p { margin: 0 0 12px; max-width: 76ch; }
.soft { color: var(--soft); }
.good { color: var(--good); } .mask { color: var(--mask); } .bad { color: var(--bad); }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 12px; margin: 20px 0; }
.figures div, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.figures div { padding: 12px 16px; }
.figures b { display: block; font-size: 24px; line-height: 1.25; font-variant-numeric: tabular-nums; }
.figures span { color: var(--soft); font-size: 13px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 16px; align-items: start; }
.card { overflow: hidden; margin: 0; }
.card img { display: block; width: 100%; height: 210px; object-fit: contain; background: #000; }
.card .words { padding: 10px 14px 12px; font-size: 13px; }
.tags { display: flex; flex-wrap: wrap; gap: 4px 6px; margin-top: 6px; }
.tags span { border: 1px solid var(--line); border-radius: 20px; padding: 0 9px; font-size: 12px; }
.wide { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; padding: 7px 14px; border-top: 1px solid var(--line); vertical-align: top; }
th { border-top: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 40px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
"""


def head(title: str, style: str = "") -> str:
    """Begin a page; `style` is added to the common one."""
    return _HEAD.format(title=escape(title), style=_STYLE + style)


def foot(words: str) -> str:
    """End a page with a few words of HTML."""
    return f"<footer>{words}</footer>\n</main>\n</body>\n</html>\n"


def figures(*triples: tuple[str, str, str]) -> str:
    """Lay out figures: each a value, what it is, and a class for its colour."""
    cells = (
        f'<div><b class="{kind}">{escape(value)}</b><span>{escape(name)}</span></div>' for value, name, kind in triples
    )
    return f'<div class="figures">{"".join(cells)}</div>\n'


def image(png: bytes, words: str) -> str:
    """Give an image element that carries its picture; `words` describe it."""
    return f'<img alt="{escape(words)}" src="data:image/png;base64,{b64encode(png).decode()}">'


def tags(counts: dict[str, int]) -> str:
    """Give counted categories as small labels."""
    labels = (f"<span>{escape(name)} {count}</span>" for name, count in counts.items())
    return f'<div class="tags">{"".join(labels)}</div>' if counts else ""


def shown(name: str) -> str:
    """Give a file name as it can be printed anywhere: what is not printable, or no Unicode, is escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode()
        for character in name
    )
