"""Promises of the tree, against the test vectors of RFC 6962's reference code and another implementation."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_inclusion

from demeu.treasury.proofs.merkle import (
    EMPTY_ROOT,
    ProofError,
    inclusion_proof,
    leaf_hash,
    range_root,
    reader_over,
    root_from_inclusion,
)

# Inputs and roots of the Certificate Transparency reference tests (google/certificate-transparency).
INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}

sizes = st.integers(min_value=1, max_value=700)


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(size)]


def root_of(leaves: list[bytes]) -> bytes:
    return range_root(reader_over(leaves), 0, len(leaves))


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", sorted(ROOTS))
def test_roots_are_those_of_the_reference_tests(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size]]
    assert root_of(leaves).hex() == ROOTS[size]


@given(sizes, st.data())
@settings(max_examples=60, deadline=None)
def test_every_proof_leads_to_the_root(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    proof = inclusion_proof(reader_over(leaves), index, size)
    assert root_from_inclusion(leaves[index], index, size, proof) == root_of(leaves)


@given(sizes, st.data())
@settings(max_examples=60, deadline=None)
def test_no_other_leaf_place_or_path_leads_to_the_root(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    proof = inclusion_proof(reader_over(leaves), index, size)
    root = root_of(leaves)
    attempts = [(leaf_hash(b"other"), index, proof), (leaves[index], index, [*proof, b"\x00" * 32])]
    if size > 1:
        attempts.append((leaves[index], (index + 1) % size, proof))
        attempts.append((leaves[index], index, proof[:-1]))
        spoiled = data.draw(st.integers(0, len(proof) - 1))
        attempts.append((leaves[index], index, [*proof[:spoiled], leaf_hash(b"x"), *proof[spoiled + 1 :]]))
    for leaf, place, path in attempts:
        try:
            assert root_from_inclusion(leaf, place, size, path) != root
        except ProofError:
            continue


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 200])
def test_another_implementation_gives_the_same_roots_and_accepts_the_same_paths(size: int) -> None:
    """pymerkle, written by strangers, builds the tree of RFC 9162."""
    strange = InmemoryTree(algorithm="sha256")
    for number in range(size):
        strange.append_entry(number.to_bytes(4, "big"))
    leaves = leaves_of(size)
    assert strange.get_state() == root_of(leaves)
    for index in range(size):
        theirs = strange.prove_inclusion(index + 1, size)
        verify_inclusion(strange.get_leaf(index + 1), strange.get_state(), theirs)
        ours = inclusion_proof(reader_over(leaves), index, size)
        assert theirs.path[1:] == ours


def test_a_place_outside_the_tree_has_no_proof() -> None:
    with pytest.raises(ProofError):
        inclusion_proof(reader_over(leaves_of(3)), 3, 3)
    with pytest.raises(ProofError):
        root_from_inclusion(leaf_hash(b""), 0, 0, [])
