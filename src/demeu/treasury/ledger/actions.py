"""Writing the books: post a transfer once, mirror one. Nothing else ever writes here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from demeu.kernel import clock
from demeu.kernel.errors import conflict, not_found
from demeu.treasury.ledger.models import Posting, Transfer
from demeu.treasury.ledger.queries import legs_of
from demeu.treasury.ledger.rules import Kind, Leg, check_legs, digest, mirrored, step_id


@dataclass(frozen=True)
class Posted:
    """A transfer in the books; `fresh` is False when it was there already and nothing was written."""

    transfer: UUID
    fresh: bool


def post_transfer(
    *,
    transfer: UUID,
    kind: Kind,
    legs: Sequence[Leg],
    reason: Mapping[str, object] | None = None,
    reverses: UUID | None = None,
) -> Posted:
    """Write a transfer and its postings, once: the same id again writes nothing.

    Raises `ledger.transfer_differs` when the id is known with other content. No existing row is touched.
    """
    check_legs(legs)
    mark = digest(kind, legs)
    with transaction.atomic():
        if not _insert(transfer, kind, mark, dict(reason or {}), reverses):
            if Transfer.objects.values_list("digest", flat=True).get(id=transfer) != mark:
                raise conflict("ledger.transfer_differs", transfer=str(transfer))
            return Posted(transfer, fresh=False)
        Posting.objects.bulk_create(
            Posting(
                transfer_id=transfer,
                position=position,
                account=leg.account,
                amount_tiyn=leg.amount_tiyn,
                gift=leg.lot.gift,
                case=leg.lot.case,
                item=leg.lot.item,
                payout=leg.lot.payout,
            )
            for position, leg in enumerate(legs)
        )
    return Posted(transfer, fresh=True)


def reverse_transfer(*, transfer: UUID, reason: Mapping[str, object] | None = None) -> Posted:
    """Undo a transfer by a new one that mirrors each leg; a transfer can be reversed once.

    Raises `ledger.transfer_unknown`.
    """
    legs = legs_of(transfer)
    if not legs:
        raise not_found("ledger.transfer_unknown", transfer=str(transfer))
    return post_transfer(
        transfer=step_id(transfer, "reverse"),
        kind=Kind.REVERSE,
        legs=mirrored(legs),
        reason=reason,
        reverses=transfer,
    )


def _insert(transfer: UUID, kind: Kind, mark: str, reason: dict[str, object], reverses: UUID | None) -> bool:
    """Insert the head; False when the id is there. A parallel insert of the same id waits for the first to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO treasury_ledger_transfer (id, kind, at, digest, reason, reverses_id)"
            " VALUES (%s, %s, %s, %s, %s::jsonb, %s) ON CONFLICT (id) DO NOTHING",
            [transfer, kind.value, clock.now(), mark, _json(reason), reverses],
        )
        return bool(cursor.rowcount == 1)


def _json(reason: dict[str, object]) -> str:
    return json.dumps(reason, default=str, sort_keys=True)
