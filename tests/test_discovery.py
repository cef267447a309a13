import os

import pytest

from deburn import UsageError
from deburn.redactor.discovery import check_output, discover


def touch(path, size=1):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def names(entries):
    return {entry.name: entry.refusal for entry in entries}


def test_takes_every_file_hidden_and_without_extension_too(tmp_path):
    for name in ("IM0001", ".hidden", "a/b/c.dcm", "a/.DS_Store", "notes.txt"):
        touch(tmp_path / name)
    assert names(discover([tmp_path])) == dict.fromkeys(("IM0001", ".hidden", "a/b/c.dcm", "a/.DS_Store", "notes.txt"))


def test_one_folder_gives_relative_names_and_several_keep_their_own(tmp_path):
    touch(tmp_path / "one/x"), touch(tmp_path / "two/x"), touch(tmp_path / "three")
    assert set(names(discover([tmp_path / "one"]))) == {"x"}
    assert set(names(discover([tmp_path / "one", tmp_path / "two", tmp_path / "three"]))) == {"one/x", "two/x", "three"}


def test_refuses_two_inputs_that_would_get_one_name(tmp_path):
    touch(tmp_path / "a/one/x"), touch(tmp_path / "b/one/x")
    with pytest.raises(UsageError, match="same name"):
        discover([tmp_path / "a/one", tmp_path / "b/one"])


def test_follows_no_link_out_of_the_input_and_none_to_a_folder(tmp_path):
    outside = touch(tmp_path / "outside/secret")
    inside = touch(tmp_path / "in/real", size=7)
    (tmp_path / "in/out").symlink_to(outside)
    (tmp_path / "in/within").symlink_to("real")
    (tmp_path / "in/loop").symlink_to("..", target_is_directory=True)
    (tmp_path / "in/nowhere").symlink_to("missing")
    entries = {entry.name: entry for entry in discover([tmp_path / "in"])}
    assert entries["within"].refusal is None
    assert entries["within"].path == inside
    assert entries["within"].size == 7
    assert "leads out" in entries["out"].refusal
    assert "folder" in entries["loop"].refusal
    assert "nothing" in entries["nowhere"].refusal
    assert set(entries) == {"real", "out", "within", "loop", "nowhere"}


def test_refuses_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert names(discover([tmp_path])) == {"pipe": "not a regular file"}


def test_keeps_the_names_of_its_own_records_free(tmp_path):
    for name in ("manifest.jsonl", "sub/manifest.jsonl", "sub/.0123456789abcdef.part"):
        touch(tmp_path / name)
    refusals = names(discover([tmp_path]))
    assert refusals["manifest.jsonl"] is not None
    assert refusals["sub/.0123456789abcdef.part"] is not None
    assert refusals["sub/manifest.jsonl"] is None


def test_says_which_folder_cannot_be_listed(tmp_path, monkeypatch):
    touch(tmp_path / "good")
    (tmp_path / "locked").mkdir()
    listing = os.scandir

    def scandir(folder):
        if str(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(folder))
        return listing(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert names(discover([tmp_path])) == {"good": None, "locked/": "folder cannot be listed: Permission denied"}


@pytest.mark.parametrize("output", ["in", "in/out", "in/../in", ".", "link"])
def test_refuses_an_output_that_mixes_with_an_input(tmp_path, output):
    touch(tmp_path / "in/x")
    (tmp_path / "link").symlink_to("in")
    with pytest.raises(UsageError):
        check_output([tmp_path / "in"], tmp_path / output)


def test_refuses_an_output_that_is_a_file(tmp_path):
    touch(tmp_path / "in/x"), touch(tmp_path / "out")
    with pytest.raises(UsageError, match="not a folder"):
        check_output([tmp_path / "in"], tmp_path / "out")


def test_accepts_an_output_beside_the_input(tmp_path):
    touch(tmp_path / "in/x")
    check_output([tmp_path / "in"], tmp_path / "in2")
