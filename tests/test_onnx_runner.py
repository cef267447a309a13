import numpy as np
import onnxruntime
import pytest

from deburn.errors import MissingExtraError, ModelError
from deburn.model import load_spec, onnx_runner, open_runner
from deburn.model.onnx_runner import CPU, OnnxRunner
from deburn.weights import DEFAULT


def test_runs_on_the_providers_that_it_is_given() -> None:
    options = {"arena_extend_strategy": "kSameAsRequested"}
    frames = np.zeros((1, 64, 64, 1), np.uint16)
    for providers in ([CPU], [(CPU, options)]):
        runner = open_runner(providers=providers, threads=1)
        assert isinstance(runner, OnnxRunner)
        assert runner.detect(runner.upload(frames))[0].shape == (1, 6, 32, 32)


def test_takes_int8_on_a_processor_and_what_it_is_told_to_take(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(onnx_runner, "_session", lambda spec, name, options, providers: opened.append(name))
    spec = load_spec()
    for options in ({}, {"precision": "int8"}, {"precision": "fp32"}, {"providers": ["CUDAExecutionProvider", CPU]}):
        monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", CPU])
        OnnxRunner(spec, **options)  # type: ignore[arg-type]
    quick, own = ("detector.int8.onnx", "reader.int8.onnx"), ("detector.onnx", "reader.onnx")
    assert opened == [name for pair in (quick, quick, own, own) for name in (*pair, "classifier.onnx")]


def test_a_precision_that_the_package_has_not_is_an_error_that_names_those_it_has() -> None:
    with pytest.raises(ModelError, match=f"{DEFAULT} has no detector in fp16, only in fp32 and int8"):
        open_runner(device="cpu", precision="fp16")


@pytest.mark.parametrize("provider", ["TensorrtExecutionProvider", "CUDAExecutionProvider"])
def test_a_provider_that_is_not_installed_is_an_error_that_names_the_package(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CPU])
    with pytest.raises(MissingExtraError, match=f"{provider} is not in this onnxruntime.*pip install onnxruntime-gpu"):
        open_runner(providers=[provider, CPU])


def test_no_provider_is_an_error() -> None:
    with pytest.raises(MissingExtraError, match="no provider is not in this onnxruntime"):
        open_runner(providers=[])


def test_a_provider_that_falls_back_to_the_processor_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """ONNX Runtime itself only prints a warning, and everything would be slow."""
    real = onnxruntime.InferenceSession
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["TensorrtExecutionProvider", CPU])
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda graph, options, providers: real(graph, options, [CPU]))
    with pytest.raises(MissingExtraError, match="TensorrtExecutionProvider does not start here"):
        OnnxRunner(load_spec(), providers=["TensorrtExecutionProvider", CPU])


def test_what_a_large_frame_took_is_given_back_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = open_runner(device="cpu", threads=1)
    frames = np.random.default_rng(1).integers(0, 4000, (1, 600, 640, 1), np.uint16)
    kept = runner.detect(runner.upload(frames))
    given_back: list[None] = []
    options = onnx_runner._giving_back
    monkeypatch.setattr(onnx_runner, "_giving_back", lambda: given_back.append(None) or options())
    monkeypatch.setattr(onnx_runner, "KEPT_PIXELS", 600 * 640 - 1)
    for before, after in zip(kept, runner.detect(runner.upload(frames)), strict=True):
        assert np.array_equal(before, after)
    assert given_back
