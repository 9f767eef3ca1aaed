"""Certificate revocation lists, version 2, signed like those of the national authority."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import core, crl, x509

from demeu.sandbox.signing import keys
from demeu.sandbox.signing.certificates import Issuer


@dataclass(frozen=True)
class Revoked:
    """One withdrawn certificate; reason by the names of RFC 5280, 5.3.1."""

    serial: int
    at: datetime
    reason: str = "superseded"


def revocation_list(
    *, issuer: Issuer, revoked: list[Revoked], number: int, at: datetime, days: int = 30
) -> crl.CertificateList:
    """A complete list that is fresh from `at` for `days` days; `number` must grow from list to list."""
    entries = [_entry(one) for one in revoked]
    above = x509.AuthorityKeyIdentifier({"key_identifier": keys.key_identifier(issuer.key.spki())})
    begin = at.replace(microsecond=0)
    tbs = crl.TbsCertList(
        {
            "version": "v2",
            "signature": keys.signature_algorithm(issuer.key.algorithm),
            "issuer": issuer.name,
            "this_update": x509.Time({"utc_time": begin}),
            "next_update": x509.Time({"utc_time": begin + timedelta(days=days)}),
            "crl_extensions": [
                {"extn_id": "authority_key_identifier", "extn_value": core.ParsableOctetString(above.dump())},
                {"extn_id": "crl_number", "extn_value": core.ParsableOctetString(core.Integer(number).dump())},
            ],
        }
    )
    if entries:
        tbs["revoked_certificates"] = crl.RevokedCertificates(entries)
    return crl.CertificateList(
        {
            "tbs_cert_list": tbs,
            "signature_algorithm": keys.signature_algorithm(issuer.key.algorithm),
            "signature": issuer.key.sign(tbs.dump()),
        }
    )


def _entry(one: Revoked) -> crl.RevokedCertificate:
    reason = core.ParsableOctetString(crl.CRLReason(one.reason).dump())
    return crl.RevokedCertificate(
        {
            "user_certificate": one.serial,
            "revocation_date": x509.Time({"utc_time": one.at.replace(microsecond=0)}),
            "crl_entry_extensions": [{"extn_id": "crl_reason", "extn_value": reason}],
        }
    )
