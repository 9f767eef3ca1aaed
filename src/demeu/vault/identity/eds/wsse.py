"""WSSE of the state's bus (ШЭП): signs the Body of a SOAP envelope and verifies it, exclusive C14N, GOST or RSA.

Verification is over the parsed envelope; what it returns is the canonical Body, and only that may be processed.
"""

from __future__ import annotations

import base64
from datetime import datetime

from lxml import etree

from demeu.vault.identity.eds.algorithms import GOST, digest
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.der import malformed
from demeu.vault.identity.eds.signing import SigningKey
from demeu.vault.identity.eds.verdict import VerifiedBody
from demeu.vault.identity.eds.xmldsig import (
    GOST_DIGEST,
    GOST_SIGNATURE,
    RSA_SIGNATURE,
    SHA256_DIGEST,
    soap_body,
    verify_xml,
)
from demeu.vault.identity.eds.xmltree import DS, EXCLUSIVE, WSSE, WSU, CanonicalForm, Element, parse_xml

_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
X509_VALUE_TYPE = _PROFILE + "x509-token-profile-1.0#X509v3"
BASE64_ENCODING = _PROFILE + "soap-message-security-1.0#Base64Binary"
_EXCLUSIVE_FORM = CanonicalForm(exclusive=True)


def sign_body(envelope: bytes, key: SigningKey, certificate_der: bytes | None = None) -> bytes:
    """The envelope with wsse:Security in its header that signs the Body; the certificate stands in KeyIdentifier.

    `certificate_der` replaces the certificate of the key. Raises EdsError(malformed) when it is not a SOAP envelope.
    """
    root = parse_xml(envelope)
    body = soap_body(root)
    if body is None:
        raise malformed("not a SOAP envelope")
    body_id = body.get(f"{{{WSU}}}Id") or "id-body"
    body.set(f"{{{WSU}}}Id", body_id)
    signature = _add_signature(_header(root, body), key, body_id, body)
    signed_info = signature[0]
    value = key.sign(_EXCLUSIVE_FORM.write(signed_info))
    _add(signature, "SignatureValue").text = base64.b64encode(value).decode()
    reference = etree.SubElement(_add(signature, "KeyInfo"), f"{{{WSSE}}}SecurityTokenReference")
    identifier = etree.SubElement(reference, f"{{{WSSE}}}KeyIdentifier")
    identifier.set("EncodingType", BASE64_ENCODING)
    identifier.set("ValueType", X509_VALUE_TYPE)
    identifier.text = base64.b64encode(certificate_der or key.certificate_der).decode()
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def verify_wsse(envelope: bytes, trust: Trust, at: datetime) -> VerifiedBody:
    """The Body of an envelope in which every signature covers the Body and is trusted at `at`.

    Raises EdsError with the reason: malformed, no_signers, bad_signature, partial_coverage, untrusted_issuer, …
    """
    verdict = verify_xml(envelope, trust, at)
    if not verdict.accept or verdict.content is None:
        raise EdsError(verdict.codes[0] if verdict.codes else Code.NO_SIGNERS)
    signer = verdict.signers[0]
    if signer.covers == "body":
        return VerifiedBody(verdict.content, signer)
    body = soap_body(parse_xml(verdict.content))
    if body is None:
        raise EdsError(Code.PARTIAL_COVERAGE, "not a SOAP envelope")
    return VerifiedBody(_EXCLUSIVE_FORM.write(body), signer)


def _header(root: Element, body: Element) -> Element:
    soap = etree.QName(root).namespace
    header = root.find(f"{{{soap}}}Header")
    if header is None:
        header = etree.Element(f"{{{soap}}}Header")
        body.addprevious(header)
    security = etree.SubElement(header, f"{{{WSSE}}}Security", nsmap={"wsse": WSSE})
    security.set(f"{{{soap}}}mustUnderstand", "1")
    return security


def _add(parent: Element, name: str, algorithm: str | None = None) -> Element:
    element = etree.SubElement(parent, f"{{{DS}}}{name}")
    if algorithm is not None:
        element.set("Algorithm", algorithm)
    return element


def _add_signature(security: Element, key: SigningKey, body_id: str, body: Element) -> Element:
    is_gost = key.kind == GOST
    signature = etree.SubElement(security, f"{{{DS}}}Signature", nsmap={"ds": DS})
    signed = _add(signature, "SignedInfo")
    _add(signed, "CanonicalizationMethod", EXCLUSIVE)
    _add(signed, "SignatureMethod", GOST_SIGNATURE if is_gost else RSA_SIGNATURE)
    reference = _add(signed, "Reference")
    reference.set("URI", f"#{body_id}")
    _add(_add(reference, "Transforms"), "Transform", EXCLUSIVE)
    _add(reference, "DigestMethod", GOST_DIGEST if is_gost else SHA256_DIGEST)
    body_digest = digest(key.kind, _EXCLUSIVE_FORM.write(body))
    _add(reference, "DigestValue").text = base64.b64encode(body_digest).decode()
    return signature
