"""The tutorial's commands: they exist, and they take the options that it names."""

import re
import shlex
from pathlib import Path

import pytest

pytest.importorskip("torch")

from deburn.redactor.cli import cli
from deburn.training import export, finetune, new_device, train_detector, train_reader

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tutorial.md"
COMMANDS = [
    line.partition("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    if "pip install" not in line
]
PARSERS = {
    "deburn train detector": train_detector.arguments,
    "deburn train reader": train_reader.arguments,
    "deburn export": export.arguments,
    "python -m deburn.training.new_device": new_device.arguments,
}


def test_the_loop_is_whole():
    assert len(COMMANDS) == 8
    assert {"evaluate", "train", "export", "validate", "models", "review"} <= set(cli.commands)
    assert (finetune.EVERY, finetune.PATIENCE) == (50, 6), "as the page says"


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith(tuple(PARSERS))])
def test_each_command_takes_its_options(command):
    name = next(name for name in PARSERS if command.startswith(name))
    options = PARSERS[name]().parse_args(shlex.split(command.removeprefix(name)))
    assert options.output is not None
