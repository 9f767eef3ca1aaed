"""What the sandbox signs, vault accepts, and the other way round: two implementations that share no code."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from demeu.sandbox.signing import certificates as ca
from demeu.sandbox.signing import cms, keys, revocation, wsse, xmldsig
from demeu.vault.identity import eds
from demeu.vault.identity.eds.crl import crl_status

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LETTER = '{"purpose": "кіру", "nonce": "3f"}'.encode()
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


class Country:
    """An authority of one algorithm with a person and an information system under it."""

    def __init__(self, algorithm, name="SANDBOX"):
        self.root_key, self.nca_key = keys.new_key(algorithm), keys.new_key(algorithm)
        root = self.authority(f"{name} ROOT", self.root_key, None)
        above = ca.Issuer(root["tbs_certificate"]["subject"], self.root_key)
        nca = self.authority(f"{name} КУӘЛАНДЫРУШЫ ОРТАЛЫҚ", self.nca_key, above)
        self.issuer = ca.Issuer(
            nca["tbs_certificate"]["subject"],
            self.nca_key,
            ca.Links("http://127.0.0.1/a.crl", "http://127.0.0.1/a.cer"),
        )
        self.key = keys.new_key(algorithm)
        self.leaf = ca.holder_certificate(
            subject=ca.Subject(
                common_name="СЕРІКОВА АЙГҮЛ",
                surname="СЕРІКОВА",
                patronymic="МҰРАТҚЫЗЫ",
                iin="900101200010",
                organization='ТОО "Үлгі"',
                bin="940140000385",
            ),
            key=self.key,
            issuer=self.issuer,
            roles=ca.person_roles(purpose="sign", has_organization=True, head=True),
            not_before=NOW - timedelta(days=1),
        )
        self.root, self.nca = (eds.read_certificate(one.dump()) for one in (root, nca))
        self.holder = eds.read_certificate(self.leaf.dump())

    def authority(self, name, key, issuer):
        """A certificate of an authority that began a month ago."""
        subject = ca.Subject(common_name=name)
        begin = NOW - timedelta(days=30)
        return ca.authority_certificate(subject=subject, key=key, issuer=issuer, not_before=begin)

    def listed(self, *serials):
        """The authority's revocation list."""
        revoked = [revocation.Revoked(serial, NOW - timedelta(hours=1)) for serial in serials]
        made = revocation.revocation_list(issuer=self.issuer, revoked=revoked, number=1, at=NOW - timedelta(minutes=1))
        return made.dump()

    def trust(self, *serials):
        """Belief in the root, with a fresh list."""
        return eds.Trust((self.root,), (self.nca,), ((self.listed(*serials), self.nca),))

    def vault_key(self, tmp_path):
        """The same key as vault would load it from its file."""
        stored = {**self.key.store(), "certificate_b64": base64.b64encode(self.leaf.dump()).decode()}
        path = tmp_path / "vault-is.json"
        path.write_text(json.dumps(stored))
        return eds.load_signing_key(path)


@pytest.fixture(scope="module", params=[keys.GOST, keys.RSA])
def country(request):
    """One country per algorithm."""
    return Country(request.param)


def envelope():
    """A SOAP envelope with Kazakh text and inherited namespaces."""
    content = etree.fromstring('<t:Ask xmlns:t="urn:t" xmlns:u="urn:u"><data u:kind="x">Үй &amp; жол</data></t:Ask>')
    return wsse.envelope(content)


def test_vault_reads_the_certificate_as_the_sandbox_wrote_it(country):
    subject = country.holder.subject
    assert (subject.iin, subject.bin, subject.surname) == ("900101200010", "940140000385", "СЕРІКОВА")


def test_vault_accepts_the_sandboxs_cms_with_chain_and_list(country):
    for attached in (True, False):
        der = cms.sign(content=LETTER, key=country.key, certificate=country.leaf, at=NOW, attached=attached)
        for source in (der, cms.to_pem(der).encode()):
            verdict = eds.verify_cms(source, LETTER, country.trust(), NOW)
            assert verdict.accept, verdict.codes
            assert verdict.content == LETTER


def test_vault_refuses_the_sandboxs_cms_when_changed_revoked_or_foreign(country):
    der = cms.sign(content=LETTER, key=country.key, certificate=country.leaf, at=NOW)
    assert eds.verify_cms(der, LETTER + b" ", country.trust(), NOW).codes == (eds.Code.DIGEST_MISMATCH,)
    revoked = country.trust(country.leaf.serial_number)
    assert eds.verify_cms(der, LETTER, revoked, NOW).codes == (eds.Code.REVOKED,)
    for name, code in (("STRANGER", eds.Code.UNTRUSTED_ISSUER), ("SANDBOX", eds.Code.BAD_SIGNATURE)):
        assert eds.verify_cms(der, LETTER, Country(keys.GOST, name).trust(), NOW).codes == (code,)


def test_vault_reads_the_sandboxs_revocation_list(country):
    good = crl_status(country.listed(), country.holder, country.nca, NOW)
    bad = crl_status(country.listed(country.leaf.serial_number), country.holder, country.nca, NOW)
    assert (good.code, bad.code) == (eds.Code.GOOD, eds.Code.REVOKED)


def test_vault_accepts_the_sandboxs_enveloped_xml_and_refuses_a_changed_one(country):
    signed = xmldsig.sign_enveloped(
        '<a xmlns="urn:a"><b>үлгі</b><!-- note --></a>'.encode(), key=country.key, certificate=country.leaf
    )
    assert eds.verify_xml(signed, country.trust(), NOW).accept
    changed = signed.replace("үлгі".encode(), "улгі".encode())
    assert eds.verify_xml(changed, country.trust(), NOW).codes == (eds.Code.DIGEST_MISMATCH,)


def test_vault_accepts_the_sandboxs_wsse_and_refuses_a_changed_body(country):
    signed = wsse.sign(envelope(), key=country.key, certificate=country.leaf)
    body = eds.verify_wsse(signed, country.trust(), NOW)
    assert "Үй".encode() in body.content
    with pytest.raises(eds.EdsError, match="digest_mismatch"):
        eds.verify_wsse(signed.replace("Үй".encode(), "Уй".encode()), country.trust(), NOW)


def test_the_sandbox_accepts_vaults_wsse_and_refuses_a_changed_body(country, tmp_path):
    signed = eds.sign_body(etree.tostring(envelope()), country.vault_key(tmp_path))
    assert wsse.verify(xmldsig.parse(signed)).dump() == country.leaf.dump()
    with pytest.raises(ValueError, match="digest mismatch"):
        wsse.verify(xmldsig.parse(signed.replace("Үй".encode(), "Уй".encode())))


def test_raw_signatures_of_both_are_accepted_by_the_other(country, tmp_path):
    mine, theirs = country.key, country.vault_key(tmp_path)
    name = {keys.GOST: "1.2.398.3.10.1.1.2.3.2", keys.RSA: "1.2.840.113549.1.1.11"}[mine.algorithm]
    assert keys.verify(mine.spki(), name, LETTER, theirs.sign(LETTER))
    assert not keys.verify(mine.spki(), name, LETTER + b"x", theirs.sign(LETTER))
