"""The merchant's notice (postLink) and the status answer: field for field as the gateway writes them.

Never contains more of a card than its mask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demeu.sandbox.banks.rules.epay_states import Status
from demeu.sandbox.banks.rules.tenge import tenge_number


@dataclass(frozen=True)
class Operation:
    """What the gateway knows of one operation, amounts in tiyn."""

    operation: str
    invoice_id: str
    amount_tiyn: int
    refunded_tiyn: int
    terminal: str
    account_id: str
    description: str
    language: str
    status: str
    card_mask: str
    reference: str
    approval_code: str
    secure3d: bool
    reason: str
    reason_code: int
    payer_name: str
    payer_address: str
    secret_hash: str
    at: datetime | None
    saved_card: str = ""


def notice(told: Operation, *, failed: bool, amount_tiyn: int) -> Mapping[str, Any]:
    """The JSON of postLink or failurePostLink; ``amount_tiyn`` may be untrue when a forgery is asked for."""
    return {
        "id": told.operation,
        "dateTime": told.at.isoformat() if told.at else "",
        "invoiceId": told.invoice_id,
        "amount": tenge_number(amount_tiyn),
        "amountBonus": 0,
        "currency": "KZT",
        "terminal": told.terminal,
        "accountId": told.account_id,
        "description": told.description,
        "language": told.language,
        "cardMask": told.card_mask,
        "cardType": "VISA",
        "issuer": "SANDBOX BANK",
        "reference": told.reference,
        "intReference": int_reference(told.operation),
        "approvalCode": "" if failed else told.approval_code,
        "secure": "yes" if told.secure3d else "no",
        "secure3D": told.secure3d,
        "tokenRecipient": "",
        "code": "error" if failed else "ok",
        "reason": (told.reason or "declined") if failed else "success",
        "reasonCode": (told.reason_code or 455) if failed else 0,
        "name": told.payer_name,
        "email": "",
        "phone": "",
        "ip": told.payer_address,
        "cardId": "" if failed else told.saved_card,
        "secret_hash": told.secret_hash,
    }


def status_answer(told: Operation | None) -> Mapping[str, Any]:
    """The JSON of the status address; None = nothing was tried under that invoice."""
    if told is None:
        return {"resultCode": "102", "resultMessage": "NOT_FOUND", "transaction": None}
    return {"resultCode": "100", "resultMessage": "SUCCESS", "transaction": transaction_of(told)}


def transaction_of(told: Operation) -> Mapping[str, Any]:
    """The ``transaction`` object of status and operation answers."""
    return {
        "id": told.operation,
        "createdDate": told.at.isoformat() if told.at else "",
        "invoiceID": told.invoice_id,
        "amount": tenge_number(told.amount_tiyn),
        "amountRefunded": tenge_number(told.refunded_tiyn),
        "currency": "KZT",
        "terminal": told.terminal,
        "statusName": told.status,
        "reference": told.reference,
        "intReference": int_reference(told.operation),
        "approvalCode": told.approval_code,
        "cardMask": told.card_mask,
        "cardType": "VISA",
        "issuer": "SANDBOX BANK",
        "secure": "yes" if told.secure3d else "no",
        "reason": told.reason,
        "reasonCode": told.reason_code if told.status == Status.FAILED else 0,
        **({"cardID": told.saved_card} if told.saved_card and told.status != Status.FAILED else {}),
    }


def int_reference(operation: str) -> str:
    """The acquirer's internal reference of an operation."""
    return operation.replace("-", "")[-16:].upper()
