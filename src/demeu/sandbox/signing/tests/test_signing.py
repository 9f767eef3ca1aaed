"""The sandbox's signatures have the shape and bytes of the national authority's."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from demeu.sandbox.signing import algorithms as oid
from demeu.sandbox.signing import certificates, cms, gost, keys, revocation, wsse, xmldsig

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LETTER = b'{"purpose": "sign-in", "nonce": "3f"}'


@pytest.fixture(scope="module", params=[keys.GOST, keys.RSA])
def holder(request):
    """A key, its certificate and the certificate of the authority above."""
    root_key = keys.new_key(request.param)
    subject = certificates.Subject(common_name="SANDBOX ROOT")
    root = certificates.authority_certificate(subject=subject, key=root_key, issuer=None, not_before=NOW)
    key = keys.new_key(request.param)
    person = certificates.Subject(
        common_name="СЕРІКОВА АЙГҮЛ",
        surname="СЕРІКОВА",
        patronymic="МҰРАТҚЫЗЫ",
        iin="900101200010",
        organization='ТОО "Үлгі"',
        bin="940140000385",
    )
    issuer = certificates.Issuer(
        root["tbs_certificate"]["subject"], root_key, certificates.Links(crl="http://127.0.0.1:1/ca.crl")
    )
    roles = certificates.person_roles(purpose="sign", has_organization=True, head=True)
    leaf = certificates.holder_certificate(subject=person, key=key, issuer=issuer, roles=roles, not_before=NOW)
    return key, leaf, root, issuer


def test_streebog_gives_the_digest_of_the_standards_first_example():
    message = b"012345678901234567890123456789012345678901234567890123456789012"
    assert gost.digest(message).hex().startswith("1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35")


def test_key_bytes_are_little_endian_halves_inside_an_octet_string():
    key = keys.GostKey(1)
    spki = key.spki()
    base_x = int(gost._CURVE["x"])
    assert spki[-128:-64] == base_x.to_bytes(64, "little")
    assert len(spki) == 175 and spki[-131:-128] == bytes.fromhex("048180")


def test_a_key_survives_being_stored(holder):
    key, leaf, _, _ = holder
    again = keys.restore_key(key.store())
    assert again.spki() == certificates.spki_of(leaf)


def test_certificate_carries_the_national_profile(holder):
    _, leaf, _, _ = holder
    fields = certificates.subject_fields(leaf)
    assert fields["serial_number"] == "IIN900101200010"
    assert fields["organizational_unit_name"] == "BIN940140000385"
    assert fields["given_name"] == "МҰРАТҚЫЗЫ"
    assert fields["country_name"] == "KZ"
    assert [use.dotted for use in leaf.extended_key_usage_value] == [
        oid.EKU_SIGN,
        oid.EKU_ORGANIZATION,
        oid.EKU_HEAD,
    ]


def test_certificate_is_signed_by_its_issuer_and_by_nobody_else(holder):
    _, leaf, root, _ = holder
    assert certificates.signed_by(leaf, root)
    assert certificates.signed_by(root, root)
    assert not certificates.signed_by(root, leaf)
    assert certificates.valid_at(leaf, NOW)
    assert not certificates.valid_at(leaf, NOW + timedelta(days=366))


def test_revocation_list_names_the_certificate_and_is_signed(holder):
    _, leaf, root, issuer = holder
    serial = leaf.serial_number
    made = revocation.revocation_list(issuer=issuer, revoked=[revocation.Revoked(serial, NOW)], number=7, at=NOW)
    assert [one["user_certificate"].native for one in made["tbs_cert_list"]["revoked_certificates"]] == [serial]
    name = made["signature_algorithm"]["algorithm"].dotted
    body = made["tbs_cert_list"].dump()
    assert keys.verify(certificates.spki_of(root), name, body, made["signature"].contents[1:])


@pytest.mark.parametrize("attached", [True, False])
def test_cms_round_trip_and_a_changed_letter_is_refused(holder, attached):
    key, leaf, _, _ = holder
    der = cms.sign(content=LETTER, key=key, certificate=leaf, at=NOW, attached=attached)
    assert cms.from_text(cms.to_pem(der)) == der
    found = cms.verify(der, LETTER)
    assert found.certificate.dump() == leaf.dump() and found.signing_time == NOW
    with pytest.raises(ValueError, match=r"content missing|digest mismatch"):
        cms.verify(der, LETTER + b" ")


def test_cms_with_a_broken_signature_is_refused(holder):
    key, leaf, _, _ = holder
    der = bytearray(cms.sign(content=LETTER, key=key, certificate=leaf, at=NOW))
    der[-5] ^= 1
    with pytest.raises(ValueError, match="bad signature"):
        cms.verify(bytes(der), LETTER)


def test_enveloped_xml_round_trip_and_a_changed_document_is_refused(holder):
    key, leaf, _, _ = holder
    signed = xmldsig.sign_enveloped("<a><b>үлгі</b></a>".encode(), key=key, certificate=leaf)
    assert xmldsig.verify_enveloped(signed).dump() == leaf.dump()
    with pytest.raises(ValueError, match="digest mismatch"):
        xmldsig.verify_enveloped(signed.replace("үлгі".encode(), "улгі".encode()))


def test_xml_with_a_dtd_is_refused():
    with pytest.raises(ValueError, match="DTD"):
        xmldsig.parse(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')


def test_wsse_round_trip_and_a_changed_body_is_refused(holder):
    key, leaf, _, _ = holder
    content = etree.fromstring('<t:Ask xmlns:t="urn:t"><iin>900101200010</iin></t:Ask>')
    signed = wsse.sign(wsse.envelope(content), key=key, certificate=leaf)
    assert wsse.verify(xmldsig.parse(signed)).dump() == leaf.dump()
    with pytest.raises(ValueError, match="digest mismatch"):
        wsse.verify(xmldsig.parse(signed.replace(b"900101200010", b"900101200011")))


def test_wsse_that_signs_something_else_than_the_body_is_refused(holder):
    key, leaf, _, _ = holder
    signed = xmldsig.parse(wsse.sign(wsse.envelope(etree.Element("a")), key=key, certificate=leaf))
    body = wsse.body_of(signed)
    header = signed[0]
    moved = etree.SubElement(header, "wrap")
    moved.append(etree.fromstring(etree.tostring(body)))
    with pytest.raises(ValueError, match="not unique"):
        wsse.verify(signed)
