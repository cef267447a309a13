"""The process that runs the networks of one device, for all workers at once.

Workers hand in frames of whatever files they are at. What waits while the device is busy becomes the next batch:
frames of one shape and type together, then the crops of all files in it. Nothing is held back for a batch to fill.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from multiprocessing import AuthenticationError, current_process
from multiprocessing.connection import Connection, Listener
from multiprocessing.shared_memory import SharedMemory
from typing import TypeVar

import numpy as np

from ..errors import DeburnError
from ..model import Candidates, Runner
from ..model.classifier_input import joined
from .engine_messages import Answer, Classify, Failed, Find, Found, Request, Ticket, frames_of, is_memory_error
from .engine_waiting import (
    Batch,
    Client,
    Place,
    WaitingFrames,
    WaitingLines,
    WaitingPages,
    alike,
    side_by_side,
    together,
)
from .job import OpenRunner
from .workers import leave_with_parent, silence

# Batches that are on the device before their turn: with them its memory is bounded.
AHEAD = 1
_WAITING = 64


_Asked = TypeVar("_Asked", WaitingFrames, WaitingLines, WaitingPages)


class DeviceLoop:
    """Runs the networks on what the workers ask for: one thread brings frames to the device, one computes."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._changed = threading.Condition()
        self._frames: deque[WaitingFrames] = deque()
        self._batches: deque[Batch] = deque()
        self._lines: deque[WaitingLines] = deque()
        self._pages: deque[WaitingPages] = deque()
        self._places: dict[Ticket, Place] = {}
        self._tickets = count(1)

    def start(self) -> None:
        """Begin to work."""
        for work in (self._bring, self._compute):
            threading.Thread(target=work, daemon=True).start()

    def attend(self, connection: Connection) -> None:
        """Take a worker's requests until it is gone, then everything that was kept for it."""
        client = Client(connection=connection)
        try:
            client.connection.send((self._runner.spec, self._runner.lines_at_once))
            while True:
                self._take(client, client.connection.recv())
        except (EOFError, OSError):
            self._forget(client)

    def _take(self, client: Client, request: Request) -> None:
        with self._changed:
            for ticket in request.released:
                client.tickets.discard(ticket)
                self._places.pop(ticket, None)
            if isinstance(request, Find):
                for name in request.dropped:
                    client.blocks.pop(name, None)
                self._frames.append(WaitingFrames(client=client, request=request, block=_mapped(client, request.block)))
            elif isinstance(request, Classify):
                self._pages.append(WaitingPages(client=client, request=request))
            else:
                self._lines.append(WaitingLines(client=client, request=request, place=self._places[request.ticket]))
            self._changed.notify_all()

    def _forget(self, client: Client) -> None:
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
                frames = alike(self._frames)
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
                return partial(self._answer, side_by_side(self._pages), self._judged)
            if self._lines:
                return partial(self._answer, together(self._lines, self._runner.lines_at_once), self._transcribed)
            self._changed.notify_all()
            return partial(self._find, self._batches.popleft())

    def _uploaded(self, frames: Sequence[WaitingFrames]) -> Batch:
        # Always a copy: a handle must not lie in memory that the worker fills anew.
        return Batch(handle=self._runner.upload(np.concatenate([one.view() for one in frames])), frames=frames)

    def _find(self, batch: Batch) -> None:
        try:
            answers = self._found(batch)
        except Exception:
            self._one_by_one(batch.frames)
            return
        for one, answer in zip(batch.frames, answers, strict=True):
            one.client.answer(answer)

    def _one_by_one(self, frames: Sequence[WaitingFrames]) -> None:
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

    def _found(self, batch: Batch) -> list[Found]:
        maps = batch.frames[0].request.maps
        scales = self._runner.detect(batch.handle) if maps else self._runner.candidates(batch.handle)
        answers, first = [], 0
        for one in batch.frames:
            stop = first + one.request.shape[0]
            fine, coarse = (
                frames_of(scale, first, stop) if isinstance(scale, Candidates) else scale[first:stop]
                for scale in scales
            )
            ticket = self._admit(one.client, Place(handle=batch.handle, first=first))
            answers.append(Found(ticket=ticket, scales=(fine, coarse)))  # type: ignore[arg-type]
            first = stop
        return answers

    def _admit(self, client: Client, place: Place) -> Ticket:
        with self._changed:
            ticket = next(self._tickets)
            self._places[ticket] = place
            client.tickets.add(ticket)
            return ticket

    def _transcribed(self, lines: Sequence[WaitingLines]) -> list[Answer]:
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

    def _judged(self, pages: Sequence[WaitingPages]) -> list[Answer]:
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


def _mapped(client: Client, name: str) -> SharedMemory:
    if name not in client.blocks:
        client.blocks[name] = SharedMemory(name=name)
    return client.blocks[name]


def _discard(block: SharedMemory) -> None:
    """Take the name from memory whose owner is gone: it holds pixels."""
    try:
        block.unlink()
    except FileNotFoundError:
        return
