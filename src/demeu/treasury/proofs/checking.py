"""Checking a proof step by step, so that a page can say in plain words which step holds. `verify` is the verdict."""

from collections.abc import Callable, Mapping

from demeu.treasury.proofs.entries import read_opening
from demeu.treasury.proofs.notes import NoteKey, open_checkpoint
from demeu.treasury.proofs.proof_text import read_proof
from demeu.treasury.proofs.verify import Verified, verify_proof

Step = tuple[str, bool]


def check_steps(text: str, key: NoteKey) -> tuple[tuple[Step, ...], Verified | None]:
    """(step, holds) up to the first that does not, and what the proof shows when all hold."""
    tries: tuple[tuple[str, Callable[[], object]], ...] = (
        ("readable", lambda: read_proof(text)),
        ("signature", lambda: open_checkpoint(read_proof(text).checkpoint, key)),
        ("commitment", lambda: read_opening(read_proof(text).extra)),
        ("inclusion", lambda: verify_proof(text, key)),
    )
    steps: list[Step] = []
    for name, attempt in tries:
        try:
            found = attempt()
        except ValueError:
            return (*steps, (name, False)), None
        steps.append((name, True))
    assert isinstance(found, Verified)
    return tuple(steps), found


def shown_facts(facts: Mapping[str, object]) -> dict[str, str]:
    """The opened facts as text, in the order of their names."""
    return {name: str(facts[name]) for name in sorted(facts)}
