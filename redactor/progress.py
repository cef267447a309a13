"""How a run is told: a bar on a terminal, plain lines in a pipe, JSON lines for machines."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from .page import shown
from .run import Watcher
from .summary import Summary

_COLOUR = {"clean": "green", "redacted": "yellow", "found": "yellow", "quarantined": "red"}
_MEANING = {
    "clean": "nothing to mask",
    "redacted": "masked, verified, written",
    "found": "text to mask",
    "quarantined": "not passed on",
}


@contextmanager
def watching(*, machine: bool, tell: Collection[str]) -> Iterator[Watcher]:
    """Choose how to tell: JSON lines if `machine`, a bar on a terminal, else a plain line per file.

    Parameters
    ----------
    machine : bool
        Whether a machine reads standard output.
    tell : collection of str
        States of the files that get a line above the bar.
    """
    if machine:
        yield _Json()
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    with _bar(console) as bar:
        yield _Bar(bar, tell)


def tell_summary(summary: Summary, *, states: tuple[str, ...], machine: bool) -> None:
    """Print the totals: a table, or one JSON line."""
    if machine:
        click.echo(json.dumps(summary.as_line()))
        return
    table = Table(title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("files", justify="right")
    table.add_column("")
    for state in states:
        count = summary.states[state]
        table.add_row(f"{count:,}", Text(f"{state}: {_MEANING[state]}", style=_COLOUR[state] if count else "dim"))
    if summary.standing:
        table.add_row(f"{summary.standing:,}", Text("of these done by an earlier run, and still right", style="dim"))
    table.add_section()
    table.add_row(f"{summary.files:,}", f"in {summary.seconds:,.1f} s, {summary.megabytes_per_second:,.2f} MB/s")
    table.add_row(f"{summary.images:,}", f"images, {summary.images_per_second:,.2f} a second")
    for name, counts in (("masked", summary.masked), ("kept", summary.kept)):
        table.add_row(f"{counts.total():,}", Text(f"findings {name}{_listed(dict(counts))}"))
    Console(highlight=False).print(table)


class _Json:
    def begin(self, files: int, size: int) -> None:
        """Say nothing: the lines speak."""

    def file(self, line: dict[str, Any], size: int, summary: Summary) -> None:
        click.echo(json.dumps(line))


class _Lines:
    def begin(self, files: int, size: int) -> None:
        click.echo(f"{files} files, {size / 1e6:.1f} MB")

    def file(self, line: dict[str, Any], size: int, summary: Summary) -> None:
        click.echo(_told(line))


class _Bar:
    def __init__(self, bar: Progress, tell: Collection[str]) -> None:
        self._bar = bar
        self._tell = tell
        self._task = TaskID(0)

    def begin(self, files: int, size: int) -> None:
        self._task = self._bar.add_task("", total=files, rate="starting")

    def file(self, line: dict[str, Any], size: int, summary: Summary) -> None:
        rate = f"{summary.images_per_second:,.1f} images/s, {summary.megabytes_per_second:,.1f} MB/s"
        self._bar.update(self._task, advance=1, rate=rate)
        if line["state"] in self._tell:
            # Text, not a string: a file name is no markup.
            self._bar.console.print(Text(_told(line), style=_COLOUR[line["state"]]), soft_wrap=True)


def _bar(console: Console) -> Progress:
    return Progress(
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("files · {task.fields[rate]}"),
        TextColumn("·"),
        TimeElapsedColumn(),
        TextColumn("· left"),
        TimeRemainingColumn(),
        console=console,
        expand=True,
    )


def _told(line: dict[str, Any]) -> str:
    words = f"{line['state']:<12}{shown(line['path'])}"
    if line["reason"]:
        return f"{words}: {line['reason']}"
    masked, kept = _listed(line["masked"]), _listed(line["kept"])
    return words + (f"  masked{masked}" if masked else "") + (f"  kept{kept}" if kept else "")


def _listed(counts: dict[str, int]) -> str:
    return ": " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) if counts else ""
