"""Every package that ships: whole, as its manifest says, and the same network under ONNX Runtime and torch."""

import json
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from deburn.errors import ModelError
from deburn.model import load_spec, open_runner
from deburn.model.classifier_input import ClassifierInput, joined
from deburn.model.onnx_runner import OnnxRunner
from deburn.weights import DEFAULT, FOLDER

PACKAGES = sorted(path.parent.name for path in FOLDER.glob("*/manifest.json"))
CLASSIFYING = [name for name in PACKAGES if load_spec(name).classifier]
MOST_BYTES = 20_000_000


def test_the_default_package_ships() -> None:
    assert DEFAULT in PACKAGES


def test_all_weights_together_stay_under_twenty_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < MOST_BYTES


@pytest.mark.parametrize("name", PACKAGES)
def test_runs_to_its_golden_outputs(name: str) -> None:
    runner = open_runner(name, device="cpu", threads=1, precision="fp32")
    golden = np.load(FOLDER / name / "golden.npz")
    fine, coarse = runner.detect(runner.upload(golden["stored"]))
    classes, scores = runner.transcribe(runner.upload(golden["stored"]), golden["lines"], len(golden["columns"]))
    for found, wanted in ((fine, golden["fine"]), (coarse, golden["coarse"])):
        assert np.abs(found.astype(int) - wanted).max() <= 1  # of 255: the rounding of a byte
    np.testing.assert_allclose(scores, golden["scores"], atol=1e-4)
    assert (classes == golden["classes"])[golden["scores"] > 0.6].all()


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.parametrize(
    ("shape", "low", "high"),
    [((1, 64, 64, 1), 0, 256), ((2, 131, 77, 3), 0, 256), ((1, 97, 200, 1), -2048, 2048), ((1, 50, 333, 1), 0, 65536)],
)
def test_torch_and_onnx_agree_at_sizes_the_export_never_saw(
    name: str, shape: tuple[int, ...], low: int, high: int
) -> None:
    pytest.importorskip("torch")
    from deburn.model.torch_runner import TorchRunner

    spec = load_spec(name)
    rng = np.random.default_rng(abs(low) + high + shape[1])
    stored = rng.integers(low, high, shape, dtype=np.int32)
    stored[:, 20:30, 10:40] = high - 1
    plan = np.array([[0, 8, 18, 0.5, 0, 0, 0.5, 64], [0, 30, 40, 0, -0.6, 0.6, 0, 40]], np.float32)
    onnx, other = OnnxRunner(spec, threads=1, precision="fp32"), TorchRunner(spec, device="cpu")
    for found, wanted in zip(onnx.detect(onnx.upload(stored)), other.detect(other.upload(stored)), strict=True):
        assert found.shape == wanted.shape
        assert np.abs(found.astype(int) - wanted).max() <= 1
    classes, scores = onnx.transcribe(onnx.upload(stored), plan, 64)
    classes_torch, scores_torch = other.transcribe(other.upload(stored), plan, 64)
    np.testing.assert_allclose(scores, scores_torch, atol=1e-4)
    assert (classes == classes_torch)[scores > 0.6].all()


def golden_pages(name: str) -> tuple[ClassifierInput, np.ndarray]:
    golden = np.load(FOLDER / name / "golden.npz")
    arrays = {field.name: golden[f"classifier_{field.name}"] for field in fields(ClassifierInput)}
    return ClassifierInput(**arrays), golden["classifier_probabilities"]


@pytest.mark.parametrize("name", CLASSIFYING)
def test_classifies_its_golden_pages_as_it_did(name: str) -> None:
    given, wanted = golden_pages(name)
    np.testing.assert_allclose(open_runner(name, device="cpu", threads=1).classify(given), wanted, atol=1e-5)


@pytest.mark.parametrize("name", CLASSIFYING)
def test_torch_and_onnx_classify_alike_at_sizes_the_export_never_saw(name: str) -> None:
    pytest.importorskip("torch")
    from deburn.model.torch_runner import TorchRunner

    given, _ = golden_pages(name)
    spec = load_spec(name)
    onnx, other = OnnxRunner(spec, threads=1), TorchRunner(spec, device="cpu")
    for pages in (joined([given, given, given]), given):
        np.testing.assert_allclose(onnx.classify(pages), other.classify(pages), atol=1e-5)


@pytest.mark.gpu
@pytest.mark.parametrize("name", PACKAGES)
def test_the_gpu_finds_the_same_lines(name: str) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no GPU")
    golden = np.load(FOLDER / name / "golden.npz")
    runner = open_runner(name, device="cuda")
    fine, _ = runner.detect(runner.upload(golden["stored"]))
    assert np.abs(fine.astype(int) - golden["fine"]).max() <= 3


@pytest.mark.parametrize("name", PACKAGES)
def test_exports_hold_no_paths_of_the_machine_that_made_them(name: str) -> None:
    for graph in (FOLDER / name).glob("*.onnx"):
        data = graph.read_bytes()
        assert b".py" not in data
        assert b"site-packages" not in data


def damaged_copy(folder: Path, member: str) -> Path:
    copy = folder / "broken-v1"
    shutil.copytree(FOLDER / DEFAULT, copy)
    data = bytearray((copy / member).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / member).write_bytes(data)
    return copy


@pytest.mark.parametrize("member", ["detector.int8.onnx", "reader.int8.onnx", "classifier.onnx"])
def test_refuses_weights_of_which_one_bit_differs(tmp_path: Path, member: str) -> None:
    with pytest.raises(ModelError, match=f"{member} has SHA-256 .* expected"):
        open_runner(damaged_copy(tmp_path, member), device="cpu")


def test_refuses_a_manifest_of_another_format(tmp_path: Path) -> None:
    manifest = json.loads((FOLDER / DEFAULT / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ModelError, match="not a manifest that this version"):
        load_spec(tmp_path)


def test_says_what_a_package_is_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"a folder with manifest\.json"):
        load_spec(tmp_path / "absent")


def test_the_cpu_path_imports_no_torch() -> None:
    code = (
        "import sys, numpy, deburn.model as m; r = m.open_runner(device='cpu', threads=1);"
        "h = r.upload(numpy.zeros((1, 64, 64, 1), int)); assert m.transcribe(r, h, m.detect(r, h)) == [];"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
