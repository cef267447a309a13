"""The torch path, on tensors of the CPU; what only a GPU can show is marked `gpu` (``pytest -m gpu``)."""

import numpy as np
import pytest

import deburn
from deburn import PixelFormat
from deburn.model import TextLine, detect, load_spec, open_runner, transcribe
from deburn.model.cells import candidates
from deburn.model.classifier_input import joined
from deburn.model.crops import plan_crops
from deburn.redactor.classifier_features import page_input
from deburn.redactor.demo_font import draw
from deburn.redactor.dicom import Identity
from deburn.redactor.matching import needles_of

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from deburn.errors import ModelError  # noqa: E402
from deburn.model.torch_runner import TorchRunner, fill  # noqa: E402

WORDS = ("WARD 31B", "LAT 12.5 mm", "K 1999-04-02", "GAIN 40 dB")


def pages(count: int = 2, rows: int = 200, columns: int = 304, dtype: type = np.uint16) -> np.ndarray:
    """Dim noise under bright words, at native depth."""
    rng = np.random.default_rng(11)
    top = min(np.iinfo(dtype).max, 4095)
    frames = rng.normal(0.2, 0.02, (count, rows, columns))
    for frame in frames:
        for line, text in enumerate(WORDS):
            ink = draw(text, 14.0)
            y, x = 12 + 45 * line, int(rng.integers(5, columns - ink.shape[1]))
            patch = frame[y : y + ink.shape[0], x : x + ink.shape[1]]
            np.maximum(patch, ink, out=patch)
    return (frames.clip(0, 1) * top).astype(dtype)[..., None]


def runner(**options: object) -> TorchRunner:
    return TorchRunner(load_spec(), **({"device": "cpu"} | options))  # type: ignore[arg-type]


def test_picks_the_same_cells_as_numpy_does() -> None:
    torch_runner = runner()
    handle = torch_runner.upload(pages(3))
    for found, maps in zip(torch_runner.candidates(handle), torch_runner.detect(handle), strict=True):
        wanted = candidates(maps, torch_runner.spec.thresholds.cell)
        assert found.shape == wanted.shape
        assert np.array_equal(found.place, wanted.place)
        assert np.array_equal(found.values, wanted.values)
        assert found.values.dtype == np.uint8
    assert found.place.size or wanted.place.size == 0


def test_finds_and_reads_the_same_lines_as_onnx() -> None:
    frames = pages()
    first, second = (read(one, frames) for one in (runner(), open_runner(device="cpu", threads=1, precision="fp32")))
    assert len(first) >= len(WORDS)
    assert first == second


def read(one, frames) -> list[tuple[object, str]]:
    return [(line.box, line.text) for line in lines_of_text(one, frames)]


def lines_of_text(one, frames) -> list[TextLine]:
    handle = one.upload(frames)
    return transcribe(one, handle, detect(one, handle))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16])
def test_takes_a_tensor_as_it_takes_an_array(dtype: type) -> None:
    one, frames = runner(), pages(1, dtype=dtype)
    from_array, from_tensor = one.upload(frames), one.upload(torch.from_numpy(frames))
    assert from_tensor.dtype == torch.int32
    assert torch.equal(from_array, from_tensor)


def test_a_tensor_that_is_there_already_is_not_copied() -> None:
    frames = torch.from_numpy(pages(1).astype(np.int32))
    assert runner().upload(frames).data_ptr() == frames.data_ptr()


def test_splits_large_batches_without_changing_the_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    one, frames = runner(), pages(3)
    whole = one.detect(one.upload(frames))
    monkeypatch.setattr("deburn.model.torch_runner.BATCH_PIXELS", 200 * 304)
    for parts, maps in zip(one.detect(one.upload(frames)), whole, strict=True):
        assert np.abs(parts.astype(int) - maps).max() <= 1  # of 255: the rounding of a byte


def test_half_precision_moves_the_maps_by_little() -> None:
    exact, half = (one.detect(one.upload(pages(1))) for one in (runner(), runner(precision="bfloat16")))
    difference = np.abs(exact[0][:, :2].astype(int) - half[0][:, :2])
    assert difference.max() > 0  # it was in use
    assert np.percentile(difference, 99) <= 6


DEPTHS = [
    (np.uint8, PixelFormat(photometric="MONOCHROME2", bits_stored=8)),
    (np.uint16, PixelFormat(photometric="MONOCHROME2", bits_stored=12, bits_allocated=16)),
    (np.int16, PixelFormat(photometric="MONOCHROME1", bits_stored=16, signed=True)),
]


def check_tensors(one: TorchRunner, dtype: type, pixel_format: PixelFormat) -> None:
    stored = pages(2, dtype=dtype)[..., 0]
    wanted = deburn.find(stored, pixel_format, runner=one)
    assert len({finding.line for finding in wanted}) >= 2 * len(WORDS)
    tensor = torch.from_numpy(stored).to(one.device)
    for frames in (tensor, list(tensor)):
        assert deburn.find(frames, pixel_format, runner=one) == wanted
    assert [len(found) for found in deburn.find_stream(iter(tensor), pixel_format, runner=one)] == [
        sum(finding.box.frame == frame for finding in wanted) for frame in (0, 1)
    ]


@pytest.mark.parametrize(("dtype", "pixel_format"), DEPTHS)
def test_finds_the_same_in_tensors_of_any_depth(dtype: type, pixel_format: PixelFormat) -> None:
    check_tensors(runner(), dtype, pixel_format)


def gpu() -> TorchRunner:
    if not torch.cuda.is_available():
        pytest.skip("no GPU")
    return runner(device="cuda")


@pytest.mark.gpu
@pytest.mark.parametrize("precision", ["float32", "float16", "bfloat16"])
def test_the_gpu_agrees_with_onnx(precision: str) -> None:
    gpu()
    most = {"float32": 1, "float16": 3, "bfloat16": 12}[precision]
    onnx, other, frames = (
        open_runner(device="cpu", precision="fp32"),
        runner(device="cuda", precision=precision),
        pages(4),
    )
    handles = onnx.upload(frames), other.upload(frames)
    for wanted, found in zip(onnx.detect(handles[0]), other.detect(handles[1]), strict=True):
        assert np.abs(found.astype(int) - wanted).max() <= most
    box = np.array([[5.0, 10.0, 300.0, 30.0]])
    plan = plan_crops(np.array([0]), box, np.array([0]))
    (classes, scores), (other_classes, other_scores) = (
        one.transcribe(handle, plan, 544) for one, handle in zip((onnx, other), handles, strict=True)
    )
    np.testing.assert_allclose(
        scores, other_scores, atol={"float32": 1e-3, "float16": 2e-2, "bfloat16": 1e-1}[precision]
    )
    assert (classes == other_classes)[scores > 0.7].all()


@pytest.mark.gpu
def test_the_gpu_reads_the_same_text_as_onnx() -> None:
    assert [text for _, text in read(gpu(), pages(4))] == [
        text for _, text in read(open_runner(device="cpu", precision="fp32"), pages(4))
    ]


@pytest.mark.gpu
def test_the_compiled_networks_agree_with_the_plain_ones() -> None:
    plain, compiled = gpu(), runner(device="cuda", compiled=True)
    for count, rows in ((4, 200), (2, 333)):
        frames = pages(count, rows=rows)
        for wanted, found in zip(
            plain.detect(plain.upload(frames)), compiled.detect(compiled.upload(frames)), strict=True
        ):
            assert np.abs(found.astype(int) - wanted).max() <= 3


@pytest.mark.gpu
def test_memory_of_the_gpu_does_not_grow_over_many_batches() -> None:
    one, frames = gpu(), pages(8)
    held = []
    for index in range(200):
        read(one, frames)
        if index in (20, 199):
            torch.cuda.synchronize()
            held.append(torch.cuda.memory_allocated())
    assert held[0] == held[1]


@pytest.mark.gpu
@pytest.mark.parametrize(("dtype", "pixel_format"), DEPTHS)
def test_finds_the_same_in_tensors_on_the_gpu(dtype: type, pixel_format: PixelFormat) -> None:
    check_tensors(gpu(), dtype, pixel_format)


@pytest.mark.gpu
@pytest.mark.parametrize("size", [(512, 512), (1024, 1024), (2500, 2048)])
def test_the_gpu_reads_whole_batches_of_large_frames_as_it_reads_one(size: tuple[int, int]) -> None:
    one, frames = gpu(), pages(40_000_000 // (size[0] * size[1]), *size)
    alone = read(one, frames[:1])
    assert [text for _, text in read(one, frames)][: len(alone)] == [text for _, text in alone]


@pytest.mark.gpu
def test_the_gpu_judges_as_onnx_does() -> None:
    onnx, other = open_runner(device="cpu", threads=1, precision="fp32"), gpu()
    lines = [line for line in lines_of_text(onnx, pages(1)) if line.text]
    given = page_input(lines, needles_of(Identity()), onnx.spec.classifier.characters)
    for asked in (given, joined([given, given, given])):
        np.testing.assert_allclose(other.classify(asked), onnx.classify(asked), atol=1e-3)


@pytest.mark.gpu
def test_a_tensor_on_the_gpu_stays_there() -> None:
    one = gpu()
    frames = torch.from_numpy(pages(2).astype(np.int32)).cuda()
    assert one.upload(frames).data_ptr() == frames.data_ptr()


def test_weights_of_other_layers_are_one_line() -> None:
    with pytest.raises(ModelError, match=r"^mine has other layers than this version of deburn builds; [^\n]*$"):
        fill(torch.nn.Linear(2, 3), torch.nn.Linear(3, 2).state_dict(), "mine")
