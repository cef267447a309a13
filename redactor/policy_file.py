"""Policies as TOML: the presets that ship, and files of one's own, checked key by key."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any, get_args

from ..errors import UsageError
from ..model.categories import CATEGORIES
from .lists import compiled, keeps_anything
from .policy import CineMask, Fill, JpegSyntax, Mode, Policy

PRESETS = get_args(Mode)
_FOLDER = Path(__file__).with_name("policies")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A number of a policy: the field of `Policy`, its type and the range that makes sense.

    The reader's threshold and the heights have bounds, so that no file can switch off the masking of what
    cannot be read.
    """

    field: str
    kind: type[int] | type[float]
    least: float
    most: float


_NUMBERS = {
    "thresholds.read": _Number(field="read_score", kind=float, least=0.5, most=1),
    "thresholds.smallest": _Number(field="smallest", kind=int, least=4, most=100),
    "thresholds.largest": _Number(field="largest", kind=int, least=20, most=1000),
    "thresholds.suspect": _Number(field="suspect", kind=float, least=0, most=0.5),
    "thresholds.suspect_words": _Number(field="suspect_words", kind=float, least=0, most=0.5),
    "thresholds.suspect_alone": _Number(field="suspect_alone", kind=float, least=0, most=0.5),
    "thresholds.overrule": _Number(field="overrule", kind=float, least=0, most=1),
    "mask.margin": _Number(field="margin", kind=float, least=0, most=2),
}
_WORDS = {
    "mode": PRESETS,
    "mask.fill": get_args(Fill),
    "mask.cine": get_args(CineMask),
    "mask.jpeg": get_args(JpegSyntax),
} | {f"categories.{category}": ("mask", "keep") for category in CATEGORIES}
_LISTS = {"lists.keep": "keep", "lists.drop": "drop"}
_TABLES = {key.partition(".")[0] for key in (*_NUMBERS, *_WORDS, *_LISTS) if "." in key}


def load_policy(policy: str | PathLike[str]) -> Policy:
    """Return a policy by the name of a preset, "phi", "strict" or "text", or from a TOML file.

    A file need only say what differs from the preset of its `mode`.

    Raises
    ------
    UsageError
        There is no such preset or file, or a key in it is unknown, of the wrong type or out of range.
    """
    name = str(policy)
    if name in PRESETS:
        return _policy(_parsed(preset_text(name), name), name, Policy())
    path = Path(policy)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"no policy {name!r}; expected {', '.join(PRESETS)} or a TOML file") from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise UsageError(f"policy {path.name}: cannot be read: {why}") from None
    values = _parsed(text, path.name)
    mode = values.get("mode", "phi")
    _check_word(path.name, "mode", mode)
    return _policy(values, path.name, load_policy(mode))


def preset_text(name: str) -> str:
    """Return the TOML of a preset, comments and all."""
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def _parsed(text: str, name: str) -> dict[str, Any]:
    """Return the file's values by dotted key."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The message tells line and column, and may quote one character.
        raise UsageError(f"policy {name}: no valid TOML: {error}") from None
    values: dict[str, Any] = {}
    for key, value in tables.items():
        if key in _TABLES:
            if not isinstance(value, dict):
                raise UsageError(f"policy {name}: {key} is {_type(value)}; expected a table, [{key}]")
            values |= {f"{key}.{inner}": item for inner, item in value.items()}
        else:
            values[key] = value
    return values


def _policy(values: Mapping[str, Any], name: str, base: Policy) -> Policy:
    kept: set[str] = set(base.kept)
    changes: dict[str, Any] = {}
    for key, value in values.items():
        if key in _NUMBERS:
            changes[_NUMBERS[key].field] = _number(name, key, value, _NUMBERS[key])
        elif key in _LISTS:
            changes[_LISTS[key]] = _patterns(name, key, value)
        elif key in _WORDS:
            _check_word(name, key, value)
            if key.startswith("categories."):
                (kept.add if value == "keep" else kept.discard)(key.partition(".")[2])
            else:
                changes[key.rpartition(".")[2]] = value
        else:
            raise UsageError(f"policy {name}: unknown key {key!r}; deburn policy prints a file with every key")
    policy = replace(base, **changes, kept=tuple(category for category in CATEGORIES if category in kept))
    _check_whole(name, policy)
    return policy


def _check_word(name: str, key: str, value: object) -> None:
    if value not in _WORDS[key]:
        expected = " or ".join(f'"{word}"' for word in _WORDS[key])
        found = f'"{value}"' if isinstance(value, str) else _type(value)
        raise UsageError(f"policy {name}: {key} is {found}; expected {expected}")


def _number(name: str, key: str, value: object, number: _Number) -> float:
    kind = "a whole number" if number.kind is int else "a number"
    if isinstance(value, (int, number.kind)) and not isinstance(value, bool):
        if number.least <= value <= number.most:
            return number.kind(value)
        found = str(value)
    else:
        found = _type(value)
    raise UsageError(f"policy {name}: {key} is {found}; expected {kind} from {number.least:g} to {number.most:g}")


def _patterns(name: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"policy {name}: {key} is {_type(value)}; expected an array of strings")
    for place, pattern in enumerate(value, 1):
        try:
            compiled(pattern)
        except ValueError as error:
            raise UsageError(f"policy {name}: {key}, pattern {place} {error}") from None
        if key == "lists.keep" and keeps_anything(pattern):
            raise UsageError(f"policy {name}: {key}, pattern {place} fits any text; name what is to be kept")
    return tuple(value)


def _check_whole(name: str, policy: Policy) -> None:
    if policy.smallest >= policy.largest:
        raise UsageError(f"policy {name}: thresholds.smallest is not below thresholds.largest")
    if policy.mode == "strict" and "other" in policy.kept:
        raise UsageError(f'policy {name}: categories.other is "keep", but mode is "strict"; use mode = "phi"')
    if policy.mode == "text" and (policy.kept or policy.keep):
        what = f"categories.{policy.kept[0]}" if policy.kept else "lists.keep"
        raise UsageError(f'policy {name}: {what} keeps text, but mode is "text"; use mode = "strict"')


def _type(value: object) -> str:
    kinds = {bool: "a boolean", int: "a whole number", float: "a number", str: "a string", list: "an array"}
    return kinds.get(type(value), "a table" if isinstance(value, dict) else "a date or time")
