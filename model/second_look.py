"""Read again, upside down and from behind, the lines that could not be read as they are."""

from collections.abc import Sequence

from .boxes import TextLine
from .crops import plan_boxes
from .reading import as_line, certainty, read_crops
from .runner import Handle, Runner

# Lines read less surely than this are looked at again.
DOUBTFUL = 0.9
# What another look must reach, and by how much it must be surer than the first.
SURE, SURER = 0.9, 0.1
# Shorter texts may be read in any turn: P upside down is d, from behind q.
CHARACTERS, LETTERS = 4, 3
# But for this one, a side marker on films, which is no other letter in any turn.
ALONE = "R"
# Degrees by which the line is turned further, and whether it is seen from behind, as films are.
LOOKS = ((180, False), (0, True), (180, True))


def look_again(runner: Runner, handle: Handle, lines: Sequence[TextLine], tilts: Sequence[float]) -> list[TextLine]:
    """Return the lines, with another reading of those that were read badly and are read well in another position.

    Each look sees all of a line's box, so that nothing else in it is taken for read.
    """
    result = list(lines)
    doubtful = [index for index, line in enumerate(lines) if certainty(line) < DOUBTFUL]
    # Upright lines were read either way.
    looks = [
        (index, turn, mirrored)
        for index in doubtful
        for turn, mirrored in LOOKS
        if mirrored or lines[index].angle not in (90, 270)
    ]
    if not looks:
        return result
    turns = [(lines[index].angle + turn) % 360 for index, turn, _ in looks]
    plan = plan_boxes(
        [lines[index].box for index, _, _ in looks],
        turns,
        [tilts[index] for index, _, _ in looks],
        [mirrored for _, _, mirrored in looks],
    )
    readings = read_crops(runner, handle, plan)
    for (index, _, mirrored), turn, reading in zip(looks, turns, readings, strict=True):
        first = lines[index]
        line = as_line(first.box, first.score, reading, angle=turn, tilt=tilts[index], mirrored=mirrored)
        needed = max(SURE, certainty(first) + SURER, certainty(result[index]))
        if _is_telling(line.text) and certainty(line) >= needed:
            result[index] = line
    return result


def _is_telling(text: str) -> bool:
    """Tell whether a text is long and varied enough to be read in one position only."""
    if text == ALONE:
        return True
    letters = [character for character in text.lower() if character.isalnum()]
    return len(letters) >= CHARACTERS and len(set(letters)) >= LETTERS
