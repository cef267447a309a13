import importlib.util
import json
import signal
import sys

import fakes
import pytest
from click.testing import CliRunner

import deburn
from deburn.redactor import cli, resources, training_commands

NAME, LATERALITY = (10, 8, 70, 18), (10, 30, 14, 44)


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command line as the shell does; gives exit status, standard output and error."""
    monkeypatch.setattr(cli, "open_runner", fakes.open_fake)
    monkeypatch.setattr(resources, "open_runner", fakes.open_fake)
    monkeypatch.setattr(resources, "local_gpus", lambda: ())
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["deburn", *map(str, arguments)])
        try:
            cli.main()
        except SystemExit as end:
            status = end.code
        else:
            status = 0
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def source(tmp_path, write_file):
    write_file("in/IM1", NAME)
    write_file("in/IM2", LATERALITY)
    return tmp_path / "in"


def test_exit_status_is_0_when_all_is_done(command, source, tmp_path):
    status, out, _ = command("redact", source, "--output", tmp_path / "out")
    assert status == 0
    assert (tmp_path / "out/IM1").exists()
    assert "redacted" in out


def test_exit_status_is_1_when_something_was_quarantined(command, source, tmp_path):
    (source / "notes.txt").write_text("no DICOM")
    status, out, _ = command("redact", source, "--output", tmp_path / "out")
    assert status == 1
    assert "quarantined notes.txt: " in out
    assert (tmp_path / "out/IM1").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("redact", "IN"),
        ("redact", "IN", "--output", "IN"),
        ("redact", "IN", "--output", "IN/out"),
        ("redact", "IN", "--output", "OUT", "--policy", "none"),
        ("redact", "IN", "--output", "OUT", "--show-text"),
        ("redact", "missing", "--output", "OUT"),
        ("scan",),
        ("nonsense",),
    ],
)
def test_exit_status_is_2_for_wrong_usage_and_nothing_is_written(command, source, tmp_path, arguments):
    places = {"IN": str(source), "OUT": str(tmp_path / "out"), "IN/out": str(source / "out")}
    status, out, err = command(*(places.get(word, word) for word in arguments))
    assert status == 2
    assert out == ""
    assert "Error" in err
    assert not (tmp_path / "out").exists()
    assert sorted(path.name for path in source.iterdir()) == ["IM1", "IM2"]


def test_exit_status_is_2_when_the_model_is_damaged(command, source, tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "open_runner", fakes.open_damaged)
    status, _, err = command("redact", source, "--output", tmp_path / "out")
    assert status == 2
    assert err == "Error: the model is damaged\n"


def test_json_lines_are_all_that_is_printed(command, source, tmp_path):
    (source / "notes.txt").write_text("no DICOM")
    _, out, err = command("redact", source, "--output", tmp_path / "out", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert [line["kind"] for line in lines] == ["file", "file", "file", "summary"]
    assert lines[-1]["states"] == {"redacted": 1, "clean": 1, "quarantined": 1}
    assert {line["path"]: line["state"] for line in lines[:-1]} == {
        "IM1": "redacted",
        "IM2": "clean",
        "notes.txt": "quarantined",
    }
    assert fakes.NAME not in out


def test_text_is_printed_only_where_it_was_asked_for(command, source):
    _, out, _ = command("scan", source, "--json", "--show-text")
    assert fakes.NAME in out
    _, out, _ = command("scan", source, "--json")
    assert fakes.NAME not in out


def test_scan_tells_which_files_hold_text_and_writes_nothing(command, source, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    status, out, _ = command("scan", source)
    assert status == 0
    assert sorted(tmp_path.rglob("*")) == before
    lines = out.splitlines()
    assert lines[0].startswith("2 files")
    assert any(line.startswith("found       IM1  masked: name 1") for line in lines)
    assert any(line.startswith("clean       IM2  kept: ") for line in lines)


def test_policy_and_fill_reach_the_pixels(command, source, tmp_path):
    import pydicom

    command("redact", source, "--output", tmp_path / "out", "--policy", "text", "--fill", "white", "--workers", "1")
    assert (pydicom.dcmread(tmp_path / "out/IM2").pixel_array[30:44, 10:14] == 255).all()
    assert (pydicom.dcmread(tmp_path / "out/IM1").pixel_array[5:21, 7:73] == 255).all()


def test_another_choice_for_lossy_jpeg_does_masked_files_again(command, tmp_path, write_file):
    import imagecodecs
    import pydicom
    from pydicom.encaps import encapsulate
    from pydicom.uid import JPEGBaseline8Bit, JPEGLSLossless, RLELossless

    path, target = write_file("in/IM1", NAME), tmp_path / "out/IM1"
    image = pydicom.dcmread(path)
    image.PixelData = encapsulate([bytes(imagecodecs.jpeg8_encode(image.pixel_array, 99))])
    image["PixelData"].is_undefined_length = True
    image.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    image.save_as(path)
    arguments = ("redact", path.parent, "--output", tmp_path / "out", "--policy", "text", "--workers", "1")
    for options, syntax in (((), JPEGLSLossless), (("--jpeg", "rle"), RLELossless)):
        status, _, told = command(*arguments, *options)
        assert status == 0, told
        assert pydicom.dcmread(target).file_meta.TransferSyntaxUID == syntax
        written = target.stat().st_mtime_ns
    assert command(*arguments, "--jpeg", "rle")[0] == 0
    assert target.stat().st_mtime_ns == written
    assert command(*arguments, "--jpeg", "png")[0] == 2


def test_a_file_name_cannot_write_to_the_terminal(command, source, tmp_path):
    (source / "a\x1b[2Jb\n").write_text("no DICOM")
    _, out, _ = command("redact", source, "--output", tmp_path / "out")
    assert "\x1b" not in out
    assert r"a\x1b[2Jb\n: " in out


@pytest.mark.parametrize("arguments", [("train", "detector"), ("train", "reader"), ("export", "--output", "x")])
def test_training_without_torch_names_the_pip_command(command, monkeypatch, arguments):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(training_commands, "find_spec", lambda name: None if name == "torch" else find_spec(name))
    status, _, err = command(*arguments)
    assert status == 2
    assert "pip install 'deburn[train]'" in err


def test_all_gpus_are_used_unless_the_cpu_is_asked_for(monkeypatch):
    monkeypatch.setattr(resources, "local_gpus", lambda: ("cuda:0", "cuda:1"))
    monkeypatch.setattr(resources, "cores", lambda: 8)
    assert resources.gpus_of("cpu") == ()
    workforce = resources.workforce_of(None, resources.gpus_of("auto"))
    assert (workforce.workers, workforce.devices) == (16, ("cuda:0", "cuda:1"))
    assert resources.workforce_of(3, ()) == resources.Workforce(workers=3)


def test_a_shard_does_its_part(command, source, tmp_path):
    for part in ("1/2", "2/2"):
        assert command("redact", source, "--output", tmp_path / "out", "--shard", part)[0] == 0
    assert {path.name for path in (tmp_path / "out").glob("IM*")} == {"IM1", "IM2"}
    assert len(list((tmp_path / "out").glob("manifest-*-of-2.jsonl"))) == 2
    status, _, err = command("redact", source, "--output", tmp_path / "out", "--shard", "3/2")
    assert (status, "--shard" in err) == (2, True)


def test_an_interrupted_run_says_how_to_go_on(command, source, tmp_path, monkeypatch):
    def interrupt(*arguments, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "redact_folder", interrupt)
    status, _, err = command("redact", source, "--output", tmp_path / "out")
    assert status == 130
    assert "run the same command again" in err


def test_tells_its_version(command):
    status, out, _ = command("--version")
    assert status == 0
    assert deburn.__version__ in out


@pytest.mark.parametrize("name", ["redact", "scan", "demo"])
def test_every_command_has_help(command, name):
    status, out, _ = command(name, "--help")
    assert status == 0
    assert "--device" in out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("train", "detector"), "Interrupted. The same command goes on from the last checkpoint."),
        (("export",), "Interrupted."),
    ],
)
def test_a_training_that_is_interrupted_says_how_to_go_on(
    command: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")

    def interrupted(options: list[str]) -> None:
        raise KeyboardInterrupt

    name = "train_detector" if command[0] == "train" else "export"
    monkeypatch.setattr(f"deburn.training.{name}.main", interrupted)
    done = CliRunner().invoke(cli.cli, [*command, "--output", "nowhere"])
    assert done.exit_code == 130
    assert done.stderr.strip() == said
