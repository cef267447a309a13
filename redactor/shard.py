"""A part of a run's files, for schedulers that start the same command on many machines."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath

from ..errors import UsageError

# Array jobs of the large schedulers stop far below.
MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Part `index` of `count`, counted from 1.

    Which file belongs to which part follows from its name in the output alone, so that all machines agree
    without talking to each other, whatever is added to the input meanwhile.
    """

    index: int
    count: int

    @classmethod
    def parse(cls, words: str) -> "Shard":
        """Read "i/n".

        Raises
        ------
        UsageError
            It is something else, or i is not one of 1 to n.
        """
        match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", words, re.ASCII)
        if match is None:
            raise UsageError(f"--shard is {words!r}; expected i/n, such as 1/4")
        index, count = int(match[1]), int(match[2])
        if not 1 <= index <= count <= MOST:
            raise UsageError(f"--shard is {words}; expected i from 1 to n, and n up to {MOST}")
        return cls(index=index, count=count)

    def takes(self, name: str) -> bool:
        """Say whether a file belongs to this part."""
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.count == self.index - 1

    def name(self, record: str) -> str:
        """Give what one of the run's records is called for this part: "manifest-1-of-4.jsonl"."""
        path = PurePath(record)
        return f"{path.stem}-{self.index}-of-{self.count}{path.suffix}"
