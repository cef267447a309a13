"""What a run came to."""

import time
from collections import Counter
from dataclasses import dataclass, field

from .discovery import Entry
from .outcome import Outcome


@dataclass(slots=True, kw_only=True)
class Summary:
    """Running totals; `seconds` stands still once the run has ended.

    Attributes
    ----------
    states : Counter
        Files by state: "clean", "redacted", "found", "quarantined".
    images : int
        Frames that were examined.
    masked, kept : Counter
        Findings by category.
    size : int
        Bytes of the input files.
    standing : int
        Files whose result an earlier run had written and which still held; they are in all other totals too.
    seconds : float
        From the start of the run.
    """

    states: Counter[str] = field(default_factory=Counter)
    images: int = 0
    masked: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    size: int = 0
    standing: int = 0
    seconds: float = 0.0
    _begun: float = field(default_factory=time.monotonic)

    def add(self, entry: Entry, outcome: Outcome, *, standing: bool = False) -> None:
        """Count one file."""
        self.standing += standing
        self.states[outcome.state] += 1
        self.images += outcome.frames
        self.masked.update(outcome.categories)
        self.kept.update(outcome.kept)
        self.size += entry.size
        self.seconds = time.monotonic() - self._begun

    @property
    def files(self) -> int:
        """Files that were taken up."""
        return self.states.total()

    @property
    def megabytes_per_second(self) -> float:
        """Input bytes over time, in units of 1,000,000 bytes."""
        return self.size / 1e6 / self.seconds if self.seconds else 0.0

    @property
    def images_per_second(self) -> float:
        """Frames over time."""
        return self.images / self.seconds if self.seconds else 0.0

    def as_line(self) -> dict[str, object]:
        """Give the totals as one JSON object."""
        return {
            "kind": "summary",
            "files": self.files,
            "states": dict(self.states),
            "standing": self.standing,
            "images": self.images,
            "masked": dict(self.masked),
            "kept": dict(self.kept),
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
            "images_per_second": round(self.images_per_second, 3),
            "megabytes_per_second": round(self.megabytes_per_second, 3),
        }
