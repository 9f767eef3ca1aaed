"""One exchange over SyncChannel: believe, read, find the register, meet the planted fault, answer, sign.

Returns bytes and an HTTP status; knows nothing of HTTP itself.
"""

import threading
from dataclasses import dataclass, replace
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
from demeu.sandbox.registries.schemas import data_schema, first_fault
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
    stamp = wire.Stamp(str(new_id()), "", f"{{{new_id()}}}", now())
    try:
        root = xmldsig.parse(body)
        message = wire.read(root)
    except (ValueError, wire.BadMessage) as fault:
        return _signed(wire.fault("Client", str(fault)), 500)
    try:
        certificate = wsse.verify(root)
        if not trust.sender_is_believed(certificate, stamp.at):
            raise ValueError("the signer is not a known information system")
    except (ValueError, KeyError, TypeError) as fault:
        return _signed(wire.fault("wsse:FailedCheck", str(fault)), 500)
    stamp = replace(stamp, correlation_id=message.message_id)
    try:
        return _served(message, stamp)
    except Declined as declined:
        return _signed(wire.error(declined.code, declined.message, stamp=stamp), 500)


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
    fault = _unfit(register, message.data)
    if fault:
        return _signed(wire.error("SCSE002", "data does not fit the schema", stamp=stamp, extra=fault), 500)
    struck = strike(service=message.service_id, iins=register.people(message.data))
    if struck.fault == Fault.REPEATED_MESSAGE_ID:
        stamp = replace(stamp, message_id=before or message.message_id)
    return _misbehaved(register, message, stamp, struck)


def _misbehaved(register: Register, message: wire.Message, stamp: wire.Stamp, struck: Struck) -> Reply:
    if struck.fault == Fault.DELAY:
        threading.Event().wait(struck.delay_s)
    if struck.fault == Fault.SOAP_FAULT:
        return _signed(wire.fault("Server", "FAULT-015: internal error of the gateway"), 500)
    if struck.fault in ERROR_CODES:
        raise Declined(ERROR_CODES[struck.fault], "the register could not process the message")
    data = _answer(register, message.data, stamp, struck.fault)
    reply = _signed(wire.answer(data, stamp=stamp, service_id=register.service_id))
    if struck.fault == Fault.HUGE:
        # beside the signed body, because the pure Python digest of so much would take minutes
        return Reply(reply.content + b"<!--" + b" " * HUGE_BYTES + b"-->")
    if struck.fault == Fault.MALFORMED:
        return Reply(reply.content[: len(reply.content) * 2 // 3])
    if struck.fault == Fault.WRONG_SIGNATURE:
        changed = reply.content.replace(b"</data>", b"<!-- changed on the way --><x/></data>", 1)
        return Reply(changed if changed != reply.content else reply.content.replace(b"SCSS001", b"SCSS002", 1))
    return reply


def _answer(register: Register, data: etree._Element, stamp: wire.Stamp, fault: Fault) -> etree._Element:
    may_read = not register.needs_token or queries.token_opens(
        code=text(data, "kdpToken"),
        public_key=text(data, "publicKey"),
        service=register.service_id,
        iins=register.people(data),
        at=stamp.at,
    )
    if not may_read and not register.declines_by_answer:
        raise Declined("SCSE001", "access token is missing, expired or for something else")
    question = Question(
        data=data,
        at=stamp.at,
        household_of=partial(_household, fault=fault),
        hand_out_token=_hand_out_token,
        proof_holds=partial(trust.proof_holds, at=stamp.at),
        forced_status=KDP_STATUSES.get(fault, ""),
        may_read=may_read,
    )
    answered = register.answer(question)
    if register.validates_answer:
        unfit = first_fault(data_schema(register.namespace, register.schema), answered)
        if unfit:
            raise Declined("SCSE003", unfit)
    return answered


def _household(iin: str, *, fault: Fault) -> Household | None:
    if fault == Fault.NOT_FOUND:
        return None
    home = queries.household_of(iin)
    return contradicted(home) if home and fault == Fault.CONTRADICTION else home


def _hand_out_token(citizen: str, service: str, lifetime_ms: int) -> tuple[str, str]:
    if service not in REGISTERS:
        raise Declined("SCSE001", "access_name is not a registered service")
    token = actions.hand_out_token(citizen_iin=citizen, service=service, lifetime_ms=lifetime_ms)
    return token.code, token.public_key


def _unfit(register: Register, data: etree._Element) -> str:
    if type_name(data) != (register.namespace, register.request_type):
        return f"xsi:type must be {{{register.namespace}}}{register.request_type}"
    return first_fault(data_schema(register.namespace, register.schema), data)


def _signed(envelope: etree._Element, status: int = 200) -> Reply:
    pair = system_pair(SHEP_UID)
    return Reply(wsse.sign(envelope, key=pair.key, certificate=pair.certificate), status)
