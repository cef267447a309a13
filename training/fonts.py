"""Fonts as consoles use them: outlines, pixel fonts and strokes, rendered to masks of ink."""

import gzip
import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Protocol

import numpy as np
from HersheyFonts import HersheyFonts
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/share/consolefonts"))
# Families that draw symbols, not letters, or that no console would use.
EXCLUDED = ("symbol", "dingbat", "d050000l", "emoji", "cursor", "zapf", "z003", "chancery", "math", "standardsym")
STROKES = ("futural", "futuram", "rowmans", "rowmand", "timesr")
# Consoles hardly ever slant; a few such styles remain under other names.
_SLANTED = re.compile(
    r"Italic|Oblique|^(helv|cour|tim|ncen|char|UTI?|luBI|lutI|lubI|luI|lutBI)[BR]?[IO]|^lu\w*I\d|^\d+x\d+O"
)
# One font in eight is never trained on: the synthetic benchmark draws with those.
HELD_OUT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A rendered line.

    Attributes
    ----------
    mask : ndarray
        float32[h, w], coverage in [0, 1], cropped to the ink.
    centres : ndarray
        float32[characters], each character's centre as a fraction of the width.
    """

    mask: NDArray[np.float32]
    centres: NDArray[np.float32]


class Font(Protocol):
    """Something that can draw a line of text."""

    name: str
    family: str

    def covers(self, text: str) -> bool:
        """Return whether every character has a glyph."""
        ...

    def draw(self, text: str, height: float, *, smooth: bool) -> Ink | None:
        """Return the line in capitals about `height` pixels high, or nothing where no ink results."""
        ...


def _crop(mask: NDArray[np.floating], centres: list[float]) -> Ink | None:
    rows, columns = np.flatnonzero(mask.max(axis=1) > 0.15), np.flatnonzero(mask.max(axis=0) > 0.15)
    if not rows.size:
        return None
    left, right = columns[0], columns[-1] + 1
    inner = (np.asarray(centres, np.float32) - left) / (right - left)
    return Ink(mask=np.asarray(mask[rows[0] : rows[-1] + 1, left:right], np.float32), centres=inner.clip(0, 1))


class OutlineFont:
    """A TrueType or OpenType font at any size."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.stem
        self.family = "outline"
        probe = _open(path, 100)
        box = probe.getbbox("H")
        self._capital = (box[3] - box[1]) / 100
        self._missing = bytes(probe.getmask("\U0010fffe"))
        # Asked for each line, of each font: by character, and what was asked before is known.
        self._covered, self._uncovered = {" "}, set[str]()

    def covers(self, text: str) -> bool:
        """Return whether every character has a glyph."""
        wanted = set(text)
        for character in wanted - self._covered - self._uncovered:
            ink = bytes(_open(self.path, 100).getmask(character))
            (self._covered if ink != self._missing and any(ink) else self._uncovered).add(character)
        return wanted <= self._covered

    def draw(self, text: str, height: float, *, smooth: bool) -> Ink | None:
        """Return the line in capitals about `height` pixels high, or nothing where no ink results."""
        font = _open(self.path, max(4, round(height / self._capital)))
        return _draw_with(font, text, smooth=smooth)


# Each takes about 100 kB, and every process that draws pages has its own.
@lru_cache(maxsize=2048)
def _open(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Return the font at a size; the basic layout does not kern, as consoles do not, and is the faster."""
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def _draw_with(font: ImageFont.FreeTypeFont, text: str, *, smooth: bool) -> Ink | None:
    widths = [font.getlength(character) for character in text]
    ends = list(accumulate(widths))
    starts = [0.0, *ends[:-1]]
    ascent, descent = font.getmetrics()
    image = Image.new("L", (int(ends[-1]) + 12, ascent + descent + 8))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L" if smooth else "1"
    draw.text((4, 4), text, fill=255, font=font)
    mask = np.asarray(image, np.float32) / 255
    return _crop(mask, [4 + (a + b) / 2 for a, b in zip(starts, ends, strict=True)])


class StrikeFont:
    """An X11 bitmap font: one size, enlarged by whole factors."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name.split(".")[0]
        self.family = "pixel"
        self._font = _first_strike(path)
        box = self._font.getbbox("H")
        self._capital = max(1, round(box[3] - box[1]))

    def covers(self, text: str) -> bool:
        """Return whether every character is of Latin-1, which these fonts hold whole."""
        return all(ord(character) < 256 for character in text)

    def draw(self, text: str, height: float, *, smooth: bool) -> Ink | None:
        """Return the line, its pixels doubled or trebled towards `height`; never smooth."""
        ink = _draw_with(self._font, text, smooth=False)
        return _enlarge(ink, height / self._capital) if ink else None


def _first_strike(path: Path) -> ImageFont.FreeTypeFont:
    for size in range(4, 40):
        try:
            font = _open(path, size)
            font.getmask("H", mode="1")
        except OSError:
            continue
        return font
    raise OSError("no usable strike")


def _enlarge(ink: Ink, factor: float) -> Ink:
    times = max(1, round(factor))
    return Ink(mask=ink.mask.repeat(times, axis=0).repeat(times, axis=1), centres=ink.centres)


class ConsoleFont:
    """A Linux console font (PSF 1 or 2), such as the VGA ones."""

    def __init__(self, path: Path) -> None:
        self.name, self.family = path.name.split(".")[0], "pixel"
        self._glyphs = _read_psf(gzip.decompress(path.read_bytes()))
        rows = np.flatnonzero(self._glyphs["H"].any(axis=1))
        self._capital = rows[-1] - rows[0] + 1

    def covers(self, text: str) -> bool:
        """Return whether every character has a glyph."""
        return all(character in self._glyphs for character in text)

    def draw(self, text: str, height: float, *, smooth: bool) -> Ink | None:
        """Return the line, its pixels doubled or trebled towards `height`; never smooth."""
        cells = [self._glyphs[character] for character in text]
        width = cells[0].shape[1]
        mask = np.concatenate(cells, axis=1).astype(np.float32)
        ink = _crop(mask, [(index + 0.5) * width for index in range(len(text))])
        return _enlarge(ink, height / self._capital) if ink else None


def _read_psf(data: bytes) -> dict[str, NDArray[np.bool_]]:
    """Return the glyphs by character; the format is described in the kbd package's psf documentation."""
    if data[:4] == b"\x72\xb5\x4a\x86":
        _, offset, flags, count, size, height, width = struct.unpack("<7I", data[4:32])
        table, second = flags & 1, True
    elif data[:2] == b"\x36\x04":
        offset, count, size, height, width = 4, 512 if data[2] & 1 else 256, data[3], data[3], 8
        table, second = data[2] & 2, False
    else:
        raise OSError("not a PSF font")
    if not table:
        raise OSError("the font has no Unicode table")
    raw = np.frombuffer(data, np.uint8, count * size, offset).reshape(count, height, -1)
    bits = np.unpackbits(raw, axis=2)[:, :, :width].astype(bool)
    names = _psf_names(data[offset + count * size :], count, second)
    return {character: bits[index] for index, characters in enumerate(names) for character in characters}


def _psf_names(table: bytes, count: int, second: bool) -> list[str]:
    if second:
        entries = table.split(b"\xff")[:count]
        return [entry.split(b"\xfe")[0].decode("utf-8", "ignore") for entry in entries]
    units = struct.unpack(f"<{len(table) // 2}H", table[: len(table) // 2 * 2])
    names, current, sequence = [], "", False
    for unit in units:
        if unit == 0xFFFF:
            names.append(current)
            current, sequence = "", False
        elif unit == 0xFFFE:
            sequence = True
        elif not sequence:
            current += chr(unit)
    return names[:count]


class StrokeFont:
    """A Hershey font: single strokes of a given thickness, as plotters and vector consoles draw."""

    def __init__(self, name: str) -> None:
        self.name, self.family = f"hershey-{name}", "stroke"
        self._font = HersheyFonts()
        self._font.load_default_font(name)
        self._font.normalize_rendering(100)

    def covers(self, text: str) -> bool:
        """Return whether every character is printable ASCII."""
        return all(" " <= character <= "~" for character in text)

    def draw(self, text: str, height: float, *, smooth: bool) -> Ink | None:
        """Return the line in strokes of a twelfth to a sixth of its height."""
        scale = height / 70 * (3 if smooth else 1)
        centres: list[float] = []
        strokes: list[list[tuple[float, float]]] = []
        x = 0.0
        for glyph in self._font.glyphs_for_text(text):
            centres.append(x + glyph.char_width / 2)
            strokes.extend([(x + a - glyph.left_offset, b) for a, b in line] for line in glyph.strokes)
            x += glyph.char_width
        if not strokes:
            return None
        points = np.array([point for stroke in strokes for point in stroke])
        scale *= 70 / 21  # a Hershey capital is 21 units high
        low = points.min(axis=0)
        size = (points.max(axis=0) - low) * scale + 8 + height
        image = Image.new("L", (int(size[0]) + 1, int(size[1]) + 1))
        draw = ImageDraw.Draw(image)
        thickness = max(1, round(height / (7 + zlib.crc32(text.encode()) % 6))) * (3 if smooth else 1)
        offset = 4 + height / 3
        for stroke in strokes:
            draw.line(
                [((a - low[0]) * scale + offset, (b - low[1]) * scale + offset) for a, b in stroke], 255, thickness
            )
        if smooth:
            image = image.resize((max(1, image.width // 3), max(1, image.height // 3)), Image.Resampling.BOX)
        shrink = 3 if smooth else 1
        return _crop(np.asarray(image, np.float32) / 255, [((c - low[0]) * scale + offset) / shrink for c in centres])


def without_accents(text: str) -> str:
    """Return the text in ASCII letters where a font has no accents; the degree sign and micro sign stay."""
    decomposed = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(
        c if ord(c) < 128 or c in "°µ±²³" else {"ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o"}.get(c, "o")
        for c in decomposed
    )


def find_fonts(folders: tuple[Path, ...] = FOLDERS, *, held_out: bool = False) -> list[Font]:
    """Return the fonts to draw with, from the system's folders and the Hershey package.

    Parameters
    ----------
    held_out : bool
        Only the fonts that training never uses, instead of those that it does.
    """
    fonts: list[Font] = [StrokeFont(name) for name in STROKES]
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            font = _open_font(path)
            if font is not None:
                fonts.append(font)
    return [font for font in fonts if (zlib.crc32(_family_of(font.name).encode()) % HELD_OUT == 0) == held_out]


def _family_of(name: str) -> str:
    """Return what the sizes and weights of one typeface have in common, so that they are held out together."""
    stem = name.split("-")[0].lower()
    return stem if stem[:1].isdigit() else stem.rstrip("0123456789bnox") or stem


def _open_font(path: Path) -> Font | None:
    name = path.name.lower()
    if any(word in name for word in EXCLUDED) or _SLANTED.search(path.name):
        return None
    try:
        if name.endswith((".ttf", ".ttc", ".otf")):
            font: Font = OutlineFont(path)
        elif name.endswith(("iso8859-1.pcf.gz", "iso-8859-1.pcf.gz")):
            font = StrikeFont(path)
        elif name.startswith(("lat15-", "lat1-")) and name.endswith(".psf.gz"):
            font = ConsoleFont(path)
        else:
            return None
    except (OSError, ValueError, KeyError):
        return None  # a damaged or odd font is no reason to stop; the list is printed when training starts
    return font if font.covers("HAMBURGefons019") else None
