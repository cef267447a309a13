"""A few hundred damaged files of `benchmarks/fuzz.py`: each is refused, or delivered masked."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
COUNT, SEED = 400, 1


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the benchmarks are not part of an installed package")
def test_damaged_files_are_refused_or_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from fuzz import run

    tally = run(COUNT, SEED)
    assert [(number, result.state, result.detail) for number, result in tally.faults] == []
    assert tally.states["refused"] > 100
    assert tally.states["delivered"] > 20
    assert tally.slowest < 30
    for name in ("fuzz", "fuzz_mutate", "fuzz_seeds", "fuzz_worker"):
        sys.modules.pop(name, None)
