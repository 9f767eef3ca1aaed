"""Judging a checkpoint with what is remembered, one at a time for each log; a log is met at its own address."""

import httpx
from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.sandbox.witness.models import WatchedLog
from demeu.sandbox.witness.rules import Judged, Remembered, judge, witness_key


@transaction.atomic
def add_checkpoint(request: bytes) -> Judged:
    """The answer to `add-checkpoint`; what it promises is stored before it is given."""
    judged = judge(request, known=_remembered, private=witness_key(), seconds=int(clock.now().timestamp()))
    if judged.remembered is not None:
        WatchedLog.objects.filter(origin=judged.origin).update(
            size=judged.remembered.size, root=judged.remembered.root, seen_at=clock.now()
        )
    return judged


def _remembered(origin: str) -> Remembered | None:
    row = WatchedLog.objects.select_for_update().filter(origin=origin).first()
    if row is None:
        vkey = _met_key(origin)
        if vkey is None:
            return None
        WatchedLog.objects.get_or_create(origin=origin, defaults={"vkey": vkey})
        row = WatchedLog.objects.select_for_update().get(origin=origin)
    return Remembered(row.vkey, row.size, bytes(row.root))


def _met_key(origin: str) -> str | None:
    """The key of the one log that this sandbox watches, asked at first meeting; None when it is not that log."""
    try:
        vkey = httpx.get(settings.DEMEU_SANDBOX_WITNESS_LOG_KEY_URL, timeout=2.0, trust_env=False).text.strip()
    except httpx.HTTPError:
        return None
    return vkey if vkey.startswith(f"{origin}+") else None
