"""Measure the decision alone: spans that identify and are flagged, other lines that are kept.

    python benchmarks/decision.py [--shared ../shared] [--error-rate 0.05] [--pages 300] [--misses]

On the truth strings of real files with their own headers (perfect text, and the same through a simulated
reader), with their headers emptied, and on synthetic pages. A span counts as flagged when masked findings
cover all of its characters; another line as kept when none of it is masked. What the simulated reader changes
is drawn from common confusions, and its scores are lower where it is wrong, as those of a calibrated reader are.

`--misses` prints the texts that went wrong: keep that output to yourself.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import process_time

import numpy as np
import pydicom

from deburn.model import Box, TextLine
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity, identity_of
from deburn.redactor.policy import Policy
from deburn.training.strings import ALPHABET, Script, draw_page, draw_patient

# Pairs of characters that readers take for one another, either way.
_PAIRS = "0O 1l Il 5S 8B 2Z 6G ce oc CG OD uv UV nh ae ft il rn gq yj .: ,; -~ Ti EF PR MN"
CONFUSED = {one: other for pair in _PAIRS.split() for one, other in (pair, pair[::-1])} | {" ": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line as it stands in the pixels, with the ranges that identify."""

    text: str
    phi: tuple[tuple[int, int], ...]
    kind: str
    box: Box


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one measurement."""

    flagged: Counter[str] = field(default_factory=Counter)
    spans: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    def row(self, title: str) -> str:
        """Return one line of the printed table."""
        flagged, spans = self.flagged.total(), self.spans.total()
        kept, others = self.kept.total(), self.others.total()
        cost = 1e3 * self.seconds / max(1, spans + others)
        return (
            f"{title:48} PHI spans flagged {flagged / max(1, spans):6.1%} ({flagged}/{spans})   "
            f"other lines kept {kept / max(1, others):6.1%} ({kept}/{others})   {cost:.2f} ms/line"
        )


def read_with_errors(rng: np.random.Generator, written: Written, rate: float) -> tuple[TextLine, list[tuple[int, int]]]:
    """Simulate a reader: return what it read, and where the identifying ranges are in that."""
    characters: list[tuple[str, float, int]] = []
    for index, character in enumerate(written.text):
        wrong = rng.random() < rate
        score = float(rng.uniform(0.35, 0.97) if wrong else 1 - rng.beta(0.5, 40))
        shape = rng.random()
        if wrong and shape < 0.15:
            continue
        if wrong and shape < 0.25:
            characters.append((character, score, index))
        if wrong:
            character = CONFUSED.get(character) if shape < 0.8 and character in CONFUSED else ALPHABET[rng.integers(94)]
        if character:
            characters.append((character, score, index))
    length = max(1, len(written.text))
    line = TextLine(
        box=written.box,
        angle=0,
        score=0.95,
        text="".join(character for character, _, _ in characters),
        character_scores=tuple(score for _, score, _ in characters),
        character_spans=tuple((index / length, (index + 1) / length) for _, _, index in characters),
    )
    spans = []
    for start, end in written.phi:
        inside = [place for place, (_, _, index) in enumerate(characters) if start <= index < end]
        if inside:
            spans.append((inside[0], inside[-1] + 1))
    return line, spans


def judge(pages: Iterator[tuple[list[Written], Identity]], rate: float, seed: int = 0) -> Tally:
    """Classify pages and count."""
    rng, tally = np.random.default_rng(seed), Tally()
    for page, identity in pages:
        read = [read_with_errors(rng, written, rate) for written in page]
        begin = process_time()
        findings = classify([line for line, _ in read], identity, Policy())
        tally.seconds += process_time() - begin
        masked: dict[int, set[int]] = {}
        why: dict[int, str] = {}
        for finding in findings:
            if finding.mask:
                characters = range(finding.start, finding.end) if finding.line.text else range(-1, 0)
                masked.setdefault(id(finding.line), set()).update(characters)
                why[id(finding.line)] = f"{finding.category}, {finding.reason}"
        for written, (line, spans) in zip(page, read, strict=True):
            covered = masked.get(id(line), set())
            for start, end in spans:
                tally.spans[written.kind] += 1
                if all(place in covered for place in range(start, end) if line.text[place] != " "):
                    tally.flagged[written.kind] += 1
                else:
                    tally.misses.append(f"  missed {written.kind}: {line.text!r} {line.text[start:end]!r}")
            if not written.phi:
                tally.others[written.kind] += 1
                tally.kept[written.kind] += not covered
                if covered:
                    tally.misses.append(f"  lost {written.kind}: {line.text!r} ({why[id(line)]})")
    return tally


def real_pages(shared: Path, *, with_header: bool) -> Iterator[tuple[list[Written], Identity]]:
    """Yield the truth of each real file of the dev split, once per image, with its own header or none."""
    folder = shared / "eval" / "real"
    with (folder / "index.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "dev" and not row["variant_of"]]
    for row in rows:
        truth = folder / "truth" / f"{row['name']}.json"
        if not truth.exists():
            continue
        boxes = json.loads(truth.read_text())["boxes"]
        header = pydicom.dcmread(folder / "dicom" / f"{row['name']}.dcm", force=True, stop_before_pixels=True)
        page = [_written(box) for box in boxes if not box.get("ignore") and box["text"].strip()]
        yield page, identity_of(header) if with_header else Identity()


def _written(box: dict) -> Written:
    x0, y0 = int(box["x"]), int(box["y"])
    place = Box(frame=0, x0=x0, y0=y0, x1=x0 + max(1, round(box["w"])), y1=y0 + max(1, round(box["h"])))
    return Written(text=box["text"], phi=tuple(map(tuple, box["phi"])), kind=box.get("kind", "other"), box=place)


def synthetic_pages(count: int, seed: int, *, with_header: bool) -> Iterator[tuple[list[Written], Identity]]:
    """Yield synthetic pages, lines below one another, with headers that agree or none."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        patient = draw_patient(rng)
        page = [_placed(script, row) for row, script in enumerate(chain.from_iterable(draw_page(rng, patient)))]
        header = pydicom.Dataset()
        for keyword, value in patient.header().items():
            setattr(header, keyword, pydicom.DataElement(keyword, pydicom.datadict.dictionary_VR(keyword), value).value)
        header.SpecificCharacterSet = "ISO_IR 192"
        yield page, identity_of(header) if with_header else Identity()


def _placed(script: Script, row: int) -> Written:
    box = Box(frame=0, x0=4, y0=20 * row, x1=4 + 8 * len(script.text), y1=20 * row + 12)
    return Written(text=script.text, phi=script.phi, kind=script.kind, box=box)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--error-rate", type=float, default=0.05)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--misses", action="store_true", help="print the texts that went wrong, and each kind's counts")
    args = parser.parse_args()
    for rate in (0.0, args.error_rate):
        reader = f"reader's errors {rate:.0%}"
        for with_header in (True, False):
            header = "with header" if with_header else "without header"
            if (args.shared / "eval" / "real").is_dir():
                show(
                    f"real truth, {header}, {reader}",
                    judge(real_pages(args.shared, with_header=with_header), rate),
                    args,
                )
            pages = synthetic_pages(args.pages, 1, with_header=with_header)
            show(f"synthetic, {header}, {reader}", judge(pages, rate), args)


def show(title: str, tally: Tally, args: argparse.Namespace) -> None:
    """Print one row, and what went wrong if asked for."""
    print(tally.row(title), flush=True)
    if args.misses:
        for kind in sorted(tally.spans | tally.others):
            flagged, kept = f"{tally.flagged[kind]}/{tally.spans[kind]}", f"{tally.kept[kind]}/{tally.others[kind]}"
            print(f"    {kind:12} flagged {flagged:8} kept {kept}")
        print("\n".join(tally.misses))


if __name__ == "__main__":
    main()
