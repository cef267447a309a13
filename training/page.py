"""Synthetic pages: text burned into frames at native bit depth, with the truth of every line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from .backgrounds import Plane, draw_background
from .clutter import draw_clutter
from .fonts import Font, Ink, without_accents
from .strings import ALPHABET, Patient, Script, draw_page, draw_patient, draw_script

# Ink that differs less than this from its ground, or from the noise of it, is nobody's to find or to read.
FINDABLE, READABLE = 0.045, 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One line of text on a page.

    Attributes
    ----------
    box : tuple of int
        (x0, y0, x1, y1), half-open, around the ink, cut at the frame's edge.
    angle : int
        0, 90 or 270 degrees counter-clockwise.
    script : Script
        What it says.
    centres : ndarray
        float32[characters], along the reading direction, as fractions of the line's length.
    findable, readable : bool
        Whether a detector, a reader can be asked for it; a line too faint, cut or tilted is neither right nor wrong.
    """

    box: tuple[int, int, int, int]
    angle: int
    script: Script
    centres: NDArray[np.float32]
    findable: bool
    readable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A frame and its lines.

    Attributes
    ----------
    stored : ndarray
        int32[rows, columns, 1|3], native values of 8 to 16 bits, signed or not.
    lines : tuple of PageLine
        All text on it.
    """

    stored: NDArray[np.int32]
    lines: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    font: Font
    height: float
    smooth: bool
    stretch: float
    spacing: float
    angle: int
    tilt: float
    blur: float
    edge: str
    value: NDArray[np.float32]
    ground: float | None


def draw_synthetic_page(
    rng: np.random.Generator, fonts: Sequence[Font], real: Sequence[Plane], rows: int, columns: int
) -> Page:
    """Return a page drawn from `rng` alone: the same seed gives the same page."""
    plane = draw_background(rng, rows, columns, real)
    if plane.shape[2] == 1 and rng.random() < 0.35:
        plane = plane.repeat(3, axis=2)
    plane = draw_clutter(rng, plane, int(rng.choice([0, 0, 1, 2, 4])))
    lines: list[PageLine] = []
    if rng.random() < 0.78:
        canvas = _Canvas(rng, plane, fonts)
        budget = int(rng.choice([2, 4, 7]))
        for _ in range(budget):
            canvas.add_group()
        plane, lines = canvas.plane, canvas.lines
    plane = _degrade(rng, plane)
    return Page(stored=_quantise(rng, plane), lines=tuple(_judge(plane, line) for line in lines))


class _Canvas:
    """The frame while text is put on it, and what is taken already."""

    def __init__(self, rng: np.random.Generator, plane: Plane, fonts: Sequence[Font]) -> None:
        self.rng, self.plane, self.fonts = rng, plane, fonts
        self.patient = draw_patient(rng)
        self.lines: list[PageLine] = []
        self.taken = np.zeros(plane.shape[:2], bool)
        by_family: dict[str, list[Font]] = {}
        for font in fonts:
            by_family.setdefault(font.family, []).append(font)
        self.families = by_family

    def add_group(self) -> None:
        kinds = (self.block, self.block, self.block, self.row, self.axis, self.scatter, self.marker)
        kinds[int(self.rng.choice(7, p=[0.2, 0.15, 0.1, 0.17, 0.15, 0.14, 0.09]))]()

    def style(self, height: float | None = None) -> _Style:
        rng = self.rng
        family = rng.choice(list(self.families), p=_shares(list(self.families)))
        fonts = self.families[family]
        height = height or _draw_height(rng)
        bright = rng.random() < 0.82
        if rng.random() < 0.75:
            value = rng.uniform(0.75, 1.0) if bright else rng.uniform(0.0, 0.15)
        else:
            value = rng.uniform(0.0, 1.0)
        colour = np.full(self.plane.shape[2], value, np.float32)
        if self.plane.shape[2] == 3 and rng.random() < 0.5:
            colour = _colour(rng) * np.float32(value)
        angle = 0 if rng.random() < 0.87 else int(rng.choice([90, 270]))
        return _Style(
            font=fonts[int(rng.integers(len(fonts)))],
            height=height,
            smooth=rng.random() < 0.75,
            stretch=float(rng.uniform(0.8, 1.25)) if rng.random() < 0.2 else 1.0,
            spacing=float(rng.uniform(1.0, 1.7)),
            angle=angle,
            tilt=float(rng.uniform(-4, 4)) if rng.random() < 0.03 else 0.0,
            blur=float(rng.uniform(0.3, 0.08 * height + 0.4)) if rng.random() < 0.2 else 0.0,
            edge=str(rng.choice(["none", "shadow", "outline", "box"], p=[0.72, 0.12, 0.08, 0.08])),
            value=colour,
            ground=None,
        )

    def script(self, style: _Style, *, short: bool = False) -> Script:
        script = draw_script(self.rng, self.patient, phi_share=0.35)
        while short and len(script.text) > 6:
            script = draw_script(self.rng, self.patient, phi_share=0.1)
        return script

    def block(self) -> None:
        style = self.style()
        scripts = [self.script(style) for _ in range(int(self.rng.integers(1, 7)))]
        if self.rng.random() < 0.3:
            groups = draw_page(self.rng, self.patient)
            scripts = groups[int(self.rng.integers(len(groups)))][:7] or scripts
        inks = [(script, ink) for script in scripts if (ink := self.render(script, style))]
        if not inks:
            return
        height = max(int(style.height), 5)
        pitch = int(max(height * style.spacing, *(ink.mask.shape[0] * 1.02 + 1 for _, ink in inks)))
        wide = max(ink.mask.shape[1] for _, ink in inks)
        y, x = self.place(pitch * len(inks), wide, style)
        right = self.rng.random() < 0.25
        for index, (script, ink) in enumerate(inks):
            offset = wide - ink.mask.shape[1] if right else 0
            self.put(script, ink, style, y, x, index * pitch, offset)

    def row(self) -> None:
        """Put fields side by side, more than two characters apart, as status lines do."""
        style = replace(self.style(), angle=0)
        y, x = self.place(int(style.height * 1.5), self.plane.shape[1] // 2, style)
        for _ in range(int(self.rng.integers(2, 6))):
            script = self.script(style, short=self.rng.random() < 0.6)
            ink = self.render(script, style)
            if ink is None:
                continue
            self.put(script, ink, style, y, x, 0, 0)
            x += ink.mask.shape[1] + int(style.height * self.rng.uniform(1.8, 6))

    def axis(self) -> None:
        """Put numbers at even steps beside ticks, as rulers, scales and diagrams have them."""
        rng = self.rng
        style = replace(self.style(_draw_height(rng, 24)), angle=0)
        step = style.height * rng.uniform(1.4, 6)
        upright = rng.random() < 0.6
        if not upright:
            step = style.height * rng.uniform(4, 10)
        y0, x0 = int(rng.integers(self.plane.shape[0])), int(rng.integers(self.plane.shape[1]))
        first, stride = int(rng.integers(-5, 6)), float(rng.choice([1, 1, 2, 5, 10, 20, 50, 0.5, 0.2, 100]))
        for index in range(int(rng.integers(2, 9))):
            number = (first + index) * stride
            text = f"{number:g}" if rng.random() < 0.93 else str(rng.choice(["cm/s", "m/s", "dB", "cm", "mmHg", "Hz"]))
            script = Script(text=text, kind="scale", phi=())
            ink = self.render(script, style)
            y, x = (int(y0 + index * step), x0) if upright else (y0, int(x0 + index * step))
            if ink is None or not self.put(script, ink, style, y, x, 0, 0):
                continue
            if rng.random() < 0.7:
                tick = (
                    np.s_[y : y + 1, max(0, x - 8) : max(0, x - 4)]
                    if upright
                    else np.s_[max(0, y - 7) : max(0, y - 3), x : x + 1]
                )
                self.plane[tick] = style.value

    def scatter(self) -> None:
        style = self.style()
        for _ in range(int(self.rng.integers(1, 7))):
            script = self.script(style, short=True)
            ink = self.render(script, style)
            if ink is not None:
                y, x = self.place(ink.mask.shape[0], ink.mask.shape[1], style)
                self.put(script, ink, style, y, x, 0, 0)

    def marker(self) -> None:
        """Put one large mark: a lead letter, plain or blurred, tilted, or a big caption."""
        rng = self.rng
        style = replace(self.style(float(np.exp(rng.uniform(np.log(18), np.log(60))))), edge="none")
        script = self.script(style, short=rng.random() < 0.8)
        if rng.random() < 0.6:
            text = str(
                rng.choice(
                    ["L", "R", "L", "R", "LT", "RT", "AP", "PA", "LAT", "MLO", "RCC", "LCC", "RMLO", "R-1", "L-2"]
                )
            )
            script = Script(
                text=text if rng.random() < 0.7 else script.text[:5].strip() or "L", kind="laterality", phi=()
            )
        ink = self.render(script, replace(style, tilt=float(rng.uniform(-12, 12)) if rng.random() < 0.4 else 0.0))
        if ink is not None:
            y, x = self.place(ink.mask.shape[0], ink.mask.shape[1], style)
            self.put(script, ink, style, y, x, 0, 0)

    def render(self, script: Script, style: _Style) -> Ink | None:
        text = script.text
        if not style.font.covers(text):
            text = without_accents(text)
        if len(text) != len(script.text) or not style.font.covers(text):
            return None
        ink = style.font.draw(text, style.height, smooth=style.smooth)
        if ink is None:
            return None
        if style.stretch != 1.0 or style.blur or style.tilt:
            ink = _shape(ink, style)
        return ink

    def place(self, high: int, wide: int, style: _Style) -> tuple[int, int]:
        """Return a corner where little is taken; at times at the very border, or beyond it."""
        rows, columns = self.plane.shape[:2]
        if style.angle:
            high, wide = wide, high
        for _ in range(6):
            y = int(rng_border(self.rng, rows, high))
            x = int(rng_border(self.rng, columns, wide))
            if not self.taken[max(0, y) : y + high, max(0, x) : x + wide].any():
                break
        return y, x

    def put(self, script: Script, ink: Ink, style: _Style, y: int, x: int, down: int, along: int) -> bool:
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
        if bottom - top < 3 or right - left < 2 or self.taken[top:bottom, left:right].any():
            return False
        self._paint(mask, style, y, x, (top, left, bottom, right))
        margin = 2 + int(style.height * 0.15)
        side = int(style.height * 1.1)
        upright = style.angle != 0
        my, mx = (side, margin) if upright else (margin, side)
        self.taken[max(0, top - my) : bottom + my, max(0, left - mx) : right + mx] = True
        # A font without accents draws plain letters; the truth is what was drawn.
        text = script.text if style.font.covers(script.text) else without_accents(script.text)
        whole = (bottom - top, right - left) == mask.shape
        box = _at_least(style, (left, top, right, bottom), rows, columns)
        readable = whole and abs(style.tilt) < 6 and set(text) <= _KNOWN
        self.lines.append(
            PageLine(
                box=box,
                angle=style.angle,
                script=replace(script, text=text),
                centres=ink.centres,
                findable=True,
                readable=readable,
            )
        )
        return True

    def _paint(self, mask: NDArray[np.float32], style: _Style, y: int, x: int, cut: tuple[int, int, int, int]) -> None:
        top, left, bottom, right = cut
        part = mask[top - y : bottom - y, left - x : right - x, None]
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


_KNOWN = frozenset(ALPHABET)


def rng_border(rng: np.random.Generator, extent: int, size: int) -> int:
    """Return a start for something of `size`: within the frame, at its edges, or cut by them."""
    kind = rng.random()
    if kind < 0.07:
        return 0
    if kind < 0.13:
        return extent - size
    if kind < 0.2:
        return int(rng.integers(-size // 2 - 1, max(1, extent - size // 2)))
    return int(rng.integers(0, max(1, extent - size)))


def _shares(families: list[str]) -> list[float]:
    share = {"outline": 0.55, "pixel": 0.38, "stroke": 0.07}
    total = sum(share[family] for family in families)
    return [share[family] / total for family in families]


def _draw_height(rng: np.random.Generator, most: float = 52) -> float:
    """Return a capital's height in pixels: mostly 6 to 16, seldom 5 or up to `most`."""
    kind = rng.random()
    if kind < 0.08:
        return float(rng.uniform(4.6, 6.5))
    if kind < 0.72:
        return float(np.exp(rng.uniform(np.log(6.5), np.log(16))))
    return float(np.exp(rng.uniform(np.log(14), np.log(most))))


def _colour(rng: np.random.Generator) -> NDArray[np.float32]:
    named = [
        (1, 1, 0),
        (0, 1, 0),
        (0, 1, 1),
        (1, 0.6, 0),
        (1, 0.2, 0.2),
        (0.4, 0.6, 1),
        (1, 0, 1),
        (0.6, 1, 0.6),
        (1, 1, 0.6),
    ]
    return (
        np.asarray(named[int(rng.integers(len(named)))], np.float32)
        if rng.random() < 0.7
        else rng.random(3, np.float32)
    )


def _at_least(style: _Style, box: tuple[int, int, int, int], rows: int, columns: int) -> tuple[int, int, int, int]:
    """Return the box at least half a capital high: a dash is a line of text too."""
    x0, y0, x1, y1 = box
    need = int(style.height * 0.5)
    if style.angle == 0 and y1 - y0 < need:
        y0, y1 = max(0, (y0 + y1 - need) // 2), min(rows, (y0 + y1 + need + 1) // 2)
    elif style.angle and x1 - x0 < need:
        x0, x1 = max(0, (x0 + x1 - need) // 2), min(columns, (x0 + x1 + need + 1) // 2)
    return x0, y0, x1, y1


def _shape(ink: Ink, style: _Style) -> Ink:
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


def _degrade(rng: np.random.Generator, plane: Plane) -> Plane:
    """Return the page after a camera, a scanner, a codec: blurred, noisy, compressed, rescaled in value."""
    if rng.random() < 0.15:
        plane = _soften(rng, plane)
    if rng.random() < 0.25:
        plane = plane + rng.standard_normal(plane.shape, np.float32) * np.float32(
            np.exp(rng.uniform(np.log(0.004), np.log(0.06)))
        )
    plane = plane.clip(0, 1)
    return _through_jpeg(rng, plane) if rng.random() < 0.25 else plane


def _soften(rng: np.random.Generator, plane: Plane) -> Plane:
    weight = np.float32(rng.uniform(0.05, 0.25))
    padded = np.pad(plane, ((1, 1), (1, 1), (0, 0)), mode="edge")
    plane = padded[1:-1] * (1 - 2 * weight) + (padded[:-2] + padded[2:]) * weight
    return plane[:, 1:-1] * (1 - 2 * weight) + (plane[:, :-2] + plane[:, 2:]) * weight


def _through_jpeg(rng: np.random.Generator, plane: Plane) -> Plane:
    pixels = (plane * 255).astype(np.uint8)
    image = Image.fromarray(pixels[..., 0] if plane.shape[2] == 1 else pixels)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=int(rng.integers(45, 96)))
    decoded = np.asarray(Image.open(buffer), np.float32) / 255
    return np.asarray(decoded.reshape(plane.shape), np.float32)


def _quantise(rng: np.random.Generator, plane: Plane) -> NDArray[np.int32]:
    """Return the page as stored values of 8 to 16 bits, some signed, some not using their range."""
    if plane.shape[2] == 3:
        return (plane * 255).round().astype(np.int32)
    bits = int(rng.choice([8, 10, 12, 14, 16], p=[0.5, 0.1, 0.25, 0.05, 0.1]))
    top = (1 << bits) - 1
    if rng.random() < 0.3:
        top = int(top * np.exp(rng.uniform(np.log(0.1), 0)))
    stored = (plane * max(top, 60)).round().astype(np.int32)
    return stored - (1 << (bits - 1)) if bits > 8 and rng.random() < 0.4 else stored


def _judge(plane: Plane, line: PageLine) -> PageLine:
    """Return the line with what contrast leaves of it: a line that nobody could see is not asked for."""
    x0, y0, x1, y1 = line.box
    inside = plane[y0:y1, x0:x1].reshape(-1, plane.shape[2])
    pad = 3
    around = plane[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad].reshape(-1, plane.shape[2])
    ground = np.median(around, axis=0)
    contrast = float(np.abs(np.percentile(inside, [3, 97], axis=0) - ground).max())
    noise = float(np.abs(around - ground).mean(axis=0).max())
    return replace(
        line,
        findable=line.findable and contrast > max(FINDABLE, 0.6 * noise),
        readable=line.readable and contrast > READABLE and min(x1 - x0, y1 - y0) >= 3 and noise < 2 * contrast,
    )


__all__ = ["Page", "PageLine", "Patient", "draw_synthetic_page"]
