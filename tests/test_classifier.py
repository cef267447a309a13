"""The classifier's network: pages and lines apart, its Hugging Face form, its export, and its training in small."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from safetensors.torch import save_file

from deburn.errors import ModelError
from deburn.model.categories import CATEGORIES
from deburn.model.classifier import Classifier, deepened, depth_of
from deburn.model.classifier_hub import ClassifierConfig, ClassifierForTokenClassification
from deburn.model.classifier_input import ClassifierInput, joined
from deburn.model.spec import ClassifierSpec
from deburn.redactor.classifier_features import page_input
from deburn.redactor.matching import needles_of
from deburn.training import train_classifier
from deburn.training.classifier_pages import draw_labelled_page
from deburn.training.devices import Place
from deburn.training.export_classifier import classifier_of, golden_pages
from deburn.training.export_graph import export_classifier
from deburn.training.strings import ALPHABET
from deburn.training.worlds import training_world

SIZES = {"width": 16, "page_width": 24, "layers": 1}


def network(seed: int = 0) -> Classifier:
    """Return one whose blocks, which begin as identities, have learned something."""
    torch.manual_seed(seed)
    classifier = Classifier(len(ALPHABET), len(CATEGORIES), **SIZES)
    for name, value in classifier.named_parameters():
        if not value.any() and name.endswith("weight"):
            torch.nn.init.normal_(value, std=0.1)
    return classifier.eval()


def test_takes_over_the_weights_of_a_shallower_one_and_gives_the_same() -> None:
    shallow = network(2)
    sizes = SIZES | {"layers": 3, "before": 6, "after": 4}
    deep = Classifier(len(ALPHABET), len(CATEGORIES), **sizes).eval()
    deep.load_state_dict(deepened(shallow.state_dict(), deep))
    assert depth_of(shallow.state_dict()) == {"layers": 1, "before": 3, "after": 2}
    assert depth_of(deep.state_dict()) == {"layers": 3, "before": 6, "after": 4}
    np.testing.assert_array_equal(asked(deep, drawn(1)), asked(shallow, drawn(1)))


def test_a_training_starts_as_deep_as_its_weights_and_deepens_them_on_request(tmp_path: Path) -> None:
    start = tmp_path / "shallow.safetensors"
    save_file(Classifier(len(ALPHABET), len(CATEGORIES)).state_dict(), start)
    for name, options, depth in (
        ("same", [], {"layers": 2, "before": 3, "after": 2}),
        ("deeper", ["--deepen"], train_classifier.DEPTH),
    ):
        train_classifier.main([*small(tmp_path / name, 1), "--start-from", str(start), *options])
        _, spec = classifier_of(tmp_path / name / "pretrained")
        assert {size: getattr(spec, size) for size in depth} == depth


def drawn(seed: int) -> ClassifierInput:
    page = draw_labelled_page(np.random.default_rng(seed), training_world())
    return page_input(page.lines, needles_of(page.identity), ALPHABET)


def asked(classifier: Classifier, given: ClassifierInput) -> np.ndarray:
    with torch.inference_mode():
        return classifier(*map(torch.from_numpy, given.arrays().values())).numpy()


def test_gives_each_character_a_probability_of_each_category() -> None:
    given = drawn(1)
    found = asked(network(), given)
    assert found.shape == (len(given.characters), len(CATEGORIES))
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)


def test_a_page_is_judged_the_same_whatever_pages_are_asked_about_with_it() -> None:
    one, other = drawn(1), drawn(2)
    alone = asked(network(), one)
    np.testing.assert_allclose(asked(network(), joined([one, other]))[: len(alone)], alone, atol=1e-5)
    np.testing.assert_allclose(asked(network(), joined([other, one]))[-len(alone) :], alone, atol=1e-5)


def test_a_line_is_judged_by_the_other_lines_of_its_page() -> None:
    given = golden_pages()
    before = asked(network(), given)
    given.characters[given.owner == 0] = 3
    after = asked(network(), given)
    assert np.abs(after - before)[given.owner == 3].max() > 1e-5
    np.testing.assert_allclose(after[given.owner >= 7], before[given.owner >= 7], atol=1e-6)


def test_saved_and_loaded_as_hugging_face_does_it_is_the_same(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = ClassifierForTokenClassification(ClassifierConfig(characters=ALPHABET, **SIZES)).eval()
    model.save_pretrained(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".safetensors"}
    again = ClassifierForTokenClassification.from_pretrained(tmp_path).eval()
    assert again.config.characters == ALPHABET
    assert [again.config.id2label[index] for index in range(len(CATEGORIES))] == list(CATEGORIES)
    given = tuple(map(torch.from_numpy, drawn(3).arrays().values()))
    with torch.inference_mode():
        torch.testing.assert_close(again(*given).logits, model(*given).logits)
    network, spec = classifier_of(tmp_path)
    assert isinstance(spec, ClassifierSpec)
    assert (spec.width, spec.page_width, spec.layers) == (16, 24, 1)
    with torch.inference_mode():
        torch.testing.assert_close(network(*given), model(*given).logits.softmax(dim=1))


def test_refuses_weights_that_are_no_classifier(tmp_path: Path) -> None:
    save_file({"something": torch.zeros(3)}, tmp_path / "other.safetensors")
    with pytest.raises(ModelError, match="holds no classifier"):
        classifier_of(tmp_path / "other.safetensors")


def test_onnx_gives_what_torch_gives_at_sizes_the_export_never_saw(tmp_path: Path) -> None:
    import onnxruntime

    classifier = network(4)
    export_classifier(classifier, tmp_path / "classifier.onnx")
    data = (tmp_path / "classifier.onnx").read_bytes()
    assert b".py" not in data
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    for given in (drawn(5), joined([drawn(6), drawn(7), drawn(8)]), golden_pages()):
        (found,) = session.run(None, given.arrays())
        np.testing.assert_allclose(found, asked(classifier, given), atol=1e-5)


def small(output: Path, steps: int) -> list[str]:
    return ["--output", str(output), "--steps", str(steps), "--batch", "2", "--workers", "0", "--device", "cpu"]


def test_a_training_resumes_where_it_was_stopped_and_ends_as_a_hub_folder(tmp_path: Path) -> None:
    train_classifier.main(small(tmp_path, 2))
    before = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    train_classifier.main(small(tmp_path, 4))
    after = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert (before["step"], after["step"]) == (2, 4)
    assert any(not torch.equal(before["network"][name], value) for name, value in after["network"].items())
    assert not list(tmp_path.glob("*.part"))
    config = json.loads((tmp_path / "pretrained" / "config.json").read_text())
    assert config["model_type"] == "deburn-classifier"
    loaded, _ = classifier_of(tmp_path / "pretrained")
    torch.testing.assert_close(dict(loaded.state_dict()), dict(after["average"]))


def test_a_training_starts_from_given_weights(tmp_path: Path) -> None:
    train_classifier.main(small(tmp_path / "one", 1))
    start = tmp_path / "one" / "checkpoint.pt"
    train_classifier.main([*small(tmp_path / "two", 1), "--start-from", str(start), "--rate", "0"])
    one, other = (torch.load(tmp_path / name / "checkpoint.pt", weights_only=True) for name in ("one", "two"))
    torch.testing.assert_close(other["network"], one["average"])


def test_a_few_steps_lower_the_loss_on_one_page() -> None:
    torch.manual_seed(0)
    page = draw_labelled_page(np.random.default_rng(2), training_world())
    given = page_input(page.lines, needles_of(page.identity), ALPHABET)
    inputs, wanted = train_classifier.collate([(given, page.labels)])
    classifier = Classifier(len(ALPHABET), len(CATEGORIES), **SIZES)
    optimiser = torch.optim.AdamW(classifier.parameters(), lr=1e-2)
    totals = []
    for _ in range(20):
        parts, rates = train_classifier.losses(classifier.logits(*inputs), wanted)
        total = sum(parts.values())
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        totals.append(total.item())
    assert totals[-1] < 0.4 * totals[0]
    assert 0 <= rates["leaked"] <= 1


def test_the_stream_gives_each_page_again_and_the_same_for_the_same_seed() -> None:
    stream = iter(train_classifier.LabelledStream(seed=1, start=0, place=Place(device="cpu", rank=0, world=1)))
    first = [next(stream) for _ in range(6)]
    other = iter(train_classifier.LabelledStream(seed=1, start=0, place=Place(device="cpu", rank=0, world=1)))
    assert all(np.array_equal(one[0].characters, next(other)[0].characters) for one in first)
    assert first[1][0] is first[0][0]
    assert len({id(one[0]) for one in first}) == 2
