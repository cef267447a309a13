"""Known identities from a CSV file: people, numbers and dates that no header need mention."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydicom import Dataset

from ..errors import UsageError
from .dicom import Identity, Known
from .dicom.identity import Kind, parse_day
from .dicom.values import read_value

ORIGIN = "the list of identities"
# The column that ties a row to files; the others are the kinds of `Known`.
FILES = "files"
_COLUMNS = (FILES, *get_args(Kind))
# Elements of a header that `files` may name.
_KEYS = ("PatientID", "AccessionNumber", "StudyInstanceUID", "StudyID")
# Every value without `files` is compared with every line of every file.
MOST_FOR_ALL = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """What a list knows; the values stay out of `repr`.

    Attributes
    ----------
    everywhere : tuple of Known
        Looked for in every file.
    by_key : mapping of str to tuple of Known
        Looked for in files whose Patient ID, accession number, Study Instance UID or Study ID is the key.
    """

    everywhere: tuple[Known, ...] = ()
    by_key: Mapping[str, tuple[Known, ...]] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.by_key)

    def about(self, dataset: Dataset) -> tuple[Known, ...]:
        """Return what the list knows about a file, by its header.

        Raises
        ------
        MalformedError
            One of the header's numbers is none of its VR.
        """
        if not self.by_key:
            return self.everywhere
        keys = {str(read_value(dataset, keyword) or "").strip() for keyword in _KEYS}
        return (*self.everywhere, *(known for key in sorted(keys) for known in self.by_key.get(key, ())))


def extended(identity: Identity, dataset: Dataset, identities: Identities) -> Identity:
    """Return a header's identity with what the list knows about the file."""
    return identity.joined(identities.about(dataset)) if identities else identity


def load_identities(path: Path) -> Identities:
    """Read a list of identities: CSV in UTF-8 with a header row.

    The columns are any of "name" (the patient), "person" (anyone else), "id", "accession", "date" (YYYY-MM-DD or
    YYYYMMDD), "time", "institution", "address", "phone", "serial", and "files": a Patient ID, accession number,
    Study Instance UID or Study ID to whose files a row is confined. Several values in a cell are parted by "|".

    Raises
    ------
    UsageError
        The file cannot be read or is no such list; row and column are named, values never.
    """
    everywhere: dict[Known, None] = {}
    by_key: dict[str, dict[Known, None]] = {}
    for row, cells in _rows(path):
        keys = _values(cells.get(FILES, ""))
        known = [entry for column, cell in cells.items() if column != FILES for entry in _known(row, column, cell)]
        for key in keys:
            by_key.setdefault(key, {}).update(dict.fromkeys(known))
        if not keys:
            everywhere.update(dict.fromkeys(known))
    if len(everywhere) > MOST_FOR_ALL:
        raise UsageError(
            f"the list of identities has {len(everywhere)} values for all files; expected at most {MOST_FOR_ALL}: "
            f'name in the column "{FILES}" which files a row is about'
        )
    return Identities(everywhere=tuple(everywhere), by_key={key: tuple(known) for key, known in by_key.items()})


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its number, the header's being 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            columns = [column.strip().lower() for column in next(rows, [])]
            _check_columns(columns)
            for number, cells in enumerate(rows, 2):
                if len(cells) > len(columns):
                    raise UsageError(
                        f"the list of identities, row {number}: {len(cells)} cells; expected {len(columns)}, as the "
                        "header has; quote cells that hold commas"
                    )
                yield number, dict(zip(columns, cells, strict=False))
    except OSError as error:
        raise UsageError(f"the list of identities cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError("the list of identities is not UTF-8; save it as CSV UTF-8") from None
    except csv.Error:
        raise UsageError(f"the list of identities is no valid CSV at line {rows.line_num}") from None


def _check_columns(columns: list[str]) -> None:
    # The header row may be missing, and its cells values then: they are not quoted.
    unknown = [place for place, column in enumerate(columns, 1) if column not in _COLUMNS]
    if unknown or not columns or columns == [FILES]:
        where = f"column {unknown[0]} of its first row is none" if unknown else "its first row names no column"
        raise UsageError(f"the list of identities: {where}; expected any of {', '.join(_COLUMNS)}")
    if len(set(columns)) < len(columns):
        raise UsageError("the list of identities names a column twice; part several values in a cell by |")


def _known(row: int, column: str, cell: str) -> Iterator[Known]:
    for value in _values(cell):
        day = None
        if column == "date" and (day := parse_day(value)) is None:
            raise UsageError(
                f"the list of identities, row {row}, column date: no date; expected YYYY-MM-DD or YYYYMMDD"
            )
        kind = next(kind for kind in get_args(Kind) if kind == column)
        yield Known(kind=kind, keyword=column, text=value, day=day, origin=ORIGIN)


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]
