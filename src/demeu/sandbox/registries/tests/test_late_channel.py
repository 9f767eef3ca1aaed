"""AsyncChannel as vault speaks it: questions, answers until they are taken, notices; schemas and own faults."""

from datetime import timedelta

import pytest
from lxml import etree

from demeu.kernel.clock import now
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.sandbox.faults.actions import plant_fault
from demeu.sandbox.faults.rules import OWN_FAULTS
from demeu.sandbox.registries import late_channel, tree
from demeu.sandbox.registries.late_channel import TYPES
from demeu.sandbox.registries.schemas import FOLDER
from demeu.sandbox.registries.services import REGISTERS
from demeu.sandbox.registries.services.notices import MCHS, NOTICE_FAULTS, NOTICE_SCHEMAS, Happening
from demeu.sandbox.registries.tests.test_channel import country as country
from demeu.sandbox.registries.tests.test_channel import error_code, letter, pair, post, token_for
from demeu.sandbox.signing import wsse, xmldsig

pytestmark = pytest.mark.django_db
ADDRESS = "/shep/bip-async-wss-gost/"
LATE = "DEMEU_MZ_DIAGNOSIS"
AT = "2026-11-22T11:00:00+05:00"
SENDER = ("sender", [("senderId", "demeu")])


def speak(client, name, content, data=None, signed=True):
    """One operation; status and the answer's root, whose signature holds."""
    outer = etree.Element(f"{{{TYPES}}}{name}", nsmap={"asy": TYPES})
    tree.fill(outer, content)
    if data is not None:
        etree.SubElement(outer.find("request"), "messageData").append(data)
    envelope = wsse.envelope(outer)
    body = wsse.sign(envelope, key=pair().key, certificate=pair().certificate) if signed else etree.tostring(envelope)
    answer = client.post(ADDRESS, body, content_type="text/xml; charset=utf-8")
    root = xmldsig.parse(answer.content)
    wsse.verify(root)
    return answer.status_code, root


def put(client, country, message_id, service=LATE):
    """A question about the applicant."""
    iin = country.applicant.iin
    register = REGISTERS[LATE]
    content = [("requestNumber", "1"), ("iin", iin), *token_for(client, iin, LATE)]
    data = tree.typed("data", namespace=register.namespace, kind=register.request_type, content=content)
    about = [
        ("messageId", message_id),
        ("serviceId", service),
        ("messageType", "REQUEST"),
        ("messageDate", AT),
        SENDER,
    ]
    return speak(client, "sendMessage", [("request", [("messageInfo", about)])], data)


def waiting(client):
    """Messages of the queue as (message id, correlation id, data)."""
    _, root = speak(client, "getMessages", [("request", [("requestDate", AT), ("messageCount", 10), SENDER])])
    return [
        (
            one.findtext("messageInfo/messageId"),
            one.findtext("messageInfo/correlationId"),
            one.find("messageData/data"),
        )
        for one in root.findall(".//response/message")
    ]


def take(client, message_id, again=False):
    """Say that a message was taken, or is wanted again."""
    state = [("receiveStatus", "DELIVERED"), ("statusDate", AT), ("resendMessage", again)]
    notification = [("messageId", message_id), ("serviceId", LATE), ("notificationDate", AT), ("deliveryStatus", state)]
    return speak(client, "sendDeliveryNotification", [("notification", notification), ("requestDate", AT)])


def test_an_answer_lies_in_the_queue_until_it_is_taken(client, country):
    assert put(client, country, "q-1")[0] == 200
    assert put(client, country, "q-1")[0] == 200
    for _ in range(2):
        ((message_id, question, data),) = waiting(client)
        assert question == "q-1"
        assert data.findtext("confirmation/severeIllness") == "no"
    assert take(client, message_id)[0] == 200
    assert waiting(client) == []


def test_what_is_wanted_again_comes_again_a_little_later(client, country):
    put(client, country, "q-1")
    ((message_id, _, _),) = waiting(client)
    take(client, message_id, again=True)
    assert waiting(client) == []
    late_channel.QueuedMessage.objects.update(visible_at=now() - timedelta(seconds=1))
    assert [found[0] for found in waiting(client)] == [message_id]


@pytest.mark.parametrize(
    ("fault", "state", "answers"), [("lost", "NOT_DELIVERED", 0), ("still_silent", "DELIVERED", 0)]
)
def test_a_lost_question_is_told_to_be_lost(client, country, fault, state, answers):
    plant_fault(service=LATE, fault=fault)
    put(client, country, "q-1")
    _, root = speak(client, "getMessageStatus", [("messageId", "q-1"), ("requestDate", AT), SENDER])
    assert root.findtext(".//messageState") == state
    assert len(waiting(client)) == answers


def test_a_register_of_the_other_channel_and_an_unknown_message_are_business_errors(client, country):
    status, root = put(client, country, "q-1", service="DEMEU_IPR")
    assert (status, error_code(root)) == (500, "SCSE001")
    status, root = speak(client, "getMessageStatus", [("messageId", "none"), ("requestDate", AT), SENDER])
    assert (status, error_code(root)) == (500, "SCSE001")


def test_what_is_not_signed_or_no_operation_is_refused(client, country):
    content = [("request", [("requestDate", AT), ("messageCount", 10), SENDER])]
    status, root = speak(client, "getMessages", content, signed=False)
    assert (status, root.findtext(".//faultcode")) == (500, "wsse:FailedCheck")
    status, root = speak(client, "dropAllTables", content)
    assert (status, root.findtext(".//faultcode")) == (500, "soap:Client")


def test_a_notice_names_places_and_no_people(client, country):
    late_channel.send_notice(service=MCHS, event=Happening("A-1", "flood", ("351000000",), now()))
    ((_, question, data),) = waiting(client)
    assert question is None
    assert [one.text for one in data.findall("area/kato")] == ["351000000"]
    with pytest.raises(Refusal, match=r"notice\.unusable"):
        late_channel.send_notice(service=MCHS, event=Happening("A-2", "flood", ("Темиртау",), now()))


def test_every_register_has_faults_of_its_own_and_no_other_are_taken():
    written = {name: tuple(one.own_faults) for name, one in REGISTERS.items() if one.own_faults}
    written |= {name: tuple(faults) for name, faults in NOTICE_FAULTS.items()}
    assert {name: set(faults) for name, faults in written.items()} == {n: set(f) for n, f in OWN_FAULTS.items()}
    assert min(map(len, OWN_FAULTS.values())) >= 2
    assert set(OWN_FAULTS) == {*REGISTERS, *NOTICE_FAULTS} - {"KDP_SERVICE", "KDP_PERSONALDATA"}


@pytest.mark.django_db
def test_a_fault_of_another_register_is_unknown():
    with pytest.raises(Refusal, match=r"fault\.unknown"):
        plant_fault(service="DEMEU_IPR", fault="named_illness")


def bare(name):
    """A schema without comments, namespace and name."""
    root = etree.parse(str(FOLDER / name), etree.XMLParser(remove_comments=True, remove_blank_text=True)).getroot()
    namespace = root.attrib.pop("targetNamespace").encode()
    return etree.tostring(root).replace(namespace, b"")


def test_no_two_registers_have_the_same_schema():
    files = {one.schema for one in REGISTERS.values()} | {file for _, file in NOTICE_SCHEMAS.values()}
    assert len({bare(name) for name in files}) == len(files)


def test_a_register_that_answers_later_does_not_answer_at_once(client, country):
    iin = country.applicant.iin
    content = [("requestNumber", "1"), ("iin", iin), *token_for(client, iin, LATE)]
    status, root = post(client, letter(LATE, content, message_id=str(new_id())))
    assert (status, error_code(root)) == (500, "SCSE001")
