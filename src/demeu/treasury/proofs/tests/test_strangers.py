"""The published folder read by programs of strangers: Go's own packages of the checksum database, and pymerkle."""

import json
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from pymerkle import InmemoryTree, verify_consistency

from demeu.kernel.ids import new_id
from demeu.treasury.proofs.actions import append_step, publish_log
from demeu.treasury.proofs.base64_text import encode
from demeu.treasury.proofs.keys import log_note_key
from demeu.treasury.proofs.merkle import consistency_proof, inclusion_proof, range_root
from demeu.treasury.proofs.notes import open_checkpoint
from demeu.treasury.proofs.publishing import log_folder
from demeu.treasury.proofs.queries import log_size, node_reader, tile_entries
from demeu.treasury.proofs.rules import Step
from demeu.treasury.proofs.tiles import WIDTH

SOURCE = Path(__file__).with_name("reader.go")
SUMDB = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
INSTALL = "apt-get install golang-go golang-golang-x-mod-dev"
SIZES = (1, 2, 3, 7, 255, 256, 257, 300)


@lru_cache(maxsize=1)
def go_reader(folder: Path) -> Path | None:
    """The reader built with Debian's Go, without any network; None, loudly, where Debian's Go is not installed."""
    go = shutil.which("go")
    if (go is None or not SUMDB.is_dir()) and "CI" not in os.environ:
        assert sys.__stderr__ is not None
        sys.__stderr__.write(f"\nGO IS NOT INSTALLED: its reading of the log was not tried. {INSTALL}\n")
        return None
    assert go and SUMDB.is_dir(), f"Go must be there where everything is tried: {INSTALL}"
    built = folder / "reader"
    environment = os.environ | {
        "GO111MODULE": "off",
        "GOPATH": "/usr/share/gocode",
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "GOPROXY": "off",
        "GOTOOLCHAIN": "local",
    }
    done = subprocess.run(
        [go, "build", "-o", built, SOURCE], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Built once for all sizes."""
    return go_reader(tmp_path_factory.mktemp("go"))


def read_by_go(reader: Path, ours: dict[str, object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [reader, log_folder()], input=json.dumps(ours), capture_output=True, text=True, check=False, timeout=60
    )


def our_proofs(size: int) -> dict[str, list[dict[str, object]]]:
    read = node_reader()
    included = [{"index": n, "path": [encode(h) for h in inclusion_proof(read, n, size)]} for n in range(size)]
    grown = [{"old": n, "path": [encode(h) for h in consistency_proof(read, n, size)]} for n in range(1, size + 1)]
    return {"inclusion": included, "consistency": grown}


def grow_to(size: int) -> None:
    for _ in range(size - log_size()):
        append_step(leaf=new_id(), step=Step.RECEIVED, amount_tiyn=100)
    publish_log()


@pytest.mark.django_db(transaction=True)
def test_go_reads_checkpoint_tiles_and_entries_and_accepts_every_proof(reader: Path | None) -> None:
    if reader is None:
        return
    for size in SIZES:
        grow_to(size)
        told = read_by_go(reader, our_proofs(size))
        assert (told.returncode, told.stderr) == (0, ""), told.stderr
        assert told.stdout == f"size {size}, entries {size}, our proofs {size} and {size}\n"


@pytest.mark.django_db(transaction=True)
def test_go_sees_a_changed_byte_in_every_file_and_a_wrong_proof(reader: Path | None) -> None:
    if reader is None:
        return
    grow_to(260)
    right = our_proofs(260)
    for path in ("checkpoint", "key", "tile/0/000", "tile/0/001.p/4", "tile/1/000.p/1", "tile/entries/000"):
        spoiled = log_folder() / path
        kept = spoiled.read_bytes()
        spoiled.write_bytes(kept[:40] + bytes([kept[40] ^ 1]) + kept[41:] if len(kept) > 40 else b"?" + kept[1:])
        assert read_by_go(reader, right).returncode == 1, path
        spoiled.write_bytes(kept)
    for kind in ("inclusion", "consistency"):
        wrong = json.loads(json.dumps(right))
        wrong[kind][3]["path"][0] = encode(bytes(32))
        assert read_by_go(reader, wrong).returncode == 1, kind
    assert read_by_go(reader, right).returncode == 0


@pytest.mark.django_db(transaction=True)
def test_pymerkle_builds_the_same_log_from_the_published_entries_and_proves_its_growth() -> None:
    size = 300
    strange = InmemoryTree(algorithm="sha256")
    grow_to(size)
    for number in range(-(-size // WIDTH)):
        for entry in tile_entries(number, WIDTH):
            strange.append_entry(entry)
    head = open_checkpoint((log_folder() / "checkpoint").read_text(), log_note_key())
    assert (head.size, head.root) == (size, strange.get_state())
    read = node_reader()
    for old in (1, 2, 3, 5, 128, 200, 255, 256, 257, 299):
        theirs = strange.prove_consistency(old, size)
        verify_consistency(range_root(read, 0, old), head.root, theirs)
        if old & 1:  # an even beginning is cut into smaller trees there
            assert set(theirs.path) - {range_root(read, 0, old)} == set(consistency_proof(read, old, size))
