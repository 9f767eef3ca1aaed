"""What the sandbox signs the vault accepts and the other way round: two implementations that share no code."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from demeu.sandbox.signing import certificates, cms, keys, ocsp, revocation, wsse, xmldsig
from demeu.vault.identity.eds import (
    Code,
    Trust,
    load_signing_key,
    read_certificate,
    sign_body,
    verify_cms,
    verify_wsse,
    verify_xml,
)
from demeu.vault.identity.eds.ocsp import ocsp_status, question

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SINCE = AT - timedelta(days=30)
ROOT_KEY, CA_KEY = keys.new_key(), keys.new_key()
ROOT_NAME = certificates.Subject("НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (SANDBOX)")
CA_NAME = certificates.Subject("ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (SANDBOX)")
ROOT_ISSUER = certificates.Issuer(ROOT_NAME.name(), ROOT_KEY)
CA_ISSUER = certificates.Issuer(CA_NAME.name(), CA_KEY)
ROOT = certificates.authority_certificate(subject=ROOT_NAME, key=ROOT_KEY, issuer=None, not_before=SINCE)
CA = certificates.authority_certificate(subject=CA_NAME, key=CA_KEY, issuer=ROOT_ISSUER, not_before=SINCE)
TRUST = Trust((read_certificate(ROOT.dump()),), (read_certificate(CA.dump()),))
PERSON = certificates.Subject("АХМЕТОВА АЙГҮЛ", "АХМЕТОВА", "СЕРІКҚЫЗЫ", "850101400018")
CONTENT = "Демеу: кіру".encode()


def issue(algorithm: str) -> tuple[keys.SigningKey, certificates.x509.Certificate]:
    key = keys.new_key(algorithm)
    roles = certificates.person_roles(purpose="sign", has_organization=False)
    return key, certificates.holder_certificate(
        subject=PERSON, key=key, issuer=CA_ISSUER, roles=roles, not_before=SINCE
    )


@pytest.fixture(scope="module", params=[keys.GOST, keys.RSA])
def holder(request: pytest.FixtureRequest) -> tuple[keys.SigningKey, certificates.x509.Certificate]:
    return issue(request.param)


Holder = tuple[keys.SigningKey, certificates.x509.Certificate]


@pytest.mark.parametrize("attached", [True, False])
def test_cms_of_the_sandbox_is_accepted(holder: Holder, attached: bool) -> None:
    key, certificate = holder
    signed = cms.sign(content=CONTENT, key=key, certificate=certificate, at=AT, attached=attached)
    verdict = verify_cms(signed, CONTENT, TRUST, AT)
    assert verdict.accept, verdict.codes
    (signer,) = verdict.signers
    assert signer.certificate is not None
    assert (signer.certificate.subject.iin, signer.certificate.subject.first_name) == ("850101400018", "АЙГҮЛ")
    assert signer.certificate.roles == ("individual",)
    assert verify_cms(cms.to_pem(signed).encode(), CONTENT, TRUST, AT).accept
    assert verify_cms(signed, CONTENT + b".", TRUST, AT).codes == (Code.DIGEST_MISMATCH,)


def test_a_list_of_the_sandbox_revokes(holder: Holder) -> None:
    key, certificate = holder
    revoked = revocation.Revoked(certificate.serial_number, AT, "key_compromise")
    signed = cms.sign(content=CONTENT, key=key, certificate=certificate, at=AT)
    for entries, code in (([revoked], Code.REVOKED), ([], Code.OK)):
        lists = revocation.revocation_list(issuer=CA_ISSUER, revoked=entries, number=1, at=AT)
        trust = Trust(TRUST.anchors, TRUST.intermediates, ((lists.dump(), TRUST.intermediates[0]),))
        assert verify_cms(signed, CONTENT, trust, AT).codes == (code,)


def test_the_sandbox_answers_the_question_of_the_vault(holder: Holder) -> None:
    _, certificate = holder
    leaf, issuer, nonce = read_certificate(certificate.dump()), TRUST.intermediates[0], bytes(range(16))
    told = ocsp.answer(
        question(leaf, issuer, nonce), authority=CA, issuer=CA_ISSUER, lookup=lambda serial: False, at=AT
    )
    assert ocsp_status(told, leaf, issuer, AT, nonce).code is Code.GOOD
    assert ocsp_status(told, leaf, issuer, AT, nonce[::-1]).code is Code.NONCE_MISMATCH


def test_a_soap_message_of_the_sandbox_is_accepted(holder: Holder) -> None:
    key, certificate = holder
    root = wsse.envelope(etree.fromstring('<SendMessage xmlns="urn:t"><a x="1">ә</a></SendMessage>'))
    signed = wsse.sign(root, key=key, certificate=certificate)
    body = verify_wsse(signed, TRUST, AT)
    assert etree.fromstring(body.content).findtext(".//{urn:t}a") == "ә"


def test_a_soap_message_of_the_vault_is_accepted_by_the_sandbox(holder: Holder, tmp_path: Path) -> None:
    key, certificate = holder
    path = tmp_path / "vault-is.json"
    encoded = base64.b64encode(certificate.dump()).decode()
    path.write_text(json.dumps({**key.store(), "certificate_b64": encoded}), encoding="utf-8")
    private = load_signing_key(path)
    root = wsse.envelope(etree.fromstring('<SendMessage xmlns="urn:t"><a>ә</a></SendMessage>'))
    signed = sign_body(bytes(etree.tostring(root)), private)
    assert wsse.verify(xmldsig.parse(signed)).dump() == certificate.dump()
    assert verify_wsse(signed, TRUST, AT).signer.accept


def test_an_enveloped_signature_of_the_sandbox_is_accepted(holder: Holder) -> None:
    key, certificate = holder
    signed = xmldsig.sign_enveloped("<act><to>Айгүл</to></act>".encode(), key=key, certificate=certificate)
    assert verify_xml(signed, TRUST, AT).accept
    assert verify_xml(signed.replace("Айгүл".encode(), b"X"), TRUST, AT).codes == (Code.DIGEST_MISMATCH,)
