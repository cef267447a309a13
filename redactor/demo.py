"""`deburn demo`: burn invented identities into sample images, redact them, judge the result by its pixels."""

import shutil
from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from .demo_judge import Verdict, judge
from .demo_page import write_page
from .demo_samples import SAMPLES, make
from .engine import Workforce
from .job import OpenRunner, Orders
from .policy import Policy
from .progress import tell_summary
from .run import redact_folder
from .summary import Summary

BURNED, REDACTED, PAGE = "burned", "redacted", "index.html"


def run_demo(output: Path, *, open_runner: OpenRunner, workers: int) -> bool:
    """Write the demo's folder and say whether every identifying text is gone.

    Parameters
    ----------
    output : Path
        New, empty, or that of an earlier demo.
    open_runner : callable
        Opens the networks in a worker.
    workers : int
        Processes.

    Raises
    ------
    UsageError
        The folder holds something else.
    """
    _clear(output)
    made = [make(sample, output / BURNED) for sample in SAMPLES]
    orders = Orders(policy=Policy(), open_runner=open_runner, output=output / REDACTED)
    results = _Results()
    summary = redact_folder(
        [output / BURNED],
        orders=orders,
        workforce=Workforce(workers=workers),
        overwrite=False,
        report=False,
        watcher=results,
    )
    verdicts = [judge(one, results.lines[one.path.name], output / REDACTED) for one in made]
    write_page(output / PAGE, verdicts, summary)
    _tell(verdicts, summary, output / PAGE)
    return not any(verdict.survived or verdict.refusal for verdict in verdicts)


class _Results:
    """Keeps the manifest lines by file name."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, Any]] = {}

    def begin(self, files: int, size: int) -> None:
        click.echo(f"{files} files made, {size / 1e6:.1f} MB; redacting them ...")

    def file(self, line: dict[str, object], size: int, summary: Summary) -> None:
        self.lines[str(line["path"])] = line
        click.echo(f"{line['state']:<12}{line['path']}")


def _clear(output: Path) -> None:
    standing = {path.name for path in output.iterdir()} if output.is_dir() else set()
    if (output.exists() and not output.is_dir()) or standing - {BURNED, REDACTED, PAGE}:
        raise UsageError("the demo's folder holds something else; choose another with --output")
    for name in (BURNED, REDACTED):
        if name in standing:
            shutil.rmtree(output / name)
    (output / BURNED).mkdir(parents=True)


def _tell(verdicts: list[Verdict], summary: Summary, page: Path) -> None:
    tell_summary(summary, states=("redacted", "clean", "quarantined"), machine=False)
    gone, survived = (sum(len(getattr(verdict, name)) for verdict in verdicts) for name in ("gone", "survived"))
    kept, lost = (sum(len(getattr(verdict, name)) for verdict in verdicts) for name in ("kept", "lost"))
    click.echo(f"identifiers removed: {gone} of {gone + survived}")
    click.echo(f"other texts kept:    {kept} of {kept + lost}")
    for verdict in verdicts:
        if verdict.refusal:
            click.echo(f"quarantined: {verdict.made.path.name}: {verdict.refusal}")
        for text in verdict.survived:
            click.echo(f"NOT removed: {verdict.made.path.name}: {text}")
    click.echo(f"before and after: {page}")
