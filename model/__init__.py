"""The networks and the seam behind which they run; numpy in, numpy out."""

from .boxes import Box, TextLine

__all__ = ["Box", "TextLine"]
