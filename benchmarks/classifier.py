"""Measure the classifier on synthetic pages from names, templates and formats that it never learnt.

    python benchmarks/classifier.py [--model NAME | --checkpoint PATH] [--pages 700] [--decision] [--errors]

Identifying spans missed per 1,000, with the upper bound of the one-sided 95 % interval, and other lines kept
whole; with the patients' own headers, and with empty ones. "classifier": a word is masked from a threshold on
its mean probability of identifying; a span is missed when any letter or digit of it is left. With `--decision`
also rules and classifier together, as `deburn redact` decides, under the default policy and with other thresholds
(suspect / suspect_words / suspect_alone / overrule), and the rules without it; and the same of pages without a header
on which one name stands alone among technical lines, or between the words of one (`training.lone_names`).
Lines of which nobody could say from the page whether they identify are not drawn (`training.worlds`).

`--shared` adds the truth strings of the development images, which were never trained on, and what the classifier
costs beside finding and reading their text. `--errors` prints the
synthetic texts that went wrong; of real ones only counts are printed.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from types import SimpleNamespace
from typing import Any

import numpy as np

from deburn.model import TextLine, open_runner
from deburn.model.categories import IDENTIFYING
from deburn.redactor.decision import classify
from deburn.redactor.dicom import open_file
from deburn.redactor.dicom.identity import identity_of
from deburn.redactor.opinions import opinions
from deburn.redactor.pipeline import read_text
from deburn.redactor.policy import Policy
from deburn.redactor.tokens import tokens_of
from deburn.training.classifier_pages import Console, LabelledPage, draw_labelled_page
from deburn.training.console_layout import draw_console
from deburn.training.evaluate_statistics import upper_bound
from deburn.training.headers import Header
from deburn.training.held_out import held_out_world
from deburn.training.lone_names import lone_borne_name, lone_name, name_among_words

THRESHOLDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
# `Policy.suspect`, `suspect_words`, `suspect_alone` and `overrule`.
SETTINGS = (
    (0.02, 0.02, 0.02, 0.05), (0.02, 0.01, 0.001, 0.05), (0.02, 0.005, 0.001, 0.05), (0.02, 0.005, 0.0003, 0.05),
    (0.02, 0.005, 0.0, 0.05), (0.02, 0.002, 0.0003, 0.05), (0.02, 0.002, 0.0, 0.05), (0.02, 0.0, 0.0, 0.2),
    (0.02, 0.0, 0.0, 0.05), (0.02, 0.0, 0.0, 0.02),
)  # fmt: skip
# Pages without a header on which nothing but one name identifies.
CONSOLES: dict[str, Console] = {
    "one name alone": lone_name,
    "one name alone that somebody bears": lone_borne_name,
    "such a name among technical words": name_among_words,
}
# Where the table by category is taken; the default policy's threshold for text that no rule explains.
CHOSEN = 0.05
_HERE = Path(__file__).resolve().parent


@dataclass(slots=True, kw_only=True)
class Count:
    """What one way of deciding did."""

    spans: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, page: LabelledPage, masked: Sequence[np.ndarray]) -> None:
        """Count a page; `masked` says of each character of each line whether it is masked."""
        for line, spans, kind, hidden in zip(page.lines, page.spans, page.kinds, masked, strict=True):
            written = np.array([character.isalnum() for character in line.text], bool)
            for start, end, category in spans:
                self.spans[category] += 1
                if (written & ~hidden)[start:end].any():
                    self.missed[category] += 1
                    self.errors.append(f"  missed {category}: {line.text!r} {line.text[start:end]!r}")
            if not spans:
                self.lines[kind] += 1
                self.kept[kind] += not hidden.any()
                if hidden.any():
                    self.errors.append(f"  lost {kind}: {line.text!r}")

    def row(self, title: str) -> str:
        """Return one line of the table."""
        missed, spans = self.missed.total(), self.spans.total()
        kept, lines = self.kept.total(), self.lines.total()
        per = 1000 / max(1, spans)
        return (
            f"{title:37} missed {missed * per:6.2f} per 1,000 (< {upper_bound(missed, spans) * 1000:6.2f}; "
            f"{missed}/{spans})   other lines kept {kept / max(1, lines):6.1%} ({kept}/{lines})"
        )


def pages(count: int, seed: int, header: Header, console: Console = draw_console) -> Iterator[LabelledPage]:
    """Yield held-out pages."""
    world = held_out_world()
    for index in range(count):
        yield draw_labelled_page(np.random.default_rng([seed, index]), world, header, console)


def measure(drawn: Iterator[LabelledPage], runner: Any, *, whole: bool) -> tuple[dict[str, Count], float, int]:
    """Return the counts of each way to decide, the classifier's processor time in seconds, and the pages."""
    counts = {f"classifier from {threshold}": Count() for threshold in THRESHOLDS}
    counts |= {name: Count() for name in ("rules", *map(_named, SETTINGS)) if whole}
    seconds, number = 0.0, 0
    for page in drawn:
        begin = process_time()
        votes = opinions(page.lines, page.identity, runner)
        seconds, number = seconds + process_time() - begin, number + 1
        assert votes is not None, "the package has no classifier"
        for threshold in THRESHOLDS:
            hidden = [hide(line, vote, threshold) for line, vote in zip(page.lines, votes, strict=True)]
            counts[f"classifier from {threshold}"].add(page, hidden)
        if whole:
            counts["rules"].add(page, decided(page, None, Policy()))
            for setting in SETTINGS:
                suspect, words, alone, overrule = setting
                policy = Policy(suspect=suspect, suspect_words=words, suspect_alone=alone, overrule=overrule)
                counts[_named(setting)].add(page, decided(page, votes, policy))
    return counts, seconds, number


def _named(setting: tuple[float, ...]) -> str:
    return "decision " + " / ".join(map(str, setting))


def hide(line: TextLine, vote: np.ndarray, threshold: float) -> np.ndarray:
    """Return which characters of a line belong to words that probably identify."""
    hidden, share = np.zeros(len(line.text), bool), vote[:, : len(IDENTIFYING)].sum(axis=1)
    for token in tokens_of(line.text, line.character_scores):
        if share[token.start : token.end].mean() >= threshold:
            hidden[token.start : token.end] = True
    return hidden


def decided(page: LabelledPage, votes: Any, policy: Policy) -> list[np.ndarray]:
    """Return which characters of each line the whole decision masks."""
    hidden = {id(line): np.zeros(len(line.text), bool) for line in page.lines}
    for finding in classify(page.lines, page.identity, policy, votes):
        if finding.mask:
            hidden[id(finding.line)][finding.start : finding.end] = True
    return [hidden[id(line)] for line in page.lines]


def checkpoint_runner(path: Path) -> Any:
    """Return what `opinions` needs of a runner, with the weights of a training's checkpoint."""
    import torch

    from deburn.training.export_classifier import classifier_of

    torch.set_num_threads(1)
    network, spec = classifier_of(path)

    def ask(given: Any) -> np.ndarray:
        with torch.inference_mode():
            return network(*map(torch.from_numpy, given.arrays().values())).numpy()

    return SimpleNamespace(spec=SimpleNamespace(classifier=spec), classify=ask)


def real_pages(shared: Path, *, with_header: bool) -> Iterator[LabelledPage]:
    """Yield the truth strings of the development images, read with few errors."""
    sys.path.insert(0, str(_HERE))
    from decision import read_with_errors
    from decision import real_pages as written_pages

    rng = np.random.default_rng(0)
    for page, identity in written_pages(shared, with_header=with_header):
        read = [read_with_errors(rng, line, 0.02) for line in page if line.text.strip()]
        if read:
            yield LabelledPage(
                lines=tuple(line for line, _ in read),
                identity=identity,
                labels=(),
                spans=tuple(tuple((a, b, "any") for a, b in spans) for _, spans in read),
                kinds=tuple(line.kind for line in page if line.text.strip()),
            )


def cost(shared: Path, reader: Any, runner: Any, most: int = 12) -> str:
    """Return what the classifier costs beside finding and reading the text of real files, on one thread."""
    with (shared / "eval" / "real" / "index.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "dev" and row["class"] == "b"]
    seconds = {"read": 0.0, "classify": 0.0}
    lines = 0
    for row in rows[:most]:
        source = open_file(shared / "eval" / "real" / "dicom" / f"{row['name']}.dcm")
        began = process_time()
        read = read_text(source, runner=reader)
        between = process_time()
        opinions(read, identity_of(source.dataset), runner)
        seconds["read"] += between - began
        seconds["classify"] += process_time() - between
        lines += len(read)
    share = seconds["classify"] / seconds["read"]
    return (
        f"\ncost: {len(rows[:most])} files, {lines} lines: detect and read {seconds['read']:.1f} s, "
        f"classify {seconds['classify']:.2f} s of one core, {share:.1%}"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="package with a classifier; the shipped one without")
    parser.add_argument("--checkpoint", type=Path, help="of `deburn train classifier`, instead of a package")
    parser.add_argument("--pages", type=int, default=700)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--shared", type=Path, help="folder with the evaluation files")
    parser.add_argument("--decision", action="store_true", help="also the whole decision, and the rules alone")
    parser.add_argument("--errors", action="store_true", help="print the synthetic texts that went wrong")
    args = parser.parse_args()
    runner = checkpoint_runner(args.checkpoint) if args.checkpoint else open_runner(args.model, device="cpu", threads=1)
    if args.shared:
        reader = open_runner(None if args.checkpoint else args.model, device="cpu", threads=1)
        print(cost(args.shared, reader, runner), flush=True)
    headers: tuple[Header, ...] = ("own", "empty")
    for header in headers:
        drawn = pages(args.pages, args.seed, header)
        show(f"held out, header {header}", measure(drawn, runner, whole=args.decision), errors=args.errors)
    if args.decision:
        for title, console in CONSOLES.items():
            lone = measure(pages(args.pages, args.seed, "empty", console), runner, whole=True)
            show(f"held out, {title}", lone, errors=args.errors)
    for with_header in (True, False) if args.shared else ():
        title = f"development images' truth, header {'own' if with_header else 'empty'}"
        real = real_pages(args.shared, with_header=with_header)
        show(title, measure(real, runner, whole=args.decision), errors=False)


def show(title: str, measured: tuple[dict[str, Count], float, int], *, errors: bool) -> None:
    """Print one table."""
    counts, seconds, number = measured
    cost = 1e3 * seconds / max(1, number)
    print(f"\n{title}: {number} pages, {cost:.1f} ms of one core each for the classifier", flush=True)
    for name, count in counts.items():
        print(count.row(name))
    chosen = counts[f"classifier from {CHOSEN}"]
    for category in sorted(chosen.spans):
        print(f"    {category:12} missed {chosen.missed[category]}/{chosen.spans[category]}")
    for kind in sorted(chosen.lines):
        print(f"    {kind:12} kept {chosen.kept[kind]}/{chosen.lines[kind]}")
    if errors:
        print("\n".join(chosen.errors))


if __name__ == "__main__":
    main()
