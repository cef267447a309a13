"""What deburn's own manifest says of redacted files: why each mask is there."""

from collections.abc import Iterable
from pathlib import Path

from ..errors import UsageError
from ..redactor.discovery import MANIFEST
from ..redactor.explain import Explanation, from_json
from ..redactor.manifest_index import ManifestIndex


def explanations_of(folder: Path, names: Iterable[str]) -> dict[str, tuple[Explanation, ...]]:
    """Give what was masked in each file by its name; nothing of files that no manifest explains.

    Parameters
    ----------
    folder : Path
        Of redacted files, deburn's or not.
    names : iterable of str
        Paths in it.

    Raises
    ------
    UsageError
        A line of the manifest is not one that this version writes.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    found = {}
    try:
        with ManifestIndex(path) as index:
            for name in names:
                line = index.get(name)
                if line is not None:
                    found[name] = tuple(from_json(explanation) for explanation in line["why"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{MANIFEST} in REDACTED is not one that this version writes; take it away") from None
    return found
