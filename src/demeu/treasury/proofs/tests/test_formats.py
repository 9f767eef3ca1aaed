"""Promises of the texts and files: notes, proofs, tiles, entries."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.proofs.base64_text import decode, encode
from demeu.treasury.proofs.entries import Opening, read_opening
from demeu.treasury.proofs.merkle import ProofError, leaf_hash, range_root, reader_over
from demeu.treasury.proofs.notes import Checkpoint, NoteError, open_checkpoint, public_key, read_vkey, sign
from demeu.treasury.proofs.proof_text import read_proof, write_proof
from demeu.treasury.proofs.tiles import number_path, pack_entries, tile_path, tiles_between, unpack_entries
from demeu.treasury.proofs.verify import verify_proof

ORIGIN = "example.org/log"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
KEY = public_key(ORIGIN, PRIVATE)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
OPENING = Opening("received", AT, b"\x05" * 32, {"amount_tiyn": 750_000, "currency": "KZT"})


def a_proof() -> str:
    leaves = [leaf_hash(b"a"), leaf_hash(OPENING.entry()), leaf_hash(b"c")]
    root = range_root(reader_over(leaves), 0, 3)
    path = [leaves[0], leaves[2]]
    return write_proof(1, path, sign(Checkpoint(ORIGIN, 3, root), PRIVATE), OPENING.encoded())


def test_the_published_vkey_of_the_go_checksum_database_can_be_read() -> None:
    """The key of sum.golang.org, as built into Go's own tools."""
    key = read_vkey("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    assert key.hash.hex() == "033de0ae"
    assert key.vkey == "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def test_a_checkpoint_opens_with_its_key_and_with_no_other() -> None:
    text = sign(Checkpoint(ORIGIN, 3, b"\x01" * 32), PRIVATE)
    assert open_checkpoint(text, KEY) == Checkpoint(ORIGIN, 3, b"\x01" * 32)
    other = public_key(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    with pytest.raises(NoteError):
        open_checkpoint(text, other)


def test_a_signature_of_a_witness_beside_ours_does_no_harm() -> None:
    text = sign(Checkpoint(ORIGIN, 3, b"\x01" * 32), PRIVATE) + "\u2014 witness.example AAAAAAAA\n"
    assert open_checkpoint(text, KEY).size == 3


def test_a_right_proof_shows_its_facts() -> None:
    found = verify_proof(a_proof(), KEY)
    assert (found.index, found.opening.facts["amount_tiyn"]) == (1, 750_000)


def test_no_single_changed_byte_of_a_proof_is_overlooked() -> None:
    """Planted faults: every byte of the proof is flipped in turn."""
    right = a_proof().encode()
    for at in range(len(right)):
        spoiled = right[:at] + bytes([right[at] ^ 1]) + right[at + 1 :]
        with pytest.raises(ValueError, match=r".+"):
            verify_proof(spoiled.decode(), KEY)


def test_a_proof_is_read_as_it_was_written() -> None:
    read = read_proof(write_proof(5, [b"\x02" * 32], "note\n", "ZXh0cmE="))
    assert (read.index, read.path, read.checkpoint, read.extra) == (5, (b"\x02" * 32,), "note\n", "ZXh0cmE=")
    with pytest.raises(ProofError):
        read_proof("c2sp.org/tlog-proof@v1\nindex 05\n\nnote\n")


@pytest.mark.parametrize(
    ("number", "path"), [(0, "000"), (999, "999"), (1000, "x001/000"), (1_234_067, "x001/x234/067")]
)
def test_tile_numbers_are_written_in_groups_of_three(number: int, path: str) -> None:
    assert number_path(number) == path
    assert tile_path(0, number) == f"tile/0/{path}"
    assert tile_path("entries", number, 7) == f"tile/entries/{path}.p/7"


def test_growing_touches_only_tiles_that_change() -> None:
    assert list(tiles_between(0, 3)) == [(0, 3)]
    assert list(tiles_between(255, 256)) == [(0, 256)]
    assert list(tiles_between(256, 257)) == [(1, 1)]
    assert list(tiles_between(250, 520)) == [(0, 256), (1, 256), (2, 8)]


@given(st.lists(st.binary(max_size=300), max_size=40))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    assert unpack_entries(pack_entries(entries)) == entries


def test_a_bundle_cut_short_is_refused() -> None:
    with pytest.raises(ProofError):
        unpack_entries(pack_entries([b"abc"])[:-1])
    with pytest.raises(ProofError):
        unpack_entries(b"\x00")


def test_an_entry_says_nothing_that_the_salt_does_not_open() -> None:
    entry = OPENING.entry().decode()
    assert "750000" not in entry and "KZT" not in entry
    other_salt = Opening(OPENING.kind, OPENING.at, b"\x06" * 32, OPENING.facts)
    assert other_salt.entry() != OPENING.entry()
    assert read_opening(OPENING.encoded()) == OPENING


def test_base64_has_one_form() -> None:
    assert decode(encode(b"\x00")) == b"\x00"
    for text in ("AB==", "AA=", "A A==", "ӘӘ=="):
        with pytest.raises(ValueError, match="base64"):
            decode(text)
