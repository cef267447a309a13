"""What a worker does with one file: redact or scan it, and turn whatever goes wrong into a quarantine."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from ..errors import RefusedError
from ..model import Runner
from .advice import Checkpoint, advised
from .dicom import Identity, Known, Source, identity_of, open_file
from .discovery import Entry
from .findings import Finding
from .identities import Identities
from .outcome import Outcome
from .pipeline import boxes_of, deliver, examine, record
from .policy import Policy
from .render import thumbnail
from .resume import Earlier, holds


class OpenRunner(Protocol):
    """Opens the networks on a number of threads, or on a device."""

    def __call__(self, *, threads: int, device: str = ...) -> Runner:
        """Open them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file to do; doing it twice comes to the same as doing it once.

    Attributes
    ----------
    entry : Entry
        Where it is, and what its result is called.
    earlier : Earlier or None
        What an earlier run made of it.
    siblings : tuple of Known
        What the headers of other files of its study know.
    """

    entry: Entry
    earlier: Earlier | None = None
    siblings: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a run asks of its workers.

    Attributes
    ----------
    policy : Policy
        What to mask.
    open_runner : OpenRunner
        Opens the networks, once per worker; picklable.
    output : Path or None
        Where the redacted files go; None for a scan, which writes nothing.
    pictures : bool
        Return a thumbnail of each redacted file.
    text : bool
        Return the findings with the recognised text.
    identities : Identities
        People, numbers and dates that no header need mention.
    checkpoint : Checkpoint or None
        A further vote on what identifies.
    """

    policy: Policy
    open_runner: OpenRunner
    output: Path | None
    pictures: bool = False
    text: bool = False
    identities: Identities = field(default_factory=Identities)
    checkpoint: Checkpoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of one file.

    Attributes
    ----------
    outcome : Outcome
        What became of it.
    model : str or None
        Name of the model that looked at it.
    model_sha256 : str or None
        And its hash.
    picture : bytes or None
        PNG of the redacted image, the masks outlined.
    findings : tuple of Finding
        With their text; empty unless the orders ask for it.
    standing : bool
        An earlier run's result holds; nothing was done.
    """

    outcome: Outcome
    model: str | None = None
    model_sha256: str | None = None
    picture: bytes | None = None
    findings: tuple[Finding, ...] = ()
    standing: bool = False


def hire(orders: Orders, threads: int) -> Callable[[Task], Done]:
    """Open the networks and return what does one file with them."""
    runner = advised(orders.open_runner(threads=threads), orders.checkpoint)
    return partial(do, runner=runner, orders=orders)


def do(task: Task, *, runner: Runner, orders: Orders) -> Done:
    """Redact or scan one file; whatever goes wrong quarantines it and leaves nothing in the output."""
    target = None if orders.output is None else orders.output / task.entry.name
    try:
        if target is None:
            done = _scan(task, runner, orders)
        else:
            done = _standing(task, target, runner, orders) or _redact(task, target, runner, orders)
    # This is the boundary of one file. Nothing continues with the file that failed, and an unforeseen error
    # tells only its type: its message may quote the file.
    except RefusedError as error:
        reason = str(error)
    except OSError as error:
        reason = f"cannot be read or written: {error.strerror or type(error).__name__}"
    except MemoryError:
        raise  # the file may fit when it is alone: the crew's concern
    except Exception as error:
        reason = f"processing failed unexpectedly: {type(error).__name__}"
    else:
        return replace(done, model=runner.spec.name, model_sha256=runner.spec.sha256)
    if target is not None:
        target.unlink(missing_ok=True)
    return quarantined(reason)


def quarantined(reason: str) -> Done:
    """Give the result for a file that is not passed on."""
    return Done(outcome=Outcome(state="quarantined", reason=reason))


def _standing(task: Task, target: Path, runner: Runner, orders: Orders) -> Done | None:
    """Give the earlier result where it still holds."""
    earlier = task.earlier
    # The study's other files may know more by now: counted, since their values must not be recorded.
    if earlier is None or earlier.siblings != len(task.siblings):
        return None
    if not holds(earlier, task.entry, target, runner.spec):
        return None
    return Done(outcome=earlier.outcome, picture=_picture(target, earlier.outcome, orders), standing=True)


def _redact(task: Task, target: Path, runner: Runner, orders: Orders) -> Done:
    source = open_file(task.entry.path)
    findings = examine(source, policy=orders.policy, runner=runner, identity=_identity(source, task, orders))
    target.parent.mkdir(parents=True, exist_ok=True)
    outcome = deliver(source, findings, target, policy=orders.policy)
    picture = _picture(target, outcome, orders)
    return Done(outcome=outcome, picture=picture, findings=findings if orders.text else ())


def _picture(target: Path, outcome: Outcome, orders: Orders) -> bytes | None:
    return thumbnail(open_file(target), outcome.boxes) if orders.pictures and outcome.boxes else None


def _scan(task: Task, runner: Runner, orders: Orders) -> Done:
    source = open_file(task.entry.path)
    findings = examine(source, policy=orders.policy, runner=runner, identity=_identity(source, task, orders))
    outcome = record(source, findings, boxes_of(source, findings, policy=orders.policy))
    if outcome.state == "redacted":
        outcome = replace(outcome, state="found")
    return Done(outcome=outcome, findings=findings if orders.text else ())


def _identity(source: Source, task: Task, orders: Orders) -> Identity:
    known = (*task.siblings, *orders.identities.about(source.dataset))
    return identity_of(source.dataset).joined(known)
