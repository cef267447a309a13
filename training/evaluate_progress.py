"""How an evaluation is told while it runs: a bar on a terminal, nothing in a pipe."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Measured = TypeVar("Measured")


def counted(results: Iterable[Measured], total: int) -> Iterator[Measured]:
    """Pass results on and count them."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from results
        return
    columns = (
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("files ·"),
        TimeElapsedColumn(),
        TextColumn("· left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, expand=True, transient=True) as bar:
        task = bar.add_task("", total=total)
        for result in results:
            bar.advance(task)
            yield result
