"""`deburn models`: which model packages there are, whether they are whole, and which one is used."""

import os
from pathlib import Path

import click

from ..errors import ModelError, UsageError
from ..model import load_spec
from ..model.packages import packages_in, shipped_packages, verify_package
from ..model.spec import ModelSpec
from ..weights import DEFAULT, FOLDER
from .model_choice import ENVIRONMENT, Choice, choice_file, chosen_model, named_model, read_choice, write_choice

WHOLE, BROKEN = 0, 1
_SHORT = 12  # characters of a hash, for the eye


@click.group()
def models() -> None:
    """List, check and pick model packages: folders with a manifest and the hash of every file."""


@models.command("list")
@click.argument("folders", metavar="[FOLDER]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
def list_models(folders: tuple[Path, ...]) -> None:
    """Show the packages that ship, the one that was picked, and those in FOLDER.

    A star marks the one that commands use where they name none. Nothing is checked but the manifests.
    """
    used, source = _used()
    for folder in _known(folders):
        mark = "*" if folder.resolve() == used.resolve() else " "
        try:
            click.echo(f"{mark} {_line(load_spec(folder))}")
        except ModelError as error:
            click.echo(f"{mark} broken: {error}")
    click.echo(f"* {source}")


@models.command("verify")
@click.argument("packages", metavar="[FOLDER|NAME]...", nargs=-1)
@click.pass_context
def verify_models(context: click.Context, packages: tuple[str, ...]) -> None:
    """Check every byte of packages by its hash, and their networks by the outputs that they are known for.

    Without names: those that ship and the one that was picked. Exit status: 0 all are whole, 1 one is not.
    """
    status = WHOLE
    for folder in [named_model(package) for package in packages] or _known(()):
        try:
            spec = verify_package(folder)
        except ModelError as error:
            click.echo(f"broken  {folder.name}: {error}")
            status = BROKEN
        else:
            click.echo(f"whole   {spec.name}  sha256 {spec.sha256}")
    context.exit(status)


@models.command("use")
@click.argument("package", metavar="[FOLDER|NAME]", required=False)
@click.option("--shipped", is_flag=True, help="Go back to the package that ships.")
def use_model(package: str | None, shipped: bool) -> None:
    """Check a package and make it the one that this user's commands use where they name none.

    Written down with its hash: a package that changes afterwards is refused until it is picked again.
    """
    if shipped == (package is not None):
        raise UsageError("deburn models use takes a package, or --shipped")
    if package is None:
        write_choice(None)
        click.echo(f"used from now on: {DEFAULT}, which ships")
        return
    spec = verify_package(named_model(package))
    write_choice(Choice(folder=spec.folder, sha256=spec.sha256))
    click.echo(f"used from now on: {spec.name}  sha256 {spec.sha256}\nwritten to {choice_file()}")
    if os.environ.get(ENVIRONMENT):
        click.echo(f"note: {ENVIRONMENT} is set, and goes before this choice")


def _used() -> tuple[Path, str]:
    """Give the package that commands use where they name none, and what says so."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return named_model(named), f"by {ENVIRONMENT}"
    picked = chosen_model()
    return (picked, f"by {choice_file()}") if picked else (FOLDER / DEFAULT, "ships as the default")


def _known(folders: tuple[Path, ...]) -> list[Path]:
    picked = read_choice()
    found = [*shipped_packages(), *([picked.folder] if picked else [])]
    for folder in folders:
        own = packages_in(folder)
        if not own:
            raise UsageError(f"{folder} is no model package and holds none")
        found += own
    return list({folder.resolve(): folder for folder in found}.values())


def _line(spec: ModelSpec) -> str:
    size = sum((spec.folder / name).stat().st_size for name in spec.hashes if (spec.folder / name).is_file())
    parts = "detector, reader" + (", classifier" if spec.classifier else "")
    return f"{spec.name:<16} {spec.precision}  {size / 1e6:5.1f} MB  {spec.sha256[:_SHORT]}  {parts}  {spec.folder}"
