"""A small certification authority for tests: GOST certificates, revocation lists and CMS in the profile of NUC RK.

Only for tests. Keys are fixed numbers: nothing it makes is ever trusted outside a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from demeu.vault.identity.eds import Certificate, SigningKey, Trust, der, gost, oids, read_certificate
from demeu.vault.identity.eds.algorithms import GOST, digest
from demeu.vault.identity.eds.der import BIT_STRING, INTEGER, NULL, OCTET_STRING, SEQUENCE, SET, encode

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
INDIVIDUAL = (oids.EMAIL_PROTECTION, "1.2.398.3.3.4.1.1")
INDIVIDUAL_AUTH = (oids.CLIENT_AUTH, "1.2.398.3.3.4.1.1")
HEAD = (oids.EMAIL_PROTECTION, "1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.1")
CA_USAGE, LEAF_USAGE = 0x06, 0xC0


def sequence(*parts: bytes) -> bytes:
    return encode(SEQUENCE, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    return encode(SET, b"".join(sorted(parts)))


def oid(dotted: str) -> bytes:
    return der.encode_oid(dotted)


def number(value: int) -> bytes:
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def moment(at: datetime) -> bytes:
    return encode(0x17, at.strftime("%y%m%d%H%M%SZ").encode())


def algorithm(identifier: str) -> bytes:
    return sequence(oid(identifier), encode(NULL, b""))


def bits(content: bytes) -> bytes:
    return encode(BIT_STRING, b"\0" + content)


def name(**fields: str) -> bytes:
    kinds = {field: identifier for identifier, field in oids.SUBJECT_FIELDS.items()}
    kinds |= {"serial_number": oids.SUBJECT_SERIAL_NUMBER, "unit": oids.SUBJECT_UNIT}
    return sequence(
        *(set_of(sequence(oid(kinds[field]), encode(0x0C, text.encode()))) for field, text in fields.items())
    )


def extension(identifier: str, value: bytes, critical: bool = False) -> bytes:
    return sequence(oid(identifier), encode(0x01, b"\xff") if critical else b"", encode(OCTET_STRING, value))


@dataclass(frozen=True)
class Holder:
    """A certificate with its private key."""

    private: int
    der: bytes
    subject_name: bytes

    @property
    def certificate(self) -> Certificate:
        return read_certificate(self.der)

    @property
    def key(self) -> SigningKey:
        return SigningKey(GOST, self.private.to_bytes(64, "big"), self.der)


@dataclass(frozen=True)
class Profile:
    """What a certificate of the test authority says."""

    subject_name: bytes
    private: int
    serial: int = 1
    since: datetime = SINCE
    until: datetime = UNTIL
    is_ca: bool = False
    usages: tuple[str, ...] = ()
    key_usage: int = LEAF_USAGE
    more_extensions: tuple[bytes, ...] = ()


def make_certificate(profile: Profile, issuer_name: bytes, issuer_private: int) -> Holder:
    parameters = sequence(oid(oids.GOST_CURVE), oid(oids.STREEBOG_512))
    point = gost.point_to_bytes(gost.public_point(profile.private))
    extensions = [
        extension(oids.KEY_USAGE, encode(BIT_STRING, bytes((1, profile.key_usage))), critical=True),
        extension(oids.SUBJECT_KEY_ID, encode(OCTET_STRING, profile.serial.to_bytes(20, "big"))),
        *profile.more_extensions,
    ]
    if profile.is_ca:
        extensions.append(extension(oids.BASIC_CONSTRAINTS, sequence(encode(0x01, b"\xff")), critical=True))
    if profile.usages:
        extensions.append(extension(oids.EXTENDED_KEY_USAGE, sequence(*map(oid, profile.usages))))
    tbs = sequence(
        encode(0xA0, number(2)),
        number(profile.serial),
        algorithm(oids.GOST_SIGNATURE),
        issuer_name,
        sequence(moment(profile.since), moment(profile.until)),
        profile.subject_name,
        sequence(sequence(oid(oids.GOST_KEY), parameters), bits(encode(OCTET_STRING, point))),
        encode(0xA3, sequence(*extensions)),
    )
    signed = sequence(tbs, algorithm(oids.GOST_SIGNATURE), bits(gost.sign(issuer_private, tbs)))
    return Holder(profile.private, signed, profile.subject_name)


class Authority:
    """A root and an issuing authority under it; `issue` gives people their certificates."""

    def __init__(self, title: str = "ТЕСТ", first_private: int = 1000) -> None:
        self._next = first_private
        self.root = self._certify(name(common_name=f"НЕГІЗГІ {title}", country="KZ"), None)
        self.issuing = self._certify(name(common_name=f"ҰЛТТЫҚ {title}", country="KZ"), self.root)

    @property
    def trust(self) -> Trust:
        return Trust((self.root.certificate,), (self.issuing.certificate,))

    def _certify(self, subject: bytes, issuer: Holder | None) -> Holder:
        self._next += 1
        profile = Profile(subject, self._next, self._next, is_ca=True, key_usage=CA_USAGE)
        by = issuer or Holder(self._next, b"", subject)
        return make_certificate(profile, by.subject_name, by.private)

    def issue(
        self,
        iin: str = "850101400018",
        *,
        usages: tuple[str, ...] = INDIVIDUAL,
        organization_bin: str | None = None,
        since: datetime = SINCE,
        until: datetime = UNTIL,
        more_extensions: tuple[bytes, ...] = (),
    ) -> Holder:
        self._next += 1
        fields = {
            "common_name": "АХМЕТОВА АЙГҮЛ",
            "surname": "АХМЕТОВА",
            "given_name": "СЕРІКҚЫЗЫ",
            "serial_number": f"IIN{iin}",
            "country": "KZ",
        }
        if organization_bin is not None:
            fields |= {"organization": "ҚОР", "unit": f"BIN{organization_bin}"}
        profile = Profile(
            name(**fields), self._next, self._next, since, until, usages=usages, more_extensions=more_extensions
        )
        return make_certificate(profile, self.issuing.subject_name, self.issuing.private)

    def revocation_list(
        self, *revoked: Holder, at: datetime, until: datetime, extensions: bytes = b"", reason: int = 1
    ) -> bytes:
        entries = [
            sequence(
                number(holder.certificate_serial),
                moment(at),
                sequence(extension(oids.CRL_REASON, encode(0x0A, bytes([reason])))),
            )
            for holder in map(_Revoked, revoked)
        ]
        tbs = sequence(
            number(1),
            algorithm(oids.GOST_SIGNATURE),
            self.issuing.subject_name,
            moment(at),
            moment(until),
            *([sequence(*entries)] if entries else []),
            extensions,
        )
        return sequence(tbs, algorithm(oids.GOST_SIGNATURE), bits(gost.sign(self.issuing.private, tbs)))

    def answer(self, holder: Holder, responder: Holder, at: datetime, **more: bytes) -> bytes:
        """An OCSP answer `good` about the holder; state, nonce, issuer_name and next_update may be others."""
        issuer = self.issuing.certificate
        key_bits = der.bits(list(der.parse(issuer.public_key.spki))[1])
        certificate_id = sequence(
            algorithm(oids.SHA256),
            encode(OCTET_STRING, sha256(more.get("issuer_name", issuer.subject_name)).digest()),
            encode(OCTET_STRING, sha256(key_bits).digest()),
            encode(INTEGER, holder.certificate.serial),
        )
        this_update = encode(0x18, at.strftime("%Y%m%d%H%M%SZ").encode())
        single = sequence(certificate_id, more.get("state", b"\x80\0"), this_update, more.get("next_update", b""))
        nonce = encode(0xA1, sequence(extension(oids.OCSP_NONCE, more["nonce"]))) if "nonce" in more else b""
        tbs = sequence(encode(0xA1, responder.subject_name), this_update, sequence(single), nonce)
        signed = sequence(
            tbs,
            algorithm(oids.GOST_SIGNATURE),
            bits(gost.sign(responder.private, tbs)),
            encode(0xA0, sequence(responder.der)),
        )
        basic = sequence(oid(oids.OCSP_BASIC), encode(OCTET_STRING, signed))
        return sequence(encode(0x0A, b"\0"), encode(0xA0, basic))


class _Revoked:
    def __init__(self, holder: Holder) -> None:
        self.certificate_serial = int.from_bytes(holder.certificate.serial, "big")


def sign_cms(
    content: bytes,
    *holders: Holder,
    attached: bool = False,
    at: datetime = SINCE,
    content_type: str = oids.CONTENT_DATA,
    claimed_type: str | None = None,
    certificates: Iterable[bytes] | None = None,
    timestamp: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """SignedData as NCALayer makes it; `claimed_type` in the attributes may lie, `timestamp` makes a token."""
    inside = encode(0xA0, encode(OCTET_STRING, content)) if attached else b""
    enclosed = [holder.der for holder in holders] if certificates is None else list(certificates)
    signed = sequence(
        number(1),
        set_of(algorithm(oids.STREEBOG_512)),
        sequence(oid(content_type), inside),
        encode(0xA0, b"".join(enclosed)),
        set_of(*(_signer_info(content, holder, at, claimed_type or content_type, timestamp) for holder in holders)),
    )
    return sequence(oid(oids.CONTENT_SIGNED), encode(0xA0, signed))


def timestamp_token(signature: bytes, authority: Holder, at: datetime) -> bytes:
    """A token of RFC 3161 over a signature, imprint by Streebog."""
    info = sequence(
        number(1),
        oid("1.2.398.3.3.2.6.4"),
        sequence(algorithm(oids.STREEBOG_512), encode(OCTET_STRING, digest(GOST, signature))),
        number(7),
        encode(0x18, at.strftime("%Y%m%d%H%M%S.5Z").encode()),
    )
    return sign_cms(info, authority, attached=True, at=at, content_type=oids.CONTENT_TIMESTAMP)


def _signer_info(
    content: bytes, holder: Holder, at: datetime, content_type: str, timestamp: Callable[[bytes], bytes] | None
) -> bytes:
    attributes = [
        sequence(oid(oids.ATTRIBUTE_CONTENT_TYPE), set_of(oid(content_type))),
        sequence(oid(oids.ATTRIBUTE_SIGNING_TIME), set_of(moment(at))),
        sequence(oid(oids.ATTRIBUTE_MESSAGE_DIGEST), set_of(encode(OCTET_STRING, digest(GOST, content)))),
    ]
    certificate, signature = holder.certificate, gost.sign(holder.private, set_of(*attributes))
    token = sequence(oid(oids.ATTRIBUTE_TIMESTAMP), set_of(timestamp(signature))) if timestamp else b""
    return sequence(
        number(1),
        sequence(certificate.issuer_name, encode(INTEGER, certificate.serial)),
        algorithm(oids.STREEBOG_512),
        encode(0xA0, b"".join(sorted(attributes))),
        algorithm(oids.GOST_SIGNATURE),
        encode(OCTET_STRING, signature),
        encode(0xA1, token) if token else b"",
    )
