"""`deburn evaluate`: measure a redactor against truth, and pick thresholds on a reviewed sample."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from ..errors import UsageError
from ..model import load_spec, open_runner
from ..redactor.identities import Identities, load_identities
from ..redactor.model_choice import model_option
from ..redactor.options import Device, device_option, policy_option
from ..redactor.policy import Policy
from ..redactor.policy_file import load_policy
from ..redactor.workers import cores
from .evaluate_calibrate import calibrate, policy_snippet
from .evaluate_measures import measure
from .evaluate_presidio import PADDING
from .evaluate_progress import counted
from .evaluate_read import read_truth
from .evaluate_record import Evaluation
from .evaluate_results import Outputs, check_outputs, write_calibration, write_evaluation
from .evaluate_run import Job, Knowledge, Task, score_tasks, tasks_of, with_studies
from .evaluate_show import show_evaluation
from .evaluate_show_calibration import show_calibration
from .evaluate_strata import strata_of
from .evaluate_sweep import GRIDS, OF_CLASSIFIER, policies_of, settings_of, sweep_tasks
from .evaluate_sweep import Job as SweepJob
from .evaluate_truth import Format, Truth

ALL, SOME, INTERRUPTED = 0, 1, 130
# A worker holds a model and a file in memory; beyond these, threads take the remaining cores.
_MOST_WORKERS = 16
_CONTEXT = {"help_option_names": ["-h", "--help"]}
_EXIT_STATUS = (
    "Exit status: 0 every file was measured, and with --calibrate the sample shows the recall that was asked for; "
    "1 some file was not, or the sample does not; 2 wrong usage."
)
_standing = click.Path(exists=True, path_type=Path)
_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_new = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a calibration is asked for.

    Attributes
    ----------
    names : tuple of str
        Thresholds to pick.
    recall : float
        Share of the identifying spans to remove.
    seed : int
        Of dealing the subjects into parts.
    """

    names: tuple[str, ...]
    recall: float
    seed: int


@click.command(context_settings=_CONTEXT, epilog=_EXIT_STATUS)
@click.argument("truth", type=_standing)
@click.argument("originals", type=_folder)
@click.argument("redacted", type=_folder, required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["deburn", "presidio", "midi-b"]),
    help="Of TRUTH; default: a folder is deburn's, .json Presidio's ground truth, .db or .csv MIDI-B's answer key.",
)
@click.option("--index", type=_standing, help="List of the images, CSV; default: index.csv in TRUTH or beside it.")
@click.option("--split", help="Only images that the index counts to this split.")
@click.option(
    "--presidio-padding",
    "padding",
    type=click.IntRange(0, 99),
    default=PADDING,
    show_default=True,
    help="Pixels that coordinates of Presidio's ground truth are moved by.",
)
@click.option(
    "--all-frames",
    is_flag=True,
    help="PHI counts as removed only where every frame that shows it has lost it; by default one frame is judged.",
)
@policy_option("What deburn masks where no REDACTED is given: phi, strict, text, or a TOML file.")
@click.option("--identities", type=_standing, metavar="FILE", help="CSV of people to look for, as for deburn redact.")
@click.option(
    "--no-header", is_flag=True, help="Judge text as if no header knew anybody: what pseudonymised files would come to."
)
@device_option
@model_option
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default: one per core.")
@click.option("--json", "json_file", type=_new, help="Write every figure, and each span's verdict, to this file.")
@click.option("--html", type=_new, help="Write a page for the browser; it loads nothing from anywhere.")
@click.option("--markdown", type=_new, help="Write lines found by modality, height, contrast … as Markdown.")
@click.option("--write-coco", "coco", type=_new, help="Folder for truth and masked findings in COCO's JSON.")
@click.option(
    "--write-presidio", "presidio", type=_new, help="Folder for truth and masked findings in Presidio's JSON."
)
@click.option(
    "--show-text",
    is_flag=True,
    help="Write the truth's text into the JSON files. It identifies patients: keep them as you keep the originals.",
)
@click.option("--calibrate", "calibrating", is_flag=True, help="Pick thresholds; ORIGINALS is a reviewed local sample.")
@click.option(
    "--recall",
    type=click.FloatRange(0.5, 1, max_open=True),
    help="With --calibrate: share of identifying spans to remove; default: 0.99.",
)
@click.option(
    "--threshold",
    "names",
    type=click.Choice(list(GRIDS)),
    multiple=True,
    help="With --calibrate: one to pick, of the policy's; may be repeated. Default: read, and suspect where there is "
    "a classifier.",
)
@click.option("--seed", type=int, help="With --calibrate: of dealing subjects into held-out parts; default: 0.")
@click.option("--write-policy", "policy_file", type=_new, help="With --calibrate: write the thresholds as TOML.")
@click.option("--overwrite", is_flag=True, help="Replace result files that are there.")
def evaluate(
    truth: Path,
    originals: Path,
    redacted: Path | None,
    form: Format | None,
    index: Path | None,
    split: str | None,
    padding: int,
    all_frames: bool,
    policy: str,
    identities: Path | None,
    no_header: bool,
    device: Device,
    model: Path | None,
    workers: int | None,
    json_file: Path | None,
    html: Path | None,
    markdown: Path | None,
    coco: Path | None,
    presidio: Path | None,
    show_text: bool,
    calibrating: bool,
    recall: float | None,
    names: tuple[str, ...],
    seed: int | None,
    policy_file: Path | None,
    overwrite: bool,
) -> int:
    """Measure what can still be read after redaction, what was kept and what was lost.

    TRUTH says which text stands in which image of ORIGINALS, and what of it identifies someone. With REDACTED, the
    folder of any tool's output under the same names, its pixels are judged; without, deburn is run on ORIGINALS in
    memory, and its findings are judged as well. Nothing is written but the files that you name.

    With --calibrate, thresholds of the policy are picked that remove the share of identifying text which --recall
    asks for, and the risk that is left is stated with its upper 95 % confidence bound.
    """
    outputs = Outputs(json=json_file, html=html, markdown=markdown, coco=coco, presidio=presidio, policy=policy_file)
    _check_usage(click.get_current_context(), outputs, redacted, calibrating)
    check_outputs(outputs, overwrite)
    known = read_truth(truth, originals, form=form, index=index, split=split, padding=padding)
    tasks, count = tasks_of(known, originals, redacted), workers or min(cores(), _MOST_WORKERS)
    known = replace(known, pages=tuple(task.page for task in tasks))
    tasks = tasks if redacted else with_studies(tasks, originals)
    chosen = load_policy(policy)
    people = load_identities(identities) if identities else Identities()
    knowledge = Knowledge(headers=not no_header, identities=people)
    runner = partial(open_runner, model, device=device)
    if calibrating:
        wish = Wish(names=_thresholds(names, model), recall=recall or 0.99, seed=seed or 0)
        policies = policies_of(chosen, wish.names, settings_of(wish.names))
        sweeping = SweepJob(policies=policies, open_runner=runner, knowledge=knowledge)
        return _calibrate(tasks, sweeping, wish, chosen, count, outputs)
    job = Job(policy=chosen, open_runner=runner, knowledge=knowledge, all_frames=all_frames)
    evaluation = _evaluate(known, tasks, replace(job, policy=None, open_runner=None) if redacted else job, count)
    write_evaluation(evaluation, outputs, padding=padding, with_text=show_text)
    show_evaluation(evaluation)
    return ALL if evaluation.measures.delivered.hits == len(tasks) else SOME


def main(options: Sequence[str]) -> int:
    """Run the command with its options and give the exit status; errors are raised for whoever called it."""
    try:
        return int(evaluate.main(list(options), prog_name="deburn evaluate", standalone_mode=False) or ALL)
    except click.Abort:
        click.echo("Interrupted before the results were complete.", err=True)
        return INTERRUPTED


def _check_usage(context: click.Context, outputs: Outputs, redacted: Path | None, calibrating: bool) -> None:
    """Refuse options that would do nothing."""

    def given(name: str) -> bool:
        return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE

    if redacted is not None:
        for name in ("policy", "identities", "no_header", "model", "device", "calibrating"):
            if given(name):
                option = {"calibrating": "calibrate", "no_header": "no-header"}.get(name, name)
                raise UsageError(f"--{option} is for running deburn; leave it out where REDACTED is given")
    if calibrating and any((outputs.html, outputs.markdown, outputs.coco, outputs.presidio)):
        raise UsageError("with --calibrate only --json and --write-policy are written")
    lone = {"recall": "--recall", "names": "--threshold", "seed": "--seed", "policy_file": "--write-policy"}
    for name, option in lone.items():
        if given(name) and not calibrating:
            raise UsageError(f"{option} needs --calibrate")
    if given("show_text") and not any((outputs.json, outputs.coco, outputs.presidio)):
        raise UsageError("--show-text needs --json, --write-coco or --write-presidio")
    if given("all_frames") and calibrating:
        raise UsageError("--all-frames does not go with --calibrate, which judges one frame of each file")
    if given("show_text") and calibrating:
        raise UsageError("--show-text does not go with --calibrate: its figures hold no text")


def _evaluate(truth: Truth, tasks: Sequence[Task], job: Job, workers: int) -> Evaluation:
    pages = sorted(counted(score_tasks(tasks, job, workers=workers), len(tasks)), key=lambda page: page.name)
    return Evaluation(
        truth=truth, pages=tuple(pages), measures=measure(pages, truth), strata=strata_of(pages), policy=job.policy
    )


def _thresholds(names: tuple[str, ...], model: Path | None) -> tuple[str, ...]:
    """Give the thresholds to pick: those that were asked for, or all but the last resort that the model knows."""
    classifier = load_spec(model).classifier is not None
    if not classifier and (lost := [name for name in names if name in OF_CLASSIFIER]):
        raise UsageError(f"--threshold {lost[0]} is the classifier's, and the model package has none; use read")
    return tuple(dict.fromkeys(names)) or (("read", "suspect") if classifier else ("read",))


def _calibrate(tasks: Sequence[Task], job: SweepJob, wish: Wish, policy: Policy, workers: int, outputs: Outputs) -> int:
    own = [task for task in tasks if not task.page.variant]
    sweeps = list(counted(sweep_tasks(own, job, workers=workers), len(own)))
    result = calibrate(sweeps, wish.names, settings_of(wish.names), wish=wish.recall, seed=wish.seed)
    failed = [sweep for sweep in sweeps if sweep.reason is not None]
    write_calibration(result, failed, policy, outputs)
    show_calibration(result, failed, policy_snippet(result, policy))
    return ALL if result.shown and not failed else SOME
