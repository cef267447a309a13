"""Lay out a page of text as consoles of many modalities do: blocks in the corners, scales, markers, fields in rows."""

from dataclasses import dataclass

import numpy as np

from ..model import Box
from .draws import chance, pick, weighted, whole
from .formats import restyled
from .strings import Patient, Script, fill
from .worlds import World

# Width of a character in heights of its line.
ASPECT = 0.6
# Share of the pages of slices that are films: sheets of images, each with the console's text around it.
_FILM = 0.15
_SHEETS = ((2, 2), (2, 3), (3, 2), (3, 3), (3, 4), (4, 3), (4, 5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A line where it stands."""

    script: Script
    box: Box
    angle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stand together.

    Attributes
    ----------
    place : str
        "tl", "tr", "bl", "br": a corner; "top", "bottom": a row; "side": at an edge's middle; "free": scattered;
        "scale": a column with even steps; "form": a column with labels and values apart; "text": all over the page.
    kinds : tuple of (str, float, int, int)
        Kind of line, probability that there are any, and from how many to how many.
    """

    place: str
    kinds: tuple[tuple[str, float, int, int], ...]


def _block(place: str, kinds: str) -> Block:
    """Read ``kind probability low high, ...``."""
    parts = (part.split() for part in kinds.split(","))
    return Block(place=place, kinds=tuple((kind, float(p), int(low), int(high)) for kind, p, low, high in parts))


_WHO = "name .85 1 1, id .8 1 2, date .6 1 2, age .15 1 1, accession .3 1 1"
_WHERE = "institution .75 1 1, date .6 1 1, time .5 1 1, operator .3 1 1, device .3 1 1"
# Weight and blocks of each kind of page.
_GRAMMAR: tuple[tuple[float, str, tuple[Block, ...]], ...] = (
    (26, "ultrasound", (
        _block("top", "institution .6 1 1, name .8 1 1, id .75 1 1, date .7 1 1, time .6 1 1, technique .5 1 2, "
               "device .3 1 1"),
        _block("tl", "device .5 1 2, technique .9 2 14, interface .2 1 2"),
        _block("tr", "technique .5 1 4, operator .3 1 1"), _block("scale", "scale .7 3 14"),
        _block("free", "anatomy .6 1 3, laterality .3 1 1, position .2 1 1, person .15 1 1, id .04 1 1"),
        _block("bl", "measurement .6 1 8"), _block("bottom", "interface .3 1 6, time .2 1 1"),
    )),
    (16, "ct", (
        _block("tl", "device .6 1 1, technique .8 1 5, id .2 1 1"),
        _block("tr", _WHERE + ", name .85 1 1, id .8 1 1, age .2 1 1, interface .3 1 1"),
        _block("bl", "technique .9 2 8, time .3 1 1"),
        _block("br", "technique .7 1 4, other .3 1 1, date .2 1 1, person .08 1 1"),
        _block("side", "position .9 1 4"), _block("scale", "scale .3 2 6"),
    )),
    (13, "mr", (
        _block("tl", _WHO + ", interface .3 1 2"), _block("tr", _WHERE + ", technique .3 1 2"),
        _block("bl", "technique .95 3 12, person .06 1 1"), _block("br", "technique .6 1 4, scale .3 1 2"),
        _block("side", "position .9 1 4"),
    )),
    (13, "radiograph", (
        _block("free", "laterality .8 1 1, position .6 1 2, operator .5 1 1, anatomy .25 1 1, time .15 1 1"),
        _block("tl", "name .35 1 1, id .35 1 2, date .35 1 2"), _block("br", "technique .3 1 4, institution .2 1 1"),
    )),
    (7, "mammogram", (
        _block("tr", "position .9 1 1, laterality .3 1 1, operator .6 1 1"),
        _block("tl", "name .6 1 1, id .6 1 1, date .6 1 2, institution .4 1 1"),
        _block("bl", "technique .9 2 8, device .3 1 1, serial .2 1 1"),
    )),
    (6, "angiogram", (
        _block("tl", _WHO), _block("tr", _WHERE), _block("bl", "technique .9 1 4, position .8 1 2"),
        _block("br", "technique .5 1 3, anatomy .3 1 1, person .2 1 1"),
    )),
    (7, "endoscopy", (
        _block("form", "name .9 1 1, id .9 1 1, interface .6 1 2, date .9 1 2, time .7 1 1, operator .5 1 1"),
        _block("bl", "technique .6 1 5, device .4 1 2, serial .2 1 1"), _block("br", "operator .3 1 1, anatomy .4 1 1"),
    )),
    (4, "dental", (
        _block("top", "name .7 1 1, id .5 1 1, date .8 1 1, date .5 1 1, institution .4 1 1"),
        _block("free", "anatomy .7 1 2, laterality .4 1 1, operator .2 1 1"), _block("bl", "technique .6 1 3"),
    )),
    (6, "report", (
        _block("top", "institution .7 1 1, phone .3 1 1, address .3 1 1"),
        _block("form", _WHO + ", operator .6 1 2, interface .7 1 4, measurement .4 1 2, serial .2 1 1"),
        _block("text", "other .9 2 10, measurement .9 3 14, anatomy .6 1 5, interface .5 1 4"),
        _block("bottom", "date .4 1 1, phone .2 1 1, person .3 1 1, other .3 1 1"),
    )),
    (5, "screen", (
        _block("text", "interface .9 3 14, technique .5 1 5, device .4 1 2, other .4 1 3"),
        _block("form", _WHO + ", operator .4 1 1, time .4 1 1, serial .3 1 1, institution .4 1 1, address .15 1 1"),
        _block("scale", "scale .4 3 8"),
    )),
    (5, "plain", (
        _block("free", "technique .5 1 4, measurement .5 1 4, position .5 1 2, anatomy .4 1 3, device .3 1 1, "
               "person .15 1 1, institution .08 1 1"),
        _block("scale", "scale .5 3 10"), _block("bottom", "interface .4 1 4, other .4 1 2"),
    )),
    # Nothing but technique, and at times one name or one pair of initials among it, which nothing points at.
    (14, "lone", (
        _block("tl", "technique .9 2 8, device .3 1 1"), _block("free", "person .75 1 1, position .3 1 2"),
        _block("bl", "interface .4 1 3, measurement .3 1 3, anatomy .3 1 2"),
    )),
)  # fmt: skip


def draw_console(rng: np.random.Generator, patient: Patient, world: World) -> list[Placed]:
    """Draw a page's lines at their places; never empty."""
    columns, rows = pick(rng, ((640, 480), (800, 600), (1024, 768), (512, 512), (1280, 1024), (2048, 2560)))
    height = max(7, round(rows * float(np.exp(rng.uniform(np.log(0.012), np.log(0.035))))))
    name, blocks = weighted(rng, tuple((weight, (name, blocks)) for weight, name, blocks in _GRAMMAR))
    if name in ("ct", "mr") and chance(rng, _FILM):
        columns, rows = whole(rng, 300, 640), whole(rng, 300, 640)
        height = max(7, round(rows * float(rng.uniform(0.02, 0.05))))
        image = _draw_blocks(rng, patient, world, blocks, columns, rows, height)
        return _film(rng, patient, world, image, columns, rows) or draw_console(rng, patient, world)
    placed = _draw_blocks(rng, patient, world, blocks, columns, rows, height)
    return placed or _place(rng, "free", [draw_line(rng, patient, world, "name")], columns, rows, height)


def _draw_blocks(
    rng: np.random.Generator,
    patient: Patient,
    world: World,
    blocks: tuple[Block, ...],
    columns: int,
    rows: int,
    height: int,
) -> list[Placed]:
    placed: list[Placed] = []
    for block in blocks:
        scripts = [
            draw_line(rng, patient, world, kind)
            for kind, probability, low, high in block.kinds
            if chance(rng, probability)
            for _ in range(whole(rng, low, high))
        ]
        placed += _place(rng, block.place, scripts, columns, rows, height)
    return placed


def _film(
    rng: np.random.Generator, patient: Patient, world: World, image: list[Placed], columns: int, rows: int
) -> list[Placed]:
    """Repeat the text of one image over a sheet of them: what is the study's stays, what is the image's changes.

    A sheet has at most about 120 lines, since a page costs by the line.
    """
    across, down = pick(rng, _SHEETS)
    kept = rng.permutation(len(image))[: max(4, 120 // (across * down))]
    image = [image[index] for index in sorted(kept)]
    changing = [line.script.kind in ("technique", "time", "scale") and chance(rng, 0.7) for line in image]
    sheet = []
    for cell in range(across * down):
        right, low = cell % across * columns, cell // across * rows
        for line, changes in zip(image, changing, strict=True):
            script = draw_line(rng, patient, world, line.script.kind) if changes and cell else line.script
            box = line.box
            wide = max(2, round((box.x1 - box.x0) * (1 if line.angle else len(script.text) / len(line.script.text))))
            box = Box(frame=0, x0=box.x0 + right, y0=box.y0 + low, x1=box.x0 + right + wide, y1=box.y1 + low)
            sheet.append(Placed(script=script, box=box, angle=line.angle))
    return sheet


def draw_line(rng: np.random.Generator, patient: Patient, world: World, kind: str) -> Script:
    """Draw a line of a kind that the world knows."""
    templates = world.identifying.get(kind) or world.kept[kind]
    for _ in range(20):
        script = fill(rng, patient, pick(rng, templates), kind, world.writers)
        if chance(rng, world.restyle):
            script = restyled(rng, script)
        if world.intruders and not script.phi and chance(rng, world.intruders):
            script = intruded(rng, script, world.writers["stranger"](rng, patient))
        if script.text and not world.ambiguous(script):
            return script
    return script


def intruded(rng: np.random.Generator, script: Script, name: str) -> Script:
    """Put a name between the words of a line, or at one of its ends, where nothing says that it is one."""
    words = script.text.split(" ")
    at = whole(rng, 0, len(words))
    before = "".join(f"{word} " for word in words[:at])
    text = before + " ".join([name, *words[at:]])
    return Script(text=text, kind="person", phi=((len(before), len(before) + len(name)),), categories=("person",))


def _place(
    rng: np.random.Generator, place: str, scripts: list[Script], columns: int, rows: int, height: int
) -> list[Placed]:
    step = height * float(rng.uniform(1.15, 1.9))
    if place in ("top", "bottom"):
        return _row(rng, scripts, columns, rows, height, top=place == "top")
    if place == "form":
        return _form(rng, scripts, columns, rows, height, step)
    if place in ("free", "text", "side"):
        return [_scattered(rng, script, columns, rows, height, side=place == "side") for script in scripts]
    if place == "scale":
        x, y = float(whole(rng, columns * 3 // 4, columns - 4 * height)), rows * float(rng.uniform(0.1, 0.3))
        step = max(step, rows * 0.6 / max(1, len(scripts)))
        return [placed_at(script, x, y + step * index, height) for index, script in enumerate(scripts)]
    right, low = place[1] == "r", place[0] == "b"
    y = rows - step * len(scripts) - height if low else height * float(rng.uniform(0.3, 5))
    lines = []
    for index, script in enumerate(scripts):
        margin = height * 0.6
        x = columns - len(script.text) * height * ASPECT - margin if right else margin
        lines.append(placed_at(script, x, y + step * index, height))
    return lines


def _row(
    rng: np.random.Generator, scripts: list[Script], columns: int, rows: int, height: int, *, top: bool
) -> list[Placed]:
    lines, x, y = [], height * 0.5, height * 0.5 if top else rows - 2.0 * height
    for script in scripts:
        wide = len(script.text) * height * ASPECT
        if x + wide > columns:
            x, y = height * 0.5, y + 1.4 * height * (1 if top else -1)
        lines.append(placed_at(script, x, y, height))
        x += wide + height * float(rng.uniform(0.8, 6))
    return lines


def _form(
    rng: np.random.Generator, scripts: list[Script], columns: int, rows: int, height: int, step: float
) -> list[Placed]:
    """Set labels in one column and their values in another, as two lines each."""
    x, y = columns * float(rng.uniform(0.01, 0.4)), rows * float(rng.uniform(0.02, 0.4))
    reach = height * ASPECT * whole(rng, 10, 18)
    lines = []
    for index, script in enumerate(scripts):
        cut = script.text.find(":") + 1
        if not 1 < cut < len(script.text) or any(start < cut for start, _ in script.phi):
            lines.append(placed_at(script, x, y + step * index, height))
            continue
        label, value = sliced(script, 0, cut), sliced(script, cut, len(script.text))
        lines.append(placed_at(label, x, y + step * index, height))
        lines.append(placed_at(value, x + max(reach, (cut + 1) * height * ASPECT), y + step * index, height))
    return lines


def sliced(script: Script, start: int, end: int) -> Script:
    """Cut a piece out of a line, without spaces at its ends."""
    piece = script.text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    kept = [
        (max(0, a - start), min(len(piece), b - start), category)
        for (a, b), category in zip(script.phi, script.categories, strict=True)
        if a < start + len(piece) and b > start
    ]
    return Script(
        text=piece,
        kind=script.kind,
        phi=tuple((a, b) for a, b, _ in kept),
        categories=tuple(category for _, _, category in kept),
    )


def _scattered(rng: np.random.Generator, script: Script, columns: int, rows: int, height: int, *, side: bool) -> Placed:
    wide = len(script.text) * height * ASPECT
    x, y = float(rng.uniform(0, max(1, columns - wide))), float(rng.uniform(0, rows - 2 * height))
    if side:
        edge = pick(rng, ((0.01, 0.5), (0.97, 0.5), (0.5, 0.02), (0.5, 0.95)))
        x, y = min(edge[0] * columns, columns - wide), edge[1] * rows
    elif chance(rng, 0.12):  # lead markers are several times as large as console text
        height *= whole(rng, 2, 5)
    return placed_at(script, max(0, x), max(0, y), height, angle=pick(rng, (90, 270)) if chance(rng, 0.02) else 0)


def placed_at(script: Script, x: float, y: float, height: int, *, angle: int = 0) -> Placed:
    """Return a line of a height, its corner at a place."""
    along, across = max(2, round(len(script.text) * height * ASPECT)), height
    wide, high = (across, along) if angle else (along, across)
    x0, y0 = max(0, round(x)), max(0, round(y))
    return Placed(script=script, box=Box(frame=0, x0=x0, y0=y0, x1=x0 + wide, y1=y0 + high), angle=angle)
