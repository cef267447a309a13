"""Pick thresholds on a reviewed sample, and say what risk is left: with honest bounds, not hopes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import UsageError
from ..redactor.policy import Policy
from .evaluate_statistics import Rate, least_sample, rate, upper_bound
from .evaluate_sweep import Setting, Sweep

# Parts into which the subjects are dealt.
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What the whole sample came to under one setting."""

    values: tuple[float, ...]
    recall: Rate
    kept: Rate
    collateral: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The thresholds that were picked and what can be said of them.

    Attributes
    ----------
    names : tuple of str
        Of the thresholds, as in a policy file.
    wish : float
        Recall that was asked for.
    tried : tuple of Tried
        Every setting.
    chosen : int
        Which of them was picked.
    reached : bool
        Whether it has the wished recall on the sample.
    images, spans, subjects : int
        Of the sample.
    leaks, leaky_images : int
        Spans that survived in images that had no part in picking the thresholds they were measured with, and
        images with any. On a sample of one subject there are no such images; then those of the sample itself.
    held_out : bool
        Whether they were counted that way.
    hopeless : int
        Spans that survive under every setting.
    """

    names: tuple[str, ...]
    wish: float
    tried: tuple[Tried, ...]
    chosen: int
    reached: bool
    images: int
    spans: int
    subjects: int
    leaks: int
    leaky_images: int
    held_out: bool
    hopeless: int

    @property
    def least_recall(self) -> float:
        """Recall that the sample shows with 95 % confidence."""
        return 1 - upper_bound(self.leaks, self.spans)

    @property
    def shown(self) -> bool:
        """Whether the sample shows the wished recall."""
        return self.reached and self.least_recall >= self.wish

    @property
    def needed(self) -> int:
        """Spans without a leak that it takes to show the wish."""
        return least_sample(self.wish)

    @property
    def leaks_per_1000(self) -> tuple[float, float]:
        """Spans that survive in 1,000 images like these: as measured, and the upper bound of 95 % confidence."""
        density = 1000 * self.spans / self.images
        return density * self.leaks / max(self.spans, 1), density * upper_bound(self.leaks, self.spans)

    @property
    def leaky_per_1000(self) -> tuple[float, float]:
        """Images of 1,000 like these in which anything survives: as measured, and the same bound."""
        return 1000 * self.leaky_images / self.images, 1000 * upper_bound(self.leaky_images, self.images)


def calibrate(
    sweeps: Sequence[Sweep], names: Sequence[str], settings: Sequence[Setting], *, wish: float, seed: int = 0
) -> Calibration:
    """Pick the setting that keeps most text among those that reach the wished recall.

    The risk is measured by cross-fitting: the subjects are dealt into five parts, and what survives in one is counted
    with the setting that the other four would have picked. So the bound holds for the procedure, picking included.

    Parameters
    ----------
    sweeps : sequence of Sweep
        Those with a reason are left out.
    names : sequence of str
    settings : sequence of Setting
    wish : float
        Recall, below 1.
    seed : int
        Of dealing the subjects into parts.

    Raises
    ------
    UsageError
        The sample has no identifying text.
    """
    sample = sorted((sweep for sweep in sweeps if sweep.reason is None), key=lambda sweep: sweep.name)
    spans = sum(sweep.spans for sweep in sample)
    if spans == 0:
        raise UsageError("no identifying text could be judged in the sample: there is nothing to pick a threshold by")
    tried = tuple(_tried(sample, index, setting) for index, setting in enumerate(settings))
    chosen = _pick(sample, len(settings), wish)
    parts = _parts(sample, seed)
    counted = list(_held_out(parts, len(settings), wish)) if len(parts) > 1 else [s.leaks[chosen] for s in sample]
    return Calibration(
        names=tuple(names),
        wish=wish,
        tried=tried,
        chosen=chosen,
        reached=tried[chosen].recall.hits >= wish * spans,
        images=len(sample),
        spans=spans,
        subjects=len({_subject(sweep) for sweep in sample}),
        leaks=sum(counted),
        leaky_images=sum(leaks > 0 for leaks in counted),
        held_out=len(parts) > 1,
        hopeless=sum(min(sweep.leaks) for sweep in sample),
    )


def policy_snippet(calibration: Calibration, policy: Policy) -> str:
    """Give the picked thresholds as TOML that `deburn redact --policy FILE` takes."""
    spans, images = calibration.leaks_per_1000, calibration.leaky_per_1000
    lines = [
        "# Picked by deburn evaluate --calibrate.",
        f"# Sample: {calibration.images} images of {calibration.subjects} subjects, {calibration.spans} identifying "
        "spans.",
        f"# Recall asked for: {calibration.wish:g}; "
        + ("reached on the sample" if calibration.reached else "NOT reached on the sample")
        + (", and shown by it." if calibration.shown else "; not shown by it with 95 % confidence."),
        f"# Upper 95 % bounds in 1,000 images like these: {spans[1]:.1f} surviving spans, {images[1]:.1f} images with "
        "any.",
        f'mode = "{policy.mode}"',
        "",
        "[thresholds]",
        *(
            f"{name} = {value:g}"
            for name, value in zip(calibration.names, calibration.tried[calibration.chosen].values, strict=True)
        ),
    ]
    return "\n".join(lines) + "\n"


def _tried(sample: Sequence[Sweep], index: int, setting: Setting) -> Tried:
    spans, lines = sum(sweep.spans for sweep in sample), sum(sweep.lines for sweep in sample)
    return Tried(
        values=setting,
        recall=rate(spans - sum(sweep.leaks[index] for sweep in sample), spans),
        kept=rate(lines - sum(sweep.losses[index] for sweep in sample), lines),
        collateral=float(np.mean([sweep.collateral[index] for sweep in sample])),
    )


def _pick(sample: Sequence[Sweep], settings: int, wish: float) -> int:
    """Give the setting that loses least text of those that reach the wish; where none does, of the best ones."""
    spans = sum(sweep.spans for sweep in sample)
    leaks = [sum(sweep.leaks[index] for sweep in sample) for index in range(settings)]
    allowed = max(min(leaks), int((1 - wish) * spans + 1e-9))

    def cost(index: int) -> tuple[int, int, float]:
        lost = sum(sweep.losses[index] for sweep in sample)
        return lost, leaks[index], sum(sweep.collateral[index] for sweep in sample)

    return min((index for index in range(settings) if leaks[index] <= allowed), key=cost)


def _held_out(parts: Sequence[Sequence[Sweep]], settings: int, wish: float) -> Iterator[int]:
    """Yield the leaks of each image under the setting that the other parts pick."""
    for number, part in enumerate(parts):
        others = [sweep for index, other in enumerate(parts) if index != number for sweep in other]
        chosen = _pick(others, settings, wish)
        yield from (sweep.leaks[chosen] for sweep in part)


def _parts(sample: Sequence[Sweep], seed: int) -> list[list[Sweep]]:
    """Deal the subjects into parts: images of one patient are alike, and stay together."""
    subjects = sorted({_subject(sweep) for sweep in sample})
    order = np.random.default_rng(seed).permutation(len(subjects))
    part_of = {subjects[number]: place % FOLDS for place, number in enumerate(order)}
    parts: list[list[Sweep]] = [[] for _ in range(min(FOLDS, len(subjects)))]
    for sweep in sample:
        parts[part_of[_subject(sweep)]].append(sweep)
    return parts


def _subject(sweep: Sweep) -> str:
    # Where no header says whose image it is, each counts as one of its own.
    return sweep.subject or f"file {sweep.name}"
