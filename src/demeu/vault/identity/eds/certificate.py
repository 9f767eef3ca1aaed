"""Reads a certificate in the profile of NUC RK: who, whose key, for what, until when. Judges nothing.

Extensions that are not needed are not decoded: real certificates carry odd ones.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import datetime

from demeu.vault.identity.eds import der, oids
from demeu.vault.identity.eds.algorithms import PublicKey, algorithm, public_key
from demeu.vault.identity.eds.codes import EdsError

_PEM = re.compile(rb"\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*")
_NUMBERED = re.compile(r"(IIN|BIN)(\d{12})")


@dataclass(frozen=True, slots=True)
class Subject:
    """Fields of a subject as they stand: IIN and BIN unchecked; `given_name` is the patronymic in this profile."""

    common_name: str | None = None
    surname: str | None = None
    given_name: str | None = None
    iin: str | None = None
    bin: str | None = None
    organization: str | None = None
    country: str | None = None
    uid: str | None = None

    @property
    def first_name(self) -> str:
        """The name: what is left of the common name without the surname."""
        common, surname = self.common_name or "", self.surname or ""
        return common.removeprefix(surname).strip() if surname else common.strip()


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate; `extended_key_usage` are OIDs in their order, `key_usage` names in alphabetical order."""

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False)
    serial: bytes
    issuer_name: bytes = field(repr=False)
    subject_name: bytes = field(repr=False)
    issuer_common_name: str | None
    subject: Subject = field(repr=False)
    not_before: datetime
    not_after: datetime
    public_key: PublicKey = field(repr=False)
    signature_oid: str
    inner_signature_oid: str
    signature: bytes = field(repr=False)
    is_ca: bool = False
    path_length_max: int | None = None
    key_usage: tuple[str, ...] = ()
    extended_key_usage: tuple[str, ...] = ()
    subject_key_id: str | None = None
    has_unknown_critical: bool = False
    policies_value: bytes = field(default=b"", repr=False)

    @property
    def policies(self) -> tuple[str, ...]:
        """OIDs of the certificate policies; none when the extension is absent or cannot be read."""
        try:
            return (
                tuple(der.oid(der.Parts(one).take()) for one in der.parse(self.policies_value))
                if self.policies_value
                else ()
            )
        except EdsError:
            return ()

    @property
    def serial_hex(self) -> str:
        return (self.serial[1:] if self.serial[0] == 0 and len(self.serial) > 1 else self.serial).hex()

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(oids.ROLES[usage] for usage in self.extended_key_usage if usage in oids.ROLES)

    @property
    def key_purpose(self) -> str | None:
        """`sign`, `auth` or None: what the holder may use the key for."""
        if oids.EMAIL_PROTECTION in self.extended_key_usage:
            return "sign"
        return "auth" if oids.CLIENT_AUTH in self.extended_key_usage else None


def read_certificate(source: bytes) -> Certificate:
    """A certificate out of DER or PEM. Raises EdsError(malformed)."""
    pem = _PEM.fullmatch(source) if source[:4096].lstrip().startswith(b"-----BEGIN") else None
    if pem is not None:
        try:
            source = base64.b64decode(b"".join(pem[1].split()), validate=True)
        except binascii.Error as error:
            raise der.malformed("PEM") from error
    return _read(der.parse(source, nodes_max=20_000))


def _read(node: der.Node) -> Certificate:
    outer = der.Parts(node)
    tbs = outer.take(der.SEQUENCE)
    signature_oid, _ = algorithm(outer.take())
    signature = der.bits(outer.take())
    outer.finish()
    inner = der.Parts(tbs)
    version = inner.take_optional(0xA0)
    serial = inner.take(der.INTEGER)
    inner_signature_oid, _ = algorithm(inner.take())
    issuer = inner.take(der.SEQUENCE)
    not_before, not_after = _validity(inner.take())
    subject = inner.take(der.SEQUENCE)
    key = public_key(inner.take())
    for tag in (0x81, 0x82):
        inner.take_optional(tag)
    extensions = inner.take_optional(0xA3)
    inner.finish()
    if extensions is not None and (version is None or der.integer(only(version)) != 2):
        raise der.malformed("extensions need version 3")
    der.integer(serial)
    found = read_extensions(extensions)
    constraints = _read_extensions(found)
    return Certificate(
        der=node.raw,
        tbs=tbs.raw,
        serial=serial.content,
        issuer_name=issuer.raw,
        subject_name=subject.raw,
        issuer_common_name=_subject(issuer).common_name,
        subject=_subject(subject),
        not_before=not_before,
        not_after=not_after,
        public_key=key,
        signature_oid=signature_oid,
        inner_signature_oid=inner_signature_oid,
        signature=signature,
        is_ca=constraints.is_ca,
        path_length_max=constraints.path_length_max,
        key_usage=constraints.key_usage,
        extended_key_usage=constraints.extended_key_usage,
        subject_key_id=constraints.subject_key_id,
        has_unknown_critical=constraints.has_unknown_critical,
        policies_value=found[oids.POLICIES].value if oids.POLICIES in found else b"",
    )


def only(node: der.Node) -> der.Node:
    """The one child of an element."""
    children = list(node)
    if len(children) != 1:
        raise der.malformed("exactly one element is expected")
    return children[0]


def _validity(node: der.Node) -> tuple[datetime, datetime]:
    parts = der.Parts(node)
    validity = der.moment(parts.take()), der.moment(parts.take())
    parts.finish()
    return validity


def _subject(name: der.Node) -> Subject:
    fields: dict[str, str] = {}
    for attribute in (attribute for rdn in name for attribute in rdn.expect(der.SET)):
        parts = der.Parts(attribute)
        identifier, value = der.oid(parts.take()), parts.take()
        numbered = identifier in (oids.SUBJECT_SERIAL_NUMBER, oids.SUBJECT_UNIT)
        if numbered and (found := _NUMBERED.fullmatch(der.text(value))):
            fields.setdefault(found[1].lower(), found[2])
        elif identifier in oids.SUBJECT_FIELDS:
            fields.setdefault(oids.SUBJECT_FIELDS[identifier], der.text(value))
    return Subject(**fields)


@dataclass(frozen=True, slots=True)
class Extension:
    """One X.509 extension: whether it must be understood, and its DER value."""

    critical: bool
    value: bytes

    def decoded(self) -> der.Node:
        return der.parse(self.value)


def read_extensions(wrapper: der.Node | None) -> dict[str, Extension]:
    """Extensions by OID, values not decoded. Raises EdsError(malformed) when one stands twice."""
    found: dict[str, Extension] = {}
    for node in only(wrapper).expect(der.SEQUENCE) if wrapper is not None else ():
        parts = der.Parts(node)
        identifier = der.oid(parts.take())
        critical = parts.take_optional(der.BOOLEAN)
        value = parts.take(der.OCTET_STRING).content
        parts.finish()
        if identifier in found:
            raise der.malformed("an extension stands twice")
        found[identifier] = Extension(critical is not None and der.boolean(critical), value)
    return found


@dataclass(frozen=True, slots=True)
class _Constraints:
    is_ca: bool
    path_length_max: int | None
    key_usage: tuple[str, ...]
    extended_key_usage: tuple[str, ...]
    subject_key_id: str | None
    has_unknown_critical: bool


def _read_extensions(extensions: dict[str, Extension]) -> _Constraints:
    is_ca, path_length_max = _basic_constraints(extensions.get(oids.BASIC_CONSTRAINTS))
    extended = extensions.get(oids.EXTENDED_KEY_USAGE)
    key_id = extensions.get(oids.SUBJECT_KEY_ID)
    return _Constraints(
        is_ca,
        path_length_max,
        _key_usage(extensions.get(oids.KEY_USAGE)),
        tuple(map(der.oid, extended.decoded().expect(der.SEQUENCE))) if extended else (),
        key_id.decoded().expect(der.OCTET_STRING).content.hex() if key_id else None,
        any(extension.critical and oid not in oids.UNDERSTOOD_EXTENSIONS for oid, extension in extensions.items()),
    )


def _basic_constraints(extension: Extension | None) -> tuple[bool, int | None]:
    if extension is None:
        return False, None
    parts = der.Parts(extension.decoded())
    flag, length = parts.take_optional(der.BOOLEAN), parts.take_optional(der.INTEGER)
    parts.finish()
    return flag is not None and der.boolean(flag), der.integer(length) if length is not None else None


def _key_usage(extension: Extension | None) -> tuple[str, ...]:
    if extension is None:
        return ()
    content = extension.decoded().expect(der.BIT_STRING).content
    if not 1 <= len(content) <= 3 or content[0] > 7:
        raise der.malformed("key usage")
    flags = "".join(f"{octet:08b}" for octet in content[1:])
    return tuple(sorted(name for name, flag in zip(oids.KEY_USAGES, flags, strict=False) if flag == "1"))
