"""Mix what a network has learned with the weights it began with, so that it forgets less.

On the straight line between a network and what fine-tuning made of it, most of what was learned and most of what was
known before are there at once (WiSE-FT: Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

State = Mapping[str, Tensor]
# Of the weights it began with, that are tried.
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
# At least so much of them stays: what a device unlike the synthetic pages and unlike one's own shows, neither measures.
LEAST = 0.3
# A loss that rose by less than this part of itself is no forgetting: it is within what other pages would give.
_NOISE = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What a network loses on pages that it does not learn from.

    Attributes
    ----------
    local : float
        On a site's own that are held back.
    replay : float
        On synthetic ones, always the same.
    """

    local: float
    replay: float


def mixed(start: State, learnt: State, share: float) -> dict[str, Tensor]:
    """Return weights between those at the start, by `share` in [0, 1], and those learnt."""
    return {
        name: torch.lerp(value, start[name].to(value), share) if value.is_floating_point() else value.clone()
        for name, value in learnt.items()
    }


def worth(losses: Losses, start: Losses, learnt: Losses) -> float:
    """Return the share of the gain that weights keep, and the share of the forgetting that they undo, added up.

    Both count alike, so nothing has to be set; more of what was known before never counts for more than all of it.
    """
    kept = (start.local - losses.local) / max(start.local - learnt.local, 1e-9)
    forgotten = learnt.replay - start.replay
    if forgotten <= _NOISE * start.replay:
        return kept
    return kept + min(1.0, (learnt.replay - losses.replay) / forgotten)


def along(network: nn.Module, start: State, losses_of: Callable[[nn.Module], Losses]) -> dict[float, Losses]:
    """Return what is lost at each of `SHARES` and at 1; the network is left as it was.

    Parameters
    ----------
    network : nn.Module
        With the weights that it has learnt, in evaluation mode.
    start : mapping of str to Tensor
        Those that it began with.
    losses_of : callable
        From the network to what it loses.
    """
    learnt = {name: value.clone() for name, value in network.state_dict().items()}
    found = {}
    for share in (*SHARES, 1.0):
        network.load_state_dict(mixed(start, learnt, share))
        with torch.inference_mode():
            found[share] = losses_of(network)
    network.load_state_dict(learnt)
    return found


def best_share(found: Mapping[float, Losses]) -> float:
    """Return the share of the first weights, `LEAST` or more, that is worth most, of what `along` returns."""
    tried = [share for share in SHARES if share >= LEAST]
    return max(tried, key=lambda share: worth(found[share], found[1.0], found[0.0]))
