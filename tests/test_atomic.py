"""Files appear under their name complete, or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from deburn.redactor.dicom.atomic import atomic_file


def test_until_it_is_complete_a_file_has_another_name_and_is_private(tmp_path: Path) -> None:
    target = tmp_path / "target"
    with atomic_file(target, 0o644) as part:
        part.file.write(b"content")
        part.file.flush()
        assert not target.exists()
        assert part.path.parent == tmp_path
        assert part.path.name.startswith(".")
        assert part.path.name.endswith(".part")
        assert stat.S_IMODE(part.path.stat().st_mode) == 0o600
    assert target.read_bytes() == b"content"
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert os.listdir(tmp_path) == ["target"]


def test_an_error_leaves_nothing_behind_and_the_old_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _break_off(target)
    assert os.listdir(tmp_path) == ["target"]
    assert target.read_bytes() == b"old"


def _break_off(target: Path) -> None:
    with atomic_file(target) as part:
        part.file.write(b"new")
        raise KeyboardInterrupt


def test_a_name_that_is_taken_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda length: "taken")
    (tmp_path / "victim").write_bytes(b"precious")
    (tmp_path / ".taken.part").symlink_to(tmp_path / "victim")
    with pytest.raises(FileExistsError), atomic_file(tmp_path / "target"):
        pass
    assert (tmp_path / "victim").read_bytes() == b"precious"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_file(tmp_path / "absent" / "target"):
        pass


def test_a_file_is_put_on_the_disk_while_it_is_checked_and_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    with atomic_file(tmp_path / "target") as part:
        part.file.write(b"content")
        part.settle()
        part.join()
        assert synced == [len(b"content")]
        assert not (tmp_path / "target").exists()
    assert (tmp_path / "target").read_bytes() == b"content"


def test_a_disk_that_fails_while_the_file_is_checked_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"), atomic_file(tmp_path / "target") as part:
        part.settle()
    assert os.listdir(tmp_path) == []
