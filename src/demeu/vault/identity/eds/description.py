"""Verdicts and certificates in the words of the conformance set, as plain values for JSON. Judges nothing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from demeu.vault.identity.eds.certificate import Certificate
from demeu.vault.identity.eds.verdict import RevocationStatus, SignerVerdict

Description = dict[str, Any]


def iso(moment: datetime) -> str:
    """A moment in UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def certificate_facts(certificate: Certificate) -> Description:
    """Fields of a certificate."""
    return {
        "subject": {name: value for name, value in asdict(certificate.subject).items() if value is not None},
        "issuer_common_name": certificate.issuer_common_name,
        "serial_hex": certificate.serial_hex,
        "not_before": iso(certificate.not_before),
        "not_after": iso(certificate.not_after),
        "key": certificate.public_key.kind,
        "is_ca": certificate.is_ca,
        "key_usage": list(certificate.key_usage),
        "extended_key_usage": list(certificate.extended_key_usage),
        "key_purpose": certificate.key_purpose,
        "roles": list(certificate.roles),
        "subject_key_id": certificate.subject_key_id,
    }


def status_facts(status: RevocationStatus | None) -> Description:
    """When and why a certificate was revoked; empty for one that was not."""
    if status is None or status.revoked_at is None:
        return {}
    return {"revoked_at": iso(status.revoked_at), "reason": status.reason}


def signer_facts(signer: SignerVerdict) -> Description:
    """Serial number and codes of a signer, and what else is known: signing time, what is covered, revocation."""
    described: Description = {"serial_hex": signer.serial_hex, "codes": [signer.code.value]}
    if signer.signing_time is not None:
        described["signing_time"] = iso(signer.signing_time)
    if signer.covers is not None:
        described["covers"] = signer.covers
    return described | status_facts(signer.revocation)


def full_signer_facts(signer: SignerVerdict) -> Description:
    """The same with person, organisation, roles, algorithm, chain and where the status was learnt."""
    described = signer_facts(signer) | {"signing_time": iso(signer.signing_time) if signer.signing_time else None}
    certificate, status = signer.certificate, signer.revocation
    if certificate is not None:
        subject = certificate.subject
        described |= {
            "iin": subject.iin,
            "bin": subject.bin,
            "names": {
                "common_name": subject.common_name,
                "surname": subject.surname,
                "first_name": subject.first_name,
                "patronymic": subject.given_name,
                "organization": subject.organization,
            },
            "roles": list(certificate.roles),
            "algorithm": certificate.public_key.kind,
            "policies": list(certificate.policies),
            "certificate": certificate_facts(certificate),
        }
    described["chain"] = [{"serial_hex": one.serial_hex, "subject": one.subject.common_name} for one in signer.chain]
    if status is not None:
        said_at = iso(status.said_at) if status.said_at else None
        described["revocation"] = {"code": status.code.value, "source": status.source, "said_at": said_at}
    return described
