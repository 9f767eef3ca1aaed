"""The words of Kaspi's check/pay protocol: what is asked, what may be answered. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import ip_address, ip_network

from demeu.kernel.errors import invalid
from demeu.treasury.donations.rules import MAY_BECOME_RECEIVED, UNDECIDED, GiftState
from demeu.treasury.gateways.amounts import tiyn_of

TXN = re.compile(r"[0-9A-Za-z_-]{1,30}", re.ASCII)
DATE = re.compile(r"[0-9]{14}", re.ASCII)


class Result(IntEnum):
    """Kaspi's result codes."""

    OK = 0
    NOT_FOUND = 1
    CANCELLED = 2
    ALREADY_PAID = 3
    IN_PROCESSING = 4
    OTHER = 5


@dataclass(frozen=True)
class Asked:
    """One question of Kaspi's. The sum of a `check` means nothing."""

    command: str
    txn: str
    account: int
    sum_tiyn: int
    txn_date: str


def asked_of(query: Mapping[str, str]) -> Asked:
    """The question in a query string; raises `kaspi.unreadable`."""
    command, txn, account = query.get("command", ""), query.get("txn_id", ""), query.get("account", "").strip()
    if command not in ("check", "pay") or not TXN.fullmatch(txn):
        raise invalid("kaspi.unreadable")
    number = int(account) if account.isascii() and account.isdigit() and 6 <= len(account) <= 15 else 0
    date = query.get("txn_date", "")
    if command == "pay" and not DATE.fullmatch(date):
        raise invalid("kaspi.unreadable")
    return Asked(command, txn, number, tiyn_of(query.get("sum")), date)


def may_check(state: GiftState) -> Result:
    """Whether a gift in this state may be paid now."""
    if state in UNDECIDED:
        return Result.OK
    return Result.CANCELLED if state in (GiftState.EXPIRED, GiftState.DECLINED) else Result.ALREADY_PAID


def may_pay(state: GiftState, *, asked_tiyn: int, paid_tiyn: int) -> Result:
    """Whether a payment is taken: the very sum only, and never a second one. Money may come late."""
    if state not in MAY_BECOME_RECEIVED:
        return Result.ALREADY_PAID
    return Result.OK if asked_tiyn == paid_tiyn else Result.OTHER


def is_from(address: str, networks: str) -> bool:
    """Whether an address lies in one of the networks (CIDR, separated by spaces)."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in ip_network(network) for network in networks.split())
