import json

import pytest

from deburn import Box, Policy
from deburn.training.evaluate_coco import as_dataset, as_results
from deburn.training.evaluate_html import evaluation_page
from deburn.training.evaluate_measures import measure
from deburn.training.evaluate_record import Evaluation, evaluation_record
from deburn.training.evaluate_scores import LineScore, MaskScore, PageScore, SpanScore
from deburn.training.evaluate_strata import markdown_of, strata_of
from deburn.training.evaluate_truth import Truth, TruthLine, TruthPage, TruthSpan

SECRET = "EXAMPLE, ANNE"
BOX = Box(frame=0, x0=10, y0=8, x1=70, y1=18)


def phi(state, kind="name", found=None, agreed=None):
    return SpanScore(box=BOX, kind=kind, phi=True, state=state, legible=0.5, found=found, agreed=agreed)


def other(state, kind="scale"):
    return SpanScore(box=BOX, kind=kind, phi=False, state=state, legible=0.5)


def mask(category, right, agreed):
    return MaskScore(box=BOX, category=category, score=0.7, right=right, agreed=agreed)


def line(covered, **more):
    facts = {"phi": False, "characters": 5, "height": 12, "contrast": 0.5, "polarity": "bright"} | more
    return LineScore(covered=covered, **facts)


def page(name="IM1", **more):
    return PageScore(name=name, **({"modality": "US", "rows": 96, "columns": 128} | more))


def truth(*pages, complete=True):
    return Truth(format="deburn" if complete else "midi-b", pages=pages, complete=complete)


@pytest.fixture
def measured():
    return [
        page("IM1", spans=(phi("removed", found=True, agreed=True), phi("removed", "date", found=True, agreed=False))),
        page(
            "IM2",
            spans=(phi("kept", found=False, agreed=False), phi("unjudged"), other("kept"), other("damaged")),
            masks=(mask("name", True, True), mask("unreadable", False, False), mask("name", None, None)),
            collateral=0.02,
            touched=True,
        ),
        page("IM2_again", spans=(phi("kept"),) * 5, variant=True, collateral=0.04),
        page("IM3", text_free=True, collateral=0.06, touched=True),
        page("IM4", text_free=True),
        page("IM5", reason="there is no redacted file of this name"),
    ]


def test_measures_are_those_counted_by_hand(measured):
    result = measure(measured, truth())
    assert (result.delivered.hits, result.delivered.total) == (5, 6)
    assert (result.phi_removed.hits, result.phi_removed.total) == (2, 3)
    assert (result.phi_damaged, result.phi_left, result.unjudged) == (0, 1, 1)
    assert result.phi_missed_at_most == pytest.approx(0.8646, abs=1e-4)  # (1 - p)**3 + 3 p (1 - p)**2 = 0.05
    assert (result.images_cleared.hits, result.images_cleared.total) == (1, 2)
    assert (result.others_kept.hits, result.others_kept.total) == (1, 2)
    assert (result.others_damaged, result.others_removed) == (1, 0)
    assert (result.lines_removed.hits, result.lines_removed.total) == (2, 5)
    assert (result.recall.hits, result.recall.total) == (2, 3)
    assert (result.precision.hits, result.precision.total) == (1, 2)
    assert result.collateral.value == pytest.approx(0.024)  # variants too: they must be delivered
    assert (result.text_free_touched.hits, result.text_free_touched.total) == (1, 2)
    assert result.text_free_area.value == pytest.approx(0.03)
    assert result.text_free_area.worst == 0.06
    assert result.retained.total == 0


def test_categories_are_those_counted_by_hand(measured):
    result = {one.name: one for one in measure(measured, truth()).categories}
    assert sorted(result) == ["date", "name", "unreadable"]
    name = result["name"]
    assert (name.removed.hits, name.removed.total) == (1, 2)
    assert (name.found.hits, name.found.total, name.agreed.hits) == (1, 2, 1)
    assert (name.right.hits, name.right.total, name.exact.hits) == (1, 1, 1)
    assert (result["date"].found.hits, result["date"].agreed.hits) == (1, 0)
    assert result["unreadable"].right.value == 0


def test_truth_without_harmless_text_says_nothing_of_kept_text(measured):
    result = measure(measured, truth(complete=False))
    assert result.others_kept is None
    assert result.kept_kinds == ()


def test_lines_are_found_from_nine_tenths_on_by_what_they_have_in_common():
    pages = [
        page(lines=(line(0.9), line(0.89, phi=True), line(1.0, height=7, contrast=0.05))),
        page(lines=(line(1.0, characters=1, polarity="dark", phi=True),), modality="CR"),
        page(lines=(line(0.0),), variant=True),
    ]
    strata = {(one.group, one.name): (one.every.hits, one.every.total, one.phi.total) for one in strata_of(pages)}
    assert strata == {
        ("all", "all lines"): (3, 4, 2),
        ("modality", "CR"): (1, 1, 1),
        ("modality", "US"): (2, 3, 1),
        ("height", "below 8 px"): (1, 1, 0),
        ("height", "10 to 12 px"): (2, 3, 2),
        ("contrast", "below 0.1"): (1, 1, 0),
        ("contrast", "0.4 to 0.7"): (2, 3, 2),
        ("polarity", "bright"): (2, 3, 1),
        ("polarity", "dark"): (1, 1, 1),
        ("length", "below 3"): (1, 1, 1),
        ("length", "3 to 5"): (2, 3, 1),
    }


def test_nothing_is_said_of_found_lines_where_redacted_files_are_judged():
    assert strata_of([page(lines=(line(None),))]) == ()


def test_markdown_holds_every_stratum_with_its_interval():
    table = markdown_of(strata_of([page(lines=(line(0.95), line(0.2)))])).splitlines()
    assert table[2] == "| all lines | 2 | 50.0% (9.5%–90.5%) | 0 | – |"
    assert all(row.count("|") == 6 for row in table)
    assert table[-1].startswith("| length 3 to 5 | 2 |")


def evaluation(measured):
    spans = (TruthSpan(start=0, end=7, kind="name"), TruthSpan(start=9, end=13, kind="date"))
    lines = {
        "IM1": (TruthLine(box=BOX, text=SECRET, kind="name", phi=spans),),
        "IM2": tuple(
            TruthLine(box=BOX, text=SECRET, kind=kind, phi=(spans[0],) if kind == "name" else ())
            for kind in ("name", "name", "scale", "scale")
        ),
    }
    known = truth(*(TruthPage(name=one.name, lines=lines.get(one.name, ())) for one in measured[:2]))
    pages = tuple(measured[:2])
    return Evaluation(
        truth=known, pages=pages, measures=measure(pages, known), strata=strata_of(pages), policy=Policy()
    )


def test_record_is_json_and_holds_text_only_where_it_is_asked_for(measured):
    result = evaluation(measured)
    record = json.loads(json.dumps(evaluation_record(result)))
    assert SECRET[:7] not in json.dumps(record)
    assert record["measures"]["phi_removed"] == {
        "hits": 2,
        "total": 3,
        "low": pytest.approx(0.2077, abs=1e-4),
        "high": pytest.approx(0.9385, abs=1e-4),
        "value": pytest.approx(2 / 3),
    }
    assert record["files"][0]["spans"][0]["box"] == [0, 10, 8, 70, 18]
    texts = [span["text"] for span in evaluation_record(result, with_text=True)["files"][0]["spans"]]
    assert texts == ["EXAMPLE", "ANNE"]


def test_page_loads_nothing_and_holds_no_text(measured):
    page = evaluation_page(evaluation(measured))
    assert SECRET[:7] not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert page.count("<table") == page.count("</table>") >= 4
    assert "prefers-color-scheme: dark" in page


def test_page_escapes_the_names_of_files():
    one = page("<b>\x1b[2J</b>", reason="not <there>")
    known = truth(TruthPage(name=one.name))
    result = Evaluation(truth=known, pages=(one,), measures=measure([one], known), strata=(), policy=None)
    text = evaluation_page(result)
    assert "<code>&lt;b&gt;\\x1b[2J&lt;/b&gt;</code>" in text
    assert "not &lt;there&gt;" in text


def test_coco_dataset_has_the_documented_structure(measured):
    result = evaluation(measured)
    dataset = as_dataset(result.truth, result.pages)
    json.dumps(dataset)
    images = {image["id"]: image for image in dataset["images"]}
    categories = {category["id"] for category in dataset["categories"]}
    assert [image["file_name"] for image in images.values()] == ["IM1", "IM2"]
    assert len({annotation["id"] for annotation in dataset["annotations"]}) == len(dataset["annotations"]) == 6
    for annotation in dataset["annotations"]:
        x, y, width, height = annotation["bbox"]
        image = images[annotation["image_id"]]
        assert 0 <= x < x + width <= image["width"]
        assert 0 <= y < y + height <= image["height"]
        assert annotation["area"] == width * height
        assert annotation["iscrowd"] == 0
        assert annotation["category_id"] in categories
        (polygon,) = annotation["segmentation"]
        assert (min(polygon[::2]), max(polygon[::2])) == (x, x + width)
        assert (min(polygon[1::2]), max(polygon[1::2])) == (y, y + height)
        assert "text" not in annotation
    assert as_dataset(result.truth, result.pages, with_text=True)["annotations"][0]["text"] == "EXAMPLE"


def test_coco_results_refer_to_the_dataset(measured):
    result = evaluation(measured)
    dataset, results = as_dataset(result.truth, result.pages), as_results(result.truth, result.pages)
    names = {category["id"]: category["name"] for category in dataset["categories"]}
    assert [(one["image_id"], names[one["category_id"]]) for one in results] == [
        (2, "name"),
        (2, "unreadable"),
        (2, "name"),
    ]
    assert all(one["bbox"] == [10, 8, 60, 10] and 0 <= one["score"] <= 1 for one in results)


def test_coco_numbers_of_known_categories_never_change():
    numbers = {category["name"]: category["id"] for category in as_dataset(truth(), [])["categories"]}
    assert (numbers["name"], numbers["person"], numbers["other"]) == (1, 2, 20)
