"""What to mask: one value, made at the edge and handed down whole."""

from dataclasses import asdict, dataclass
from typing import Literal

from ..model.categories import HARMLESS, Category

Mode = Literal["phi", "strict", "text"]
Fill = Literal["black", "white", "background"]
CineMask = Literal["union", "per-frame"]
JpegSyntax = Literal["jpeg-ls", "jpeg-lossless", "jpeg-2000", "htj2k", "rle", "explicit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to mask and how; `deburn.load_policy` reads one by name or from a file.

    Whatever cannot be read with confidence is masked under every policy; nothing here switches that off.

    Attributes
    ----------
    mode : {"phi", "strict", "text"}
        What may stay. "phi": what is not found to identify, or to be doubtful. "strict": only what is positively
        recognised as one of the categories that are kept. "text": nothing.
    kept : tuple of str
        Categories of `deburn.model.categories` that are kept; the others are masked.
    keep, drop : tuple of str
        Patterns of whole lines or words that are kept or masked, whatever they were taken for; see
        `lists`. No pattern keeps what matches the header or cannot be read.
    read_score : float
        Mean character probability below which a line or a word counts as unreadable, in [0, 1].
    smallest, largest : int
        Heights in pixels between which the reader is trusted; other lines count as unreadable.
    suspect : float
        Probability of identifying, as the classifier gives it, from which text without any rule for it is masked.
    suspect_words : float
        The same for such text that may be a name, see `tokens.namelike`, among known words; 0 masks all of it.
    suspect_alone : float
        The same for such text where no known word stands in its line.
    overrule : float
        The same for text that consists of known terms; of those that are nobody's name 0.9 at least, see `combination`.
    fill : {"black", "white", "background"}
        What masked pixels become, as displayed.
    margin : float
        Masked around each box, as a share of the line's height; at least two pixels, but for where a line that
        stays is nearer across the text.
    cine : {"union", "per-frame"}
        Where text of several frames is masked: at its place in all of them, or in each frame what was found in it.
    jpeg : {"jpeg-ls", "jpeg-lossless", "jpeg-2000", "htj2k", "rle", "explicit"}
        What files of JPEG Baseline and Extended become where they are masked, which have no lossless kind; all
        others keep their transfer syntax. "explicit" is uncompressed, explicit VR little endian.
    """

    mode: Mode = "phi"
    kept: tuple[Category, ...] = HARMLESS
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    read_score: float = 0.7
    smallest: int = 5
    largest: int = 250
    suspect: float = 0.02
    suspect_words: float = 0.0
    suspect_alone: float = 0.0
    overrule: float = 0.05
    fill: Fill = "black"
    margin: float = 0.25
    cine: CineMask = "union"
    jpeg: JpegSyntax = "jpeg-ls"

    def masks(self, category: str) -> bool:
        """Tell whether a category is masked; so is whatever is none, such as "unreadable"."""
        if self.mode == "text" or (self.mode == "strict" and category == "other"):
            return True
        return category not in self.kept


def policy_record(policy: Policy) -> dict[str, object]:
    """Give a policy as a JSON object for records: patterns are only counted, since they may name people."""
    counted = {"keep": f"{len(policy.keep)} patterns", "drop": f"{len(policy.drop)} patterns"}
    return asdict(policy) | {key: words for key, words in counted.items() if getattr(policy, key)}
