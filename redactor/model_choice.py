"""Which model package a command uses: the one it names, the one its user has picked, or the one that ships."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..errors import ModelError, UsageError
from ..model import load_spec
from ..weights import FOLDER
from .dicom.atomic import atomic_file

ENVIRONMENT = "DEBURN_MODEL"
_FILE = "model.json"
_READABLE = 0o644


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What `deburn models use` has written down.

    Attributes
    ----------
    folder : Path
        Of the package.
    sha256 : str
        Of its manifest then, and through that of the whole package.
    """

    folder: Path
    sha256: str


def choice_file() -> Path:
    """Give the file that holds a user's choice, in the folder that the system has for settings."""
    return Path(click.get_app_dir("deburn")) / _FILE


def read_choice() -> Choice | None:
    """Give what this user has picked, if anything.

    Raises
    ------
    UsageError
        The file holds something else.
    """
    path = choice_file()
    try:
        record = json.loads(path.read_bytes())
        return Choice(folder=Path(record["folder"]), sha256=str(record["sha256"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{path} names no model package; deburn models use --shipped removes it") from None


def write_choice(choice: Choice | None) -> None:
    """Write down what this user picks; None goes back to what ships."""
    path = choice_file()
    if choice is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"folder": str(choice.folder), "sha256": choice.sha256}
    with atomic_file(path, _READABLE) as part:
        part.file.write(json.dumps(record, indent=1).encode("ascii") + b"\n")


def chosen_model() -> Path | None:
    """Give the package that this user has picked, as it was then; None for the one that ships.

    Raises
    ------
    UsageError, ModelError
        The choice cannot be read, or the package is gone or another one by now.
    """
    choice = read_choice()
    if choice is None:
        return None
    if load_spec(choice.folder).sha256 != choice.sha256:
        raise ModelError(
            f"{choice.folder} is not what it was when it was picked; deburn models use picks it again, or --shipped "
            "the one that ships"
        )
    return choice.folder


def named_model(value: str) -> Path:
    """Give the folder of a package, by its path or, of those that ship, by its name.

    Raises
    ------
    UsageError
        There is no such folder.
    """
    shipped = FOLDER / value
    if value and Path(value).is_dir():
        return Path(value).absolute()
    if value and shipped.parent == FOLDER and shipped.is_dir():
        return shipped
    raise UsageError(f"no model package at {value}; expected a folder, or one of those that deburn models list names")


def _resolve(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    # `deburn models use --shipped` must work even where the choice does not.
    return named_model(value) if value else chosen_model()


def model_option(command: Any) -> Any:
    """Add ``--model`` to a command: a folder, always resolved here, at the edge, for all workers alike."""
    return click.option(
        "--model",
        envvar=ENVIRONMENT,
        metavar="FOLDER|NAME",
        callback=_resolve,
        help=f"A model package; default: {ENVIRONMENT}, what deburn models use picked, or the shipped one.",
    )(command)
