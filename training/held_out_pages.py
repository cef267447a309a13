"""Synthetic pages of fonts and strings that training never sees: the benchmark that ships."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..model import Runner, TextLine, detect, transcribe
from .backgrounds import load_backgrounds
from .console_layout import draw_line
from .fonts import find_fonts
from .held_out import held_out_world
from .page import Page, PageLine
from .strings import Patient, Script
from .synthetic_page import draw_synthetic_page
from .texts import Texts

SEED = 20_001
SIDE = 512
HIGH, CONTRAST = 7, 0.15


def held_out_texts() -> Texts:
    """Return texts of the world that no network learns from."""
    world = held_out_world()

    def line(rng: np.random.Generator, patient: Patient, share: float) -> Script:
        kinds = tuple(world.identifying if rng.random() < share else world.kept)
        return draw_line(rng, patient, world, str(rng.choice(kinds)))

    return Texts(patient=world.patient, line=line, block=None)


def held_out_pages(backgrounds: Path | None = None) -> Iterator[Page]:
    """Yield pages without end, the same ones each time.

    Parameters
    ----------
    backgrounds : Path, optional
        Folder of text-free files, beside the procedural ones; they should be other files than training had.
    """
    fonts, texts = find_fonts(held_out=True), held_out_texts()
    real = load_backgrounds(backgrounds) if backgrounds else []
    index = 0
    while True:
        yield draw_synthetic_page(np.random.default_rng([SEED, index]), fonts, real, SIDE, SIDE, texts)
        index += 1


def must_be_found(page: Page, line: PageLine) -> bool:
    """Tell whether a line must be found: it identifies, is high enough, and all of it stands out from its ground.

    It does where its ink was drawn with enough contrast, and where that is left after the page was degraded.
    """
    x0, y0, x1, y1 = line.box
    across = (x1 - x0) if line.angle else (y1 - y0)
    if not (line.script.phi and line.readable and across >= HIGH and line.contrast >= CONTRAST):
        return False
    span = max(1.0, float(page.stored.max()) - float(page.stored.min()))
    inside = page.stored[y0:y1, x0:x1].reshape(-1, page.stored.shape[2])
    ground = np.median(page.stored[max(0, y0 - 3) : y1 + 3, max(0, x0 - 3) : x1 + 3], axis=(0, 1))
    return float(np.abs(np.percentile(inside, [3, 97], axis=0) - ground).max()) >= CONTRAST * span


def read_page(runner: Runner, page: Page) -> list[TextLine]:
    """Detect and read one page."""
    handle = runner.upload(page.stored[None])
    return transcribe(runner, handle, detect(runner, handle))


def read_best(line: PageLine, found: list[TextLine]) -> str:
    """Give what was read where a line stands: the text of the found line that has most in common with it."""
    best = max(found, key=lambda other: _common(line, other), default=None)
    return best.text if best is not None and _common(line, best) else ""


def _common(line: PageLine, found: TextLine) -> int:
    x0, y0, x1, y1 = line.box
    box = found.box
    return max(0, min(x1, box.x1) - max(x0, box.x0)) * max(0, min(y1, box.y1) - max(y0, box.y0))
