"""Numbers, texts and prices of SMS. Pure.

Never decides who may be written to: any number of the right form is a phone here.
"""

import re
from enum import StrEnum

TEXT_LENGTH_MAX = 1000
SENDER_LENGTH_MAX = 11
SEGMENT_PRICE_TIYN = 1200
START_BALANCE_TIYN = 1_000_000_00
GATEWAYS = ("mobizon", "smsc", "smtp", "push")
DELAY_S_MAX = 120.0


class Fault(StrEnum):
    """How a gateway can fail.

    `refuse`: busy, come again; `reject`: never, the address is wrong; `broken`: HTTP 500 or SMTP 421; `malformed`: an
    answer that cannot be read, or a broken line; `undelivered` and `no_receipt`: taken, and then not delivered, or no
    word about it any more; `slow`: the answer comes after `delay_s`.
    """

    REFUSE = "refuse"
    REJECT = "reject"
    BROKEN = "broken"
    MALFORMED = "malformed"
    UNDELIVERED = "undelivered"
    NO_RECEIPT = "no_receipt"
    SLOW = "slow"


FATES = {Fault.UNDELIVERED: "failed", Fault.NO_RECEIPT: "pending"}
_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = set("^{}\\[~]|€\f")


def number_of(text: str) -> str:
    """Digits of an international number (``+7 771 000-99-98`` → ``77710009998``); empty when it is not one."""
    digits = re.sub(r"[\s()+-]", "", text)
    return digits if re.fullmatch(r"[1-9][0-9]{9,14}", digits) else ""


def text_fault(text: str) -> str:
    """Why a text cannot be sent; empty when it can."""
    if not text.strip():
        return "empty"
    return "too long" if len(text) > TEXT_LENGTH_MAX else ""


def segments(text: str) -> int:
    """How many parts the operator counts (3GPP TS 23.038: 160/153 in the GSM alphabet, 70/67 in UCS-2)."""
    if all(sign in _GSM or sign in _GSM_DOUBLE for sign in text):
        length, one, part = sum(2 if sign in _GSM_DOUBLE else 1 for sign in text), 160, 153
    else:
        length, one, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= one else -(-length // part)


def spaced(number: str) -> str:
    """``77710009998`` → ``+7 771 000 99 98``; other countries only with a plus."""
    if len(number) == 11 and number.startswith("7"):
        return f"+7 {number[1:4]} {number[4:7]} {number[7:9]} {number[9:]}"
    return f"+{number}"


def printable(text: str) -> str:
    """Without what a database or a phone cannot hold; line breaks stay."""
    return "".join(sign for sign in text if sign == "\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff"))
