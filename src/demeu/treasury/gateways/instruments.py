"""Cards as keyed hashes: which paid a gift, and which are blocked after their bank took money back."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.kernel import audit, clock
from demeu.treasury.gateways.models import BlockedInstrument, InstrumentUse

ROLE = "role:treasury"


def digest_of(named: str) -> str:
    """HMAC-SHA-256 of what names a card at its gateway; the key never leaves this service."""
    key = hashlib.sha256(b"instrument:" + str(settings.SECRET_KEY).encode()).digest()
    return hmac.new(key, named.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def note_instrument(*, gift: UUID, named: str) -> bool:
    """Remember which card paid; whether that card is blocked. A gateway that names no card is remembered with none."""
    if not named:
        return False
    digest = digest_of(named)
    InstrumentUse.objects.get_or_create(gift=gift, defaults={"digest": digest, "at": clock.now()})
    return BlockedInstrument.objects.filter(digest=digest).exists()


@transaction.atomic
def block_instrument(*, gift: UUID) -> bool:
    """Block the card that paid a gift; False when the gateway never named it or it is blocked already."""
    digest = InstrumentUse.objects.filter(gift=gift).values_list("digest", flat=True).first()
    if digest is None:
        return False
    _, made = BlockedInstrument.objects.get_or_create(digest=digest, defaults={"gift": gift, "at": clock.now()})
    if made:
        audit.record(actor=ROLE, action="instrument.block", subject=f"gift:{gift}")
    return made
