"""MIDI-B's answer key: which boxes of which instances must be unreadable, and whose Pixel Data must stay.

The key is a table ``answer_data``, in SQLite or as CSV, a row per instance. Its column ``AnswerData`` holds a JSON
object of checks; two of their actions are about pixels. ``<pixels_hidden>`` has in ``action_text`` an object
``{"text", "top_left": [x, y], "bottom_right": [x, y]}``, ``<pixels_retained>`` the MD5 of the Pixel Data's bytes.
"""

import csv
import re
import sqlite3
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pydicom import dcmread
from pydicom.errors import InvalidDicomError

from ..errors import UsageError
from ..model import Box
from ..redactor.discovery import discover
from ..redactor.page import shown
from .evaluate_fields import Field, parse_json
from .evaluate_truth import Truth, TruthLine, TruthPage, TruthSpan

_HIDDEN, _RETAINED = "pixels_hidden", "pixels_retained"
# Column of the key that names what a row is about, by its scope.
_SCOPES = {
    "Instance": "SOPInstanceUID",
    "Series": "SeriesInstanceUID",
    "Study": "StudyInstanceUID",
    "Patient": "StudyInstanceUID",
}
_UIDS = ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID")
# What the key's texts hold beside what identifies: the label of a birth date, a sex in brackets.
_LABEL = re.compile(r"DOB:|\[[A-Z]\]")
_MD5 = re.compile(r"[0-9a-f]{32}")


def read_midi(path: Path, originals: Path) -> Truth:
    """Give what an answer key says of pixels.

    Parameters
    ----------
    path : Path
        SQLite database with a table ``answer_data``, or the table as CSV.
    originals : Path
        The images; rows are matched to them by the UIDs of their headers.

    Raises
    ------
    UsageError
        The key is not in the format.
    """
    pages: dict[str, TruthPage] = {}
    files = None
    for number, row in enumerate(_rows(path), start=1):
        where = f"{path.name}: row {number}"
        checks = list(_pixel_checks(_cell(row, "AnswerData", where), where))
        if not checks:
            continue
        files = files or _files_by_uid(originals)
        lines = tuple(_line(check) for action, check in checks if action == _HIDDEN)
        kept = [_digest(check) for action, check in checks if action == _RETAINED]
        for name in files.get(_subject(row, where)) or [f"row {number} of {path.name}"]:
            page = pages.get(name, TruthPage(name=name))  # rows of several scopes may be about one image
            pages[name] = replace(page, lines=page.lines + lines, pixels_md5=(*kept, page.pixels_md5)[0])
    if not pages:
        raise UsageError(f"{shown(path.name)}: says nothing of pixels: no {_HIDDEN} and no {_RETAINED}")
    return Truth(format="midi-b", pages=tuple(pages.values()), complete=False)


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    if path.suffix.lower() == ".csv":
        yield from _csv_rows(path)
        return
    try:
        # Read only: a key is not ours to touch, nor to make where the name is wrong.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as key:
            key.row_factory = sqlite3.Row
            for row in key.execute("SELECT * FROM answer_data"):
                yield dict(row)
    except sqlite3.Error:
        raise UsageError(f"{shown(path.name)}: is no SQLite database with a table answer_data") from None


def _csv_rows(path: Path) -> Iterator[Mapping[str, object]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # a row holds hundreds of checks
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, strict=True)
    except (csv.Error, UnicodeDecodeError):
        raise UsageError(f"{shown(path.name)}: is no CSV in UTF-8") from None


def _cell(row: Mapping[str, object], column: str, where: str) -> str:
    if column not in row:
        raise UsageError(f"{shown(where)}: column {column} is missing")
    cell = row[column]
    if not isinstance(cell, str) or not cell:
        raise UsageError(f"{shown(where)}: column {column} is empty or no text")
    return _bare(cell)


def _bare(text: str) -> str:
    """Take the angle brackets off with which the key wraps texts."""
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text


def _subject(row: Mapping[str, object], where: str) -> str:
    scope = _bare(str(row.get("scope") or "Instance"))
    if scope not in _SCOPES:
        raise UsageError(f"{shown(where)}: column scope is none of {', '.join(_SCOPES)}")
    return _cell(row, _SCOPES[scope], where)


def _pixel_checks(answers: str, where: str) -> Iterator[tuple[str, Field]]:
    """Give the checks that are about pixels: the action, and the parsed action text."""
    for _, check in parse_json(answers, where, "AnswerData").members():
        action = _bare(check.get("action").text())
        if action in (_HIDDEN, _RETAINED):
            text = check.get("action_text")
            bare = _bare(text.text())
            yield (
                action,
                (
                    parse_json(bare, where, text.place)
                    if action == _HIDDEN
                    else Field(file=where, place=text.place, value=bare)
                ),
            )


def _digest(check: Field) -> str:
    digest = check.text().lower()
    if not _MD5.fullmatch(digest):
        check.wrong("an MD5 of 32 hexadecimal digits", "none")
    return digest


def _line(region: Field) -> TruthLine:
    text = region.get("text").text()
    (x0, y0), (x1, y1) = (_point(region.get(corner)) for corner in ("top_left", "bottom_right"))
    if x0 >= x1 or y0 >= y1:
        region.wrong("a bottom_right below and right of its top_left", "empty")
    return TruthLine(box=Box(frame=0, x0=x0, y0=y0, x1=x1, y1=y1), text=text or " ", kind=None, phi=_spans(text or " "))


def _point(corner: Field) -> tuple[int, int]:
    values = [int(item.number()) for item in corner.items()]
    if len(values) != 2:
        corner.wrong("[x, y]", f"a list of {len(values)}")
    return max(values[0], 0), max(values[1], 0)


def _spans(text: str) -> tuple[TruthSpan, ...]:
    """Give what of a region's text identifies: what stands between labels; all of it where nothing does."""
    ends = [0, *(end for match in _LABEL.finditer(text) for end in match.span()), len(text)]
    spans = []
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        inner = text[start:end]
        if inner.strip():
            start += len(inner) - len(inner.lstrip())
            spans.append(TruthSpan(start=start, end=start + len(inner.strip()), kind=None))
    return tuple(spans) or (TruthSpan(start=0, end=len(text), kind=None),)


def _files_by_uid(originals: Path) -> dict[str, list[str]]:
    """Give the names of the images, by the UID of the instance, the series and the study that they are of."""
    names: dict[str, list[str]] = defaultdict(list)
    for entry in discover([originals]):
        if entry.refusal is not None:
            continue
        for uid in _uids(entry.path):
            names[uid].append(entry.name)
    return names


def _uids(path: Path) -> list[str]:
    """Give the UIDs of a file's instance, series and study; none where it is no DICOM, of which no key speaks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's quote values of the header
        try:
            header = dcmread(path, stop_before_pixels=True, specific_tags=list(_UIDS))
        except (InvalidDicomError, OSError):
            return []
        return [str(header.get(keyword)) for keyword in _UIDS if header.get(keyword)]
