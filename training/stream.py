"""Endless, seeded streams of synthetic pages for the trainers."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from .backgrounds import Plane, load_backgrounds
from .devices import Place
from .fonts import Font, find_fonts
from .page import Page
from .synthetic_page import draw_synthetic_page

Sample = TypeVar("Sample")
Batch = TypeVar("Batch")


class PageStream(IterableDataset[Sample]):
    """Pages number `start`, `start` + 1, ...; page i depends on the seed and i alone, whoever draws it.

    Of several processes that train together each draws pages of its own.
    """

    def __init__(
        self,
        *,
        seed: int,
        start: int,
        place: Place,
        size: tuple[int, int],
        fonts: Sequence[Font],
        backgrounds: Sequence[Plane],
        prepare: Callable[[Page], Sample],
    ) -> None:
        self.seed, self.start, self.place, self.size = seed, start, place, size
        self.fonts, self.backgrounds, self.prepare = fonts, backgrounds, prepare

    def __iter__(self) -> Iterator[Sample]:
        """Yield the pages of this worker, prepared."""
        for index in page_numbers(self.start, self.place):
            rng = np.random.default_rng([self.seed, index])
            yield self.prepare(draw_synthetic_page(rng, self.fonts, self.backgrounds, *self.size))


def page_numbers(start: int, place: Place) -> Iterator[int]:
    """Return the pages, from `start` on, that fall to this worker of this process."""
    worker = get_worker_info()
    number, workers = (worker.id, worker.num_workers) if worker else (0, 1)
    return count(start + place.rank * workers + number, place.world * workers)


def open_stream(
    *,
    seed: int,
    start: int,
    place: Place,
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
        seed=seed, start=start, place=place, size=size, fonts=find_fonts(), backgrounds=real, prepare=prepare
    )
    return in_batches(stream, batch=batch, workers=workers, collate=collate)


def in_batches(
    stream: IterableDataset[Sample], *, batch: int, workers: int, collate: Callable[[list[Sample]], Batch]
) -> Iterator[Batch]:
    """Return a stream in batches; `workers` processes draw them ahead of their use."""
    loader: DataLoader[Sample] = DataLoader(
        stream,
        batch_size=batch,
        num_workers=workers,
        collate_fn=collate,
        prefetch_factor=4 if workers else None,
        persistent_workers=workers > 0,
    )
    return cast(Iterator[Batch], iter(loader))
