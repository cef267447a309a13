"""Where a training runs: one process, or one for each device under torchrun."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

import torch
import torch.distributed as distributed
from torch import Tensor, nn


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A process among those that train one network together.

    Attributes
    ----------
    device : str
        Of this process, as torch names it.
    rank, world : int
        Its number, and how many there are; 0 of 1 without torchrun.
    """

    device: str
    rank: int
    world: int

    @property
    def first(self) -> bool:
        """Whether this process writes what all share: checkpoints, log lines, events."""
        return self.rank == 0


def first_process() -> bool:
    """Tell whether this process writes what all share, also before it has taken its place."""
    return os.environ.get("RANK", "0") == "0"


def take_place(device: str) -> Place:
    """Return this process's place, and join the others where torchrun started several.

    torchrun says who is who in the environment (RANK, WORLD_SIZE, LOCAL_RANK); GPUs talk by NCCL, CPUs by Gloo.
    """
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        return Place(device=device, rank=0, world=1)
    local = f"cuda:{os.environ['LOCAL_RANK']}" if device.startswith("cuda") else device
    if local.startswith("cuda"):
        torch.cuda.set_device(local)
    if not distributed.is_initialized():
        distributed.init_process_group("nccl" if local.startswith("cuda") else "gloo")
    return Place(device=local, rank=distributed.get_rank(), world=world)


def leave(place: Place) -> None:
    """Part from the other processes; without this NCCL complains at exit."""
    if place.world > 1:
        distributed.destroy_process_group()


def agree(place: Place, progress: float) -> float:
    """Return the first process's progress: by clocks of their own some would stop while others wait for them."""
    if place.world == 1:
        return progress
    shared = torch.tensor([progress], dtype=torch.float64, device=place.device)
    distributed.broadcast(shared, src=0)
    return float(shared.item())


def share_gradients(place: Place, parameters: Iterable[nn.Parameter]) -> None:
    """Replace each gradient by its mean over the processes, all in one message: the networks are small."""
    if place.world == 1:
        return
    gradients = [_gradient(parameter) for parameter in parameters]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= place.world
    start = 0
    for gradient in gradients:
        gradient.copy_(flat[start : start + gradient.numel()].view_as(gradient))
        start += gradient.numel()


def mixed_precision(device: str) -> torch.autocast:
    """Return the context in which a network computes in bfloat16, where the device has units for it.

    GPUs have, and processors with AVX-512 BF16 or AMX; on others bfloat16 takes several times as long as float32.
    """
    kind = torch.device(device).type
    return torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda" or (kind == "cpu" and _bfloat16_units()))


def _bfloat16_units() -> bool:
    # Not known to older versions of torch: float32 then.
    capabilities: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(capabilities.get(name) for name in ("avx512_bf16", "amx_bf16"))


def _gradient(parameter: nn.Parameter) -> Tensor:
    # A page without text teaches the reader nothing; the others wait for its message nevertheless.
    if parameter.grad is None:
        parameter.grad = torch.zeros_like(parameter)
    return parameter.grad
