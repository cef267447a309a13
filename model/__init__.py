"""The networks and the seam behind which they run; numpy in, numpy out."""

from .boxes import Box, TextLine
from .cells import Candidates
from .lines import FoundLine
from .runner import Handle, Runner, open_runner
from .spec import ModelSpec, load_spec
from .spotter import detect, transcribe, transcribe_each

__all__ = [
    "Box",
    "Candidates",
    "FoundLine",
    "Handle",
    "ModelSpec",
    "Runner",
    "TextLine",
    "detect",
    "load_spec",
    "open_runner",
    "transcribe",
    "transcribe_each",
]
