"""Checkpoints are written whole or not at all."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("resource")

import resource

import torch

from deburn.errors import DeburnError
from deburn.training.schedule import load_weights, write_state


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let this process write no longer file: to the writer that looks as if the disk were full."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_said_in_one_line_and_the_earlier_checkpoint_stays(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    for earlier in ("there is no earlier one", "the earlier one is intact"):
        with files_of_at_most(100_000), pytest.raises(DeburnError, match=earlier) as caught:
            write_state(path, {"average": {"weight": torch.zeros(1_000_000)}})
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
        if not path.exists():
            write_state(path, {"average": {"weight": torch.ones(3)}})
    assert load_weights(path)["weight"].tolist() == [1, 1, 1]
    assert list(tmp_path.iterdir()) == [path], "nothing is left behind"


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeburnError, match=r"gone.checkpoint\.pt cannot be written"):
        write_state(tmp_path / "gone" / "checkpoint.pt", {"step": 1})
