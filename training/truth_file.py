"""The files in which a site's own truth is kept: the one place that reads, checks and writes them."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..errors import RefusedError, UsageError
from ..redactor.dicom import open_file
from ..redactor.dicom.atomic import atomic_file
from ..redactor.lock import Lock
from ..redactor.page import shown
from .evaluate_fields import Field, read_json
from .truth_page import LocalPage
from .truth_parse import parse_page, record_of

SUFFIX = ".json"


class StaleError(UsageError):
    """A truth file was saved by somebody else meanwhile; read it again."""


def load_truth(folder: Path, *, images: bool = True) -> tuple[LocalPage, ...]:
    """Give all truth of a folder, reviewed or not, in the order of the names.

    Parameters
    ----------
    folder : Path
        Holds one JSON file per image, also in folders.
    images : bool
        Open every image, to see that it is there and as large as the truth says.

    Raises
    ------
    UsageError
        A file is not in the format, an image is missing or another, or two files are about one image. The message
        names file and field, never a value.
    """
    if not folder.is_dir():
        raise UsageError(f"{shown(folder.name)}: is no folder; expected one with truth files")
    paths = sorted(folder.rglob(f"*{SUFFIX}"))
    pages = tuple(read_page(folder, path.relative_to(folder).as_posix().removesuffix(SUFFIX)) for path in paths)
    if not pages:
        raise UsageError(f"{shown(folder.name)}: holds no truth file; make some with deburn review")
    _check_distinct(pages)
    if images:
        for page in pages:
            check_image(page)
    return pages


def read_page(folder: Path, name: str) -> LocalPage:
    """Give the truth of one file of a folder; its image is not looked at.

    Raises
    ------
    UsageError
        It is not in the format.
    """
    top = read_json(path_of(folder, name), f"{name}{SUFFIX}")
    return parse_page(top, name=name, image=_image(folder, top.get("image")))


def save_truth(folder: Path, page: LocalPage) -> LocalPage:
    """Write the truth of one image, whole and on the disk or not at all; give it with its new revision.

    Only the owner can read the file: it may name patients. Whoever writes holds `writing` meanwhile.

    Raises
    ------
    StaleError
        What the folder holds is not of the page's revision.
    UsageError
        The page contradicts itself; the message names the field.
    OSError
        The disk is full, the folder cannot be written to, and so on.
    """
    path = path_of(folder, page.name)
    if _revision(folder, page.name) != page.revision:
        raise StaleError(f"{shown(path.name)}: was saved by somebody else meanwhile; load it again")
    record = record_of(page) | {"revision": page.revision + 1, "image": _reference(folder, page.image)}
    saved = parse_page(Field(file=f"{page.name}{SUFFIX}", place="", value=record), name=page.name, image=page.image)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with atomic_file(path) as part:
        # Escapes keep names of files that are no Unicode.
        part.file.write(json.dumps(record, indent=1).encode("ascii") + b"\n")
    return saved


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only process that writes into a folder of truth, which is made where it does not exist.

    Raises
    ------
    UsageError
        Another process holds it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = Lock(folder)
    try:
        lock.__enter__()
    except UsageError:
        raise UsageError(
            f"{shown(folder.name)}: another process is writing there, or the folder cannot be locked; end that one, "
            "or choose another folder"
        ) from None
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def check_image(page: LocalPage) -> None:
    """Check that a page's image is there and as large as the page says.

    Raises
    ------
    UsageError
        It is not; the message names the field.
    """
    where = f"{shown(page.name)}{SUFFIX}"
    if not page.image.is_file():
        raise UsageError(f"{where}: image is not there; expected a file, by its path from the truth folder")
    try:
        source = open_file(page.image)
    except RefusedError as error:
        raise UsageError(f"{where}: image cannot be used: {error}") from None
    found = {"frames": source.frame_count, "rows": source.rows, "columns": source.columns}
    stated = {"frames": page.frame_count, "rows": page.rows, "columns": page.columns}
    for key, value in found.items():
        if stated[key] != value:
            raise UsageError(f"{where}: size.{key} is {stated[key]}; the image has {value}: this is another image")


def path_of(folder: Path, name: str) -> Path:
    """Give the truth file of a name.

    Raises
    ------
    UsageError
        The name leads out of the folder.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute() or Path(name).is_absolute() or "\0" in name:
        raise UsageError("the name of a truth file leads out of its folder")
    return folder / f"{name}{SUFFIX}"


def _image(folder: Path, given: Field) -> Path:
    if not given.text() or "\0" in given.text():
        given.wrong("a path from the truth folder to the image", "none")
    return Path(os.path.normpath(folder.resolve() / given.text()))


def _reference(folder: Path, image: Path) -> str:
    """Give the way from the folder to the image, so that both can be moved together."""
    try:
        return Path(os.path.relpath(image.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive there is no way but the whole path
        return image.resolve().as_posix()


def _revision(folder: Path, name: str) -> int:
    try:
        return read_page(folder, name).revision
    except UsageError:
        if path_of(folder, name).exists():
            raise
        return 0


def _check_distinct(pages: tuple[LocalPage, ...]) -> None:
    about: dict[str, str] = {}
    for page in pages:
        image = os.path.realpath(page.image)
        if image in about:
            raise UsageError(
                f"{shown(page.name)}{SUFFIX}: image is that of {shown(about[image])}{SUFFIX} too; keep one of them"
            )
        about[image] = page.name
