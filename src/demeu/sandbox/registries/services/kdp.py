"""КДП (`KDP_SERVICE`): the citizen's consent as a token for one service.

Fields as published; status values are ours.
"""

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.services.register import Declined, Question, Register

NAMESPACE = "http://service.2fa-chain.kz/ns/kdp"
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
    if tree.text(question.data, "omit-sms") not in ("true", "1"):
        return "NO_ANSWER"
    if not question.proof_holds(tree.text(question.data, "ovt")):
        raise Declined("SCSE001", "ovt is not a valid proof of consent")
    return "GRANTED"


REGISTER = Register(
    "KDP_SERVICE",
    NAMESPACE,
    "kdp.xsd",
    "getUserDataRequest",
    people=lambda data: tree.texts(data, "uin"),
    answer=answer,
    needs_token=False,
)
