"""WS-Security signature of a SOAP 1.1 body with the certificate inside KeyIdentifier (X509v3); making and checking.

Exclusive C14N for SignedInfo and Body. On reception the body may be named by `Id` or `wsu:Id`.
"""

import base64
import uuid

from asn1crypto import x509
from lxml import etree

from demeu.sandbox.signing import algorithms as oid
from demeu.sandbox.signing import keys, xmldsig

_NS = {"soap": oid.SOAP, "wsse": oid.WSSE, "wsu": oid.WSU, "ds": oid.DS}
_CERTIFICATE = "ds:KeyInfo/wsse:SecurityTokenReference/wsse:KeyIdentifier"


def envelope(content: etree._Element) -> etree._Element:
    """A SOAP 1.1 envelope whose body holds the content."""
    root = etree.Element(f"{{{oid.SOAP}}}Envelope", nsmap={"soap": oid.SOAP})
    etree.SubElement(root, f"{{{oid.SOAP}}}Header")
    etree.SubElement(root, f"{{{oid.SOAP}}}Body").append(content)
    return root


def sign(root: etree._Element, *, key: keys.SigningKey, certificate: x509.Certificate) -> bytes:
    """The envelope with its body signed, as bytes ready to send (UTF-8, no further change allowed)."""
    body = body_of(root)
    name = f"id-{uuid.uuid4()}"
    body.set(f"{{{oid.WSU}}}Id", name)
    digest = keys.digest(key.algorithm, xmldsig.canonical(body, exclusive=True))
    security = etree.SubElement(_header(root), f"{{{oid.WSSE}}}Security", nsmap={"wsse": oid.WSSE, "wsu": oid.WSU})
    security.set(f"{{{oid.SOAP}}}mustUnderstand", "1")
    signature = etree.SubElement(security, f"{{{oid.DS}}}Signature", nsmap={"ds": oid.DS})
    info = xmldsig.signed_info(
        signature,
        algorithm=key.algorithm,
        method=oid.EXC_C14N,
        uri=f"#{name}",
        transforms=[oid.EXC_C14N],
        digest=digest,
    )
    value = key.sign(xmldsig.canonical(info, exclusive=True))
    etree.SubElement(signature, f"{{{oid.DS}}}SignatureValue").text = base64.b64encode(value).decode()
    _key_info(signature, certificate)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def verify(root: etree._Element) -> x509.Certificate:
    """Check that the one signature covers this very body; gives its certificate, ValueError says what is wrong."""
    body = body_of(root)
    names = [value for value in (body.get(f"{{{oid.WSU}}}Id"), body.get("Id")) if value]
    found = root.findall("soap:Header/wsse:Security/ds:Signature", _NS)
    if len(found) != 1 or not names:
        raise ValueError("no signature of the body")
    if len(_named(root, names[0])) != 1:
        raise ValueError("the body's name is not unique")
    certificate = xmldsig.certificate_in(found[0], _CERTIFICATE, _NS)
    algorithm, digest = xmldsig.reference(found[0], uri=f"#{names[0]}")
    _check_transforms(found[0])
    if keys.digest(algorithm, xmldsig.canonical(body, exclusive=True)) != digest:
        raise ValueError("digest mismatch")
    xmldsig.check_value(found[0], certificate, exclusive=True)
    return certificate


def body_of(root: etree._Element) -> etree._Element:
    """The only body of a SOAP 1.1 envelope."""
    bodies = root.findall("soap:Body", _NS)
    if root.tag != f"{{{oid.SOAP}}}Envelope" or len(bodies) != 1:
        raise ValueError("not a SOAP 1.1 envelope")
    return bodies[0]


def _check_transforms(signature: etree._Element) -> None:
    methods = [
        *signature.findall("ds:SignedInfo/ds:CanonicalizationMethod", _NS),
        *signature.findall("ds:SignedInfo/ds:Reference/ds:Transforms/ds:Transform", _NS),
    ]
    if len(methods) != 2 or any(method.get("Algorithm") != oid.EXC_C14N or len(method) for method in methods):
        raise ValueError("unsupported canonical form")


def _named(root: etree._Element, name: str) -> list[etree._Element]:
    return [
        element
        for element in root.iter(etree.Element)
        if name in (element.get(f"{{{oid.WSU}}}Id"), element.get("Id"), element.get("ID"))
    ]


def _header(root: etree._Element) -> etree._Element:
    header = root.find("soap:Header", _NS)
    if header is None:
        header = etree.Element(f"{{{oid.SOAP}}}Header")
        root.insert(0, header)
    return header


def _key_info(signature: etree._Element, certificate: x509.Certificate) -> None:
    info = etree.SubElement(signature, f"{{{oid.DS}}}KeyInfo")
    token = etree.SubElement(info, f"{{{oid.WSSE}}}SecurityTokenReference")
    holder = etree.SubElement(
        token, f"{{{oid.WSSE}}}KeyIdentifier", EncodingType=oid.BASE64_BINARY, ValueType=oid.X509_V3
    )
    holder.text = base64.b64encode(certificate.dump()).decode()
