"""What every operation that opens personal data does at its entrance: it writes who looked."""

from uuid import UUID

from demeu.kernel.serving import Call
from demeu.vault.access.actions import note_access


def note_call(call: Call, operation: str, subject: UUID, *fields: str) -> None:
    """Write into the trail whose `fields` this call opens."""
    note_access(
        actor=call.actor,
        role=call.caller,
        operation=operation,
        purpose=call.purpose,
        subject=subject,
        fields=fields,
        acting=call.acting,
    )
