"""Verifies XML-DSig: enveloped signatures over a document, and signatures in a SOAP header over its Body.

What counts is what would be processed: a signature that covers less is `partial_coverage`, however right it is.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from demeu.vault.identity.eds.algorithms import GOST, RSA, digest
from demeu.vault.identity.eds.certificate import Certificate, read_certificate
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.der import malformed
from demeu.vault.identity.eds.trusting import judged_by
from demeu.vault.identity.eds.verdict import SignerVerdict, Verdict
from demeu.vault.identity.eds.xmltree import (
    DS,
    ENVELOPED,
    SOAP_NAMESPACES,
    WSSE,
    CanonicalForm,
    Element,
    at_place,
    by_id,
    canonical_form,
    copied,
    elements,
    parse_xml,
    place,
    without,
)

SIGNATURES_MAX = 16
REFERENCES_MAX = 8
CERTIFICATES_MAX = 8
_KZ = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"
GOST_SIGNATURE = _KZ + "gostr34102015-gostr34112015-512"
GOST_DIGEST = _KZ + "gostr34112015-512"
RSA_SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256_DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
_SIGNATURES = {GOST_SIGNATURE: GOST, RSA_SIGNATURE: RSA}
_DIGESTS = {GOST_DIGEST: GOST, SHA256_DIGEST: RSA}


def verify_xml(
    source: bytes,
    trust: Trust | None = None,
    at: datetime | None = None,
    certificates: Sequence[Certificate] = (),
) -> Verdict:
    """Judges every signature of a document, each over the document without itself and the later ones.

    `content` of the verdict is the canonical text that the first signature covers: process that, not the source.
    Never raises for any bytes.
    """
    try:
        root = parse_xml(source)
        count = len(own_signatures(root))
        if not 1 <= count <= SIGNATURES_MAX:
            return Verdict(code=Code.NO_SIGNERS if count == 0 else Code.MALFORMED)
        judged = [_judged(root, number, is_soap(root), certificates) for number in range(count)]
    except EdsError as error:
        return Verdict(code=error.code)
    found = tuple(signer for signer, _ in judged)
    if trust is not None:
        candidates = _readable_candidates(root)
        found = tuple(judged_by(signer, trust, at, (*candidates, *certificates)) for signer in found)
    return Verdict(found, judged[0][1])


def soap_body(root: Element) -> Element | None:
    """The Body of a SOAP envelope that will be processed; None for other documents.

    Raises EdsError(partial_coverage) when the envelope does not have exactly one.
    """
    if not is_soap(root):
        return None
    name = root.tag.replace("}Envelope", "}Body")
    bodies = [child for child in root if child.tag == name]
    if len(bodies) != 1 or len(elements(root, name)) != 1:
        raise EdsError(Code.PARTIAL_COVERAGE, "an envelope has exactly one Body")
    return bodies[0]


def is_soap(root: Element) -> bool:
    """Is the document a SOAP envelope?"""
    return root.tag in [f"{{{namespace}}}Envelope" for namespace in SOAP_NAMESPACES]


def own_signatures(root: Element) -> list[Element]:
    """Signatures of the message itself: all that are not nested; in SOAP those in its Body only if there is no other.

    A signature inside the Body signs what is carried there and tells nothing of the envelope.
    """
    found = [one for one in elements(root, f"{{{DS}}}Signature") if next(one.iterancestors(one.tag), None) is None]
    if not is_soap(root):
        return found
    body = root.tag.replace("}Envelope", "}Body")
    return [one for one in found if next(one.iterancestors(body), None) is None] or found


def _judged(
    root: Element, number: int, in_soap: bool, certificates: Sequence[Certificate]
) -> tuple[SignerVerdict, bytes | None]:
    document = copied(root)
    signature, *later = own_signatures(document)[number:]
    for one in later:
        without(one)
    verdict = SignerVerdict(Code.OK)
    try:
        candidates = (*_candidates(signature), *certificates)
        if candidates:
            verdict = replace(verdict, certificate=candidates[0], serial_hex=candidates[0].serial_hex)
        value = _value(signature, candidates)
        covers, content = _check_references(document, signature, in_soap)
        certificate = value.made_by(candidates)
        return replace(verdict, certificate=certificate, serial_hex=certificate.serial_hex, covers=covers), content
    except EdsError as error:
        return replace(verdict, code=error.code), None


def child(parent: Element, name: str) -> Element:
    """The only child of the signature namespace with this name. Raises EdsError(malformed)."""
    found = [element for element in parent if element.tag == f"{{{DS}}}{name}"]
    if len(found) != 1:
        raise malformed(f"exactly one {name} is expected")
    return found[0]


def octets(element: Element) -> bytes:
    """Bytes of a base64 element; white space is allowed. Raises EdsError(malformed)."""
    if len(element):
        raise malformed("base64 with something in between")
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise malformed("base64") from error


def _candidates(signature: Element) -> tuple[Certificate, ...]:
    """Certificates of the KeyInfo: X509Data, or WSSE's key identifier or binary token."""
    encoded = [*elements(signature, f"{{{DS}}}X509Certificate"), *elements(signature, f"{{{WSSE}}}KeyIdentifier")]
    for reference in elements(signature, f"{{{WSSE}}}Reference"):
        token = by_id(signature.getroottree().getroot(), reference.get("URI", "").removeprefix("#"))
        if token is not None and token.tag == f"{{{WSSE}}}BinarySecurityToken":
            encoded.append(token)
    return tuple(read_certificate(octets(element)) for element in encoded[:CERTIFICATES_MAX])


def _readable_candidates(root: Element) -> list[Certificate]:
    found: list[Certificate] = []
    for signature in own_signatures(root):
        with suppress(EdsError):
            found.extend(_candidates(signature))
    return found


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str
    signed: bytes
    octets: bytes

    def made_by(self, candidates: Sequence[Certificate]) -> Certificate:
        """The candidate whose key made the value. Raises EdsError(bad_signature)."""
        for candidate in dict.fromkeys(candidates):
            if candidate.public_key.verify(self.kind, self.signed, self.octets):
                return candidate
        raise EdsError(Code.BAD_SIGNATURE)


def _value(signature: Element, candidates: Sequence[Certificate]) -> _Value:
    """SignatureValue and what it stands over; there must be somebody who may have made it. Raises EdsError."""
    signed = child(signature, "SignedInfo")
    form = canonical_form(child(signed, "CanonicalizationMethod"))
    kind = _SIGNATURES.get(child(signed, "SignatureMethod").get("Algorithm", ""))
    if form is None or kind is None:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, "signature or canonical form")
    value = octets(child(signature, "SignatureValue"))
    if not candidates:
        raise EdsError(Code.SIGNER_CERTIFICATE_MISSING)
    return _Value(kind, form.write(signed), value)


@dataclass(frozen=True, slots=True)
class _Covered:
    element: Element
    content: bytes


def _check_references(document: Element, signature: Element, in_soap: bool) -> tuple[str, bytes]:
    """What is covered, `document` or `body`, and its canonical bytes. Raises EdsError."""
    references = [one for one in child(signature, "SignedInfo") if one.tag == f"{{{DS}}}Reference"]
    if not 1 <= len(references) <= REFERENCES_MAX:
        raise malformed("references")
    body = soap_body(document) if in_soap else None
    covered = [_check_reference(document, signature, reference) for reference in references]
    for one in covered:
        if one.element is document:
            return "document", one.content
        if body is not None and one.element is body:
            return "body", one.content
    raise EdsError(Code.PARTIAL_COVERAGE, "what is processed is not what is signed")


def _check_reference(document: Element, signature: Element, reference: Element) -> _Covered:
    target = _target(document, reference)
    enveloped, form = _transforms(reference)
    method = _DIGESTS.get(child(reference, "DigestMethod").get("Algorithm", ""))
    if method is None:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, "digest")
    content = _canonical(document, signature, target, enveloped, form)
    if digest(method, content) != octets(child(reference, "DigestValue")):
        raise EdsError(Code.DIGEST_MISMATCH)
    return _Covered(target, content)


def _target(document: Element, reference: Element) -> Element:
    uri = reference.get("URI")
    if uri == "":
        return document
    found = by_id(document, uri[1:]) if uri and uri.startswith("#") and len(uri) > 1 else None
    if found is None:
        raise EdsError(Code.PARTIAL_COVERAGE, "a reference that leads nowhere or to several places")
    return found


def _transforms(reference: Element) -> tuple[bool, CanonicalForm]:
    """Is the signature itself left out, and the canonical form. Raises EdsError(unsupported_algorithm)."""
    wrappers = [one for one in reference if one.tag == f"{{{DS}}}Transforms"]
    enveloped, form = False, None
    for transform in (transform for wrapper in wrappers for transform in wrapper.iterchildren("*")):
        if transform.get("Algorithm") == ENVELOPED and form is None and len(transform) == 0:
            enveloped = True
            continue
        if form is not None or (form := canonical_form(transform)) is None:
            raise EdsError(Code.UNSUPPORTED_ALGORITHM, "transform")
    return enveloped, form or CanonicalForm()


def _canonical(document: Element, signature: Element, target: Element, enveloped: bool, form: CanonicalForm) -> bytes:
    if not enveloped:
        return form.write(target)
    if signature is target or target not in signature.iterancestors():
        raise EdsError(Code.PARTIAL_COVERAGE, "an enveloped signature outside of what it signs")
    again = copied(document)
    counterpart, own = at_place(again, place(target)), at_place(again, place(signature))
    without(own)
    return form.write(counterpart)
