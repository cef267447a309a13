"""What an earlier run recorded of a file, and whether that still holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, scrypt
from pathlib import Path
from typing import Any

from .. import __version__
from ..model import Box, ModelSpec
from .discovery import Entry
from .explain import from_json
from .identities import Identities
from .outcome import Outcome
from .policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A file's line of an earlier run.

    Attributes
    ----------
    outcome : Outcome
        "clean" or "redacted": what was quarantined is tried again.
    size, modified : int
        Of the source, as it was found.
    model, model_sha256 : str
        What looked at it.
    siblings : int
        Values that other files of its study added.
    """

    outcome: Outcome
    size: int
    modified: int
    model: str
    model_sha256: str
    siblings: int


def settings_of(policy: Policy, identities: Identities | None = None, version: str = __version__) -> str:
    """Give a digest of what, besides file and model, decides on a result: policy, known identities, version.

    It stands in every line of the manifest. Identities and the patterns of a policy are names, and a guess must
    not be cheap to check: hence scrypt, which takes some hundredths of a second (RFC 7914).
    """
    known = asdict(identities or Identities())
    settings = json.dumps([version, asdict(policy), known], sort_keys=True, default=str).encode()
    return scrypt(settings, salt=b"deburn", n=1 << 14, r=8, p=1, dklen=16).hex()


def earlier_of(line: Mapping[str, Any] | None, settings: str) -> Earlier | None:
    """Read a manifest line; None where there is none of the same settings, or where it was quarantined."""
    if line is None or line.get("settings") != settings or line.get("state") not in ("clean", "redacted"):
        return None
    outcome = Outcome(
        state=line["state"],
        frames=line["frames"],
        boxes=tuple(Box(frame=box[0], x0=box[1], y0=box[2], x1=box[3], y1=box[4]) for box in line["boxes"]),
        categories=line["masked"],
        kept=line["kept"],
        why=tuple(from_json(explanation) for explanation in line["why"]),
        source_sha256=line["source_sha256"],
        target_sha256=line["target_sha256"],
    )
    return Earlier(
        outcome=outcome,
        size=line["source_size"],
        modified=line["source_modified"],
        model=line["model"],
        model_sha256=line["model_sha256"],
        siblings=line["siblings"],
    )


def holds(earlier: Earlier, entry: Entry, target: Path, spec: ModelSpec) -> bool:
    """Say whether the file would come out the same again, and its result lies where it was written.

    The source is the same if its size and time of change are, or else its bytes; the target is always hashed.
    """
    return (
        (earlier.model, earlier.model_sha256) == (spec.name, spec.sha256)
        and earlier.size == entry.size
        and target.is_file()
        and not target.is_symlink()
        and (earlier.modified == entry.modified or _sha256(entry.path) == earlier.outcome.source_sha256)
        and _sha256(target) == earlier.outcome.target_sha256
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
