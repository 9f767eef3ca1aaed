"""КДП: the citizen's consent as a token for one service (`KDP_SERVICE`); the log of it (`KDP_PERSONALDATA`).

Fields as published; status values and the inner form of the log are ours. A citizen who is asked by SMS agrees at once
unless a fault says otherwise.
"""

from datetime import datetime

from lxml import etree

from demeu.sandbox.identity.systems import VAULT_BIN
from demeu.sandbox.registries import tree
from demeu.sandbox.registries.services.register import Declined, Question, Register

NAMESPACE = "http://service.2fa-chain.kz/ns/kdp"
LOG_NAMESPACE = f"{NAMESPACE}/personalData"
LIFETIME_MS_MAX = 30 * 24 * 3_600_000


def answer(question: Question) -> etree._Element:
    """GRANTED with token and key when the organization proves the citizen's signed consent; else why not."""
    data = question.data
    citizen = tree.text(data, "uin")
    status = question.forced_status or _status(question, citizen)
    content: list[tuple[str, str]] = [("status", status)]
    if status == "GRANTED":
        lifetime_ms = min(int(tree.text(data, "expiresIn")), LIFETIME_MS_MAX)
        code, public_key = question.hand_out_token(citizen, tree.text(data, "access_name"), lifetime_ms)
        content += [("code", code), ("public-key", public_key)]
    return tree.typed("data", namespace=NAMESPACE, kind="getUserDataResponse", content=content)


def _status(question: Question, citizen: str) -> str:
    if question.resident(citizen) is None:
        return "NOT_IN_BMG"
    by_sms = tree.text(question.data, "omit-sms") not in ("true", "1")
    if not question.proof_holds(tree.text(question.data, "ovt"), by_sms):
        raise Declined("SCSE001", "ovt is not a valid proof of consent")
    return "GRANTED"


def log(question: Question) -> etree._Element:
    """Every token that was handed out about a citizen in a span of time."""
    citizen = tree.text(question.data, "uin")
    since, until = (datetime.fromisoformat(tree.text(question.data, name)) for name in ("start_date", "end_date"))
    entries = [
        [("date", at.isoformat(timespec="seconds")), ("company_bin", VAULT_BIN), ("access_name", service)]
        for at, service in question.accesses(citizen, since, until)
    ]
    content = [("uin", citizen), ("r_pdata", tree.pairs("entry", entries))]
    return tree.typed("data", namespace=LOG_NAMESPACE, kind="personalDataResponse", content=content)


REGISTERS = (
    Register(
        "KDP_SERVICE",
        NAMESPACE,
        "kdp.xsd",
        "getUserDataRequest",
        people=lambda data: tree.texts(data, "uin"),
        answer=answer,
        needs_token=False,
    ),
    Register(
        "KDP_PERSONALDATA",
        LOG_NAMESPACE,
        "kdp-log.xsd",
        "personalDataRequest",
        people=lambda data: tree.texts(data, "uin"),
        answer=log,
        needs_token=False,
    ),
)
