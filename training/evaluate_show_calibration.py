"""A calibration on the terminal and as JSON: what was picked, what it costs, what risk is left."""

from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import __version__
from ..redactor.page import shown
from .evaluate_calibrate import Calibration, Tried
from .evaluate_show import count, interval, share
from .evaluate_statistics import Rate
from .evaluate_sweep import Sweep

# Of many settings those are listed that nothing beats in both recall and kept text, up to so many.
_MOST_ROWS = 30
_MOST_NAMES = 20


def show_calibration(result: Calibration, failed: Sequence[Sweep], snippet: str) -> None:
    """Print the sweep, the choice, the risk and the thresholds for a policy file."""
    parts: list[RenderableType] = [_table(result), "", *words_of(result)]
    parts += [Text(f"not measured: {shown(one.name)}: {one.reason}", style="red") for one in failed[:_MOST_NAMES]]
    if len(failed) > _MOST_NAMES:
        parts.append(f"… and {len(failed) - _MOST_NAMES} more not measured")
    Console(highlight=False).print(Group(*parts, ""))
    click.echo(snippet, nl=False)  # as it is: a comment that were broken off would be no TOML


def words_of(result: Calibration) -> list[str]:
    """Say in sentences what the calibration comes to."""
    best = result.tried[result.chosen]
    picked = ", ".join(f"{name} = {value:g}" for name, value in zip(result.names, best.values, strict=True))
    spans, images = result.leaks_per_1000, result.leaky_per_1000
    words = [
        f"Picked: {picked}. It removes {share(best.recall)} of the identifying spans ({count(best.recall)}), keeps "
        f"{share(best.kept)} of the other lines ({count(best.kept)}) and changes {best.collateral:.2%} of the frame "
        "beside text.",
        _basis(result),
        f"Residual risk in 1,000 images like these: {spans[0]:.1f} surviving spans, at most {spans[1]:.1f} with 95 % "
        f"confidence; {images[0]:.1f} images with any, at most {images[1]:.1f}.",
        f"The sample shows a recall of {result.least_recall:.2%} or more with 95 % confidence.",
    ]
    if result.leaks == 0:
        words.append(
            f"No miss in {result.spans} spans does not mean none: by the rule of three up to about "
            f"{min(3 / result.spans, 1):.2%} may be missed."
        )
    return [*words, *_warnings(result)]


def calibration_record(result: Calibration, failed: Sequence[Sweep]) -> dict[str, object]:
    """Give a calibration as a JSON object."""
    spans, images = result.leaks_per_1000, result.leaky_per_1000
    return {
        "kind": "calibration",
        "deburn": __version__,
        "thresholds": dict(zip(result.names, result.tried[result.chosen].values, strict=True)),
        "wish": result.wish,
        "reached": result.reached,
        "shown": result.shown,
        "least_recall": result.least_recall,
        "spans_needed": result.needed,
        "sample": {"images": result.images, "subjects": result.subjects, "spans": result.spans},
        "held_out": result.held_out,
        "leaks": result.leaks,
        "leaky_images": result.leaky_images,
        "missed_under_every_setting": result.hopeless,
        "leaks_per_1000_images": {"measured": spans[0], "at_most": spans[1]},
        "leaky_images_per_1000": {"measured": images[0], "at_most": images[1]},
        "tried": [_tried(result, one) for one in result.tried],
        "failed": [{"path": one.name, "reason": one.reason} for one in failed],
    }


def _basis(result: Calibration) -> str:
    sample = f"{result.images} images of {result.subjects} subjects with {result.spans} identifying spans"
    if result.held_out:
        return f"Measured on {sample}, each under the thresholds that the other subjects would have picked."
    return f"Measured on {sample}: the very images that picked the thresholds, so the figures flatter."


def _warnings(result: Calibration) -> list[str]:
    words = []
    if not result.reached:
        words.append(
            f"NOT REACHED: no setting removes {result.wish:.2%} of the sample's spans. {result.hopeless} survive every "
            "setting: their text is not found, or read as something harmless."
        )
    if not result.shown:
        words.append(
            f"NOT SHOWN: it takes {result.needed} spans without a miss, in as many independent places as possible, to "
            f"show a recall of {result.wish:.2%}; this sample has {result.spans} with {result.leaks} missed."
        )
    return words


def _table(result: Calibration) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for name in (*result.names, "PHI removed", "95 %", "other lines kept", "beside text"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for index, one in enumerate(result.tried):
        if len(result.tried) > _MOST_ROWS and index != result.chosen and _beaten(one, result.tried):
            continue
        mark = "<- picked" if index == result.chosen else ""
        cells = (f"{share(one.recall)} ({count(one.recall)})", interval(one.recall), share(one.kept))
        values = (f"{value:g}" for value in one.values)
        table.add_row(*values, *cells, f"{one.collateral:.2%}", mark, style="bold" if mark else None)
    return table


def _beaten(one: Tried, tried: Sequence[Tried]) -> bool:
    mine = (one.recall.hits, one.kept.hits)
    theirs = ((other.recall.hits, other.kept.hits) for other in tried)
    return any(other != mine and other[0] >= mine[0] and other[1] >= mine[1] for other in theirs)


def _tried(result: Calibration, one: Tried) -> dict[str, object]:
    return {
        "thresholds": dict(zip(result.names, one.values, strict=True)),
        "recall": _rate(one.recall),
        "kept": _rate(one.kept),
        "collateral": one.collateral,
    }


def _rate(value: Rate) -> dict[str, object]:
    return asdict(value) | {"value": value.value}
