"""Any token-classification checkpoint as a vote; a tiny one is made here."""

import builtins
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from test_classifier_features import line

from deburn.errors import MissingExtraError, ModelError, UsageError
from deburn.model.categories import CATEGORIES
from deburn.model.spec import ModelSpec, Thresholds
from deburn.model.token_classifier import LABELS, open_token_classifier
from deburn.redactor.advice import Checkpoint, advised
from deburn.redactor.dicom import Identity
from deburn.redactor.opinions import opinions

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "anne", "liver", "01", ".", "1960"]
MEANT = {"anne": 1, "01": 3, ".": 3, "1960": 3}
NAMED = {0: "O", 1: "B-PATIENT", 2: "I-PATIENT", 3: "I-DATE"}


def checkpoint(folder: Path, labels: dict[int, str] = NAMED) -> Path:
    """A BERT without layers that knows a word's label by the word alone."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=8, num_hidden_layers=0, num_attention_heads=1, intermediate_size=8,
        id2label=labels, label2id={label: index for index, label in labels.items()},
    )  # fmt: skip
    network = transformers.BertForTokenClassification(config)
    with torch.no_grad():
        for weights in network.bert.embeddings.parameters():
            weights.zero_()
        network.bert.embeddings.LayerNorm.weight.fill_(1)
        for index, word in enumerate(WORDS):
            network.bert.embeddings.word_embeddings.weight[index, MEANT.get(word, 0)] = 1
        network.classifier.weight.copy_(6 * torch.eye(8)[: len(labels)])
        network.classifier.bias.zero_()
    network.save_pretrained(folder)
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return checkpoint(tmp_path / "tiny")


def best(rows: np.ndarray) -> list[str]:
    return [CATEGORIES[index] for index in rows.argmax(axis=1)]


def test_says_of_each_character_what_its_token_is(tiny: Path) -> None:
    first, second = open_token_classifier(tiny).judge(["ANNE LIVER", "01.1960"])
    assert best(first) == ["name"] * 4 + ["other"] * 6
    assert best(second) == ["date"] * 7
    np.testing.assert_allclose(np.concatenate([first, second]).sum(axis=1), 1, atol=1e-5)


def test_a_page_longer_than_a_window_is_judged_to_its_end(tiny: Path) -> None:
    found = open_token_classifier(tiny).judge(["LIVER"] * 700 + ["ANNE"])
    assert best(found[-1]) == ["name"] * 4
    assert best(found[300]) == ["other"] * 5


def test_refuses_labels_that_it_cannot_place(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "odd", {0: "O", 1: "B-QUUX"})
    with pytest.raises(UsageError, match=r"B-QUUX.*id2label"):
        open_token_classifier(folder)


def test_knows_the_labels_of_published_checkpoints_and_its_own() -> None:
    assert {LABELS[label] for label in ("PATIENT", "PER", "GIVENNAME")} == {"name"}
    assert {LABELS[label] for label in ("STAFF", "HCW", "DOCTOR")} == {"person"}
    assert all(LABELS[category.upper()] == category for category in CATEGORIES)
    assert set(LABELS.values()) == set(CATEGORIES)


def test_says_what_is_wrong_with_a_folder_that_is_no_checkpoint(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    with pytest.raises(ModelError, match="cannot be opened as a token-classification checkpoint"):
        open_token_classifier(tmp_path)


def test_names_the_command_where_transformers_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name, *more, **named):
        if name == "transformers":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match=r"pip install 'deburn\[train\]'"):
        open_token_classifier("anything")


def runner(classifier=None):
    thresholds = Thresholds(cell=0.4, line=0.6, sure=0.8, read=0.6)
    spec = ModelSpec(
        name="fake-v1", folder=Path(), alphabet="AB", thresholds=thresholds, hashes={}, sha256="", classifier=classifier
    )

    def classify(pages):
        rows = np.full((len(pages.characters), len(CATEGORIES)), 0.02, np.float32)
        rows[:, CATEGORIES.index("institution")] = 0.62
        return rows

    return SimpleNamespace(spec=spec, classify=classify, upload=lambda frames: frames)


def test_a_checkpoint_decides_where_the_package_has_no_classifier(tiny: Path) -> None:
    asked = advised(runner(), Checkpoint(source=str(tiny)))
    found = opinions([line("LIVER", y0=40), line("ANNE")], Identity(), asked)
    assert [best(rows)[0] for rows in found] == ["other", "name"]
    assert asked.spec.name == "fake-v1+tiny"
    assert asked.upload(3) == 3


def test_a_further_vote_never_clears_what_the_classifier_suspects(tiny: Path) -> None:
    own = SimpleNamespace(characters="ABC", categories=CATEGORIES)
    lines = [line("LIVER"), line("ANNE", y0=40)]
    beside = opinions(lines, Identity(), advised(runner(own), Checkpoint(source=str(tiny))))
    assert [best(rows)[0] for rows in beside] == ["institution", "name"]
    alone = opinions(lines, Identity(), advised(runner(own), Checkpoint(source=str(tiny), alone=True)))
    assert [best(rows)[0] for rows in alone] == ["other", "name"]


def test_without_a_checkpoint_the_runner_stays_itself() -> None:
    given = runner()
    assert advised(given, None) is given
