"""What the classifier sees of a page; no network is needed for it."""

from datetime import date

import numpy as np

from deburn import Box, TextLine
from deburn.model.categories import IDENTIFYING
from deburn.model.classifier_input import LINE_MARKS, MARKS, SIDES, UNKNOWN, classes_of, joined
from deburn.redactor.classifier_features import page_input
from deburn.redactor.dicom import Identity, Known
from deburn.redactor.matching import needles_of

CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789:."
NAME = Known(kind="name", keyword="PatientName", text="EXAMPLE^ANNE")
BORN = Known(kind="date", keyword="PatientBirthDate", text="19600201", day=date(1960, 2, 1))


def line(text: str, x0: int = 10, y0: int = 10, *, score: float = 0.99, angle: int = 0) -> TextLine:
    count = len(text)
    return TextLine(
        box=Box(frame=0, x0=x0, y0=y0, x1=x0 + 8 * max(1, count), y1=y0 + 12),
        angle=angle,
        score=0.9,
        text=text,
        character_scores=(score,) * count,
        character_spans=tuple((i / count, (i + 1) / count) for i in range(count)),
    )


def page(*lines: TextLine, known: tuple[Known, ...] = ()):
    return page_input(lines, needles_of(Identity(entries=known)), CHARACTERS)


def mark(given, name: str) -> np.ndarray:
    return given.marks[:, MARKS.index(name)]


def test_every_character_has_its_class_and_its_line() -> None:
    given = page(line("AB"), line("C", y0=40))
    assert given.characters.tolist() == [1, 2, 3]
    assert given.owner.tolist() == [0, 0, 1]
    assert given.marks.shape == (3, len(MARKS))
    assert given.lines.shape == (2, len(LINE_MARKS))


def test_a_character_outside_the_vocabulary_is_unknown() -> None:
    assert classes_of("AéB", CHARACTERS).tolist() == [1, UNKNOWN, 2]


def test_what_matches_the_header_is_marked_where_it_stands() -> None:
    given = page(line("DOB: 01.02.1960"), line("EXAMPLE ANNE", y0=40), known=(NAME, BORN))
    found = mark(given, "header date") > 0
    assert found.tolist() == [False] * 5 + [True] * 10 + [False] * 12
    assert (mark(given, "header name")[15:] > 0).any()


def test_an_empty_header_marks_nothing_and_says_so() -> None:
    given = page(line("EXAMPLE ANNE"))
    assert not any(mark(given, f"header {category}").any() for category in IDENTIFYING)
    assert given.lines[0, LINE_MARKS.index("header")] == 0
    assert page(line("EXAMPLE ANNE"), known=(NAME,)).lines[0, LINE_MARKS.index("header")] == 1


def test_words_carry_what_the_vocabularies_know_of_them() -> None:
    given = page(line("LIVER QUOSTRIN"))
    assert mark(given, "word anatomy").tolist() == [1.0] * 5 + [0.0] * 9
    assert mark(given, "word unknown").tolist() == [0.0] * 6 + [1.0] * 8


def test_the_readers_confidence_is_seen_per_character() -> None:
    given = page(line("AB", score=0.4))
    np.testing.assert_allclose(mark(given, "confidence"), 0.4)


def test_neighbours_are_the_nearest_lines_in_row_and_column() -> None:
    given = page(line("NAME:", 10, 10), line("X", 60, 10), line("BELOW", 10, 30), line("FAR", 900, 700))
    left, right, above, below = (given.beside[:, side] for side in range(len(SIDES)))
    assert (right[0], left[1]) == (1, 0)
    assert (below[0], above[2]) == (2, 0)
    assert given.beside[3].tolist() == [3, 3, 3, 3]
    gaps = given.lines[:, [LINE_MARKS.index(f"gap {side}") for side in SIDES]]
    assert gaps[3].tolist() == [0, 0, 0, 0]
    assert gaps[0, 1] > 0.5


def test_places_do_not_depend_on_where_on_the_frame_the_text_stands() -> None:
    one = page(line("A", 10, 10), line("B", 200, 90))
    other = page(line("A", 310, 510), line("B", 500, 590))
    np.testing.assert_array_equal(one.lines, other.lines)


def test_pages_keep_their_lines_apart_when_joined() -> None:
    both = joined([page(line("A"), line("BC", y0=40)), page(line("D"), line("E", y0=40))])
    assert both.owner.tolist() == [0, 1, 1, 2, 3]
    assert both.pages.tolist() == [0, 0, 1, 1]
    assert both.beside[2:].min() == 2
    assert set(both.arrays()) == {"characters", "marks", "owner", "lines", "beside", "pages"}
