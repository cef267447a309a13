"""Train the classifier: ``python -m deburn.training.train_classifier --output runs/classifier``."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.utils.data import IterableDataset

from ..model.categories import CATEGORIES, IDENTIFYING
from ..model.classifier import Classifier, deepened, depth_of
from ..model.classifier_input import ClassifierInput, joined
from ..redactor.classifier_features import page_input
from ..redactor.matching import needles_of
from .classifier_pages import draw_labelled_page
from .devices import Place, mixed_precision
from .draws import pick
from .loop import Part, Recipe, train
from .schedule import load_weights
from .settings import add_settings, settings_of
from .stream import in_batches, page_numbers
from .strings import ALPHABET
from .worlds import training_world

Sample = tuple[ClassifierInput, tuple[NDArray[np.int64], ...]]
Batch = tuple[tuple[Tensor, ...], Tensor]
# Drawing a page costs three times what learning from it does: each comes back, out of the latest of them.
REPEATS, MEMORY = 2, 4000
# Of a classifier that is trained from nothing, or deepened.
DEPTH = {"layers": 3, "before": 6, "after": 4}


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train classifier", description=__doc__)
    add_settings(parser, batch=24, rate=2e-3, seed=3)  # a page has about seventeen lines
    parser.add_argument("--deepen", action="store_true", help="add the blocks that the weights of --start-from lack")
    return parser


class LabelledStream(IterableDataset[Sample]):
    """Pages number `start`, `start` + 1, ..., and each of them twice more on average, since drawing is dear.

    Page i depends on the seed and i alone, whoever draws it.
    """

    def __init__(self, *, seed: int, start: int, place: Place) -> None:
        self.seed, self.start, self.place = seed, start, place

    def __iter__(self) -> Iterator[Sample]:
        """Yield the pages of this worker, as the classifier sees them."""
        memory: dict[int, Sample] = {}
        for drawn, index in enumerate(page_numbers(self.start, self.place)):
            rng = np.random.default_rng([self.seed, index])
            page = draw_labelled_page(rng, training_world())
            sample = page_input(page.lines, needles_of(page.identity), ALPHABET), page.labels
            yield sample
            memory[drawn % MEMORY] = sample
            for _ in range(REPEATS):
                yield memory[pick(rng, tuple(memory))]


def collate(samples: list[Sample]) -> Batch:
    """Return a batch of pages as tensors, and the class of each character."""
    pages = joined([sample for sample, _ in samples])
    wanted = np.concatenate([row for _, labels in samples for row in labels])
    return tuple(map(torch.from_numpy, pages.arrays().values())), torch.from_numpy(wanted)


def losses(logits: Tensor, wanted: Tensor) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Return the parts of the loss, and what shares of characters are leaked and lost at even odds.

    What a character is counts less than whether it identifies, so the second has a loss of its own.
    """
    identifies = (wanted < len(IDENTIFYING)).float()
    odds = logits[:, : len(IDENTIFYING)].logsumexp(dim=1) - logits[:, len(IDENTIFYING) :].logsumexp(dim=1)
    parts = {
        "category": functional.cross_entropy(logits, wanted),
        "identifies": functional.binary_cross_entropy_with_logits(odds, identifies),
    }
    masked = (odds.detach() > 0).float()
    leaked = (identifies * (1 - masked)).sum() / identifies.sum().clamp(min=1)
    lost = ((1 - identifies) * masked).sum() / (1 - identifies).sum().clamp(min=1)
    return parts, {"leaked": leaked, "lost": lost}


def main(argv: list[str] | None = None) -> None:
    """Run the training."""
    options = arguments().parse_args(argv)
    settings = settings_of(options)
    torch.manual_seed(settings.seed)
    depth = DEPTH if options.deepen or not settings.start_from else depth_of(load_weights(settings.start_from))
    classifier = Classifier(len(ALPHABET), len(CATEGORIES), **depth)

    def batches(start: int, place: Place) -> Iterator[Batch]:
        stream = LabelledStream(seed=settings.seed, start=start // (1 + REPEATS), place=place)
        return in_batches(stream, batch=settings.batch, workers=settings.workers, collate=collate)

    def parts(batch: Batch, _progress: float, device: str) -> Iterator[Part]:
        inputs, wanted = batch
        with mixed_precision(device):
            logits = classifier.logits(*(part.to(device) for part in inputs)).float()
        said, rates = losses(logits, wanted.to(device))
        total = torch.stack(list(said.values())).sum()
        yield Part(loss=total, said={**said, **rates}, samples=settings.batch)

    recipe = Recipe(
        network=classifier, batches=batches, parts=parts, weight_decay=0.01, clip=1.0,
        adopt=partial(deepened, classifier=classifier) if options.deepen else None,
    )  # fmt: skip
    average = train(recipe, settings)
    if average is not None:
        save_pretrained(average.state, settings.output / "pretrained")


def save_pretrained(weights: dict[str, Tensor], folder: Path) -> None:
    """Write config.json and model.safetensors as Hugging Face has them, for `from_pretrained` and the hub."""
    from ..model.classifier_hub import ClassifierConfig, ClassifierForTokenClassification

    depth = depth_of(weights)
    config = ClassifierConfig(
        characters=ALPHABET, layers=depth["layers"], before=depth["before"], after=depth["after"]
    )  # fmt: skip
    model = ClassifierForTokenClassification(config)
    model.network.load_state_dict(weights)
    model.save_pretrained(folder)


if __name__ == "__main__":
    main()
