"""Writing the books: post transfers once, mirror one, hold money and end the hold. Nothing else ever writes here.

All of it is one call of one function in PostgreSQL, which writes a thousand transfers as readily as one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from psycopg import Cursor

from demeu.kernel import clock
from demeu.kernel.errors import conflict, not_found
from demeu.treasury.ledger.queries import entry_of, hold_ended_by, legs_of
from demeu.treasury.ledger.rules import (
    Entry,
    Kind,
    Leg,
    Phase,
    check_ends,
    check_entries,
    check_holding,
    mirrored,
    same_legs,
    step_id,
)

POST = (
    "SELECT treasury_ledger_post(%s::uuid[], %s::text[], %s, %s::text[], %s::uuid[], %s::text[], %s::uuid[],"
    " %s::int[], %s::int[], %s::text[], %s::bigint[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[])"
)


@dataclass(frozen=True)
class Posted:
    """A transfer in the books; `fresh` is False when it was there already and nothing was written."""

    transfer: UUID
    fresh: bool


def post_transfers(*, entries: Sequence[Entry]) -> list[Posted]:
    """Write many transfers with their postings in one statement, each once; all of them or none.

    Raises `ledger.transfer_differs` when an id is known with other content. No existing row is touched.
    """
    if not entries:
        return []
    check_entries(entries)
    fresh = _written(entries)
    if len(fresh) < len(entries):
        for entry in entries:
            if entry.transfer not in fresh:
                _check_same(entry)
    return [Posted(entry.transfer, entry.transfer in fresh) for entry in entries]


def post_transfer(
    *,
    transfer: UUID,
    kind: Kind,
    legs: Sequence[Leg],
    reason: Mapping[str, object] | None = None,
    reverses: UUID | None = None,
) -> Posted:
    """Write one transfer, once: the same id again writes nothing. Raises `ledger.transfer_differs`."""
    return post_transfers(entries=[Entry(transfer, kind, legs, reason or {}, reverses)])[0]


def reverse_transfer(*, transfer: UUID, reason: Mapping[str, object] | None = None) -> Posted:
    """Undo a transfer by a new one that mirrors each leg; a transfer can be reversed once.

    Raises `ledger.transfer_unknown`.
    """
    legs = _known_legs(transfer)
    return post_transfer(
        transfer=step_id(transfer, "reverse"),
        kind=Kind.REVERSE,
        legs=mirrored(legs),
        reason=reason,
        reverses=transfer,
    )


def hold_money(
    *, transfer: UUID, kind: Kind, legs: Sequence[Leg], reason: Mapping[str, object] | None = None
) -> Posted:
    """Set money aside until `post_hold` or `void_hold`: nobody else can spend it. Raises `ledger.holds_nothing`."""
    check_holding(legs)
    return post_transfers(entries=[Entry(transfer, kind, legs, reason or {}, phase=Phase.PENDING)])[0]


def post_hold(
    *, hold: UUID, transfer: UUID, kind: Kind, legs: Sequence[Leg], reason: Mapping[str, object] | None = None
) -> Posted:
    """Spend what was set aside. What is not spent must go back in the same legs; a hold ends once.

    Raises `ledger.transfer_unknown`, `ledger.not_a_hold`, `ledger.hold_differs`, `ledger.hold_ended`.
    """
    _check_open(hold, transfer)
    check_ends(legs_of(hold), legs)
    return _end(Entry(transfer, kind, legs, reason or {}, phase=Phase.POST, hold=hold))


def void_hold(*, hold: UUID, reason: Mapping[str, object] | None = None) -> Posted:
    """Give back what was set aside, leg by leg; a hold ends once.

    Raises `ledger.transfer_unknown`, `ledger.not_a_hold`, `ledger.hold_ended`.
    """
    transfer = step_id(hold, "reverse")
    _check_open(hold, transfer)
    return _end(Entry(transfer, Kind.REVERSE, mirrored(legs_of(hold)), reason or {}, hold, Phase.VOID, hold))


def _written(entries: Sequence[Entry]) -> set[UUID]:
    """Ids that were new. By the driver's own cursor, which prepares the statement once for a connection."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        [made] = cursor.execute(POST, _arrays(entries)).fetchone() or [None]
    return set(made or ())


def _end(entry: Entry) -> Posted:
    """Of two that end a hold at the same moment a unique constraint lets one through."""
    try:
        with transaction.atomic():
            return post_transfers(entries=[entry])[0]
    except IntegrityError as error:
        if "ledger_hold_ends_once" not in str(error):
            raise
        raise conflict("ledger.hold_ended", hold=str(entry.hold)) from None


def _check_open(hold: UUID, ending: UUID) -> None:
    """The hold waits, or this very transfer has ended it."""
    known = entry_of(hold)
    if known is None:
        raise not_found("ledger.transfer_unknown", transfer=str(hold))
    if known.phase is not Phase.PENDING:
        raise conflict("ledger.not_a_hold", transfer=str(hold))
    if hold_ended_by(hold) not in (None, ending):
        raise conflict("ledger.hold_ended", hold=str(hold))


def _known_legs(transfer: UUID) -> list[Leg]:
    legs = legs_of(transfer)
    if not legs:
        raise not_found("ledger.transfer_unknown", transfer=str(transfer))
    return legs


def _check_same(entry: Entry) -> None:
    known = entry_of(entry.transfer)
    if known is None or known.kind is not entry.kind or not same_legs(known.legs, entry.legs):
        raise conflict("ledger.transfer_differs", transfer=str(entry.transfer))


def _arrays(entries: Sequence[Entry]) -> list[str | datetime | list[str]]:
    """One array a column, as PostgreSQL's own text: several times as fast as handing over lists."""
    legs = [(number, place, leg) for number, entry in enumerate(entries, 1) for place, leg in enumerate(entry.legs)]
    lots = [leg.lot for _, _, leg in legs]
    return [
        _array([_hex(entry.transfer) for entry in entries]),
        _array([entry.kind for entry in entries]),
        clock.now(),
        [json.dumps(dict(entry.reason), default=str, sort_keys=True) if entry.reason else "{}" for entry in entries],
        _array([_hex(entry.reverses) for entry in entries]),
        _array([entry.phase for entry in entries]),
        _array([_hex(entry.hold) for entry in entries]),
        _array([str(number) for number, _, _ in legs]),
        _array([str(place) for _, place, _ in legs]),
        _array([leg.account for _, _, leg in legs]),
        _array([str(leg.amount_tiyn) for _, _, leg in legs]),
        _array([_hex(lot.gift) for lot in lots]),
        _array([_hex(lot.case) for lot in lots]),
        _array([_hex(lot.item) for lot in lots]),
        _array([_hex(lot.payout) for lot in lots]),
    ]


def _array(values: Iterable[str]) -> str:
    return "{" + ",".join(values) + "}"


def _hex(value: UUID | None) -> str:
    return "NULL" if value is None else f"{value.int:032x}"
