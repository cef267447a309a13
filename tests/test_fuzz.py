"""A few hundred damaged files of `benchmarks/fuzz.py`: each is refused, or delivered masked."""

import sys
from pathlib import Path
from random import Random

import pytest

from deburn.redactor.dicom import check_structure

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
COUNT, SEED = 400, 1


pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the benchmarks are not part of an installed package")


def test_damaged_files_are_refused_or_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from fuzz import run

    tally = run(COUNT, SEED)
    assert [(number, result.state, result.detail) for number, result in tally.faults] == []
    assert tally.states["refused"] > 100
    assert tally.states["delivered"] > 20
    assert tally.slowest < 30
    _forget()


@pytest.mark.parametrize("length", [1, 100, 128, 129, 400])
def test_headers_are_damaged_behind_the_preamble_where_there_is_more(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from fuzz_mutate import _flip_header
    from fuzz_seeds import make_seeds

    structure, rng, data = check_structure(next(iter(make_seeds().values()))), Random(1), bytearray(length)
    for _ in range(20):
        _flip_header(data, structure, rng, b"")
    assert any(data[128:] if length > 128 else data)
    assert length <= 128 or not any(data[:128])
    _forget()


def _forget() -> None:
    for name in ("fuzz", "fuzz_mutate", "fuzz_seeds", "fuzz_worker"):
        sys.modules.pop(name, None)
