"""Status of a certificate by a revocation list (RFC 5280, section 5).

A list that cannot be relied on never says `good`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from demeu.vault.identity.eds import der, oids
from demeu.vault.identity.eds.algorithms import algorithm, signature_kind
from demeu.vault.identity.eds.certificate import Certificate, Extension, read_extensions
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.verdict import RevocationStatus

ENTRIES_NODES_MAX = 6_000_000
AGE_MAX_WITHOUT_NEXT_UPDATE = timedelta(days=1)
_TIMES = (der.UTC_TIME, der.GENERALIZED_TIME)


class RevocationList:
    """One list, read once; entries are looked through only when a certificate is asked about."""

    def __init__(self, source: bytes) -> None:
        """Raises EdsError(malformed)."""
        outer = der.Parts(der.parse(source, nodes_max=ENTRIES_NODES_MAX))
        tbs = outer.take(der.SEQUENCE)
        self.tbs = tbs.raw
        self.signature_oid, _ = algorithm(outer.take())
        self.signature = der.bits(outer.take())
        outer.finish()
        inner = der.Parts(tbs)
        inner.take_optional(der.INTEGER)
        self.inner_signature_oid, _ = algorithm(inner.take())
        self.issuer_name = inner.take(der.SEQUENCE).raw
        self.this_update = der.moment(inner.take())
        next_update = inner.take_optional(*_TIMES)
        self.next_update = der.moment(next_update) if next_update is not None else None
        self._entries = inner.take_optional(der.SEQUENCE)
        self.extensions = read_extensions(inner.take_optional(0xA0))
        inner.finish()

    def status(self, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationStatus:
        """`good` or `revoked` when the list is the issuer's, rightly signed and fresh; else why not.

        Raises EdsError(malformed) when the entry looked for cannot be read.
        """
        refusal = self._refusal(certificate, issuer, at)
        if refusal is not None:
            return self._told(RevocationStatus(refusal))
        entry = self._entry_of.get(certificate.serial)
        status = _revoked(entry) if entry is not None else None
        if status is not None and status.reason != "remove_from_crl":
            return self._told(status)
        return self._told(RevocationStatus(Code.GOOD if self._covers(certificate) else Code.UNKNOWN))

    def _told(self, status: RevocationStatus) -> RevocationStatus:
        return replace(status, source="crl", said_at=self.this_update)

    @cached_property
    def _entry_of(self) -> dict[bytes, der.Node]:
        """Entries by serial number: looked through once, so that a long list answers fast the next time."""
        found: dict[bytes, der.Node] = {}
        for entry in self._entries or ():
            found.setdefault(der.Parts(entry).take(der.INTEGER).content, entry)
        return found

    def _refusal(self, certificate: Certificate, issuer: Certificate, at: datetime) -> Code | None:
        if not self.issuer_name == issuer.subject_name == certificate.issuer_name:
            return Code.WRONG_ISSUER
        if "crl_sign" not in issuer.key_usage:
            return Code.WRONG_ISSUER
        try:
            kind = signature_kind(self.signature_oid)
            right = issuer.public_key.verify(kind, self.tbs, self.signature)
        except EdsError as error:
            return error.code
        if not right or self.inner_signature_oid != self.signature_oid:
            return Code.BAD_SIGNATURE
        if at < self.this_update:
            return Code.NOT_YET_VALID
        fresh_until = self.next_update or self.this_update + AGE_MAX_WITHOUT_NEXT_UPDATE
        return Code.STALE if at > fresh_until else None

    def _covers(self, certificate: Certificate) -> bool:
        """Absence means `good` only in a whole list: a delta, a part or an indirect list is not one."""
        for identifier, extension in self.extensions.items():
            if extension.critical and not (
                identifier == oids.CRL_ISSUING_POINT and _point_covers(extension, certificate)
            ):
                return False
        return True


def _point_covers(extension: Extension, certificate: Certificate) -> bool:
    """[0] names the point, [1] says end users only, [2] says authorities only; anything else leaves some out."""
    scope = {part.tag for part in extension.decoded() if part.tag == 0xA0 or part.content != b"\0"}
    return scope <= {0xA0, 0x82 if certificate.is_ca else 0x81}


def _revoked(entry: der.Node) -> RevocationStatus:
    parts = der.Parts(entry)
    parts.take(der.INTEGER)
    revoked_at = der.moment(parts.take())
    wrapper = parts.take_optional(der.SEQUENCE)
    parts.finish()
    return RevocationStatus(Code.REVOKED, revoked_at, reason(wrapper))


def reason(entry_extensions: der.Node | None) -> str | None:
    """The reason in the extensions of an entry, if one is given."""
    if entry_extensions is None:
        return None
    for node in entry_extensions:
        parts = der.Parts(node)
        if der.oid(parts.take()) == oids.CRL_REASON:
            parts.take_optional(der.BOOLEAN)
            return oids.REVOCATION_REASONS.get(
                der.integer(der.parse(parts.take(der.OCTET_STRING).content), der.ENUMERATED)
            )
    return None


@lru_cache(maxsize=8)
def read_list(source: bytes) -> RevocationList:
    """The list, read once. Raises EdsError(malformed)."""
    return RevocationList(source)


def crl_status(source: bytes, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationStatus:
    """Status by a list in DER; `malformed` when it is not one."""
    try:
        return read_list(source).status(certificate, issuer, at)
    except EdsError as error:
        return RevocationStatus(error.code)
