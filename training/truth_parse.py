"""What is written in a truth file of one's own, read strictly: JSON to nouns and back."""

from dataclasses import replace
from math import ceil, floor
from pathlib import Path

from ..model import Box
from ..model.categories import CATEGORIES, IDENTIFYING, Category
from .evaluate_fields import Field
from .evaluate_truth import TruthSpan
from .truth_page import LocalLine, LocalPage


def parse_page(top: Field, *, name: str, image: Path) -> LocalPage:
    """Give the truth that a JSON object holds, checked.

    Raises
    ------
    UsageError
        It is not in the format.
    """
    size = top.get("size")
    frame_count, rows, columns = (size.get(key).whole(least=1) for key in ("frames", "rows", "columns"))
    page = LocalPage(
        name=name,
        image=image,
        rows=rows,
        columns=columns,
        frame_count=frame_count,
        frames=_frames(top, frame_count),
        text_free=_flag(top, "text_free"),
        reviewed=_flag(top, "reviewed"),
        revision=top.get("revision").whole(),
    )
    boxes = top.get("boxes")
    lines = tuple(_line(item, page) for item in boxes.items())
    if page.text_free and lines:
        boxes.wrong("none: text_free says that there is no text", f"a list of {len(lines)}")
    if page.reviewed and not page.frames and not page.text_free:
        top.get("listed").wrong("a frame at least in a file that was reviewed, or text_free", "empty")
    return replace(page, lines=lines)


def record_of(page: LocalPage) -> dict[str, object]:
    """Give a page as the JSON object that `parse_page` reads, without its image."""
    return {
        "size": {"frames": page.frame_count, "rows": page.rows, "columns": page.columns},
        "revision": page.revision,
        "reviewed": page.reviewed,
        "text_free": page.text_free,
        "frame": page.frames[0] if page.frames else page.frame_count // 2,
        "listed": list(page.frames),
        "boxes": [line_record(line) for line in page.lines],
    }


def line_record(line: LocalLine) -> dict[str, object]:
    """Give a line as an item of a page's boxes."""
    box = line.box
    phi = None
    if line.phi is not None:
        phi = [[span.start, span.end, *([span.kind] if span.kind else [])] for span in line.phi]
    record: dict[str, object] = {
        "frame": box.frame,
        "x": box.x0,
        "y": box.y0,
        "w": box.x1 - box.x0,
        "h": box.y1 - box.y0,
        "text": line.text,
        "kind": line.kind,
        "phi": phi,
    }
    marks = {"ignore": line.ignore, "varies_across_frames": line.moves, "proposed": line.proposed}
    record |= {key: True for key, value in marks.items() if value}
    return record if line.score is None else record | {"score": round(line.score, 4)}


def _frames(top: Field, frame_count: int) -> tuple[int, ...]:
    """Give the frames that are listed in full, the one to be measured first."""
    first, listed = top.get("frame").whole(), top.get("listed")
    frames = []
    for item in listed.items():
        if item.whole() >= frame_count:
            item.wrong(f"a frame of {frame_count}, counted from 0", "more")
        frames.append(item.whole())
    if len(set(frames)) < len(frames):
        listed.wrong("each frame once", "a list that repeats one")
    if frames and frames[0] != first:
        listed.wrong("the one that frame names first", "a list")
    return tuple(frames)


def _line(item: Field, page: LocalPage) -> LocalLine:
    proposed, score = _flag(item, "proposed"), item.find("score")
    if proposed and page.reviewed:
        item.get("proposed").wrong("false in a file that was reviewed", "true")
    if score is not None and not 0 <= score.number() <= 1:
        score.wrong("a number in [0, 1]", "none of them")
    text, kind = _text(item), item.get("kind")
    return LocalLine(
        box=_box(item, page),
        text=text,
        kind=_category(kind, CATEGORIES),
        phi=_phi(item, text),
        ignore=_flag(item, "ignore"),
        moves=_flag(item, "varies_across_frames"),
        proposed=proposed,
        score=None if score is None else score.number(),
    )


def _box(item: Field, page: LocalPage) -> Box:
    frame = item.get("frame")
    if frame.whole() not in page.frames:
        frame.wrong("one that the file lists in full", "another frame")
    left, top, width, height = (item.get(name).number() for name in "xywh")
    for name, start, length, most in (("x", left, width, page.columns), ("y", top, height, page.rows)):
        if length <= 0:
            item.get("w" if name == "x" else "h").wrong("more than 0", "0 or less")
        if start < 0 or start + length > most:
            item.get(name).wrong(f"a box within 0 and {most}", "of a box that reaches out of the image")
    return Box(frame=frame.whole(), x0=floor(left), y0=floor(top), x1=ceil(left + width), y1=ceil(top + height))


def _text(item: Field) -> str | None:
    text = item.get("text")
    if text.value is None:
        return None
    if not text.text().strip():
        text.wrong("null where nobody wrote the text down", "empty")
    return text.text()


def _phi(item: Field, text: str | None) -> tuple[TruthSpan, ...] | None:
    given = item.get("phi")
    if given.value is None:
        return None
    spans: list[TruthSpan] = []
    for part in given.items():
        if text is None:
            part.wrong("none where the text is null; kind says what it is", "a range")
        spans.append(_span(part, len(text), spans[-1].end if spans else 0))
    return tuple(spans)


def _span(part: Field, length: int, least: int) -> TruthSpan:
    """Give ``[start, end]``, or ``[start, end, kind]`` where a part is something else than its line."""
    values = list(part.items())
    if len(values) not in (2, 3):
        part.wrong("[start, end] or [start, end, kind]", f"a list of {len(values)}")
    start, end = values[0].whole(), values[1].whole()
    if not least <= start < end <= length:
        part.wrong(f"a range of the text's {length} characters, after the one before", "none")
    kind = _category(values[2], IDENTIFYING) if len(values) == 3 else None
    return TruthSpan(start=start, end=end, kind=kind)


def _category(given: Field, known: tuple[Category, ...]) -> Category | None:
    if given.value is None:
        return None
    text = given.text()
    for category in known:
        if text == category:
            return category
    given.wrong(f"null or one of {', '.join(known)}", "no category")


def _flag(item: Field, name: str) -> bool:
    given = item.find(name)
    return given is not None and given.truth()
