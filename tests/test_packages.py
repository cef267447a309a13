import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from deburn.errors import ModelError
from deburn.model.packages import TOLERANCES, check_alike, check_read, packages_in, shipped_packages, verify_package
from deburn.weights import DEFAULT, FOLDER


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER / DEFAULT, tmp_path / "mine-v1"))


def rehash(package: Path, name: str) -> None:
    """Write the hash of a changed file into the manifest, as somebody who damages on purpose would."""
    manifest = json.loads((package / "manifest.json").read_text())
    manifest["sha256"][name] = sha256((package / name).read_bytes()).hexdigest()
    (package / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("folder", shipped_packages(), ids=lambda folder: folder.name)
def test_what_ships_is_whole(folder: Path) -> None:
    assert verify_package(folder).name == folder.name


@pytest.mark.parametrize("name", ["classifier.onnx", "detector.safetensors", "golden.npz"])
def test_one_changed_bit_is_found_in_any_file(package: Path, name: str) -> None:
    data = bytearray((package / name).read_bytes())
    data[len(data) // 3] ^= 4
    (package / name).write_bytes(data)
    with pytest.raises(ModelError, match=f"{name} has SHA-256"):
        verify_package(package)


def test_a_missing_file_is_found(package: Path) -> None:
    (package / "reader.safetensors").unlink()
    with pytest.raises(ModelError, match=r"reader\.safetensors cannot be read"):
        verify_package(package)


def test_weights_that_the_manifest_does_not_know_are_refused(package: Path) -> None:
    (package / "detector.pt").write_bytes(b"")
    with pytest.raises(ModelError, match=r"detector\.pt is not in the package's manifest\.json"):
        verify_package(package)


def test_a_graph_that_is_none_is_refused_in_one_line(package: Path) -> None:
    (package / "reader.onnx").write_bytes(b"no graph")
    rehash(package, "reader.onnx")
    with pytest.raises(ModelError, match=r"reader\.onnx cannot be opened by ONNX Runtime") as caught:
        verify_package(package)
    assert "\n" not in str(caught.value)


def test_networks_with_other_outputs_than_their_golden_ones_are_refused(package: Path) -> None:
    with np.load(package / "golden.npz") as arrays:
        golden = dict(arrays)
    golden["scores"] = golden["scores"] - np.float32(0.01)
    np.savez_compressed(package / "golden.npz", **golden)
    rehash(package, "golden.npz")
    with pytest.raises(ModelError, match=r"reader: probabilities differ by 0\.01 at most"):
        verify_package(package)


def test_nothing_is_unpickled(package: Path) -> None:
    class Trap:
        def __reduce__(self):
            return (Path.touch, (package / "sprung",))

    np.savez(package / "golden.npz", stored=np.array([Trap()], object))
    rehash(package, "golden.npz")
    with pytest.raises(ModelError, match="holds something else than arrays"):
        verify_package(package)
    assert not (package / "sprung").exists()


def test_a_file_that_is_no_archive_of_arrays_is_refused(package: Path) -> None:
    with zipfile.ZipFile(package / "golden.npz", "w") as archive:
        archive.writestr("other.txt", "text")
    rehash(package, "golden.npz")
    with pytest.raises(ModelError, match="lacks stored"):
        verify_package(package)


def test_an_unknown_precision_is_refused(package: Path) -> None:
    manifest = json.loads((package / "manifest.json").read_text())
    (package / "manifest.json").write_text(json.dumps(manifest | {"precision": "int3"}))
    with pytest.raises(ModelError, match="not a manifest that this version"):
        verify_package(package)


def test_finds_the_packages_of_a_folder(package: Path) -> None:
    assert packages_in(package) == packages_in(package.parent) == (package,)


def test_not_a_number_is_not_alike() -> None:
    wanted, found = np.zeros((2, 3), np.float32), np.full((2, 3), np.nan, np.float32)
    for tolerance in TOLERANCES.values():
        with pytest.raises(ModelError, match="probabilities differ by nan"):
            check_alike("reader", found, wanted, tolerance)


def test_another_class_counts_only_where_the_network_is_confident() -> None:
    scores = np.array([[0.9, 0.5]], np.float32)
    check_read("reader", np.array([[3, 1]], np.int32), np.array([[3, 2]], np.int32), scores, TOLERANCES["fp32"])
    with pytest.raises(ModelError, match=r"0\.0% of the confident steps"):
        check_read("reader", np.array([[4, 1]], np.int32), np.array([[3, 1]], np.int32), scores, TOLERANCES["fp32"])
