"""AsyncChannel as a client: put a question, fetch what has come, say that it was taken. Raises `ShepFault`."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from lxml import etree

from demeu.kernel import clock
from demeu.vault.households.registries.exchange import Exchange, Fields
from demeu.vault.households.registries.profile import Profile
from demeu.vault.households.registries.shep import async_envelope, client, content
from demeu.vault.households.registries.shep.async_envelope import Delivered
from demeu.vault.households.registries.shep.envelope import ShepFault

Read = TypeVar("Read")


def put(exchange: Exchange, profile: Profile, fields: Fields, *, message_id: str) -> None:
    """Put a question; sent again under the same id it is the same question."""
    unsigned = async_envelope.send_message(
        message_id=message_id,
        service_id=profile.wire_name(exchange.service_id),
        at=clock.now(),
        sender=client.SENDER,
        data=content.question_data(exchange, fields, client.system_key()),
    )
    _spoken(unsigned, lambda body: async_envelope.read_sent(body, message_id), profile.time_limit_s)


def fetch() -> list[Delivered]:
    """What lies in our queue and was not yet said to be taken."""
    return _spoken(async_envelope.get_messages(at=clock.now(), sender=client.SENDER), async_envelope.read_messages)


def state_of(message_id: str) -> str:
    """Where a question of ours is."""
    unsigned = async_envelope.get_status(message_id=message_id, at=clock.now(), sender=client.SENDER)
    return _spoken(unsigned, async_envelope.read_state)


def taken(message: Delivered, *, again: bool = False) -> None:
    """The message was taken and need not come again; `again`: it was not understood and is wanted once more."""
    unsigned = async_envelope.notify(
        message_id=message.message_id, service_id=message.service_id, at=clock.now(), again=again
    )
    _spoken(unsigned, async_envelope.acknowledged)


def _spoken(unsigned: bytes, read: Callable[[bytes], Read], time_limit_s: float = client.TIME_LIMIT_S) -> Read:
    try:
        return read(client.converse(unsigned, settings.DEMEU_VAULT_SHEP_ASYNC_URL, time_limit_s))
    except etree.XMLSyntaxError:
        raise ShepFault("signature_malformed", worth_retrying=True, of_the_line=True) from None
