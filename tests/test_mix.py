"""How a fine-tuned network is mixed with what it was."""

from collections.abc import Callable

import pytest

pytest.importorskip("torch")

import torch
from torch import nn

from deburn.training.mix import LEAST, SHARES, Losses, along, best_share, mixed


def test_weights_lie_on_the_line_between_and_counters_are_those_learnt() -> None:
    start = {"weight": torch.zeros(2), "steps": torch.tensor(3)}
    learnt = {"weight": torch.full((2,), 4.0), "steps": torch.tensor(7)}
    between = mixed(start, learnt, 0.25)
    assert between["weight"].tolist() == [3.0, 3.0]
    assert between["steps"].item() == 7
    assert learnt["weight"].tolist() == [4.0, 4.0]


def test_a_network_is_measured_along_the_line_and_left_as_it_was() -> None:
    network = nn.Linear(1, 1, bias=False)
    nn.init.constant_(network.weight, 1.0)

    def losses_of(network: nn.Module) -> Losses:
        return Losses(local=float(next(network.parameters())), replay=0.0)

    found = along(network, {"weight": torch.zeros(1, 1)}, losses_of)
    assert {share: losses.local for share, losses in found.items()} == pytest.approx({of: 1 - of for of in found})
    assert found.keys() == {*SHARES, 1.0}
    assert network.weight.item() == 1.0


def curve(local: Callable[[float], float], replay: Callable[[float], float]) -> dict[float, Losses]:
    return {share: Losses(local=local(share), replay=replay(share)) for share in (*SHARES, 1.0)}


def test_the_bend_of_both_curves_is_taken() -> None:
    # Little of the gain is lost up to a half, and most of what was forgotten is known again from there.
    assert best_share(curve(lambda share: 0.1 + 2 * share**3, lambda share: 1 + (1 - share) ** 3)) == 0.5


def test_the_least_is_mixed_where_nothing_was_forgotten_or_learnt() -> None:
    assert best_share(curve(lambda share: share, lambda share: 1 + 0.004 * (1 - share))) == LEAST
    assert best_share(curve(lambda share: 1.0, lambda share: 1.0)) == LEAST


def test_to_be_better_than_before_on_synthetic_pages_does_not_pay_for_what_was_learnt() -> None:
    # All is known again at 0.4; the synthetic pages get easier beyond, while the gain goes.
    assert best_share(curve(lambda share: share, lambda share: 1.6 if share == 1 else 2 - share)) == 0.4
