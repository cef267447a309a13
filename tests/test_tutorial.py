"""The tutorial's commands: they take the options that it names, and run one after the other, in small."""

import re
import shlex
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxscript")
pytest.importorskip("HersheyFonts")

import torch

from deburn.model.packages import verify_package
from deburn.redactor.cli import cli
from deburn.redactor.model_choice import chosen_model
from deburn.training import export, finetune, new_device, train_detector, train_reader
from deburn.training.fonts import find_fonts
from deburn.training.schedule import load_weights
from deburn.weights import DEFAULT

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


# What makes each command short; of an option that is given twice the last one holds.
SHORTER = {
    "python -m deburn.training.new_device": "--count 3",
    "deburn evaluate": "--workers 1 --device cpu",
    "deburn train": "--steps 2 --batch 2 --workers 0 --device cpu",
    "deburn export": "--without-classifier",
    "deburn validate": "--pages 1 --workers 1 --force",
}


def run(command):
    """Run a command in this process; give its exit status."""
    more = next((options for name, options in SHORTER.items() if command.startswith(name)), "")
    program, *words = shlex.split(f"{command} {more}")
    try:
        if program == "deburn":
            cli.main(words, prog_name="deburn", standalone_mode=False)
        else:
            new_device.main(words[2:])
    except SystemExit as end:
        return end.code or 0
    return 0


def test_the_loop_runs_from_a_new_device_to_a_model_in_use(tmp_path, no_choice, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("deburn.training.stream.find_fonts", lambda: find_fonts(()))
    monkeypatch.setattr(finetune, "REPLAYED", 8)
    assert [run(command) for command in COMMANDS] == [0] * len(COMMANDS)
    assert chosen_model() == tmp_path / "site-v1"
    verify_package(tmp_path / "site-v1")
    for name in ("detector", "reader"):
        given, packed = (
            load_weights(tmp_path / path) for path in (f"runs/{name}/checkpoint.pt", f"site-v1/{name}.safetensors")
        )
        assert given.keys() == packed.keys()
        # Packages hold kernels in float16.
        kept = {key: value.half().float() if value.dim() > 1 else value for key, value in given.items()}
        assert all(torch.equal(value, packed[key]) for key, value in kept.items())
    card = (tmp_path / "site-v1" / "MODEL_CARD.md").read_text()
    assert f"## Compared with {DEFAULT}" in card
    assert "on 1 synthetic pages and 3 images of the site's own" in card
    assert "| files measured | 3 | 100.00% | 100.00% |" in card


def test_the_loop_is_whole():
    assert len(COMMANDS) == 8
    assert {"evaluate", "train", "export", "validate", "models", "review"} <= set(cli.commands)
    assert (finetune.EVERY, finetune.PATIENCE) == (50, 6), "as the page says"


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith(tuple(PARSERS))])
def test_each_command_takes_its_options(command):
    name = next(name for name in PARSERS if command.startswith(name))
    options = PARSERS[name]().parse_args(shlex.split(command.removeprefix(name)))
    assert options.output is not None
