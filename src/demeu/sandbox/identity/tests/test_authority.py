"""The authority is founded once, its certificates chain, withdrawn keys stand in its list."""

import hashlib

import pytest
from asn1crypto import core, crl, ocsp

from demeu.kernel.clock import now
from demeu.kernel.errors import Refusal
from demeu.sandbox.identity import actions, lists, queries
from demeu.sandbox.signing import certificates, keys

pytestmark = pytest.mark.django_db
PERSON = actions.Person(iin="900101200010", surname="СЕРІКОВА", given_name="АЙГҮЛ", patronymic="МҰРАТҚЫЗЫ")


def test_founding_again_changes_nothing():
    actions.found_authorities()
    before = queries.authority_certificate("root").dump()
    actions.found_authorities()
    assert queries.authority_certificate("root").dump() == before


def test_chain_leads_from_the_person_to_the_root():
    actions.found_authorities()
    leaf = queries.pair(actions.enrol(PERSON)).certificate
    issuing, root = queries.authority_certificate("gost"), queries.authority_certificate("root")
    assert certificates.signed_by(leaf, issuing) and certificates.signed_by(issuing, root)
    assert certificates.signed_by(root, root)
    assert certificates.subject_fields(leaf)["given_name"] == "МҰРАТҚЫЗЫ"


def test_enrolling_again_keeps_the_key():
    actions.found_authorities()
    assert actions.enrol(PERSON) == actions.enrol(PERSON)


def test_a_key_is_found_by_its_id_its_owners_number_or_label_and_by_nothing_else():
    actions.found_authorities()
    held = actions.enrol(actions.Person(iin="900101100014", surname="ОМАРОВ", given_name="ЕРЖАН", role="curator"))
    actions.enrol(PERSON)
    assert [queries.find_key(name) for name in (str(held.id), "900101100014", "curator")] == [held] * 3
    assert [queries.find_key(name) for name in ("", "nobody", "\x00", "000000000000")] == [None] * 4


def test_an_rsa_key_comes_from_the_rsa_authority_and_an_expired_one_is_expired():
    actions.found_authorities()
    holder = actions.enrol(PERSON).holder
    rsa = queries.pair(actions.issue_key(holder=holder, purpose="sign", algorithm=keys.RSA)).certificate
    assert certificates.signed_by(rsa, queries.authority_certificate("rsa"))
    old = queries.pair(actions.issue_key(holder=holder, purpose="sign", expired=True)).certificate
    assert not certificates.valid_at(old, now())


def test_a_withdrawn_key_is_listed_and_cannot_be_withdrawn_twice():
    actions.found_authorities()
    held = actions.enrol(PERSON)
    actions.revoke_key(key_id=str(held.id))
    listed = crl.CertificateList.load(lists.fresh_list("gost"))["tbs_cert_list"]["revoked_certificates"]
    assert queries.pair(held).certificate.serial_number in [one["user_certificate"].native for one in listed]
    assert queries.find_key(PERSON.iin) is None
    with pytest.raises(Refusal, match="already_revoked"):
        actions.revoke_key(key_id=str(held.id))


def test_the_authority_publishes_its_certificates_and_lists(client):
    actions.found_authorities()
    certificates_and_lists = ("root.cer", "nca.cer", "nca-rsa.cer", "nca.crl", "nca-rsa.crl")
    for file in (f"sandbox-{name}" for name in certificates_and_lists):
        answer = client.get(f"/ca/{file}")
        assert answer.status_code == 200 and answer.content[0] == 0x30
    assert client.get("/ca/sandbox-root.crl").status_code == 404


def test_the_authority_answers_about_its_certificates_and_no_others(client):
    actions.found_authorities()
    held = actions.enrol(PERSON)
    authority = queries.authority_certificate("gost")
    serial = queries.pair(held).certificate.serial_number

    def ask(number):
        asked = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": _certificate_id(authority, number)}]}})
        told = client.post("/ca/ocsp/", asked.dump(), content_type="application/ocsp-request")
        return ocsp.OCSPResponse.load(told.content).basic_ocsp_response

    assert [_said(ask(number)) for number in (serial, 7)] == ["good", "unknown"]
    actions.revoke_key(key_id=str(held.pk))
    answer = ask(serial)
    assert _said(answer) == "revoked"
    signed = answer["tbs_response_data"].dump()
    name = answer["signature_algorithm"]["algorithm"].dotted
    assert keys.verify(certificates.spki_of(authority), name, signed, answer["signature"].native)
    assert client.post("/ca/ocsp/", b"no", content_type="application/ocsp-request").status_code == 400


def _said(answer):
    return answer["tbs_response_data"]["responses"][0]["cert_status"].name


def _certificate_id(authority, number):
    bits = core.Sequence.load(certificates.spki_of(authority))[1].contents[1:]
    return {
        "hash_algorithm": {"algorithm": "sha256"},
        "issuer_name_hash": hashlib.sha256(authority.subject.dump()).digest(),
        "issuer_key_hash": hashlib.sha256(bits).digest(),
        "serial_number": number,
    }
