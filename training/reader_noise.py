"""Read text as our reader does: mostly right, wrong by shapes that look alike, and less sure where it is wrong."""

from dataclasses import dataclass, field

import numpy as np

from .draws import chance, pick, weighted

# Pairs that readers take for one another, either way.
_PAIRS = (
    "0O 0D OQ OD 1l 1I Il 1i 1| 5S 8B 2Z 6G 6b 9g 9q 4A 7T 7/ 3B 3E ce oc eo ao CG CO uv UV nh nu ni ae ft tf il ij rn "
    "gq gy vy yj .: ,. ,; :; '` -~ -_ /l /I Ti EF PR MN MH HN VY KX KR WM wv xz sz 0o éè üu öo äa ßB /1 (C )J [I"
)
_ALIKE: dict[str, list[str]] = {}
for _one, _other in map(tuple, _PAIRS.split()):
    _ALIKE.setdefault(_one, []).append(_other)
    _ALIKE.setdefault(_other, []).append(_one)
# Shapes that fall apart into two, or grow together.
_SPLITS = {"m": "rn", "w": "vv", "d": "cl", "H": "II", "U": "LI", "W": "VV", "M": "IVI", "%": "/o", "k": "lc"}
_COMMON = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:-/"


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was read so far: characters, how sure each is, and which character of the truth each comes from."""

    text: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def add(self, text: str, score: float, source: int) -> None:
        """Append characters that stand for one of the truth."""
        for character in text:
            self.text.append(character)
            self.scores.append(score)
            self.sources.append(source)


def draw_error_rate(rng: np.random.Generator) -> float:
    """Draw a page's character error rate: a fifth of the pages is read without error, the worst at 15 %."""
    return weighted(rng, ((20, 0.0), (40, 0.03 * rng.random()), (25, 0.08 * rng.random()), (15, 0.15 * rng.random())))


def read(rng: np.random.Generator, text: str, rate: float) -> Reading:
    """Read `text` with about `rate` of its characters wrong; never empty for a text that is not."""
    reading = Reading()
    # Small, faint or blurred lines are read with less confidence as a whole, right or wrong.
    faint = rate > 0.02 and chance(rng, 0.15)
    for index, character in enumerate(text):
        if rng.random() >= rate:
            sure = 1 - rng.beta(0.6, 6 if faint else 40)
            reading.add(character, float(sure), index)
        else:
            _misread(rng, reading, character, index)
    reading = _trimmed(reading)
    if not reading.text:
        reading.add(text.strip()[0], float(rng.uniform(0.3, 0.9)), 0)
    return reading


def _trimmed(reading: Reading) -> Reading:
    inked = [index for index, character in enumerate(reading.text) if character != " "]
    if not inked:
        return Reading()
    keep = slice(inked[0], inked[-1] + 1)
    return Reading(text=reading.text[keep], scores=reading.scores[keep], sources=reading.sources[keep])


def _misread(rng: np.random.Generator, reading: Reading, character: str, index: int) -> None:
    # An error is as sure as a right character now and then: alike is alike.
    score = float(rng.uniform(0.25, 0.9) if chance(rng, 0.75) else rng.uniform(0.85, 1.0))
    shape = rng.random()
    if character == " " or shape < 0.15:
        return  # dropped
    if shape < 0.23:
        reading.add(character + pick(rng, _COMMON), score, index)
    elif shape < 0.30 and character in _SPLITS:
        reading.add(_SPLITS[character], score, index)
    elif shape < 0.36 and character.isalpha():
        reading.add(character.swapcase(), score, index)
    elif shape < 0.82 and character in _ALIKE:
        reading.add(pick(rng, _ALIKE[character]), score, index)
    elif shape < 0.88:
        reading.add(character + " ", score, index)
    else:
        reading.add(pick(rng, _COMMON), score, index)
