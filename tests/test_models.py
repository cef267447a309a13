import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from deburn.errors import ModelError, UsageError
from deburn.redactor import cli
from deburn.redactor.model_choice import choice_file, chosen_model, named_model
from deburn.redactor.models import models
from deburn.weights import DEFAULT, FOLDER

pytestmark = pytest.mark.usefixtures("no_choice")


def run(*arguments: object, **environment: str):
    return CliRunner().invoke(models, [str(argument) for argument in arguments], env=environment)


def model_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *arguments: str) -> object:
    """Run a command as far as its choice of a model."""
    given = []
    monkeypatch.setattr(cli, "opener", lambda model, device, gpus: given.append(model))
    monkeypatch.setattr(cli, "scan_folder", lambda *args, **kwargs: (_ for _ in ()).throw(KeyboardInterrupt))
    CliRunner().invoke(cli.cli, ["scan", str(tmp_path), "--device", "cpu", *arguments])
    return given[0]


def test_without_a_choice_the_shipped_package_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert model_of(monkeypatch, tmp_path) is None
    told = run("list").output
    assert told.startswith(f"* {DEFAULT} ")
    assert "ships as the default" in told


def test_what_was_picked_is_used_until_something_else_is_named(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("use", package).exit_code == 0
    assert model_of(monkeypatch, tmp_path) == package
    assert model_of(monkeypatch, tmp_path, "--model", DEFAULT) == FOLDER / DEFAULT
    monkeypatch.setenv("DEBURN_MODEL", DEFAULT)
    assert model_of(monkeypatch, tmp_path) == FOLDER / DEFAULT
    monkeypatch.delenv("DEBURN_MODEL")
    assert run("use", "--shipped").exit_code == 0
    assert model_of(monkeypatch, tmp_path) is None


def test_list_shows_what_was_picked_and_what_a_folder_holds(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path / "more" / "other-v2")
    run("use", package)
    lines = run("list", tmp_path / "more").output.splitlines()
    assert [line[0] for line in lines] == [" ", "*", " ", "*"]
    assert str(package) in lines[1]
    assert "other-v2" in lines[2]


def test_a_package_that_changed_after_it_was_picked_is_refused(package: Path) -> None:
    run("use", package)
    manifest = json.loads((package / "manifest.json").read_text())
    (package / "manifest.json").write_text(json.dumps(manifest | {"commit": None}))
    with pytest.raises(ModelError, match="is not what it was when it was picked"):
        chosen_model()


def test_a_package_that_was_removed_is_refused_and_the_choice_can_be_undone(package: Path) -> None:
    run("use", package)
    shutil.rmtree(package)
    with pytest.raises(ModelError, match="cannot be read"):
        chosen_model()
    assert run("use", "--shipped").exit_code == 0
    assert chosen_model() is None


def test_a_broken_package_cannot_be_picked(package: Path) -> None:
    (package / "reader.onnx").write_bytes(b"")
    result = run("use", package)
    assert isinstance(result.exception, ModelError)
    assert not choice_file().exists()


def test_a_choice_that_cannot_be_read_says_how_to_undo_it() -> None:
    choice_file().parent.mkdir(parents=True, exist_ok=True)
    choice_file().write_text("{}")
    with pytest.raises(UsageError, match="deburn models use --shipped removes it"):
        chosen_model()


def test_verify_tells_whole_from_broken(package: Path) -> None:
    assert run("verify").output.startswith(f"whole   {DEFAULT}")
    (package / "golden.npz").unlink()
    result = run("verify", DEFAULT, package)
    assert result.exit_code == 1
    assert "broken  mine-v1: " in result.output


@pytest.mark.parametrize("name", ["absent", "../weights", ""])
def test_a_name_of_no_package_is_wrong_usage(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no model package at"):
        named_model(name)


@pytest.mark.parametrize("arguments", [(), (DEFAULT, "--shipped")])
def test_use_takes_a_package_or_the_shipped_one(arguments: tuple[str, ...]) -> None:
    assert isinstance(run("use", *arguments).exception, UsageError)


@pytest.mark.parametrize("command", ["redact", "scan", "verify", "demo", "evaluate", "review"])
def test_every_command_that_runs_networks_takes_a_model(command: str) -> None:
    assert "--model FOLDER|NAME" in CliRunner().invoke(cli.cli, [command, "--help"], standalone_mode=True).output
