"""What the other files of a study know: a first pass over headers, a stretch of files ahead of the work."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from .dicom import Known, identity_of, open_file
from .dicom.values import read_value
from .job import Task

ORIGIN = "another file of the study"
# Files whose headers are read ahead, and studies that are remembered from before: what bounds the memory of a
# run over millions of files. A study whose files lie further apart than that is known in part.
AHEAD, STUDIES = 1024, 1024
# Values that one study may add: a header can hold any number of names.
MOST_VALUES = 1000


@dataclass(slots=True, kw_only=True)
class _Studies:
    """What is known by study, in the order of their last mention."""

    known: OrderedDict[str, dict[Known, None]] = field(default_factory=OrderedDict, repr=False)

    def add(self, study: str, entries: Iterable[Known]) -> None:
        values = self.known.setdefault(study, {})
        self.known.move_to_end(study)
        for entry in entries:
            if len(values) < MOST_VALUES:
                values.setdefault(replace(entry, origin=ORIGIN))
        while len(self.known) > STUDIES + AHEAD:
            self.known.popitem(last=False)


def with_siblings(tasks: Iterable[Task]) -> Iterator[Task]:
    """Hand each task what the headers of the same study know besides its own.

    A header that cannot be read contributes nothing: its own file is refused when its turn comes.
    """
    studies = _Studies()
    tasks = iter(tasks)
    while stretch := list(islice(tasks, AHEAD)):
        read = [_header(task.entry.path) for task in stretch]
        for study, entries in read:
            if study:
                studies.add(study, entries)
        for task, (study, entries) in zip(stretch, read, strict=True):
            own = set(entries)
            others = studies.known.get(study, {}) if study else {}
            yield replace(task, siblings=tuple(entry for entry in others if entry not in own))


def _header(path: Path) -> tuple[str, tuple[Known, ...]]:
    """Return the study and what the header knows; nothing where the file would be refused."""
    try:
        dataset = open_file(path).dataset
        return str(read_value(dataset, "StudyInstanceUID") or "").strip(), identity_of(dataset).entries
    # Whatever is wrong with the file is found again, and recorded, by the worker that does it.
    except Exception:
        return "", ()
