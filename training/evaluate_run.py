"""Measure a set of images, file by file in processes of their own."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from ..errors import RefusedError, UsageError
from ..model import Runner
from ..redactor.dicom import Identity, Known, Source, identity_of, open_file
from ..redactor.discovery import RECORDS, discover
from ..redactor.explain import Explanation
from ..redactor.identities import Identities
from ..redactor.job import OpenRunner
from ..redactor.job import Task as FileTask
from ..redactor.pipeline import boxes_of, examine
from ..redactor.policy import Policy
from ..redactor.siblings import with_siblings
from ..redactor.workers import Crew, Lost, cores
from .evaluate_frames import masked_frames, redacted_frames, worst_of_frames
from .evaluate_judge import judge_files, judge_findings
from .evaluate_manifest import explanations_of
from .evaluate_pixels import Reel, open_reel
from .evaluate_scores import PageScore
from .evaluate_truth import Truth, TruthPage

Measured = TypeVar("Measured")

# Seconds that one file may take: a floor that nothing honest reaches, and more for large ones.
_PATIENCE, _BYTES_PER_SECOND = 600.0, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file to measure.

    Attributes
    ----------
    page : TruthPage
    original, redacted : Path or None
        None where there is no such file; `redacted` also where the redactor is to be run.
    size : int
        Bytes of the original.
    siblings : tuple of Known
        What the other originals of the same study know of the people in it.
    why : tuple of Explanation or None
        What is masked in the redacted file, by the manifest beside it; None where there is no such line.
    """

    page: TruthPage
    original: Path | None
    redacted: Path | None
    size: int = 0
    siblings: tuple[Known, ...] = ()
    why: tuple[Explanation, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the redactor may know of the people in the files.

    Attributes
    ----------
    headers : bool
        What the file's own header and those of its study say.
    identities : Identities
        A list of people, numbers and dates.
    """

    headers: bool = True
    identities: Identities = field(default_factory=Identities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How files are measured.

    Attributes
    ----------
    policy : Policy or None
        That the redactor is run with; None where redacted files are given.
    open_runner : OpenRunner or None
        Opens its networks, once per worker; picklable.
    knowledge : Knowledge
        What the redactor knows of the people in the files.
    all_frames : bool
        Whether identifying text must be gone from every frame that shows it, not only from the judged one.
    """

    policy: Policy | None
    open_runner: OpenRunner | None
    knowledge: Knowledge = field(default_factory=Knowledge)
    all_frames: bool = False


def tasks_of(truth: Truth, originals: Path, redacted: Path | None) -> list[Task]:
    """Give each page of a truth with the files that it is about, in the order of their names.

    A page's file has its name, with or without an ending; or is the only one called so in any folder. From here on
    the page is called as its file, by the path among the originals.

    Raises
    ------
    UsageError
        A name fits several files, two fit one, or none fits any: these are not the images that the truth is about.
    """
    places = _Places(originals)
    outputs = None if redacted is None else _Places(redacted)
    tasks = [_task(page, places, outputs) for page in truth.pages]
    if outputs is not None and redacted is not None:
        known = explanations_of(redacted, (task.page.name for task in tasks))
        tasks = [replace(task, why=known.get(task.page.name)) for task in tasks]
    if not any(task.original for task in tasks):
        raise UsageError("none of the files that the truth names is in ORIGINALS")
    if len({task.page.name for task in tasks}) < len(tasks):
        raise UsageError("the truth names a file of ORIGINALS twice")
    return sorted(tasks, key=lambda task: task.page.name)


def with_studies(tasks: Sequence[Task], originals: Path) -> list[Task]:
    """Hand each task what the other originals of its study know, as a run over the folder would."""
    entries = [FileTask(entry=entry) for entry in discover([originals]) if entry.refusal is None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's quote values of the header
        known = {one.entry.path: one.siblings for one in with_siblings(entries)}
    return [replace(task, siblings=known.get(task.original, ()) if task.original else ()) for task in tasks]


def identity_for(source: Source, task: Task, knowledge: Knowledge) -> Identity:
    """Give what is known of the people in a file: by its own header, its study's, and a list."""
    listed, own = knowledge.identities.about(source.dataset), identity_of(source.dataset)
    if not knowledge.headers:
        return replace(own, entries=listed)  # who took it away left the modality
    return own.joined((*task.siblings, *listed))


def run_tasks(
    tasks: Sequence[Task],
    hire: Callable[[int], Callable[[Task], Measured]],
    *,
    workers: int,
) -> Iterator[tuple[Task, Measured | Lost]]:
    """Yield each task with what was measured, in the order of completion.

    Parameters
    ----------
    tasks : sequence of Task
    hire : callable
        Runs in each worker with the number of threads that it may use; gives what does a task. Picklable.
    workers : int
        Processes.
    """
    count = max(1, min(workers, len(tasks)))
    with Crew(partial(hire, max(1, cores() // count)), count=count, patience=_patience) as crew:
        yield from crew.each(tasks)


def score_tasks(tasks: Sequence[Task], job: Job, *, workers: int) -> Iterator[PageScore]:
    """Yield what was measured of each file, in the order of completion."""
    for task, result in run_tasks(tasks, partial(hire_scorer, job), workers=workers):
        yield _lost(task.page, result.reason) if isinstance(result, Lost) else result


def hire_scorer(job: Job, threads: int) -> Callable[[Task], PageScore]:
    """Open what a worker needs; give what measures one file."""
    runner = job.open_runner(threads=threads) if job.open_runner is not None else None
    return partial(score_task, job=job, runner=runner)


def score_task(task: Task, *, job: Job, runner: Runner | None) -> PageScore:
    """Measure one file; whatever goes wrong becomes its reason."""
    try:
        return _score(task, job, runner)
    # The boundary of one file, as in redactor/job.py: an unforeseen error tells only its type.
    except RefusedError as error:
        return _lost(task.page, str(error))
    except OSError as error:
        return _lost(task.page, f"cannot be read: {error.strerror or type(error).__name__}")
    except Exception as error:
        return _lost(task.page, f"measuring failed unexpectedly: {type(error).__name__}")


def _score(task: Task, job: Job, runner: Runner | None) -> PageScore:
    page, policy = task.page, job.policy
    if task.original is None:
        return _lost(page, "there is no original of this name")
    if policy is None or runner is None:
        if task.redacted is None:
            return _lost(page, "there is no redacted file of this name")
        return _score_redacted(page, open_reel(task.original), open_reel(task.redacted), task.why, job.all_frames)
    source = open_file(task.original)
    identity = identity_for(source, task, job.knowledge)
    findings = examine(source, policy=policy, runner=runner, identity=identity)
    boxes = boxes_of(source, findings, policy=policy)
    reel = open_reel(task.original)
    picture = reel.picture(page.frame)
    score = judge_findings(page, picture, findings, boxes)
    if not job.all_frames:
        return score
    return worst_of_frames(score, page, picture, masked_frames(reel, boxes, picture.frame))


def _score_redacted(
    page: TruthPage, original: Reel, redacted: Reel, why: tuple[Explanation, ...] | None, all_frames: bool
) -> PageScore:
    picture = original.picture(page.frame)
    score = judge_files(page, picture, redacted.picture(page.frame), why)
    if not all_frames:
        return score
    return worst_of_frames(score, page, picture, redacted_frames(original, redacted, picture.frame))


def _lost(page: TruthPage, reason: str) -> PageScore:
    return PageScore(name=page.name, reason=reason, text_free=page.text_free, variant=page.variant)


def _patience(task: Task) -> float:
    return _PATIENCE + task.size / _BYTES_PER_SECOND


def _task(page: TruthPage, places: "_Places", outputs: "_Places | None") -> Task:
    name = places.find(page.name)
    if name is None:
        return Task(page=page, original=None, redacted=None)
    # A redacted file has its original's name; of another tool's output it may have another ending.
    output = outputs.find(name) or outputs.find(page.name) if outputs is not None else None
    original, page = places.paths[name], replace(page, name=name)
    redacted = outputs.paths[output] if outputs is not None and output is not None else None
    return Task(page=page, original=original, redacted=redacted, size=original.stat().st_size)


class _Places:
    """The files of a folder, to be found by what a truth calls them."""

    def __init__(self, folder: Path) -> None:
        entries = [entry for entry in discover([folder]) if entry.name not in RECORDS and entry.refusal is None]
        self.paths = {entry.name: entry.path for entry in entries}
        self._alike: dict[str, list[str]] = {}
        for name in self.paths:
            path = PurePosixPath(name)
            for call in {str(path.with_suffix("")), path.name, path.stem}:
                self._alike.setdefault(call, []).append(name)

    def find(self, name: str) -> str | None:
        """Give the name of the file that is meant; None where there is none."""
        for call in (name, f"{name}.dcm"):
            if call in self.paths:
                return call
        for call in (name, PurePosixPath(name).name, PurePosixPath(name).stem):
            alike = self._alike.get(call, [])
            if len(alike) > 1:
                raise UsageError("a name of the truth fits several files; give ORIGINALS a folder without namesakes")
            if alike:
                return alike[0]
        return None
