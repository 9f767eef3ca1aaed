"""X.509 v3 certificates in the profile of the National Certification Authority: GOST or RSA, people and systems.

Subject as the authority writes it: CN "SURNAME NAME", SURNAME, GIVENNAME = patronymic, SERIALNUMBER = IIN…,
OU = BIN…; roles stand in the extended key usage. Never fetches anything.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto import core, x509

from demeu.sandbox.signing import algorithms as oid
from demeu.sandbox.signing import keys

_SIGN_USE = {"digital_signature", "non_repudiation", "key_agreement"}
_RSA_SIGN_USE = {"digital_signature", "non_repudiation"}
_CA_USE = {"key_cert_sign", "crl_sign"}
_CPS = "http://pki.gov.kz/cps"


@dataclass(frozen=True)
class Subject:
    """Who a certificate speaks of; a person has an IIN, an information system a UID, an authority only a name."""

    common_name: str
    surname: str = ""
    patronymic: str = ""
    iin: str = ""
    organization: str = ""
    bin: str = ""
    system_uid: str = ""

    def name(self) -> x509.Name:
        """The distinguished name, attributes in the order in which the authority writes them."""
        printable, utf8 = core.PrintableString, core.UTF8String
        parts = [
            ("user_id", utf8, self.system_uid),
            ("common_name", utf8, self.common_name),
            ("surname", utf8, self.surname),
            ("serial_number", printable, f"IIN{self.iin}" if self.iin else ""),
            ("country_name", printable, "KZ"),
            ("organization_name", utf8, self.organization),
            ("organizational_unit_name", utf8, f"BIN{self.bin}" if self.bin else ""),
            ("given_name", utf8, self.patronymic),
        ]
        return x509.Name(name="", value=x509.RDNSequence([_attribute(*part) for part in parts if part[2]]))


@dataclass(frozen=True)
class Links:
    """Addresses a certificate points to; an empty one is left out."""

    crl: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Issuer:
    """The one who signs a certificate or list: its name, key and key identifier."""

    name: x509.Name
    key: keys.SigningKey
    links: Links = field(default_factory=Links)


def person_roles(*, purpose: str, has_organization: bool, head: bool = False) -> list[str]:
    """Extended key usage of a person's key; purpose is `sign` or `auth` (facts of the national profile)."""
    use = oid.EKU_SIGN if purpose == "sign" else oid.EKU_AUTH
    if not has_organization:
        return [use, oid.EKU_PERSON]
    return [use, oid.EKU_ORGANIZATION, oid.EKU_HEAD if head else oid.EKU_EMPLOYEE]


def system_roles() -> list[str]:
    """Extended key usage of an information system's key."""
    return [oid.EKU_AUTH, oid.EKU_SIGN, oid.EKU_ORGANIZATION, oid.EKU_INFORMATION_SYSTEM]


def authority_certificate(
    *, subject: Subject, key: keys.SigningKey, issuer: Issuer | None, not_before: datetime, years: int = 10
) -> x509.Certificate:
    """A certificate of an authority; without issuer it is a root and signs itself."""
    signer = issuer or Issuer(subject.name(), key)
    extensions = [
        _extension("basic_constraints", x509.BasicConstraints({"ca": True}), critical=True),
        _extension("key_usage", x509.KeyUsage(_CA_USE), critical=True),
        *_identifiers(key, signer.key),
        *_pointers(signer.links),
    ]
    return _issue(subject.name(), key, signer, extensions, (not_before, not_before + timedelta(days=365 * years)))


def holder_certificate(
    *, subject: Subject, key: keys.SigningKey, issuer: Issuer, roles: list[str], not_before: datetime, days: int = 365
) -> x509.Certificate:
    """A certificate of a person or an information system; `roles` are the OIDs of the extended key usage."""
    use = _SIGN_USE if key.algorithm == keys.GOST else _RSA_SIGN_USE
    storage = core.Sequence.load(_der_sequence(core.ObjectIdentifier(oid.KEY_STORAGE_FILE).dump()))
    extensions = [
        _extension("extended_key_usage", x509.ExtKeyUsageSyntax(roles)),
        _extension("certificate_policies", _policies()),
        *_pointers(issuer.links),
        _extension("key_usage", x509.KeyUsage(use), critical=True),
        *_identifiers(key, issuer.key),
        x509.Extension({"extn_id": oid.KEY_STORAGE, "extn_value": core.ParsableOctetString(storage.dump())}),
    ]
    return _issue(subject.name(), key, issuer, extensions, (not_before, not_before + timedelta(days=days)))


def spki_of(certificate: x509.Certificate) -> bytes:
    """SubjectPublicKeyInfo of a certificate in DER."""
    return bytes(certificate["tbs_certificate"]["subject_public_key_info"].dump())


def signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's key made the certificate's signature; names are compared too."""
    tbs = certificate["tbs_certificate"]
    if tbs["issuer"].dump() != issuer["tbs_certificate"]["subject"].dump():
        return False
    name = certificate["signature_algorithm"]["algorithm"].dotted
    return keys.verify(spki_of(issuer), name, tbs.dump(), certificate["signature_value"].contents[1:])


def valid_at(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether the moment lies in the validity period, both ends included."""
    validity = certificate["tbs_certificate"]["validity"]
    return bool(validity["not_before"].native <= at <= validity["not_after"].native)


def subject_fields(certificate: x509.Certificate) -> dict[str, str]:
    """IIN, BIN, UID and names as the subject carries them; absent ones are left out."""
    found = {}
    for rdn in certificate["tbs_certificate"]["subject"].chosen:
        for attribute in rdn:
            found[attribute["type"].native] = str(attribute["value"].native)
    return found


def _issue(
    subject: x509.Name,
    key: keys.SigningKey,
    issuer: Issuer,
    extensions: list[x509.Extension],
    period: tuple[datetime, datetime],
) -> x509.Certificate:
    begin, end = (moment.replace(microsecond=0) for moment in period)
    tbs = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(secrets.token_bytes(20), "big") >> 1 | 1 << 156,
            "signature": keys.signature_algorithm(issuer.key.algorithm),
            "issuer": issuer.name,
            "validity": {"not_before": _time(begin), "not_after": _time(end)},
            "subject": subject,
            "subject_public_key_info": keys.public_key_info(key.spki()),
            "extensions": extensions,
        }
    )
    certificate = x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": keys.signature_algorithm(issuer.key.algorithm),
            "signature_value": issuer.key.sign(tbs.dump()),
        }
    )
    return x509.Certificate.load(certificate.dump())


def _time(moment: datetime) -> x509.Time:
    """UTCTime up to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5)."""
    if moment.year < 2050:
        return x509.Time({"utc_time": moment})
    return x509.Time({"general_time": moment})


def _attribute(kind: str, form: type, text: str) -> x509.RelativeDistinguishedName:
    choice = "printable_string" if form is core.PrintableString else "utf8_string"
    value = form(text) if kind in {"serial_number", "country_name"} else x509.DirectoryString(choice, form(text))
    if kind in {"serial_number", "country_name"}:
        value = x509.DirectoryString("printable_string", core.PrintableString(text))
    return x509.RelativeDistinguishedName([x509.NameTypeAndValue({"type": kind, "value": value})])


def _extension(name: str, value: core.Asn1Value, critical: bool = False) -> x509.Extension:
    return x509.Extension({"extn_id": name, "critical": critical, "extn_value": core.ParsableOctetString(value.dump())})


def _identifiers(key: keys.SigningKey, issuer_key: keys.SigningKey) -> list[x509.Extension]:
    own = core.OctetString(keys.key_identifier(key.spki()))
    above = x509.AuthorityKeyIdentifier({"key_identifier": keys.key_identifier(issuer_key.spki())})
    return [_extension("key_identifier", own), _extension("authority_key_identifier", above)]


def _pointers(links: Links) -> list[x509.Extension]:
    found = []
    if links.crl:
        name = x509.DistributionPointName("full_name", [x509.GeneralName("uniform_resource_identifier", links.crl)])
        found.append(_extension("crl_distribution_points", x509.CRLDistributionPoints([{"distribution_point": name}])))
    if links.issuer:
        access = x509.AccessDescription(
            {
                "access_method": "ca_issuers",
                "access_location": x509.GeneralName("uniform_resource_identifier", links.issuer),
            }
        )
        found.append(_extension("authority_information_access", x509.AuthorityInfoAccessSyntax([access])))
    return found


def _policies() -> x509.CertificatePolicies:
    qualifier = {"policy_qualifier_id": "certification_practice_statement", "qualifier": core.IA5String(_CPS)}
    return x509.CertificatePolicies([{"policy_identifier": oid.POLICY, "policy_qualifiers": [qualifier]}])


def _der_sequence(body: bytes) -> bytes:
    return b"\x30" + bytes([len(body)]) + body
