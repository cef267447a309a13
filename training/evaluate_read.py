"""Read truth: this project's folders, and whichever of the other formats a file is in."""

import csv
from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path

from ..errors import UsageError
from ..model import Box
from ..model.categories import IDENTIFYING
from ..redactor.page import shown
from .evaluate_fields import Field, read_json
from .evaluate_midi import read_midi
from .evaluate_presidio import PADDING, read_presidio
from .evaluate_truth import Format, Truth, TruthLine, TruthPage, TruthSpan

INDEX = "index.csv"
# What the index says of a file: text without identifiers, text that identifies, no text.
_CLASSES = ("a", "b", "c")


def read_truth(
    path: Path,
    originals: Path,
    *,
    form: Format | None = None,
    index: Path | None = None,
    split: str | None = None,
    padding: int = PADDING,
) -> Truth:
    """Give the truth that a file or folder holds.

    Parameters
    ----------
    path : Path
        A folder of this project's truth files; Presidio's ground truth (``.json``); MIDI-B's answer key (SQLite or
        ``.csv``).
    originals : Path
        Folder of the images; MIDI-B's key names them by what their headers hold.
    form : {"deburn", "presidio", "midi-b"}, optional
        Instead of guessing it.
    index : Path, optional
        Of this project's format; by default ``index.csv`` in the folder or beside it, if there is one.
    split : str, optional
        Only the files that the index counts to it.
    padding : int
        That Presidio's coordinates contain, in pixels.

    Raises
    ------
    UsageError
        What is there is not in the format; the message names file and field.
    """
    form = form or _guess(path)
    if form != "deburn" and (index is not None or split is not None):
        raise UsageError("--index and --split are for this project's own truth; leave them out")
    if form == "presidio":
        return read_presidio(path, padding=padding)
    if form == "midi-b":
        return read_midi(path, originals)
    return read_folder(path, index=index, split=split)


def read_folder(folder: Path, *, index: Path | None = None, split: str | None = None) -> Truth:
    """Give the truth of this project's format: a JSON file per image, and an index of the images if there is one.

    Raises
    ------
    UsageError
        A file or the index is not in the format.
    """
    if not folder.is_dir():
        raise UsageError(f"{shown(folder.name)}: is a file; expected a folder of truth files")
    index = index or next((place for place in (folder / INDEX, folder.parent / INDEX) if place.is_file()), None)
    if index is None:
        if split is not None:
            raise UsageError(f"--split needs an index of the images: {INDEX} in the truth folder, or --index")
        paths = sorted(folder.rglob("*.json"))
        listed = [_page(path, path.relative_to(folder).with_suffix("").as_posix()) for path in paths]
    else:
        listed = [_listed(folder, row, where) for row, where in _rows(index, split)]
    pages = [page for page in listed if page is not None]
    skipped = len(listed) - len(pages)
    if not pages:
        raise UsageError(f"{shown(folder.name)}: holds no truth: no .json file, and no index of text-free images")
    return Truth(format="deburn", pages=tuple(pages), complete=True, skipped=skipped)


def _guess(path: Path) -> Format:
    if path.is_dir():
        return "deburn"
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith(b"SQLite format 3") or path.suffix.lower() == ".csv":
        return "midi-b"
    if start.lstrip()[:1] == b"{":
        return "presidio"
    raise UsageError(
        f"{shown(path.name)}: is no truth that we know; expected a folder, Presidio's .json, or MIDI-B's .db or .csv"
    )


def _rows(index: Path, split: str | None) -> Iterator[tuple[dict[str, str], str]]:
    """Give the index's rows of a split, each with what errors call it."""
    try:
        with index.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (csv.Error, UnicodeDecodeError):
        raise UsageError(f"{shown(index.name)}: is no CSV in UTF-8") from None
    needed = ("name", "class", *(("split",) if split is not None else ()))
    for column in needed:
        if rows and column not in rows[0]:
            raise UsageError(f"{shown(index.name)}: column {column} is missing")
    if split is not None and not any(row["split"] == split for row in rows):
        raise UsageError(f"{shown(index.name)}: no row is of the split that --split names")
    for number, row in enumerate(rows, start=2):
        where = f"{shown(index.name)}: row {number}"
        if row["class"] not in _CLASSES:
            raise UsageError(f"{where}: column class is none of {', '.join(_CLASSES)}")
        if not row["name"] or Path(row["name"]).is_absolute() or ".." in Path(row["name"]).parts:
            raise UsageError(f"{where}: column name is no file name")
        if split is None or row["split"] == split:
            yield row, where


def _listed(folder: Path, row: dict[str, str], where: str) -> TruthPage | None:
    name = row["name"].removesuffix(".dcm").removesuffix(".json")
    path, variant = folder / f"{name}.json", bool(row.get("variant_of"))
    if path.is_file():
        page = _page(path, name, variant=variant)
        if row["class"] == "c" and page is not None and page.lines:
            raise UsageError(f"{where}: column class says that there is no text, but {shown(path.name)} lists some")
        return page
    return TruthPage(name=name, text_free=True, variant=variant) if row["class"] == "c" else None


def _page(path: Path, name: str, *, variant: bool = False) -> TruthPage | None:
    """Give a file's page; None where `deburn review` keeps it and nobody has said yet that it is right."""
    top = read_json(path, f"{name}.json")
    if not _flag(top, "reviewed", otherwise=True):
        return None
    given = top.find("frame")
    frame = given.whole() if given else None
    boxes = list(top.get("boxes").items())
    lines = tuple(_line(item, frame or 0) for item in boxes if _stands_on(item, frame or 0))
    # Of a cine that was reviewed, frames that nobody looked at may hold text.
    known = _flag(top, "text_free", otherwise=True)
    return TruthPage(name=name, frame=frame, lines=lines, text_free=known and not boxes, variant=variant)


def _stands_on(item: Field, frame: int) -> bool:
    given = item.find("frame")
    return given is None or given.whole() == frame


def _line(item: Field, frame: int) -> TruthLine:
    left, top, width, height = (item.get(name).number() for name in "xywh")
    for name, length in (("w", width), ("h", height)):
        if length <= 0:
            item.get(name).wrong("more than 0", "0 or less")
    box = Box(
        frame=frame,
        x0=max(floor(left), 0),
        y0=max(floor(top), 0),
        x1=max(ceil(left + width), 0),
        y1=max(ceil(top + height), 0),
    )
    kind, written = item.find("kind"), item.get("text")
    named = kind.text() if kind else None
    text = "" if written.value is None else written.text()
    phi = _phi(item, text, named)
    return TruthLine(
        box=box,
        text=text,
        kind=named,
        phi=phi or (),
        ignore=phi is None or _flag(item, "ignore"),  # nobody knows: masked or kept, both are right
        moves=_flag(item, "varies_across_frames"),
    )


def _phi(item: Field, text: str, kind: str | None) -> tuple[TruthSpan, ...] | None:
    """Give what of a line identifies someone; None where that is unknown. Without text its kind says it."""
    given = item.get("phi")
    if given.value is not None:
        return tuple(_span(part, len(text), kind) for part in given.items())
    if kind in IDENTIFYING:
        return (TruthSpan(start=0, end=max(len(text), 1), kind=kind),)
    return None if kind is None else ()


def _flag(item: Field, name: str, *, otherwise: bool = False) -> bool:
    given = item.find(name)
    return otherwise if given is None else given.truth()


def _span(given: Field, length: int, kind: str | None) -> TruthSpan:
    """Give ``[start, end]``, or ``[start, end, kind]`` where a part is something else than its line."""
    parts = list(given.items())
    if len(parts) not in (2, 3):
        given.wrong("[start, end] or [start, end, kind]", f"a list of {len(parts)}")
    start, end = parts[0].whole(), parts[1].whole()
    if not start < end <= length:
        given.wrong(f"a range of the text's {length} characters", "none")
    return TruthSpan(start=start, end=end, kind=parts[2].text() if len(parts) == 3 else kind)
