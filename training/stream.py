"""An endless, seeded stream of synthetic pages for the trainers."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from .backgrounds import Plane, load_backgrounds
from .fonts import Font, find_fonts
from .page import Page, draw_synthetic_page

Sample = TypeVar("Sample")
Batch = TypeVar("Batch")


class PageStream(IterableDataset[Sample]):
    """Pages number `start`, `start` + 1, ...; page i depends on the seed and i alone, whoever draws it."""

    def __init__(
        self,
        *,
        seed: int,
        start: int,
        size: tuple[int, int],
        fonts: Sequence[Font],
        backgrounds: Sequence[Plane],
        prepare: Callable[[Page], Sample],
    ) -> None:
        self.seed, self.start, self.size = seed, start, size
        self.fonts, self.backgrounds, self.prepare = fonts, backgrounds, prepare

    def __iter__(self) -> Iterator[Sample]:
        """Yield the pages of this worker, prepared."""
        worker = get_worker_info()
        index, step = (self.start + worker.id, worker.num_workers) if worker else (self.start, 1)
        while True:
            rng = np.random.default_rng([self.seed, index])
            yield self.prepare(draw_synthetic_page(rng, self.fonts, self.backgrounds, *self.size))
            index += step


def open_stream(
    *,
    seed: int,
    start: int,
    size: tuple[int, int],
    backgrounds: Path | None,
    batch: int,
    workers: int,
    prepare: Callable[[Page], Sample],
    collate: Callable[[list[Sample]], Batch],
) -> Iterator[Batch]:
    """Return batches of prepared pages; `workers` processes draw them."""
    real = load_backgrounds(backgrounds) if backgrounds else []
    stream: PageStream[Sample] = PageStream(
        seed=seed, start=start, size=size, fonts=find_fonts(), backgrounds=real, prepare=prepare
    )
    loader: DataLoader[Sample] = DataLoader(
        stream,
        batch_size=batch,
        num_workers=workers,
        collate_fn=collate,
        prefetch_factor=4 if workers else None,
        persistent_workers=workers > 0,
    )
    return cast(Iterator[Batch], iter(loader))
