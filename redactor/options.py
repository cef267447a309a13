"""Options that several commands share."""

from collections.abc import Callable
from typing import Any, Literal

import click

Device = Literal["auto", "cpu", "cuda"]

device_option = click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    show_default=True,
    help="Where the networks run.",
)


def policy_option(words: str) -> Callable[[Any], Any]:
    """Give ``--policy``, a preset's name or a TOML file, with what it is for in this command."""
    return click.option("--policy", metavar="NAME|FILE", default="phi", show_default=True, help=words)
