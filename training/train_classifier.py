"""Train the classifier: ``python -m deburn.training.train_classifier --output runs/classifier``."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from ..model.categories import CATEGORIES, IDENTIFYING
from ..model.classifier import Classifier
from ..model.classifier_input import ClassifierInput, joined
from ..redactor.classifier_features import page_input
from ..redactor.matching import needles_of
from .classifier_pages import draw_labelled_page
from .draws import pick
from .schedule import Average, Budget, Log, learning_rate, load_checkpoint, load_weights, save_checkpoint
from .strings import ALPHABET
from .worlds import training_world

Sample = tuple[ClassifierInput, tuple[NDArray[np.int64], ...]]
Batch = tuple[tuple[Tensor, ...], Tensor]
# Drawing a page costs three times what learning from it does: each comes back, out of the latest of them.
REPEATS, MEMORY = 2, 4000


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train classifier", description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoints; an existing one is resumed")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop by the clock, the schedule bent to fit")
    parser.add_argument("--batch", type=int, default=24, help="pages a step; each has about seventeen lines")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw pages")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--start-from", type=Path, help="safetensors or checkpoint; the schedule begins anew")
    return parser


class LabelledStream(IterableDataset[Sample]):
    """Pages number `start`, `start` + 1, ..., and each of them twice more on average, since drawing is dear.

    Page i depends on the seed and i alone, whoever draws it.
    """

    def __init__(self, *, seed: int, start: int) -> None:
        self.seed, self.start = seed, start

    def __iter__(self) -> Iterator[Sample]:
        """Yield the pages of this worker, as the classifier sees them."""
        worker = get_worker_info()
        index, step = (self.start + worker.id, worker.num_workers) if worker else (self.start, 1)
        memory: dict[int, Sample] = {}
        while True:
            rng = np.random.default_rng([self.seed, index])
            page = draw_labelled_page(rng, training_world())
            sample = page_input(page.lines, needles_of(page.identity), ALPHABET), page.labels
            yield sample
            index += step
            memory[index // step % MEMORY] = sample
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
    options.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    classifier = Classifier(len(ALPHABET), len(CATEGORIES)).to(options.device)
    optimiser = torch.optim.AdamW(classifier.parameters(), lr=options.rate, weight_decay=0.01)
    average, step, spent = Average(classifier), 0, 0.0
    checkpoint = options.output / "checkpoint.pt"
    if checkpoint.exists():
        step, spent = load_checkpoint(checkpoint, classifier, optimiser, average)
    elif options.start_from:
        classifier.load_state_dict(load_weights(options.start_from))
        average = Average(classifier)
    budget = Budget(steps=options.steps, minutes=options.minutes)
    batches = open_batches(options, step)
    log, began, saved = Log(50), time.monotonic() - spent, time.monotonic()
    while (progress := budget.progress(step, time.monotonic() - began)) < 1.0:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(options.rate, progress)
        inputs, wanted = next(batches)
        logits = classifier.logits(*(part.to(options.device) for part in inputs))
        parts, rates = losses(logits, wanted.to(options.device))
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(classifier.parameters(), 1.0)
        optimiser.step()
        average.update(classifier)
        log.add({**parts, **rates}, options.batch)
        step += 1
        if step % log.every == 0:
            print(log.line(step, progress, time.monotonic() - began), flush=True)
        if time.monotonic() - saved > 120:
            save_checkpoint(checkpoint, classifier, optimiser, average, step, time.monotonic() - began)
            saved = time.monotonic()
    save_checkpoint(checkpoint, classifier, optimiser, average, step, time.monotonic() - began)
    save_pretrained(average.state, options.output / "pretrained")


def open_batches(options: argparse.Namespace, step: int) -> Iterator[Batch]:
    """Return batches from the page after the last one that was seen; `workers` processes draw them."""
    loader: DataLoader[Sample] = DataLoader(
        LabelledStream(seed=options.seed, start=step * options.batch // (1 + REPEATS)),
        batch_size=options.batch,
        num_workers=options.workers,
        collate_fn=collate,
        prefetch_factor=4 if options.workers else None,
        persistent_workers=options.workers > 0,
    )
    return cast(Iterator[Batch], iter(loader))


def save_pretrained(weights: dict[str, Tensor], folder: Path) -> None:
    """Write config.json and model.safetensors as Hugging Face has them, for `from_pretrained` and the hub."""
    from ..model.classifier_hub import ClassifierConfig, ClassifierForTokenClassification

    model = ClassifierForTokenClassification(ClassifierConfig(characters=ALPHABET))
    model.network.load_state_dict(weights)
    model.save_pretrained(folder)


if __name__ == "__main__":
    main()
