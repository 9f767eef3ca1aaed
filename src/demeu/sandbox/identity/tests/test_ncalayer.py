"""A page talks to the sandbox NCALayer over a real WebSocket; the sandbox's web process signs."""

import asyncio
import base64
import json

import httpx
import pytest
from websockets.asyncio.client import connect

from demeu.sandbox.identity import actions, queries
from demeu.sandbox.identity.ncalayer import GREETING, HEARTBEAT, opened
from demeu.sandbox.signing import certificates, cms, xmldsig

pytestmark = pytest.mark.django_db(transaction=True)
NONCE = b'{"purpose":"sign-in","nonce":"c2b1"}'
DATA = base64.b64encode(NONCE).decode()


@pytest.fixture
def people():
    """Two people with keys."""
    actions.found_authorities()
    first = actions.enrol(actions.Person(iin="900101200010", surname="СЕРІКОВА", given_name="АЙГҮЛ"))
    second = actions.enrol(actions.Person(iin="900101100014", surname="ОМАРОВ", given_name="ЕРЖАН"))
    return first, second


def talk(live_url, messages, query=""):
    """Open the program, say the messages one by one, return all it said."""

    async def conversation():
        async with httpx.AsyncClient(trust_env=False) as client:
            server = await opened("127.0.0.1", 0, live_url, client)
            port = server.sockets[0].getsockname()[1]
            health = await client.get(f"http://127.0.0.1:{port}/healthz")
            assert health.status_code == 200
            heard = []
            async with connect(f"ws://127.0.0.1:{port}/{query}", proxy=None) as page:
                heard.append(await page.recv())
                for message in messages:
                    await page.send(message if isinstance(message, str) else json.dumps(message))
                    heard.append(await page.recv())
            server.close()
            await server.wait_closed()
            return heard

    return asyncio.run(conversation())


def basics(**changed):
    """The request that the public client sends for a detached CMS."""
    arguments = {
        "allowedStorages": None,
        "format": "cms",
        "data": DATA,
        "signingParams": {"decode": True, "encapsulate": False, "digested": False, "tsaProfile": {}},
        "signerParams": {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"], "chain": []},
        "locale": "ru",
    }
    return {"module": "kz.gov.pki.knca.basics", "method": "sign", "args": {**arguments, **changed}}


def signer_iin(signature, content=NONCE):
    """Who signed, after the signature was checked."""
    found = cms.verify(cms.from_text(signature), content)
    return certificates.subject_fields(found.certificate)["serial_number"]


def test_greeting_heartbeat_and_unknown_module(live_server):
    heard = talk(live_server.url, [HEARTBEAT, {"module": "kz.no.such", "method": "x"}, "not json"])
    assert heard[:2] == [GREETING, HEARTBEAT]
    assert json.loads(heard[2]) == {"success": False, "errorCode": "MODULE_NOT_FOUND"}
    assert json.loads(heard[3])["success"] is False


def test_basics_signs_with_the_key_named_by_the_address(live_server, people):
    heard = talk(live_server.url, [basics()], f"?key={people[1].id}")
    answer = json.loads(heard[1])
    assert answer["status"] is True
    assert signer_iin(answer["body"]["result"][0]) == "IIN900101100014"


def test_basics_signs_with_the_iin_the_page_asks_for_else_with_the_picked_key(live_server, people):
    actions.choose_key(reference=str(people[0].id))
    asked = basics(signerParams={"iin": "900101100014"})
    heard = [json.loads(text) for text in talk(live_server.url, [basics(), asked])[1:]]
    assert [signer_iin(one["body"]["result"][0]) for one in heard] == ["IIN900101200010", "IIN900101100014"]


def test_basics_signs_attached_lists_digests_and_xml(live_server, people):
    actions.choose_key(reference=people[0].holder.iin)
    attached = basics(signingParams={"decode": True, "encapsulate": True}, data=[DATA, DATA])
    xml = basics(format="xml", data="<letter><text>үлгі</text></letter>", signingParams={})
    heard = [json.loads(text) for text in talk(live_server.url, [attached, xml])[1:]]
    assert len(heard[0]["body"]["result"]) == 2
    assert cms.verify(cms.from_text(heard[0]["body"]["result"][1])).content == NONCE
    certificate = xmldsig.verify_enveloped(heard[1]["body"]["result"][0].encode())
    assert certificates.subject_fields(certificate)["surname"] == "СЕРІКОВА"


def test_an_authentication_key_is_issued_when_the_page_asks_for_one(live_server, people):
    asked = basics(signerParams={"extKeyUsageOids": ["1.3.6.1.5.5.7.3.2"], "iin": people[0].holder.iin})
    answer = json.loads(talk(live_server.url, [asked])[1])
    found = cms.verify(cms.from_text(answer["body"]["result"][0]), NONCE)
    assert "1.3.6.1.5.5.7.3.2" in [use.dotted for use in found.certificate.extended_key_usage_value]


def test_the_user_may_cancel_once(live_server, people):
    actions.choose_key(reference=people[0].holder.iin)
    actions.cancel_next_signing()
    heard = [json.loads(text) for text in talk(live_server.url, [basics(), basics()])[1:]]
    assert heard[0] == {"status": True, "body": {}}
    assert heard[1]["body"]["result"]


@pytest.mark.parametrize(
    "changed,code",
    [
        ({"signingParams": 555}, "INVOCATION_ERROR"),
        ({"format": "pdf"}, "INVALID_SIGNING_PARAMS"),
        ({"data": 7}, "INVALID_SIGNING_PARAMS"),
        ({"data": "***"}, "SIGNING_FAILURE"),
        ({"signerParams": {"iin": "000000000000"}}, "SIGNING_FAILURE"),
    ],
)
def test_unusable_requests_are_refused_with_the_protocols_codes(live_server, people, changed, code):
    actions.choose_key(reference=people[0].holder.iin)
    answer = json.loads(talk(live_server.url, [basics(**changed)])[1])
    assert (answer["status"], answer["code"]) == (False, code)


def test_the_old_module_signs_describes_and_reports_cancellation(live_server, people):
    actions.choose_key(reference=people[0].holder.iin)

    def old(method, *arguments):
        return {"module": "kz.gov.pki.knca.commonUtils", "method": method, "args": list(arguments)}

    heard = talk(
        live_server.url,
        [
            old("getActiveTokens"),
            old("getKeyInfo", "PKCS12"),
            old("getKeyInfo", None),
            old("createCMSSignatureFromBase64", "PKCS12", "SIGNATURE", DATA, False),
            old("signXml", "PKCS12", "SIGNATURE", "<a/>", "", ""),
            old("createCMSSignatureFromBase64", "PKCS12", 7, DATA, False),
        ],
    )
    tokens, described, refused, signed, xml, mismatch = (json.loads(text) for text in heard[1:])
    assert tokens == {"code": "200", "responseObject": []}
    assert described["responseObject"]["subjectCn"] == "СЕРІКОВА АЙГҮЛ"
    assert refused["code"] == mismatch["code"] == "500"
    assert signer_iin(signed["responseObject"]) == "IIN900101200010"
    assert xmldsig.verify_enveloped(xml["responseObject"].encode())
    actions.cancel_next_signing()
    cancelled = json.loads(talk(live_server.url, [old("signXml", "PKCS12", "SIGNATURE", "<a/>", "", "")])[1])
    assert cancelled == {"code": "500", "message": "action.canceled"}


def test_a_sandbox_that_is_down_is_a_signing_failure(people):
    answer = json.loads(talk("http://127.0.0.1:9", [basics()], "?key=900101200010")[1])
    assert answer["code"] == "SIGNING_FAILURE" and "does not answer" in answer["details"]


def test_the_key_lies_in_the_newest_choice(people):
    actions.choose_key(reference=str(people[0].id))
    actions.choose_key(reference=people[1].holder.iin)
    assert queries.current_key() == people[1]
