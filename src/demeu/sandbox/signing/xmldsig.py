"""Enveloped XML-DSig over a whole document, as the national authority's tools write it; making and checking.

Canonical form is C14N 1.0; the reference is the document itself (URI "") without the signature.
"""

import base64
import binascii

from asn1crypto import x509
from lxml import etree

from demeu.sandbox.signing import algorithms as oid
from demeu.sandbox.signing import keys
from demeu.sandbox.signing.certificates import spki_of

SIGNATURE_METHODS = {keys.GOST: oid.GOST_XML_SIGNATURE, keys.RSA: oid.RSA_XML_SIGNATURE}
DIGEST_METHODS = {keys.GOST: oid.GOST_XML_DIGEST, keys.RSA: oid.RSA_XML_DIGEST}
SIGNATURE_OIDS = {oid.GOST_XML_SIGNATURE: oid.GOST_SIGNATURE, oid.RSA_XML_SIGNATURE: oid.RSA_SIGNATURE}
_NS = {"ds": oid.DS}


def parse(text: bytes) -> etree._Element:
    """A document without DTD, entities or network; ValueError for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError("not well-formed XML") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DTD is refused")
    return root


def canonical(element: etree._Element, *, exclusive: bool, comments: bool = False) -> bytes:
    """C14N 1.0 or exclusive C14N of the element with everything below it."""
    return bytes(etree.tostring(element, method="c14n", exclusive=exclusive, with_comments=comments))


def sign_enveloped(document: bytes, *, key: keys.SigningKey, certificate: x509.Certificate) -> bytes:
    """The document with a ds:Signature as the last child of its root."""
    root = parse(document)
    digest = keys.digest(key.algorithm, canonical(root, exclusive=False, comments=True))
    signature = etree.SubElement(root, _ds("Signature"), nsmap=_NS)
    info = signed_info(
        signature,
        algorithm=key.algorithm,
        method=oid.C14N,
        uri="",
        transforms=[oid.ENVELOPED, oid.C14N_COMMENTS],
        digest=digest,
    )
    value = key.sign(canonical(info, exclusive=False))
    etree.SubElement(signature, _ds("SignatureValue")).text = base64.b64encode(value).decode()
    holder = etree.SubElement(etree.SubElement(signature, _ds("KeyInfo")), _ds("X509Data"))
    etree.SubElement(holder, _ds("X509Certificate")).text = base64.b64encode(certificate.dump()).decode()
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def verify_enveloped(document: bytes) -> x509.Certificate:
    """Check the last enveloped signature of a document and give its certificate; ValueError says what is wrong."""
    root = parse(document)
    found = root.findall("ds:Signature", _NS)
    if not found:
        raise ValueError("no signature")
    signature = found[-1]
    certificate = certificate_in(signature, "ds:KeyInfo/ds:X509Data/ds:X509Certificate", _NS)
    check_value(signature, certificate, exclusive=False)
    algorithm, digest = reference(signature, uri="")
    root.remove(signature)
    if keys.digest(algorithm, canonical(root, exclusive=False, comments=True)) != digest:
        raise ValueError("digest mismatch")
    return certificate


def signed_info(
    signature: etree._Element, *, algorithm: str, method: str, uri: str, transforms: list[str], digest: bytes
) -> etree._Element:
    """Append ds:SignedInfo with one reference to the signature."""
    info = etree.SubElement(signature, _ds("SignedInfo"))
    etree.SubElement(info, _ds("CanonicalizationMethod"), Algorithm=method)
    etree.SubElement(info, _ds("SignatureMethod"), Algorithm=SIGNATURE_METHODS[algorithm])
    pointer = etree.SubElement(info, _ds("Reference"), URI=uri)
    steps = etree.SubElement(pointer, _ds("Transforms"))
    for transform in transforms:
        etree.SubElement(steps, _ds("Transform"), Algorithm=transform)
    etree.SubElement(pointer, _ds("DigestMethod"), Algorithm=DIGEST_METHODS[algorithm])
    etree.SubElement(pointer, _ds("DigestValue")).text = base64.b64encode(digest).decode()
    return info


def reference(signature: etree._Element, *, uri: str) -> tuple[str, bytes]:
    """The only reference's key algorithm and digest; it must point to `uri`."""
    pointers = signature.findall("ds:SignedInfo/ds:Reference", _NS)
    if len(pointers) != 1 or pointers[0].get("URI") != uri:
        raise ValueError("reference does not cover what is processed")
    method = pointers[0].find("ds:DigestMethod", _NS)
    name = None if method is None else method.get("Algorithm")
    for algorithm, known in DIGEST_METHODS.items():
        if name == known:
            return algorithm, decode(pointers[0].findtext("ds:DigestValue", "", _NS))
    raise ValueError("unsupported digest")


def check_value(signature: etree._Element, certificate: x509.Certificate, *, exclusive: bool) -> None:
    """Check SignatureValue over SignedInfo with the certificate's key."""
    info = signature.find("ds:SignedInfo", _NS)
    method = signature.find("ds:SignedInfo/ds:SignatureMethod", _NS)
    if info is None or method is None or method.get("Algorithm") not in SIGNATURE_OIDS:
        raise ValueError("unsupported signature")
    name = SIGNATURE_OIDS[str(method.get("Algorithm"))]
    value = decode(signature.findtext("ds:SignatureValue", "", _NS))
    if not keys.verify(spki_of(certificate), name, canonical(info, exclusive=exclusive), value):
        raise ValueError("bad signature")


def certificate_in(element: etree._Element, path: str, namespaces: dict[str, str]) -> x509.Certificate:
    """The certificate whose base64 stands at the path."""
    text = element.findtext(path, "", namespaces)
    if not text:
        raise ValueError("certificate missing")
    return x509.Certificate.load(decode(text), strict=True)


def decode(text: str) -> bytes:
    """Base64 with white space anywhere; ValueError otherwise."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as fault:
        raise ValueError("not base64") from fault


def _ds(name: str) -> str:
    return f"{{{oid.DS}}}{name}"
