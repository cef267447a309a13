"""`report.html`: what a run did, to look at; redacted pixels and counts only, no text from the images."""

import os
from contextlib import ExitStack
from html import escape
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self, TextIO

from .. import __version__
from .page import figures, foot, head, image, shown, tags
from .policy import Policy
from .summary import Summary

MOST_PICTURES = 400  # about 40 kB each: a page that a browser still opens
_SPAN = 1 << 20


class Report:
    """Collects a run file by file, in constant memory, and writes the page at the end.

    Parameters
    ----------
    path : Path
        Where the page goes, by rename; it is not there before `finish`.
    policy : Policy
        Named on the page.
    """

    def __init__(self, path: Path, policy: Policy) -> None:
        self._path = path
        self._policy = policy
        self._stack = ExitStack()
        self._cards, self._rows, self._refused = _spool(self._stack), _spool(self._stack), _spool(self._stack)
        self._pictures = 0
        self._models: set[tuple[str, str]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, line: dict[str, Any], picture: bytes | None) -> None:
        """Take up one file: its manifest line and, where it was redacted, its thumbnail."""
        if line["state"] == "quarantined":
            self._refused.write(_refused_row(line))
            return
        self._rows.write(_row(line))
        self._models.add((line["model"], line["model_sha256"]))
        if picture is not None and self._pictures < MOST_PICTURES:
            self._pictures += 1
            self._cards.write(_card(line, picture))

    def finish(self, summary: Summary) -> None:
        """Write the page."""
        part = self._path.with_name(f".{self._path.name}.part")
        with part.open("w", encoding="utf-8", newline="\n") as page:
            page.write(head("deburn report", _STYLE) + self._top(summary))
            if self._pictures:
                page.write("<h2>Redacted images</h2>\n" + self._about_pictures(summary) + '<div class="cards">\n')
                _pour(self._cards, page)
                page.write("</div>\n")
            if summary.states["quarantined"]:
                page.write(_QUARANTINE)
                _pour(self._refused, page)
                page.write("</table></div>\n")
            page.write(_FILES)
            _pour(self._rows, page)
            page.write("</table></div>\n" + foot(_CLOSING))
            page.flush()
            os.fsync(page.fileno())
        part.replace(self._path)

    def _top(self, summary: Summary) -> str:
        models = ", ".join(f"{name} <code>{sha256[:12]}</code>" for name, sha256 in sorted(self._models)) or "none used"
        policy = _ABOUT_MODE[self._policy.mode]
        return (
            f"<h1>Redaction report</h1>\n<p class='soft'>deburn {__version__} · policy <b>{self._policy.mode}</b>: "
            f"{policy} · model {models}</p>\n" + _figures(summary)
        )

    def _about_pictures(self, summary: Summary) -> str:
        redacted = summary.states["redacted"]
        words = "As they are in the output; masks are outlined in orange."
        if self._pictures < redacted:
            words += f" The first {self._pictures} of {redacted}."
        return f'<p class="soft">{words}</p>\n'


_STYLE = """
.why { margin-top: 6px; font-size: 12px; } .why summary { cursor: pointer; color: var(--soft); }
.why ul { margin: 4px 0 0; padding-left: 18px; }
"""
_ABOUT_MODE = {
    "phi": "mask what identifies someone or cannot be read",
    "strict": "mask all but what is recognised as harmless",
    "text": "mask all text",
}
_QUARANTINE = """<h2>Quarantined</h2>
<p class="soft">These files are not in the output.</p>
<div class="wide"><table><tr><th>File<th>Reason</tr>
"""
_FILES = """<h2>Delivered files</h2>
<div class="wide"><table><tr><th>File<th>State<th class="number">Images<th class="number">Masks<th>Masked<th>Kept</tr>
"""
_CLOSING = """No text from the images and no header values are on this page. File names are those of the input:
where they identify someone, so does this page. Only burned-in text was treated; headers are not de-identified.
Masking is automatic and can miss text: look at what you pass on."""


def _figures(summary: Summary) -> str:
    refused = summary.states["quarantined"]
    return figures(
        (f"{summary.states['redacted']:,}", "files redacted", "mask"),
        (f"{summary.states['clean']:,}", "files clean", "good"),
        (f"{refused:,}", "files quarantined", "bad" if refused else ""),
        (f"{summary.images:,}", "images", ""),
        (f"{summary.masked.total():,}", "findings masked", ""),
        (f"{summary.kept.total():,}", "findings kept", ""),
        (f"{summary.seconds:,.1f} s", f"{summary.megabytes_per_second:,.1f} MB/s", ""),
    )


def _card(line: dict[str, Any], picture: bytes) -> str:
    name = escape(shown(line["path"]))
    return (
        f'<figure class="card">{image(picture, "redacted image")}<figcaption class="words"><code>{name}</code>'
        f"{tags(line['masked'])}{_why(line)}</figcaption></figure>\n"
    )


def _row(line: dict[str, Any]) -> str:
    colour = "mask" if line["state"] == "redacted" else "good"
    return (
        f'<tr><td><code>{escape(shown(line["path"]))}</code><td class="{colour}">{line["state"]}'
        f'<td class="number">{line["frames"]}<td class="number">{len(line["boxes"])}'
        f"<td>{_counts(line['masked'])}{_why(line)}<td>{_counts(line['kept'])}</tr>\n"
    )


def _why(line: dict[str, Any]) -> str:
    """Say why: one line for each category, rule and header element, with its highest score and its count."""
    scores: dict[tuple[str, str, str | None], list[float]] = {}
    for one in line["why"]:
        scores.setdefault((one["category"], one["reason"], one["element"]), []).append(one["score"])
    items = (
        f"<li><b>{escape(category)}</b>{f' × {len(found)}' if len(found) > 1 else ''}: {escape(reason)}"
        f"{f', <code>{escape(element)}</code>' if element else ''} <span class='soft'>{max(found):.2f}</span></li>"
        for (category, reason, element), found in sorted(scores.items(), key=lambda item: -max(item[1]))
    )
    return f"<details class='why'><summary>why</summary><ul>{''.join(items)}</ul></details>" if scores else ""


def _refused_row(line: dict[str, Any]) -> str:
    return f'<tr><td><code>{escape(shown(line["path"]))}</code><td class="bad">{escape(line["reason"])}</tr>\n'


def _counts(counts: dict[str, int]) -> str:
    return escape(", ".join(f"{name} {count}" for name, count in counts.items())) or "–"


def _spool(stack: ExitStack) -> TextIO:
    # A file without a name: a run that is killed leaves nothing of it. The stack closes it.
    return stack.enter_context(TemporaryFile("w+", encoding="utf-8"))


def _pour(source: TextIO, target: TextIO) -> None:
    source.seek(0)
    while span := source.read(_SPAN):
        target.write(span)
