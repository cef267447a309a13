"""Several processes that train one network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch

from deburn.training.devices import Place, agree, mixed_precision, share_gradients, take_place
from deburn.training.stream import page_numbers

_PROCESS = """
import sys, torch
from deburn.training.devices import agree, leave, share_gradients, take_place
place = take_place("cpu")
layer = torch.nn.Linear(2, 1)
if place.rank == 0:
    layer(torch.full((1, 2), 3.0)).sum().backward()
else:
    layer.weight.grad = torch.full((1, 2), 5.0)
share_gradients(place, layer.parameters())
torch.save({"weight": layer.weight.grad, "bias": layer.bias.grad, "progress": agree(place, 0.25 + place.rank / 2)},
           f"{sys.argv[1]}/{place.rank}.pt")
leave(place)
"""


def test_two_processes_share_their_gradients_and_the_first_ones_clock(tmp_path: Path) -> None:
    script = tmp_path / "process.py"
    script.write_text(_PROCESS)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)]
    subprocess.run([*command, str(tmp_path)], check=True, timeout=300, env={**os.environ, "OMP_NUM_THREADS": "1"})
    one, other = (torch.load(tmp_path / f"{rank}.pt", weights_only=True) for rank in (0, 1))
    assert one["weight"].tolist() == other["weight"].tolist() == [[4.0, 4.0]]
    assert one["bias"].tolist() == other["bias"].tolist() == [0.5]
    assert one["progress"] == other["progress"] == 0.25


def test_a_process_alone_keeps_its_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    place = take_place("cpu")
    layer = torch.nn.Linear(2, 1)
    layer(torch.full((1, 2), 3.0)).sum().backward()
    share_gradients(place, layer.parameters())
    assert layer.weight.grad is not None
    assert layer.weight.grad.tolist() == [[3.0, 3.0]]
    assert agree(place, 0.5) == 0.5
    assert place.first


def test_processes_draw_different_pages() -> None:
    drawn = []
    for rank in range(3):
        numbers = page_numbers(10, Place(device="cpu", rank=rank, world=3))
        drawn += [next(numbers) for _ in range(4)]
    assert sorted(drawn) == list(range(10, 22))


@pytest.mark.parametrize(
    ("units", "dtype"), [((), torch.float32), (("avx512_bf16",), torch.bfloat16), (("avx2",), torch.float32)]
)
def test_half_precision_on_processors_that_have_units_for_it(
    units: tuple[str, ...], dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: dict.fromkeys(units, True), raising=False)
    with mixed_precision("cpu"):
        assert torch.nn.functional.linear(torch.ones(2, 3), torch.ones(4, 3)).dtype == dtype


def test_an_older_torch_that_does_not_know_its_processor_computes_in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    with mixed_precision("cpu"):
        assert not torch.is_autocast_enabled("cpu")
