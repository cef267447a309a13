"""What a site knows of its own images: the nouns that review writes and fine-tuning reads."""

from dataclasses import dataclass, field
from pathlib import Path

from ..model import Box
from ..model.categories import IDENTIFYING, Category
from .evaluate_truth import TruthSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalLine:
    """A line of text in an image of one's own.

    Attributes
    ----------
    box : Box
        Around it, in frame pixels.
    text : str or None
        What it says; stays out of `repr`. None where nobody wrote it down.
    kind : str or None
        What it is as a whole, one of `deburn.model.categories`; None where that is unknown.
    phi : tuple of TruthSpan or None
        What of the text identifies someone, in order; empty where nothing does; None where that is unknown, or where
        there is no text and `kind` alone says it.
    ignore : bool
        A placeholder that identifies nobody: masked or kept, both are right.
    moves : bool
        Whether it reads otherwise, or stands elsewhere, on other frames.
    proposed : bool
        Whether only a network says so, and nobody has looked at it yet.
    score : float or None
        Of a proposal, how sure the network is, in [0, 1].
    """

    box: Box
    text: str | None = field(repr=False)
    kind: Category | None = None
    phi: tuple[TruthSpan, ...] | None = None
    ignore: bool = False
    moves: bool = False
    proposed: bool = False
    score: float | None = None

    @property
    def identifies(self) -> bool | None:
        """Whether any of it identifies someone; None where that is unknown."""
        if self.phi is not None:
            return bool(self.phi)
        return None if self.kind is None else self.kind in IDENTIFYING


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPage:
    """What is known of one image.

    Attributes
    ----------
    name : str
        Of the truth file in its folder, without ".json", with "/".
    image : Path
        The DICOM file.
    rows, columns, frame_count : int
        Of the image.
    frames : tuple of int
        Those whose text is listed in full, in order; on the first of them redactors are measured. No other frame has
        lines, and of the others nothing is known, unless `text_free` says so.
    lines : tuple of LocalLine
    text_free : bool
        Whether no frame of the image holds any text.
    reviewed : bool
        Whether a person has said that all of this is right. Nothing else is to be learned from.
    revision : int
        How often it was saved; 0 if it never was.
    """

    name: str
    image: Path
    rows: int
    columns: int
    frame_count: int
    frames: tuple[int, ...]
    lines: tuple[LocalLine, ...] = ()
    text_free: bool = False
    reviewed: bool = False
    revision: int = 0
