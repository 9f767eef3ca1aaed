"""Sending over ШЭП: signs as the vault's information system, verifies the answer, keeps time and size."""

import time
from functools import lru_cache
from pathlib import Path

import httpx
from django.conf import settings
from lxml import etree

from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.vault.households.registries.exchange import Exchange, Fields
from demeu.vault.households.registries.profile import Profile
from demeu.vault.households.registries.shep import content
from demeu.vault.households.registries.shep.envelope import Answer, ShepFault, read_body, send_message
from demeu.vault.identity.eds import EdsError, SigningKey, load_signing_key, sign_body, verify_wsse
from demeu.vault.identity.trust import current_trust

TIME_LIMIT_S = 10.0
ANSWER_BYTES_MAX = 2 * 1024 * 1024
SENDER = "demeu"
HEADERS = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}


@lru_cache(maxsize=2)
def _signing_key(path: Path, changed_ns: int) -> SigningKey:
    return load_signing_key(path)


@lru_cache(maxsize=1)
def _http() -> httpx.Client:
    """One client for the process: connections are kept, certificates of the machine are loaded once."""
    return httpx.Client(timeout=TIME_LIMIT_S, trust_env=False, headers=HEADERS)


def system_key() -> SigningKey:
    """The key of the vault's information system; read again when its file changes."""
    path = Path(settings.DEMEU_VAULT_TRUST) / "vault-is.json"
    try:
        return _signing_key(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        raise ShepFault("no_system_key", worth_retrying=True) from None


def ask_exchange(exchange: Exchange, profile: Profile, fields: Fields) -> Answer:
    """One question of a registry within the registry's time limit; the answer's own signature is checked too."""
    key = system_key()
    answer = send(
        service_id=profile.wire_name(exchange.service_id),
        data=content.question_data(exchange, fields, key),
        time_limit_s=profile.time_limit_s,
    )
    if not exchange.signed_content:
        return answer
    document = content.signed_content(answer.data, current_trust(), clock.now())
    return Answer(answer.message_id, answer.correlation_id, document)


def send(*, service_id: str, data: etree._Element, time_limit_s: float = TIME_LIMIT_S) -> Answer:
    """Ask one question over SyncChannel. Raises `ShepFault`."""
    message_id = str(new_id())
    unsigned = send_message(message_id=message_id, service_id=service_id, at=clock.now(), sender=SENDER, data=data)
    body = converse(unsigned, settings.DEMEU_VAULT_SHEP_URL, time_limit_s)
    try:
        answer = read_body(body)
    except etree.XMLSyntaxError:
        raise ShepFault("signature_malformed", worth_retrying=True, of_the_line=True) from None
    if answer.correlation_id != message_id:
        raise ShepFault("foreign_answer", worth_retrying=True)
    return answer


def converse(unsigned: bytes, address: str, time_limit_s: float) -> bytes:
    """Sign, send, verify: the canonical Body that the answer's signature covers. Raises `ShepFault`."""
    received = _post(sign_body(unsigned, system_key()), address, time_limit_s)
    try:
        return verify_wsse(received, current_trust(), clock.now()).content
    except EdsError as error:
        raise ShepFault(f"signature_{error.code.value}", worth_retrying=True, of_the_line=True) from None


def _post(envelope: bytes, address: str, time_limit_s: float) -> bytes:
    """The raw answer, read only up to the limits of size and time; a Fault comes with status 500 and is an answer too.

    The limit holds for the whole answer: one that drips in slowly is given up as well.
    """
    until = time.monotonic() + time_limit_s
    try:
        with _http().stream("POST", address, content=envelope, timeout=time_limit_s) as answer:
            if answer.status_code not in (200, 500):
                raise ShepFault(f"http_{answer.status_code}", worth_retrying=True, of_the_line=True)
            received = bytearray()
            for chunk in answer.iter_bytes():
                received += chunk
                if len(received) > ANSWER_BYTES_MAX:
                    raise ShepFault("answer_too_large", worth_retrying=True, of_the_line=True)
                if time.monotonic() > until:
                    raise ShepFault("timeout", worth_retrying=True, of_the_line=True)
            return bytes(received)
    except httpx.TimeoutException:
        raise ShepFault("timeout", worth_retrying=True, of_the_line=True) from None
    except httpx.HTTPError:
        raise ShepFault("unreachable", worth_retrying=True, of_the_line=True) from None
