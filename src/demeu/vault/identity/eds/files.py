"""Judges a file of whatever kind it turns out to be: certificate, revocation list, CMS or signed XML.

Never raises for any bytes; a file that cannot be read is `malformed`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from demeu.vault.identity.eds.certificate import Certificate, read_certificate
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.cms import verify_cms
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.description import (
    Description,
    certificate_facts,
    full_signer_facts,
    iso,
    signer_facts,
    status_facts,
)
from demeu.vault.identity.eds.timestamp import judge_timestamp
from demeu.vault.identity.eds.trusting import judged_by
from demeu.vault.identity.eds.verdict import SignerVerdict, Verdict
from demeu.vault.identity.eds.xmldsig import verify_xml

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def judge_file(source: bytes, content: bytes | None, trust: Trust, at: datetime | None) -> Description:
    """What the file says: `accept`, `codes`, `signers` with all that is known of each, `certificate`."""
    moment = at or datetime.now(UTC)
    certificate = _certificate(source)
    if certificate is not None:
        return _of_certificate(judged_by(SignerVerdict(Code.OK, certificate), trust, moment, ()), certificate)
    if looks_like_xml(source):
        verdict = verify_xml(source, trust, moment)
    else:
        verdict = verify_cms(source, content, trust, moment)
    return _of_message(verdict, trust)


def looks_like_xml(source: bytes) -> bool:
    """Does the file begin as XML does?"""
    start = source[:64]
    return start.startswith(_BYTE_ORDER_MARKS) or start.lstrip().startswith(b"<")


def _certificate(source: bytes) -> Certificate | None:
    try:
        return read_certificate(source)
    except EdsError:
        return None


def _of_certificate(judged: SignerVerdict, certificate: Certificate) -> Description:
    return {
        "accept": judged.accept,
        "codes": [judged.code.value],
        "signers": [],
        "certificate": certificate_facts(certificate),
        **{name: fact for name, fact in full_signer_facts(judged).items() if name in ("chain", "revocation")},
        **status_facts(judged.revocation),
    }


def _of_message(verdict: Verdict, trust: Trust) -> Description:
    first = next((signer.certificate for signer in verdict.signers if signer.certificate is not None), None)
    return {
        "accept": verdict.accept,
        "codes": [code.value for code in verdict.codes],
        "signers": [_signer(signer, trust) for signer in verdict.signers],
        "certificate": certificate_facts(first) if first is not None else {},
        "content_sha256": sha256(verdict.content).hexdigest() if verdict.content is not None else None,
    }


def _signer(signer: SignerVerdict, trust: Trust) -> Description:
    described = {**signer_facts(signer), **full_signer_facts(signer)}
    timestamp = judge_timestamp(signer, trust)
    if timestamp is not None:
        described["timestamp"] = {
            "verified": timestamp.code is Code.OK,
            "code": timestamp.code.value,
            "signature": timestamp.signature,
            "at": iso(timestamp.at) if timestamp.at is not None else None,
        }
    return described
