import pytest

from deburn import UsageError
from deburn.redactor.discovery import discover
from deburn.redactor.shard import Shard


@pytest.mark.parametrize(
    "words", ["0/4", "5/4", "1", "1/", "/2", "-1/2", "1/0", "a/b", "1/2/3", " 1/2", "١/٢", "1/100001"]
)
def test_refuses_what_is_no_part(words):
    with pytest.raises(UsageError, match="--shard is"):
        Shard.parse(words)


def test_every_name_belongs_to_exactly_one_part():
    names = [f"folder/{number}" for number in range(1000)]
    parts = [Shard.parse(f"{index}/7") for index in range(1, 8)]
    owners = [[part.index for part in parts if part.takes(name)] for name in names]
    assert all(len(owner) == 1 for owner in owners)
    sizes = [sum(owner == [index] for owner in owners) for index in range(1, 8)]
    assert min(sizes) > 100


def test_parts_stay_the_same_from_release_to_release():
    assert [name for name in "abcdefgh" if Shard.parse("1/3").takes(name)] == PART_OF_THREE


PART_OF_THREE = ["c", "f"]


def test_a_name_that_is_no_unicode_has_a_part():
    name = b"\xff\xfe".decode("utf-8", "surrogateescape")
    assert sum(Shard(index=index, count=2).takes(name) for index in (1, 2)) == 1


def test_parts_of_a_folder_are_all_of_it(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}").touch()
    names = [entry.name for index in (1, 2, 3) for entry in discover([tmp_path], shard=Shard(index=index, count=3))]
    assert sorted(names) == [f"{number:02}" for number in range(30)]


def test_names_its_records():
    shard = Shard.parse("2/16")
    assert shard.name("manifest.jsonl") == "manifest-2-of-16.jsonl"
    assert shard.name(".deburn.lock") == ".deburn-2-of-16.lock"
