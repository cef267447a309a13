import json

import pytest

from deburn.redactor import manifest_index
from deburn.redactor.manifest_index import ManifestIndex, first_line, mend


def write(path, *lines, tail=b""):
    path.write_bytes(b"".join(json.dumps(line).encode() + b"\n" for line in lines) + tail)
    return path


def line(name, value=0):
    return {"kind": "file", "path": name, "value": value}


@pytest.fixture
def manifest(tmp_path):
    return tmp_path / "manifest.jsonl"


def test_the_last_line_about_a_file_holds(manifest):
    write(manifest, line("a", 1), line("b", 2), line("a", 3))
    with ManifestIndex(manifest) as index:
        assert index.get("a") == line("a", 3)
        assert index.get("b") == line("b", 2)
        assert index.get("c") is None


def test_tells_names_of_one_key_apart(manifest, monkeypatch):
    monkeypatch.setattr(manifest_index, "_key", lambda name: 7)
    write(manifest, line("a", 1), line("b", 2), line("a", 3))
    with ManifestIndex(manifest) as index:
        assert index.get("a") == line("a", 3)
        assert index.get("c") is None
        assert list(index.rest()) == [line("b", 2)]


def test_gives_the_rest_once_in_order(manifest):
    write(manifest, *(line(name, n) for n, name in enumerate("edcbaed")))
    with ManifestIndex(manifest) as index:
        index.get("c")
        assert list(index.rest()) == [line("e", 5), line("d", 6), line("b", 3), line("a", 4)]
        assert list(index.rest()) == []


@pytest.mark.parametrize(
    "tail", [b'{"kind": "file", "path": "c"', b"\0\0\0", b'{"path": "c"}', b"\0\n", b"[1]\n", b'{"path": 3}\n']
)
def test_lines_that_a_power_cut_left_count_as_not_there(manifest, tail):
    write(manifest, line("a"), line("b"), tail=tail)
    with ManifestIndex(manifest) as index:
        assert len(index) == 2
        assert index.get("c") is None


@pytest.mark.parametrize("kept", [b"", b'{"path": "a"}\n', b"x" * 200_000 + b"\n"])
@pytest.mark.parametrize("torn", [b"", b'{"path"', b"y" * 100_000])
def test_mending_cuts_off_what_has_no_end(manifest, kept, torn):
    manifest.write_bytes(kept + torn)
    mend(manifest)
    assert manifest.read_bytes() == kept


def test_first_line(manifest):
    assert first_line(manifest) is None
    assert first_line(write(manifest, tail=b'{"path')) is None
    assert first_line(write(manifest, line("b"), line("a"))) == line("b")
