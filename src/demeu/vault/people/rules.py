"""Numbers and names of people: what is valid, how it is written, how it is masked. Pure."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import get_args

import phonenumbers

from demeu.contracts.numbers import birth_date_of as birth_date_of
from demeu.contracts.numbers import check_digit as check_digit
from demeu.contracts.numbers import is_iin as is_iin
from demeu.contracts.words import Language


class TieRole(StrEnum):
    """What the other is to the person."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    TRUSTEE = "trustee"
    REPRESENTATIVE = "representative"


# Who may act for the person, while the tie lasts. A representative needs a ground that vault keeps.
MAY_ACT = frozenset({TieRole.GUARDIAN, TieRole.TRUSTEE, TieRole.REPRESENTATIVE})


@dataclass(frozen=True)
class SealedPerson:
    """What an institution told of a person under seal."""

    iin: str
    phone: str
    lang: Language


def sealed_person(words: str) -> SealedPerson | None:
    """The unsealed words read; None when they are not what was agreed."""
    try:
        told = json.loads(words)
    except ValueError:
        return None
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in ("iin", "phone", "lang")):
        return None
    if told["lang"] not in get_args(Language):
        return None
    return SealedPerson(told["iin"], told["phone"], told["lang"])


def phone_e164(text: str) -> str | None:
    """A Kazakhstan or foreign phone in the form +77710009998; None when no such number can exist."""
    try:
        number = phonenumbers.parse(text, "KZ")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_email(text: str) -> bool:
    """Whether the text has the form of a mail address."""
    return bool(re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", text)) and len(text) <= 254


def masked_iin(iin: str) -> str:
    """Only the last four digits."""
    return f"•••• •••• {iin[-4:]}" if iin else ""


def masked_phone(phone: str) -> str:
    """Country, operator and the last two digits."""
    return f"{phone[:2]} {phone[2:5]} ••• •• {phone[-2:]}" if phone else ""


def display_name(surname: str, given_name: str, patronymic: str) -> str:
    """Surname, given name, patronymic, as documents write them."""
    return " ".join(part for part in (surname, given_name, patronymic) if part)


def tidy_name(text: str) -> str:
    """One space between words, none around; «ИВАНОВА» and «иванова» become «Иванова»."""
    words = " ".join(text.split())
    return words.title() if words.isupper() or words.islower() else words
