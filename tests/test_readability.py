from dataclasses import replace

import pytest

from deburn import Box, Policy, TextLine
from deburn.redactor.readability import poorly_read, unreadable
from deburn.redactor.tokens import tokens_of


def _line(text, scores, *, height=14, angle=0):
    long = 10 * max(1, len(text))
    box = Box(frame=0, x0=0, y0=0, x1=long, y1=height)
    if angle == 90:
        box = Box(frame=0, x0=0, y0=0, x1=height, y1=long)
    places = tuple((index / len(text), (index + 1) / len(text)) for index in range(len(text)))
    return TextLine(box=box, angle=angle, score=1.0, text=text, character_scores=tuple(scores), character_spans=places)


def _poor(text, scores):
    line = _line(text, scores)
    return [
        text[span.start : span.end]
        for span in poorly_read(line, tokens_of(text, line.character_scores), Policy(read_score=0.8))
    ]


@pytest.mark.parametrize("angle", [0, 90])
@pytest.mark.parametrize(("height", "readable"), [(4, False), (5, True), (250, True), (251, False)])
def test_text_beyond_the_readers_sizes_is_unreadable(height, readable, angle):
    line = _line("LIVER", [1.0] * 5, height=height, angle=angle)
    assert (unreadable(line, Policy()) is None) is readable


@pytest.mark.parametrize("text", ["Лев", "谷映", "\x07", "Λ"])
def test_other_scripts_are_unreadable(text):
    assert unreadable(_line(text, [1.0] * len(text)), Policy())


def test_positions_must_fit_the_text():
    assert unreadable(replace(_line("AB", [1.0, 1.0]), character_spans=((0.0, 1.0),)), Policy())


@pytest.mark.parametrize(
    ("text", "score", "poor"),
    [
        ("Quast", 0.79, ["Quast"]),
        ("LIVER", 0.5, []),
        ("LIVER", 0.3, ["LIVER"]),
        ("DF0V", 0.5, []),
        ("L", 0.7, ["L"]),
        ("23cm", 0.65, []),
        ("23cm", 0.55, ["23cm"]),
        ("4711", 0.79, ["4711"]),
    ],
)
def test_known_terms_need_less_certainty_than_other_words(text, score, poor):
    assert _poor(text, [score] * len(text)) == poor


def test_a_line_that_is_mostly_poorly_read_is_unreadable_as_a_whole():
    assert _poor("Quast Zandt 5 cm", [0.4] * 11 + [1.0] * 5) == ["Quast Zandt 5 cm"]
    assert _poor("Quast Depth 15 cm", [0.4] * 5 + [1.0] * 12) == ["Quast"]


@pytest.mark.parametrize(("widest", "poor"), [(1.9, []), (2.1, ["LIVER"])])
def test_a_word_in_which_a_character_takes_the_room_of_several_was_not_read_whole(widest, poor):
    line = _line("LIVER 12", [1.0] * 8, height=10)
    end = widest * 10 / 80
    step = (1 - end) / 7
    places = ((0.0, end), *((end + step * index, end + step * (index + 1)) for index in range(7)))
    spans = poorly_read(replace(line, character_spans=places), tokens_of(line.text, line.character_scores), Policy())
    assert ["LIVER" for span in spans] == poor
