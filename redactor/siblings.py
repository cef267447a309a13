"""What the other files of a study know: a first pass over headers, a stretch of files ahead of the work."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from .dicom import Known, identity_of, open_file
from .dicom.values import read_value
from .job import Task

ORIGIN = "another file of the study"
# Files whose headers are read ahead, and studies that are remembered from before: what bounds the memory of a
# run over millions of files. A study whose files lie further apart than that is known in part.
AHEAD, STUDIES = 1024, 1024
# Values that one study may add: a header can hold any number of names.
MOST_VALUES = 1000


# A study, and what a header of it knows.
Header = tuple[str, tuple[Known, ...]]
Stretch = list[tuple[Task, Header]]
NOTHING: Header = ("", ())


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
    """Hand each task what the headers of the same study know besides its own; they are read here."""
    tasks = iter(tasks)
    yield from learned(iter(lambda: [(task, read_header(task)) for task in islice(tasks, AHEAD)], []))


def learned(stretches: Iterable[Stretch]) -> Iterator[Task]:
    """Hand each task what the headers of the same study know besides its own.

    Parameters
    ----------
    stretches : iterable of list of (Task, Header)
        Tasks with what `read_header` gives of them, a stretch at a time.
    """
    studies = _Studies()
    for stretch in stretches:
        for _, (study, entries) in stretch:
            if study:
                studies.add(study, entries)
        for task, (study, entries) in stretch:
            own = set(entries)
            others = studies.known.get(study, {}) if study else {}
            yield replace(task, siblings=tuple(entry for entry in others if entry not in own))


def read_header(task: Task) -> Header:
    """Return the study and what the header knows; nothing where the file would be refused."""
    try:
        dataset = open_file(task.entry.path).dataset
        return str(read_value(dataset, "StudyInstanceUID") or "").strip(), identity_of(dataset).entries
    # Whatever is wrong with the file is found again, and recorded, by the worker that does it.
    except Exception:
        return NOTHING
