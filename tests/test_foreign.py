from collections import Counter

import numpy as np
import pytest

from deburn.training import canvas
from deburn.training.canvas import Canvas
from deburn.training.fonts import FOLDERS, StrokeFont, find_fonts
from deburn.training.foreign import as_read, draw_foreign, font_of, letters_of
from deburn.training.strings import ALPHABET, FOREIGN, READ, Script
from deburn.training.texts import TEXTS


def _scripts(count):
    rng = np.random.default_rng(3)
    return [draw_foreign(rng) for _ in range(count)]


def test_each_letter_is_read_as_foreign_and_what_stands_between_as_itself():
    assert as_read("Жук 12:30") == FOREIGN * 3 + " 12:30"
    for script in _scripts(300):
        assert len(script.text) == len(script.drawn)
        assert FOREIGN in script.text
        assert set(script.text) <= set(READ)
        assert not set(script.drawn) & (set(ALPHABET) - set(" 0123456789:.,/"))
        assert script.text == script.text.strip()


def test_many_scripts_are_drawn():
    systems = Counter(next(s for s in _SYSTEMS if set(letters_of(s)) & set(script.drawn)) for script in _scripts(300))
    assert set(systems) == set(_SYSTEMS)


_SYSTEMS = (
    "Cyrillic", "Greek", "Hebrew", "Arabic", "Armenian", "Georgian", "Devanagari", "Thai", "kana", "Han", "Hangul",
)  # fmt: skip


def test_what_the_reader_knows_is_its_alphabet_and_one_class_for_all_else():
    assert READ == ALPHABET + FOREIGN
    assert FOREIGN not in ALPHABET


def test_a_font_that_lacks_the_script_is_not_taken():
    script = draw_foreign(np.random.default_rng(0))
    assert font_of(np.random.default_rng(0), script, [StrokeFont("futural")]) is None


def test_capitals_that_only_accents_make_belong_to_their_script():
    script = Script(text=FOREIGN * 2, kind="foreign", phi=(), drawn="ΆΈ")
    assert font_of(np.random.default_rng(0), script, [StrokeFont("futural")]) is None


def test_pages_show_foreign_lines_in_fonts_that_hold_them(monkeypatch):
    monkeypatch.setattr(canvas, "FOREIGN_SHARE", 1.0)
    fonts = find_fonts((FOLDERS[0] / "truetype" / "dejavu",))
    if not any(font.covers("Жы") for font in fonts):
        pytest.skip("no font here holds another script")
    texts = []
    for seed in range(30):
        page = Canvas(np.random.default_rng(seed), np.zeros((128, 256, 1), np.float32), fonts, TEXTS)
        script, style = page.script(), page.style()
        if script.drawn and (ink := page.render(script, style)):
            assert page.put(script, ink, style, 20, 10, 0, 0)
            assert len(ink.centres) == len(script.text)
            texts.append(page.lines[0].script.text)
    assert texts
    assert all(FOREIGN in text for text in texts)
