from dataclasses import replace

import numpy as np

from deburn import Box, Finding, Policy, TextLine
from deburn.redactor import scenes
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity
from deburn.redactor.scenes import judge_scenes


def line(frame: int, text: str, y0: int = 10) -> TextLine:
    count = len(text)
    return TextLine(
        box=Box(frame=frame, x0=10, y0=y0, x1=10 + 8 * count, y1=y0 + 12),
        angle=0,
        score=0.99,
        text=text,
        character_scores=(0.99,) * count,
        character_spans=tuple((i / count, (i + 1) / count) for i in range(count)),
    )


def kept(one: TextLine) -> Finding:
    return Finding(
        line=one, start=0, end=1, box=one.box, category="other", score=1.0, reason="", element=None, mask=False
    )


def test_frames_that_show_the_same_are_judged_once() -> None:
    asked: list[TextLine] = []

    def judge(lines):
        asked.extend(lines)
        return tuple(kept(one) for one in lines)

    lines = [one for frame in range(40) for one in (line(frame, "GAIN 62"), line(frame, "AB"[frame % 2], 40))]
    findings = judge_scenes(lines, judge)
    assert [one.box.frame for one in asked] == [0, 0, 1, 1]
    assert [finding.line for finding in findings] == lines
    assert [finding.box for finding in findings] == [one.box for one in lines]


def test_a_frame_is_judged_with_its_own_lines_only(monkeypatch) -> None:
    monkeypatch.setattr(scenes, "TOGETHER", 3)
    sizes: list[int] = []

    def judge(lines):
        sizes.append(len({one.box.frame for one in lines}))
        return tuple(kept(one) for one in lines)

    judge_scenes([line(frame, f"No {frame}") for frame in range(10)], judge)
    assert sizes == [3, 3, 3, 1]


def test_judges_as_a_single_call_for_all_frames_does() -> None:
    rng = np.random.default_rng(2)
    words = ("Patient:", "PAVLOVA INES", "12.03.1987", "GAIN 62", "ST ELIN KLINIK", "xyzzy", "L")
    lines = []
    for frame in range(30):
        chosen = rng.choice(len(words), 3, replace=False) if frame % 3 else [0, 1, 3]
        lines += [replace(line(frame, words[which], 10 + 14 * place)) for place, which in enumerate(chosen)]

    def judge(some):
        return classify(some, Identity(), Policy())

    assert judge_scenes(lines, judge) == judge(lines)


def test_no_lines_are_no_findings() -> None:
    assert judge_scenes([], lambda lines: tuple(kept(one) for one in lines)) == ()
