"""XML-DSig and WSSE: what was signed is what will be processed, or it is refused."""

import base64
from datetime import UTC, datetime

import pytest
from lxml import etree

from demeu.vault.identity.eds import Code, EdsError, Trust, sign_body, verify_wsse, verify_xml
from demeu.vault.identity.eds.algorithms import GOST, digest
from demeu.vault.identity.eds.xmldsig import GOST_DIGEST, GOST_SIGNATURE
from demeu.vault.identity.eds.xmltree import DS, ENVELOPED, CanonicalForm, parse_xml
from demeu.vault.identity.tests.authority import Authority, Holder

AT = datetime(2026, 6, 1, tzinfo=UTC)
AUTHORITY = Authority()
SYSTEM = AUTHORITY.issue()
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ENVELOPE = (
    f'<soap:Envelope xmlns:soap="{SOAP}" xmlns:unused="urn:u"><soap:Body><r xmlns="urn:r" iin="850101400018">'
    "<amount>750000</amount></r></soap:Body></soap:Envelope>"
).encode()
DOCUMENT = '<act xmlns:x="urn:x" xml:lang="kk"><sum>750000</sum> <!-- note --> <to>Айгүл</to></act>'


def enveloped(source: bytes | str, holder: Holder = SYSTEM, method: str = C14N) -> bytes:
    """The document with one more enveloped signature at its end."""
    root = parse_xml(source.encode() if isinstance(source, str) else source)
    covered = CanonicalForm(with_comments=method.endswith("WithComments")).write(root)
    signature = etree.fromstring(
        f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{GOST_SIGNATURE}"/><ds:Reference URI=""><ds:Transforms>'
        f'<ds:Transform Algorithm="{ENVELOPED}"/><ds:Transform Algorithm="{method}"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{GOST_DIGEST}"/>'
        f"<ds:DigestValue>{base64.b64encode(digest(GOST, covered)).decode()}</ds:DigestValue></ds:Reference>"
        "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>"
        f"{base64.b64encode(holder.der).decode()}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
    )
    root.append(signature)
    signature[1].text = base64.b64encode(holder.key.sign(CanonicalForm().write(signature[0]))).decode()
    return bytes(etree.tostring(root, encoding="UTF-8"))


@pytest.mark.parametrize("method", [C14N, C14N + "#WithComments"])
def test_an_enveloped_signature_over_the_document_is_accepted(method: str) -> None:
    verdict = verify_xml(enveloped(DOCUMENT, method=method), AUTHORITY.trust, AT)
    assert verdict.accept
    assert verdict.signers[0].covers == "document"
    assert verdict.content is not None
    assert b"Signature" not in verdict.content


def test_several_signatures_are_each_checked_over_the_document_of_their_time() -> None:
    twice = enveloped(enveloped(DOCUMENT), AUTHORITY.issue("790215300011"))
    verdict = verify_xml(twice, AUTHORITY.trust, AT)
    assert verdict.accept
    assert len(verdict.signers) == 2
    changed = verify_xml(twice.replace(b"750000", b"950000"), AUTHORITY.trust, AT)
    assert changed.codes == (Code.DIGEST_MISMATCH,)


def test_a_comment_put_into_a_value_breaks_a_signature_with_comments() -> None:
    signed = enveloped(DOCUMENT, method=C14N + "#WithComments")
    assert not verify_xml(signed.replace(b"750000", b"75<!---->0000")).accept


def test_without_comments_the_covered_text_has_none() -> None:
    signed = enveloped(DOCUMENT).replace(b"750000", b"75<!---->0000")
    verdict = verify_xml(signed)
    assert verdict.content is not None
    assert b"<sum>750000</sum>" in verdict.content
    assert b"<!--" not in verdict.content


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", Code.MALFORMED),
        (b"<a", Code.MALFORMED),
        (DOCUMENT.encode(), Code.NO_SIGNERS),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', Code.MALFORMED),
        (b"<!DOCTYPE a><a/>", Code.MALFORMED),
        (
            enveloped(DOCUMENT).replace(b"gostr34102015-gostr34112015-512", b"gost34310-gost34311"),
            "unsupported_algorithm",
        ),
        (enveloped(DOCUMENT).replace(ENVELOPED.encode(), b"http://www.w3.org/TR/1999/REC-xpath-19991116"), None),
        (enveloped(DOCUMENT).replace(b'URI=""', b'URI="#nowhere"'), None),
    ],
)
def test_a_bent_document_is_refused(source: bytes, code: str | None) -> None:
    verdict = verify_xml(source, AUTHORITY.trust, AT)
    assert not verdict.accept
    assert code is None or verdict.codes == (code,)


def test_a_bomb_of_entities_is_refused_at_once() -> None:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "ха">{levels}]><a b="&l12;">&l12;</a>'.encode()
    assert verify_xml(bomb).codes == (Code.MALFORMED,)


def test_a_signed_body_comes_back_and_a_changed_one_does_not() -> None:
    signed = sign_body(ENVELOPE, SYSTEM.key)
    body = verify_wsse(signed, AUTHORITY.trust, AT)
    assert etree.fromstring(body.content).findtext(".//{urn:r}amount") == "750000"
    assert body.signer.certificate == SYSTEM.certificate
    with pytest.raises(EdsError, match="digest_mismatch"):
        verify_wsse(signed.replace(b"750000", b"950000"), AUTHORITY.trust, AT)


def test_an_unsigned_envelope_and_a_stranger_are_refused() -> None:
    with pytest.raises(EdsError, match="no_signers"):
        verify_wsse(ENVELOPE, AUTHORITY.trust, AT)
    stranger = Authority("БӨТЕН", 5000).issue()
    with pytest.raises(EdsError, match="untrusted_issuer"):
        verify_wsse(sign_body(ENVELOPE, stranger.key), AUTHORITY.trust, AT)
    with pytest.raises(EdsError, match="untrusted_issuer"):
        verify_wsse(sign_body(ENVELOPE, SYSTEM.key), Trust(()), AT)


def test_a_signed_body_moved_aside_for_a_forged_one_is_refused() -> None:
    root = parse_xml(sign_body(ENVELOPE, SYSTEM.key))
    header, body = root[0], root[1]
    forged = etree.fromstring(etree.tostring(body))
    forged[0][0].text = "950000"
    wrapper = etree.SubElement(header, "wrapper")
    wrapper.append(body)
    root.append(forged)
    for same_id in (True, False):
        if not same_id:
            forged.attrib.clear()
        with pytest.raises(EdsError, match="partial_coverage"):
            verify_wsse(bytes(etree.tostring(root)), AUTHORITY.trust, AT)
    wrapper[0].tag = "{urn:r}Body"
    with pytest.raises(EdsError, match=r"partial_coverage|digest_mismatch"):
        verify_wsse(bytes(etree.tostring(root)), AUTHORITY.trust, AT)


def test_two_elements_of_one_id_are_refused() -> None:
    root = parse_xml(sign_body(ENVELOPE, SYSTEM.key))
    twin = etree.SubElement(root, "twin")
    twin.set("Id", "another")
    assert verify_wsse(bytes(etree.tostring(root)), AUTHORITY.trust, AT).content
    twin.set("Id", "id-body")
    with pytest.raises(EdsError, match="partial_coverage"):
        verify_wsse(bytes(etree.tostring(root)), AUTHORITY.trust, AT)


def test_a_second_body_is_refused() -> None:
    root = parse_xml(sign_body(ENVELOPE, SYSTEM.key))
    root.append(etree.fromstring(f'<s:Body xmlns:s="{SOAP}"><r/></s:Body>'))
    with pytest.raises(EdsError, match="partial_coverage"):
        verify_wsse(bytes(etree.tostring(root)), AUTHORITY.trust, AT)


def test_a_signature_inside_the_body_does_not_sign_the_envelope() -> None:
    inner = enveloped(DOCUMENT).decode()
    envelope = f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{inner}</s:Body></s:Envelope>'.encode()
    with pytest.raises(EdsError, match=r"digest_mismatch|bad_signature"):
        verify_wsse(envelope, AUTHORITY.trust, AT)
    part = parse_xml(sign_body(ENVELOPE, SYSTEM.key))
    signature, body = part[0][0][0], part[1]
    body.append(signature)
    with pytest.raises(EdsError, match=r"digest_mismatch|bad_signature"):
        verify_wsse(bytes(etree.tostring(part)), AUTHORITY.trust, AT)


def test_a_signature_over_one_element_of_a_body_does_not_cover_the_body() -> None:
    root = parse_xml(sign_body(ENVELOPE, SYSTEM.key))
    stranger = etree.SubElement(root[1], "stranger")
    root[1].attrib.clear()
    root[1][0].set("Id", "id-body")
    stranger.text = "1"
    with pytest.raises(EdsError, match=r"digest_mismatch|partial_coverage"):
        verify_wsse(bytes(etree.tostring(root)), AUTHORITY.trust, AT)


def test_an_enveloped_signature_over_a_whole_envelope_is_accepted() -> None:
    verdict = verify_xml(enveloped(ENVELOPE), AUTHORITY.trust, AT)
    assert (verdict.accept, verdict.signers[0].covers) == (True, "document")


def test_inclusive_canonical_form_keeps_namespaces_and_language_of_ancestors() -> None:
    root = parse_xml('<a xmlns:x="urn:x" xmlns:y="urn:y" xml:lang="kk"><b x:c="1">ә&#13;</b></a>'.encode())
    written = CanonicalForm().write(root[0]).decode()
    assert written == '<b xmlns:x="urn:x" xmlns:y="urn:y" xml:lang="kk" x:c="1">ә&#xD;</b>'
    assert CanonicalForm(exclusive=True).write(root[0]).decode() == '<b xmlns:x="urn:x" x:c="1">ә&#xD;</b>'
