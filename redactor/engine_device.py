"""The process that runs the networks of one device, for all workers at once.

Workers hand in frames of whatever files they are at. What waits while the device is busy becomes the next batch:
frames of one shape and type together, then the crops of all files in it. Nothing is held back for a batch to fill.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from multiprocessing import AuthenticationError, current_process
from multiprocessing.connection import Connection, Listener
from multiprocessing.shared_memory import SharedMemory
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import DeburnError
from ..model import Candidates, Handle, Runner
from ..model.classifier_input import joined
from .engine_messages import Answer, Classify, Failed, Find, Found, Read, Request, Ticket, frames_of, is_memory_error
from .job import OpenRunner
from .workers import leave_with_parent, silence

# Pixels of a batch, and batches that are on the device before their turn: with them its memory is bounded.
BATCH_PIXELS = 32_000_000
AHEAD = 1
# Lines whose crops are this much longer than the shortest of a batch wait for another one.
SIMILAR = 1.5
# Lines that the classifier judges at once, of all files together: it compares each with each.
LINES_JUDGED = 512
_WAITING = 64


@dataclass(slots=True, kw_only=True, eq=False)
class _Client:
    """A worker: the connection to it, the memory shared with it, what it has on the device."""

    connection: Connection
    blocks: dict[str, SharedMemory] = field(default_factory=dict)
    tickets: set[Ticket] = field(default_factory=set)

    def answer(self, answer: Answer) -> None:
        try:
            self.connection.send(answer)
        except OSError:
            return  # it is gone; who attends to it tidies up


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Frames:
    """Frames that a worker handed in."""

    client: _Client
    request: Find
    block: SharedMemory

    @property
    def kind(self) -> tuple[Any, ...]:
        return (self.request.shape[1:], self.request.dtype, self.request.maps)

    @property
    def size(self) -> int:
        frames, rows, columns, _ = self.request.shape
        return frames * rows * columns

    def view(self) -> NDArray[np.integer[Any]]:
        return np.ndarray(self.request.shape, self.request.dtype, buffer=self.block.buf)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Batch:
    """Frames on the device, and whose they are."""

    handle: Handle
    frames: Sequence[_Frames]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Place:
    """Where the frames of a ticket are: on the device until the last ticket of their batch is given back."""

    handle: Handle
    first: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Lines:
    """Lines that a worker wants read."""

    client: _Client
    request: Read
    place: _Place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pages:
    """Text that a worker wants the classifier's opinion of."""

    client: _Client
    request: Classify


_Asked = TypeVar("_Asked", _Frames, _Lines, _Pages)


class DeviceLoop:
    """Runs the networks on what the workers ask for: one thread brings frames to the device, one computes."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._changed = threading.Condition()
        self._frames: deque[_Frames] = deque()
        self._batches: deque[_Batch] = deque()
        self._lines: deque[_Lines] = deque()
        self._pages: deque[_Pages] = deque()
        self._places: dict[Ticket, _Place] = {}
        self._tickets = count(1)

    def start(self) -> None:
        """Begin to work."""
        for work in (self._bring, self._compute):
            threading.Thread(target=work, daemon=True).start()

    def attend(self, connection: Connection) -> None:
        """Take a worker's requests until it is gone, then everything that was kept for it."""
        client = _Client(connection=connection)
        try:
            client.connection.send((self._runner.spec, self._runner.lines_at_once))
            while True:
                self._take(client, client.connection.recv())
        except (EOFError, OSError):
            self._forget(client)

    def _take(self, client: _Client, request: Request) -> None:
        with self._changed:
            for ticket in request.released:
                client.tickets.discard(ticket)
                self._places.pop(ticket, None)
            if isinstance(request, Find):
                for name in request.dropped:
                    client.blocks.pop(name, None)
                self._frames.append(_Frames(client=client, request=request, block=_mapped(client, request.block)))
            elif isinstance(request, Classify):
                self._pages.append(_Pages(client=client, request=request))
            else:
                self._lines.append(_Lines(client=client, request=request, place=self._places[request.ticket]))
            self._changed.notify_all()

    def _forget(self, client: _Client) -> None:
        with self._changed:
            for ticket in client.tickets:
                self._places.pop(ticket, None)
            self._frames = deque(frames for frames in self._frames if frames.client is not client)
            self._lines = deque(lines for lines in self._lines if lines.client is not client)
            self._pages = deque(pages for pages in self._pages if pages.client is not client)
        for block in client.blocks.values():
            _discard(block)

    def _bring(self) -> None:
        """Bring frames to the device while it is busy with others."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._frames and len(self._batches) < AHEAD)
                frames = _alike(self._frames)
            try:
                batch = self._uploaded(frames)
            except Exception:
                self._one_by_one(frames)
                continue
            with self._changed:
                self._batches.append(batch)
                self._changed.notify_all()

    def _compute(self) -> None:
        while True:
            self._next()()

    def _next(self) -> Callable[[], None]:
        """Wait for work; what is nearest to the end of a file comes first: it makes room, and others can write."""
        with self._changed:
            self._changed.wait_for(lambda: self._pages or self._lines or self._batches)
            if self._pages:
                return partial(self._answer, _side_by_side(self._pages), self._judged)
            if self._lines:
                return partial(self._answer, _together(self._lines, self._runner.lines_at_once), self._transcribed)
            self._changed.notify_all()
            return partial(self._find, self._batches.popleft())

    def _uploaded(self, frames: Sequence[_Frames]) -> _Batch:
        # Always a copy: a handle must not lie in memory that the worker fills anew.
        return _Batch(handle=self._runner.upload(np.concatenate([one.view() for one in frames])), frames=frames)

    def _find(self, batch: _Batch) -> None:
        try:
            answers = self._found(batch)
        except Exception:
            self._one_by_one(batch.frames)
            return
        for one, answer in zip(batch.frames, answers, strict=True):
            one.client.answer(answer)

    def _one_by_one(self, frames: Sequence[_Frames]) -> None:
        """Find out which file it was that failed; the others go on."""
        for one in frames:
            self._answer([one], lambda alone: self._found(self._uploaded(alone)))

    def _answer(self, waiting: Sequence[_Asked], work: Callable[[Sequence[_Asked]], Sequence[Answer]]) -> None:
        """Answer what is worked on together; where that fails each alone, so that only the one at fault fails."""
        try:
            answers = work(waiting)
        except Exception as error:
            if len(waiting) > 1:
                for one in waiting:
                    self._answer([one], work)
                return
            answers = [self._failure(error)]
        for one, answer in zip(waiting, answers, strict=True):
            one.client.answer(answer)

    def _found(self, batch: _Batch) -> list[Found]:
        maps = batch.frames[0].request.maps
        scales = self._runner.detect(batch.handle) if maps else self._runner.candidates(batch.handle)
        answers, first = [], 0
        for one in batch.frames:
            stop = first + one.request.shape[0]
            fine, coarse = (
                frames_of(scale, first, stop) if isinstance(scale, Candidates) else scale[first:stop]
                for scale in scales
            )
            ticket = self._admit(one.client, _Place(handle=batch.handle, first=first))
            answers.append(Found(ticket=ticket, scales=(fine, coarse)))  # type: ignore[arg-type]
            first = stop
        return answers

    def _admit(self, client: _Client, place: _Place) -> Ticket:
        with self._changed:
            ticket = next(self._tickets)
            self._places[ticket] = place
            client.tickets.add(ticket)
            return ticket

    def _transcribed(self, lines: Sequence[_Lines]) -> list[Answer]:
        plans = [one.request.plan.copy() for one in lines]
        for plan, one in zip(plans, lines, strict=True):
            plan[:, 0] += one.place.first
        width = max(one.request.width for one in lines)
        classes, scores = self._runner.transcribe(lines[0].place.handle, np.concatenate(plans), width)
        answers: list[Answer] = []
        first = 0
        for one in lines:
            stop, steps = first + len(one.request.plan), one.request.width * classes.shape[1] // width
            answers.append((classes[first:stop, :steps].copy(), scores[first:stop, :steps].copy()))
            first = stop
        return answers

    def _judged(self, pages: Sequence[_Pages]) -> list[Answer]:
        inputs = [one.request.pages for one in pages]
        if len(inputs) == 1:
            return [self._runner.classify(inputs[0])]
        edges = np.cumsum([len(one.characters) for one in inputs])[:-1]
        return [part.copy() for part in np.split(self._runner.classify(joined(inputs)), edges)]

    def _failure(self, error: Exception) -> Failed:
        """Answer for one request that failed alone; end, to be replaced, if nothing works any more.

        After some errors a GPU refuses everything else that this process asks of it.
        """
        failed = Failed(error=type(error).__name__, memory=is_memory_error(error))
        del error
        try:
            self._runner.candidates(self._runner.upload(np.zeros((1, 64, 64, 1), np.uint8)))
        except Exception:
            os._exit(1)
        return failed


def serve(address: str, open_runner: OpenRunner, device: str, threads: int, parent: Connection, hold: object) -> None:
    """Be the process of one device until the parent says otherwise or is gone; `hold` is the run's lock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        loop = DeviceLoop(open_runner(threads=threads, device=device))
    except DeburnError as problem:
        parent.send(problem)
        return
    with Listener(address, backlog=_WAITING, authkey=bytes(current_process().authkey)) as listener:
        parent.send(None)
        silence()
        loop.start()
        attendants: list[threading.Thread] = []
        threading.Thread(target=_end_when_told, args=(parent, attendants), daemon=True).start()
        while True:
            try:
                connection = listener.accept()
            except (AuthenticationError, EOFError, ConnectionError):
                continue  # a worker that died at the door
            attendants.append(threading.Thread(target=loop.attend, args=(connection,), daemon=True))
            attendants[-1].start()


def _end_when_told(parent: Connection, attendants: Sequence[threading.Thread]) -> None:
    """End when the workers are gone and their memory is given back."""
    try:
        parent.recv()
    except (EOFError, OSError):
        os._exit(1)
    for attendant in attendants:
        attendant.join()
    os._exit(0)


def _alike(waiting: deque[_Frames]) -> list[_Frames]:
    """Take the frames that have waited longest, and as many like them as a batch holds."""
    chosen, rest = [waiting.popleft()], deque[_Frames]()
    size = chosen[0].size
    while waiting:
        one = waiting.popleft()
        if one.kind == chosen[0].kind and size + one.size <= BATCH_PIXELS:
            chosen.append(one)
            size += one.size
        else:
            rest.append(one)
    waiting.extend(rest)
    return chosen


def _together(waiting: deque[_Lines], most: int) -> list[_Lines]:
    """Take the lines that have waited longest, and others of the same batch of about their length."""
    chosen, rest = [waiting.popleft()], deque[_Lines]()
    narrow = wide = chosen[0].request.width
    lines = len(chosen[0].request.plan)
    while waiting:
        one = waiting.popleft()
        width = one.request.width
        fits = max(wide, width) <= SIMILAR * min(narrow, width) and lines + len(one.request.plan) <= most
        if one.place.handle is chosen[0].place.handle and fits:
            chosen.append(one)
            lines, narrow, wide = lines + len(one.request.plan), min(narrow, width), max(wide, width)
        else:
            rest.append(one)
    waiting.extend(rest)
    return chosen


def _side_by_side(waiting: deque[_Pages]) -> list[_Pages]:
    """Take the pages that have waited longest, as many as the classifier judges at once."""
    chosen = [waiting.popleft()]
    lines = len(chosen[0].request.pages.lines) if waiting else 0
    while waiting and lines + len(waiting[0].request.pages.lines) <= LINES_JUDGED:
        chosen.append(waiting.popleft())
        lines += len(chosen[-1].request.pages.lines)
    return chosen


def _mapped(client: _Client, name: str) -> SharedMemory:
    if name not in client.blocks:
        client.blocks[name] = SharedMemory(name=name)
    return client.blocks[name]


def _discard(block: SharedMemory) -> None:
    """Take the name from memory whose owner is gone: it holds pixels."""
    try:
        block.unlink()
    except FileNotFoundError:
        return
