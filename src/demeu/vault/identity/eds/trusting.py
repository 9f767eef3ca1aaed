"""Adds trust to a right signature: the signer's chain at a moment, then its status by the lists of the trust."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from demeu.vault.identity.eds.certificate import Certificate
from demeu.vault.identity.eds.chain import Trust, build_chain
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.crl import status_by_lists
from demeu.vault.identity.eds.verdict import SignerVerdict


def judged_by(
    signer: SignerVerdict, trust: Trust, at: datetime | None, candidates: Iterable[Certificate]
) -> SignerVerdict:
    """The same signer with chain and status judged at `at` (now when not given); a wrong signature stays wrong."""
    if not signer.accept or signer.certificate is None:
        return signer
    moment = at or datetime.now(UTC)
    try:
        chain = build_chain(signer.certificate, trust, moment, candidates)
    except EdsError as error:
        return replace(signer, code=error.code)
    if trust.revocation:
        status = status_by_lists(signer.certificate, trust.revocation, moment)
        if not status.accept:
            return replace(signer, code=status.code, chain=chain)
    return replace(signer, code=Code.OK, chain=chain)
