"""What docs/exporting.md shows works as it stands there, in a Python that has none of our code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("HersheyFonts")

from deburn.model.packages import TOLERANCES
from deburn.training.export import THRESHOLDS
from deburn.training.export_metadata import embed_metadata
from deburn.weights import DEFAULT, FOLDER

PAGE = (Path(__file__).parents[1] / "docs" / "exporting.md").read_text(encoding="utf-8")
MAPS = ("horizontal", "vertical", "top", "bottom", "left", "right")


def test_the_example_runs_in_plain_onnxruntime(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert "deburn" not in re.findall(r"^(?:import|from) (\w+)", example, re.MULTILINE)
    assert len([line for line in example.splitlines() if line]) <= 10
    graph = tmp_path / "detector.onnx"
    graph.write_bytes((FOLDER / DEFAULT / "detector.onnx").read_bytes())
    weights = FOLDER / DEFAULT / "detector.safetensors"
    embed_metadata(graph, network="detector", precision="fp32", weights=weights, thresholds=THRESHOLDS, classes=MAPS)
    blocked = "import sys; sys.modules['deburn'] = sys.modules['torch'] = None\n"
    done = subprocess.run(
        [sys.executable, "-c", blocked + example], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{list(MAPS)} (2, 6, 104, 152) 0 cells of text\n"


def test_the_page_states_the_tolerances_that_are_checked() -> None:
    table = PAGE[PAGE.index("| precision | largest") :].split("\n\n")[0]
    rows = {cells[0]: cells[1:] for line in table.splitlines() if (cells := [c.strip() for c in line.split("|")[1:-1]])}
    for precision, tolerance in TOLERANCES.items():
        most, usual, alike = rows[precision][:3]
        assert most == ("not bounded" if tolerance.most >= 1 else f"{tolerance.most:g}")
        assert float(usual) == tolerance.usual
        assert alike == ("all" if tolerance.alike == 1 else f"{tolerance.alike:.0%}".replace("%", " %"))
