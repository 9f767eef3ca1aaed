"""Sending over SyncChannel: signs as the vault's information system, verifies the answer, keeps time and size."""

from functools import lru_cache
from pathlib import Path

import httpx
from django.conf import settings
from lxml import etree

from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.vault.households.registries.exchange import Fields
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


def exchange(*, service_id: str, namespace: str, request_type: str, fields: Fields) -> Answer:
    """Ask one question. Raises `ShepFault`; `worth_retrying` says whether asking again may help."""
    message_id = str(new_id())
    unsigned = send_message(
        message_id=message_id,
        service_id=service_id,
        at=clock.now(),
        sender=SENDER,
        namespace=namespace,
        request_type=request_type,
        fields=fields,
    )
    content = _post(sign_body(unsigned, system_key()))
    try:
        verified = verify_wsse(content, current_trust(), clock.now())
        answer = read_body(verified.content)
    except (EdsError, etree.XMLSyntaxError) as error:
        code = error.code.value if isinstance(error, EdsError) else "malformed"
        raise ShepFault(f"signature_{code}", worth_retrying=True) from None
    if answer.correlation_id != message_id:
        raise ShepFault("foreign_answer", worth_retrying=True)
    return answer


def _post(envelope: bytes) -> bytes:
    """The raw answer, read only up to the size limit; a Fault comes with status 500 and is an answer too."""
    try:
        with _http().stream("POST", settings.DEMEU_VAULT_SHEP_URL, content=envelope) as answer:
            if answer.status_code not in (200, 500):
                raise ShepFault(f"http_{answer.status_code}", worth_retrying=True)
            received = bytearray()
            for chunk in answer.iter_bytes():
                received += chunk
                if len(received) > ANSWER_BYTES_MAX:
                    raise ShepFault("answer_too_large", worth_retrying=True)
            return bytes(received)
    except httpx.TimeoutException:
        raise ShepFault("timeout", worth_retrying=True) from None
    except httpx.HTTPError:
        raise ShepFault("unreachable", worth_retrying=True) from None
