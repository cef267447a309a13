"""Judge a sample's text under many settings of the thresholds, reading it once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import Any

from ..errors import RefusedError, UsageError
from ..model import Runner
from ..redactor.decision import classify
from ..redactor.dicom import open_file
from ..redactor.job import OpenRunner
from ..redactor.opinions import opinions
from ..redactor.pipeline import boxes_of, read_text
from ..redactor.policy import Policy
from ..redactor.workers import Lost
from .evaluate_judge import judge_findings
from .evaluate_pixels import open_reel
from .evaluate_run import Knowledge, Task, identity_for, run_tasks

# Values of the thresholds that are tried, in the order of their names.
Setting = tuple[float, ...]

# What is tried, by the threshold's key in a policy file: the field of `Policy` and its values, from lenient to strict.
GRIDS: dict[str, tuple[str, tuple[float, ...]]] = {
    "read": ("read_score", (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99)),
    "suspect": ("suspect", (0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002)),
    "overrule": ("overrule", (0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02)),
}
# Those that mean nothing where the model package has no classifier.
OF_CLASSIFIER = frozenset({"suspect", "overrule"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What one file came to under each setting.

    Attributes
    ----------
    name, subject : str
        As in `PageScore`.
    reason : str or None
        Why it could not be measured.
    spans, lines : int
        That identify, and others, as far as they can be judged.
    leaks, losses : tuple of int
        Of the spans those that are not gone; of the lines those that are not whole. One for each setting.
    collateral : tuple of float
        Share of the frame that changed beside text.
    """

    name: str
    subject: str = ""
    reason: str | None = None
    spans: int = 0
    lines: int = 0
    leaks: tuple[int, ...] = ()
    losses: tuple[int, ...] = ()
    collateral: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is tried.

    Attributes
    ----------
    policies : tuple of Policy
        One for each setting.
    open_runner : OpenRunner
        Opens the networks, once per worker; picklable.
    knowledge : Knowledge
        What the redactor knows of the people in the files.
    """

    policies: tuple[Policy, ...]
    open_runner: OpenRunner
    knowledge: Knowledge = field(default_factory=Knowledge)


def settings_of(names: Sequence[str]) -> tuple[Setting, ...]:
    """Give every combination of the thresholds' values."""
    return tuple(product(*(GRIDS[name][1] for name in names)))


def policies_of(policy: Policy, names: Sequence[str], settings: Sequence[Setting]) -> tuple[Policy, ...]:
    """Give the policy with each setting.

    Raises
    ------
    UsageError
        The policy masks all text: there is nothing to pick.
    """
    if policy.mode == "text":
        raise UsageError('the policy\'s mode "text" masks all text: there is no threshold to pick; use phi or strict')
    fields = [GRIDS[name][0] for name in names]
    changes: list[dict[str, Any]] = [dict(zip(fields, setting, strict=True)) for setting in settings]
    return tuple(replace(policy, **change) for change in changes)


def sweep_tasks(tasks: Sequence[Task], job: Job, *, workers: int) -> Iterator[Sweep]:
    """Yield what each file came to, in the order of completion."""
    for task, result in run_tasks(tasks, partial(hire_sweeper, job), workers=workers):
        yield Sweep(name=task.page.name, reason=result.reason) if isinstance(result, Lost) else result


def hire_sweeper(job: Job, threads: int) -> Callable[[Task], Sweep]:
    """Open the networks; give what measures one file."""
    return partial(sweep_task, job=job, runner=job.open_runner(threads=threads))


def sweep_task(task: Task, *, job: Job, runner: Runner) -> Sweep:
    """Measure one file under every policy; whatever goes wrong becomes its reason."""
    try:
        return _sweep(task, job, runner)
    # The boundary of one file, as in redactor/job.py: an unforeseen error tells only its type.
    except RefusedError as error:
        return Sweep(name=task.page.name, reason=str(error))
    except Exception as error:
        return Sweep(name=task.page.name, reason=f"measuring failed unexpectedly: {type(error).__name__}")


def _sweep(task: Task, job: Job, runner: Runner) -> Sweep:
    page = task.page
    if task.original is None:
        return Sweep(name=page.name, reason="there is no original of this name")
    source = open_file(task.original)
    lines, identity = read_text(source, runner=runner), identity_for(source, task, job.knowledge)
    votes = opinions(lines, identity, runner)  # as the reading, the same under every policy
    picture = open_reel(task.original).picture(page.frame)
    scores = []
    for policy in job.policies:
        findings = classify(lines, identity, policy, votes)
        scores.append(judge_findings(page, picture, findings, boxes_of(source, findings, policy=policy)))
    states = [[(span.phi, span.state) for span in score.spans if span.state != "unjudged"] for score in scores]
    return Sweep(
        name=page.name,
        subject=picture.subject,
        spans=sum(phi for phi, _ in states[0]),
        lines=sum(not phi for phi, _ in states[0]),
        leaks=tuple(sum(phi and state != "removed" for phi, state in one) for one in states),
        losses=tuple(sum(not phi and state != "kept" for phi, state in one) for one in states),
        collateral=tuple(score.collateral for score in scores),
    )
