"""What a comparison of two models says: a table, for the terminal and for the new model's card."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..model.spec import ModelSpec
from ..redactor.dicom.atomic import atomic_file
from .validate_compare import Comparison

CARD = "MODEL_CARD.md"
_BEGIN, _END = "<!-- deburn validate: begin -->", "<!-- deburn validate: end -->"
_READABLE = 0o644
_HEAD = (
    "| measure | of | old | new | difference, 95 % interval | |",
    "|---|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """Two models, compared.

    Attributes
    ----------
    old, new : ModelSpec
    comparisons : tuple of Comparison
    margin : float
        Share by which a measure may fall.
    pages, images : int
        Synthetic pages, and images of the site's own, that both were measured on.
    forced : bool
        Whether the new one is promoted whatever the figures say.
    """

    old: ModelSpec
    new: ModelSpec
    comparisons: tuple[Comparison, ...]
    margin: float
    pages: int
    images: int
    forced: bool

    @property
    def regressions(self) -> tuple[Comparison, ...]:
        """Measures by which the new model is worse by more than the margin."""
        return tuple(one for one in self.comparisons if one.regresses(self.margin))


def table_of(comparisons: Sequence[Comparison]) -> str:
    """Give the comparisons as a table in Markdown."""
    return "\n".join([*_HEAD, *map(_row, comparisons)])


def refusal_of(validation: Validation) -> str:
    """Say in one line what speaks against the new model."""
    falls = "; ".join(
        f"{one.name}: {one.old:.2%} to {one.new:.2%} ({100 * one.gain:+.2f} points)" for one in validation.regressions
    )
    return f"worse by more than {100 * validation.margin:g} points: {falls}"


def write_section(validation: Validation) -> Path:
    """Write what was found into the new model's card, in place of what an earlier comparison said there."""
    path = validation.new.folder / CARD
    card = path.read_text(encoding="utf-8") if path.is_file() else f"# {validation.new.name}\n"
    section = f"{_BEGIN}\n{_section(validation)}\n{_END}"
    there = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    # A function, so that nothing of the section is taken for a reference to a group.
    card = there.sub(lambda _: section, card) if there.search(card) else f"{card.rstrip()}\n\n{section}\n"
    with atomic_file(path, _READABLE) as part:
        part.file.write(card.encode())
    return path


def _section(validation: Validation) -> str:
    old, new = validation.old, validation.new
    if not validation.regressions:
        verdict = "Not worse by more than the margin in anything that was measured."
    else:
        verdict = f"{'Promoted by force, though' if validation.forced else 'Refused:'} {refusal_of(validation)}."
    local = f" and {validation.images} images of the site's own, in pairs by patient" if validation.images else ""
    return "\n".join(
        [
            f"## Compared with {old.name}",
            "",
            f"`deburn validate`, on {validation.pages} synthetic pages{local}; margin {100 * validation.margin:g} "
            f"points. {verdict}",
            "",
            f"Manifests: {old.name} `{old.sha256}`, {new.name} `{new.sha256}`.",
            "",
            table_of(validation.comparisons),
        ]
    )


def _row(one: Comparison) -> str:
    interval = f"{100 * one.gain:+.2f} points [{100 * one.low:+.2f}, {100 * one.high:+.2f}]"
    return f"| {one.name} | {one.count} | {one.old:.2%} | {one.new:.2%} | {interval} | {one.verdict} |"
