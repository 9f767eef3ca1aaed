"""The token of List-Unsubscribe: names one message and proves that we made it. Says nothing about a person."""

import base64
import binascii
import hmac
from uuid import UUID

from django.conf import settings

from demeu.contracts.vault import Channel, MessageKind
from demeu.kernel.errors import not_found
from demeu.vault.messages import actions
from demeu.vault.messages.models import OutgoingMessage
from demeu.vault.messages.rules import COLLECTED
from demeu.vault.sealing.cipher import blind

PROOF_BYTES = 16


def address_of(message: UUID) -> str:
    """Where a mail program posts the wish to stop."""
    return f"{settings.DEMEU_VAULT_PUBLIC_URL}/notices/stop/{token_of(message)}/"


def token_of(message: UUID) -> str:
    """The token of one message."""
    return base64.urlsafe_b64encode(message.bytes + _proof(message)).decode().rstrip("=")


def stop(*, token: str) -> MessageKind:
    """Switch off mails of the kind of this message; which. Refuses `notices.unknown_token`."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        message = UUID(bytes=raw[:16])
    except (binascii.Error, ValueError):
        raise not_found("notices.unknown_token") from None
    row = OutgoingMessage.objects.filter(id=message).first()
    if row is None or not hmac.compare_digest(raw[16:], _proof(message)):
        raise not_found("notices.unknown_token")
    kind = MessageKind(row.kind)
    kinds = sorted(COLLECTED) if kind is MessageKind.DIGEST else [kind]
    for one in kinds:
        actions.switch_off(person=row.person, kind=one, channel=Channel.MAIL, actor=f"person:{row.person}")
    return kind


def _proof(message: UUID) -> bytes:
    return blind("unsubscribe", str(message))[:PROOF_BYTES]
