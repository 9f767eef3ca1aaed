"""The sandbox eGov Mobile asks the two addresses of a site as the description says, refusing what departs."""

import base64
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from demeu.kernel.clock import now
from demeu.kernel.errors import Refusal
from demeu.sandbox.identity import actions
from demeu.sandbox.identity.egov_mobile import sign_by_link
from demeu.sandbox.signing import cms

pytestmark = pytest.mark.django_db
PERSON = actions.Person(iin="900101200010", surname="СЕРІКОВА", given_name="АЙГҮЛ", role="mother")
CONTENT = b"demeu:sign-in:1\n"


class Site(HTTPServer):
    """A site that asks for one signature; `brought` is what it got, `about` and `order` what it says."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), SiteAnswers)
        address = f"http://127.0.0.1:{self.server_port}"
        self.link = f"mobileSign:{address}/one"
        self.about = {
            "description": "Кіру",
            "expiry_date": (now() + timedelta(minutes=5)).isoformat(timespec="milliseconds"),
            "organisation": {"nameRu": "Demeu", "nameKz": "Demeu", "nameEn": "Demeu", "bin": "230940000019"},
            "document": {"uri": f"{address}/two", "auth_type": "Token", "auth_token": "word"},
        }
        file = {"mime": "", "data": base64.b64encode(CONTENT).decode()}
        documents = [{"id": 1, "nameRu": "Вход", "nameKz": "Кіру", "nameEn": "Sign in", "document": {"file": file}}]
        self.order = {"signMethod": "CMS_SIGN_ONLY", "documentsToSign": documents}
        self.brought = None


class SiteAnswers(BaseHTTPRequestHandler):
    def do_GET(self):
        allowed = self.path == "/one" or self.headers["Authorization"] == "Bearer word"
        self.answer(200 if allowed else 403, self.server.about if self.path == "/one" else self.server.order)

    def do_PUT(self):
        self.server.brought = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(200, {})

    def answer(self, status, content):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site():
    actions.found_authorities()
    actions.enrol(PERSON)
    server = Site()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_signature_is_brought_in_the_place_of_the_document(site):
    asked = sign_by_link(link=site.link, reference="mother")
    assert (asked.organisation, asked.documents) == ("Demeu", ["Вход"])
    (brought,) = site.brought["documentsToSign"]
    made = base64.b64decode(brought["document"]["file"]["data"])
    assert cms.verify(made, CONTENT).content == CONTENT
    with pytest.raises(ValueError, match="content"):
        cms.verify(made)


def test_a_signature_may_carry_its_content_or_be_in_xml(site):
    site.order["signMethod"] = "CMS_WITH_DATA"
    sign_by_link(link=site.link, reference="mother")
    made = site.brought["documentsToSign"][0]["document"]["file"]["data"]
    assert cms.verify(base64.b64decode(made)).content == CONTENT
    site.order = {"signMethod": "XML", "documentsToSign": [{"id": 1, "documentXml": "<a/>"}]}
    sign_by_link(link=site.link, reference="mother")
    assert "SignatureValue" in site.brought["documentsToSign"][0]["documentXml"]


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (lambda site: site.about.pop("organisation"), "egov.bad_answer"),
        (lambda site: site.about.update(expiry_date="soon"), "egov.bad_answer"),
        (lambda site: site.about.update(expiry_date="2020-01-01T00:00:00.000+00:00"), "egov.over"),
        (lambda site: site.about["document"].update(auth_type="Word"), "egov.bad_answer"),
        (lambda site: site.about["document"].update(auth_token="other"), "egov.site_refused"),
        (lambda site: site.order.update(signMethod="PDF"), "egov.bad_answer"),
        (lambda site: site.order["documentsToSign"][0].pop("document"), "egov.bad_answer"),
        (lambda site: setattr(site, "link", "https://example.kz"), "egov.bad_link"),
    ],
)
def test_a_site_that_departs_from_the_description_gets_no_signature(site, bend, code):
    bend(site)
    with pytest.raises(Refusal) as caught:
        sign_by_link(link=site.link, reference="mother")
    assert caught.value.code == code
    assert site.brought is None


def test_the_page_signs_for_a_person_and_for_a_program(site, client):
    assert "mobileSign" in client.get("/egov-mobile/?link=mobileSign:x").content.decode()
    order = json.dumps({"link": site.link, "key": "mother"})
    told = client.post("/egov-mobile/", order, content_type="application/json")
    assert (told.status_code, told.json()["bin"]) == (200, "230940000019")
    assert "Demeu" in client.post("/egov-mobile/", {"link": site.link, "key": "mother"}).content.decode()
    assert "egov.bad_link" in client.post("/egov-mobile/", {"link": "x", "key": "mother"}).content.decode()
