"""Is a certificate good now? Asks the authority's OCSP responder, then the lists of the trust.

An answer counts as good only while it is young; one that says revoked counts at any age. No silence is ever `good`.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
from django.conf import settings

from demeu.kernel.logs import logger
from demeu.vault.identity.eds import Certificate, Code, Trust
from demeu.vault.identity.eds.crl import crl_status
from demeu.vault.identity.eds.ocsp import ocsp_status, question
from demeu.vault.identity.eds.trusting import status_by
from demeu.vault.identity.eds.verdict import RevocationStatus

log = logger(__name__)
TIME_LIMIT_S = 3.0
ANSWER_BYTES_MAX = 64_000
NONCE_BYTES = 16
CLOCKS_APART_MAX = timedelta(minutes=1)


def status_now(certificate: Certificate, issuer: Certificate, trust: Trust, at: datetime) -> RevocationStatus | None:
    """`good` when a young answer or list says so, `revoked` when any says so, else why not; None: nobody to ask."""
    answered = _by_ocsp(certificate, issuer, at)
    if answered is not None and answered.code in (Code.GOOD, Code.REVOKED):
        return _young(answered, at)
    listed = status_by(trust, certificate, issuer, at) if trust.tells_status else None
    if listed is None:
        return answered
    return _young(listed, at) if listed.accept else _or_revoked_long_ago(listed, certificate, issuer, trust)


def _by_ocsp(certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationStatus | None:
    address = settings.DEMEU_VAULT_OCSP_URL
    if not address:
        return None
    nonce = secrets.token_bytes(NONCE_BYTES)
    try:
        answer = httpx.post(
            address,
            content=question(certificate, issuer, nonce),
            headers={"Content-Type": "application/ocsp-request"},
            timeout=TIME_LIMIT_S,
            trust_env=False,
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        log.warning("ocsp.no_answer", error=type(error).__name__)
        return RevocationStatus(Code.UNAVAILABLE, source="ocsp")
    found = ocsp_status(answer.content[:ANSWER_BYTES_MAX], certificate, issuer, at + CLOCKS_APART_MAX, nonce)
    if not found.accept:
        log.info("ocsp.answer", code=found.code.value)
    return found


def _young(status: RevocationStatus, at: datetime) -> RevocationStatus:
    """The same, but `stale` when it says good and is older than DEMEU_VAULT_STATUS_AGE_S."""
    age_max = timedelta(seconds=settings.DEMEU_VAULT_STATUS_AGE_S)
    if status.accept and (status.said_at is None or at - status.said_at > age_max):
        return replace(status, code=Code.STALE)
    return status


def _or_revoked_long_ago(
    listed: RevocationStatus, certificate: Certificate, issuer: Certificate, trust: Trust
) -> RevocationStatus:
    """What a list that is too old says of a key revoked in it still stands: revocation is not taken back by time."""
    if listed.code is not Code.STALE or listed.said_at is None:
        return listed
    then = [crl_status(source, certificate, named or issuer, listed.said_at) for source, named in trust.revocation]
    return next((status for status in then if status.code is Code.REVOKED), listed)
