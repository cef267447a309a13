"""Verifying folders: pairs by name, and the manifest checked against both."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import fakes
import pytest
from click.testing import CliRunner
from test_verify import BOXES, dataset, store

from deburn import ModelError, Policy, UsageError
from deburn.redactor.cli import cli
from deburn.redactor.dicom import mask_to_file, open_file
from deburn.redactor.verdicts import as_line, verify_all


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two originals, one of them in a folder, redacted with a manifest; a third one quarantined."""
    original, redacted = tmp_path / "in", tmp_path / "out"
    lines = []
    for name in ("a.dcm", "deep/b.dcm"):
        for folder in (original, redacted):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        source = store(dataset(), original / name)
        mask_to_file(open_file(source), BOXES, redacted / name, policy=Policy())
        lines.append(line(name, source, redacted / name))
    (original / "c.dcm").write_bytes(b"damaged")
    lines.append({"kind": "file", "path": "c.dcm", "state": "quarantined", "boxes": []})
    lines[-1] |= {"source_sha256": None, "target_sha256": None}
    write(redacted, [{"kind": "run"}, *lines])
    return original, redacted


def line(name: str, source: Path, target: Path) -> dict[str, object]:
    return {
        "kind": "file",
        "path": name,
        "state": "redacted",
        "boxes": [[box.frame, box.x0, box.y0, box.x1, box.y1] for box in BOXES],
        "source_sha256": sha256(source.read_bytes()).hexdigest(),
        "target_sha256": sha256(target.read_bytes()).hexdigest(),
    }


def write(redacted: Path, lines: list[dict[str, object]]) -> None:
    (redacted / "manifest.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in lines))


def failures(original: Path, redacted: Path) -> dict[str, tuple[str, ...]]:
    return {name: verdict.failures for name, verdict in verify_all(original, redacted)}


def test_passes_every_file_of_a_run(folders: tuple[Path, Path]) -> None:
    assert failures(*folders) == {"a.dcm": (), "deep/b.dcm": ()}


def test_verifies_two_files_by_the_manifest_beside_them(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    ((name, verdict),) = verify_all(original / "a.dcm", redacted / "a.dcm")
    assert (name, verdict.passed, verdict.reported, verdict.boxes) == ("a.dcm", True, True, BOXES)


def test_works_without_a_manifest(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    (redacted / "manifest.jsonl").unlink()
    verdicts = dict(verify_all(original, redacted))
    assert all(verdict.passed and not verdict.reported for verdict in verdicts.values())
    assert len(verdicts) == 2


def test_fails_what_the_manifest_contradicts(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    shutil.copy(redacted / "a.dcm", redacted / "c.dcm")
    shutil.copy(redacted / "a.dcm", redacted / "d.dcm")
    shutil.move(redacted / "deep" / "b.dcm", original / "moved.dcm")
    shutil.copy(redacted / "a.dcm", original / "a.dcm")
    found = failures(original, redacted)
    assert found["a.dcm"][-1] == "the original is not the file that was redacted, by its SHA-256"
    assert found["c.dcm"][-1] == "the manifest says that it was quarantined"
    assert found["d.dcm"] == ("the manifest does not list it",)
    assert found["deep/b.dcm"] == ("the manifest lists it, but it is not there",)


def test_fails_a_file_without_original(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    (original / "a.dcm").unlink()
    assert failures(original, redacted)["a.dcm"] == ("there is no original of this name",)


def test_fails_links_and_unfinished_files(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    (redacted / "link.dcm").symlink_to(original / "a.dcm")
    (redacted / ".0123456789abcdef.part").write_bytes(b"half")
    found = failures(original, redacted)
    assert found.keys() == {"a.dcm", "deep/b.dcm", "link.dcm", ".0123456789abcdef.part"}
    assert found["link.dcm"]
    assert found[".0123456789abcdef.part"]


@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "file"}', '{"kind": "file", "path": "../x", "boxes": []}'])
def test_refuses_a_manifest_that_it_cannot_read(folders: tuple[Path, Path], text: str) -> None:
    original, redacted = folders
    (redacted / "manifest.jsonl").write_text(text)
    with pytest.raises(UsageError, match="line 1"):
        failures(original, redacted)


def test_refuses_a_file_and_a_folder(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    with pytest.raises(UsageError, match="two files or two folders"):
        failures(original, redacted / "a.dcm")


def test_verdicts_are_json(folders: tuple[Path, Path]) -> None:
    ((name, verdict), _) = verify_all(*folders)
    read = json.loads(json.dumps(as_line(name, verdict)))
    assert (read["path"], read["passed"], read["boxes"][0]) == ("a.dcm", True, [0, 5, 4, 30, 12])
    assert read["changes"][0].keys() == {"path", "change", "allowed"}


def test_command_tells_and_exits_by_the_verdicts(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    done = CliRunner().invoke(cli, ["verify", str(original), str(redacted), "--no-text"])
    assert (done.exit_code, done.output) == (0, "a.dcm: passed\ndeep/b.dcm: passed\n2 passed, 0 failed\n")
    (redacted / "a.dcm").write_bytes(b"damaged")
    done = CliRunner().invoke(cli, ["verify", str(original), str(redacted), "--no-text", "--json"])
    first, second, summary = map(json.loads, done.output.splitlines())
    assert done.exit_code == 1
    assert (first["path"], first["passed"], second["passed"]) == ("a.dcm", False, True)
    assert summary == {"kind": "summary", "passed": 1, "failed": 1}


def test_a_file_that_kills_its_decoder_fails_and_the_others_are_verified(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    (redacted / "manifest.jsonl").unlink()
    image = dataset()
    image.PixelData = bytes([fakes.CRASH]) + image.PixelData[1:]
    for folder in folders:
        store(image, folder / "a.dcm")
    verdicts = dict(verify_all(original, redacted, open_runner=fakes.open_fake, workers=2))
    assert verdicts["a.dcm"].failures == ("processing ended by signal SIGABRT",)
    assert verdicts["deep/b.dcm"].passed
    assert verdicts["deep/b.dcm"].text_examined


def test_an_unforeseen_error_fails_a_file_and_quotes_nothing(folders: tuple[Path, Path]) -> None:
    original, redacted = folders
    image = dataset()
    image.PixelData = bytes([fakes.RAISE]) + image.PixelData[1:]
    for folder in folders:
        store(image, folder / "a.dcm")
    found = dict(verify_all(original / "a.dcm", redacted / "a.dcm", open_runner=fakes.open_fake))
    assert found["a.dcm"].failures[0] == "verifying failed unexpectedly: ValueError"


def test_networks_that_cannot_be_opened_are_told_once(folders: tuple[Path, Path]) -> None:
    with pytest.raises(ModelError, match="damaged"):
        list(verify_all(*folders, open_runner=fakes.open_damaged))
