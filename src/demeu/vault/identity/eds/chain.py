"""Does a path lead from a certificate to a configured anchor, everything on it valid at a moment?

Certificates that came with a message are candidates for the path, never trust. Status (CRL, OCSP) is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from demeu.vault.identity.eds.algorithms import signature_kind
from demeu.vault.identity.eds.certificate import Certificate
from demeu.vault.identity.eds.codes import Code, EdsError

PATH_LENGTH_MAX = 6
SIGNATURES_MAX = 12
# What is told when no path holds: the reason of the path that came furthest. Only of a path that reaches an anchor
# is it worth saying that it is too early or too late.
_PROGRESS = (
    Code.UNTRUSTED_ISSUER,
    Code.BAD_SIGNATURE,
    Code.UNSUPPORTED_ALGORITHM,
    Code.NOT_YET_VALID,
    Code.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom we believe: anchors; intermediates are candidates known beforehand.

    `revocation` are lists, each with its issuer (None: the issuer of whoever is asked about); `answers` are of OCSP.
    """

    anchors: tuple[Certificate, ...]
    intermediates: tuple[Certificate, ...] = ()
    revocation: tuple[tuple[bytes, Certificate | None], ...] = ()
    answers: tuple[bytes, ...] = ()

    @property
    def tells_status(self) -> bool:
        """Is there any list or answer to ask?"""
        return bool(self.revocation or self.answers)


Path = tuple[Certificate, ...]


def build_chain(certificate: Certificate, trust: Trust, at: datetime, candidates: Iterable[Certificate] = ()) -> Path:
    """The path from the certificate (first) to an anchor (last); the validity of the anchor itself is not asked.

    Raises EdsError with untrusted_issuer, bad_signature, unsupported_algorithm, not_yet_valid or expired.
    """
    return _Search(trust, at, candidates).run(certificate)


class _Search:
    def __init__(self, trust: Trust, at: datetime, candidates: Iterable[Certificate]) -> None:
        self._at = at
        self._anchors = trust.anchors
        known = dict.fromkeys((*trust.intermediates, *candidates))
        self._candidates = tuple(certificate for certificate in known if certificate.is_ca)
        self._signatures_left = SIGNATURES_MAX
        self._reason = Code.UNTRUSTED_ISSUER

    def run(self, certificate: Certificate) -> Path:
        if all(certificate.der != anchor.der for anchor in self._anchors):
            signature_kind(certificate.signature_oid)
        path = self._climb((certificate,))
        if path is None:
            raise EdsError(self._reason, "no path to an anchor")
        return path

    def _climb(self, path: Path) -> Path | None:
        top = path[-1]
        if any(top.der == anchor.der for anchor in self._anchors):
            return path if self._is_in_time(path[:-1]) else None
        if top.has_unknown_critical or len(path) > PATH_LENGTH_MAX:
            return None
        issuers = (*self._anchors, *(issuer for issuer in self._candidates if issuer not in path))
        for issuer in issuers:
            if issuer.subject_name == top.issuer_name and self._issued(issuer, path):
                found = self._climb((*path, issuer))
                if found is not None:
                    return found
        return None

    def _issued(self, issuer: Certificate, path: Path) -> bool:
        top = path[-1]
        if not issuer.is_ca or "key_cert_sign" not in issuer.key_usage:
            return False
        if issuer.path_length_max is not None and len(path) - 1 > issuer.path_length_max:
            return False
        self._signatures_left -= 1
        if self._signatures_left < 0:
            return False
        try:
            if not signed_by(top, issuer):
                raise EdsError(Code.BAD_SIGNATURE)
        except EdsError as error:
            self._note(error.code)
            return False
        return True

    def _is_in_time(self, under_anchor: Path) -> bool:
        try:
            for certificate in under_anchor:
                check_validity(certificate, self._at)
        except EdsError as error:
            self._note(error.code)
            return False
        return True

    def _note(self, reason: Code) -> None:
        if _PROGRESS.index(reason) > _PROGRESS.index(self._reason):
            self._reason = reason


@lru_cache(maxsize=512)
def signed_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Is the certificate's signature right under the issuer's key? Raises EdsError(unsupported_algorithm).

    The answer depends on nothing else and is remembered: authorities are checked once, not at every sign-in.
    """
    kind = signature_kind(certificate.signature_oid)
    if certificate.inner_signature_oid != certificate.signature_oid:
        return False
    return issuer.public_key.verify(kind, certificate.tbs, certificate.signature)


def check_validity(certificate: Certificate, at: datetime) -> None:
    """Both ends of the period belong to it. Raises EdsError(not_yet_valid or expired)."""
    if at < certificate.not_before:
        raise EdsError(Code.NOT_YET_VALID)
    if at > certificate.not_after:
        raise EdsError(Code.EXPIRED)
