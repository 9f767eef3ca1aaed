"""What stands in `data` of a question: a typed element, or a document of its own, signed and escaped as a string.

Such a document in an answer is read only from the bytes that its own signature covers.
"""

import base64
from datetime import datetime

from lxml import etree

from demeu.vault.households.registries.exchange import XSI, Element, Exchange, Fields
from demeu.vault.households.registries.shep.envelope import ShepFault
from demeu.vault.identity.eds import EdsError, SigningKey, Trust, verify_xml
from demeu.vault.identity.eds.algorithms import GOST, digest
from demeu.vault.identity.eds.xmldsig import GOST_DIGEST, GOST_SIGNATURE, RSA_SIGNATURE, SHA256_DIGEST
from demeu.vault.identity.eds.xmltree import DS, ENVELOPED, CanonicalForm

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_FORM = CanonicalForm()


def question_data(exchange: Exchange, fields: Fields, key: SigningKey) -> Element:
    """The `data` of one question. A field name «a/b» makes an element a that holds an element b."""
    if not exchange.signed_content:
        return typed_data(exchange.namespace, exchange.request_type, fields)
    document = etree.Element(f"{{{exchange.namespace}}}{exchange.request_type}", nsmap={"r": exchange.namespace})
    for name, value in fields:
        etree.SubElement(document, f"{{{exchange.namespace}}}{name}").text = value
    data = etree.Element("data")
    data.text = sign_document(document, key).decode()
    return data


def typed_data(namespace: str, request_type: str, fields: Fields) -> Element:
    """An element whose xsi:type names the request."""
    data = etree.Element("data", nsmap={"m": namespace, "xsi": XSI})
    data.set(f"{{{XSI}}}type", f"m:{request_type}")
    for name, value in fields:
        outer, _, inner = name.partition("/")
        element = etree.SubElement(data, outer)
        (etree.SubElement(element, inner) if inner else element).text = value
    return data


def sign_document(document: Element, key: SigningKey) -> bytes:
    """The document with an enveloped signature (C14N 1.0, GOST or RSA) as its last child."""
    content = digest(key.kind, _FORM.write(document))
    signature = etree.SubElement(document, f"{{{DS}}}Signature", nsmap={"ds": DS})
    signed = _add(signature, "SignedInfo")
    _add(signed, "CanonicalizationMethod", C14N)
    _add(signed, "SignatureMethod", GOST_SIGNATURE if key.kind == GOST else RSA_SIGNATURE)
    reference = _add(signed, "Reference")
    reference.set("URI", "")
    transforms = _add(reference, "Transforms")
    _add(transforms, "Transform", ENVELOPED)
    _add(transforms, "Transform", C14N)
    _add(reference, "DigestMethod", GOST_DIGEST if key.kind == GOST else SHA256_DIGEST)
    _add(reference, "DigestValue").text = base64.b64encode(content).decode()
    value = key.sign(_FORM.write(signed))
    _add(signature, "SignatureValue").text = base64.b64encode(value).decode()
    holder = _add(_add(signature, "KeyInfo"), "X509Data")
    _add(holder, "X509Certificate").text = base64.b64encode(key.certificate_der).decode()
    return bytes(etree.tostring(document, encoding="UTF-8"))


def _add(parent: Element, name: str, algorithm: str | None = None) -> Element:
    element = etree.SubElement(parent, f"{{{DS}}}{name}")
    if algorithm is not None:
        element.set("Algorithm", algorithm)
    return element


def signed_content(data: Element, trust: Trust, at: datetime) -> Element:
    """`data` with the very content that the document's own signature covers. Raises `ShepFault` content_<code>."""
    verdict = verify_xml((data.text or "").strip().encode(), trust, at)
    if not verdict.accept or verdict.content is None:
        reason = verdict.codes[0].value if verdict.codes else "no_signers"
        raise ShepFault(f"content_{reason}", worth_retrying=True)
    found = etree.Element("data")
    try:
        found.text = verdict.content.decode()
    except (UnicodeDecodeError, ValueError, EdsError):
        raise ShepFault("content_malformed", worth_retrying=True) from None
    return found
