"""A writer of transfers for the fault tests: every id it prints was acknowledged by the books before.

A transfer whose answer was lost is sent again under its id, as every client of the books does, and one in ten is sent
twice for no reason. Ends when its input ends.
"""

import random
import select
import sys
import time
from uuid import UUID

import django

STOPPED_S_MAX = 60.0


def ended() -> bool:
    """Whether the test has closed our input."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


def main() -> None:
    """Write, print, again."""
    draw = random.Random(int(sys.argv[1]))
    django.setup()
    from django.db import Error, connection

    from demeu.treasury.ledger.actions import post_transfer
    from demeu.treasury.ledger.rules import Account, Kind, Lot, moved

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not ended():
        transfer = UUID(int=draw.getrandbits(128), version=4)
        legs = moved(draw.randint(1, 10**6), out_of=Account.GATEWAY_DEMO, into=Account.RECEIVED, lot=Lot(transfer))
        deadline, times = time.monotonic() + STOPPED_S_MAX, 2 if draw.random() < 0.1 else 1
        while times:
            try:
                post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=legs)
                times -= 1
            except Error:
                connection.close()
                if time.monotonic() > deadline or ended():
                    return
                select.select([sys.stdin], [], [], 0.05)
        sys.stdout.write(f"{transfer} {legs[0].amount_tiyn}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
