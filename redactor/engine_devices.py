"""The processes of all devices: started together, replaced when they die, ended with the run."""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from ..errors import DeburnError
from .engine_device import serve
from .job import OpenRunner
from .lock import Inherited
from .workers import CONTEXT

# A process that ends within this time after it was ready, so often in a row, is not replaced any more.
SHORT, OFTEN = 10.0, 3
_COUNT = "import torch; print(torch.cuda.device_count())"
_FAREWELL = 10.0
# Of NVIDIA's driver, of AMD's, and of Windows under which this Linux runs.
_GPU_FILES = ("nvidia[0-9]*", "kfd", "dxg")


def local_gpus() -> tuple[str, ...]:
    """Give the names of this machine's GPUs that torch can use; without torch, none.

    Another process looks: torch would take memory in this one, which has no use for it.
    """
    if find_spec("torch") is None or not _may_have_gpu():
        return ()
    done = subprocess.run([sys.executable, "-c", _COUNT], capture_output=True, text=True, check=False)
    count = int(done.stdout) if done.returncode == 0 else 0
    return tuple(f"cuda:{index}" for index in range(count))


class Devices:
    """One process for each device, which runs the networks there for all workers.

    Parameters
    ----------
    names : sequence of str
        Of the devices, as `open_runner` takes them; the same name twice makes two processes.
    open_runner : OpenRunner
        Opens the networks on a device; picklable.
    threads : int
        For each, where the device is the CPU.
    hold : Inherited
        The run's lock.

    Raises
    ------
    DeburnError
        On entering: what keeps a process from starting.
    """

    def __init__(self, names: Sequence[str], *, open_runner: OpenRunner, threads: int, hold: Inherited) -> None:
        self._stack = ExitStack()
        self._names = names
        self._make = partial(_Device, open_runner=open_runner, threads=threads, hold=hold)
        self._devices: list[_Device] = []
        self._ending = threading.Event()

    def __enter__(self) -> Self:
        folder = self._stack.enter_context(TemporaryDirectory(prefix="deburn-"))
        self._devices = [self._make(name, _address(folder, index)) for index, name in enumerate(self._names)]
        try:
            for device in self._devices:  # all start at the same time
                device.await_start()
        except BaseException:
            self._end()
            raise
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where workers reach them."""
        return tuple(device.address for device in self._devices)

    def _keep(self) -> None:
        """Replace what dies; the workers that it was serving notice, and their files are tried again."""
        while not self._ending.is_set():
            wait([device.process.sentinel for device in self._devices if not device.given_up], timeout=0.2)
            for device in self._devices:
                if not self._ending.is_set() and not device.given_up and not device.process.is_alive():
                    device.replace()

    def _end(self) -> None:
        self._ending.set()
        for device in self._devices:
            device.end()
        self._stack.close()


class _Device:
    """One process and the way to it."""

    def __init__(self, name: str, address: str, *, open_runner: OpenRunner, threads: int, hold: Inherited) -> None:
        self.address = address
        self.given_up = False
        self._arguments = (address, open_runner, name, threads)
        self._hold = hold
        self._short = 0
        self._start()

    def _start(self) -> None:
        if sys.platform != "win32":
            Path(self.address).unlink(missing_ok=True)
        self._pipe, theirs = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=serve, args=(*self._arguments, theirs, self._hold), daemon=True)
        self.process.start()
        theirs.close()
        self._begun = time.monotonic()

    def await_start(self) -> None:
        """Wait until it is ready; raise what kept it from getting so."""
        try:
            problem = self._pipe.recv()
        except EOFError:
            raise DeburnError("the process that runs the networks ended while it started") from None
        if problem is not None:
            raise problem
        self._begun = time.monotonic()

    def replace(self) -> None:
        """Start anew, unless it has died too often for that to help."""
        self._short = self._short + 1 if time.monotonic() - self._begun < SHORT else 0
        self.given_up = self._short >= OFTEN
        self._pipe.close()
        if self.given_up:
            return
        self._start()
        try:
            self.await_start()
        except DeburnError:
            return  # seen again as one that died at once

    def end(self) -> None:
        """Let it give back the memory that it shares with workers, which have ended by now."""
        try:
            self._pipe.send(None)
            self.process.join(_FAREWELL)
        except OSError:
            pass  # it has ended, or ends as we speak
        self.process.kill()
        self.process.join()
        self._pipe.close()


def _may_have_gpu() -> bool:
    """Say whether it is worth the seconds that torch takes to look: Linux shows GPUs as device files."""
    return sys.platform != "linux" or any(any(Path("/dev").glob(name)) for name in _GPU_FILES)


def _address(folder: str, index: int) -> str:
    if sys.platform == "win32":
        return rf"\\.\pipe\deburn-{secrets.token_hex(8)}"
    return os.path.join(folder, str(index))
