"""Adds trust to a right signature: the signer's chain at a moment, then its status by the lists and answers given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from demeu.vault.identity.eds.certificate import Certificate
from demeu.vault.identity.eds.chain import Trust, build_chain
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.crl import crl_status
from demeu.vault.identity.eds.ocsp import ocsp_status
from demeu.vault.identity.eds.verdict import RevocationStatus, SignerVerdict

# Of several lists and answers that cannot say, those about somebody else tell least.
_ABOUT_OTHERS = (Code.WRONG_ISSUER, Code.NOT_COVERED)


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
    if not trust.tells_status:
        return replace(signer, chain=chain)
    status = status_by(trust, signer.certificate, chain[1] if len(chain) > 1 else signer.certificate, moment)
    return replace(signer, code=Code.OK if status.accept else status.code, chain=chain, revocation=status)


def status_by(trust: Trust, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationStatus:
    """Status by all lists and answers of the trust: revoked by any wins, then good by any, then why none could say."""
    found = [ocsp_status(answer, certificate, issuer, at) for answer in trust.answers]
    found += [crl_status(source, certificate, named or issuer, at) for source, named in trust.revocation]
    for wanted in (Code.REVOKED, Code.GOOD):
        for status in found:
            if status.code is wanted:
                return status
    telling = [status for status in found if status.code not in _ABOUT_OTHERS]
    return (telling or found or [RevocationStatus(Code.UNKNOWN)])[0]
