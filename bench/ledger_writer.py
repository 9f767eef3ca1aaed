"""Writes transfers into the treasury's ledger for some seconds and prints how many a second. Run by `parts.ledger`."""

import json
import sys

import django
from django.db import transaction
from load import per_s

SECONDS = 4.0


def main() -> None:
    """Audit rows, then transfers, on the same connection."""
    django.setup()
    from demeu.kernel.audit import record
    from demeu.kernel.ids import new_id
    from demeu.treasury.ledger.actions import post_transfer
    from demeu.treasury.ledger.rules import Account, Kind, Lot, moved

    def bare() -> None:
        with transaction.atomic():
            record(actor="role:treasury", action="bench.row", subject="bench:row")

    def transfer() -> None:
        legs = moved(100, out_of=Account.GATEWAY_DEMO, into=Account.RECEIVED, lot=Lot(new_id()))
        with transaction.atomic():
            post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=legs)

    sys.stdout.write(
        json.dumps({"bare_per_s": per_s(bare, for_s=SECONDS), "transfers_per_s": per_s(transfer, for_s=SECONDS)})
    )


if __name__ == "__main__":
    main()
