"""`deburn validate`: is a new model better than an old one, and is it worse in anything."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from ..errors import UsageError
from ..model import open_runner
from ..model.packages import verify_package
from ..redactor.model_choice import Choice, named_model, write_choice
from ..redactor.options import policy_option
from ..redactor.policy_file import load_policy
from ..redactor.workers import cores
from .evaluate_read import read_folder
from .evaluate_run import Job, Task, tasks_of, with_studies
from .truth_file import load_truth
from .validate_card import Validation, refusal_of, table_of, write_section
from .validate_compare import Measure, compare
from .validate_measures import decision_measures, local_measures, synthetic_measures

PROMOTED, REFUSED, INTERRUPTED = 0, 1, 130
MARGIN = 0.3  # points
PAGES = 200
_standing = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 NEW may take OLD's place, 1 it is refused, 2 wrong usage.",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--data", "truth", type=_standing, help="Folder of truth files that NEW did not learn from; see deburn review."
)
@click.option("--images", type=_standing, help="Their images, where the truth files do not say where they are.")
@click.option("--split", help="With --images: only those that the index counts to this split.")
@click.option(
    "--only",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --data: text file with the names of the truth files that were held back, one a line.",
)
@policy_option("That both are run with.")
@click.option(
    "--margin",
    type=click.FloatRange(min=0),
    default=MARGIN,
    show_default=True,
    help="Points, of 100, by which a measure may fall.",
)
@click.option("--pages", type=click.IntRange(min=0), default=PAGES, show_default=True, help="Synthetic pages.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes for --data; default: one per core.")
@click.option("--force", is_flag=True, help="Promote NEW whatever the figures say; its card tells.")
@click.option("--use", is_flag=True, help="Make NEW, unless it is refused, the model that your commands use.")
def validate(
    old: str,
    new: str,
    truth: Path | None,
    images: Path | None,
    split: str | None,
    only: Path | None,
    policy: str,
    margin: float,
    pages: int,
    workers: int | None,
    force: bool,
    use: bool,
) -> int:
    """Compare two model packages, each a folder or a name, on the same images.

    On synthetic pages that no training sees, and with --data on a site's own reviewed images. Each measure is better,
    equal or worse by the 95 % interval of the paired difference. NEW is refused where it removes or finds less of
    what identifies someone than OLD by more than the margin, or where anything else is shown to be worse by more than
    that. The figures are written into NEW's card.
    """
    _check_usage(truth, images, split, only, pages)
    specs = [verify_package(named_model(model)) for model in (old, new)]
    tasks = _tasks(truth, images, split, only) if truth else []
    openers = [partial(open_runner, spec.folder, device="cpu") for spec in specs]
    measures: list[Measure] = []
    chosen = load_policy(policy)
    if pages:
        runners = [opener(threads=None) for opener in openers]
        measures += synthetic_measures(*runners, pages=pages)
        measures += decision_measures(*runners, pages=pages, policy=chosen)
    if tasks:
        before, after = (Job(policy=chosen, open_runner=opener) for opener in openers)
        measures += local_measures(tasks, before, after, workers=workers or cores())
    compared = [compare(measure) for measure in measures]
    validation = Validation(
        old=specs[0],
        new=specs[1],
        comparisons=tuple(one for one in compared if one is not None),
        margin=margin / 100,
        pages=pages,
        images=len(tasks),
        forced=force,
    )
    return _end(validation, use=use)


def main(options: Sequence[str]) -> int:
    """Run the command with its options and give the exit status; errors are raised for whoever called it."""
    try:
        return int(validate.main(list(options), prog_name="deburn validate", standalone_mode=False) or PROMOTED)
    except click.Abort:
        click.echo("Interrupted before the comparison was complete; nothing was written.", err=True)
        return INTERRUPTED


def _check_usage(truth: Path | None, images: Path | None, split: str | None, only: Path | None, pages: int) -> None:
    if truth is None and (images or only):
        raise UsageError("--images and --only are for truth of your own; give it with --data")
    if images is None and split:
        raise UsageError("--split needs --images and an index of them")
    if images and only:
        raise UsageError("--only is for truth files that name their images; with --images pick them by --split")
    if not pages and truth is None:
        raise UsageError("there is nothing to compare on: give --data, or more than 0 --pages")


def _tasks(truth: Path, images: Path | None, split: str | None, only: Path | None) -> list[Task]:
    """Give the images of a site's truth, with what their studies know of the people in them."""
    if images:
        return with_studies(tasks_of(read_folder(truth, split=split), images, None), images)
    places = {page.name: page.image for page in load_truth(truth) if page.reviewed}
    if only:
        places = {name: places[name] for name in _names(only, places)}
    if not places:
        raise UsageError(f"{truth.name} holds no truth that was reviewed; see deburn review")
    pages = [page for page in read_folder(truth).pages if page.name in places]
    return [
        Task(page=page, original=places[page.name], redacted=None, size=places[page.name].stat().st_size)
        for page in pages
    ]


def _names(only: Path, known: dict[str, Path]) -> list[str]:
    names = [line.strip().removesuffix(".json") for line in only.read_text(encoding="utf-8").splitlines()]
    names = [name for name in names if name]
    if strange := [number for number, name in enumerate(names, start=1) if name not in known]:
        raise UsageError(f"{only.name}: name {strange[0]} is that of no reviewed truth file")
    return names


def _end(validation: Validation, *, use: bool) -> int:
    click.echo(table_of(validation.comparisons))
    card = write_section(validation)
    click.echo(f"written to {card}")
    if validation.regressions and not validation.forced:
        click.echo(f"Refused: {refusal_of(validation)}; --force promotes it all the same", err=True)
        return REFUSED
    if use:
        write_choice(Choice(folder=validation.new.folder, sha256=validation.new.sha256))
        click.echo(f"used from now on: {validation.new.name}  sha256 {validation.new.sha256}")
    return PROMOTED
