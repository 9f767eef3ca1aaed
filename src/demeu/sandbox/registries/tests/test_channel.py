"""Requests over SyncChannel as vault would send them: signed both ways, each register by its schema."""

import base64
import time

import pytest
from asn1crypto import x509
from joserfc import jwt
from joserfc.jwk import RSAKey
from lxml import etree

from demeu.kernel.ids import new_id
from demeu.sandbox.faults.actions import plant_fault
from demeu.sandbox.identity import actions as identity
from demeu.sandbox.identity import queries as identity_queries
from demeu.sandbox.identity.systems import KDP_UID, VAULT_BIN, VAULT_UID, enrol_systems
from demeu.sandbox.registries import tree, wire
from demeu.sandbox.registries.actions import settle_household
from demeu.sandbox.registries.household import from_json
from demeu.sandbox.registries.services import REGISTERS
from demeu.sandbox.signing import wsse, xmldsig

pytestmark = pytest.mark.django_db
ADDRESS = "/shep/bip-sync-wss-gost/"


@pytest.fixture
def country():
    """The authority, the systems, and one family of the story's kind."""
    identity.found_authorities()
    enrol_systems()
    return from_json(settle_household(kind="mother_disabled_child", seed=7).record)


def pair():
    """Vault's key."""
    return identity_queries.system_pair(VAULT_UID)


def proof(**changed):
    """The organization's JWT for КДП."""
    key = RSAKey.import_key(identity_queries.system_pair(KDP_UID).key.store()["private_pem"])
    at = int(time.time())
    claims = {"cbin": VAULT_BIN, "mcheck": "Ds", "iat": at, "exp": at + 300, **changed}
    return jwt.encode({"alg": "RS256"}, claims, key)


def letter(service, content, *, message_id=None, kind=None):
    """A SendMessage with `data` of the service's request type."""
    register = REGISTERS.get(service)
    namespace, known = (register.namespace, register.request_type) if register else ("urn:x", "X")
    data = tree.typed("data", namespace=namespace, kind=kind or known, content=content)
    outer = etree.Element(f"{{{wire.TYPES}}}SendMessage", nsmap={"typ": wire.TYPES})
    request = etree.SubElement(outer, "request")
    tree.fill(
        etree.SubElement(request, "requestInfo"),
        [
            ("messageId", message_id or str(new_id())),
            ("serviceId", service),
            ("messageDate", "2026-11-22T11:00:00+05:00"),
            ("sender", [("senderId", "demeu")]),
        ],
    )
    etree.SubElement(request, "requestData").append(data)
    return wsse.envelope(outer)


def post(client, envelope, signer=None):
    """Sign, send, check the answer's signature; gives status and the answer's root."""
    signer = signer or pair()
    body = wsse.sign(envelope, key=signer.key, certificate=signer.certificate)
    answer = client.post(ADDRESS, body, content_type="text/xml; charset=utf-8")
    root = xmldsig.parse(answer.content)
    wsse.verify(root)
    return answer.status_code, root


def ask(client, service, content, **more):
    """The answer's `data`."""
    status, root = post(client, letter(service, content, **more))
    assert status == 200, etree.tostring(root).decode()[:3000]
    assert root.findtext(".//responseInfo/status/code") == "SCSS001"
    return root.find(".//responseData/data")


def consent_content(iin, service, *, omit=True, ovt=None):
    """Request of consent for one service."""
    return [
        ("uin", iin),
        ("company", "Demeu"),
        ("company_bin", VAULT_BIN),
        ("company_responsible", "-"),
        ("employee_name", "-"),
        ("access_name", service),
        ("personal_data_name", "facts"),
        ("expiresIn", 600_000),
        ("omit-sms", omit),
        ("ovt", ovt or proof()),
    ]


def consent(client, iin, service, **more):
    """The citizen's answer, with token and public key when granted."""
    return ask(client, "KDP_SERVICE", consent_content(iin, service, **more))


def token_for(client, iin, service):
    """The two closing children of a request that needs consent."""
    data = consent(client, iin, service)
    assert data.findtext("status") == "GRANTED"
    return [("kdpToken", data.findtext("code")), ("publicKey", data.findtext("public-key"))]


def error_code(root):
    """The channel's error code of a Fault."""
    return root.findtext(".//errorCode")


def gbd_content(iin, token):
    """Request of ГБД ФЛ."""
    return [
        ("messageId", str(new_id())),
        ("messageDate", "2026-11-22T11:00:00+05:00"),
        ("senderCode", "DEMEU"),
        ("iin", iin),
        *token,
    ]


def test_gbd_answers_the_person_after_consent(client, country):
    head = country.applicant
    token = token_for(client, head.iin, "GBDFLUniversal_token")
    data = ask(client, "GBDFLUniversal_token", gbd_content(head.iin, token))
    assert data.findtext("messageResult/code") == "00000"
    assert data.findtext("persons/person/surname") == head.surname
    assert data.findtext("persons/person/birthDate") == head.birth_date


def test_gbd_without_a_good_token_tells_nothing(client, country):
    guess = [("kdpToken", "x"), ("publicKey", "y")]
    data = ask(client, "GBDFLUniversal_token", gbd_content(country.applicant.iin, guess))
    assert data.findtext("messageResult/code") == "00002"
    assert data.find("persons") is None


def test_a_token_of_one_service_or_person_does_not_open_another(client, country):
    other = from_json(settle_household(kind="debts", seed=8).record)
    token = token_for(client, country.applicant.iin, "DEMEU_CKS_FAMILY")
    for service, content in (
        ("DEMEU_MTSZN_SOCIAL", [("requestNumber", "1"), ("iin", country.applicant.iin), *token]),
        ("DEMEU_CKS_FAMILY", [("requestNumber", "1"), ("applicantIin", other.applicant.iin), *token]),
    ):
        status, root = post(client, letter(service, content))
        assert (status, error_code(root)) == (500, "SCSE001")


def test_the_registers_together_fill_both_scoring_tables(client, country):
    iin, everybody = country.applicant.iin, [one.iin for one in country.members]
    many = [("iin", one) for one in everybody]

    def facts(service, content):
        return ask(client, service, [*content, *token_for(client, iin, service)])

    cks = facts("DEMEU_CKS_FAMILY", [("requestNumber", "1"), ("applicantIin", iin)])
    assert cks.findtext("found") == "true"
    assert [one.text for one in cks.findall("family/members/member/iin")] == everybody
    assert cks.findtext("family/dwelling/kato") == country.kato
    social = facts("DEMEU_MTSZN_SOCIAL", [("requestNumber", "2"), ("iin", iin)])
    assert sum(one.text == "true" for one in social.findall("person/disabilityChildhood")) == 1
    income = facts("DEMEU_MINFIN_INCOME", [("requestNumber", "3"), *many, ("from", "2025-11"), ("to", "2026-10")])
    months = {one.text for one in income.findall("taxpayer/entry/month")}
    assert len(months) == 12
    total = sum(float(one.text) for one in income.findall("taxpayer/entry/amount"))
    assert round(total * 100) == 12 * sum(amount for _, amount in country.applicant.incomes)
    credit = facts("DEMEU_GKB_CREDIT", [("number", "4"), *[("subject", [("iin", one)]) for one in everybody]])
    assert int(credit.find("subject/contract").get("overdueDays")) > 90
    report = facts("DEMEU_PKB_CREDIT", [("documentType", "14"), ("documentNumber", iin)])
    assert etree.fromstring(report.text).findtext("{*}Loan/{*}PastDueDays")
    school = facts("DEMEU_NOBD_EDUCATION", [("requestNumber", "5"), *many])
    assert {one.text for one in school.findall("learner/level")} == {"school"}
    programme = facts("DEMEU_IPR", [("requestNumber", "6"), *many])
    assert len(programme.findall("programme/item")) >= 3


@pytest.mark.parametrize("changed", [{"cbin": "990140004654"}, {"exp": 1}, {"mcheck": "word of honour"}])
def test_consent_needs_a_true_proof(client, country, changed):
    iin = country.applicant.iin
    content = consent_content(iin, "DEMEU_IPR", ovt=proof(**changed))
    status, root = post(client, letter("KDP_SERVICE", content))
    assert (status, error_code(root)) == (500, "SCSE001")


def test_consent_by_sms_needs_no_word_of_a_signature_and_a_stranger_has_no_number(client, country):
    unsaid = proof(mcheck="")
    assert consent(client, country.applicant.iin, "DEMEU_IPR", omit=False, ovt=unsaid).findtext("status") == "GRANTED"
    assert consent(client, "900101100014", "DEMEU_IPR").findtext("status") == "NOT_IN_BMG"


@pytest.mark.parametrize(
    "fault,status",
    [
        ("kdp_refused", "REFUSED"),
        ("kdp_no_answer", "NO_ANSWER"),
        ("kdp_not_in_bmg", "NOT_IN_BMG"),
        ("kdp_expired", "EXPIRED"),
        ("kdp_withdrawn", "WITHDRAWN"),
    ],
)
def test_the_citizen_can_say_no(client, country, fault, status):
    plant_fault(service="KDP_SERVICE", fault=fault, iin=country.applicant.iin, times=1)
    assert consent(client, country.applicant.iin, "DEMEU_IPR").findtext("status") == status
    assert consent(client, country.applicant.iin, "DEMEU_IPR").findtext("status") == "GRANTED"


def test_consent_for_a_service_that_does_not_exist_is_declined(client, country):
    status, root = post(client, letter("KDP_SERVICE", consent_content(country.applicant.iin, "X" * 300)))
    assert (status, error_code(root)) == (500, "SCSE001")


@pytest.mark.parametrize("period", [("2026-10", "2025-11"), ("1990-01", "2026-01"), ("-0001-01", "2026-01")])
def test_income_of_an_unusable_period_is_a_data_error(client, country, period):
    iin = country.applicant.iin
    content = [("requestNumber", "1"), ("iin", iin), ("from", period[0]), ("to", period[1])]
    status, root = post(
        client, letter("DEMEU_MINFIN_INCOME", [*content, *token_for(client, iin, "DEMEU_MINFIN_INCOME")])
    )
    assert (status, error_code(root)) == (500, "SCSE002")


def test_a_signature_by_something_that_is_no_certificate_is_refused(client, country):
    envelope = letter("DEMEU_IPR", [("requestNumber", "1")])
    signed = wsse.sign(envelope, key=pair().key, certificate=pair().certificate)
    root = xmldsig.parse(signed)
    for rubbish in ("AAAA", "MAA=", "!", base64.b64encode(pair().certificate.dump()[:300]).decode()):
        root.find(".//{*}KeyIdentifier").text = rubbish
        answer = client.post(ADDRESS, etree.tostring(root), content_type="text/xml")
        assert answer.status_code == 500 and b"wsse:FailedCheck" in answer.content


def test_an_unknown_service_and_a_used_message_id_are_business_errors(client, country):
    status, root = post(client, letter("NO_SUCH_SERVICE", [("a", "b")]))
    assert (status, error_code(root)) == (500, "SCSE001")
    content = [("requestNumber", "1"), ("iin", country.applicant.iin), ("kdpToken", "x"), ("publicKey", "y")]
    post(client, letter("DEMEU_MTSZN_SOCIAL", content, message_id="m-1"))
    _, root = post(client, letter("DEMEU_MTSZN_SOCIAL", content, message_id="m-1"))
    assert root.findtext(".//errorMessage") == "messageId was used before"


@pytest.mark.parametrize("more", [{"kind": "Other"}, {"content": [("iin", "12")]}])
def test_data_outside_the_schema_is_a_data_error(client, country, more):
    content = more.pop("content", [("requestNumber", "1"), ("iin", country.applicant.iin)])
    status, root = post(client, letter("DEMEU_MTSZN_SOCIAL", content, **more))
    assert (status, error_code(root)) == (500, "SCSE002")
    assert root.findtext(".//errorData")


def test_an_unsigned_or_changed_message_is_refused(client, country):
    envelope = letter("DEMEU_IPR", [("requestNumber", "1")])
    bare = client.post(ADDRESS, etree.tostring(envelope), content_type="text/xml")
    assert bare.status_code == 500 and b"wsse:FailedCheck" in bare.content
    signed = wsse.sign(envelope, key=pair().key, certificate=pair().certificate)
    changed = client.post(ADDRESS, signed.replace(b"<requestNumber>1<", b"<requestNumber>2<"), content_type="text/xml")
    assert changed.status_code == 500 and b"digest mismatch" in changed.content


def test_a_persons_key_is_no_information_system(client, country):
    held = identity.enrol(identity.Person(iin="900101100014", surname="А", given_name="Б"))
    status, root = post(client, letter("DEMEU_IPR", [("requestNumber", "1")]), identity_queries.pair(held))
    assert status == 500 and root.findtext(".//faultcode") == "wsse:FailedCheck"


@pytest.mark.parametrize("body", [b"", b"<a", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"\x00\xff"])
def test_nonsense_is_a_client_fault_and_signed(client, country, body):
    answer = client.post(ADDRESS, body, content_type="text/xml")
    assert answer.status_code == 500 and b"soap:Client" in answer.content
    wsse.verify(xmldsig.parse(answer.content))


@pytest.mark.parametrize(
    "fault,code",
    [
        ("scse001", "SCSE001"),
        ("scse002", "SCSE002"),
        ("scse003", "SCSE003"),
        ("soap_fault", None),
    ],
)
def test_planted_errors_come_as_faults(client, country, fault, code):
    plant_fault(service="KDP_SERVICE", fault=fault)
    status, root = post(client, letter("KDP_SERVICE", consent_content(country.applicant.iin, "DEMEU_IPR")))
    assert (status, error_code(root)) == (500, code)


def asked_family(client, country, fault):
    """The raw answer of ЦКС under a fault."""
    iin = country.applicant.iin
    content = [("requestNumber", "1"), ("applicantIin", iin), *token_for(client, iin, "DEMEU_CKS_FAMILY")]
    plant_fault(service="DEMEU_CKS_FAMILY", fault=fault, delay_s=0.01)
    envelope = letter("DEMEU_CKS_FAMILY", content, message_id="m-77")
    body = wsse.sign(envelope, key=pair().key, certificate=pair().certificate)
    return client.post(ADDRESS, body, content_type="text/xml")


def test_planted_wrong_signature_is_seen_by_a_verifier(client, country):
    with pytest.raises(ValueError, match="digest mismatch"):
        wsse.verify(xmldsig.parse(asked_family(client, country, "wrong_signature").content))


def test_planted_malformed_answer_is_not_xml(client, country):
    with pytest.raises(ValueError, match="not well-formed"):
        xmldsig.parse(asked_family(client, country, "malformed").content)


def test_planted_not_found_answers_that_there_is_nobody(client, country):
    missing = xmldsig.parse(asked_family(client, country, "not_found").content)
    assert missing.findtext(".//data/found") == "false"


def test_planted_contradiction_breaks_the_agreement_of_registers(client, country):
    muddled = xmldsig.parse(asked_family(client, country, "contradiction").content)
    assert muddled.findtext(".//dwelling/housingUnits") == "0"
    assert muddled.findtext(".//dwelling/housingAreaM2") == "54.0"
    assert muddled.findtext(".//member/birthDate") != country.applicant.birth_date


def test_planted_repeat_gives_an_answer_number_that_was_used(client, country):
    repeated = xmldsig.parse(asked_family(client, country, "repeated_message_id").content)
    assert repeated.findtext(".//responseInfo/messageId") == "m-77"


def test_planted_huge_answer_is_twelve_mebibytes_and_rightly_signed(client, country):
    huge = asked_family(client, country, "huge").content
    assert len(huge) > 12 * 1024 * 1024
    wsse.verify(xmldsig.parse(huge.partition(b"<!--")[0]))


def test_planted_delay_still_answers(client, country):
    late = asked_family(client, country, "delay")
    assert late.status_code == 200 and b"SCSS001" in late.content


def test_a_revoked_system_is_no_longer_believed(client, country):
    held = identity_queries.HeldKey.objects.get(holder__system_uid=VAULT_UID)
    signer = pair()
    identity.revoke_key(key_id=str(held.id))
    status, root = post(client, letter("DEMEU_IPR", [("requestNumber", "1")]), signer)
    assert status == 500 and root.findtext(".//faultcode") == "wsse:FailedCheck"


def test_the_answers_certificate_is_of_the_channel(client, country):
    _, root = post(client, letter("NO_SUCH", [("a", "b")]))
    text = root.findtext(".//{*}KeyIdentifier")
    certificate = x509.Certificate.load(base64.b64decode(text))
    assert "ШЭП" in certificate.subject.native["common_name"]
