"""The frame while text is put on it, and what of it is taken already."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from .backgrounds import Plane
from .finish import finished
from .fonts import Font, Ink, without_accents
from .foreign import draw_foreign, font_of
from .page import PageLine
from .page_style import Style, draw_style
from .strings import READ, Script
from .texts import Texts

_KNOWN = frozenset(READ)
# Share of the lines that are in scripts which the reader does not know.
FOREIGN_SHARE = 0.07
# Pixels around a line that show the ground it stands on.
AROUND = 3


class Canvas:
    """A frame, and the lines on it so far.

    Parameters
    ----------
    rng : Generator
        The only source of chance.
    plane : ndarray
        float32[rows, columns, 1|3] in [0, 1]; drawn on.
    fonts : sequence of Font
        To draw with.
    texts : Texts
        What to write.
    """

    def __init__(self, rng: np.random.Generator, plane: Plane, fonts: Sequence[Font], texts: Texts) -> None:
        self.rng, self.plane, self.texts = rng, plane, texts
        self.patient = texts.patient(rng)
        self.lines: list[PageLine] = []
        # Where lines of the same group may come no closer, -1; those of other groups neither where another number is.
        self.taken = np.zeros(plane.shape[:2], np.int16)
        self.group = 1
        self.fonts: dict[str, list[Font]] = {}
        for font in fonts:
            self.fonts.setdefault(font.family, []).append(font)
        self._by_family = tuple(font for family in self.fonts.values() for font in family)

    def style(self, height: float | None = None) -> Style:
        """Draw a style for this frame."""
        return draw_style(self.rng, self.fonts, self.plane.shape[2], height)

    def script(self, *, short: bool = False) -> Script:
        """Draw a line to write; of at most six characters where it is to be short."""
        if not short and self.rng.random() < FOREIGN_SHARE:
            return draw_foreign(self.rng)
        script = self.texts.line(self.rng, self.patient, 0.35)
        while short and len(script.text) > 6:
            script = self.texts.line(self.rng, self.patient, 0.1)
        return script

    def render(self, script: Script, style: Style) -> Ink | None:
        """Return a line in a style; None where the font lacks its signs."""
        text = _drawn(script, style)
        font: Font | None = style.font
        if script.drawn and not style.font.covers(text):
            font = font_of(self.rng, script, self._by_family)
        if font is None or len(text) != len(script.text) or not font.covers(text):
            return None
        ink = font.draw(text, style.height, smooth=style.smooth)
        if ink is None:
            return None
        ink = finished(self.rng, ink, style.finish, style.height)
        if style.stretch != 1.0 or style.blur or style.tilt:
            ink = _shape(ink, style)
        return ink

    def place(self, high: int, wide: int, style: Style) -> tuple[int, int]:
        """Return a corner where little is taken; at times at the very border, or beyond it."""
        rows, columns = self.plane.shape[:2]
        if style.angle:
            high, wide = wide, high
        for _ in range(6):
            y = int(_border(self.rng, rows, high))
            x = int(_border(self.rng, columns, wide))
            if not self.taken[max(0, y) : y + high, max(0, x) : x + wide].any():
                break
        return y, x

    def put(self, script: Script, ink: Ink, style: Style, y: int, x: int, down: int, along: int) -> bool:
        """Composite one line at a group's corner, `down` and `along` within the group; report whether it was."""
        mask = np.rot90(ink.mask, style.angle // 90)
        if style.angle == 90:
            y, x = y - along, x + down
        elif style.angle == 270:
            y, x = y + along, x - down
        else:
            y, x = y + down, x + along
        rows, columns = self.plane.shape[:2]
        top, left = max(0, y), max(0, x)
        bottom, right = min(rows, y + mask.shape[0]), min(columns, x + mask.shape[1])
        if bottom - top < 3 or right - left < 2 or self._is_taken(top, left, bottom, right):
            return False
        part = mask[top - y : bottom - y, left - x : right - x]
        self._paint(part, style, (top, left, bottom, right))
        contrast = self._contrast_at(part, style, (top, left))
        self._take(style, top, left, bottom, right)
        # The truth is what was drawn.
        text = script.text if script.drawn else _drawn(script, style)
        whole = (bottom - top, right - left) == mask.shape
        box = _at_least(style, (left, top, right, bottom), rows, columns)
        readable = whole and set(text) <= _KNOWN
        self.lines.append(
            PageLine(
                box=box,
                angle=style.angle,
                script=replace(script, text=text),
                centres=ink.centres,
                # Of a tilted line that is cut nobody can say where its strip lies.
                findable=whole or not style.tilt,
                readable=readable,
                tilt=style.tilt,
                contrast=contrast,
            )
        )
        return True

    def _is_taken(self, top: int, left: int, bottom: int, right: int) -> bool:
        there = self.taken[top:bottom, left:right]
        return bool(((there != 0) & (there != self.group)).any())

    def _take(self, style: Style, top: int, left: int, bottom: int, right: int) -> None:
        """Keep others away: more than a character along the line, a pixel across it, more for other groups."""
        side, margin = int(style.height * 1.1), 2 + int(style.height * 0.15)
        my, mx = (side, margin) if style.angle else (margin, side)
        near = self.taken[max(0, top - my) : bottom + my, max(0, left - mx) : right + mx]
        near[near == 0] = self.group
        my, mx = (side, 1) if style.angle else (1, side)
        self.taken[max(0, top - my) : bottom + my, max(0, left - mx) : right + mx] = -1

    def _paint(self, mask: NDArray[np.float32], style: Style, box: tuple[int, int, int, int]) -> None:
        top, left, bottom, right = box
        part = mask[..., None] * np.float32(style.opacity)
        area = np.s_[top:bottom, left:right]
        against = 0.0 if style.value.mean() > 0.5 else 1.0
        if style.edge == "box":
            pad = int(self.rng.integers(1, 5))
            level = against if self.rng.random() < 0.7 else float(self.rng.uniform(0.2, 0.8))
            self.plane[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad] = level
        elif style.edge in ("shadow", "outline"):
            shifts = [(1, 1)] if style.edge == "shadow" else [(-1, 0), (1, 0), (0, -1), (0, 1)]
            for dy, dx in shifts:
                view = self.plane[max(0, top + dy) : bottom + dy, max(0, left + dx) : right + dx]
                ink = (
                    part[part.shape[0] - view.shape[0] :, part.shape[1] - view.shape[1] :]
                    if min(dy, dx) < 0
                    else part[: view.shape[0], : view.shape[1]]
                )
                view *= 1 - ink
                view += ink * against
        self.plane[area] = self.plane[area] * (1 - part) + style.value * part
        if style.edge == "rule":
            self._rule(style, box)

    def _contrast_at(self, part: NDArray[np.float32], style: Style, corner: tuple[int, int]) -> float:
        """Return the contrast of a line's ink at a corner, with some of the ground around it."""
        high, wide = part.shape
        top, left = (max(0, side - AROUND) for side in corner)
        plane = self.plane[top : corner[0] + high + AROUND, left : corner[1] + wide + AROUND]
        mask = np.zeros(plane.shape[:2], np.float32)
        down, along = corner[0] - top, corner[1] - left
        mask[down : down + high, along : along + wide] = part
        return _contrast(plane, mask, upright=style.angle != 0)

    def _rule(self, style: Style, box: tuple[int, int, int, int]) -> None:
        """Draw straight strokes along the line's box, in the line's own colour."""
        top, left, bottom, right = box
        plane = self.plane
        if style.angle:
            top, left, bottom, right, plane = left, top, right, bottom, plane.swapaxes(0, 1)
        away, thick = int(self.rng.integers(1, 4)), int(self.rng.integers(1, 2 + max(1, int(style.height / 10))))
        kind = self.rng.choice(["beneath", "above", "both", "around", "across"], p=[0.4, 0.1, 0.1, 0.3, 0.1])
        first, last = max(0, left - away - thick), right + away
        above, below = max(0, top - away - thick), bottom + away
        if kind == "across":
            rows = [int(self.rng.integers(top, bottom))]
        else:
            rows = [below] * (kind != "above") + [above] * (kind != "beneath")
        for row in rows:
            plane[row : row + thick, first : last + thick] = style.value
        for column in (first, last) if kind == "around" else ():
            plane[above : below + thick, column : column + thick] = style.value


def _contrast(plane: Plane, mask: NDArray[np.float32], *, upright: bool) -> float:
    """Return by how much the ink of a piece of the line differs from the ground around it, least of all pieces.

    Where strokes are blurred, ink is where they are strongest: more than half as strong as the strongest.
    """
    if upright:
        plane, mask = plane.swapaxes(0, 1), mask.T
    strength = mask / max(float(mask.max()), 1e-6)
    solid = np.ascontiguousarray(strength > 0.5)
    near = np.asarray(Image.fromarray(solid).convert("L").filter(ImageFilter.MaxFilter(7))) > 0
    bare = strength < 0.1
    around = near & bare
    ground = around if around.any() else bare
    high, wide = mask.shape
    pieces = np.array_split(np.arange(wide), max(1, round(wide / high)))
    inked = [piece for piece in pieces if solid[:, piece].sum() >= high / 2 and ground[:, piece].any()]
    return min(_difference(plane[:, piece], solid[:, piece], ground[:, piece]) for piece in inked or [np.arange(wide)])


def _difference(plane: Plane, ink: NDArray[np.bool_], ground: NDArray[np.bool_]) -> float:
    """Return by how much two parts of a frame differ in the sample where they differ most; 0 where one is empty."""
    if not ink.any() or not ground.any():
        return 0.0
    return float(np.abs(plane[ink].mean(axis=0) - plane[ground].mean(axis=0)).max())


def _drawn(script: Script, style: Style) -> str:
    """Return what is drawn of a line; a font without accents draws plain letters."""
    if script.drawn or style.font.covers(script.text):
        return script.drawn or script.text
    return without_accents(script.text)


def _border(rng: np.random.Generator, extent: int, size: int) -> int:
    """Return a start for something of `size`: within the frame, at its edges, or cut by them."""
    kind = rng.random()
    if kind < 0.07:
        return 0
    if kind < 0.13:
        return extent - size
    if kind < 0.2:
        return int(rng.integers(-size // 2 - 1, max(1, extent - size // 2)))
    return int(rng.integers(0, max(1, extent - size)))


def _at_least(style: Style, box: tuple[int, int, int, int], rows: int, columns: int) -> tuple[int, int, int, int]:
    """Return the box at least half a capital high: a dash is a line of text too."""
    x0, y0, x1, y1 = box
    need = int(style.height * 0.5)
    if style.angle == 0 and y1 - y0 < need:
        y0, y1 = max(0, (y0 + y1 - need) // 2), min(rows, (y0 + y1 + need + 1) // 2)
    elif style.angle and x1 - x0 < need:
        x0, x1 = max(0, (x0 + x1 - need) // 2), min(columns, (x0 + x1 + need + 1) // 2)
    return x0, y0, x1, y1


def _shape(ink: Ink, style: Style) -> Ink:
    """Stretch, tilt and blur a line."""
    image = Image.fromarray((ink.mask * 255).astype(np.uint8))
    if style.stretch != 1.0:
        image = image.resize((max(1, round(image.width * style.stretch)), image.height), Image.Resampling.BILINEAR)
    pad = 0
    if style.blur:
        pad = int(style.blur * 2) + 1
    if pad:
        grown = Image.new("L", (image.width + 2 * pad, image.height + 2 * pad))
        grown.paste(image, (pad, pad))
        image = grown.filter(ImageFilter.GaussianBlur(style.blur))
    if style.tilt:
        image = image.rotate(style.tilt, Image.Resampling.BILINEAR, expand=True)
    mask = np.asarray(image, np.float32) / 255
    rows, columns = np.flatnonzero(mask.max(axis=1) > 0.2), np.flatnonzero(mask.max(axis=0) > 0.2)
    if not rows.size:
        return ink
    cropped = np.asarray(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], np.float32)
    return Ink(mask=cropped, centres=ink.centres)
