"""The demo's page: before and after, what was masked and what was kept."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from .. import __version__
from .demo_judge import Verdict
from .page import figures, foot, head, image
from .summary import Summary

_STYLE = """
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; background: var(--line); }
.pair figure { margin: 0; background: var(--card); }
.pair figcaption { padding: 6px 16px; color: var(--soft); font-size: 13px; }
.pair img { height: min(56vw, 460px); object-fit: contain; }
.sample { margin: 0 0 24px; }
.sample header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 12px 16px; }
.sample h3 { margin: 0; font-size: 16px; }
.sample ul { list-style: none; margin: 0; padding: 12px 16px 14px; display: flex; flex-wrap: wrap; gap: 6px 8px;
  font-size: 13px; }
.sample li { border: 1px solid var(--line); border-radius: 20px; padding: 1px 10px; }
@media (max-width: 640px) { .pair { grid-template-columns: 1fr; } .pair img { height: auto; } }
"""
_CLOSING = """The people and hospitals on this page are invented, so that “before” may be shown. The images are those
that pydicom ships for testing, and drawn ones. A text counts as removed when the contrast of its strokes is gone in
every frame, and as kept when its strokes are unchanged in every frame."""


def write_page(path: Path, verdicts: Sequence[Verdict], summary: Summary) -> None:
    """Write the page, self-contained."""
    parts = [head("deburn demo", _STYLE), _top(verdicts, summary), *(_sample(verdict) for verdict in verdicts)]
    path.write_text("".join((*parts, foot(_CLOSING))), encoding="utf-8")


def _top(verdicts: Sequence[Verdict], summary: Summary) -> str:
    gone, survived = _count(v.gone for v in verdicts), _count(v.survived for v in verdicts)
    kept, lost = _count(v.kept for v in verdicts), _count(v.lost for v in verdicts)
    return (
        f"<h1>deburn demo</h1>\n<p class='soft'>deburn {__version__} · invented identities were burned into sample "
        "images, and the files redacted by <code>deburn redact</code>. Masks are outlined in orange.</p>\n"
        + figures(
            (f"{gone} of {gone + survived}", "identifiers removed", "bad" if survived else "good"),
            (f"{kept} of {kept + lost}", "other texts kept", "mask" if lost else "good"),
            (f"{len(verdicts)}", "files", ""),
            (f"{summary.images}", "images", ""),
            (f"{summary.states['quarantined']}", "quarantined", "bad" if summary.states["quarantined"] else ""),
            (f"{summary.seconds:.1f} s", f"{summary.megabytes_per_second:.1f} MB/s", ""),
        )
    )


def _sample(verdict: Verdict) -> str:
    name, sample = escape(verdict.made.path.name), verdict.made.sample
    if verdict.refusal:
        words, colour = f"quarantined: {verdict.refusal}", "bad"
    elif verdict.survived:
        words, colour = "identifying text survived", "bad"
    else:
        words, colour = "all identifying text removed" + (", some harmless text lost" if verdict.lost else ""), "good"
    after = image(verdict.after, f"{name} after") if verdict.after else ""
    return (
        f'<section class="card sample"><header><h3>{escape(sample.about)}</h3><code class="soft">{name}</code>'
        f'<b class="{colour}">{escape(words)}</b></header>\n<div class="pair">'
        f"<figure>{image(verdict.before, f'{name} before')}<figcaption>before</figcaption></figure>"
        f"<figure>{after}<figcaption>after, {verdict.boxes} masks</figcaption></figure></div>\n"
        f"<ul>{_items(verdict)}</ul></section>\n"
    )


def _items(verdict: Verdict) -> str:
    groups = (
        ("good", "removed", verdict.gone),
        ("bad", "NOT removed", verdict.survived),
        ("good", "kept", verdict.kept),
        ("mask", "lost", verdict.lost),
    )
    return "".join(
        f'<li><span class="{colour}">{words}</span> {escape(text)}</li>'
        for colour, words, texts in groups
        for text in texts
    )


def _count(groups: Iterable[tuple[str, ...]]) -> int:
    return sum(len(group) for group in groups)
