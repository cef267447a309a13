"""What two models are compared by: on the pages that ship, and on a site's own truth."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import numpy as np
from rapidfuzz.distance import Levenshtein

from ..model import Box, Runner
from ..redactor.decision import classify
from ..redactor.opinions import opinions
from ..redactor.policy import Policy
from .classifier_pages import LabelledPage, draw_labelled_page
from .evaluate_overlap import covered_share, padded
from .evaluate_run import Job, Task, score_tasks
from .evaluate_scores import PageScore
from .evaluate_strata import FOUND
from .held_out import held_out_world
from .held_out_pages import held_out_pages, must_be_found, read_best, read_page
from .page import Page, PageLine
from .validate_compare import Measure, Tally

_HALF = 0.5
# Of synthetic pages and of a site's images: what is counted of one, and whether less of it is a leak.
_OF_PAGES = (
    ("synthetic: identifying lines found, half covered", True),
    ("synthetic: identifying lines found, 90 % covered", True),
    ("synthetic: characters read right", False),
    ("synthetic: text-free pages left alone", False),
)
_OF_CONSOLES = (("synthetic: identifying spans masked", True), ("synthetic: other lines kept", False))
_SEED = 20_002


def synthetic_measures(old: Runner, new: Runner, *, pages: int) -> list[Measure]:
    """Compare on synthetic pages that no training sees."""
    tallies: list[tuple[list[Tally], list[Tally]]] = [([], []) for _ in _OF_PAGES]
    for index, page in enumerate(islice(held_out_pages(), pages)):
        for side, runner in enumerate((old, new)):
            for counted, (hits, total) in zip(tallies, _page_counts(runner, page), strict=True):
                counted[side].append(Tally(cluster=str(index), hits=hits, total=total))
    return [
        Measure(name=name, leaks=leaks, old=tuple(was), new=tuple(now))
        for (name, leaks), (was, now) in zip(_OF_PAGES, tallies, strict=True)
    ]


def decision_measures(old: Runner, new: Runner, *, pages: int, policy: Policy) -> list[Measure]:
    """Compare what is masked of the text of synthetic consoles, of names and formats that no training sees."""
    world = held_out_world()
    sides: list[list[tuple[Tally, Tally]]] = [[], []]
    for index in range(pages):
        page = draw_labelled_page(np.random.default_rng([_SEED, index]), world)
        for side, runner in zip(sides, (old, new), strict=True):
            side.append(_decided(runner, page, policy, str(index)))
    before, after = ([tuple(tallies) for tallies in zip(*side, strict=True)] for side in sides)
    return [
        Measure(name=name, leaks=leaks, old=was, new=now)
        for (name, leaks), was, now in zip(_OF_CONSOLES, before, after, strict=True)
    ]


def _decided(runner: Runner, page: LabelledPage, policy: Policy, cluster: str) -> tuple[Tally, Tally]:
    """Count identifying spans of which no letter or digit is left, and other lines of which nothing is masked."""
    hidden = {id(line): np.zeros(len(line.text), bool) for line in page.lines}
    votes = opinions(page.lines, page.identity, runner)
    for finding in classify(page.lines, page.identity, policy, votes):
        if finding.mask:
            hidden[id(finding.line)][finding.start : finding.end] = True
    gone = spans = kept = others = 0
    for line, identifying in zip(page.lines, page.spans, strict=True):
        left = np.array([character.isalnum() for character in line.text], bool) & ~hidden[id(line)]
        spans += len(identifying)
        gone += sum(not left[start:end].any() for start, end, _ in identifying)
        others += not identifying
        kept += not identifying and not hidden[id(line)].any()
    return Tally(cluster=cluster, hits=gone, total=spans), Tally(cluster=cluster, hits=kept, total=others)


def local_measures(tasks: Sequence[Task], old: Job, new: Job, *, workers: int) -> list[Measure]:
    """Compare on images whose truth is known, as `deburn evaluate` measures each."""
    before, after = (sorted(score_tasks(tasks, job, workers=workers), key=lambda page: page.name) for job in (old, new))
    # A file that one of them could not measure has no subject from it.
    subjects = {page.name: page.subject for page in (*before, *after) if page.subject}
    return [
        Measure(name=name, leaks=leaks, old=_tallies(before, subjects, count), new=_tallies(after, subjects, count))
        for name, leaks, count in _OF_IMAGES
    ]


def _tallies(
    scores: Iterable[PageScore],
    subjects: dict[str, str],
    count: Callable[[PageScore], tuple[float, float]],
) -> tuple[Tally, ...]:
    tallies = []
    for score in scores:
        hits, total = count(score)
        tallies.append(Tally(cluster=subjects.get(score.name) or score.name, hits=hits, total=total))
    return tuple(tallies)


def _page_counts(runner: Runner, page: Page) -> list[tuple[float, float]]:
    """Count what `_OF_PAGES` names."""
    found = read_page(runner, page)
    boxes = [padded(line.box) for line in found]
    lines = [line for line in page.lines if must_be_found(page, line)]
    shares = [covered_share(_box(line), boxes) for line in lines]
    right = written = 0
    for line in lines:
        wanted = line.script.text.replace(" ", "")
        errors = Levenshtein.distance(read_best(line, found).replace(" ", ""), wanted)
        written += len(wanted)
        right += len(wanted) - min(len(wanted), errors)
    return [
        (sum(share >= _HALF for share in shares), len(lines)),
        (sum(share >= FOUND for share in shares), len(lines)),
        (right, written),
        (not page.lines and not boxes, not page.lines),
    ]


def _box(line: PageLine) -> Box:
    x0, y0, x1, y1 = line.box
    return Box(frame=0, x0=x0, y0=y0, x1=x1, y1=y1)


def _removed(score: PageScore) -> tuple[float, float]:
    spans = [span for span in score.spans if span.phi and span.state != "unjudged"]
    return sum(span.state == "removed" for span in spans), len(spans)


def _kept(score: PageScore) -> tuple[float, float]:
    spans = [span for span in score.spans if not span.phi and span.state != "unjudged"]
    return sum(span.state == "kept" for span in spans), len(spans)


def _found(score: PageScore) -> tuple[float, float]:
    known = [line.covered for line in score.lines if line.covered is not None]
    return sum(covered >= FOUND for covered in known), len(known)


def _free(score: PageScore) -> tuple[float, float]:
    counts = score.text_free and score.reason is None
    return counts and not score.touched, counts


def _outside(score: PageScore) -> tuple[float, float]:
    return (1 - score.collateral, 1) if score.reason is None else (0, 0)


_OF_IMAGES: tuple[tuple[str, bool, Callable[[PageScore], tuple[float, float]]], ...] = (
    ("files measured", True, lambda score: (score.reason is None, 1)),
    ("identifying spans removed", True, _removed),
    ("other lines kept", False, _kept),
    ("lines found, 90 % covered", False, _found),
    ("text-free images left alone", False, _free),
    ("area outside of text left alone", False, _outside),
)
