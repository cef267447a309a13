"""A run over folders: every file ends in the output or in the quarantine list, and nowhere else."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Protocol

from ..errors import UsageError
from .discovery import PART, RECORDS, REPORT, Entry, check_output, discover
from .job import Done, Orders, hire, quarantined
from .records import Records, manifest_line, with_text
from .report import Report
from .summary import Summary
from .workers import Crew, Lost, cores

# Seconds that one file may take: a floor that nothing honest reaches, and more for large ones, as slow as a
# cine compressed a hundredfold on a busy machine.
PATIENCE, BYTES_PER_SECOND = 600.0, 10_000


class Watcher(Protocol):
    """Who is told how the run goes: a progress bar, plain lines, JSON."""

    def begin(self, files: int, size: int) -> None:
        """Learn how much there is to do."""

    def file(self, line: dict[str, object], size: int, summary: Summary) -> None:
        """Learn what became of one file."""


def redact_folder(
    inputs: Sequence[Path], *, orders: Orders, workers: int, overwrite: bool, report: bool, watcher: Watcher
) -> Summary:
    """Redact every file under the inputs into `orders.output`, with a manifest and a quarantine list.

    Parameters
    ----------
    inputs : sequence of Path
        Files and folders.
    orders : Orders
        With the output folder, which is made where it does not exist.
    workers : int
        Processes.
    overwrite : bool
        Replace files of an earlier run.
    report : bool
        Write `report.html` as well.
    watcher : Watcher
        Told of each file.

    Raises
    ------
    UsageError
        The output and the inputs overlap, or the output holds files of an earlier run.
    ModelError
        The model package cannot be opened.
    """
    assert orders.output is not None, "a run without output is a scan"
    output = orders.output
    check_output(inputs, output)
    entries = discover(inputs)
    standing = _standing(output, entries)
    if standing and not overwrite:
        raise UsageError(
            f"--output already holds {len(standing)} of the files to write; choose another folder or pass --overwrite"
        )
    summary = Summary()
    with ExitStack() as stack:
        crew = stack.enter_context(_crew(entries, orders, workers))  # first: a damaged model changes nothing
        _make_way(output, standing)
        stack.callback(sweep, output)
        records = stack.enter_context(Records(output))
        page = stack.enter_context(Report(output / REPORT, orders.policy)) if report else None
        watcher.begin(len(entries), sum(entry.size for entry in entries))
        for entry, done in _results(crew, entries, output):
            line = manifest_line(entry, done, orders.policy)
            records.add(line)
            if page is not None:
                page.add(line, done.picture)
            summary.add(entry, done.outcome)
            watcher.file(with_text(line, done.findings), entry.size, summary)
        if page is not None:
            page.finish(summary)
    return summary


def scan_folder(inputs: Sequence[Path], *, orders: Orders, workers: int, watcher: Watcher) -> Summary:
    """Say of every file under the inputs whether it holds text to mask; nothing is written."""
    entries = discover(inputs)
    summary = Summary()
    with _crew(entries, orders, workers) as crew:
        watcher.begin(len(entries), sum(entry.size for entry in entries))
        for entry, done in _results(crew, entries, None):
            line = manifest_line(entry, done, orders.policy)
            summary.add(entry, done.outcome)
            watcher.file(with_text(line, done.findings), entry.size, summary)
    return summary


def sweep(output: Path) -> None:
    """Remove the unfinished files of a run that was killed; they hold masked pixels only."""
    for path in output.rglob(".*.part"):
        if PART.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            path.unlink()


def _crew(entries: Sequence[Entry], orders: Orders, workers: int) -> Crew[Entry, Done]:
    count = min(workers, sum(entry.refusal is None for entry in entries))
    threads = max(1, cores() // max(1, count))  # few files on many cores: more threads each
    return Crew(partial(hire, orders, threads), count=count, patience=_patience)


def _results(crew: Crew[Entry, Done], entries: Sequence[Entry], output: Path | None) -> Iterator[tuple[Entry, Done]]:
    for entry in entries:
        if entry.refusal is not None:
            yield entry, quarantined(entry.refusal)
    for entry, result in crew.each([entry for entry in entries if entry.refusal is None]):
        if isinstance(result, Lost):
            _remove(entry, output)
            result = quarantined(result.reason)
        yield entry, result


def _patience(entry: Entry) -> float:
    return PATIENCE + entry.size / BYTES_PER_SECOND


def _remove(entry: Entry, output: Path | None) -> None:
    # The worker may have died after the rename: what is in quarantine is not in the output.
    if output is not None:
        (output / entry.name).unlink(missing_ok=True)


def _standing(output: Path, entries: Sequence[Entry]) -> list[Path]:
    """Give the files of an earlier run that are in the way.

    Raises
    ------
    UsageError
        A link in the output folder leads out of it.
    """
    names = (*RECORDS, *(entry.name for entry in entries if entry.refusal is None))
    for parent in {(output / name).parent for name in names}:
        # Through a link in the output folder, "replace" could reach the inputs themselves.
        if not parent.resolve().is_relative_to(output.resolve()):
            raise UsageError("--output holds a link that leads out of it where files are to be written")
    return [path for path in (output / name for name in names) if path.is_symlink() or path.is_file()]


def _make_way(output: Path, standing: Sequence[Path]) -> None:
    """Make the output folder, without the files of an earlier run that are in the way."""
    output.mkdir(parents=True, exist_ok=True)
    for path in standing:
        path.unlink()
    sweep(output)
