"""States of a gift, what the gateway's word makes of them, and when a gift may be started. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from demeu.contracts.treasury import PROGRAMMES
from demeu.kernel.errors import conflict, invalid, too_late
from demeu.treasury.ledger.rules import Account

SESSION = timedelta(minutes=90)
CURRENCY = "KZT"


class GiftState(StrEnum):
    """Where a gift stands."""

    STARTED = "started"
    PENDING = "pending"
    RECEIVED = "received"
    DECLINED = "declined"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"


class Word(StrEnum):
    """What a gateway says of an order when it is asked."""

    PAID = "paid"
    FAILED = "failed"
    WAITING = "waiting"
    UNREACHABLE = "unreachable"


UNDECIDED = (GiftState.STARTED, GiftState.PENDING, GiftState.UNKNOWN)
MAY_BECOME_RECEIVED = (*UNDECIDED, GiftState.EXPIRED, GiftState.DECLINED)
GATEWAY_ACCOUNT = {
    "halyk": Account.GATEWAY_HALYK,
    "kaspi": Account.GATEWAY_KASPI,
    "freedom": Account.GATEWAY_FREEDOM,
    "tiptop": Account.GATEWAY_TIPTOP,
    "transfer": Account.GATEWAY_TRANSFER,
    "demo": Account.GATEWAY_DEMO,
}
BANK_ACCOUNT = {name: Account.BANK_DEMO if name == "demo" else Account.BANK for name in GATEWAY_ACCOUNT}


def next_state(state: GiftState, word: Word, *, now: datetime, expires_at: datetime) -> GiftState:
    """The state after the gateway's word. Money that came counts however late; nothing undoes a received gift here."""
    if word is Word.PAID:
        return GiftState.RECEIVED if state in MAY_BECOME_RECEIVED else state
    if state not in UNDECIDED:
        return state
    if word is Word.FAILED:
        return GiftState.DECLINED
    if now < expires_at:
        return state
    return GiftState.EXPIRED if word is Word.WAITING else GiftState.UNKNOWN


def check_paid_sum(*, asked_tiyn: int, paid_tiyn: int, currency: str) -> bool:
    """Whether the gateway took what the donor was asked for."""
    return paid_tiyn == asked_tiyn and currency == CURRENCY


def check_target(kind: str, *, has_id: bool, code: str | None) -> None:
    """A target names exactly what its kind needs: `gift.target_unreadable`."""
    right = {
        "case": has_id and code is None,
        "item": has_id and code is None,
        "group": not has_id and bool(code),
        "region": not has_id and bool(code) and len(code or "") == 9 and (code or "").isdigit(),
        "programme": not has_id and code in PROGRAMMES,
        "fund": not has_id and code is None,
        "sustainability": not has_id and code is None,
        "reserve": not has_id and code is None,
    }
    if not right.get(kind, False):
        raise invalid("gift.target_unreadable", kind=kind)


def kept_of(*, kind: str, amount_tiyn: int, addition_tiyn: int) -> int:
    """What of a new gift is not for needs: the donor's addition, which leaves something for them; `gift.addition`."""
    if addition_tiyn >= amount_tiyn or (addition_tiyn and kind == "sustainability"):
        raise invalid("gift.addition")
    return addition_tiyn


def check_need_open(*, open_: bool, case: str) -> None:
    """A closed need takes no new gift: `need.closed`."""
    if not open_:
        raise too_late("need.closed", case=case)


def check_startable(state: GiftState, *, same: bool, gift: str) -> None:
    """A known gift may be shown its page again while undecided: `gift.differs`, `gift.already_decided`."""
    if not same:
        raise conflict("gift.differs", gift=gift)
    if state not in UNDECIDED:
        raise conflict("gift.already_decided", gift=gift, state=state.value)


def redeclared_tiyn(*, asked_tiyn: int, funded_tiyn: int) -> int:
    """What an item may take after its case was declared again: money that is there already is never taken back."""
    return max(asked_tiyn, funded_tiyn)
