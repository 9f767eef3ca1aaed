"""Checking a receipt's proof offline: nothing is trusted but the log's public key. Pure."""

from dataclasses import dataclass

from demeu.treasury.proofs.entries import Opening, read_opening
from demeu.treasury.proofs.merkle import ProofError, leaf_hash, root_from_inclusion
from demeu.treasury.proofs.notes import Checkpoint, NoteKey, open_checkpoint
from demeu.treasury.proofs.proof_text import read_proof


@dataclass(frozen=True)
class Verified:
    """What a right proof shows: these facts stand at this place of this log."""

    index: int
    checkpoint: Checkpoint
    opening: Opening


def verify_proof(text: str, key: NoteKey) -> Verified:
    """Check signature, commitment and path of a proof with an opened commitment.

    Raises `ProofError` or `NoteError` (both `ValueError`) with the reason.
    """
    proof = read_proof(text)
    checkpoint = open_checkpoint(proof.checkpoint, key)
    opening = read_opening(proof.extra)
    root = root_from_inclusion(leaf_hash(opening.entry()), proof.index, checkpoint.size, proof.path)
    if root != checkpoint.root:
        raise ProofError("the record is not in the log that the checkpoint signs")
    return Verified(proof.index, checkpoint, opening)
