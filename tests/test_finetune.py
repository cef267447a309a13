"""Fine-tuning on a site's own truth, in small: what is learned from, what is held back, what stops it."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("HersheyFonts")

import torch

from deburn.errors import DeburnError, UsageError
from deburn.training import finetune, train_detector, train_reader
from deburn.training.fonts import find_fonts
from deburn.training.local_data import check_apart, cut, load_frames, split
from deburn.training.new_device import write_device
from deburn.training.run_record import record_of
from deburn.training.schedule import load_weights


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    folder = tmp_path_factory.mktemp("device") / "site"
    write_device(folder, count=5, seed=3, text_free=1)
    return folder / "truth"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("deburn.training.stream.find_fonts", lambda: find_fonts(()))
    monkeypatch.setattr(finetune, "EVERY", 2)
    monkeypatch.setattr(finetune, "REPLAYED", 8)


def small(output, truth, steps, *more):
    common = ["--batch", "2", "--workers", "0", "--device", "cpu", "--finetune", "--data", str(truth)]
    return ["--output", str(output), "--steps", str(steps), *common, *more]


@pytest.mark.parametrize(("script", "name"), [(train_detector, "detector"), (train_reader, "reader")])
def test_begins_with_the_shipped_weights_and_keeps_the_best(script, name, truth, tmp_path, quick, capsys):
    script.main(small(tmp_path, truth, 2, "--mix", "0"))
    best = torch.load(tmp_path / "best.pt", weights_only=True)
    said = capsys.readouterr().out
    assert "4 frames of 4 patients to learn from, 1 frames of 1 patients held back" in said
    assert f"best {best['loss']:.4f}" in said
    state = load_weights(tmp_path / "checkpoint.pt")
    assert all(torch.equal(value, best["average"][key]) for key, value in state.items())
    shipped = load_weights(script_weights(name))
    moved = [key for key, value in state.items() if not torch.equal(value, shipped[key])]
    assert not [key for key in moved if "running_" in key], "statistics stay"
    script.main(small(tmp_path, truth, 4, "--mix", "0.25"))
    went_on = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert went_on["step"] == 4
    assert "mixed with 0.25 of the weights it began with" in capsys.readouterr().out
    for key, value in load_weights(tmp_path / "checkpoint.pt").items():
        expected = 0.75 * went_on["network"][key].double() + 0.25 * shipped[key].double()
        torch.testing.assert_close(value.double(), expected, rtol=0, atol=1e-5)


def script_weights(name):
    from deburn.model import load_spec

    return load_spec(None).folder / f"{name}.safetensors"


def test_names_what_is_held_back_and_finds_the_mix_by_it(truth, tmp_path, quick, capsys):
    train_detector.main(small(tmp_path, truth, 1))
    assert "held back and synthetic, by share of the first weights: 0.0 " in capsys.readouterr().out
    (name,) = (tmp_path / "held-back.txt").read_text().splitlines()
    assert (truth / f"{name}.json").exists()


def test_stops_where_nothing_gets_better(truth, tmp_path, quick, monkeypatch):
    monkeypatch.setattr(finetune, "PATIENCE", 1)
    train_detector.main(small(tmp_path, truth, 40, "--rate", "0.0000000001"))
    assert torch.load(tmp_path / "checkpoint.pt", weights_only=True)["step"] < 40


def test_a_loss_that_is_no_number_is_an_error_and_the_best_weights_stay(truth, tmp_path, quick):
    with pytest.raises(DeburnError, match="the loss is no number at step"):
        train_detector.main(small(tmp_path, truth, 30, "--rate", "1e30"))
    assert all(value.isfinite().all() for value in load_weights(tmp_path / "best.pt").values())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--finetune"], "--finetune needs --data"),
        (["--data", "x"], "--data and --held-back need --finetune"),
        (["--finetune", "--data", "x", "--replay", "1"], "--replay is from 0 to below 1"),
        (["--finetune", "--data", "x", "--mix", "1"], "--mix is from 0 to below 1"),
        (["--finetune", "--data", "x", "--start-from", "absent.pt"], r"no weights at absent\.pt"),
    ],
)
def test_wrong_options_are_named(options, message, tmp_path):
    with pytest.raises(UsageError, match=message):
        train_detector.main(["--output", str(tmp_path / "out"), *options])
    assert not (tmp_path / "out").exists()


def test_a_fine_tuning_is_short_and_gentle_unless_told_otherwise(truth, tmp_path):
    options = ["--output", str(tmp_path), "--finetune", "--data", str(truth), "--batch", "16"]
    _, settings, _ = finetune.begin(train_detector.arguments(), options, "detector")
    assert (settings.rate, settings.steps) == (finetune.RATE, finetune.STEPS)
    assert settings.batch == 16
    _, settings, _ = finetune.begin(train_detector.arguments(), options[:2], "detector")
    assert settings.steps > 10 * finetune.STEPS


def test_a_patient_in_both_given_parts_is_an_error(truth, tmp_path):
    with pytest.raises(UsageError, match="of the same patient as"):
        train_detector.main(small(tmp_path / "out", truth, 2, "--held-back", str(truth)))


def test_nobody_is_on_both_sides(truth):
    frames = load_frames(truth)
    learnt, held = split(frames, 0.4)
    assert len(learnt) + len(held) == len(frames) == 5
    check_apart(learnt, held)
    with pytest.raises(UsageError, match="of one patient"):
        split(frames[:1], 0.4)


def test_all_of_a_device_is_held_back_and_nobody_who_was_on_it_is_learned_from(truth):
    frames = load_frames(truth)
    other = [replace(frame, device="0") for frame in frames[:2]]
    learnt, held = split([*frames, *other], 0.2, "device")
    assert {frame.device for frame in held} == {"0"}
    assert {frame.patient for frame in held} == {frame.patient for frame in other}
    assert len(learnt) == len(frames) - 2
    check_apart(learnt, held)
    with pytest.raises(UsageError, match="of one device only"):
        split(frames, 0.2, "device")
    with pytest.raises(UsageError, match="every patient was on the devices held back"):
        split([*frames, *(replace(frame, device="0") for frame in frames)], 0.2, "device")


def test_another_run_is_not_gone_on_with(truth, tmp_path, quick):
    output = tmp_path / "run"
    train_detector.main(small(output, truth, 1, "--mix", "0"))
    before = (output / "checkpoint.pt").read_bytes()
    changed = tmp_path / "changed"
    shutil.copytree(truth.parent, changed)
    first = min((changed / "truth").glob("*.json"))
    first.write_text(first.read_text() + "\n")
    plain = ["--output", str(output), "--steps", "2", "--batch", "2", "--workers", "0", "--device", "cpu"]
    for options, message in (
        (small(output, changed / "truth", 2), "a run with another --data"),
        (small(output, truth, 2, "--replay", "0.7"), "a run with another --replay"),
        (small(output, truth, 2, "--split", "device"), "a run with another --split"),
        (small(output, truth, 2, "--start-from", str(script_weights("reader"))), "another --model or --start-from"),
        (plain, "a run that is a fine-tuning"),
    ):
        with pytest.raises(UsageError, match=message):
            train_detector.main(options)
    assert (output / "checkpoint.pt").read_bytes() == before
    (output / "finetune.json").write_bytes(b"{")
    with pytest.raises(UsageError, match=r"finetune\.json is damaged"):
        train_detector.main(small(output, truth, 2))
    (output / "finetune.json").unlink()
    with pytest.raises(UsageError, match="a run that is no fine-tuning"):
        train_detector.main(small(output, truth, 2))


_PROCESS = """
import sys
from deburn.training import stream, train_detector
from deburn.training.fonts import find_fonts
stream.find_fonts = lambda: find_fonts(())
train_detector.main(sys.argv[1:])
"""


def test_two_processes_fine_tune_one_network(truth, tmp_path):
    script = tmp_path / "process.py"
    script.write_text(_PROCESS)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)]
    command += small(tmp_path, truth, 2, "--mix", "0.5", "--side", "64")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, timeout=300, capture_output=True, text=True, env=environment)
    assert done.stdout.count("to learn from") == done.stdout.count("mixed with 0.5") == 1, "the first one speaks"
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert state["step"] == 2
    assert {float(moments["step"]) for moments in state["optimiser"]["state"].values()} == {2.0}


def test_the_record_of_a_run_holds_no_name_and_no_text(truth, tmp_path):
    options = train_detector.arguments().parse_args([*small(tmp_path, truth, 1), "--start-from", __file__])
    record = json.dumps(record_of(options))
    texts = [line.script.text for frame in load_frames(truth) for line in frame.page.lines]
    assert not [text for text in texts if len(text) > 4 and text in record]
    assert not [path for path in truth.glob("*.json") if path.stem in record]


def test_parts_show_the_lines_where_they_are(truth):
    rng, frames = np.random.default_rng(1), load_frames(truth)
    read = cut_off = 0
    for _ in range(60):
        part = cut(rng, frames[int(rng.integers(len(frames)))].page, 128, 192)
        assert part.stored.shape == (128, 192, 1)
        for line in part.lines:
            x0, y0, x1, y1 = line.box
            assert 0 <= x0 < x1 <= 192
            assert 0 <= y0 < y1 <= 128
            read, cut_off = read + line.readable, cut_off + (not line.findable)
    assert read > 20
    assert cut_off > 3
