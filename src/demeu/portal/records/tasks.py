"""Carrying commitments to the log, oldest first; what could not be carried now is carried by the next run."""

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.records.actions import note_place
from demeu.portal.records.queries import waiting

AT_ONCE = 200


@task(attempts=1)
def carry_records() -> None:
    """Append each waiting commitment; repeated, the log answers with the same place."""
    for record in waiting(AT_ONCE):
        placed = ask(
            "treasury",
            treasury.LOG_APPEND,
            treasury.LogAppend(kind=record.kind, commitment=record.commitment),
            actor="role:portal",
            purpose=Purpose.DONATION,
            idempotency_key=f"record-{record.id}",
        )
        note_place(record=record, index=placed.index)
