"""Check model packages: every byte by its hash, and the networks by the outputs that they are known for."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..weights import FOLDER
from .classifier_input import ClassifierInput
from .spec import MANIFEST, ModelSpec, Precision, graph_of, load_spec, member

if TYPE_CHECKING:
    from .onnx_runner import OnnxRunner

GOLDEN = "golden.npz"
# What holds weights or arrays; another file of such a kind beside the manifest's is none of the package.
_KINDS = (".onnx", ".safetensors", ".npz", ".data", ".pt", ".pth", ".ckpt", ".bin", ".pkl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far a graph's outputs may be from those of the float32 network.

    Attributes
    ----------
    most : float
        Largest difference of a probability.
    usual : float
        Largest mean difference of the probabilities of a batch.
    alike : float
        Least share of the steps read with some confidence whose best class is the same.
    """

    most: float
    usual: float
    alike: float


# float16 has 11 bits of mantissa, int8 a scale per channel: what `deburn export` measures on small-v2, with some room.
TOLERANCES: dict[Precision, Tolerance] = {
    "fp32": Tolerance(most=1e-3, usual=1e-5, alike=1.0),
    "fp16": Tolerance(most=0.1, usual=2e-3, alike=0.99),
    "int8": Tolerance(most=1.0, usual=0.02, alike=0.9),
}
# A byte of the maps codes a probability; its rounding may fall to either side.
_BYTE = 1 / 255
# Of a reading below this, a difference within the tolerance may turn the best class.
_CONFIDENT = 0.6


def shipped_packages() -> tuple[Path, ...]:
    """Give the folders of the packages that ship."""
    return tuple(sorted(path.parent for path in FOLDER.glob(f"*/{MANIFEST}")))


def packages_in(folder: Path) -> tuple[Path, ...]:
    """Give the packages of a folder: itself, if it is one, or those right in it."""
    if (folder / MANIFEST).is_file():
        return (folder,)
    return tuple(sorted(path.parent for path in folder.glob(f"*/{MANIFEST}")))


def verify_package(model: Path | str) -> ModelSpec:
    """Check a package whole and give its facts. Nothing of it is unpickled.

    Raises
    ------
    ModelError
        A file is missing, has another hash or is not in the manifest; a graph cannot be opened; or the networks do
        not give their golden outputs.
    """
    spec = load_spec(model)
    for name in spec.hashes:
        member(spec, name)
    for path in sorted(spec.folder.iterdir()):
        if path.suffix in _KINDS and path.name not in spec.hashes:
            raise ModelError(f"{path} is not in the package's {MANIFEST}; remove it, or reinstall the package")
    _check_golden(spec, _golden(spec))
    return spec


def check_alike(what: str, found: NDArray[np.float32], wanted: NDArray[np.float32], tolerance: Tolerance) -> None:
    """Raise unless probabilities are as near to those of the float32 network as their precision allows.

    Raises
    ------
    ModelError
        They are not, or they are of another shape.
    """
    if found.shape != wanted.shape:
        raise ModelError(f"{what}: the graph gives an output of shape {found.shape}, expected {wanted.shape}")
    apart = np.abs(found.astype(np.float64) - wanted)
    # Written so that not-a-number fails.
    if apart.size and not (apart.max() <= tolerance.most and apart.mean() <= tolerance.usual):
        raise ModelError(
            f"{what}: probabilities differ by {apart.max():.2g} at most and {apart.mean():.2g} on average; "
            f"expected at most {tolerance.most:.2g} and {tolerance.usual:.2g}"
        )


def check_read(
    what: str,
    found: NDArray[np.int32],
    wanted: NDArray[np.int32],
    scores: NDArray[np.float32],
    tolerance: Tolerance,
) -> None:
    """Raise unless the classes are those of the float32 network wherever that one is confident.

    Raises
    ------
    ModelError
        They are not.
    """
    sure = scores > _CONFIDENT
    share = float((found == wanted)[sure].mean()) if sure.any() else 1.0
    if not share >= tolerance.alike:
        raise ModelError(
            f"{what}: {share:.1%} of the confident steps have the same class; expected {tolerance.alike:.0%}"
        )


def _golden(spec: ModelSpec) -> dict[str, NDArray[Any]]:
    member(spec, GOLDEN)
    try:
        with np.load(spec.folder / GOLDEN, allow_pickle=False) as arrays:
            return dict(arrays)
    except (ValueError, OSError):
        raise ModelError(f"{spec.folder / GOLDEN} holds something else than arrays; reinstall the package") from None


def _check_golden(spec: ModelSpec, golden: dict[str, NDArray[Any]]) -> None:
    """Run the networks on the inputs that the package carries."""
    from .onnx_runner import OnnxRunner  # half a second that listing packages does not need

    try:
        kinds: tuple[Precision, ...] = (spec.precision, "int8")
        for kind in dict.fromkeys(kind for kind in kinds if graph_of(spec, "detector", kind)):
            _compare_golden(spec, golden, OnnxRunner(spec, threads=1, precision=kind), kind)
    except KeyError as error:
        raise ModelError(f"{spec.folder / GOLDEN} lacks {error.args[0]}; reinstall the package") from None


def _compare_golden(
    spec: ModelSpec, golden: dict[str, NDArray[Any]], runner: "OnnxRunner", precision: Precision
) -> None:
    tolerance, handle = TOLERANCES[precision], runner.upload(golden["stored"].astype(np.int32))
    bytewise = Tolerance(most=tolerance.most + _BYTE, usual=tolerance.usual + _BYTE / 2, alike=tolerance.alike)
    for name, maps in zip(("fine", "coarse"), runner.detect(handle), strict=True):
        found, wanted = (_probabilities(value) for value in (maps, golden[name]))
        check_alike(f"{spec.name}: {name} maps", found, wanted, bytewise)
    plan = golden["lines"].astype(np.float32)
    classes, scores = runner.transcribe(handle, plan, len(golden["columns"]))
    wanted_scores = golden["scores"].astype(np.float32)
    check_alike(f"{spec.name}: reader", scores, wanted_scores, tolerance)
    check_read(f"{spec.name}: reader", classes, golden["classes"].astype(np.int32), wanted_scores, tolerance)
    if spec.classifier is not None:
        pages = ClassifierInput(**{field.name: golden[f"classifier_{field.name}"] for field in fields(ClassifierInput)})
        probabilities = golden["classifier_probabilities"].astype(np.float32)
        check_alike(f"{spec.name}: classifier", runner.classify(pages), probabilities, tolerance)


def _probabilities(maps: NDArray[Any]) -> NDArray[np.float32]:
    """Give the probabilities of text maps, which code them as bytes; distances are not compared."""
    scores: NDArray[np.float32] = maps[:, :2].astype(np.float32) / np.float32(255)
    return scores
