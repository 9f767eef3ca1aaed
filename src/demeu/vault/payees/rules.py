"""Numbers of payees and lists to screen against. Pure."""

import re
from collections.abc import Iterable

from stdnum import iban as iban_numbers

from demeu.vault.people.rules import check_digit, is_iin
from demeu.vault.people.spelling import folded

WAYS_OF_CHECK = ("call", "letter", "visit")
# Forms of enterprises, which one clerk writes and another leaves out.
FORMS = frozenset(
    map(
        folded,
        ("ТОО", "АО", "НАО", "ИП", "ЖШС", "АҚ", "ЖК", "КГП", "ГКП", "РГП", "КМК", "ОО", "ОФ", "ҚҚ",
         "ГУ", "ММ", "КСК", "ПТ", "LLP", "JSC"),
    )
)  # fmt: skip

KZ_IBAN = re.compile(r"KZ\d{5}[A-Z0-9]{13}", re.ASCII)
# YYMM of registration, 4–6 kind of entity, 0–3 head, branch, representation, farm; serial; check digit (domain: БИН).
BIN = re.compile(r"\d{2}(0[1-9]|1[0-2])[4-6][0-3]\d{6}", re.ASCII)


def is_bin(text: str) -> bool:
    """Whether these digits can be a BIN: structure and check digit (the same as an IIN's)."""
    return bool(BIN.fullmatch(text)) and check_digit(text[:11]) == int(text[11])


def is_payee_number(text: str) -> bool:
    """A BIN, or the IIN of a landlord or creditor who is a person."""
    return is_bin(text) or is_iin(text)


def iban_of(text: str) -> str | None:
    """A Kazakhstan IBAN without spaces, in capitals; None when form or mod-97 check fails."""
    compact = "".join(text.split()).upper()
    return compact if KZ_IBAN.fullmatch(compact) and iban_numbers.is_valid(compact) else None


def masked_iban(iban: str) -> str:
    """Country and check digits, bank, and the last four."""
    return f"{iban[:4]} {iban[4:7]}• •••• •••• {iban[-4:]}"


def screening_codes(lines: Iterable[str], *, name: str, number: str) -> tuple[str, ...]:
    """What a list says of a payee. A line is «bin:<number>» or «name:<name>»; others are ignored."""
    listed = {line.strip() for line in lines}
    names = {_plain(line.removeprefix("name:")) for line in listed if line.startswith("name:")}
    found = []
    if f"bin:{number}" in listed:
        found.append("sanctions.number")
    if _plain(name) in names or name_key(name) in {name_key(one) for one in names}:
        found.append("sanctions.name")
    return tuple(found)


def name_key(name: str) -> str:
    """A name by which spellings meet: its words folded to one Latin skeleton, without legal form, in order."""
    words = (folded(word) for word in re.sub(r"[^\w\s]", " ", name).split())
    return " ".join(sorted(word for word in words if word and word not in FORMS))


def names_differ(one: str, other: str) -> bool:
    """Whether two names of one holder share no whole word, whatever their spelling; an empty one says nothing."""
    mine, theirs = set(name_key(one).split()), set(name_key(other).split())
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", name).casefold().split())
