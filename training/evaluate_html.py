"""An evaluation as one HTML page: nothing loaded from anywhere, no text from the images."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from .. import __version__
from ..redactor.page import figures, foot, head, shown
from .evaluate_measures import CategoryMeasure
from .evaluate_record import Evaluation
from .evaluate_scores import PageScore
from .evaluate_show import count, interval, rows_of, share
from .evaluate_statistics import Mean, Rate
from .evaluate_strata import Stratum

# Files that are listed one by one: those in which something went wrong first. The JSON file lists all.
_MOST_FILES = 500
_STYLE = """
.bar { display: block; width: 160px; height: 14px; }
.bar .track { fill: var(--line); } .bar .span { fill: var(--link); opacity: .35; } .bar .mark { fill: var(--link); }
td.bars { width: 180px; }
"""
_CATEGORIES = """<h2>By category</h2>
<p class="soft">Spans that identify: gone by their pixels, under masked findings (found), under findings of their own
category (as such). Masked findings: on what identifies (right), on what is of their category (as such).</p>
"""
_LINES = """<h2>Lines found</h2>
<p class="soft">Of which nine tenths of the box lie under found text.</p>
"""
_INCOMPLETE = """<p class="mask">The truth lists identifying text only: nothing is said of the text that should stay,
and what changed beside the listed text may be text too.</p>
"""
_CLOSING = """No text from the images is on this page. File names are those of the input: where they identify someone,
so does this page. Shares come with 95 % Wilson intervals, means with 95 % bootstrap intervals over files; both take
what they count for independent draws from the place where the files come from, and say nothing of other places."""
_ABOUT = """A text is removed when at most a tenth of its strokes can still be followed in the pixels, and kept when at
least 95 % can; boxes that a redactor reports are not believed."""


def evaluation_page(evaluation: Evaluation) -> str:
    """Give the page."""
    return "".join((head("deburn evaluation", _STYLE), *_parts(evaluation), foot(_CLOSING)))


def _parts(evaluation: Evaluation) -> Iterator[str]:
    measures = evaluation.measures
    yield _top(evaluation)
    yield "<h2>All files</h2>\n" + _table(("", "Share", "", "95 %", "Count", ""), _main_rows(evaluation))
    if measures.categories:
        columns = ("Category", "Spans gone", "", "95 %", "Found", "As such", "Masks right", "As such")
        yield _CATEGORIES + _table(columns, map(_category_row, measures.categories))
    if measures.kept_kinds:
        yield "<h2>Other lines kept</h2>\n" + _table(
            ("Kind", "Kept", "", "95 %"),
            ((_word(kind), _both(kept), _bar(kept), interval(kept)) for kind, kept in measures.kept_kinds),
        )
    if evaluation.strata:
        names = ("", "", "Found", "", "95 %", "Identifying", "95 %")
        yield _LINES + _table(names, map(_stratum_row, evaluation.strata))
    yield from _file_tables(evaluation.pages)


def _top(evaluation: Evaluation) -> str:
    truth = evaluation.truth
    mode = "redacted files" if evaluation.policy is None else f"policy <b>{escape(evaluation.policy.mode)}</b>"
    return (
        f"<h1>Evaluation</h1>\n<p class='soft'>deburn {__version__} · truth: {truth.format}, {len(truth.pages)} files"
        f" · {mode}</p>\n{_figures(evaluation)}<p class='soft'>{_ABOUT}</p>\n{'' if truth.complete else _INCOMPLETE}"
    )


def _category_row(one: CategoryMeasure) -> tuple[str, ...]:
    figures = (_both(value) for value in (one.found, one.agreed, one.right, one.exact))
    return _word(one.name), _both(one.removed), _bar(one.removed), interval(one.removed), *figures


def _stratum_row(one: Stratum) -> tuple[str, ...]:
    names = _word(one.group), _word(one.name)
    return *names, _both(one.every), _bar(one.every), interval(one.every), _both(one.phi), interval(one.phi)


def _figures(evaluation: Evaluation) -> str:
    measures = evaluation.measures
    leaks = measures.phi_removed.total - measures.phi_removed.hits
    lost = measures.delivered.total - measures.delivered.hits
    kept = share(measures.others_kept) if measures.others_kept is not None else "–"
    collateral = f"{measures.collateral.value:.3%}" if measures.collateral is not None else "–"
    return figures(
        (share(measures.phi_removed), "identifying text removed", "bad" if leaks else "good"),
        (f"{leaks}", "identifying spans survive", "bad" if leaks else "good"),
        (count(measures.images_cleared), "images cleared", ""),
        (kept, "other lines kept", ""),
        (collateral, "frame changed beside text", ""),
        (count(measures.text_free_touched), "text-free images touched", ""),
        (f"{lost}", "files not measured", "bad" if lost else ""),
    )


def _main_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    for name, figure, remark in rows_of(evaluation.measures):
        if isinstance(figure, Rate):
            yield escape(name), share(figure), _bar(figure), interval(figure), count(figure), escape(remark)
        elif isinstance(figure, Mean):
            ends = f"{100 * figure.low:.3f}–{figure.high:.3%}"
            yield escape(name), f"{figure.value:.3%}", "", ends, f"{figure.count}", f"worst {figure.worst:.2%}"


def _file_tables(pages: Sequence[PageScore]) -> Iterator[str]:
    failed = [page for page in pages if page.reason is not None]
    if failed:
        rows = ((_name(page), f'<span class="bad">{escape(page.reason or "")}</span>') for page in failed)
        yield "<h2>Not measured</h2>\n" + _table(("File", "Reason"), rows)
    done = sorted((page for page in pages if page.reason is None), key=_trouble, reverse=True)
    yield "<h2>Files</h2>\n"
    if len(done) > _MOST_FILES:
        yield f"<p class='soft'>The {_MOST_FILES} of {len(done)} in which most went wrong.</p>\n"
    yield _table(
        ("File", "Modality", "Identifying spans survive", "Other lines lost", "Changed beside text"),
        (
            (_name(page), escape(page.modality), _red(_leaks(page)), f"{_losses(page)}", f"{page.collateral:.3%}")
            for page in done[:_MOST_FILES]
        ),
    )


def _trouble(page: PageScore) -> tuple[int, int, float]:
    return _leaks(page), _losses(page), page.collateral


def _leaks(page: PageScore) -> int:
    return sum(span.phi and span.state in ("kept", "damaged") for span in page.spans)


def _losses(page: PageScore) -> int:
    return sum(not span.phi and span.state in ("removed", "damaged") for span in page.spans)


def _red(number: int) -> str:
    return f'<b class="bad">{number}</b>' if number else "0"


def _name(page: PageScore) -> str:
    return f"<code>{escape(shown(page.name))}</code>"


def _word(name: str) -> str:
    return escape(shown(name))


def _both(value: Rate) -> str:
    return "–" if value.value is None else f"{share(value)} ({count(value)})"


def _bar(value: Rate) -> str:
    """Draw a share on a track from 0 to 1, its interval behind it."""
    if value.value is None:
        return ""
    low, high, mark = (160 * end for end in (value.low, value.high, value.value))
    return (
        f'<svg class="bar" viewBox="0 0 160 14" role="img" aria-label="{interval(value)}">'
        '<rect class="track" y="6" width="160" height="2" rx="1"/>'
        f'<rect class="span" x="{low:.1f}" y="3" width="{max(high - low, 1):.1f}" height="8" rx="2"/>'
        f'<rect class="mark" x="{min(max(mark - 1.5, 0), 157):.1f}" width="3" height="14" rx="1"/></svg>'
    )


def _table(names: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Lay out a table; its cells are HTML."""
    top = "".join(f"<th>{escape(name)}" for name in names)
    body = "".join(
        "<tr>"
        + "".join(f'<td class="bars">{cell}' if cell.startswith("<svg") else f"<td>{cell}" for cell in row)
        + "</tr>\n"
        for row in rows
    )
    return f'<div class="wide"><table><tr>{top}</tr>\n{body}</table></div>\n'
