"""A run over folders: every file ends in the output or in the quarantine list, and nowhere else."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .discovery import REPORT, Entry, census, check_output, discover, is_record
from .engine import Engine, Workforce
from .engine_ahead import Ahead
from .job import Done, Orders, Task, quarantined
from .lock import Lock
from .records import Records, Stamp, inputs_digest, manifest_line, record_name, with_text
from .report import Report
from .resume import earlier_of, settings_of
from .shard import Shard
from .siblings import Header, learned
from .standing import check_standing, folds_case, make_way, sweep
from .summary import Summary
from .workers import Lost


class Watcher(Protocol):
    """Who is told how the run goes: a progress bar, plain lines, JSON."""

    def begin(self, files: int, size: int) -> None:
        """Learn how much there is to do."""

    def file(self, line: dict[str, object], size: int, summary: Summary) -> None:
        """Learn what became of one file."""


def redact_folder(
    inputs: Sequence[Path],
    *,
    orders: Orders,
    workforce: Workforce,
    overwrite: bool,
    report: bool,
    watcher: Watcher,
    shard: Shard | None = None,
) -> Summary:
    """Redact every file under the inputs into `orders.output`, with a manifest and a quarantine list.

    Where an earlier run ended early, or was killed, this one goes on: what it recorded and what still holds is
    left as it is.

    Parameters
    ----------
    inputs : sequence of Path
        Files and folders.
    orders : Orders
        With the output folder, which is made where it does not exist.
    workforce : Workforce
        Who does the work.
    overwrite : bool
        Begin anew and replace the files of earlier runs.
    report : bool
        Write `report.html` as well.
    watcher : Watcher
        Told of each file.
    shard : Shard, optional
        Do this part of the files.

    Raises
    ------
    UsageError
        The output and the inputs overlap, the output holds files that no earlier run over these inputs wrote, or
        another run is writing into it.
    ModelError
        The model package cannot be opened.
    """
    assert orders.output is not None, "a run without output is a scan"
    output = orders.output
    check_output(inputs, output)
    stamp = Stamp(inputs=inputs_digest(inputs), settings=settings_of(orders.policy, orders.identities))
    with ExitStack() as stack:
        lock = stack.enter_context(Lock(output, shard))
        found = _Found(inputs=inputs, shard=shard, fold=folds_case(output))
        check_standing(output, found.entries(), stamp.inputs, shard, overwrite=overwrite)
        files, size = census(found.entries())
        # The stack unwinds backwards: the workers are gone before what they were writing is removed.
        stack.callback(sweep, output, lock)
        # Before anything in the output is touched: a damaged model changes nothing.
        engine = stack.enter_context(workforce.engine(orders, files=files, hold=lock.descriptors()))
        headers = stack.enter_context(workforce.headers(hold=lock.descriptors()))
        make_way(output, found.entries(), lock, overwrite=overwrite)
        records = stack.enter_context(Records(output, shard=shard, fresh=overwrite))
        page = stack.enter_context(Report(output / record_name(REPORT, shard), orders.policy)) if report else None
        watcher.begin(files, size)
        summary = Summary()
        for task, done in _results(engine, headers, _Tasks(found, records, stamp), output):
            line = manifest_line(task, done, orders.policy, stamp)
            if not done.standing:
                records.add(line)
            if page is not None:
                page.add(line, done.picture)
            summary.add(task.entry, done.outcome, standing=done.standing)
            watcher.file(with_text(line, done.findings), task.entry.size, summary)
        records.finish(found.entries())
        if page is not None:
            page.finish(summary)
    return summary


def scan_folder(inputs: Sequence[Path], *, orders: Orders, workforce: Workforce, watcher: Watcher) -> Summary:
    """Say of every file under the inputs whether it holds text to mask; nothing is written."""
    found = _Found(inputs=inputs)
    files, size = census(found.entries())
    stamp = Stamp(inputs=inputs_digest(inputs), settings=settings_of(orders.policy, orders.identities))
    summary = Summary()
    with workforce.engine(orders, files=files) as engine, workforce.headers() as headers:
        watcher.begin(files, size)
        for task, done in _results(engine, headers, _Tasks(found, None, stamp), None):
            line = manifest_line(task, done, orders.policy, stamp)
            summary.add(task.entry, done.outcome)
            watcher.file(with_text(line, done.findings), task.entry.size, summary)
    return summary


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The files of a run; listed anew whenever they are needed, so that nobody has to keep them."""

    inputs: Sequence[Path]
    shard: Shard | None = None
    fold: bool = False

    def entries(self) -> Iterator[Entry]:
        return discover(self.inputs, shard=self.shard, fold=self.fold)


class _Tasks:
    """What is to be done; what is refused unopened is put aside."""

    def __init__(self, found: _Found, records: Records | None, stamp: Stamp) -> None:
        self._found, self._records, self._stamp = found, records, stamp
        self.refused: deque[Task] = deque()

    def __iter__(self) -> Iterator[Task]:
        for entry in self._found.entries():
            if entry.refusal is not None:
                self.refused.append(Task(entry=entry))
            else:
                line = self._records.earlier(entry.name) if self._records is not None else None
                yield Task(entry=entry, earlier=earlier_of(line, self._stamp.settings))


def _results(
    engine: Engine, headers: Ahead[Task, Header], tasks: _Tasks, output: Path | None
) -> Iterator[tuple[Task, Done]]:
    for task, result in engine.each(learned(headers.stretches(tasks))):
        yield from _refusals(tasks.refused, output)
        if isinstance(result, Lost):
            _remove(task, output)
            result = quarantined(result.reason)
        yield task, result
    yield from _refusals(tasks.refused, output)


def _refusals(refused: deque[Task], output: Path | None) -> Iterator[tuple[Task, Done]]:
    while refused:
        task = refused.popleft()
        _remove(task, output)
        assert task.entry.refusal is not None
        yield task, quarantined(task.entry.refusal)


def _remove(task: Task, output: Path | None) -> None:
    # A worker may have died after the rename, or an earlier run taken the file: what is in quarantine is not in
    # the output.
    if output is not None and not is_record(task.entry.name):
        path = output / task.entry.name
        if path.is_symlink() or path.is_file():
            path.unlink()
