import json

from deburn import Box, Finding, TextLine
from deburn.redactor.explain import as_json, explain, from_json


def _finding(frame=0, *, score=0.9, mask=True, x0=10, element="(0010,0010) PatientName"):
    box = Box(frame=frame, x0=x0, y0=5, x1=90, y1=17)
    line = TextLine(box=box, angle=0, score=1.0, text="QUASTEL", character_scores=(), character_spans=())
    return Finding(
        line=line, start=0, end=7, box=box, category="name", score=score, reason="a rule", element=element, mask=mask
    )


def test_only_masks_need_explaining():
    assert explain([_finding(mask=False)]) == ()


def test_what_stands_still_over_frames_is_explained_once_with_its_best_score():
    (explanation,) = explain([_finding(3, score=0.7), _finding(4, score=0.95), _finding(9, score=0.8)])
    assert (explanation.box.frame, explanation.last, explanation.score) == (3, 9, 0.95)


def test_other_places_and_other_reasons_are_explained_apart():
    assert len(explain([_finding(), _finding(x0=11), _finding(element=None)])) == 3


def test_says_which_element_matched_and_never_the_text():
    line = as_json(explain([_finding()])[0])
    assert line["element"] == "(0010,0010) PatientName"
    assert "QUASTEL" not in json.dumps(line)


def test_comes_back_from_the_manifest():
    (explanation,) = explain([_finding(2, score=0.25)])
    assert from_json(json.loads(json.dumps(as_json(explanation)))) == explanation
