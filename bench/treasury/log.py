"""The area `log` of `make bench`: appending, proving and auditing, beside pymerkle in the same run; the receipt's PDF.

A PostgreSQL of its own that waits for its disk; no platform. Run as a module, with the treasury's settings, it takes
the figures and prints them as JSON.
"""

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rows import Row, ms

from treasury.server import Server

AREA = "log"
APPENDS, APPENDS_FULL = 4_000, 40_000
AUDITED, AUDITED_FULL = 100_000, 1_000_000
PROOFS = 300


def sizes_of(full: bool) -> str:
    """Said below the table."""
    appends, audited = (APPENDS_FULL, AUDITED_FULL) if full else (APPENDS, AUDITED)
    return f"Log: {appends:,} appended, {audited:,} audited."


def figures(full: bool) -> list[Row]:
    """All rows of the area, taken by a process with the treasury's settings."""
    with Server("treasury_proofs") as server:
        return server.take("treasury.log", (APPENDS_FULL, AUDITED_FULL) if full else (APPENDS, AUDITED))


def appended(count: int) -> list[Row]:
    """Leaves a second, one a commit, placed, signed and published; a proof of one of them; pymerkle's beside."""
    from pymerkle import SqliteTree

    from demeu.kernel.ids import new_id
    from demeu.treasury.proofs.actions import append_step, publish_log
    from demeu.treasury.proofs.models import LeafPlace
    from demeu.treasury.proofs.queries import proof_of
    from demeu.treasury.proofs.rules import Step

    def ours() -> float:
        leaves = [new_id() for _ in range(count)]
        began = time.perf_counter()
        for leaf in leaves:
            append_step(leaf=leaf, step=Step.RECEIVED, amount_tiyn=100)
        publish_log()
        return count / (time.perf_counter() - began)

    theirs_tree = SqliteTree("pymerkle.db", algorithm="sha256")

    def theirs() -> float:
        entries = [os.urandom(140) for _ in range(count)]
        began = time.perf_counter()
        for entry in entries:
            theirs_tree.append_entry(entry)
        return count / (time.perf_counter() - began)

    mine_per_s, their_per_s = ours(), theirs()
    chosen = list(LeafPlace.objects.order_by("?").values_list("leaf_id", "index")[:PROOFS])
    proof_s = _each_s(lambda one: proof_of(one[0]), chosen)
    their_s = _each_s(lambda one: theirs_tree.prove_inclusion(one[1] + 1, count), chosen)
    return [
        Row(
            AREA, "appended and published, one a commit", mine_per_s, "leaves/s",
            "pymerkle on SQLite", mine_per_s / their_per_s,
        ),
        ms(AREA, f"a receipt's proof, of {count:,}", proof_s, "pymerkle on SQLite", their_s),
    ]  # fmt: skip


def audited(size: int) -> list[Row]:
    """Walking every entry and tile of a published folder."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from demeu.treasury.proofs.audit import audit_folder
    from demeu.treasury.proofs.notes import public_key

    private = Ed25519PrivateKey.generate()
    with tempfile.TemporaryDirectory() as name:
        write_log(Path(name), size, private)
        began = time.perf_counter()
        audit_folder(Path(name), public_key("bench", private))
        seconds = time.perf_counter() - began
    return [
        Row(AREA, f"audit of {size:,} entries", seconds, "s"),
        Row(AREA, "audit", size / seconds, "entries/s"),
    ]


def write_log(folder: Path, size: int, private: Any) -> None:
    """A log of made-up entries as files."""
    from demeu.treasury.proofs.merkle import complete_root, leaf_hash, range_root
    from demeu.treasury.proofs.notes import Checkpoint, sign
    from demeu.treasury.proofs.tiles import HEIGHT, WIDTH, pack_entries, tile_path, tiles_between

    def put(path: str, content: bytes) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)

    head = b'{"at":"2026-11-22T10:00:00Z","commitment":"'
    entries = [b'%s%064x","kind":"received","v":1}' % (head, number) for number in range(size)]
    levels = [[leaf_hash(entry) for entry in entries]]
    for number, width in tiles_between(0, size):
        put(tile_path("entries", number, width), pack_entries(entries[number * WIDTH : number * WIDTH + width]))
    while levels[-1]:
        hashes = levels[-1]
        for number, width in tiles_between(0, len(hashes)):
            put(tile_path(len(levels) - 1, number, width), b"".join(hashes[number * WIDTH : number * WIDTH + width]))
        full = range(0, len(hashes) - len(hashes) % WIDTH, WIDTH)
        levels.append([complete_root(hashes[at : at + WIDTH]) for at in full])

    def node(level: int, index: int) -> bytes:
        tile_level, rest = divmod(level, HEIGHT)
        return complete_root(levels[tile_level][index << rest : (index + 1) << rest])

    put("checkpoint", sign(Checkpoint("bench", size, range_root(node, 0, size)), private).encode())


def receipts() -> list[Row]:
    """The sealed PDF: the first of a process, and the next ones beside it."""
    from demeu.treasury.receipts.actions import render_pdf

    words = {
        "lang": "kk", "fund": "Demeu", "title": "Қайырымдылық түбіртегі", "date": "22.11.2026", "amount": "7 500 ₸",
        "rows": [["Нөмірі", "1"]] * 6, "qr_alt": "QR", "proof_title": "Дәлел", "proof_text": "Мәтін",
        "checkpoint": "x\n1\ny", "proof_file": "demeu-1.tlog-proof", "sealed": "", "footer": "",
    }  # fmt: skip

    def once() -> float:
        began = time.perf_counter()
        render_pdf(words, "proof\n" * 20, "https://demeu.example/verify/?record=1")
        return time.perf_counter() - began

    first = once()
    next_s = sum(once() for _ in range(20)) / 20
    return [
        ms(AREA, "sealed receipt, the first of a process", first),
        ms(AREA, "sealed receipt, the next", next_s, "the first", first),
    ]


def _each_s(ask: Any, chosen: list[Any]) -> float:
    began = time.perf_counter()
    for one in chosen:
        ask(one)
    return (time.perf_counter() - began) / len(chosen)


def main(appends: int, audits: int) -> None:
    """All figures as JSON."""
    import django

    django.setup()
    rows = [*appended(appends), *audited(audits), *receipts()]
    print(json.dumps([asdict(row) for row in rows]))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
