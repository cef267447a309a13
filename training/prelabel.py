"""Write first labels by another engine, for a person to review: ``deburn train prelabel IMAGES --truth TRUTH``."""

import argparse
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MissingExtraError, RefusedError, UsageError
from ..model import Box
from ..redactor.dicom import Source, open_file, read_frames, visible
from ..redactor.discovery import discover
from ..redactor.page import shown
from .truth_file import path_of, save_truth, writing
from .truth_page import LocalLine, LocalPage

# An engine takes uint8[rows, columns, 3] and gives boxes (x0, y0, x1, y1), texts and scores in [0, 1].
Found = tuple[tuple[int, int, int, int], str, float]
Engine = Callable[[NDArray[np.uint8]], list[Found]]

# What EasyOCR needs for Latin script; it looks for them in ~/.EasyOCR/model, or below EASYOCR_MODULE_PATH.
_FILES = ("craft_mlt_25k.pth", "english_g2.pth")
# Shares of the samples that the rendering cuts off at either end: the engines see 8 bits.
_TAILS = (0.5, 99.5)


def easyocr_engine(folder: Path | None = None) -> Engine:
    """Open EasyOCR with weights that are there already; nothing is downloaded.

    Parameters
    ----------
    folder : Path, optional
        Of its weights; EasyOCR's own place without.

    Raises
    ------
    MissingExtraError
        EasyOCR is not installed.
    UsageError
        Its weights are not there; the message names them and where to put them.
    """
    if find_spec("easyocr") is None:
        raise MissingExtraError("EasyOCR is not installed: pip install 'deburn[easyocr]'")
    import easyocr

    place = {} if folder is None else {"model_storage_directory": str(folder)}
    try:
        reader = easyocr.Reader(["en"], download_enabled=False, verbose=False, **place)
    except FileNotFoundError:
        where = "~/.EasyOCR/model" if folder is None else folder
        raise UsageError(
            f"EasyOCR's weights are missing: put {' and '.join(_FILES)} into {where}; see EasyOCR's model hub"
        ) from None

    def read(picture: NDArray[np.uint8]) -> list[Found]:
        return [_found(corners, text, score) for corners, text, score in reader.readtext(picture)]

    return read


ENGINES: dict[str, Callable[[Path | None], Engine]] = {"easyocr": easyocr_engine}


def prelabel(images: Path, truth: Path, engine: Engine) -> tuple[int, int]:
    """Write what an engine finds in each image's middle frame as truth that nobody has reviewed.

    Images that have truth already are left alone.

    Returns
    -------
    int, int
        Images labelled, and images that could not be.

    Raises
    ------
    UsageError
        Another process writes into the folder of truth.
    OSError
        The disk is full, and so on.
    """
    done = failed = 0
    with writing(truth):
        for entry in discover([images]):
            if path_of(truth, entry.name).exists():
                continue
            try:
                if entry.refusal is not None:
                    raise RefusedError(entry.refusal)
                page = _page(entry.name, entry.path, engine)
            except RefusedError as error:
                print(f"{shown(entry.name)}: {error}", flush=True)
                failed += 1
                continue
            save_truth(truth, page)
            done += 1
    return done, failed


def _page(name: str, path: Path, engine: Engine) -> LocalPage:
    source = open_file(path)
    middle = source.frame_count // 2
    lines = [_line(found, middle, source) for found in engine(_rendered(source, middle))]
    return LocalPage(
        name=name,
        image=path,
        rows=source.rows,
        columns=source.columns,
        frame_count=source.frame_count,
        frames=(middle,),
        lines=tuple(line for line in lines if line is not None),
    )


def _rendered(source: Source, frame: int) -> NDArray[np.uint8]:
    """Return a frame as ``uint8[rows, columns, 3]``, between the percentiles of its samples."""
    stored = visible(read_frames(source, frame, frame + 1))[0].astype(np.float64)
    low, high = np.percentile(stored, _TAILS)
    eight = ((stored - low) / max(high - low, 1.0) * 255).clip(0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(eight, (*eight.shape[:2], 3)))


def _found(corners: Any, text: str, score: float) -> Found:
    x, y = np.asarray(corners, np.float64).T
    return (int(x.min()), int(y.min()), int(np.ceil(x.max())), int(np.ceil(y.max()))), text, float(score)


def _line(found: Found, frame: int, source: Source) -> LocalLine | None:
    """Return what was found as a proposal within the frame; None where nothing of it is."""
    (x0, y0, x1, y1), text, score = found
    x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, source.columns), min(y1, source.rows)
    if x0 >= x1 or y0 >= y1:
        return None
    return LocalLine(
        box=Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1),
        text=text.strip() or None,
        proposed=True,
        score=min(max(score, 0.0), 1.0),
    )


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train prelabel", description=__doc__)
    parser.add_argument("images", type=Path, help="file or folder")
    parser.add_argument("--truth", type=Path, required=True, help="folder for the truth files, made where needed")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="easyocr")
    parser.add_argument("--weights", type=Path, help="folder of the engine's weights; its own place without")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Label the images; return 1 where some could not be."""
    options = arguments().parse_args(argv)
    if not options.images.exists():
        raise UsageError(f"{options.images.name} does not exist")
    done, failed = prelabel(options.images, options.truth, ENGINES[options.engine](options.weights))
    print(f"{done} images labelled, {failed} not; deburn review shows them")
    return 1 if failed else 0
