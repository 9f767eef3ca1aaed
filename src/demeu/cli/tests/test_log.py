"""Promises of `demeu log`: right is 0, wrong is 1, unusable is 2; it needs no platform, no database and no settings."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfWriter

from demeu.treasury.proofs.base64_text import encode
from demeu.treasury.proofs.cosignatures import cosigned_message
from demeu.treasury.proofs.entries import Opening
from demeu.treasury.proofs.merkle import inclusion_proof, leaf_hash, range_root, reader_over
from demeu.treasury.proofs.notes import COSIGNATURE, DASH, Checkpoint, NoteKey, public_key, sign
from demeu.treasury.proofs.proof_text import write_proof
from demeu.treasury.proofs.tiles import pack_entries, tile_path

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
ORIGIN = "example.org/log"
OPENINGS = [
    Opening("received", datetime(2026, 11, 22, tzinfo=UTC), bytes([number]) * 32, {"amount_tiyn": number})
    for number in range(5)
]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A data folder whose log has five entries and a receipt of the third."""
    log = tmp_path / "var" / "log"
    entries = [opening.entry() for opening in OPENINGS]
    leaves = [leaf_hash(entry) for entry in entries]
    note = sign(Checkpoint(ORIGIN, 5, range_root(reader_over(leaves), 0, 5)), PRIVATE)
    files = {
        tile_path("entries", 0, 5): pack_entries(entries),
        tile_path(0, 0, 5): b"".join(leaves),
        "checkpoint": note.encode(),
        "key": (public_key(ORIGIN, PRIVATE).vkey + "\n").encode(),
    }
    for path, content in files.items():
        (log / path).parent.mkdir(parents=True, exist_ok=True)
        (log / path).write_bytes(content)
    proof = write_proof(2, inclusion_proof(reader_over(leaves), 2, 5), note, OPENINGS[2].encoded())
    (tmp_path / "receipt.tlog-proof").write_text(proof)
    write_pdf(tmp_path / "receipt.pdf", proof.encode())
    return tmp_path / "var"


def write_pdf(path: Path, attached: bytes | None) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if attached is not None:
        writer.add_attachment("demeu-2.tlog-proof", attached)
    writer.write(path)


def log(var: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEMEU_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "demeu", "log", *map(str, arguments)],
        env=kept | {"DEMEU_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_right_receipts_are_right_as_text_and_as_pdf(var: Path) -> None:
    for name in ("receipt.tlog-proof", "receipt.pdf"):
        found = log(var, "verify", var.parent / name)
        assert (found.returncode, "RIGHT: record 2" in found.stdout) == (0, True), found.stderr


def test_a_key_can_be_given_as_text_or_file_and_a_wrong_one_is_no(var: Path) -> None:
    receipt, other = var.parent / "receipt.tlog-proof", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
    assert log(Path("/nowhere"), "verify", receipt, "--key", var / "log" / "key").returncode == 0
    assert log(Path("/nowhere"), "verify", receipt, "--key", public_key(ORIGIN, PRIVATE).vkey).returncode == 0
    assert log(var, "verify", receipt, "--key", public_key(ORIGIN, other).vkey).returncode == 1
    assert log(Path("/nowhere"), "verify", receipt).returncode == 2
    assert log(var, "verify", receipt, "--key", "a+b+c").returncode == 2


def test_a_changed_receipt_is_wrong(var: Path) -> None:
    receipt = var.parent / "receipt.tlog-proof"
    receipt.write_text(receipt.read_text().replace("index 2", "index 3"))
    assert log(var, "verify", receipt).returncode == 1
    write_pdf(var.parent / "receipt.pdf", receipt.read_bytes())
    assert log(var, "verify", var.parent / "receipt.pdf").returncode == 1


def test_what_is_no_receipt_cannot_be_used(var: Path) -> None:
    for name, content in {"a.txt": b"hello", "b.pdf": b"%PDF-1.7 broken", "c.bin": b"\xff\xfe", "d": b""}.items():
        (var.parent / name).write_bytes(content)
        assert log(var, "verify", var.parent / name).returncode == 2
    write_pdf(var.parent / "empty.pdf", None)
    assert log(var, "verify", var.parent / "empty.pdf").returncode == 2
    assert log(var, "verify", var.parent / "missing.pdf").returncode == 2


def test_an_audit_walks_the_folder_and_sees_a_changed_byte(var: Path) -> None:
    assert log(var, "audit", var / "log").returncode == 0
    assert log(var, "verify", var / "log").returncode == 0
    tile = var / "log" / tile_path(0, 0, 5)
    tile.write_bytes(tile.read_bytes()[:-1] + b"\x00")
    found = log(var, "audit", var / "log")
    assert found.returncode == 1 and "tile/0/000.p/5" in found.stderr
    assert log(var, "audit", var.parent).returncode == 2


def test_cosignatures_are_shown_and_those_asked_for_must_be_there(var: Path) -> None:
    name, checkpoint, receipt = "w.example", var / "log" / "checkpoint", var.parent / "receipt.tlog-proof"
    private = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    witness = NoteKey(name, private.public_key().public_bytes_raw(), COSIGNATURE)
    body = checkpoint.read_text().partition("\n\n")[0] + "\n"
    stamp = (1_795_341_600).to_bytes(8, "big")
    raw = witness.hash + stamp + private.sign(cosigned_message(body, 1_795_341_600))
    assert log(var, "audit", var / "log", "--witness", witness.vkey).returncode == 1
    for file in (checkpoint, receipt):
        file.write_text(file.read_text() + f"{DASH} {name} {encode(raw)}\n")
    for arguments in (("audit", var / "log"), ("verify", receipt)):
        assert "cosigned by w.example, not checked" in log(var, *arguments).stdout
        found = log(var, *arguments, "--witness", witness.vkey)
        assert found.returncode == 0 and "cosigned by w.example at 2026-11-22T" in found.stdout, found.stderr
    checkpoint.write_text(checkpoint.read_text().replace(encode(raw), encode(raw[:-1] + bytes([raw[-1] ^ 1]))))
    assert log(var, "audit", var / "log", "--witness", witness.vkey).returncode == 1
    assert log(var, "audit", var / "log", "--witness", "a+b+c").returncode == 2


def test_where_names_folder_and_key(var: Path) -> None:
    found = log(var, "where")
    assert found.returncode == 0 and str(var / "log") in found.stdout and ORIGIN in found.stdout
    assert log(var.parent / "elsewhere", "where").returncode == 2
