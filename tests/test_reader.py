"""What the reader's network makes of the classes of its alphabet."""

import pytest

torch = pytest.importorskip("torch")

from deburn.model.reader import Reader  # noqa: E402

PLAN = torch.tensor([[0.0, 2.0, 2.0, 0.5, 0.0, 0.0, 0.5, 32.0]])


@torch.inference_mode()
def test_the_cases_of_a_letter_share_what_is_certain() -> None:
    """One bias for each class makes every step say the same, whatever the crop holds."""
    reader = Reader("Ss5é").eval()
    shares = torch.tensor([0.04, 0.40, 0.36, 0.15, 0.05])
    torch.nn.init.zeros_(reader.transcriber.classes.weight)
    said = {}
    for most in ("S", "5", "é"):
        chosen = shares.clone()
        chosen[1 + "Ss5é".index(most)] += 1
        chosen /= chosen.sum()
        reader.transcriber.classes.bias.copy_(chosen.log().repeat(2))
        best, probability = reader(torch.zeros(1, 20, 40, 1, dtype=torch.int32), PLAN, torch.arange(32.0))
        assert set(best.flatten().tolist()) == {1 + "Ss5é".index(most)}
        said[most] = 2 * probability.flatten()[0].item()
    assert said["S"] == pytest.approx(1.40 + 0.36)
    assert said["5"] == pytest.approx(1.15)
    assert said["é"] == pytest.approx(1.05)
