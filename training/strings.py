"""The lines that the synthetic consoles burn in, with the character ranges of each that identify someone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..redactor.vocabulary import plain_words
from .console_text import IDENTIFYING_LINES, KEPT_LINES, SHORT_LABELS
from .draws import chance, digits, pick, weighted, whole
from .identities import Patient, draw_patient, letters
from .names import coined, culture_of
from .standard_text import is_held_out, standard_phrases
from .writing import CATEGORY, IDENTIFYING, Writer

__all__ = ["ALPHABET", "Patient", "Script", "draw_page", "draw_patient", "draw_script", "fill", "split_templates"]

# What the reader knows: printable ASCII, the signs of measurements, Latin-1's letters (no multiplication or
# division sign), and last the space.
ALPHABET: str = (
    "".join(map(chr, range(0x21, 0x7F)))
    + "°µ±²³"
    + "".join(chr(code) for code in range(0xC0, 0x100) if code not in (0xD7, 0xF7))
    + " "
)
# What the reader makes of a letter in a script that it does not know; a line that holds one counts as unreadable.
FOREIGN = "\ufffd"
# What the reader tells apart.
READ = ALPHABET + FOREIGN
_KNOWN = frozenset(ALPHABET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One line to be rendered.

    Attributes
    ----------
    text : str
        What is to be read; never empty, of `READ` only, no space at either end.
    kind : str
        For lines that identify: name, id, accession, date, time, institution, phone, operator, address or age;
        for the others: laterality, position, technique, measurement, scale, interface, device, anatomy or other;
        "random" for strings that mean nothing and teach only reading, "foreign" for scripts that cannot be read.
    phi : tuple of (int, int)
        Character ranges [start, end) that identify; disjoint, in order.
    categories : tuple of str
        What each of `phi` is, one of `deburn.model.categories`.
    drawn : str
        What is rendered, character by character, where that is not `text`.
    """

    text: str
    kind: str
    phi: tuple[tuple[int, int], ...]
    categories: tuple[str, ...] = ()
    drawn: str = ""


_PHI_KINDS: tuple[tuple[float, str], ...] = (
    (26, "name"), (20, "id"), (5, "accession"), (18, "date"), (8, "time"), (9, "institution"), (3, "phone"),
    (6, "operator"), (3, "address"), (2, "age"),
)  # fmt: skip
_KEPT_KINDS: tuple[tuple[float, str], ...] = (
    (5, "laterality"), (10, "position"), (30, "technique"), (20, "measurement"), (8, "scale"), (8, "interface"),
    (6, "device"), (9, "anatomy"), (4, "other"),
)  # fmt: skip


def split_templates(lines: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Cut blocks of templates at their bars; a bar between spaces belongs to the template."""
    return {
        kind: tuple(part for line in block.strip().splitlines() for part in line.replace(" | ", " \0 ").split("|"))
        for kind, block in lines.items()
    }


_SHORT = tuple(label for line in SHORT_LABELS.strip().splitlines() for label in line.split("|"))
_PHI_TEMPLATES, _KEPT_TEMPLATES = split_templates(IDENTIFYING_LINES), split_templates(KEPT_LINES)


def draw_script(rng: np.random.Generator, patient: Patient, *, phi_share: float = 0.4) -> Script:
    """Draw a line; of those that do not identify, a third is random and a quarter very short."""
    if chance(rng, phi_share):
        return phi_script(rng, patient, weighted(rng, _PHI_KINDS))
    shape = rng.random()
    if shape < 0.33:
        return random_script(rng)
    if shape < 0.58:
        return short_script(rng)
    return kept_script(rng, patient, weighted(rng, _KEPT_KINDS))


def phi_script(rng: np.random.Generator, patient: Patient, kind: str) -> Script:
    """Draw a line of a kind that identifies."""
    return fill(rng, patient, pick(rng, _PHI_TEMPLATES[kind]), kind)


def kept_script(rng: np.random.Generator, patient: Patient, kind: str) -> Script:
    """Draw a line of a kind that is kept; now and then with another one behind it."""
    script = fill(rng, patient, pick(rng, _KEPT_TEMPLATES[kind]), kind)
    if kind in ("technique", "measurement") and chance(rng, 0.1):
        second = fill(rng, patient, pick(rng, _KEPT_TEMPLATES[kind]), kind)
        return Script(text=script.text + pick(rng, (" ", "  ", " / ", ", ")) + second.text, kind=kind, phi=())
    return script


def short_script(rng: np.random.Generator) -> Script:
    """Draw one to three characters: labels, digits, single letters, or anything."""
    shape = rng.random()
    if shape < 0.5:
        return Script(text=pick(rng, _SHORT), kind="position", phi=())
    if shape < 0.75:
        text = (
            pick(rng, ("", "", "-", "+"))
            + digits(rng, whole(rng, 1, 2))
            + pick(rng, ("", "", "", ".", "%", "°", "L", "x"))
        )
        return Script(text=text, kind="scale", phi=())
    text = "".join(pick(rng, _TYPICAL if chance(rng, 0.8) else ALPHABET[:-1]) for _ in range(whole(rng, 1, 3)))
    return Script(text=text, kind="random", phi=())


_TYPICAL = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 3
    + "abcdefghijklmnopqrstuvwxyz" * 3
    + "0123456789" * 5
    + ".,:;-/+=()[]%#*<>'\"_~&!?^" * 2
)


def random_script(rng: np.random.Generator) -> Script:
    """Draw characters that follow no language, so that the reader learns shapes and no lexicon.

    Most come in runs of letters of one case or of digits: what surrounds a "0" tells it from an "O".
    """
    count = min(1 + int(rng.exponential(8)), 40)
    if chance(rng, 0.1):
        return Script(text=_ruled(rng), kind="random", phi=())
    if chance(rng, 0.6):
        return Script(text=_in_runs(rng, count), kind="random", phi=())
    source = weighted(
        rng, ((50, _TYPICAL), (20, ALPHABET[:-1]), (12, "0123456789.,-:/"), (10, _TYPICAL[:78]), (8, "-.=><+*_/|'l1I"))
    )
    text = "".join(" " if chance(rng, 0.08) else pick(rng, source) for _ in range(count)).strip()
    return Script(text=text or pick(rng, source), kind="random", phi=())


def _in_runs(rng: np.random.Generator, count: int) -> str:
    runs, length = [], 0
    while length < count:
        source = weighted(rng, ((4, _TYPICAL[:26]), (4, _TYPICAL[78:104]), (5, "0123456789"), (1, ".,:;-/+=()%*")))
        size = 1 if source[0] == "." else min(whole(rng, 1, 7), count - length)
        runs.append("".join(pick(rng, source) for _ in range(size)) + (" " if chance(rng, 0.15) else ""))
        length += size
    return "".join(runs).strip()


def _ruled(rng: np.random.Generator) -> str:
    """Return one sign several times, as leaders and empty fields show it, with something at its ends or not."""
    ends = [_in_runs(rng, whole(rng, 1, 6)) if chance(rng, 0.6) else "" for _ in range(2)]
    gap = pick(rng, ("", "", " "))
    return gap.join((ends[0], pick(rng, "---....__=*#>~/XO0") * whole(rng, 2, 8), ends[1])).strip()


def draw_page(rng: np.random.Generator, patient: Patient) -> list[list[Script]]:
    """Draw groups of lines as consoles lay them out: who and when, technique, measurements, scale, markers."""
    groups = [[phi_script(rng, patient, kind) for kind in _HEADER_BLOCK if chance(rng, 0.7)]]
    if chance(rng, 0.7):
        groups.append([kept_script(rng, patient, "technique") for _ in range(whole(rng, 2, 14))])
    if chance(rng, 0.4):
        groups.append([kept_script(rng, patient, "measurement") for _ in range(whole(rng, 1, 6))])
    if chance(rng, 0.4):
        step = pick(rng, (1, 2, 5, 10, 20))
        groups.append([Script(text=str(index * step), kind="scale", phi=()) for index in range(whole(rng, 3, 15))])
    for kind, share in (("position", 0.5), ("laterality", 0.4), ("anatomy", 0.4), ("device", 0.4), ("interface", 0.3)):
        if chance(rng, share):
            groups.append([kept_script(rng, patient, kind) for _ in range(whole(rng, 1, 4))])
    if chance(rng, 0.2):
        groups.append([phi_script(rng, patient, "operator")])
    return [group for group in groups if group]


_HEADER_BLOCK = ("institution", "name", "id", "date", "date", "time", "accession")


@cache
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """Cut a template into ("text" | "phi" | "filler", content) parts."""
    parts = []
    for literal, phi, filler in re.findall(r"([^<{]+|<(?!\w+>)|\{(?!\w+\}))|<(\w+)>|\{(\w+)\}", template):
        parts.append(("phi", phi) if phi else ("filler", filler) if filler else ("text", literal.replace("\0", "|")))
    return tuple(parts)


def fill(
    rng: np.random.Generator, patient: Patient, template: str, kind: str, writers: Mapping[str, Writer] = IDENTIFYING
) -> Script:
    """Write a template's line; `writers` say how what identifies is written."""
    vary = _variation(rng)
    text, phi = "", []
    for role, content in _parts(template):
        if role == "phi":
            value = _spelled(writers[content](rng, patient)).strip()
            # Ages identify from 90 years on (45 CFR 164.514(b)(2)(i)(C)).
            if content != "age" or patient.age >= 90:
                phi.append((len(text), len(text) + len(value), CATEGORY[content]))
            text += value
        else:
            text += vary(content) if role == "text" else _filler(rng, patient, content)
    return Script(
        text=text.rstrip(),
        kind=kind,
        phi=tuple((start, end) for start, end, _ in phi),
        categories=tuple(category for _, _, category in phi),
    )


def _variation(rng: np.random.Generator) -> Callable[[str], str]:
    """Draw how this console writes its labels: case, and what stands behind them."""
    shape = rng.random()
    if shape < 0.60:
        return lambda text: text
    if shape < 0.75:
        return str.upper
    if shape < 0.80:
        return str.lower
    target = pick(rng, (":", " : ", " :", " = ", "=", "  ", ": "))
    return lambda text: text.replace(": ", target)


def _spelled(text: str) -> str:
    # Names may carry signs that the reader does not know; consoles that know only Latin-1 show "?" there.
    return text if _KNOWN.issuperset(text) else "".join(c if c in _KNOWN else "?" for c in text)


def _filler(rng: np.random.Generator, patient: Patient, name: str) -> str:
    if name.isdigit():
        return str(whole(rng, 10 ** (int(name) - 1) if name != "1" else 0, 10 ** int(name) - 1))
    return _FILLERS[name](rng, patient)


def _decimal(rng: np.random.Generator) -> str:
    value = 10 ** (rng.random() * 3.5 - 1)
    text = f"{value:.{pick(rng, (1, 1, 1, 2, 2, 3))}f}"
    return text.replace(".", ",") if chance(rng, 0.06) else text


@cache
def _plain_words(*, held_out: bool) -> tuple[str, ...]:
    """Return the vocabulary's words of four letters or more; those that evaluation holds out, or the others."""
    words = sorted(word for word in plain_words() if len(word) > 3 and _KNOWN.issuperset(word))
    return tuple(word for word in words if is_held_out(word) is held_out)


_FILLERS: dict[str, Callable[[np.random.Generator, Patient], str]] = {
    "n": lambda rng, patient: str(int(10 ** (rng.random() * 3.2))),
    "m": lambda rng, patient: str(int(10 ** (rng.random() * 3))),
    "f": lambda rng, patient: _decimal(rng),
    "s": lambda rng, patient: pick(rng, ("", "-", "+", "-")),
    "L": lambda rng, patient: letters(rng, 1),
    "w": lambda rng, patient: _spelled(coined(rng, culture_of(rng))),
    "A": lambda rng, patient: str(min(patient.age, 89)),
    "x": lambda rng, patient: patient.sex,
    "v": lambda rng, patient: _cased_word(rng, _plain_words(held_out=False)),
    "p": lambda rng, patient: _cased_word(rng, standard_phrases()),
    "u": lambda rng, patient: _cased_word(rng, _plain_words(held_out=True)),
}


def _cased_word(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    word = pick(rng, words)
    return weighted(rng, ((4, word.upper()), (4, word.capitalize()), (2, word)))
