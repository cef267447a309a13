"""Endless, seeded streams of pages for the trainers: synthetic ones, and parts of one's own among them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Generic, TypeVar, cast

import numpy as np
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from .backgrounds import Plane, load_backgrounds
from .devices import Place
from .fonts import Font, find_fonts
from .local_data import cut
from .page import Page
from .synthetic_page import draw_synthetic_page

Sample = TypeVar("Sample")
Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Frames of one's own among the synthetic pages.

    Attributes
    ----------
    pages : sequence of Page
        Whole frames, of which each page is a part; may be empty.
    share : float
        Of the pages that are parts of these.
    """

    pages: Sequence[Page] = ()
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation(Generic[Sample, Batch]):
    """How a network wants its pages.

    Attributes
    ----------
    size : (int, int)
        Rows and columns of a page.
    prepare : callable
        From a page to what is learned from it.
    collate : callable
        From several of these to a batch.
    """

    size: tuple[int, int]
    prepare: Callable[[Page], Sample]
    collate: Callable[[list[Sample]], Batch]


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
        own: Own,
    ) -> None:
        self.seed, self.start, self.place, self.size = seed, start, place, size
        self.fonts, self.backgrounds, self.prepare, self.own = fonts, backgrounds, prepare, own

    def __iter__(self) -> Iterator[Sample]:
        """Yield the pages of this worker, prepared."""
        for index in page_numbers(self.start, self.place):
            rng = np.random.default_rng([self.seed, index])
            yield self.prepare(self._draw(rng))

    def _draw(self, rng: np.random.Generator) -> Page:
        if self.own.pages and rng.random() < self.own.share:
            return cut(rng, self.own.pages[int(rng.integers(len(self.own.pages)))], *self.size)
        return draw_synthetic_page(rng, self.fonts, self.backgrounds, *self.size)


def page_numbers(start: int, place: Place) -> Iterator[int]:
    """Return the pages, from `start` on, that fall to this worker of this process."""
    worker = get_worker_info()
    number, workers = (worker.id, worker.num_workers) if worker else (0, 1)
    return count(start + place.rank * workers + number, place.world * workers)


def open_stream(
    preparation: Preparation[Sample, Batch],
    *,
    seed: int,
    start: int,
    place: Place,
    backgrounds: Path | None,
    batch: int,
    workers: int,
    own: Own,
) -> Iterator[Batch]:
    """Return batches of prepared pages; `workers` processes draw them."""
    real = load_backgrounds(backgrounds) if backgrounds else []
    stream: PageStream[Sample] = PageStream(
        seed=seed, start=start, place=place, size=preparation.size, fonts=find_fonts(), backgrounds=real,
        prepare=preparation.prepare, own=own,
    )  # fmt: skip
    return in_batches(stream, batch=batch, workers=workers, collate=preparation.collate)


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
