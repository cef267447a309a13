"""The commands whose work and options are those of scripts in `training/`."""

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from ..errors import MissingExtraError

_INTERRUPTED = 130
_RESUMES = " The same command goes on from the last checkpoint."


def training_commands() -> Iterator[click.Command]:
    """Yield the commands; none of their scripts is imported before it is asked for."""
    train = click.Group("train", help='Train the networks from synthetic data (needs the extra "train").')
    train.add_command(_script("detector", "train_detector", "Train the detector; see --help after the name."))
    train.add_command(_script("reader", "train_reader", "Train the reader; see --help after the name."))
    train.add_command(_script("classifier", "train_classifier", "Train the classifier; see --help after the name."))
    words = "Write first labels by another engine, for deburn review."
    train.add_command(_script("prelabel", "prelabel", words, needs_torch=False))
    yield train
    yield _script("export", "export", "Export trained networks to ONNX (needs the extra train).")
    words = "Measure a redactor against truth, or pick thresholds on a sample."
    yield _script("evaluate", "evaluate", words, needs_torch=False)
    words = "Correct what the networks find, on a page for the browser."
    yield _script("review", "review", words, needs_torch=False)
    yield _script("validate", "validate", "Compare two models: better, equal or worse (needs the extra train).")


def _script(name: str, module: str, words: str, *, needs_torch: bool = True) -> click.Command:
    """Return a command whose options, --help included, are those of a training script."""

    @click.command(name, help=words, add_help_option=False, context_settings={"ignore_unknown_options": True})
    @click.argument("options", nargs=-1, type=click.UNPROCESSED)
    def command(options: tuple[str, ...]) -> None:
        if needs_torch and find_spec("torch") is None:
            raise MissingExtraError(f"{name} needs torch, which is not installed: pip install 'deburn[train]'")
        # By name: training imports the redactor, and only these commands go the other way.
        script: Any = import_module(f"..training.{module}", __package__)
        try:
            sys.exit(script.main(list(options)))
        except KeyboardInterrupt:
            # Checkpoints are written every few minutes.
            click.echo(f"Interrupted.{_RESUMES if module.startswith('train_') else ''}", err=True)
            sys.exit(_INTERRUPTED)

    return command
