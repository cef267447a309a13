"""JSON that somebody else wrote, read strictly: what is wrong is said by file and field, never by value."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from ..errors import UsageError
from ..redactor.page import shown

# No coordinate and no frame is that large; what is would overflow or fill the memory.
_LARGEST = 1_000_000_000
_NAMES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value, and where it stands.

    Attributes
    ----------
    file : str
        Name of the file.
    place : str
        Way to the value from the top, e.g. "boxes[3].phi".
    value : object
        As `json` gives it; stays out of `repr`.
    """

    file: str
    place: str
    value: Any = field(repr=False)

    def wrong(self, expected: str, found: str | None = None) -> NoReturn:
        """Raise a UsageError that says what was expected here; `found` must hold nothing of the value."""
        kind = found or _NAMES.get(type(self.value), "a number")
        raise UsageError(f"{shown(self.file)}: {self.place or 'the top'} is {kind}; expected {expected}")

    def get(self, name: str) -> "Field":
        """Give a member of an object, which must be there."""
        if name not in self._object():
            raise UsageError(f"{shown(self.file)}: {self._inner(name)} is missing")
        return Field(file=self.file, place=self._inner(name), value=self.value[name])

    def find(self, name: str) -> "Field | None":
        """Give a member of an object; None where it is not there or null."""
        return self.get(name) if self._object().get(name) is not None else None

    def items(self) -> Iterator["Field"]:
        """Give the items of a list."""
        if not isinstance(self.value, list):
            self.wrong("a list")
        for index, item in enumerate(self.value):
            yield Field(file=self.file, place=f"{self.place}[{index}]", value=item)

    def members(self) -> Iterator[tuple[str, "Field"]]:
        """Give the members of an object, with their names; places count them, because names may identify."""
        for index, (name, item) in enumerate(self._object().items(), start=1):
            yield name, Field(file=self.file, place=f"{self.place} entry {index}".strip(), value=item)

    def text(self) -> str:
        """Give a text."""
        if not isinstance(self.value, str):
            self.wrong("a text")
        return str(self.value)

    def number(self) -> float:
        """Give a finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.wrong("a number")
        if not abs(self.value) < _LARGEST:
            self.wrong("a number that is finite and less than 1,000,000,000")
        return float(self.value)

    def whole(self, least: int = 0) -> int:
        """Give a whole number, `least` or more."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.wrong("a whole number")
        if self.value < least:
            self.wrong(f"{least} or more", "less")
        if self.value >= _LARGEST:
            self.wrong("less than 1,000,000,000", "more")
        return int(self.value)

    def truth(self) -> bool:
        """Give true or false."""
        if not isinstance(self.value, bool):
            self.wrong("true or false")
        return bool(self.value)

    def _object(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            self.wrong("an object")
        members: dict[str, Any] = self.value
        return members

    def _inner(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def read_json(path: Path, name: str | None = None) -> Field:
    """Give the top of a JSON file; `name` is what errors call the file.

    Raises
    ------
    UsageError
        It cannot be read, or is no JSON.
    """
    try:
        return parse_json(path.read_text(encoding="utf-8"), name or path.name)
    except OSError as error:
        raise UsageError(f"{shown(name or path.name)}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{shown(name or path.name)}: is no UTF-8 text; expected JSON") from None


def parse_json(text: str, file: str, place: str = "") -> Field:
    """Give the top of a JSON text that stands at a place of a file.

    Raises
    ------
    UsageError
        It is no JSON.
    """
    try:
        return Field(file=file, place=place, value=json.loads(text))
    except (ValueError, RecursionError) as error:
        # The error's own message would do, but the chain would carry the document.
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"{shown(file)}: {place or 'the top'}{where} is no JSON") from None
