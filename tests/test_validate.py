"""The command, with networks that are stood in for: what it refuses, what it writes, and what it compares on."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from click.testing import CliRunner

pytest.importorskip("HersheyFonts")

from deburn.errors import ModelError, UsageError
from deburn.model import open_runner
from deburn.model.packages import verify_package
from deburn.redactor.model_choice import chosen_model
from deburn.redactor.policy import Policy
from deburn.training import validate as module
from deburn.training.validate import main, validate
from deburn.training.validate_card import Validation, write_section
from deburn.training.validate_compare import Measure, Tally, compare
from deburn.training.validate_measures import decision_measures
from deburn.weights import DEFAULT

NAME = (10, 8, 70, 18)


def figures(old: Sequence[int], new: Sequence[int], *, leaks: bool) -> list[Measure]:
    def side(hits: Sequence[int]) -> tuple[Tally, ...]:
        return tuple(Tally(cluster=str(index), hits=one, total=10) for index, one in enumerate(hits))

    return [Measure(name="identifying lines found", leaks=leaks, old=side(old), new=side(new))]


def run(monkeypatch: pytest.MonkeyPatch, measures: list[Measure], *arguments: object):
    monkeypatch.setattr(module, "synthetic_measures", lambda old, new, pages: measures)
    monkeypatch.setattr(module, "decision_measures", lambda old, new, pages, policy: [])
    return CliRunner().invoke(validate, [str(one) for one in arguments], standalone_mode=False)


def test_a_model_that_leaks_more_is_refused_in_one_line_and_its_card_says_so(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(monkeypatch, figures([10] * 9, [10] * 8 + [9], leaks=True), DEFAULT, package, "--use")
    assert result.return_value == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(
        "Refused: worse by more than 0.3 points: identifying lines found: 100.00% to 98.89%"
    )
    assert "Refused: worse by more than" in (package / "MODEL_CARD.md").read_text()
    assert chosen_model() is None


def test_force_promotes_it_and_its_card_says_so(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measures = figures([10] * 9, [10] * 8 + [9], leaks=True)
    result = run(monkeypatch, measures, DEFAULT, package, "--use", "--force")
    assert result.return_value == 0
    assert "Promoted by force, though worse by more than" in (package / "MODEL_CARD.md").read_text()
    assert chosen_model() == package


def test_a_model_within_the_margin_is_promoted(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measures = figures([10] * 9, [10] * 8 + [9], leaks=True)
    assert run(monkeypatch, measures, DEFAULT, package, "--margin", "1.2").return_value == 0
    assert chosen_model() is None


def test_the_card_keeps_what_it_said_and_holds_one_comparison(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (package / "MODEL_CARD.md").read_text()
    for hits in (9, 10):
        run(monkeypatch, figures([9] * 9, [hits] * 9, leaks=True), DEFAULT, package)
    card = (package / "MODEL_CARD.md").read_text()
    assert card.startswith(before.rstrip())
    assert card.count(f"## Compared with {DEFAULT}") == 1
    assert "+10.00 points [+10.00, +10.00] | better |" in card
    verify_package(package)


def test_a_package_without_a_card_gets_one(package: Path) -> None:
    (package / "MODEL_CARD.md").unlink()
    spec = replace(verify_package(package), name="mine-v1")
    one = compare(figures([9], [9], leaks=True)[0])
    assert one is not None
    write_section(Validation(old=spec, new=spec, comparisons=(one,), margin=0.003, pages=1, images=0, forced=False))
    assert (package / "MODEL_CARD.md").read_text().startswith("# mine-v1\n")


def test_a_damaged_model_is_refused_before_anything_is_measured(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "reader.onnx").write_bytes(b"")
    result = run(monkeypatch, [], DEFAULT, package)
    assert isinstance(result.exception, ModelError)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--images", "."), "give it with --data"),
        (("--split", "dev"), "--split needs --images"),
        (("--pages", "0"), "nothing to compare on"),
    ],
)
def test_options_that_would_do_nothing_are_wrong_usage(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        main([DEFAULT, DEFAULT, *arguments])


def truth_of(folder: Path, image: Path, *, reviewed: bool = True) -> None:
    """Write a truth file as deburn review keeps it."""
    box = {"frame": 0, "x": 10, "y": 8, "w": 60, "h": 10, "text": fakes.NAME, "kind": "name"}
    record = {
        "size": {"frames": 1, "rows": 96, "columns": 128},
        "revision": 1,
        "reviewed": reviewed,
        "text_free": False,
        "frame": 0,
        "listed": [0],
        "boxes": [box | {"phi": [[0, len(fakes.NAME)]]}],
        "image": str(image),
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{image.name}.json").write_text(json.dumps(record))


@pytest.fixture
def local(tmp_path: Path, write_file, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reviewed images and one that is not; a network that sees, and as the new one, one that is blind."""
    for name in ("A", "B", "C"):
        truth_of(tmp_path / "truth", write_file(f"images/{name}", NAME), reviewed=name != "C")
    return tmp_path / "truth"


def test_reviewed_images_of_a_site_are_compared_by_their_pixels(
    local: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "open_runner", fakes.open_fake)
    options = [DEFAULT, str(package), "--data", str(local), "--pages", "0", "--workers", "1"]
    result = CliRunner().invoke(validate, options, standalone_mode=False)
    assert result.return_value == 0, result.stderr
    assert "| files measured | 2 | 100.00% | 100.00% |" in result.output
    assert "| lines found, 90 % covered | 2 | 100.00% | 100.00% |" in result.output


def test_the_pages_that_ship_are_measured_by_every_network(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = CliRunner().invoke(validate, [DEFAULT, str(package), "--pages", "8"], standalone_mode=False)
    assert result.return_value == 0, result.output
    rows = {row.split(" | ")[0]: row for row in result.output.splitlines() if row.startswith("| synthetic")}
    assert "| synthetic: identifying lines found, half covered" in rows
    assert "| synthetic: identifying spans masked" in rows
    assert all("+0.00 points [+0.00, +0.00] | equal" in row for row in rows.values())


def test_a_model_without_a_classifier_masks_other_spans(package: Path) -> None:
    manifest = json.loads((package / "manifest.json").read_text())
    (package / "manifest.json").write_text(json.dumps(manifest | {"classifier": None}))
    runners = [open_runner(model, device="cpu", threads=1) for model in (DEFAULT, package)]
    spans, others = decision_measures(*runners, pages=6, policy=Policy())
    assert sum(tally.total for tally in spans.old) == sum(tally.total for tally in spans.new) > 10
    assert [tally.hits for tally in others.old] != [tally.hits for tally in others.new]


def test_only_those_that_were_held_back_are_compared(local: Path, tmp_path: Path) -> None:
    (tmp_path / "held-back.txt").write_text("B.json\n")
    tasks = module._tasks(local, None, None, tmp_path / "held-back.txt")
    assert [task.page.name for task in tasks] == ["B"]
    (tmp_path / "held-back.txt").write_text("B\nC\n")
    with pytest.raises(UsageError, match="name 2 is that of no reviewed truth file"):
        module._tasks(local, None, None, tmp_path / "held-back.txt")


def test_images_elsewhere_are_picked_by_their_index(local: Path, tmp_path: Path) -> None:
    with (tmp_path / "index.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("name", "class", "split"), ("A", "b", "dev"), ("B", "b", "test")])
    tasks = module._tasks(local, tmp_path / "images", "dev", None)
    assert [task.page.name for task in tasks] == ["A"]
