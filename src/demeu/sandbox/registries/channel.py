"""One exchange over SyncChannel: believe, read, find the register, meet the planted fault, answer, sign.

Returns bytes and an HTTP status; knows nothing of HTTP itself.
"""

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from lxml import etree

from demeu.kernel.clock import now
from demeu.kernel.ids import new_id
from demeu.sandbox.faults.actions import Struck, strike
from demeu.sandbox.faults.rules import ERROR_CODES, KDP_STATUSES, Fault
from demeu.sandbox.identity.queries import system_pair
from demeu.sandbox.identity.systems import SHEP_UID
from demeu.sandbox.registries import actions, queries, trust, wire
from demeu.sandbox.registries.household import Household, contradicted
from demeu.sandbox.registries.schemas import data_schema, document_schema, first_fault
from demeu.sandbox.registries.services import REGISTERS
from demeu.sandbox.registries.services.register import Declined, Question, Register
from demeu.sandbox.registries.tree import text, type_name
from demeu.sandbox.signing import wsse, xmldsig

HUGE_BYTES = 12 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """What goes back: the signed message and its HTTP status (500 for Faults, SOAP 1.1 §6.2)."""

    content: bytes
    status: int = 200


def exchange(body: bytes) -> Reply:
    """Answer one request of any content."""
    stamp = new_stamp()
    try:
        root = believed(body, stamp.at)
        message = wire.read(root)
    except Refused as refused:
        return signed(refused.envelope, 500)
    except (ValueError, wire.BadMessage) as fault:
        return signed(wire.fault("Client", str(fault)), 500)
    stamp = replace(stamp, correlation_id=message.message_id)
    try:
        return _served(message, stamp)
    except Declined as declined:
        return signed(wire.error(declined.code, declined.message, stamp=stamp), 500)


class Refused(Exception):
    """What came is not XML, or not signed by a known information system; `envelope` says so."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.envelope = wire.fault(code, text)


def new_stamp() -> wire.Stamp:
    """Numbers and moment of one more answer."""
    return wire.Stamp(str(new_id()), "", f"{{{new_id()}}}", now())


def believed(body: bytes, at: datetime) -> etree._Element:
    """The envelope, when an information system that we know signed its body; else Refused."""
    try:
        root = xmldsig.parse(body)
        wsse.body_of(root)
    except ValueError as fault:
        raise Refused("Client", str(fault)) from fault
    try:
        certificate = wsse.verify(root)
        if not trust.sender_is_believed(certificate, at):
            raise ValueError("the signer is not a known information system")
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused("wsse:FailedCheck", str(fault)) from fault
    return root


def _served(message: wire.Message, stamp: wire.Stamp) -> Reply:
    register = REGISTERS.get(message.service_id)
    if register is None:
        raise Declined("SCSE001", f"service {message.service_id} is not registered")
    before = queries.last_answered_id(message.service_id)
    fresh = actions.note_message(
        message_id=message.message_id, service=message.service_id, answered_id=stamp.message_id
    )
    if not fresh:
        raise Declined("SCSE001", "messageId was used before")
    if register.channel != "sync":
        raise Declined("SCSE001", f"service {message.service_id} answers over AsyncChannel")
    data = asked_data(register, message.data, stamp.at)
    fault = unfit(register, data)
    if fault:
        return signed(wire.error("SCSE002", "data does not fit the schema", stamp=stamp, extra=fault), 500)
    message = replace(message, data=data)
    struck = strike(service=message.service_id, iins=register.people(data))
    if struck.fault == Fault.REPEATED_MESSAGE_ID:
        stamp = replace(stamp, message_id=before or message.message_id)
    return _misbehaved(register, message, stamp, struck)


def _misbehaved(register: Register, message: wire.Message, stamp: wire.Stamp, struck: Struck) -> Reply:
    if struck.fault == Fault.DELAY:
        threading.Event().wait(struck.delay_s)
    if struck.fault == Fault.SOAP_FAULT:
        return signed(wire.fault("Server", "FAULT-015: internal error of the gateway"), 500)
    if struck.fault in ERROR_CODES:
        raise Declined(ERROR_CODES[Fault(struck.fault)], "the register could not process the message")
    data = answer_data(register, message.data, stamp.at, struck.fault)
    reply = signed(wire.answer(data, stamp=stamp, service_id=register.service_id))
    if struck.fault == Fault.HUGE:
        # beside the signed body, because the pure Python digest of so much would take minutes
        return Reply(reply.content + b"<!--" + b" " * HUGE_BYTES + b"-->")
    if struck.fault == Fault.MALFORMED:
        return Reply(reply.content[: len(reply.content) * 2 // 3])
    if struck.fault == Fault.WRONG_SIGNATURE:
        changed = reply.content.replace(b"</data>", b"<!-- changed on the way --><x/></data>", 1)
        return Reply(changed if changed != reply.content else reply.content.replace(b"SCSS001", b"SCSS002", 1))
    return reply


def asked_data(register: Register, data: etree._Element, at: datetime) -> etree._Element:
    """What a register is asked: `data` itself, or the document in it when its own signature holds."""
    if not register.escaped_request:
        return data
    try:
        content = (data.text or "").strip().encode()
        certificate = xmldsig.verify_enveloped(content)
        if not trust.sender_is_believed(certificate, at):
            raise ValueError("the signer of the document is not known")
        root = xmldsig.parse(content)
    except (ValueError, KeyError, TypeError) as fault:
        raise Declined("SCSE002", f"the document is not signed as it must be: {fault}"[:200]) from fault
    if root.tag != register.escaped_request:
        raise Declined("SCSE002", "another document was expected")
    return root


def answer_data(register: Register, data: etree._Element, at: datetime, fault: str) -> etree._Element:
    """The register's answer to a question that fits its schema, spoiled as the fault asks."""
    may_read = not register.needs_token or queries.token_opens(
        code=text(data, "kdpToken"),
        public_key=text(data, "publicKey"),
        service=register.service_id,
        iins=register.people(data),
        at=at,
    )
    if not may_read and not register.declines_by_answer:
        raise Declined("SCSE001", "access token is missing, expired or for something else")
    question = Question(
        data=data,
        at=at,
        household_of=partial(_household, fault=fault),
        hand_out_token=_hand_out_token,
        proof_holds=partial(trust.proof_holds, at=at),
        forced_status=KDP_STATUSES.get(Fault(fault), "") if fault in {one.value for one in Fault} else "",
        may_read=may_read,
        accesses=queries.accesses,
        organization_of=(lambda _bin: None) if fault == Fault.NOT_FOUND else queries.organization_of,
    )
    answered = register.answer(question)
    if register.validates_answer:
        misfit = first_fault(data_schema(register.namespace, register.schema), answered)
        if misfit:
            raise Declined("SCSE003", misfit)
    if fault in register.own_faults:
        register.own_faults[fault](answered)
    return answered


def _household(iin: str, *, fault: str) -> Household | None:
    if fault == Fault.NOT_FOUND:
        return None
    home = queries.household_of(iin)
    return contradicted(home) if home and fault == Fault.CONTRADICTION else home


def _hand_out_token(citizen: str, service: str, lifetime_ms: int) -> tuple[str, str]:
    if service not in REGISTERS:
        raise Declined("SCSE001", "access_name is not a registered service")
    token = actions.hand_out_token(citizen_iin=citizen, service=service, lifetime_ms=lifetime_ms)
    return token.code, token.public_key


def unfit(register: Register, data: etree._Element) -> str:
    """The first thing that the register's schema says against a question, empty when it fits."""
    if register.escaped_request:
        return first_fault(document_schema(register.schema), data)
    if type_name(data) != (register.namespace, register.request_type):
        return f"xsi:type must be {{{register.namespace}}}{register.request_type}"
    return first_fault(data_schema(register.namespace, register.schema), data)


def signed(envelope: etree._Element, status: int = 200) -> Reply:
    """An answer signed by ШЭП."""
    pair = system_pair(SHEP_UID)
    return Reply(wsse.sign(envelope, key=pair.key, certificate=pair.certificate), status)
