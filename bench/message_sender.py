"""Gives vault a burst of messages and waits until its worker has handed all over. Run by `messages.figures`."""

import json
import sys
import time
from threading import Event
from uuid import UUID

import django
from django.db import transaction

WAIT_S_MAX = 120.0
PAUSE_S = 0.02
STRAIGHT = 50


def main() -> None:
    """Single messages, some one after another, a burst that becomes visible at once, then the gateway without vault."""
    django.setup()
    from demeu.kernel import clock
    from demeu.kernel.ids import new_id
    from demeu.vault.messages.actions import deliver_message
    from demeu.vault.messages.gateways import port
    from demeu.vault.messages.models import Delivery
    from demeu.vault.people.actions import enter_person

    count, phone = int(sys.argv[1]), "+77010000001"
    person, _ = enter_person(
        actor="role:bench", surname="Сынақ", given_name="Адам", patronymic="", iin=None, birth_date=None, phone=phone,
        lang="kk", region_kato="",
    )  # fmt: skip

    def tell() -> UUID:
        return deliver_message(
            person=person, template="facts_gathered", facts={}, once=f"bench/{new_id()}", awaits=None,
            actor="role:bench",
        )  # fmt: skip

    def wait_for(messages: list[UUID]) -> None:
        deadline, pause = time.monotonic() + WAIT_S_MAX, Event()
        while Delivery.objects.filter(message__in=messages, handed_at__isnull=True).exists():
            if time.monotonic() > deadline:
                raise SystemExit(f"not handed over in {WAIT_S_MAX:.0f} s")
            pause.wait(PAUSE_S)

    singles = []
    for _ in range(7):
        one = tell()
        wait_for([one])
        row = Delivery.objects.get(message=one)
        assert row.handed_at is not None
        singles.append((row.handed_at - row.due_at).total_seconds())
    began = time.perf_counter()
    first = [tell() for _ in range(STRAIGHT)]
    accepted_s = time.perf_counter() - began
    wait_for(first)
    with transaction.atomic():
        burst = [tell() for _ in range(count)]
    visible_at = clock.now()
    wait_for(burst)
    rows = list(Delivery.objects.filter(message__in=burst))
    handed_at = [row.handed_at for row in rows if row.handed_at]
    took_s = (max(handed_at) - min(handed_at)).total_seconds()
    began = time.perf_counter()
    for _ in range(STRAIGHT):
        port.send_sms(phone=phone, text="Demeu: сынақ")
    straight_s = time.perf_counter() - began
    found = {
        "accepted_per_s": STRAIGHT / accepted_s,
        "handed_per_s": (len(handed_at) - 1) / took_s,
        "gateway_per_s": STRAIGHT / straight_s,
        "last_s": (max(handed_at) - visible_at).total_seconds(),
        "single_ms": sorted(singles)[len(singles) // 2] * 1000,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
