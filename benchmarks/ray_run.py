"""Run over a Ray cluster of this machine, kill one of its workers in the middle, and account for every file.

    python benchmarks/ray_run.py [--files 400] [--nodes 3] [--kill actor]

The cluster has a node without cores, where the run is started, and `nodes` nodes of one core each. When a quarter of
the files has been recorded, an actor of the run is killed with SIGKILL, or with ``--kill node`` a node with all that
is on it. Then the manifest, the output and the same run without a cluster are compared.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ray.cluster_utils import Cluster
from run_memory import make

from deburn.redactor.discovery import MANIFEST, is_record

COMMAND = [sys.executable, "-c", "from deburn.redactor.cli import main; main()", "redact", "--device", "cpu"]
# Bytes of each node's store of objects; tasks and results are small.
STORE = 100_000_000


def main() -> None:
    """Run, kill, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--kill", choices=["actor", "node", "nothing"], default="actor")
    arguments = parser.parse_args()
    with TemporaryDirectory() as name:
        scratch = Path(name)
        make(scratch / "in", arguments.files, 128)
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": STORE})
        nodes = [cluster.add_node(num_cpus=1, object_store_memory=STORE) for _ in range(arguments.nodes)]
        try:
            began = time.monotonic()
            run = _start(scratch, "ray", {"RAY_ADDRESS": cluster.address}, ["--engine", "ray"])
            done = _await(run, scratch / "ray" / MANIFEST, arguments.files // 4)
            if arguments.kill == "actor":
                os.kill(_actors()[0], signal.SIGKILL)
            elif arguments.kill == "node":
                cluster.remove_node(nodes[0], allow_graceful=False)
            print(f"after {done} files: killed {arguments.kill}", flush=True)
            status = run.wait()
            print(f"ended with {status} after {time.monotonic() - began:.0f} s", flush=True)
        finally:
            cluster.shutdown()
        print(_accounts(scratch, arguments.files))


def _start(scratch: Path, output: str, extra: dict[str, str], options: list[str]) -> "subprocess.Popen[bytes]":
    command = [*COMMAND, str(scratch / "in"), "--output", str(scratch / output), *options]
    return subprocess.Popen(command, env=os.environ | extra, stdout=subprocess.DEVNULL)


def _await(run: "subprocess.Popen[bytes]", manifest: Path, lines: int) -> int:
    """Wait until so many files are recorded; return how many are."""
    while run.poll() is None:
        count = manifest.read_bytes().count(b"\n") if manifest.is_file() else 0
        if count >= lines:
            return count
        time.sleep(0.2)
    raise SystemExit(f"the run ended with {run.returncode} before {lines} files were done")


def _actors() -> list[int]:
    """Return the processes of the run's actors, as Ray names them."""
    pids = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                title = (entry / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if title.startswith(b"ray::") and b"Station" in title:
                pids.append(int(entry.name))
    if not pids:
        raise SystemExit("no actor of the run was found")
    return sorted(pids)


def _accounts(scratch: Path, files: int) -> str:
    """Compare the run with one that needs no cluster; return what is to be said of both."""
    if _start(scratch, "alone", {}, []).wait() != 0:
        raise SystemExit("the run without a cluster failed")
    lines = [json.loads(line) for line in (scratch / "ray" / MANIFEST).read_text().splitlines()]
    often = Counter(line["path"] for line in lines)
    outputs = [_digests(scratch / name) for name in ("ray", "alone")]
    same = (
        outputs[0] == outputs[1]
        and (scratch / "ray" / MANIFEST).read_bytes() == (scratch / "alone" / MANIFEST).read_bytes()
    )
    once = len(often) == files and set(often.values()) == {1}
    states = dict(Counter(line["state"] for line in lines))
    if not (once and same):
        raise SystemExit(f"NOT as without a cluster: {len(often)} of {files} files, {states}, same bytes: {same}")
    return f"{files} files, each once: {states}; manifest and output are byte for byte those of a run without a cluster"


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_record(path.name)
    }


if __name__ == "__main__":
    main()
