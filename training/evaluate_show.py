"""An evaluation on the terminal."""

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..redactor.page import shown
from .evaluate_measures import CategoryMeasure, Measures
from .evaluate_record import Evaluation
from .evaluate_statistics import Mean, Rate
from .evaluate_strata import Stratum, title_of

# Files that could not be measured are named up to so many; the JSON file names all.
_MOST_NAMES = 20


def show_evaluation(evaluation: Evaluation) -> None:
    """Print the tables."""
    parts: list[RenderableType] = [_main_table(evaluation)]
    if evaluation.measures.categories:
        parts += ["", _category_table(evaluation.measures.categories)]
    if evaluation.measures.kept_kinds:
        parts += ["", _kept_table(evaluation.measures.kept_kinds)]
    if evaluation.strata:
        parts += ["", _strata_table(evaluation.strata)]
    Console(highlight=False).print(Group(*parts, *_closing(evaluation)))


def share(value: Rate) -> str:
    """Give a share in percent."""
    return "–" if value.value is None else f"{value.value:.1%}"


def interval(value: Rate) -> str:
    """Give a share's interval."""
    return "" if value.value is None else f"{100 * value.low:.1f}–{value.high:.1%}"


def count(value: Rate) -> str:
    """Give a share as two counts."""
    return f"{value.hits}/{value.total}"


def rows_of(measures: Measures) -> list[tuple[str, Rate | Mean | None, str]]:
    """Give the main table: what is measured, its figure, and a remark; without what was not measured."""
    left = f"missed at most {measures.phi_missed_at_most:.2%}; damaged {measures.phi_damaged}, left whole "
    left += f"{measures.phi_left}"
    if measures.unjudged:
        left += f", {measures.unjudged} cannot be judged"
    rows: list[tuple[str, Rate | Mean | None, str]] = [
        ("files measured", measures.delivered, ""),
        ("PHI spans removed", measures.phi_removed, left),
        ("images with PHI cleared", measures.images_cleared, ""),
        (
            "other lines kept",
            measures.others_kept,
            f"damaged {measures.others_damaged}, removed {measures.others_removed}",
        ),
        ("all lines removed", measures.lines_removed, ""),
        ("PHI spans found", measures.recall, "half of it masked"),
        ("findings right", measures.precision, "half of it on PHI"),
        ("frame changed beside text", measures.collateral, ""),
        ("text-free images touched", measures.text_free_touched, ""),
        ("frame changed in those", measures.text_free_area, ""),
        ("Pixel Data rightly kept", measures.retained, ""),
    ]
    return [row for row in rows if row[1] is not None and not (isinstance(row[1], Rate) and row[1].total == 0)]


def _main_table(evaluation: Evaluation) -> Table:
    table = _table(
        "", ("measure", "left"), ("share", "right"), ("95 %", "left"), ("count", "right"), ("remark", "left")
    )
    for name, figure, remark in rows_of(evaluation.measures):
        if isinstance(figure, Rate):
            table.add_row(name, share(figure), interval(figure), count(figure), Text(remark, style="dim"))
        elif figure is not None:
            ends, worst = f"{100 * figure.low:.2f}–{figure.high:.2%}", Text(f"worst {figure.worst:.2%}", style="dim")
            table.add_row(name, f"{figure.value:.2%}", ends, f"mean of {figure.count}", worst)
    return table


def _category_table(categories: tuple[CategoryMeasure, ...]) -> Table:
    # What findings there were is not known of redacted files.
    known = any(one.found.total or one.right.total for one in categories)
    more = (("found", "right"), ("as such", "right"), ("right", "right"), ("as such", "right")) if known else ()
    title = "PHI spans and masked findings, by category" if known else "PHI spans, by category"
    table = _table(title, ("", "left"), ("spans gone", "right"), ("95 %", "left"), *more)
    for one in categories:
        cells = [_few(value) for value in (one.found, one.agreed, one.right, one.exact)] if known else []
        table.add_row(one.name, _both(one.removed), interval(one.removed), *cells)
    return table


def _kept_table(kinds: tuple[tuple[str, Rate], ...]) -> Table:
    table = _table("Other lines kept, by kind", ("kind", "left"), ("kept", "right"), ("95 %", "left"))
    for kind, kept in kinds:
        table.add_row(kind, _both(kept), interval(kept))
    return table


def _strata_table(strata: tuple[Stratum, ...]) -> Table:
    columns = (("", "left"), ("found", "right"), ("95 %", "left"), ("of PHI", "right"), ("95 %", "left"))
    table = _table("Lines found, nine tenths of the box covered", *columns)
    last = "all"
    for one in strata:
        if one.group != last:
            table.add_section()
        last = one.group
        table.add_row(title_of(one), _both(one.every), interval(one.every), _few(one.phi), interval(one.phi))
    return table


def _closing(evaluation: Evaluation) -> list[RenderableType]:
    words: list[RenderableType] = []
    if not evaluation.truth.complete:
        words += [
            "",
            "The truth lists identifying text only: what else was masked may be text, so nothing is said of kept text, "
            "and what changed beside the listed text is no measure of lost anatomy.",
        ]
    if evaluation.truth.skipped:
        words += ["", f"{evaluation.truth.skipped} files have no truth, or none that was reviewed, and were left out."]
    failed = [page for page in evaluation.pages if page.reason is not None]
    if failed:
        words.append("")
        words += [
            Text(f"not measured: {shown(page.name)}: {page.reason}", style="red") for page in failed[:_MOST_NAMES]
        ]
        if len(failed) > _MOST_NAMES:
            words.append(f"… and {len(failed) - _MOST_NAMES} more")
    return words


def _both(value: Rate) -> str:
    return "–" if value.value is None else f"{share(value)} ({count(value)})"


def _few(value: Rate) -> str:
    return count(value) if value.total else "–"


def _table(title: str, *columns: tuple[str, str]) -> Table:
    table = Table(title=title or None, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    for name, justify in columns:
        table.add_column(name, justify="right" if justify == "right" else "left", no_wrap=name != "remark")
    return table
