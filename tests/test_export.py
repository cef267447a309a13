"""Exported graphs: what they say of themselves, that they are checked, and that other precisions are near."""

import copy
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
pytest.importorskip("HersheyFonts")

import onnxruntime  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

from deburn.errors import ModelError, UsageError  # noqa: E402
from deburn.model import load_spec  # noqa: E402
from deburn.model.detector import MAPS, Detector, blocks_of  # noqa: E402
from deburn.model.reader import Reader  # noqa: E402
from deburn.model.torch_runner import fuse  # noqa: E402
from deburn.training import export  # noqa: E402
from deburn.training.export import round_kernels  # noqa: E402
from deburn.training.export_bytes import give_bytes  # noqa: E402
from deburn.training.export_check import batches, check_detector, check_reader  # noqa: E402
from deburn.training.export_graph import export_detector, store_short  # noqa: E402
from deburn.training.export_metadata import embed_metadata  # noqa: E402
from deburn.training.export_precision import detector_feeds, halve, quantise, reader_feeds  # noqa: E402
from deburn.training.export_rearrange import rearrange  # noqa: E402
from deburn.training.schedule import load_weights  # noqa: E402
from deburn.weights import DEFAULT, FOLDER  # noqa: E402

SHIPPED = FOLDER / DEFAULT


def shipped(name: str, folder: Path) -> Path:
    path = folder / f"{name}.onnx"
    path.write_bytes((SHIPPED / f"{name}.onnx").read_bytes())
    return path


@pytest.fixture(scope="module")
def detector() -> Detector:
    weights = load_file(SHIPPED / "detector.safetensors")
    network = Detector(blocks=blocks_of(weights)).eval()
    network.load_state_dict(weights)
    return network


@pytest.fixture(scope="module")
def reader() -> Reader:
    network = Reader(load_spec().alphabet).eval()
    network.load_state_dict(load_file(SHIPPED / "reader.safetensors"))
    return network


def exported(network: Detector, folder: Path) -> Path:
    path = folder / "detector.onnx"
    export_detector(fuse(copy.deepcopy(network)), path)
    return path


def around(change: Callable[[Path], None], path: Path) -> list[onnxruntime.InferenceSession]:
    """Return a graph's session before it is changed in place, and the one after."""
    before = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    change(path)
    return [before, onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])]


def labelled(folder: Path) -> Path:
    path = shipped("detector", folder)
    embed_metadata(
        path,
        network="detector",
        precision="fp32",
        weights=SHIPPED / "detector.safetensors",
        thresholds={"line": 0.6, "cell": 0.4},
        classes=MAPS,
    )
    return path


def test_frames_of_the_check_have_every_depth_sign_and_odd_sizes() -> None:
    kinds = list(batches())
    assert {int(batch.stored.max()) > 4095 for batch in kinds} == {True, False}
    assert min(int(batch.stored.min()) for batch in kinds) < -2048
    assert {batch.stored.shape[3] for batch in kinds} == {1, 3}
    assert sum(batch.stored.shape[1] % 2 and batch.stored.shape[2] % 2 for batch in kinds) >= 3


@torch.inference_mode()
def test_what_ships_is_what_torch_gives_to_a_thousandth(detector: Detector, reader: Reader) -> None:
    check_detector(SHIPPED / "detector.onnx", detector, "fp32")
    check_reader(SHIPPED / "reader.onnx", reader, "fp32")


@torch.inference_mode()
def test_another_network_does_not_pass_the_check(reader: Reader) -> None:
    with pytest.raises(ModelError, match="detector, 8 bits, fine: probabilities differ by"):
        check_detector(SHIPPED / "detector.onnx", Detector().eval(), "int8")
    moved = Reader(load_spec().alphabet).eval()
    moved.load_state_dict({name: value * 1.05 for name, value in reader.state_dict().items()})
    with pytest.raises(ModelError, match="reader, 8 bits: "):
        check_reader(SHIPPED / "reader.onnx", moved, "fp32")


def test_a_graph_says_what_its_outputs_mean_and_which_weights_it_came_from(tmp_path: Path) -> None:
    session = onnxruntime.InferenceSession(labelled(tmp_path), providers=["CPUExecutionProvider"])
    told = session.get_modelmeta().custom_metadata_map
    assert json.loads(told["deburn.classes"]) == list(MAPS)
    assert json.loads(told["deburn.thresholds"]) == {"cell": 0.4, "line": 0.6}
    assert told["deburn.weights_sha256"] == sha256((SHIPPED / "detector.safetensors").read_bytes()).hexdigest()
    assert (told["deburn.network"], told["deburn.precision"], told["deburn.format"]) == ("detector", "fp32", "1")


def test_the_same_metadata_give_the_same_bytes_and_no_path_of_the_machine(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    data = labelled(first).read_bytes()
    assert labelled(second).read_bytes() == data
    assert os.fsencode(tmp_path) not in data
    assert b".py" not in data


@torch.inference_mode()
def test_float16_keeps_the_windows_in_float32_and_the_answers(tmp_path: Path, detector: Detector) -> None:
    path = exported(detector, tmp_path)
    whole = path.stat().st_size
    halve(path)
    check_detector(path, detector, "fp16")
    graph = onnx.load(path).graph
    kinds = {tensor.name: tensor.data_type for tensor in graph.initializer}
    weights = [node.input[1] for node in graph.node if node.op_type == "Conv"]
    assert {kinds[name] for name in weights} == {onnx.TensorProto.FLOAT16}
    assert path.stat().st_size < 0.6 * whole


@torch.inference_mode()
def test_int8_gives_nearly_the_same_at_a_third_of_the_size(tmp_path: Path, detector: Detector) -> None:
    path = exported(detector, tmp_path)
    whole = path.stat().st_size
    quantise(path, detector_feeds(3))
    check_detector(path, detector, "int8")
    graph = onnx.load(path).graph
    assert sum(node.op_type == "QuantizeLinear" for node in graph.node) > 40
    assert path.stat().st_size < 0.4 * whole


@torch.inference_mode()
def test_rearranged_int8_gives_the_same_bytes_and_as_good_a_quarter_scale(tmp_path: Path, detector: Detector) -> None:
    path = exported(detector, tmp_path)
    quantise(path, detector_feeds(3))
    sessions = around(rearrange, path)
    kinds = [node.op_type for node in onnx.load(path).graph.node]
    assert kinds.count("SpaceToDepth") == 2
    assert "DepthToSpace" not in kinds
    assert kinds.count("Resize") == 2  # of the windows
    assert kinds.count("If") == 4  # grey frames have no samples to reduce and no colour, whole ones need no padding
    apart: list[list[float]] = [[], []]
    for batch in batches():
        maps = [session.run(None, {"stored": batch.stored}) for session in sessions]
        assert np.array_equal(maps[0][0], maps[1][0]), batch.name
        wanted = detector(torch.from_numpy(batch.stored))[1].numpy().astype(int)
        for one, sums in zip(maps, apart, strict=True):
            sums.append(float(np.abs(one[1] - wanted).mean()))
    assert np.mean(apart[1]) < 1.2 * np.mean(apart[0])


@torch.inference_mode()
def test_bytes_of_the_last_convolution_are_those_of_the_floats_that_they_replace(
    tmp_path: Path, detector: Detector
) -> None:
    path = exported(detector, tmp_path)
    quantise(path, detector_feeds(3))
    sessions = around(give_bytes, path)
    kinds = [node.op_type for node in onnx.load(path).graph.node]
    assert kinds.count("Round") == 0
    assert kinds.count("Sigmoid") == 2
    for batch in batches():
        maps = [session.run(None, {"stored": batch.stored}) for session in sessions]
        for one, other in zip(*maps, strict=True):
            assert (one.shape, one.dtype) == (other.shape, other.dtype)
            apart = np.abs(one.astype(int) - other)
            # Half a sixteenth of a logit, and what weights of seven bits add: 2 % of a probability, 8 % of a distance.
            assert apart[:, :2].max() <= 5, batch.name
            assert apart[:, :2].mean() < 0.5, batch.name
            assert apart[:, 2:].mean() < 1.0, batch.name
            assert apart[:, 2:].max() <= 4, batch.name


def test_no_other_graph_is_given_bytes(tmp_path: Path) -> None:
    path = shipped("reader", tmp_path)
    with pytest.raises(ValueError, match="at the end of the detector's graph"):
        give_bytes(path)
    assert path.read_bytes() == (SHIPPED / "reader.onnx").read_bytes()


@torch.inference_mode()
def test_kernels_stored_in_half_the_space_give_the_same(tmp_path: Path, detector: Detector) -> None:
    path = tmp_path / "detector.onnx"
    export_detector(detector, path)
    size = path.stat().st_size
    sessions = around(store_short, path)
    assert path.stat().st_size < 0.6 * size
    for batch in batches():
        maps = [session.run(None, {"stored": batch.stored}) for session in sessions]
        for one, other in zip(*maps, strict=True):
            apart = np.abs(one.astype(int) - other)  # sums in another order: a byte on the edge of two
            assert apart.max() <= 1, batch.name
            assert apart.mean() < 1e-3, batch.name


def test_the_calibration_is_the_same_each_time_and_holds_lines() -> None:
    first, second = (list(reader_feeds(4)) for _ in range(2))
    assert first
    for one, other in zip(first, second, strict=True):
        assert one["lines"].shape[1] == 8
        assert all(np.array_equal(one[name], other[name]) for name in ("stored", "lines", "columns"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Export in no time: graphs of the shipped package for those of its weights, which they are."""

    def copied(name: str, network: object, path: Path, precision: str) -> None:
        path.write_bytes((SHIPPED / path.name).read_bytes())

    monkeypatch.setattr(export, "_write_graph", copied)


def test_a_package_says_its_precision_and_its_files_carry_their_metadata(tmp_path: Path, quick: None) -> None:
    export.main(["--output", str(tmp_path / "mine-v1")])
    spec = load_spec(tmp_path / "mine-v1")
    assert (spec.name, spec.precision, spec.thresholds) == ("mine-v1", "fp32", load_spec().thresholds)
    told = onnx.load(tmp_path / "mine-v1" / "classifier.onnx").metadata_props
    assert {entry.key for entry in told} >= {"deburn.characters", "deburn.classes", "deburn.marks"}
    told = onnx.load(tmp_path / "mine-v1" / "reader.int8.onnx").metadata_props
    assert {"deburn.network": "reader", "deburn.precision": "int8"}.items() <= {e.key: e.value for e in told}.items()
    assert [path.name for path in tmp_path.iterdir()] == ["mine-v1"]
    # Who may read one of them may read all: a package is often one person's to make and a service's to use.
    assert len({path.stat().st_mode for path in spec.folder.iterdir()}) == 1


def test_graphs_of_networks_that_are_not_given_are_taken_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def copied(name: str, network: object, path: Path, precision: str) -> None:
        written.append(path.name)
        path.write_bytes((SHIPPED / path.name).read_bytes())

    monkeypatch.setattr(export, "_write_graph", copied)
    export.main(["--output", str(tmp_path / "mine-v1"), "--reader", str(SHIPPED / "reader.safetensors")])
    assert written == ["reader.onnx", "reader.int8.onnx"]
    mine = tmp_path / "mine-v1"
    assert (mine / "detector.int8.onnx").read_bytes() == (SHIPPED / "detector.int8.onnx").read_bytes()


def test_a_graph_that_fails_the_check_leaves_the_earlier_package_as_it_was(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "mine-v1"
    export.main(["--output", str(output)])
    before = {path.name: path.read_bytes() for path in output.iterdir()}

    def differ(*args: object) -> None:
        raise ModelError("detector, 8 bits, fine: probabilities differ")

    monkeypatch.setattr(export, "check_detector", differ)
    with pytest.raises(ModelError, match="probabilities differ"):
        export.main(["--output", str(output), "--force"])
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine-v1"]


def test_a_package_is_replaced_only_by_force_and_then_whole(tmp_path: Path, quick: None) -> None:
    output = tmp_path / "mine-v1"
    export.main(["--output", str(output)])
    (output / "MODEL_CARD.md").write_text("# kept")
    with pytest.raises(UsageError, match="holds a package already"):
        export.main(["--output", str(output)])
    export.main(["--output", str(output), "--force", "--without-classifier", "--without-int8"])
    assert not list(output.glob("*.int8.onnx"))
    assert not (output / "classifier.onnx").exists()
    assert (output / "MODEL_CARD.md").exists()
    assert load_spec(output).classifier is None


def test_kernels_are_stored_in_half_the_space_and_graphs_are_of_the_same_numbers() -> None:
    network = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3))
    before = {name: value.clone() for name, value in network.state_dict().items()}
    round_kernels(network)
    after = network.state_dict()
    assert torch.equal(after["0.weight"], before["0.weight"].half().float())
    assert not torch.equal(after["0.weight"], before["0.weight"])
    assert all(torch.equal(after[name], before[name]) for name in before if name != "0.weight")


@pytest.mark.parametrize("name", ["detector", "reader", "classifier"])
def test_shipped_kernels_are_float16_and_load_as_float32(name: str) -> None:
    stored = load_file(SHIPPED / f"{name}.safetensors")
    assert {value.dtype for value in stored.values() if value.is_floating_point() and value.dim() > 1} == {
        torch.float16
    }
    loaded = load_weights(SHIPPED / f"{name}.safetensors").values()
    assert {value.dtype for value in loaded if value.is_floating_point()} == {torch.float32}
