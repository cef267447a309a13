"""A further vote: a token-classification checkpoint that the user names, beside the package's classifier or for it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..model import ModelSpec, Runner
from ..model.token_classifier import TokenClassifier, open_token_classifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Which checkpoint to ask, as it travels to the processes that ask it.

    Attributes
    ----------
    source : str
        A folder in the Hugging Face format, or a name on the hub.
    alone : bool
        Ask it instead of the package's classifier, not beside it.
    """

    source: str
    alone: bool = False


class AdvisedRunner:
    """A runner with a checkpoint beside it; it runs the package's networks as the runner does.

    Attributes
    ----------
    spec : ModelSpec
        The package's, under a name that says that there is a checkpoint.
    checkpoint : TokenClassifier
    alone : bool
        As `Checkpoint` has it.
    """

    def __init__(self, runner: Runner, checkpoint: TokenClassifier, *, source: str, alone: bool) -> None:
        self._runner = runner
        self.spec: ModelSpec = replace(runner.spec, name=f"{runner.spec.name}+{Path(source).name}")
        self.checkpoint, self.alone = checkpoint, alone

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runner, name)


def advised(runner: Runner, checkpoint: Checkpoint | None) -> Runner:
    """Return the runner with the checkpoint opened beside it, or the runner itself where none is named.

    Raises
    ------
    MissingExtraError, ModelError, UsageError
        As `open_token_classifier` does.
    """
    if checkpoint is None:
        return runner
    opened = open_token_classifier(checkpoint.source)
    return AdvisedRunner(runner, opened, source=checkpoint.source, alone=checkpoint.alone)
