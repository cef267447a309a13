"""One process that puts damaged files through the whole path, and judges what comes out."""

import logging
import resource
import sys
import time
import traceback
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from fuzz_mutate import mutate
from fuzz_seeds import make_seeds

from deburn.errors import RefusedError
from deburn.model import Box
from deburn.redactor.dicom import Source, mask_to_file, open_file, read_frames, visible
from deburn.redactor.dicom.carriers import remaining_carriers
from deburn.redactor.dicom.sameness import compare_pixels
from deburn.redactor.policy import Policy

# What pydicom, numpy, the codecs and their threads map takes 1.5 GB of it.
MEMORY = 4 << 30
_BATCH_PIXELS = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one damaged file.

    Attributes
    ----------
    state : {"refused", "delivered", "crashed", "unmasked"}
    detail : str
        Kind and words of a refusal, or what went wrong.
    seconds : float
        Processor time.
    told : int
        Warnings and log records that came out on the way.
    """

    state: str
    detail: str
    seconds: float
    told: int


class _Counter(logging.Handler):
    """Counts what would be logged: pydicom quotes values there."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def work(pipe: Connection, seed: int, folder: Path) -> None:
    """Say that it is ready, then answer numbers of damaged files with results, until None comes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    counter = _Counter(logging.WARNING)
    logging.getLogger().addHandler(counter)
    logging.getLogger("pydicom").propagate = True
    seeds = make_seeds()
    pipe.send("ready")
    while (number := pipe.recv()) is not None:
        pipe.send(judge(number, seed, seeds, folder, counter))


def damaged_file(number: int, seed: int, seeds: dict[str, bytes]) -> tuple[bytes, str, Random]:
    """Return damaged file `number` of a run, what it is, and the random numbers to go on with."""
    rng = Random(f"{seed}/{number}")
    names = list(seeds)
    name = names[number % len(names)]
    data, done = mutate(seeds[name], seeds[rng.choice(names)], rng)
    return data, f"{name}: {done}", rng


def judge(number: int, seed: int, seeds: dict[str, bytes], folder: Path, counter: _Counter) -> Result:
    """Put one damaged file through open, read, mask and write."""
    data, _, rng = damaged_file(number, seed, seeds)
    path, target = folder / "damaged.dcm", folder / "out" / "redacted.dcm"
    target.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    before, started = counter.count, time.process_time()
    swallowed: list[str] = []
    sys.unraisablehook = lambda unraised: swallowed.append(str(unraised.object))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        state, detail = _run(path, target, rng)
    seconds = time.process_time() - started
    if swallowed and state == "delivered":
        state, detail = "unmasked", f"an error was swallowed in {swallowed[0]}"
    for left in target.parent.iterdir():
        if state in ("refused", "crashed"):
            state, detail = "unmasked", f"a refused file left {left.suffix} in the output"
        left.unlink()
    return Result(state=state, detail=detail, seconds=seconds, told=counter.count - before + len(caught))


def _run(path: Path, target: Path, rng: Random) -> tuple[str, str]:
    try:
        source = open_file(path)
        _look(source)
        boxes = _boxes(source, rng)
        mask_to_file(source, boxes, target, policy=Policy(fill=rng.choice(("black", "white", "background"))))
    except RefusedError as error:
        words = str(error)
        return ("crashed", "a reason of several lines") if "\n" in words else ("refused", type(error).__name__)
    except Exception as error:
        return "crashed", _place(error)
    try:
        return _check(open_file(path), open_file(target), boxes)
    except Exception as error:
        return "unmasked", "the result cannot be examined: " + _place(error)


def _place(error: BaseException) -> str:
    """Return the kind of an exception and where in our code it passed."""
    calls = [f"{Path(call.filename).name}:{call.lineno}" for call in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} in {' < '.join(reversed(calls))}"


def _look(source: Source) -> None:
    """Read every frame in batches, as the main path does, up to what the networks would be given."""
    step = max(1, _BATCH_PIXELS // (source.rows * source.columns))
    for start in range(0, source.frame_count, step):
        visible(read_frames(source, start, min(start + step, source.frame_count)))


def _boxes(source: Source, rng: Random) -> list[Box]:
    """Return some boxes, none once in a while."""
    boxes = []
    for _ in range(rng.choice((0, 1, 1, 2))):
        x0, y0 = rng.randrange(source.columns), rng.randrange(source.rows)
        frame, width, height = rng.randrange(source.frame_count), rng.randrange(1, 40), rng.randrange(1, 20)
        boxes.append(Box(frame=frame, x0=x0, y0=y0, x1=x0 + width, y1=y0 + height))
    return boxes


def _check(original: Source, redacted: Source, boxes: list[Box]) -> tuple[str, str]:
    """Judge a result by the samples of both files and by what else is in it."""
    same, left = compare_pixels(original, redacted, boxes), remaining_carriers(redacted.dataset)
    if same.outside or same.unfilled or left:
        return "unmasked", f"{same.outside} pixels differ outside, {same.unfilled} boxes not filled, left: {left}"
    return "delivered", "masked" if boxes else "clean"
