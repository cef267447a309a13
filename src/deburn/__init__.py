"""Find text burned into DICOM pixels, decide what identifies a patient, mask it in place."""

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .errors import (
        DeburnError,
        MalformedError,
        MissingExtraError,
        ModelError,
        NotDicomError,
        RefusedError,
        UndecodableError,
        UnsupportedError,
        UnverifiedError,
        UsageError,
    )
    from .model import Box, TextLine
    from .redactor.dicom import Frames, PixelFormat
    from .redactor.findings import Finding
    from .redactor.in_memory import find, find_stream
    from .redactor.outcome import Outcome
    from .redactor.pipeline import redact, redact_file
    from .redactor.policy import Policy
    from .redactor.policy_file import load_policy

# Public name -> the module that defines it. Loaded on first use, so that `import deburn` costs nothing
# and the lower layers can import `deburn.errors` without pulling in the upper ones.
_HOME = {
    "Box": "model",
    "TextLine": "model",
    "Frames": "redactor.dicom",
    "PixelFormat": "redactor.dicom",
    "Finding": "redactor.findings",
    "Outcome": "redactor.outcome",
    "Policy": "redactor.policy",
    "load_policy": "redactor.policy_file",
    "find": "redactor.in_memory",
    "find_stream": "redactor.in_memory",
    "redact": "redactor.pipeline",
    "redact_file": "redactor.pipeline",
    "DeburnError": "errors",
    "UsageError": "errors",
    "MissingExtraError": "errors",
    "ModelError": "errors",
    "RefusedError": "errors",
    "NotDicomError": "errors",
    "MalformedError": "errors",
    "UnsupportedError": "errors",
    "UndecodableError": "errors",
    "UnverifiedError": "errors",
}

__all__ = [
    "Box",
    "DeburnError",
    "Finding",
    "Frames",
    "MalformedError",
    "MissingExtraError",
    "ModelError",
    "NotDicomError",
    "Outcome",
    "PixelFormat",
    "Policy",
    "RefusedError",
    "TextLine",
    "UndecodableError",
    "UnsupportedError",
    "UnverifiedError",
    "UsageError",
    "__version__",
    "find",
    "find_stream",
    "load_policy",
    "redact",
    "redact_file",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'deburn' has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
