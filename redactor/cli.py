"""The commands."""

import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

import click

from .. import __version__
from ..errors import DeburnError, UsageError
from ..model import open_runner
from .advice import Checkpoint
from .identities import Identities, load_identities
from .job import Orders
from .model_choice import model_option
from .models import models
from .options import Device, device_option, policy_option
from .policy import CineMask, Fill, JpegSyntax
from .policy_file import PRESETS, load_policy, preset_text
from .progress import tell_summary, watching
from .resources import default_workers, gpus_of, opener, workforce_of
from .run import redact_folder, scan_folder
from .shard import Shard
from .summary import Summary
from .training_commands import training_commands

DONE, QUARANTINED, WRONG, INTERRUPTED = 0, 1, 2, 130

_path = click.Path(path_type=Path)
_standing = click.Path(exists=True, path_type=Path)
_inputs = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=_standing)
_policy = policy_option(
    "phi: mask what identifies someone or cannot be read. strict: all but what is recognised as harmless. "
    "text: all text. Or a TOML file; see deburn policy."
)
_identities = click.option(
    "--identities",
    type=_standing,
    metavar="FILE",
    help="CSV of people, numbers and dates to look for besides those of the headers; columns: README.",
)
_classifier = click.option(
    "--classifier",
    metavar="FOLDER|NAME",
    help="A token-classification checkpoint of Hugging Face as a further vote (needs the extra train).",
)
_classifier_alone = click.option(
    "--classifier-alone", is_flag=True, help="Ask that checkpoint instead of the model's own classifier."
)
_workers = click.option("--workers", type=click.IntRange(min=1), help="Processes; default: one per core.")
_json = click.option("--json", "machine", is_flag=True, help="JSON lines on standard output and nothing else.")
_show_text = click.option(
    "--show-text", is_flag=True, help="With --json: print recognised text too. It may identify patients."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="deburn")
def cli() -> None:
    """Find text burned into DICOM pixels, decide what identifies a patient, mask it in place.

    Exit status: 0 all done, 1 something was quarantined, 2 wrong usage.
    """


@cli.command()
@_inputs
@click.option("--output", required=True, type=_path, help="Folder for the redacted files.")
@_policy
@_identities
@device_option
@click.option("--report", is_flag=True, help="Write OUT/report.html, with pictures of the redacted images.")
@click.option(
    "--fill",
    type=click.Choice(["black", "white", "background"]),
    help="What masked pixels become, as displayed; default: as the policy says, black.",
)
@click.option(
    "--cine",
    type=click.Choice(["union", "per-frame"]),
    help="Mask text of several frames at its place in all of them, or in each frame what was found in it; "
    "default: as the policy says, union.",
)
@click.option(
    "--jpeg",
    type=click.Choice(get_args(JpegSyntax)),
    help="What lossy JPEG (Baseline, Extended) becomes where it is masked, without further loss; "
    "default: as the policy says, jpeg-ls.",
)
@_json
@_show_text
@model_option
@_classifier
@_classifier_alone
@_workers
@click.option("--shard", metavar="I/N", help="Do part I of N, counted from 1; each part on a machine of its own.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Who does the work: this machine, or a Ray cluster.",
)
@click.option("--overwrite", is_flag=True, help="Begin anew: replace the files of earlier runs.")
def redact(
    inputs: tuple[Path, ...],
    output: Path,
    policy: str,
    identities: Path | None,
    device: Device,
    report: bool,
    fill: Fill | None,
    cine: CineMask | None,
    jpeg: JpegSyntax | None,
    machine: bool,
    show_text: bool,
    model: Path | None,
    classifier: str | None,
    classifier_alone: bool,
    workers: int | None,
    shard: str | None,
    engine: str,
    overwrite: bool,
) -> None:
    """Redact every DICOM file under INPUT... into a folder, with a manifest and a quarantine list.

    The same command again goes on where a run was interrupted.
    """
    _check_show_text(show_text, machine)
    chosen = load_policy(policy)
    gpus = () if engine == "ray" else gpus_of(device)  # each machine of a cluster looks for itself
    orders = Orders(
        policy=replace(chosen, fill=fill or chosen.fill, cine=cine or chosen.cine, jpeg=jpeg or chosen.jpeg),
        open_runner=opener(model, device, gpus),
        output=output,
        pictures=report,
        text=show_text,
        identities=load_identities(identities) if identities else Identities(),
        checkpoint=_checkpoint(classifier, alone=classifier_alone),
    )
    with watching(machine=machine, tell={"quarantined"}) as watcher:
        summary = redact_folder(
            inputs,
            orders=orders,
            workforce=replace(workforce_of(workers, gpus), cluster=engine == "ray"),
            overwrite=overwrite,
            report=report,
            watcher=watcher,
            shard=Shard.parse(shard) if shard else None,
        )
    _end(summary, ("redacted", "clean", "quarantined"), machine)


@cli.command()
@_inputs
@_policy
@_identities
@device_option
@_json
@_show_text
@model_option
@_classifier
@_classifier_alone
@_workers
def scan(
    inputs: tuple[Path, ...],
    policy: str,
    identities: Path | None,
    device: Device,
    machine: bool,
    show_text: bool,
    model: Path | None,
    classifier: str | None,
    classifier_alone: bool,
    workers: int | None,
) -> None:
    """Say which files under INPUT... hold burned-in text; nothing is written."""
    _check_show_text(show_text, machine)
    gpus = gpus_of(device)
    orders = Orders(
        policy=load_policy(policy),
        open_runner=opener(model, device, gpus),
        output=None,
        text=show_text,
        identities=load_identities(identities) if identities else Identities(),
        checkpoint=_checkpoint(classifier, alone=classifier_alone),
    )
    with watching(machine=machine, tell={"found", "quarantined"}) as watcher:
        summary = scan_folder(inputs, orders=orders, workforce=workforce_of(workers, gpus), watcher=watcher)
    _end(summary, ("found", "clean", "quarantined"), machine)


@cli.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("deburn-demo"),
    show_default=True,
    help="Folder for the result.",
)
@device_option
@model_option
@_workers
def demo(output: Path, device: Device, model: Path | None, workers: int | None) -> None:
    """Burn invented identities into sample images, redact them, and show before and after."""
    from .demo import run_demo

    clean = run_demo(
        output, open_runner=partial(open_runner, model, device=device), workers=workers or default_workers(device)
    )
    sys.exit(DONE if clean else QUARANTINED)


@cli.command()
@click.argument("original", type=_standing)
@click.argument("redacted", type=_standing)
@click.option("--no-text", is_flag=True, help="Skip the networks' search for text left inside of the masks.")
@device_option
@_json
@model_option
def verify(
    original: Path,
    redacted: Path,
    no_text: bool,
    device: Device,
    machine: bool,
    model: Path | None,
) -> None:
    """Prove that REDACTED is ORIGINAL but for the mask: two files, or two folders of the same names.

    Exit status: 0 all passed, 1 something failed, 2 wrong usage.
    """
    from .verdicts import tell_verdicts, verify_all

    verdicts = verify_all(
        original,
        redacted,
        open_runner=None if no_text else partial(open_runner, model, device=device),
        workers=default_workers(device),
    )
    sys.exit(DONE if tell_verdicts(verdicts, machine=machine) else QUARANTINED)


@cli.command()
@click.argument("policy", metavar="NAME|FILE")
def policy(policy: str) -> None:
    """Check a policy and print it: phi, strict, text or a TOML file.

    A printed preset is where a policy of your own begins.
    """
    load_policy(policy)
    click.echo(preset_text(policy) if policy in PRESETS else Path(policy).read_text(encoding="utf-8-sig"), nl=False)


cli.add_command(models)
for command in training_commands():
    cli.add_command(command)


def main() -> None:
    """Run the command line; what we raise becomes one line and exit status 2."""
    # A run that is told to end sweeps up behind itself, as it does for Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except DeburnError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(WRONG)
    except OSError as error:  # of the run's own records: the output folder is gone, or the disk is full
        click.echo(f"Error: the run ended early: {error.strerror or type(error).__name__}", err=True)
        sys.exit(WRONG)
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Interrupted: what is in the output is masked and verified. To go on, run the same command again.", err=True
        )
        sys.exit(INTERRUPTED)


def _check_show_text(show_text: bool, machine: bool) -> None:
    if show_text and not machine:
        raise UsageError("--show-text needs --json")


def _checkpoint(source: str | None, *, alone: bool) -> Checkpoint | None:
    if alone and source is None:
        raise UsageError("--classifier-alone needs --classifier")
    return None if source is None else Checkpoint(source=source, alone=alone)


def _end(summary: Summary, states: tuple[str, ...], machine: bool) -> None:
    tell_summary(summary, states=states, machine=machine)
    sys.exit(QUARANTINED if summary.states["quarantined"] else DONE)
